//! Kinds of meetings and the month one counts for.

use chibo_kernel::Day;

/// What sort of meeting it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Regular, of the month (sinh hoạt thường kỳ).
    Regular,
    /// Thematic (sinh hoạt chuyên đề); never instead of the regular one (MTG-02).
    Thematic,
    /// Both in turn on one day.
    Combined,
    /// Extraordinary (sinh hoạt bất thường).
    Extraordinary,
}

impl Kind {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Combined, Self::Thematic, Self::Extraordinary];

    /// The stored number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Regular => 1,
            Self::Thematic => 2,
            Self::Combined => 3,
            Self::Extraordinary => 4,
        }
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Regular => "meetings-kind-regular",
            Self::Thematic => "meetings-kind-thematic",
            Self::Combined => "meetings-kind-combined",
            Self::Extraordinary => "meetings-kind-extraordinary",
        }
    }

    /// Counts as the month's meeting (MTG-01).
    pub const fn is_regular(self) -> bool {
        matches!(self, Self::Regular | Self::Combined)
    }

    /// Has a thematic part (MTG-02).
    pub const fn is_thematic(self) -> bool {
        matches!(self, Self::Thematic | Self::Combined)
    }
}

/// A month of a year; the stored number counts months since year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// The month of a day.
    pub fn of(day: Day) -> Self {
        Self(day.month_number())
    }

    /// From `2026-11`.
    pub fn from_code(code: &str) -> Option<Self> {
        let (year, month) = code.split_once('-')?;
        Day::from_ymd(year.parse().ok()?, month.parse().ok()?, 1).map(Self::of)
    }

    /// As written in addresses: `2026-11`.
    pub fn code(self) -> String {
        format!("{:04}-{:02}", self.year(), self.of_year())
    }

    /// As people write it: `11/2026`.
    pub fn text(self) -> String {
        format!("{:02}/{}", self.of_year(), self.year())
    }

    /// Year.
    pub fn year(self) -> i32 {
        self.number().div_euclid(12)
    }

    /// 1 to 12.
    pub fn of_year(self) -> u8 {
        u8::try_from(self.number().rem_euclid(12) + 1).unwrap_or(1)
    }

    /// The quarter of the year, 1 to 4.
    pub fn quarter(self) -> u8 {
        (self.of_year() - 1) / 3 + 1
    }

    /// The first month of its quarter.
    pub fn quarter_start(self) -> Self {
        Self(self.0 - i32::from((self.of_year() - 1) % 3))
    }

    /// So many months on.
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Its first day.
    pub fn first(self) -> Option<Day> {
        Day::from_ymd(self.year(), self.of_year(), 1)
    }

    /// Its last day.
    pub fn last(self) -> Option<Day> {
        self.plus(1).first().map(|day| day.plus_days(-1))
    }

    fn number(self) -> i32 {
        self.0
    }
}
