//! The two steps of an import: look first, then write everything as one act; and the way back.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};

use chibo_kernel::{Day, Id, Permission, Problem, Said, Unit};
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

/// What the writing thread needs to know of where and for whom.
pub struct Job<'j> {
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
pub fn confirm(op: &mut Op<'_, '_>, job: &Job<'_>) -> Result<Outcome, Problem> {
    op.permit(Permission::Import, job.unit)?;
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
    let detail = serde_json::json!({ "file": job.name, "digest": job.digest, "members": outcome, "left-out": left_out });
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

fn write_entries(op: &mut Op<'_, '_>, job: &Job<'_>, now: chibo_kernel::Moment, chunks: &Receiver<Vec<Entry>>) -> Result<u64, Problem> {
    let mut members = 0;
    while let Ok(mut chunk) = chunks.recv() {
        // Identifiers are random; in ascending order they are written where the tree grows.
        chunk.sort_unstable_by_key(|entry| entry.id);
        ledger::add(op.tx(), &chunk, Some(job.import), now)?;
        members += chunk.len() as u64;
        (job.progress)(members)?;
    }
    Ok(members)
}

fn read_entries(
    job: &Job<'_>,
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
        let (id, nonce) = ids.next();
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

/// Identifiers and nonces drawn from one random seed by keyed hash: unguessable, and one system call for a whole file.
pub struct Draws<'k> {
    keys: &'k Keys,
    seed: [u8; 32],
    next: u64,
}

impl<'k> Draws<'k> {
    /// Draws from a fresh random seed.
    pub fn new(keys: &'k Keys, seed: [u8; 32]) -> Self {
        Self { keys, seed, next: 0 }
    }

    /// The next identifier and nonce.
    pub fn next<T>(&mut self) -> (Id<T>, [u8; 24]) {
        self.next += 1;
        let mut input = [0; 40];
        input[..32].copy_from_slice(&self.seed);
        input[32..].copy_from_slice(&self.next.to_be_bytes());
        let a = self.keys.lookup(&input);
        let mut id = [0; 16];
        id.copy_from_slice(&a[..16]);
        // The nonce must never repeat with one key: counter and half of the hash.
        let mut nonce = [0; 24];
        nonce[..16].copy_from_slice(&a[16..]);
        nonce[16..].copy_from_slice(&self.next.to_be_bytes());
        (Id::from_bytes(id), nonce)
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
