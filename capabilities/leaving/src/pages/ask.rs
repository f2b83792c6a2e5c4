//! What the address of a list asks for.

use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_web::{Pairs, Visit};

use super::Line;
use crate::rules::{Ground, Kind};

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Cases in which somebody has to act.
    Cases,
    /// Members who are exempted.
    Exempted,
}

/// The code of those whom something other than a case of here removed.
const ELSEWHERE: &str = "elsewhere";
/// The address of the book of those who left.
pub(crate) const BOOK: &str = "/leaving/book";

impl List {
    /// Its address.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Cases => "/leaving/cases",
            Self::Exempted => "/leaving/exempted",
        }
    }

    /// Key of its title.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cases => "leaving-cases",
            Self::Exempted => "leaving-exempted",
        }
    }

    /// Key of what it holds.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Cases => "leaving-cases-about",
            Self::Exempted => "leaving-exempted-about",
        }
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Of the book: only those whom something other than a case of here removed.
    pub elsewhere: bool,
    /// Only this ground.
    pub ground: Option<Ground>,
    /// The year of the book.
    pub year: i32,
    /// Ends in this month (`2026-12`), `none` for no end.
    pub month: String,
    /// `late`: past the last day; `soon`: ends within the days of the reminder.
    pub state: String,
    /// The book as of this day, and as known then; as typed, empty for today.
    pub at: (String, String),
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let query = &visit.query;
        let unit = match query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
        let (this, at) = (visit.today().year(), visit.as_of());
        let typed = query.get("year").parse().ok().filter(|year| (1930..=this).contains(year));
        // A day of the past says the year itself.
        let year = if at.day < visit.today() { at.day.year() } else { typed.unwrap_or(this) };
        Ok(Self {
            unit,
            kind: Kind::from_code(query.get("kind")),
            ground: Ground::from_code(query.get("ground")),
            elsewhere: query.get("kind") == ELSEWHERE,
            year,
            at: (query.get("day").to_owned(), query.get("known").to_owned()),
            month: query.get("month").to_owned(),
            state: query.get("state").to_owned(),
        })
    }

    /// The same of a unit alone.
    pub fn whole(&self) -> Self {
        let at = Default::default();
        let (month, state) = (String::new(), String::new());
        Self { kind: None, elsewhere: false, ground: None, month, state, at, ..self.clone() }
    }

    /// The address of a question.
    pub fn address(&self, place: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let book = place.starts_with(BOOK);
        let year = if book { self.year.to_string() } else { String::new() };
        let (day, known) = if book { (self.at.0.as_str(), self.at.1.as_str()) } else { ("", "") };
        let elsewhere = if self.elsewhere { ELSEWHERE } else { "" };
        let pairs = [
            ("unit", unit.as_str()),
            ("kind", self.kind.map_or(elsewhere, |kind| kind.code())),
            ("ground", self.ground.map_or("", |ground| ground.code())),
            ("year", &year),
            ("month", &self.month),
            ("state", &self.state),
            ("day", day),
            ("known", known),
        ];
        format!("{place}{}", Pairs::default().with(&pairs))
    }

    /// Whether a line is asked for; `remind`: days of the reminder.
    pub fn fits(&self, list: List, line: &Line, today: Day, remind: i32) -> bool {
        let last = if list == List::Exempted { line.state.ends_on } else { line.state.due_on };
        let timely = match self.state.as_str() {
            "late" => last < today,
            "soon" => last >= today && last <= today.plus_days(remind),
            _ => true,
        };
        timely
            && self.kind.is_none_or(|kind| kind == line.kind)
            && self.ground.is_none_or(|ground| Some(ground) == line.ground)
            && (self.month.is_empty() || self.month == month_of(line.state.ends_on))
    }
}

/// `2026-12`, or `none` for no end.
pub(crate) fn month_of(day: Day) -> String {
    if day == Day::FOREVER { "none".to_owned() } else { day.iso().chars().take(7).collect() }
}
