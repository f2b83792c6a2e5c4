//! What one member owes for any month, and for the months he was left out of every book (MEM-42).

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_members::PartyAge;
use chibo_store::{Keys, Tx};

use super::categories::{holding, profile_of};
use super::roll::Tariffs;
use crate::rules::{Asked, Due, Month, missed};
use crate::store::{self, CategoryRow, LineRow};

/// A member as what he owes is counted from.
pub(super) struct Payer<'a> {
    /// By what he pays.
    pub categories: Vec<CategoryRow>,
    /// His Party age.
    pub age: Option<&'a PartyAge>,
    /// When he was taken to have left, until his rights were restored.
    pub gaps: &'a [(Day, Day)],
    /// Exempted from activity.
    pub exempted: bool,
}

impl Payer<'_> {
    /// What he owes for a month, `None` when nobody has said by what he pays; the version of the rates, and how many
    /// months may be paid ahead.
    pub fn owed(&self, keys: &Keys, tariffs: &mut Tariffs, at: Month) -> Result<(Option<Due>, String, i32), Problem> {
        let profile = holding(&self.categories, at).map(|row| profile_of(keys, row)).transpose()?;
        let rates = tariffs.of(at)?;
        let counted = self.age.map(|age| age.counted_from(at.last()));
        Ok((rates.due(profile.as_ref(), counted, self.exempted), rates.version.clone(), rates.ahead))
    }

    /// What is still due for months in which he was left out of every book: restored, he pays them by the rates of each
    /// month (MEM-42). `lines` are those that speak about him already.
    pub fn missed<'l>(
        &self,
        keys: &Keys,
        tariffs: &mut Tariffs,
        lines: impl Iterator<Item = &'l LineRow> + Clone,
    ) -> Result<Vec<Asked>, Problem> {
        let mut due = Vec::new();
        for at in missed(self.gaps).into_iter().filter(|at| !lines.clone().any(|line| line.for_month == at.0)) {
            let (now, version, _) = self.owed(keys, tariffs, at)?;
            due.extend(now.filter(|now| now.vnd > 0).map(|now| (at, now.vnd, version)));
        }
        Ok(due)
    }
}

/// The back fees a restored member has not paid yet, month by month (MEM-42).
///
/// # Errors
/// Problems of the database; a fault when something stored cannot be read.
pub fn back_fees(tx: &mut Tx<'_>, keys: &Keys, person: Id<Person>, exempted: bool) -> Result<Vec<Asked>, Problem> {
    let gaps = chibo_members::restored_of(tx, &[person])?.remove(&person).unwrap_or_default();
    if gaps.is_empty() {
        return Ok(Vec::new());
    }
    let age = chibo_members::party_age_of(tx, person)?;
    let categories = store::categories_of(tx, person)?;
    let payer = Payer { categories, age: age.as_ref(), gaps: &gaps, exempted };
    let lines = store::lines_about(tx, person, i32::MIN, i32::MAX, Moment::FOREVER)?;
    payer.missed(keys, &mut Tariffs::default(), lines.iter())
}
