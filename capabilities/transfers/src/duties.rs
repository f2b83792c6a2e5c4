//! What is due: checks of notices (TRF-11), signatures (TRF-01, TRF-03, TRF-10, TRF-12), ends of stays (TRF-07), remarks on residence (TRF-15).

use chibo_kernel::{Day, Permission, Problem, Said};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_store::Tx;
use chibo_web::{Duty, DutySource, Signal, SignalSource, Visit};

use crate::actions;
use crate::pages::{AHEAD, Which, notices_of, stored};
use crate::rules::{Kind, Quarter, State, Step, Terms, introduced_by, remarks_by, together, year_due};
use crate::store;

/// The next act of every transfer under way.
pub(crate) const SIGNATURES: DutySource =
    DutySource { name: "transfers", title: "transfers-duties", needs: Permission::EditMembers, find: signatures };

/// What is still to be noted of transfers that ended.
pub(crate) const AFTERMATH: DutySource = DutySource {
    name: "transfers-ended",
    title: "transfers-aftermath",
    needs: Permission::EditMembers,
    find: aftermath,
};

/// Stays that end soon or should have.
pub(crate) const STAYS: DutySource =
    DutySource { name: "temporary-stays", title: "transfers-stays", needs: Permission::EditMembers, find: stays };

/// Members who came together and form a temporary branch.
pub(crate) const TOGETHER: DutySource = DutySource {
    name: "temporary-branches",
    title: "transfers-together",
    needs: Permission::EditMembers,
    find: came_together,
};

/// Remarks of branches of residence.
pub(crate) const REMARKS: DutySource = DutySource {
    name: "residence-remarks",
    title: "transfers-residence",
    needs: Permission::EditMembers,
    find: remarks,
};

/// Checks of notices by base committees, every quarter.
pub(crate) const NOTICES: DutySource =
    DutySource { name: "notice-checks", title: "transfers-checks", needs: Permission::EditMembers, find: notices };

fn notices(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let quarter = Quarter::of(visit.today()).before();
    for (unit, many, check) in notices_of(visit, quarter)? {
        if many > 0 && check.is_none() {
            let said = Said::new("transfers-duty-notices").with("count", many).with("quarter", quarter.number());
            let href = format!("/transfers/checks?quarter={}", quarter.0);
            each(Duty { rule: "TRF-11", unit, said, due: quarter.checked_by(), href });
        }
    }
    Ok(())
}

fn signatures(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = Terms::on(today)?;
    for line in visit.read(|tx| stored(tx, Which::Papers))? {
        let (Some(unit), Some(clock)) = (line.course.waits(), terms.clock(&line.course, today)) else { continue };
        let href = format!("/transfers/{}", line.row.transfer_id);
        each(Duty { rule: clock.rule, unit, said: Said::new(clock.word), due: clock.due, href });
    }
    Ok(())
}

/// The sender takes note of a striking-off at once (TRF-12); papers that came late are considered at the branch's next
/// monthly meeting (TRF-13).
fn aftermath(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let terms = Terms::on(visit.today())?;
    for line in visit.read(|tx| stored(tx, Which::Aftermath))? {
        let (Some((step, unit)), Some((_, last))) =
            (line.course.aftermath(terms.late(&line.course)), line.course.steps.last())
        else {
            continue;
        };
        let (rule, key, due) = match step {
            Step::Noted => ("TRF-12", "transfers-duty-noted", *last),
            _ => ("TRF-13", "transfers-duty-considered", last.plus_months(1)),
        };
        let href = format!("/transfers/{}", line.row.transfer_id);
        each(Duty { rule, unit, said: Said::new(key), due, href });
    }
    Ok(())
}

fn stays(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = Terms::on(today)?;
    for line in visit.read(|tx| stored(tx, Which::Stays))? {
        let Some(stay) = actions::stay(&line.detail, &line.course, line.turns) else { continue };
        let Some((due, rule)) = stay.due(&terms).filter(|(due, _)| *due <= today.plus_days(AHEAD)) else { continue };
        let href = format!("/transfers/{}", line.row.transfer_id);
        let key = if rule == "TRF-10" { "transfers-duty-landed" } else { "transfers-duty-stay" };
        let (first, last) = (line.course.boxes.first(), line.course.boxes.last());
        let there = last.filter(|_| line.detail.kind == Kind::Temporary);
        for seal in first.into_iter().chain(there) {
            each(Duty { rule, unit: seal.unit, said: Said::new(key), due, href: href.clone() });
        }
    }
    Ok(())
}

fn came_together(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let (units, terms) = (UnitsToday::of(visit), Terms::on(visit.today())?);
    let view = visit.house.census.view(visit.today());
    let official = |person| {
        let brief = view.no(person).and_then(|no| view.person(no));
        let standing = brief.and_then(|brief| brief.today).and_then(|(_, codes)| Standing::from_number(codes.standing));
        standing.is_some_and(Standing::is_official)
    };
    // Whoever is in a temporary branch has one already.
    let temporary = |unit| {
        let facts = units.place(unit).and_then(|place| units.tree.facts(place));
        facts.and_then(|facts| UnitKind::from_number(facts.kind)) == Some(UnitKind::Temporary)
    };
    let mut arrived = Vec::new();
    for line in visit.read(|tx| stored(tx, Which::Stays))? {
        let there = line.course.boxes.last().filter(|_| line.detail.kind == Kind::Temporary);
        if let Some((seal, span)) = there.zip(line.detail.span)
            && official(line.row.person_id)
            && !temporary(seal.unit)
        {
            arrived.push((seal.unit, span));
        }
    }
    for (unit, day, many) in together(&arrived, terms.together) {
        let said = Said::new("transfers-duty-together").with("count", many).with("day", day);
        each(Duty { rule: "TRF-08", unit, said, due: day, href: "/lifecycle/new?case=temporary".to_owned() });
    }
    Ok(())
}

fn remarks(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let Some(year) = year_due(visit.today()) else { return Ok(()) };
    let mut found = Vec::new();
    visit.read(|tx| {
        store::waiting(tx, introduced_by(year), year, |row| {
            found.push(row);
            Ok(())
        })
    })?;
    for row in found {
        let said = Said::new("transfers-duty-remarks").with("count", row.many).with("year", year);
        let href = format!("/transfers/residence?unit={}&year={year}", row.unit_id);
        each(Duty { rule: "TRF-15", unit: row.unit_id, said, due: remarks_by(year), href });
    }
    Ok(())
}

/// Stays that are over without return or extension (SCR-03).
pub(crate) const OVERDUE: SignalSource =
    SignalSource { name: "overdue-stays", title: "transfers-signal-overdue", find: overdue };

/// Members introduced more than three months ago who did not hand in their papers (SCR-04).
pub(crate) const LOST: SignalSource =
    SignalSource { name: "lost-in-transit", title: "transfers-signal-lost", find: lost };

fn overdue(tx: &mut Tx<'_>, today: Day, each: &mut dyn FnMut(Signal)) -> Result<(), Problem> {
    for line in stored(tx, Which::Stays)? {
        let Some(stay) = actions::stay(&line.detail, &line.course, line.turns) else { continue };
        let Some(since) = stay.overdue_since(today) else { continue };
        let said = Said::new("transfers-signal-overdue-said").with("day", stay.until());
        let href = format!("/transfers/{}", line.row.transfer_id);
        each(Signal { person: line.row.person_id, rule: "SCR-03", since, said, href });
    }
    Ok(())
}

fn lost(tx: &mut Tx<'_>, today: Day, each: &mut dyn FnMut(Signal)) -> Result<(), Problem> {
    let terms = Terms::on(today)?;
    for line in stored(tx, Which::Papers)? {
        let known = line.detail.kind != Kind::Incoming;
        let Some(introduced) = line.course.introduced().filter(|_| line.course.state() == State::InTransit && known)
        else {
            continue;
        };
        let after = terms.lost_after(line.course.awaited().unwrap_or(introduced));
        if today > after {
            let said = Said::new("transfers-signal-lost-said").with("day", introduced);
            let (href, since) = (format!("/transfers/{}", line.row.transfer_id), after.plus_days(1));
            each(Signal { person: line.row.person_id, rule: "SCR-04", since, said, href });
        }
    }
    Ok(())
}
