//! Cases with the member and the branch, as far as the viewer may see them.

use std::ops::Range;

use chibo_census::View;
use chibo_census::columns::Brief;
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

/// Which part of today's tree a list shows: the unit asked for, as far as the viewer may see members.
pub(super) struct Sight {
    range: Range<u32>,
    allowed: Vec<Range<u32>>,
}

impl Sight {
    /// Of a question.
    pub fn of(visit: &Visit<'_>, units: &UnitsToday, unit: Option<Id<Unit>>) -> Self {
        Self { range: units.range(unit), allowed: visit.who().ranges(Permission::ViewMembers) }
    }

    /// The branch of somebody, today's or the last, with its place; none out of sight.
    pub fn home(&self, view: &View<'_>, brief: &Brief) -> Option<(Id<Unit>, u32)> {
        let home = brief.today.map(|(unit, _)| unit).or(brief.home)?;
        let (unit, place) = (view.forest().id(home)?, view.places().place(home)?);
        let may = self.allowed.iter().any(|range| range.contains(&place));
        (may && self.range.contains(&place)).then_some((unit, place))
    }
}

/// Rows of a list.
fn rows(tx: &mut Tx<'_>, list: List, today: Day) -> Result<Vec<StateRow>, Problem> {
    let mut rows = Vec::new();
    let take = |row: StateRow| {
        rows.push(row);
        Ok(())
    };
    match list {
        List::Cases => store::open_states(tx, take)?,
        List::Exempted => store::holding(tx, Day::FOREVER, today, take)?,
    }
    Ok(rows)
}

impl Found {
    /// Everything of a list in the unit asked for that the viewer may see, by day.
    pub fn take(visit: &Visit<'_>, list: List, ask: &Ask) -> Result<Self, Problem> {
        let (units, today) = (UnitsToday::of(visit), visit.today());
        let rows = visit.read(|tx| rows(tx, list, today))?;
        let sight = Sight::of(visit, &units, ask.unit);
        let view = visit.house.census.view(today);
        let mut lines = Vec::new();
        for state in rows {
            let (kind, phase) = stands(&state)?;
            if list == List::Exempted && !kind.exempts() {
                continue;
            }
            let Some(brief) = view.no(state.person_id).and_then(|no| view.person(no)) else { continue };
            let Some((unit, place)) = sight.home(&view, &brief) else { continue };
            let ground = Ground::from_code(&state.ground);
            lines.push(Line { state, kind, phase, ground, name: brief.name, unit, place });
        }
        let key = |line: &Line| match list {
            List::Cases => (line.state.due_on, line.state.opened_on),
            List::Exempted => (line.state.ends_on, line.state.begins_on),
        };
        lines.sort_by(|one, other| (key(one), one.place, &one.name).cmp(&(key(other), other.place, &other.name)));
        Ok(Self { lines, units })
    }
}
