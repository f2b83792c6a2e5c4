//! The tables of pilots.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Moment, Problem, Unit};
use chibo_store::{Tx, queries, record};

use crate::rules::{Pilot, PilotState, Step};

record! {
    /// A version of a pilot's draft; the last one is what was started.
    pub struct PilotRow {
        /// Pilot.
        pilot_id: Id<Pilot>,
        /// 1, 2, 3 …
        version: u32,
        /// The unit whose committee leads it.
        unit_id: Id<Unit>,
        /// Begins on.
        starts_on: Day,
        /// Reviewed half way by.
        midterm_due: Day,
        /// Reviewed at the end by.
        final_due: Day,
        /// Name.
        title: String,
        /// What it is for.
        aim: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// Where a pilot is tried.
    pub struct ScopeRow {
        /// Pilot.
        pilot_id: Id<Pilot>,
        /// Version of the draft.
        version: u32,
        /// The unit.
        unit_id: Id<Unit>,
    }
}

record! {
    /// What is measured.
    pub struct CriterionRow {
        /// 1, 2, 3 …
        no: u32,
        /// At least so much is wanted.
        least: u32,
        /// What.
        name: String,
    }
}

record! {
    /// A step a pilot took.
    pub struct StepRow {
        /// Pilot.
        pilot_id: Id<Pilot>,
        /// 1, 2, 3 …
        step_no: u32,
        /// Code of the step.
        step: String,
        /// On this day.
        on_day: Day,
        /// Number of the document.
        number: String,
        /// What was found or decided.
        body: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// What was measured at a review.
    pub struct ResultRow {
        /// The step.
        step_no: u32,
        /// The criterion.
        no: u32,
        /// So much.
        measured: u32,
    }
}

record! {
    /// From which day a unit takes a model up.
    pub struct UptakeRow {
        /// The unit.
        unit_id: Id<Unit>,
        /// Written down.
        recorded_at: Moment,
        /// From this day.
        on_day: Day,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// All versions of all pilots.
    fn all_pilots() -> many<PilotRow> =
        "SELECT pilot_id, version, unit_id, starts_on, midterm_due, final_due, title, aim, recorded_at, recorded_by
         FROM pilot ORDER BY pilot_id, version";
    /// All versions of one.
    fn pilot(pilot_id: Id<Pilot>) -> many<PilotRow> =
        "SELECT pilot_id, version, unit_id, starts_on, midterm_due, final_due, title, aim, recorded_at, recorded_by
         FROM pilot WHERE pilot_id = $1 ORDER BY version";
    /// Adds a version.
    fn insert_pilot(pilot_id: Id<Pilot>, version: u32, unit_id: Id<Unit>, starts_on: Day, midterm_due: Day,
        final_due: Day, title: &str, aim: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO pilot (pilot_id, version, unit_id, starts_on, midterm_due, final_due, title, aim, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    /// The scopes of all pilots, all versions.
    fn all_scopes() -> many<ScopeRow> =
        "SELECT pilot_id, version, unit_id FROM pilot_unit ORDER BY pilot_id, version, unit_id";
    /// The scope of a version.
    fn scope_of(pilot_id: Id<Pilot>, version: u32) -> many<ScopeRow> =
        "SELECT pilot_id, version, unit_id FROM pilot_unit WHERE pilot_id = $1 AND version = $2 ORDER BY unit_id";
    /// Adds to a scope.
    fn bulk_scope(pilot_id: Id<Pilot>, version: u32, unit_id: Id<Unit>) -> bulk = "pilot_unit";

    /// The criteria of a version.
    fn criteria_of(pilot_id: Id<Pilot>, version: u32) -> many<CriterionRow> =
        "SELECT no, least, name FROM pilot_criterion WHERE pilot_id = $1 AND version = $2 ORDER BY no";
    /// Adds a criterion.
    fn insert_criterion(pilot_id: Id<Pilot>, version: u32, no: u32, least: u32, name: &str) -> run =
        "INSERT INTO pilot_criterion (pilot_id, version, no, least, name) VALUES ($1, $2, $3, $4, $5)";

    /// The steps of all pilots.
    fn all_steps() -> many<StepRow> =
        "SELECT pilot_id, step_no, step, on_day, number, body, recorded_at, recorded_by FROM pilot_review
         ORDER BY pilot_id, step_no";
    /// The steps of one.
    fn steps_of(pilot_id: Id<Pilot>) -> many<StepRow> =
        "SELECT pilot_id, step_no, step, on_day, number, body, recorded_at, recorded_by FROM pilot_review
         WHERE pilot_id = $1 ORDER BY step_no";
    /// Adds a step.
    fn insert_step(pilot_id: Id<Pilot>, step_no: u32, step: &str, on_day: Day, number: &str, body: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO pilot_review (pilot_id, step_no, step, on_day, number, body, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    /// What was measured.
    fn results_of(pilot_id: Id<Pilot>) -> many<ResultRow> =
        "SELECT step_no, no, measured FROM pilot_result WHERE pilot_id = $1 ORDER BY step_no, no";
    /// Adds what was measured.
    fn insert_result(pilot_id: Id<Pilot>, step_no: u32, no: u32, measured: u32) -> run =
        "INSERT INTO pilot_result (pilot_id, step_no, no, measured) VALUES ($1, $2, $3, $4)";

    /// The roll-out list, every line ever written.
    fn uptakes_of(pilot_id: Id<Pilot>) -> many<UptakeRow> =
        "SELECT unit_id, recorded_at, on_day, recorded_by FROM pilot_uptake WHERE pilot_id = $1
         ORDER BY unit_id, recorded_at";
    /// Adds a line.
    fn insert_uptake(pilot_id: Id<Pilot>, unit_id: Id<Unit>, recorded_at: Moment, on_day: Day, recorded_by: &str) -> run =
        "INSERT INTO pilot_uptake (pilot_id, unit_id, recorded_at, on_day, recorded_by) VALUES ($1, $2, $3, $4, $5)";
}

/// A pilot as it stands.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The last version of its draft.
    pub row: PilotRow,
    /// Where it is tried.
    pub units: Vec<Id<Unit>>,
    /// Its steps.
    pub steps: Vec<StepRow>,
    /// Its state.
    pub state: PilotState,
}

fn state(steps: &[StepRow]) -> Result<PilotState, Problem> {
    let known: Option<Vec<Step>> = steps.iter().map(|row| Step::from_code(&row.step)).collect();
    let wrong = || Problem::Fault("the database holds steps of a pilot that cannot follow one another".to_owned());
    known.and_then(PilotState::after).ok_or_else(wrong)
}

/// The roll-out list: of each unit the line written last, by day.
pub fn taken_up(rows: &[UptakeRow]) -> Vec<&UptakeRow> {
    let latest: BTreeMap<Id<Unit>, &UptakeRow> = rows.iter().map(|row| (row.unit_id, row)).collect();
    let mut latest: Vec<&UptakeRow> = latest.into_values().collect();
    latest.sort_by_key(|row| row.on_day);
    latest
}

/// One pilot.
pub fn trial(tx: &mut Tx<'_>, id: Id<Pilot>) -> Result<Option<Trial>, Problem> {
    let Some(row) = pilot(tx, id)?.pop() else { return Ok(None) };
    let units = scope_of(tx, id, row.version)?.iter().map(|scope| scope.unit_id).collect();
    let steps = steps_of(tx, id)?;
    Ok(Some(Trial { state: state(&steps)?, row, units, steps }))
}

/// All pilots; the last begun first.
pub fn trials(tx: &mut Tx<'_>) -> Result<Vec<Trial>, Problem> {
    let mut found: Vec<Trial> = Vec::new();
    let mut steps = all_steps(tx)?;
    let scopes = all_scopes(tx)?;
    let mut rows = all_pilots(tx)?;
    // Versions stand in order: of each pilot the last one stays.
    rows.reverse();
    rows.dedup_by_key(|row| row.pilot_id);
    for row in rows {
        let own = |scope: &&ScopeRow| scope.pilot_id == row.pilot_id && scope.version == row.version;
        let units = scopes.iter().filter(own).map(|scope| scope.unit_id).collect();
        let (taken, rest): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| step.pilot_id == row.pilot_id);
        steps = rest;
        found.push(Trial { state: state(&taken)?, row, units, steps: taken });
    }
    found.sort_by(|a, b| (b.row.starts_on, &a.row.title).cmp(&(a.row.starts_on, &b.row.title)));
    Ok(found)
}
