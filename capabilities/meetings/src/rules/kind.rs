//! Kinds of meetings.

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
