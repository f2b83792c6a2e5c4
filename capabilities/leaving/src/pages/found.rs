//! Cases with the member and the branch, as far as the viewer may see them.

use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_store::Tx;
use chibo_web::Visit;

use super::{Ask, List};
use crate::file::stands;
use crate::rules::{Ground, Kind, Phase};
use crate::store::{self, StateRow};

/// A case as lists show it.
pub(crate) struct Line {
    /// Where it stands.
    pub state: StateRow,
    /// What it is about.
    pub kind: Kind,
    /// Phase.
    pub phase: Phase,
    /// Why.
    pub ground: Option<Ground>,
    /// The member's name.
    pub name: String,
    /// The branch, today's or the last.
    pub unit: Id<Unit>,
    /// Where it stands in today's tree.
    pub place: u32,
}

/// A list with the organisation it lies in.
pub(crate) struct Found {
    /// Lines of the unit asked for.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
}

/// The first day of a year.
fn new_year(year: i32) -> Day {
    Day::from_ymd(year, 1, 1).unwrap_or(Day::FOREVER)
}

/// Rows of a list; of the book from one year through another.
fn rows(tx: &mut Tx<'_>, list: List, today: Day, years: (i32, i32)) -> Result<Vec<StateRow>, Problem> {
    let mut rows = Vec::new();
    let mut take = |row: StateRow| {
        rows.push(row);
        Ok(())
    };
    match list {
        List::Cases => store::open_states(tx, take)?,
        List::Exempted => store::holding(tx, Day::FOREVER, today, take)?,
        List::Book => {
            for kind in Kind::ALL.iter().filter(|kind| kind.removes()) {
                store::in_force(tx, kind.code(), new_year(years.0), new_year(years.1 + 1), &mut take)?;
            }
        }
    }
    Ok(rows)
}

impl Found {
    /// Everything of a list in the unit asked for that the viewer may see, by day.
    pub fn take(visit: &Visit<'_>, list: List, ask: &Ask, years: (i32, i32)) -> Result<Self, Problem> {
        let (units, today) = (UnitsToday::of(visit), visit.today());
        let rows = visit.read(|tx| rows(tx, list, today, years))?;
        let (range, allowed) = (units.range(ask.unit), visit.who().ranges(Permission::ViewMembers));
        let may = |place: u32| {
            range.contains(&place) && (visit.who().system || allowed.iter().any(|range| range.contains(&place)))
        };
        let view = visit.house.census.view(today);
        let mut lines = Vec::new();
        for state in rows {
            let (kind, phase) = stands(&state)?;
            if list == List::Exempted && !kind.exempts() {
                continue;
            }
            let Some(brief) = view.no(state.person_id).and_then(|no| view.person(no)) else { continue };
            let home = brief.today.map(|(unit, _)| unit).or(brief.home);
            let Some((unit, place)) = home.and_then(|home| Some((view.forest().id(home)?, view.places().place(home)?)))
            else {
                continue;
            };
            if may(place) {
                let ground = Ground::from_code(&state.ground);
                lines.push(Line { state, kind, phase, ground, name: brief.name, unit, place });
            }
        }
        let key = |line: &Line| match list {
            List::Cases => (line.state.due_on, line.state.opened_on),
            List::Exempted => (line.state.ends_on, line.state.begins_on),
            List::Book => (Day::from_number(-line.state.begins_on.number()), line.state.opened_on),
        };
        lines.sort_by(|one, other| (key(one), one.place, &one.name).cmp(&(key(other), other.place, &other.name)));
        Ok(Self { lines, units })
    }
}
