//! Members in: from CSV beside a bare insert of rows ready in memory, from XLSX beside a bare stream of its cells.

use std::path::Path;

use calamine::{Reader, Xlsx};
use chibo_kernel::Viewer;
use chibo_members::actions::import::{Confirmation, confirm};
use chibo_members::sheets::read::Branches;
use chibo_papers::Format;
use chibo_store::seal;
use chibo_web::House;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::city::{self, City, FILE};
use crate::measure::{Took, paired, took};
use crate::process;
use crate::report::{Report, Row, Target};
use crate::rows::{self, WIDTH};

pub fn run(city: &City, report: &mut Report) {
    let sheets = city::scratch("sheets");
    let (csv, xlsx) = (sheets.path().join("members.csv"), sheets.path().join("members.xlsx"));
    let typed = {
        let folder = city.without_members("units");
        let house = city::house(folder.path());
        rows::write(city, &house, Format::Csv, &csv);
        rows::write(city, &house, Format::Xlsx, &xlsx);
        rows::typed(city, &house)
    };
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len()) >> 20;
    report.say(&format!("{} rows: CSV {} MiB, XLSX {} MiB", typed.len(), size(&csv), size(&xlsx)));
    let count = typed.len() as f64;
    // In a process of its own, as the command does it: the rows of the bare program are not in its way.
    let mut peak = 0.0;
    let mut ours = |path: &Path| {
        let folder = city.without_members("import");
        let answer = process::answer(process::ourselves().arg("import").arg(folder.path()).arg(path));
        let number = |name: &str| answer[name].as_f64().expect("a number");
        assert_eq!(number("members"), count, "every row is imported");
        peak = number("peak");
        Took { wall: number("wall"), cpu: number("cpu") }
    };
    let pair = paired(report.rounds, || ours(&csv), || insert(&typed));
    let what = "CSV in: checks, sealing, four dated tables, audit, columns and search current; against rows ready in \
        memory into one table with 4 indexes";
    report.row(Row::rate("1a", what, "rows/s", count, &pair).must(Target::Ratio(0.5)));
    let pair = paired(report.rounds, || ours(&xlsx), || stream(&xlsx, count));
    let what = "XLSX in, the same; against the stream of its cells";
    report.row(Row::rate("1b", what, "rows/s", count, &pair).must(Target::Ratio(0.5)));
    let what = format!("the whole of it: {count} rows of the full sheet");
    report.row(Row::alone("1b", what, "s", pair.ours.wall).must(Target::AtMost(180.0)));
    report.row(Row::alone("1b", "peak memory of that process", "MiB", peak).must(Target::AtMost(256.0)));
}

/// Taken when a file is uploaded, before the preview.
fn digest(path: &Path) -> String {
    seal::digest(&std::fs::read(path).expect("the sheet"))
}

/// What `chibo import --confirm` does after the preview, with everything a running program keeps current.
fn import(house: &House, path: &Path, digest: &str) -> u64 {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let today = house.db.today();
    let forest = house.census.forest();
    let branches = Branches::of_forest(&forest, None, today);
    let tree = forest.tree(chibo_kernel::AsOf::on(today));
    let unit = tree.unit(0).and_then(|no| forest.id(no)).expect("the city");
    let import = house.db.fresh();
    let job = Confirmation {
        import,
        path,
        name: &name,
        digest,
        unit,
        branches: &branches,
        mapping: &chibo_papers::Mapping::default(),
        progress: &|_| Ok(()),
    };
    let outcome = house.db.write(&Viewer::program("bench"), |op| {
        let now = op.now();
        let place = path.display().to_string();
        chibo_members::store::add_import(op.tx(), import, None, &name, &place, digest, Some(unit), now, "")?;
        confirm(op, &job)
    });
    outcome.expect("the import succeeds").members
}

/// Runs one import alone and says how much memory it took.
pub fn child(folder: &Path, path: &Path) {
    let house = city::loaded_house(folder);
    let digest = digest(path);
    process::forget_peak();
    let (took, members) = took(|| import(&house, path, &digest));
    assert_eq!(house.census.view(house.db.today()).persons() as u64, members, "the columns follow");
    let answer = serde_json::json!({ "members": members, "wall": took.wall, "cpu": took.cpu,
        "peak": process::resident().1 });
    println!("{answer}");
}

/// One table, one transaction, the same durability; indexes afterwards.
fn insert(rows: &[[Value; WIDTH]]) -> Took {
    let folder = city::scratch("bare");
    let db = Connection::open(folder.path().join(FILE)).expect("a database");
    let pragmas = "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;
        PRAGMA temp_store=MEMORY;";
    db.execute_batch(pragmas).expect("pragmas");
    let columns: Vec<String> = (1..WIDTH).map(|n| format!("c{n}")).collect();
    let marks: Vec<String> = (1..=WIDTH).map(|n| format!("?{n}")).collect();
    db.execute_batch(&format!("CREATE TABLE member (id INTEGER PRIMARY KEY, {})", columns.join(", ")))
        .expect("a table");
    let work = || -> rusqlite::Result<()> {
        db.execute_batch("BEGIN IMMEDIATE")?;
        let mut insert = db.prepare(&format!("INSERT INTO member VALUES ({})", marks.join(", ")))?;
        for row in rows {
            for (at, value) in row.iter().enumerate() {
                insert.raw_bind_parameter(at + 1, value)?;
            }
            insert.raw_execute()?;
        }
        // Branch and name, identity number, folded name, dossier number.
        for (name, on) in [("a", "c13, c35"), ("b", "c7"), ("c", "c35"), ("d", "c29")] {
            db.execute_batch(&format!("CREATE INDEX member_{name} ON member ({on})"))?;
        }
        db.execute_batch("COMMIT")
    };
    let (took, done) = took(work);
    done.expect("the bare insert succeeds");
    took
}

/// Every cell of the sheet, looked at and dropped.
fn stream(path: &Path, rows: f64) -> Took {
    let work = || {
        let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
        let name = book.sheet_names().first().cloned().expect("a sheet");
        let mut cells = book.worksheet_cells_reader(&name).expect("its cells");
        let (mut count, mut last) = (0u64, 0);
        while let Some(cell) = cells.next_cell().expect("a cell") {
            count += u64::from(!matches!(cell.get_value(), calamine::DataRef::Empty));
            last = cell.get_position().0;
        }
        (count, last)
    };
    let (took, (count, last)) = took(work);
    assert!(count as f64 > rows * 20.0 && f64::from(last) == rows, "{count} cells, last row {last}");
    took
}
