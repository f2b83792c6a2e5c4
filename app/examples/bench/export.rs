//! All members as a workbook of forty columns, from the database; beside rust_xlsxwriter in constant memory with the
//! same cells ready in memory.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use chibo_kernel::{AsOf, Id, Person};
use chibo_members::sheets::export::{self, Export};
use chibo_papers::About;
use chibo_web::Lang;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::city::{self, City, FILE};
use crate::measure::{Took, paired, took};
use crate::process;
use crate::report::{Report, Row, Target};

pub fn run(city: &City, report: &mut Report) {
    let folder = city.copy("export");
    let (out, other) = (folder.path().join("members.xlsx"), folder.path().join("bare.xlsx"));
    let mut extra = 0.0;
    let mut ours = || {
        let answer = process::answer(process::ourselves().arg("export").arg(folder.path()).arg(&out));
        let number = |name: &str| answer[name].as_f64().expect("a number");
        extra = f64::max(extra, number("extra"));
        Took { wall: number("wall"), cpu: number("cpu") }
    };
    ours();
    let cells = read(&out);
    let count = cells.iter().map(Vec::len).sum::<usize>() as f64;
    let filled = cells.iter().flatten().filter(|cell| !matches!(cell, Data::Empty)).count();
    let pair = paired(report.rounds, ours, || took(|| write(&cells, &other).expect("the bare workbook is written")).0);
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len()) >> 20;
    let what = format!(
        "{} × {} as XLSX from the database ({filled} cells filled, {} MiB); against cells ready in memory ({} MiB)",
        cells.len(),
        export::WIDTH,
        size(&out),
        size(&other)
    );
    report.row(Row::rate("7", what, "cells/s", count, &pair).must(Target::Ratio(0.8)));
    report.row(Row::alone("7", "the whole of it", "s", pair.ours.wall).must(Target::AtMost(30.0)));
    report.row(Row::alone("7", "memory the export adds at its peak", "MiB", extra).must(Target::AtMost(32.0)));
}

/// The rows of the table we wrote, without title and headings.
fn read(path: &Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("our workbook opens");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("its cells");
    let whole = |row: &&[Data]| row.len() == export::WIDTH && matches!(row[0], Data::Float(_));
    range.rows().filter(whole).map(<[Data]>::to_vec).collect()
}

fn write(rows: &[Vec<Data>], path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let days = Format::new().set_num_format("dd/mm/yyyy");
    for at in 0..export::WIDTH {
        if rows.iter().take(50).any(|row| matches!(row[at], Data::DateTime(_))) {
            sheet.set_column_format(at as u16, &days)?;
        }
    }
    for (at, row) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row) {
            match cell {
                Data::Float(number) => sheet.write_number(at, column, *number)?,
                Data::Int(number) => sheet.write_number(at, column, *number as f64)?,
                Data::DateTime(time) => sheet.write_number(at, column, time.as_f64())?,
                Data::String(text) => sheet.write_string(at, column, text)?,
                _ => continue,
            };
        }
    }
    book.save(path)
}

/// Writes one workbook alone and says how long it took and how much memory it added.
pub fn child(folder: &Path, out: &Path) {
    let house = city::house(folder);
    let ids = in_order_of_names(&folder.join(FILE));
    let forest = house.census.forest();
    // Trees are kept once built; a running program has this one.
    let today = AsOf::on(house.db.today());
    drop(forest.tree(today));
    let export = Export {
        forest: &forest,
        at: today,
        lang: Lang::Vi,
        keys: None,
        about: About::default(),
        made: house.db.now(),
        columns: &[],
    };
    process::forget_peak();
    let before = process::resident().0;
    let (took, written) = took(|| {
        let file = BufWriter::new(File::create(out).expect("the workbook is created"));
        let written = house.db.read(|tx| export::write(tx, &export, &ids, file, &mut |_| Ok(())));
        let (file, written) = written.expect("the export succeeds");
        file.into_inner().expect("the file is whole").sync_all().expect("the file is on disk");
        written
    });
    assert_eq!(written, ids.len() as u64, "everybody is written");
    let extra = process::resident().1 - before;
    println!("{}", serde_json::json!({ "wall": took.wall, "cpu": took.cpu, "extra": extra }));
}

/// As a list hands them over: not in the order in which they are stored.
fn in_order_of_names(file: &Path) -> Vec<Id<Person>> {
    let db = rusqlite::Connection::open(file).expect("the database opens");
    let mut statement = db.prepare("SELECT person_id FROM person ORDER BY full_name").expect("a statement");
    let ids = statement.query_map([], |row| row.get::<_, [u8; 16]>(0).map(Id::from_bytes)).expect("members");
    ids.collect::<Result<_, _>>().expect("identifiers")
}
