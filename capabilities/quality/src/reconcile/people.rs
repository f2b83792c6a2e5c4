//! The members rows are looked for among.

use std::hash::{DefaultHasher, Hash, Hasher};

use chibo_kernel::text::spelling_key;
use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::{Dossier, each_dossier};
use chibo_store::Tx;

use crate::rules::differ::may_be;
use crate::rules::home;

/// A member as rows are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    /// Member.
    pub id: Id<Person>,
    /// Where he is at home.
    pub unit: Id<Unit>,
    /// Whether he counts as a member today.
    pub counts: bool,
    /// Whether a row was found to be his.
    pub found: bool,
}

/// The members of a unit, by identifier and by name.
#[derive(Debug, Default)]
pub struct People {
    all: Vec<Here>,
    named: Vec<(u64, Day, u8, u32)>,
}

fn key(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    spelling_key(name).split_whitespace().for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}

impl People {
    /// Reads the members at home in units that `asked` takes.
    ///
    /// # Errors
    /// Problems of the database.
    pub fn read(tx: &mut Tx<'_>, today: Day, mut asked: impl FnMut(Id<Unit>) -> bool) -> Result<Self, Problem> {
        let mut people = Self::default();
        each_dossier(tx, |dossier| {
            if let Some(unit) = home(dossier, today).filter(|unit| asked(*unit)) {
                people.add(dossier, unit, today);
            }
            Ok(())
        })?;
        people.named.sort_unstable();
        Ok(people)
    }

    /// One more; they come in order of identifiers.
    fn add(&mut self, dossier: &Dossier, unit: Id<Unit>, today: Day) {
        let profile = &dossier.profile;
        let standing = Dossier::on(&dossier.standings, today).and_then(Standing::from_number);
        let counts = standing.is_none_or(Standing::counts_as_member);
        let at = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.named.push((key(&profile.full_name), profile.birth, profile.birth_precision, at));
        self.all.push(Here { id: profile.person_id, unit, counts, found: false });
    }

    /// The place of a member.
    pub fn at(&self, id: Id<Person>) -> Option<usize> {
        self.all.binary_search_by_key(&id, |here| here.id).ok()
    }

    /// The member at a place.
    pub fn get(&self, at: usize) -> Option<Here> {
        self.all.get(at).copied()
    }

    /// A row was found to be his; whether another one was already.
    pub fn find(&mut self, at: usize) -> bool {
        self.all.get_mut(at).is_some_and(|here| std::mem::replace(&mut here.found, true))
    }

    /// Whoever has this name and may be born that day.
    pub fn named(&self, name: &str, birth: (Day, u8)) -> Vec<usize> {
        let key = key(name);
        let from = self.named.partition_point(|row| row.0 < key);
        let alike = self.named.iter().skip(from).take_while(|row| row.0 == key);
        alike.filter(|row| may_be((row.1, row.2), birth)).map(|row| row.3 as usize).collect()
    }

    /// Members nobody's row was found for.
    pub fn left(&self) -> impl Iterator<Item = &Here> {
        self.all.iter().filter(|here| here.counts && !here.found)
    }
}
