//! Which body decides that somebody leaves the Party, comes back by right, or is exempted, by where his branch stands. Whoever
//! admits also removes (MEM-20, EXI-11): the statute of the day names the body, and another one for what stands directly under
//! the city. Pure.

use chibo_kernel::Problem;
use chibo_kernel::rulebook::RuleSet;

chibo_kernel::coded! {
    /// A body that decides (cấp quyết định). Codes are those of the rulebook.
    Body {
        /// The committee of the base organisation, or of the base branch (đảng ủy, chi ủy cơ sở).
        BaseCommittee = "base-committee", "members-body-base-committee";
        /// The standing committee of the base organisation (ban thường vụ đảng ủy cơ sở).
        BaseStanding = "base-standing-committee", "members-body-base-standing";
        /// The standing committee directly above the base organisation (ban thường vụ cấp ủy cấp trên trực tiếp).
        Upper = "upper-standing-committee", "members-body-upper";
        /// The standing committee of the district, until 30 June 2025 (ban thường vụ quận ủy, huyện ủy).
        District = "district-standing-committee", "members-body-district";
        /// Standing members and those of the city's standing committee who head boards, for what stands directly under the
        /// city (thường trực và ủy viên ban thường vụ là trưởng ban).
        City = "city-standing", "members-body-city";
    }
}

impl Body {
    /// How high it stands; two on one step are one level in different statutes.
    pub const fn height(self) -> u8 {
        match self {
            Self::BaseCommittee => 0,
            Self::BaseStanding => 1,
            Self::Upper | Self::District => 2,
            Self::City => 3,
        }
    }
}

/// Where the base organisation of a branch stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// It is a base branch: no committee of a base organisation lies between.
    pub base_branch: bool,
    /// It stands directly under the city.
    pub under_city: bool,
}

/// Who decides on removal under the statute of a day (MEM-20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deciding {
    named: Body,
    city: Option<Body>,
}

impl Deciding {
    /// Of the rules of a day.
    ///
    /// # Errors
    /// A fault when the rulebook names a body nobody knows.
    pub fn of(rules: RuleSet<'_>) -> Result<Self, Problem> {
        let rule = rules.require("MEM-20")?;
        let body = |code: &str| Body::from_code(code).ok_or_else(|| Problem::fault(format!("a deciding body {code}")));
        let city = match rule.text("directly_under_city") {
            Ok(code) => Some(body(code)?),
            Err(_) => None,
        };
        Ok(Self { named: body(rule.text("decider")?)?, city })
    }

    /// Whether the base organisation's own standing committee decides.
    pub fn at_base(self) -> bool {
        self.named == Body::BaseStanding
    }

    /// The body that decides on removal in a setting. A base branch has no standing committee of its own: the committee
    /// directly above it decides.
    pub fn body(self, setting: Setting) -> Body {
        match (self.named, self.city) {
            (Body::BaseStanding, _) if setting.base_branch => Body::Upper,
            (Body::BaseStanding, _) => Body::BaseStanding,
            (_, Some(city)) if setting.under_city => city,
            (named, _) => named,
        }
    }
}

#[cfg(test)]
mod tests {
    use chibo_kernel::Day;
    use chibo_kernel::rulebook::Rulebook;

    use super::*;

    fn body(day: &str, base_branch: bool, under_city: bool) -> Body {
        let day = Day::from_iso(day).expect("a day");
        let rules = Rulebook::built_in().expect("a rulebook").on(day);
        Deciding::of(rules).expect("who decides").body(Setting { base_branch, under_city })
    }

    #[test]
    fn mem_20_exi_11_who_decides_on_removal_follows_statute_and_setting() {
        assert_eq!(body("2024-05-01", false, false), Body::District);
        assert_eq!(body("2025-09-01", false, false), Body::Upper);
        assert_eq!(body("2025-09-01", false, true), Body::City, "directly under the city");
        assert_eq!(body("2025-09-01", true, true), Body::City);
        assert_eq!(body("2026-07-25", false, true), Body::City);
        assert_eq!(body("2026-07-26", false, true), Body::BaseStanding, "208");
        assert_eq!(body("2026-07-26", true, true), Body::Upper, "a base branch has no standing committee");
    }

    #[test]
    fn exi_12_a_complaint_goes_up_so_bodies_have_heights() {
        let heights = [Body::BaseCommittee, Body::BaseStanding, Body::Upper, Body::City].map(Body::height);
        assert!(heights.windows(2).all(|two| two[0] < two[1]));
        assert_eq!(Body::District.height(), Body::Upper.height());
    }
}
