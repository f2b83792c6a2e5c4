//! Against guessing (S15): a delay that grows with each wrong answer, never a lock for good.
//!
//! An answer given while the delay runs is not looked at and does not prolong it, so whoever waits gets in.

use chibo_kernel::{Moment, Problem, Said};

/// Wrong answers so far under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guesses {
    /// How many in a row.
    pub failed: i64,
    /// No answer is looked at before this.
    pub locked_until: Moment,
    /// When the last one came.
    pub last_at: Moment,
}

/// Wrong answers older than this are forgotten, milliseconds.
pub const FORGOTTEN_AFTER_MS: i64 = 24 * 3_600_000;

/// The pause after so many wrong answers in a row, milliseconds. Adds up to about 60 guesses in a day.
pub const fn delay_ms(failed: i64) -> i64 {
    match failed {
        ..=4 => 0,
        5 => 5_000,
        6 => 15_000,
        7 => 60_000,
        8 => 5 * 60_000,
        9..=15 => 15 * 60_000,
        _ => 30 * 60_000,
    }
}

/// The count after one more wrong answer, and whether it begins a new step and is worth an entry in the log.
pub fn after_failure(before: Option<Guesses>, now: Moment) -> (Guesses, bool) {
    let fresh = before.filter(|g| now.0 - g.last_at.0 < FORGOTTEN_AFTER_MS);
    let failed = fresh.map_or(0, |g| g.failed).saturating_add(1);
    let delay = delay_ms(failed);
    (Guesses { failed, locked_until: now.plus_ms(delay), last_at: now }, failed == 1 || delay != delay_ms(failed - 1))
}

/// Whether an answer may be looked at now; if not, says how long to wait.
pub fn admit(guesses: Option<Guesses>, now: Moment) -> Result<(), Problem> {
    let left = guesses.map_or(0, |g| g.locked_until.0 - now.0);
    match left {
        ..=0 => Ok(()),
        1..=120_000 => Err(Problem::refuse(Said::new("accounts-wait-seconds").with("seconds", (left + 999) / 1000))),
        _ => Err(Problem::refuse(Said::new("accounts-wait-minutes").with("minutes", (left + 59_999) / 60_000))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s15_a_tireless_guesser_gets_fewer_than_a_hundred_guesses_a_day() {
        let (mut guesses, mut looked_at, mut logged) = (None, 0, 0);
        for second in 0..86_400 {
            let now = Moment(second * 1000);
            for _ in 0..3 {
                if admit(guesses, now).is_ok() {
                    let (next, notable) = after_failure(guesses, now);
                    guesses = Some(next);
                    looked_at += 1;
                    logged += i32::from(notable);
                }
            }
        }
        assert!((40..=100).contains(&looked_at), "{looked_at}");
        assert_eq!(logged, 7, "the first one and the first of each of six steps");
    }

    #[test]
    fn s15_whoever_waits_is_admitted_and_a_day_wipes_the_slate() {
        let mut guesses = None;
        for _ in 0..40 {
            guesses = Some(after_failure(guesses, Moment(0)).0);
        }
        assert!(admit(guesses, Moment(30 * 60_000 - 1)).is_err());
        assert!(admit(guesses, Moment(30 * 60_000)).is_ok());
        assert_eq!(after_failure(guesses, Moment(FORGOTTEN_AFTER_MS)).0.failed, 1);
    }
}
