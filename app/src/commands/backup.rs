//! `chibo backup` and `chibo restore`: one file, out of either engine and into either.

use std::path::PathBuf;

use chibo_kernel::{Problem, Said};
use clap::Args;
use indicatif::ProgressBar;

use super::Context;
use crate::{compose, machine};

/// Options of `chibo backup`.
#[derive(Args)]
pub struct Backup {
    /// File to write; the key file keys.json is NOT inside: keep a copy of it apart
    file: PathBuf,
}

/// Options of `chibo restore`.
#[derive(Args)]
pub struct Restore {
    /// Backup file
    file: PathBuf,
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    bar
}

impl Backup {
    /// Writes the file; other work goes on meanwhile.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        let db = context.open()?;
        machine::watch_signals();
        let bar = spinner();
        let rows = chibo_store::backup::backup(&db, &compose::migrations(), &self.file, &mut |rows, table| {
            bar.set_message(format!("{table} · {rows}"));
            if machine::stopping() { Err(Problem::refuse(Said::new("cli-demo-stopped"))) } else { Ok(()) }
        })?;
        bar.finish_and_clear();
        let size = std::fs::metadata(&self.file).map_or(0, |m| m.len());
        context.say(
            &format!("{} · {rows} rows · {} MiB", self.file.display(), size >> 20),
            &serde_json::json!({ "file": self.file, "rows": rows, "bytes": size }),
        );
        Ok(0)
    }
}

impl Restore {
    /// Fills the empty database of the settings.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        chibo_store::backup::verify_file(&self.file)?;
        let db = context.open()?;
        if db.read(chibo_accounts::count)? > 0 || db.read(chibo_members::store::count_persons)?.unwrap_or(0) > 0 {
            return Err(Problem::refuse(Said::new("cli-not-empty")));
        }
        let bar = spinner();
        let rows = chibo_store::backup::restore(&db, &compose::migrations(), &self.file, &mut |rows, table| {
            bar.set_message(format!("{table} · {rows}"));
            Ok(())
        })?;
        bar.finish_and_clear();
        // The backup brings the fingerprint of the keys it was sealed with: the wrong key file is found out now.
        db.migrate(&compose::migrations())?;
        context.say(&format!("{rows} rows ✓"), &serde_json::json!({ "rows": rows }));
        Ok(0)
    }
}
