//! Figures of a period that one capability keeps and another judges by, as plain data: capabilities never import each other,
//! so whoever reviews branches and members asks the house for them (MTG-11, MTG-22). A figure decides nothing.

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_store::Tx;

use crate::capability::Capability;

/// How a branch met in the months that touch a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BranchFigures {
    /// Calendar months with a regular meeting that was closed.
    pub met: u32,
    /// Of these, closed too late.
    pub late: u32,
    /// Months without one, with the reason written down.
    pub excused: u32,
    /// Months with a thematic part.
    pub thematic: u32,
    /// Months that were graded: good, fair, average, weak.
    pub grades: [u32; 4],
    /// Average of the points out of 100, rounded half up; `None` when nothing was scored.
    pub average: Option<u32>,
    /// Had to be there, were there: members times meetings.
    pub attendance: (u32, u32),
}

/// What became of the assignments of a member that were due in a period, as it stood on its last day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberFigures {
    /// Done in time.
    pub done: u32,
    /// Done late.
    pub late: u32,
    /// Not done.
    pub open: u32,
}

/// The figures of a branch between two days, both included.
pub type OfBranch = fn(&mut Tx<'_>, Id<Unit>, (Day, Day)) -> Result<BranchFigures, Problem>;

/// The figures of members between two days, both included, one for each in the order asked.
pub type OfMembers = fn(&mut Tx<'_>, &[Id<Person>], (Day, Day)) -> Result<Vec<MemberFigures>, Problem>;

/// Where such figures come from.
#[derive(Clone, Copy)]
pub struct FigureSource {
    /// Of a branch: a dozen rows read by key.
    pub branch: OfBranch,
    /// Of members: read by the member's index, wherever the assignments were given.
    pub members: OfMembers,
}

impl FigureSource {
    /// The source among these capabilities; `None` when nobody keeps such figures, and then nothing is known: not zero.
    pub fn of(capabilities: &[Capability]) -> Option<Self> {
        capabilities.iter().find_map(|capability| capability.figures)
    }
}
