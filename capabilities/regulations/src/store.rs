//! The tables of regulations. Lists leave the texts out.

use chibo_kernel::{Day, Id, Moment, Period, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_store::{queries, record};

use crate::rules::{Adopted, Mark, Model, ModelText, Series, Subject};

record! {
    /// A version of a text for a kind, without the text.
    pub struct ModelRow {
        /// Its identifier.
        model_id: Id<ModelText>,
        /// `functions` or `working`.
        subject: String,
        /// Number of the kind.
        kind: u8,
        /// Number of the setting; 0 for every setting.
        setting: u8,
        /// 1, 2, 3 …
        version: u32,
        /// Number and symbol of the document.
        number: String,
        /// Who issued it.
        issuer: String,
        /// Day of signing.
        issued_on: Day,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A version of a unit's regulation, without the text.
    pub struct RegulationRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// 1, 2, 3 …
        version: u32,
        /// Number and symbol of the document.
        number: String,
        /// Day of the decision.
        adopted_on: Day,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// The model it follows.
        model_id: Option<Id<ModelText>>,
        /// Reported up on.
        reported_on: Option<Day>,
        /// When that was written down.
        reported_at: Option<Moment>,
        /// Announced down on.
        announced_on: Option<Day>,
        /// When that was written down.
        announced_at: Option<Moment>,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// All texts for kinds, by what they are for.
    fn all_models() -> many<ModelRow> =
        "SELECT model_id, subject, kind, setting, version, number, issuer, issued_on, valid_from, valid_to, recorded_at,
         recorded_by FROM regulation_model ORDER BY subject, kind, setting, version";
    /// The text of one.
    fn model_body(model_id: Id<ModelText>) -> one<String> =
        "SELECT body FROM regulation_model WHERE model_id = $1";
    /// Adds one.
    fn insert_model(model_id: Id<ModelText>, subject: &str, kind: u8, setting: u8, version: u32, number: &str,
        issuer: &str, issued_on: Day, valid_from: Day, valid_to: Day, recorded_at: Moment, recorded_by: &str,
        body: &str) -> run =
        "INSERT INTO regulation_model (model_id, subject, kind, setting, version, number, issuer, issued_on, valid_from,
         valid_to, recorded_at, recorded_by, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    /// Everything all units adopted, by unit.
    fn all_regulations() -> each<RegulationRow> =
        "SELECT unit_id, version, number, adopted_on, valid_from, valid_to, model_id, reported_on, reported_at,
         announced_on, announced_at, recorded_at, recorded_by FROM regulation ORDER BY unit_id, version";
    /// Everything a unit adopted.
    fn regulations_of(unit_id: Id<Unit>) -> many<RegulationRow> =
        "SELECT unit_id, version, number, adopted_on, valid_from, valid_to, model_id, reported_on, reported_at,
         announced_on, announced_at, recorded_at, recorded_by FROM regulation WHERE unit_id = $1 ORDER BY version";
    /// The text of one version.
    fn regulation_body(unit_id: Id<Unit>, version: u32) -> one<String> =
        "SELECT body FROM regulation WHERE unit_id = $1 AND version = $2";
    /// Adds one.
    fn insert_regulation(unit_id: Id<Unit>, version: u32, number: &str, adopted_on: Day, valid_from: Day,
        valid_to: Day, model_id: Option<Id<ModelText>>, recorded_at: Moment, recorded_by: &str, body: &str) -> run =
        "INSERT INTO regulation (unit_id, version, number, adopted_on, valid_from, valid_to, model_id, reported_on,
         reported_at, announced_on, announced_at, recorded_at, recorded_by, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL, NULL, NULL, $8, $9, $10)";
    /// Says that one was reported up, if that was not said yet.
    fn set_reported(unit_id: Id<Unit>, version: u32, reported_on: Day, reported_at: Moment) -> run =
        "UPDATE regulation SET reported_on = $3, reported_at = $4
         WHERE unit_id = $1 AND version = $2 AND reported_on IS NULL";
    /// Says that one was announced down, if that was not said yet.
    fn set_announced(unit_id: Id<Unit>, version: u32, announced_on: Day, announced_at: Moment) -> run =
        "UPDATE regulation SET announced_on = $3, announced_at = $4
         WHERE unit_id = $1 AND version = $2 AND announced_on IS NULL";
}

/// The stored number of a setting; 0 for every setting.
pub(crate) fn setting_number(setting: Option<Setting>) -> u8 {
    setting.map_or(0, Setting::number)
}

fn period(from: Day, to: Day) -> Result<Period, Problem> {
    Period::new(from, to).ok_or_else(|| Problem::Fault(format!("the database holds an empty period {from}–{to}")))
}

impl ModelRow {
    /// What it is for.
    pub fn series(&self) -> Result<Series, Problem> {
        let subject = Subject::from_code(&self.subject);
        let kind = Kind::from_number(self.kind);
        let (Some(subject), Some(kind)) = (subject, kind) else {
            return Err(Problem::Fault(format!("the database holds a text for {} {}", self.subject, self.kind)));
        };
        Ok(Series { subject, kind, setting: Setting::from_number(self.setting) })
    }

    /// As the rules see it.
    pub fn model(&self) -> Result<Model, Problem> {
        let valid = period(self.valid_from, self.valid_to)?;
        let (series, recorded) = (self.series()?, self.recorded_at);
        Ok(Model { id: self.model_id, series, version: self.version, valid, recorded })
    }
}

impl RegulationRow {
    /// As the rules see it.
    pub fn adopted(&self) -> Result<Adopted, Problem> {
        let mark = |on: Option<Day>, at: Option<Moment>| on.zip(at).map(|(on, recorded)| Mark { on, recorded });
        Ok(Adopted {
            version: self.version,
            adopted_on: self.adopted_on,
            valid: period(self.valid_from, self.valid_to)?,
            model: self.model_id,
            recorded: self.recorded_at,
            reported: mark(self.reported_on, self.reported_at),
            announced: mark(self.announced_on, self.announced_at),
        })
    }
}

/// All of them as the rules see them.
pub(crate) fn models(rows: &[ModelRow]) -> Result<Vec<Model>, Problem> {
    rows.iter().map(ModelRow::model).collect()
}

/// All of them as the rules see them.
pub(crate) fn adopted(rows: &[RegulationRow]) -> Result<Vec<Adopted>, Problem> {
    rows.iter().map(RegulationRow::adopted).collect()
}
