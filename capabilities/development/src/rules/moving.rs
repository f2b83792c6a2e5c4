//! Somebody who moves while he is being considered (MEM-22).

use chibo_kernel::{Day, Issue, Said};

use super::issue;
use super::step::{Course, Step};
use super::terms::Terms;

/// The last move of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The day of the order to move.
    pub ordered: Day,
    /// When the file was forwarded.
    pub forwarded: Option<Day>,
    /// When the receiver reported why it takes longer.
    pub delayed: Option<Day>,
    /// When a decision that came too late was cancelled.
    pub cancelled: Option<Day>,
}

impl Course {
    /// The last move, with what followed it.
    pub fn moved(&self) -> Option<Move> {
        let at = self.0.iter().rposition(|taken| taken.step == Step::Moved)?;
        let (first, rest) = self.0.get(at..)?.split_first()?;
        let day = |step| rest.iter().rev().find(|taken| taken.step == step).map(|taken| taken.on);
        let (forwarded, delayed, cancelled) = (day(Step::Forwarded), day(Step::Delayed), day(Step::Cancelled));
        Some(Move { ordered: first.on, forwarded, delayed, cancelled })
    }

    /// Whether a move can be noted: somebody on the list, not yet admitted, whose file is not on its way already.
    pub fn may_move(&self) -> bool {
        let here = !matches!(self.stage(), None | Some(Step::Stopped | Step::Annulled | Step::Admitted));
        here && self.moved().is_none_or(|moved| moved.forwarded.is_some())
    }

    /// What a move makes of the next steps: the file goes first; nobody is admitted or voted on in the branch he left.
    pub(super) fn after_move(&self, mut next: Vec<Step>) -> Vec<Step> {
        let Some(moved) = self.moved().filter(|_| !next.is_empty()) else { return next };
        if moved.forwarded.is_none() {
            let above = [Step::CommitteeVoted, Step::Decided, Step::Notified, Step::Received, Step::Stopped];
            next.retain(|step| above.contains(step));
            next.insert(0, Step::Forwarded);
            return next;
        }
        let last = next.len() - 1;
        match self.stage() {
            Some(Step::BranchVoted | Step::CommitteeVoted) if moved.delayed.is_none() => {
                next.insert(last, Step::Delayed);
            }
            Some(Step::Decided) if self.day(Step::Decided) > Some(moved.ordered) => {
                next.insert(last, Step::Cancelled);
            }
            _ => {}
        }
        next
    }
}

/// Whether a decision came too late after the order to move: it is cancelled and taken again at the new place.
pub fn too_late(course: &Course, terms: &Terms) -> bool {
    let (Some(moved), Some(decided)) = (course.moved(), course.day(Step::Decided)) else { return false };
    // A decision of the new place itself, taken after the file came, is its own.
    decided > terms.decision_counts_until(moved.ordered) && moved.forwarded.is_none_or(|day| decided < day)
}

/// What is due because of a move.
pub(super) fn due(course: &Course, terms: &Terms) -> Option<(Step, Day, &'static str)> {
    let moved = course.moved()?;
    let due = |step, day| Some((step, day, "MEM-22"));
    let Some(forwarded) = moved.forwarded else { return due(Step::Forwarded, terms.forward_by(moved.ordered)) };
    match course.stage()? {
        Step::BranchVoted | Step::CommitteeVoted => match (moved.cancelled, moved.delayed) {
            (Some(cancelled), _) => due(Step::Decided, terms.re_examine_by(cancelled)),
            (None, Some(_)) => due(Step::Decided, terms.re_examine_by(forwarded)),
            (None, None) => due(Step::Decided, terms.receiver_decides_by(forwarded)),
        },
        Step::Decided if too_late(course, terms) => due(Step::Cancelled, terms.receiver_decides_by(forwarded)),
        _ => None,
    }
}

/// What a move refuses of a step on a day.
pub(super) fn check_move(issues: &mut Vec<Issue>, course: &Course, (step, on): (Step, Day), terms: &Terms) {
    let Some(moved) = course.moved() else { return };
    let late = too_late(course, terms);
    let key = match step {
        Step::Admitted if late => "development-move-late-decision",
        Step::Cancelled if !late => "development-move-still-counts",
        Step::Decided if moved.cancelled.is_none() && moved.delayed.is_none() => {
            match moved.forwarded.filter(|day| on > terms.receiver_decides_by(*day)) {
                Some(_) => "development-move-report-first",
                None => return,
            }
        }
        _ => return,
    };
    issues.push(issue("step", Some("MEM-22"), Said::new(key)));
}
