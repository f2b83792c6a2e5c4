//! The members of the city as rows of a spreadsheet: the 31 columns an import knows, every one filled where people
//! fill it; and the same rows as typed values, for the bare insert.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use chibo::demo::PlannedPerson;
use chibo::demo::load::Names;
use chibo_kernel::text::{NameParts, fold};
use chibo_kernel::{AsOf, Day, Moment};
use chibo_members::codes::{self, List};
use chibo_members::sheets::COLUMNS;
use chibo_organisation::kinds::Kind;
use chibo_papers::{Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::House;
use rusqlite::types::Value;

use crate::city::City;

/// A cell as the sheet shows it.
enum Cell {
    Text(String),
    Day(Day),
    Empty,
}

/// One row: cells by column, and the same typed.
struct Row {
    cells: Vec<Cell>,
    codes: Codes,
    person: PlannedPerson,
}

/// Numbers behind the words of coded columns.
struct Codes {
    standing: u8,
    education: u8,
    degree: u8,
    theory: u8,
    occupation: u8,
}

const JOBS: [&str; 8] = [
    "Chuyên viên",
    "Giáo viên",
    "Bác sĩ",
    "Kế toán trưởng",
    "Công nhân kỹ thuật",
    "Phó trưởng phòng",
    "Hưu trí",
    "Tổ trưởng tổ dân phố",
];
const PLACES: [&str; 5] = [
    "Trường Trung học phổ thông Nguyễn Thị Minh Khai",
    "Bệnh viện Nhân dân 115",
    "Ủy ban nhân dân phường",
    "Tổng công ty Điện lực Thành phố",
    "",
];
const LANGUAGES: [&str; 4] = ["Tiếng Anh B1", "Tiếng Anh B", "", "Tiếng Pháp C"];
const INFORMATICS: [&str; 3] = ["Ứng dụng CNTT cơ bản", "Tin học B", ""];
const HEALTH: [&str; 3] = ["Tốt", "Loại II", "Bình thường"];
const FAMILY: [&str; 5] = ["", "", "", "Con thương binh", "Gia đình có công với cách mạng"];

fn of<'l>(list: &[&'l str], index: u32) -> &'l str {
    list[index as usize % list.len()]
}

fn row(person: PlannedPerson, unit: &str) -> Row {
    let n = person.index;
    let last = person.traits.last().map(|t| t.1).expect("everybody has traits");
    let standing = person.standings.last().map_or(0, |s| s.1.number());
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let code = |list: List, number: u8| if number == 0 { Cell::Empty } else { text(codes::entry(list, number).vi) };
    let posted = person.postings.last().map_or(person.admitted, |p| p.0);
    let cells = COLUMNS
        .iter()
        .map(|column| match column.key {
            "name" => text(&person.name),
            "other-name" => text(if n.is_multiple_of(29) { "Bảy Tân" } else { "" }),
            "sex" => code(codes::SEXES, person.sex.number()),
            "birth" => Cell::Day(person.born),
            "ethnicity" => code(codes::ETHNICITIES, person.ethnicity),
            "religion" => code(codes::RELIGIONS, person.religion),
            "identity" => text(&person.identity),
            "phone" => text(&person.phone),
            "email" => Cell::Text(format!("dang.vien.{n}@example.vn")),
            "residence" => {
                Cell::Text(format!("{}/{} Nguyễn Đình Chiểu, Khu phố {}", n % 400 + 1, n % 37 + 1, n % 60 + 1))
            }
            "birth-place" | "home-town" => text(person.hometown),
            "unit" => text(unit),
            "posted" => Cell::Day(posted),
            "admitted" => Cell::Day(person.admitted),
            "admission-decision" => Cell::Text(format!("{}-QĐ/ĐU", n % 900 + 100)),
            "introducers" => text("Nguyễn Văn Hòa, Trần Thị Đức"),
            "official" => person.official.map_or(Cell::Empty, Cell::Day),
            "standing" => code(codes::STANDINGS, standing),
            "education" => code(codes::GENERAL_EDUCATION, last.general),
            "degree" => code(codes::DEGREES, last.degree),
            "academic-title" => code(codes::ACADEMIC_TITLES, person.academic_title),
            "theory" => code(codes::THEORY, last.theory),
            "languages" => text(of(&LANGUAGES, n)),
            "informatics" => text(of(&INFORMATICS, n)),
            "occupation" => code(codes::OCCUPATIONS, last.occupation),
            "job-title" => text(of(&JOBS, n)),
            "workplace" => text(of(&PLACES, n / 3)),
            "file-no" => Cell::Text(format!("{:06}HCM", n % 1_000_000)),
            "health" => text(of(&HEALTH, n)),
            "policy-family" => text(of(&FAMILY, n)),
            other => panic!("a new column: {other}"),
        })
        .collect();
    let codes = Codes {
        standing,
        education: last.general,
        degree: last.degree,
        theory: last.theory,
        occupation: last.occupation,
    };
    Row { cells, codes, person }
}

/// Every member of the plan with the code of the branch of today.
fn each(city: &City, house: &House, take: &mut dyn FnMut(Row)) {
    let plan = city.plan();
    let names = Names::new(&house.db, city.members);
    let forest = house.census.forest();
    let tree = forest.tree(AsOf::on(house.db.today()));
    let coded = |place: u32| {
        let holds = Kind::from_number(tree.kind(place)).is_some_and(Kind::holds_members);
        tree.facts(place).filter(|facts| holds && !facts.code.is_empty())
    };
    let some = (0..tree.len()).find_map(coded).expect("a branch with a code");
    for index in 0..city.members {
        let person = plan.person(index);
        let no = person.postings.last().and_then(|(_, unit)| forest.no(names.unit(*unit)));
        let facts = no.and_then(|no| tree.place_of(no)).and_then(coded).unwrap_or(some);
        take(row(person, &facts.code));
    }
}

/// Writes the sheet by our own writer.
pub fn write(city: &City, house: &House, format: Format, path: &Path) {
    let day = |key: &str| matches!(key, "birth" | "posted" | "admitted" | "official");
    let column =
        |c: &chibo_papers::Column| OutColumn::new(c.title(), if day(c.key) { OutKind::Day } else { OutKind::Text });
    let layout = Layout::new("Đảng viên", COLUMNS.iter().map(column).collect());
    let out = BufWriter::new(File::create(path).expect("the sheet is created"));
    let mut writer = SheetWriter::start(format, layout, Moment(0), out).expect("the sheet is begun");
    each(city, house, &mut |row| {
        let cells: Vec<Out<'_>> = row
            .cells
            .iter()
            .map(|cell| match cell {
                Cell::Text(text) => Out::Text(text),
                Cell::Day(day) => Out::Day(*day),
                Cell::Empty => Out::Empty,
            })
            .collect();
        writer.row(&cells).expect("a row is written");
    });
    writer.finish().expect("the sheet is finished");
}

/// Columns of the bare table: those of the sheet, and ten a register has beside them.
pub const WIDTH: usize = 41;

/// The same rows in memory, typed: days and codes as numbers.
pub fn typed(city: &City, house: &House) -> Vec<[Value; WIDTH]> {
    let mut rows = Vec::with_capacity(city.members as usize);
    each(city, house, &mut |row| rows.push(values(row)));
    rows
}

fn values(row: Row) -> [Value; WIDTH] {
    let Row { cells, codes, person } = row;
    let number = |n: u8| Value::Integer(i64::from(n));
    let parts = NameParts::split(&person.name);
    let mut values: Vec<Value> = Vec::with_capacity(WIDTH);
    // Rows arrive with identifiers that rise, the best case for a table.
    values.push(Value::Integer(i64::from(person.index)));
    for (cell, column) in cells.into_iter().zip(COLUMNS) {
        values.push(match (column.key, cell) {
            ("sex", _) => number(person.sex.number()),
            ("ethnicity", _) => number(person.ethnicity),
            ("religion", _) => number(person.religion),
            ("standing", _) => number(codes.standing),
            ("education", _) => number(codes.education),
            ("degree", _) => number(codes.degree),
            ("theory", _) => number(codes.theory),
            ("occupation", _) => number(codes.occupation),
            ("academic-title", _) => number(person.academic_title),
            (_, Cell::Text(text)) => Value::Text(text),
            (_, Cell::Day(day)) => Value::Integer(i64::from(day.number())),
            (_, Cell::Empty) => Value::Text(String::new()),
        });
    }
    let extra = [parts.ho, parts.dem, parts.ten, &fold(&person.name)].map(str::to_owned);
    values.extend(extra.map(Value::Text));
    values.push(Value::Integer(0));
    values.push(Value::Integer(1));
    values.push(Value::Integer(i64::MAX));
    values.push(Value::Integer(1_700_000_000_000));
    values.push(Value::Text(format!("{:0>12}", person.index)));
    values.try_into().unwrap_or_else(|v: Vec<Value>| panic!("{} values", v.len()))
}
