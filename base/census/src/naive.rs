//! The same questions answered the slow and obvious way, and random registers to ask them of.

use std::collections::BTreeMap;
use std::ops::Range;

use chibo_kernel::text::{Collator, NameParts, NameQuery, Rank, Word, syllables};
use chibo_kernel::{AsOf, Day, Id, Moment, Period, Person, Unit};

use crate::*;

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

/// The obvious way.
pub(crate) struct Naive<'a> {
    pub world: &'a World,
    pub forest: &'a Forest,
    pub today: Day,
}

impl Naive<'_> {
    fn id(&self, unit: UnitNo) -> Id<Unit> {
        self.forest.id(unit).unwrap()
    }

    /// Root … unit, if it stands in the tree.
    fn path(&self, unit: UnitNo, at: AsOf) -> Option<Vec<UnitNo>> {
        let holds = |valid: Period, recorded: Moment, superseded: Moment| {
            let believed = superseded == Moment::FOREVER || at.known < superseded;
            valid.contains(at.day) && recorded <= at.known && believed
        };
        let mut path = vec![unit];
        while path.len() < 100 {
            let id = self.id(*path.last()?);
            self.world.units.iter().find(|row| row.id == id && holds(row.valid, row.recorded, row.superseded))?;
            let edge = self.world.edges.iter().find(|e| e.id == id && holds(e.valid, e.recorded, e.superseded))?;
            match edge.parent {
                Some(parent) => path.push(self.forest.no(parent)?),
                None => {
                    path.reverse();
                    return Some(path);
                }
            }
        }
        None
    }

    /// The unit as which it stands today.
    fn stands_as(&self, mut unit: UnitNo) -> Option<UnitNo> {
        for _ in 0..100 {
            if self.path(unit, AsOf::on(self.today)).is_some() {
                return Some(unit);
            }
            let id = self.id(unit);
            let mut into: Vec<_> = self.world.successions.iter().filter(|s| s.from == id).collect();
            into.sort_by_key(|s| (s.main, s.on));
            let believed = self.world.edges.iter().filter(|e| e.id == id && e.superseded == Moment::FOREVER);
            let parent = believed.max_by_key(|e| e.valid.from()).and_then(|e| e.parent);
            unit = self.forest.no(into.last().map(|s| s.into).or(parent)?)?;
        }
        None
    }

    fn allowed(&self, unit: UnitNo, allowed: Option<&[Range<u32>]>) -> bool {
        let Some(allowed) = allowed else { return true };
        let tree = self.forest.tree(AsOf::on(self.today));
        let place = self.stands_as(unit).and_then(|unit| tree.place_of(unit));
        place.is_some_and(|place| allowed.iter().any(|range| range.contains(&place)))
    }

    fn believed(row: &StateRow, known: Moment) -> bool {
        if known == Moment::FOREVER {
            return row.superseded == Moment::FOREVER;
        }
        row.recorded.day() <= known.day() && (row.superseded == Moment::FOREVER || known.day() < row.superseded.day())
    }

    fn code(&self, dim: Dim, at: AsOf, who: &PersonFacts, row: &StateRow) -> Option<u32> {
        let tree = self.forest.tree(at);
        let years = |then: Day| (at.day.month_number() - then.month_number()).max(0) / 12;
        Some(match dim {
            Dim::Kind => tree.facts(tree.place_of(row.unit)?)?.kind.into(),
            Dim::Setting => tree.facts(tree.place_of(row.unit)?)?.setting.into(),
            Dim::Sex => who.sex.into(),
            Dim::Ethnicity => who.ethnicity.into(),
            Dim::Religion => who.religion.into(),
            Dim::Standing => row.standing.into(),
            Dim::Education => row.education.into(),
            Dim::Degree => row.degree.into(),
            Dim::Theory => row.theory.into(),
            Dim::Occupation => row.occupation.into(),
            Dim::AgeBand => who.birth.map_or(8, |birth| match years(birth) {
                ..=30 => 0,
                31..=35 => 1,
                36..=40 => 2,
                41..=45 => 3,
                46..=50 => 4,
                51..=55 => 5,
                56..=60 => 6,
                _ => 7,
            }),
            Dim::PartyAgeBand => who.admitted.map_or(21, |then| (years(then) / 5).min(20) as u32),
            Dim::BirthDecade => who.birth.map_or(0, |then| (then.year() / 10 - 179) as u32),
            Dim::AdmittedYear => who.admitted.map_or(0, |then| (then.year() - 1800) as u32),
            Dim::Child(unit) => {
                let path = self.path(row.unit, at)?;
                let level = path.iter().position(|step| *step == unit)?;
                let Some(child) = path.get(level + 1) else { return Some(0) };
                let place = tree.place_of(unit)?;
                tree.children(place).position(|place| tree.unit(place) == Some(*child))? as u32 + 1
            }
        })
    }

    /// Every state the query is about.
    pub fn found(&self, query: &Query) -> Vec<(&PersonFacts, StateRow)> {
        let tree = self.forest.tree(query.at);
        let inside = |unit: UnitNo| {
            let Some(path) = self.path(unit, query.at) else { return false };
            match &query.scope {
                Scope::Everywhere => true,
                Scope::Unit(top) => path.contains(top),
                Scope::Places(places) => places.iter().any(|range| range.contains(&tree.place_of(unit).unwrap())),
            }
        };
        let mut found = Vec::new();
        for who in &self.world.people {
            for row in &who.states {
                let now = row.valid_from <= query.at.day && query.at.day < row.valid_to;
                if now
                    && Self::believed(row, query.at.known)
                    && inside(row.unit)
                    && self.allowed(row.unit, query.allowed.as_deref())
                    && self.passes(query, who, row)
                {
                    found.push((who, *row));
                }
            }
        }
        found
    }

    fn passes(&self, query: &Query, who: &PersonFacts, row: &StateRow) -> bool {
        let members = query.members.as_ref().is_none_or(|codes| codes.has(row.standing.into()));
        let has = |(dim, codes): &(Dim, Codes)| self.code(*dim, query.at, who, row).is_some_and(|code| codes.has(code));
        members && query.filters.iter().all(has)
    }

    pub fn cube(&self, query: &Query) -> BTreeMap<Vec<u32>, u64> {
        let mut cells = BTreeMap::new();
        for (who, row) in self.found(query) {
            let codes: Option<Vec<u32>> = query.dims.iter().map(|dim| self.code(*dim, query.at, who, &row)).collect();
            if let Some(codes) = codes {
                *cells.entry(codes).or_insert(0) += 1;
            }
        }
        cells
    }

    pub fn headcounts(&self, query: &Query) -> Vec<u32> {
        let tree = self.forest.tree(query.at);
        let mut counts = vec![0; tree.len() as usize];
        for (_, row) in self.found(query) {
            for unit in self.path(row.unit, query.at).unwrap() {
                counts[tree.place_of(unit).unwrap() as usize] += 1;
            }
        }
        counts
    }

    /// `query.scope` is a unit or everywhere.
    pub fn series(&self, query: &Query, days: &[Day]) -> Vec<u64> {
        let today = AsOf::on(self.today);
        let inside = |unit: UnitNo| match &query.scope {
            Scope::Unit(top) => self.stands_as(*top).is_some_and(|top| {
                let path = self.stands_as(unit).and_then(|unit| self.path(unit, today));
                path.is_some_and(|path| path.contains(&top))
            }),
            _ => true,
        };
        let rows = || self.world.people.iter().flat_map(|who| who.states.iter().map(move |row| (who, row)));
        let count = |day: &Day| {
            let now = rows().filter(|(_, row)| row.valid_from <= *day && *day < row.valid_to);
            let now = now.filter(|(_, row)| Self::believed(row, query.at.known) && inside(row.unit));
            let now = now.filter(|(_, row)| self.allowed(row.unit, query.allowed.as_deref()));
            now.filter(|(who, row)| self.passes(query, who, row)).count() as u64
        };
        days.iter().map(count).collect()
    }

    /// Everybody found by name, best first: rank, sort key, id.
    pub fn search(&self, typed: &str, allowed: Option<&[Range<u32>]>) -> Vec<(Rank, Vec<u8>, Id<Person>)> {
        let words = NameQuery::parse(typed).words;
        let mut found = Vec::new();
        for who in self.world.people.iter().filter(|_| !words.is_empty()) {
            let home = who.home(self.today).is_some_and(|unit| self.allowed(unit, allowed));
            if allowed.is_none() || home {
                let names = syllables(&who.name);
                let names: Vec<_> = names.iter().map(|s| (s.folded.as_str(), s.marked.as_str())).collect();
                found.extend(best(&words, &names).map(|rank| (rank, sort_key(who), who.id)));
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found
    }
}

/// The best of all ways to give every word a syllable of its own; a way is as good as its worst word.
fn best(words: &[Word], names: &[(&str, &str)]) -> Option<Rank> {
    let Some((word, rest)) = words.split_first() else { return Some(Rank::ExactMarked) };
    let with = |i: usize| {
        let rank = word.matches_syllable(names[i].0, names[i].1)?;
        let others: Vec<_> = names.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, name)| *name).collect();
        Some(rank.min(best(rest, &others)?))
    };
    (0..names.len()).filter_map(with).max()
}

pub(crate) fn sort_key(who: &PersonFacts) -> Vec<u8> {
    let parts = match &who.parts {
        Some([ho, dem, ten]) => NameParts { ho, dem, ten },
        None => NameParts::split(&who.name),
    };
    Collator::shared().unwrap().name_sort_key(parts)
}
