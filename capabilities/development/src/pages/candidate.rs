//! One candidate: what was done, what is due and missing, the next step.

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::votes::VotingForm;
use chibo_kernel::{Issue, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::words::Tongue;
use chibo_web::{Field, Form, Reply, Visit};

use super::found::stage_word;
use super::one::One;
use super::papers::{beside, stage_of};
use super::{again, annul, electorate, facts, missing, print};
use crate::actions;
use crate::rules::{Body, Deed, Electorate, Source, Step, Terms, Vote, carried};
use crate::store::StepRow;

#[derive(Template)]
#[template(path = "candidate.html")]
struct CandidatePage<'a> {
    w: Tongue<'a>,
    tabs: String,
    papers: String,
    prints: Vec<(String, String)>,
    stage: (&'a str, &'static str),
    due: String,
    facts: Vec<(&'a str, String)>,
    member: Option<String>,
    steps: Vec<(String, String, String)>,
    form: String,
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
        Some(Step::Stopped | Step::Annulled) => "warn",
        _ => "gold",
    };
    // Introducers have a page of their own: they are more than a note.
    let mut next = one.course.next();
    next.retain(|step| *step != Step::Introduced);
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let form = match (one.may_edit && !next.is_empty(), refused) {
        (true, refused) => form(visit, one, &next, &terms, refused).html(visit),
        // No form to say it on.
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => String::new(),
    };
    let member = one.rows.iter().find_map(|row| row.person_id).map(|person| format!("/members/{person}"));
    let facts = facts::beside(visit, one)?;
    let papers = match stage_of(&one.course) {
        Some(stage) => beside(visit, one, stage, &terms)?,
        None => String::new(),
    };
    let page = CandidatePage {
        w,
        tabs: one.tabs(visit, ""),
        papers: format!("{facts}{papers}"),
        prints: print::of_one(visit, one.id(), &one.course),
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
    let mut head = one.head(visit, None, status != 200);
    let person = one.rows.iter().find_map(|row| row.person_id);
    let may = annul::above(visit, &UnitsToday::of(visit), one.row.unit_id).is_some();
    if let Some(person) = person.filter(|_| may) {
        head = head.action(w.t("development-annul"), annul::address(person), false);
    }
    visit.page_with(status, head, &page)
}

/// A step as told: day, what, more.
fn told(w: Tongue<'_>, row: &StepRow) -> (String, String, String) {
    let step = Step::from_code(&row.step);
    let mut head = step.map_or("", |step| w.t(step.word())).to_owned();
    if step.is_some_and(Step::is_vote) {
        let (body, form) = (row.body.as_deref().unwrap_or(""), row.form.as_deref().unwrap_or(""));
        head.push_str(&vote_text(w, step.is_some_and(Step::decides), (row.votes_for, row.votes_base), (body, form)));
        head.push_str(&roll_text(w, (row.listed, row.away, row.barred, row.votes_against)));
    }
    let mut more: Vec<String> = [&row.number, &row.note].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    let consent = row.consent.as_deref().filter(|consent| !consent.is_empty());
    more.extend(consent.map(|consent| w.t1("development-consent-told", "number", consent)));
    more.push(w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    (w.day(row.on_day), head, more.join(" · "))
}

/// A vote with what it comes to, who took it and how; begins with a colon. Nothing of a decision whose votes were not
/// kept.
pub(super) fn vote_text(w: Tongue<'_>, decides: bool, (yes, base): (u32, u32), (body, form): (&str, &str)) -> String {
    let body = Body::from_code(body);
    let mut parts = Vec::new();
    if base > 0 {
        let vote = Vote { yes, base, body, ..Vote::default() };
        let key = match (carried(decides, &vote), decides) {
            (true, _) => "development-vote-passed",
            (false, true) => "development-vote-refused",
            (false, false) => "development-vote-failed",
        };
        parts.push(w.t2(key, ("yes", w.n(yes)), ("base", w.n(base))));
    }
    parts.extend(body.map(|body| w.t(body.word()).to_owned()));
    parts.extend(VotingForm::from_code(form).map(|form| w.t(form_word(form)).to_owned()));
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) }
}

/// What the denominator of a vote was reckoned from; nothing of votes whose roll was not kept.
pub(super) fn roll_text(w: Tongue<'_>, roll: (Option<u32>, Option<u32>, Option<u32>, Option<u32>)) -> String {
    let (Some(listed), Some(away), Some(barred), Some(no)) = roll else { return String::new() };
    let figures = [("listed", listed), ("away", away), ("barred", barred), ("no", no)];
    format!(" ({})", w.with("development-roll-told", &figures.map(|(name, figure)| (name, w.n(figure)))))
}

/// Key of the word for a form of voting.
const fn form_word(form: VotingForm) -> &'static str {
    match form {
        VotingForm::SecretBallot => "development-form-secret",
        VotingForm::RaisedCard => "development-form-card",
    }
}

fn form(visit: &Visit<'_>, one: &One, next: &[Step], terms: &Terms, refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let choices: Vec<_> = next.iter().map(|step| (step.code().to_owned(), w.t(step.word()).to_owned())).collect();
    let first = next.first().map_or("", |step| step.code());
    let mut fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::new("step", w.t("development-step"), Kind::Radios(choices)).value(first).required(),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("development-number")).hint(w.t("development-number-hint")),
    ];
    let branch = electorate(visit, one.row.unit_id, visit.today());
    let deciders = if next.iter().any(|step| step.decides()) { terms.deciders(branch.under_city) } else { Vec::new() };
    let of_branch = next.contains(&Step::BranchVoted).then_some(branch);
    let of_committee = next.iter().any(|step| step.is_vote() && *step != Step::BranchVoted);
    fields.extend(vote_fields(w, (of_branch, of_committee), &deciders));
    if next.contains(&Step::BranchVoted) {
        fields.push(Field::text("consent", w.t("development-consent")).hint(w.t("development-consent-hint")));
    }
    fields.push(Field::new("note", w.t("development-note"), Kind::Area).hint(w.t("development-note-hint")));
    let form = Form::new(one.address(""), w.t("development-step-send"), fields);
    match refused {
        Some((_, issues)) => form.refused_anew(&visit.form, issues),
        None => form,
    }
}

/// The roll and the votes, in which form, by which body where it decides; where a vote can be taken. The roll of the
/// branch is the register's, that of a committee its size as told.
pub(super) fn vote_fields(
    w: Tongue<'_>,
    (branch, committee): (Option<Electorate>, bool),
    deciders: &[Body],
) -> Vec<Field> {
    if branch.is_none() && !committee {
        return Vec::new();
    }
    let forms = [VotingForm::SecretBallot, VotingForm::RaisedCard];
    let forms = forms.into_iter().map(|form| (form.code().to_owned(), w.t(form_word(form)).to_owned())).collect();
    let mut fields = Vec::new();
    if committee {
        fields.push(Field::text("listed", w.t("development-votes-listed")).hint(w.t("development-listed-hint")));
    }
    let away = match branch {
        Some(branch) => w.t2(
            "development-away-branch-hint",
            ("official", w.n(branch.official)),
            ("suspended", w.n(branch.suspended)),
        ),
        None => w.t("development-away-hint").to_owned(),
    };
    fields.extend([
        Field::text("away", w.t("development-votes-away")).hint(away),
        Field::text("barred", w.t("development-votes-barred")).hint(w.t("development-barred-hint")),
        Field::text("yes", w.t("development-votes-for")).hint(w.t("development-votes-hint")),
        Field::text("no", w.t("development-votes-against")).hint(w.t("development-against-hint")),
        Field::new("form", w.t("development-form"), Kind::Radios(forms)).hint(w.t("development-form-hint")),
    ]);
    if let Some(first) = deciders.first() {
        let bodies = deciders.iter().map(|body| (body.code().to_owned(), w.t(body.word()).to_owned())).collect();
        let body = Field::new("body", w.t("development-body"), Kind::Radios(bodies)).value(first.code());
        fields.push(body.hint(w.t("development-body-hint")));
    }
    fields
}

/// Reads what every step's form asks; what is wrong is noted.
pub(super) fn read<S: Copy>(
    visit: &Visit<'_>,
    step: Option<S>,
    (vote_wanted, of_branch): (bool, bool),
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
    // Nobody away, barred or against need not be typed.
    let mut number = |name: &str, must: bool| match form.get(name).trim() {
        "" if !must => 0,
        text => {
            let read = text.parse::<u32>().ok();
            if vote_wanted && read.is_none() {
                issues.push(missing(name, "development-votes-needed"));
            }
            read.unwrap_or(0)
        }
    };
    let (listed, away, barred) = (number("listed", !of_branch), number("away", false), number("barred", false));
    let (yes, no) = (number("yes", true), number("no", false));
    let (how, body) = (VotingForm::from_code(form.get("form")), Body::from_code(form.get("body")));
    let vote = Vote { yes, listed, away, barred, no, form: how, body, base: 0 };
    if step.is_none() {
        issues.push(missing("step", "development-step-needed"));
    }
    Some(Deed {
        step: step?,
        // A form that does not say what it saw saw nothing there is.
        after: form.get("after").parse().unwrap_or(u32::MAX),
        on: on?,
        number: clean(form.get("number")).into_owned(),
        vote: if vote_wanted { vote } else { Vote::default() },
        consent: clean(form.get("consent")).into_owned(),
        note: clean(form.get("note")).into_owned(),
    })
}

/// `POST /development/candidates/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let step = Step::from_code(visit.form.get("step"));
    let vote = (step.is_some_and(Step::is_vote), step == Some(Step::BranchVoted));
    let deed = read(visit, step, vote, &mut issues);
    let Some(deed) = deed.filter(|_| issues.is_empty()) else { return page(visit, &one, Some((422, issues))) };
    let (id, branch) = (one.row.candidate_id, electorate(visit, one.row.unit_id, deed.on));
    match visit.write(|op| actions::take(op, id, &deed, branch)) {
        // Whose file went to another branch may be out of sight by now.
        Ok(_) if deed.step == Step::Forwarded => Ok(Reply::done("/development/candidates", "saved")),
        Ok(_) => Ok(Reply::done(one.address(""), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}
