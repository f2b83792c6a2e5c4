//! Postings, education and occupation over time.

use chibo_kernel::Day;
use chibo_members::codes::Sex;
use chibo_organisation::kinds::Setting;

use super::life::Sketch;
use crate::demo::TODAY;
use crate::demo::city::{Branch, City};
use crate::demo::seed::Seed;

/// Education and occupation, as entries of the code lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Entry of `GENERAL_EDUCATION`.
    pub general: u8,
    /// Entry of `DEGREES`.
    pub degree: u8,
    /// Entry of `THEORY`.
    pub theory: u8,
    /// Entry of `OCCUPATIONS`.
    pub occupation: u8,
}

/// Puts a new value into a row.
type Change = fn(&mut Traits, u8);

const RETIRED: u8 = 9;
const STUDENT: u8 = 8;

fn lives_there(setting: Setting) -> bool {
    matches!(setting, Setting::Quarter | Setting::Hamlet | Setting::Apartments)
}

/// The day of retirement as it was for most: 60 for men, 55 for women, some months later.
fn retirement(seed: &mut Seed, sketch: &Sketch) -> Day {
    let years = if sketch.sex == Sex::Male { 60 } else { 55 };
    sketch.born.plus_months(years * 12 + seed.between(0, 12))
}

/// A day so many months after another, when it is at least two months ago.
fn later(seed: &mut Seed, from: Day, months: (i32, i32)) -> Option<Day> {
    let day = from.plus_days(seed.between(months.0, months.1) * 365 / 12);
    (day.number() + 60 < TODAY.number()).then_some(day)
}

/// Rows of education and occupation, and the academic title.
pub fn traits(seed: &mut Seed, branch: &Branch, sketch: &Sketch) -> (Vec<(Day, Traits)>, u8) {
    let years = sketch.age.div_euclid(12);
    let degree = seed.weighed(degrees(branch.setting, years)).unwrap_or(5);
    let general = if degree >= 3 || years < 55 || seed.chance(600) { 4 } else { 3 };
    let theory = seed.weighed(theories(branch.setting, years)).unwrap_or(2);
    let work = occupation(seed, branch.setting, years);
    let mut now = Traits { general, degree, theory, occupation: work };
    let mut changes: Vec<(Day, Change, u8)> = Vec::new();
    let studied = degree >= 5 && seed.chance(260);
    if let Some(day) = studied.then(|| later(seed, sketch.admitted, (12, 110))).flatten() {
        changes.push((day, |traits, degree| traits.degree = degree, degree));
        now.degree = degree - if degree == 5 { 2 } else { 1 };
    }
    if theory >= 3 {
        now.theory = 2;
        let span = if theory == 3 { (40, 160) } else { (100, 260) };
        if let Some(day) = later(seed, sketch.admitted, span) {
            changes.push((day, |traits, theory| traits.theory = theory, theory));
        }
    }
    if work == RETIRED {
        let day = retirement(seed, sketch);
        if day > sketch.admitted && day < TODAY {
            now.occupation = seed.weighed(&[(1, 35), (2, 25), (3, 20), (4, 20)]).unwrap_or(1);
            changes.push((day, |traits, occupation| traits.occupation = occupation, RETIRED));
        }
    }
    changes.sort_by_key(|(day, _, _)| *day);
    let mut rows = Vec::with_capacity(changes.len() + 1);
    rows.push((sketch.admitted, now));
    for (day, change, value) in changes {
        change(&mut now, value);
        match rows.last_mut() {
            Some((last, row)) if *last == day => *row = now,
            _ => rows.push((day, now)),
        }
    }
    let title = if degree == 7 && branch.setting == Setting::School && years > 40 && seed.chance(180) { 2 } else { 1 };
    (rows, if title == 2 && years > 50 && seed.chance(120) { 3 } else { title })
}

fn degrees(setting: Setting, years: i32) -> &'static [(u8, u16)] {
    match setting {
        Setting::Office | Setting::PublicService => &[(2, 1), (3, 4), (4, 6), (5, 65), (6, 21), (7, 3)],
        Setting::School if years < 24 => &[(1, 85), (4, 5), (5, 10)],
        Setting::School | Setting::PrivateService => &[(3, 2), (4, 7), (5, 54), (6, 29), (7, 8)],
        Setting::Police | Setting::Army => &[(1, 3), (2, 2), (3, 24), (4, 14), (5, 50), (6, 7)],
        _ if lives_there(setting) && years >= 60 => &[(1, 36), (2, 10), (3, 19), (4, 8), (5, 24), (6, 2), (7, 1)],
        _ if lives_there(setting) => &[(1, 17), (2, 6), (3, 13), (4, 12), (5, 46), (6, 6)],
        _ => &[(1, 13), (2, 12), (3, 14), (4, 14), (5, 42), (6, 5)],
    }
}

fn theories(setting: Setting, years: i32) -> &'static [(u8, u16)] {
    match setting {
        _ if years < 30 => &[(1, 55), (2, 40), (3, 5)],
        Setting::Office => &[(1, 10), (2, 32), (3, 42), (4, 14), (5, 2)],
        Setting::Police | Setting::Army => &[(1, 15), (2, 45), (3, 34), (4, 6)],
        Setting::School | Setting::PublicService => &[(1, 25), (2, 47), (3, 23), (4, 5)],
        _ => &[(1, 38), (2, 47), (3, 12), (4, 3)],
    }
}

/// What a member lives on today.
fn occupation(seed: &mut Seed, setting: Setting, years: i32) -> u8 {
    let shares: &[(u8, u16)] = match setting {
        _ if lives_there(setting) && years >= 61 => &[(RETIRED, 93), (6, 5), (7, 2)],
        _ if lives_there(setting) && years >= 56 => &[(RETIRED, 50), (6, 25), (1, 10), (4, 10), (7, 5)],
        Setting::Hamlet => &[(5, 40), (6, 32), (4, 13), (1, 8), (7, 4), (8, 3)],
        Setting::Quarter | Setting::Apartments => &[(6, 46), (4, 17), (1, 14), (2, 9), (7, 9), (8, 5)],
        Setting::Office => &[(1, 100)],
        Setting::School if years < 24 => &[(STUDENT, 90), (2, 10)],
        Setting::School | Setting::PublicService | Setting::PrivateService => &[(2, 97), (1, 3)],
        Setting::Police | Setting::Army => &[(3, 100)],
        Setting::Cooperative => &[(5, 62), (6, 30), (7, 8)],
        Setting::StateEnterprise | Setting::JointStock => &[(4, 66), (6, 28), (7, 6)],
        _ => &[(4, 54), (6, 36), (7, 10)],
    };
    seed.weighed(shares).unwrap_or(10)
}

/// Postings from the admission on; the last is the branch of today. Nobody is posted to a unit before it was founded.
pub fn postings(seed: &mut Seed, city: &City, place: usize, sketch: &Sketch) -> Vec<(Day, u32)> {
    let branch = &city.branches[place];
    let existed = branch.from <= sketch.admitted;
    let settled = if lives_there(branch.setting) { 480 } else { 700 };
    if existed && (sketch.official.is_none() || seed.chance(settled)) {
        return vec![(sketch.admitted, branch.unit)];
    }
    let Some(arrived) = arrival(seed, branch, sketch) else {
        return vec![(sketch.admitted, branch.unit)];
    };
    let mut postings = Vec::with_capacity(3);
    let history = city.histories[usize::from(branch.province)];
    postings.push((sketch.admitted, earlier(seed, city, place, sketch.admitted).unwrap_or(history)));
    if seed.chance(170) {
        let between = Day::from_number(seed.between(sketch.admitted.number() + 400, arrived.number() - 200));
        let other = earlier(seed, city, place, between);
        if let Some(unit) = other.filter(|unit| between < arrived && !postings.iter().any(|(_, old)| old == unit)) {
            postings.push((between, unit));
        }
    }
    postings.push((arrived, branch.unit));
    postings
}

/// When the member came to the branch of today: the retired at retirement, others some day; `None` when there was no
/// time for it since the admission.
fn arrival(seed: &mut Seed, branch: &Branch, sketch: &Sketch) -> Option<Day> {
    let first = branch.from.max(sketch.admitted.plus_days(400)).number();
    let last = TODAY.number() - 45;
    if first >= last {
        // Founded after the admission, lately: came on its first day.
        return (branch.from > sketch.admitted).then_some(branch.from);
    }
    if lives_there(branch.setting) {
        let day = retirement(seed, sketch).plus_days(seed.between(20, 300)).number();
        if (first..last).contains(&day) {
            return Some(Day::from_number(day));
        }
    }
    Some(Day::from_number(seed.between(first, last)))
}

/// A branch that stood on the day: near by or anywhere; `None` for a place outside the city.
fn earlier(seed: &mut Seed, city: &City, place: usize, day: Day) -> Option<u32> {
    if seed.chance(if day.year() < 1990 { 650 } else { 330 }) {
        return None;
    }
    let count = city.branches.len();
    let other = if seed.chance(400) {
        (place + 1 + seed.below(30) as usize).min(count - 1)
    } else {
        seed.below(count as u32) as usize
    };
    let branch = city.branches.get(other)?;
    (other != place && branch.from <= day).then_some(branch.unit)
}
