//! Whatever is wrong at the start: one clear sentence, exit code 1, nothing spoiled.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use chibo_testkit::Folder;

use crate::program::{chibo, installed, run};

/// The commands that open the database, as somebody would type them.
const COMMANDS: [&[&str]; 5] =
    [&["check"], &["migrate"], &["user", "list"], &["audit", "verify"], &["serve", "--port", "0"]];

fn all_refuse(data: &Path, parts: &[&str]) {
    for command in COMMANDS {
        run(data, command).refused(parts);
    }
}

#[test]
fn a_taken_port_is_named_with_another_to_try() {
    let data = installed();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = run(data.path(), &["serve", "--port", &port.to_string()]);
    ran.refused(&[&port.to_string(), &(port + 1).to_string(), "--port"]);
    let vietnamese =
        chibo(data.path(), &["serve", "--port", &port.to_string()]).env("CHIBO_LANG", "vi").output().unwrap();
    crate::program::Ran::from(vietnamese).refused(&["Cổng"]);
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let folder = Folder::new();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "x").unwrap();
    all_refuse(&file.join("data"), &["Cannot write to", "a-file/data"]);
    assert_eq!(std::fs::read(&file).unwrap(), b"x");
}

#[test]
fn a_database_that_is_a_folder_is_refused() {
    let data = installed();
    std::fs::remove_file(data.path().join("chibo.db")).unwrap();
    std::fs::create_dir(data.path().join("chibo.db")).unwrap();
    all_refuse(data.path(), &["cannot be opened"]);
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let data = installed();
    let file = data.path().join("chibo.db");
    let garbage = "không phải cơ sở dữ liệu ".repeat(1_000);
    std::fs::write(&file, &garbage).unwrap();
    all_refuse(data.path(), &["not a Chi Bộ database"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), garbage);
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let data = installed();
    let file = rusqlite::Connection::open(data.path().join("chibo.db")).unwrap();
    let sql = "INSERT INTO schema_migration VALUES ('meetings', 99, 'later', 'x', 0)";
    file.execute(sql, []).unwrap();
    drop(file);
    all_refuse(data.path(), &["newer version", "meetings/99"]);
}

#[test]
fn a_changed_schema_history_is_refused() {
    let data = installed();
    let file = rusqlite::Connection::open(data.path().join("chibo.db")).unwrap();
    file.execute("UPDATE schema_migration SET checksum = 'x' WHERE capability = 'members'", []).unwrap();
    drop(file);
    all_refuse(data.path(), &["differs from this program", "members"]);
}

#[test]
fn a_missing_key_file_is_never_made_anew_over_a_database() {
    let data = installed();
    std::fs::remove_file(data.path().join("keys.json")).unwrap();
    all_refuse(data.path(), &["no key file", "keys.json"]);
    assert!(!data.path().join("keys.json").exists());
}

#[test]
fn keys_that_others_can_read_or_that_belong_elsewhere_are_refused() {
    let data = installed();
    let keys = data.path().join("keys.json");
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o644)).unwrap();
    all_refuse(data.path(), &["can be read by others", "chmod 600"]);
    std::fs::copy(installed().path().join("keys.json"), &keys).unwrap();
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o600)).unwrap();
    all_refuse(data.path(), &["does not belong to this database"]);
    std::fs::write(&keys, "{").unwrap();
    all_refuse(data.path(), &["key file is broken"]);
    let mode = std::fs::metadata(installed().path().join("keys.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "keys are made for their owner only");
}

#[test]
fn unsafe_and_unknown_settings_are_refused_before_anything_is_opened() {
    let data = Folder::new();
    let write = |text: &str| std::fs::write(data.path().join("chibo.toml"), text).unwrap();
    run(data.path(), &["serve", "--host", "0.0.0.0"]).refused(&["Refusing to start", "TLS"]);
    for (text, parts) in [
        ("host = \"0.0.0.0\"", &["Refusing to start", "TLS"][..]),
        ("host = \"::\"", &["Refusing to start", "TLS"]),
        ("host = \"0.0.0.0\"\ntls = true\nper_minute = 0", &["Refusing to start", "per_minute"]),
        ("colour = \"red\"", &["unknown entry", "colour"]),
        ("port = \"eighty\"", &["eighty", "port"]),
        ("tls = \"maybe\"", &["maybe", "tls"]),
        ("port = ", &["not valid TOML"]),
    ] {
        write(text);
        run(data.path(), &["serve"]).refused(parts);
    }
    assert!(!data.path().join("chibo.db").exists() && !data.path().join("keys.json").exists());
    assert_eq!(run(data.path(), &["fly"]).code, Some(2), "wrong usage");
    assert_eq!(run(data.path(), &["demo", "--members", "3"]).code, Some(2), "out of range");
}

#[test]
fn a_locked_database_is_said_to_be_locked() {
    let data = installed();
    let file = rusqlite::Connection::open(data.path().join("chibo.db")).unwrap();
    file.execute_batch("BEGIN IMMEDIATE; DELETE FROM change_notice").unwrap();
    run(data.path(), &["migrate"]).refused(&["locked"]);
    file.execute_batch("ROLLBACK").unwrap();
    run(data.path(), &["migrate"]).fine();
}

#[test]
fn a_postgresql_that_will_not_have_us_is_told_apart() {
    let data = Folder::new();
    // Nobody listens on a port that was just given back.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgres://chibo:very-secret@127.0.0.1:{port}/chibo");
    let ran = run(data.path(), &["migrate", "--database", &url]);
    ran.refused(&["cannot be reached"]);
    assert!(!ran.err.contains("very-secret") && !ran.out.contains("very-secret"));
    let shown = run(data.path(), &["config", "--database", &url]).fine();
    assert!(!shown.out.contains("very-secret") && shown.out.contains("chibo:…@"), "{}", shown.out);
    let Ok(server) = std::env::var("CHIBO_TEST_POSTGRES") else {
        println!("NOT TESTED here: a wrong PostgreSQL password. CHIBO_TEST_POSTGRES names no server.");
        return;
    };
    let (_, address) = server.split_once('@').unwrap();
    let stranger = format!("postgres://nobody_of_that_name:very-secret@{address}");
    let ran = run(data.path(), &["migrate", "--database", &stranger]);
    ran.refused(&["Wrong PostgreSQL user or password"]);
    assert!(!ran.err.contains("very-secret"));
    let (before, _) = server.rsplit_once('/').unwrap();
    let nowhere = format!("{before}/no_such_database_anywhere");
    run(data.path(), &["migrate", "--database", &nowhere]).refused(&["no such database"]);
    assert!(!data.path().join("keys.json").exists(), "keys made for a database we never had");
}

#[test]
fn every_command_explains_itself() {
    let data = Folder::new();
    let help = run(data.path(), &["--help"]).fine().out;
    let commands: Vec<_> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 12, "{commands:?}");
    for command in commands {
        let own = run(data.path(), &[command, "--help"]).fine().out;
        assert!(own.len() > 200 && own.contains("Usage: chibo"), "{command}: {own}");
    }
    assert!(help.contains("Exit codes"));
}
