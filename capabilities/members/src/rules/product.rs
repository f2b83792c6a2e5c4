//! From a person's timelines to the states the columns hold: where, in which standing, with which levels,
//! during which days, as known during which moments. A rectangle on two axes of time each.

use chibo_census::StateRow;
use chibo_kernel::{Day, Moment};

use super::Field;

/// A dated number as stored: level, standing or unit number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub to: Day,
    /// Written down.
    pub recorded: Moment,
    /// No longer believed.
    pub superseded: Moment,
    /// The number.
    pub value: u32,
}

/// All facts of one person; buffers are reused from person to person.
#[derive(Debug, Default)]
pub struct Lines {
    /// Unit numbers.
    pub postings: Vec<Fact>,
    /// Standings.
    pub standings: Vec<Fact>,
    /// Levels per field, in the order of `Field::ALL`.
    pub levels: [Vec<Fact>; 4],
    scratch: Vec<StateRow>,
}

impl Lines {
    /// Forgets the person before.
    pub fn clear(&mut self) {
        self.postings.clear();
        self.standings.clear();
        self.levels.iter_mut().for_each(Vec::clear);
    }

    /// Appends the product of all lines to `out`. Where a line says nothing, its number is 0.
    pub fn states(&mut self, out: &mut Vec<StateRow>) {
        out.clear();
        for posting in self.postings.iter().filter(|p| p.recorded < p.superseded && p.from < p.to) {
            out.push(StateRow {
                unit: posting.value,
                valid_from: posting.from,
                valid_to: posting.to,
                recorded: posting.recorded,
                superseded: posting.superseded,
                standing: 0,
                education: 0,
                degree: 0,
                theory: 0,
                occupation: 0,
            });
        }
        let scratch = &mut self.scratch;
        multiply(out, scratch, &self.standings, |row, value| row.standing = value);
        for (field, line) in Field::ALL.into_iter().zip(&self.levels) {
            match field {
                Field::Education => multiply(out, scratch, line, |row, value| row.education = value),
                Field::Degree => multiply(out, scratch, line, |row, value| row.degree = value),
                Field::Theory => multiply(out, scratch, line, |row, value| row.theory = value),
                Field::Occupation => multiply(out, scratch, line, |row, value| row.occupation = value),
            }
        }
    }
}

/// Splits every rectangle by the facts of one line and sets their number inside.
fn multiply(rows: &mut Vec<StateRow>, done: &mut Vec<StateRow>, line: &[Fact], set: impl Fn(&mut StateRow, u8)) {
    for fact in line.iter().filter(|f| f.recorded < f.superseded && f.from < f.to) {
        let mut index = 0;
        while index < rows.len() {
            let row = rows[index];
            let inside = StateRow {
                valid_from: row.valid_from.max(fact.from),
                valid_to: row.valid_to.min(fact.to),
                recorded: row.recorded.max(fact.recorded),
                superseded: row.superseded.min(fact.superseded),
                ..row
            };
            if inside.valid_from >= inside.valid_to || inside.recorded >= inside.superseded {
                index += 1;
                continue;
            }
            rows.swap_remove(index);
            rest(&row, &inside, rows);
            let mut inside = inside;
            set(&mut inside, fact.value as u8);
            done.push(inside);
        }
    }
    rows.append(done);
}

/// What is left of a rectangle around a smaller one inside it: up to four pieces.
fn rest(row: &StateRow, inside: &StateRow, out: &mut Vec<StateRow>) {
    if row.valid_from < inside.valid_from {
        out.push(StateRow { valid_to: inside.valid_from, ..*row });
    }
    if inside.valid_to < row.valid_to {
        out.push(StateRow { valid_from: inside.valid_to, ..*row });
    }
    let middle = StateRow { valid_from: inside.valid_from, valid_to: inside.valid_to, ..*row };
    if row.recorded < inside.recorded {
        out.push(StateRow { superseded: inside.recorded, ..middle });
    }
    if inside.superseded < row.superseded {
        out.push(StateRow { recorded: inside.superseded, ..middle });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fact() -> impl Strategy<Value = Fact> {
        (0..20i32, 1..10i32, 0..6i64, 1..4i64, 1..5u32).prop_map(|(from, days, recorded, known, value)| Fact {
            from: Day::from_number(from),
            to: Day::from_number(from + days),
            recorded: Moment(recorded),
            superseded: Moment(recorded + known),
            value,
        })
    }

    /// Facts of one line never overlap on both axes: that is what `Timeline` guarantees.
    fn line() -> impl Strategy<Value = Vec<Fact>> {
        proptest::collection::vec(fact(), 0..5).prop_map(|facts| {
            let mut kept: Vec<Fact> = Vec::new();
            for f in facts {
                let meets =
                    |k: &Fact| f.from < k.to && k.from < f.to && f.recorded < k.superseded && k.recorded < f.superseded;
                if !kept.iter().any(meets) {
                    kept.push(f);
                }
            }
            kept
        })
    }

    fn at(line: &[Fact], day: i32, known: i64) -> u32 {
        let (day, known) = (Day::from_number(day), Moment(known));
        let holds = |f: &&Fact| f.from <= day && day < f.to && f.recorded <= known && known < f.superseded;
        line.iter().find(holds).map_or(0, |f| f.value)
    }

    proptest! {
        #[test]
        fn org_18_the_product_says_on_every_day_with_every_knowledge_what_the_lines_say(
            postings in line(), standings in line(), theory in line(), degree in line()
        ) {
            let mut lines = Lines { postings, standings, ..Lines::default() };
            lines.levels[1] = degree;
            lines.levels[2] = theory;
            let mut states = Vec::new();
            lines.states(&mut states);
            for day in 0..32 {
                for known in 0..12 {
                    let unit = at(&lines.postings, day, known);
                    let found: Vec<_> = states.iter().filter(|s| s.valid_from.number() <= day && day < s.valid_to.number()
                        && s.recorded.0 <= known && known < s.superseded.0).collect();
                    if unit == 0 {
                        prop_assert!(found.is_empty());
                        continue;
                    }
                    prop_assert_eq!(found.len(), 1);
                    prop_assert_eq!(found[0].unit, unit);
                    prop_assert_eq!(u32::from(found[0].standing), at(&lines.standings, day, known));
                    prop_assert_eq!(u32::from(found[0].degree), at(&lines.levels[1], day, known));
                    prop_assert_eq!(u32::from(found[0].theory), at(&lines.levels[2], day, known));
                }
            }
        }
    }
}
