//! What the rulebook says about meetings on a day.

use chibo_kernel::rulebook::{Ratio, Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem};

use super::{Kind, Month};

/// Guidance 12-HD/BTCTW, the oldest the rulebook knows; older days are judged by it.
const OLDEST: Day = Day::from_number(17_718);

/// Quy định 24-QĐ/TW, the oldest the rulebook knows of the statute; the duty to meet is older and was the same.
const OLDEST_STATUTE: Day = Day::from_number(18_838);

/// A point people confirm by a tick because it follows from no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Number of the criterion, 1 to 8.
    pub criterion: u8,
    /// Name of the item.
    pub item: String,
    /// Points.
    pub points: u32,
}

/// A scale: from so many per cent so many points, the last for what is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    at: Vec<u32>,
    points: Vec<u32>,
}

impl Scale {
    fn of(rule: &Rule, name: &str) -> Result<Self, Problem> {
        let numbers = |name: &str| -> Result<Vec<u32>, Problem> {
            rule.ints(name)?.into_iter().map(|n| u32::try_from(n).map_err(Problem::fault)).collect()
        };
        let made = Self { at: numbers(&format!("{name}_at"))?, points: numbers(&format!("{name}_points"))? };
        let fits = made.points.len() > made.at.len();
        if fits { Ok(made) } else { Err(Problem::fault(format!("scale {name} of {} has too few points", rule.id))) }
    }

    /// The points for a share, tested exactly.
    pub fn reached(&self, part: u32, whole: u32) -> u32 {
        let reached = |at: &u32| u64::from(part) * 100 >= u64::from(*at) * u64::from(whole);
        self.pick(self.at.iter().position(|at| whole > 0 && reached(at)))
    }

    /// The points for a share that must exceed the first step.
    pub fn exceeded(&self, part: u32, whole: u32) -> u32 {
        let over = |at: u32, first: bool| {
            let (share, step) = (u64::from(part) * 100, u64::from(at) * u64::from(whole));
            if first { share > step } else { share >= step }
        };
        self.pick(self.at.iter().enumerate().position(|(place, at)| whole > 0 && over(*at, place == 0)))
    }

    /// The points for a shortfall of at most so much.
    pub fn within(&self, short: u32) -> Option<u32> {
        let place = self.at.iter().position(|at| short <= *at)?;
        self.points.get(place).copied()
    }

    /// The points behind the last step, the first of them.
    pub fn left(&self, place: usize) -> u32 {
        self.points.get(self.at.len() + place).copied().unwrap_or(0)
    }

    /// The most there is.
    pub fn most(&self) -> u32 {
        self.points.iter().copied().max().unwrap_or(0)
    }

    fn pick(&self, place: Option<usize>) -> u32 {
        self.points.get(place.unwrap_or(self.at.len())).copied().unwrap_or(0)
    }
}

/// The rules of a day.
pub struct Terms {
    /// Version of the score form (MTG-20).
    pub version: String,
    /// Months of a period with a regular, with a thematic meeting (MTG-01, MTG-02).
    pub every: (i32, i32),
    /// Topics by setting: code of the setting, code of the topic (42-HD section 4).
    pub topics: Vec<(String, String)>,
    /// Lengths in minutes: regular, with a thematic part (MTG-03).
    pub minutes: (u32, u32),
    /// By size instead: from so many members so many minutes.
    pub by_size: Option<(u32, u32)>,
    /// Documents before, conclusions after (MTG-04).
    pub post: (Term, Term),
    /// Attendance wanted (MTG-06).
    pub attendance: Ratio,
    /// Excused absences in a row that are still no fault.
    pub excused: u32,
    /// Minutes of members' thinking: least, most (MTG-09).
    pub ideology: (u32, u32),
    /// Scales of the form: length, attendance, speakers, tasks.
    pub scales: [Scale; 4],
    /// Points of computed items, by name.
    pub points: Vec<(&'static str, u32)>,
    /// Points by tick.
    pub ticks: Vec<Tick>,
    /// From so many points good, fair, average.
    pub bands: [u32; 3],
    /// A month without a thematic part counts its points as reached (MTG-21); otherwise out of what is left.
    pub thematic_full: bool,
    /// Meetings may be held online, in a pilot (MTG-13).
    pub online: bool,
    /// Weak months in a row that go above (MTG-22).
    pub weak: u32,
    /// Rules of doubtful source, with their notes.
    pub doubtful: Vec<&'static Rule>,
    book: &'static Rulebook,
}

/// Items that are computed and not a scale.
pub(super) const ITEMS: [&str; 9] = [
    "nobody_often_excused",
    "notice",
    "posted_before",
    "prepared_by_committee",
    "regular_content",
    "thematic_content",
    "minutes_kept",
    "ideology",
    "posted_after",
];

fn number(rule: &Rule, name: &str) -> Result<u32, Problem> {
    u32::try_from(rule.int(name)?).map_err(Problem::fault)
}

fn tick(text: &str) -> Result<Tick, Problem> {
    let mut parts = text.split(' ');
    let made = (|| {
        let (criterion, item) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
        Some(Tick { criterion, item, points: parts.next()?.parse().ok()? })
    })();
    made.ok_or_else(|| Problem::fault(format!("a tick {text}")))
}

/// The months of a duty that comes again.
fn months(rule: &Rule) -> Result<i32, Problem> {
    match rule.term("every")? {
        Term::Months(months) => i32::try_from(months).map_err(Problem::fault),
        other => Err(Problem::fault(format!("{} comes every {other:?}", rule.id))),
    }
}

fn topic(text: &str) -> Result<(String, String), Problem> {
    let (setting, code) = text.split_once(' ').ok_or_else(|| Problem::fault(format!("a topic {text}")))?;
    Ok((setting.to_owned(), code.to_owned()))
}

impl Terms {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let book = Rulebook::built_in()?;
        // The duty to meet is older than the guidance the numbers come from.
        let rules = book.on(day.max(OLDEST));
        let rule = |id: &str| rules.require(id);
        let statute = book.on(day.max(OLDEST_STATUTE));
        let (length, post, there) = (rule("MTG-03")?, rule("MTG-04")?, rule("MTG-06")?);
        let (thinking, form, topics) = (rule("MTG-09")?, rule("MTG-20")?, rule("MTG-08")?);
        let ids = ["MTG-03", "MTG-08", "MTG-13", "MTG-20", "MTG-21", "MTG-22"];
        Ok(Self {
            version: form.version(),
            every: (months(statute.require("MTG-01")?)?, months(rule("MTG-02")?)?),
            topics: topics.texts("topics")?.into_iter().map(topic).collect::<Result<_, _>>()?,
            minutes: (number(length, "regular_minutes")?, number(length, "thematic_minutes")?),
            by_size: match length.flag("by_size")? {
                true => Some((number(length, "large_from")?, number(length, "large_minutes")?)),
                false => None,
            },
            post: (post.term("before")?, post.term("after")?),
            attendance: there.ratio("target")?,
            excused: number(there, "excused_in_a_row")?,
            ideology: (number(thinking, "least")?, number(thinking, "most")?),
            scales: [
                Scale::of(form, "duration")?,
                Scale::of(form, "attendance")?,
                Scale::of(form, "speakers")?,
                Scale::of(form, "tasks")?,
            ],
            points: ITEMS.iter().map(|name| Ok((*name, number(form, name)?))).collect::<Result<_, Problem>>()?,
            ticks: form.texts("ticks")?.into_iter().map(tick).collect::<Result<_, _>>()?,
            bands: [number(form, "good")?, number(form, "fair")?, number(form, "average")?],
            thematic_full: rule("MTG-21")?.text("without_thematic")? == "full",
            online: statute.require("MTG-13")?.flag("online")?,
            weak: number(rule("MTG-22")?, "weak_in_a_row")?,
            doubtful: rules.doubtful(&ids),
            book,
        })
    }

    /// The attendance wanted on a day, without all the rest (MTG-06).
    ///
    /// # Errors
    /// A fault when the rulebook names none.
    pub fn attendance_on(day: Day) -> Result<Ratio, Problem> {
        Rulebook::built_in()?.on(day.max(OLDEST)).require("MTG-06")?.ratio("target")
    }

    /// How long a meeting should last, minutes (MTG-03).
    pub fn length(&self, kind: Kind, members: u32) -> u32 {
        match self.by_size {
            Some((from, minutes)) if members >= from => minutes,
            Some(_) => self.minutes.0,
            None if kind.is_thematic() => self.minutes.1,
            None => self.minutes.0,
        }
    }

    /// The last day to post documents for a meeting held on a day (MTG-04).
    pub fn documents_by(&self, held: Day) -> Day {
        match self.post.0 {
            Term::Days(days) | Term::WorkingDays(days) => held.plus_days(-i32::try_from(days).unwrap_or(1)),
            Term::Months(months) => held.plus_months(-i32::try_from(months).unwrap_or(1)),
        }
    }

    /// The last day to post the conclusion of a meeting held on a day (MTG-04).
    pub fn conclusion_by(&self, held: Day) -> Day {
        self.post.1.after(held, self.book.calendar()).value
    }

    /// The last day to close the meeting of a month that is still not late: as long as its conclusion may be posted.
    pub fn close_by(&self, month: Month) -> Day {
        self.conclusion_by(month.last())
    }

    /// Codes of the topics a setting requires, `other` standing for whatever is not named.
    pub fn topics_of(&self, setting: &str) -> Vec<&str> {
        let of = |wanted: &str| -> Vec<&str> {
            self.topics.iter().filter(|(setting, _)| setting == wanted).map(|(_, code)| code.as_str()).collect()
        };
        let own = of(setting);
        if own.is_empty() { of("other") } else { own }
    }

    /// Points of a computed item.
    pub(super) fn item(&self, name: &str) -> u32 {
        self.points.iter().find(|(known, _)| *known == name).map_or(0, |(_, points)| *points)
    }
}
