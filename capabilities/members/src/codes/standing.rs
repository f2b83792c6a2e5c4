//! Sex and standing: the two lists the rules themselves speak of.

/// Sex (giới tính).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Sex {
    /// Man (nam).
    Male = 1,
    /// Woman (nữ).
    Female = 2,
}

impl Sex {
    /// The stored number; `SEXES` names it.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number; `None` for unknown.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Male),
            2 => Some(Self::Female),
            _ => None,
        }
    }
}

/// Standing of a person in the register (trạng thái hoạt động, domain 02 §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Standing {
    /// Probationary member (đảng viên dự bị).
    Probationary = 1,
    /// Official member (đảng viên chính thức).
    Official = 2,
    /// Official member exempted from work and meetings (miễn công tác và sinh hoạt).
    Exempted = 3,
    /// Suspended from Party activity (đình chỉ sinh hoạt).
    Suspended = 4,
    /// Activity interrupted (gián đoạn sinh hoạt).
    Interrupted = 5,
    /// Has left the Party (rời khỏi Đảng: struck off, allowed to leave, expelled).
    Left = 6,
    /// Deceased (từ trần).
    Deceased = 7,
    /// Transferred to an organisation outside the register (đã chuyển đi): still a member of the Party, no longer counted
    /// here (STA-01: transferred out is a decrease; the place he goes to counts him).
    TransferredOut = 8,
}

impl Standing {
    /// Every standing.
    pub const ALL: &'static [Standing] = &[
        Standing::Probationary,
        Standing::Official,
        Standing::Exempted,
        Standing::Suspended,
        Standing::Interrupted,
        Standing::Left,
        Standing::Deceased,
        Standing::TransferredOut,
    ];

    /// The stored number; `STANDINGS` names it.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number; `None` for unknown.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|standing| standing.number() == number)
    }

    /// Counted in row D of form 1-TCTW: everybody who has not left, not died and not been transferred out. Suspension and
    /// interruption are not reasons of decrease there.
    pub const fn counts_as_member(self) -> bool {
        !matches!(self, Standing::Left | Standing::Deceased | Standing::TransferredOut)
    }

    /// Counted among the official members (ORG-01, ORG-20): admitted for good and still a member.
    pub const fn is_official(self) -> bool {
        self.counts_as_member() && !matches!(self, Standing::Probationary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{SEXES, STANDINGS, entry};

    #[test]
    fn sta_01_only_leaving_death_and_transfer_out_end_the_count() {
        let out: Vec<_> = Standing::ALL.iter().filter(|standing| !standing.counts_as_member()).collect();
        assert_eq!(out, [&Standing::Left, &Standing::Deceased, &Standing::TransferredOut]);
        assert!(!Standing::Probationary.is_official() && Standing::Exempted.is_official());
    }

    #[test]
    fn numbers_agree_with_the_lists() {
        assert_eq!(STANDINGS.len(), Standing::ALL.len() + 1);
        for standing in Standing::ALL {
            assert_eq!(Standing::from_number(standing.number()), Some(*standing));
        }
        assert_eq!(entry(STANDINGS, Standing::Left.number()).key, "left");
        assert_eq!(entry(SEXES, Sex::Female.number()).key, "female");
        assert_eq!(Sex::from_number(0), None);
    }
}
