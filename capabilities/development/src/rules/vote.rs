//! Votes with the body that takes them and the form the meeting chose (MEM-18…20, X-07, X-10, X-12).

use chibo_kernel::Issue;
use chibo_kernel::Said;
use chibo_kernel::votes::{Matter, Stage, VotingForm};

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
        /// The base committee as a whole, authorised to decide: two thirds (đảng ủy cơ sở được ủy quyền).
        AuthorisedBase = "authorised-base", "development-body-authorised";
    }
}

/// A vote as counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vote {
    /// For.
    pub yes: u32,
    /// Of so many who count.
    pub base: u32,
    /// Secret ballot or raised card, as the meeting chose.
    pub form: Option<VotingForm>,
    /// Of the deciding vote: which body (MEM-20).
    pub body: Option<Body>,
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

/// What is wrong with a count, its form, its body. `most`: nobody else votes; `deciders`: bodies that may decide
/// on that day, empty for a vote that proposes.
pub(super) fn check_vote(issues: &mut Vec<Issue>, vote: &Vote, most: Option<u32>, deciders: &[Body]) {
    let Vote { yes, base, .. } = *vote;
    if base == 0 {
        issues.push(issue("base", Some("X-03"), Said::new("development-votes-nobody")));
    } else if yes > base {
        issues.push(issue("yes", Some("X-12"), Said::new("development-votes-too-many").with("base", base)));
    }
    if let Some(most) = most.filter(|most| base > *most) {
        issues.push(issue("base", Some("X-03"), Said::new("development-votes-more-than-members").with("most", most)));
    }
    if vote.form.is_none() {
        issues.push(issue("form", Some("X-10"), Said::new("development-form-needed")));
    }
    if !deciders.is_empty() && !vote.body.is_some_and(|body| deciders.contains(&body)) {
        let key = if vote.body.is_none() { "development-body-needed" } else { "development-body-wrong" };
        issues.push(issue("body", Some("MEM-20"), Said::new(key)));
    }
}
