//! Counting places: by state, and the figures of TSK-23 with numerator and denominator (X-13, TSK-10).

use super::{PlaceKind, State};

/// Numbers of places by state, in the order of [`State::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([u32; 5]);

impl Tally {
    /// Places in a state.
    pub fn of(&self, state: State) -> u32 {
        State::ALL.iter().zip(self.0).find(|(other, _)| **other == state).map_or(0, |(_, count)| count)
    }

    /// All of them.
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Those with an organisation.
    pub fn covered(&self) -> u32 {
        State::ALL.into_iter().filter(|state| state.covered()).map(|state| self.of(state)).sum()
    }
}

impl FromIterator<State> for Tally {
    fn from_iter<I: IntoIterator<Item = State>>(states: I) -> Self {
        let mut tally = Self::default();
        for state in states {
            let at = State::ALL.iter().position(|other| *other == state);
            if let Some(count) = at.and_then(|at| tally.0.get_mut(at)) {
                *count += 1;
            }
        }
        tally
    }
}

/// One place, as the figures see it.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// What it is.
    pub kind: PlaceKind,
    /// How it stands.
    pub state: State,
    /// Official members, where known.
    pub official: Option<u32>,
    /// Households, where known.
    pub households: Option<u32>,
    /// Households somebody looks after, where known.
    pub served: Option<u32>,
}

/// The figures of TSK-23.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// All places.
    pub total: u64,
    /// With an organisation.
    pub covered: u64,
    /// With official members enough for an organisation (ORG-01).
    pub ready: u64,
    /// Of those the ones with an organisation.
    pub ready_covered: u64,
    /// Official members known where people live.
    pub residents: u64,
    /// Households where people live, of the places whose number is known.
    pub households: u64,
    /// Of those the ones somebody looks after.
    pub served: u64,
}

impl Figures {
    /// Adds a place; `least` official members make an organisation.
    pub fn add(&mut self, place: Seen, least: u32) {
        let covered = u64::from(place.state.covered());
        self.total += 1;
        self.covered += covered;
        if place.official.is_some_and(|count| count >= least) {
            self.ready += 1;
            self.ready_covered += covered;
        }
        if place.kind.residential() {
            self.residents += u64::from(place.official.unwrap_or(0));
            // The share is of places whose households are known: a part of an unknown whole says nothing.
            if let Some(households) = place.households {
                self.households += u64::from(households);
                self.served += u64::from(place.served.unwrap_or(0).min(households));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(kind: PlaceKind, state: State, official: Option<u32>) -> Seen {
        Seen { kind, state, official, households: None, served: None }
    }

    #[test]
    fn tsk_23_shares_keep_numerator_and_denominator() {
        let mut figures = Figures::default();
        let quarter = seen(PlaceKind::Quarter, State::Own, Some(20));
        figures.add(Seen { households: Some(400), served: Some(390), ..quarter }, 3);
        figures.add(Seen { served: Some(50), ..seen(PlaceKind::Quarter, State::Joint, Some(2)) }, 3);
        figures.add(seen(PlaceKind::PrivateEnterprise, State::Enough, Some(3)), 3);
        figures.add(Seen { households: Some(9), served: Some(9), ..seen(PlaceKind::School, State::Without, None) }, 3);
        let expected =
            Figures { total: 4, covered: 2, ready: 2, ready_covered: 1, residents: 22, households: 400, served: 390 };
        assert_eq!(figures, expected);
    }

    proptest! {
        #[test]
        fn tsk_10_the_total_is_the_sum_of_the_states(marks in proptest::collection::vec(0usize..5, 0..60)) {
            let states: Vec<State> = marks.iter().map(|mark| State::ALL[*mark]).collect();
            let tally: Tally = states.iter().copied().collect();
            prop_assert_eq!(tally.total() as usize, states.len());
            for state in State::ALL {
                let count = states.iter().filter(|other| **other == state).count();
                prop_assert_eq!(tally.of(state) as usize, count);
            }
            prop_assert_eq!(tally.covered(), tally.of(State::Own) + tally.of(State::Joint));
        }

        #[test]
        fn x_13_no_numerator_is_larger_than_its_denominator(
            places in proptest::collection::vec((0usize..11, 0usize..5, 0u32..9, 0u32..9), 0..40),
        ) {
            let mut figures = Figures::default();
            for (kind, state, official, households) in places {
                let place = seen(PlaceKind::ALL[kind], State::ALL[state], Some(official));
                figures.add(Seen { households: Some(households), served: Some(official), ..place }, 3);
            }
            prop_assert!(figures.covered <= figures.total && figures.ready <= figures.total);
            prop_assert!(figures.ready_covered <= figures.ready && figures.served <= figures.households);
        }
    }
}
