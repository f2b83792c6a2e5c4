//! When a meeting cannot be closed.

use chibo_kernel::text::fold;
use chibo_kernel::{Day, Issue, Said};

use super::{Counts, Kind, Month, RollLine, Terms};

/// A meeting as it is to be closed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Kind.
    pub kind: Kind,
    /// The month it counts for.
    pub month: Month,
    /// Held on.
    pub on: Option<Day>,
    /// Minutes of the day it began and ended.
    pub from: Option<u32>,
    /// The same.
    pub to: Option<u32>,
    /// The roll.
    pub roll: Vec<RollLine>,
    /// What was concluded.
    pub conclusion: String,
    /// Somebody chaired.
    pub chaired: bool,
    /// Another regular meeting of the month is there already.
    pub regular_already: bool,
    /// Items of the agenda.
    pub items: usize,
}

impl Draft {
    /// Minutes it lasted, as far as known.
    pub fn lasted(&self) -> u32 {
        self.from.zip(self.to).map_or(0, |(from, to)| to.saturating_sub(from))
    }
}

fn issue(field: &str, rule: &'static str, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some(rule), said }
}

/// What people write where they meet when they do not meet in one place.
const ONLINE: [&str; 7] = ["truc tuyen", "online", "zoom", "google meet", "microsoft teams", "ms teams", "zalo"];

/// A meeting held online (sinh hoạt trực tuyến) is a pilot under guidance of the Secretariat; without one it is refused (MTG-13).
pub fn check_place(place: &str, terms: &Terms) -> Option<Issue> {
    let place = fold(place);
    let online = ONLINE.iter().any(|word| place.contains(word));
    (online && !terms.online).then(|| issue("place", "MTG-13", Said::new("meetings-online")))
}

/// Everything that stands in the way of closing, at once.
pub fn check_close(draft: &Draft, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    match draft.on {
        None => issues.push(issue("on", "MTG-08", Said::new("meetings-no-day"))),
        Some(on) if on > today => {
            issues.push(issue("on", "MTG-08", Said::new("meetings-in-future").with("day", on)));
        }
        Some(on) if Month::of(on) != draft.month => {
            let said = Said::new("meetings-other-month").with("day", on).with("month", draft.month.text());
            issues.push(issue("on", "MTG-01", said));
        }
        Some(_) => {}
    }
    match draft.from.zip(draft.to) {
        None => issues.push(issue("from", "MTG-03", Said::new("meetings-no-time"))),
        Some((from, to)) if to <= from => {
            issues.push(issue("to", "MTG-03", Said::new("meetings-end-before-start")));
        }
        Some(_) => {}
    }
    if draft.kind.is_regular() && draft.regular_already {
        let said = Said::new("meetings-regular-twice").with("month", draft.month.text());
        issues.push(issue("kind", "MTG-01", said));
    }
    if !draft.chaired {
        issues.push(issue("chair", "MTG-08", Said::new("meetings-no-chair")));
    }
    if Counts::of(&draft.roll).present == 0 {
        issues.push(issue("roll", "MTG-08", Said::new("meetings-nobody-present")));
    }
    if draft.items == 0 {
        issues.push(issue("items", "MTG-08", Said::new("meetings-no-items")));
    }
    if draft.conclusion.trim().is_empty() {
        issues.push(issue("conclusion", "MTG-10", Said::new("meetings-no-conclusion")));
    }
    issues
}
