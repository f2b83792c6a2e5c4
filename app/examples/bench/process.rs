//! Processes: starting ourselves or the program, and reading how much time and memory a process took.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Ticks a second in `/proc`; Linux has shown 100 on every architecture for decades.
const TICKS: f64 = 100.0;

/// Processor seconds of a process with all its threads so far.
pub fn cpu(pid: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in parentheses may hold anything; times are the 12th and 13th field after it.
    let rest = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / TICKS
}

/// A line of `/proc/PID/status` or `smaps_rollup` in MiB: `VmHWM`, `VmRSS`, `Pss`, `Pss_Anon`.
pub fn memory(pid: u32, file: &str, name: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Forgets the peak of this process's memory so far.
pub fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").expect("the peak of memory can be set back");
}

/// This process's resident memory now and at its peak, MiB.
pub fn resident() -> (f64, f64) {
    let own = std::process::id();
    (memory(own, "status", "VmRSS"), memory(own, "status", "VmHWM"))
}

/// The folder cargo builds release programs into.
pub fn release() -> PathBuf {
    let own = std::env::current_exe().expect("this program's own path");
    own.parent().and_then(Path::parent).expect("target/release/examples").to_owned()
}

/// The program `chibo`, built beside this one.
pub fn chibo() -> Command {
    let path = release().join("chibo");
    assert!(path.exists(), "build the program first: cargo build --release -p chibo");
    Command::new(path)
}

/// Ourselves, as a child.
pub fn ourselves() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program's own path"));
    command.arg("--child");
    command
}

/// Runs a child to its end and reads the JSON it printed.
pub fn answer(command: &mut Command) -> serde_json::Value {
    let output = command.stderr(Stdio::inherit()).output().expect("a child starts");
    assert!(output.status.success(), "a child failed: {command:?}");
    serde_json::from_slice(&output.stdout).expect("a child answers in JSON")
}

/// A server beside us; ends when dropped.
pub struct Beside(Child);

impl Beside {
    pub fn start(command: &mut Command) -> Self {
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a server starts"))
    }

    pub fn pid(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port nobody listens on now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr()).expect("a free port").port()
}
