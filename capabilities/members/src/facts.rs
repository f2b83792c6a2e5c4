//! Everything undated that is stored about one member, for capabilities above; the sealed fields stay sealed.

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::Tx;

use crate::rules::Field;
use crate::store;
pub use crate::store::PersonRow as Facts;

/// The facts of a member, if there is one.
///
/// # Errors
/// What the store gives.
pub fn facts_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Facts>, Problem> {
    store::person(tx, id)
}

/// A member's level of each field on a day, as believed now; 0 where nothing is known.
///
/// # Errors
/// What the store gives.
pub fn levels_on(tx: &mut Tx<'_>, id: Id<Person>, day: Day) -> Result<[u8; 4], Problem> {
    let rows = store::attainments(tx, id)?;
    let holds = |field: Field| {
        let of = |row: &&store::AttainmentRow| {
            row.field == field.number() && row.superseded_at == Moment::FOREVER && row.valid_from <= day
        };
        rows.iter().filter(of).max_by_key(|row| row.valid_from).map_or(0, |row| row.level)
    };
    Ok(Field::ALL.map(holds))
}
