//! A whole group at once with its cap in the same transaction; closing; correction plans.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::course::{Deed, apply, own};
use super::load::{file, terms_of};
use super::{issue, permit_above, record, still_open};
use crate::rules::{Campaign, Cap, Class, Facts, Group, Sort, Standing, State, Step, Subject, Terms};
use crate::store::{self, SubjectRow};

/// A class for one of the group.
pub type Choice = (Id<Subject>, Class);

/// Classes decided in a group so far.
///
/// # Errors
/// Problems of the database.
pub fn plan_of(tx: &mut Tx<'_>, campaign: Id<Campaign>, decider: Id<Unit>, sort: Sort) -> Result<Group, Problem> {
    let mut group = Group::default();
    for row in store::group_classes(tx, campaign, decider, sort.code())? {
        let many = u64::try_from(row.counted).unwrap_or(0);
        let class = Class::from_code(&row.class);
        group.good_and_above += if class >= Some(Class::Good) { many } else { 0 };
        group.excellent += if class == Some(Class::Excellent) { many } else { 0 };
    }
    Ok(group)
}

fn over(cap: &Cap, group: Group, key: &'static str, field: &str) -> Problem {
    let said = Said::new(key)
        .with("excellent", group.excellent)
        .with("places", cap.places(group.good_and_above))
        .with("exceptional", cap.exceptional_places(group.good_and_above))
        .with("base", group.good_and_above);
    Problem::Refused(vec![Issue { field: Some(field.to_owned()), rule: Some("EVAL-24"), said }])
}

/// After a decision: the group it belongs to keeps its cap (EVAL-24).
pub(super) fn within_cap(op: &mut Op<'_, '_>, row: &SubjectRow, terms: &Terms, reason: &str) -> Result<(), Problem> {
    let sort = Sort::from_code(&row.sort).ok_or_else(|| Problem::fault("a sort"))?;
    let group = plan_of(op.tx(), row.campaign_id, row.decider_id, sort)?;
    match terms.cap.standing(group) {
        Standing::Within(_) => Ok(()),
        Standing::Exceptional if !reason.is_empty() => {
            let detail = json!({ "excellent": group.excellent, "of": group.good_and_above });
            record(op, row.decider_id, "evaluate-exceptional", &detail);
            Ok(())
        }
        Standing::Exceptional => Err(over(&terms.cap, group, "evaluation-cap-exceptional", "reason")),
        Standing::Over => Err(over(&terms.cap, group, "evaluation-cap-over", "class")),
    }
}

/// Decides many of one group together: all or none.
///
/// # Errors
/// The first reason with its rule; a conflict when somebody decided one of them meanwhile.
pub fn decide_group(
    op: &mut Op<'_, '_>,
    choices: &[Choice],
    (number, on, reason): (&str, Day, &str),
) -> Result<usize, Problem> {
    let Some((first, _)) = choices.first() else {
        return Err(Problem::Refused(vec![issue("number", None, "evaluation-nobody-chosen")]));
    };
    let lead = store::subject(op.tx(), *first)?.ok_or(Problem::NotFound)?;
    permit_above(op, lead.unit_id, lead.decider_id)?;
    let campaign = store::campaign(op.tx(), lead.campaign_id)?.ok_or(Problem::NotFound)?;
    still_open(&campaign)?;
    let terms = terms_of(&campaign)?;
    let mut issues = Vec::new();
    if number.is_empty() {
        issues.push(issue("number", None, "evaluation-number-needed"));
    }
    if on > op.today() || on < campaign.opens_on {
        let said = Said::new("evaluation-day-wrong").with("day", campaign.opens_on);
        issues.push(Issue { field: Some("on".into()), rule: None, said });
    }
    for (id, class) in choices {
        let mut file = file(op.tx(), *id)?;
        let group = (file.row.campaign_id, file.row.decider_id, file.row.sort.as_str());
        if group != (lead.campaign_id, lead.decider_id, lead.sort.as_str()) {
            return Err(Problem::NotFound);
        }
        if file.state != State::Appraised {
            return Err(Problem::Conflict(Said::new("evaluation-moved-on")));
        }
        let field = format!("class.{id}");
        if own(op, &file) {
            issues.push(issue(&field, Some("EVAL-31"), "evaluation-own"));
        }
        if *class > file.verdict(&terms).class && reason.is_empty() {
            issues.push(issue(&field, Some("EVAL-23"), "evaluation-outside-band"));
        }
        let deed = Deed {
            step: Step::Decision,
            seen: State::Appraised.code().to_owned(),
            on,
            number: number.to_owned(),
            class: Some(*class),
            reason: reason.to_owned(),
            scores: BTreeMap::new(),
            facts: Facts::default(),
            tally: None,
        };
        apply(op, &mut file, &deed, &terms)?;
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    within_cap(op, &lead, &terms, reason)?;
    Ok(choices.len())
}

/// Closes a campaign: nothing in it changes any more. Everybody has a class, or is listed with the reason why not.
///
/// # Errors
/// How many still have none; absent when out of reach.
pub fn close(op: &mut Op<'_, '_>, id: Id<Campaign>) -> Result<(), Problem> {
    let campaign = store::campaign(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, campaign.unit_id)?;
    still_open(&campaign)?;
    let mut left = 0i64;
    store::counts(op.tx(), id, |row| {
        let undecided = row.excluded.is_empty() && (row.class.is_empty() || row.state == State::Complaint.code());
        left += if undecided { row.counted } else { 0 };
        Ok(())
    })?;
    if left > 0 {
        return Err(Problem::rule("EVAL-06", Said::new("evaluation-left").with("count", left)));
    }
    let today = op.today();
    store::close_campaign(op.tx(), id, today)?;
    record(op, campaign.unit_id, "evaluate-closed", &json!({ "campaign": id.to_string() }));
    Ok(())
}

/// Adds an item to the correction plan (EVAL-33).
///
/// # Errors
/// Refusals by field; absent when out of reach.
pub fn fix(op: &mut Op<'_, '_>, id: Id<Subject>, item: &str, owner: &str, due: Day) -> Result<(), Problem> {
    let file = file(op.tx(), id)?;
    op.permit(Permission::EditMembers, file.row.unit_id)?;
    still_open(&file.campaign)?;
    let mut issues = Vec::new();
    if item.is_empty() {
        issues.push(issue("item", Some("EVAL-33"), "evaluation-item-needed"));
    }
    if owner.is_empty() {
        issues.push(issue("owner", Some("EVAL-33"), "evaluation-owner-needed"));
    }
    if due < op.today() {
        issues.push(issue("due", Some("EVAL-33"), "evaluation-due-past"));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let seq = u32::try_from(file.fixes.len()).unwrap_or(u32::MAX).saturating_add(1);
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_fix(op.tx(), file.row.unit_id, id, seq, item, owner, due, Day::FOREVER, now, &by)?;
    record(op, file.row.unit_id, "evaluate-fix", &json!({ "subject": id.to_string(), "row": seq }));
    Ok(())
}

/// An item is corrected; this is told after the campaign is closed too.
///
/// # Errors
/// Absent when there is no such item or it is out of reach.
pub fn fixed(op: &mut Op<'_, '_>, id: Id<Subject>, seq: u32) -> Result<(), Problem> {
    let file = file(op.tx(), id)?;
    op.permit(Permission::EditMembers, file.row.unit_id)?;
    let open = |fix: &&store::FixRow| fix.seq == seq && fix.fixed_on == Day::FOREVER;
    file.fixes.iter().find(open).ok_or(Problem::NotFound)?;
    let today = op.today();
    store::mark_fixed(op.tx(), file.row.unit_id, id, seq, today)?;
    record(op, file.row.unit_id, "evaluate-fixed", &json!({ "subject": id.to_string(), "row": seq }));
    Ok(())
}
