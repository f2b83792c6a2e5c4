//! One transfer: its boxes, what runs out, the next signature.

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind as Answer;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit, doubt};

use super::found::{origin, sees, target};
use super::{MENU, again, carried_part, missing, print, stay_part};
use crate::actions::{self, Case};
use crate::rules::{Contract, Deed, Kind, State, Step, Terms, Transfer};
use crate::store::{self, BasisRow, CarriedRow, NewcomerRow, StepRow};

#[derive(Template)]
#[template(path = "one.html")]
struct TransferPage<'a> {
    w: Tongue<'a>,
    state: (&'a str, &'static str),
    clock: String,
    facts: Vec<(&'a str, String)>,
    boxes: String,
    papers: Vec<(&'a str, String)>,
    ends: Vec<(String, String, String)>,
    form: String,
    address: String,
    stay: String,
    carried: String,
    notes: String,
}

/// What went wrong, in which of the page's forms, with the status.
pub(super) enum Refused {
    /// Nothing.
    No,
    /// In the form of the next step.
    Step(u16, Vec<Issue>),
    /// In the form of the stay.
    Stay(u16, Vec<Issue>),
    /// In the list of what is carried.
    Carried(u16, Vec<Issue>),
}

/// A transfer the viewer may see.
pub(super) struct One {
    /// The transfer.
    pub case: Case,
    /// What is carried, as last written down.
    pub carried: Option<CarriedRow>,
    /// What it rests on.
    pub basis: Option<BasisRow>,
    /// Somebody from outside.
    pub newcomer: Option<NewcomerRow>,
    /// His name.
    pub name: String,
    /// The organisation.
    pub units: UnitsToday,
}

impl One {
    /// Of the path.
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Transfer> = visit.id("id")?;
        let (case, newcomer, carried, basis) = visit.read(|tx| {
            Ok((Case::load(tx, id)?, store::newcomer(tx, id)?, store::carried(tx, id)?, store::basis_of(tx, id)?))
        })?;
        let (case, units) = (case.ok_or(Problem::NotFound)?, UnitsToday::of(visit));
        if !sees(visit, &units, &case.course, Permission::ViewMembers) {
            return Err(Problem::NotFound);
        }
        let view = visit.house.census.view(visit.today());
        let known = view.no(case.row.person_id).map(|no| view.name(no));
        let name = known.or_else(|| newcomer.as_ref().map(|row| row.full_name.clone())).unwrap_or_default();
        Ok(Self { case, carried, basis, newcomer, name, units })
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("/transfers/{}", self.case.row.transfer_id)
    }

    /// Steps this viewer may take now.
    fn offered(&self, visit: &Visit<'_>, terms: &Terms) -> Vec<Step> {
        let may = |unit| visit.permit(Permission::EditMembers, unit).is_ok();
        let (course, today) = (&self.case.course, visit.today());
        let in_time = |step: Step| match step {
            // After three months nobody signs before the connection is restored, and nobody is struck off before (TRF-12).
            Step::Signed => !terms.lost(course, today),
            Step::Restored | Step::StruckOff => terms.lost(course, today),
            Step::Noted | Step::Considered => course.aftermath(terms.late(course)).is_some_and(|(due, _)| due == step),
            _ => true,
        };
        let fits = |step: &Step| in_time(*step) && course.whose(*step).is_some_and(may);
        course.offered().into_iter().filter(fits).collect()
    }
}

/// `GET /transfers/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, Refused::No)
}

/// The page, perhaps with a form that was refused.
pub(super) fn page(visit: &Visit<'_>, one: &One, refused: Refused) -> Result<Reply, Problem> {
    let w = visit.w;
    let terms = Terms::on(visit.today())?;
    let course = &one.case.course;
    let clock = terms.clock(course, visit.today()).map_or_else(String::new, |clock| {
        let (what, rule) = (w.t(clock.word).to_owned(), clock.rule.to_owned());
        w.with("transfers-clock", &[("what", what), ("day", w.day(clock.due)), ("rule", rule)])
    });
    let state = course.state();
    let colour = match state {
        State::Accepted => "ok",
        State::Refused | State::Withdrawn | State::StruckOff => "warn",
        _ => "gold",
    };
    let (status, step, stay, carried) = match refused {
        Refused::No => (200, None, None, None),
        Refused::Step(status, issues) => (status, Some((status, issues)), None, None),
        Refused::Stay(status, issues) => (status, None, Some((status, issues)), None),
        Refused::Carried(status, issues) => (status, None, None, Some((status, issues))),
    };
    let offered = one.offered(visit, &terms);
    let form = match (offered.is_empty(), step) {
        (false, refused) => form(visit, one, &offered, refused).html(visit),
        // No form to say it on.
        (true, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (true, None) => String::new(),
    };
    let page = TransferPage {
        w,
        state: (w.t(state.word()), colour),
        clock,
        facts: facts(visit, one),
        boxes: boxes(visit, one),
        papers: papers(visit, one),
        ends: one.case.steps.iter().filter(|row| row.step != Step::Signed.code()).map(|row| told(w, row)).collect(),
        form,
        address: one.address(),
        stay: stay_part::part(visit, one, stay)?,
        carried: carried_part::part(visit, one, carried)?,
        notes: doubt::card(w.t("transfers-notes"), &doubt::notes(w, terms.doubtful)),
    };
    let crumbs = vec![Crumb::to(w.t("transfers-title"), "/transfers"), Crumb::here(one.name.clone())];
    let mut head = Head::new(one.name.clone(), MENU).crumbs(crumbs).with_error(status != 200);
    let person = one.case.row.person_id;
    let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, visit.today()));
    if home.is_ok_and(|home| visit.permit(Permission::ViewMembers, home).is_ok()) {
        head = head.action(w.t("transfers-record"), format!("/transfers/members/{person}"), false);
    }
    visit.page_with(status, head, &page)
}

fn facts<'a>(visit: &Visit<'a>, one: &One) -> Vec<(&'a str, String)> {
    let (w, case) = (visit.w, &one.case);
    let mut facts = vec![
        (w.t("transfers-kind"), w.t(case.detail.kind.word()).to_owned()),
        (w.t("transfers-from"), origin(&case.detail, &case.course, &one.units)),
        (w.t("transfers-to"), target(&case.detail, &case.course, &one.units)),
    ];
    if case.detail.kind == Kind::Incoming {
        facts.push((w.t("transfers-paper"), case.detail.paper.clone()));
        facts.push((w.t("transfers-written"), w.day(case.row.cause_on)));
    } else {
        facts.push((w.t("transfers-cause"), w.day(case.row.cause_on)));
    }
    if let Some(row) = &one.newcomer {
        facts.push((w.t("transfers-birth"), w.day(row.birth)));
        facts.extend(row.admitted.map(|day| (w.t("transfers-admitted"), w.day(day))));
        facts.extend(row.official.map(|day| (w.t("transfers-official"), w.day(day))));
        facts.push((w.t("transfers-workplace"), row.workplace.clone()));
    }
    if let Some(span) = case.detail.span {
        facts.push((w.t("transfers-purpose"), w.t(span.purpose.word()).to_owned()));
        facts.push((w.t("transfers-begins"), w.day(span.from)));
        facts.push((w.t("transfers-until"), w.day(span.until)));
    }
    if let Some(basis) = &one.basis {
        let hired = Contract::from_code(&basis.contract).filter(|contract| *contract != Contract::None);
        facts.extend(hired.map(|contract| (w.t("transfers-contract"), w.t(contract.word()).to_owned())));
        let graduate = (basis.graduate == 1).then(|| w.t("transfers-graduate-yes").to_owned());
        facts.extend(graduate.map(|yes| (w.t("transfers-graduate"), yes)));
    }
    facts.push((w.t("transfers-reason"), case.row.reason.clone()));
    let made = format!("{}, {}", case.row.recorded_by, w.moment(case.row.recorded_at));
    facts.push((w.t("transfers-requested"), made));
    facts.retain(|(_, text)| !text.is_empty());
    facts
}

/// The papers that can be printed, for whoever may sign one of the boxes: the word, the address without its ending.
fn papers<'a>(visit: &Visit<'a>, one: &One) -> Vec<(&'a str, String)> {
    if !sees(visit, &one.units, &one.case.course, Permission::EditMembers) {
        return Vec::new();
    }
    let paper = |sort: crate::papers::Sort| (visit.w.t(sort.word()), format!("paper={}", sort.code()));
    print::offered(&one.case).into_iter().map(paper).collect()
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
    let mut signed = one.case.steps.iter().filter(|row| row.step == Step::Signed.code());
    for (no, seal) in (1i64..).zip(&one.case.course.boxes) {
        let row = signed.next();
        let current = row.is_none() && one.case.course.next() == Some(*seal);
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
        Field::hidden("after", one.case.steps.len().to_string()),
        Field::new("step", w.t("transfers-step"), Answer::Radios(choices)).value(first).required(),
        Field::new("on", w.t("transfers-on"), Answer::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("transfers-number")).hint(w.t("transfers-number-hint")),
        Field::new("note", w.t("transfers-note"), Answer::Area).hint(w.t("transfers-note-hint")),
    ];
    let form = Form::new(one.address(), w.t("transfers-step-send"), fields);
    match refused {
        Some((_, issues)) => form.refused_anew(&visit.form, issues),
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
    let on = super::new::needed(visit, "on", &mut issues);
    let (Some(step), Some(on)) = (step, on) else { return page(visit, &one, Refused::Step(422, issues)) };
    let deed = Deed {
        step,
        // A form that does not say what it saw saw nothing there is.
        after: visit.form.get("after").parse().unwrap_or(u32::MAX),
        on,
        number: clean(visit.form.get("number")).into_owned(),
        note: clean(visit.form.get("note")).into_owned(),
    };
    match visit.write(|op| actions::take(op, one.case.row.transfer_id, &deed)) {
        Ok(_) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &One::load(visit)?, Refused::Step(status, issues))
        }
    }
}
