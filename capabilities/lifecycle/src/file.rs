//! A case with everything that follows from its steps and from the organisation of today.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_organisation::rules::Strength;
use chibo_store::Tx;

use crate::rules::{
    CaseFile, CaseKind, Levels, Needs, Phase, Plan, Route, Site, Step, Terms, consent_needed, levels, phase,
};
use crate::scene::Scene;
use crate::store::{self, CaseRow, StepRow};

/// A case as stored.
pub(crate) struct File {
    /// What is proposed and where it stands.
    pub row: CaseRow,
    /// The same as the rules see it.
    pub plan: Plan,
    /// What was done, in order.
    pub steps: Vec<StepRow>,
    /// The members on its list, each with the branch at that time.
    pub listed: BTreeMap<Id<Person>, Id<Unit>>,
    /// The committee that founded the unit, where a case says so (ORG-11).
    pub founder: Option<Id<Unit>>,
}

/// What follows from a case today.
pub(crate) struct Course {
    /// What it needs.
    pub needs: Needs,
    /// Who acts; none when nothing stands above the unit any more.
    pub levels: Option<Levels>,
    /// Members concerned.
    pub strength: Strength,
}

impl File {
    /// Reads a case.
    ///
    /// # Errors
    /// Not found when there is none.
    pub fn load(tx: &mut Tx<'_>, id: Id<CaseFile>) -> Result<Self, Problem> {
        let row = store::case_file(tx, id)?.ok_or(Problem::NotFound)?;
        let steps = store::steps_of(tx, id)?;
        let plan = row.plan()?;
        let mut listed = BTreeMap::new();
        if plan.kind.founds() {
            for member in store::members_of(tx, id)? {
                if member.listed {
                    listed.insert(member.person_id, member.unit_id);
                } else {
                    listed.remove(&member.person_id);
                }
            }
        }
        let founder = if plan.kind == CaseKind::Dissolution { founder_of(tx, plan.unit)? } else { None };
        Ok(Self { row, plan, steps, listed, founder })
    }

    /// Its identifier.
    pub fn id(&self) -> Id<CaseFile> {
        self.row.case_id
    }

    /// The steps taken.
    ///
    /// # Errors
    /// A fault when the database holds an unknown one.
    pub fn taken(&self) -> Result<Vec<Step>, Problem> {
        self.steps.iter().map(StepRow::step).collect()
    }

    /// The last row of a step.
    pub fn last(&self, step: Step) -> Option<&StepRow> {
        self.steps.iter().rfind(|row| row.step == step.code())
    }

    /// The day in force by its decisions: the later one where there are two.
    pub fn effective_on(&self) -> Day {
        let decided = [Step::Decided, Step::Accepted].into_iter().filter_map(|step| self.last(step));
        decided.map(|row| row.effective_on).max().unwrap_or(Day::FOREVER)
    }

    /// Whether the members concerned are chosen from the register, not typed.
    pub fn lists_members(&self) -> bool {
        self.plan.kind.founds() && self.plan.unit_kind().holds_members()
    }

    /// Who acts; none when nothing stands above the unit any more.
    pub fn levels(&self, scene: &Scene) -> Option<Levels> {
        let plan = &self.plan;
        levels(&Site {
            kind: plan.kind,
            unit: plan.unit,
            unit_kind: plan.unit_kind(),
            above: scene.ladder(plan.parent),
            target: match plan.target {
                Some(target) if plan.kind == CaseKind::Transfer => scene.ladder(target),
                _ => Vec::new(),
            },
            founder: self.founder,
        })
    }

    /// What it needs, apart from the size of the unit.
    pub fn needs(&self, levels: Option<&Levels>, consent: bool) -> Needs {
        let route = levels.map_or(Route::Inside, |levels| levels.route);
        Needs { kind: self.plan.kind, unit_kind: self.plan.unit_kind(), consent, route }
    }

    /// What follows from it today.
    pub fn course(&self, scene: &Scene, terms: &Terms) -> Course {
        let plan = &self.plan;
        let levels = self.levels(scene);
        let strength = if self.lists_members() {
            let people: Vec<Id<Person>> = self.listed.keys().copied().collect();
            scene.strength(&people)
        } else if plan.kind.founds() {
            plan.typed
        } else {
            scene.strength_of(plan.unit)
        };
        let consent = plan.kind == CaseKind::Founding && consent_needed(terms, plan.unit_kind(), strength);
        Course { needs: self.needs(levels.as_ref(), consent), levels, strength }
    }

    /// Where it stands after its steps.
    ///
    /// # Errors
    /// A fault when the database holds an unknown step.
    pub fn phase(&self, needs: &Needs) -> Result<Phase, Problem> {
        Ok(phase(needs, &self.taken()?))
    }
}

/// The committee that decided the founding of a unit (ORG-11).
fn founder_of(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<Option<Id<Unit>>, Problem> {
    for case in store::cases_of(tx, unit)? {
        if case.kind()?.founds() && !case.phase()?.is_before() && case.phase()? != Phase::Withdrawn {
            let steps = store::steps_of(tx, case.case_id)?;
            return Ok(steps.iter().rfind(|row| row.step == Step::Decided.code()).map(|row| row.unit_id));
        }
    }
    Ok(None)
}
