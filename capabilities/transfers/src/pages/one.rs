//! One transfer: its boxes, what runs out, the next signature.

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::found::sees;
use super::{MENU, again, missing};
use crate::actions;
use crate::rules::{Course, Deed, State, Step, Terms, Transfer};
use crate::store::{self, StepRow, TransferRow};

#[derive(Template)]
#[template(path = "one.html")]
struct TransferPage<'a> {
    w: Tongue<'a>,
    state: (&'a str, &'static str),
    clock: String,
    facts: Vec<(&'a str, String)>,
    boxes: String,
    ends: Vec<(String, String, String)>,
    form: String,
    notes: Vec<(String, String)>,
}

struct One {
    row: TransferRow,
    rows: Vec<StepRow>,
    course: Course,
    name: String,
    units: UnitsToday,
}

impl One {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Transfer> = visit.id("id")?;
        let (row, boxes, rows) =
            visit.read(|tx| Ok((store::transfer(tx, id)?, store::boxes_of(tx, id)?, store::steps_of(tx, id)?)))?;
        let row = row.ok_or(Problem::NotFound)?;
        let (course, units) = (actions::course(row.cause_on, &boxes, &rows)?, UnitsToday::of(visit));
        if !sees(visit, &units, &course, Permission::ViewMembers) {
            return Err(Problem::NotFound);
        }
        let view = visit.house.census.view(visit.today());
        let name = view.no(row.person_id).map_or_else(String::new, |no| view.name(no));
        Ok(Self { row, rows, course, name, units })
    }

    fn address(&self) -> String {
        format!("/transfers/{}", self.row.transfer_id)
    }

    /// Steps this viewer may take now.
    fn offered(&self, visit: &Visit<'_>) -> Vec<Step> {
        let may = |unit| visit.permit(Permission::EditMembers, unit).is_ok();
        let first = self.course.boxes.first().is_some_and(|seal| may(seal.unit));
        let next = self.course.next().is_some_and(|seal| may(seal.unit));
        let fits = |step: &Step| if *step == Step::Withdrawn { first } else { next };
        self.course.offered().into_iter().filter(fits).collect()
    }
}

/// `GET /transfers/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let terms = Terms::on(visit.today())?;
    let clock = terms.clock(&one.course, visit.today()).map_or_else(String::new, |clock| {
        let (what, rule) = (w.t(clock.word).to_owned(), clock.rule.to_owned());
        w.with("transfers-clock", &[("what", what), ("day", w.day(clock.due)), ("rule", rule)])
    });
    let state = one.course.state();
    let colour = match state {
        State::Accepted => "ok",
        State::Refused | State::Withdrawn => "warn",
        _ => "gold",
    };
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let offered = one.offered(visit);
    let form = match (offered.is_empty(), refused) {
        (false, refused) => form(visit, one, &offered, refused).html(visit),
        // No form to say it on.
        (true, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (true, None) => String::new(),
    };
    let note = |rule: &&'static chibo_kernel::rulebook::Rule| {
        let note = rule.note.as_ref()?;
        Some((rule.id.clone(), if w.lang == Lang::Vi { note.vi.clone() } else { note.en.clone() }))
    };
    let name = |seal: Option<&crate::rules::Seal>| seal.map_or_else(String::new, |seal| one.units.name(seal.unit));
    let page = TransferPage {
        w,
        state: (w.t(state.word()), colour),
        clock,
        facts: vec![
            (w.t("transfers-from"), name(one.course.boxes.first())),
            (w.t("transfers-to"), name(one.course.boxes.last())),
            (w.t("transfers-cause"), w.day(one.row.cause_on)),
            (w.t("transfers-reason"), one.row.reason.clone()),
            (w.t("transfers-requested"), format!("{}, {}", one.row.recorded_by, w.moment(one.row.recorded_at))),
        ],
        boxes: boxes(visit, one),
        ends: one.rows.iter().filter(|row| row.step != Step::Signed.code()).map(|row| told(w, row)).collect(),
        form,
        notes: terms.doubtful.iter().filter_map(note).collect(),
    };
    let crumbs = vec![Crumb::to(w.t("transfers-title"), "/transfers"), Crumb::here(one.name.clone())];
    let mut head = Head::new(one.name.clone(), MENU).crumbs(crumbs).with_error(status != 200);
    let home = visit.read(|tx| chibo_members::actions::home_of(tx, one.row.person_id, visit.today()));
    if home.is_ok_and(|home| visit.permit(Permission::ViewMembers, home).is_ok()) {
        head = head.action(w.t("transfers-record"), format!("/members/{}", one.row.person_id), false);
    }
    visit.page_with(status, head, &page)
}

/// A step as told: day, what, more.
fn told(w: Tongue<'_>, row: &StepRow) -> (String, String, String) {
    let head = Step::from_code(&row.step).map_or("", |step| w.t(step.word())).to_owned();
    (w.day(row.on_day), head, more(w, row))
}

fn more(w: Tongue<'_>, row: &StepRow) -> String {
    let mut more: Vec<String> = [&row.number, &row.note].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    more.push(w.t2("transfers-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    more.join(" · ")
}

/// The boxes of the paper, signed and to be signed.
fn boxes(visit: &Visit<'_>, one: &One) -> String {
    let w = visit.w;
    let columns = vec![
        Column::number("no", w.t("transfers-box")),
        Column::new("unit", w.t("transfers-signer")),
        Column::new("side", w.t("transfers-side")),
        Column::new("signed", w.t("transfers-signed")),
        Column::new("more", w.t("transfers-note")),
    ];
    let mut table = Table::new(w.t("transfers-boxes"), columns);
    let mut signed = one.rows.iter().filter(|row| row.step == Step::Signed.code());
    for (no, seal) in (1i64..).zip(&one.course.boxes) {
        let row = signed.next();
        let current = row.is_none() && one.course.next() == Some(*seal);
        let state = match row {
            Some(row) => Cell::Text(w.day(row.on_day)),
            None if current => Cell::Tag(w.t("transfers-now").to_owned(), "gold"),
            None => Cell::Text(String::new()),
        };
        table.rows.push(vec![
            Cell::Text(w.n(no)),
            Cell::Text(one.units.name(seal.unit)),
            Cell::Text(w.t(seal.side.word()).to_owned()),
            state,
            Cell::Text(row.map_or_else(String::new, |row| more(w, row))),
        ]);
    }
    table.html(visit)
}

fn form(visit: &Visit<'_>, one: &One, offered: &[Step], refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let choices: Vec<_> = offered.iter().map(|step| (step.code().to_owned(), w.t(step.word()).to_owned())).collect();
    let first = offered.first().map_or("", |step| step.code());
    let fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::new("step", w.t("transfers-step"), Kind::Radios(choices)).value(first).required(),
        Field::new("on", w.t("transfers-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("transfers-number")).hint(w.t("transfers-number-hint")),
        Field::new("note", w.t("transfers-note"), Kind::Area).hint(w.t("transfers-note-hint")),
    ];
    let form = Form::new(one.address(), w.t("transfers-step-send"), fields);
    match refused {
        Some((_, issues)) => {
            let typed = visit.form.0.iter().filter(|(name, _)| name != "after").cloned().collect();
            form.refused(&chibo_web::Pairs(typed), issues)
        }
        None => form,
    }
}

/// `POST /transfers/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let step = Step::from_code(visit.form.get("step"));
    if step.is_none() {
        issues.push(missing("step", "transfers-step-needed"));
    }
    let on = match visit.form.day("on", visit.today()) {
        Ok(Some(day)) => Some(day),
        _ => {
            issues.push(missing("on", "transfers-day-needed"));
            None
        }
    };
    let (Some(step), Some(on)) = (step, on) else { return page(visit, &one, Some((422, issues))) };
    let deed = Deed {
        step,
        // A form that does not say what it saw saw nothing there is.
        after: visit.form.get("after").parse().unwrap_or(u32::MAX),
        on,
        number: clean(visit.form.get("number")).into_owned(),
        note: clean(visit.form.get("note")).into_owned(),
    };
    match visit.write(|op| actions::take(op, one.row.transfer_id, &deed)) {
        Ok(_) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}
