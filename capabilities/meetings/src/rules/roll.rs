//! Who was there (MTG-06): all present, the absent marked with their reason.

use chibo_kernel::rulebook::Ratio;
use chibo_kernel::{Id, Person};

/// Where a member was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Present.
    Present,
    /// Absent with a reason (vắng có lý do).
    Excused,
    /// Absent without one (vắng không lý do).
    Unexcused,
    /// Exempted from meetings or on special duty, and not there: counts nowhere.
    Exempt,
    /// Living elsewhere for a time (sinh hoạt tạm thời nơi khác), and not there: counts nowhere.
    Elsewhere,
    /// Suspended, prosecuted or detained (đình chỉ sinh hoạt, bị truy tố, tạm giam): counts nowhere.
    Barred,
}

impl Presence {
    /// All, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Present, Self::Excused, Self::Unexcused, Self::Exempt, Self::Elsewhere, Self::Barred];

    /// The stored number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Present => 1,
            Self::Excused => 2,
            Self::Unexcused => 3,
            Self::Exempt => 4,
            Self::Elsewhere => 5,
            Self::Barred => 6,
        }
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.number() == number)
    }

    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Present => "meetings-present",
            Self::Excused => "meetings-excused",
            Self::Unexcused => "meetings-unexcused",
            Self::Exempt => "meetings-exempt",
            Self::Elsewhere => "meetings-elsewhere",
            Self::Barred => "meetings-barred",
        }
    }
}

/// A member on the roll of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollLine {
    /// Who.
    pub person: Id<Person>,
    /// Where he was.
    pub presence: Presence,
    /// Spoke.
    pub spoke: bool,
}

/// The roll, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// On the roll.
    pub listed: u32,
    /// Exempted and not there.
    pub exempt: u32,
    /// Present.
    pub present: u32,
    /// Absent with a reason.
    pub excused: u32,
    /// Absent without one.
    pub unexcused: u32,
    /// Present and spoke.
    pub spoke: u32,
    /// Living elsewhere for a time, and not there.
    pub elsewhere: u32,
    /// Suspended, prosecuted or detained.
    pub barred: u32,
}

impl Counts {
    /// Of a roll.
    pub fn of<'r>(roll: impl IntoIterator<Item = &'r RollLine>) -> Self {
        let mut counts = Self::default();
        for line in roll {
            counts.listed += 1;
            match line.presence {
                Presence::Present => counts.present += 1,
                Presence::Excused => counts.excused += 1,
                Presence::Unexcused => counts.unexcused += 1,
                Presence::Exempt => counts.exempt += 1,
                Presence::Elsewhere => counts.elsewhere += 1,
                Presence::Barred => counts.barred += 1,
            }
            counts.spoke += u32::from(line.spoke && line.presence == Presence::Present);
        }
        counts
    }

    /// Those who had to be there: the denominator of attendance (MTG-06).
    pub const fn due(self) -> u32 {
        self.present + self.excused + self.unexcused
    }

    /// Whether fewer came than the target wants, tested exactly (MTG-06, X-12).
    pub const fn below(self, target: Ratio) -> bool {
        (self.present as u64) * (target.whole() as u64) < (self.due() as u64) * (target.part() as u64)
    }
}

/// The most excused absences in a row, meetings in the order they were held; months in which a member was on no roll do not
/// break the row.
pub fn excused_in_a_row(presences: impl IntoIterator<Item = Presence>) -> u32 {
    let (mut most, mut row) = (0, 0);
    for presence in presences {
        row = if presence == Presence::Excused { row + 1 } else { 0 };
        most = most.max(row);
    }
    most
}
