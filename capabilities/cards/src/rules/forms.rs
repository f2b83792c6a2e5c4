//! Which printed form the decision on a card and the hand-over book have (CRD-03b).

use chibo_kernel::rulebook::{Rule, Rulebook};
use chibo_kernel::{Day, Problem};

use super::Matter;

/// The forms of one matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// What a card is asked for.
    pub matter: Matter,
    /// Mark of the decision: `3-TĐV` to `6-TĐV`.
    pub decision: &'static str,
    /// Mark of the hand-over book: `7-TĐV`, `8-TĐV`.
    pub book: &'static str,
}

/// The forms of a day, and the rule when it is in doubt.
#[derive(Clone, Debug)]
pub struct Forms {
    forms: Vec<Form>,
    /// Rules in doubt.
    pub doubtful: Vec<&'static Rule>,
}

impl Forms {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when the rulebook names no form of a matter.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let rules = Rulebook::built_in()?.on(day.max(super::terms::OLDEST));
        let texts = rules.require("CRD-03b")?.texts("forms")?;
        let bad = |text: &str| Problem::fault(format!("CRD-03b: not a form: {text}"));
        let forms = texts.into_iter().map(|text| read(text).ok_or_else(|| bad(text))).collect::<Result<_, _>>()?;
        Ok(Self { forms, doubtful: rules.doubtful(&["CRD-03b"]) })
    }

    /// The forms of a matter; none while nothing is asked for.
    pub fn of(&self, matter: Matter) -> Option<Form> {
        self.forms.iter().find(|form| form.matter == matter).copied()
    }
}

/// Reads `lost:5-TĐV:8-TĐV`.
fn read(text: &'static str) -> Option<Form> {
    let mut parts = text.split(':');
    let matter = Matter::from_code(parts.next()?)?;
    Some(Form { matter, decision: parts.next()?, book: parts.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crd_03b_every_matter_has_a_decision_of_its_own_and_its_book() {
        let forms = Forms::on(Day::from_iso("2026-11-22").unwrap()).unwrap();
        let asked = [Matter::Issue, Matter::Exchange, Matter::Lost, Matter::Damaged];
        let found: Vec<_> = asked.map(|matter| forms.of(matter).map(|form| (form.decision, form.book))).into();
        assert_eq!(
            found,
            [Some(("3-TĐV", "7-TĐV")), Some(("4-TĐV", "7-TĐV")), Some(("5-TĐV", "8-TĐV")), Some(("6-TĐV", "8-TĐV"))]
        );
        assert_eq!(forms.of(Matter::None), None);
        assert!(forms.doubtful.iter().any(|rule| rule.id == "CRD-03b"), "the page says what is not certain");
        assert_eq!(read("lost:5-TĐV"), None);
    }
}
