//! Members who were absent without a reason in three months of the year (SCR-02, EXI-10).

use chibo_kernel::{Day, Id, Person, Problem, Said};
use chibo_store::Tx;
use chibo_web::{Signal, SignalSource};

use crate::rules::{Month, absent_months, absent_since};
use crate::store;

/// Everybody the rule asks people to look at.
pub(crate) const ABSENCES: SignalSource = SignalSource { name: "meetings", title: "meetings-signals", find };

fn signal(person: Id<Person>, absences: &[(Month, Day)], least: usize) -> Option<Signal> {
    let since = absent_since(absences, least)?;
    let mut months: Vec<String> = absences.iter().map(|(month, _)| month.text()).collect();
    months.dedup();
    let said = Said::new("meetings-signal").with("count", months.len()).with("months", months.join(", "));
    Some(Signal { person, rule: "SCR-02", since, said, href: format!("/meetings/members/{person}") })
}

/// A member with months and days of his absences.
type Absent = (Id<Person>, Vec<(Month, Day)>);

fn find(tx: &mut Tx<'_>, day: Day, each: &mut dyn FnMut(Signal)) -> Result<(), Problem> {
    let (least, first, now) = (absent_months(day)?, day.year() * 12, Month::of(day));
    let mut of: Option<Absent> = None;
    store::absences(tx, first, now.0, |row| {
        let at = (Month(row.month), row.on_day.unwrap_or_else(|| Month(row.month).last().min(day)));
        match &mut of {
            Some((person, absences)) if *person == row.member_id => absences.push(at),
            _ => {
                if let Some(found) = of.take().and_then(|(person, absences)| signal(person, &absences, least)) {
                    each(found);
                }
                of = Some((row.member_id, vec![at]));
            }
        }
        Ok(())
    })?;
    if let Some(found) = of.and_then(|(person, absences)| signal(person, &absences, least)) {
        each(found);
    }
    Ok(())
}
