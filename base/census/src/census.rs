//! The one shared object: loaded once, kept current by commits, asked by every page and job.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use chibo_kernel::{Day, Id, Person};
use parking_lot::{Mutex, RwLock, RwLockReadGuard};

use crate::arrivals::{Arrivals, Settled};
use crate::columns::{Brief, Columns, Draft, Loader, PersonFacts, PersonNo};
use crate::cube::{Cube, Ground, ListOrder, Query, TooMuch};
use crate::forest::{Forest, TodayPlaces, UnitNo};
use crate::search::{Among, number_of};

/// A larger part of everything in the tail, in percent, and scans begin to feel it.
const TAIL_PERCENT: usize = 5;

/// What became of persons: their facts after a commit, or `None` when they left the register.
pub type Changes = Vec<(Id<Person>, Option<PersonFacts>)>;

/// Whether questions are answered from everything yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The first load has not ended: answers are of an empty register.
    Loading {
        /// Persons taken so far.
        done: u64,
        /// Persons expected; 0 while unknown.
        total: u64,
    },
    /// Loaded and following commits.
    Ready,
}

struct Held {
    columns: Columns,
    forest: Arc<Forest>,
    epoch: u64,
}

/// Members' dated facts in memory. Shared by reference; every method may be called from any thread.
pub struct Census {
    held: RwLock<Held>,
    ready: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
    /// Commits that arrive while everything is being read anew.
    meanwhile: Mutex<Option<Vec<(Changes, Day)>>>,
    /// One load at a time.
    loading: Mutex<()>,
    /// Columns ready for a commit that is on its way, by the act that makes it.
    awaited: Mutex<Option<([u8; 16], Settled)>>,
}

impl Default for Census {
    fn default() -> Self {
        let forest = Arc::new(Forest::default());
        let columns = Draft::new(Day::from_number(0), 0).cluster(&forest.today(Day::from_number(0)));
        Self {
            held: RwLock::new(Held { columns, forest, epoch: 0 }),
            ready: AtomicBool::new(false),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            meanwhile: Mutex::default(),
            loading: Mutex::default(),
            awaited: Mutex::default(),
        }
    }
}

impl Census {
    /// Whether the first load has ended.
    pub fn state(&self) -> State {
        if self.ready.load(Relaxed) {
            State::Ready
        } else {
            State::Loading { done: self.done.load(Relaxed), total: self.total.load(Relaxed) }
        }
    }

    /// The units and trees in force.
    pub fn forest(&self) -> Arc<Forest> {
        self.held.read().forest.clone()
    }

    /// Takes changed units or edges. The forest must have been built with the one in force as `before`.
    pub fn replace_forest(&self, forest: Forest) {
        let mut held = self.held.write();
        held.forest = Arc::new(forest);
        held.epoch += 1;
    }

    /// Reads everything anew. Questions go on being answered from what is held until the new columns stand;
    /// commits handed to [`Census::apply`] meanwhile are followed in both. `today` decides where persons are at home.
    ///
    /// # Errors
    /// Those of `load`; what is held then stays as it was.
    pub fn replace_all<E>(
        &self,
        forest: Forest,
        today: Day,
        load: impl FnOnce(&mut Loader<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let _one_at_a_time = self.loading.lock();
        *self.meanwhile.lock() = Some(Vec::new());
        let report = |done, total| {
            self.done.store(done, Relaxed);
            self.total.store(total, Relaxed);
        };
        let mut loader = Loader { draft: Draft::new(today, forest.len()), report: &report, total: 0 };
        if let Err(error) = load(&mut loader) {
            *self.meanwhile.lock() = None;
            return Err(error);
        }
        let forest = Arc::new(forest);
        let mut columns = loader.draft.cluster(&forest.today(today));
        // Whoever applies takes `meanwhile` first, so nothing falls between the two.
        let mut meanwhile = self.meanwhile.lock();
        for (changes, day) in meanwhile.take().unwrap_or_default() {
            columns.apply(&changes, day, forest.len());
        }
        let old = {
            let mut held = self.held.write();
            let epoch = held.epoch + 1;
            std::mem::replace(&mut *held, Held { columns, forest, epoch })
        };
        self.ready.store(true, Relaxed);
        drop(meanwhile);
        drop(old);
        Ok(())
    }

    /// Follows a commit: visible to every question asked afterwards. Of several facts for one person the last counts.
    pub fn apply(&self, changes: Changes, today: Day) {
        let mut meanwhile = self.meanwhile.lock();
        {
            let mut held = self.held.write();
            let units = held.forest.len();
            held.columns.apply(&changes, today, units);
            held.epoch += 1;
        }
        if let Some(waiting) = &mut *meanwhile {
            waiting.push((changes, today));
        }
    }

    /// Begins to gather persons while they are written into a register that holds nobody, so that nothing has to be read
    /// back after the commit. `None` when there is somebody, or it is not known yet.
    pub fn gather(&self, today: Day) -> Option<Arrivals> {
        let held = self.held.read();
        let empty = self.ready.load(Relaxed) && held.columns.people.living() == 0;
        empty.then(|| Arrivals::new(held.forest.clone(), held.epoch, today))
    }

    /// Keeps what was gathered for the commit of `act`.
    pub fn await_commit(&self, act: [u8; 16], settled: Settled) {
        *self.awaited.lock() = Some((act, settled));
    }

    /// Takes what was gathered for `act`; false when there is nothing, or something else happened since it was begun:
    /// then everything must be read anew.
    pub fn welcome(&self, act: [u8; 16]) -> bool {
        let Some((_, settled)) = self.awaited.lock().take_if(|(awaited, _)| *awaited == act) else { return false };
        let _one_at_a_time = self.loading.lock();
        let mut held = self.held.write();
        let fits = held.epoch == settled.epoch;
        if fits {
            held.columns = settled.columns;
            held.epoch += 1;
        }
        fits
    }

    /// So much has changed since loading that it should be read anew: the columns have a long tail, or the day on
    /// which persons were sent home is past.
    pub fn is_stale(&self, today: Day) -> bool {
        let held = self.held.read();
        held.columns.tail_percent() >= TAIL_PERCENT || held.columns.loaded_on != today
    }

    /// Memory held for persons and states, in bytes.
    pub fn bytes(&self) -> usize {
        self.held.read().columns.bytes()
    }

    /// A consistent view for one question or one page: nothing changes while it is held, so hold it shortly and never
    /// across a call of [`Census::apply`], and never two at once on one thread: a commit waiting between them blocks both.
    pub fn view(&self, today: Day) -> View<'_> {
        let held = self.held.read();
        let places = held.forest.today(today);
        View { held, places, today }
    }
}

/// The register at one moment. Places of `allowed` ranges are those of today's tree.
pub struct View<'a> {
    held: RwLockReadGuard<'a, Held>,
    places: Arc<TodayPlaces>,
    today: Day,
}

impl View<'_> {
    fn ground(&self) -> Ground<'_> {
        Ground { columns: &self.held.columns, forest: &self.held.forest, today: self.places.clone() }
    }

    /// The units and trees.
    pub fn forest(&self) -> &Arc<Forest> {
        &self.held.forest
    }

    /// Where units stand today.
    pub fn places(&self) -> &Arc<TodayPlaces> {
        &self.places
    }

    /// Grows with every change: an answer kept with it is good as long as it (and today) is the same.
    pub fn epoch(&self) -> u64 {
        self.held.epoch
    }

    /// How many persons are held.
    pub fn persons(&self) -> usize {
        self.held.columns.people.living()
    }

    /// How many states are held, those of changed persons counted twice until the next load.
    pub fn states(&self) -> usize {
        self.held.columns.rows.len() + self.held.columns.tail.len()
    }

    /// Members by the dimensions of the query.
    ///
    /// # Errors
    /// [`TooMuch`] with more dimensions or cells than can be counted at once.
    pub fn cube(&self, query: &Query) -> Result<Cube, TooMuch> {
        self.ground().cube(query)
    }

    /// How many members; dimensions are ignored.
    pub fn count(&self, query: &Query) -> u64 {
        self.ground().count(query).unwrap_or(0)
    }

    /// The members themselves: at most `limit`, beginning after the person `after`; dimensions are ignored.
    pub fn list(&self, query: &Query, order: ListOrder, after: Option<PersonNo>, limit: usize) -> Vec<PersonNo> {
        self.ground().list(query, order, after, limit).unwrap_or_default()
    }

    /// The members of every subtree of the asked tree, by place.
    pub fn headcounts(&self, query: &Query) -> Vec<u32> {
        self.ground().headcounts(query).unwrap_or_default()
    }

    /// Headcounts on many days of what stands in the scope today, abolished units beside their successors.
    /// `Scope::Places` means today's tree; filters see persons as of `query.at`.
    pub fn series(&self, query: &Query, days: &[Day]) -> Vec<u64> {
        self.ground().series(query, days).unwrap_or_default()
    }

    /// The best `limit` persons found by name: mark for mark before exact before beginning with, then by name.
    /// Persons are looked for where they are at home, former members at their last branch.
    pub fn search(&self, typed: &str, allowed: Option<&[Range<u32>]>, limit: usize) -> Vec<PersonNo> {
        let names = &self.held.columns.people.names;
        let Some(asked) = names.asked(typed) else { return Vec::new() };
        names.find(&asked, &self.among(allowed), limit).into_iter().map(number_of).collect()
    }

    /// How many persons are found by name.
    pub fn found(&self, typed: &str, allowed: Option<&[Range<u32>]>) -> u64 {
        let names = &self.held.columns.people.names;
        names.asked(typed).map_or(0, |asked| names.count(&asked, &self.among(allowed)))
    }

    fn among(&self, allowed: Option<&[Range<u32>]>) -> Among {
        let columns = &self.held.columns;
        let people = &columns.people;
        let Some(allowed) = allowed.filter(|ranges| !ranges.contains(&(0..u32::MAX))) else {
            let everybody = 0..people.base();
            return Among { loaded: vec![everybody], behind: (people.base()..people.len()).collect() };
        };
        let mut slots: Vec<Range<u32>> = Vec::new();
        for range in allowed {
            let units = self.places.standing_in(range);
            match columns.slots_alike(units) {
                Some(alike) => slots.push(alike),
                // The tree was changed after loading.
                None => slots.extend(units.iter().filter_map(|unit| columns.slot(*unit)).map(|slot| slot..slot + 1)),
            }
        }
        slots.sort_unstable_by_key(|slots| (slots.start, slots.end));
        let mut loaded: Vec<Range<u32>> = Vec::new();
        for persons in slots.into_iter().map(|slots| people.at_home(slots)).filter(|persons| !persons.is_empty()) {
            match loaded.last_mut() {
                Some(last) if persons.start <= last.end => last.end = last.end.max(persons.end),
                _ => loaded.push(persons),
            }
        }
        let may = |unit: UnitNo| self.places.place(unit).is_some_and(|at| allowed.iter().any(|r| r.contains(&at)));
        let behind = people.tail_homes().filter(|(_, home)| may(*home)).map(|(no, _)| no).collect();
        Among { loaded, behind }
    }

    /// The number of a person in this view.
    pub fn no(&self, id: Id<Person>) -> Option<PersonNo> {
        self.held.columns.people.no(id)
    }

    /// The person of a number.
    pub fn id(&self, no: PersonNo) -> Option<Id<Person>> {
        self.held.columns.people.id(no)
    }

    /// The full name of a person.
    pub fn name(&self, no: PersonNo) -> String {
        self.held.columns.people.names.text(no)
    }

    /// The name of a person; nothing of one who is not there.
    pub fn name_of(&self, id: Id<Person>) -> Option<String> {
        self.no(id).map(|no| self.name(no))
    }

    /// What is known of a person, with today's state.
    pub fn person(&self, no: PersonNo) -> Option<Brief> {
        self.held.columns.brief(no, self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naive::{day, person, unit_id, world};

    #[test]
    fn it_says_how_far_loading_is_and_keeps_the_old_when_loading_fails() {
        let census = Census::default();
        assert_eq!(census.state(), State::Loading { done: 0, total: 0 });
        let failed = census.replace_all(Forest::default(), day(0), |loader| {
            loader.expect(4, 4);
            assert_eq!(census.state(), State::Loading { done: 0, total: 4 });
            Err("no store")
        });
        assert_eq!(failed, Err("no store"));
        assert!(matches!(census.state(), State::Loading { .. }));
        let _ = census.replace_all(Forest::default(), day(0), |_| Ok::<_, ()>(()));
        assert_eq!(census.state(), State::Ready);
    }

    #[test]
    fn a_commit_during_loading_is_in_the_old_and_in_the_new_columns() {
        let (forest, people) = world();
        let branch = forest.no(unit_id(2)).unwrap();
        let census = Census::default();
        let (one, other) = (person(1, "Lê An", branch), person(2, "Lê Bình", branch));
        let loaded = census.replace_all(forest, day(100), |loader| {
            people.iter().for_each(|facts| loader.push(facts));
            loader.push(&one);
            // Committed after the loader read its snapshot: one left, the other came.
            census.apply(vec![(one.id, None), (other.id, Some(other.clone()))], day(100));
            Ok::<_, ()>(())
        });
        assert_eq!(loaded, Ok(()));
        let view = census.view(day(100));
        assert_eq!(view.no(one.id), None);
        assert_eq!(view.persons(), people.len() + 1);
        let found = view.search("le binh", None, 9);
        assert_eq!(found.iter().filter_map(|no| view.id(*no)).collect::<Vec<_>>(), [other.id]);
    }

    #[test]
    fn the_tail_makes_it_stale_and_so_does_a_new_day() {
        let (forest, people) = world();
        let census = Census::default();
        let _ = census.replace_all(forest, day(100), |loader| {
            people.iter().for_each(|facts| loader.push(facts));
            Ok::<_, ()>(())
        });
        assert!(!census.is_stale(day(100)));
        assert!(census.is_stale(day(101)));
        let changed = people[0].clone();
        census.apply(vec![(changed.id, Some(changed))], day(100));
        assert!(census.is_stale(day(100)));
    }
}
