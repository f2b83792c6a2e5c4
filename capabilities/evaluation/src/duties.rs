//! What is due: self-reviews, decisions, corrections (EVAL-06, EVAL-30, EVAL-33).

use std::collections::BTreeMap;

use chibo_kernel::{Day, Permission, Problem, Said};
use chibo_web::{Duty, DutySource, Visit};

use crate::rules::State;
use crate::store;

/// Every source.
pub(crate) fn sources() -> Vec<DutySource> {
    let source = |name, title, find| DutySource { name, title, needs: Permission::EditMembers, find };
    vec![
        source("reviews-to-evaluate", "evaluation-duties-reviews", reviews),
        source("faults-to-evaluate", "evaluation-duties-fixes", fixes),
    ]
}

/// For every unit: reviews that are not in; for every decider: classes that are not decided.
fn reviews(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for campaign in visit.read(store::campaigns)?.into_iter().filter(|row| row.closed_on == Day::FOREVER) {
        let mut due = BTreeMap::new();
        let mut add = |unit, word: &'static str, rule: &'static str, by, count| {
            *due.entry((unit, word, rule, by)).or_insert(0i64) += count;
        };
        visit.read(|tx| {
            store::counts(tx, campaign.campaign_id, |row| {
                let state = State::from_code(&row.state);
                match state.filter(|_| row.excluded.is_empty()) {
                    Some(State::Draft) => {
                        add(row.unit_id, "evaluation-duty-self", "EVAL-30", campaign.self_by, row.counted);
                    }
                    Some(State::SelfSubmitted | State::Opinions | State::Met) => {
                        add(row.unit_id, "evaluation-duty-meeting", "EVAL-30", campaign.decide_by, row.counted);
                    }
                    Some(State::Voted | State::Appraised) => {
                        add(row.decider_id, "evaluation-duty-decide", "EVAL-06", campaign.decide_by, row.counted);
                    }
                    Some(State::Complaint) => {
                        add(row.decider_id, "evaluation-duty-answer", "EVAL-32", campaign.decide_by, row.counted);
                    }
                    _ => {}
                }
                Ok(())
            })
        })?;
        for ((unit, word, rule, by), count) in due {
            let href = format!("/evaluation/campaigns/{}/subjects?unit={unit}", campaign.campaign_id);
            each(Duty { rule, unit, said: Said::new(word).with("count", count), due: by, href });
        }
    }
    Ok(())
}

/// Items of correction plans (EVAL-33).
fn fixes(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for row in visit.read(|tx| store::open_fixes(tx, Day::FOREVER))? {
        let said = Said::new("evaluation-duty-fix").with("item", &row.item);
        let href = format!("/evaluation/subjects/{}", row.subject_id);
        each(Duty { rule: "EVAL-33", unit: row.unit_id, said, due: row.due_on, href });
    }
    Ok(())
}
