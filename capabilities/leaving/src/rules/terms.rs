//! The numbers of the rulebook: terms, deadlines, who decides (EXI-01…EXI-14, MEM-27, X-11).

use chibo_kernel::rulebook::{Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};
use chibo_members::rules::deciding::{Body, Deciding};

use super::{Ground, Kind, Limits, Phase};

/// The first day of the oldest instrument in the rulebook: 30 July 2021.
const OLDEST: Day = Day::from_number(18_838);

/// Read from the rulebook once.
pub struct Terms {
    book: &'static Rulebook,
    /// From this age on the branch may attest health itself (EXI-01); none where no rule says so.
    pub attests_from: Option<i32>,
    /// Months an exemption on other grounds stays below (EXI-02).
    pub below_months: i32,
    /// Days ahead of the end of an exemption on which the branch is reminded (EXI-04).
    pub remind: i32,
    /// Months of the year without meetings or fee (EXI-10).
    pub months_in_year: u32,
    /// Months after education without getting better (EXI-10).
    pub no_progress: i32,
    /// Years in a row in breach of the standard (EXI-10).
    pub breach_years: u32,
    /// Demands and failed votes (EXI-11, X-11).
    pub limits: Limits,
    /// The standing committee of the base organisation decides on removal itself (EXI-11).
    pub at_base: bool,
    /// Who decides on removal, by setting (MEM-20).
    pub deciding: Deciding,
    /// Who decides on an exemption on other grounds (EXI-02).
    pub exempted_by: Body,
    complain: Term,
    handle: Term,
    handle_central: Term,
    notify: Term,
    wait: Term,
    /// The versions decided under.
    pub version: String,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
}

fn months(rule: &Rule, name: &str) -> Result<i32, Problem> {
    match rule.term(name)? {
        Term::Months(months) => i32::try_from(months).map_err(Problem::fault),
        other => Err(Problem::fault(format!("{}: {name} is {other:?}", rule.id))),
    }
}

/// The number of days in a term.
const fn days(term: Term) -> u32 {
    match term {
        Term::WorkingDays(days) | Term::Days(days) | Term::Months(days) => days,
    }
}

fn whole(rule: &Rule, name: &str) -> Result<u32, Problem> {
    u32::try_from(rule.int(name)?).map_err(Problem::fault)
}

fn body(code: &str) -> Result<Body, Problem> {
    Body::from_code(code).ok_or_else(|| Problem::fault(format!("a deciding body {code}")))
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
        let ids = [
            "EXI-01", "EXI-02", "EXI-04", "EXI-10", "EXI-11", "EXI-12", "EXI-13", "EXI-14", "EXI-15", "MEM-20",
            "MEM-42",
        ];
        let doubtful = rules.doubtful(&ids);
        let (grounds, votes, complaint) = (rule("EXI-10")?, rule("EXI-11")?, rule("EXI-12")?);
        let attests_from = match rules.rule("EXI-01") {
            Some(rule) => Some(i32::try_from(rule.int("branch_attests_from_years")?).map_err(Problem::fault)?),
            None => None,
        };
        let remind = match rules.rule("EXI-04").map(|rule| rule.term("remind_ahead")) {
            Some(Ok(Term::Days(days))) => i32::try_from(days).map_err(Problem::fault)?,
            Some(Err(problem)) => return Err(problem),
            _ => 0,
        };
        let limits = Limits {
            demands: usize::try_from(votes.int("demands")?).map_err(Problem::fault)?,
            failures: whole(rule("X-11")?, "failed_votes")?,
        };
        Ok(Self {
            attests_from,
            below_months: months(rule("EXI-02")?, "less_than")?,
            remind,
            months_in_year: whole(grounds, "months_in_year")?,
            no_progress: months(grounds, "no_progress_after")?,
            breach_years: whole(grounds, "breach_years_in_a_row")?,
            limits,
            at_base: votes.text("decided_by")? == "base",
            deciding: Deciding::of(rules)?,
            exempted_by: body(rule("EXI-02")?.text("decided_by")?)?,
            complain: complaint.term("complain")?,
            handle: complaint.term("handle")?,
            handle_central: complaint.term("handle_central")?,
            notify: rule("EXI-14")?.term("notify")?,
            wait: rule("MEM-27")?.term("wait")?,
            version: votes.version(),
            doubtful,
            book,
        })
    }

    fn after(&self, day: Day, term: Term) -> Day {
        term.after(day, self.book.calendar()).value
    }

    /// How long a striking-off may be complained about (EXI-12).
    pub const fn complain(&self) -> Term {
        self.complain
    }

    /// Working days to tell the committee above of a death (EXI-14), to complain (EXI-12).
    pub const fn working_days(&self) -> (u32, u32) {
        (days(self.notify), days(self.complain))
    }

    /// The last day to complain after the decision was handed over (EXI-12).
    pub fn complain_by(&self, delivered: Day) -> Day {
        self.after(delivered, self.complain)
    }

    /// The last day to answer a complaint (EXI-12).
    pub fn handle_by(&self, lodged: Day, central: bool) -> Day {
        self.after(lodged, if central { self.handle_central } else { self.handle })
    }

    /// The last day to tell the committee above of a death and hand over the dossier (EXI-14).
    pub fn notify_by(&self, died: Day) -> Day {
        self.after(died, self.notify)
    }

    /// Whether an exemption on other grounds from one day through another stays short enough (EXI-02).
    pub fn short_enough(&self, from: Day, through: Day) -> bool {
        through.plus_days(1) < from.plus_months(self.below_months)
    }

    /// From when somebody who left may be admitted again; none for never (MEM-27).
    pub fn readmitted_from(&self, kind: Kind, ground: Option<Ground>, left: Day) -> Option<Day> {
        let never = !matches!(kind, Kind::StrikingOff | Kind::Request | Kind::Expulsion)
            || ground.is_some_and(Ground::never_again);
        (!never).then(|| self.after(left, self.wait))
    }

    /// The last day for what is to be done next, where a rule names one. `on`: the day the case is about.
    pub fn due(&self, kind: Kind, phase: Phase, on: Day, central: bool) -> Day {
        match (kind, phase) {
            (Kind::Complaint, Phase::Decision) => self.handle_by(on, central),
            (Kind::Death, Phase::Closing) => self.notify_by(on),
            _ => Day::FOREVER,
        }
    }
}
