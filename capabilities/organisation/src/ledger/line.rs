//! One timeline as stored, and the difference its amendments make.

use chibo_kernel::{Dated, Day, Moment, Period, Timeline};

/// A timeline loaded for writing.
#[derive(Clone, Debug)]
pub(crate) struct Line<V> {
    timeline: Timeline<V>,
    /// For each stored row, when it was superseded at loading.
    stored: Vec<Moment>,
    /// The last moment at which anything was recorded.
    floor: Option<Moment>,
    amended: bool,
}

/// What has to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference<V> {
    /// Stored rows to close: recorded at, valid from, superseded at.
    pub closed: Vec<(Moment, Day, Moment)>,
    /// Rows to add.
    pub added: Vec<Dated<V>>,
}

impl<V> Default for Line<V> {
    fn default() -> Self {
        Self { timeline: Timeline::default(), stored: Vec::new(), floor: None, amended: false }
    }
}

impl<V: Clone + PartialEq> Line<V> {
    /// From stored rows.
    pub fn new(rows: Vec<Dated<V>>) -> Self {
        let moments = rows.iter().flat_map(|row| [row.recorded, row.superseded]).filter(|m| *m != Moment::FOREVER);
        let floor = moments.max();
        let stored = rows.iter().map(|row| row.superseded).collect();
        Self { timeline: Timeline::from_rows(rows), stored, floor, amended: false }
    }

    /// What is believed now, in order of time.
    pub fn current(&self) -> Vec<&Dated<V>> {
        self.timeline.current()
    }

    /// What is believed now of a day.
    pub fn on(&self, day: Day) -> Option<&Dated<V>> {
        self.timeline.rows().iter().find(|row| row.is_current() && row.valid.contains(day))
    }

    /// Every row, stored and new.
    pub fn rows(&self) -> &[Dated<V>] {
        self.timeline.rows()
    }

    /// The last moment at which anything had been recorded when the line was loaded.
    pub fn last_recorded(&self) -> Option<Moment> {
        self.floor
    }

    /// Amends. A moment not after all that is recorded becomes the next one after it: recorded time never runs back.
    pub fn amend(&mut self, valid: Period, value: Option<V>, recorded: Moment) {
        let at = self.floor.map_or(recorded, |floor| recorded.max(floor.plus_ms(1)));
        self.timeline.amend(valid, value, at);
        self.amended = true;
    }

    /// What has to be written. Rows added and superseded again in the same write were never visible; a row closed
    /// and added again as it was stays as it is.
    pub fn difference(&self) -> Difference<V> {
        if !self.amended {
            return Difference { closed: Vec::new(), added: Vec::new() };
        }
        let rows = self.timeline.rows();
        let (stored, new) = rows.split_at(self.stored.len().min(rows.len()));
        let mut added: Vec<Dated<V>> = new.iter().filter(|row| row.is_current()).cloned().collect();
        let mut closed = Vec::new();
        for (row, before) in stored.iter().zip(&self.stored).filter(|(row, before)| row.superseded != **before) {
            debug_assert!(*before == Moment::FOREVER);
            match added.iter().position(|new| new.valid == row.valid && new.value == row.value) {
                Some(same) => drop(added.swap_remove(same)),
                None => closed.push((row.recorded, row.valid.from(), row.superseded)),
            }
        }
        Difference { closed, added }
    }
}
