//! Who sits where as numbers, and what is vacant (khuyết) against the fixed numbers.

use chibo_organisation::kinds::{Kind, Role};
use chibo_organisation::rules::alarms::Seats;

use super::{Fixed, has_standing, in_committee};

/// The seats held in a unit on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// The committee; everybody once, in the highest office.
    pub seats: Seats,
    /// The inspection committee, its chair included; everybody once.
    pub inspection: u32,
}

impl Holding {
    /// One person more, with all the offices held, the highest first.
    pub fn add(&mut self, roles: &[Role]) {
        if let Some(role) = roles.iter().copied().find(|role| in_committee(*role)) {
            self.seats.add(role, 1);
        }
        if roles.iter().any(|role| !in_committee(*role)) {
            self.inspection += 1;
        }
    }

    /// Nobody holds anything.
    pub fn is_empty(&self) -> bool {
        self.seats.committee() == 0 && self.inspection == 0
    }
}

/// What can be vacant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Post {
    /// The secretary.
    Secretary,
    /// Deputies.
    Deputies,
    /// Members of the standing committee.
    Standing,
    /// Members of the committee.
    Committee,
    /// Members of the inspection committee.
    Inspection,
}

impl Post {
    /// All, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Secretary, Self::Deputies, Self::Standing, Self::Committee, Self::Inspection];

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Secretary => "committees-post-secretary",
            Self::Deputies => "committees-post-deputies",
            Self::Standing => "committees-post-standing",
            Self::Committee => "committees-post-committee",
            Self::Inspection => "committees-post-inspection",
        }
    }

    /// How many were fixed.
    pub const fn fixed(self, fixed: Fixed) -> u32 {
        match self {
            Self::Secretary => 1,
            Self::Deputies => fixed.deputies,
            Self::Standing => fixed.standing,
            Self::Committee => fixed.committee,
            Self::Inspection => fixed.inspection,
        }
    }

    /// How many are held.
    pub const fn held(self, holding: Holding) -> u32 {
        let seats = holding.seats;
        match self {
            Self::Secretary => seats.secretaries,
            Self::Deputies => seats.deputies,
            Self::Standing => seats.standing_committee(),
            Self::Committee => seats.committee(),
            Self::Inspection => holding.inspection,
        }
    }
}

/// How many are missing of each post, in the order of [`Post::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vacant([u32; 5]);

impl Vacant {
    /// What is missing.
    pub fn posts(&self) -> impl Iterator<Item = (Post, u32)> + '_ {
        Post::ALL.into_iter().zip(self.0).filter(|(_, count)| *count > 0)
    }

    /// How many are missing of a post.
    pub fn of(&self, post: Post) -> u32 {
        self.posts().find(|(other, _)| *other == post).map_or(0, |(_, count)| count)
    }

    /// Something is missing.
    pub fn any(&self) -> bool {
        self.0.iter().any(|count| *count > 0)
    }
}

/// What is vacant in a unit. A standing committee nobody sits in yet is missing whole.
pub fn vacant(kind: Kind, fixed: Fixed, holding: Holding) -> Vacant {
    let applies = |post: Post| match post {
        Post::Secretary | Post::Deputies | Post::Committee => true,
        Post::Standing | Post::Inspection => has_standing(kind),
    };
    Vacant(Post::ALL.map(|post| {
        let missing = post.fixed(fixed).saturating_sub(post.held(holding));
        if applies(post) { missing } else { 0 }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn everybody_counts_once_in_the_committee_and_once_in_the_inspection_committee() {
        let mut holding = Holding::default();
        holding.add(&[Role::Secretary, Role::BranchCommitteeMember]);
        holding.add(&[Role::StandingMember, Role::InspectionChair]);
        holding.add(&[Role::InspectionMember]);
        assert_eq!(holding.seats.committee(), 2);
        assert_eq!((holding.seats.secretaries, holding.seats.members, holding.inspection), (1, 0, 2));
        assert!(!holding.is_empty());
    }

    #[test]
    fn what_is_missing_against_the_fixed_numbers_is_vacant() {
        let fixed = Fixed { committee: 9, standing: 3, deputies: 1, inspection: 3 };
        let seats = Seats { secretaries: 1, deputies: 0, standing: 1, members: 5 };
        let found = vacant(Kind::Base, fixed, Holding { seats, inspection: 3 });
        let found: Vec<_> = found.posts().collect();
        assert_eq!(found, [(Post::Deputies, 1), (Post::Standing, 1), (Post::Committee, 2)]);
        let small = Fixed { deputies: 1, ..Fixed::default() };
        let found = vacant(Kind::Branch, small, Holding::default());
        assert_eq!((found.of(Post::Secretary), found.of(Post::Deputies), found.of(Post::Committee)), (1, 1, 0));
    }

    proptest! {
        #[test]
        fn one_more_holder_never_makes_more_vacant(
            committee in 0..40u32, standing in 0..15u32, deputies in 0..4u32,
            held in proptest::collection::vec(0..9usize, 0..40), more in 0..9usize,
        ) {
            let fixed = Fixed { committee, standing, deputies, inspection: 5 };
            let mut holding = Holding::default();
            held.iter().for_each(|role| holding.add(&[Role::ALL[*role]]));
            let before = vacant(Kind::Base, fixed, holding);
            holding.add(&[Role::ALL[more]]);
            let after = vacant(Kind::Base, fixed, holding);
            for post in Post::ALL {
                prop_assert!(after.of(post) <= before.of(post));
            }
        }
    }
}
