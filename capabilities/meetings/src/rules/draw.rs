//! Meetings drawn by lot for a second look (MTG-12): every branch that met has a ticket that follows from the seed of the
//! draw, and the lowest tickets are drawn. Whoever has the seed can repeat the draw, in whatever order the branches come.

use chibo_kernel::{Id, Unit};

use super::Month;

/// Chance kept with a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub [u8; 16]);

/// Fewest and most meetings of one draw.
pub const WANTED: std::ops::RangeInclusive<u32> = 1..=50;

impl Seed {
    /// As it is written down.
    pub fn text(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// From how it was written down.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// Spreads every bit of a number over all of them (the finaliser of SplitMix64).
const fn spread(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// The ticket of a branch in a draw.
pub fn ticket(seed: Seed, unit: Id<Unit>, month: Month) -> u64 {
    let mut state = spread(0x9e37_79b9_7f4a_7c15 ^ i64::from(month.0).cast_unsigned());
    for bytes in [&seed.0, unit.bytes()] {
        for half in bytes.chunks(8) {
            let word = half.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            state = spread(state.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word);
        }
    }
    state
}

/// The branches drawn, each with its ticket, the lowest first.
pub fn draw(seed: Seed, month: Month, among: &[Id<Unit>], wanted: u32) -> Vec<(Id<Unit>, u64)> {
    let mut tickets: Vec<_> = among.iter().map(|unit| (*unit, ticket(seed, *unit, month))).collect();
    tickets.sort_by_key(|(unit, ticket)| (*ticket, *unit.bytes()));
    tickets.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
    tickets
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit(number: u8) -> Id<Unit> {
        Id::from_bytes([number; 16])
    }

    #[test]
    fn mtg_12_a_draw_is_repeated_by_its_seed_and_another_seed_draws_others() {
        let among: Vec<_> = (1..=40).map(unit).collect();
        let seed = Seed([7; 16]);
        let first = draw(seed, Month(24_000), &among, 5);
        let back = Seed::parse(&seed.text()).unwrap();
        let turned: Vec<_> = among.iter().rev().copied().collect();
        assert_eq!(draw(back, Month(24_000), &turned, 5), first);
        assert_ne!(draw(Seed([8; 16]), Month(24_000), &among, 5), first);
        assert_ne!(draw(seed, Month(24_001), &among, 5), first);
        assert_eq!(draw(seed, Month(24_000), &among[..3], 5).len(), 3, "no more than there are");
        assert_eq!(Seed::parse("zz"), None);
    }

    #[test]
    fn mtg_12_every_branch_is_drawn_about_as_often_as_another() {
        let among: Vec<_> = (1..=10).map(unit).collect();
        let mut counts = [0_u32; 10];
        for number in 0..2_000_u32 {
            let mut bytes = [0; 16];
            bytes[..4].copy_from_slice(&number.to_le_bytes());
            for (unit, _) in draw(Seed(bytes), Month(24_000), &among, 3) {
                counts[usize::from(unit.bytes()[0]) - 1] += 1;
            }
        }
        // 2,000 draws of 3 in 10: 600 each, give or take five standard deviations (20.5).
        assert!(counts.iter().all(|count| (498..=702).contains(count)), "{counts:?}");
    }

    proptest! {
        #[test]
        fn mtg_12_a_branch_that_reports_later_takes_nobodys_ticket(seed: [u8; 16], wanted in 1..9_u32) {
            let among: Vec<_> = (1..=20).map(unit).collect();
            let before = draw(Seed(seed), Month(24_000), &among[..19], wanted);
            let after = draw(Seed(seed), Month(24_000), &among, wanted);
            let kept = before.iter().filter(|drawn| after.contains(drawn)).count();
            prop_assert!(kept + 1 >= before.len());
        }
    }
}
