//! What a person types into the name search, and which syllables it finds.

use unicode_normalization::char::is_combining_mark;

use super::letters::split_tone;
use super::tone::unfinished;
use super::{clean, fold, fold::letter, spelling_key};

/// How well a typed word fits a syllable; the greater the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The syllable begins with the word.
    Prefix,
    /// The syllable is the word, but has marks that were not typed.
    Exact,
    /// The syllable is the word, mark for mark.
    ExactMarked,
}

/// One syllable of a stored name with its two keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Syllable {
    /// Without marks ([`fold`]).
    pub folded: String,
    /// With marks ([`spelling_key`]).
    pub marked: String,
}

/// The syllables of a name. Space, apostrophe and hyphen part them: `H'Hen Niê` is found by "hen" too.
pub fn syllables(name: &str) -> Vec<Syllable> {
    spelling_key(&clean(name))
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .map(|marked| Syllable { folded: fold(marked), marked: marked.to_owned() })
        .filter(|syllable| !syllable.folded.is_empty())
        .collect()
}

/// One typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word without marks: every syllable it finds begins with this when folded, so an index may go by it.
    pub folded: String,
    /// The word's [`spelling_key`], when at least one mark was typed (`đ` is one).
    pub marked: Option<String>,
}

impl Word {
    /// Whether and how the word finds a syllable given by its two keys.
    ///
    /// A letter typed with a mark must be that letter; a letter typed plain leaves its mark open. So "tuan" finds Tuấn
    /// and Tuân, "tuấn" only Tuấn, "đuc" finds Đức but not Dục, and "duc" all of them.
    pub fn matches_syllable(&self, folded: &str, marked: &str) -> Option<Rank> {
        if !folded.starts_with(&self.folded) {
            return None;
        }
        let whole = folded.len() == self.folded.len();
        let Some(typed) = &self.marked else {
            return Some(match whole {
                true if marked == self.folded => Rank::ExactMarked,
                true => Rank::Exact,
                false => Rank::Prefix,
            });
        };
        if honours(typed, marked) {
            return Some(match whole {
                true if marked == typed => Rank::ExactMarked,
                true => Rank::Exact,
                false => Rank::Prefix,
            });
        }
        begins_in_the_other_style(typed, marked).then_some(Rank::Prefix)
    }
}

/// Whether `syllable` begins with `typed`, every typed mark kept.
fn honours(typed: &str, syllable: &str) -> bool {
    let mut stored = syllable.chars();
    typed.chars().all(|t| stored.next().is_some_and(|s| s == t || letter(s) == Some(t)))
}

/// "hò" on the way to "hòa", whose key is `hoà`.
fn begins_in_the_other_style(typed: &str, syllable: &str) -> bool {
    let Some((stem, tone)) = unfinished(typed) else { return false };
    // The stem is cut at a character's end, as both are lower-case NFC.
    let Some((vowel, rest)) = syllable.char_indices().nth(stem.chars().count()).map(|(at, _)| syllable.split_at(at))
    else {
        return false;
    };
    let mut rest = rest.chars();
    let toned = rest.next().and_then(split_tone);
    honours(&stem, vowel)
        && rest.next().is_none()
        && toned.is_some_and(|(v, t)| t == tone && matches!(v, 'a' | 'e' | 'y'))
}

/// A name search as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameQuery {
    /// The typed words in order; none when nothing usable was typed.
    pub words: Vec<Word>,
}

impl NameQuery {
    /// Reads what was typed; words part as [`syllables`] do.
    pub fn parse(typed: &str) -> Self {
        let words = syllables(typed)
            .into_iter()
            .map(|Syllable { folded, marked }| Word { marked: (marked != folded).then_some(marked), folded })
            .collect();
        Self { words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rank(typed: &str, name: &str) -> Option<Rank> {
        let query = NameQuery::parse(typed);
        let (word, syllable) = (&query.words[0], &syllables(name)[0]);
        word.matches_syllable(&syllable.folded, &syllable.marked)
    }

    #[test]
    fn words_without_marks_find_all_marks() {
        assert_eq!(rank("tuan", "Tuấn"), Some(Rank::Exact));
        assert_eq!(rank("TUAN", "Tuân"), Some(Rank::Exact));
        assert_eq!(rank("tu", "Tuấn"), Some(Rank::Prefix));
        assert_eq!(rank("an", "An"), Some(Rank::ExactMarked));
        assert_eq!(rank("duc", "Đức"), Some(Rank::Exact));
        assert_eq!(rank("duc", "Dục"), Some(Rank::Exact));
        assert_eq!(rank("tuan", "Tuấnn").max(rank("tuan", "Tu")), Some(Rank::Prefix));
        assert_eq!(rank("tuan", "Tú"), None);
    }

    #[test]
    fn typed_marks_are_honoured() {
        assert_eq!(rank("tuấn", "Tuấn"), Some(Rank::ExactMarked));
        assert_eq!(rank("tua\u{302}\u{301}n", "TUẤN"), Some(Rank::ExactMarked));
        for other in ["Tuân", "Tuần", "Tuan"] {
            assert_eq!(rank("tuấn", other), None, "{other}");
        }
        assert_eq!(rank("tuấ", "Tuấn"), Some(Rank::Prefix));
        assert_eq!(rank("đ", "Đức"), Some(Rank::Prefix));
        assert_eq!(rank("đuc", "Đức"), Some(Rank::Exact), "a letter typed plain leaves its mark open");
        assert_eq!(rank("đức", "Dức"), None);
        assert_eq!(rank("đuc", "Dục"), None);
    }

    #[test]
    fn both_tone_styles_find_each_other_at_every_letter_typed() {
        for (typed, rank_wanted) in [("hòa", Rank::ExactMarked), ("hoà", Rank::ExactMarked), ("hò", Rank::Prefix)] {
            assert_eq!(rank(typed, "Hòa"), Some(rank_wanted), "{typed}");
            assert_eq!(rank(typed, "Hoà"), Some(rank_wanted), "{typed}");
        }
        assert_eq!(rank("thú", "Thuý"), Some(Rank::Prefix));
        assert_eq!(rank("hò", "Hóa"), None);
        assert_eq!(rank("hò", "Hoa"), None);
        assert_eq!(rank("thủ", "Thúy"), None);
    }

    #[test]
    fn words_part_at_space_apostrophe_and_hyphen() {
        let folded = |text| NameQuery::parse(text).words.into_iter().map(|w| w.folded).collect::<Vec<_>>();
        assert_eq!(folded("  Nguyễn\u{a0}văn  A "), ["nguyen", "van", "a"]);
        assert_eq!(folded("H’Hen Niê"), ["h", "hen", "nie"]);
        assert_eq!(folded("y-blok"), ["y", "blok"]);
        assert!(folded(" ' - \u{200b}").is_empty());
        assert_eq!(NameQuery::parse("Lê van").words[1].marked, None);
    }

    proptest! {
        #[test]
        fn a_name_is_found_by_itself_and_by_its_fold(name in "[A-ZĐa-zđăâêôơưàấệịọũỳò]{1,8}") {
            for syllable in syllables(&name) {
                let found = |typed: &str| {
                    NameQuery::parse(typed).words[0].matches_syllable(&syllable.folded, &syllable.marked)
                };
                prop_assert_eq!(found(&name), Some(Rank::ExactMarked));
                prop_assert!(found(&fold(&name)) >= Some(Rank::Exact));
            }
        }

        #[test]
        fn whatever_is_found_begins_with_the_folded_word(typed in "[a-zđăâôơàấòú]{1,3}", name in "[a-zđăâôơàấòú]{1,5}") {
            if rank(&typed, &name).is_some() {
                prop_assert!(fold(&name).starts_with(&fold(&typed)));
            }
        }
    }
}
