//! The dimensions of counting: what can be asked of a state, a person, or a branch, as small numbers.

use chibo_kernel::Day;

use crate::columns::{NEVER, Tops, month_number, pack_month};
use crate::forest::UnitNo;

/// One thing members are counted by. Codes are those of the capabilities unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dim {
    /// Type of the branch as of the asked day.
    Kind,
    /// Setting of the branch as of the asked day.
    Setting,
    /// Sex.
    Sex,
    /// Age on the asked day, by month: 0 up to 30 years, 1 31–35, 2 36–40, 3 41–45, 4 46–50, 5 51–55,
    /// 6 56–60, 7 over 60 (domain/13 §2), 8 unknown.
    AgeBand,
    /// Standing.
    Standing,
    /// Ethnicity.
    Ethnicity,
    /// Religion.
    Religion,
    /// General education.
    Education,
    /// Degree.
    Degree,
    /// Political theory.
    Theory,
    /// Occupation.
    Occupation,
    /// Party age on the asked day, without the time it stood still (MEM-40), in steps of five completed years: 0 under 5 … 19 under 100, 20 from 100, 21 unknown.
    PartyAgeBand,
    /// Decade of birth: 1 = the 1800s … ; 0 unknown. Decade `d` begins in the year `1790 + 10 d`.
    BirthDecade,
    /// Year of admission less 1800; 0 unknown.
    AdmittedYear,
    /// Month of admission, see [`month_code`]; 0 unknown.
    AdmittedMonth,
    /// Which direct child of this unit holds the branch as of the asked day: 0 the unit itself, then the children
    /// in their order. Members outside the unit are not counted.
    Child(UnitNo),
}

/// The highest age in years of each age band but the last.
pub const AGE_BAND_TOPS: [i32; 7] = [30, 35, 40, 45, 50, 55, 60];

/// A column a dimension is read from; two dimensions may share a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Origin,
    Ethnicity,
    Grade,
    Schooling,
    Occupation,
    Birth,
    Admitted,
    Counted,
}

impl Column {
    /// How many values the column can hold.
    pub fn values(self) -> usize {
        match self {
            Self::Birth | Self::Admitted | Self::Counted => crate::columns::MONTHS,
            _ => 256,
        }
    }
}

impl Dim {
    /// The column that decides; `None` for what the branch decides.
    pub(crate) fn column(self) -> Option<Column> {
        Some(match self {
            Self::Kind | Self::Setting | Self::Child(_) => return None,
            Self::Sex | Self::Religion => Column::Origin,
            Self::Ethnicity => Column::Ethnicity,
            Self::Standing | Self::Degree => Column::Grade,
            Self::Education | Self::Theory => Column::Schooling,
            Self::Occupation => Column::Occupation,
            Self::AgeBand | Self::BirthDecade => Column::Birth,
            Self::PartyAgeBand => Column::Counted,
            Self::AdmittedYear | Self::AdmittedMonth => Column::Admitted,
        })
    }

    /// The code of a value of that column in the asked month (X-02: ages go by month).
    pub(crate) fn code(self, value: u32, month: i32) -> u32 {
        let years = || (month - month_number(value)).max(0) / 12;
        let year = || month_number(value).div_euclid(12) - 1800;
        match self {
            Self::Sex => value & 3,
            Self::Religion => value >> 2,
            Self::Standing | Self::Education => value & 15,
            Self::Degree | Self::Theory => value >> 4,
            Self::AgeBand if value == 0 => 8,
            Self::AgeBand => AGE_BAND_TOPS.partition_point(|top| *top < years()) as u32,
            Self::PartyAgeBand if value == 0 => 21,
            Self::PartyAgeBand => (years() / 5).min(20) as u32,
            Self::BirthDecade | Self::AdmittedYear if value == 0 => 0,
            Self::BirthDecade => (year() / 10 + 1) as u32,
            Self::AdmittedYear => year() as u32,
            Self::Ethnicity | Self::Occupation | Self::AdmittedMonth => value,
            Self::Kind | Self::Setting | Self::Child(_) => value,
        }
    }

    /// Codes run below this. `children` counts the direct children for `Child`.
    pub(crate) fn size(self, tops: &Tops, unit_tops: (u8, u8), children: usize) -> u32 {
        let above = |top: u8| u32::from(top) + 1;
        match self {
            Self::Kind => above(unit_tops.0),
            Self::Setting => above(unit_tops.1),
            Self::Sex => above(tops.sex),
            Self::AgeBand => 9,
            Self::Standing => above(tops.standing),
            Self::Ethnicity => above(tops.ethnicity),
            Self::Religion => above(tops.religion),
            Self::Education => above(tops.education),
            Self::Degree => above(tops.degree),
            Self::Theory => above(tops.theory),
            Self::Occupation => above(tops.occupation),
            Self::PartyAgeBand => 22,
            Self::BirthDecade => self.code(u32::from(tops.birth), 0) + 1,
            Self::AdmittedYear => self.code(u32::from(tops.admitted), 0) + 1,
            Self::AdmittedMonth => u32::from(tops.admitted) + 1,
            Self::Child(_) => children as u32 + 1,
        }
    }
}

/// The code of the month of a day in [`Dim::AdmittedMonth`]; codes of later months are greater.
pub fn month_code(day: Day) -> u32 {
    u32::from(pack_month(Some(day)))
}

/// A set of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes(Vec<u64>);

impl Codes {
    /// The set of these.
    pub fn of(codes: &[u32]) -> Self {
        let mut set = Self::default();
        codes.iter().for_each(|code| set.insert(*code));
        set
    }

    /// Adds one.
    pub fn insert(&mut self, code: u32) {
        let word = code as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (code % 64);
    }

    /// Whether it is in the set.
    pub fn has(&self, code: u32) -> bool {
        self.0.get(code as usize / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// Which rows a question is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instant {
    pub day: u16,
    /// `NEVER`: as known now.
    pub known: u16,
}

impl Instant {
    pub fn known_now(self) -> bool {
        self.known == NEVER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(y: i32, m: u8) -> i32 {
        Day::from_ymd(y, m, 3).unwrap().month_number()
    }

    fn packed(y: i32, m: u8) -> u32 {
        ((y - 1800) * 12 + i32::from(m)) as u32
    }

    #[test]
    fn x_02_age_bands_turn_with_the_month_not_the_day() {
        let asked = month(2025, 7);
        for (born, band) in [
            (packed(1994, 8), 0), // 30 years
            (packed(1994, 7), 1), // 31 in this month, whatever the day
            (packed(1989, 8), 1),
            (packed(1989, 7), 2),
            (packed(1965, 7), 6),
            (packed(1964, 8), 6), // 60
            (packed(1964, 7), 7), // 61
            (packed(2030, 1), 0),
            (0, 8),
        ] {
            assert_eq!(Dim::AgeBand.code(born, asked), band, "{born}");
        }
    }

    #[test]
    fn party_age_goes_in_steps_of_five_completed_years() {
        let asked = month(2025, 2);
        assert_eq!(Dim::PartyAgeBand.code(packed(2020, 2), asked), 1);
        assert_eq!(Dim::PartyAgeBand.code(packed(2020, 3), asked), 0);
        assert_eq!(Dim::PartyAgeBand.code(packed(1930, 2), asked), 19);
        assert_eq!(Dim::PartyAgeBand.code(packed(1920, 2), asked), 20);
        assert_eq!(Dim::PartyAgeBand.code(0, asked), 21);
        assert_eq!(Dim::AdmittedYear.code(packed(1930, 2), asked), 130);
        assert_eq!(Dim::BirthDecade.code(packed(1958, 2), asked), 16);
    }
}
