//! What a cross-tab is asked to show, read from its address and written back.

use chibo_members::dims::{Dimension, Filters};
use chibo_web::Pairs;

use crate::spot::Spot;

/// What numbers are shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// Members.
    Count,
    /// Percent of the row's total.
    OfRow,
    /// Percent of the column's total.
    OfCol,
}

impl Show {
    /// Every way, with its value in the address and its word key.
    pub const ALL: [(Show, &'static str, &'static str); 3] = [
        (Show::Count, "", "reports-show-count"),
        (Show::OfRow, "row", "reports-show-row"),
        (Show::OfCol, "col", "reports-show-col"),
    ];

    fn value(self) -> &'static str {
        Self::ALL.iter().find(|(show, ..)| *show == self).map_or("", |(_, value, _)| value)
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// What the rows are.
    pub rows: Dimension,
    /// What the columns are.
    pub cols: Dimension,
    /// Only these members.
    pub filters: Filters,
    /// What numbers are shown as.
    pub show: Show,
    /// Children were asked for, but the unit had none of its own on the day.
    pub child_left_out: bool,
}

impl Question {
    /// From the address; what cannot be read becomes theory by age.
    pub fn read(query: &Pairs, spot: &Spot) -> Self {
        let filters = Filters::read(query, spot.unit);
        let side = |name: &str, default| Dimension::from_key(query.get(name)).unwrap_or(default);
        let (rows, cols) = (side("rows", Dimension::Theory), side("cols", Dimension::Age));
        let show =
            Show::ALL.iter().find(|(_, value, _)| *value == query.get("show")).map_or(Show::Count, |found| found.0);
        let question = Self { rows, cols, filters, show, child_left_out: false };
        question.with_children(spot.is_itself()).with_two_sides()
    }

    fn with_children(mut self, has_children: bool) -> Self {
        let asked =
            self.rows == Dimension::Child || self.cols == Dimension::Child || self.filters.has(Dimension::Child);
        if has_children || !asked {
            return self;
        }
        self.child_left_out = true;
        self.filters = self.filters.without(Dimension::Child);
        for side in [&mut self.rows, &mut self.cols].into_iter().filter(|side| **side == Dimension::Child) {
            *side = Dimension::Setting;
        }
        self
    }

    fn with_two_sides(mut self) -> Self {
        if self.rows == self.cols {
            self.cols = if self.rows == Dimension::Age { Dimension::Sex } else { Dimension::Age };
        }
        self
    }

    /// Whether small cells could point at persons (STA-04).
    pub fn is_sensitive(&self) -> bool {
        self.rows.is_sensitive() || self.cols.is_sensitive() || self.filters.is_sensitive()
    }

    /// The address of this question about a unit.
    pub fn address(&self, path: &str, spot: &Spot) -> String {
        self.address_as(path, &spot.asked(), spot)
    }

    /// The same asked of another day or by other boundaries; `asked` is as [`Spot::asked`] gives it.
    pub fn address_as(&self, path: &str, asked: &str, spot: &Spot) -> String {
        let show = self.show.value();
        let show = if show.is_empty() { String::new() } else { format!("&show={show}") };
        let (rows, cols) = (self.rows.key(), self.cols.key());
        format!("{path}?{asked}&rows={rows}&cols={cols}{}{show}", self.filters.address(spot.unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(rows: Dimension, cols: Dimension, filters: Filters) -> Question {
        Question { rows, cols, filters, show: Show::Count, child_left_out: false }
    }

    #[test]
    fn a_table_has_two_different_sides() {
        let same = |by| question(by, by, Filters::default()).with_two_sides();
        assert_eq!(same(Dimension::Age).cols, Dimension::Sex);
        assert_eq!(same(Dimension::Sex).cols, Dimension::Age);
        let both = question(Dimension::Sex, Dimension::Theory, Filters::default());
        assert_eq!(both.clone().with_two_sides(), both);
    }

    #[test]
    fn children_are_left_out_where_there_are_none_and_it_is_said() {
        let mut filters = Filters::default();
        filters.add(Dimension::Child, 3);
        filters.add(Dimension::Sex, 2);
        let asked = question(Dimension::Child, Dimension::Age, filters);
        assert_eq!(asked.clone().with_children(true), asked);
        let left = asked.with_children(false);
        assert!(left.child_left_out && !left.filters.has(Dimension::Child) && left.filters.has(Dimension::Sex));
        assert_eq!(left.rows, Dimension::Setting);
    }

    #[test]
    fn sta_04_a_filter_makes_a_table_sensitive_too() {
        let mut filters = Filters::default();
        assert!(!question(Dimension::Sex, Dimension::Age, filters.clone()).is_sensitive());
        assert!(question(Dimension::Ethnicity, Dimension::Age, filters.clone()).is_sensitive());
        filters.add(Dimension::Religion, 3);
        assert!(question(Dimension::Sex, Dimension::Age, filters).is_sensitive());
    }
}
