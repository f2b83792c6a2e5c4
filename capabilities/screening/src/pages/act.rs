//! What is sent from the page about one member.

use chibo_kernel::text::clean;
use chibo_kernel::votes::{Ballots, VotingForm};
use chibo_kernel::{Day, Issue, Problem, Said};
use chibo_members::rules::deciding::Body;
use chibo_web::{Reply, Visit};

use super::member::{Member, Part, page};
use super::{again, missing};
use crate::actions;
use crate::rules::{Authority, Deed, Form, Ground, Item, Roll, Step, Task};

fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            issues.push(missing(name, "screening-day-needed"));
            None
        }
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        Err(_) => None,
    }
}

/// What the minutes of a vote say; what is not a number is noted.
fn roll(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Roll> {
    let voting = VotingForm::from_code(visit.form.get("voting"));
    if voting.is_none() {
        issues.push(missing("voting", "screening-voting-needed"));
    }
    let mut count = |name: &str| {
        let read = visit.form.get(name).trim().parse::<u32>().ok();
        if read.is_none() {
            issues.push(missing(name, "screening-votes-needed"));
        }
        read
    };
    let (listed, barred, away, present) = (count("listed"), count("barred"), count("away"), count("present"));
    let (yes, no, blank, invalid) = (count("yes"), count("no"), count("blank"), count("invalid"));
    Some(Roll {
        form: voting?,
        listed: listed?,
        barred: barred?,
        away: away?,
        present: present?,
        ballots: Ballots { yes: yes?, no: no?, blank: blank?, invalid: invalid? },
    })
}

fn deed(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Deed> {
    let form = &visit.form;
    let step = Step::from_code(form.get("step"));
    if step.is_none() {
        issues.push(missing("step", "screening-step-needed"));
    }
    let on = day(visit, "on", issues);
    let helped = step == Some(Step::Helped);
    let until = if helped { day(visit, "until", issues) } else { None };
    let voted = step.is_some_and(|step| step.body().is_some());
    let roll = if voted { roll(visit, issues) } else { None };
    Some(Deed {
        step: step?,
        // A form that does not say what it saw saw nothing there is.
        after: form.get("after").parse().unwrap_or(u32::MAX),
        on: on?,
        number: clean(form.get("number")).into_owned(),
        form: Form::from_code(form.get("form")),
        helper: form.get("helper").parse().ok(),
        until,
        tasks: form.all("task").filter_map(Task::from_code).collect(),
        roll,
    })
}

/// Which body decided, where one has to be named, and whether there was a breach since (MEM-20, MEM-42).
fn authority(visit: &Visit<'_>, step: Step, issues: &mut Vec<Issue>) -> Authority {
    let body = Body::from_code(visit.form.get("body"));
    if body.is_none() && step.names_body() {
        let issue = missing("body", "screening-body-needed");
        issues.push(Issue { rule: Some("MEM-20"), ..issue });
    }
    Authority { body, breach: visit.form.get("breach") == "yes" }
}

/// `POST /screening/members/{id}/steps`.
pub(super) fn step(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    let none = || Problem::rule("SCR-01", Said::new("screening-no-campaign-here"));
    let campaign = member.campaign.as_ref().map(|row| row.campaign_id).ok_or_else(none)?;
    let mut issues = Vec::new();
    let deed = deed(visit, &mut issues).filter(|_| issues.is_empty());
    let Some(deed) = deed else { return page(visit, &member, Some((Part::Act, 422, issues))) };
    let by = authority(visit, deed.step, &mut issues);
    if !issues.is_empty() {
        return page(visit, &member, Some((Part::Act, 422, issues)));
    }
    match visit.write(|op| actions::take_by(op, member.person, campaign, &deed, by)) {
        Ok(_) => Ok(Reply::done(member.address(""), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &Member::load(visit)?, Some((Part::Act, status, issues)))
        }
    }
}

/// `POST /screening/members/{id}/grounds`.
pub(super) fn ground(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    let mut issues = Vec::new();
    let ground = Ground::from_code(visit.form.get("ground"));
    if ground.is_none() {
        issues.push(missing("ground", "screening-ground-needed"));
    }
    let raised = match visit.form.get("deed") {
        "raise" => Some(true),
        "lift" => Some(false),
        _ => {
            issues.push(missing("deed", "screening-deed-needed"));
            None
        }
    };
    let on = day(visit, "evidenced", &mut issues);
    let number = clean(visit.form.get("evidence")).into_owned();
    let (Some(ground), Some(raised), Some(on)) = (ground, raised, on) else {
        return page(visit, &member, Some((Part::Ground, 422, issues)));
    };
    match visit.write(|op| actions::raise(op, member.person, (ground, raised), (&number, on))) {
        Ok(()) => Ok(Reply::done(member.address(""), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &Member::load(visit)?, Some((Part::Ground, status, issues)))
        }
    }
}

/// `POST /screening/members/{id}/evidence`.
pub(super) fn evidence(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    let mut issues = Vec::new();
    let item = Item::from_code(visit.form.get("item"));
    if item.is_none() {
        issues.push(missing("item", "screening-item-needed"));
    }
    let on = day(visit, "papered", &mut issues);
    let number = clean(visit.form.get("paper")).into_owned();
    let (Some(item), Some(on)) = (item, on) else {
        return page(visit, &member, Some((Part::Evidence, 422, issues)));
    };
    match visit.write(|op| actions::evidence(op, member.person, item, (&number, on))) {
        Ok(()) => Ok(Reply::done(member.address(""), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &Member::load(visit)?, Some((Part::Evidence, status, issues)))
        }
    }
}
