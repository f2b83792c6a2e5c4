//! Running other programs: always shown, never through a shell, never left behind.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::tools;

/// Cargo itself, the one that started this program.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Where cargo builds.
pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |told| root.join(told))
}

/// Takes the product's own settings out of a command's environment: a run must not touch somebody's real database.
pub fn unsettled(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CHIBO_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end with its output shown.
pub fn run(command: &mut Command) -> Result<(), String> {
    println!("$ {}", shown(command));
    let status = command.status().map_err(|e| format!("{}: {e}", shown(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{}: {status}", shown(command))) }
}

/// Runs to the end, handing every line of its output to `take`, which tells whether to show it.
pub fn run_reading(command: &mut Command, mut take: impl FnMut(&str) -> bool) -> Result<(), String> {
    println!("$ {}", shown(command));
    let name = shown(command);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| format!("{name}: {e}"))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|e| format!("{name}: {e}"))?;
            let line = String::from_utf8_lossy(&line);
            if take(line.trim_end()) {
                println!("{line}");
            }
        }
    }
    let status = child.wait().map_err(|e| format!("{name}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name}: {status}")) }
}

/// A command that dies with this program, however this program dies, where the system can promise that.
pub fn tied(program: impl AsRef<OsStr>, signal: &str) -> Command {
    match tools::in_path(&["setpriv"]) {
        Some(setpriv) if cfg!(target_os = "linux") => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", signal, "--"]).arg(program);
            command
        }
        _ => Command::new(program),
    }
}

/// A program running beside this one; ended when dropped.
pub struct Beside {
    child: Child,
    signal: &'static str,
}

impl Beside {
    /// Starts it; `signal` is how it is asked to end.
    pub fn start(command: &mut Command, signal: &'static str) -> Result<Self, String> {
        println!("$ {} &", shown(command));
        let child = command.stdin(Stdio::null()).spawn().map_err(|e| format!("{}: {e}", shown(command)))?;
        Ok(Self { child, signal })
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let asked = self.runs()
            && Command::new("kill")
                .args([format!("-{}", self.signal), self.child.id().to_string()])
                .status()
                .is_ok_and(|status| status.success());
        for _ in 0..100 {
            if !asked || !self.runs() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        if self.runs() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// Checks `ready` every tenth of a second for at most so many seconds, while the program beside still runs.
pub fn wait_until(beside: &mut Beside, seconds: u64, ready: impl Fn() -> bool) -> bool {
    for _ in 0..seconds * 10 {
        if ready() {
            return true;
        }
        if !beside.runs() {
            return false;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    false
}

/// A free port on this machine.
pub fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("no free port: {e}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|e| e.to_string())
}

/// The last lines of a log file, for an error message.
pub fn tail(log: &Path) -> String {
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

fn shown(command: &Command) -> String {
    let words: Vec<_> =
        std::iter::once(command.get_program()).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_beside_ends_when_dropped() {
        let mut beside = Beside::start(tied("sleep", "TERM").arg("600"), "TERM").unwrap();
        let pid = beside.child.id();
        assert!(beside.runs());
        drop(beside);
        assert!(!Command::new("kill").args(["-0", &pid.to_string()]).stderr(Stdio::null()).status().unwrap().success());
    }

    #[test]
    fn output_is_read_line_by_line_and_failure_is_told() {
        let mut lines = Vec::new();
        let outcome = run_reading(Command::new("sh").args(["-c", "printf 'a\\nb'; exit 3"]), |line| {
            lines.push(line.to_owned());
            false
        });
        assert_eq!(lines, ["a", "b"]);
        assert!(outcome.unwrap_err().contains('3'));
    }
}
