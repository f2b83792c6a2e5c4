//! The whole program in a real browser: a small demonstration, served, driven by the tests in `e2e/`.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::programs::{self, Beside};
use crate::tally::{Counts, read_tap};

/// Members of the demonstration: enough for several pages of every list, loaded in a second or two.
const MEMBERS: &str = "3000";

/// A demonstration in its own folder.
pub struct Demo {
    root: PathBuf,
    program: PathBuf,
    data: PathBuf,
    log: PathBuf,
}

impl Demo {
    /// Where everything lies, below `target/xtask`.
    pub fn new(root: &Path) -> Self {
        let target = programs::target(root);
        Self {
            root: root.to_owned(),
            program: target.join("debug/chibo"),
            data: target.join("xtask/demo"),
            log: target.join("xtask/serve.log"),
        }
    }

    /// Makes the data anew.
    pub fn fill(&self) -> Result<(), String> {
        if self.data.exists() {
            fs::remove_dir_all(&self.data).map_err(|e| format!("{}: {e}", self.data.display()))?;
        }
        let mut command = Command::new(&self.program);
        programs::unsettled(&mut command)
            .args(["demo", "--build-only", "--members", MEMBERS, "--data"])
            .arg(&self.data);
        programs::run(&mut command)
    }

    /// Serves it and runs `test` or `shots` of `e2e/` against it.
    pub fn drive(&self, chromium: &Path, script: &str, counts: &mut Counts) -> Result<(), String> {
        let port = programs::free_port()?;
        let server = self.serve(port)?;
        let out = self.root.join("e2e/out");
        fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
        let tap = out.join("result.tap");
        let mut node = Command::new("node");
        if script == "test" {
            node.args(["--test", "--test-concurrency=1", "--test-reporter=spec", "--test-reporter-destination=stdout"]);
            node.args(["--test-reporter=tap", "--test-reporter-destination=out/result.tap"])
                .args(test_files(&self.root)?);
        } else {
            node.arg("shots.mjs");
        }
        node.current_dir(self.root.join("e2e"));
        node.env("CHIBO_CHROMIUM", chromium).env("CHIBO_E2E_DATA", &self.data);
        node.env("CHIBO_E2E_URL", format!("http://127.0.0.1:{port}"));
        let outcome = programs::run(&mut node);
        drop(server);
        if script == "test" {
            *counts = read_tap(&fs::read_to_string(&tap).unwrap_or_default());
            if counts.passed == 0 && outcome.is_ok() {
                return Err("no browser test ran".to_owned());
            }
        }
        outcome
    }

    fn serve(&self, port: u16) -> Result<Beside, String> {
        let file = fs::File::create(&self.log).map_err(|e| format!("{}: {e}", self.log.display()))?;
        let second = file.try_clone().map_err(|e| e.to_string())?;
        let mut command = programs::tied(&self.program, "TERM");
        programs::unsettled(&mut command)
            .arg("serve")
            .arg("--data")
            .arg(&self.data)
            .args(["--port", &port.to_string()]);
        // The browser asks faster than any person may.
        command.env("CHIBO_PER_MINUTE", "0");
        let mut server = Beside::start(command.stdout(file).stderr(second), "TERM")?;
        if programs::wait_until(&mut server, 60, || answers(port)) {
            Ok(server)
        } else {
            Err(format!("chibo serve did not become ready:\n{}", programs::tail(&self.log)))
        }
    }
}

/// `npm ci`, unless exactly this lock file is installed already.
pub fn install(root: &Path) -> Result<(), String> {
    let folder = root.join("e2e");
    let lock = fs::read(folder.join("package-lock.json")).map_err(|e| format!("e2e/package-lock.json: {e}"))?;
    let stamp = folder.join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|known| known == lock) {
        println!("installed already");
        return Ok(());
    }
    let mut npm = Command::new("npm");
    // Neither package needs a script of its own, and none may fetch a browser.
    programs::run(npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    fs::write(&stamp, lock).map_err(|e| format!("{}: {e}", stamp.display()))
}

fn test_files(root: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(root.join("e2e")).map_err(|e| format!("e2e: {e}"))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = names.filter(|name| name.ends_with(".test.mjs")).collect();
    names.sort();
    Ok(names)
}

/// Whether the program says it is ready.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    };
    ask().is_ok_and(|text| text.lines().next().is_some_and(|line| line.contains(" 200 ")))
}
