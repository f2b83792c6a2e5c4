//! Where a place is, in millionths of a degree: exact, never rounded twice.

use std::ops::RangeInclusive;

/// Latitude and longitude in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Latitude.
    pub lat: i32,
    /// Longitude.
    pub lon: i32,
}

/// Latitudes of the country with its islands.
const LATITUDES: RangeInclusive<i32> = 6_000_000..=24_000_000;
/// Longitudes of the country with its islands.
const LONGITUDES: RangeInclusive<i32> = 102_000_000..=118_000_000;

impl Spot {
    /// A spot inside the country; `None` when it lies elsewhere, as it does when the two numbers are exchanged.
    pub fn new(lat: i32, lon: i32) -> Option<Self> {
        (LATITUDES.contains(&lat) && LONGITUDES.contains(&lon)).then_some(Self { lat, lon })
    }
}

/// Reads `10.776889` or `10,776889`; more than six decimals are rounded half up. `None` for anything else.
pub fn read_degrees(text: &str) -> Option<i32> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 20 || !digits(whole) || !digits(part) {
        return None;
    }
    let mut value: i32 = whole.parse().ok()?;
    let mut decimals = part.bytes().map(|byte| i32::from(byte - b'0'));
    for _ in 0..6 {
        value = value * 10 + decimals.next().unwrap_or(0);
    }
    Some(value + i32::from(decimals.next().is_some_and(|digit| digit >= 5)))
}

/// Writes `10.776889`.
pub fn degrees(micro: i32) -> String {
    format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn degrees_are_read_exactly() {
        for (text, micro) in [
            ("10.776889", Some(10_776_889)),
            ("10,776889", Some(10_776_889)),
            (" 106.7 ", Some(106_700_000)),
            ("106", Some(106_000_000)),
            ("10.7768885", Some(10_776_889)),
            ("10.77688849", Some(10_776_888)),
            ("10.9999999", Some(11_000_000)),
            ("", None),
            ("-10.5", None),
            ("10.5.1", None),
            ("10°46'", None),
            ("1067", None),
        ] {
            assert_eq!(read_degrees(text), micro, "{text}");
        }
    }

    #[test]
    fn exchanged_numbers_lie_elsewhere() {
        assert!(Spot::new(10_776_889, 106_700_000).is_some());
        assert!(Spot::new(106_700_000, 10_776_889).is_none());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(micro in 0..180_000_000i32) {
            prop_assert_eq!(read_degrees(&degrees(micro)), Some(micro));
        }
    }
}
