//! The numbers of a day and the clocks they drive.

use chibo_kernel::rulebook::{Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};
use chibo_members::rules::deciding::Deciding;

/// The first day of the guidance the rules follow: 19 November 2025.
const OLDEST: Day = Day::from_number(20_411);

/// Read from the rulebook once.
pub struct Terms {
    book: &'static Rulebook,
    calendar: Vec<chibo_kernel::rulebook::DayOfYear>,
    check_every: Term,
    help: Term,
    report_every: Term,
    complain: Term,
    handle: Term,
    wait: Term,
    /// Months after which whoever moved without handing in the papers is struck off (SCR-04).
    pub moved_months: u32,
    /// Unanswered demands after which the branch proceeds (EXI-11).
    pub demands: usize,
    /// Failed votes in a row after which a case goes up regardless.
    pub failures: u32,
    /// Whether the standing committee of the base organisation decides (MEM-20), else that of the committee above it.
    pub base_decides: bool,
    /// Which body decides, by setting (MEM-20).
    pub deciding: Deciding,
    /// The version decided under.
    pub version: String,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
}

fn months(rule: &Rule, name: &str) -> Result<u32, Problem> {
    match rule.term(name)? {
        Term::Months(months) => Ok(months),
        other => Err(Problem::fault(format!("{}: {name} is {other:?}", rule.id))),
    }
}

impl Terms {
    /// Of a day; days before the guidance are judged by it.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let book = Rulebook::built_in()?;
        let rules = book.on(day.max(OLDEST));
        let rule = |id: &str| rules.require(id);
        let ids = [
            "SCR-01", "SCR-02", "SCR-03", "SCR-04", "SCR-05", "SCR-08", "SCR-09", "SCR-11", "SCR-12", "MEM-20",
            "EXI-11", "EXI-12",
        ];
        let doubtful = rules.doubtful(&ids);
        Ok(Self {
            calendar: rule("SCR-01")?.days_of_year("calendar")?,
            check_every: rule("SCR-01")?.term("check_every")?,
            report_every: rule("SCR-12")?.term("every")?,
            help: rule("SCR-08")?.term("help_at_most")?,
            complain: rule("SCR-11")?.term("complain")?,
            handle: rule("EXI-12")?.term("handle")?,
            wait: rule("MEM-27")?.term("wait")?,
            moved_months: months(rule("SCR-04")?, "more_than")?,
            demands: usize::try_from(rule("EXI-11")?.int("demands")?).map_err(Problem::fault)?,
            failures: u32::try_from(rule("X-11")?.int("failed_votes")?).map_err(Problem::fault)?,
            base_decides: Deciding::of(rules)?.at_base(),
            deciding: Deciding::of(rules)?,
            version: rule("SCR-11")?.version(),
            doubtful,
            book,
        })
    }

    fn after(&self, day: Day, term: Term) -> Day {
        term.after(day, self.book.calendar()).value
    }

    /// By when the branch plans and reports, and by when the lists are complete, in a year (SCR-01).
    pub fn days_of(&self, year: i32) -> Option<(Day, Day)> {
        Some((self.calendar.first()?.of(year)?, self.calendar.get(1)?.of(year)?))
    }

    /// By when the branch looks again (SCR-01).
    pub fn next_check(&self, last: Day) -> Day {
        self.after(last, self.check_every)
    }

    /// By when the next report of a campaign is made, after the last one or its opening (SCR-12).
    pub fn report_by(&self, last: Day) -> Day {
        self.after(last, self.report_every)
    }

    /// The last day help may go on that began on a day (SCR-08).
    pub fn help_at_most(&self, began: Day) -> Day {
        self.after(began, self.help)
    }

    /// The last day to complain after the decision was received (SCR-11).
    pub fn complain_by(&self, received: Day) -> Day {
        self.after(received, self.complain)
    }

    /// How long he may complain, for papers (SCR-11).
    pub const fn complain(&self) -> Term {
        self.complain
    }

    /// By when a complaint is handled (EXI-12).
    pub fn handle_by(&self, complained: Day) -> Day {
        self.after(complained, self.handle)
    }

    /// The first day on which re-admission can be considered; `None` for those who gave up their membership by
    /// themselves, who are never admitted again (MEM-27).
    pub fn readmission_from(&self, removed: Day, rules: &[String]) -> Option<Day> {
        let abandoned = rules.iter().any(|rule| rule == "SCR-04");
        (!abandoned).then(|| self.after(removed, self.wait))
    }
}
