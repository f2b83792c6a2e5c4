//! The tables of places. Lines are read whole and sifted by the rules: there are thousands, not millions.

pub mod imports;
pub mod pilots;

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Moment, Problem, Unit};
use chibo_store::{Tx, queries, record};

use crate::rules::{Facts, Line, Place, PlaceKind, Spot, Standing, Target};

record! {
    /// What is known of a place from a day on.
    pub struct FactRow {
        /// Place.
        place_id: Id<Place>,
        /// First day.
        valid_from: Day,
        /// Written down.
        recorded_at: Moment,
        /// The unit whose committee answers.
        unit_id: Id<Unit>,
        /// Number of the kind.
        kind: u8,
        /// Number of the standing.
        standing: u8,
        /// Latitude, millionths of a degree.
        lat: Option<i32>,
        /// Longitude, millionths of a degree.
        lon: Option<i32>,
        /// Workers.
        workers: Option<u32>,
        /// Households.
        households: Option<u32>,
        /// Code.
        code: String,
        /// Name.
        name: String,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// Which organisation covers a place from a day on.
    pub struct LinkRow {
        /// Place.
        place_id: Id<Place>,
        /// First day.
        valid_from: Day,
        /// Written down.
        recorded_at: Moment,
        /// The organisation; none when nobody does.
        unit_id: Option<Id<Unit>>,
        /// A joint one.
        joint: bool,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// What was counted at a place on a day.
    pub struct CountRow {
        /// Place.
        place_id: Id<Place>,
        /// Counted on.
        valid_from: Day,
        /// Written down.
        recorded_at: Moment,
        /// Official members; none takes an earlier count back.
        official: Option<u32>,
        /// Households somebody looks after.
        served: Option<u32>,
        /// Who counted.
        source: String,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A version of the plan of a year for a place.
    pub struct PlanRow {
        /// Place.
        place_id: Id<Place>,
        /// Year.
        year: i32,
        /// 1, 2, 3 … within the year.
        version: u32,
        /// The unit whose committee answers.
        unit_id: Id<Unit>,
        /// `admit` or `found`.
        target: String,
        /// How many to admit.
        wanted: u32,
        /// Version of the rule it was decided under.
        rule: String,
        /// How.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// How far a plan had come on a day.
    pub struct ProgressRow {
        /// Place.
        place_id: Id<Place>,
        /// Year of the plan.
        year: i32,
        /// Reported on.
        valid_from: Day,
        /// Written down.
        recorded_at: Moment,
        /// Admitted since the year began.
        admitted: u32,
        /// What was done.
        note: String,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// All facts of all places.
    fn all_facts() -> each<FactRow> =
        "SELECT place_id, valid_from, recorded_at, unit_id, kind, standing, lat, lon, workers, households, code, name,
         recorded_by FROM place_fact ORDER BY place_id, valid_from, recorded_at";
    /// All facts of one.
    fn facts_of(place_id: Id<Place>) -> many<FactRow> =
        "SELECT place_id, valid_from, recorded_at, unit_id, kind, standing, lat, lon, workers, households, code, name,
         recorded_by FROM place_fact WHERE place_id = $1 ORDER BY valid_from, recorded_at";
    /// All facts of the places that have a plan for a year.
    fn facts_of_planned(year: i32) -> many<FactRow> =
        "SELECT place_id, valid_from, recorded_at, unit_id, kind, standing, lat, lon, workers, households, code, name,
         recorded_by FROM place_fact WHERE place_id IN (SELECT place_id FROM place_plan WHERE year = $1)
         ORDER BY place_id, valid_from, recorded_at";
    /// Places that ever had a code.
    fn holders(code: &str) -> many<Id<Place>> =
        "SELECT place_id FROM place_fact WHERE code = $1 ORDER BY place_id";
    /// Adds facts.
    fn bulk_facts(place_id: Id<Place>, valid_from: Day, recorded_at: Moment, unit_id: Id<Unit>, kind: u8, standing: u8,
        lat: Option<i32>, lon: Option<i32>, workers: Option<u32>, households: Option<u32>, code: String, name: String,
        recorded_by: String) -> bulk = "place_fact";

    /// All links of all places.
    fn all_links() -> each<LinkRow> =
        "SELECT place_id, valid_from, recorded_at, unit_id, joint, recorded_by FROM place_link
         ORDER BY place_id, valid_from, recorded_at";
    /// All links of one.
    fn links_of(place_id: Id<Place>) -> many<LinkRow> =
        "SELECT place_id, valid_from, recorded_at, unit_id, joint, recorded_by FROM place_link
         WHERE place_id = $1 ORDER BY valid_from, recorded_at";
    /// All links of the places that have a plan for a year.
    fn links_of_planned(year: i32) -> many<LinkRow> =
        "SELECT place_id, valid_from, recorded_at, unit_id, joint, recorded_by FROM place_link
         WHERE place_id IN (SELECT place_id FROM place_plan WHERE year = $1)
         ORDER BY place_id, valid_from, recorded_at";
    /// Adds links.
    fn bulk_links(place_id: Id<Place>, valid_from: Day, recorded_at: Moment, unit_id: Option<Id<Unit>>, joint: bool,
        recorded_by: String) -> bulk = "place_link";

    /// All counts of all places.
    fn all_counts() -> each<CountRow> =
        "SELECT place_id, valid_from, recorded_at, official, served, source, recorded_by FROM place_count
         ORDER BY place_id, valid_from, recorded_at";
    /// All counts of one.
    fn counts_of(place_id: Id<Place>) -> many<CountRow> =
        "SELECT place_id, valid_from, recorded_at, official, served, source, recorded_by FROM place_count
         WHERE place_id = $1 ORDER BY valid_from, recorded_at";
    /// Adds counts.
    fn bulk_counts(place_id: Id<Place>, valid_from: Day, recorded_at: Moment, official: Option<u32>,
        served: Option<u32>, source: String, recorded_by: String) -> bulk = "place_count";

    /// All plans.
    fn all_plans() -> many<PlanRow> =
        "SELECT place_id, year, version, unit_id, target, wanted, rule, note, recorded_at, recorded_by FROM place_plan
         ORDER BY place_id, year, version";
    /// All plans for a year.
    fn plans_of_year(year: i32) -> many<PlanRow> =
        "SELECT place_id, year, version, unit_id, target, wanted, rule, note, recorded_at, recorded_by FROM place_plan
         WHERE year = $1 ORDER BY place_id, version";
    /// All plans for a place.
    fn plans_of(place_id: Id<Place>) -> many<PlanRow> =
        "SELECT place_id, year, version, unit_id, target, wanted, rule, note, recorded_at, recorded_by FROM place_plan
         WHERE place_id = $1 ORDER BY year, version";
    /// Adds plans.
    fn bulk_plans(place_id: Id<Place>, year: i32, version: u32, unit_id: Id<Unit>, target: String, wanted: u32,
        rule: String, note: String, recorded_at: Moment, recorded_by: String) -> bulk = "place_plan";
    /// Places with a plan written down after a moment.
    fn planned_after(recorded_at: Moment) -> many<Id<Place>> =
        "SELECT place_id FROM place_plan WHERE recorded_at > $1 ORDER BY place_id";

    /// All reports on plans.
    fn all_progress() -> many<ProgressRow> =
        "SELECT place_id, year, valid_from, recorded_at, admitted, note, recorded_by FROM place_progress
         ORDER BY place_id, year, valid_from, recorded_at";
    /// All reports on plans for a year.
    fn progress_of_year(year: i32) -> many<ProgressRow> =
        "SELECT place_id, year, valid_from, recorded_at, admitted, note, recorded_by FROM place_progress
         WHERE year = $1 ORDER BY place_id, valid_from, recorded_at";
    /// All reports on plans for a place.
    fn progress_of(place_id: Id<Place>) -> many<ProgressRow> =
        "SELECT place_id, year, valid_from, recorded_at, admitted, note, recorded_by FROM place_progress
         WHERE place_id = $1 ORDER BY year, valid_from, recorded_at";
    /// Adds a report.
    fn insert_progress(place_id: Id<Place>, year: i32, valid_from: Day, recorded_at: Moment, admitted: u32, note: &str,
        recorded_by: &str) -> run =
        "INSERT INTO place_progress (place_id, year, valid_from, recorded_at, admitted, note, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

macro_rules! lines {
    ($($row:ident),*) => {$(
        impl Line for $row {
            fn from(&self) -> Day {
                self.valid_from
            }
            fn recorded(&self) -> Moment {
                self.recorded_at
            }
        }
    )*};
}
lines!(FactRow, LinkRow, CountRow, ProgressRow);

impl FactRow {
    /// As the rules see it.
    pub fn facts(&self) -> Result<Facts, Problem> {
        let unknown = |what: &str, number: u8| Problem::Fault(format!("the database holds a place of {what} {number}"));
        Ok(Facts {
            unit: self.unit_id,
            kind: PlaceKind::from_number(self.kind).ok_or_else(|| unknown("kind", self.kind))?,
            standing: Standing::from_number(self.standing).ok_or_else(|| unknown("standing", self.standing))?,
            spot: self.spot(),
            workers: self.workers,
            households: self.households,
            code: self.code.clone(),
            name: self.name.clone(),
        })
    }

    /// Where it is.
    pub fn spot(&self) -> Option<Spot> {
        Some(Spot { lat: self.lat?, lon: self.lon? })
    }
}

impl PlanRow {
    /// What it is after.
    pub fn aim(&self) -> Result<Target, Problem> {
        let unknown = || Problem::Fault(format!("the database holds a plan after {}", self.target));
        Target::from_code(&self.target).ok_or_else(unknown)
    }
}

/// Everything ever written down of one place.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Its facts.
    pub facts: Vec<FactRow>,
    /// Its links.
    pub links: Vec<LinkRow>,
    /// Its counts.
    pub counts: Vec<CountRow>,
}

/// Everything ever written down of all places.
pub fn histories(tx: &mut Tx<'_>) -> Result<HashMap<Id<Place>, History>, Problem> {
    let mut found: HashMap<Id<Place>, History> = HashMap::new();
    all_facts(tx, |row| {
        found.entry(row.place_id).or_default().facts.push(row);
        Ok(())
    })?;
    all_links(tx, |row| {
        found.entry(row.place_id).or_default().links.push(row);
        Ok(())
    })?;
    all_counts(tx, |row| {
        found.entry(row.place_id).or_default().counts.push(row);
        Ok(())
    })?;
    Ok(found)
}

/// Everything ever written down of one place.
pub fn history(tx: &mut Tx<'_>, place: Id<Place>) -> Result<History, Problem> {
    Ok(History { facts: facts_of(tx, place)?, links: links_of(tx, place)?, counts: counts_of(tx, place)? })
}
