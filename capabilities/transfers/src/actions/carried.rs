//! The list of what a member carries (TRF-04).

use chibo_kernel::{Id, Permission, Problem, Said};
use chibo_store::Op;
use serde_json::json;

use super::{Case, record};
use crate::rules::{Carried, Item, Kind, Transfer, check_carried};
use crate::store::{self, CarriedRow};

/// As stored.
pub fn carried_of(row: &CarriedRow) -> Carried {
    let flags = [
        (row.with_sheet, Item::Sheet),
        (row.with_card, Item::Card),
        (row.with_dossier, Item::Dossier),
        (row.index_confirmed, Item::Index),
        (row.with_review, Item::Review),
        (row.with_notices, Item::Notices),
    ];
    let items = flags.into_iter().filter(|(flag, _)| *flag == 1).map(|(_, item)| item).collect();
    Carried { items, fee_through: row.fee_through }
}

/// Writes down what is carried; every version is kept. The sender's branch writes it; of somebody from outside the branch
/// that opens his papers.
///
/// # Errors
/// Every reason at once; a conflict when somebody else wrote it in between; absent for whoever may not.
pub fn carry(op: &mut Op<'_, '_>, id: Id<Transfer>, carried: &Carried, seen: u32) -> Result<(), Problem> {
    let case = Case::load(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let boxes = &case.course.boxes;
    let own = if case.detail.kind == Kind::Incoming { boxes.last() } else { boxes.first() };
    let unit = own.map(|seal| seal.unit).ok_or_else(|| Problem::fault("no boxes"))?;
    op.permit(Permission::EditMembers, unit)?;
    let seq = store::carried(op.tx(), id)?.map_or(0, |row| row.seq);
    if seq != seen {
        return Err(Problem::Conflict(Said::new("transfers-changed-since")));
    }
    if !case.course.state().open() {
        return Err(Problem::refuse(Said::new("transfers-step-not-now")));
    }
    let issues = check_carried(carried, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let flag = |item| u8::from(carried.has(item));
    let [sheet, card, dossier] = [Item::Sheet, Item::Card, Item::Dossier].map(flag);
    let [index, review, notices] = [Item::Index, Item::Review, Item::Notices].map(flag);
    let (fee, now, by) = (carried.fee_through, op.now(), op.viewer().name.clone());
    store::insert_carried(op.tx(), id, seq + 1, sheet, card, dossier, index, review, notices, fee, now, &by)?;
    let items: Vec<_> = carried.items.iter().map(|item| item.code()).collect();
    let detail = json!({ "items": items, "fee-through": fee.map(|month| month.iso()) });
    record(op, case.row.person_id, unit, "transfer-carried", &detail);
    Ok(())
}
