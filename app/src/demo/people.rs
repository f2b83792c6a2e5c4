//! The plan of the members: any one of them can be drawn by number, without the others.
//!
//! Everybody planned is a member on [`TODAY`](super::TODAY) and posted to a branch that stands then; where a person was
//! before the branch was founded, or came from elsewhere, the province's holder of history takes the posting. Identity
//! numbers have the real structure (DPD-30) and telephone numbers the prefix 0900; both are made up.

mod career;
mod home;
mod life;

use chibo_kernel::Day;
use chibo_members::codes::{Sex, Standing};

use super::city::City;
use super::names::{self, Generation};
use super::seed::Seed;
pub use career::Traits;
use life::Sketch;

/// A member to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPerson {
    /// Number in the plan, from 0, in the order of the branches.
    pub index: u32,
    /// Full name.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub born: Day,
    /// Entry of `ETHNICITIES`.
    pub ethnicity: u8,
    /// Entry of `RELIGIONS`.
    pub religion: u8,
    /// Home province (quê quán), as named until 30 June 2025; the identity number begins with its code.
    pub hometown: &'static str,
    /// Personal identification number, 12 digits, unique in the plan.
    pub identity: String,
    /// Telephone number; not unique in plans beyond a million.
    pub phone: String,
    /// Entry of `ACADEMIC_TITLES`.
    pub academic_title: u8,
    /// Day of admission (and of the ceremony).
    pub admitted: Day,
    /// The day the twelve months ended (MEM-31); `None` while on probation.
    pub official: Option<Day>,
    /// Standings, each from its day on.
    pub standings: Vec<(Day, Standing)>,
    /// Units posted to, each from its day on; the first from the admission, the last is the branch of today.
    pub postings: Vec<(Day, u32)>,
    /// Education and occupation, each row from its day on; the first from the admission.
    pub traits: Vec<(Day, Traits)>,
}

/// Stream families of the members.
const SKETCH: u64 = 20;
const DETAIL: u64 = 21;
/// Persons in one block: within a block the last six digits of the identity number are all different.
const BLOCK: u32 = 1_000_000;

/// What decides on offices, drawn without names.
pub fn sketch(city: &City, index: u32) -> Sketch {
    let branch = &city.branches[city.branch_of(index)];
    let mut seed = Seed::of(SKETCH, u64::from(index));
    // Beyond a million members the six digits repeat; then every block has its own years of birth.
    let blocks = city.members.div_ceil(BLOCK).max(1) as i32;
    life::sketch(&mut seed, branch, (index / BLOCK) as i32 % blocks, blocks)
}

/// Member `index` of the city.
pub fn person(city: &City, index: u32) -> PlannedPerson {
    let sketch = sketch(city, index);
    let place = city.branch_of(index);
    let branch = &city.branches[place];
    let mut seed = Seed::of(DETAIL, u64::from(index));
    let seed = &mut seed;
    let ethnicity = home::ethnicity(seed, branch.area);
    let province = home::province(seed, ethnicity, branch.province);
    let year = sketch.born.year();
    let (traits, academic_title) = career::traits(seed, branch, &sketch);
    PlannedPerson {
        index,
        name: names::full_name(seed, ethnicity, sketch.sex, Generation::born_in(year)),
        sex: sketch.sex,
        born: sketch.born,
        ethnicity,
        religion: home::religion(seed, ethnicity),
        hometown: province.1,
        identity: identity(province.0, sketch.sex, year, index),
        phone: format!("0900{:06}", (u64::from(index) * 7_919 + 123_457) % u64::from(BLOCK)),
        academic_title,
        admitted: sketch.admitted,
        official: sketch.official,
        standings: life::standings(seed, &sketch),
        postings: career::postings(seed, city, place, &sketch),
        traits,
    }
}

/// Three digits of the province, one of century and sex, two of the year, six that count (DPD-30).
fn identity(province: u16, sex: Sex, year: i32, index: u32) -> String {
    let century = (year.div_euclid(100) - 19) * 2 + i32::from(sex == Sex::Female);
    // Odd and no multiple of five: different members of a block get different digits.
    let digits = (u64::from(index % BLOCK) * 618_033 + 271_828) % u64::from(BLOCK);
    format!("{province:03}{century}{:02}{digits:06}", year.rem_euclid(100))
}
