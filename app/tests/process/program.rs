//! Running the program and reading what it said.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use chibo::compose::{self, Machine};
use chibo::demo::{Plan, load};
use chibo_kernel::{Problem, Said};
use chibo_store::{Db, Engine};
use chibo_testkit::Folder;

/// What a run said.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    /// It ended well.
    pub fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.out, self.err);
        self
    }

    /// It refused with exit code 1 and one sentence that holds all of this, and did not fall over.
    pub fn refused(&self, parts: &[&str]) {
        let lines: Vec<_> = self.err.lines().filter(|line| !line.trim().is_empty()).collect();
        let all = format!("exit code {:?}\nout: {}\nerr: {}", self.code, self.out, self.err);
        assert_eq!(self.code, Some(1), "{all}");
        assert_eq!(lines.len(), 1, "one sentence, no more: {all}");
        assert!(parts.iter().all(|part| self.err.contains(part)), "{parts:?} in {all}");
        self.stayed_upright();
    }

    /// No panic, no missing word, no machine's talk.
    pub fn stayed_upright(&self) {
        for word in ["panicked", "RUST_BACKTRACE", "⟦", "unwrap", "os error", "met a fault"] {
            assert!(!self.err.contains(word) && !self.out.contains(word), "{word} in {}\n{}", self.out, self.err);
        }
    }

    /// The last line of the output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.out.lines().last().unwrap_or_default())
            .unwrap_or_else(|_| panic!("{}\n{}", self.out, self.err))
    }
}

/// The program with its data here, speaking English; nothing of the caller's environment decides.
pub fn chibo(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chibo"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CHIBO_")) {
        command.env_remove(name);
    }
    command.args(args).arg("--data").arg(data).env("CHIBO_LANG", "en").stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end.
pub fn run(data: &Path, args: &[&str]) -> Ran {
    chibo(data, args).output().unwrap().into()
}

/// Opens what the program left, as the program would.
pub fn open(data: &Path) -> Db {
    compose::open(Engine::Sqlite(data.join("chibo.db")), data, Machine::default()).unwrap()
}

/// Every invariant, after a restart.
pub fn assert_sound(db: &Db, after: &str) {
    for check in chibo::check::run(db).unwrap() {
        assert_eq!(check.faults, Vec::<String>::new(), "{after}: {} {}", check.id, check.what);
    }
}

/// How many members there are.
pub fn members(db: &Db) -> i64 {
    db.read(chibo_members::store::count_persons).unwrap().unwrap_or(0)
}

/// A copy of a data folder whose program has ended.
pub fn copy_of(data: &Path) -> Folder {
    let copy = Folder::new();
    for entry in std::fs::read_dir(data).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

/// An empty installation.
pub fn installed() -> Folder {
    let folder = Folder::new();
    drop(open(folder.path()));
    folder
}

fn filled(stop: Option<&'static str>) -> Folder {
    let folder = Folder::new();
    let db = open(folder.path());
    let outcome = load::fill(&db, &Plan::new(1_000), &mut |stage, _, _| {
        if Some(stage) == stop { Err(Problem::refuse(Said::new("cli-demo-stopped"))) } else { Ok(()) }
    });
    assert_eq!(outcome.is_err(), stop.is_some());
    folder
}

/// The smallest city, whole.
pub fn city() -> &'static Path {
    static CITY: OnceLock<Folder> = OnceLock::new();
    CITY.get_or_init(|| {
        crate::leftovers::clear();
        filled(None)
    })
    .path()
}

/// The smallest city on the eve of its reorganisation: members are in, decisions are not.
pub fn eve() -> &'static Path {
    static EVE: OnceLock<Folder> = OnceLock::new();
    EVE.get_or_init(|| filled(Some("cli-stage-decisions"))).path()
}

/// Whether the tests may mount file systems.
pub fn may_mount() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}
