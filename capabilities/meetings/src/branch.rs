//! A branch with its members, as the columns know them.

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Person, Unit};
use chibo_members::codes::Standing;
use chibo_members::dims::member_standings;

use crate::rules::Presence;

/// Members of a branch at most; far more than any has.
const MOST: usize = 5_000;

/// A member of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: Id<Person>,
    /// Name.
    pub name: String,
    /// Standing today; nothing for somebody who has left the register since.
    pub standing: Option<Standing>,
}

impl Member {
    /// Exempted from work and meetings: counts only when he is there.
    pub fn is_exempted(&self) -> bool {
        self.standing == Some(Standing::Exempted)
    }

    /// Where he is when nobody says otherwise: everybody is present but those the register knows to be free or barred.
    pub fn usual(&self) -> Presence {
        match self.standing {
            Some(Standing::Exempted) => Presence::Exempt,
            Some(Standing::Suspended) => Presence::Barred,
            _ => Presence::Present,
        }
    }
}

/// The members of a branch on a day, by name; later days are today.
pub fn members(census: &Census, unit: Id<Unit>, on: Day, today: Day) -> Vec<Member> {
    let view = census.view(today);
    let Some(no) = view.forest().no(unit) else { return Vec::new() };
    let at = AsOf::on(on.min(today));
    let query = Query { members: Some(member_standings()), scope: Scope::Unit(no), ..Query::at(at) };
    let member = |no: &u32| {
        let brief = view.person(*no)?;
        let standing = brief.today.and_then(|(_, codes)| Standing::from_number(codes.standing));
        Some(Member { id: brief.id, name: brief.name, standing })
    };
    view.list(&query, ListOrder::Name, None, MOST).iter().filter_map(member).collect()
}
