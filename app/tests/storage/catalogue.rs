//! Every statement of the program on every engine; every table with its owner.

use std::collections::BTreeSet;
use std::path::Path;

use chibo::compose;
use chibo_store::{Statement, catalogue, migrate};
use chibo_testkit::engines;

use super::{assert_sound, empty, small_city};

/// Statements of every capability and of the program itself.
fn statements() -> Vec<&'static Statement> {
    let own = chibo::check::STATEMENTS.iter().copied();
    compose::capabilities().into_iter().flat_map(|capability| capability.statements).chain(own).collect()
}

#[test]
fn every_statement_means_the_same_on_every_engine() {
    let statements = statements();
    for engine in engines() {
        let test = empty(engine);
        let faults = catalogue::check(&test.db, &statements).unwrap();
        assert_eq!(faults, Vec::<String>::new(), "{engine}");
        println!("{engine}: {} statements prepared", statements.len());
    }
}

#[test]
fn no_statement_mixes_what_persons_own_with_what_units_own() {
    let mixed = catalogue::mixed_owners(&statements(), &compose::migrations()).unwrap();
    assert_eq!(mixed, Vec::<String>::new());
}

#[test]
fn no_statement_is_left_out_of_the_catalogue() {
    let known: BTreeSet<_> = statements().iter().map(|what| what.name.to_owned()).collect();
    assert_eq!(known.len(), statements().len(), "two statements with one name");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut missing = Vec::new();
    for folder in ["base", "capabilities", "app/src"] {
        each_source(&root.join(folder), &mut |path, text| {
            for name in declared(text) {
                if !known.iter().any(|known| known.ends_with(&format!("::{name}"))) {
                    missing.push(format!("{}: {name}", path.strip_prefix(root).unwrap().display()));
                }
            }
        });
    }
    assert_eq!(missing, Vec::<String>::new());
}

fn each_source(folder: &Path, take: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() && !matches!(name.as_str(), "tests" | "examples" | "target") {
            each_source(&path, take);
        } else if name.ends_with(".rs") {
            take(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// Functions declared in `queries!` and `bulk!`, outside the tests beside the code.
fn declared(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let shapes = ["-> run =", "-> one<", "-> many<", "-> each<"];
    let pieces = text.split("fn ").skip(1).filter(|piece| {
        let head = piece.split(['{', '"', ';']).next().unwrap_or_default();
        shapes.iter().any(|shape| head.contains(shape))
    });
    let name = |piece: &str| piece.split('(').next().unwrap_or_default().trim().to_owned();
    pieces.map(name).filter(|name| !name.starts_with('$') && !name.is_empty()).collect()
}

#[test]
fn the_scan_finds_declared_statements() {
    let text = "queries! { /// A.\n fn since(seq: i64) -> many<Notice> = \"SELECT 1\";\n fn set(name: &str,\n value: &str) -> run =\n \"INSERT\"; }\n\
        fn other() -> Result<u8, Problem> { Ok(1) } #[cfg(test)] fn not() -> run = \"\";";
    assert_eq!(declared(text), ["since", "set"]);
}

#[test]
fn every_table_has_a_declared_owner() {
    let mut declared = BTreeSet::from(["schema_migration".to_owned()]);
    for migration in compose::migrations() {
        declared.extend(migrate::owners(&migration).unwrap().into_keys());
    }
    let test = empty("sqlite");
    let file = rusqlite::Connection::open(test.folder.path().join("chibo.db")).unwrap();
    let mut query =
        file.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").unwrap();
    let there: BTreeSet<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(there, declared);
}

#[test]
fn migrating_again_changes_nothing() {
    for engine in engines() {
        let test = empty(engine);
        let before = super::tables::tables(&test.db);
        let again = test.db.migrate(&compose::migrations()).unwrap();
        assert_eq!((again.applied, again.present), (Vec::new(), compose::migrations().len()), "{engine}");
        assert_eq!(super::tables::difference(&before, &super::tables::tables(&test.db)), Vec::<String>::new());
    }
}

#[test]
fn an_older_program_refuses_a_newer_database() {
    for engine in engines() {
        let test = empty(engine);
        let older = &compose::migrations()[..1];
        let problem = test.db.migrate(older).unwrap_err().to_string();
        assert!(problem.contains("store-newer-database"), "{engine}: {problem}");
    }
}

#[test]
fn every_invariant_holds_in_a_small_city_on_every_engine() {
    for engine in engines() {
        assert_sound(&small_city(engine).db);
    }
}
