//! What an import would do, before anything is written: the first of the two steps.

use std::collections::BTreeMap;

use crate::columns::{RowIssue, Severity};

/// What would become of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowState {
    /// Something not known yet.
    New,
    /// Known, nothing differs.
    Same,
    /// Known, something differs.
    Changed,
    /// Stands in this file already.
    Duplicate,
    /// Has an error.
    Refused,
}

/// One row shown as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRow {
    /// Row as Excel numbers it.
    pub row: u32,
    /// What would become of it.
    pub state: RowState,
    /// Its values in the order of the columns.
    pub cells: Vec<String>,
}

/// The counts of an import, its defects and some of its rows. Pure: the importer decides each row's state.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    states: BTreeMap<RowState, u64>,
    warned: u64,
    kinds: BTreeMap<(Severity, &'static str), u64>,
    issues: Vec<RowIssue>,
    issues_most: usize,
    samples: Vec<SampleRow>,
    samples_most: usize,
}

impl Preview {
    /// Keeps at most so many defects, and so many sample rows of each state.
    pub fn new(issues_most: usize, samples_most: usize) -> Self {
        Self { issues_most, samples_most, ..Self::default() }
    }

    /// Notes a row with its defects. A row with an error counts as refused whatever the importer says. `cells` is asked
    /// only when the row becomes a sample.
    pub fn row(&mut self, row: u32, state: RowState, issues: Vec<RowIssue>, cells: impl FnOnce() -> Vec<String>) {
        let refused = issues.iter().any(|issue| issue.severity == Severity::Error);
        let state = if refused { RowState::Refused } else { state };
        let count = self.states.entry(state).or_default();
        *count += 1;
        self.warned += u64::from(!refused && !issues.is_empty());
        if *count <= self.samples_most as u64 {
            self.samples.push(SampleRow { row, state, cells: cells() });
        }
        self.note(issues);
    }

    /// Notes defects of the file or its headings.
    pub fn note(&mut self, issues: Vec<RowIssue>) {
        for issue in issues {
            *self.kinds.entry((issue.severity, issue.said.key)).or_default() += 1;
            if self.issues.len() < self.issues_most {
                self.issues.push(issue);
            } else if issue.severity == Severity::Error {
                // Errors are worth more room than warnings: the last warning kept makes way.
                if let Some(at) = self.issues.iter().rposition(|kept| kept.severity == Severity::Warning) {
                    self.issues.remove(at);
                    self.issues.push(issue);
                }
            }
        }
    }

    /// Rows in a state.
    pub fn count(&self, state: RowState) -> u64 {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// All rows of data.
    pub fn rows_total(&self) -> u64 {
        self.states.values().sum()
    }

    /// Rows that would be written or are there already.
    pub fn ok(&self) -> u64 {
        self.count(RowState::New) + self.count(RowState::Same) + self.count(RowState::Changed)
    }

    /// Rows not refused that have a warning.
    pub fn warned(&self) -> u64 {
        self.warned
    }

    /// Rows refused.
    pub fn refused(&self) -> u64 {
        self.count(RowState::Refused)
    }

    /// Rows that stand in the file twice.
    pub fn duplicates(&self) -> u64 {
        self.count(RowState::Duplicate)
    }

    /// There is something to write.
    pub fn has_work(&self) -> bool {
        self.count(RowState::New) + self.count(RowState::Changed) > 0
    }

    /// Defects by kind (message key), gravest first, all of them.
    pub fn kinds(&self) -> impl Iterator<Item = (Severity, &'static str, u64)> {
        self.kinds.iter().rev().map(|((severity, key), count)| (*severity, *key, *count))
    }

    /// The first defects in the order of the file.
    pub fn issues(&self) -> &[RowIssue] {
        &self.issues
    }

    /// Defects counted but not kept.
    pub fn issues_left_out(&self) -> u64 {
        self.kinds.values().sum::<u64>() - self.issues.len() as u64
    }

    /// Some rows of each state.
    pub fn samples(&self) -> &[SampleRow] {
        &self.samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chibo_kernel::Said;
    use std::sync::Arc;

    fn issue(row: u32, severity: Severity) -> RowIssue {
        RowIssue { sheet: Arc::from("S"), row, place: None, said: Said::new("papers-cell-required"), severity }
    }

    #[test]
    fn rows_are_counted_once_and_errors_refuse() {
        let mut preview = Preview::new(10, 1);
        preview.row(2, RowState::New, vec![], || vec!["a".into()]);
        preview.row(3, RowState::New, vec![issue(3, Severity::Warning)], || panic!("one sample is enough"));
        preview.row(4, RowState::New, vec![issue(4, Severity::Error), issue(4, Severity::Warning)], Vec::new);
        preview.row(5, RowState::Duplicate, vec![], Vec::new);
        preview.row(6, RowState::Same, vec![], Vec::new);
        assert_eq!((preview.rows_total(), preview.ok(), preview.warned()), (5, 3, 1));
        assert_eq!((preview.refused(), preview.duplicates(), preview.has_work()), (1, 1, true));
        assert_eq!(preview.samples().len(), 4);
    }

    #[test]
    fn the_list_is_capped_the_counts_are_not() {
        let mut preview = Preview::new(3, 0);
        preview.note((0..5).map(|row| issue(row, Severity::Warning)).collect());
        preview.note((5..7).map(|row| issue(row, Severity::Error)).collect());
        let kept: Vec<_> = preview.issues().iter().map(|issue| issue.row).collect();
        assert_eq!(kept, [0, 5, 6]);
        assert_eq!(preview.issues_left_out(), 4);
        let kinds: Vec<_> = preview.kinds().map(|(severity, _, count)| (severity, count)).collect();
        assert_eq!(kinds, [(Severity::Error, 2), (Severity::Warning, 5)]);
    }
}
