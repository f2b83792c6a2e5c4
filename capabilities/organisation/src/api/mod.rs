//! Organisations for other programs: JSON, reading only, with the session of the pages and the same rights.
//!
//! `tree` gives the units of a day, `unit` one of them with its history, `changes` what was touched since a number,
//! `openapi` describes them. Problems come as `application/problem+json` (the server makes them for `/api/`).

mod asked;
mod changes;
mod openapi;
mod shapes;
#[cfg(test)]
mod tests;
mod tree;
mod unit;

use chibo_kernel::{Permission, Problem};
use chibo_web::{Policy, Reply, Route, Visit};
use serde::Serialize;

/// Every address with its policy; each answers only about units the viewer may see.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewUnits);
    vec![
        Route::get("/api/v1/tree", view, tree::show).slow(),
        Route::get("/api/v1/units/{id}", view, unit::show).slow(),
        Route::get("/api/v1/unit-changes", view, changes::show).slow(),
        Route::get("/api/v1/openapi.json", Policy::SignedIn, openapi::show),
    ]
}

fn json(value: &impl Serialize) -> Result<Reply, Problem> {
    serde_json::to_string(value).map(Reply::Json).map_err(Problem::fault)
}

/// Headcounts are asked for: not before the columns stand.
fn ready(visit: &Visit<'_>) -> Result<(), Problem> {
    if visit.house.census.state() == chibo_census::State::Ready { Ok(()) } else { Err(Problem::Busy(2)) }
}
