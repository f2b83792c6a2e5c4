//! What the address asks for; what cannot be read is refused, never guessed.

use std::ops::RangeInclusive;

use chibo_kernel::{Day, Problem, Said};
use chibo_web::Visit;

/// `?day=YYYY-MM-DD`, today by default; not a day to come, for nobody knows its members.
pub(super) fn day(visit: &Visit<'_>) -> Result<Day, Problem> {
    let Some(text) = visit.query.some("day") else { return Ok(visit.today()) };
    let day = Some(text).filter(|text| text.len() == 10).and_then(Day::from_iso);
    let day = day.ok_or_else(|| Problem::field("day", Said::new("units-api-bad-day").with("text", text)))?;
    if day > visit.today() {
        return Err(Problem::field("day", Said::new("units-api-day-to-come").with("day", day)));
    }
    Ok(day)
}

/// A whole number within bounds, if it is given.
pub(super) fn number(visit: &Visit<'_>, name: &str, within: RangeInclusive<i64>) -> Result<Option<i64>, Problem> {
    let Some(text) = visit.query.some(name) else { return Ok(None) };
    let number = text.parse::<i64>().ok().filter(|number| within.contains(number));
    let bounds = || {
        let said = Said::new("units-api-bad-number").with("text", text);
        Problem::field(name, said.with("least", within.start()).with("most", within.end()))
    };
    number.map(Some).ok_or_else(bounds)
}
