//! How many units stand how: a total is always the sum of its parts (TSK-10).

use super::State;

/// Units by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([u32; 5]);

impl Tally {
    /// One more unit.
    pub fn add(&mut self, state: State) {
        if let Some(count) = self.0.get_mut(state as usize) {
            *count += 1;
        }
    }

    /// How many stand so.
    pub fn of(&self, state: State) -> u32 {
        self.0.get(state as usize).copied().unwrap_or(0)
    }

    /// All units that must have a regulation.
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Units with no regulation in force: never adopted, or ended.
    pub fn missing(&self) -> u32 {
        self.of(State::Never) + self.of(State::Ended)
    }
}

impl FromIterator<State> for Tally {
    fn from_iter<I: IntoIterator<Item = State>>(states: I) -> Self {
        let mut tally = Self::default();
        states.into_iter().for_each(|state| tally.add(state));
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tsk_10_the_total_is_the_sum_of_the_states(picks in proptest::collection::vec(0usize..5, 0..60)) {
            let states: Vec<State> = picks.iter().map(|pick| State::ALL[*pick]).collect();
            let tally: Tally = states.iter().copied().collect();
            prop_assert_eq!(tally.total() as usize, states.len());
            for state in State::ALL {
                let count = states.iter().filter(|other| *other == state).count();
                prop_assert_eq!(tally.of(*state) as usize, count);
            }
            prop_assert_eq!(tally.missing(), tally.of(State::Never) + tally.of(State::Ended));
        }
    }
}
