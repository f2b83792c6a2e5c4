//! The numbers of a day and the clocks they drive.

use chibo_kernel::rulebook::{Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};

use super::conditions::Schooling;
use super::papers::{PaperSet, PaperStage};
use super::step::{Course, Step};
use super::vote::Body;

/// The first day of the oldest instrument in the rulebook: 30 July 2021.
const OLDEST: Day = Day::from_number(18_838);

/// Read from the rulebook once.
pub struct Terms {
    book: &'static Rulebook,
    /// Youngest and oldest age at the branch's decision, months (MEM-01).
    pub ages: (i32, i32),
    certificate: Term,
    stale: Term,
    decide: (Term, Term),
    ceremony: Term,
    probation: Term,
    consider: Term,
    recognise: (Term, Term),
    together: Term,
    answer: (Term, Term),
    wait: (Term, Term),
    moving: [Term; 4],
    declare: Term,
    /// Months from which somebody is admitted where he works or studies (MEM-23).
    pub at_workplace_from: u32,
    /// Schooling asked for (MEM-02).
    pub schooling: Schooling,
    /// Whether somebody older than the oldest age may be admitted with the city's consent (MEM-01).
    pub older_with_consent: bool,
    /// Bodies that may decide (MEM-20).
    deciders: Vec<Body>,
    /// Failed votes in a row after which a case goes up regardless.
    pub failures: u32,
    day: Day,
    /// The version decided under.
    pub version: String,
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
        let months = |name: &str| -> Result<i32, Problem> {
            i32::try_from(rule("MEM-01")?.int(name)?).map(|years| years * 12).map_err(Problem::fault)
        };
        let ids = [
            "MEM-01", "MEM-02", "MEM-05", "MEM-12", "MEM-15", "MEM-16", "MEM-20", "MEM-21", "MEM-22", "MEM-23",
            "MEM-24", "MEM-25", "MEM-27", "MEM-30", "MEM-31", "MEM-33",
        ];
        let doubtful = rules.doubtful(&ids);
        Ok(Self {
            ages: (months("min_years")?, months("max_years")?),
            certificate: rule("MEM-05")?.term("valid_for")?,
            stale: rule("MEM-16")?.term("stale_after")?,
            decide: (rule("MEM-21")?.term("decide")?, rule("MEM-21")?.term("extension")?),
            ceremony: rule("MEM-24")?.term("within")?,
            probation: rule("MEM-30")?.term("probation")?,
            consider: rule("MEM-31")?.term("consider")?,
            recognise: (rule("MEM-33")?.term("decide")?, rule("MEM-33")?.term("extension")?),
            together: rule("MEM-12")?.term("together")?,
            answer: (rule("MEM-15")?.term("in_country")?, rule("MEM-15")?.term("abroad")?),
            wait: (rule("MEM-27")?.term("wait")?, rule("MEM-27")?.term("wait_after_clearance")?),
            moving: moving(rule("MEM-22")?)?,
            declare: rule("MEM-25")?.term("declare")?,
            at_workplace_from: months_of(rule("MEM-23")?.term("at_workplace_from")?)?,
            schooling: Schooling::of(rule("MEM-02")?)?,
            older_with_consent: rule("MEM-01")?.flag("over_max_needs_city_consent")?,
            deciders: deciders(rule("MEM-20")?)?,
            failures: u32::try_from(rule("X-11")?.int("failed_votes")?).map_err(Problem::fault)?,
            day: day.max(OLDEST),
            version: rule("MEM-18")?.version(),
            doubtful,
            book,
        })
    }

    fn after(&self, day: Day, term: Term) -> Day {
        term.after(day, self.book.calendar()).value
    }

    /// Bodies that may decide (MEM-20); one of them only where the base organisation stands directly under the city.
    pub fn deciders(&self, under_city: bool) -> Vec<Body> {
        self.deciders.iter().copied().filter(|body| under_city || *body != Body::CityStanding).collect()
    }

    /// The papers of a stage on this day (MEM-13, MEM-32).
    ///
    /// # Errors
    /// A fault when the rulebook lacks them.
    pub fn papers(&self, stage: PaperStage) -> Result<PaperSet, Problem> {
        PaperSet::of(self.book.on(self.day), stage)
    }

    /// From when somebody who came together with the candidate on a day may introduce him (MEM-12).
    pub fn together_from(&self, since: Day) -> Day {
        self.after(since, self.together)
    }

    /// By when a request for verification is answered (MEM-15).
    pub fn answer_by(&self, sent: Day, abroad: bool) -> Day {
        self.after(sent, if abroad { self.answer.1 } else { self.answer.0 })
    }

    /// From when a former member may be admitted again (MEM-27).
    pub fn again_from(&self, left: Day) -> Day {
        self.after(left, self.wait.0)
    }

    /// The same of somebody whose record was cleared on a day (MEM-27).
    pub fn again_from_clearance(&self, cleared: Day) -> Day {
        self.after(cleared, self.wait.1)
    }

    /// By when the file of somebody who moves is forwarded (MEM-22).
    pub fn forward_by(&self, ordered: Day) -> Day {
        self.after(ordered, self.moving[0])
    }

    /// By when the new place decides, or reports why not (MEM-22).
    pub fn receiver_decides_by(&self, forwarded: Day) -> Day {
        self.after(forwarded, self.moving[1])
    }

    /// The last day on which a decision of the old place still counts at the new one (MEM-22).
    pub fn decision_counts_until(&self, ordered: Day) -> Day {
        self.after(ordered, self.moving[2])
    }

    /// By when the new place has examined the case again (MEM-22).
    pub fn re_examine_by(&self, day: Day) -> Day {
        self.after(day, self.moving[3])
    }

    /// By when a new member has declared life history and sheet (MEM-25).
    pub fn declare_by(&self, admitted: Day) -> Day {
        self.after(admitted, self.declare)
    }

    /// By when the committee decides on the recognition after the branch's vote (MEM-33), with the longer time of a
    /// special case once that is recorded.
    pub fn recognise_by(&self, voted: Day, extended: bool) -> Day {
        self.longer(voted, self.recognise, extended)
    }

    /// By when the admission is decided after the branch's vote (MEM-21), with the longer time of a special case.
    pub fn decide_by(&self, voted: Day, extended: bool) -> Day {
        self.longer(voted, self.decide, extended)
    }

    fn longer(&self, voted: Day, (term, extension): (Term, Term), extended: bool) -> Day {
        let by = self.after(voted, term);
        if extended { self.after(by, extension) } else { by }
    }

    /// Whether the time of the ceremony counts from the day the decision is received, by the instrument of the day of the
    /// decision (MEM-24); otherwise it counts from its issue.
    pub fn counts_from_receipt(&self, decided: Day) -> bool {
        let rule = self.book.on(decided.max(OLDEST)).require("MEM-24").ok();
        rule.is_some_and(|rule| rule.text("clock_starts").is_ok_and(|clock| clock == "receipt"))
    }

    /// By when the ceremony is held (MEM-24); `None` while its time does not run: nothing decided, or nothing received
    /// where it counts from receipt.
    pub fn ceremony_by(&self, course: &Course) -> Option<Day> {
        let decided = course.day(Step::Decided)?;
        let from = if self.counts_from_receipt(decided) { course.day(Step::Received)? } else { decided };
        Some(self.after(from, self.ceremony))
    }

    /// The last day a certificate counts (MEM-05).
    pub fn certificate_until(&self, certified: Day) -> Day {
        self.after(certified, self.certificate)
    }

    /// The last day the branch may vote on a file (MEM-16).
    pub fn file_until(&self, opened: Day) -> Day {
        self.after(opened, self.stale)
    }

    /// The official day: when probation ends, however late it is considered (MEM-31).
    pub fn official_on(&self, admitted: Day) -> Day {
        self.after(admitted, self.probation)
    }

    /// By when recognition is considered (MEM-31).
    pub fn consider_by(&self, admitted: Day) -> Day {
        self.after(self.official_on(admitted), self.consider)
    }

    /// What is due next and by when; the rule behind it.
    pub fn due(&self, course: &Course) -> Option<(Step, Day, &'static str)> {
        let day = |step: Step| course.day(step);
        if let Some(due) = super::moving::due(course, self) {
            return Some(due);
        }
        match course.stage()? {
            Step::Certified => Some((Step::Opened, self.certificate_until(day(Step::Certified)?), "MEM-05")),
            Step::Opened => {
                let since = day(Step::Renewed).or(day(Step::Opened))?;
                Some((Step::BranchVoted, self.file_until(since), "MEM-16"))
            }
            Step::BranchVoted | Step::CommitteeVoted => {
                let by = self.decide_by(day(Step::BranchVoted)?, course.done(Step::Extended));
                Some((if course.unnotified() { Step::Notified } else { Step::Decided }, by, "MEM-21"))
            }
            Step::Decided => match self.ceremony_by(course) {
                Some(by) => Some((Step::Admitted, by, "MEM-24")),
                // Without its receipt the clock of the ceremony stands still: that is what has to be told first.
                None => Some((Step::Received, self.after(day(Step::Decided)?, self.ceremony), "MEM-24")),
            },
            _ => None,
        }
    }
}

fn months_of(term: Term) -> Result<u32, Problem> {
    match term {
        Term::Months(months) => Ok(months),
        other => Err(Problem::fault(format!("months, not {other:?}"))),
    }
}

/// Forwarding, deciding, how long a decision counts, examining again (MEM-22).
fn moving(rule: &Rule) -> Result<[Term; 4], Problem> {
    let term = |name| rule.term(name);
    Ok([term("forward_file")?, term("receiver_decides")?, term("decision_still_counts")?, term("re_examine")?])
}

/// The body the rulebook names, and the base committee where it may be authorised (MEM-20).
fn deciders(rule: &Rule) -> Result<Vec<Body>, Problem> {
    let code = rule.text("decider")?;
    let named = Body::from_code(code).ok_or_else(|| Problem::fault(format!("a deciding body {code}")))?;
    let authorised = rule.ratio("authorised_base_at_least").is_ok().then_some(Body::AuthorisedBase);
    let city = rule.text("directly_under_city").ok().and_then(Body::from_code);
    Ok(std::iter::once(named).chain(authorised).chain(city).collect())
}
