//! Numbers and clocks of the rulebook (CRD-01…CRD-04, DOS-05…DOS-08).

use chibo_kernel::rulebook::{DayOfYear, Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};

/// The first day of the oldest instrument in the rulebook: 30 July 2021.
pub(super) const OLDEST: Day = Day::from_number(18_838);

/// Read from the rulebook once.
pub struct Terms {
    book: &'static Rulebook,
    handed: Term,
    list: Term,
    check_from: DayOfYear,
    check_by: DayOfYear,
    files: Term,
    loan: Term,
    lost: Term,
    /// The card's number is the identification number (CRD-02).
    pub by_identity: bool,
    /// Cards of the old model end here (CRD-02).
    pub new_from: Day,
    /// A block has at least so many numbers a member (DOS-08).
    pub block_least: u64,
    /// A block has at most so many numbers a member (DOS-08).
    pub block_most: u64,
    /// The month of the report on numbers (DOS-08).
    pub report_month: u8,
    /// Version of CRD-03 decided under.
    pub card_version: String,
    /// Version of DOS-08 decided under.
    pub number_version: String,
    /// Versions of DOS-05 and DOS-06 decided under.
    pub file_versions: (String, String),
    /// Version of DOS-09 decided under.
    pub lost_version: String,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
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
        let first = |name: &str| {
            let days = rule("CRD-04")?.days_of_year(name)?;
            days.first().copied().ok_or_else(|| Problem::fault(format!("CRD-04: {name} is empty")))
        };
        let small = |name: &str| rule("DOS-08")?.int(name).and_then(|n| u64::try_from(n).map_err(Problem::fault));
        let mut new_from = Day::FOREVER;
        for version in book.versions_of("CRD-02") {
            if version.flag("is_identity_number")? {
                new_from = new_from.min(version.valid.from());
            }
        }
        let ids = ["CRD-01", "CRD-02", "CRD-03", "CRD-04", "DOS-05", "DOS-06", "DOS-08", "DOS-09"];
        Ok(Self {
            book,
            handed: rule("CRD-01")?.term("handed_within")?,
            list: rule("CRD-03")?.term("list_every")?,
            check_from: first("check_from")?,
            check_by: first("check_by")?,
            files: rule("DOS-05")?.term("every")?,
            loan: rule("DOS-06")?.term("most")?,
            lost: rule("DOS-09")?.term("step_within")?,
            by_identity: rule("CRD-02")?.flag("is_identity_number")?,
            new_from,
            block_least: small("block_least")?,
            block_most: small("block_most")?,
            report_month: u8::try_from(small("report_month")?).map_err(Problem::fault)?,
            card_version: rule("CRD-03")?.version(),
            number_version: rule("DOS-08")?.version(),
            file_versions: (rule("DOS-05")?.version(), rule("DOS-06")?.version()),
            lost_version: rule("DOS-09")?.version(),
            doubtful: rules.doubtful(&ids),
        })
    }

    fn after(&self, day: Day, term: Term) -> Day {
        term.after(day, self.book.calendar()).value
    }

    /// The branch meeting at which the card of a member official since a day is handed over (CRD-01).
    pub fn handed_by(&self, official: Day) -> Day {
        self.after(official, self.handed)
    }

    /// The next list after a step (CRD-03).
    pub fn next_list(&self, step: Day) -> Day {
        self.after(step, self.list)
    }

    /// When cards are checked in a year: from, by (CRD-04).
    pub fn check_in(&self, year: i32) -> (Day, Day) {
        (self.check_from.of(year).unwrap_or(Day::FOREVER), self.check_by.of(year).unwrap_or(Day::FOREVER))
    }

    /// The next check of dossiers after one (DOS-05).
    pub fn next_files(&self, last: Day) -> Day {
        self.after(last, self.files)
    }

    /// The last day a dossier given out is back (DOS-06).
    pub fn loan_until(&self, out: Day) -> Day {
        self.after(out, self.loan)
    }

    /// The day by which the next step after a loss is due (DOS-09).
    pub fn lost_by(&self, step: Day) -> Day {
        self.after(step, self.lost)
    }

    /// The days of the report on numbers in a year (DOS-08): first and last of the month.
    pub fn report_in(&self, year: i32) -> (Day, Day) {
        let first = Day::from_ymd(year, self.report_month, 1).unwrap_or(Day::FOREVER);
        (first, if first == Day::FOREVER { first } else { first.plus_months(1).plus_days(-1) })
    }
}
