//! A private PostgreSQL for one run: own folder, own port, own password, gone at the end.

use std::fs;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs::{self, Beside};
use crate::tools;

/// Somebody the server may run as: it refuses to run as root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct User {
    uid: u32,
    gid: u32,
}

/// A running cluster. Dropping it stops the server and removes its data; the log stays.
pub struct Cluster {
    server: Option<Beside>,
    folder: PathBuf,
    /// Address with the superuser's name and password, for `CHIBO_TEST_POSTGRES`.
    pub url: String,
}

impl Cluster {
    /// Makes and starts a cluster under `target`, or under the system's folder for temporary files when the server's
    /// user cannot reach `target`.
    pub fn start(programs: &Path, target: &Path) -> Result<Self, String> {
        let user = if tools::is_root() { Some(server_user()?) } else { None };
        let folder = place(target, user)?;
        let (data, log) = (folder.join("data"), folder.join("server.log"));
        let password = random_password()?;
        let secret = folder.join("password");
        fs::write(&secret, &password).map_err(|e| format!("{}: {e}", secret.display()))?;
        give(&secret, user)?;
        let mut init = Command::new(programs.join("initdb"));
        init.args(["--auth=scram-sha-256", "--username=chibo", "--encoding=UTF8", "--no-locale", "--no-sync"]);
        init.arg("--pwfile").arg(&secret).arg("-D").arg(&data);
        become_user(&mut init, user).current_dir(&folder);
        programs::run_reading(&mut init, |_| false)?;
        fs::remove_file(&secret).map_err(|e| format!("{}: {e}", secret.display()))?;
        let port = programs::free_port()?;
        let mut cluster =
            Self { server: None, folder, url: format!("postgres://chibo:{password}@127.0.0.1:{port}/postgres") };
        let mut command = programs::tied(programs.join("postgres"), "INT");
        command.arg("-D").arg(&data);
        // Crash safety of a throw-away cluster is wasted time; sockets would make long folder names a fault.
        for setting in [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=300",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
        ] {
            command.arg("-c").arg(setting);
        }
        command.arg("-c").arg(format!("port={port}"));
        let file = fs::File::create(&log).map_err(|e| format!("{}: {e}", log.display()))?;
        let second = file.try_clone().map_err(|e| e.to_string())?;
        become_user(&mut command, user).current_dir(&cluster.folder).stdout(file).stderr(second);
        let mut server = Beside::start(&mut command, "INT")?;
        let ready = programs::wait_until(&mut server, 60, || is_ready(&data.join("postmaster.pid")));
        cluster.server = Some(server);
        if ready { Ok(cluster) } else { Err(format!("PostgreSQL did not start:\n{}", programs::tail(&log))) }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.server = None;
        let _ = fs::remove_dir_all(self.folder.join("data"));
    }
}

/// The server writes its state into the eighth line of this file.
fn is_ready(pid_file: &Path) -> bool {
    let text = fs::read_to_string(pid_file).unwrap_or_default();
    text.lines().nth(7).is_some_and(|state| state.trim() == "ready")
}

/// An empty folder that belongs to the server's user and can be reached by it.
fn place(target: &Path, user: Option<User>) -> Result<PathBuf, String> {
    let elsewhere = std::env::temp_dir().join(format!("chibo-xtask-{}", std::process::id()));
    for folder in [target.join("pg"), elsewhere] {
        stop_forgotten(&folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        give(&folder, user)?;
        let mut probe = Command::new("true");
        if become_user(&mut probe, user).current_dir(&folder).status().is_ok_and(|status| status.success()) {
            return Ok(folder);
        }
        fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    Err("the user PostgreSQL runs as can reach neither the target folder nor the temporary folder".to_owned())
}

/// Stops the server of a run that was killed: the process its pid file names, if that still works in this folder.
fn stop_forgotten(folder: &Path) {
    let data = folder.join("data");
    let text = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let Some(pid) = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok()) else { return };
    let works_here =
        fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| data.canonicalize().is_ok_and(|d| d == cwd));
    if works_here && Command::new("kill").args(["-INT", &pid.to_string()]).status().is_ok() {
        for _ in 0..100 {
            if !data.join("postmaster.pid").exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    }
}

fn give(path: &Path, user: Option<User>) -> Result<(), String> {
    let Some(user) = user else { return Ok(()) };
    std::os::unix::fs::chown(path, Some(user.uid), Some(user.gid)).map_err(|e| format!("{}: {e}", path.display()))
}

fn become_user(command: &mut Command, user: Option<User>) -> &mut Command {
    match user {
        Some(user) => command.uid(user.uid).gid(user.gid),
        None => command,
    }
}

fn server_user() -> Result<User, String> {
    let accounts = fs::read_to_string("/etc/passwd").map_err(|e| format!("/etc/passwd: {e}"))?;
    let found = ["postgres", "nobody"].iter().find_map(|name| find_user(&accounts, name));
    found.ok_or_else(|| "PostgreSQL does not run as root, and there is no user postgres or nobody".to_owned())
}

fn find_user(accounts: &str, name: &str) -> Option<User> {
    let fields: Vec<&str> = accounts.lines().map(|line| line.split(':').collect()).find(|f: &Vec<_>| f[0] == name)?;
    Some(User { uid: fields.get(2)?.parse().ok()?, gid: fields.get(3)?.parse().ok()? })
}

/// Loopback is shared by everybody on the machine, so even a test server wants a password nobody knows.
fn random_password() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    let mut source = fs::File::open("/dev/urandom").map_err(|e| format!("/dev/urandom: {e}"))?;
    source.read_exact(&mut bytes).map_err(|e| format!("/dev/urandom: {e}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_user_is_read_from_the_accounts() {
        let accounts = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/:/bin/false\n";
        assert_eq!(find_user(accounts, "nobody"), Some(User { uid: 65534, gid: 65533 }));
        assert_eq!(find_user(accounts, "postgres"), None);
    }

    #[test]
    fn passwords_are_long_and_differ() {
        let (one, two) = (random_password().unwrap(), random_password().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, two);
    }
}
