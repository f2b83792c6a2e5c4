//! The clocks of a transfer (TRF-01, TRF-03, TRF-12).

use chibo_kernel::rulebook::{Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};

use super::{Course, State};

/// The first day of the oldest instrument in the rulebook: 30 July 2021.
const OLDEST: Day = Day::from_number(18_838);

/// Read from the rulebook once.
pub struct Terms {
    book: &'static Rulebook,
    start: Term,
    present: Term,
    lost: Term,
    /// The version decided under.
    pub version: String,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
}

/// What runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The last day in time.
    pub due: Day,
    /// The rule behind it.
    pub rule: &'static str,
    /// Key of what happens.
    pub word: &'static str,
}

impl Terms {
    /// Of a day; days before the oldest instrument of the rulebook are judged by that one.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let book = Rulebook::built_in()?;
        let rules = book.on(day.max(OLDEST));
        let rule = |id: &str| rules.rule(id).ok_or_else(|| Problem::fault(format!("the rulebook lacks {id}")));
        let ids = ["TRF-01", "TRF-03", "TRF-12"];
        let doubtful = ids.iter().filter_map(|id| rules.rule(id)).filter(|rule| rule.note.is_some()).collect();
        Ok(Self {
            start: rule("TRF-01")?.term("start")?,
            present: rule("TRF-03")?.term("present")?,
            lost: rule("TRF-12")?.term("more_than")?,
            version: rule("TRF-02")?.version(),
            doubtful,
            book,
        })
    }

    fn after(&self, day: Day, term: Term) -> Day {
        term.after(day, self.book.calendar()).value
    }

    /// The last day to start after the move (TRF-01).
    pub fn start_by(&self, cause: Day) -> Day {
        self.after(cause, self.start)
    }

    /// The last day to present the papers (TRF-03).
    pub fn present_by(&self, introduced: Day) -> Day {
        self.after(introduced, self.present)
    }

    /// The day after which the receiving committee strikes off without a valid reason (TRF-12).
    pub fn lost_after(&self, introduced: Day) -> Day {
        self.after(introduced, self.lost)
    }

    /// What runs out next for an open transfer.
    pub fn clock(&self, course: &Course, today: Day) -> Option<Clock> {
        match course.state() {
            State::Requested => {
                Some(Clock { due: self.start_by(course.cause), rule: "TRF-01", word: "transfers-clock-start" })
            }
            State::InTransit => {
                let introduced = course.introduced()?;
                let lost = self.lost_after(introduced);
                if today > lost {
                    return Some(Clock { due: lost, rule: "TRF-12", word: "transfers-clock-lost" });
                }
                Some(Clock { due: self.present_by(introduced), rule: "TRF-03", word: "transfers-clock-present" })
            }
            State::Presented => Some(Clock {
                due: self.present_by(course.introduced()?),
                rule: "TRF-03",
                word: "transfers-clock-accept",
            }),
            _ => None,
        }
    }
}
