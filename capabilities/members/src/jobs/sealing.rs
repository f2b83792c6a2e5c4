//! Sealing what stood unsealed in older records, once, after the program that seals it has started (DPD-05).

use chibo_kernel::{Id, Person, Problem, Viewer};
use chibo_store::jobs::{self, Running, Stop};
use chibo_store::{Db, Entry, Tx};

use crate::ledger;
use crate::store::{self, merges};
use crate::twins::Record;

/// Kind of the job.
pub const SEAL: &str = "member-sealing";
/// Records of one transaction: other writers wait no longer than for these.
const TOGETHER: i64 = 200;

/// Asks for the job when a record says anything unsealed; whether it did.
///
/// # Errors
/// Problems of the database.
pub fn ask(db: &Db, viewer: &Viewer) -> Result<bool, Problem> {
    if db.read(|tx| store::plain_after(tx, &[], 1))?.is_empty() {
        return Ok(false);
    }
    db.write(viewer, |op| {
        if jobs::waiting(op.tx(), SEAL)?.unwrap_or(0) == 0 {
            op.enqueue(SEAL, "{}", None)?;
        }
        Ok(true)
    })
}

pub(super) fn run(running: &Running<'_>) -> Result<String, Stop> {
    let (db, mut last, mut done) = (running.db, Vec::new(), 0u64);
    loop {
        let some = db.read(|tx| store::plain_after(tx, &last, TOGETHER))?;
        let Some(end) = some.last() else { break };
        last = end.bytes().to_vec();
        let sealed = db.quiet_write(|tx| {
            let mut sealed = 0;
            for id in &some {
                sealed += u64::from(seal(tx, db, *id)?);
            }
            Ok(sealed)
        })?;
        done += sealed;
        running.progress(done, 0, "")?;
    }
    let detail = format!("{{\"members\":{done}}}");
    db.write(&Viewer::program("chibo serve"), |op| {
        let action = "member-facts-sealed";
        op.record(Entry { stream: [0; 16], action, unit: None, subject: None, detail: detail.clone() });
        Ok(())
    })?;
    Ok(detail)
}

/// Seals one record; a merge it is part of can be undone as before.
fn seal(tx: &mut Tx<'_>, db: &Db, id: Id<Person>) -> Result<bool, Problem> {
    if merges::merges_with(tx, id)?.unwrap_or(0) == 0 {
        return ledger::tuck(tx, db.keys(), id, db.random());
    }
    let before = Record::read(tx, db.keys(), id)?.mark();
    let sealed = ledger::tuck(tx, db.keys(), id, db.random())?;
    let mark = Record::read(tx, db.keys(), id)?.mark();
    merges::mark_gone(tx, id, &before, &mark)?;
    merges::mark_kept(tx, id, &before, &mark)?;
    Ok(sealed)
}
