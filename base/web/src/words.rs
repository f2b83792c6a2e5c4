//! Words in two languages: Fluent messages, resolved once where they take no arguments.

use std::borrow::Cow;
use std::collections::HashMap;

use chibo_kernel::{Day, Moment, Said};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// The two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese, the first.
    Vi,
    /// English.
    En,
}

impl Lang {
    /// `vi` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

struct Lexicon {
    fixed: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

/// All words of the program.
pub struct Words {
    vi: Lexicon,
    en: Lexicon,
}

impl Words {
    /// Builds both lexicons from `(vi, en)` Fluent texts; gives every mistake as a line.
    pub fn build(texts: &[(&str, &str)]) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let vi = lexicon("vi", texts.iter().map(|t| t.0), &mut faults);
        let en = lexicon("en", texts.iter().map(|t| t.1), &mut faults);
        for (has, lacks, name) in [(&vi, &en, "en"), (&en, &vi, "vi")] {
            let mut missing: Vec<_> = has.keys.iter().filter(|k| !lacks.keys.contains(*k)).collect();
            missing.sort();
            faults.extend(missing.into_iter().map(|key| format!("{key}: missing in {name}")));
        }
        if faults.is_empty() { Ok(Self { vi: vi.lexicon, en: en.lexicon }) } else { Err(faults) }
    }

    /// The words in one language.
    pub fn tongue(&self, lang: Lang) -> Tongue<'_> {
        Tongue { lexicon: if lang == Lang::Vi { &self.vi } else { &self.en }, lang }
    }
}

struct Built {
    lexicon: Lexicon,
    keys: std::collections::HashSet<String>,
}

fn lexicon<'t>(code: &str, texts: impl Iterator<Item = &'t str>, faults: &mut Vec<String>) -> Built {
    let lang = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![lang]);
    bundle.set_use_isolating(false);
    let mut keys = std::collections::HashSet::new();
    for text in texts {
        let names = text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()));
        keys.extend(names.filter_map(|l| l.split_once('=')).map(|(name, _)| name.trim().to_owned()));
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|e| format!("{code}: {e}")));
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            faults.extend(errors.iter().map(|e| format!("{code}: {e}")));
        }
    }
    let mut fixed = HashMap::new();
    for key in &keys {
        let mut errors = Vec::new();
        if let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) {
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                fixed.insert(key.clone(), text);
            }
        }
    }
    Built { lexicon: Lexicon { fixed, bundle }, keys }
}

/// Words in one language; cheap to copy, handed to every template as `w`.
#[derive(Clone, Copy)]
pub struct Tongue<'a> {
    lexicon: &'a Lexicon,
    /// Which language.
    pub lang: Lang,
}

impl<'a> Tongue<'a> {
    /// A message without arguments.
    pub fn t(self, key: &str) -> &'a str {
        // A missing key is caught by a test; on screen it must not break the page.
        self.lexicon.fixed.get(key).map_or("⟦?⟧", String::as_str)
    }

    /// Whether the key exists.
    pub fn has(self, key: &str) -> bool {
        self.lexicon.bundle.has_message(key)
    }

    /// The message, or `other` when there is none (names kept as data).
    pub fn or(self, key: &str, other: &'a str) -> &'a str {
        self.lexicon.fixed.get(key).map_or(other, String::as_str)
    }

    /// A text kept in both languages, in this one.
    pub fn of(self, both: &chibo_kernel::rulebook::Words) -> &str {
        if self.lang == Lang::Vi { &both.vi } else { &both.en }
    }

    /// A message with one argument.
    pub fn t1(self, key: &str, name: &'static str, value: impl std::fmt::Display) -> String {
        self.with(key, &[(name, value.to_string())])
    }

    /// A message with two arguments.
    pub fn t2(
        self,
        key: &str,
        first: (&'static str, impl std::fmt::Display),
        second: (&'static str, impl std::fmt::Display),
    ) -> String {
        self.with(key, &[(first.0, first.1.to_string()), (second.0, second.1.to_string())])
    }

    /// A message with arguments.
    pub fn with(self, key: &str, args: &[(&'static str, String)]) -> String {
        let Some(pattern) = self.lexicon.bundle.get_message(key).and_then(|m| m.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(*name, FluentValue::String(Cow::Borrowed(value)));
        }
        self.lexicon.bundle.format_pattern(pattern, Some(&fluent), &mut Vec::new()).into_owned()
    }

    /// A sentence of the program.
    pub fn said(self, said: &Said) -> String {
        if said.args.is_empty() { self.t(said.key).to_owned() } else { self.with(said.key, &said.args) }
    }

    /// A sentence that was kept: its key and its arguments as they were then; empty when there is no such key any more.
    pub fn kept(self, key: &str, args: &[(String, String)]) -> String {
        let Some(pattern) = self.lexicon.bundle.get_message(key).and_then(|m| m.value()) else { return String::new() };
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(name.as_str(), FluentValue::String(Cow::Borrowed(value)));
        }
        self.lexicon.bundle.format_pattern(pattern, Some(&fluent), &mut Vec::new()).into_owned()
    }

    /// A count: `248.736` / `248,736`.
    pub fn n(self, count: impl TryInto<i64>) -> String {
        group(count.try_into().unwrap_or(i64::MAX), if self.lang == Lang::Vi { '.' } else { ',' })
    }

    /// A share in percent from counts, two decimals, half up; a dash when there is no whole.
    pub fn percent(self, part: u64, whole: u64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        let hundredths = (u128::from(part) * 20_000 + u128::from(whole)) / (2 * u128::from(whole));
        let mark = if self.lang == Lang::Vi { ',' } else { '.' };
        let space = if self.lang == Lang::Vi { "\u{a0}" } else { "" };
        format!("{}{mark}{:02}{space}%", hundredths / 100, hundredths % 100)
    }

    /// A day, dd/mm/yyyy in both languages; a dash for the open end.
    pub fn day(self, day: Day) -> String {
        if day == Day::FOREVER { "–".to_owned() } else { day.to_string() }
    }

    /// A moment in Vietnam time.
    pub fn moment(self, moment: Moment) -> String {
        moment.to_string()
    }
}

fn group(number: i64, mark: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    if number < 0 {
        out.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_13_percentages_come_from_counts() {
        let words = Words::build(&[("a = A { $x }\nb = B\n", "a = A { $x }\nb = B\n")]).unwrap();
        let vi = words.tongue(Lang::Vi);
        assert_eq!(vi.percent(193, 226), "85,40\u{a0}%");
        assert_eq!(words.tongue(Lang::En).percent(1, 3), "33.33%");
        assert_eq!(vi.percent(1, 0), "–");
        assert_eq!(vi.n(248_736), "248.736");
        assert_eq!(vi.n(-1_000), "−1.000");
        assert_eq!(vi.n(12), "12");
        assert_eq!(vi.t("b"), "B");
        assert_eq!(vi.t1("a", "x", 3), "A 3");
    }

    #[test]
    fn a_key_missing_in_one_language_is_a_fault() {
        let faults = Words::build(&[("a = A\n", "b = B\n")]).err().unwrap();
        assert_eq!(faults, ["a: missing in en", "b: missing in vi"]);
    }
}
