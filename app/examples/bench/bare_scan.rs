//! The barest programs over columns: plain arrays and one loop, made for one day and one set of traits.

use std::collections::HashMap;

use chibo_census::{Forest, PersonFacts};
use chibo_kernel::text::{NameQuery, Word, syllables};
use chibo_kernel::{AsOf, Day};

/// Traits counted: kind, setting, sex, age band, ethnicity, degree, theory.
const TRAITS: usize = 7;

/// One row per state, one array per trait, sorted by the branch's place on the asked day.
#[derive(Default)]
pub struct BareScan {
    day: u16,
    month: i32,
    sizes: [usize; TRAITS],
    from: Vec<u16>,
    to: Vec<u16>,
    /// All traits but the age, which is counted from the month of birth.
    codes: [Vec<u8>; TRAITS - 1],
    birth: Vec<u16>,
}

struct State {
    place: u32,
    from: u16,
    to: u16,
    codes: [u8; TRAITS - 1],
    birth: u16,
}

fn packed(day: Day) -> u16 {
    (day.number() + 25_567).clamp(0, 65_535) as u16
}

/// Collects states; hand it every person, then call [`Collect::finish`].
pub struct Collect {
    places: Vec<Option<(u32, u8, u8)>>,
    states: Vec<State>,
    asked: Day,
}

impl Collect {
    pub fn new(forest: &Forest, asked: Day) -> Self {
        let tree = forest.tree(AsOf::on(asked));
        let place = |unit: u32| tree.place_of(unit).map(|place| (place, tree.kind(place), tree.setting(place)));
        Self { places: (0..forest.len() as u32).map(place).collect(), states: Vec::new(), asked }
    }

    /// States no longer believed, and those of units that do not stand on the day, are kept with an empty span: the
    /// scan goes over as many rows as ours.
    pub fn push(&mut self, who: &PersonFacts) {
        let birth = who.birth.map_or(0, |day| (day.month_number() - 1800 * 12 + 1).max(0) as u16);
        for state in &who.states {
            let place = self.places.get(state.unit as usize).copied().flatten();
            let believed = state.superseded == chibo_kernel::Moment::FOREVER;
            let (place, kind, setting) = place.unwrap_or((u32::MAX, 0, 0));
            let counts = believed && place != u32::MAX;
            let (from, to) = if counts { (packed(state.valid_from), packed(state.valid_to)) } else { (0, 0) };
            let codes = [kind, setting, who.sex, who.ethnicity, state.degree, state.theory];
            self.states.push(State { place, from, to, codes, birth });
        }
    }

    /// Numbers the codes that occur from 0 on, so that the array of all cells is no larger than it must be.
    fn number(&mut self, at: usize) {
        let mut occurs = [false; 256];
        self.states.iter().for_each(|state| occurs[usize::from(state.codes[at])] = true);
        let mut next = 0;
        let number = occurs.map(|occurs| {
            next += u8::from(occurs);
            next.wrapping_sub(1)
        });
        self.states.iter_mut().for_each(|state| state.codes[at] = number[usize::from(state.codes[at])]);
    }

    pub fn finish(mut self) -> BareScan {
        self.states.sort_by_key(|state| state.place);
        (0..TRAITS - 1).for_each(|at| self.number(at));
        let states = &self.states;
        let top = |at: usize| states.iter().map(|s| usize::from(s.codes[at])).max().unwrap_or(0) + 1;
        BareScan {
            day: packed(self.asked),
            month: self.asked.month_number() - 1800 * 12 + 1,
            sizes: [top(0), top(1), top(2), 9, top(3), top(4), top(5)],
            from: states.iter().map(|s| s.from).collect(),
            to: states.iter().map(|s| s.to).collect(),
            codes: std::array::from_fn(|at| states.iter().map(|s| s.codes[at]).collect()),
            birth: states.iter().map(|s| s.birth).collect(),
        }
    }
}

impl BareScan {
    pub fn states(&self) -> usize {
        self.from.len()
    }

    /// The age band of every month of birth.
    fn bands(&self) -> Vec<u8> {
        let band = |birth: i32| match (self.month - birth).max(0) / 12 {
            _ if birth == 0 => 8,
            ..=30 => 0,
            31..=35 => 1,
            36..=40 => 2,
            41..=45 => 3,
            46..=50 => 4,
            51..=55 => 5,
            56..=60 => 6,
            _ => 7,
        };
        (0..4096).map(band).collect()
    }

    /// Cells with somebody in them, and everybody, by a dense array.
    pub fn cube(&self) -> (usize, u64) {
        let band = self.bands();
        let mut counts = vec![0u32; self.sizes.iter().product()];
        let [kind, setting, sex, ethnicity, degree, theory] = &self.codes;
        for i in 0..self.from.len() {
            if self.from[i] <= self.day && self.day < self.to[i] {
                let mut cell = kind[i] as usize;
                cell = cell * self.sizes[1] + setting[i] as usize;
                cell = cell * self.sizes[2] + sex[i] as usize;
                cell = cell * self.sizes[3] + band[self.birth[i] as usize & 4095] as usize;
                cell = cell * self.sizes[4] + ethnicity[i] as usize;
                cell = cell * self.sizes[5] + degree[i] as usize;
                cell = cell * self.sizes[6] + theory[i] as usize;
                counts[cell] += 1;
            }
        }
        let cells: Vec<(usize, u32)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        (cells.len(), cells.iter().map(|(_, count)| u64::from(*count)).sum())
    }

    /// Per kind of organisation the counts of each other trait by itself, and everybody.
    pub fn margins(&self) -> (Vec<u32>, u64) {
        let band = self.bands();
        let width: usize = self.sizes[1..].iter().sum();
        let mut counts = vec![0u32; self.sizes[0] * width];
        let (mut start, mut sum) = ([0; TRAITS], 0);
        for (slot, size) in start.iter_mut().zip(&self.sizes).skip(1) {
            *slot = sum;
            sum += size;
        }
        let [kind, setting, sex, ethnicity, degree, theory] = &self.codes;
        let mut total = 0;
        for i in 0..self.from.len() {
            if self.from[i] <= self.day && self.day < self.to[i] {
                let row = kind[i] as usize * width;
                counts[row + setting[i] as usize] += 1;
                counts[row + start[2] + sex[i] as usize] += 1;
                counts[row + start[3] + band[self.birth[i] as usize & 4095] as usize] += 1;
                counts[row + start[4] + ethnicity[i] as usize] += 1;
                counts[row + start[5] + degree[i] as usize] += 1;
                counts[row + start[6] + theory[i] as usize] += 1;
                total += 1;
            }
        }
        (counts, total)
    }
}

/// Names as codes of their syllables, in one array, in the order of the persons handed over.
#[derive(Default)]
pub struct BareNames {
    names: Vec<[u16; SYLLABLES]>,
    known: HashMap<(String, String), u16>,
    keys: Vec<(String, String)>,
}

/// Longer names are cut: there are none in the city.
const SYLLABLES: usize = 8;

impl BareNames {
    pub fn push(&mut self, name: &str) {
        if self.keys.is_empty() {
            self.keys.push((String::new(), String::new()));
        }
        let mut codes = [0; SYLLABLES];
        for (slot, syllable) in codes.iter_mut().zip(syllables(name)) {
            let key = (syllable.folded, syllable.marked);
            *slot = *self.known.entry(key).or_insert_with_key(|key| {
                self.keys.push(key.clone());
                self.keys.len() as u16 - 1
            });
        }
        self.names.push(codes);
    }

    /// How many names are found: which words each syllable is found by, or-ed over the name. Only where one syllable
    /// is found by several words it is looked at again whether each word has one of its own.
    pub fn count(&self, typed: &str) -> u64 {
        let words = NameQuery::parse(typed).words;
        let all = (1u8 << words.len()) - 1;
        let table: Vec<u8> = self.keys.iter().map(|(folded, marked)| found_by(&words, folded, marked)).collect();
        let shared = table.iter().any(|bits| bits.count_ones() > 1);
        let own = |name: &[u16; SYLLABLES]| assign(&name.map(|code| table[code as usize]), 0, 0, words.len());
        let hit = |name: &&[u16; SYLLABLES]| {
            name.iter().fold(0, |bits, code| bits | table[*code as usize]) == all && (!shared || own(name))
        };
        self.names.iter().filter(hit).count() as u64
    }
}

fn found_by(words: &[Word], folded: &str, marked: &str) -> u8 {
    let finds = |word: &Word| word.matches_syllable(folded, marked).is_some();
    words.iter().enumerate().filter(|(_, word)| finds(word)).fold(0, |bits, (at, _)| bits | 1 << at)
}

fn assign(found: &[u8], used: u16, word: usize, words: usize) -> bool {
    let free = |at: &usize| used >> at & 1 == 0 && found[*at] >> word & 1 == 1;
    word == words || (0..found.len()).filter(free).any(|at| assign(found, used | 1 << at, word + 1, words))
}

/// The definition, name by name, without any index: what every hit must equal.
pub fn is_found(words: &[Word], name: &str) -> bool {
    let found: Vec<u8> = syllables(name).iter().map(|s| found_by(words, &s.folded, &s.marked)).collect();
    !words.is_empty() && assign(&found, 0, 0, words.len())
}
