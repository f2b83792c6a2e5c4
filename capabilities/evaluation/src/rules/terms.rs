//! The regime of a day: 132 (2018), 124 (2023) or 366 (2025), as numbers of the rulebook.

use chibo_kernel::rulebook::{Rule, RuleSet, Rulebook, Term};
use chibo_kernel::{Day, Problem};

use super::cap::Cap;
use super::kind::CampaignKind;
use super::points::{self, Criterion, TaskFormula};

/// The first day of 132-QĐ/TW, 8 March 2018: earlier days are judged by it.
const OLDEST: Day = Day::from_number(17_598);

/// A level's conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Least points, in hundredths.
    pub least: u32,
    /// Least tasks done on time, of a hundred.
    pub on_time: u64,
    /// Least tasks above requirement, of a hundred.
    pub above: u64,
    /// Least tasks done.
    pub done: u64,
    /// Most late ones.
    pub late: u64,
}

/// What a day's rules say about quarters (EVAL-42…44).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarters {
    /// Least tasks done, of a hundred.
    pub done: u64,
    /// Least tasks done by the unit led.
    pub unit: u64,
    /// Failed quarters in a row after which replacement is considered.
    pub in_a_row: u64,
}

/// Read from the rulebook once.
pub struct Terms {
    book: &'static Rulebook,
    least: Term,
    calendar: Vec<chibo_kernel::rulebook::DayOfYear>,
    /// Kinds of campaigns there are.
    pub kinds: Vec<CampaignKind>,
    /// Whether there are points.
    pub scored: bool,
    /// The tree of criteria.
    pub criteria: Vec<Criterion>,
    /// The formula of tasks; none before 366.
    pub formula: Option<TaskFormula>,
    /// Conditions of excellent, good, fulfilled.
    pub bands: [Band; 3],
    /// The cap.
    pub cap: Cap,
    /// Codes of what forces the lowest level (EVAL-25).
    pub causes: Vec<String>,
    /// Tasks done, of a hundred, below which a subject fails with main targets missed.
    pub half: u64,
    /// Units disciplined, of a hundred, above which a collective fails.
    pub below: u64,
    /// Codes of ceilings (EVAL-26).
    pub ceilings: Vec<String>,
    /// Quarters; none before 2026.
    pub quarters: Option<Quarters>,
    /// The version classes are decided under.
    pub version: String,
    /// The instrument, by register id.
    pub instrument: String,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
}

fn whole(rule: &Rule, name: &str) -> Result<u64, Problem> {
    u64::try_from(rule.int(name)?).map_err(Problem::fault)
}

fn points_of(rule: &Rule) -> Result<u32, Problem> {
    u32::try_from(rule.int("least")? * 100).map_err(Problem::fault)
}

fn bands(rules: RuleSet<'_>) -> Result<[Band; 3], Problem> {
    let (best, good, done) = (rules.require("EVAL-20")?, rules.require("EVAL-21")?, rules.require("EVAL-22")?);
    let open = Band { least: 0, on_time: 0, above: 0, done: 0, late: 100 };
    Ok([
        Band {
            least: points_of(best)?,
            on_time: whole(best, "on_time_percent")?,
            above: whole(best, "above_percent")?,
            ..open
        },
        Band { least: points_of(good)?, on_time: whole(good, "on_time_percent")?, ..open },
        Band {
            least: points_of(done)?,
            done: whole(done, "done_percent")?,
            late: whole(done, "late_percent")?,
            ..open
        },
    ])
}

fn quarters(rules: RuleSet<'_>) -> Result<Option<Quarters>, Problem> {
    let (Some(done), Some(unit), Some(row)) = (rules.rule("EVAL-42"), rules.rule("EVAL-43"), rules.rule("EVAL-44"))
    else {
        return Ok(None);
    };
    let (done, unit) = (whole(done, "done_percent")?, whole(unit, "unit_percent")?);
    Ok(Some(Quarters { done, unit, in_a_row: whole(row, "in_a_row")? }))
}

impl Terms {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let book = Rulebook::built_in()?;
        let rules = book.on(day.max(OLDEST));
        let rule = |id: &str| rules.require(id);
        let texts = |id: &str, name: &str| -> Result<Vec<String>, Problem> {
            Ok(rule(id)?.texts(name)?.into_iter().map(str::to_owned).collect())
        };
        let (points, cap) = (rule("EVAL-10")?, rule("EVAL-24")?);
        let scored = points.flag("scored")?;
        let ids = ["EVAL-02", "EVAL-06", "EVAL-10", "EVAL-12", "EVAL-20", "EVAL-21", "EVAL-22", "EVAL-24", "EVAL-25"];
        let more = ["EVAL-26", "EVAL-31", "EVAL-33", "EVAL-42"];
        let kinds = texts("EVAL-01", "kinds")?;
        Ok(Self {
            book,
            least: rule("EVAL-02")?.term("least")?,
            calendar: rule("EVAL-06")?.days_of_year("calendar")?,
            kinds: kinds.iter().filter_map(|code| CampaignKind::from_code(code)).collect(),
            scored,
            criteria: if scored { points::tree(points)? } else { Vec::new() },
            formula: rules.rule("EVAL-12").map(TaskFormula::of).transpose()?,
            bands: bands(rules)?,
            cap: Cap {
                share: cap.ratio("share")?,
                exceptional: cap.ratio("exceptional")?,
                base_includes_best: cap.flag("base_includes_best")?,
            },
            causes: texts("EVAL-25", "causes")?,
            half: whole(rule("EVAL-25")?, "done_percent")?,
            below: whole(rule("EVAL-25")?, "below_percent")?,
            ceilings: texts("EVAL-26", "ceilings")?,
            quarters: quarters(rules)?,
            version: rule("EVAL-21")?.version(),
            instrument: rule("EVAL-21")?.instrument.clone(),
            doubtful: rules.doubtful(&[ids.as_slice(), more.as_slice()].concat()),
        })
    }

    /// By when the class of a year is decided (EVAL-06).
    pub fn decide_by(&self, year: i32) -> Option<Day> {
        self.calendar.first()?.of(year)
    }

    /// Whether somebody admitted on a day is evaluated in a campaign that ends on another (EVAL-02).
    pub fn long_enough(&self, admitted: Day, end: Day) -> bool {
        self.least.after(admitted, self.book.calendar()).value <= end
    }
}
