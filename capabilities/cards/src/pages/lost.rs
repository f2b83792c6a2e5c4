//! A lost dossier: where it stands, what was done, what is next (DOS-09).

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_members::RollLine;
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_web::form::{Kind, again};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{MENU, Refused, notes};
use crate::actions;
use crate::rules::{Case, LossDeed, LossStep, Phase, Piece, Terms};
use crate::seats::Seats;
use crate::store::{self, LostRow};

#[derive(Template)]
#[template(path = "lost.html")]
struct LostPage<'a> {
    w: Tongue<'a>,
    tabs: String,
    facts: Vec<(&'a str, String)>,
    pieces: Vec<(&'a str, String)>,
    steps: Vec<(String, &'a str, String)>,
    form: String,
    notes: String,
}

struct Lost {
    person: Id<Person>,
    line: RollLine,
    rows: Vec<LostRow>,
    case: Case,
    home: Id<Unit>,
    seats: Option<Seats>,
}

impl Lost {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let (person, today): (Id<Person>, _) = (visit.id("id")?, visit.today());
        let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, today))?;
        visit.permit(Permission::ViewMembers, home)?;
        let seats = Seats::of(&visit.house.census.forest(), today, home);
        visit.read(|tx| {
            let line = chibo_members::roll_of(tx, &[person], today)?.remove(&person).ok_or(Problem::NotFound)?;
            let rows = store::lost_of(tx, person)?;
            let case = actions::case_of(&rows)?;
            Ok(Self { person, line, rows, case, home, seats })
        })
    }

    fn standing(&self) -> Option<Standing> {
        Standing::from_number(self.line.standing)
    }

    fn on_probation(&self) -> bool {
        self.standing() == Some(Standing::Probationary)
    }

    fn actor(&self, step: LossStep) -> Option<Id<Unit>> {
        self.seats.map(|seats| actions::actor(&seats, self.standing(), step))
    }

    /// Steps the viewer may write down now.
    fn offers(&self, visit: &Visit<'_>) -> Vec<LossStep> {
        let all_there = self.case.missing(self.on_probation()).is_empty();
        let open = |step: &LossStep| *step != LossStep::Gathered || !all_there;
        let may =
            |step: &LossStep| self.actor(*step).is_some_and(|unit| visit.permit(Permission::EditMembers, unit).is_ok());
        self.case.offered().iter().copied().filter(open).filter(may).collect()
    }
}

/// Where the page of a member's dossier is.
pub(crate) fn address(person: Id<Person>) -> String {
    format!("/cards/members/{person}/lost")
}

/// `GET /cards/members/{id}/lost`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let lost = Lost::load(visit)?;
    page(visit, &lost, None)
}

fn page(visit: &Visit<'_>, lost: &Lost, refused: Refused) -> Result<Reply, Problem> {
    let w = visit.w;
    let (status, issues) = refused.unwrap_or((200, Vec::new()));
    let offers = lost.offers(visit);
    let mut form = String::new();
    if !offers.is_empty() {
        let made = form_of(visit, lost, &offers);
        form = if status == 200 { made.html(visit) } else { made.refused(&visit.form, issues).html(visit) };
    } else if status != 200 {
        // The form is gone meanwhile: what was wrong is said all the same.
        chibo_web::form::summary(&mut form, visit, &issues, &[]);
    }
    let page = LostPage {
        w,
        tabs: chibo_web::person::tabs(visit, lost.person, lost.home, "cards-tab"),
        facts: facts(visit, lost)?,
        pieces: pieces(visit, lost),
        steps: lost.rows.iter().rev().map(|row| step_text(w, row)).collect(),
        form,
        notes: notes(visit, &Terms::on(visit.today())?.doubtful, &["DOS-09"]),
    };
    let crumbs = vec![
        Crumb::to(w.t("cards-title"), "/cards"),
        Crumb::to(lost.line.name.as_str(), format!("/members/{}", lost.person)),
        Crumb::to(w.t("cards-tab"), format!("/cards/members/{}", lost.person)),
        Crumb::here(w.t("cards-lost")),
    ];
    let title = w.t1("cards-lost-of", "name", &lost.line.name);
    visit.page_with(status, Head::new(title, MENU).crumbs(crumbs).with_error(status != 200), &page)
}

fn facts<'a>(visit: &Visit<'a>, lost: &Lost) -> Result<Vec<(&'a str, String)>, Problem> {
    let (w, units) = (visit.w, UnitsToday::of(visit));
    let mut facts = vec![(w.t("cards-state"), w.t(lost.case.phase.word()).to_owned())];
    let name = |step| lost.actor(step).map_or_else(String::new, |unit| units.name(unit));
    facts.push((w.t("cards-dossier-kept"), name(LossStep::Reported)));
    facts.push((w.t("cards-lost-consents"), name(LossStep::Consented)));
    if let Some(step) = lost.case.awaits() {
        facts.push((w.t("cards-since"), w.day(lost.case.since)));
        facts.push((w.t("cards-lost-next"), name(step)));
        facts.push((w.t("cards-lost-due"), w.day(Terms::on(visit.today())?.lost_by(lost.case.since))));
    }
    Ok(facts)
}

/// The pieces of a dossier that is made again, each with its day or named as missing.
fn pieces<'a>(visit: &Visit<'a>, lost: &Lost) -> Vec<(&'a str, String)> {
    let w = visit.w;
    if lost.case.phase != Phase::Rewriting {
        return Vec::new();
    }
    let day = |piece: Piece| {
        let there = lost.case.pieces.iter().find(|(one, _)| *one == piece);
        there.map_or_else(|| w.t("cards-lost-piece-missing").to_owned(), |(_, on)| w.day(*on))
    };
    let needed = Piece::ALL.iter().copied().filter(|piece| piece.needed(lost.on_probation()));
    needed.map(|piece| (w.t(piece.word()), day(piece))).collect()
}

fn step_text<'a>(w: Tongue<'a>, row: &LostRow) -> (String, &'a str, String) {
    let step = LossStep::from_code(&row.step).map_or("", |step| w.t(step.word()));
    let mut more = Vec::new();
    more.extend(Piece::from_code(&row.item).map(|piece| w.t(piece.word()).to_owned()));
    if !row.number.is_empty() {
        more.push(w.t1("cards-step-number", "text", &row.number));
    }
    more.extend([&row.who, &row.note].into_iter().filter(|text| !text.is_empty()).cloned());
    more.push(w.t2("cards-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    (w.day(row.on_day), step, more.join(" · "))
}

fn form_of(visit: &Visit<'_>, lost: &Lost, offers: &[LossStep]) -> Form {
    let w = visit.w;
    let has = |step: LossStep| offers.contains(&step);
    let choices = offers.iter().map(|step| (step.code().to_owned(), w.t(step.word()).to_owned())).collect();
    let first = offers.first().map_or("", |step| step.code());
    let mut fields = vec![
        Field::hidden("seen", lost.rows.last().map_or(0, |row| row.seq).to_string()),
        Field::new("step", w.t("cards-do"), Kind::Radios(choices)).value(first).required(),
        Field::new("on", w.t("cards-on"), Kind::Day).value(visit.today().to_string()).required(),
    ];
    if has(LossStep::Reported) || has(LossStep::Investigated) {
        fields.push(Field::text("who", w.t("cards-lost-who")).hint(w.t("cards-lost-who-hint")));
    }
    if has(LossStep::Consented) {
        fields.push(Field::text("number", w.t("cards-lost-number")).hint(w.t("cards-lost-number-hint")));
    }
    if has(LossStep::Gathered) {
        let missing = lost.case.missing(lost.on_probation());
        let missing = missing.iter().map(|piece| (piece.code().to_owned(), w.t(piece.word()).to_owned())).collect();
        let field = Field::new("pieces", w.t("cards-lost-pieces"), Kind::Checks(missing));
        fields.push(field.hint(w.t("cards-lost-pieces-hint")));
    }
    fields.push(Field::new("note", w.t("cards-lost-note"), Kind::Area).hint(w.t("cards-lost-note-hint")));
    Form::new(address(lost.person), w.t("cards-do-it"), fields)
}

fn done(visit: &Visit<'_>, lost: &Lost) -> Result<(), Problem> {
    let form = &visit.form;
    let text = |name: &str| clean(form.get(name)).into_owned();
    let step = LossStep::from_code(form.get("step"));
    let step = step.ok_or_else(|| Problem::field("step", Said::new("cards-no-step")))?;
    let on = form.day("on", visit.today())?.ok_or_else(|| Problem::field("on", Said::new("cards-day-needed")))?;
    let open = lost.case.missing(lost.on_probation());
    let ticked: Vec<Piece> = form.all("pieces").filter_map(Piece::from_code).collect();
    let pieces = open.into_iter().filter(|piece| ticked.contains(piece)).collect();
    let deed = LossDeed { step, on, who: text("who"), number: text("number"), note: text("note"), pieces };
    let seen = form.get("seen").parse().unwrap_or(0);
    visit.write(|op| actions::take_loss(op, lost.person, seen, &deed))
}

/// `POST /cards/members/{id}/lost`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let lost = Lost::load(visit)?;
    match done(visit, &lost) {
        Ok(()) => Ok(Reply::done(address(lost.person), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &Lost::load(visit)?, Some(refused))
        }
    }
}
