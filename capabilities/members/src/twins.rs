//! Two records of one person side by side: which facts there are, what is the same, whose value stays.

use std::collections::BTreeSet;

use chibo_kernel::{Id, Moment, Period, Person, Problem, Unit};
use chibo_store::{Keys, Tx, seal};

use crate::ledger;
use crate::rules::union::{Span, is_later, union};
use crate::rules::{Field, Secrets};
use crate::store::merges::{Held, undated};
use crate::store::{self, PersonRow};

macro_rules! facts {
    ($($name:ident $key:literal [$($field:ident),+] $empty:expr;)*) => {
        /// An undated fact of a record that one chooses as a whole.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Fact { $($name),* }

        impl Fact {
            /// Every fact, in the order of the page.
            pub const ALL: &'static [Fact] = &[$(Fact::$name),*];

            /// Its name in forms; `members-` with it is the key of its word.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// Whether both say the same.
            pub fn same(self, one: &PersonRow, other: &PersonRow) -> bool {
                match self { $(Self::$name => $(one.$field == other.$field)&&+),* }
            }

            /// Whether a record says nothing.
            pub fn empty(self, of: &PersonRow) -> bool {
                let empty: fn(&PersonRow) -> bool = match self { $(Self::$name => $empty),* };
                empty(of)
            }

            fn put(self, from: &PersonRow, into: &mut PersonRow) {
                match self { $(Self::$name => { $(into.$field.clone_from(&from.$field);)+ }),* }
            }
        }
    };
}

facts! {
    Name "name" [full_name, ho, dem, ten] |p| p.full_name.is_empty();
    OtherName "other-name" [other_name] |p| p.other_name.is_empty();
    Birth "birth" [birth, birth_precision] |_| false;
    Sex "sex" [sex] |p| p.sex == 0;
    Ethnicity "ethnicity" [ethnicity] |p| p.ethnicity == 0;
    Religion "religion" [religion] |p| p.religion == 0;
    BirthPlace "birth-place" [birth_place] |p| p.birth_place.is_empty();
    HomeTown "home-town" [home_town] |p| p.home_town.is_empty();
    JobTitle "job-title" [job_title] |p| p.job_title.is_empty();
    Workplace "workplace" [workplace] |p| p.workplace.is_empty();
    FileNo "file-no" [file_no] |p| p.file_no.is_empty();
    AcademicTitle "academic-title" [academic_title] |p| p.academic_title == 0;
    Languages "languages" [languages] |p| p.languages.is_empty();
    Informatics "informatics" [informatics] |p| p.informatics.is_empty();
    Admitted "admitted" [admitted] |p| p.admitted.is_none();
    AdmissionDecision "admission-decision" [admission_decision] |p| p.admission_decision.is_empty();
    Introducers "introducers" [introducers] |p| p.introducers.is_empty();
    Official "official" [official] |p| p.official.is_none();
}

/// Names of the sealed fields in forms; `members-` with one is the key of its word.
pub const SECRETS: [&str; 6] = ["identity", "phone", "email", "residence", "health", "policy-family"];

/// Names of the dated lines in forms, levels in the order of [`Field::ALL`].
pub const LINES: [&str; 6] = ["postings", "standings", "education", "degree", "theory", "occupation"];

/// One of the sealed fields.
pub fn secret<'s>(of: &'s Secrets, name: &str) -> &'s String {
    match name {
        "identity" => &of.identity,
        "phone" => &of.phone,
        "email" => &of.email,
        "health" => &of.health,
        "policy-family" => &of.policy_family,
        _ => &of.residence,
    }
}

fn secret_mut<'s>(of: &'s mut Secrets, name: &str) -> &'s mut String {
    match name {
        "identity" => &mut of.identity,
        "phone" => &mut of.phone,
        "email" => &mut of.email,
        "health" => &mut of.health,
        "policy-family" => &mut of.policy_family,
        _ => &mut of.residence,
    }
}

/// The dated lines of a record, as believed now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Where he belonged.
    pub postings: Vec<Span<Id<Unit>>>,
    /// Standings.
    pub standings: Vec<Span<u8>>,
    /// Levels in the order of [`Field::ALL`].
    pub levels: [Vec<Span<u8>>; 4],
}

/// A record with everything believed of it now.
#[derive(Clone, Debug)]
pub struct Record {
    /// Undated facts.
    pub person: PersonRow,
    /// Sealed fields, opened.
    pub secrets: Secrets,
    /// Dated lines.
    pub lines: Lines,
}

/// The keys of facts, sealed fields and lines for which the record that goes is believed (of lines: believed first).
pub type Choices = BTreeSet<String>;

impl Record {
    /// Reads one.
    ///
    /// # Errors
    /// Absent when there is no such record; problems of the database and of the keys.
    pub fn read(tx: &mut Tx<'_>, keys: &Keys, id: Id<Person>) -> Result<Self, Problem> {
        let person = store::person(tx, id)?.ok_or(Problem::NotFound)?;
        let secrets = ledger::secrets_of(keys, &person)?;
        let mut lines = Lines::default();
        let believed = |at: Moment| at == Moment::FOREVER;
        for row in store::postings(tx, id)?.into_iter().filter(|row| believed(row.superseded_at)) {
            lines.postings.extend(Period::new(row.valid_from, row.valid_to).map(|valid| (valid, row.unit_id)));
        }
        for row in store::standings(tx, id)?.into_iter().filter(|row| believed(row.superseded_at)) {
            lines.standings.extend(Period::new(row.valid_from, row.valid_to).map(|valid| (valid, row.standing)));
        }
        for row in store::attainments(tx, id)?.into_iter().filter(|row| believed(row.superseded_at)) {
            let line = lines.levels.get_mut(usize::from(row.field).wrapping_sub(1));
            let span = Period::new(row.valid_from, row.valid_to).map(|valid| (valid, row.level));
            line.into_iter().for_each(|line| line.extend(span));
        }
        lines.postings.sort_by_key(|(valid, _)| valid.from());
        lines.standings.sort_by_key(|(valid, _)| valid.from());
        lines.levels.iter_mut().for_each(|line| line.sort_by_key(|(valid, _)| valid.from()));
        Ok(Self { person, secrets, lines })
    }

    /// What the record says now, as a short mark: two equal marks mean that nothing was changed between them.
    pub fn mark(&self) -> String {
        mark_of(&undated(&self.person), &self.lines)
    }
}

/// The mark of facts and lines.
pub(crate) fn mark_of(facts: &[Held], lines: &Lines) -> String {
    seal::digest(format!("{facts:?} {lines:?}").as_bytes())
}

/// The older of two records: entered first.
pub fn is_older(one: &PersonRow, other: &PersonRow) -> bool {
    (one.recorded_at, one.person_id) <= (other.recorded_at, other.person_id)
}

/// What is proposed: of a fact the value of the older record, unless only the other says something; of a line the
/// record that knows something later goes first.
pub fn proposed(kept: &Record, gone: &Record) -> Choices {
    let kept_older = is_older(&kept.person, &gone.person);
    let takes = |kept_empty: bool, gone_empty: bool| !gone_empty && (kept_empty || !kept_older);
    let facts = Fact::ALL.iter().filter(|fact| takes(fact.empty(&kept.person), fact.empty(&gone.person)));
    let mut chosen: Choices = facts.map(|fact| fact.key().to_owned()).collect();
    for name in SECRETS {
        if takes(secret(&kept.secrets, name).is_empty(), secret(&gone.secrets, name).is_empty()) {
            chosen.insert(name.to_owned());
        }
    }
    let (k, g) = (&kept.lines, &gone.lines);
    let later = [is_later(&k.postings, &g.postings), is_later(&k.standings, &g.standings)];
    let levels = k.levels.iter().zip(&g.levels).map(|(k, g)| is_later(k, g));
    for (name, _) in LINES.iter().zip(later.into_iter().chain(levels)).filter(|(_, later)| *later) {
        chosen.insert((*name).to_owned());
    }
    chosen
}

/// The record that stays as it would be.
pub fn merged(kept: &Record, gone: &Record, chosen: &Choices) -> Record {
    let mut out = kept.clone();
    for fact in Fact::ALL.iter().filter(|fact| chosen.contains(fact.key())) {
        fact.put(&gone.person, &mut out.person);
    }
    for name in SECRETS.into_iter().filter(|name| chosen.contains(*name)) {
        secret_mut(&mut out.secrets, name).clone_from(secret(&gone.secrets, name));
    }
    let (k, g) = (&kept.lines, &gone.lines);
    out.lines = Lines {
        postings: both(chosen, "postings", &k.postings, &g.postings),
        standings: both(chosen, "standings", &k.standings, &g.standings),
        levels: std::array::from_fn(|at| {
            let name = LINES.get(at + 2).copied().unwrap_or_default();
            let line = |lines: &Lines| lines.levels.get(at).cloned().unwrap_or_default();
            both(chosen, name, &line(k), &line(g))
        }),
    };
    out
}

fn both<V: Clone + PartialEq>(chosen: &Choices, name: &str, kept: &[Span<V>], gone: &[Span<V>]) -> Vec<Span<V>> {
    if chosen.contains(name) { union(gone, kept) } else { union(kept, gone) }
}

/// Word key of a dated line.
pub fn line_word(name: &str) -> &'static str {
    match name {
        "postings" => "members-course",
        "standings" => "members-standing",
        "education" => Field::Education.key(),
        "degree" => Field::Degree.key(),
        "theory" => Field::Theory.key(),
        _ => Field::Occupation.key(),
    }
}
