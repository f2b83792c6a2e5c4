//! Progress by year: how places stood at the end of each, and how many plans were met (TSK-23).

use std::collections::HashMap;

use chibo_kernel::{AsOf, Id, Problem};
use chibo_web::table::Column;
use chibo_web::{Cell, Table, Visit};

use super::ask::{Ask, Planned};
use super::plans::Plans;
use super::scene::Scene;
use super::survey::Survey;
use crate::rules::{Place, State, Tally, last_day};
use crate::store::History;

/// So many years are shown.
const YEARS: i32 = 5;

/// One year.
pub(super) struct Year {
    /// The year.
    pub year: i32,
    /// How places stood at its end, or on the asked day where that is earlier.
    pub tally: Tally,
    /// Places with a plan for it.
    planned: u32,
    /// Plans met.
    met: u32,
}

/// The years up to the asked day in which there were places or plans, the earliest first.
pub(super) fn take(
    visit: &Visit<'_>,
    scene: &Scene,
    ask: &Ask,
    all: &HashMap<Id<Place>, History>,
    plans: &Plans,
) -> Result<Vec<Year>, Problem> {
    let last = scene.at.day.year();
    let mut years = Vec::new();
    for year in last - YEARS + 1..=last {
        let at = AsOf { day: last_day(year).min(scene.at.day), known: scene.at.known };
        let then = Scene::at(visit, at)?;
        let range = ask.places(&then);
        let (mut states, mut planned, mut met) = (Vec::new(), 0u32, 0u32);
        for (place, _, state) in Survey::states(visit, &then, all).into_iter().filter(|(_, at, _)| range.contains(at)) {
            states.push(state);
            if let Some(plan) = plans.standing(place, state, year, at) {
                planned += 1;
                met += u32::from(plan.met);
            }
        }
        if !states.is_empty() {
            years.push(Year { year, tally: states.into_iter().collect(), planned, met });
        }
    }
    Ok(years)
}

/// The table; every number opens its list on that day.
pub(super) fn table(visit: &Visit<'_>, scene: &Scene, ask: &Ask, years: &[Year]) -> String {
    let w = visit.w;
    let mut columns = vec![Column::new("year", w.t("coverage-year")), Column::number("all", w.t("coverage-places"))];
    columns.extend(State::ALL.iter().map(|state| Column::number(state.code(), w.t(state.word()))));
    columns.push(Column::number("covered", w.t("coverage-covered")));
    columns.push(Column::number("share", w.t("coverage-share")));
    columns.push(Column::number("planned", w.t("coverage-planned-any")));
    columns.push(Column::number("met", w.t("coverage-planned-met")));
    columns.push(Column::number("plan-share", w.t("coverage-plan-share")));
    let mut table = Table::new(w.t("coverage-by-year"), columns);
    for year in years {
        let day = last_day(year.year).min(scene.at.day).to_string();
        let number = |count: u32, more: Ask| {
            if count == 0 {
                return Cell::Text(w.n(count));
            }
            let list = Ask { year: year.year, ..more }.list(visit);
            Cell::Link(w.n(count), on_day(&list, &day))
        };
        let whole = ask.whole();
        let (total, covered) = (year.tally.total(), year.tally.covered());
        let mut row = vec![Cell::Text(year.year.to_string()), number(total, whole.clone())];
        row.extend(
            State::ALL.iter().map(|state| number(year.tally.of(*state), Ask { states: vec![*state], ..whole.clone() })),
        );
        row.push(number(covered, Ask { states: vec![State::Own, State::Joint], ..whole.clone() }));
        row.push(Cell::Text(w.percent(u64::from(covered), u64::from(total))));
        row.push(number(year.planned, Ask { planned: Some(Planned::Any), ..whole.clone() }));
        row.push(number(year.met, Ask { planned: Some(Planned::Met), ..whole }));
        row.push(Cell::Text(w.percent(u64::from(year.met), u64::from(year.planned))));
        table.rows.push(row);
    }
    if table.rows.is_empty() { String::new() } else { table.html(visit) }
}

/// The address with another day.
fn on_day(address: &str, day: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    format!("{path}{}", chibo_web::Pairs::parse(query).with(&[("day", day)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_day_replaces_the_one_there_is() {
        assert_eq!(on_day("/coverage/places", "31/12/2025"), "/coverage/places?day=31%2F12%2F2025");
        assert_eq!(on_day("/p?day=1&state=own&state=joint", "2"), "/p?state=own&state=joint&day=2");
    }
}
