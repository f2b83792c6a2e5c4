//! What refuses a step, by rule.

use chibo_kernel::{Day, Issue, Said};
use chibo_members::codes::Standing;

use super::{Model, Step, Terms};

/// A step to be taken, with one member or many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Which.
    pub step: Step,
    /// On this day.
    pub on: Day,
    /// Number of the decision, the list, the line of the book; may be empty.
    pub number: String,
    /// What was said about it.
    pub note: String,
    /// The model, for a card that was there before the program.
    pub model: Model,
    /// Its number of 8 digits; never stored.
    pub old_number: String,
}

impl Deed {
    /// A step on a day with nothing to say about it.
    pub fn plain(step: Step, on: Day) -> Self {
        let (number, note, old_number) = Default::default();
        Self { step, on, number, note, model: Model::New, old_number }
    }
}

/// What a step is judged by besides the card.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// The standing of the member today; `None` when nothing is known.
    pub standing: Option<Standing>,
    /// Whether an identification number is known (CRD-02).
    pub identified: bool,
    /// The day of the step before; the day the Party was founded when there is none.
    pub last: Day,
    /// Today.
    pub today: Day,
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// A number of the old model as typed: 8 digits, blanks and dots left out (CRD-02).
pub fn old_number(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    (digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// What is wrong with a step; every reason at once. That the step can follow was looked at before.
pub fn check(deed: &Deed, ground: Ground, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    if deed.on > ground.today {
        issues.push(issue("on", None, Said::new("cards-day-to-come")));
    } else if deed.on < ground.last {
        issues.push(issue("on", None, Said::new("cards-day-before-last").with("day", ground.last)));
    }
    if deed.number.chars().count() > 60 {
        issues.push(issue("number", None, Said::new("cards-number-long")));
    } else if deed.step.numbered() && deed.number.is_empty() {
        issues.push(issue("number", Some("CRD-03"), Said::new("cards-number-needed")));
    }
    if deed.note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("cards-note-long")));
    } else if deed.step.explained() && deed.note.is_empty() {
        issues.push(issue("note", Some("CRD-03"), Said::new("cards-note-needed")));
    }
    let standing = ground.standing;
    match deed.step {
        Step::Recorded | Step::Listed if !standing.is_some_and(Standing::is_official) => {
            issues.push(issue("step", Some("CRD-01"), Said::new("cards-only-official")));
        }
        Step::Returned if standing.is_some_and(Standing::counts_as_member) && deed.note.is_empty() => {
            issues.push(issue("note", Some("EXI-15"), Said::new("cards-still-member")));
        }
        Step::Kept if standing != Some(Standing::Deceased) => {
            issues.push(issue("step", Some("CRD-04"), Said::new("cards-not-deceased")));
        }
        _ => {}
    }
    let new_model = match deed.step {
        Step::Listed => terms.by_identity,
        Step::Recorded => deed.model == Model::New,
        _ => false,
    };
    if new_model && !ground.identified {
        issues.push(issue("step", Some("CRD-02"), Said::new("cards-no-identity")));
    }
    if deed.step == Step::Recorded && deed.model != Model::New {
        if deed.on >= terms.new_from {
            issues.push(issue("on", Some("CRD-02"), Said::new("cards-old-too-late").with("day", terms.new_from)));
        }
        if old_number(&deed.old_number).is_none() {
            issues.push(issue("old", Some("CRD-02"), Said::new("cards-old-number")));
        }
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn ground(standing: Standing) -> Ground {
        Ground { standing: Some(standing), identified: true, last: Day::PARTY_FOUNDED, today: day("2026-11-22") }
    }

    fn keys(deed: &Deed, ground: Ground) -> Vec<&'static str> {
        check(deed, ground, &Terms::on(deed.on).unwrap()).iter().map(|issue| issue.said.key).collect()
    }

    #[test]
    fn crd_01_only_official_members_get_a_card() {
        let deed = Deed::plain(Step::Listed, day("2026-11-20"));
        assert_eq!(keys(&deed, ground(Standing::Probationary)), ["cards-only-official"]);
        assert!(keys(&deed, ground(Standing::Exempted)).is_empty());
    }

    #[test]
    fn crd_02_the_new_model_needs_the_identification_number_and_the_old_one_eight_digits() {
        let unknown = Ground { identified: false, ..ground(Standing::Official) };
        let listed = Deed::plain(Step::Listed, day("2026-11-20"));
        assert_eq!(keys(&listed, unknown), ["cards-no-identity"]);
        let old =
            Deed { model: Model::Old, old_number: "1234".into(), ..Deed::plain(Step::Recorded, day("2010-05-19")) };
        assert_eq!(keys(&old, unknown), ["cards-old-number"]);
        let old = Deed { old_number: "12.345.678".into(), ..old };
        assert!(keys(&old, unknown).is_empty());
        let late = Deed { on: day("2025-10-01"), ..old };
        assert_eq!(keys(&late, unknown), ["cards-old-too-late"]);
    }

    #[test]
    fn crd_03_a_decision_has_a_number_and_a_loss_its_story() {
        let deed = Deed::plain(Step::Decided, day("2026-11-20"));
        assert_eq!(keys(&deed, ground(Standing::Official)), ["cards-number-needed"]);
        let deed = Deed::plain(Step::Lost, day("2026-11-23"));
        assert_eq!(keys(&deed, ground(Standing::Official)), ["cards-day-to-come", "cards-note-needed"]);
    }

    #[test]
    fn exi_15_and_crd_04_a_card_goes_back_from_who_left_and_stays_with_the_family_of_who_died() {
        let (back, kept) = (Deed::plain(Step::Returned, day("2026-11-20")), Deed::plain(Step::Kept, day("2026-11-20")));
        assert!(keys(&back, ground(Standing::Left)).is_empty());
        assert_eq!(keys(&back, ground(Standing::Official)), ["cards-still-member"]);
        assert!(keys(&kept, ground(Standing::Deceased)).is_empty());
        assert_eq!(keys(&kept, ground(Standing::Left)), ["cards-not-deceased"]);
    }
}
