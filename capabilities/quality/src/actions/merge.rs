//! Two records of one person become one: what members do of it, the rows other capabilities keep of the record that goes
//! go along, and the findings of both follow at once. Undoing gives exactly those rows back.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said};
use chibo_members::actions::home;
use chibo_members::actions::merge::{self as members, Merge, Merging};
use chibo_store::handover::{Handed, PersonRows, give_back, hand_over, outlook};
use chibo_store::reseal::SealedPlaces;
use chibo_store::{Db, Entry, Op, Tx};
use chibo_web::{Capability, PersonHold};

use crate::rules::DOUBLES;
use crate::store::{self, merge_rows};

/// What capabilities keep about members, and how it is sealed.
#[derive(Clone, Default)]
pub struct Declared {
    holds: Vec<PersonHold>,
    places: SealedPlaces,
}

/// What a merge would do with the rows of one capability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Word key of what they are.
    pub title: &'static str,
    /// How many go along.
    pub moved: u64,
    /// How many stay with the record that goes.
    pub left: u64,
}

impl Declared {
    /// Of a program.
    pub fn of(capabilities: &[Capability]) -> Self {
        let columns = capabilities.iter().flat_map(|one| one.sealed.iter().copied()).collect();
        let files = capabilities.iter().flat_map(|one| one.files.iter().copied()).collect();
        let holds = capabilities.iter().flat_map(|one| one.holds.iter().copied()).collect();
        Self { holds, places: SealedPlaces { columns, files } }
    }

    /// Forgets what was read into memory of rows that went elsewhere, after the commit.
    pub fn forget(&self, db: &Db) {
        self.holds.iter().filter_map(|hold| hold.forget).for_each(|forget| forget(db));
    }

    /// What the rows of a merge were, by capability.
    pub fn sorted(&self, handed: &[Handed]) -> Vec<Outlook> {
        let counted = self.holds.iter().map(|hold| {
            let of = handed.iter().filter(|row| has(hold, row));
            let moved = of.clone().filter(|row| row.moved).count() as u64;
            Outlook { title: hold.title, moved, left: of.count() as u64 - moved }
        });
        counted.filter(|one| one.moved + one.left > 0).collect()
    }
}

fn has(hold: &PersonHold, row: &Handed) -> bool {
    let mut columns = hold.rows.iter().flat_map(|rows| rows.columns);
    columns.any(|one| one.table == row.table && one.column == row.column)
}

/// What would become of the rows of `gone`, and why the merge is refused.
///
/// # Errors
/// Problems of the database.
pub fn look(
    tx: &mut Tx<'_>,
    declared: &Declared,
    [kept, gone]: [Id<Person>; 2],
) -> Result<(Vec<Outlook>, Vec<Said>), Problem> {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for hold in &declared.holds {
        let [moved, left] = outlook(tx, hold.rows, gone, kept)?;
        if moved + left > 0 {
            found.push(Outlook { title: hold.title, moved, left });
        }
        if let Some(refuses) = hold.refuses {
            refused.extend(refuses(tx, [kept, gone])?);
        }
    }
    Ok((found, refused))
}

/// Merges two records in one write.
///
/// # Errors
/// What merging refuses; a refusal where rows of both must not be told apart (DPD-33).
pub fn merge(op: &mut Op<'_, '_>, order: &Merging, declared: &Declared) -> Result<Id<Merge>, Problem> {
    let id = members::merge(op, order)?;
    let (kept, gone) = (order.kept.0, order.gone.0);
    let mut handed = Vec::new();
    for hold in &declared.holds {
        if let Some(said) = hold.refuses.map_or(Ok(None), |refuses| refuses(op.tx(), [kept, gone]))? {
            return Err(Problem::rule("DPD-33", said));
        }
        handed.extend(hand_over(op, hold.rows, &declared.places, gone, kept)?);
    }
    follow(op, declared, &handed, [kept, gone])?;
    merge_rows::note(op.tx(), gone, id, &handed)?;
    let counts = |moved| {
        let mut by_table = BTreeMap::<&str, u64>::new();
        for row in handed.iter().filter(|row| row.moved == moved) {
            *by_table.entry(&row.table).or_default() += 1;
        }
        by_table
    };
    if !handed.is_empty() {
        let detail = serde_json::json!({ "from": gone.to_string(), "moved": counts(true), "left": counts(false) });
        record(op, "quality-rows-moved", kept, &detail)?;
    }
    let today = op.today();
    store::close_all(op.tx(), gone, Day::FOREVER, today)?;
    for code in DOUBLES {
        store::close_code(op.tx(), kept, code, Day::FOREVER, today)?;
    }
    Ok(id)
}

/// Undoes a merge; the rows that went along come back, rows written since stay.
///
/// # Errors
/// What undoing refuses.
pub fn undo(op: &mut Op<'_, '_>, id: Id<Merge>, reason: &str, declared: &Declared) -> Result<(), Problem> {
    let row = members::merge_of(op.tx(), id)?.ok_or(Problem::NotFound)?;
    members::undo(op, id, reason)?;
    let handed = merge_rows::noted(op.tx(), id)?;
    let rows: Vec<PersonRows> = declared.holds.iter().flat_map(|hold| hold.rows.iter().copied()).collect();
    let (kept, gone) = (row.into_id, row.person_id);
    let given = give_back(op, &rows, &declared.places, &handed, [kept, gone])?;
    follow(op, declared, &handed, [kept, gone])?;
    let noted = handed.iter().filter(|row| row.moved).count();
    if noted > 0 {
        let detail = serde_json::json!({ "to": gone.to_string(), "given": given, "noted": noted });
        record(op, "quality-rows-given-back", kept, &detail)?;
    }
    Ok(())
}

/// The rows of a merge.
///
/// # Errors
/// Problems of the database.
pub fn rows_of(tx: &mut Tx<'_>, id: Id<Merge>) -> Result<Vec<Handed>, Problem> {
    merge_rows::noted(tx, id)
}

/// Sums of both records are made again where rows went from one to the other.
fn follow(op: &mut Op<'_, '_>, declared: &Declared, handed: &[Handed], both: [Id<Person>; 2]) -> Result<(), Problem> {
    for hold in &declared.holds {
        if let Some(follow) = hold.follow
            && handed.iter().any(|row| row.moved && has(hold, row))
        {
            for person in both {
                follow(op, person)?;
            }
        }
    }
    Ok(())
}

fn record(
    op: &mut Op<'_, '_>,
    action: &'static str,
    person: Id<Person>,
    detail: &serde_json::Value,
) -> Result<(), Problem> {
    let (stream, subject, unit) = (*person.bytes(), Some(*person.bytes()), Some(home(op, person)?));
    op.record(Entry { stream, action, unit, subject, detail: detail.to_string() });
    Ok(())
}

/// Notes that two records with one name and birth are of two people: the checks say so no more.
///
/// # Errors
/// A refusal without a reason; absent out of reach of either home.
pub fn apart(op: &mut Op<'_, '_>, [one, other]: [Id<Person>; 2], reason: &str) -> Result<(), Problem> {
    let homes = [home(op, one)?, home(op, other)?];
    for unit in homes {
        op.permit(Permission::EditMembers, unit)?;
    }
    if one == other {
        return Err(Problem::rule("DPD-33", Said::new("members-merge-same")));
    }
    if reason.chars().count() < 5 {
        return Err(Problem::field("reason", Said::new("quality-apart-reason-short")));
    }
    let (now, today, by) = (op.now(), op.today(), op.viewer().name.clone());
    store::apart(op.tx(), one.min(other), one.max(other), now, &by, reason)?;
    for (person, beside, unit) in [(one, other, homes[0]), (other, one, homes[1])] {
        store::close_code(op.tx(), person, DOUBLES[0], Day::FOREVER, today)?;
        let detail = serde_json::json!({ "other": beside.to_string(), "reason": reason }).to_string();
        let (stream, subject) = (*person.bytes(), Some(*person.bytes()));
        op.record(Entry { stream, action: "quality-found-apart", unit: Some(unit), subject, detail });
    }
    Ok(())
}
