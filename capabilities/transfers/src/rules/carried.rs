//! What a member carries (TRF-04), and the checks of notices every quarter (TRF-11).

use chibo_kernel::{Day, Issue, Said};

use super::{Kind, check::issue};

/// Things that go along with the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The member's sheet (phiếu đảng viên), when leaving the upper organisation.
    Sheet,
    /// The card (thẻ đảng viên).
    Card,
    /// The sealed dossier (hồ sơ niêm phong).
    Dossier,
    /// The index of the dossier, confirmed by the sender (mục lục hồ sơ có xác nhận; TRF-06).
    Index,
    /// The self-review with remarks (bản tự kiểm điểm có nhận xét).
    Review,
    /// Both notices posted, to the upper and the base receiver (phiếu báo, Mẫu 1-SHĐ).
    Notices,
}

impl Item {
    /// All, in the order of the list.
    pub const ALL: [Self; 6] = [Self::Sheet, Self::Card, Self::Dossier, Self::Index, Self::Review, Self::Notices];

    /// Code in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Card => "card",
            Self::Dossier => "dossier",
            Self::Index => "index",
            Self::Review => "review",
            Self::Notices => "notices",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sheet => "transfers-carried-sheet",
            Self::Card => "transfers-carried-card",
            Self::Dossier => "transfers-carried-dossier",
            Self::Index => "transfers-carried-index",
            Self::Review => "transfers-carried-review",
            Self::Notices => "transfers-carried-notices",
        }
    }

    /// Whether it goes along with a kind of transfer: for a time the dossier stays at home, the card goes along.
    pub const fn goes_with(self, kind: Kind) -> bool {
        match self {
            Self::Card | Self::Review => true,
            Self::Notices => !matches!(kind, Kind::Incoming),
            Self::Sheet | Self::Dossier | Self::Index => !kind.stays(),
        }
    }
}

/// What is carried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// The things.
    pub items: Vec<Item>,
    /// The last month of which the fee is paid, by its first day.
    pub fee_through: Option<Day>,
}

impl Carried {
    /// Whether a thing goes along.
    pub fn has(&self, item: Item) -> bool {
        self.items.contains(&item)
    }

    /// What is not there of a kind of transfer introduced on a day: the fee is paid through the month of introduction.
    pub fn lacks(&self, kind: Kind, introduced: Day) -> (Vec<Item>, bool) {
        let missing = Item::ALL.into_iter().filter(|item| item.goes_with(kind) && !self.has(*item)).collect();
        let paid = self.fee_through.is_some_and(|month| month.month_number() >= introduced.month_number());
        (missing, !paid)
    }
}

/// What is wrong with what was written down as carried.
pub fn check_carried(carried: &Carried, today: Day) -> Vec<Issue> {
    let far = |month: &Day| month.month_number() > today.month_number() + 12;
    match carried.fee_through.filter(far) {
        Some(_) => vec![issue("fee", None, Said::new("transfers-fee-far"))],
        None => Vec::new(),
    }
}

/// A quarter of a year, counted through: year * 4 + 0…3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(pub i32);

impl Quarter {
    /// Of a day.
    pub fn of(day: Day) -> Self {
        let (year, month, _) = day.ymd();
        Self(year * 4 + i32::from((month - 1) / 3))
    }

    /// The one before.
    pub const fn before(self) -> Self {
        Self(self.0 - 1)
    }

    /// Its year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(4)
    }

    /// 1 to 4.
    pub const fn number(self) -> i32 {
        self.0.rem_euclid(4) + 1
    }

    /// The first day no longer in it.
    pub fn end(self) -> Day {
        let next = Self(self.0 + 1);
        let month = u8::try_from((next.number() - 1) * 3 + 1).unwrap_or(1);
        Day::from_ymd(next.year(), month, 1).unwrap_or(Day::FOREVER)
    }

    /// The last day to have checked its notices: the end of the month after it.
    pub fn checked_by(self) -> Day {
        self.end().plus_months(1).plus_days(-1)
    }
}
