//! Who ceased to be a member, whatever decided it: for the book of those who left (EXI-15, DOS-07).

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::Tx;

use crate::codes::Standing;
use crate::store::left as store;

/// Somebody who left or died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Who.
    pub person: Id<Person>,
    /// The first day on which he was no member any more.
    pub from: Day,
    /// Left or deceased.
    pub standing: Standing,
}

/// Whoever left or died from one day until before another, as believed at a moment, by day. Whoever was restored never left
/// (MEM-42).
///
/// # Errors
/// Problems of the database; a fault for a standing nobody knows.
pub fn left_between(tx: &mut Tx<'_>, known: Moment, first: Day, until: Day) -> Result<Vec<Gone>, Problem> {
    let mut gone = Vec::new();
    store::left_between(tx, known, first, until, |row| {
        let standing = Standing::from_number(row.standing);
        let standing = standing.ok_or_else(|| Problem::fault(format!("a standing {}", row.standing)))?;
        gone.push(Gone { person: row.person_id, from: row.valid_from, standing });
        Ok(())
    })?;
    Ok(gone)
}
