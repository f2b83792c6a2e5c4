//! What is kept of a preview: counts, defects in both languages, some rows with secret fields masked.

use chibo_kernel::Problem;
use chibo_papers::{FileFacts, Preview, RowState, Severity, Title};
use chibo_web::words::{Lang, Words};
use serde::{Deserialize, Serialize};

use super::COLUMNS;
use crate::rules::identity;

/// A preview as stored with its import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Rows that would be written.
    pub new: u64,
    /// Rows of members already in the register.
    pub known: u64,
    /// Rows that stand in the file twice.
    pub twice: u64,
    /// Rows with an error.
    pub refused: u64,
    /// Rows not refused that have a warning.
    pub warned: u64,
    /// Name of the encoding of a text file or of old fonts.
    pub encoding: Option<String>,
    /// A line before and after decoding.
    pub sample: Option<(String, String)>,
    /// Hidden sheets, which are not read.
    pub hidden: Vec<String>,
    /// Kinds of defects with their number.
    pub kinds: Vec<Kind>,
    /// The first defects.
    pub issues: Vec<Defect>,
    /// Defects not kept.
    pub issues_left_out: u64,
    /// Some rows of each state.
    pub rows: Vec<Row>,
    /// The headings of the file.
    pub titles: Vec<Heading>,
}

/// A heading of the file with what it was read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Letters of its column.
    pub letters: String,
    /// As it stands in the file.
    pub title: String,
    /// Key of the column; empty when it is not read.
    pub column: String,
}

/// A kind of defect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Refuses the row.
    pub error: bool,
    /// Message key.
    pub key: String,
    /// How many.
    pub count: u64,
}

/// One defect in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// Sheet.
    pub sheet: String,
    /// Row as Excel numbers it; 0 when the sheet is meant.
    pub row: u32,
    /// Letters of the column; empty when the row is meant.
    pub letters: String,
    /// Heading of the column.
    pub column: String,
    /// Refuses the row.
    pub error: bool,
    /// What is wrong and what to do, in Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// A sample row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Row as Excel numbers it.
    pub row: u32,
    /// `new`, `known`, `twice`, `refused`.
    pub state: String,
    /// Values in the order of [`SAMPLED`].
    pub cells: Vec<String>,
}

/// Columns shown of sample rows.
pub const SAMPLED: [&str; 8] = ["name", "sex", "birth", "identity", "unit", "admitted", "official", "standing"];

const fn state_name(state: RowState) -> &'static str {
    match state {
        RowState::New | RowState::Changed => "new",
        RowState::Same => "known",
        RowState::Duplicate => "twice",
        RowState::Refused => "refused",
    }
}

impl Summary {
    /// Of a preview. Sentences are stored as read now, so they stay what they were.
    pub fn of((preview, titles): &(Preview, Vec<Title>), facts: &FileFacts, words: &Words) -> Self {
        let (vi, en) = (words.tongue(Lang::Vi), words.tongue(Lang::En));
        let defect = |issue: &chibo_papers::RowIssue| Defect {
            sheet: issue.sheet.to_string(),
            row: issue.row,
            letters: issue.place.as_ref().map_or_else(String::new, chibo_papers::Place::letters),
            column: issue.place.as_ref().map_or_else(String::new, |place| place.title.to_string()),
            error: issue.severity == Severity::Error,
            vi: vi.said(&issue.said),
            en: en.said(&issue.said),
        };
        let row = |row: &chibo_papers::SampleRow| Row {
            row: row.row,
            state: state_name(row.state).to_owned(),
            cells: SAMPLED.iter().map(|key| sampled(key, &row.cells)).collect(),
        };
        let heading = |title: &Title| Heading {
            letters: title.letters.clone(),
            title: title.title.clone(),
            column: title.column.unwrap_or_default().to_owned(),
        };
        let kind = |(severity, key, count): (Severity, &'static str, u64)| Kind {
            error: severity == Severity::Error,
            key: key.to_owned(),
            count,
        };
        Self {
            new: preview.count(RowState::New),
            known: preview.count(RowState::Same),
            twice: preview.duplicates(),
            refused: preview.refused(),
            warned: preview.warned(),
            encoding: facts.encoding.map(str::to_owned),
            sample: facts.sample.clone(),
            hidden: facts.hidden.clone(),
            kinds: preview.kinds().map(kind).collect(),
            issues: preview.issues().iter().map(defect).collect(),
            issues_left_out: preview.issues_left_out(),
            rows: preview.samples().iter().map(row).collect(),
            titles: titles.iter().map(heading).collect(),
        }
    }

    /// As stored; an import from the command line has none.
    pub fn read(stored: &str) -> Result<Self, Problem> {
        if stored.is_empty() { Ok(Self::default()) } else { serde_json::from_str(stored).map_err(Problem::fault) }
    }

    /// Rows that would not be written.
    pub fn left_out(&self) -> u64 {
        self.known + self.twice + self.refused
    }
}

fn sampled(key: &str, cells: &[String]) -> String {
    let at = COLUMNS.iter().position(|column| column.key == key);
    let text = at.and_then(|at| cells.get(at)).map_or("", String::as_str);
    if key == "identity" { identity::hint(text) } else { text.to_owned() }
}
