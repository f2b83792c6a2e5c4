//! A committee as numbers.

use crate::kinds::Role;

/// Who sits in a committee or leads a branch; everybody counted once, in the highest office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// Secretaries (bí thư).
    pub secretaries: u32,
    /// Deputies (phó bí thư), the standing deputy among them.
    pub deputies: u32,
    /// Other members of the standing committee (ủy viên ban thường vụ).
    pub standing: u32,
    /// Other members of the committee (cấp ủy viên, chi ủy viên).
    pub members: u32,
}

impl Seats {
    /// This many more hold the office. The inspection committee is not the committee.
    pub fn add(&mut self, role: Role, count: u32) {
        match role {
            Role::Secretary => self.secretaries += count,
            Role::StandingDeputy | Role::Deputy => self.deputies += count,
            Role::StandingMember => self.standing += count,
            Role::CommitteeMember | Role::BranchCommitteeMember => self.members += count,
            Role::InspectionChair | Role::InspectionDeputy | Role::InspectionMember => {}
        }
    }

    /// Everybody in the committee.
    pub const fn committee(self) -> u32 {
        self.secretaries + self.deputies + self.standing + self.members
    }

    /// The standing committee (ban thường vụ): secretary and deputies belong to it where there is one.
    pub const fn standing_committee(self) -> u32 {
        if self.standing == 0 { 0 } else { self.secretaries + self.deputies + self.standing }
    }
}
