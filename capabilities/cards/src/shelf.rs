//! The states of all cards in memory, kept beside the database: lists ask a quarter of a million of them at once. Derived
//! from `card_state` and can be dropped at any time; every look first reads what has changed since the last one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::Tx;
use chibo_web::Visit;

use crate::rules::{Card, Matter, Model, State};
use crate::store::{self, StateRow};

/// So long before the last look changes are read again: a write that began earlier may have been committed later, or on
/// another machine.
const OVERLAP_MS: i64 = 600_000;

/// What is kept of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The card.
    pub card: Card,
    /// Day of the last step that moved it.
    pub since: Day,
    /// Day of the last check or hand-over.
    pub checked: Day,
}

/// All cards by member.
pub(crate) type Cards = Arc<HashMap<Id<Person>, Kept>>;

/// The states as they were read last, and when.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Option<(Moment, Cards)>>);

/// A stored state.
///
/// # Errors
/// A fault when it cannot be read.
pub(crate) fn card_of(row: &StateRow) -> Result<Card, Problem> {
    let unknown = || Problem::fault(format!("a card state {} {} {}", row.state, row.model, row.matter));
    Ok(Card {
        state: State::from_number(row.state).ok_or_else(unknown)?,
        model: Model::from_number(row.model).ok_or_else(unknown)?,
        matter: Matter::from_number(row.matter).ok_or_else(unknown)?,
    })
}

impl Shelf {
    fn look(&self, tx: &mut Tx<'_>, now: Moment) -> Result<Cards, Problem> {
        let mut held = self.0.lock().map_err(Problem::fault)?;
        let (seen, mut cards) = held.take().unwrap_or((Moment(i64::MIN), Cards::default()));
        let mut changed = Vec::new();
        store::changed_since(tx, Moment(seen.0.saturating_sub(OVERLAP_MS)), |row| {
            let kept = Kept { card: card_of(&row)?, since: row.since, checked: row.checked_on };
            if cards.get(&row.person_id) != Some(&kept) {
                changed.push((row.person_id, kept));
            }
            Ok(())
        })?;
        if !changed.is_empty() {
            Arc::make_mut(&mut cards).extend(changed);
        }
        *held = Some((now, cards.clone()));
        Ok(cards)
    }
}

/// All cards as they are now.
///
/// # Errors
/// Problems of the database.
pub(crate) fn cards(visit: &Visit<'_>) -> Result<Cards, Problem> {
    let db = &visit.house.db;
    let shelf = match db.beside::<Shelf>() {
        Some(shelf) => shelf,
        None => {
            db.put_beside(Arc::new(Shelf::default()));
            db.beside::<Shelf>().ok_or_else(|| Problem::fault("no shelf of cards"))?
        }
    };
    visit.read(|tx| shelf.look(tx, visit.now))
}

/// Forgets what was read: rows went from one member to another, and nothing says so but their absence.
pub(crate) fn forget(db: &chibo_store::Db) {
    db.put_beside(Arc::new(Shelf::default()));
}
