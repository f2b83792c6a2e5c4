//! What presses: plans not met in the last quarter of their year or overdue since (TSK-23), reviews of pilots.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{AsOf, Id, Permission, Problem, Said};
use chibo_store::Tx;
use chibo_web::{Duty, DutySource, Visit};

use crate::rules::{Place, Standing, Step, Target, begun, last_day, met, presses};
use crate::store::{self, FactRow, LinkRow, PlanRow, ProgressRow, pilots};

/// Both sorts.
pub(crate) fn sources() -> Vec<DutySource> {
    let needs = Permission::EditUnits;
    vec![
        DutySource { name: "places-to-fill", title: "coverage-duty-plans", needs, find: plans },
        DutySource { name: "pilot-reviews", title: "coverage-duty-pilots", needs, find: reviews },
    ]
}

/// The plans of a year with what is known of their places.
struct Pressing {
    plans: Vec<PlanRow>,
    facts: HashMap<Id<Place>, Vec<FactRow>>,
    links: HashMap<Id<Place>, Vec<LinkRow>>,
    progress: HashMap<Id<Place>, Vec<ProgressRow>>,
}

fn by<K: Eq + Hash, R>(rows: Vec<R>, key: impl Fn(&R) -> K) -> HashMap<K, Vec<R>> {
    let mut found: HashMap<K, Vec<R>> = HashMap::new();
    for row in rows {
        found.entry(key(&row)).or_default().push(row);
    }
    found
}

impl Pressing {
    fn load(tx: &mut Tx<'_>, year: i32) -> Result<Self, Problem> {
        // Versions stand in order: the last one of each place holds.
        let plans = store::plans_of_year(tx, year)?;
        let latest: HashMap<Id<Place>, PlanRow> = plans.into_iter().map(|plan| (plan.place_id, plan)).collect();
        Ok(Self {
            plans: latest.into_values().collect(),
            facts: by(store::facts_of_planned(tx, year)?, |row| row.place_id),
            links: by(store::links_of_planned(tx, year)?, |row| row.place_id),
            progress: by(store::progress_of_year(tx, year)?, |row| row.place_id),
        })
    }

    /// What is left of a plan; nothing where it is met or the place is no more. Whether the organisation of a link still
    /// stands is not asked here: a list of what presses must be cheap, and an organisation that ended is seen on the
    /// overview.
    fn left(&self, plan: &PlanRow, at: AsOf) -> Result<Option<Duty>, Problem> {
        let place = plan.place_id;
        let facts = self.facts.get(&place).and_then(|rows| begun(rows, at));
        let Some(facts) = facts.filter(|row| row.standing == Standing::Open.number()) else { return Ok(None) };
        let link = self.links.get(&place).and_then(|rows| begun(rows, at));
        let covered = link.is_some_and(|row| row.unit_id.is_some());
        let admitted = self.progress.get(&place).and_then(|rows| begun(rows, at)).map_or(0, |row| row.admitted);
        let target = plan.aim()?;
        if met(target, plan.wanted, admitted, covered) {
            return Ok(None);
        }
        let said = match target {
            Target::Admit => Said::new("coverage-due-admit").with("left", plan.wanted.saturating_sub(admitted)),
            Target::Found => Said::new("coverage-due-found"),
        };
        let said = said.with("place", &facts.name).with("year", plan.year);
        let href = format!("/coverage/places/{place}");
        Ok(Some(Duty { rule: "TSK-23", unit: plan.unit_id, said, due: last_day(plan.year), href }))
    }
}

/// Plans of this year and of the one before that press and are not met.
fn plans(visit: &Visit<'_>, take: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let (year, at) = (today.year(), AsOf::on(today));
    let from_month = Rulebook::built_in()?.on(today).require("TSK-23")?.int("remind_from_month")?;
    let (before, now) = visit.read(|tx| Ok((Pressing::load(tx, year - 1)?, Pressing::load(tx, year)?)))?;
    let planned: HashSet<Id<Place>> = now.plans.iter().map(|plan| plan.place_id).collect();
    for pressing in [&before, &now] {
        for plan in &pressing.plans {
            let renewed = plan.year < year && planned.contains(&plan.place_id);
            if presses(plan.year, from_month, renewed, today)
                && let Some(duty) = pressing.left(plan, at)?
            {
                take(duty);
            }
        }
    }
    Ok(())
}

/// Reviews of pilots, and conclusions after the final one (domain 15 §3).
fn reviews(visit: &Visit<'_>, take: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for trial in visit.read(pilots::trials)? {
        let Some((step, due)) = trial.state.due(trial.row.midterm_due, trial.row.final_due) else { continue };
        let key = match step {
            Step::MidTerm => "coverage-due-mid-term",
            Step::Final => "coverage-due-final",
            Step::Start | Step::Conclude(_) => "coverage-due-conclude",
        };
        let said = Said::new(key).with("title", &trial.row.title);
        let href = format!("/pilots/{}/steps", trial.row.pilot_id);
        take(Duty { rule: "15 §3.3", unit: trial.row.unit_id, said, due, href });
    }
    Ok(())
}
