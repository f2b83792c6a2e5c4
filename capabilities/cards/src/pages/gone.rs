//! Whoever left the Party or died, where he belonged last: his posting has ended, so that no question to the columns by place finds
//! him (EXI-15).

use std::ops::Range;

use chibo_kernel::{Day, Id, Permission, Person, Problem};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_web::Visit;

/// Somebody who left or died, with the place of his last branch in today's tree.
pub(crate) struct Gone {
    pub person: Id<Person>,
    /// As what he ceased to be a member: left or deceased.
    pub standing: Standing,
    pub name: String,
    pub place: u32,
}

/// Everybody who left or died and did not come back, by place and name; as far as the viewer holds a permission there, or
/// everywhere.
pub(crate) fn gone(visit: &Visit<'_>, needs: Option<Permission>) -> Result<Vec<Gone>, Problem> {
    let (units, today) = (UnitsToday::of(visit), visit.today());
    let known = visit.house.db.now();
    let left = visit.read(|tx| chibo_members::left_between(tx, known, Day::PARTY_FOUNDED, today.plus_days(1)))?;
    let view = visit.house.census.view(today);
    let sees = |place: u32| needs.is_none_or(|needs| visit.who().system || visit.who().may_at(needs, place));
    let mut found: Vec<Gone> = Vec::new();
    for one in &left {
        let Some(brief) = view.no(one.person).and_then(|no| view.person(no)) else { continue };
        let now = brief.today.and_then(|(_, codes)| Standing::from_number(codes.standing));
        if now.is_some_and(Standing::counts_as_member) {
            continue;
        }
        let home = brief.today.map(|(unit, _)| unit).or(brief.home).and_then(|unit| view.forest().id(unit));
        let place = home.and_then(|home| units.place(home)).filter(|place| sees(*place));
        found.extend(place.map(|place| Gone { person: one.person, standing: one.standing, name: brief.name, place }));
    }
    found.sort_by(|one, other| (one.place, &one.name, one.person).cmp(&(other.place, &other.name, other.person)));
    found.dedup_by_key(|one| one.person);
    Ok(found)
}

/// How many of those who left lie in a range and fit.
pub(super) fn many(gone: &[Gone], range: &Range<u32>, fits: impl Fn(Id<Person>) -> bool) -> u64 {
    let here = gone.iter().filter(|one| one.standing == Standing::Left && range.contains(&one.place));
    here.filter(|one| fits(one.person)).count() as u64
}
