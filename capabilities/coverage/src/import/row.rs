//! One row as facts of a place.

use chibo_kernel::{Day, Said};
use chibo_papers::Cells;

use super::at;
use crate::rules::{PlaceKind, Spot, read_degrees};

/// A row that could be read. What the file has no column for is `None` in the outer option.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub code: String,
    pub name: String,
    pub kind: PlaceKind,
    pub unit: String,
    pub spot: Option<Option<Spot>>,
    pub workers: Option<Option<u32>>,
    pub households: Option<Option<u32>>,
    /// Named organisation; none for an empty cell, which changes nothing.
    pub branch: Option<String>,
    pub joint: bool,
    pub official: Option<u32>,
    pub from: Option<Day>,
}

/// Reads a row; what is wrong is noted in its cells.
pub(super) fn read(cells: &mut Cells) -> Option<Read> {
    let owned = |cells: &Cells, column| cells.text(column).unwrap_or_default().to_owned();
    let number = |cells: &Cells, column| cells.int(column).and_then(|number| u32::try_from(number).ok());
    let kind = cells.code(at::KIND).and_then(PlaceKind::from_code);
    let spot = spot(cells);
    let branch = Some(owned(cells, at::BRANCH)).filter(|text| !text.is_empty());
    let read = Read {
        code: owned(cells, at::CODE),
        name: owned(cells, at::NAME),
        kind: kind?,
        unit: owned(cells, at::UNIT),
        spot,
        workers: cells.has(at::WORKERS).then(|| number(cells, at::WORKERS)),
        households: cells.has(at::HOUSEHOLDS).then(|| number(cells, at::HOUSEHOLDS)),
        branch,
        joint: cells.yes(at::JOINT).unwrap_or(false),
        official: number(cells, at::OFFICIAL),
        from: cells.day(at::FROM),
    };
    (!cells.refused()).then_some(read)
}

/// Where it is: both numbers or none, inside the country.
fn spot(cells: &mut Cells) -> Option<Option<Spot>> {
    if !cells.has(at::LAT) && !cells.has(at::LON) {
        return None;
    }
    let text = |cells: &Cells, column| cells.text(column).map(str::to_owned);
    let (lat, lon) = (text(cells, at::LAT), text(cells, at::LON));
    match (&lat, &lon) {
        (None, None) => return Some(None),
        (Some(_), None) => cells.error(at::LON, Said::new("coverage-import-both-degrees")),
        (None, Some(_)) => cells.error(at::LAT, Said::new("coverage-import-both-degrees")),
        (Some(lat), Some(lon)) => match (read_degrees(lat), read_degrees(lon)) {
            (None, _) => cells.error(at::LAT, Said::new("coverage-degrees-unreadable").with("text", lat)),
            (_, None) => cells.error(at::LON, Said::new("coverage-degrees-unreadable").with("text", lon)),
            (Some(lat), Some(lon)) => match Spot::new(lat, lon) {
                None => cells.error(at::LAT, Said::new("coverage-degrees-elsewhere")),
                found => return Some(found),
            },
        },
    }
    Some(None)
}
