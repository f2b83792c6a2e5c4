//! A temporary stay (sinh hoạt đảng tạm thời): until when, extended, back (TRF-07, TRF-10, SCR-03).

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Issue, Said, Unit};

use super::{Purpose, Span, Terms, check::issue};

/// Something that happens during a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It lasts longer (gia hạn); both branches are told.
    Extended,
    /// Back in the country, papers not yet handed in (TRF-10).
    Landed,
    /// Takes part at home again (về sinh hoạt).
    Returned,
}

impl Turn {
    /// All.
    pub const ALL: [Self; 3] = [Self::Extended, Self::Landed, Self::Returned];

    /// Stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Extended => "extended",
            Self::Landed => "landed",
            Self::Returned => "returned",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turn| turn.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Extended => "transfers-turn-extended",
            Self::Landed => "transfers-turn-landed",
            Self::Returned => "transfers-turn-returned",
        }
    }
}

/// What happened, on which day, and until when the stay lasts from then on.
pub type Turned = (Turn, Day, Day);

/// A stay that began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// As asked for.
    pub span: Span,
    /// In a foreign country.
    pub abroad: bool,
    /// What happened.
    pub turns: Vec<Turned>,
}

/// A turn to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnDeed {
    /// Which.
    pub turn: Turn,
    /// How many turns the form saw.
    pub after: u32,
    /// On this day.
    pub on: Day,
    /// The new last day of an extension.
    pub until: Option<Day>,
    /// Number of the paper; may be empty.
    pub number: String,
    /// Why.
    pub note: String,
}

impl Stay {
    /// The last day.
    pub fn until(&self) -> Day {
        let extended = self.turns.iter().rev().find(|(turn, ..)| *turn == Turn::Extended);
        extended.map_or(self.span.until, |(_, _, until)| *until)
    }

    fn day_of(&self, asked: Turn) -> Option<Day> {
        self.turns.iter().find(|(turn, ..)| *turn == asked).map(|(_, on, _)| *on)
    }

    /// Back in the country since.
    pub fn landed(&self) -> Option<Day> {
        self.day_of(Turn::Landed)
    }

    /// Takes part at home again since.
    pub fn returned(&self) -> Option<Day> {
        self.day_of(Turn::Returned)
    }

    /// What can be written down now.
    pub fn offered(&self) -> Vec<Turn> {
        match (self.returned(), self.landed()) {
            (Some(_), _) => Vec::new(),
            (None, Some(_)) => vec![Turn::Returned],
            (None, None) if self.abroad => vec![Turn::Extended, Turn::Landed],
            (None, None) => vec![Turn::Extended, Turn::Returned],
        }
    }

    /// The last day to take part at home again, with the rule.
    pub fn due(&self, terms: &Terms) -> Option<(Day, &'static str)> {
        match (self.returned(), self.landed()) {
            (Some(_), _) => None,
            (None, Some(landed)) => Some((terms.home_by(landed), "TRF-10")),
            (None, None) => Some((self.until(), "TRF-07")),
        }
    }

    /// Since when the member is neither back nor extended (SCR-03): the day after the last one.
    pub fn overdue_since(&self, today: Day) -> Option<Day> {
        let gone = self.returned().is_none() && self.landed().is_none();
        Some(self.until().plus_days(1)).filter(|since| gone && *since <= today)
    }
}

/// Where so many official members came for study or work on one day that they form a temporary branch (TRF-08): branch, day,
/// how many, by branch and day.
pub fn together(arrived: &[(Id<Unit>, Span)], least: usize) -> Vec<(Id<Unit>, Day, usize)> {
    let mut many: BTreeMap<(Id<Unit>, Day), usize> = BTreeMap::new();
    for (unit, span) in arrived.iter().filter(|(_, span)| span.purpose != Purpose::Residence) {
        *many.entry((*unit, span.from)).or_default() += 1;
    }
    many.into_iter().filter(|(_, many)| *many >= least).map(|((unit, day), many)| (unit, day, many)).collect()
}

/// What is wrong with the time of a stay (TRF-07); stays abroad are only asked to end after they begin.
pub fn check_span(span: Span, abroad: bool, terms: &Terms) -> Vec<Issue> {
    if span.until <= span.from {
        return vec![issue("until", None, Said::new("transfers-until-before"))];
    }
    if abroad {
        return Vec::new();
    }
    let Span { purpose, from, until } = span;
    let (least, last) = (terms.stay_from(from), terms.stay_last(from, purpose));
    let mut issues = Vec::new();
    if until < least {
        issues.push(issue("until", Some("TRF-07"), Said::new("transfers-stay-short").with("day", least)));
    }
    if until > last {
        let key = if purpose == Purpose::Study { "transfers-stay-long-study" } else { "transfers-stay-long" };
        issues.push(issue("until", Some("TRF-07"), Said::new(key).with("day", last)));
    }
    issues
}

/// What is wrong with a turn; every reason at once. An extension is as long as a stay may be, from the day it ended.
pub fn check_turn(stay: &Stay, deed: &TurnDeed, today: Day, terms: &Terms) -> Vec<Issue> {
    if !stay.offered().contains(&deed.turn) {
        return vec![issue("turn", None, Said::new("transfers-step-not-now"))];
    }
    let mut issues = Vec::new();
    let last = stay.turns.last().map_or(stay.span.from, |(_, on, _)| *on);
    if deed.on > today {
        issues.push(issue("on", None, Said::new("transfers-day-to-come")));
    } else if deed.on < last && deed.turn != Turn::Extended {
        issues.push(issue("on", None, Said::new("transfers-day-before-stay").with("day", last)));
    }
    if deed.number.chars().count() > 60 {
        issues.push(issue("number", None, Said::new("transfers-number-long")));
    }
    if deed.note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("transfers-note-long")));
    }
    if deed.turn == Turn::Extended {
        if deed.note.is_empty() {
            issues.push(issue("note", Some("TRF-07"), Said::new("transfers-extension-reason")));
        }
        let (old, purpose) = (stay.until(), stay.span.purpose);
        match deed.until {
            None => issues.push(issue("until", None, Said::new("transfers-until-needed"))),
            Some(until) if until <= old => {
                issues.push(issue("until", None, Said::new("transfers-extension-before").with("day", old)));
            }
            Some(until) if !stay.abroad && until > terms.stay_last(old, purpose) => {
                let last = terms.stay_last(old, purpose);
                issues.push(issue("until", Some("TRF-07"), Said::new("transfers-stay-long").with("day", last)));
            }
            Some(_) => {}
        }
    }
    issues
}
