//! `chibo keys`: the key ring of secret fields and files.
//!
//! A new key is added while the program is stopped; the next start seals with it and a job seals the rest anew behind
//! the pages. An old key is retired when nothing lies under it any more.

use std::path::PathBuf;

use chibo_kernel::{Problem, Said, Viewer};
use chibo_store::{Db, Entry, Keys, reseal};
use clap::{Args, Subcommand};

use super::Context;
use crate::{compose, machine};

/// Options of `chibo keys`.
#[derive(Args)]
pub struct KeyRing {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// How many secret values and files lie under each key
    Status,
    /// Add a new key; stop every `chibo serve` first, copy keys.json to a safe place after, then start again
    Rotate,
    /// Take an old key out; refused while anything lies under it. Backups made before need the old key file
    Retire {
        /// Number of the key, as `chibo keys status` shows it
        number: u32,
    },
}

impl KeyRing {
    /// Runs it.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        let db = context.open()?;
        let mut keys = db.keys().clone();
        match self.what {
            What::Status => status(context, &db)?,
            What::Rotate => {
                keys.rotate(&machine::random);
                record(&db, "keys-rotated", keys.newest())?;
                save(context, &keys)?;
                said(context, &keys);
            }
            What::Retire { number } => {
                let left = reseal::under_keys(&db, &places())?.get(&number).copied().unwrap_or_default();
                if left > 0 {
                    return Err(Problem::refuse(Said::new("cli-key-used").with("value", number).with("count", left)));
                }
                if !keys.retire(number) {
                    return Err(Problem::refuse(Said::new("cli-key-not-there").with("value", number)));
                }
                record(&db, "keys-retired", number)?;
                save(context, &keys)?;
                said(context, &keys);
            }
        }
        Ok(0)
    }
}

fn places() -> reseal::SealedPlaces {
    compose::sealed_places(&compose::capabilities())
}

fn path(context: &Context) -> PathBuf {
    context.config.data().join("keys.json")
}

/// Recorded before the file is written: a ring nobody noted would be worse than a note about one that was not written.
fn record(db: &Db, action: &'static str, number: u32) -> Result<(), Problem> {
    db.write(&Viewer::program("chibo keys"), |op| {
        let detail = format!("{{\"key\":{number}}}");
        op.record(Entry { stream: [0; 16], action, unit: None, subject: None, detail });
        Ok(())
    })
}

fn save(context: &Context, keys: &Keys) -> Result<(), Problem> {
    compose::write_private(&path(context), keys.to_text().as_bytes())
}

fn said(context: &Context, keys: &Keys) {
    let numbers = keys.numbers();
    let text: Vec<_> = numbers.iter().map(u32::to_string).collect();
    context.say(&format!("keys.json: {} ✓", text.join(", ")), &serde_json::json!({ "keys": numbers }));
}

fn status(context: &Context, db: &Db) -> Result<(), Problem> {
    let counts = reseal::under_keys(db, &places())?;
    let mut numbers = db.keys().numbers();
    numbers.extend(counts.keys().filter(|number| !db.keys().numbers().contains(number)));
    let count = |number: &u32| counts.get(number).copied().unwrap_or_default();
    let mark = |number: &u32| if *number == db.keys().newest() { " ←" } else { "" };
    let text: Vec<_> = numbers.iter().map(|n| format!("{n:>4}  {:>9}{}", count(n), mark(n))).collect();
    let json: Vec<_> = numbers.iter().map(|n| serde_json::json!({ "key": n, "values": count(n) })).collect();
    context.say(&text.join("\n"), &serde_json::json!({ "keys": json, "newest": db.keys().newest() }));
    Ok(())
}
