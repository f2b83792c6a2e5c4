//! Why a file cannot be read or written at all (a defect of one row is a `RowIssue`).

use chibo_kernel::{Problem, Said};
use std::fmt;

/// Why a whole file was refused or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperProblem {
    /// The file is not acceptable; the sentence says what to do. Keys start with `papers-`.
    Refused(Said),
    /// Disk or program failed; the text is for the log.
    Fault(String),
}

impl PaperProblem {
    /// Refused with a sentence without arguments.
    pub fn refuse(key: &'static str) -> Self {
        Self::Refused(Said::new(key))
    }

    /// A failure of machine or program.
    pub fn fault(cause: impl fmt::Display) -> Self {
        Self::Fault(cause.to_string())
    }

    /// The message key, when the file was refused.
    pub fn key(&self) -> Option<&'static str> {
        match self {
            Self::Refused(said) => Some(said.key),
            Self::Fault(_) => None,
        }
    }
}

impl fmt::Display for PaperProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(said) => write!(f, "refused: {}", said.key),
            Self::Fault(cause) => write!(f, "fault: {cause}"),
        }
    }
}

impl std::error::Error for PaperProblem {}

impl From<std::io::Error> for PaperProblem {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<PaperProblem> for Problem {
    fn from(problem: PaperProblem) -> Self {
        match problem {
            PaperProblem::Refused(said) => Problem::refuse(said),
            PaperProblem::Fault(cause) => Problem::Fault(cause),
        }
    }
}
