//! Sex, birth, admission and standing.

use chibo_kernel::Day;
use chibo_members::codes::{Sex, Standing};
use chibo_organisation::kinds::Setting;

use crate::demo::TODAY;
use crate::demo::city::Branch;
use crate::demo::seed::Seed;

/// The dates a membership rests on.
#[derive(Clone, Copy, Debug)]
pub struct Sketch {
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub born: Day,
    /// Age today in months.
    pub age: i32,
    /// Day of admission.
    pub admitted: Day,
    /// Day of full membership; `None` while on probation.
    pub official: Option<Day>,
}

/// `(from, to)` in years with a weight.
type Ages = &'static [((i32, i32), u16)];

const RESIDENTS: Ages =
    &[((19, 30), 6), ((30, 40), 10), ((40, 50), 13), ((50, 60), 16), ((60, 70), 28), ((70, 80), 19), ((80, 95), 8)];
const BLOCKS: Ages = &[((22, 35), 12), ((35, 45), 20), ((45, 60), 30), ((60, 75), 31), ((75, 88), 7)];
const OFFICES: Ages = &[((22, 30), 15), ((30, 40), 38), ((40, 50), 32), ((50, 61), 15)];
const SCHOOLS: Ages = &[((19, 24), 8), ((24, 30), 14), ((30, 40), 37), ((40, 50), 29), ((50, 62), 12)];
const FORCES: Ages = &[((19, 30), 32), ((30, 40), 38), ((40, 50), 21), ((50, 60), 9)];
const FIRMS: Ages = &[((20, 30), 17), ((30, 40), 38), ((40, 50), 30), ((50, 61), 15)];

fn ages(setting: Setting) -> Ages {
    match setting {
        Setting::Quarter | Setting::Hamlet => RESIDENTS,
        Setting::Apartments => BLOCKS,
        Setting::Police | Setting::Army => FORCES,
        Setting::School => SCHOOLS,
        Setting::Office | Setting::PublicService | Setting::PrivateService => OFFICES,
        _ => FIRMS,
    }
}

/// Women in a thousand: more among the young, fewer in the forces, more in schools and hospitals.
fn women(years: i32, setting: Setting) -> u32 {
    let by_age = match years {
        ..30 => 513,
        30..40 => 497,
        40..50 => 468,
        50..60 => 435,
        60..70 => 412,
        70.. => 375,
    };
    match setting {
        Setting::Police => by_age - 280,
        Setting::Army => by_age - 365,
        Setting::School | Setting::PrivateService => by_age + 150,
        Setting::PublicService => by_age + 110,
        Setting::StateEnterprise | Setting::JointStock => by_age - 60,
        _ => by_age,
    }
}

/// Members on probation in a thousand.
fn on_probation(years: i32) -> u32 {
    match years {
        ..25 => 150,
        25..30 => 92,
        30..35 => 50,
        35..40 => 31,
        40..50 => 15,
        50..59 => 5,
        _ => 0,
    }
}

/// 18 full years, by month (MEM-01).
const OF_AGE: i32 = 18 * 12;

/// Draws the dates. `block` of `blocks` bounds the year of birth: see `people::identity`.
pub fn sketch(seed: &mut Seed, branch: &Branch, block: i32, blocks: i32) -> Sketch {
    let now = TODAY.month_number();
    let (low, high) = seed.weighed(ages(branch.setting)).unwrap_or((30, 60));
    // Nobody is younger than 18 years and 8 months today.
    let month = now - seed.between(low * 12, high * 12 - 1).max(OF_AGE + 8);
    let month = month - 12 * (month.div_euclid(12) - block).rem_euclid(blocks);
    let age = now - month;
    let years = age.div_euclid(12);
    let sex = if seed.chance(women(years, branch.setting)) { Sex::Female } else { Sex::Male };
    let born = day(month, 1 + seed.below(28));
    let new = age < OF_AGE + 15 || seed.chance(on_probation(years));
    let (earliest, latest) = if new { (now - 11.min(age - OF_AGE - 1), now) } else { (month + OF_AGE + 1, now - 13) };
    let wanted = if new { earliest + seed.between(0, latest - earliest) } else { month + admission_age(seed) };
    let admission = if wanted > latest { seed.between(earliest, latest) } else { wanted.max(earliest) };
    let admitted = admission_day(seed, admission, earliest, latest);
    let official = (!new).then(|| admitted.plus_months(12));
    Sketch { sex, born, age, admitted, official }
}

fn day(month: i32, day: u32) -> Day {
    Day::from_ymd(month.div_euclid(12), (month.rem_euclid(12) + 1) as u8, day as u8).unwrap_or(TODAY)
}

/// Usual age at admission in months: around 30, some later.
fn admission_age(seed: &mut Seed) -> i32 {
    if seed.chance(80) { seed.between(35 * 12, 54 * 12) } else { 19 * 12 + seed.between(0, 119) + seed.between(0, 150) }
}

/// Six in ten are admitted for one of the Party's and the country's days: 3/2, 19/5, 2/9, 7/11.
fn admission_day(seed: &mut Seed, month: i32, earliest: i32, latest: i32) -> Day {
    let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let (festive, last) = match of_year {
        1..=3 => (2, 3),
        4..=6 => (5, 19),
        7..=9 => (9, 2),
        _ => (11, 7),
    };
    let target = year * 12 + festive - 1;
    if seed.chance(600) && (earliest..=latest).contains(&target) {
        return day(target, last - seed.below(2));
    }
    day(month, 1 + seed.below(20))
}

/// Standings from admission to today; many of the old are exempted (EXI-01).
pub fn standings(seed: &mut Seed, sketch: &Sketch) -> Vec<(Day, Standing)> {
    let mut standings = Vec::with_capacity(3);
    standings.push((sketch.admitted, Standing::Probationary));
    let Some(official) = sketch.official else { return standings };
    standings.push((official, Standing::Official));
    let exempted = match sketch.age.div_euclid(12) {
        ..70 => 0,
        70..75 => 45,
        75..80 => 170,
        80..85 => 380,
        85.. => 600,
    };
    if seed.chance(exempted) {
        let first = sketch.born.plus_months(70 * 12).max(official).number() + 1;
        let last = TODAY.number() - 1;
        if first < last {
            // Usually within the last years.
            let from = Day::from_number(seed.between(first.max(last - 2_000), last));
            standings.push((from, Standing::Exempted));
        }
    }
    standings
}
