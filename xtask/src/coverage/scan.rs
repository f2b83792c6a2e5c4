//! Finding rule ids in Rust text: cited ones (`ORG-18`, `BDG-01b`) and those that tests carry in their names.

use std::fmt;

/// Prefixes of the domain digest. Other words of this shape (`UTF-8`, `SHA-256`) are not rules.
const PREFIXES: [&str; 23] = [
    "BDG", "CAD", "CMD", "CMP", "CRD", "DIS", "DOS", "DPD", "ELE", "EVAL", "EXI", "FEE", "INS", "MEM", "MTG", "ORG",
    "REG", "SCR", "SEED", "STA", "TRF", "TSK", "X",
];

/// A rule id; sorted by prefix, then by number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    prefix: &'static str,
    number: u32,
    letter: String,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}{}", self.prefix, self.number, self.letter)
    }
}

/// Where a rule was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path from the root.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Name of the test that carries the id; `None` where code cites it.
    pub test: Option<String>,
}

/// Every rule found in a file, in order; each at most once a line. Test code counts by the names of its tests only.
pub fn file(name: &str, text: &str) -> Vec<(Rule, Found)> {
    let mut found: Vec<(Rule, Found)> = Vec::new();
    let mut marked = false;
    let mut testing = name.ends_with("tests.rs") || name.contains("/tests/");
    for (index, line) in text.lines().enumerate() {
        testing |= line.starts_with("mod tests {");
        let at = |test: Option<String>| Found { file: name.to_owned(), line: index + 1, test };
        let mut rules = if testing { Vec::new() } else { cited(line) };
        rules.dedup();
        found.extend(rules.into_iter().map(|rule| (rule, at(None))));
        let line = line.trim();
        if let Some(function) = function_name(line) {
            let carried = if marked { carried(function) } else { Vec::new() };
            found.extend(carried.into_iter().map(|rule| (rule, at(Some(function.to_owned())))));
            marked = false;
        } else if line.starts_with("#[test]") || line.starts_with("#[should_panic") {
            marked = true;
        } else if line.ends_with('}') {
            marked = false;
        }
    }
    found
}

/// Ids written out in a line.
fn cited(line: &str) -> Vec<Rule> {
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter_map(|word| word.split_once('-')).filter_map(|(prefix, rest)| rule(prefix, rest)).collect()
}

/// Ids a test's name begins with or holds: `x_12_…`, `org_01_and_org_03_…`, `bdg_01b_…`.
fn carried(function: &str) -> Vec<Rule> {
    let parts: Vec<&str> = function.split('_').collect();
    parts.windows(2).filter_map(|pair| rule(&pair[0].to_ascii_uppercase(), pair[1])).collect()
}

fn rule(prefix: &str, rest: &str) -> Option<Rule> {
    let prefix = PREFIXES.into_iter().find(|known| *known == prefix)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letter = &rest[digits..];
    let shaped = (1..=3).contains(&digits)
        && (letter.is_empty() || letter.len() == 1 && letter.chars().all(|c| c.is_ascii_lowercase()));
    let number = rest[..digits].parse().ok()?;
    shaped.then(|| Rule { prefix, number, letter: letter.to_owned() })
}

fn function_name(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let rest = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, Option<String>)> {
        file("a.rs", text).into_iter().map(|(rule, found)| (rule.to_string(), found.test)).collect()
    }

    #[test]
    fn cited_ids_are_found_and_other_words_are_not() {
        let line = "/// Founding (ORG-01, ORG-03); UTF-8, SHA-256, 294-QD and EX-12 are none. BDG-01b; X-3";
        let rules: Vec<_> = names(line).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["ORG-01", "ORG-03", "BDG-01b", "X-03"]);
        assert!(names("ORG-1234 ORG-01bc ORG- XORG-01").is_empty());
    }

    #[test]
    fn tests_carry_their_ids_in_their_names() {
        let text =
            "#[test]\nfn x_12_two_thirds() {}\n#[test]\nfn org_01_and_org_03_founding() {\n}\nfn x_13_helper() {}";
        let test = |name: &str| Some(name.to_owned());
        assert_eq!(
            names(text),
            [
                ("X-12".to_owned(), test("x_12_two_thirds")),
                ("ORG-01".to_owned(), test("org_01_and_org_03_founding")),
                ("ORG-03".to_owned(), test("org_01_and_org_03_founding")),
            ]
        );
    }

    #[test]
    fn property_tests_count_as_tests() {
        let text = "proptest! {\n    #[test]\n    fn x_06_more_than_half(n in 0..9u32) {\n";
        assert_eq!(names(text), [("X-06".to_owned(), Some("x_06_more_than_half".to_owned()))]);
    }

    #[test]
    fn what_tests_cite_is_not_code() {
        let text = "// ORG-01\n#[cfg(test)]\nmod tests {\n    // ORG-02\n    #[test]\n    fn org_03_thirty() {}\n}";
        let rules: Vec<_> = names(text).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["ORG-01", "ORG-03"]);
        assert!(file("a/tests/b.rs", "// ORG-01").is_empty());
    }

    #[test]
    fn rules_sort_by_number() {
        let mut rules: Vec<_> = file("a.rs", "X-10 X-9 MEM-2").into_iter().map(|(rule, _)| rule).collect();
        rules.sort();
        assert_eq!(rules.iter().map(Rule::to_string).collect::<Vec<_>>(), ["MEM-02", "X-09", "X-10"]);
    }
}
