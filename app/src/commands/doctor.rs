//! `chibo doctor`: trouble an operator can mend before it hurts.

use chibo_kernel::{Moment, Problem};
use chibo_store::Engine;

use super::Context;

struct Finding {
    name: &'static str,
    good: bool,
    text: String,
}

/// Looks around; exit code 1 when something should be mended.
pub fn run(context: &Context) -> Result<u8, Problem> {
    let mut found = vec![keys(context), work_folder(context)];
    match context.open() {
        Ok(db) => {
            found.push(Finding { name: "database", good: true, text: engine(context) });
            let clock = db.now();
            // A clock before this program was written makes every deadline and session wrong.
            let good = clock > Moment(1_760_000_000_000);
            found.push(Finding { name: "clock", good, text: clock.to_string() });
            let accounts = db.read(chibo_accounts::count)?;
            found.push(Finding { name: "accounts", good: accounts > 0, text: accounts.to_string() });
            let members = db.read(chibo_members::store::count_persons)?.unwrap_or(0);
            found.push(Finding { name: "members", good: true, text: members.to_string() });
            let open = db.read(chibo_store::jobs::open_count)?.unwrap_or(0);
            found.push(Finding { name: "jobs waiting", good: open < 100, text: open.to_string() });
        }
        Err(problem) => {
            found.push(Finding { name: "database", good: false, text: crate::words::sentences(&problem) });
        }
    }
    let bad = found.iter().filter(|f| !f.good).count();
    if context.json {
        let list: Vec<_> =
            found.iter().map(|f| serde_json::json!({ "name": f.name, "good": f.good, "text": f.text })).collect();
        println!("{}", serde_json::Value::from(list));
    } else {
        for finding in &found {
            println!("{} {:<14} {}", if finding.good { "✓" } else { "✗" }, finding.name, finding.text);
        }
    }
    Ok(u8::from(bad > 0))
}

fn engine(context: &Context) -> String {
    match context.config.engine() {
        Engine::Sqlite(path) => {
            let size = std::fs::metadata(&path).map_or(0, |m| m.len());
            format!("SQLite {} · {} MiB", path.display(), size >> 20)
        }
        Engine::Postgres(_) => "PostgreSQL".to_owned(),
    }
}

fn keys(context: &Context) -> Finding {
    use std::os::unix::fs::PermissionsExt;
    let path = context.config.data().join("keys.json");
    let mode = std::fs::metadata(&path).map(|m| m.permissions().mode() & 0o777);
    let good = mode.as_ref().is_ok_and(|m| m & 0o077 == 0);
    let text = mode.map_or_else(|e| format!("{}: {e}", path.display()), |m| format!("{} {m:o}", path.display()));
    Finding { name: "keys", good, text }
}

fn work_folder(context: &Context) -> Finding {
    let folder = context.config.data().join("work");
    let probe = folder.join("doctor-probe");
    let outcome = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&probe, b"probe"));
    let _ = std::fs::remove_file(&probe);
    let text =
        outcome.as_ref().map_or_else(|e| format!("{}: {e}", folder.display()), |()| folder.display().to_string());
    Finding { name: "work folder", good: outcome.is_ok(), text }
}
