//! One member on probation: the votes, the day that is computed, striking off (MEM-31…34).

use askama::Template;
use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::candidate::{read, roll_text, vote_fields, vote_text};
use super::{MENU, again, annul, electorate, stay};
use crate::actions;
use crate::rules::{Recognition, Road, Stay, Terms};
use crate::store::{self, RecognitionRow};

#[derive(Template)]
#[template(path = "probation.html")]
struct ProbationPage<'a> {
    w: Tongue<'a>,
    facts: Vec<(&'a str, String)>,
    papers: String,
    due: String,
    steps: Vec<(String, String, String)>,
    form: String,
}

pub(super) struct One {
    pub person: Id<Person>,
    pub name: String,
    pub unit: Id<Unit>,
    rows: Vec<RecognitionRow>,
    road: Road,
    before: usize,
    pub ends: Option<Day>,
    official: Option<Day>,
    standing: Option<Standing>,
    /// Where he takes part for a time.
    stay: Option<Stay>,
    /// The branch there has remarked on him.
    heard: bool,
}

impl One {
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let person: Id<Person> = visit.id("id")?;
        let today = visit.today();
        let (unit, rows, standings, official) = visit.read(|tx| {
            let unit = chibo_members::actions::home_of(tx, person, today)?;
            let (rows, standings) = (store::recognition_of(tx, person)?, chibo_members::standings_of(tx, person)?);
            Ok((unit, rows, standings, chibo_members::official_of(tx, person)?))
        })?;
        visit.permit(Permission::ViewMembers, unit)?;
        let ends = match visit.read(|tx| actions::official_on(tx, person, today)) {
            Ok(day) => Some(day),
            Err(Problem::NotFound) => None,
            Err(other) => return Err(other),
        };
        let view = visit.house.census.view(today);
        let name = view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?;
        let standing = standings.last().map(|(.., standing)| *standing);
        // Somebody admitted again has an older road behind him.
        let began = standings.iter().rev().find(|(.., standing)| *standing == Standing::Probationary);
        let mine = began.map_or(rows.as_slice(), |(day, ..)| actions::since(&rows, *day));
        let (road, before) = (actions::road(mine)?, rows.len() - mine.len());
        let (stay, remarks) =
            visit.read(|tx| Ok((actions::stay_of(tx, person, today)?, actions::remarked(tx, person)?)))?;
        let heard = stay.is_some_and(|stay| stay.heard(&remarks, today));
        Ok(Self { person, name, unit, rows, road, before, ends, official, standing, stay, heard })
    }

    /// Whether he is on probation.
    pub fn on_probation(&self) -> bool {
        self.standing == Some(Standing::Probationary)
    }

    pub fn address(&self) -> String {
        format!("/development/probation/{}", self.person)
    }
}

/// `GET /development/probation/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let terms = Terms::on(visit.today())?;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let open = one.on_probation() && one.ends.is_some() || one.road.ended() == Some(Recognition::Recognised);
    let may = visit.permit(Permission::EditMembers, one.unit).is_ok() && open;
    let next = if may { one.road.next(terms.failures) } else { Vec::new() };
    let form = match (next.is_empty(), refused) {
        (false, refused) => form(visit, one, &next, &terms, refused).html(visit),
        // No form to say it on.
        (true, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (true, None) => String::new(),
    };
    let due = one.road.branch_recognised().map_or_else(String::new, |voted| {
        let day = w.day(terms.recognise_by(voted, one.road.extended().is_some()));
        let step = w.t(Recognition::Recognised.word()).to_owned();
        w.with("development-due-by", &[("step", step), ("day", day), ("rule", "MEM-33".to_owned())])
    });
    let crumbs = vec![
        Crumb::to(w.t("development-title"), "/development"),
        Crumb::to(w.t("development-probation"), "/development/probation"),
        Crumb::here(one.name.clone()),
    ];
    let head = Head::new(one.name.clone(), MENU)
        .crumbs(crumbs)
        .action(w.t("development-member"), format!("/members/{}", one.person), false)
        .with_error(status != 200);
    let head = match annul::above(visit, &UnitsToday::of(visit), one.unit) {
        Some(_) => head.action(w.t("development-annul"), annul::address(one.person), false),
        None => head,
    };
    // Of a stay that is over a remark may still have to be written down.
    let head = if one.on_probation() && visit.permit(Permission::EditMembers, one.unit).is_ok() {
        head.action(w.t("development-stay"), stay::address(one.person), false)
    } else {
        head
    };
    let steps = one.rows.iter().enumerate().rev().map(|(at, row)| told(w, one, &terms, at, row)).collect();
    let papers = if one.on_probation() { super::papers::beside_member(visit, one, &terms)? } else { String::new() };
    let papers =
        format!("{papers}{}", super::print::links(visit, &super::print::of_member(visit, one.person, &one.road)));
    visit.page_with(status, head, &ProbationPage { w, facts: facts(visit, one), papers, due, steps, form })
}

fn facts<'a>(visit: &Visit<'a>, one: &One) -> Vec<(&'a str, String)> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let mut facts = vec![(w.t("development-branch"), units.name(one.unit))];
    if let Some(stay) = one.stay.filter(|_| one.on_probation()) {
        let key = if one.heard { "development-remark-there" } else { "development-remark-awaited" };
        let place = stay::place(visit, &units, stay);
        facts.push((w.t("development-stay"), format!("{place} ({}). {}", w.day(stay.since), w.t(key))));
    }
    let standing = match one.standing {
        Some(Standing::Probationary) => "development-on-probation-yes",
        Some(Standing::Left) => "development-left",
        _ => "development-on-probation-no",
    };
    facts.push((w.t("development-state"), w.t(standing).to_owned()));
    facts.extend(one.ends.filter(|_| one.on_probation()).map(|day| (w.t("development-probation-ends"), w.day(day))));
    let official = one.official.filter(|_| one.standing.is_some_and(Standing::is_official));
    facts.extend(official.map(|day| (w.t("development-official-since"), w.day(day))));
    facts
}

/// A step as told: day, what, more. A vote that sends the case up although it failed says so.
fn told(w: Tongue<'_>, one: &One, terms: &Terms, at: usize, row: &RecognitionRow) -> (String, String, String) {
    let step = Recognition::from_code(&row.step);
    let mut head = step.map_or("", |step| w.t(step.word())).to_owned();
    let how = (row.body.as_deref().unwrap_or(""), row.form.as_deref().unwrap_or(""));
    let decides = step.is_some_and(Recognition::decides);
    head.push_str(&vote_text(w, decides, (row.votes_for, row.votes_base), how));
    head.push_str(&roll_text(w, (row.listed, row.away, row.barred, row.votes_against)));
    let until = at.checked_sub(one.before).and_then(|at| one.road.0.get(..=at));
    let regardless = |step| until.is_some_and(|until| Road(until.to_vec()).regardless(step, terms.failures));
    if step.is_some_and(|step| !step.decides() && regardless(step)) {
        head.push_str(". ");
        head.push_str(&w.t1("development-goes-up", "count", terms.failures));
    }
    let mut more: Vec<String> = [&row.number, &row.note].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    more.push(w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    (w.day(row.on_day), head, more.join(" · "))
}

fn form(visit: &Visit<'_>, one: &One, next: &[Recognition], terms: &Terms, refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let choices = next.iter().map(|step| (step.code().to_owned(), w.t(step.word()).to_owned())).collect();
    let first = next.first().map_or("", |step| step.code());
    let mut fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::new("step", w.t("development-step"), Kind::Radios(choices)).value(first).required(),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("development-number")).hint(w.t("development-recognition-number-hint")),
    ];
    let branch = electorate(visit, one.unit, visit.today());
    let deciders = if next.iter().any(|step| step.decides()) { terms.deciders(branch.under_city) } else { Vec::new() };
    let of_branch = next.iter().any(|step| step.of_branch()).then_some(branch);
    let of_committee = next.iter().any(|step| step.is_vote() && !step.of_branch());
    fields.extend(vote_fields(w, (of_branch, of_committee), &deciders));
    fields.push(Field::new("note", w.t("development-note"), Kind::Area).hint(w.t("development-strike-hint")));
    let form = Form::new(one.address(), w.t("development-step-send"), fields);
    match refused {
        Some((_, issues)) => form.refused_anew(&visit.form, issues),
        None => form,
    }
}

/// `POST /development/probation/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let step = Recognition::from_code(visit.form.get("step"));
    let vote = (step.is_some_and(Recognition::is_vote), step.is_some_and(Recognition::of_branch));
    let deed = read(visit, step, vote, &mut issues);
    let Some(deed) = deed.filter(|_| issues.is_empty()) else { return page(visit, &one, Some((422, issues))) };
    let branch = electorate(visit, one.unit, deed.on);
    match visit.write(|op| actions::recognise(op, one.person, &deed, branch)) {
        Ok(()) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}
