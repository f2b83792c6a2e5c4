//! The prior consent of the directly higher committee (ORG-04): what may be written down, and which one holds.

use std::collections::HashMap;

use crate::kinds::Kind;
use chibo_kernel::{AsOf, Day, Id, Issue, Moment, Period, Said, Unit};

/// A consent as written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// 1, 2, 3 … within the unit.
    pub version: u32,
    /// The kind of unit it was given for.
    pub kind: Kind,
    /// When it holds.
    pub valid: Period,
    /// When it was written down.
    pub recorded: Moment,
}

/// A consent to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConsent {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind today.
    pub kind: Kind,
    /// The version it follows, as the form saw it; 0 for the first.
    pub after: u32,
    /// Number and symbol of the document.
    pub number: String,
    /// The committee that consented (cấp ủy cấp trên trực tiếp).
    pub authority: String,
    /// Day of the document.
    pub decided_on: Day,
    /// When it holds.
    pub valid: Period,
}

/// Whether units of the kind may need consent at all (ORG-04).
pub fn takes_consent(kind: Kind) -> bool {
    matches!(kind, Kind::Base | Kind::Branch | Kind::Section)
}

/// What is wrong with a consent. The same first day as the version before is allowed: so a mistake is put right.
pub fn check_consent(new: &NewConsent, today: Day) -> Vec<Issue> {
    let issue =
        |field: &str, key: &'static str| Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) };
    let mut issues = Vec::new();
    if !takes_consent(new.kind) {
        issues.push(Issue { field: None, rule: Some("ORG-04"), said: Said::new("units-consent-not-needed") });
    }
    if new.number.is_empty() {
        issues.push(issue("number", "units-consent-number"));
    }
    if new.authority.is_empty() {
        issues.push(issue("authority", "units-consent-authority"));
    }
    if new.decided_on > today {
        issues.push(issue("decided", "units-consent-day-to-come"));
    }
    if new.decided_on < Day::PARTY_FOUNDED {
        issues.push(issue("decided", "units-consent-day-early"));
    }
    // Prior consent: it cannot hold before it was given.
    if new.valid.from() < new.decided_on {
        issues.push(issue("from", "units-consent-from"));
    }
    issues
}

/// All consents, by unit.
#[derive(Debug, Default)]
pub struct Consents(HashMap<Id<Unit>, Vec<Consent>>);

impl Consents {
    /// One more.
    pub fn add(&mut self, unit: Id<Unit>, consent: Consent) {
        self.0.entry(unit).or_default().push(consent);
    }

    /// Whether one holds for a unit of the kind on a day, as known at a moment: the one that began last by the day, the
    /// later written when two begin together. What a version replaced does not come back when that version ends.
    pub fn holds(&self, unit: Id<Unit>, kind: Kind, at: AsOf) -> bool {
        let Some(all) = self.0.get(&unit) else { return false };
        let begun = all.iter().filter(|consent| consent.recorded <= at.known && consent.valid.from() <= at.day);
        let last = begun.max_by_key(|consent| (consent.valid.from(), consent.version));
        last.is_some_and(|consent| consent.kind == kind && consent.valid.contains(at.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i32) -> Day {
        Day::from_number(20_000 + number)
    }

    fn unit() -> Id<Unit> {
        Id::from_bytes([1; 16])
    }

    fn consent(version: u32, from: i32, to: i32) -> Consent {
        let valid = Period::new(day(from), day(to)).unwrap();
        Consent { version, kind: Kind::Section, valid, recorded: Moment(i64::from(version)) }
    }

    #[test]
    fn org_04_the_consent_that_began_last_counts_and_only_for_its_kind() {
        let mut all = Consents::default();
        all.add(unit(), consent(1, 10, 50));
        all.add(unit(), consent(2, 20, 30));
        let holds = |on: i32| all.holds(unit(), Kind::Section, AsOf::on(day(on)));
        assert_eq!([9, 10, 19, 20, 29, 30, 49].map(holds), [false, true, true, true, true, false, false]);
        assert!(!all.holds(unit(), Kind::Branch, AsOf::on(day(15))));
        assert!(!all.holds(Id::from_bytes([2; 16]), Kind::Section, AsOf::on(day(15))));
        let known = AsOf { day: day(40), known: Moment(1) };
        assert!(all.holds(unit(), Kind::Section, known), "the second was not known yet");
    }

    #[test]
    fn org_04_a_consent_has_a_number_a_committee_and_days_in_order() {
        let good = NewConsent {
            unit: unit(),
            kind: Kind::Branch,
            after: 0,
            number: "01-CV/ĐU".to_owned(),
            authority: "Đảng ủy phường".to_owned(),
            decided_on: day(0),
            valid: Period::since(day(0)),
        };
        let keys = |new: NewConsent| -> Vec<_> {
            check_consent(&new, day(0)).into_iter().map(|issue| issue.said.key).collect()
        };
        assert!(keys(good.clone()).is_empty());
        assert_eq!(keys(NewConsent { kind: Kind::Group, ..good.clone() }), ["units-consent-not-needed"]);
        let empty = NewConsent { number: String::new(), authority: String::new(), ..good.clone() };
        assert_eq!(keys(empty), ["units-consent-number", "units-consent-authority"]);
        let to_come = NewConsent { decided_on: day(1), valid: Period::since(day(1)), ..good.clone() };
        assert_eq!(keys(to_come), ["units-consent-day-to-come"]);
        let early = NewConsent { valid: Period::since(day(-1)), ..good };
        assert_eq!(keys(early), ["units-consent-from"]);
    }
}
