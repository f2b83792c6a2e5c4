//! Which cases a page is about, and which the viewer may see.

use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_web::{Pairs, Visit};

use crate::rules::{CaseKind, Phase};
use crate::scene::Scene;
use crate::store::{self, CaseRow};

/// What the address asks for.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    /// Only cases about this unit or under it.
    pub unit: Option<Id<Unit>>,
    /// Only of this kind.
    pub kind: Option<CaseKind>,
    /// Only those that stand here.
    pub phase: Option<Phase>,
    /// Only those whose last day has passed.
    pub late: bool,
}

/// Whether the viewer may see a case: where the unit stands, stood, or shall stand. Both sides see a transfer (ORG-16).
pub(crate) fn sees(visit: &Visit<'_>, row: &CaseRow) -> bool {
    let taker = row.target_id.filter(|_| row.kind == CaseKind::Transfer.code());
    let units = [Some(row.unit_id), Some(row.parent_id), taker];
    visit.who().system || units.into_iter().flatten().any(|unit| visit.permit(Permission::ViewUnits, unit).is_ok())
}

/// The name of a unit of a case, as far as the viewer may see it; both sides of a transfer know each other (ORG-16).
pub(crate) fn named(visit: &Visit<'_>, scene: &Scene, row: &CaseRow, unit: Id<Unit>) -> String {
    let side = row.kind == CaseKind::Transfer.code() && (unit == row.parent_id || Some(unit) == row.target_id);
    let may = side || visit.permit(Permission::ViewUnits, unit).is_ok();
    if may { scene.name(unit) } else { String::new() }
}

/// The next last day of a case: that of its decision, or of what remains; [`Day::FOREVER`] for none.
pub(crate) fn deadline(row: &CaseRow) -> Day {
    if row.phase == Phase::Waiting.code() { row.effective_on } else { row.due_on }
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewUnits, unit))?;
        Ok(Self {
            unit,
            kind: visit.query.some("kind").and_then(CaseKind::from_code),
            phase: visit.query.some("phase").and_then(Phase::from_code),
            late: visit.query.get("late") == "yes",
        })
    }

    /// The address of this question on a page.
    pub fn address(self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let (kind, phase) = (self.kind.map_or("", CaseKind::code), self.phase.map_or("", Phase::code));
        let late = if self.late { "yes" } else { "" };
        let pairs = [("unit", unit.as_str()), ("kind", kind), ("phase", phase), ("late", late)];
        format!("{page}{}", Pairs::default().with(&pairs))
    }

    /// Whether a case is among those asked for; the unit is not looked at.
    pub fn fits(self, row: &CaseRow, today: Day) -> bool {
        self.kind.is_none_or(|kind| row.kind == kind.code())
            && self.phase.is_none_or(|phase| row.phase == phase.code())
            && (!self.late || deadline(row) < today)
    }

    /// Every case the viewer may see within the unit asked for, the newest first.
    pub fn within(self, visit: &Visit<'_>) -> Result<Vec<CaseRow>, Problem> {
        let places = visit.house.db.places();
        let scope = self.unit.and_then(|unit| places.span(unit));
        let inside = |unit: Id<Unit>| match &scope {
            None => self.unit.is_none(),
            Some(scope) => places.span(unit).is_some_and(|span| scope.contains(&span.start)),
        };
        let mut rows = Vec::new();
        visit.read(|tx| {
            store::all_cases(tx, |row| {
                let taker = row.target_id.filter(|_| row.kind == CaseKind::Transfer.code());
                let named = [Some(row.unit_id), Some(row.parent_id), taker];
                if named.into_iter().flatten().any(inside) && sees(visit, &row) {
                    rows.push(row);
                }
                Ok(())
            })
        })?;
        Ok(rows)
    }
}
