//! One candidate: what was done, what is due, the next step; and entering somebody.

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::found::stage_word;
use super::{MENU, again, missing, official_members};
use crate::actions::{self, NewCandidate};
use crate::rules::{Candidate, Course, Deed, Source, Step, Terms, passed};
use crate::store::{self, CandidateRow, StepRow};

#[derive(Template)]
#[template(path = "candidate.html")]
struct CandidatePage<'a> {
    w: Tongue<'a>,
    stage: (&'a str, &'static str),
    due: String,
    facts: Vec<(&'a str, String)>,
    member: Option<String>,
    steps: Vec<(String, String, String)>,
    form: String,
}

struct One {
    row: CandidateRow,
    rows: Vec<StepRow>,
    course: Course,
    unit: String,
    may_edit: bool,
}

impl One {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Candidate> = visit.id("id")?;
        let (row, rows) = visit.read(|tx| Ok((store::candidate(tx, id)?, store::steps_of(tx, id)?)))?;
        let row = row.ok_or(Problem::NotFound)?;
        visit.permit(Permission::ViewMembers, row.unit_id)?;
        let course = actions::course(&rows)?;
        let may_edit = visit.permit(Permission::EditMembers, row.unit_id).is_ok();
        let units = UnitsToday::of(visit);
        let (name, above) = (units.name(row.unit_id), units.above(visit, row.unit_id));
        let unit = if above.is_empty() { name } else { format!("{name}, {above}") };
        Ok(Self { row, rows, course, unit, may_edit })
    }

    fn address(&self) -> String {
        format!("/development/candidates/{}", self.row.candidate_id)
    }
}

/// `GET /development/candidates/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let terms = Terms::on(visit.today())?;
    let due = terms.due(&one.course).map_or_else(String::new, |(step, day, rule)| {
        let (step, rule) = (w.t(step.word()).to_owned(), rule.to_owned());
        w.with("development-due-by", &[("step", step), ("day", w.day(day)), ("rule", rule)])
    });
    let stage = one.course.stage();
    let colour = match stage {
        Some(Step::Admitted) => "ok",
        Some(Step::Stopped) => "warn",
        _ => "gold",
    };
    let next = one.course.next();
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let form = match (one.may_edit && !next.is_empty(), refused) {
        (true, refused) => form(visit, one, &next, refused).html(visit),
        // No form to say it on.
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => String::new(),
    };
    let member = one.rows.iter().find_map(|row| row.person_id).map(|person| format!("/members/{person}"));
    let page = CandidatePage {
        w,
        stage: (w.t(stage_word(stage)), colour),
        due,
        facts: vec![
            (w.t("development-branch"), one.unit.clone()),
            (w.t("development-birth"), w.day(one.row.birth)),
            (w.t("development-source"), Source::from_code(&one.row.source).map_or("", |s| w.t(s.word())).to_owned()),
            (w.t("development-workplace"), one.row.workplace.clone()),
            (w.t("development-entered"), format!("{}, {}", one.row.recorded_by, w.moment(one.row.recorded_at))),
        ],
        member,
        steps: one.rows.iter().rev().map(|row| told(w, row)).collect(),
        form,
    };
    let crumbs = vec![
        Crumb::to(w.t("development-title"), "/development"),
        Crumb::to(w.t("development-list"), "/development/candidates"),
        Crumb::here(one.row.full_name.clone()),
    ];
    let head = Head::new(one.row.full_name.clone(), MENU).crumbs(crumbs).with_error(status != 200);
    visit.page_with(status, head, &page)
}

/// A step as told: day, what, more.
fn told(w: Tongue<'_>, row: &StepRow) -> (String, String, String) {
    let step = Step::from_code(&row.step);
    let mut head = step.map_or("", |step| w.t(step.word())).to_owned();
    if step.is_some_and(Step::is_vote) {
        head.push_str(": ");
        head.push_str(&vote_text(w, (row.votes_for, row.votes_base)));
    }
    let mut more: Vec<String> = [&row.number, &row.note].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    more.push(w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    (w.day(row.on_day), head, more.join(" · "))
}

/// Votes with what they come to.
pub(super) fn vote_text(w: Tongue<'_>, votes: (u32, u32)) -> String {
    let key = if passed(votes) { "development-vote-passed" } else { "development-vote-failed" };
    w.t2(key, ("yes", w.n(votes.0)), ("base", w.n(votes.1)))
}

fn form(visit: &Visit<'_>, one: &One, next: &[Step], refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let choices: Vec<_> = next.iter().map(|step| (step.code().to_owned(), w.t(step.word()).to_owned())).collect();
    let first = next.first().map_or("", |step| step.code());
    let mut fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::new("step", w.t("development-step"), Kind::Radios(choices)).value(first).required(),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("development-number")).hint(w.t("development-number-hint")),
    ];
    fields.extend(vote_fields(w, next.iter().any(|step| step.is_vote())));
    fields.push(Field::new("note", w.t("development-note"), Kind::Area).hint(w.t("development-note-hint")));
    let form = Form::new(one.address(), w.t("development-step-send"), fields);
    match refused {
        Some((_, issues)) => {
            let typed = visit.form.0.iter().filter(|(name, _)| name != "after").cloned().collect();
            form.refused(&chibo_web::Pairs(typed), issues)
        }
        None => form,
    }
}

/// Votes for and of how many, where a vote can be taken.
pub(super) fn vote_fields(w: Tongue<'_>, wanted: bool) -> Vec<Field> {
    if !wanted {
        return Vec::new();
    }
    vec![
        Field::text("yes", w.t("development-votes-for")).hint(w.t("development-votes-hint")),
        Field::text("base", w.t("development-votes-base")).hint(w.t("development-base-hint")),
    ]
}

/// Reads what every step's form asks; what is wrong is noted.
pub(super) fn read<S: Copy>(
    visit: &Visit<'_>,
    step: Option<S>,
    vote: bool,
    issues: &mut Vec<Issue>,
) -> Option<Deed<S>> {
    let form = &visit.form;
    let on = match form.day("on", visit.today()) {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            issues.push(missing("on", "development-day-needed"));
            None
        }
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        Err(_) => None,
    };
    let mut number = |name: &str| {
        let read = form.get(name).trim().parse::<u32>().ok();
        if vote && read.is_none() {
            issues.push(missing(name, "development-votes-needed"));
        }
        read.unwrap_or(0)
    };
    let votes = (number("yes"), number("base"));
    if step.is_none() {
        issues.push(missing("step", "development-step-needed"));
    }
    Some(Deed {
        step: step?,
        // A form that does not say what it saw saw nothing there is.
        after: form.get("after").parse().unwrap_or(u32::MAX),
        on: on?,
        number: clean(form.get("number")).into_owned(),
        votes,
        note: clean(form.get("note")).into_owned(),
    })
}

/// `POST /development/candidates/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let step = Step::from_code(visit.form.get("step"));
    let deed = read(visit, step, step.is_some_and(Step::is_vote), &mut issues);
    let Some(deed) = deed.filter(|_| issues.is_empty()) else { return page(visit, &one, Some((422, issues))) };
    let (id, official) = (one.row.candidate_id, official_members(visit, one.row.unit_id));
    match visit.write(|op| actions::take(op, id, &deed, official)) {
        Ok(_) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}

fn new_page(visit: &Visit<'_>, picked: Option<&Picked<Unit>>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let sources = Source::ALL.iter().map(|source| (source.code().to_owned(), w.t(source.word()).to_owned())).collect();
    let sexes = vec![
        ("1".to_owned(), w.t("development-male").to_owned()),
        ("2".to_owned(), w.t("development-female").to_owned()),
    ];
    let mut fields = vec![
        Field::text("name", w.t("development-name")).required(),
        Field::new("birth", w.t("development-birth"), Kind::Day).required(),
        Field::new("sex", w.t("development-sex"), Kind::Radios(sexes)).required(),
        Field::text("unit", w.t("development-branch"))
            .hint(w.t("development-branch-hint"))
            .value(visit.query.get("unit"))
            .required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
    fields.push(Field::new("source", w.t("development-source"), Kind::Select(sources)).required());
    fields.push(Field::text("workplace", w.t("development-workplace")));
    let mut form = Form::new("/development/candidates/new", w.t("development-new-send"), fields)
        .cancel(w.t("development-cancel"), "/development");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("development-new");
    let crumbs = vec![Crumb::to(w.t("development-title"), "/development"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let body = format!("<section class=\"card\">{}</section>", form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

/// `GET /development/candidates/new?unit=`.
pub(super) fn new_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    new_page(visit, None, Vec::new())
}

/// `POST /development/candidates/new`.
pub(super) fn enter(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "unit");
    let unit = picked.one("unit", "development-branch-unknown").map_err(|issue| issues.push(issue)).ok();
    let name = clean(visit.form.get("name")).into_owned();
    if name.is_empty() {
        issues.push(missing("name", "development-name-needed"));
    }
    let birth = match visit.form.day("birth", visit.today()) {
        Ok(Some(day)) => Some(day),
        _ => {
            issues.push(missing("birth", "development-birth-needed"));
            None
        }
    };
    let sex = visit.form.get("sex").parse::<u8>().ok().filter(|sex| (1..=2).contains(sex));
    if sex.is_none() {
        issues.push(missing("sex", "development-sex-needed"));
    }
    let source = Source::from_code(visit.form.get("source"));
    if source.is_none() {
        issues.push(missing("source", "development-source-needed"));
    }
    if let (Some(unit), Some(birth), Some(sex), Some(source), true) = (unit, birth, sex, source, issues.is_empty()) {
        let new =
            NewCandidate { unit, name, birth, sex, source, workplace: clean(visit.form.get("workplace")).into_owned() };
        match visit.write(|op| actions::enter(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/development/candidates/{id}"), "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    new_page(visit, Some(&picked), issues)
}
