//! Who acts next and by when; exemptions that end (EXI-04, EXI-12, EXI-14); those that ended and nobody came back (SCR-03).

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_store::Tx;
use chibo_web::{Duty, DutySource, Signal, SignalSource, Visit};

use crate::file::{levels, stands};
use crate::rules::{Kind, Levels, Phase, Step, Terms};
use crate::store::{self, StateRow};

/// Open cases and exemptions about to end.
pub(crate) const SOURCE: DutySource =
    DutySource { name: "leaving", title: "leaving-duties", needs: Permission::EditMembers, find };

/// Exemptions that ended without return or renewal.
pub(crate) const SIGNALS: SignalSource = SignalSource { name: "leaving-ended", title: "leaving-signals", find: ended };

/// Name and branch of a member.
fn known(visit: &Visit<'_>, person: Id<Person>) -> Option<(String, Id<Unit>)> {
    let view = visit.house.census.view(visit.today());
    let brief = view.person(view.no(person)?)?;
    Some((brief.name, view.forest().id(brief.home?)?))
}

/// Who acts next.
fn actor(levels: &Levels, kind: Kind, phase: Phase, handler: Option<Id<Unit>>) -> Id<Unit> {
    let step = match (phase, kind) {
        (Phase::Committee, _) => Step::CommitteeVoted,
        (Phase::Decision, Kind::Complaint) => Step::Upheld,
        (Phase::Decision, _) => Step::Decided,
        (Phase::Closing, Kind::Health | Kind::Return) => Step::Informed,
        (Phase::Closing, Kind::Death) => Step::NoticeSent,
        (Phase::Closing, _) => Step::Delivered,
        _ => Step::BranchVoted,
    };
    levels.actor(kind, step, handler)
}

/// The sentence of a duty.
const fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Preparing => "leaving-duty-preparing",
        Phase::Branch => "leaving-duty-branch",
        Phase::Committee => "leaving-duty-committee",
        Phase::Decision => "leaving-duty-decision",
        _ => "leaving-duty-closing",
    }
}

fn find(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = Terms::on(today)?;
    let (open, ending) = visit.read(|tx| {
        let (mut open, mut ending) = (Vec::new(), Vec::new());
        store::open_states(tx, |row| {
            open.push(row);
            Ok(())
        })?;
        store::ending(tx, Day::FOREVER, today.plus_days(terms.remind), |row| {
            ending.push(row);
            Ok(())
        })?;
        let handlers: Result<Vec<_>, Problem> = open
            .into_iter()
            .map(|row: StateRow| {
                let handler = match row.kind == Kind::Complaint.code() {
                    true => store::case_file(tx, row.case_id)?.and_then(|case| case.handler_id),
                    false => None,
                };
                Ok((row, handler))
            })
            .collect();
        Ok((handlers?, ending))
    })?;
    for (row, handler) in open {
        let (kind, phase) = stands(&row)?;
        let Some((name, branch)) = known(visit, row.person_id) else { continue };
        let levels = levels(&visit.house.census, branch, today, &terms);
        let said = Said::new(word(phase)).with("name", name);
        let unit = actor(&levels, kind, phase, handler);
        each(Duty { rule: kind.rule(), unit, said, due: row.due_on, href: format!("/leaving/cases/{}", row.case_id) });
    }
    for row in ending {
        let Some((name, unit)) = known(visit, row.person_id) else { continue };
        let key = if row.ends_on < today { "leaving-duty-ended" } else { "leaving-duty-ends" };
        let said = Said::new(key).with("name", name);
        each(Duty {
            rule: "EXI-04",
            unit,
            said,
            due: row.ends_on,
            href: format!("/leaving/members/{}", row.person_id),
        });
    }
    Ok(())
}

fn ended(tx: &mut Tx<'_>, day: Day, each: &mut dyn FnMut(Signal)) -> Result<(), Problem> {
    let mut rows: Vec<StateRow> = Vec::new();
    store::ending(tx, Day::FOREVER, day.plus_days(-1), |row| {
        rows.push(row);
        Ok(())
    })?;
    for row in rows {
        // Whoever is back by an act outside of this book is no signal.
        let standings = chibo_members::standings_of(tx, row.person_id)?;
        let now = standings.iter().find(|(from, to, _)| *from <= day && day < *to).map(|(.., standing)| *standing);
        if now == Some(chibo_members::codes::Standing::Exempted) {
            let said = Said::new("leaving-signal-ended").with("day", row.ends_on);
            let href = format!("/leaving/cases/{}", row.case_id);
            each(Signal { person: row.person_id, rule: "SCR-03", since: row.ends_on.plus_days(1), said, href });
        }
    }
    Ok(())
}
