//! People entered twice: the same name, spelled with the tone mark wherever, and the same day of birth (DPD-33).

use std::collections::{HashMap, HashSet};

use chibo_kernel::text::spelling_key;
use chibo_kernel::{Day, Id, Person};
use chibo_members::Dossier;

/// Two records somebody looked at and found to be of two people, the smaller identifier first.
pub type Apart = HashSet<(Id<Person>, Id<Person>)>;

/// Whether two records were found to be of two people.
pub fn are_apart(apart: &Apart, one: Id<Person>, other: Id<Person>) -> bool {
    apart.contains(&(one.min(other), one.max(other)))
}

/// Everybody seen so far by what makes a double.
#[derive(Clone, Debug, Default)]
pub struct Doubles {
    named: HashMap<(String, Day), Vec<Id<Person>>>,
    filed: HashMap<String, Vec<Id<Person>>>,
}

impl Doubles {
    /// One more. A birth known only to the year is no ground for a double.
    pub fn add(&mut self, dossier: &Dossier) {
        let profile = &dossier.profile;
        if profile.birth_precision == 0 {
            let key = (spelling_key(&profile.full_name), profile.birth);
            self.named.entry(key).or_default().push(profile.person_id);
        }
        if !profile.file_no.is_empty() {
            self.filed.entry(profile.file_no.clone()).or_default().push(profile.person_id);
        }
    }

    /// Who is there twice, with the code of the check. A file number is wrong with two people, too.
    pub fn found(self, apart: &Apart) -> Vec<(Id<Person>, &'static str)> {
        let several = |code: &'static str| {
            move |people: Vec<Id<Person>>| {
                let several = people.len() > 1;
                people.into_iter().filter(move |_| several).map(move |person| (person, code))
            }
        };
        let twice = |people: Vec<Id<Person>>| {
            let alike = |one: &Id<Person>| people.iter().any(|other| other != one && !are_apart(apart, *one, *other));
            let found: Vec<_> = people.iter().filter(|one| alike(one)).map(|one| (*one, "double")).collect();
            found
        };
        let named = self.named.into_values().flat_map(twice);
        named.chain(self.filed.into_values().flat_map(several("file-number-double"))).collect()
    }
}
