//! The clocks of a transfer (TRF-01, TRF-03, TRF-12).

use chibo_kernel::rulebook::{Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};

use super::{Contract, Course, Kind, Purpose, State};

/// The first day of the oldest instrument in the rulebook: 30 July 2021.
const OLDEST: Day = Day::from_number(18_838);

/// Read from the rulebook once.
pub struct Terms {
    book: &'static Rulebook,
    start: Term,
    present: Term,
    lost: Term,
    stay_least: Term,
    stay_under: Term,
    study_most: Term,
    abroad: Term,
    abroad_temporary: Term,
    after_return: Term,
    contract: Term,
    graduate: Term,
    /// Official members who come together and form a temporary branch (TRF-08).
    pub together: usize,
    /// Boxes of the paper of somebody who goes abroad (TRF-02).
    pub boxes_abroad: usize,
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
        let rule = |id: &str| rules.require(id);
        let ids = ["TRF-01", "TRF-02", "TRF-03", "TRF-07", "TRF-08", "TRF-09", "TRF-10", "TRF-12"];
        let doubtful = rules.doubtful(&ids);
        Ok(Self {
            start: rule("TRF-01")?.term("start")?,
            present: rule("TRF-03")?.term("present")?,
            lost: rule("TRF-12")?.term("more_than")?,
            stay_least: rule("TRF-07")?.term("from")?,
            stay_under: rule("TRF-07")?.term("less_than")?,
            study_most: rule("TRF-07")?.term("study_at_most")?,
            abroad: rule("TRF-10")?.term("official")?,
            abroad_temporary: rule("TRF-10")?.term("temporary")?,
            after_return: rule("TRF-10")?.term("after_return")?,
            contract: rule("TRF-09")?.term("official_from_contract")?,
            graduate: rule("TRF-09")?.term("graduates_stay")?,
            together: usize::try_from(rule("TRF-08")?.int("min_official_members")?).unwrap_or(usize::MAX),
            boxes_abroad: usize::try_from(rule("TRF-02")?.int("boxes_abroad")?).unwrap_or(0),
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

    /// Whether somebody with a contract goes over to the organisation of his workplace for good (TRF-09).
    pub fn official_by(&self, contract: Contract) -> bool {
        let Term::Months(from) = self.contract else { return false };
        contract.at_least().is_some_and(|least| least >= from)
    }

    /// The last day a graduate may stay with the organisation of his school (TRF-09).
    pub fn graduate_by(&self, cause: Day) -> Day {
        self.after(cause, self.graduate)
    }

    /// Whether the papers were handed in after their time (TRF-13).
    pub fn late(&self, course: &Course) -> bool {
        let introduced = course.introduced().zip(course.presented());
        introduced.is_some_and(|(introduced, presented)| presented > self.present_by(introduced))
    }

    /// Whether the three months of somebody on the way have run out (TRF-12).
    pub fn lost(&self, course: &Course, today: Day) -> bool {
        course.state() == State::InTransit && course.awaited().is_some_and(|awaited| today > self.lost_after(awaited))
    }

    /// The first day a stay may end on (TRF-07).
    pub fn stay_from(&self, from: Day) -> Day {
        self.after(from, self.stay_least)
    }

    /// The last day a stay may end on: less than twelve months, study at most twenty-four (TRF-07).
    pub fn stay_last(&self, from: Day, purpose: Purpose) -> Day {
        match purpose {
            Purpose::Study => self.after(from, self.study_most),
            Purpose::Work | Purpose::Residence => self.after(from, self.stay_under).plus_days(-1),
        }
    }

    /// The last day to hand in the papers after coming back to the country (TRF-10).
    pub fn home_by(&self, landed: Day) -> Day {
        self.after(landed, self.after_return)
    }

    /// The last day to arrive after the introduction, with the rule: abroad TRF-10, elsewhere TRF-03.
    fn arrive_by(&self, kind: Kind, introduced: Day) -> (Day, &'static str) {
        match kind {
            Kind::Abroad => (self.after(introduced, self.abroad), "TRF-10"),
            Kind::TemporaryAbroad => (self.after(introduced, self.abroad_temporary), "TRF-10"),
            _ => (self.present_by(introduced), "TRF-03"),
        }
    }

    /// What runs out next for an open transfer.
    pub fn clock(&self, course: &Course, today: Day) -> Option<Clock> {
        match course.state() {
            State::Requested if course.kind == Kind::Incoming => {
                let due = self.present_by(course.cause);
                Some(Clock { due, rule: "TRF-03", word: "transfers-clock-present" })
            }
            State::Requested => {
                Some(Clock { due: self.start_by(course.cause), rule: "TRF-01", word: "transfers-clock-start" })
            }
            State::InTransit => {
                let introduced = course.awaited()?;
                let lost = self.lost_after(introduced);
                if today > lost && !course.kind.abroad() {
                    return Some(Clock { due: lost, rule: "TRF-12", word: "transfers-clock-lost" });
                }
                let (due, rule) = self.arrive_by(course.kind, introduced);
                let word = if course.kind.abroad() {
                    "transfers-clock-mission"
                } else if course.kind.outward() {
                    "transfers-clock-confirm"
                } else {
                    "transfers-clock-present"
                };
                Some(Clock { due, rule, word })
            }
            State::Presented => {
                Some(Clock { due: self.present_by(course.awaited()?), rule: "TRF-03", word: "transfers-clock-accept" })
            }
            _ => None,
        }
    }
}
