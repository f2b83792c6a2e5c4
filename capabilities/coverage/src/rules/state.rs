//! How a place stands on a day: covered, or why not (TSK-23, ORG-01).

use chibo_organisation::kinds::{Kind, Setting};

/// The organisation that covers a place on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// It covers other places too, or was written down as joint (chi bộ ghép).
    pub joint: bool,
    /// Its official members.
    pub official: u32,
}

/// How a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// An organisation of its own (có tổ chức đảng riêng).
    Own,
    /// Covered by a joint one (có chi bộ ghép).
    Joint,
    /// No organisation, but official members enough for one (đủ điều kiện lập; ORG-01).
    Enough,
    /// No organisation, and too few official members (chưa đủ; they are introduced to another one, ORG-01).
    Few,
    /// No official member known (chưa có đảng viên).
    Without,
}

impl State {
    /// All, in the order of tables.
    pub const ALL: [State; 5] = [Self::Own, Self::Joint, Self::Enough, Self::Few, Self::Without];

    /// All, in the order of drawings: charts colour by place, blue, red, gold, green, violet, and the two covered
    /// states stand side by side.
    pub const DRAWN: [State; 5] = [Self::Enough, Self::Without, Self::Few, Self::Own, Self::Joint];

    /// The code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Joint => "joint",
            Self::Enough => "enough",
            Self::Few => "few",
            Self::Without => "without",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "coverage-state-own",
            Self::Joint => "coverage-state-joint",
            Self::Enough => "coverage-state-enough",
            Self::Few => "coverage-state-few",
            Self::Without => "coverage-state-without",
        }
    }

    /// Key of the sentence that says what it means and what to do.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Own => "coverage-advice-own",
            Self::Joint => "coverage-advice-joint",
            Self::Enough => "coverage-advice-enough",
            Self::Few => "coverage-advice-few",
            Self::Without => "coverage-advice-without",
        }
    }

    /// Colour class of its tag.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Own | Self::Joint => "ok",
            Self::Enough => "gold",
            Self::Few => "warn",
            Self::Without => "bad",
        }
    }

    /// There is an organisation.
    pub const fn covered(self) -> bool {
        matches!(self, Self::Own | Self::Joint)
    }
}

/// How a place stands: `known` official members were typed in, `least` make an organisation (ORG-01).
pub fn state(cover: Option<Cover>, known: Option<u32>, least: u32) -> State {
    match (cover, known.unwrap_or(0)) {
        (Some(Cover { joint: false, .. }), _) => State::Own,
        (Some(_), _) => State::Joint,
        (None, count) if count >= least => State::Enough,
        (None, 0) => State::Without,
        (None, _) => State::Few,
    }
}

/// Official members at a place: those of its own organisation; else what was typed in, for of a joint one nobody knows
/// from the register which member belongs where.
pub fn official(cover: Option<Cover>, known: Option<u32>) -> Option<u32> {
    match cover {
        Some(Cover { joint: false, official }) => Some(official),
        _ => known,
    }
}

/// Whether an organisation can be the one of a place: it holds members, and is not the committee of the whole ward.
pub fn may_cover(kind: Kind, setting: Option<Setting>) -> bool {
    use Setting::{Commune, District, Province, SpecialZone, Township, Ward};
    let territory = matches!(setting, Some(Province | District | Commune | Ward | Township | SpecialZone));
    let holds = matches!(
        kind,
        Kind::Base | Kind::BaseBranch | Kind::Section | Kind::UnderBase | Kind::Branch | Kind::Temporary
    );
    holds && !territory
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cover(joint: bool) -> Option<Cover> {
        Some(Cover { joint, official: 7 })
    }

    #[test]
    fn org_01_three_official_members_may_have_an_organisation_two_may_not() {
        let of = |count: u32| state(None, Some(count), 3);
        assert_eq!([of(0), of(1), of(2), of(3), of(4)].map(State::code), ["without", "few", "few", "enough", "enough"]);
        assert_eq!(state(None, None, 3), State::Without);
        assert_eq!(state(None, Some(3), 4), State::Few, "the threshold is that of the rulebook");
    }

    #[test]
    fn tsk_23_an_organisation_covers_whatever_was_typed() {
        for known in [None, Some(0), Some(9)] {
            assert_eq!(state(cover(false), known, 3), State::Own);
            assert_eq!(state(cover(true), known, 3), State::Joint);
        }
        assert_eq!(official(cover(false), Some(1)), Some(7));
        assert_eq!(official(cover(true), Some(1)), Some(1));
        assert_eq!((official(cover(true), None), official(None, None)), (None, None));
    }

    #[test]
    fn the_committee_of_a_ward_covers_no_place() {
        assert!(may_cover(Kind::Branch, Some(Setting::Quarter)) && may_cover(Kind::Base, Some(Setting::School)));
        assert!(!may_cover(Kind::Base, Some(Setting::Ward)) && !may_cover(Kind::Upper, Some(Setting::Office)));
        assert!(!may_cover(Kind::City, None) && !may_cover(Kind::History, None));
    }

    #[test]
    fn codes_round_trip_and_drawings_show_every_state_once() {
        assert!(State::ALL.into_iter().all(|state| State::from_code(state.code()) == Some(state)));
        let mut drawn = State::DRAWN;
        drawn.sort();
        assert_eq!(drawn, State::ALL);
    }

    proptest! {
        #[test]
        fn more_members_never_make_a_place_worse(count in 0u32..20, least in 1u32..9) {
            let rank = |state: State| State::ALL.iter().position(|other| *other == state);
            prop_assert!(rank(state(None, Some(count + 1), least)) <= rank(state(None, Some(count), least)));
        }
    }
}
