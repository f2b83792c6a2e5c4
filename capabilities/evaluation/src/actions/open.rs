//! A campaign is opened on a subtree: everybody and every organisation in it becomes a subject, or is listed with the reason
//! why not (EVAL-01, EVAL-02).

use std::collections::HashMap;

use chibo_census::cube::ListOrder;
use chibo_census::{Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::dims::member_standings;
use chibo_organisation::holders_on;
use chibo_organisation::kinds::{Kind, Role};
use chibo_store::{Op, Param, Value};
use serde_json::json;

use super::{census, issue, record};
use crate::rules::{Campaign, CampaignKind, Exclusion, Post, Sort, State, Subject, Terms};
use crate::store;

/// A campaign to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCampaign {
    /// Whose subtree.
    pub unit: Id<Unit>,
    /// Kind.
    pub kind: CampaignKind,
    /// Year.
    pub year: i32,
    /// Quarter, 1–4; nought for other kinds.
    pub quarter: u8,
    /// First day; its rules hold.
    pub opens_on: Day,
    /// Self-reviews are in by.
    pub self_by: Day,
    /// Classes are decided by.
    pub decide_by: Day,
    /// Number of the plan.
    pub number: String,
}

/// A subject to be written.
struct New {
    unit: Id<Unit>,
    person: Option<Id<Person>>,
    sort: Sort,
    post: Post,
    decider: Id<Unit>,
    excluded: Option<Exclusion>,
}

fn check(op: &Op<'_, '_>, new: &NewCampaign, terms: &Terms) -> Result<(), Problem> {
    let mut issues = Vec::new();
    if new.year < 2018 || new.year > op.today().year() + 1 {
        issues.push(issue("year", None, "evaluation-year-wrong"));
    }
    if !terms.kinds.contains(&new.kind) {
        issues.push(issue("kind", Some("EVAL-01"), "evaluation-kind-not-then"));
    }
    if (new.kind == CampaignKind::Quarter) != (1..=4).contains(&new.quarter) {
        issues.push(issue("quarter", Some("EVAL-01"), "evaluation-quarter-wrong"));
    }
    if new.self_by < new.opens_on || new.decide_by < new.self_by {
        issues.push(issue("self", None, "evaluation-days-wrong"));
    }
    let late = terms.decide_by(new.year).is_some_and(|by| new.decide_by > by);
    if new.kind == CampaignKind::Year && late {
        issues.push(issue("decide", Some("EVAL-06"), "evaluation-decide-late"));
    }
    if new.number.is_empty() {
        issues.push(issue("number", None, "evaluation-number-needed"));
    }
    if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
}

/// One campaign of a period for every unit (EVAL-01).
fn once(op: &mut Op<'_, '_>, new: &NewCampaign) -> Result<(), Problem> {
    let places = op.as_of_today();
    let tree = census(op)?.forest().tree(places);
    let forest = census(op)?.forest();
    let place = |unit: Id<Unit>| forest.no(unit).and_then(|no| tree.place_of(no));
    for row in store::campaigns(op.tx())? {
        let same = (row.kind.as_str(), row.year, row.quarter)
            == (new.kind.code(), i64::from(new.year), i64::from(new.quarter));
        let (Some(one), Some(other)) = (place(row.unit_id), place(new.unit)) else { continue };
        let nested = (one..tree.end(one)).contains(&other) || (other..tree.end(other)).contains(&one);
        if same && nested && new.kind != CampaignKind::WhenNeeded {
            return Err(Problem::Refused(vec![issue("unit", Some("EVAL-01"), "evaluation-campaign-twice")]));
        }
    }
    Ok(())
}

/// Opens a campaign; gives its id.
///
/// # Errors
/// Every reason at once; absent when the unit is out of reach.
pub fn open(op: &mut Op<'_, '_>, new: &NewCampaign) -> Result<Id<Campaign>, Problem> {
    op.permit(Permission::EditMembers, new.unit)?;
    let terms = Terms::on(new.opens_on)?;
    check(op, new, &terms)?;
    once(op, new)?;
    let subjects = subjects(op, new, &terms)?;
    let (id, now, by) = (op.fresh(), op.now(), op.viewer().name.clone());
    let (year, quarter) = (i64::from(new.year), i64::from(new.quarter));
    store::insert_campaign(
        op.tx(),
        id,
        new.unit,
        new.kind.code(),
        year,
        quarter,
        new.opens_on,
        new.opens_on,
        new.self_by,
        new.decide_by,
        &new.number,
        Day::FOREVER,
        now,
        &by,
    )?;
    let fresh: Vec<Id<Subject>> = subjects.iter().map(|_| op.fresh()).collect();
    let (none, forever) = (Value::Text(""), Day::FOREVER);
    let rows = subjects.iter().zip(&fresh).map(|(subject, fresh)| {
        [
            subject.unit.value(),
            fresh.value(),
            id.value(),
            subject.person.value(),
            Value::Text(subject.sort.code()),
            Value::Text(subject.post.code()),
            subject.decider.value(),
            Value::Text(subject.excluded.map_or("", Exclusion::code)),
            Value::Text(State::Draft.code()),
            Value::Int(-1),
            Value::Int(-1),
            none,
            none,
            none,
            none,
            Value::Int(0),
            forever.value(),
            none,
            none,
        ]
    });
    store::bulk_subjects(op.tx(), rows)?;
    let detail = json!({ "kind": new.kind.code(), "year": year, "subjects": subjects.len(), "number": new.number });
    record(op, new.unit, "evaluate-opened", &detail);
    Ok(id)
}

/// Where somebody leads, and as what.
type Posts = HashMap<Id<Person>, (Id<Unit>, Post)>;

/// Posts of today's secretaries and deputies, by person and unit.
fn posts(op: &mut Op<'_, '_>) -> Result<Posts, Problem> {
    let at = op.as_of_today();
    let mut posts = Posts::new();
    holders_on(op.tx(), at, |unit, person, role| {
        let post = match role {
            Role::Secretary => Post::Head,
            Role::StandingDeputy | Role::Deputy => Post::Deputy,
            _ => return Ok(()),
        };
        let entry = posts.entry(person).or_insert((unit, post));
        if post == Post::Head {
            *entry = (unit, post);
        }
        Ok(())
    })?;
    Ok(posts)
}

fn subjects(op: &mut Op<'_, '_>, new: &NewCampaign, terms: &Terms) -> Result<Vec<New>, Problem> {
    let posts = posts(op)?;
    let (census, today) = (census(op)?, op.today());
    let view = census.view(today);
    let forest = view.forest();
    let tree = forest.tree(AsOf::on(today));
    let top = forest.no(new.unit).and_then(|no| tree.place_of(no)).ok_or(Problem::NotFound)?;
    let kind = |place: u32| Kind::from_number(tree.kind(place));
    let unit_at = |place: u32| tree.unit(place).and_then(|no| forest.id(no));
    // Members and branches are decided by the base organisation, others by what stands above (EVAL-31).
    let decider = |place: u32, own: bool| {
        let mut up = if own { Some(place) } else { tree.parent(place) };
        while let Some(at) = up {
            if kind(at).is_some_and(|kind| kind.is_base_organisation() || !kind.holds_members()) {
                break;
            }
            up = tree.parent(at);
        }
        up.and_then(unit_at)
    };
    let mut all = Vec::new();
    for place in top..tree.end(top) {
        let Some((unit, kind)) = unit_at(place).zip(kind(place)) else { continue };
        if kind == Kind::History {
            continue;
        }
        let sort = if kind.holds_members() { Sort::Branch } else { Sort::Collective };
        if let Some(decider) = decider(place, false) {
            all.push(New { unit, person: None, sort, post: Post::None, decider, excluded: None });
        }
    }
    let scope = forest.no(new.unit).map(Scope::Unit).ok_or(Problem::NotFound)?;
    let query = Query { scope, members: Some(member_standings()), ..Query::at(AsOf::on(today)) };
    let most = usize::try_from(view.count(&query)).map_err(Problem::fault)?;
    for no in view.list(&query, ListOrder::Place, None, most) {
        let Some(brief) = view.person(no) else { continue };
        let Some((home, codes)) = brief.today else { continue };
        let Some((unit, place)) = forest.id(home).zip(tree.place_of(home)) else { continue };
        let post = posts.get(&brief.id).map(|(_, post)| *post).unwrap_or_default();
        let led = posts.get(&brief.id).and_then(|(unit, _)| forest.no(*unit)).and_then(|no| tree.place_of(no));
        let Some(decider) = decider(led.unwrap_or(place), led.is_none()).or_else(|| decider(place, true)) else {
            continue;
        };
        let sort = if post == Post::None { Sort::Member } else { Sort::Leader };
        let excluded = match Standing::from_number(codes.standing) {
            Some(Standing::Exempted) => Some(Exclusion::Exempted),
            Some(Standing::Suspended) => Some(Exclusion::Suspended),
            Some(Standing::Interrupted) => Some(Exclusion::Interrupted),
            _ if brief.admitted.is_some_and(|day| !terms.long_enough(day, new.decide_by)) => Some(Exclusion::New),
            _ => None,
        };
        all.push(New { unit, person: Some(brief.id), sort, post, decider, excluded });
    }
    Ok(all)
}
