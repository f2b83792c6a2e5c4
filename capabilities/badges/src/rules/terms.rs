//! The numbers of a day: which years earn a badge, the award days and their windows (BDG-01…04, BDG-06).

use chibo_kernel::rulebook::{DayOfYear, Mark, Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};
use chibo_members::PartyAge;

/// Badge rules in force on a day.
#[derive(Clone, Debug)]
pub struct Terms<'b> {
    book: &'b Rulebook,
    /// Years of Party age that earn a badge, ascending (BDG-01, BDG-01b).
    pub years: Vec<u16>,
    awards: Vec<(DayOfYear, DayOfYear)>,
    files: Term,
    early: Early,
    waiting: [Term; 3],
    series: Vec<Series>,
    /// Rules whose numbers are doubtful, with what is doubtful.
    pub notes: Vec<&'b Rule>,
    /// The version decided under.
    pub version: String,
}

/// How much earlier a badge may be given (BDG-03).
#[derive(Clone, Copy, Debug)]
struct Early {
    common: Term,
    longer: Term,
    longer_from: u16,
    posthumous: Term,
}

/// How the numbers of one badge are written (BDG-06).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Years of the badge.
    pub years: u16,
    /// Letter before the digits; may be empty.
    pub letter: String,
    /// How many digits; 0 when not known.
    pub digits: usize,
}

/// One award day with the members it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Award {
    /// The day.
    pub on: Day,
    /// Badge years reached from this day on …
    pub from: Day,
    /// … and before this day are given.
    pub to: Day,
    /// Files are handed in by this day (BDG-02).
    pub files_by: Day,
}

/// On what ground a badge is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The years are reached.
    Reached,
    /// Early, for serious illness.
    Illness,
    /// Early, after death.
    Posthumous,
}

impl Ground {
    /// All.
    pub const ALL: [Self; 3] = [Self::Reached, Self::Illness, Self::Posthumous];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Illness => "illness",
            Self::Posthumous => "posthumous",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// A disciplinary measure one waits after (BDG-04).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// Khiển trách.
    Reprimand,
    /// Cảnh cáo.
    Warning,
    /// Cách chức.
    Dismissal,
}

impl Discipline {
    /// All, in the order of the waiting times.
    pub const ALL: [Self; 3] = [Self::Reprimand, Self::Warning, Self::Dismissal];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reprimand => "reprimand",
            Self::Warning => "warning",
            Self::Dismissal => "dismissal",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }
}

impl<'b> Terms<'b> {
    /// Of a day; none before the first rulebook.
    ///
    /// # Errors
    /// A fault when a rule of the day lacks a number.
    pub fn on(book: &'b Rulebook, day: Day) -> Result<Option<Self>, Problem> {
        let rules = book.on(day);
        let Some(years) = rules.rule("BDG-01") else { return Ok(None) };
        let (days, early) = (rules.require("BDG-02")?, rules.require("BDG-03")?);
        let (waiting, series) = (rules.require("BDG-04")?, rules.require("BDG-06")?);
        let windows = days.days_of_year("windows_from")?;
        let number = |years: i64| u16::try_from(years).map_err(Problem::fault);
        let all = [years, days, early, waiting, series];
        Ok(Some(Self {
            book,
            years: years.ints("years")?.into_iter().map(number).collect::<Result<_, _>>()?,
            awards: days.days_of_year("award_days")?.into_iter().zip(windows).collect(),
            files: days.term("files_ahead")?,
            early: Early {
                common: early.term("early")?,
                longer: early.term("early_from_70")?,
                longer_from: number(early.int("longer_from_years")?)?,
                posthumous: early.term("posthumous")?,
            },
            waiting: [waiting.term("reprimand")?, waiting.term("warning")?, waiting.term("dismissal")?],
            series: series.texts("series")?.into_iter().filter_map(Series::read).collect(),
            notes: all.into_iter().filter(|rule| matches!(rule.mark, Mark::M | Mark::C)).collect(),
            version: years.version(),
        }))
    }

    /// The award days of a year, each with its window.
    pub fn awards_of(&self, year: i32) -> Vec<Award> {
        let award = |(place, (on, window)): (usize, &(DayOfYear, DayOfYear))| {
            let on = on.of(year)?;
            let from = [year, year - 1].into_iter().filter_map(|year| window.of(year)).find(|from| *from <= on)?;
            let (_, next) = self.awards.get((place + 1) % self.awards.len())?;
            let to =
                [from.year(), from.year() + 1].into_iter().filter_map(|year| next.of(year)).find(|to| *to > from)?;
            let files_by = self.before(on);
            Some(Award { on, from, to, files_by })
        };
        self.awards.iter().enumerate().filter_map(award).collect()
    }

    fn before(&self, on: Day) -> Day {
        match self.files {
            Term::WorkingDays(days) => {
                let days = i32::try_from(days).unwrap_or(i32::MAX);
                self.book.calendar().add_working_days(on, -days).value
            }
            Term::Days(days) => on.plus_days(-i32::try_from(days).unwrap_or(i32::MAX)),
            Term::Months(months) => on.plus_months(-i32::try_from(months).unwrap_or(i32::MAX)),
        }
    }

    /// The award of a day, if it is an award day.
    pub fn award(&self, on: Day) -> Option<Award> {
        self.awards_of(on.year()).into_iter().find(|award| award.on == on)
    }

    /// The next award day, today's included.
    pub fn next(&self, today: Day) -> Option<Award> {
        let years = [today.year(), today.year() + 1];
        years.into_iter().flat_map(|year| self.awards_of(year)).find(|award| award.on >= today)
    }

    /// The badge whose years somebody of this Party age reaches in the window of an award (BDG-05: years are Party age).
    pub fn due(&self, age: &PartyAge, award: &Award) -> Option<u16> {
        let inside = |years: &u16| reaches(age, *years).is_some_and(|day| (award.from..award.to).contains(&day));
        self.years.iter().copied().find(inside)
    }

    /// The last day on which the years may be reached for a badge to be given on an award day (BDG-03).
    pub fn latest(&self, award: &Award, years: u16, ground: Ground) -> Day {
        let term = match ground {
            Ground::Reached => return award.to.plus_days(-1),
            Ground::Posthumous => self.early.posthumous,
            Ground::Illness if years >= self.early.longer_from => self.early.longer,
            Ground::Illness => self.early.common,
        };
        term.after(award.on, self.book.calendar()).value
    }

    /// The first day on which a disciplined member may be proposed again (BDG-04).
    pub fn waits_until(&self, measure: Discipline, decided_on: Day) -> Day {
        let terms = Discipline::ALL.into_iter().zip(self.waiting);
        let term = terms.into_iter().find(|(one, _)| *one == measure).map(|(_, term)| term);
        term.map_or(decided_on, |term| term.after(decided_on, self.book.calendar()).value)
    }

    /// How the numbers of a badge are written.
    pub fn series(&self, years: u16) -> Option<&Series> {
        self.series.iter().find(|series| series.years == years)
    }
}

/// The day on which so many years of Party age are reached, without the gaps (MEM-40); none while he is out of the Party.
pub fn reaches(age: &PartyAge, years: u16) -> Option<Day> {
    age.reaches(i32::from(years) * 12)
}

impl Series {
    /// Reads `45:E:7`.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let years = parts.next()?.parse().ok()?;
        let letter = parts.next()?.to_owned();
        Some(Self { years, letter, digits: parts.next()?.parse().ok()? })
    }

    /// Whether anybody knows how the numbers are written; badges of other series get none (BDG-06).
    pub const fn known(&self) -> bool {
        self.digits > 0
    }

    /// The running number in a serial of this series; none for any serial of an unknown one.
    pub fn running(&self, serial: &str) -> Option<u64> {
        let digits = serial.strip_prefix(self.letter.as_str())?;
        let plain = digits.bytes().all(|b| b.is_ascii_digit());
        (self.known() && plain && digits.len() == self.digits).then(|| digits.parse().ok())?
    }

    /// The serial of a running number; none when it has too many digits, and in an unknown series.
    pub fn serial(&self, running: u64) -> Option<String> {
        let width = self.digits;
        let digits = format!("{running:0width$}");
        (self.known() && digits.len() == width).then(|| format!("{}{digits}", self.letter))
    }
}

#[cfg(test)]
#[path = "terms_tests.rs"]
mod tests;
