//! Kinds of transfer: official or for a time, inside the register, to outside, from outside, abroad (TRF-02, TRF-07, TRF-10).

use chibo_kernel::{Day, Id, Unit};

/// Kind of a transfer (hình thức chuyển sinh hoạt đảng).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Official, to another branch of the register (chính thức trong Đảng bộ).
    Inside,
    /// Official, to an organisation outside the city (chính thức ra ngoài Đảng bộ).
    Outside,
    /// Official, from an organisation outside the city (chính thức từ nơi khác đến).
    Incoming,
    /// For a time, to another branch of the register (tạm thời).
    Temporary,
    /// For a time, to an organisation outside the city.
    TemporaryOutside,
    /// Official, abroad (ra nước ngoài).
    Abroad,
    /// For a time, abroad.
    TemporaryAbroad,
}

impl Kind {
    /// All, in order.
    pub const ALL: [Self; 7] = [
        Self::Inside,
        Self::Outside,
        Self::Incoming,
        Self::Temporary,
        Self::TemporaryOutside,
        Self::Abroad,
        Self::TemporaryAbroad,
    ];

    /// Stored number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Inside => 1,
            Self::Outside => 2,
            Self::Incoming => 3,
            Self::Temporary => 4,
            Self::TemporaryOutside => 5,
            Self::Abroad => 6,
            Self::TemporaryAbroad => 7,
        }
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
            Self::Incoming => "incoming",
            Self::Temporary => "temporary",
            Self::TemporaryOutside => "temporary-outside",
            Self::Abroad => "abroad",
            Self::TemporaryAbroad => "temporary-abroad",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inside => "transfers-kind-inside",
            Self::Outside => "transfers-kind-outside",
            Self::Incoming => "transfers-kind-incoming",
            Self::Temporary => "transfers-kind-temporary",
            Self::TemporaryOutside => "transfers-kind-temporary-outside",
            Self::Abroad => "transfers-kind-abroad",
            Self::TemporaryAbroad => "transfers-kind-temporary-abroad",
        }
    }

    /// The receiving side is outside the register: no box of it is here, a notice says that the member arrived.
    pub const fn outward(self) -> bool {
        matches!(self, Self::Outside | Self::TemporaryOutside | Self::Abroad | Self::TemporaryAbroad)
    }

    /// A stay for a time follows; the home branch goes on counting the member (TRF-07).
    pub const fn stays(self) -> bool {
        matches!(self, Self::Temporary | Self::TemporaryOutside | Self::TemporaryAbroad)
    }

    /// The member leaves the register when his arrival is confirmed.
    pub const fn leaves(self) -> bool {
        matches!(self, Self::Outside | Self::Abroad)
    }

    /// To a foreign country (TRF-10).
    pub const fn abroad(self) -> bool {
        matches!(self, Self::Abroad | Self::TemporaryAbroad)
    }

    /// The dossier goes along to a receiver in the register, who looks at its index (TRF-06).
    pub const fn brings_dossier(self) -> bool {
        matches!(self, Self::Inside | Self::Incoming)
    }
}

/// What a temporary stay is for (TRF-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Work.
    Work,
    /// Residence.
    Residence,
    /// Study.
    Study,
}

impl Purpose {
    /// All.
    pub const ALL: [Self; 3] = [Self::Work, Self::Residence, Self::Study];

    /// Stored number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Work => 1,
            Self::Residence => 2,
            Self::Study => 3,
        }
    }

    /// From the stored number; 0 is none.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.number() == number)
    }

    /// From the code in forms.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// Code in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Residence => "residence",
            Self::Study => "study",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Work => "transfers-purpose-work",
            Self::Residence => "transfers-purpose-residence",
            Self::Study => "transfers-purpose-study",
        }
    }
}

/// An organisation outside the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its name.
    pub name: String,
    /// Its province or city; the country of one abroad.
    pub province: String,
}

/// The time of a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What for.
    pub purpose: Purpose,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

/// Where a member goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// For good, to a branch of the register.
    Inside(Id<Unit>),
    /// For good, out of the city.
    Outside(Elsewhere),
    /// For a time, to a branch of the register.
    Temporary(Id<Unit>, Span),
    /// For a time, out of the city.
    TemporaryOutside(Elsewhere, Span),
    /// For good, abroad.
    Abroad(Elsewhere),
    /// For a time, abroad.
    TemporaryAbroad(Elsewhere, Span),
}

impl Way {
    /// The kind of transfer it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Inside(_) => Kind::Inside,
            Self::Outside(_) => Kind::Outside,
            Self::Temporary(..) => Kind::Temporary,
            Self::TemporaryOutside(..) => Kind::TemporaryOutside,
            Self::Abroad(_) => Kind::Abroad,
            Self::TemporaryAbroad(..) => Kind::TemporaryAbroad,
        }
    }

    /// The branch of the register.
    pub const fn branch(&self) -> Option<Id<Unit>> {
        match self {
            Self::Inside(to) | Self::Temporary(to, _) => Some(*to),
            _ => None,
        }
    }

    /// The organisation outside.
    pub const fn elsewhere(&self) -> Option<&Elsewhere> {
        match self {
            Self::Outside(place)
            | Self::TemporaryOutside(place, _)
            | Self::Abroad(place)
            | Self::TemporaryAbroad(place, _) => Some(place),
            _ => None,
        }
    }

    /// The time.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Temporary(_, span) | Self::TemporaryOutside(_, span) | Self::TemporaryAbroad(_, span) => Some(*span),
            _ => None,
        }
    }
}

/// For how long somebody is hired where he works (TRF-09).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contract {
    /// Not said, or no contract.
    #[default]
    None,
    /// Less than twelve months.
    Short,
    /// Twelve to thirty-six months.
    Long,
    /// Without an end.
    Indefinite,
}

impl Contract {
    /// All.
    pub const ALL: [Self; 4] = [Self::None, Self::Short, Self::Long, Self::Indefinite];

    /// Months it lasts at least; `None` for no contract.
    pub const fn at_least(self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Short => Some(0),
            Self::Long => Some(12),
            Self::Indefinite => Some(u32::MAX),
        }
    }

    /// Code in forms and as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Short => "short",
            Self::Long => "long",
            Self::Indefinite => "indefinite",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|contract| contract.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "transfers-contract-none",
            Self::Short => "transfers-contract-short",
            Self::Long => "transfers-contract-long",
            Self::Indefinite => "transfers-contract-indefinite",
        }
    }
}

/// What a transfer rests on besides the day of the move (TRF-09).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// How he is hired.
    pub contract: Contract,
    /// Leaves the organisation of the school he graduated from.
    pub graduate: bool,
}
