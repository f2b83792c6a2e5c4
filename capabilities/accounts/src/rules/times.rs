//! How long a session lives (S14: 15 minutes without use, 12 hours in all; both can be set).

/// Lifetimes of a session, milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Longest pause between two requests.
    pub idle_ms: i64,
    /// Longest life.
    pub whole_ms: i64,
}

/// Setting of the longest pause, minutes.
pub const IDLE_SETTING: &str = "accounts.idle-minutes";
/// Setting of the longest life, hours.
pub const WHOLE_SETTING: &str = "accounts.session-hours";

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

impl Default for Times {
    fn default() -> Self {
        Self { idle_ms: 15 * MINUTE, whole_ms: 12 * HOUR }
    }
}

impl Times {
    /// From the stored settings; what is missing, not a number or out of bounds (1 minute – 12 hours without use,
    /// 1 – 24 hours in all) is the default.
    pub fn from_settings(idle_minutes: Option<&str>, whole_hours: Option<&str>) -> Self {
        let read = |text: Option<&str>, most: i64| {
            text.and_then(|t| t.trim().parse::<i64>().ok()).filter(|n| (1..=most).contains(n))
        };
        let usual = Self::default();
        Self {
            idle_ms: read(idle_minutes, 720).map_or(usual.idle_ms, |n| n * MINUTE),
            whole_ms: read(whole_hours, 24).map_or(usual.whole_ms, |n| n * HOUR),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s14_nonsense_settings_leave_the_default() {
        assert_eq!(Times::default(), Times { idle_ms: 900_000, whole_ms: 43_200_000 });
        assert_eq!(Times::from_settings(Some("x"), Some("0")), Times::default());
        assert_eq!(Times::from_settings(Some("30"), Some("8")), Times { idle_ms: 1_800_000, whole_ms: 28_800_000 });
        assert_eq!(Times::from_settings(Some("100000"), Some("25")), Times::default());
    }
}
