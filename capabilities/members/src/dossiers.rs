//! All members one after the other, with everything believed of them: for whoever looks over the whole register.

use chibo_kernel::{Day, Id, Moment, Person, Problem, Unit};
use chibo_store::Tx;

use crate::store;
pub use crate::store::ProfileRow as Profile;

/// Something believed to hold during a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<T> {
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub to: Day,
    /// What.
    pub value: T,
}

impl<T> Held<T> {
    /// Whether it holds on a day.
    pub fn on(&self, day: Day) -> bool {
        self.from <= day && day < self.to
    }
}

/// A member with what is believed of him now. The sealed fields stay sealed.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// What does not change.
    pub profile: Profile,
    /// Where he belonged, by first day.
    pub postings: Vec<Held<Id<Unit>>>,
    /// His standings, by first day.
    pub standings: Vec<Held<u8>>,
    /// Levels of education, degree, theory, occupation, by first day.
    pub levels: [Vec<Held<u8>>; 4],
}

impl Dossier {
    /// What holds of a line on a day.
    pub fn on<T: Copy>(line: &[Held<T>], day: Day) -> Option<T> {
        line.iter().find(|held| held.on(day)).map(|held| held.value)
    }
}

/// Members read at once.
const AT_ONCE: i64 = 2_000;

/// Hands every member to `take`, in order of id.
///
/// # Errors
/// Problems of the database, and what `take` gives.
pub fn each_dossier(tx: &mut Tx<'_>, mut take: impl FnMut(&Dossier) -> Result<(), Problem>) -> Result<(), Problem> {
    let mut last: Option<Id<Person>> = None;
    loop {
        let after = last.as_ref().map_or(&[][..], |id| id.bytes().as_slice());
        let mut batch = Vec::with_capacity(AT_ONCE as usize);
        store::profiles_after(tx, after, AT_ONCE, |profile| {
            batch.push(Dossier { profile, postings: Vec::new(), standings: Vec::new(), levels: Default::default() });
            Ok(())
        })?;
        let Some(until) = batch.last().map(|dossier| dossier.profile.person_id) else { return Ok(()) };
        fill(tx, after, until, &mut batch)?;
        batch.iter_mut().for_each(sort);
        batch.iter().try_for_each(&mut take)?;
        last = Some(until);
    }
}

fn sort(dossier: &mut Dossier) {
    dossier.postings.sort_by_key(|held| held.from);
    dossier.standings.sort_by_key(|held| held.from);
    dossier.levels.iter_mut().for_each(|line| line.sort_by_key(|held| held.from));
}

/// The dated rows of a batch that are still believed.
fn fill(tx: &mut Tx<'_>, after: &[u8], until: Id<Person>, batch: &mut [Dossier]) -> Result<(), Problem> {
    let place = |batch: &[Dossier], id: Id<Person>| batch.binary_search_by_key(&id, |one| one.profile.person_id).ok();
    let believed = |at: Moment| at == Moment::FOREVER;
    store::postings_until(tx, after, until, |row| {
        if let Some(one) =
            place(batch, row.person_id).and_then(|at| batch.get_mut(at)).filter(|_| believed(row.superseded_at))
        {
            one.postings.push(Held { from: row.valid_from, to: row.valid_to, value: row.unit_id });
        }
        Ok(())
    })?;
    store::standings_until(tx, after, until, |row| {
        if let Some(one) =
            place(batch, row.person_id).and_then(|at| batch.get_mut(at)).filter(|_| believed(row.superseded_at))
        {
            one.standings.push(Held { from: row.valid_from, to: row.valid_to, value: row.level });
        }
        Ok(())
    })?;
    store::levels_until(tx, after, until, |row| {
        let one = place(batch, row.person_id).and_then(|at| batch.get_mut(at)).filter(|_| believed(row.superseded_at));
        let line = one.and_then(|one| one.levels.get_mut(usize::from(row.field).wrapping_sub(1)));
        line.into_iter().for_each(|line| line.push(Held { from: row.valid_from, to: row.valid_to, value: row.level }));
        Ok(())
    })
}
