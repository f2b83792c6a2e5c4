//! Votes with the body that takes them and the form the meeting chose (MEM-18…20, X-07, X-10, X-12).

use chibo_kernel::Issue;
use chibo_kernel::votes::{
    Matter, MemberKind, Occasion, Reason, RollEntry, Stage, VotingForm, denominator_of_committee,
    denominator_of_members,
};
use chibo_kernel::{Id, Said};

use super::issue;

chibo_kernel::coded! {
    /// The body that decides an admission, a recognition, a striking-off (MEM-20). Codes are those of the rulebook.
    Body {
        /// Standing committee of the district (ban thường vụ huyện ủy, quận ủy), until 30 June 2025.
        District = "district-standing-committee", "development-body-district";
        /// Standing committee directly above the base organisation (ban thường vụ cấp ủy cấp trên trực tiếp).
        Upper = "upper-standing-committee", "development-body-upper";
        /// Standing committee of the base organisation (ban thường vụ đảng ủy cơ sở).
        BaseStanding = "base-standing-committee", "development-body-base";
        /// Standing members and those of the standing committee who head boards, for base organisations directly under the
        /// city (thường trực và ủy viên ban thường vụ là trưởng ban).
        CityStanding = "city-standing", "development-body-city";
        /// The base committee as a whole, authorised to decide: two thirds (đảng ủy cơ sở được ủy quyền).
        AuthorisedBase = "authorised-base", "development-body-authorised";
    }
}

/// More people than any branch or committee has.
const MOST: u32 = 5_000;

/// A vote as counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vote {
    /// For.
    pub yes: u32,
    /// Of so many who count: reckoned from the roll.
    pub base: u32,
    /// The roll: official members of the branch on the day, or members of the committee.
    pub listed: u32,
    /// Of them on temporary transfer elsewhere, or exempted, and absent.
    pub away: u32,
    /// Of them suspended, prosecuted or detained.
    pub barred: u32,
    /// Against.
    pub no: u32,
    /// Secret ballot or raised card, as the meeting chose.
    pub form: Option<VotingForm>,
    /// Of the deciding vote: which body (MEM-20).
    pub body: Option<Body>,
}

/// What the caller's census knows about a branch on the day of a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Electorate {
    /// Official members.
    pub official: u32,
    /// Of them suspended from Party activity.
    pub suspended: u32,
    /// Whether its base organisation stands directly under the city (MEM-20).
    pub under_city: bool,
}

impl Vote {
    /// Whether those taken out and those who voted are not more than the roll holds.
    const fn adds_up(&self) -> bool {
        self.listed <= MOST && self.away as u64 + self.barred as u64 <= self.listed as u64
    }

    /// The vote with its denominator: the roll without those who do not count, each for his reason (X-03 in a branch,
    /// X-05 in a committee).
    #[must_use]
    pub fn reckoned(self, of_members: bool) -> Self {
        let listed = self.listed.min(MOST);
        let away = self.away.min(listed);
        let barred = self.barred.min(listed - away);
        let entry = |no: u32| {
            let mut bytes = [0; 16];
            bytes[12..].copy_from_slice(&no.to_be_bytes());
            let (present, reasons) = match no {
                no if no < away => (false, vec![Reason::TemporarilyElsewhere]),
                no if no < away + barred => (false, vec![Reason::Suspended]),
                _ => (true, Vec::new()),
            };
            RollEntry { person: Id::from_bytes(bytes), kind: MemberKind::Official, present, reasons }
        };
        let roll: Vec<_> = (0..listed).map(entry).collect();
        let base = match of_members {
            true => denominator_of_members(&roll, Occasion::Meeting),
            false => denominator_of_committee(&roll),
        };
        Self { base: base.count(), ..self }
    }
}

/// Whether a proposing vote passed (X-12, MEM-18, MEM-19): at least two thirds, exactly.
pub fn passed((yes, base): (u32, u32)) -> bool {
    Matter::Admission.threshold(Stage::Proposing).met(yes, base)
}

/// Whether a vote was carried. Who decides needs more than half, an authorised base committee two thirds (MEM-20). A
/// decision without any numbers was written down before votes of deciding bodies were kept: it stands.
pub fn carried(decides: bool, vote: &Vote) -> bool {
    let votes = (vote.yes, vote.base);
    match (decides, vote.body) {
        (true, None) if votes == (0, 0) => true,
        (false, _) | (true, Some(Body::AuthorisedBase)) => passed(votes),
        (true, _) => Matter::Admission.threshold(Stage::Deciding).met(vote.yes, vote.base),
    }
}

/// What is wrong with a count, its form, its body. `branch`: who may vote where the branch does: nobody else
/// `deciders`: bodies that may decide on that day, empty for a vote that
/// proposes.
pub(super) fn check_vote(issues: &mut Vec<Issue>, vote: &Vote, branch: Option<Electorate>, deciders: &[Body]) {
    let Vote { yes, no, base, barred, .. } = *vote;
    let rule = Some(if branch.is_some() { "X-03" } else { "X-05" });
    if !vote.adds_up() {
        issues.push(issue("away", rule, Said::new("development-votes-roll").with("listed", vote.listed)));
    } else if base == 0 {
        issues.push(issue("listed", rule, Said::new("development-votes-nobody")));
    } else if u64::from(yes) + u64::from(no) > u64::from(base) {
        issues.push(issue("yes", Some("X-12"), Said::new("development-votes-too-many").with("base", base)));
    }
    if let Some(Electorate { official: most, suspended, .. }) = branch {
        if base > most {
            let said = Said::new("development-votes-more-than-members").with("most", most);
            issues.push(issue("listed", Some("X-03"), said));
        }
        if barred < suspended {
            let said = Said::new("development-votes-suspended").with("count", suspended);
            issues.push(issue("barred", Some("X-03"), said));
        }
    }
    if vote.form.is_none() {
        issues.push(issue("form", Some("X-10"), Said::new("development-form-needed")));
    }
    if !deciders.is_empty() && !vote.body.is_some_and(|body| deciders.contains(&body)) {
        let key = if vote.body.is_none() { "development-body-needed" } else { "development-body-wrong" };
        issues.push(issue("body", Some("MEM-20"), Said::new(key)));
    }
}
