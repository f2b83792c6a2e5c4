//! What members are counted and filtered by: one name, one address key, and words for every code of the census.
//!
//! Cross-tabs and the member list read the same addresses with this file, so that the list behind a cell holds exactly
//! whom the cell counts: `f=<key>:<code>` pairs, codes of one key alternatives, different keys together. A child is
//! one of a certain unit, so its key carries that unit: `f=child.<unit>:<code>`.

mod filters;
mod ground;

use chibo_census::{Dim, Tree, UnitNo};
use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, Setting, valid_on};
use chibo_web::{Lang, Tongue};

use crate::codes::{self, Code, List, Standing};
pub use filters::{Filters, condition};
pub use ground::{Ground, bounds_of, ground, member_standings, members_of, official_standings};

/// One thing members are counted or filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Direct child of the asked unit (đơn vị trực thuộc): 0 the unit itself, then its children in order.
    Child,
    /// Type of the branch (loại tổ chức).
    Kind,
    /// Setting of the branch (loại hình).
    Setting,
    /// Sex.
    Sex,
    /// Age band (độ tuổi).
    Age,
    /// Decade of birth.
    Decade,
    /// Standing (trạng thái đảng viên).
    Standing,
    /// Party age in steps of five years (tuổi đảng).
    PartyAge,
    /// Ethnicity (dân tộc).
    Ethnicity,
    /// Religion (tôn giáo).
    Religion,
    /// General education (giáo dục phổ thông).
    Education,
    /// Highest professional level (trình độ chuyên môn).
    Degree,
    /// Political theory (lý luận chính trị).
    Theory,
    /// Occupation (nghề nghiệp).
    Occupation,
}

impl Dimension {
    /// Every dimension, in the order of pickers.
    pub const ALL: &'static [Dimension] = &[
        Self::Child,
        Self::Kind,
        Self::Setting,
        Self::Sex,
        Self::Age,
        Self::Decade,
        Self::Standing,
        Self::PartyAge,
        Self::Ethnicity,
        Self::Religion,
        Self::Education,
        Self::Degree,
        Self::Theory,
        Self::Occupation,
    ];

    /// Key in addresses, Vietnamese name, English name.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Child => ("child", "Đơn vị trực thuộc", "Directly attached unit"),
            Self::Kind => ("kind", "Loại tổ chức", "Type of organisation"),
            Self::Setting => ("setting", "Loại hình", "Setting"),
            Self::Sex => ("sex", "Giới tính", "Sex"),
            Self::Age => ("age", "Độ tuổi", "Age"),
            Self::Decade => ("decade", "Thập niên sinh", "Decade of birth"),
            Self::Standing => ("standing", "Trạng thái đảng viên", "Standing"),
            Self::PartyAge => ("party-age", "Tuổi Đảng", "Party age"),
            Self::Ethnicity => ("ethnicity", "Dân tộc", "Ethnicity"),
            Self::Religion => ("religion", "Tôn giáo", "Religion"),
            Self::Education => ("education", "Giáo dục phổ thông", "General education"),
            Self::Degree => ("degree", "Trình độ chuyên môn", "Professional level"),
            Self::Theory => ("theory", "Lý luận chính trị", "Political theory"),
            Self::Occupation => ("occupation", "Nghề nghiệp", "Occupation"),
        }
    }

    /// Key in addresses.
    pub const fn key(self) -> &'static str {
        self.words().0
    }

    /// The dimension of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dimension| dimension.key() == key)
    }

    /// Its name in the reader's language.
    pub fn name(self, w: Tongue<'_>) -> &'static str {
        let (_, vi, en) = self.words();
        if w.lang == Lang::Vi { vi } else { en }
    }

    /// The dimension of the census; `unit` is the unit whose children [`Dimension::Child`] counts.
    pub const fn dim(self, unit: UnitNo) -> Dim {
        match self {
            Self::Child => Dim::Child(unit),
            Self::Kind => Dim::Kind,
            Self::Setting => Dim::Setting,
            Self::Sex => Dim::Sex,
            Self::Age => Dim::AgeBand,
            Self::Decade => Dim::BirthDecade,
            Self::Standing => Dim::Standing,
            Self::PartyAge => Dim::PartyAgeBand,
            Self::Ethnicity => Dim::Ethnicity,
            Self::Religion => Dim::Religion,
            Self::Education => Dim::Education,
            Self::Degree => Dim::Degree,
            Self::Theory => Dim::Theory,
            Self::Occupation => Dim::Occupation,
        }
    }

    /// The code of "unknown"; shown last. `None` where nothing is unknown.
    pub const fn unknown(self) -> Option<u32> {
        match self {
            Self::Child => None,
            Self::Age => Some(8),
            Self::PartyAge => Some(21),
            _ => Some(0),
        }
    }

    /// Codes follow each other: a gap between two of them is shown as zero.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Self::Age | Self::Decade | Self::PartyAge | Self::Education | Self::Degree | Self::Theory)
    }

    /// Small counts of it could point at persons (STA-04).
    pub const fn is_sensitive(self) -> bool {
        matches!(self, Self::Ethnicity | Self::Religion)
    }

    /// The code list that names it, where the codes are those of a list.
    const fn list(self) -> Option<List> {
        Some(match self {
            Self::Sex => codes::SEXES,
            Self::Standing => codes::STANDINGS,
            Self::Ethnicity => codes::ETHNICITIES,
            Self::Religion => codes::RELIGIONS,
            Self::Education => codes::GENERAL_EDUCATION,
            Self::Degree => codes::DEGREES,
            Self::Theory => codes::THEORY,
            Self::Occupation => codes::OCCUPATIONS,
            _ => return None,
        })
    }

    /// The name of a code, its first letter a capital.
    pub fn code_name(self, code: u32, names: &Names<'_>) -> String {
        let w = names.w;
        let entry = |list: List, at: u32| u8::try_from(at).map_or(0, |at| codes::entry(list, at).number);
        let named = |list: List, at: u32| word(w, codes::entry(list, entry(list, at)));
        let unknown = || word(w, codes::entry(codes::SEXES, 0));
        let text = match self {
            _ if Some(code) == self.unknown() => unknown(),
            Self::Child => return names.child(code),
            Self::Kind => match u8::try_from(code).ok().and_then(Kind::from_number) {
                Some(kind) => pick(w, kind.name(names.day).vi, kind.name(names.day).en),
                None => unknown(),
            },
            Self::Setting => match u8::try_from(code).ok().and_then(Setting::from_number) {
                Some(setting) => pick(w, setting.vi(), setting.en()),
                None => unknown(),
            },
            Self::Age => named(codes::AGE_BANDS, code + 1),
            // The census goes on in steps of five where the list ends with "90 and more".
            Self::PartyAge if code < 18 => named(codes::PARTY_AGE_BANDS, code + 1),
            Self::PartyAge if code < 20 => return steps(w, code * 5),
            Self::PartyAge => pick(w, "từ 100 năm", "100 years and more"),
            Self::Decade => return format!("{0}–{1}", 1790 + 10 * code, 1799 + 10 * code),
            _ => self.list().map_or_else(unknown, |list| named(list, code)),
        };
        capital(text)
    }

    /// The codes offered in a picker on the day.
    pub fn codes(self, names: &Names<'_>) -> Vec<u32> {
        let last = |n: usize| n as u32;
        match self {
            Self::Child => (0..=last(names.children.len())).collect(),
            Self::Kind => {
                let valid = Kind::ALL.iter().filter(|kind| valid_on(**kind, names.day) && kind.holds_members());
                valid.map(|kind| u32::from(kind.number())).collect()
            }
            Self::Setting => {
                let valid = Setting::ALL.iter().filter(|setting| setting.valid_on(names.day));
                valid.map(|setting| u32::from(setting.number())).collect()
            }
            Self::Age => (0..=8).collect(),
            Self::PartyAge => (0..=21).collect(),
            // Nobody born before 1880 lived to join, nobody joins before 18.
            Self::Decade => (9..=(names.day.year() - 18 - 1790).max(90) as u32 / 10).chain([0]).collect(),
            Self::Standing => {
                let counted = Standing::ALL.iter().filter(|standing| standing.counts_as_member());
                counted.map(|standing| u32::from(standing.number())).collect()
            }
            _ => self.list().map_or_else(Vec::new, |list| (1..last(list.len())).chain([0]).collect()),
        }
    }
}

fn pick(w: Tongue<'_>, vi: &'static str, en: &'static str) -> &'static str {
    if w.lang == Lang::Vi { vi } else { en }
}

fn word(w: Tongue<'_>, code: &'static Code) -> &'static str {
    pick(w, code.vi, code.en)
}

fn steps(w: Tongue<'_>, from: u32) -> String {
    format!("{from}–{} {}", from + 4, pick(w, "năm", "years"))
}

/// The text with its first letter as a capital, as row names and headings begin.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What names of codes depend on besides the code.
pub struct Names<'a> {
    w: Tongue<'a>,
    tree: &'a Tree,
    day: Day,
    unit: UnitNo,
    children: Vec<u32>,
}

impl<'a> Names<'a> {
    /// For questions about a unit in the tree of the day.
    pub fn new(w: Tongue<'a>, tree: &'a Tree, unit: UnitNo, day: Day) -> Self {
        let children = tree.place_of(unit).map(|place| tree.children(place).collect()).unwrap_or_default();
        Self { w, tree, day, unit, children }
    }

    /// The places of the unit's direct children: code 1 is the first of them.
    pub fn children(&self) -> &[u32] {
        &self.children
    }

    fn child(&self, code: u32) -> String {
        let place = match code.checked_sub(1) {
            None => self.tree.place_of(self.unit),
            Some(at) => self.children.get(at as usize).copied(),
        };
        let name = place.and_then(|place| self.tree.facts(place)).map_or("", short);
        if code == 0 { format!("{name} {}", pick(self.w, "(trực tiếp)", "(directly)")) } else { name.to_owned() }
    }
}

/// The short name of a unit, or the full one where there is none.
pub fn short(facts: &chibo_census::forest::UnitFacts) -> &str {
    if facts.short.is_empty() { &facts.name } else { &facts.short }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chibo_kernel::AsOf;
    use chibo_web::Words;

    fn words() -> Words {
        Words::build(&[("a = A\n", "a = A\n")]).unwrap()
    }

    #[test]
    fn keys_are_distinct_and_find_their_dimension() {
        for (at, dimension) in Dimension::ALL.iter().enumerate() {
            assert_eq!(Dimension::from_key(dimension.key()), Some(*dimension));
            assert!(Dimension::ALL[..at].iter().all(|other| other.dim(7) != dimension.dim(7)));
        }
        assert_eq!(Dimension::from_key("unit"), None);
    }

    #[test]
    fn bands_of_the_census_have_the_names_of_the_forms() {
        let (words, tree) = (words(), chibo_census::Forest::default().tree(AsOf::on(Day::PARTY_FOUNDED)));
        let names = Names::new(words.tongue(Lang::Vi), &tree, 0, Day::from_ymd(2026, 11, 22).unwrap());
        for (dimension, code, name) in [
            (Dimension::Age, 0, "18–30 tuổi"),
            (Dimension::Age, 7, "Trên 60 tuổi"),
            (Dimension::Age, 8, "Không rõ"),
            (Dimension::PartyAge, 0, "Dưới 5 năm"),
            (Dimension::PartyAge, 17, "85–89 năm"),
            (Dimension::PartyAge, 18, "90–94 năm"),
            (Dimension::PartyAge, 20, "Từ 100 năm"),
            (Dimension::PartyAge, 21, "Không rõ"),
            (Dimension::Decade, 16, "1950–1959"),
            (Dimension::Decade, 0, "Không rõ"),
            (Dimension::Sex, 2, "Nữ"),
            (Dimension::Kind, 8, "Chi bộ"),
            (Dimension::Setting, 7, "Khu phố"),
            (Dimension::Theory, 4, "Cao cấp"),
            (Dimension::Theory, 999, "Không rõ"),
        ] {
            assert_eq!(dimension.code_name(code, &names), name);
        }
    }

    #[test]
    fn every_offered_code_has_a_name_of_its_own() {
        let (words, tree) = (words(), chibo_census::Forest::default().tree(AsOf::on(Day::PARTY_FOUNDED)));
        for lang in [Lang::Vi, Lang::En] {
            let names = Names::new(words.tongue(lang), &tree, 0, Day::from_ymd(2026, 11, 22).unwrap());
            for dimension in Dimension::ALL.iter().filter(|dimension| **dimension != Dimension::Child) {
                let mut seen: Vec<String> = Vec::new();
                for code in dimension.codes(&names) {
                    let name = dimension.code_name(code, &names);
                    assert!(!name.is_empty() && !seen.contains(&name), "{dimension:?} {code} {name}");
                    seen.push(name);
                }
                assert!(seen.len() > 1);
            }
        }
    }
}
