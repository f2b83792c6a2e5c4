//! A case as a page sees it.

use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_web::{Crumb, Head, Visit};

use super::MENU;
use super::ask::{named, sees};
use crate::file::{Course, File};
use crate::rules::{CaseFile, Phase, Step, may_take, terms_on};
use crate::scene::Scene;

/// A case in sight, with what follows from it today.
pub(super) struct Seen {
    /// The case.
    pub file: File,
    /// The organisation.
    pub scene: Scene,
    /// What it needs and who acts.
    pub course: Course,
    /// Where it stands.
    pub phase: Phase,
    /// The steps taken.
    pub taken: Vec<Step>,
}

impl Seen {
    /// The case of the address; one out of sight is not found.
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<CaseFile> = visit.id("id")?;
        let file = visit.read(|tx| File::load(tx, id))?;
        if !sees(visit, &file.row) {
            return Err(Problem::NotFound);
        }
        let scene = Scene::seen(visit);
        let course = file.course(&scene, &terms_on(scene.today)?);
        let (phase, taken) = (file.phase(&course.needs)?, file.taken()?);
        Ok(Self { file, scene, course, phase, taken })
    }

    /// Its address, with what follows.
    pub fn address(&self, rest: &str) -> String {
        format!("/lifecycle/cases/{}{rest}", self.file.id())
    }

    /// Who takes a step.
    pub fn actor(&self, step: Step) -> Option<Id<Unit>> {
        self.course.levels.as_ref().and_then(|levels| levels.actor(step, &self.taken))
    }

    /// Whether the viewer may take a step now.
    pub fn may_take(&self, visit: &Visit<'_>, step: Step) -> bool {
        let may = |unit| visit.permit(Permission::EditUnits, unit).is_ok();
        !step.is_own() && may_take(&self.course.needs, &self.taken, step) && self.actor(step).is_some_and(may)
    }

    /// Whether the viewer prepares the case.
    pub fn keeps(&self, visit: &Visit<'_>) -> bool {
        visit.permit(Permission::EditUnits, self.file.plan.keeper()).is_ok()
    }

    /// Decided, its day has come, and still not in force.
    pub fn is_overdue(&self) -> bool {
        self.phase == Phase::Waiting && self.file.effective_on() <= self.scene.today
    }

    /// The name of a unit of the case, as far as the viewer may see it; one that is not founded yet has it from the case.
    pub fn name(&self, visit: &Visit<'_>, unit: Id<Unit>) -> String {
        let name = named(visit, &self.scene, &self.file.row, unit);
        if !name.is_empty() {
            name
        } else if unit == self.file.plan.unit {
            self.file.plan.facts.name.clone()
        } else {
            visit.w.t("lifecycle-committee-above").to_owned()
        }
    }

    /// The last day of a step, where it has one (ORG-12, TRF-08).
    pub fn due(&self, step: Step) -> Day {
        match step {
            Step::InForce => self.file.effective_on(),
            Step::Ended => self.file.plan.ends_on,
            Step::MembersMoved | Step::DossiersCollected | Step::SealCollected | Step::NoSeal
                if self.file.plan.kind.ends() =>
            {
                self.file.row.due_on
            }
            _ => Day::FOREVER,
        }
    }

    /// The head of a page about the case.
    pub fn head(&self, visit: &Visit<'_>, here: Option<&str>) -> Head {
        let w = visit.w;
        let title = w.t2(
            "lifecycle-case-title",
            ("kind", w.t(self.file.plan.kind.word())),
            ("unit", &self.file.plan.facts.name),
        );
        let mut crumbs = vec![Crumb::to(w.t("lifecycle-title"), "/lifecycle")];
        match here {
            None => {
                crumbs.push(Crumb::here(self.file.plan.facts.name.clone()));
                Head::new(title, MENU).crumbs(crumbs)
            }
            Some(here) => {
                crumbs.push(Crumb::to(title, self.address("")));
                crumbs.push(Crumb::here(here));
                Head::new(here, MENU).crumbs(crumbs)
            }
        }
    }
}
