//! Cards of nearly all official members, some lost, some on their way; blocks of dossier numbers; a few books of dossiers.

use std::collections::HashMap;

use chibo_cards::actions::{self, Loaded, NewBlock, NewHandover};
use chibo_cards::rules::{Block, Check, Deed, Loan, Model, Step};
use chibo_census::cube::ListOrder;
use chibo_census::{Census, Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_members::dims::{member_standings, official_standings};
use chibo_organisation::kinds::Kind;
use chibo_store::Op;

use super::TODAY;
use super::seed::Seed;

const FAMILY: u64 = 62;
/// The first day of the new model: 2 September 2025.
const NEW_MODEL: Day = Day::from_number(20_333);
/// Cards on their way, cards lost or damaged.
const UNDER_WAY: usize = 420;
const LOST: usize = 60;
/// Keepers with books.
const KEEPERS: usize = 40;
/// The greatest dossier number.
const TOP: u32 = 999_999;
/// Steps of a card on its way up with numbers of their papers.
const WAY: [(Step, &str); 6] = [
    (Step::Listed, ""),
    (Step::Submitted, ""),
    (Step::Decided, "118-QĐ/ĐU"),
    (Step::Sent, "DS-11/2026"),
    (Step::Approved, "47-TB/BTCTU"),
    (Step::Printed, ""),
];

/// An official member with where he is at home.
#[derive(Clone, Copy)]
struct Official {
    person: Id<Person>,
    home: Id<Unit>,
    since: Day,
}

/// All official members in the order of their ids.
fn officials(census: &Census) -> Vec<Official> {
    let view = census.view(TODAY);
    let query = Query { members: Some(official_standings()), ..Query::at(AsOf::on(TODAY)) };
    let official = |no| {
        let brief = view.person(no)?;
        let home = view.forest().id(brief.today?.0)?;
        let since = brief.official.or(brief.admitted).unwrap_or(Day::PARTY_FOUNDED);
        Some(Official { person: brief.id, home, since })
    };
    let all = view.list(&query, ListOrder::Place, None, u32::MAX as usize);
    let mut all: Vec<Official> = all.into_iter().filter_map(official).collect();
    all.sort_unstable_by_key(|one| one.person);
    all
}

/// The card of a member; whoever was recognised lately has none yet.
fn card(one: Official, index: u32) -> Option<Loaded> {
    let mut seed = Seed::of(FAMILY, u64::from(index));
    if one.since > TODAY.plus_days(-75) || seed.chance(12) {
        return None;
    }
    let handed = one.since.plus_days(seed.between(31, 60));
    let exchanged = handed < NEW_MODEL && seed.chance(270);
    let since = if exchanged { NEW_MODEL.plus_days(seed.between(10, 380)) } else { handed };
    let model = if since >= NEW_MODEL { Model::New } else { Model::Old };
    // Half of the branches have checked this autumn, the others checked last year.
    let checked = if one.home.bytes()[3] & 1 == 0 { TODAY.plus_days(-20) } else { TODAY.plus_days(-370) };
    Some(Loaded { person: one.person, model, old_number: 12_000_000 + index * 7, since, checked: checked.max(since) })
}

/// Writes them.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let Some(census) = op.beside::<Census>() else { return Ok(()) };
    let all = officials(&census);
    let cards: Vec<Loaded> = (0u32..).zip(&all).filter_map(|(index, one)| card(*one, index)).collect();
    actions::load_cards(op, &cards)?;
    lost(op, &cards)?;
    under_way(op, &all, &cards)?;
    blocks(op, &census)?;
    books(op, &census, &all)
}

fn lost(op: &mut Op<'_, '_>, cards: &[Loaded]) -> Result<(), Problem> {
    for (index, card) in (0u64..).zip(cards.iter().step_by((cards.len() / LOST).max(1)).take(LOST)) {
        let mut seed = Seed::of(FAMILY + 1, index);
        let step = if seed.chance(700) { Step::Lost } else { Step::Damaged };
        let on = TODAY.plus_days(-seed.between(0, 15)).max(card.since).max(card.checked);
        let note = "Thất lạc khi chuyển nhà; đã tự kiểm điểm trước chi bộ".to_owned();
        actions::take(op, &[card.person], &Deed { note, ..Deed::plain(step, on) })?;
    }
    Ok(())
}

/// Those without a card that somebody has begun to ask for, at every level.
fn under_way(op: &mut Op<'_, '_>, all: &[Official], cards: &[Loaded]) -> Result<(), Problem> {
    let has = |one: &&Official| cards.binary_search_by_key(&one.person, |card| card.person).is_err();
    let without: Vec<&Official> = all.iter().filter(has).collect();
    let some = without.iter().step_by((without.len() / UNDER_WAY).max(1)).take(UNDER_WAY);
    for (index, one) in (0u64..).zip(some) {
        let mut seed = Seed::of(FAMILY + 2, index);
        let steps = 1 + seed.below(6) as usize;
        for (at, (step, number)) in (0i32..).zip(WAY.iter().take(steps)) {
            let on = TODAY.plus_days(at * 6 - 40);
            let deed = Deed { number: (*number).to_owned(), ..Deed::plain(*step, on) };
            match actions::take(op, &[one.person], &deed) {
                // Somebody whose record lacks the identification number waits until it is mended.
                Err(Problem::Refused(_)) => break,
                done => done.map(drop)?,
            }
        }
    }
    Ok(())
}

/// Blocks behind the numbers that are in dossiers already, to organisations directly under the city.
fn blocks(op: &mut Op<'_, '_>, census: &Census) -> Result<(), Problem> {
    let mut uppers: Vec<(Id<Unit>, u32)> = Vec::new();
    let all = {
        let view = census.view(TODAY);
        let (forest, tree) = (view.forest(), view.places().tree());
        let city = (0..tree.len()).find(|place| tree.kind(*place) == Kind::City.number());
        let members = |scope| {
            let query = Query { members: Some(member_standings()), scope, ..Query::at(AsOf::on(TODAY)) };
            u32::try_from(view.count(&query)).unwrap_or(u32::MAX)
        };
        let past = Kind::History.number();
        for place in city.into_iter().flat_map(|city| tree.children(city)).filter(|place| tree.kind(*place) != past) {
            let Some(no) = tree.unit(place) else { continue };
            uppers.extend(forest.id(no).map(|unit| (unit, members(Scope::Unit(no)))));
        }
        members(Scope::Everywhere)
    };
    let mut first = (all / 1_000).saturating_add(1).saturating_mul(1_000).saturating_add(1);
    for (at, (unit, members)) in uppers.into_iter().filter(|(_, members)| *members > 0).enumerate() {
        let last = first.saturating_add(members.saturating_mul(2));
        if last > TOP {
            break;
        }
        let block = Block { first, last, letters: "HCM".to_owned() };
        let on = TODAY.plus_days(-200);
        actions::allot(op, &NewBlock { unit, block, on, number: "86-CV/BTCTU".to_owned() })?;
        if at % 3 == 0 {
            actions::report(op, unit, TODAY.year())?;
        }
        first = last + 1;
    }
    Ok(())
}

/// Checks, loans and hand-overs of some base organisations.
fn books(op: &mut Op<'_, '_>, census: &Census, all: &[Official]) -> Result<(), Problem> {
    let at_home: HashMap<Id<Unit>, Id<Person>> = all.iter().map(|one| (one.home, one.person)).collect();
    let keepers: Vec<(Id<Unit>, u32, Option<Id<Person>>)> = {
        let view = census.view(TODAY);
        let (forest, tree) = (view.forest(), view.places().tree());
        let id = |place: u32| tree.unit(place).and_then(|no| forest.id(no));
        let base = |place: &u32| Kind::from_number(tree.kind(*place)).is_some_and(Kind::is_base_organisation);
        let bases: Vec<u32> = (0..tree.len()).filter(base).collect();
        let keeper = |place: &u32| {
            let query = Query {
                members: Some(official_standings()),
                scope: Scope::Unit(tree.unit(*place)?),
                ..Query::at(AsOf::on(TODAY))
            };
            // The branch of whoever's dossier is lent stands directly under its keeper.
            let branch = tree.children(*place).filter_map(id).find_map(|unit| at_home.get(&unit)).copied();
            Some((id(*place)?, u32::try_from(view.count(&query)).ok()?, branch))
        };
        bases.iter().step_by((bases.len() / KEEPERS).max(1)).take(KEEPERS).filter_map(keeper).collect()
    };
    for (index, (keeper, listed, person)) in (0u64..).zip(keepers) {
        let mut seed = Seed::of(FAMILY + 3, index);
        let missing = if seed.chance(300) {
            vec!["Nguyễn Văn Long – hồ sơ chưa chuyển về".to_owned()]
        } else {
            vec![]
        };
        let found = listed.saturating_sub(u32::try_from(missing.len()).unwrap_or(0));
        let missing = if found == listed { Vec::new() } else { missing };
        let on = TODAY.plus_days(-seed.between(20, 260));
        actions::check_list(op, keeper, &Check { on, listed, found, missing, surplus: Vec::new() })?;
        if seed.chance(250) {
            let (giver, taker) = ("Lê Thị Hoa".to_owned(), "Trần Thanh Mai".to_owned());
            let (minutes, note) = ("3-BB/ĐU".to_owned(), String::new());
            let new = NewHandover { on: on.plus_days(5), giver, taker, dossiers: listed, minutes, note };
            actions::hand_over(op, keeper, &new)?;
        }
        let Some(person) = person.filter(|_| seed.chance(700)) else { continue };
        let out = TODAY.plus_days(-seed.between(0, 12));
        let borrower = "Phạm Minh Đức, cán bộ Ủy ban Kiểm tra".to_owned();
        let (purpose, consent) = ("Thẩm tra lý lịch".to_owned(), format!("{}-CV/ĐU", seed.between(2, 80)));
        actions::lend(op, &Loan { person, borrower, purpose, consent, out, due: out.plus_days(1) })?;
        if seed.chance(500) {
            actions::give_back(op, (person, 1), out.plus_days(1).min(TODAY), "Đủ tờ, nguyên trạng")?;
        }
    }
    Ok(())
}
