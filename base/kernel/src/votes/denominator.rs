//! The denominator of a vote and who was taken out of it, by which rule.

use std::collections::BTreeMap;

use crate::id::{Id, Person};

/// Whether a member may vote at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberKind {
    /// Official member (đảng viên chính thức).
    Official,
    /// Probationary member (đảng viên dự bị): no right to vote, stand or elect.
    Probationary,
}

/// A circumstance of a member on the roll. Some bar from voting, some matter only when absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// On temporary transfer elsewhere (sinh hoạt tạm thời nơi khác).
    TemporarilyElsewhere,
    /// Exempted from work and meetings (miễn công tác và sinh hoạt).
    Exempted,
    /// Suspended from Party activity (đình chỉ sinh hoạt).
    Suspended,
    /// Under prosecution (bị truy tố).
    Prosecuted,
    /// In detention (bị tạm giam).
    Detained,
    /// Absent during the whole congress with a reason the convening committee accepted.
    ExcusedFromCongress,
}

/// One line of the roll of members or of a committee. Each person stands on a roll once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollEntry {
    /// Who.
    pub person: Id<Person>,
    /// Official or probationary.
    pub kind: MemberKind,
    /// Present at the vote.
    pub present: bool,
    /// Circumstances, in any order; none for an ordinary member.
    pub reasons: Vec<Reason>,
}

/// What the members were summoned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// A branch or all-member meeting: being absent with a good reason changes nothing.
    Meeting,
    /// A congress of all members: only here an accepted absence leaves the denominator.
    Congress,
}

/// Where a delegate's seat stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attendance {
    /// In the hall at the vote.
    Present,
    /// Takes part in the congress, but is not in the hall at this vote.
    AwayAtTheVote,
    /// Absent during the whole congress, nobody took the seat.
    AbsentThroughout,
    /// Absent during the whole congress, an alternate (đại biểu dự khuyết) took the seat.
    ReplacedByAlternate,
}

/// One summoned official delegate (đại biểu chính thức được triệu tập).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DelegateEntry {
    /// Who.
    pub person: Id<Person>,
    /// The congress confirmed the standing as delegate (tư cách đại biểu hợp lệ).
    pub valid: bool,
    /// Member of the committee of the level that convenes the congress.
    pub convening_member: bool,
    /// Where the seat stands.
    pub attendance: Attendance,
}

/// Why somebody on the roll is not in the denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exclusion {
    /// Probationary.
    Probationary,
    /// Suspended from Party activity.
    Suspended,
    /// Prosecuted.
    Prosecuted,
    /// Detained.
    Detained,
    /// On temporary transfer elsewhere and absent.
    ElsewhereAbsent,
    /// Exempted and absent.
    ExemptedAbsent,
    /// Absent from the whole congress with an accepted reason.
    ExcusedFromCongress,
    /// Delegate without valid standing.
    DelegateNotValid,
    /// Member of the convening committee absent throughout; no alternate can take this seat (ELE-06).
    ConveningMemberAbsent,
    /// Delegate absent throughout without an alternate.
    DelegateWithoutAlternate,
}

impl Exclusion {
    /// Message key of the line in the explanation.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Probationary => "vote-minus-probationary",
            Self::Suspended => "vote-minus-suspended",
            Self::Prosecuted => "vote-minus-prosecuted",
            Self::Detained => "vote-minus-detained",
            Self::ElsewhereAbsent => "vote-minus-elsewhere-absent",
            Self::ExemptedAbsent => "vote-minus-exempted-absent",
            Self::ExcusedFromCongress => "vote-minus-excused-from-congress",
            Self::DelegateNotValid => "vote-minus-delegate-not-valid",
            Self::ConveningMemberAbsent => "vote-minus-convening-member-absent",
            Self::DelegateWithoutAlternate => "vote-minus-delegate-without-alternate",
        }
    }
}

/// People taken out of the denominator for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subtracted {
    /// Why.
    pub why: Exclusion,
    /// By which rule.
    pub rule: &'static str,
    /// Who, in the order of the roll.
    pub who: Vec<Id<Person>>,
}

/// A denominator with its explanation. Only the functions of this room make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denominator {
    rule: &'static str,
    listed: u32,
    count: u32,
    voters: u32,
    subtracted: Vec<Subtracted>,
}

impl Denominator {
    /// The rule that defines it.
    pub fn rule(&self) -> &'static str {
        self.rule
    }
    /// People on the roll.
    pub fn listed(&self) -> u32 {
        self.listed
    }
    /// The number to divide by.
    pub fn count(&self) -> u32 {
        self.count
    }
    /// Those counted who are present: as many ballots can be cast at most.
    pub fn voters(&self) -> u32 {
        self.voters
    }
    /// Who was taken out, one entry per reason.
    pub fn subtracted(&self) -> &[Subtracted] {
        &self.subtracted
    }
}

/// official members summoned, without those the rule takes out. Temporary and exempted members
/// count when they are present; suspended, prosecuted and detained ones never do.
pub fn denominator_of_members(roll: &[RollEntry], occasion: Occasion) -> Denominator {
    let congress = occasion == Occasion::Congress;
    tally(
        "X-03",
        roll.iter().map(|entry| {
            let absent = || {
                entry
                    .absent_for(Reason::TemporarilyElsewhere, Exclusion::ElsewhereAbsent)
                    .or_else(|| entry.absent_for(Reason::Exempted, Exclusion::ExemptedAbsent))
                    .or_else(|| {
                        let excused = entry.absent_for(Reason::ExcusedFromCongress, Exclusion::ExcusedFromCongress);
                        excused.filter(|_| congress)
                    })
            };
            (entry.person, entry.present, entry.barred().or_else(absent))
        }),
    )
}

/// summoned official delegates with valid standing, without members of the convening committee
/// absent throughout and delegates absent throughout whose seat no alternate took.
pub fn denominator_of_delegates(roll: &[DelegateEntry]) -> Denominator {
    tally(
        "X-04",
        roll.iter().map(|entry| {
            let seated = matches!(entry.attendance, Attendance::Present | Attendance::ReplacedByAlternate);
            let why = match entry.attendance {
                _ if !entry.valid => Some(Exclusion::DelegateNotValid),
                Attendance::AbsentThroughout | Attendance::ReplacedByAlternate if entry.convening_member => {
                    Some(Exclusion::ConveningMemberAbsent)
                }
                Attendance::AbsentThroughout => Some(Exclusion::DelegateWithoutAlternate),
                _ => None,
            };
            (entry.person, seated, why)
        }),
    )
}

/// current members of a committee, standing committee or inspection committee, without those on
/// temporary transfer who are absent and those suspended, prosecuted or detained. Other absences count.
pub fn denominator_of_committee(roll: &[RollEntry]) -> Denominator {
    tally(
        "X-05",
        roll.iter().map(|entry| {
            let elsewhere = || entry.absent_for(Reason::TemporarilyElsewhere, Exclusion::ElsewhereAbsent);
            (entry.person, entry.present, entry.barred().or_else(elsewhere))
        }),
    )
}

impl RollEntry {
    fn has(&self, reason: Reason) -> bool {
        self.reasons.contains(&reason)
    }

    /// No vote whether present or not.
    fn barred(&self) -> Option<Exclusion> {
        match self.kind {
            MemberKind::Probationary => Some(Exclusion::Probationary),
            _ if self.has(Reason::Suspended) => Some(Exclusion::Suspended),
            _ if self.has(Reason::Prosecuted) => Some(Exclusion::Prosecuted),
            _ if self.has(Reason::Detained) => Some(Exclusion::Detained),
            _ => None,
        }
    }

    fn absent_for(&self, reason: Reason, why: Exclusion) -> Option<Exclusion> {
        (!self.present && self.has(reason)).then_some(why)
    }
}

fn tally(rule: &'static str, roll: impl Iterator<Item = (Id<Person>, bool, Option<Exclusion>)>) -> Denominator {
    let mut out: BTreeMap<Exclusion, Vec<Id<Person>>> = BTreeMap::new();
    let mut made = Denominator { rule, listed: 0, count: 0, voters: 0, subtracted: Vec::new() };
    for (person, present, why) in roll {
        made.listed += 1;
        match why {
            Some(why) => out.entry(why).or_default().push(person),
            None => {
                made.count += 1;
                made.voters += u32::from(present);
            }
        }
    }
    let rule_of = |why| if why == Exclusion::Probationary { "X-09" } else { rule };
    made.subtracted = out.into_iter().map(|(why, who)| Subtracted { why, rule: rule_of(why), who }).collect();
    made
}

#[cfg(test)]
#[path = "denominator_tests.rs"]
mod tests;
