//! What is owed in a month by the version of the rulebook in force then (FEE-01…FEE-06, FEE-09).

use chibo_kernel::rulebook::{Ratio, Rule, RuleSet, Rulebook};
use chibo_kernel::{Day, Problem};

use super::{Category, Month, Profile};

/// The first month the rulebook knows fees of.
const OLDEST: Month = Month(2011 * 12);

/// What a member owes for a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Đồng; 0 when exempt.
    pub vnd: i64,
    /// The rule.
    pub rule: &'static str,
    /// Exempt (FEE-06).
    pub exempt: bool,
}

/// The numbers of one month.
#[derive(Clone, Debug)]
pub struct Rates {
    /// The month.
    pub month: Month,
    /// Whether 01-QĐ/TW of 2026 holds; before it 342-QĐ/TW does.
    new: bool,
    salary: Ratio,
    benefit: Ratio,
    pension: Ratio,
    working: Ratio,
    retired: Ratio,
    wages: Vec<i64>,
    student: i64,
    others: i64,
    exempt_years: Option<i64>,
    exempted: bool,
    round_to: i64,
    /// Paid at most so many months ahead (FEE-07).
    pub ahead: i32,
    /// More than so many times what is owed is asked twice (FEE-07).
    pub unusual: i64,
    /// By which day of the next month the book is closed.
    pub close_by: i32,
    /// The version decided under.
    pub version: String,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
}

impl Rates {
    /// Of a month; months before 2011 are judged as January 2011.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn of(month: Month) -> Result<Self, Problem> {
        let rules = Rulebook::built_in()?.on(month.max(OLDEST).first());
        let none = Ratio::new(0, 1).ok_or_else(|| Problem::fault("no ratio"))?;
        let habits = rules.require("FEE-07")?;
        let small = |name: &str| Ok::<_, Problem>(i32::try_from(habits.int(name)?).unwrap_or(i32::MAX));
        let blank = Self {
            month,
            new: false,
            salary: none,
            benefit: none,
            pension: none,
            working: none,
            retired: none,
            wages: Vec::new(),
            student: 0,
            others: 0,
            exempt_years: None,
            exempted: false,
            round_to: habits.int("round_to_vnd")?.max(1),
            ahead: small("ahead_months")?,
            unusual: habits.int("unusual_times_due")?,
            close_by: small("book_closed_by_day")?,
            version: String::new(),
            doubtful: Vec::new(),
        };
        let (ids, mut rates): (&[&str], _) = match rules.rule("FEE-09") {
            Some(old) => (&["FEE-07", "FEE-09"], Self::old(blank, old)?),
            None => (&["FEE-03b", "FEE-06", "FEE-07"], Self::since_2026(blank, rules)?),
        };
        rates.doubtful = rules.doubtful(ids);
        Ok(rates)
    }

    fn old(blank: Self, rule: &Rule) -> Result<Self, Problem> {
        Ok(Self {
            salary: rule.ratio("of_salary")?,
            benefit: rule.ratio("of_salary")?,
            pension: rule.ratio("of_pension")?,
            others: rule.int("others_min_vnd")?,
            student: rule.int("students_vnd")?,
            version: rule.version(),
            ..blank
        })
    }

    fn since_2026(blank: Self, rules: RuleSet<'static>) -> Result<Self, Problem> {
        let (insured, free) = (rules.require("FEE-01")?, rules.require("FEE-06")?);
        Ok(Self {
            new: true,
            salary: insured.ratio("of_insured_salary")?,
            benefit: insured.ratio("of_benefit")?,
            pension: rules.require("FEE-02")?.ratio("of_pension")?,
            working: rules.require("FEE-03")?.ratio("of_regional_minimum_wage")?,
            retired: rules.require("FEE-04")?.ratio("of_regional_minimum_wage")?,
            wages: rules.require("FEE-03b")?.ints("vnd_by_region")?,
            student: rules.require("FEE-05")?.int("vnd_per_month")?,
            exempt_years: Some(free.int("exempt_from_party_age_years")?),
            exempted: free.flag("exempted_from_activity")?,
            version: insured.version(),
            ..blank
        })
    }

    /// A share of an amount, rounded half up to the step of the rulebook; whole numbers all the way.
    fn share(&self, ratio: Ratio, of: i64) -> i64 {
        let step = i128::from(self.round_to);
        let (part, whole) = (i128::from(ratio.part()), i128::from(ratio.whole()) * step);
        let steps = (2 * i128::from(of.max(0)) * part + whole) / (2 * whole);
        i64::try_from(steps * step).unwrap_or(i64::MAX)
    }

    /// The first month in which somebody of this Party age no longer pays (FEE-06): the one in which the years are full.
    /// `counted` is the day from which Party age counts without gaps (MEM-40).
    pub fn free_from(&self, counted: Day) -> Option<Month> {
        let years = i32::try_from(self.exempt_years?).ok()?;
        Some(Month::of(counted).plus(12 * years))
    }

    /// What a member owes; `None` when nobody has said by what he pays. `exempted` is whether he is exempted from activity.
    pub fn due(&self, profile: Option<&Profile>, counted: Option<Day>, exempted: bool) -> Option<Due> {
        let aged = counted.and_then(|day| self.free_from(day)).is_some_and(|free| free <= self.month);
        if aged || (exempted && self.exempted) {
            return Some(Due { vnd: 0, rule: "FEE-06", exempt: true });
        }
        let profile = profile?;
        let base = profile.base.unwrap_or(0);
        let wage = || self.wages.get(usize::from(profile.region.saturating_sub(1))).copied().unwrap_or(0);
        let (new, vnd) = match profile.category {
            Category::Insured => ("FEE-01", self.share(self.salary, base)),
            Category::Benefit => ("FEE-01", self.share(self.benefit, base)),
            Category::Pensioner => ("FEE-02", self.share(self.pension, base)),
            Category::Working if self.new => ("FEE-03", self.share(self.working, wage())),
            Category::Retired if self.new => ("FEE-04", self.share(self.retired, wage())),
            Category::Working | Category::Retired => ("FEE-09", self.others),
            Category::Student => ("FEE-05", self.student),
            Category::Exempt => return Some(Due { vnd: 0, rule: "FEE-06", exempt: true }),
        };
        Some(Due { vnd, rule: if self.new { new } else { "FEE-09" }, exempt: false })
    }
}
