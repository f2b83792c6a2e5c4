//! The barest programs for the same jobs: fixed dimensions, plain arrays, one loop.

use std::collections::BTreeMap;

use chibo_census::{Forest, UnitNo};
use chibo_kernel::text::{NameQuery, syllables};
use chibo_kernel::{AsOf, Day};

use crate::city::City;

const SIZES: [usize; 7] = [8, 20, 2, 9, 55, 8, 5];

/// One row per state, one array per thing counted, sorted by branch.
pub struct Bare {
    day: u16,
    from: Vec<u16>,
    to: Vec<u16>,
    codes: [Vec<u8>; 6],
    /// Month of birth.
    birth: Vec<u16>,
    month: u16,
    names: Vec<[u16; 6]>,
    syllables: Vec<(String, String)>,
}

struct Row {
    unit: UnitNo,
    from: u16,
    to: u16,
    codes: [u8; 6],
    birth: u16,
}

impl Bare {
    pub fn new(city: &City, asked: Day) -> Self {
        let forest: Forest = City::new(city.members).1;
        let tree = forest.tree(AsOf::on(asked));
        let facts: Vec<(u8, u8)> = (0..forest.len() as u32)
            .map(|unit| tree.place_of(unit).map_or((0, 0), |place| (tree.kind(place), tree.setting(place))))
            .collect();
        let mut rows = Vec::new();
        let (mut names, mut known, mut list) = (Vec::new(), BTreeMap::new(), vec![(String::new(), String::new())]);
        city.each_person(|who| {
            let birth = who.birth.map_or(0, |day| (day.month_number() - 1800 * 12) as u16);
            for state in &who.states {
                let (kind, setting) = facts[state.unit as usize];
                let codes = [kind, setting, who.sex, who.ethnicity, state.degree, state.theory];
                let day = |day: Day| (day.number() + 25_567).min(65_535) as u16;
                let (from, to) = (day(state.valid_from), day(state.valid_to));
                rows.push(Row { unit: state.unit, from, to, codes, birth });
            }
            let mut name = [0u16; 6];
            for (slot, piece) in name.iter_mut().zip(who.name.split(' ')) {
                *slot = *known.entry(piece.to_owned()).or_insert_with(|| {
                    let keys = syllables(piece).remove(0);
                    list.push((keys.folded, keys.marked));
                    list.len() as u16 - 1
                });
            }
            names.push(name);
        });
        rows.sort_by_key(|row| row.unit);
        Self {
            day: (asked.number() + 25_567) as u16,
            from: rows.iter().map(|row| row.from).collect(),
            to: rows.iter().map(|row| row.to).collect(),
            codes: std::array::from_fn(|i| rows.iter().map(|row| row.codes[i]).collect()),
            birth: rows.iter().map(|row| row.birth).collect(),
            month: (asked.month_number() - 1800 * 12) as u16,
            names,
            syllables: list,
        }
    }

    /// Cells with somebody in them, and everybody, by a dense array.
    pub fn cube(&self) -> (usize, u64) {
        let band: Vec<u8> = (0..4096u16)
            .map(|birth| match self.month.saturating_sub(birth) / 12 {
                ..=30 => 0,
                31..=35 => 1,
                36..=40 => 2,
                41..=45 => 3,
                46..=50 => 4,
                51..=55 => 5,
                56..=60 => 6,
                _ => 7,
            })
            .collect();
        let mut counts = vec![0u32; SIZES.iter().product()];
        let [kind, setting, sex, ethnicity, degree, theory] = &self.codes;
        for i in 0..self.from.len() {
            if self.from[i] <= self.day && self.day < self.to[i] {
                let mut cell = kind[i] as usize;
                cell = cell * SIZES[1] + setting[i] as usize;
                cell = cell * SIZES[2] + sex[i] as usize;
                cell = cell * SIZES[3] + band[self.birth[i] as usize] as usize;
                cell = cell * SIZES[4] + ethnicity[i] as usize;
                cell = cell * SIZES[5] + degree[i] as usize;
                cell = cell * SIZES[6] + theory[i] as usize;
                counts[cell] += 1;
            }
        }
        let cells: Vec<(usize, u32)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        (cells.len(), cells.iter().map(|(_, count)| u64::from(*count)).sum())
    }

    /// Members by kind of branch.
    pub fn margin(&self) -> [u32; 8] {
        let mut counts = [0u32; 8];
        for i in 0..self.from.len() {
            if self.from[i] <= self.day && self.day < self.to[i] {
                counts[self.codes[0][i] as usize & 7] += 1;
            }
        }
        counts
    }

    /// A slice scan over syllable codes: which words each code finds, or-ed over the name. Words that could share a
    /// syllable are looked at again.
    pub fn count_names(&self, typed: &str) -> u64 {
        let words = NameQuery::parse(typed).words;
        let all = (1u8 << words.len()) - 1;
        let finds = |(folded, marked): &(String, String)| {
            words
                .iter()
                .enumerate()
                .filter(|(_, word)| word.matches_syllable(folded, marked).is_some())
                .fold(0u8, |bits, (i, _)| bits | 1 << i)
        };
        let table: Vec<u8> = self.syllables.iter().map(finds).collect();
        let own = |name: &[u16; 6]| assign(&name.map(|code| table[code as usize]), 0, 0, words.len());
        let shared = table.iter().any(|bits| bits.count_ones() > 1);
        let hit = |name: &&[u16; 6]| {
            name.iter().fold(0, |bits, code| bits | table[*code as usize]) == all && (!shared || own(name))
        };
        self.names.iter().filter(hit).count() as u64
    }
}

fn assign(found: &[u8; 6], used: u8, word: usize, words: usize) -> bool {
    word == words
        || (0..6)
            .any(|i| used >> i & 1 == 0 && found[i] >> word & 1 == 1 && assign(found, used | 1 << i, word + 1, words))
}
