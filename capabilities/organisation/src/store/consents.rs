//! The table of consents (ORG-04).

use chibo_kernel::{Day, Id, Moment, Period, Problem, Unit};
use chibo_store::{Tx, queries, record};

use crate::kinds::Kind;
use crate::rules::{Consent, Consents};

record! {
    /// A version of a unit's consent.
    pub struct ConsentRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// 1, 2, 3 …
        version: u32,
        /// Number of the kind it was given for.
        kind: u8,
        /// Number and symbol of the document.
        number: String,
        /// Who consented.
        authority: String,
        /// Day of the document.
        decided_on: Day,
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

queries! {
    /// Everything recorded about all consents, by unit.
    fn all_consents() -> each<ConsentRow> =
        "SELECT unit_id, version, kind, number, authority, decided_on, valid_from, valid_to, recorded_at, recorded_by
         FROM unit_consent ORDER BY unit_id, version";
    /// Everything recorded about the consents of a unit.
    fn consents_of(unit_id: Id<Unit>) -> many<ConsentRow> =
        "SELECT unit_id, version, kind, number, authority, decided_on, valid_from, valid_to, recorded_at, recorded_by
         FROM unit_consent WHERE unit_id = $1 ORDER BY version";
    /// Adds one.
    fn insert_consent(unit_id: Id<Unit>, version: u32, kind: u8, number: &str, authority: &str, decided_on: Day,
        valid_from: Day, valid_to: Day, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO unit_consent (unit_id, version, kind, number, authority, decided_on, valid_from, valid_to,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

impl ConsentRow {
    /// As the rules see it.
    pub fn consent(&self) -> Result<Consent, Problem> {
        let (kind, valid) = (Kind::from_number(self.kind), Period::new(self.valid_from, self.valid_to));
        let (Some(kind), Some(valid)) = (kind, valid) else {
            return Err(Problem::Fault(format!("the database holds a consent of {} that cannot be", self.unit_id)));
        };
        Ok(Consent { version: self.version, kind, valid, recorded: self.recorded_at })
    }
}

/// All consents as the rules see them.
pub fn consents(tx: &mut Tx<'_>) -> Result<Consents, Problem> {
    let mut found = Consents::default();
    all_consents(tx, |row| {
        found.add(row.unit_id, row.consent()?);
        Ok(())
    })?;
    Ok(found)
}
