//! Tables on pages: the heading row stands on every page, a row is cut only when no page could hold it.

use std::collections::VecDeque;

use super::body::cell;
use super::layout::Press;
use super::lines::{Measure, SetLine, set};
use super::reading::Role;
use super::{Align, Table, TableColumn};

/// From the border of a cell to its text, points.
const PAD: f32 = 3.5;
/// Space above and below a table, points.
const AROUND: f32 = 6.0;

/// The lines of each cell of a row.
type Cells = Vec<VecDeque<SetLine>>;

/// A row with the numbers of the parts its cells are; none of them where it only repeats what was read already.
#[derive(Clone)]
struct Row {
    cells: Cells,
    parts: Vec<usize>,
}

impl Row {
    /// As it stands on the pages after the first.
    fn again(&self) -> Self {
        Self { cells: self.cells.clone(), parts: Vec::new() }
    }
}

impl Table {
    /// Whether it has a heading row.
    pub(super) fn headed(&self) -> bool {
        self.columns.iter().any(|column| !column.title.is_empty())
    }

    /// Widths that together make `whole`, in proportion; an equal share where nobody asks for any.
    pub(super) fn widths(&self, whole: f32) -> Vec<f32> {
        let wish = |column: &TableColumn| f32::from(column.width.max(1));
        let all: f32 = self.columns.iter().map(wish).sum();
        self.columns.iter().map(|column| whole * wish(column) / all).collect()
    }

    /// The texts of a row, as many as there are columns, and whether it is bold.
    pub(super) fn cells<'t>(&'t self, at: usize, row: &'t [String]) -> (Vec<(&'t str, Align)>, bool) {
        let text = |no: usize| row.get(no).map_or("", String::as_str);
        let texts = self.columns.iter().enumerate().map(|(no, column)| (text(no), column.align)).collect();
        (texts, self.totalled && at + 1 == self.rows.len())
    }
}

fn tall(row: &[VecDeque<SetLine>]) -> f32 {
    let cell = |lines: &VecDeque<SetLine>| lines.iter().map(SetLine::tall).sum::<f32>();
    row.iter().map(cell).fold(0.0, f32::max) + 2.0 * PAD
}

/// Takes the lines of each cell that fit into `room`.
fn take(row: &mut [VecDeque<SetLine>], room: f32) -> Cells {
    let part = |lines: &mut VecDeque<SetLine>| {
        let mut left = room - 2.0 * PAD;
        let mut part = VecDeque::new();
        while lines.front().is_some_and(|line| line.tall() <= left) {
            let line = lines.pop_front();
            left -= line.as_ref().map_or(0.0, SetLine::tall);
            part.extend(line);
        }
        part
    };
    row.iter_mut().map(part).collect()
}

impl<M: Measure> Press<'_, M> {
    /// Puts a whole table, over as many pages as it needs.
    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let widths = table.widths(self.frame.width);
        let whole = self.reading.add(Role::Table, None);
        let titles = table.columns.iter().map(|column| (column.title.as_str(), Align::Centre)).collect::<Vec<_>>();
        let head = table.headed().then(|| {
            let heads = self.reading.add(Role::Heads, Some(whole));
            let cells = self.set_row(&titles, true, &widths);
            self.read_row(cells, heads, Role::Head)
        });
        let rows = self.reading.add(Role::Rows, Some(whole));
        // A heading that fills half the page leaves no room for what it heads: it stands once, like any other row.
        let (head, once) = match head {
            Some(head) if tall(&head.cells) > self.frame.height / 2.0 => (None, Some(head)),
            head => (head, None),
        };
        self.y += if self.at_top() { 0.0 } else { AROUND };
        if let Some(row) = once {
            self.row(row, &widths, None);
        }
        if let Some(row) = &head {
            let first = table.rows.first().map_or(0.0, |row| {
                let (texts, bold) = table.cells(0, row);
                tall(&self.set_row(&texts, bold, &widths))
            });
            if tall(&row.cells) + first > self.room() && !self.at_top() {
                self.turn();
            }
            self.draw(row.clone(), &widths);
        }
        let head = head.as_ref().map(Row::again);
        for (at, row) in table.rows.iter().enumerate() {
            let (texts, bold) = table.cells(at, row);
            let cells = self.set_row(&texts, bold, &widths);
            let row = self.read_row(cells, rows, Role::Cell);
            self.row(row, &widths, head.as_ref());
        }
        self.y += AROUND;
    }

    /// Takes a row into the reading order.
    fn read_row(&mut self, cells: Cells, within: usize, role: Role) -> Row {
        let row = self.reading.add(Role::Row, Some(within));
        let parts = cells.iter().map(|_| self.reading.add(role, Some(row))).collect();
        Row { cells, parts }
    }

    fn set_row(&self, texts: &[(&str, Align)], bold: bool, widths: &[f32]) -> Cells {
        let lines = |((text, align), width): (&(&str, Align), &f32)| {
            VecDeque::from(set(&cell(text, *align, bold), (width - 2.0 * PAD).max(1.0), self.measure))
        };
        texts.iter().zip(widths).map(lines).collect()
    }

    fn turn_with(&mut self, head: Option<&Row>, widths: &[f32]) {
        self.turn();
        if let Some(head) = head {
            self.draw(head.clone(), widths);
        }
    }

    fn row(&mut self, mut row: Row, widths: &[f32], head: Option<&Row>) {
        let whole = self.frame.height - head.map_or(0.0, |head| tall(&head.cells));
        while tall(&row.cells) > self.room() {
            if tall(&row.cells) > whole {
                let cells = take(&mut row.cells, self.room());
                if cells.iter().any(|lines| !lines.is_empty()) {
                    self.draw(Row { cells, parts: row.parts.clone() }, widths);
                }
            }
            self.turn_with(head, widths);
        }
        self.draw(row, widths);
    }

    fn draw(&mut self, row: Row, widths: &[f32]) {
        let (left, top, height) = (self.frame.x, self.y, tall(&row.cells));
        let whole: f32 = widths.iter().sum();
        self.across(left, top, whole);
        self.across(left, top + height, whole);
        let mut x = left;
        self.down(x, top, height);
        for (at, (lines, width)) in row.cells.into_iter().zip(widths).enumerate() {
            let part = row.parts.get(at).copied();
            let mut y = top + PAD;
            for line in lines {
                let tall = line.tall();
                self.put(x + PAD, y, line, part);
                y += tall;
            }
            x += width;
            self.down(x, top, height);
        }
        self.y = top + height;
    }
}
