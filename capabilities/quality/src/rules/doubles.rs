//! People entered twice: the same name, spelled with the tone mark wherever, and the same day of birth (DPD-33).

use std::collections::HashMap;

use chibo_kernel::text::spelling_key;
use chibo_kernel::{Day, Id, Person};
use chibo_members::Dossier;

/// Everybody seen so far by what makes a double.
#[derive(Debug, Default)]
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

    /// Who is there twice, with the code of the check.
    pub fn found(self) -> Vec<(Id<Person>, &'static str)> {
        let several = |code: &'static str| {
            move |people: Vec<Id<Person>>| {
                let several = people.len() > 1;
                people.into_iter().filter(move |_| several).map(move |person| (person, code))
            }
        };
        let named = self.named.into_values().flat_map(several("double"));
        named.chain(self.filed.into_values().flat_map(several("file-number-double"))).collect()
    }
}
