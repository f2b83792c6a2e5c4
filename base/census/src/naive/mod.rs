//! The same questions answered the slow and obvious way, and random registers to ask them of.

use chibo_kernel::text::NameParts;
use chibo_kernel::{Day, Id, Moment, Period, Person, Unit};

use crate::*;

mod answers;

pub(crate) use answers::{Naive, sort_key};

pub(crate) fn day(n: i32) -> Day {
    Day::from_number(n)
}

pub(crate) fn unit_id(n: u32) -> Id<Unit> {
    Id::from_bytes(u128::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes())
}

pub(crate) fn person_id(n: u32) -> Id<Person> {
    unit_id(n + 70_000).cast()
}

fn state(unit: UnitNo, from: i32, to: Day) -> StateRow {
    let (recorded, superseded) = (Moment(0), Moment::FOREVER);
    let valid_from = day(from);
    StateRow {
        unit,
        valid_from,
        valid_to: to,
        recorded,
        superseded,
        standing: 1,
        education: 0,
        degree: 0,
        theory: 0,
        occupation: 0,
    }
}

/// Somebody in a branch from day 0 on.
pub(crate) fn person(n: u32, name: &str, unit: UnitNo) -> PersonFacts {
    PersonFacts { states: vec![state(unit, 0, Day::FOREVER)], ..PersonFacts::named(person_id(n), name) }
}

/// A city with one branch and two members.
pub(crate) fn world() -> (Forest, Vec<PersonFacts>) {
    let valid = Period::since(day(0));
    let unit = |n: u32, name: &str| UnitRow {
        id: unit_id(n),
        valid,
        recorded: Moment(0),
        superseded: Moment::FOREVER,
        name: name.to_owned(),
        short: String::new(),
        kind: n as u8,
        setting: 0,
        code: String::new(),
        sort_rank: 0,
    };
    let edge = |n, parent: Option<u32>| EdgeRow {
        id: unit_id(n),
        parent: parent.map(unit_id),
        valid,
        recorded: Moment(0),
        superseded: Moment::FOREVER,
    };
    let forest =
        Forest::new(vec![unit(1, "Thành ủy"), unit(2, "Chi bộ 1")], &[edge(1, None), edge(2, Some(1))], &[], None);
    let branch = forest.no(unit_id(2)).unwrap();
    (forest, vec![person(8, "Trần Thị Bé", branch), person(9, "Nguyễn Văn An", branch)])
}

/// Deterministic random numbers.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 33) as u32 % n.max(1)
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize]
    }
}

/// A register as plain rows.
pub(crate) struct World {
    pub units: Vec<UnitRow>,
    pub edges: Vec<EdgeRow>,
    pub successions: Vec<SuccessionRow>,
    pub people: Vec<PersonFacts>,
    pub unit_count: u32,
}

/// All that happens, happens in these days.
pub(crate) const DAYS: i32 = 300;

fn moment(dice: &mut Dice) -> Moment {
    Moment::start_of(day(dice.below(DAYS as u32) as i32)).plus_ms(i64::from(dice.below(86_400_000)))
}

impl World {
    pub fn random(dice: &mut Dice, people: u32) -> Self {
        let unit_count = 2 + dice.below(14);
        let mut world = Self { units: vec![], edges: vec![], successions: vec![], people: vec![], unit_count };
        for n in 0..unit_count {
            world.add_unit(dice, n);
        }
        for n in 0..people {
            let facts = random_person(dice, n, unit_count);
            world.people.push(facts);
        }
        world
    }

    fn add_unit(&mut self, dice: &mut Dice, n: u32) {
        let from = if n == 0 { 0 } else { dice.pick(&[0, 0, 0, 50, 120]) };
        let to = if n == 0 { DAYS } else { dice.pick(&[DAYS, DAYS, DAYS, 200, 260]) };
        let turn = from + dice.below((to - from) as u32) as i32;
        let mut spans = vec![(from, turn), (turn, to)];
        spans.retain(|(from, to)| from < to);
        for (from, to) in spans {
            let valid = Period::new(day(from), day(to)).unwrap();
            let name = dice.pick(&["Chi bộ Ân", "Chi bộ An", "Chi bộ Đức"]).to_owned();
            let (kind, setting) = (dice.below(4) as u8, dice.below(3) as u8);
            let row = UnitRow {
                id: unit_id(n),
                valid,
                recorded: Moment(0),
                superseded: Moment::FOREVER,
                short: name.clone(),
                name,
                kind,
                setting,
                code: String::new(),
                sort_rank: dice.below(3),
            };
            // Mostly an earlier unit, so that there is a tree; sometimes any, so that there are circles and orphans.
            let among = if dice.chance(6) { self.unit_count } else { n };
            let parent = (n > 0).then(|| dice.below(among));
            let edge = EdgeRow {
                id: unit_id(n),
                parent: parent.map(unit_id),
                valid,
                recorded: Moment(0),
                superseded: Moment::FOREVER,
            };
            if dice.chance(15) {
                let known = moment(dice);
                let other = EdgeRow { parent: Some(unit_id(dice.below(n.max(1)))), recorded: known, ..edge.clone() };
                self.edges.push(EdgeRow { superseded: known, ..edge });
                self.edges.push(other);
            } else {
                self.edges.push(edge);
            }
            self.units.push(row);
        }
        if to < DAYS && dice.chance(70) {
            let into = unit_id(dice.below(self.unit_count));
            self.successions.push(SuccessionRow { from: unit_id(n), into, on: day(to), main: dice.chance(60) });
        }
    }

    /// A unit moves under another, all through its history.
    pub fn move_unit(&mut self, dice: &mut Dice) {
        let at = dice.below(self.edges.len() as u32) as usize;
        let parent = unit_id(dice.below(self.unit_count));
        let edge = &mut self.edges[at];
        edge.parent = edge.parent.map(|_| parent);
    }

    pub fn forest(&self) -> Forest {
        Forest::new(self.units.clone(), &self.edges, &self.successions, None)
    }
}

const HO: [&str; 5] = ["Nguyễn", "Trần", "Lê", "Đỗ", "H'Hen"];
const DEM: [&str; 7] = ["", " Văn", " Thị", " Thị Ngọc", " Đức", " Thị Thanh Ngọc", " Văn A"];
const TEN: [&str; 10] = [" An", " Ân", " Ánh", " Đức", " Hòa", " Hoà", " Hoàn", " Ngọc", " Niê", " NGỌC"];

pub(crate) fn random_person(dice: &mut Dice, n: u32, unit_count: u32) -> PersonFacts {
    let name = format!("{}{}{}", dice.pick(&HO), dice.pick(&DEM), dice.pick(&TEN));
    let month = |dice: &mut Dice, from: i32| {
        let day = Day::from_ymd(from + dice.below(60) as i32, 1 + dice.below(12) as u8, 1 + dice.below(28) as u8);
        day.filter(|_| !dice.chance(5))
    };
    let mut facts = PersonFacts {
        birth: month(dice, 1905),
        sex: dice.below(3) as u8,
        ethnicity: dice.below(4) as u8,
        religion: dice.below(5) as u8,
        admitted: month(dice, 1915),
        official: month(dice, 1915),
        ..PersonFacts::named(person_id(n), &name)
    };
    if let Some(admitted) = facts.admitted.filter(|_| dice.chance(20)) {
        let on = dice.below(DAYS as u32) as i32;
        facts.restarts = vec![
            (day(on), admitted.plus_months(1 + dice.below(90) as i32)),
            (day(on + 40), admitted.plus_months(95 + dice.below(90) as i32)),
        ];
    }
    if dice.chance(5) {
        let parts = NameParts::split(&name);
        facts.parts = Some([parts.ten, parts.dem, parts.ho].map(str::to_owned));
    }
    let mut from = dice.below(DAYS as u32) as i32 - 20;
    for _ in 0..dice.below(6) {
        let to = from + 1 + dice.below(90) as i32;
        let last = dice.chance(30);
        let mut row = state(dice.below(unit_count), from, if last { Day::FOREVER } else { day(to) });
        row.standing = dice.below(4) as u8;
        row.education = dice.below(4) as u8;
        row.degree = dice.below(5) as u8;
        row.theory = dice.below(3) as u8;
        row.occupation = dice.below(6) as u8;
        row.recorded = if dice.chance(50) { Moment(0) } else { moment(dice) };
        if dice.chance(20) {
            let known = Moment(row.recorded.0.max(moment(dice).0));
            let right = StateRow { unit: dice.below(unit_count), recorded: known, standing: 2, ..row };
            facts.states.push(StateRow { superseded: known, ..row });
            facts.states.push(right);
        } else {
            facts.states.push(row);
        }
        if last {
            break;
        }
        from = to + dice.pick(&[0, 0, 0, 7]);
    }
    facts
}
