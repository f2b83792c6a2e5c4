//! The numbers of a day: documents of a dossier, who may lack some, when supplements are due (DOS-01, 03, 04, 10).

use chibo_kernel::rulebook::{DayOfYear, Rule, Rulebook};
use chibo_kernel::{Day, Problem};

use super::complete::{Kind, Need, Stage};

/// The first day of the oldest instrument in the rulebook: 30 July 2021.
const OLDEST: Day = Day::from_number(18_838);

/// Read from the rulebook.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Kinds of document in the order of the index.
    pub kinds: Vec<Kind>,
    /// Members admitted before this day may lack documents (DOS-03).
    pub tolerated_before: Day,
    /// Years whose self-reviews are kept (DOS-10).
    pub review_years: i32,
    /// Corrections need written consent (DOS-01).
    pub consent: bool,
    asked_from: DayOfYear,
    received_by: DayOfYear,
    /// The version of DOS-03 decided under.
    pub version: String,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
}

impl Terms {
    /// Of a day; days before the oldest instrument of the rulebook are judged by that one.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let rules = Rulebook::built_in()?.on(day.max(OLDEST));
        let ids = ["DOS-01", "DOS-03", "DOS-03b", "DOS-04", "DOS-10"];
        let doubtful = rules.doubtful(&ids);
        let yearly = |name: &str| match rules.require("DOS-04")?.params.get(name) {
            Some(chibo_kernel::rulebook::Param::DayOfYear(day)) => Ok(*day),
            _ => Err(Problem::fault(format!("DOS-04 lacks {name}"))),
        };
        let kinds = rules.require("DOS-03b")?.texts("documents")?;
        Ok(Self {
            kinds: kinds.into_iter().map(kind).collect::<Result<_, _>>()?,
            tolerated_before: rules.require("DOS-03")?.day("missing_tolerated_before")?,
            review_years: i32::try_from(rules.require("DOS-10")?.int("self_reviews_kept_years")?)
                .map_err(Problem::fault)?,
            consent: rules.require("DOS-01")?.flag("consent_for_correction")?,
            asked_from: yearly("asked_from")?,
            received_by: yearly("received_by")?,
            version: rules.require("DOS-03")?.version(),
            doubtful,
        })
    }

    /// From when the supplement of a year is asked for, and by when it is to be received (DOS-04).
    pub fn supplement(&self, year: i32) -> Option<(Day, Day)> {
        Some((self.asked_from.of(year)?, self.received_by.of(year)?))
    }

    /// The kind of a code.
    pub fn kind(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }
}

/// `code|stage|priority|form|need|name`.
fn kind(text: &str) -> Result<Kind, Problem> {
    let bad = || Problem::fault(format!("DOS-03b: not a document: {text}"));
    let mut pieces = text.splitn(6, '|');
    let mut next = || pieces.next().ok_or_else(bad);
    let (code, stage, priority, form, need, name) = (next()?, next()?, next()?, next()?, next()?, next()?);
    Ok(Kind {
        code: code.to_owned(),
        stage: Stage::from_code(stage).ok_or_else(bad)?,
        priority: priority.parse().ok().filter(|priority| (1..=3).contains(priority)).ok_or_else(bad)?,
        form: form.to_owned(),
        need: Need::from_code(need).ok_or_else(bad)?,
        name: name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dos_03_the_documents_of_every_stage_are_read_from_the_rulebook() {
        let terms = Terms::on(Day::from_ymd(2026, 11, 22).unwrap()).unwrap();
        assert!(terms.kinds.len() >= 36, "{}", terms.kinds.len());
        for stage in Stage::ALL {
            assert!(terms.kinds.iter().any(|kind| kind.stage == stage), "{stage:?}");
        }
        let mut codes: Vec<_> = terms.kinds.iter().map(|kind| &kind.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), terms.kinds.len());
        assert!(!codes.iter().any(|code| *code == "photo"));
        assert_eq!(terms.tolerated_before, Day::from_ymd(1997, 6, 2).unwrap());
    }

    #[test]
    fn dos_04_supplements_are_asked_for_in_the_last_quarter() {
        let terms = Terms::on(Day::from_ymd(2026, 11, 22).unwrap()).unwrap();
        let day = |m, d| Day::from_ymd(2026, m, d).unwrap();
        assert_eq!(terms.supplement(2026), Some((day(10, 1), day(12, 31))));
        assert!(terms.consent);
    }
}
