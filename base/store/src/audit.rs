//! Append-only, hash-chained record of who did what, written in the transaction that did it.
//!
//! One chain per stream (a person or a unit). The hash is keyed: rewriting a tail needs the key file,
//! not only the database. All heads are anchored in one digest at least hourly.

use std::collections::HashMap;

use chibo_kernel::{Id, Moment, Problem, Unit, Viewer};

use crate::seal::Keys;
use crate::statement::Tx;

/// What is recorded about one act.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The chain it belongs to: the id of the person or unit concerned.
    pub stream: [u8; 16],
    /// Stable code of the act (`member-admitted`, `secret-revealed`); its words are `audit-<code>`.
    pub action: &'static str,
    /// The unit whose subtree may read the entry.
    pub unit: Option<Id<Unit>>,
    /// The person or thing acted on.
    pub subject: Option<[u8; 16]>,
    /// Facts of the act as JSON, without secret values.
    pub detail: String,
}

crate::record! {
    /// A stored entry.
    pub struct AuditRow {
        /// Chain.
        stream: Vec<u8>,
        /// Place in the chain, from 1.
        seq: i64,
        /// When.
        at: Moment,
        /// Account, if somebody signed in acted.
        actor: Option<Vec<u8>>,
        /// Name shown.
        actor_name: String,
        /// Code of the act.
        action: String,
        /// Unit concerned.
        unit_id: Option<Id<Unit>>,
        /// Subject.
        subject: Option<Vec<u8>>,
        /// JSON.
        detail: String,
        /// Hash of the entry before.
        prev: Vec<u8>,
        /// Keyed hash of this entry.
        hash: Vec<u8>,
    }
}

crate::record! {
    /// The end of a chain.
    pub struct Head { stream: Vec<u8>, seq: i64, hash: Vec<u8>, mac: Vec<u8> }
}

crate::record! {
    /// A digest over the heads changed since the anchor before.
    pub struct Anchor { anchor: i64, at: Moment, heads: i64, digest: Vec<u8> }
}

pub(crate) mod store {
    use super::{Anchor, AuditRow, Head};
    use crate::queries;
    use chibo_kernel::{Id, Moment, Unit};

    queries! {
        /// Appends an entry.
        fn append(stream: &[u8], seq: i64, at: Moment, actor: Option<Vec<u8>>, actor_name: &str, action: &str,
            unit_id: Option<Id<Unit>>, subject: Option<Vec<u8>>, detail: &str, prev: &[u8], hash: &[u8]) -> run =
            "INSERT INTO audit (stream, seq, at, actor, actor_name, action, unit_id, subject, detail, prev, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        /// The end of a chain.
        fn head(stream: &[u8]) -> one<Head> = "SELECT stream, seq, hash, mac FROM audit_head WHERE stream = $1";
        /// Starts or moves the end of a chain.
        fn move_head(stream: &[u8], seq: i64, hash: &[u8], mac: &[u8]) -> run =
            "INSERT INTO audit_head (stream, seq, hash, mac) VALUES ($1, $2, $3, $4)
             ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, mac = excluded.mac";
        /// All chains in order.
        fn all() -> each<AuditRow> = "SELECT stream, seq, at, actor, actor_name, action, unit_id, subject, detail, prev, hash
             FROM audit ORDER BY stream, seq";
        /// All ends.
        fn heads() -> many<Head> = "SELECT stream, seq, hash, mac FROM audit_head ORDER BY stream";
        /// Ends not yet in an anchor.
        fn unanchored() -> many<Head> = "SELECT h.stream, h.seq, h.hash, h.mac FROM audit_head h
             WHERE NOT EXISTS (SELECT 1 FROM audit_anchor_head a WHERE a.stream = h.stream AND a.seq = h.seq)
             ORDER BY h.stream";
        /// All anchors.
        fn anchors() -> many<Anchor> = "SELECT anchor, at, heads, digest FROM audit_anchor ORDER BY anchor";
        /// The heads of one anchor.
        fn anchor_heads(anchor: i64) -> many<Head> =
            "SELECT stream, seq, hash, hash FROM audit_anchor_head WHERE anchor = $1 ORDER BY stream";
        /// Writes an anchor.
        fn add_anchor(anchor: i64, at: Moment, heads: i64, digest: &[u8]) -> run =
            "INSERT INTO audit_anchor (anchor, at, heads, digest) VALUES ($1, $2, $3, $4)";
        /// Writes a head of an anchor.
        fn add_anchor_head(anchor: i64, stream: &[u8], seq: i64, hash: &[u8]) -> run =
            "INSERT INTO audit_anchor_head (anchor, stream, seq, hash) VALUES ($1, $2, $3, $4)";
        /// The newest entries after one in the order of the audit page: the last first, entries of one moment by chain.
        fn after(at: Moment, stream: &[u8], seq: i64, most: i64) -> each<AuditRow> =
            "SELECT stream, seq, at, actor, actor_name, action, unit_id, subject, detail, prev, hash
             FROM audit WHERE at <= $1 AND (at < $1 OR stream > $2 OR (stream = $2 AND seq < $3))
             ORDER BY at DESC, stream, seq DESC LIMIT $4";
        /// The newest entries of one chain.
        fn of_stream(stream: &[u8], most: i64) -> many<AuditRow> =
            "SELECT stream, seq, at, actor, actor_name, action, unit_id, subject, detail, prev, hash
             FROM audit WHERE stream = $1 ORDER BY seq DESC LIMIT $2";
    }
}
pub use store::of_stream;

/// An entry's place in the order of the audit page: moment, chain, place in the chain.
pub type Place = (Moment, Id<Unit>, i64);

/// At most so many entries after a place, the newest first; entries of one moment by their chain.
pub fn newest(
    tx: &mut Tx<'_>,
    after: Option<Place>,
    most: i64,
    each: impl FnMut(AuditRow) -> Result<(), Problem>,
) -> Result<(), Problem> {
    // Nothing is written at the end of time: from there everything follows.
    let (at, stream, seq) = after.unwrap_or((Moment::FOREVER, Id::from_bytes([0; 16]), 0));
    store::after(tx, at, stream.bytes(), seq, most, each)
}

/// Everything the hash covers, in one order for ever.
fn hash(keys: &Keys, row: &AuditRow) -> [u8; 32] {
    let optional = |bytes: Option<&[u8]>| bytes.map_or_else(|| vec![0], |b| [&[1], b].concat());
    keys.chain(&[
        &row.stream,
        &row.seq.to_be_bytes(),
        &row.at.0.to_be_bytes(),
        &optional(row.actor.as_deref()),
        row.actor_name.as_bytes(),
        row.action.as_bytes(),
        &optional(row.unit_id.as_ref().map(|u| u.bytes().as_slice())),
        &optional(row.subject.as_deref()),
        row.detail.as_bytes(),
        &row.prev,
    ])
}

fn head_mac(keys: &Keys, stream: &[u8], seq: i64, hash: &[u8]) -> [u8; 32] {
    keys.chain(&[b"head", stream, &seq.to_be_bytes(), hash])
}

/// Appends entries to their chains inside the running transaction.
pub(crate) fn append(
    tx: &mut Tx<'_>,
    keys: &Keys,
    viewer: &Viewer,
    now: Moment,
    entries: &[Entry],
) -> Result<(), Problem> {
    for entry in entries {
        let head = store::head(tx, &entry.stream)?;
        let (seq, prev) = head.map_or_else(|| (0, Vec::new()), |h| (h.seq, h.hash));
        let mut row = AuditRow {
            stream: entry.stream.to_vec(),
            seq: seq + 1,
            at: now,
            actor: viewer.account.map(|a| a.bytes().to_vec()),
            actor_name: viewer.name.clone(),
            action: entry.action.to_owned(),
            unit_id: entry.unit,
            subject: entry.subject.map(|s| s.to_vec()),
            detail: entry.detail.clone(),
            prev,
            hash: Vec::new(),
        };
        row.hash = hash(keys, &row).to_vec();
        let mac = head_mac(keys, &row.stream, row.seq, &row.hash);
        store::move_head(tx, &row.stream, row.seq, &row.hash, &mac)?;
        store::append(
            tx,
            &row.stream,
            row.seq,
            row.at,
            row.actor,
            &row.actor_name,
            &row.action,
            row.unit_id,
            row.subject,
            &row.detail,
            &row.prev,
            &row.hash,
        )?;
    }
    Ok(())
}

/// Anchors every chain that moved since the last anchor in one digest; `None` when nothing moved.
pub fn anchor(tx: &mut Tx<'_>, keys: &Keys, now: Moment) -> Result<Option<String>, Problem> {
    let moved = store::unanchored(tx)?;
    if moved.is_empty() {
        return Ok(None);
    }
    let last = store::anchors(tx)?.pop();
    let (number, prev) = last.map_or_else(|| (1, Vec::new()), |a| (a.anchor + 1, a.digest));
    let digest = anchor_digest(keys, number, now, &prev, &moved);
    store::add_anchor(tx, number, now, moved.len() as i64, &digest)?;
    for head in &moved {
        store::add_anchor_head(tx, number, &head.stream, head.seq, &head.hash)?;
    }
    Ok(Some(crate::seal::hex(&digest)))
}

fn anchor_digest(keys: &Keys, number: i64, at: Moment, prev: &[u8], heads: &[Head]) -> [u8; 32] {
    let mut flat = Vec::with_capacity(heads.len() * 56);
    for head in heads {
        flat.extend_from_slice(&head.stream);
        flat.extend_from_slice(&head.seq.to_be_bytes());
        flat.extend_from_slice(&head.hash);
    }
    keys.chain(&[b"anchor", &number.to_be_bytes(), &at.0.to_be_bytes(), prev, &flat])
}

/// Hashes by stream and place.
type Hashes = HashMap<(Vec<u8>, i64), Vec<u8>>;

/// What `verify` found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Entries read.
    pub entries: u64,
    /// Chains read.
    pub streams: u64,
    /// Anchors checked.
    pub anchors: u64,
    /// What is wrong, one line each; empty when the record is whole.
    pub broken: Vec<String>,
}

/// Recomputes every chain, every head and every anchor.
pub fn verify(tx: &mut Tx<'_>, keys: &Keys) -> Result<Verdict, Problem> {
    let mut verdict = Verdict::default();
    let mut ends: HashMap<Vec<u8>, (i64, Vec<u8>)> = HashMap::new();
    let anchored = anchored_heads(tx, keys, &mut verdict)?;
    let mut wanted: Hashes = anchored;
    store::all(tx, |row| {
        verdict.entries += 1;
        let end = ends.entry(row.stream.clone()).or_insert_with(|| (0, Vec::new()));
        let name = || format!("{} #{}", crate::seal::hex(&row.stream), row.seq);
        if row.seq != end.0 + 1 {
            verdict.broken.push(format!("{}: expected #{}", name(), end.0 + 1));
        }
        if row.prev != end.1 {
            verdict.broken.push(format!("{}: does not follow the entry before", name()));
        }
        if hash(keys, &row).as_slice() != row.hash {
            verdict.broken.push(format!("{}: content does not match its hash", name()));
        }
        if let Some(hash) = wanted.remove(&(row.stream.clone(), row.seq))
            && hash != row.hash
        {
            verdict.broken.push(format!("{}: differs from its anchor", name()));
        }
        *end = (row.seq, row.hash);
        Ok(())
    })?;
    verdict.streams = ends.len() as u64;
    for (stream, seq) in wanted.keys() {
        verdict.broken.push(format!("{} #{seq}: anchored but missing", crate::seal::hex(stream)));
    }
    check_heads(tx, keys, ends, &mut verdict)?;
    verdict.broken.sort();
    Ok(verdict)
}

fn check_heads(
    tx: &mut Tx<'_>,
    keys: &Keys,
    mut ends: HashMap<Vec<u8>, (i64, Vec<u8>)>,
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    for head in store::heads(tx)? {
        let end = ends.remove(&head.stream);
        let mac = head_mac(keys, &head.stream, head.seq, &head.hash);
        if end != Some((head.seq, head.hash)) || mac.as_slice() != head.mac {
            verdict
                .broken
                .push(format!("{}: the end of the chain is not where it was", crate::seal::hex(&head.stream)));
        }
    }
    for stream in ends.keys() {
        verdict.broken.push(format!("{}: a chain without a head", crate::seal::hex(stream)));
    }
    Ok(())
}

fn anchored_heads(tx: &mut Tx<'_>, keys: &Keys, verdict: &mut Verdict) -> Result<Hashes, Problem> {
    let mut wanted = HashMap::new();
    let mut prev = Vec::new();
    for (index, anchor) in store::anchors(tx)?.into_iter().enumerate() {
        verdict.anchors += 1;
        let heads = store::anchor_heads(tx, anchor.anchor)?;
        let digest = anchor_digest(keys, anchor.anchor, anchor.at, &prev, &heads);
        let whole = anchor.anchor == index as i64 + 1 && anchor.heads == heads.len() as i64;
        if !whole || digest.as_slice() != anchor.digest {
            verdict.broken.push(format!("anchor {}: does not match its heads", anchor.anchor));
        }
        prev = anchor.digest;
        wanted.extend(heads.into_iter().map(|h| ((h.stream, h.seq), h.hash)));
    }
    Ok(wanted)
}
