//! Which step comes next, what refuses it, by when it is due. Pure.

mod annul;
mod check;
mod conditions;
mod facts;
mod former;
mod help;
mod introduce;
mod moving;
mod papers;
mod probation;
mod stay;
mod step;
mod terms;
#[cfg(test)]
mod tests;
mod verify;
mod vote;

pub use annul::{AnnulGround, Annulment, Decision, Flaw, Redo, check_annulment};
pub use check::{Ground, ProbationGround, check, check_candidate, check_recognition};
pub use conditions::{Schooling, uncovered, unheard};
pub use facts::{About, Fact, Known, Noted, check_fact};
pub use former::{Former, Reason, again_from, check_former};
pub use help::{Help, HelpAct, Helper, check_help, helpers};
pub use introduce::{Introducer, IntroducerKind, check_introducers};
pub use moving::{Move, too_late};
pub use papers::{PAPER_STAGES, Paper, PaperSet, PaperStage, Shelf};
pub use probation::{Line, Recognition, Road};
pub use stay::{Opinion, Remark, Stay, check_remark, check_stay};
pub use step::{Course, Source, Step, Taken};
pub use terms::Terms;
pub use verify::{Asked, Outcome, Relation, Way, check_answer, check_request};
pub use vote::{Body, Electorate, Vote, carried, passed};

/// Somebody on the way into the Party (quần chúng ưu tú, cảm tình Đảng).
#[derive(Debug)]
pub enum Candidate {}

/// A step to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed<S> {
    /// Which.
    pub step: S,
    /// How many steps the form saw.
    pub after: u32,
    /// On this day.
    pub on: chibo_kernel::Day,
    /// Number of the document; may be empty where none is needed.
    pub number: String,
    /// The vote, where one is taken.
    pub vote: Vote,
    /// Number of the consent of the city's standing committee, where one is needed (MEM-01).
    pub consent: String,
    /// What was said about it.
    pub note: String,
}

fn issue(field: &str, rule: Option<&'static str>, said: chibo_kernel::Said) -> chibo_kernel::Issue {
    chibo_kernel::Issue { field: Some(field.to_owned()), rule, said }
}
