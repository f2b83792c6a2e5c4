//! What forms send, as types.

use std::collections::BTreeMap;

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Issue, Problem, Said};
use chibo_web::Visit;
use chibo_web::form::missing;

use crate::actions::{Deed, File};
use crate::rules::{Class, Fact, Facts, Step, Tally, Terms};

/// A day; what is wrong with it is noted.
pub(super) fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => Some(day),
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        _ => {
            issues.push(missing(name, "evaluation-day-needed"));
            None
        }
    }
}

/// "85", "85,5", "85.25" as hundredths.
fn points(text: &str) -> Option<u32> {
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let rest = match rest.len() {
        0 => 0,
        1 => rest.parse::<u32>().ok()? * 10,
        2 => rest.parse::<u32>().ok()?,
        _ => return None,
    };
    whole.parse::<u32>().ok().filter(|whole| *whole <= 1000).map(|whole| whole * 100 + rest)
}

/// Points by criterion; what is not a number is noted.
pub(super) fn scores(visit: &Visit<'_>, terms: &Terms, issues: &mut Vec<Issue>) -> BTreeMap<String, u32> {
    let mut scores = BTreeMap::new();
    for criterion in &terms.criteria {
        let field = format!("score.{}", criterion.code);
        let typed = visit.form.get(&field);
        match points(typed) {
            Some(points) => {
                scores.insert(criterion.code.clone(), points);
            }
            None => {
                let said = Said::new("evaluation-score-needed");
                issues.push(Issue { field: Some(field), rule: Some("EVAL-10"), said });
            }
        }
    }
    scores
}

/// Facts; nothing typed is nought.
pub(super) fn facts(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Facts {
    let mut facts = Facts::default();
    for fact in Fact::ALL {
        let field = format!("fact.{}", fact.code());
        match visit.form.get(&field).trim() {
            "" => {}
            typed => match typed.parse::<u32>() {
                Ok(counted) if counted <= 1_000_000 => {
                    facts.0.insert(*fact, counted);
                }
                _ => issues.push(missing(&field, "evaluation-fact-wrong")),
            },
        }
    }
    facts
}

fn tally(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Tally> {
    let mut count = |name: &str| {
        let read = visit.form.get(name).trim().parse::<u32>().ok();
        if read.is_none() {
            issues.push(missing(name, "evaluation-votes-needed"));
        }
        read
    };
    let (voters, ballots, invalid) = (count("voters"), count("ballots"), count("invalid"));
    let votes: Option<Vec<u32>> = Class::ALL.iter().map(|class| count(&format!("for.{}", class.code()))).collect();
    Some(Tally { voters: voters?, ballots: ballots?, votes: votes?.try_into().ok()?, invalid: invalid? })
}

/// A step.
pub(super) fn deed(visit: &Visit<'_>, file: &File, terms: &Terms) -> Result<Deed, Vec<Issue>> {
    let mut issues = Vec::new();
    let step = Step::from_code(visit.form.get("step"));
    if step.is_none() {
        issues.push(missing("step", "evaluation-step-needed"));
    }
    let on = day(visit, "on", &mut issues);
    let reviewed = matches!(step, Some(Step::SelfReview | Step::Appraisal));
    let scores = if reviewed { scores(visit, terms, &mut issues) } else { BTreeMap::new() };
    let facts = if reviewed { facts(visit, &mut issues) } else { file.facts.clone() };
    let tally = if step == Some(Step::Vote) { tally(visit, &mut issues) } else { None };
    match (step, on) {
        (Some(step), Some(on)) if issues.is_empty() => Ok(Deed {
            step,
            seen: visit.form.get("after").to_owned(),
            on,
            number: clean(visit.form.get("number")).into_owned(),
            class: Class::from_code(visit.form.get("class")),
            reason: clean(visit.form.get("reason")).into_owned(),
            scores,
            facts,
            tally,
        }),
        _ => Err(issues),
    }
}
