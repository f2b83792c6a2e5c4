//! When units were founded, and where a district had its seat.

use chibo_kernel::Day;
use chibo_organisation::kinds::Setting;

use crate::demo::places::OldWard;
use crate::demo::seed::Seed;

/// The last founding before the change.
const LATEST: Day = Day::from_number(20_088); // 2024-12-31
const REUNITED: Day = Day::from_number(2_374); // 1976-07-02

/// A day of the year.
pub fn in_year(seed: &mut Seed, year: i32) -> Day {
    Day::from_ymd(year, 1, 1).unwrap_or(REUNITED).plus_days(seed.between(0, 360))
}

/// The day a district was set up within its present bounds (old ones: since the reunification).
pub fn district(code: &str) -> Day {
    let (year, month, day) = match code {
        "761" | "778" => (1997, 4, 1),
        "767" | "777" => (2003, 12, 2),
        "719" | "726" => (2014, 4, 1),
        "722" | "724" | "725" => (1999, 8, 23),
        "750" | "754" => (1994, 8, 22),
        _ => (1976, 7, 2),
    };
    Day::from_ymd(year, month, day).unwrap_or(REUNITED)
}

/// A ward: most with their district, some split off later.
pub fn ward(seed: &mut Seed, district: Day) -> Day {
    let later = [(1982, 10), (1988, 8), (1994, 6), (2003, 8), (2006, 8)];
    match seed.pick(&later) {
        Some((year, month)) if seed.chance(180) => Day::from_ymd(year, month, 1).unwrap_or(district).max(district),
        _ => district,
    }
}

/// A base organisation or branch by its setting, not before `not_before`.
pub fn base(seed: &mut Seed, setting: Setting, not_before: Day) -> Day {
    let (first, last) = match setting {
        Setting::Quarter | Setting::Hamlet => (1976, 1994),
        Setting::Apartments => (2005, 2024),
        Setting::School => (1977, 2008),
        Setting::PublicService => (1978, 2008),
        Setting::PrivateService => (1998, 2019),
        Setting::StateEnterprise => (1980, 2006),
        Setting::JointStock => (1995, 2015),
        Setting::PrivateEnterprise => (1997, 2020),
        Setting::ForeignEnterprise => (1995, 2018),
        Setting::Cooperative => (1986, 2018),
        _ => (1976, 1992),
    };
    // What stands in something younger than itself was founded with it or in the ten years after.
    let year = seed.between(first, last);
    let day = in_year(seed, year);
    if day >= not_before {
        return day;
    }
    not_before.plus_days(if seed.chance(500) { 0 } else { seed.between(1, 3_650) }).min(LATEST).max(not_before)
}

/// The ward a district is governed from: its township, else the one nearest its middle.
pub fn seat(wards: &[OldWard]) -> OldWard {
    let count = wards.len().max(1) as i64;
    let middle = |pick: fn(&OldWard) -> i32| wards.iter().map(|ward| i64::from(pick(ward))).sum::<i64>() / count;
    let (lat, lon) = (middle(|ward| ward.at.0), middle(|ward| ward.at.1));
    let distance = |ward: &OldWard| {
        let town = if ward.name.starts_with("Thị trấn") { 0 } else { 1 };
        (town, (i64::from(ward.at.0) - lat).pow(2) + (i64::from(ward.at.1) - lon).pow(2))
    };
    wards.iter().copied().min_by_key(distance).unwrap_or(OldWard {
        province: "",
        district: ("", ""),
        code: "",
        name: "",
        at: (0, 0),
    })
}
