//! A whole database as canonical bytes, table by table: for comparing two of them, on whatever engines.

use std::collections::BTreeMap;

use chibo_store::Db;

/// Rows of every table as exported, in canonical order.
pub type Tables = BTreeMap<String, Vec<Vec<u8>>>;

/// Everything there is.
pub fn tables(db: &Db) -> Tables {
    let mut bytes = Vec::new();
    let migrations = chibo::compose::migrations();
    chibo_store::backup::export(db, &migrations, &mut bytes, &mut |_, _| Ok(())).unwrap();
    read(&bytes)
}

/// Everything but these tables.
#[allow(dead_code)] // not every test program leaves something out
pub fn tables_but(db: &Db, left_out: &[&str]) -> Tables {
    let mut tables = tables(db);
    tables.retain(|name, _| !left_out.contains(&name.as_str()));
    tables
}

/// What differs, in words; nothing when they are equal.
pub fn difference(a: &Tables, b: &Tables) -> Vec<String> {
    let names: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
    let differs = names.into_iter().filter(|name| a.get(*name) != b.get(*name));
    let rows = |tables: &Tables, name: &str| tables.get(name).map_or(-1, |rows| rows.len() as i64);
    differs.map(|name| format!("{name}: {} rows and {} rows", rows(a, name), rows(b, name))).collect()
}

fn number(bytes: &[u8], at: &mut usize) -> usize {
    let length = u32::from_be_bytes(bytes[*at..*at + 4].try_into().unwrap()) as usize;
    *at += 4;
    length
}

fn text(bytes: &[u8], at: &mut usize) -> String {
    let length = number(bytes, at);
    let text = String::from_utf8(bytes[*at..*at + length].to_vec()).unwrap();
    *at += length;
    text
}

fn skip_value(bytes: &[u8], at: &mut usize) {
    let kind = bytes[*at];
    *at += 1;
    match kind {
        b'N' => {}
        b'I' => *at += 8,
        b'S' | b'B' => {
            let length = number(bytes, at);
            *at += length;
        }
        other => panic!("no value begins with {other}"),
    }
}

fn read(bytes: &[u8]) -> Tables {
    let mut tables = Tables::new();
    let (mut at, mut table, mut width) = (0, String::new(), 0);
    loop {
        let kind = bytes[at];
        at += 1;
        match kind {
            b'T' => {
                table = text(bytes, &mut at);
                width = text(bytes, &mut at).split(',').count();
                tables.insert(table.clone(), Vec::new());
            }
            b'R' => {
                let start = at;
                (0..width).for_each(|_| skip_value(bytes, &mut at));
                tables.get_mut(&table).unwrap().push(bytes[start..at].to_vec());
            }
            b'E' => return tables,
            other => panic!("no record begins with {other}"),
        }
    }
}
