//! The card and the dossier number of one member: what is known, what was done, what can be done.

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_members::RollLine;
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_web::form::{Kind, again};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::list::{shown_number, state_text};
use super::{MENU, Refused, lost_address, notes};
use crate::actions;
use crate::rules::{Card, Case, Deed, FileNumber, Model, SHEET_KEPT, Step, Terms, dossier_kept};
use crate::seats::Seats;
use crate::shelf::card_of;
use crate::store::{self, LoanRow, NumberRow, StateRow, StepRow};

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage<'a> {
    w: Tongue<'a>,
    tabs: String,
    facts: Vec<(&'a str, String)>,
    steps: Vec<(String, String, String)>,
    form: String,
    number: String,
    loans: Vec<(String, String, String)>,
    lost: (&'a str, String),
    notes: String,
}

struct Member {
    person: Id<Person>,
    line: RollLine,
    row: Option<StateRow>,
    card: Card,
    steps: Vec<StepRow>,
    numbers: Vec<NumberRow>,
    loans: Vec<LoanRow>,
    dossier: Case,
    home: Id<Unit>,
    seats: Option<Seats>,
}

impl Member {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let (person, today): (Id<Person>, _) = (visit.id("id")?, visit.today());
        let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, today))?;
        visit.permit(Permission::ViewMembers, home)?;
        let seats = Seats::of(&visit.house.census.forest(), today, home);
        visit.read(|tx| {
            let line = chibo_members::roll_of(tx, &[person], today)?.remove(&person).ok_or(Problem::NotFound)?;
            let row = store::state_of(tx, person)?;
            let card = row.as_ref().map_or(Ok(Card::default()), card_of)?;
            let steps = store::steps_of(tx, person)?;
            let (numbers, loans) = (store::numbers_of(tx, person)?, store::loans_of_person(tx, person)?);
            let dossier = actions::case_of(&store::lost_of(tx, person)?)?;
            Ok(Self { person, line, row, card, steps, numbers, loans, dossier, home, seats })
        })
    }

    fn address(&self) -> String {
        format!("/cards/members/{}", self.person)
    }

    fn seen(&self) -> u32 {
        self.row.as_ref().map_or(0, |row| row.steps)
    }

    /// Steps the viewer may take now.
    fn offers(&self, visit: &Visit<'_>) -> Vec<Step> {
        let may = |step: &Step| {
            let seats = self.seats;
            seats.is_some_and(|seats| visit.permit(Permission::EditMembers, seats.at(step.level())).is_ok())
        };
        self.card.offered().into_iter().filter(may).collect()
    }

    /// Whether the viewer may give a number to the member, who has none.
    fn numberless(&self, visit: &Visit<'_>) -> bool {
        let may = |seats: Seats| visit.permit(Permission::EditMembers, seats.upper).is_ok();
        self.line.file_no.is_empty() && self.numbers.is_empty() && self.seats.is_some_and(may)
    }
}

/// `GET /cards/members/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    page(visit, &member, None)
}

fn page(visit: &Visit<'_>, member: &Member, refused: Refused) -> Result<Reply, Problem> {
    let w = visit.w;
    let of_number = visit.form.get("act") == "number";
    let (status, issues) = refused.unwrap_or((200, Vec::new()));
    let shown = |form: Form, mine: bool| {
        if mine && status != 200 { form.refused(&visit.form, issues.clone()).html(visit) } else { form.html(visit) }
    };
    let offers = member.offers(visit);
    let mut form = if offers.is_empty() { String::new() } else { shown(step_form(visit, member, &offers), !of_number) };
    let number = if member.numberless(visit) { shown(number_form(visit, member), of_number) } else { String::new() };
    let lost = if of_number { number.is_empty() } else { form.is_empty() };
    if status != 200 && lost {
        // The form is gone meanwhile: what was wrong is said all the same.
        chibo_web::form::summary(&mut form, visit, &issues, &[]);
    }
    let page = MemberPage {
        w,
        tabs: chibo_web::person::tabs(visit, member.person, member.home, "cards-tab"),
        facts: facts(visit, member),
        steps: member.steps.iter().rev().map(|row| step_text(visit, row)).collect(),
        form,
        number,
        loans: member.loans.iter().rev().map(|row| loan_text(w, row)).collect(),
        lost: (w.t(member.dossier.phase.word()), lost_address(member.person)),
        notes: notes(visit, &Terms::on(visit.today())?.doubtful, &["CRD-02", "CRD-03", "DOS-08"]),
    };
    let crumbs = vec![
        Crumb::to(w.t("cards-title"), "/cards"),
        Crumb::to(member.line.name.as_str(), format!("/members/{}", member.person)),
        Crumb::here(w.t("cards-tab")),
    ];
    let title = w.t1("cards-title-member", "name", &member.line.name);
    visit.page_with(status, Head::new(title, MENU).crumbs(crumbs).with_error(status != 200), &page)
}

fn facts<'a>(visit: &Visit<'a>, member: &Member) -> Vec<(&'a str, String)> {
    let w = visit.w;
    let mut facts = vec![
        (w.t("cards-branch"), UnitsToday::of(visit).name(member.home)),
        (w.t("cards-state"), state_text(visit, member.card)),
    ];
    if let Some(row) = &member.row {
        let hint = shown_number(member.card.model, &row.hint, Some(&member.line));
        if member.card.model != Model::None {
            facts.push((w.t("cards-model"), w.t(member.card.model.word()).to_owned()));
            facts.push((w.t("cards-number-of-card"), hint));
        }
        facts.push((w.t("cards-since"), w.day(row.since)));
        if member.card.in_hand() {
            facts.push((w.t("cards-checked"), w.day(row.checked_on)));
        }
    }
    let given = member.numbers.last();
    let file = match (member.line.file_no.as_str(), given) {
        ("", None) => w.t("cards-file-none").to_owned(),
        ("", Some(row)) => w.t2("cards-file-given", ("number", &row.file_number), ("day", w.day(row.on_day))),
        (noted, Some(row)) if noted != row.file_number => {
            w.t2("cards-file-differs", ("noted", noted), ("given", &row.file_number))
        }
        (noted, _) => noted.to_owned(),
    };
    facts.push((w.t("cards-file-no"), file));
    if let Some(seats) = member.seats {
        let units = UnitsToday::of(visit);
        let kept = dossier_kept(Standing::from_number(member.line.standing));
        facts.push((w.t("cards-dossier-kept"), units.name(seats.at(kept))));
        facts.push((w.t("cards-sheet-kept"), units.name(seats.at(SHEET_KEPT))));
    }
    facts
}

fn step_text(visit: &Visit<'_>, row: &StepRow) -> (String, String, String) {
    let w = visit.w;
    let step = Step::from_code(&row.step).unwrap_or_default();
    let mut more = Vec::new();
    if step == Step::Listed
        && let Some(matter) = crate::rules::Matter::from_number(row.matter)
    {
        more.push(w.t(matter.word()).to_owned());
    }
    if !row.hint.is_empty() && step == Step::Recorded {
        more.push(format!("{} {}", w.t(Model::Old.word()), row.hint));
    }
    if !row.number.is_empty() {
        more.push(w.t1("cards-step-number", "text", &row.number));
    }
    if !row.note.is_empty() {
        more.push(row.note.clone());
    }
    more.push(w.t2("cards-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    (w.day(row.on_day), w.t(step.word()).to_owned(), more.join(" · "))
}

fn loan_text(w: Tongue<'_>, row: &LoanRow) -> (String, String, String) {
    let state = if row.is_out == 1 {
        w.t1("cards-loan-out-until", "day", w.day(row.due_on))
    } else {
        w.t("cards-loan-closed").to_owned()
    };
    let more = w.t2("cards-loan-line", ("consent", &row.consent), ("state", state));
    (w.day(row.out_on), row.borrower.clone(), more)
}

fn step_form(visit: &Visit<'_>, member: &Member, offers: &[Step]) -> Form {
    let w = visit.w;
    let choice = |step: &Step| {
        let text = w.t2("cards-do-step", ("step", w.t(step.word())), ("level", w.t(step.level().word())));
        (step.code().to_owned(), text)
    };
    let first = offers.first().map_or("", |step| step.code());
    let mut fields = vec![
        Field::hidden("act", "step"),
        Field::hidden("seen", member.seen().to_string()),
        Field::new("step", w.t("cards-do"), Kind::Radios(offers.iter().map(choice).collect())).value(first).required(),
        Field::new("on", w.t("cards-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("cards-number")).hint(w.t("cards-number-hint")),
    ];
    if offers.contains(&Step::Recorded) {
        let models = [Model::Old, Model::New].map(|model| (model.code().to_owned(), w.t(model.word()).to_owned()));
        let hint = w.t("cards-model-hint");
        fields.push(Field::new("model", w.t("cards-model"), Kind::Radios(models.into())).value("old").hint(hint));
        fields.push(Field::text("old", w.t("cards-old")).hint(w.t("cards-old-hint")));
    }
    fields.push(Field::new("note", w.t("cards-note"), Kind::Area).hint(w.t("cards-note-hint")));
    Form::new(member.address(), w.t("cards-do-it"), fields)
}

fn number_form(visit: &Visit<'_>, member: &Member) -> Form {
    let w = visit.w;
    let fields = vec![
        Field::hidden("act", "number"),
        Field::text("file", w.t("cards-file-typed")).hint(w.t("cards-file-typed-hint")),
    ];
    Form::new(member.address(), w.t("cards-file-send"), fields)
}

fn done(visit: &Visit<'_>, member: &Member) -> Result<(), Problem> {
    let form = &visit.form;
    let text = |name: &str| clean(form.get(name)).into_owned();
    if form.get("act") == "number" {
        let typed = text("file");
        let wrong = || Problem::field("file", Said::new("cards-file-form"));
        let typed = if typed.is_empty() { None } else { Some(typed.parse::<FileNumber>().map_err(|()| wrong())?) };
        return visit.write(|op| actions::give(op, member.person, typed.as_ref())).map(drop);
    }
    let step = Step::from_code(form.get("step"));
    let step = step.ok_or_else(|| Problem::field("step", Said::new("cards-no-step")))?;
    let on = form.day("on", visit.today())?.ok_or_else(|| Problem::field("on", Said::new("cards-day-needed")))?;
    let (number, note, old_number) = (text("number"), text("note"), text("old"));
    let model = if form.get("model") == Model::Old.code() { Model::Old } else { Model::New };
    let deed = Deed { step, on, number, note, model, old_number };
    let seen = form.get("seen").parse().unwrap_or(0);
    visit.write(|op| actions::take_one(op, member.person, seen, &deed))
}

/// `POST /cards/members/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    match done(visit, &member) {
        Ok(()) => Ok(Reply::done(member.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &Member::load(visit)?, Some(refused))
        }
    }
}
