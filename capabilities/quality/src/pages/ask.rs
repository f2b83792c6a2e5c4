//! What the address asks for.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::Visit;

use crate::rules::{Check, Degree, Owner, check_of};

/// What is asked.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    /// Only in the subtree of this unit.
    pub unit: Option<Id<Unit>>,
    /// Only of this check.
    pub check: Option<&'static Check>,
    /// Only this bad.
    pub degree: Option<Degree>,
    /// Only what these put right.
    pub owner: Option<Owner>,
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
        let check = check_of(visit.query.get("check"));
        let (degree, owner) = (visit.query.get("degree"), visit.query.get("owner"));
        Ok(Self { unit, check, degree: Degree::from_code(degree), owner: Owner::from_code(owner) })
    }

    /// Whether a check is asked for.
    pub fn takes(self, check: &Check) -> bool {
        self.check.is_none_or(|asked| asked.code == check.code)
            && self.degree.is_none_or(|degree| degree == check.degree)
            && self.owner.is_none_or(|owner| owner == check.owner)
    }

    /// The address of a question, on a page of the desk.
    pub fn address(self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let check = self.check.map_or("", |check| check.code);
        let (degree, owner) = (self.degree.map_or("", Degree::code), self.owner.map_or("", Owner::code));
        let pairs = [("unit", unit.as_str()), ("check", check), ("degree", degree), ("owner", owner)];
        format!("{page}{}", chibo_web::Pairs::default().with(&pairs))
    }
}
