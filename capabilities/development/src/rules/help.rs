//! Who helps a candidate, and what he was given to do (MEM-04).

use chibo_kernel::{Day, Id, Issue, Person, Said};

use super::issue;

chibo_kernel::coded! {
    /// What happened.
    HelpAct {
        /// An official member is assigned to help (phân công giúp đỡ).
        Assigned = "assigned", "development-help-assigned";
        /// He no longer helps.
        Ended = "ended", "development-help-ended";
        /// A task was given (giao nhiệm vụ thử thách).
        Task = "task", "development-help-task";
        /// How tasks were done.
        Remark = "remark", "development-help-remark";
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// What.
    pub act: HelpAct,
    /// Who helps; `None` for tasks and remarks.
    pub helper: Option<Id<Person>>,
    /// When.
    pub on: Day,
    /// The task, the remark, why somebody else helps.
    pub note: String,
}

/// Somebody who helps or helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Who.
    pub person: Id<Person>,
    /// Since when.
    pub from: Day,
    /// Until when; `None`: still.
    pub to: Option<Day>,
}

/// Helpers in the order they were assigned.
pub fn helpers(entries: &[Help]) -> Vec<Helper> {
    let mut found: Vec<Helper> = Vec::new();
    for entry in entries {
        let Some(person) = entry.helper else { continue };
        match entry.act {
            HelpAct::Assigned => found.push(Helper { person, from: entry.on, to: None }),
            HelpAct::Ended => {
                let open = found.iter_mut().rev().find(|helper| helper.person == person && helper.to.is_none());
                open.into_iter().for_each(|helper| helper.to = Some(entry.on));
            }
            HelpAct::Task | HelpAct::Remark => {}
        }
    }
    found
}

/// What is wrong with an entry. `official`: whether the helper is an official member on that day (MEM-04); whoever takes
/// over need not have known the candidate for twelve months (MEM-12).
pub fn check_help(before: &[Help], new: &Help, official: bool, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if new.on > today {
        issues.push(issue("on", None, Said::new("development-day-to-come")));
    }
    if new.note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("development-note-long")));
    }
    let now = helpers(before);
    let helping = now.iter().find(|helper| Some(helper.person) == new.helper && helper.to.is_none());
    match new.act {
        HelpAct::Assigned => {
            if !official {
                issues.push(issue("helper", Some("MEM-04"), Said::new("development-helper-not-official")));
            } else if helping.is_some() {
                issues.push(issue("helper", Some("MEM-04"), Said::new("development-helper-already")));
            }
        }
        HelpAct::Ended => match helping {
            None => issues.push(issue("helper", Some("MEM-04"), Said::new("development-helper-not-now"))),
            Some(helper) if new.on < helper.from => {
                let said = Said::new("development-helper-before").with("day", helper.from);
                issues.push(issue("on", None, said));
            }
            Some(_) => {}
        },
        HelpAct::Task | HelpAct::Remark => {
            if new.note.is_empty() {
                issues.push(issue("note", Some("MEM-04"), Said::new("development-task-needed")));
            }
        }
    }
    issues
}
