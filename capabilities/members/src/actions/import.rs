//! The two steps of an import: look first, then write everything as one act; and the way back.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use chibo_census::{Arrivals, Census, Settled};
use chibo_kernel::{Day, Id, Job, Moment, Permission, Problem, Said, Unit};
use chibo_papers::{Mapping, Preview, RowState, SheetSource, Title};
use chibo_store::{Change, Entry as AuditEntry, Keys, Op};

use crate::columns::Newcomers;
use crate::ledger::{self, Entry};
use crate::rules::NewMember;
use crate::sheets::read::{self, Branches, Reading};
use crate::store::{self, Import};

/// How a confirmed import ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Members written.
    pub members: u64,
    /// Rows left out: errors, repeats, already known.
    pub left_out: u64,
}

/// Looks at a file without writing anything: what would happen, and what its headings were read as.
///
/// # Errors
/// A file that cannot be read; what `known` gives.
pub fn preview(
    source: &mut SheetSource,
    reading: Reading<'_>,
    known: &mut dyn FnMut(&str) -> Result<bool, Problem>,
) -> Result<(Preview, Vec<Title>), Problem> {
    read::walk(source, reading, known, &mut |_| ControlFlow::Continue(()))
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
    /// What people said of the file's headings.
    pub mapping: &'j Mapping,
    /// Told after every chunk; an error stops everything and nothing is written.
    pub progress: &'j (dyn Fn(u64) -> Result<(), Problem> + Sync),
}

/// Writes every new row of the file in one act. Reading and checking, sealing, and writing run on a thread each; the
/// columns of a first import are made on the way.
pub fn confirm(op: &mut Op<'_, '_>, job: &Confirmation<'_>) -> Result<Outcome, Problem> {
    op.permit(Permission::Import, job.unit)?;
    let state = store::import(op.tx(), job.import)?.map(|row| row.state);
    if state.as_deref().is_some_and(|state| !matches!(state, "waiting" | "queued")) {
        return Err(Problem::Conflict(Said::new("members-import-not-waiting")));
    }
    let census = op.beside::<Census>();
    // Numbers already in the register are looked up only when there are any.
    let any_known = store::count_keys(op.tx())?.unwrap_or(0) > 0;
    let arrivals = census.as_ref().filter(|_| !any_known).and_then(|census| census.gather(op.today()));
    let (members, preview, settled) = pass_through(op, job, any_known, arrivals)?;
    if members == 0 {
        return Err(Problem::refuse(Said::new("members-import-nothing")));
    }
    let left_out = preview.rows_total() - members;
    // An import from the command line has no row of its own.
    if let Some(state) = state {
        let now = op.now();
        store::move_import(op.tx(), job.import, &state, "confirmed", Some(now), members as i64)?;
    }
    let detail =
        serde_json::json!({ "file": job.name, "digest": job.digest, "members": members, "left-out": left_out });
    op.record(AuditEntry {
        stream: *job.unit.bytes(),
        action: "members-imported",
        unit: Some(job.unit),
        subject: Some(*job.import.bytes()),
        detail: detail.to_string(),
    });
    let act = *job.import.bytes();
    census.zip(settled).into_iter().for_each(|(census, settled)| census.await_commit(act, settled));
    op.touch(Change::Arrived(act));
    Ok(Outcome { members, left_out })
}

/// Entries on their way through the threads, and back to be used again.
type Chunk = Vec<Entry>;

fn pass_through(
    op: &mut Op<'_, '_>,
    job: &Confirmation<'_>,
    any_known: bool,
    arrivals: Option<Arrivals>,
) -> Result<(u64, Preview, Option<Settled>), Problem> {
    let (today, now, keys, seed) = (op.today(), op.now(), op.keys().clone(), op.random());
    std::thread::scope(|scope| {
        let (read, unsealed) = sync_channel::<Chunk>(CHUNKS);
        let (sealed, writable) = sync_channel::<Chunk>(CHUNKS);
        let (spent, spare) = sync_channel::<Chunk>(2 * CHUNKS + 4);
        let reader = scope.spawn(move || read_entries(job, today, &read, &spare));
        let sealer = scope.spawn(move || seal_entries(&keys, seed, now, arrivals, &unsealed, &sealed));
        let written = write_entries(op, job, any_known, &writable, &spent);
        drop((writable, spent));
        let failed = || Problem::Fault("a thread of the import failed".into());
        let settled = sealer.join().unwrap_or_else(|_| Err(failed()));
        let preview = reader.join().unwrap_or_else(|_| Err(failed()));
        // What stopped the writer is the cause; those before it then only saw their channel closed.
        let members = written?;
        let settled = settled?;
        Ok((members, preview?, settled))
    })
}

/// Members passed on at once between the threads.
const CHUNK: usize = 500;
/// Chunks that may wait between two threads.
const CHUNKS: usize = 4;

fn write_entries(
    op: &mut Op<'_, '_>,
    job: &Confirmation<'_>,
    any_known: bool,
    chunks: &Receiver<Chunk>,
    spent: &SyncSender<Chunk>,
) -> Result<u64, Problem> {
    let now = op.now();
    let mut members = 0;
    let mut numbers = Vec::new();
    while let Ok(mut chunk) = chunks.recv() {
        if any_known {
            drop_known(op, &mut chunk)?;
        }
        ledger::add_rows(op.tx(), &chunk, Some(job.import), now)?;
        numbers.extend(chunk.iter().filter_map(|entry| Some((entry.key?, entry.id))));
        members += chunk.len() as u64;
        // The reader may have gone already; then nobody wants it back.
        let _ = spent.try_send(chunk);
        (job.progress)(members)?;
    }
    ledger::add_keys(op.tx(), &mut numbers)?;
    Ok(members)
}

/// Leaves out members whose identity number somebody in the register has.
fn drop_known(op: &mut Op<'_, '_>, chunk: &mut Chunk) -> Result<(), Problem> {
    let mut failed = None;
    chunk.retain(|entry| match entry.key.as_ref().map(|key| store::key_owner(op.tx(), key)) {
        None | Some(Ok(None)) => true,
        Some(Ok(Some(_))) => false,
        Some(Err(problem)) => {
            failed = Some(problem);
            false
        }
    });
    failed.map_or(Ok(()), Err)
}

fn read_entries(
    job: &Confirmation<'_>,
    today: Day,
    send: &SyncSender<Chunk>,
    spare: &Receiver<Chunk>,
) -> Result<Preview, Problem> {
    let mut source = read::open(job.path, job.name)?;
    let (mut chunk, mut filled) = (Chunk::new(), 0);
    let reading = Reading { branches: job.branches, mapping: job.mapping, today };
    let (preview, _) = read::walk(&mut source, reading, &mut |_| Ok(false), &mut |taken| {
        if taken.state != RowState::New {
            return ControlFlow::Continue(());
        }
        if chunk.len() == filled {
            chunk.push(Entry::unsealed(NewMember::default()));
        }
        std::mem::swap(&mut chunk[filled].member, taken.member);
        filled += 1;
        if filled == CHUNK {
            let next = spare.try_recv().unwrap_or_default();
            if send.send(std::mem::replace(&mut chunk, next)).is_err() {
                return ControlFlow::Break(());
            }
            filled = 0;
        }
        ControlFlow::Continue(())
    })?;
    chunk.truncate(filled);
    if !chunk.is_empty() {
        // A writer that has stopped says why itself.
        let _ = send.send(chunk);
    }
    Ok(preview)
}

/// Gives every member an identifier and seals what is secret; gathers for the columns.
fn seal_entries(
    keys: &Keys,
    seed: [u8; 32],
    now: Moment,
    mut arrivals: Option<Arrivals>,
    chunks: &Receiver<Chunk>,
    send: &SyncSender<Chunk>,
) -> Result<Option<Settled>, Problem> {
    let mut ids = Draws::new(keys, seed);
    let mut newcomers = arrivals.as_ref().map(|arrivals| Newcomers::new(arrivals.forest(), now));
    while let Ok(mut chunk) = chunks.recv() {
        for entry in &mut chunk {
            let (id, nonce) = ids.draw();
            entry.seal(keys, id, nonce)?;
            if let (Some(arrivals), Some(newcomers)) = (&mut arrivals, &mut newcomers) {
                arrivals.push(newcomers.facts(entry));
            }
        }
        if send.send(chunk).is_err() {
            return Ok(None);
        }
    }
    Ok(arrivals.map(Arrivals::settle))
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
    store::add_import(op.tx(), id, account, name, path, digest, Some(unit), now, preview)?;
    super::headings::remember(op, id)
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
    super::headings::forget(op, id)?;
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
