//! What the address asks for.

use chibo_kernel::text::fold;
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::Visit;

use crate::rules::Step;

/// What is asked.
#[derive(Clone)]
pub(crate) struct Ask {
    /// Only in the subtree of this unit.
    pub unit: Option<Id<Unit>>,
    /// Only at this stage; `None` within: before the list.
    pub stage: Option<Option<Step>>,
    /// Only what is overdue.
    pub late: bool,
    /// Part of the name, folded.
    pub name: String,
}

/// Code of the stage before the list.
const NEW: &str = "new";

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
        let stage = match visit.query.get("stage") {
            NEW => Some(None),
            code => Step::from_code(code).map(Some),
        };
        Ok(Self { unit, stage, late: visit.query.get("late") == "yes", name: fold(visit.query.get("q").trim()) })
    }

    /// Everything of the same unit.
    pub fn whole(&self) -> Self {
        Self { unit: self.unit, stage: None, late: false, name: String::new() }
    }

    /// The address of a question, on a page of development.
    pub fn address(&self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let stage = self.stage.map_or("", |stage| stage.map_or(NEW, Step::code));
        let late = if self.late { "yes" } else { "" };
        let pairs = [("unit", unit.as_str()), ("stage", stage), ("late", late), ("q", &self.name)];
        format!("{page}{}", chibo_web::Pairs::default().with(&pairs))
    }
}
