//! What is written while a meeting is open: everything at once, as often as one likes.

use std::collections::BTreeSet;

use chibo_kernel::{Day, Id, Issue, Person, Problem, Said, Unit};
use chibo_store::{Op, Param};

use super::{changed, draft, members_on, months};
use crate::rules::{Kind, Month, Presence};
use crate::store;

/// An item of the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// 1 regular, 2 thematic.
    pub part: u8,
    /// Code of a required topic, or empty.
    pub topic: String,
    /// What it is about.
    pub title: String,
}

/// Somebody on the roll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub person: Id<Person>,
    /// Where he was.
    pub presence: Presence,
    /// Why absent.
    pub reason: String,
    /// Items of the agenda he spoke on, `1,3`; empty when he did not speak.
    pub spoke_on: String,
}

/// Everything of an open meeting.
#[derive(Clone, Debug)]
pub struct Content {
    /// Kind.
    pub kind: Kind,
    /// Held on.
    pub on: Option<Day>,
    /// Minutes of the day it began.
    pub from: Option<u32>,
    /// Minutes of the day it ended.
    pub to: Option<u32>,
    /// Where.
    pub place: String,
    /// Who chaired.
    pub chair: Option<Id<Person>>,
    /// Who kept the minutes.
    pub secretary: Option<Id<Person>>,
    /// From above or from outside.
    pub guests: String,
    /// Minutes spent on members' thinking.
    pub ideology: u32,
    /// Results of the month.
    pub report: String,
    /// Discussion.
    pub discussion: String,
    /// Conclusion.
    pub conclusion: String,
    /// Confirmed points.
    pub ticks: BTreeSet<String>,
    /// The branch committee met before.
    pub prepared: bool,
    /// Members had notice on.
    pub noticed: Option<Day>,
    /// Documents posted on.
    pub documents: Option<Day>,
    /// Conclusion posted on.
    pub concluded: Option<Day>,
    /// Agenda.
    pub items: Vec<Item>,
    /// Roll.
    pub roll: Vec<Seat>,
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// What cannot even be written down: a draft may be unfinished, but not untrue.
fn check(op: &Op<'_, '_>, unit: Id<Unit>, month: Month, content: &Content) -> Result<Vec<Issue>, Problem> {
    let mut issues = Vec::new();
    let known = members_on(op, unit, content.on.unwrap_or_else(|| op.today()))?;
    let is_member = |person: &Id<Person>| known.iter().any(|member| member.id == *person);
    if content.roll.iter().any(|seat| !is_member(&seat.person)) {
        issues.push(issue("roll", Some("MTG-10"), Said::new("meetings-not-a-member")));
    }
    for (field, who) in [("chair", content.chair), ("secretary", content.secretary)] {
        if who.is_some_and(|who| !is_member(&who)) {
            issues.push(issue(field, Some("MTG-08"), Said::new("meetings-not-a-member")));
        }
    }
    if content.on.is_some_and(|on| Month::of(on) != month) {
        let said = Said::new("meetings-other-month").with("month", month.text());
        issues.push(issue("on", Some("MTG-01"), said.with("day", content.on.unwrap_or(Day::FOREVER))));
    }
    for (field, day) in
        [("noticed", content.noticed), ("documents", content.documents), ("concluded", content.concluded)]
    {
        if day.is_some_and(|day| day > op.today()) {
            issues.push(issue(field, Some("MTG-04"), Said::new("meetings-in-future").with("day", op.today())));
        }
    }
    Ok(issues)
}

/// Writes an open meeting over.
///
/// # Errors
/// Every reason at once; a conflict when somebody else wrote in between.
pub fn write(op: &mut Op<'_, '_>, (unit, no, version): (Id<Unit>, u32, u32), content: &Content) -> Result<(), Problem> {
    let row = draft(op, unit, no, version)?;
    let issues = check(op, unit, Month(row.month), content)?;
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    let ticks = content.ticks.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let saved = store::save_meeting(
        op.tx(),
        unit,
        no,
        version,
        content.kind.number(),
        content.on,
        content.from,
        content.to,
        &content.place,
        content.chair,
        content.secretary,
        &content.guests,
        content.ideology,
        &content.report,
        &content.discussion,
        &content.conclusion,
        &ticks,
        u8::from(content.prepared),
        content.noticed,
        content.documents,
        content.concluded,
        now,
        &by,
    )?;
    if saved == 0 {
        return Err(changed());
    }
    if let Some(account) = op.viewer().account {
        store::drop_draft(op.tx(), account, unit, no)?;
    }
    lines(op, unit, no, content)?;
    super::posting::fill(op, unit, no)?;
    // A draft that is no regular meeting any more, or has become one, changes what its month waits for.
    if row.kind != content.kind.number() {
        months::rebuild(op, unit, Month(row.month))?;
    }
    Ok(())
}

fn lines(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, content: &Content) -> Result<(), Problem> {
    store::drop_items(op.tx(), unit, no)?;
    for (seq, item) in (1u32..).zip(&content.items) {
        store::add_item(op.tx(), unit, no, seq, item.part, &item.topic, &item.title)?;
    }
    store::drop_roll(op.tx(), unit, no)?;
    let numbers: Vec<u8> = content.roll.iter().map(|seat| seat.presence.number()).collect();
    let rows = content.roll.iter().zip(&numbers).map(|(seat, presence)| {
        [unit.value(), no.value(), seat.person.value(), presence.value(), seat.reason.value(), seat.spoke_on.value()]
    });
    store::add_roll(op.tx(), rows).map(drop)
}
