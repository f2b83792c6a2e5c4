//! What the address of the list asks for.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_web::{Pairs, Visit};

use super::survey::Line;
use crate::rules::{Concern, has_terms};

/// What is asked.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only units with this concern.
    pub concern: Option<Concern>,
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewUnits, unit))?;
        let kind = visit.query.some("kind").and_then(Kind::from_code).filter(|kind| has_terms(*kind));
        Ok(Self { unit, kind, concern: visit.query.some("show").and_then(Concern::from_code) })
    }

    /// Whether the unit is among those asked for.
    pub fn fits(self, line: &Line) -> bool {
        self.kind.is_none_or(|kind| kind == line.kind) && self.concern.is_none_or(|concern| line.concerns.has(concern))
    }

    /// The address of this question, on a page of committees.
    pub fn address(self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let (kind, show) = (self.kind.map_or("", Kind::code), self.concern.map_or("", Concern::code));
        format!("{page}{}", Pairs::default().with(&[("unit", &unit), ("kind", kind), ("show", show)]))
    }
}
