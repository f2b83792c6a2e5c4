//! Reads the files of a rulebook together and names every mistake.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::value::Datetime;

use super::marks::{Mark, Words, day_of, note_missing};
use super::params::Param;
use super::register::{Era, Instrument, InstrumentText, RawEra, RawInstrument};
use super::rule::Rule;
use super::{Rulebook, RulebookError};
use crate::calendar::WorkingDays;
use crate::day::Day;
use crate::period::Period;

/// Rules, eras and instruments stay tables here, so that a mistake in one can be reported with its id.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    notes: BTreeMap<String, Words>,
    #[serde(default)]
    era: Vec<toml::Table>,
    #[serde(default)]
    instrument: Vec<toml::Table>,
    #[serde(default)]
    rule: Vec<toml::Table>,
    calendar: Option<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    vi: String,
    en: String,
    #[serde(default)]
    params: toml::Table,
    versions: Vec<RawVersion>,
}

/// A version stands in an era, or names its instrument and days itself; what it names itself wins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVersion {
    era: Option<String>,
    instrument: Option<String>,
    valid_from: Option<Datetime>,
    valid_to: Option<Datetime>,
    mark: Option<Mark>,
    source: Option<String>,
    note: Option<Words>,
    note_like: Option<String>,
    #[serde(default)]
    params: toml::Table,
}

pub(super) fn load(files: &[(&str, &str)]) -> Result<Rulebook, Vec<RulebookError>> {
    let mut loader = Loader::default();
    let mut read = Vec::new();
    for (name, text) in files {
        match toml::from_str::<RawFile>(text) {
            Ok(file) => read.push((*name, file)),
            Err(error) => loader.fault(name, None, error.to_string().trim_end().to_owned()),
        }
    }
    // What others refer to comes first, whatever file it stands in: notes, then the register, then rules.
    for (name, file) in &mut read {
        std::mem::take(&mut file.notes).into_iter().for_each(|(id, words)| loader.note(name, id, words));
    }
    for (name, file) in &mut read {
        std::mem::take(&mut file.instrument).into_iter().for_each(|table| loader.instrument(name, table));
        std::mem::take(&mut file.era).into_iter().for_each(|table| loader.era(name, table));
        if let Some(table) = file.calendar.take() {
            loader.calendar(name, table);
        }
    }
    for (name, file) in read {
        file.rule.into_iter().for_each(|table| loader.rule(name, table));
    }
    loader.finish()
}

#[derive(Default)]
struct Loader {
    notes: BTreeMap<String, Words>,
    instruments: BTreeMap<String, Instrument>,
    eras: Vec<Era>,
    rules: BTreeMap<String, Vec<Rule>>,
    calendar: Option<WorkingDays>,
    errors: Vec<RulebookError>,
}

impl Loader {
    fn fault(&mut self, file: &str, rule: Option<&str>, what: impl Into<String>) {
        self.errors.push(RulebookError { file: file.to_owned(), rule: rule.map(str::to_owned), what: what.into() });
    }

    fn typed<T: DeserializeOwned>(&mut self, file: &str, table: toml::Table) -> Option<T> {
        let id = table.get("id").and_then(toml::Value::as_str).map(str::to_owned);
        match table.try_into() {
            Ok(made) => Some(made),
            Err(error) => {
                self.fault(file, id.as_deref(), error.message());
                None
            }
        }
    }

    fn note(&mut self, file: &str, id: String, words: Words) {
        if self.notes.contains_key(&id) {
            self.fault(file, Some(&id), "a note of this name exists already");
        }
        self.notes.insert(id, words);
    }

    fn calendar(&mut self, file: &str, table: toml::Table) {
        if self.calendar.is_some() {
            self.fault(file, None, "there is a second [calendar]");
        }
        match WorkingDays::from_table(file, table) {
            Ok(calendar) => self.calendar = Some(calendar),
            Err(errors) => {
                self.errors.extend(errors);
                self.calendar = Some(WorkingDays::default());
            }
        }
    }

    fn instrument(&mut self, file: &str, table: toml::Table) {
        let Some(raw) = self.typed::<RawInstrument>(file, table) else { return };
        let mut texts = Vec::new();
        for text in raw.texts {
            let [dated, from, to] = [text.dated, text.from, text.to].map(|date| self.date(file, &raw.id, date));
            if from.or(dated).zip(to).is_some_and(|(from, to)| from >= to) {
                self.fault(file, Some(&raw.id), format!("{} ends before it begins", text.number));
            }
            texts.push(InstrumentText {
                number: text.number,
                issuer: text.issuer,
                dated,
                effective_from: from.or(dated),
                effective_to: to,
            });
        }
        if texts.is_empty() {
            self.fault(file, Some(&raw.id), "an instrument needs at least one text");
        }
        let note = self.own_note(file, &raw.id, raw.note, raw.note_like);
        if note_missing(raw.mark, note.as_ref()) {
            self.fault(file, Some(&raw.id), NOTE);
        }
        if self.instruments.contains_key(&raw.id) {
            self.fault(file, Some(&raw.id), "the instrument is given twice");
        }
        let made = Instrument {
            id: raw.id.clone(),
            subject: Words { vi: raw.vi, en: raw.en },
            texts,
            replaced_by: raw.replaced_by,
            mark: raw.mark,
            note,
        };
        self.instruments.insert(raw.id, made);
    }

    fn era(&mut self, file: &str, table: toml::Table) {
        let Some(raw) = self.typed::<RawEra>(file, table) else { return };
        let Some(valid) = self.period(file, &raw.id, Some(raw.valid_from), raw.valid_to) else { return };
        if note_missing(raw.mark, raw.note.as_ref()) {
            self.fault(file, Some(&raw.id), NOTE);
        }
        let clash = self.eras.iter().find(|era| era.id == raw.id || era.valid.overlap(valid).is_some());
        if let Some(other) = clash.map(|era| era.id.clone()) {
            self.fault(file, Some(&raw.id), format!("the era repeats or overlaps era {other}"));
        }
        self.eras.push(Era {
            id: raw.id,
            instruments: raw.instruments,
            valid,
            mark: raw.mark,
            note: raw.note,
            model: raw.model,
            consequences: raw.consequences,
            carried: raw.carried_mark.zip(raw.carried_note),
        });
    }

    fn rule(&mut self, file: &str, table: toml::Table) {
        let Some(raw) = self.typed::<RawRule>(file, table) else { return };
        if !is_rule_id(&raw.id) {
            self.fault(file, Some(&raw.id), "a rule id looks like ORG-03");
        }
        let title = Words { vi: raw.vi, en: raw.en };
        if !title.is_complete() {
            self.fault(file, Some(&raw.id), "the rule needs a title in both languages");
        }
        if raw.versions.is_empty() {
            self.fault(file, Some(&raw.id), "the rule has no version");
        }
        for version in raw.versions {
            if let Some(made) = self.version(file, &raw.id, &title, &raw.params, version) {
                self.rules.entry(raw.id.clone()).or_default().push(made);
            }
        }
    }

    fn version(&mut self, file: &str, id: &str, title: &Words, base: &toml::Table, raw: RawVersion) -> Option<Rule> {
        let era = match &raw.era {
            None => None,
            Some(name) => {
                let found = self.eras.iter().find(|era| era.id == *name).cloned();
                if found.is_none() {
                    self.fault(file, Some(id), format!("unknown era `{name}`"));
                    return None;
                }
                found
            }
        };
        let instrument = raw.instrument.or_else(|| era.as_ref().and_then(|era| era.instruments.first().cloned()));
        let valid = match (&era, raw.valid_from, raw.valid_to) {
            (Some(era), None, None) => era.valid,
            (Some(era), from, to) => {
                let from = self.date(file, id, from).unwrap_or(era.valid.from());
                let to = self.date(file, id, to).unwrap_or(era.valid.to());
                self.checked(file, id, from, to)?
            }
            (None, from, to) => self.period(file, id, from, to)?,
        };
        let own_note = self.own_note(file, id, raw.note, raw.note_like);
        let carried = era.and_then(|era| era.carried);
        let (mark, note) = match (raw.mark, carried) {
            (Some(mark), _) => (mark, own_note),
            (None, Some((mark, note))) => (mark, own_note.or(Some(note))),
            (None, None) => {
                self.fault(file, Some(id), "the version has no confidence mark");
                return None;
            }
        };
        if note_missing(mark, note.as_ref()) {
            self.fault(file, Some(id), NOTE);
        }
        let Some(instrument) = instrument else {
            self.fault(file, Some(id), "the version names neither an era nor an instrument");
            return None;
        };
        if !self.instruments.contains_key(&instrument) {
            self.fault(file, Some(id), format!("unknown instrument `{instrument}`"));
        }
        let params = self.params(file, id, base, &raw.params);
        let (id, title, file) = (id.to_owned(), title.clone(), file.to_owned());
        Some(Rule { id, instrument, source: raw.source, valid, mark, note, title, params, file })
    }

    /// The parameters of the rule, with those of the version in front.
    fn params(&mut self, file: &str, id: &str, base: &toml::Table, own: &toml::Table) -> BTreeMap<String, Param> {
        let mut params = BTreeMap::new();
        for (name, value) in base.iter().chain(own) {
            match Param::read(value) {
                Ok(param) => {
                    params.insert(name.clone(), param);
                }
                Err(what) => self.fault(file, Some(id), format!("parameter `{name}`: {what}")),
            }
        }
        params
    }

    /// A note written in place, or one of the shared `[notes.…]` by name.
    fn own_note(&mut self, file: &str, id: &str, here: Option<Words>, name: Option<String>) -> Option<Words> {
        let Some(name) = name else { return here };
        let found = self.notes.get(&name).cloned();
        if found.is_none() {
            self.fault(file, Some(id), format!("unknown note `{name}`"));
        }
        found
    }

    fn date(&mut self, file: &str, id: &str, date: Option<Datetime>) -> Option<Day> {
        let date = date?;
        let day = day_of(&date);
        if day.is_none() {
            self.fault(file, Some(id), format!("{date} is not a plain date"));
        }
        day
    }

    fn period(&mut self, file: &str, id: &str, from: Option<Datetime>, to: Option<Datetime>) -> Option<Period> {
        let open = to.is_none();
        let to = self.date(file, id, to);
        let Some(from) = self.date(file, id, from) else {
            self.fault(file, Some(id), "valid_from is missing");
            return None;
        };
        let to = if open { Day::FOREVER } else { to? };
        self.checked(file, id, from, to)
    }

    fn checked(&mut self, file: &str, id: &str, from: Day, to: Day) -> Option<Period> {
        let period = Period::new(from, to);
        if period.is_none() {
            self.fault(file, Some(id), format!("the interval {} – {} holds no day", from.iso(), to.iso()));
        }
        period
    }

    fn finish(mut self) -> Result<Rulebook, Vec<RulebookError>> {
        let mut late = Vec::new();
        for versions in self.rules.values_mut() {
            versions.sort_by_key(|rule| rule.valid);
            for pair in versions.windows(2) {
                if let Some(both) = pair[0].valid.overlap(pair[1].valid) {
                    let what = format!("two versions hold from {} to {}", both.from().iso(), both.to().iso());
                    late.push((pair[1].file.clone(), pair[1].id.clone(), what));
                }
            }
        }
        let refers = |id: &String, to: &String| (id.clone(), to.clone());
        let from_eras = self.eras.iter().flat_map(|era| era.instruments.iter().map(|to| refers(&era.id, to)));
        let from_register = self.instruments.values().flat_map(|i| i.replaced_by.iter().map(|to| refers(&i.id, to)));
        for (id, to) in from_eras.chain(from_register) {
            if !self.instruments.contains_key(&to) {
                late.push(("register".to_owned(), id, format!("unknown instrument `{to}`")));
            }
        }
        late.iter().for_each(|(file, id, what)| self.fault(file, Some(id), what.as_str()));
        if self.calendar.is_none() {
            self.fault("rulebook", None, "no file holds a [calendar]");
        }
        self.eras.sort_by_key(|era| era.valid);
        let Self { rules, eras, instruments, calendar, errors, .. } = self;
        match calendar {
            Some(calendar) if errors.is_empty() => Ok(Rulebook { rules, eras, instruments, calendar }),
            _ => Err(errors),
        }
    }
}

const NOTE: &str = "marks M and C need a note in both languages";

/// `ORG-03`, `BDG-01b`, `X-12`.
fn is_rule_id(id: &str) -> bool {
    let Some((prefix, number)) = id.split_once('-') else { return false };
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    !prefix.is_empty()
        && prefix.bytes().all(|b| b.is_ascii_uppercase())
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
