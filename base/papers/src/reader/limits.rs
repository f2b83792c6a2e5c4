//! How much a file may hold, and the meter that stops reading when it holds more.

use chibo_kernel::Said;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};

use crate::PaperProblem;

/// Upper bounds for one file. The defaults let a real workbook of 250,000 members × 41 columns pass (about 60 MB
/// packed, several hundred MB of XML) and stop every bomb of quality.md S8.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the file as it came.
    pub file_bytes: u64,
    /// Entries of the ZIP directory.
    pub entries: usize,
    /// Bytes all entries together inflate to.
    pub inflated_bytes: u64,
    /// How many times larger an entry may inflate…
    pub ratio: u64,
    /// …once it inflates beyond this many bytes.
    pub ratio_from: u64,
    /// Bytes the shared strings inflate to; they are the one part held in memory.
    pub shared_bytes: u64,
    /// Number of shared strings.
    pub shared_strings: u64,
    /// Bytes any other part that is read whole (styles, relations, list of sheets) inflates to.
    pub small_part_bytes: u64,
    /// XML tags in each such part.
    pub small_part_tags: u64,
    /// Bytes of a sheet between two cells, of a CSV file between two rows.
    pub gap_bytes: u64,
    /// Rows with cells, all sheets together.
    pub rows: u64,
    /// Cells, empty ones with a style included.
    pub cells: u64,
    /// Columns to the right of which nothing may stand.
    pub columns: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            entries: 2_000,
            inflated_bytes: 1 << 30,
            ratio: 200,
            ratio_from: 50 << 20,
            shared_bytes: 128 << 20,
            shared_strings: 3_000_000,
            small_part_bytes: 16 << 20,
            small_part_tags: 200_000,
            gap_bytes: 8 << 20,
            rows: 400_000,
            cells: 40_000_000,
            columns: 512,
        }
    }
}

impl Limits {
    /// The defaults with another number of rows.
    pub fn with_rows(rows: u64) -> Self {
        Self { rows, ..Self::default() }
    }
}

/// Shared by the byte source below the parser and the loop above it: the source counts, the loop resets, and the
/// reason of a refusal survives the parser's own error.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    since: AtomicU64,
    streaming: AtomicBool,
    part: AtomicUsize,
    refusal: Mutex<Option<Said>>,
}

impl Meter {
    /// A cell or row has come out: the gap starts anew.
    pub fn progress(&self) {
        self.since.store(0, Relaxed);
    }

    /// From now on sheets are streamed; before, parts are read whole.
    pub fn start_streaming(&self) {
        self.progress();
        self.streaming.store(true, Relaxed);
    }

    /// Whether sheets are being streamed.
    pub fn is_streaming(&self) -> bool {
        self.streaming.load(Relaxed)
    }

    /// The source has begun with this part.
    pub fn opened(&self, part: usize) {
        self.part.store(part, Relaxed);
    }

    /// The part begun last: how the parser's name of a sheet is traced to its part.
    pub fn part(&self) -> usize {
        self.part.load(Relaxed)
    }

    /// Counts bytes handed upwards; refuses when the gap grows beyond `limit`.
    pub fn count(&self, bytes: usize, limit: u64, key: &'static str) -> std::io::Result<()> {
        let since = self.since.fetch_add(bytes as u64, Relaxed) + bytes as u64;
        if since > limit { Err(self.refuse(Said::new(key))) } else { Ok(()) }
    }

    /// Remembers the reason and gives an error to stop the parser with.
    pub fn refuse(&self, said: Said) -> std::io::Error {
        if let Ok(mut refusal) = self.refusal.lock() {
            refusal.get_or_insert(said);
        }
        std::io::Error::other("refused by the guard")
    }

    /// The problem behind an error that came out of a parser: our own refusal, else `other`.
    pub fn problem(&self, other: PaperProblem) -> PaperProblem {
        match self.refusal.lock().ok().and_then(|refusal| refusal.clone()) {
            Some(said) => PaperProblem::Refused(said),
            None => other,
        }
    }
}
