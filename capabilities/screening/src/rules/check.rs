//! What refuses a step, by rule.

use chibo_kernel::{Day, Id, Issue, Person, Problem, Said};
use chibo_members::rules::deciding::{Body as DecidingBody, Setting};

use super::Terms;
use super::course::{Course, Form, State, Step, Trace};
use super::ground::Task;
use super::pack::{Item, missing_items};
use super::votes::{Body, Roll};

/// A step to be taken. Nothing in it is free text: lists, days, counts, and the number of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Which.
    pub step: Step,
    /// How many steps the form saw.
    pub after: u32,
    /// On this day.
    pub on: Day,
    /// Number of the document.
    pub number: String,
    /// Of a proposal: how.
    pub form: Option<Form>,
    /// Of help: who helps.
    pub helper: Option<Id<Person>>,
    /// Of help: its last day.
    pub until: Option<Day>,
    /// Of help: what is to be done.
    pub tasks: Vec<Task>,
    /// Of a vote: what the minutes say.
    pub roll: Option<Roll>,
}

/// What a step is judged by besides the steps themselves.
#[derive(Clone, Debug)]
pub struct Scene<'s> {
    /// Today.
    pub today: Day,
    /// Flags that are open, with the day of their fact.
    pub flags: &'s [(String, Day)],
    /// Evidence in the pack.
    pub items: &'s [Item],
    /// Whether the helper is another official member of the same branch.
    pub helper_fits: bool,
    /// Official members of the branch on the day of its vote.
    pub official: u32,
    /// Of who moved and whose papers did not arrive: what the facts say (SCR-04).
    pub trace: Trace,
}

/// Who took a decision, and whether what a restoration asks for holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// The body that decided; a form always names it.
    pub body: Option<DecidingBody>,
    /// There was a breach since the removal: rights are not restored (MEM-42).
    pub breach: bool,
}

/// What is wrong with who decided, in the setting of the branch (MEM-20), and with restoring rights (MEM-42).
pub fn competent(step: Step, by: Authority, setting: Setting, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    let must = terms.deciding.body(setting);
    if let Some(named) = by.body.filter(|_| step.names_body()) {
        let above = step == Step::Restored && named.height() > must.height();
        if named != must && !above {
            issues.push(issue("body", Some("MEM-20"), Said::new(sentence(must))));
        }
    }
    if step == Step::Restored && by.breach {
        issues.push(issue("breach", Some("MEM-42"), Said::new("screening-breach-since")));
    }
    issues
}

/// The sentence that names who has to decide.
const fn sentence(body: DecidingBody) -> &'static str {
    match body {
        DecidingBody::BaseCommittee | DecidingBody::BaseStanding => "screening-body-base-standing",
        DecidingBody::Upper => "screening-body-upper",
        DecidingBody::District => "screening-body-district",
        DecidingBody::City => "screening-body-city",
    }
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// Whether a text is the number of a document, as `15-BB/CB`: digits, letters, `-`, `/`, `.`; no words.
pub fn is_number(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.');
    (1..=30).contains(&text.chars().count()) && text.chars().all(fits) && text.chars().any(|c| c.is_ascii_digit())
}

/// What is wrong with a step; every reason at once.
pub fn check(course: &Course, deed: &Deed, scene: &Scene<'_>, terms: &Terms) -> Vec<Issue> {
    let outcome = course.outcome(scene.trace) == Some(deed.step);
    if !outcome && !course.offered(terms.demands).contains(&deed.step) {
        let unheard = deed.step == Step::BranchVoted && course.state() == State::Proposed;
        let said = if unheard { "screening-not-heard" } else { "screening-step-not-now" };
        return vec![issue("step", unheard.then_some("EXI-11"), Said::new(said).with("demands", terms.demands))];
    }
    let mut issues = Vec::new();
    let last = course.steps.last().map(|taken| taken.on);
    if deed.on > scene.today {
        issues.push(issue("on", None, Said::new("screening-day-to-come")));
    } else if let Some(last) = last.filter(|last| deed.on < *last) {
        issues.push(issue("on", None, Said::new("screening-day-before-last").with("day", last)));
    }
    let blank = deed.number.is_empty() && !deed.step.needs_number();
    if !blank && !is_number(&deed.number) {
        issues.push(issue("number", None, Said::new("screening-number-needed")));
    }
    match deed.step {
        Step::Helped => help(&mut issues, course, deed, scene, terms),
        Step::Proposed => proposal(&mut issues, course, deed, scene),
        Step::Complained => complaint(&mut issues, course, deed, terms),
        _ => {}
    }
    if let Some(body) = deed.step.body() {
        vote(&mut issues, body, deed.roll.as_ref(), scene);
    }
    if deed.step == Step::Decided {
        pack(&mut issues, course, scene);
    }
    issues
}

/// At most twelve months in all, a helper of the branch, something to do (SCR-08).
fn help(issues: &mut Vec<Issue>, course: &Course, deed: &Deed, scene: &Scene<'_>, terms: &Terms) {
    let began = course.help().map_or(deed.on, |(began, _)| began);
    let most = terms.help_at_most(began);
    match deed.until {
        Some(until) if until > deed.on && until <= most => {}
        _ => issues.push(issue("until", Some("SCR-08"), Said::new("screening-help-until").with("day", most))),
    }
    if deed.helper.is_none() || !scene.helper_fits {
        issues.push(issue("helper", Some("SCR-08"), Said::new("screening-helper-needed")));
    }
    if deed.tasks.is_empty() {
        issues.push(issue("task", Some("SCR-08"), Said::new("screening-tasks-needed")));
    }
}

/// A ground that stands, a form that fits it, and no help that still runs (SCR-06, SCR-07, SCR-09).
fn proposal(issues: &mut Vec<Issue>, course: &Course, deed: &Deed, scene: &Scene<'_>) {
    if scene.flags.is_empty() {
        issues.push(issue("step", Some("SCR-09"), Said::new("screening-no-ground")));
    }
    match deed.form {
        None => issues.push(issue("form", None, Said::new("screening-form-needed"))),
        Some(Form::Cancelled) if !scene.flags.iter().any(|(rule, _)| rule == "SCR-07") => {
            issues.push(issue("form", Some("SCR-07"), Said::new("screening-cancel-ground")));
        }
        Some(_) => {}
    }
    if let Some((began, until)) = course.help() {
        let newer = scene.flags.iter().any(|(_, since)| *since > began);
        if deed.on < until && !newer {
            issues.push(issue("on", Some("SCR-06"), Said::new("screening-help-runs").with("day", until)));
        }
    }
}

/// In time (EXI-12, SCR-11).
fn complaint(issues: &mut Vec<Issue>, course: &Course, deed: &Deed, terms: &Terms) {
    let by = course.last(Step::Informed).map(|taken| terms.complain_by(taken.on));
    if let Some(by) = by.filter(|by| deed.on > *by) {
        issues.push(issue("on", Some("SCR-11"), Said::new("screening-complaint-late").with("day", by)));
    }
}

/// Counts that can be, and the roll of the branch as the register has it.
fn vote(issues: &mut Vec<Issue>, body: Body, roll: Option<&Roll>, scene: &Scene<'_>) {
    let rule = if body == Body::Branch { "X-03" } else { "X-05" };
    let Some(roll) = roll else {
        issues.push(issue("listed", Some(rule), Said::new("screening-votes-needed")));
        return;
    };
    if body == Body::Branch && roll.listed != scene.official {
        let said = Said::new("screening-roll-differs").with("count", scene.official);
        issues.push(issue("listed", Some("X-03"), said));
    }
    if roll.overflows() {
        issues.push(issue("present", Some(rule), Said::new("screening-roll-overflows").with("count", roll.listed)));
        return;
    }
    if let Err(error) = roll.verdict(body)
        && let Problem::Refused(more) = Problem::from(error)
    {
        issues.extend(more.into_iter().map(|one| Issue { field: Some("yes".to_owned()), ..one }));
    }
}

/// The pack is whole before the decision (SCR-09).
fn pack(issues: &mut Vec<Issue>, course: &Course, scene: &Scene<'_>) {
    let Some(proposed) = course.assessment() else { return };
    for (rule, _) in missing_items(&proposed.rules, proposed.form, scene.items) {
        issues.push(issue("step", Some("SCR-09"), Said::new("screening-pack-lacks").with("rule", rule)));
    }
}
