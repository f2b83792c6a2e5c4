//! Terms (nhiệm kỳ): which ordinal, how long, with which numbers (ORG-17, ORG-20…23).

use chibo_kernel::{Day, Id, Issue, Said, Unit};
use chibo_organisation::kinds::Kind;

use super::{Numbers, has_standing, has_terms, is_branch, issue, wrong};

/// The numbers a congress and the committee fixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Members of the committee, secretary and deputies among them; 0 for a branch without a committee.
    pub committee: u32,
    /// Members of the standing committee, secretary and deputies among them; 0 without one.
    pub standing: u32,
    /// Deputies.
    pub deputies: u32,
    /// Members of the inspection committee; 0 without one.
    pub inspection: u32,
}

/// Where a term's ordinal comes from (ORG-17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The first of a brand-new organisation: counted from 1.
    New,
    /// The first after a split or a merger: the count goes on.
    Reformed,
    /// One after the other.
    Regular,
}

impl Origin {
    /// All.
    pub const ALL: [Self; 3] = [Self::Regular, Self::New, Self::Reformed];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Reformed => "reformed",
            Self::Regular => "regular",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "committees-origin-new",
            Self::Reformed => "committees-origin-reformed",
            Self::Regular => "committees-origin-regular",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.code() == code)
    }
}

/// A term as it stands now: the newest version of its ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// 1, 2, 3 … by the historical count (khóa).
    pub ordinal: u32,
    /// How often it was written down.
    pub version: u32,
    /// Day of the congress.
    pub congress_on: Day,
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub to: Day,
    /// The fixed numbers.
    pub fixed: Fixed,
}

/// The term that had begun last by a day, whether it is over or not.
pub fn current(terms: &[Term], day: Day) -> Option<&Term> {
    terms.iter().filter(|term| term.from <= day).max_by_key(|term| (term.from, term.ordinal))
}

/// A term to be written down, or corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTerm {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind today.
    pub kind: Kind,
    /// The last ordinal there is, as the form saw it; 0 for none.
    pub after: u32,
    /// The version it corrects; 0 for a new term.
    pub corrects: u32,
    /// Which one.
    pub ordinal: u32,
    /// Where the ordinal comes from.
    pub origin: Origin,
    /// Day of the congress.
    pub congress_on: Day,
    /// First day.
    pub from: Day,
    /// First day no longer; none for the full length.
    pub to: Option<Day>,
    /// The fixed numbers.
    pub fixed: Fixed,
    /// Official members at the congress; none while they are not known.
    pub official: Option<u32>,
    /// The offices of the term before end when it begins.
    pub close: bool,
    /// What there is to say.
    pub note: String,
}

/// The first day after a full term (ORG-23).
pub fn planned_end(numbers: &Numbers<'_>, kind: Kind, from: Day) -> Day {
    numbers.after(numbers.full_term(kind), from)
}

/// What is wrong with a term; `before` are the terms there are, without the one that is corrected, in order.
pub fn check_term(numbers: &Numbers<'_>, new: &NewTerm, before: &[Term], today: Day) -> Vec<Issue> {
    if !has_terms(new.kind) {
        return vec![Issue { field: None, rule: Some("ORG-20"), said: Said::new("committees-no-committee") }];
    }
    let mut issues = Vec::new();
    days(new, before, today, &mut issues);
    ordinal(numbers, new, before, &mut issues);
    length(numbers, new, &mut issues);
    sizes(numbers, new, &mut issues);
    issues
}

fn days(new: &NewTerm, before: &[Term], today: Day, issues: &mut Vec<Issue>) {
    if new.congress_on > today {
        issues.push(wrong("congress", "committees-day-to-come"));
    }
    if new.congress_on < Day::PARTY_FOUNDED {
        issues.push(wrong("congress", "committees-day-too-early"));
    }
    if new.from < new.congress_on {
        issues.push(wrong("from", "committees-from-before-congress"));
    }
    if let Some(last) = before.last().filter(|last| new.from <= last.from) {
        let said = Said::new("committees-from-before-last").with("day", last.from);
        issues.push(Issue { field: Some("from".to_owned()), rule: None, said });
    }
}

/// ORG-17: new organisations count from one, others go on with the historical count.
fn ordinal(numbers: &Numbers<'_>, new: &NewTerm, before: &[Term], issues: &mut Vec<Issue>) {
    let first = numbers.first_ordinal;
    match before.last() {
        Some(last) if new.origin == Origin::New => {
            let said = Said::new("committees-not-new").with("ordinal", last.ordinal);
            issues.push(issue("origin", "ORG-17", said));
        }
        Some(last) if new.ordinal != last.ordinal + 1 => {
            let said = Said::new("committees-ordinal-next").with("expected", last.ordinal + 1);
            issues.push(issue("ordinal", "ORG-17", said));
        }
        None if new.origin == Origin::New && new.ordinal != first => {
            issues.push(issue("ordinal", "ORG-17", Said::new("committees-ordinal-first").with("expected", first)));
        }
        None if new.origin != Origin::New && new.ordinal <= first => {
            issues.push(issue("ordinal", "ORG-17", Said::new("committees-ordinal-goes-on").with("first", first)));
        }
        _ => {}
    }
}

/// ORG-23: never longer than the full term; shorter only for a first one (ORG-17).
fn length(numbers: &Numbers<'_>, new: &NewTerm, issues: &mut Vec<Issue>) {
    let Some(to) = new.to else { return };
    let planned = planned_end(numbers, new.kind, new.from);
    if to <= new.from {
        issues.push(wrong("to", "committees-to-before-from"));
    } else if to > planned {
        issues.push(issue("to", "ORG-23", Said::new("committees-too-long").with("latest", planned)));
    } else if to < planned && (new.origin == Origin::Regular || !numbers.first_may_be_shorter) {
        issues.push(issue("to", "ORG-17", Said::new("committees-too-short").with("expected", planned)));
    }
}

fn sizes(numbers: &Numbers<'_>, new: &NewTerm, issues: &mut Vec<Issue>) {
    let fixed = new.fixed;
    if is_branch(new.kind) {
        branch(numbers, new, issues);
    } else if fixed.committee == 0 {
        issues.push(wrong("committee", "committees-number-needed"));
    }
    if let Some((most, rule)) = numbers.most(new.kind).filter(|(most, _)| fixed.committee > *most) {
        issues.push(issue("committee", rule, Said::new("committees-too-many").with("most", most)));
    }
    if fixed.committee > 0 && 1 + fixed.deputies > fixed.committee {
        issues.push(wrong("deputies", "committees-leaders-exceed"));
    }
    if !has_standing(new.kind) {
        if fixed.standing > 0 {
            issues.push(issue("standing", "ORG-22", Said::new("committees-no-standing")));
        }
        if fixed.inspection > 0 {
            issues.push(issue("inspection", "ORG-22", Said::new("committees-no-inspection")));
        }
        return;
    }
    standing(numbers, new, issues);
}

/// ORG-20: from nine official members a committee, below it none; one deputy.
fn branch(numbers: &Numbers<'_>, new: &NewTerm, issues: &mut Vec<Issue>) {
    let (fixed, from) = (new.fixed, numbers.committee_from);
    let counted = |key, official: u32| Said::new(key).with("count", official).with("from", from);
    match new.official {
        Some(official) if official >= from && fixed.committee == 0 => {
            issues.push(issue("committee", "ORG-20", counted("committees-must-elect", official)));
        }
        Some(official) if official < from && fixed.committee > 0 => {
            issues.push(issue("committee", "ORG-20", counted("committees-too-few-for-one", official)));
        }
        _ => {}
    }
    if fixed.deputies > numbers.branch_deputies {
        let said = Said::new("committees-too-many-deputies").with("most", numbers.branch_deputies);
        issues.push(issue("deputies", "ORG-20", said));
    }
}

/// ORG-21: at most a third, in integers; ORG-22: a base committee of nine has one, a smaller one none.
fn standing(numbers: &Numbers<'_>, new: &NewTerm, issues: &mut Vec<Issue>) {
    let fixed = new.fixed;
    let ratio = numbers.standing_most;
    if ratio.exceeded_by(u64::from(fixed.standing), u64::from(fixed.committee)) {
        let said = Said::new("committees-standing-too-many").with("most", ratio.floor_of(u64::from(fixed.committee)));
        issues.push(issue("standing", "ORG-21", said));
    }
    if fixed.standing > 0 && 1 + fixed.deputies > fixed.standing {
        issues.push(wrong("deputies", "committees-leaders-exceed-standing"));
    }
    if new.kind == Kind::Base {
        let key = match fixed.standing {
            0 if fixed.committee >= numbers.standing_from => "committees-standing-needed",
            1.. if fixed.committee < numbers.standing_from => "committees-standing-not-yet",
            _ => return,
        };
        issues.push(issue("standing", "ORG-22", Said::new(key).with("from", numbers.standing_from)));
    }
}

#[cfg(test)]
#[path = "term_tests.rs"]
mod tests;
