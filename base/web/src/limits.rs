//! How often one account or one address may ask: buckets that refill by the minute.

use std::collections::HashMap;
use std::net::IpAddr;

use chibo_kernel::{Moment, Problem};
use parking_lot::Mutex;

/// Whose requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// One signed-in account (its session token's prefix).
    Account([u8; 16]),
    /// One network address.
    Address(IpAddr),
}

struct Bucket {
    left: f32,
    at: Moment,
}

/// All buckets. Addresses get four times an account's allowance: offices share one.
pub struct Limits {
    per_minute: u32,
    buckets: Mutex<HashMap<Who, Bucket>>,
}

const MOST_BUCKETS: usize = 50_000;

impl Limits {
    /// Allows `per_minute` requests a minute per account; 0 means no limit.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, buckets: Mutex::default() }
    }

    /// Takes one request from a bucket, or says how many seconds to wait.
    pub fn take(&self, who: Who, now: Moment) -> Result<(), Problem> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let most = self.per_minute as f32 * if matches!(who, Who::Address(_)) { 4.0 } else { 1.0 };
        let mut buckets = self.buckets.lock();
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, bucket| now.0 - bucket.at.0 < 60_000);
        }
        let bucket = buckets.entry(who).or_insert(Bucket { left: most, at: now });
        let passed = (now.0 - bucket.at.0).clamp(0, 60_000) as f32 / 60_000.0;
        bucket.left = (bucket.left + passed * most).min(most);
        bucket.at = now;
        if bucket.left < 1.0 {
            let seconds = ((1.0 - bucket.left) * 60.0 / most).ceil();
            return Err(Problem::Busy(seconds as u32 + 1));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_refills() {
        let limits = Limits::new(60);
        let who = || Who::Account([1; 16]);
        for _ in 0..60 {
            assert!(limits.take(who(), Moment(0)).is_ok());
        }
        assert!(matches!(limits.take(who(), Moment(0)), Err(Problem::Busy(_))));
        assert!(limits.take(Who::Account([2; 16]), Moment(0)).is_ok());
        assert!(limits.take(who(), Moment(1_500)).is_ok());
        assert!(limits.take(who(), Moment(1_600)).is_err());
    }
}
