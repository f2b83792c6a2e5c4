//! A unit named in a form: by code, by name, or chosen among those that fit.

use chibo_kernel::{Id, Issue, Permission, Unit};
use chibo_organisation::finding::find_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Visit};

use super::scene::Scene;
use crate::rules::issue;

/// Candidates offered at once.
const MOST: usize = 12;

/// What a typed text means.
pub(super) struct Picked {
    /// The one unit meant, when there is one.
    pub unit: Option<Id<Unit>>,
    /// What fits, where one of several must be chosen: identifier and name.
    fitting: Vec<(String, String)>,
    field: &'static str,
}

impl Picked {
    /// The unit of a field of the form; only units in sight that `may` be meant.
    pub fn read(
        visit: &Visit<'_>,
        scene: &Scene,
        field: &'static str,
        may: &dyn Fn(Kind, Option<Setting>) -> bool,
    ) -> Self {
        let typed = visit.form.get(field).trim();
        let allowed = |place: u32| scene.what(place).is_some_and(|(kind, setting)| may(kind, setting));
        if let Ok(id) = typed.parse::<Id<Unit>>() {
            let seen = visit.permit(Permission::ViewUnits, id).is_ok() && scene.stands(id).is_some_and(allowed);
            return Self { unit: Some(id).filter(|_| seen), fitting: Vec::new(), field };
        }
        let found = find_units((&scene.forest, &scene.tree, &scene.places), visit.who(), typed, MOST * 4);
        let found: Vec<_> = found.into_iter().filter(|hit| allowed(hit.place)).take(MOST).collect();
        let exact =
            |place: u32| scene.tree.facts(place).is_some_and(|facts| facts.name == typed || facts.code == typed);
        let same: Vec<_> = found.iter().filter(|hit| exact(hit.place)).collect();
        let chosen = visit.form.get(&format!("{field}-id"));
        let one = match (same.as_slice(), found.as_slice()) {
            ([only], _) => Some(only.unit),
            (_, [only]) => Some(only.unit),
            _ => found.iter().map(|hit| hit.unit).find(|unit| unit.to_string() == chosen),
        };
        let label = |place: u32| {
            let path = scene.tree.path(place);
            let names = path.iter().rev().take(3).filter_map(|up| scene.tree.facts(*up));
            names.map(|facts| facts.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let fitting = found.iter().map(|hit| (hit.unit.to_string(), label(hit.place)));
        Self { unit: one, fitting: if one.is_some() { Vec::new() } else { fitting.collect() }, field }
    }

    /// The one meant; what is wrong is noted.
    pub fn one(&self, issues: &mut Vec<Issue>) -> Option<Id<Unit>> {
        if self.unit.is_none() {
            issues.push(if self.fitting.is_empty() {
                issue(self.field, "coverage-unit-unknown")
            } else {
                issue(&format!("{}-id", self.field), "coverage-pick-one")
            });
        }
        self.unit
    }

    /// The question which of several is meant, behind the field it belongs to.
    pub fn ask(&self, visit: &Visit<'_>, fields: &mut Vec<Field>) {
        if self.fitting.is_empty() {
            return;
        }
        let choice = Answer::Radios(self.fitting.clone());
        let question = Field::new(format!("{}-id", self.field), visit.w.t("coverage-pick"), choice);
        let at = fields.iter().position(|field| field.name == self.field).map_or(fields.len(), |at| at + 1);
        fields.insert(at, question);
    }
}

/// How a unit stands in a form field: its code, else its name.
pub(super) fn shown(scene: &Scene, unit: Id<Unit>) -> String {
    let facts = scene.forest.no(unit).and_then(|no| scene.forest.last_facts(no));
    match facts {
        Some(facts) if !facts.code.is_empty() => facts.code.clone(),
        Some(facts) => facts.name.clone(),
        None => unit.to_string(),
    }
}
