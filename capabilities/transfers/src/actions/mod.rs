//! What is done for transfers.

mod carried;
mod case;
mod checks;
mod contacts;
mod request;
mod stays;
mod step;

use chibo_census::Census;
use chibo_kernel::{AsOf, Id, Issue, Person, Problem, Said, Unit};
use chibo_store::{Entry, Op};

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
