//! A unit or a person named in a form: by code, by name, or chosen among those that fit. For the forms of every
//! capability.

use chibo_census::TodayPlaces;
use chibo_kernel::{AsOf, Id, Issue, Permission, Person, Said, Unit, Viewer};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Visit};

use crate::finding::find_units;

/// Candidates offered at once.
const MOST: usize = 12;

/// What a typed text means.
pub enum Picked<T> {
    /// One.
    One(Id<T>),
    /// Nothing yet; these fit and one must be chosen.
    Several(Vec<(String, String)>),
    /// Nothing fits, or nothing was typed.
    Nothing,
}

impl<T> Picked<T> {
    /// The one meant, or what is wrong with the field.
    pub fn one(&self, field: &str, empty: &'static str) -> Result<Id<T>, Issue> {
        let issue = |key| Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) };
        match self {
            Self::One(id) => Ok(*id),
            Self::Several(_) => Err(Issue { field: Some(format!("{field}-id")), ..issue("units-pick-one") }),
            Self::Nothing => Err(issue(empty)),
        }
    }

    /// The question which of several is meant, for the form that is shown again.
    pub fn choice(&self, field: &str, label: &str) -> Option<Field> {
        match self {
            Self::Several(fitting) => Some(Field::new(format!("{field}-id"), label, Answer::Radios(fitting.clone()))),
            _ => None,
        }
    }
}

fn decided<T>(visit: &Visit<'_>, field: &str, fitting: Vec<(String, String)>) -> Picked<T> {
    let chosen = visit.form.get(&format!("{field}-id"));
    let one = match fitting.as_slice() {
        [only] => Some(&only.0),
        several => several.iter().map(|(id, _)| id).find(|id| *id == chosen),
    };
    match one.and_then(|id| id.parse().ok()) {
        Some(id) => Picked::One(id),
        None if fitting.is_empty() => Picked::Nothing,
        None => Picked::Several(fitting),
    }
}

/// The unit meant by a field: 32 digits, a code, or a name.
pub fn unit(visit: &Visit<'_>, field: &str) -> Picked<Unit> {
    let typed = visit.form.get(field).trim();
    if let Ok(id) = typed.parse::<Id<Unit>>() {
        return if visit.permit(Permission::ViewUnits, id).is_ok() { Picked::One(id) } else { Picked::Nothing };
    }
    among(visit, field, visit.who())
}

/// The unit of the whole register meant by a field, by code or name: where a member goes to is named by whoever lets him
/// go, and need not be in his sight. Nothing but its name and what stands above it is shown.
pub fn any_unit(visit: &Visit<'_>, field: &str) -> Picked<Unit> {
    among(visit, field, &Viewer::program("pick"))
}

fn among(visit: &Visit<'_>, field: &str, viewer: &Viewer) -> Picked<Unit> {
    let typed = visit.form.get(field).trim();
    let forest = visit.house.census.forest();
    let (tree, places): (_, std::sync::Arc<TodayPlaces>) =
        (forest.tree(AsOf::on(visit.today())), forest.today(visit.today()));
    let found = find_units((&forest, &tree, &places), viewer, typed, MOST);
    let exact = |place: u32| tree.facts(place).is_some_and(|facts| facts.name == typed || facts.code == typed);
    let fitting: Vec<_> = match found.iter().filter(|hit| exact(hit.place)).collect::<Vec<_>>().as_slice() {
        [only] => vec![**only],
        _ => found,
    };
    let label = |place: u32| {
        let names: Vec<&str> =
            tree.path(place).iter().rev().take(3).filter_map(|up| tree.facts(*up)).map(|f| f.name.as_str()).collect();
        names.join(", ")
    };
    decided(visit, field, fitting.iter().map(|hit| (hit.unit.to_string(), label(hit.place))).collect())
}

/// The person meant by a field: a name, looked for in the subtree of a unit.
pub fn person(visit: &Visit<'_>, field: &str, unit: Id<Unit>) -> Picked<Person> {
    let typed = visit.form.get(field).trim();
    let Some(span) = visit.house.db.places().span(unit).filter(|_| !typed.is_empty()) else { return Picked::Nothing };
    let view = visit.house.census.view(visit.today());
    let label = |no| {
        let home = view.person(no).and_then(|brief| brief.home).and_then(|home| home_name(&view, home));
        format!("{}{}", view.name(no), home.map_or_else(String::new, |home| format!(" – {home}")))
    };
    let found = view.search(typed, Some(std::slice::from_ref(&span)), MOST);
    let fitting = found.into_iter().filter_map(|no| Some((view.id(no)?.to_string(), label(no)))).collect();
    decided(visit, field, fitting)
}

fn home_name(view: &chibo_census::View<'_>, home: chibo_census::UnitNo) -> Option<String> {
    let tree = view.places().tree();
    tree.facts(tree.place_of(home)?).map(|facts| facts.name.clone())
}
