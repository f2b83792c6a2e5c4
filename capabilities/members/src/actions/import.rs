//! The two steps of an import: look first, then write everything as one act; and the way back.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};

use chibo_kernel::{Day, Id, Job, Permission, Problem, Said, Unit};
use chibo_papers::{Preview, RowState, SheetSource};
use chibo_store::{Change, Entry as AuditEntry, Keys, Op};

use crate::ledger::{self, Entry};
use crate::sheets::read::{self, Branches};
use crate::store::{self, Import};

/// Members per bulk insert.
const CHUNK: usize = 1_000;

/// How a confirmed import ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Members written.
    pub members: u64,
    /// Rows left out: errors, repeats, already known.
    pub left_out: u64,
}

/// Looks at a file without writing anything.
pub fn preview(
    source: &mut SheetSource,
    branches: &Branches,
    today: Day,
    known: &mut dyn FnMut(&str) -> Result<bool, Problem>,
) -> Result<Preview, Problem> {
    read::walk(source, branches, today, known, &mut |_, _| ControlFlow::Continue(()))
}

/// What confirming needs to know of where and for whom.
pub struct Confirmation<'j> {
    /// The import.
    pub import: Id<Import>,
    /// The file.
    pub path: &'j Path,
    /// Its name.
    pub name: &'j str,
    /// Digest of its bytes, for the audit log.
    pub digest: &'j str,
    /// The unit in whose name it is done.
    pub unit: Id<Unit>,
    /// Branches rows may name.
    pub branches: &'j Branches,
    /// Told after every chunk; an error stops everything and nothing is written.
    pub progress: &'j (dyn Fn(u64) -> Result<(), Problem> + Sync),
}

/// Writes every new row of the file in one act. Reading, checking and sealing run on another thread than writing.
pub fn confirm(op: &mut Op<'_, '_>, job: &Confirmation<'_>) -> Result<Outcome, Problem> {
    op.permit(Permission::Import, job.unit)?;
    let state = store::import(op.tx(), job.import)?.map(|row| row.state);
    if state.as_deref().is_some_and(|state| !matches!(state, "waiting" | "queued")) {
        return Err(Problem::Conflict(Said::new("members-import-not-waiting")));
    }
    let today = op.today();
    let keys = op.keys().clone();
    let seed: [u8; 32] = op.random();
    let now = op.now();
    let (outcome, preview) = std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Vec<Entry>>(4);
        let reader = scope.spawn(move || read_entries(job, today, &keys, seed, &|chunk| sender.send(chunk).is_ok()));
        let written = write_entries(op, job, now, &receiver);
        drop(receiver);
        let read = reader.join().unwrap_or_else(|_| Err(Problem::Fault("the reading thread failed".into())));
        // What stopped the writer is the cause; the reader then only saw its channel closed.
        written.and_then(|members| read.map(|preview| (members, preview)))
    })?;
    let left_out = preview.rows_total() - outcome;
    if outcome == 0 {
        return Err(Problem::refuse(Said::new("members-import-nothing")));
    }
    // An import from the command line has no row of its own.
    if let Some(state) = state {
        store::move_import(op.tx(), job.import, &state, "confirmed", Some(now), outcome as i64)?;
    }
    let detail =
        serde_json::json!({ "file": job.name, "digest": job.digest, "members": outcome, "left-out": left_out });
    op.record(AuditEntry {
        stream: *job.unit.bytes(),
        action: "members-imported",
        unit: Some(job.unit),
        subject: Some(*job.import.bytes()),
        detail: detail.to_string(),
    });
    op.touch(Change::Everything);
    Ok(Outcome { members: outcome, left_out })
}

fn write_entries(
    op: &mut Op<'_, '_>,
    job: &Confirmation<'_>,
    now: chibo_kernel::Moment,
    chunks: &Receiver<Vec<Entry>>,
) -> Result<u64, Problem> {
    let mut members = 0;
    // Numbers already in the register are looked up only when there are any.
    let any_known = store::count_keys(op.tx())?.unwrap_or(0) > 0;
    while let Ok(mut chunk) = chunks.recv() {
        if any_known {
            drop_known(op, &mut chunk)?;
        }
        ledger::add(op.tx(), &chunk, Some(job.import), now)?;
        members += chunk.len() as u64;
        (job.progress)(members)?;
    }
    Ok(members)
}

/// Leaves out members whose identity number somebody in the register has.
fn drop_known(op: &mut Op<'_, '_>, chunk: &mut Vec<Entry>) -> Result<(), Problem> {
    let mut kept = Vec::with_capacity(chunk.len());
    for entry in chunk.drain(..) {
        let known = match &entry.key {
            Some(key) => store::key_owner(op.tx(), key)?.is_some(),
            None => false,
        };
        if !known {
            kept.push(entry);
        }
    }
    *chunk = kept;
    Ok(())
}

fn read_entries(
    job: &Confirmation<'_>,
    today: Day,
    keys: &Keys,
    seed: [u8; 32],
    send: &dyn Fn(Vec<Entry>) -> bool,
) -> Result<Preview, Problem> {
    let mut source = read::open(job.path, job.name)?;
    let mut ids = Draws::new(keys, seed);
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut failed = None;
    let preview = read::walk(&mut source, job.branches, today, &mut |_| Ok(false), &mut |state, member| {
        if state != RowState::New {
            return ControlFlow::Continue(());
        }
        let (id, nonce) = ids.draw();
        match ledger::seal(keys, id, member, nonce) {
            Ok(entry) => chunk.push(entry),
            Err(problem) => {
                failed = Some(problem);
                return ControlFlow::Break(());
            }
        }
        if chunk.len() == CHUNK && !send(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK))) {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    if let Some(problem) = failed {
        return Err(problem);
    }
    if !chunk.is_empty() {
        send(chunk);
    }
    Ok(preview)
}

/// Identifiers and nonces drawn from one random seed by keyed hash: one system call for a whole file.
///
/// Identifiers of one file are neighbours (4 bytes of the file, 4 that count, 8 nobody can guess): the tables are kept
/// in their order, and strewing a quarter of a million rows over them would write most pages many times.
pub struct Draws<'k> {
    keys: &'k Keys,
    seed: [u8; 32],
    next: u32,
}

impl<'k> Draws<'k> {
    /// Draws from a fresh random seed.
    pub fn new(keys: &'k Keys, seed: [u8; 32]) -> Self {
        Self { keys, seed, next: 0 }
    }

    /// The next identifier and nonce.
    pub fn draw<T>(&mut self) -> (Id<T>, [u8; 24]) {
        self.next += 1;
        let count = self.next.to_be_bytes();
        let mut input = [0; 36];
        input[..32].copy_from_slice(&self.seed);
        input[32..].copy_from_slice(&count);
        let drawn = self.keys.lookup(&input);
        let mut id = [0; 16];
        id[..4].copy_from_slice(&self.seed[..4]);
        id[4..8].copy_from_slice(&count);
        id[8..].copy_from_slice(&drawn[..8]);
        // The nonce must never repeat with one key: the counter and the other part of the hash.
        let mut nonce = [0; 24];
        nonce[..20].copy_from_slice(&drawn[8..28]);
        nonce[20..].copy_from_slice(&count);
        (Id::from_bytes(id), nonce)
    }
}

/// Notes an uploaded file that waits for confirmation.
pub fn offer(
    op: &mut Op<'_, '_>,
    id: Id<Import>,
    (name, path, digest): (&str, &str, &str),
    unit: Id<Unit>,
    preview: &str,
) -> Result<(), Problem> {
    op.permit(Permission::Import, unit)?;
    let (account, now) = (op.viewer().account, op.now());
    store::add_import(op.tx(), id, account, name, path, digest, Some(unit), now, preview).map(drop)
}

/// Confirms a large file: the work itself is done in the background.
/// `dead` says that a job ordered before ended without writing.
pub fn order(
    op: &mut Op<'_, '_>,
    id: Id<Import>,
    unit: Id<Unit>,
    payload: &str,
    dead: bool,
) -> Result<Id<Job>, Problem> {
    op.permit(Permission::Import, unit)?;
    if dead {
        store::move_import(op.tx(), id, "queued", "waiting", None, 0)?;
    }
    if store::move_import(op.tx(), id, "waiting", "queued", None, 0)? == 0 {
        return Err(Problem::Conflict(Said::new("members-import-not-waiting")));
    }
    op.enqueue(crate::jobs::IMPORT, payload, Some(unit))
}

/// Drops a file that waits.
pub fn forget(op: &mut Op<'_, '_>, id: Id<Import>, unit: Id<Unit>) -> Result<(), Problem> {
    op.permit(Permission::Import, unit)?;
    store::drop_preview(op.tx(), id)?;
    match store::move_import(op.tx(), id, "waiting", "dropped", None, 0)? {
        0 => Err(Problem::Conflict(Said::new("members-import-not-waiting"))),
        _ => Ok(()),
    }
}

/// Takes a confirmed import back as one act, while nothing that came with it was changed since.
pub fn undo(op: &mut Op<'_, '_>, import: Id<Import>) -> Result<u64, Problem> {
    let row = store::import(op.tx(), import)?.ok_or(Problem::NotFound)?;
    let unit = row.unit_id.ok_or(Problem::NotFound)?;
    op.permit(Permission::Import, unit)?;
    if row.state != "confirmed" {
        return Err(Problem::refuse(Said::new("members-import-not-confirmed")));
    }
    let changed = store::imported_changed(op.tx(), import)?.unwrap_or(0);
    if changed > 0 {
        return Err(Problem::refuse(Said::new("members-import-depended-on").with("count", changed)));
    }
    store::remove_imported_keys(op.tx(), import)?;
    store::remove_imported_postings(op.tx(), import)?;
    store::remove_imported_standings(op.tx(), import)?;
    store::remove_imported_attainments(op.tx(), import)?;
    let members = store::remove_imported(op.tx(), import)?;
    store::move_import(op.tx(), import, "confirmed", "undone", row.confirmed_at, row.members)?;
    let detail = serde_json::json!({ "file": row.file_name, "members": members });
    op.record(AuditEntry {
        stream: *unit.bytes(),
        action: "members-import-undone",
        unit: Some(unit),
        subject: Some(*import.bytes()),
        detail: detail.to_string(),
    });
    op.touch(Change::Everything);
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_ascend_and_never_repeat() {
        let keys = Keys::generate(&|out| out.fill(7));
        let mut draws = Draws::new(&keys, [200; 32]);
        let drawn: Vec<(Id<chibo_kernel::Person>, [u8; 24])> = (0..1_000).map(|_| draws.draw()).collect();
        assert!(drawn.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut nonces: Vec<_> = drawn.iter().map(|(_, nonce)| *nonce).collect();
        nonces.sort_unstable();
        nonces.dedup();
        assert_eq!(nonces.len(), 1_000);
        let other: (Id<chibo_kernel::Person>, _) = Draws::new(&keys, [201; 32]).draw();
        assert_ne!(other.0.bytes()[8..], drawn[0].0.bytes()[8..]);
    }
}
