//! One step of one subject.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said};
use chibo_store::Op;
use serde_json::json;

use super::load::{File, file, terms_of};
use super::{group, issue, permit_above, record, still_open};
use crate::rules::{Class, Facts, Step, Subject, Tally, TallyError, Terms, judge, offered, text};
use crate::store;

/// A step as sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Which.
    pub step: Step,
    /// The state the form had seen.
    pub seen: String,
    /// Day.
    pub on: Day,
    /// Number of the document.
    pub number: String,
    /// Class given.
    pub class: Option<Class>,
    /// Reason.
    pub reason: String,
    /// Points by criterion, in hundredths.
    pub scores: BTreeMap<String, u32>,
    /// Figures.
    pub facts: Facts,
    /// Totals of the vote.
    pub tally: Option<Tally>,
}

/// Takes a step.
///
/// # Errors
/// Every reason at once with its rule; a conflict when somebody was faster; absent when out of reach.
pub fn take(op: &mut Op<'_, '_>, id: Id<Subject>, deed: &Deed) -> Result<(), Problem> {
    let mut file = file(op.tx(), id)?;
    if deed.step.above() {
        permit_above(op, file.row.unit_id, file.row.decider_id)?;
    } else {
        op.permit(Permission::EditMembers, file.row.unit_id)?;
    }
    still_open(&file.campaign)?;
    if file.state.code() != deed.seen || !offered(file.state).contains(&deed.step) {
        return Err(Problem::Conflict(Said::new("evaluation-moved-on")));
    }
    let terms = terms_of(&file.campaign)?;
    let issues = issues(op, &file, deed, &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    apply(op, &mut file, deed, &terms)?;
    if deed.step == Step::Decision || deed.step == Step::Answer {
        group::within_cap(op, &file.row, &terms, &deed.reason)?;
    }
    Ok(())
}

/// Whether it is the account of the self-review that now judges it.
pub(super) fn own(op: &Op<'_, '_>, file: &File) -> bool {
    let me = op.viewer().account.map(|account| account.to_string()).unwrap_or_default();
    !me.is_empty() && me == file.row.by_account
}

fn issues(op: &Op<'_, '_>, file: &File, deed: &Deed, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    if !file.row.excluded.is_empty() {
        issues.push(Issue { field: None, rule: Some("EVAL-02"), said: Said::new("evaluation-is-excluded") });
    }
    let judges = matches!(deed.step, Step::Appraisal | Step::Decision | Step::Answer);
    if judges && own(op, file) {
        issues.push(Issue { field: None, rule: Some("EVAL-31"), said: Said::new("evaluation-own") });
    }
    if deed.on > op.today() || deed.on < file.campaign.opens_on {
        let said = Said::new("evaluation-day-wrong").with("day", file.campaign.opens_on);
        issues.push(Issue { field: Some("on".into()), rule: None, said });
    }
    if deed.number.is_empty() && deed.step != Step::Close {
        issues.push(issue("number", None, "evaluation-number-needed"));
    }
    if deed.step.gives_class() && deed.class.is_none() {
        issues.push(issue("class", Some("EVAL-03"), "evaluation-class-needed"));
    }
    if deed.step == Step::Complaint && deed.reason.is_empty() {
        issues.push(issue("reason", Some("EVAL-32"), "evaluation-reason-needed"));
    }
    if deed.step == Step::Vote {
        issues.extend(vote_issue(deed.tally.as_ref()));
    }
    if matches!(deed.step, Step::SelfReview | Step::Appraisal) {
        issues.extend(figure_issues(deed, terms));
    }
    if matches!(deed.step, Step::Decision | Step::Answer)
        && deed.class.is_some_and(|class| class > file.verdict(terms).class)
    {
        issues.extend(deed.reason.is_empty().then(|| issue("reason", Some("EVAL-23"), "evaluation-outside-band")));
    }
    if deed.step == Step::Appraisal && issues.is_empty() {
        let verdict = judge(terms, &file.case(deed.facts.clone(), points(deed, terms)));
        let above = deed.class.is_some_and(|class| class > verdict.class) && deed.reason.is_empty();
        issues.extend(above.then(|| issue("reason", Some("EVAL-23"), "evaluation-outside-band")));
    }
    issues
}

fn vote_issue(tally: Option<&Tally>) -> Option<Issue> {
    let Some(tally) = tally else { return Some(issue("voters", Some("EVAL-31"), "evaluation-votes-needed")) };
    match tally.check() {
        Ok(()) => None,
        Err(TallyError::Nobody) => Some(issue("voters", Some("EVAL-31"), "evaluation-votes-needed")),
        Err(TallyError::TooMany) => Some(issue("ballots", Some("EVAL-31"), "evaluation-votes-too-many")),
        Err(TallyError::Sum(sum)) => {
            let said = Said::new("evaluation-votes-sum").with("sum", sum).with("ballots", tally.ballots);
            Some(Issue { field: Some("ballots".into()), rule: Some("EVAL-31"), said })
        }
    }
}

fn figure_issues(deed: &Deed, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    for criterion in &terms.criteria {
        let field = format!("score.{}", criterion.code);
        match deed.scores.get(&criterion.code) {
            None => issues.push(issue(&field, Some("EVAL-10"), "evaluation-score-needed")),
            Some(points) if *points > criterion.most => {
                let said = Said::new("evaluation-over-maximum").with("most", text(criterion.most));
                issues.push(Issue { field: Some(field), rule: Some("EVAL-10"), said });
            }
            Some(_) => {}
        }
    }
    let wrong = deed.facts.wrong();
    issues.extend(
        wrong.iter().map(|fact| issue(&format!("fact.{}", fact.code()), Some("EVAL-11"), "evaluation-fact-wrong")),
    );
    issues
}

/// The sum of the criteria.
fn points(deed: &Deed, terms: &Terms) -> Option<u32> {
    terms.scored.then(|| terms.criteria.iter().filter_map(|one| deed.scores.get(&one.code)).sum())
}

/// Writes the step and where the subject stands now.
pub(super) fn apply(op: &mut Op<'_, '_>, file: &mut File, deed: &Deed, terms: &Terms) -> Result<(), Problem> {
    let class = deed.class.map_or("", Class::code).to_owned();
    let sum = points(deed, terms).map_or(-1, i64::from);
    let verdict = file.verdict(terms).class;
    let account = op.viewer().account.map(|account| account.to_string()).unwrap_or_default();
    let row = &mut file.row;
    let prefix = match deed.step {
        Step::SelfReview => {
            (row.points, row.self_points, row.self_class, row.by_account) = (sum, sum, class.clone(), account);
            Some("self")
        }
        Step::Appraisal => {
            (row.points, row.appraised_class) = (sum, class.clone());
            Some("appraised")
        }
        Step::Vote => {
            let carried = deed.tally.as_ref().and_then(Tally::carried);
            row.voted_class = carried.map_or("", Class::code).to_owned();
            None
        }
        Step::Decision | Step::Answer => {
            row.overridden = i64::from(deed.class.is_some_and(|class| class > verdict));
            (row.class, row.decided_on, row.version) = (class.clone(), deed.on, terms.version.clone());
            None
        }
        _ => None,
    };
    file.state = deed.step.to();
    let (unit, id) = (row.unit_id, row.subject_id);
    file.row.state = file.state.code().to_owned();
    save(op, file)?;
    if let Some(prefix) = prefix {
        write_figures(op, file, deed, prefix)?;
    }
    let seq = u32::try_from(file.steps.len()).unwrap_or(u32::MAX).saturating_add(1);
    let (tally, now, by) = (deed.tally.unwrap_or_default(), op.now(), op.viewer().name.clone());
    let [failed, fulfilled, good, excellent] = tally.votes;
    store::insert_step(
        op.tx(),
        unit,
        id,
        seq,
        deed.step.code(),
        deed.on,
        &deed.number,
        &class,
        &deed.reason,
        tally.voters,
        tally.ballots,
        failed,
        fulfilled,
        good,
        excellent,
        tally.invalid,
        now,
        &by,
    )?;
    record(op, unit, "evaluate-step", &json!({ "subject": id.to_string(), "row": seq }));
    Ok(())
}

/// Points and facts of a review, in place of those before.
fn write_figures(op: &mut Op<'_, '_>, file: &File, deed: &Deed, prefix: &str) -> Result<(), Problem> {
    let (unit, id) = (file.row.unit_id, file.row.subject_id);
    let scores = deed.scores.iter().map(|(code, points)| (format!("{prefix}.{code}"), *points));
    let facts = deed.facts.0.iter().map(|(fact, counted)| (format!("fact.{}", fact.code()), *counted));
    for (code, counted) in scores.chain(facts) {
        store::drop_figure(op.tx(), unit, id, &code)?;
        store::insert_figure(op.tx(), unit, id, &code, counted)?;
    }
    Ok(())
}

fn save(op: &mut Op<'_, '_>, file: &File) -> Result<(), Problem> {
    let row = &file.row;
    store::save_subject(
        op.tx(),
        row.unit_id,
        row.subject_id,
        &row.state,
        row.points,
        row.self_points,
        &row.self_class,
        &row.voted_class,
        &row.appraised_class,
        &row.class,
        row.overridden,
        row.decided_on,
        &row.version,
        &row.by_account,
    )
    .map(drop)
}
