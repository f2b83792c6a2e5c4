//! Finding the heading among title rows.

use std::collections::HashMap;
use std::sync::Arc;

use chibo_kernel::Said;
use chibo_kernel::text::clean;

use super::{Column, Mapping, Place, Severity, Title};
use crate::cell::{RowRef, Value};
use crate::words::{key, key_outside_brackets, quoted};

/// The heading stands in one of this many first rows.
pub(super) const ROWS: u32 = 15;

/// Which column of the sheet holds which column of the import.
#[derive(Debug)]
pub(super) struct Heading {
    /// Row it stands in.
    pub row: u32,
    /// Per column of the import: where it stands.
    pub places: Vec<Option<Place>>,
    /// What is wrong with it: place, sentence, severity.
    pub issues: Vec<(Option<Place>, Said, Severity)>,
    /// Every heading with what it is read as.
    pub titles: Vec<Title>,
}

/// The headings by which columns are known.
pub(super) struct Titles {
    by_key: HashMap<String, usize>,
    mapping: Mapping,
}

impl Titles {
    pub fn new(columns: &[Column]) -> Self {
        let mut by_key = HashMap::new();
        for (index, column) in columns.iter().enumerate() {
            for title in column.titles {
                by_key.entry(key(title)).or_insert(index);
            }
        }
        Self { by_key, mapping: Mapping::default() }
    }

    /// What people said goes before what the program knows.
    pub fn mapped(&mut self, mapping: Mapping) {
        self.mapping = mapping;
    }

    fn find(&self, title: &str) -> Option<usize> {
        let whole = self.by_key.get(&key(title));
        whole.or_else(|| self.by_key.get(&key_outside_brackets(title))).copied()
    }

    /// The heading a row is, if it holds enough known titles: two, or the only one there is to know.
    pub fn read(&self, row: &RowRef<'_, '_>, columns: &[Column]) -> Option<Heading> {
        let mut places: Vec<Option<Place>> = vec![None; columns.len()];
        let mut issues = Vec::new();
        let (mut unknown, mut ignored, mut titles) = (Vec::new(), 0, Vec::new());
        for place in texts(row) {
            let title = place.title.to_string();
            let said = self.mapping.find(&key(&title), columns);
            let found = said.unwrap_or_else(|| self.find(&title));
            let column = found.and_then(|index| columns.get(index)).map(|column| column.key);
            titles.push(Title { letters: place.letters(), title: title.clone(), column });
            match found {
                None if said.is_some() => ignored += 1,
                Some(index) => match &places[index] {
                    Some(first) => issues.push((Some(place.clone()), duplicate(&title, first), Severity::Error)),
                    None => places[index] = Some(place),
                },
                None => unknown.push((Some(place), Said::new("papers-column-unknown").with("title", quoted(&title)))),
            }
        }
        let known = places.iter().flatten().count() + issues.len() + ignored;
        if known < columns.len().min(2) || known * 3 < unknown.len() {
            return None;
        }
        for (column, place) in columns.iter().zip(&places) {
            if column.required && place.is_none() {
                let said = Said::new("papers-column-missing").with("title", column.title());
                issues.push((None, said, Severity::Error));
            }
        }
        // A column of row numbers (STT) is in every file and means nothing.
        let numbering = |place: &Option<Place>| {
            place.as_ref().is_some_and(|p| matches!(key(&p.title).as_str(), "stt" | "tt" | "sott" | "no"))
        };
        issues.extend(
            unknown.into_iter().filter(|(place, _)| !numbering(place)).map(|(p, said)| (p, said, Severity::Warning)),
        );
        Some(Heading { row: row.number, places, issues, titles })
    }
}

/// The texts of a row with where they stand.
fn texts<'r>(row: &'r RowRef<'_, '_>) -> impl Iterator<Item = Place> + 'r {
    row.cells.iter().filter_map(|cell| {
        let Value::Text(text) = &cell.value else { return None };
        let title = clean(text);
        (!title.is_empty()).then(|| Place { column: cell.column, title: Arc::from(title.as_ref()) })
    })
}

/// A row as the headings it would be, none of them known.
pub(super) fn as_titles(row: &RowRef<'_, '_>) -> Vec<Title> {
    texts(row).map(|place| Title { letters: place.letters(), title: place.title.to_string(), column: None }).collect()
}

fn duplicate(title: &str, first: &Place) -> Said {
    Said::new("papers-column-duplicate").with("title", quoted(title)).with("first", first.letters())
}

/// A row `(1) (2) (3)` under the heading, as official forms have it.
pub(super) fn is_numbering(row: &RowRef<'_, '_>) -> bool {
    let mut last = None;
    let mut count = 0;
    for cell in row.cells {
        let number = match &cell.value {
            Value::Number(number) if number.fract() == 0.0 => *number as i64,
            Value::Text(text) => match text.trim_matches(['(', ')', '[', ']', ' ', '.', '\'']).parse() {
                Ok(number) => number,
                Err(_) if text.trim().is_empty() => continue,
                Err(_) => return false,
            },
            Value::Empty => continue,
            _ => return false,
        };
        if last.map_or(!(0..=3).contains(&number), |last| number != last + 1) {
            return false;
        }
        last = Some(number);
        count += 1;
    }
    count >= 2
}
