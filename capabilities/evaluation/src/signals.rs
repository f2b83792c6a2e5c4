//! Members classed not fulfilled two years in a row (SCR-05).

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Person, Problem, Said};
use chibo_store::Tx;
use chibo_web::{Signal, SignalSource};

use crate::rules::{CampaignKind, Class, in_a_row};
use crate::store;

/// Years in a row that make the signal.
const YEARS: u32 = 2;

/// Everybody the rule asks people to look at.
pub(crate) const FAILED: SignalSource = SignalSource { name: "evaluation", title: "evaluation-signals", find };

fn find(tx: &mut Tx<'_>, _: Day, each: &mut dyn FnMut(Signal)) -> Result<(), Problem> {
    let mut years: BTreeMap<Id<Person>, u32> = BTreeMap::new();
    for row in store::failed_years(tx, Class::Failed.code())? {
        *years.entry(row.person_id).or_default() += 1;
    }
    for person in years.into_iter().filter(|(_, count)| *count >= YEARS).map(|(person, _)| person) {
        let rows = store::years_of(tx, person)?;
        let given: Vec<_> = rows
            .iter()
            .filter(|row| row.kind == CampaignKind::Year.code())
            .filter_map(|row| Some((row.year, Class::from_code(&row.class)?)))
            .collect();
        let Some(newest) = rows.iter().find(|row| row.kind == CampaignKind::Year.code() && !row.class.is_empty())
        else {
            continue;
        };
        let count = in_a_row(&given, Class::Failed);
        if count >= YEARS {
            let said = Said::new("evaluation-signal").with("count", count).with("year", newest.year);
            let href = format!("/evaluation/members/{person}");
            each(Signal { person, rule: "SCR-05", since: newest.decided_on, said, href });
        }
    }
    Ok(())
}
