//! The numbers of a day, read from the rulebook once.

use chibo_kernel::rulebook::{Mark, Ratio, Rule, Rulebook};
use chibo_kernel::{Day, Problem, Said};

use super::{Act, Breach};
use crate::kinds::Setting;

/// A number with the rule it comes from.
#[derive(Clone, Debug)]
pub(super) struct Cited<'b, T> {
    rule: &'static str,
    instrument: &'b str,
    source: &'b str,
    mark: Mark,
    /// The number.
    pub value: T,
}

impl<'b, T> Cited<'b, T> {
    /// That the rule is not kept.
    pub fn breach(&self, act: Act, reason: Said, mend: &'static str) -> Breach<'b> {
        let mend = Said::new(mend);
        Breach { rule: self.rule, reason, mend, act, instrument: self.instrument, source: self.source, mark: self.mark }
    }
}

/// When prior consent is needed (ORG-04).
#[derive(Clone, Copy, Debug)]
pub(super) struct Consent {
    /// A base organisation with fewer members.
    pub base_below: u32,
    /// A branch with more members.
    pub branch_above: u32,
    /// A section organisation, whatever its size.
    pub section: bool,
}

/// Base branch and base organisation (ORG-03).
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    /// A base organisation has at least so many members.
    pub from: u32,
    /// Probationary members count.
    pub probationary: bool,
    /// There are base branches below.
    pub has_branch: bool,
}

/// What a branch elects (ORG-20).
#[derive(Clone, Copy, Debug)]
pub(super) struct Elects {
    /// A committee from so many official members.
    pub committee_from: u32,
    /// At most so many deputies.
    pub deputies: u32,
}

/// How large a committee is (ORG-21).
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Most seats of a branch committee.
    pub branch: u32,
    /// Most of the committee that may sit in the standing committee.
    pub standing: Ratio,
}

/// The rules of a day with their numbers.
#[derive(Clone, Debug)]
pub struct Limits<'b> {
    pub(super) day: Day,
    pub(super) official: Option<Cited<'b, u32>>,
    pub(super) base: Option<Cited<'b, Base>>,
    pub(super) consent: Option<Cited<'b, Consent>>,
    pub(super) groups: Option<Cited<'b, u32>>,
    pub(super) section: Option<Cited<'b, u32>>,
    pub(super) residential: Option<Cited<'b, Vec<Setting>>>,
    pub(super) model: Option<Cited<'b, ()>>,
    pub(super) elects: Option<Cited<'b, Elects>>,
    pub(super) sizes: Option<Cited<'b, Sizes>>,
    pub(super) standing: Option<Cited<'b, u32>>,
}

impl<'b> Limits<'b> {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when a rule of the day lacks a number.
    pub fn on(book: &'b Rulebook, day: Day) -> Result<Self, Problem> {
        let base = |rule: &Rule| -> Result<Base, Problem> {
            Ok(Base {
                from: whole(rule, "base_committee_min_members")?,
                probationary: rule.flag("counts_probationary")?,
                has_branch: rule.flag("has_base_branch")?,
            })
        };
        let consent = |rule: &Rule| -> Result<Consent, Problem> {
            Ok(Consent {
                base_below: whole(rule, "base_committee_below")?,
                branch_above: whole(rule, "branch_above")?,
                section: rule.flag("section_organisation")?,
            })
        };
        let elects = |rule: &Rule| -> Result<Elects, Problem> {
            let committee_from = whole(rule, "committee_from_official_members")?;
            Ok(Elects { committee_from, deputies: whole(rule, "max_deputies")? })
        };
        let sizes = |rule: &Rule| -> Result<Sizes, Problem> {
            Ok(Sizes { branch: whole(rule, "max_branch_committee")?, standing: rule.ratio("standing_at_most")? })
        };
        Ok(Self {
            day,
            official: cited(book, day, "ORG-01", |rule| whole(rule, "min_official_members"))?,
            base: cited(book, day, "ORG-03", base)?,
            consent: cited(book, day, "ORG-04", consent)?,
            groups: cited(book, day, "ORG-05", |rule| whole(rule, "groups_from_members"))?,
            section: cited(book, day, "ORG-06", |rule| whole(rule, "max_committee"))?,
            residential: cited(book, day, "ORG-07", residential)?,
            model: cited(book, day, "ORG-14", |_| Ok(()))?,
            elects: cited(book, day, "ORG-20", elects)?,
            sizes: cited(book, day, "ORG-21", sizes)?,
            standing: cited(book, day, "ORG-22", |rule| whole(rule, "standing_from_members"))?,
        })
    }
}

/// The version of the day with what is read from it; none when the rule did not hold on the day.
fn cited<'b, T>(
    book: &'b Rulebook,
    day: Day,
    id: &'static str,
    read: impl FnOnce(&Rule) -> Result<T, Problem>,
) -> Result<Option<Cited<'b, T>>, Problem> {
    let Some(rule) = book.on(day).rule(id) else { return Ok(None) };
    let mut by_then = book.versions_of(id).iter().rev().filter(|other| other.valid.from() <= rule.valid.from());
    let source = by_then.find_map(|other| other.source.as_deref()).unwrap_or_default();
    let number = book.instrument(&rule.instrument).and_then(|instrument| instrument.texts.last());
    let instrument = number.map_or(rule.instrument.as_str(), |text| text.number.as_str());
    Ok(Some(Cited { rule: id, instrument, source, mark: rule.mark, value: read(rule)? }))
}

fn whole(rule: &Rule, name: &str) -> Result<u32, Problem> {
    u32::try_from(rule.int(name)?).map_err(Problem::fault)
}

/// The settings that have only a branch (ORG-07), by the words of the rulebook.
fn residential(rule: &Rule) -> Result<Vec<Setting>, Problem> {
    let mut settings = Vec::new();
    for place in rule.texts("branch_only_in")? {
        let setting = match place {
            "khu-pho" | "to-dan-pho" => Setting::Quarter,
            "ap" | "thon" => Setting::Hamlet,
            other => return Err(Problem::fault(format!("{}: no setting `{other}`", rule.version()))),
        };
        if !settings.contains(&setting) {
            settings.push(setting);
        }
    }
    Ok(settings)
}
