//! What is done for transfers.

mod carried;
mod case;
mod checks;
mod contacts;
mod request;
mod stays;
mod step;

use chibo_census::Census;
use chibo_kernel::{AsOf, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_store::{Entry, Op, Tx};
use serde_json::json;

use crate::store;

pub use carried::{carried_of, carry};
pub use case::{Case, Detail, course};
pub(crate) use case::{seal, stay, step, turn};
pub use checks::check_notices;
pub use contacts::{NewRemark, end_contact, introduce, remark};
pub use request::{Arrival, Who, receive, request, request_all};
pub use stays::turn as take_turn;
pub use step::take;

fn record(op: &mut Op<'_, '_>, person: Id<Person>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    let stream = *person.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

/// Whether transfers of a member are held (TRF-05).
///
/// # Errors
/// Problems of the database.
pub fn held(tx: &mut Tx<'_>, person: Id<Person>) -> Result<bool, Problem> {
    Ok(store::holds_of(tx, person)?.last().is_some_and(|row| row.raised == 1))
}

/// Raises or lifts a hold on transfers of a member (TRF-05), for the capability that inspects or answers a complaint. It
/// says neither why nor who complained, and neither does anything that is shown.
///
/// # Errors
/// Absent when the member is out of reach.
pub fn hold(op: &mut Op<'_, '_>, person: Id<Person>, raised: bool) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    let rows = store::holds_of(op.tx(), person)?;
    if rows.last().is_some_and(|row| row.raised == 1) == raised {
        return Ok(());
    }
    let seq = rows.last().map_or(0, |row| row.seq) + 1;
    let (today, now, by) = (op.today(), op.now(), op.viewer().name.clone());
    store::insert_hold(op.tx(), person, seq, u8::from(raised), today, now, &by)?;
    record(op, person, unit, "transfer-hold", &json!({ "raised": raised }));
    Ok(())
}

/// Units from the root down to one, today; empty for one that does not stand.
fn path(op: &Op<'_, '_>, unit: Id<Unit>) -> Result<Vec<Id<Unit>>, Problem> {
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let (forest, today) = (census.forest(), op.today());
    let tree = forest.tree(AsOf::on(today));
    let Some(place) = forest.no(unit).and_then(|no| tree.place_of(no)) else { return Ok(Vec::new()) };
    Ok(tree.path(place).into_iter().filter_map(|up| forest.id(tree.unit(up)?)).collect())
}

fn issue(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}
