//! One candidate as all his pages read him, with the links between them.

use chibo_kernel::{Id, Permission, Person, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::{Crumb, Head, Visit, html};

use super::MENU;
use crate::actions;
use crate::rules::{Candidate, Course};
use crate::store::{self, CandidateRow, StepRow};

/// A candidate with his steps.
pub(super) struct One {
    pub row: CandidateRow,
    pub rows: Vec<StepRow>,
    pub course: Course,
    pub unit: String,
    pub may_edit: bool,
}

/// His pages: part of the address, key of the word.
const PAGES: [(&str, &str); 8] = [
    ("", "development-tab-steps"),
    ("/facts", "development-tab-facts"),
    ("/help", "development-tab-help"),
    ("/introduction", "development-tab-introduction"),
    ("/checks", "development-tab-checks"),
    ("/papers", "development-tab-papers"),
    ("/move", "development-tab-move"),
    ("/former", "development-tab-former"),
];

impl One {
    /// The candidate of the address, if the viewer may see him.
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Candidate> = visit.id("id")?;
        let (row, rows) = visit.read(|tx| Ok((store::candidate(tx, id)?, store::steps_of(tx, id)?)))?;
        let row = row.ok_or(Problem::NotFound)?;
        visit.permit(Permission::ViewMembers, row.unit_id)?;
        let course = actions::course(&rows)?;
        let may_edit = visit.permit(Permission::EditMembers, row.unit_id).is_ok();
        let units = UnitsToday::of(visit);
        let (name, above) = (units.name(row.unit_id), units.above(visit, row.unit_id));
        let unit = if above.is_empty() { name } else { format!("{name}, {above}") };
        Ok(Self { row, rows, course, unit, may_edit })
    }

    /// Who.
    pub fn id(&self) -> Id<Candidate> {
        self.row.candidate_id
    }

    /// The address of one of his pages.
    pub fn address(&self, page: &str) -> String {
        format!("/development/candidates/{}{page}", self.row.candidate_id)
    }

    /// The links between his pages.
    pub fn tabs(&self, visit: &Visit<'_>, current: &str) -> String {
        let chip = |(page, key): (&str, &'static str)| (visit.w.t(key).to_owned(), self.address(page), page == current);
        html::chips(&self.row.full_name, PAGES.into_iter().map(chip))
    }

    /// The head of one of his pages.
    pub fn head(&self, visit: &Visit<'_>, title: Option<&str>, error: bool) -> Head {
        let w = visit.w;
        let name = self.row.full_name.clone();
        let mut crumbs = vec![
            Crumb::to(w.t("development-title"), "/development"),
            Crumb::to(w.t("development-list"), "/development/candidates"),
        ];
        let shown = match title {
            None => {
                crumbs.push(Crumb::here(name.clone()));
                name
            }
            Some(title) => {
                crumbs.extend([Crumb::to(name.clone(), self.address("")), Crumb::here(title)]);
                format!("{title}: {name}")
            }
        };
        Head::new(shown, MENU).crumbs(crumbs).with_error(error)
    }
}

/// The name of a member, where he is known.
pub(super) fn member_name(visit: &Visit<'_>, person: Id<Person>) -> String {
    let view = visit.house.census.view(visit.today());
    view.name_of(person).unwrap_or_else(|| visit.w.t("development-somebody").to_owned())
}
