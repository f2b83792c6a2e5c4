//! The real administrative units before and after 1 July 2025, read from the files in `data/hcmc`.

/// A ward, commune or township as it stood on 30 June 2025.
#[derive(Clone, Copy, Debug)]
pub struct OldWard {
    /// Province code: 74, 77 or 79.
    pub province: &'static str,
    /// District code and name.
    pub district: (&'static str, &'static str),
    /// Official code.
    pub code: &'static str,
    /// Name with its type (`Phường Bến Nghé`).
    pub name: &'static str,
    /// Centre in millionths of a degree, latitude and longitude.
    pub at: (i32, i32),
}

/// A ward, commune or special zone since 1 July 2025.
#[derive(Clone, Copy, Debug)]
pub struct NewWard {
    /// Official code.
    pub code: &'static str,
    /// Name with its type.
    pub name: &'static str,
    /// Centre in millionths of a degree (rounded at the source).
    pub at: (i32, i32),
}

/// One line of the transition file.
#[derive(Clone, Copy, Debug)]
pub struct Passage {
    /// Code before.
    pub old: &'static str,
    /// Code after.
    pub new: &'static str,
    /// Takes what cannot be placed more precisely.
    pub default: bool,
}

const OLD: &str = include_str!("../../../data/hcmc/units_2024.csv");
const NEW: &str = include_str!("../../../data/hcmc/units_2025.csv");
const PASSAGES: &str = include_str!("../../../data/hcmc/transition_2025-07-01.csv");

/// The files hold no quotes, so a line is split at its commas; a line with another number of cells is left out (the
/// tests count the lines).
fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().skip(1).filter_map(|line| line.trim_end().split(',').collect::<Vec<_>>().try_into().ok())
}

/// `10.995089` → 10995089.
fn micro(text: &str) -> i32 {
    text.parse::<f64>().map_or(0, |degrees| (degrees * 1e6).round() as i32)
}

/// The 442 units before, in the order of the file (by district).
pub fn old_wards() -> Vec<OldWard> {
    rows::<10>(OLD)
        .map(|[province, _, district, district_name, _, code, name, _, lat, lon]| OldWard {
            province,
            district: (district, district_name),
            code,
            name,
            at: (micro(lat), micro(lon)),
        })
        .collect()
}

/// The 168 units after.
pub fn new_wards() -> Vec<NewWard> {
    rows::<6>(NEW).map(|[code, name, _, lat, lon, _]| NewWard { code, name, at: (micro(lat), micro(lon)) }).collect()
}

/// Which old unit went where; the default successor of an old unit comes first among its lines.
pub fn passages() -> Vec<Passage> {
    let mut all: Vec<_> =
        rows::<4>(PASSAGES).map(|[old, new, _, default]| Passage { old, new, default: default == "1" }).collect();
    all.sort_by_key(|passage| (passage.old, !passage.default));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_files_hold_442_168_and_493_lines() {
        let (old, new, passages) = (old_wards(), new_wards(), passages());
        assert_eq!((old.len(), new.len(), passages.len()), (442, 168, 493));
        let districts: HashSet<_> = old.iter().map(|ward| ward.district.0).collect();
        assert_eq!(districts.len(), 38);
        assert!(old.iter().all(|ward| (8_000_000..12_000_000).contains(&ward.at.0)));
        assert!(new.iter().all(|ward| (106_000_000..108_000_000).contains(&ward.at.1)));
    }

    #[test]
    fn every_old_unit_has_one_default_successor_and_every_new_one_a_forerunner() {
        let passages = passages();
        for ward in old_wards() {
            let mine: Vec<_> = passages.iter().filter(|passage| passage.old == ward.code).collect();
            assert_eq!(mine.iter().filter(|passage| passage.default).count(), 1, "{}", ward.name);
            assert!(mine[0].default);
        }
        for ward in new_wards() {
            assert!(passages.iter().any(|passage| passage.new == ward.code), "{}", ward.name);
        }
    }
}
