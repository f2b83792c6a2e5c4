#![allow(warnings, clippy::all, clippy::disallowed_methods)]
use calamine::Reader;
use chibo_kernel::*;
use chibo_papers::*;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::time::Instant;
const ROWS: u32 = 25_000;
const COLS: usize = 41;
static COLUMNS: &[Column] = &{
    const T: Column = Column { key: "t", titles: &[], kind: Kind::Text { max: 100 }, required: false };
    let mut a = [T; 41];
    a[0].titles = &["c0"];
    a[1].titles = &["c1"];
    a[2].titles = &["c2"];
    a[3].titles = &["c3"];
    a[4].titles = &["c4"];
    a[5].titles = &["c5"];
    a[6].titles = &["c6"];
    a[7].titles = &["c7"];
    a[8].titles = &["c8"];
    a[9].titles = &["c9"];
    a[10].titles = &["c10"];
    a[11].titles = &["c11"];
    a[12].titles = &["c12"];
    a[13].titles = &["c13"];
    a[14].titles = &["c14"];
    a[15].titles = &["c15"];
    a[16].titles = &["c16"];
    a[17].titles = &["c17"];
    a[18].titles = &["c18"];
    a[19].titles = &["c19"];
    a[20].titles = &["c20"];
    a[21].titles = &["c21"];
    a[22].titles = &["c22"];
    a[23].titles = &["c23"];
    a[24].titles = &["c24"];
    a[25].titles = &["c25"];
    a[26].titles = &["c26"];
    a[27].titles = &["c27"];
    a[28].titles = &["c28"];
    a[29].titles = &["c29"];
    a[30].titles = &["c30"];
    a[31].titles = &["c31"];
    a[32].titles = &["c32"];
    a[33].titles = &["c33"];
    a[34].titles = &["c34"];
    a[35].titles = &["c35"];
    a[36].titles = &["c36"];
    a[37].titles = &["c37"];
    a[38].titles = &["c38"];
    a[39].titles = &["c39"];
    a[40].titles = &["c40"];
    a[0].kind = Kind::Digits { len: 12, restore_zeros: true };
    a[2].kind = Kind::Day;
    a[5].kind = Kind::Day;
    a[8].kind = Kind::Day;
    a[3].kind = Kind::Int { min: 0, max: 1000000 };
    a
};
fn text(r: u32, c: usize) -> String {
    match c % 4 {
        0 => format!("{:012}", r as u64 * 41 + c as u64),
        1 => format!("Nguyễn Văn {}", r % 977),
        _ => "Chi bộ khu phố".into(),
    }
}
fn kind(c: usize) -> OutKind {
    if c % 8 == 2 || c == 5 && false {
        OutKind::Day
    } else if c % 8 == 3 {
        OutKind::Whole
    } else {
        OutKind::Text
    }
}
fn ours(path: &str) -> f64 {
    let t = Instant::now();
    let cols = (0..COLS).map(|c| OutColumn::new(format!("c{c}"), kind(c))).collect();
    let mut w =
        SheetWriter::start(Format::Xlsx, Layout::new("S", cols), Moment(0), File::create(path).unwrap()).unwrap();
    for r in 0..ROWS {
        let texts: Vec<String> = (0..COLS).map(|c| text(r, c)).collect();
        let cells: Vec<Out> = (0..COLS)
            .map(|c| match kind(c) {
                OutKind::Day => Out::Day(Day::from_number((r % 9000) as i32)),
                OutKind::Whole => Out::Whole((r % 1000) as i64),
                _ => Out::Text(&texts[c]),
            })
            .collect();
        w.row(&cells).unwrap();
    }
    w.finish().unwrap();
    t.elapsed().as_secs_f64()
}
fn bare(path: &str) -> f64 {
    let t = Instant::now();
    let mut b = rust_xlsxwriter::Workbook::new();
    let w = b.add_worksheet_with_constant_memory().unwrap();
    for r in 0..ROWS {
        let texts: Vec<String> = (0..COLS).map(|c| text(r, c)).collect();
        for c in 0..COLS {
            match kind(c) {
                OutKind::Day => {
                    w.write_number(r, c as u16, (25569 + (r % 9000)) as f64).unwrap();
                }
                OutKind::Whole => {
                    w.write_number(r, c as u16, (r % 1000) as f64).unwrap();
                }
                _ => {
                    w.write_string(r, c as u16, &*texts[c]).unwrap();
                }
            }
        }
    }
    b.save(path).unwrap();
    t.elapsed().as_secs_f64()
}
fn cal(path: &str) -> (f64, u64) {
    let t = Instant::now();
    let mut x: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let n = x.sheet_names()[0].clone();
    let mut r = x.worksheet_cells_reader(&n).unwrap();
    let mut k = 0;
    while let Some(c) = r.next_cell().unwrap() {
        k += 1;
        std::hint::black_box(&c);
    }
    (t.elapsed().as_secs_f64(), k)
}
fn rows(path: &str) -> (f64, u64) {
    let t = Instant::now();
    let mut s = SheetSource::open_path(path.as_ref(), Limits::default()).unwrap();
    let w = s
        .for_each_row(|r| {
            std::hint::black_box(r.cells.len());
            ControlFlow::Continue(())
        })
        .unwrap();
    (t.elapsed().as_secs_f64(), w.cells)
}
fn table(path: &str) -> (f64, u64) {
    let t = Instant::now();
    let mut s = SheetSource::open_path(path.as_ref(), Limits::default()).unwrap();
    let mut tb = Table::new(COLUMNS, Day::from_number(20000));
    let mut k = 0;
    let mut e = 0;
    s.for_each_row(|r| {
        if let Step::Row(c) = tb.read(r) {
            k += 1;
            e += c.issues().len();
            std::hint::black_box(c.text(1));
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    if e > 0 {
        eprintln!("issues {e}")
    }
    (t.elapsed().as_secs_f64(), k)
}
fn mix(path: &str, what: u8) -> f64 {
    let t = Instant::now();
    let mut x: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let n = x.sheet_names()[0].clone();
    let mut r = x.worksheet_cells_reader(&n).unwrap();
    let mut k = 0u64;
    match what {
        0 => {
            while let Some(c) = r.next_cell().unwrap() {
                k += 1;
                std::hint::black_box(&c);
            }
        }
        _ => {
            while let Some(c) = r.next_cell_with_formula_metadata().unwrap() {
                k += 1;
                std::hint::black_box(&c);
            }
        }
    }
    t.elapsed().as_secs_f64()
}
fn main() {
    let d = std::env::temp_dir();
    let p = d.join("chibo-speed.xlsx");
    let p = p.to_str().unwrap();
    let q = d.join("chibo-speed2.xlsx");
    let q = q.to_str().unwrap();
    let a = std::env::args().nth(1).unwrap_or_default();
    if a == "rows" {
        for _ in 0..10 {
            rows(p);
        }
        return;
    }
    if a == "table" {
        for _ in 0..10 {
            table(p);
        }
        return;
    }
    if a == "write" {
        for _ in 0..6 {
            ours(p);
        }
        return;
    }
    if a == "bare" {
        for _ in 0..6 {
            bare(q);
        }
        return;
    }
    let mut v = vec![vec![]; 6];
    for _ in 0..9 {
        v[0].push(mix(p, 0));
        v[1].push(mix(p, 1));
        v[2].push(rows(p).0);
        v[3].push(table(p).0);
        v[4].push(bare(q));
        v[5].push(ours(p));
    }
    for x in &mut v {
        x.sort_by(f64::total_cmp);
        println!("min {:.3} median {:.3}", x[0], x[x.len() / 2]);
    }
}
