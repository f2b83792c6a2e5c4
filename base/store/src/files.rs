//! Sealed files beside the database: scans, photos. A file is named by its owner and content, sealed under the key ring,
//! on disk and read back before the row that speaks of it is committed. Rows know files, files know nothing.
//!
//! Order matters: [`Files::keep`] first, then [`note`] in the write that commits the row. What was kept and never noted
//! (the write was refused) is an orphan, and a job sweeps it after a day.

use std::collections::HashSet;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use chibo_kernel::{Moment, Problem, Said};
use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::jobs::{self, Handler, Running, Stop};
use crate::op::Op;
use crate::seal::{Keys, digest, hex};

/// Kind of the job that removes files no row speaks of.
pub const SWEEP: &str = "file-sweep";
/// How old a file without a row must be before it is swept, ms: longer than any write takes.
const GRACE_MS: i64 = 24 * 3_600_000;

pub(crate) mod store {
    use crate::queries;
    use chibo_kernel::Moment;

    queries! {
        /// Notes a file that rows speak of.
        fn note(stored: &str, bytes: i64, recorded_at: Moment) -> run =
            "INSERT INTO stored_file (stored, bytes, recorded_at) VALUES ($1, $2, $3) ON CONFLICT (stored) DO NOTHING";
        /// Every file rows speak of.
        fn noted() -> many<String> = "SELECT stored FROM stored_file ORDER BY stored";
    }
}

/// The folder of sealed files of one installation; kept beside the data ([`Db::put_beside`]).
#[derive(Clone, Debug)]
pub struct Files(PathBuf);

/// A file on disk that waits for its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name in the area.
    pub stored: String,
    /// SHA-256 of the content, in hexadecimal.
    pub digest: String,
    /// Bytes of the content.
    pub bytes: usize,
}

fn io(error: std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Problem::refuse(Said::new("store-disk-full")),
        _ => Problem::Fault(error.to_string()),
    }
}

fn lost(stored: &str) -> Problem {
    Problem::Fault(format!("the file {stored} is not as it was kept"))
}

/// A name is made by us, never by people; whatever else comes (from a backup) must not lead out of the folder.
fn is_name(stored: &str) -> bool {
    stored.len() == 64 && stored.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

impl Files {
    /// The area in a folder; made when the first file comes.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// The area of a database.
    ///
    /// # Errors
    /// A fault when the program was put together without one.
    pub fn of(db: &Db) -> Result<std::sync::Arc<Self>, Problem> {
        db.beside::<Self>().ok_or_else(|| Problem::fault("no files area beside the data"))
    }

    fn path(&self, stored: &str) -> Option<PathBuf> {
        is_name(stored).then(|| self.0.join(&stored[..2]).join(stored))
    }

    /// Seals a file for its owner and puts it on disk; it is whole, synced and read back when this returns. The same
    /// content of the same owner has the same name.
    ///
    /// # Errors
    /// A refusal when the disk is full; faults of the machine.
    pub fn keep(&self, keys: &Keys, owner: &[u8], plain: &[u8], nonce: [u8; 24]) -> Result<Kept, Problem> {
        let digest = digest(plain);
        let about = [owner, digest.as_bytes()].concat();
        let stored = hex(&keys.lookup(&[b"file ".as_slice(), &about].concat()));
        let sealed = keys.seal(plain, &about, nonce)?;
        self.write(&stored, &sealed)?;
        let kept = Kept { stored, digest, bytes: plain.len() };
        // A disk that says "written" and is not is found out now, while the person still has the paper in hand.
        self.open(keys, owner, &kept.stored, &kept.digest)?;
        Ok(kept)
    }

    /// Puts sealed bytes under a name: all of them or none.
    pub(crate) fn write(&self, stored: &str, sealed: &[u8]) -> Result<(), Problem> {
        let path = self.path(stored).ok_or_else(|| lost(stored))?;
        let folder = path.parent().unwrap_or(&self.0);
        std::fs::create_dir_all(folder).map_err(io)?;
        let partial = folder.join(format!("{stored}.partial-{}", std::process::id()));
        let outcome = private(&partial).and_then(|mut file| {
            file.write_all(sealed)?;
            file.sync_all()?;
            std::fs::rename(&partial, &path)?;
            File::open(folder)?.sync_all()
        });
        outcome.map_err(|error| {
            let _ = std::fs::remove_file(&partial);
            io(error)
        })
    }

    /// The sealed bytes of a name, as they lie.
    pub(crate) fn sealed(&self, stored: &str) -> Result<Vec<u8>, Problem> {
        let path = self.path(stored).ok_or_else(|| lost(stored))?;
        std::fs::read(path).map_err(|_| lost(stored))
    }

    /// Opens a file for its owner and checks that it is what was kept.
    ///
    /// # Errors
    /// A fault when it is gone, changed, or somebody else's.
    pub fn open(&self, keys: &Keys, owner: &[u8], stored: &str, digest: &str) -> Result<Vec<u8>, Problem> {
        let about = [owner, digest.as_bytes()].concat();
        let plain = keys.open(&self.sealed(stored)?, &about)?;
        if hex(&Sha256::digest(&plain)) == digest { Ok(plain) } else { Err(lost(stored)) }
    }

    /// Every file that lies in the area, with when it was written (ms).
    fn all(&self) -> Result<Vec<(PathBuf, i64)>, Problem> {
        let mut found = Vec::new();
        let Ok(folders) = std::fs::read_dir(&self.0) else { return Ok(found) };
        for folder in folders.flatten().filter(|entry| entry.path().is_dir()) {
            for entry in std::fs::read_dir(folder.path()).map_err(io)?.flatten() {
                let written = entry.metadata().and_then(|about| about.modified()).map_err(io)?;
                let since = written.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                found.push((entry.path(), i64::try_from(since.as_millis()).unwrap_or(i64::MAX)));
            }
        }
        Ok(found)
    }

    /// Removes files written before a moment that are not among the noted; gives how many.
    ///
    /// # Errors
    /// Faults of the machine.
    pub fn sweep(&self, noted: &HashSet<String>, before: Moment) -> Result<u64, Problem> {
        let mut removed = 0;
        for (path, written) in self.all()? {
            let known = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| noted.contains(name));
            if !known && written < before.0 {
                std::fs::remove_file(&path).map_err(io)?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Names that rows speak of and that do not lie in the area.
    ///
    /// # Errors
    /// What reading the rows gives.
    pub fn missing(&self, db: &Db) -> Result<Vec<String>, Problem> {
        let noted = db.read(store::noted)?;
        Ok(noted.into_iter().filter(|stored| !self.path(stored).is_some_and(|path| path.exists())).collect())
    }
}

/// Only the owner of the program reads what is sealed.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Notes a kept file in the write whose row speaks of it, and sees to it that orphans are swept.
///
/// # Errors
/// What the database gives.
pub fn note(op: &mut Op<'_, '_>, kept: &Kept) -> Result<(), Problem> {
    let (now, bytes) = (op.now(), i64::try_from(kept.bytes).map_err(Problem::fault)?);
    store::note(op.tx(), &kept.stored, bytes, now)?;
    if jobs::waiting(op.tx(), SWEEP)?.unwrap_or(0) == 0 {
        op.enqueue_after(SWEEP, "{}", None, now.plus_ms(GRACE_MS))?;
    }
    Ok(())
}

/// The job of the area.
pub fn handlers() -> Vec<Handler> {
    vec![Handler { kind: SWEEP, run }]
}

fn run(running: &Running<'_>) -> Result<String, Stop> {
    let files = Files::of(running.db)?;
    // Files first, rows after: a row committed in between speaks of a file that is younger than a day.
    let noted: HashSet<String> = running.db.read(store::noted)?.into_iter().collect();
    let removed = files.sweep(&noted, running.db.now().plus_ms(-GRACE_MS))?;
    let missing = files.missing(running.db)?.len();
    Ok(format!("{{\"removed\":{removed},\"missing\":{missing}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::generate(&|out| out.fill(7))
    }

    struct Area(Files);

    impl Area {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("chibo-test-{}-files-{name}", std::process::id()));
            Self(Files::at(folder))
        }
    }

    impl Drop for Area {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0.0);
        }
    }

    #[test]
    fn dos_01_a_file_is_sealed_named_by_owner_and_content_and_opens_for_its_owner_only() {
        let (area, keys) = (Area::new("sealed"), keys());
        let kept = area.0.keep(&keys, b"person-1", b"secret scan", [9; 24]).unwrap();
        assert_eq!(kept, area.0.keep(&keys, b"person-1", b"secret scan", [8; 24]).unwrap(), "the same, once");
        let other = area.0.keep(&keys, b"person-2", b"secret scan", [9; 24]).unwrap();
        assert!(other.stored != kept.stored && other.digest == kept.digest);
        let open = |owner: &[u8], stored: &str| area.0.open(&keys, owner, stored, &kept.digest);
        assert_eq!(open(b"person-1", &kept.stored).unwrap(), b"secret scan");
        assert!(open(b"person-2", &kept.stored).is_err());
        let lies = area.0.sealed(&kept.stored).unwrap();
        assert!(!lies.windows(6).any(|window| window == b"secret"));
        let mut changed = lies;
        changed[40] ^= 1;
        area.0.write(&kept.stored, &changed).unwrap();
        assert!(open(b"person-1", &kept.stored).is_err());
        assert!(area.0.open(&keys, b"person-1", "../../keys.json", &kept.digest).is_err());
        assert!(area.0.write("../x", b"").is_err());
    }

    #[test]
    fn files_without_a_row_are_swept_once_they_are_old() {
        let (area, keys) = (Area::new("sweep"), keys());
        let kept = area.0.keep(&keys, b"p", b"kept", [1; 24]).unwrap();
        let orphan = area.0.keep(&keys, b"p", b"orphan", [2; 24]).unwrap();
        let noted = HashSet::from([kept.stored.clone()]);
        assert_eq!(area.0.sweep(&noted, Moment(0)), Ok(0), "too young");
        assert_eq!(area.0.sweep(&noted, Moment::FOREVER), Ok(1));
        assert!(area.0.sealed(&kept.stored).is_ok() && area.0.sealed(&orphan.stored).is_err());
    }
}
