//! Transfers of members that are under way, at every box; some papers are late.

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Codes, Query};
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_store::Op;
use chibo_transfers::actions::{request, take};
use chibo_transfers::rules::{Deed, Request, Step};

use super::TODAY;
use super::seed::Seed;

const FAMILY: u64 = 61;
/// Transfers under way.
const MOVES: usize = 240;
/// Most members looked at.
const LOOKED_AT: usize = 300_000;
/// Why people move.
const REASONS: [&str; 3] = ["Chuyển công tác", "Nghỉ hưu, về sinh hoạt nơi cư trú", "Thay đổi nơi cư trú"];

/// Members far apart in the tree, with the branch of the member after the next as where they go.
fn movers(op: &Op<'_, '_>) -> Vec<(Id<Person>, Id<Unit>)> {
    let Some(census) = op.beside::<Census>() else { return Vec::new() };
    let view = census.view(TODAY);
    let query =
        Query { members: Some(Codes::of(&[u32::from(Standing::Official.number())])), ..Query::at(AsOf::on(TODAY)) };
    let all = view.list(&query, ListOrder::Place, None, LOOKED_AT);
    let spread = all.len() / MOVES;
    let member = |no: &_| {
        let brief = view.person(*no)?;
        Some((brief.id, view.forest().id(brief.today?.0)?))
    };
    let some: Vec<(Id<Person>, Id<Unit>)> = all.iter().step_by(spread.max(1)).filter_map(member).collect();
    let to = some.iter().cycle().skip(2).map(|(_, unit)| *unit);
    some.iter()
        .zip(to)
        .filter(|((_, from), to)| from != to)
        .map(|((person, _), to)| (*person, to))
        .take(MOVES)
        .collect()
}

/// Writes them.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    for (index, (person, to)) in movers(op).into_iter().enumerate() {
        let mut seed = Seed::of(FAMILY, index as u64);
        let began = TODAY.plus_days(-seed.between(5, 130));
        let reason = REASONS[seed.below(3) as usize].to_owned();
        let id = request(op, &Request { person, to, cause: began.plus_days(-seed.between(3, 30)), reason })?;
        let signatures = seed.below(8);
        let mut on = began;
        for after in 0..signatures {
            let number = if after == 0 { format!("{}-GGT", seed.between(1, 90)) } else { String::new() };
            // Late papers came with an explanation.
            let deed = Deed { step: Step::Signed, after, on, number, note: "Đủ hồ sơ".to_owned() };
            if !take(op, id, &deed)?.open() {
                break;
            }
            on = Day::min(on.plus_days(seed.between(1, 9)), TODAY);
        }
    }
    Ok(())
}
