//! Printed papers: the member's sheet (phiếu đảng viên, 2-HSĐV) with its thirty items, and the index (mục lục).

use std::collections::{BTreeMap, HashMap};

use chibo_kernel::text::number::count;
use chibo_kernel::{Day, Id};
use chibo_members::Facts;
use chibo_members::codes::{self, List};
use chibo_members::rules::Field as Level;
use chibo_papers::document::{Block, Closing, DOTS, Document, Issuer, Table, TableColumn};
use chibo_web::words::Tongue;

use crate::actions::{Index, part_rows};
use crate::pages::{open_fields, period, shown};
use crate::rules::Item;
use crate::rules::complete::State;
use crate::rules::items::{Values, codes as filled};
use crate::rules::parts::{Field, PARTS, Part, When};
use crate::store::ItemRow;

/// What a sheet is printed from. Words are Vietnamese, whoever prints it.
pub(crate) struct Sheet<'s> {
    /// Vietnamese.
    pub w: Tongue<'s>,
    /// In whose name.
    pub issuer: Issuer,
    /// The branch.
    pub branch: String,
    /// Undated facts.
    pub facts: &'s Facts,
    /// Levels of education, degree, theory, occupation.
    pub levels: [u8; 4],
    /// Personal identification number, or what may be shown of it.
    pub identity: String,
    /// Health; nothing when it stays sealed.
    pub health: String,
    /// Rows of every part.
    pub items: &'s [ItemRow],
    /// Secret fields by row; nothing when they stay sealed.
    pub opened: &'s HashMap<Id<Item>, Values>,
    /// Lines of items whose facts are kept elsewhere: exemptions (20), badges (24).
    pub told: &'s BTreeMap<u8, Vec<String>>,
    /// Day of printing.
    pub made_on: Day,
}

fn name(list: List, number: u8) -> String {
    list.iter().find(|code| code.number == number).map_or("", |code| code.vi).to_owned()
}

/// A line of the sheet; dots where nothing is known.
fn line(no: u8, label: &str, value: &str) -> Block {
    Block::text(format!("{no}. {label}: {}", if value.is_empty() { DOTS } else { value }))
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(|| DOTS.to_owned(), |day| day.to_string())
}

impl Sheet<'_> {
    fn value(&self, field: &Field, row: &ItemRow, open: &Values) -> String {
        if !field.secret {
            return open.get(field.code).map_or_else(String::new, |value| shown(self.w, field, value));
        }
        let there = filled(&row.filled).contains(&field.code);
        match self.opened.get(&row.item_id).and_then(|values| values.get(field.code)) {
            Some(value) => shown(self.w, field, value),
            None if there => DOTS.to_owned(),
            None => String::new(),
        }
    }

    /// A part: a line where it holds one thing at a time, else a table.
    fn part(&self, part: &'static Part) -> Vec<Block> {
        let rows = part_rows(self.items, part);
        let label = self.w.t(part.word);
        if part.when == When::Since || rows.is_empty() {
            let text = |row: &&ItemRow| {
                let open = open_fields(row);
                let values =
                    part.fields.iter().map(|field| self.value(field, row, &open)).filter(|value| !value.is_empty());
                format!("{} ({})", values.collect::<Vec<_>>().join("; "), period(self.w, part, row))
            };
            return vec![line(part.item, label, &rows.iter().map(text).collect::<Vec<_>>().join("; "))];
        }
        let mut columns = vec![TableColumn::new(self.w.t("dossiers-when"), 4)];
        columns.extend(part.fields.iter().map(|field| TableColumn::new(self.w.t(field.word), 5)));
        let cells = |row: &&ItemRow| {
            let open = open_fields(row);
            let values = part.fields.iter().map(|field| self.value(field, row, &open));
            std::iter::once(period(self.w, part, row)).chain(values).collect()
        };
        let rows = rows.iter().map(cells).collect();
        vec![Block::text(format!("{}. {label}:", part.item)), Block::Table(Table { rows, ..Table::new(columns) })]
    }

    /// Items members holds, besides those of the parts.
    fn own(&self, item: u8) -> Vec<Block> {
        let f = self.facts;
        let born = match (f.birth.ymd(), f.birth_precision) {
            (_, 0) => f.birth.to_string(),
            ((year, month, _), 1) => format!("{month:02}/{year}"),
            ((year, ..), _) => year.to_string(),
        };
        match item {
            1 => vec![line(1, "Họ và tên khai sinh", &f.full_name)],
            2 => vec![line(2, "Giới tính", &name(codes::SEXES, f.sex))],
            3 => vec![line(3, "Các tên gọi khác", &f.other_name)],
            4 => vec![line(4, "Ngày sinh", &born)],
            5 => vec![line(5, "Nơi đăng ký khai sinh", &f.birth_place)],
            6 => vec![line(6, "Quê quán", &f.home_town)],
            8 => vec![line(8, "Dân tộc", &name(codes::ETHNICITIES, f.ethnicity))],
            9 => vec![line(9, "Tôn giáo", &name(codes::RELIGIONS, f.religion))],
            11 => vec![line(11, "Chức vụ, nơi làm việc hiện nay", &joined(&[&f.job_title, &f.workplace]))],
            12 => vec![
                line(12, "Ngày vào Đảng", &format!("{}; ngày chính thức: {}", day(f.admitted), day(f.official))),
                Block::text(format!(
                    "Tại chi bộ hiện nay: {}; số quyết định: {}; người giới thiệu: {}",
                    self.branch,
                    dotted(&f.admission_decision),
                    dotted(&f.introducers)
                )),
            ],
            17 => vec![line(17, "Trình độ", &self.education())],
            18 => vec![line(18, "Tình trạng sức khỏe", &self.health)],
            19 => vec![line(19, "Số căn cước (số định danh cá nhân)", &self.identity)],
            20 => vec![line(20, "Miễn công tác và sinh hoạt đảng", &self.said(20))],
            24 => vec![line(24, "Huy hiệu Đảng", &self.said(24))],
            _ => Vec::new(),
        }
    }

    fn said(&self, item: u8) -> String {
        self.told.get(&item).map_or_else(String::new, |lines| lines.join("; "))
    }

    fn education(&self) -> String {
        let [general, degree, theory, _] = self.levels;
        let title = name(codes::ACADEMIC_TITLES, self.facts.academic_title);
        let of = |label: &str, value: String| if value.is_empty() { value } else { format!("{label}: {value}") };
        joined(&[
            &of("giáo dục phổ thông", name(Level::Education.list(), general)),
            &of("chuyên môn", name(Level::Degree.list(), degree)),
            &of("học hàm", title),
            &of("lý luận chính trị", name(Level::Theory.list(), theory)),
            &of("ngoại ngữ", self.facts.languages.clone()),
            &of("tin học", self.facts.informatics.clone()),
        ])
    }
}

fn dotted(text: &str) -> &str {
    if text.is_empty() { DOTS } else { text }
}

fn joined(texts: &[&str]) -> String {
    texts.iter().copied().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

/// The sheet of a member.
pub(crate) fn sheet(sheet: &Sheet<'_>) -> Document {
    let mut blocks = vec![Block::text(format!(
        "Số lý lịch: {}; số thẻ đảng viên: {}",
        dotted(&sheet.facts.file_no),
        dotted(&sheet.identity)
    ))];
    for item in 1..=crate::rules::supplement::ITEMS {
        blocks.extend(sheet.own(item));
        PARTS.iter().filter(|part| part.item == item).for_each(|part| blocks.extend(sheet.part(part)));
    }
    let subject = sheet.facts.full_name.clone();
    let mut document = sheet.issuer.begins(None, Some(sheet.made_on), "Phiếu đảng viên", subject);
    document.heading.form = "Mẫu 2-HSĐV".to_owned();
    let closing = Closing::Signed { recipients: Vec::new(), signature: sheet.issuer.signs() };
    Document { blocks, closing, ..document }
}

/// The index of a dossier: every document with its number, day and whether it is there.
pub(crate) fn contents(issuer: &Issuer, member: &Facts, index: &Index, made_on: Day) -> Document {
    let columns = vec![
        TableColumn::centred("TT", 1),
        TableColumn::new("Tên tài liệu", 9),
        TableColumn::centred("Mẫu", 3),
        TableColumn::new("Số, ngày, nơi ban hành", 5),
        TableColumn::centred("Có / thiếu", 2),
    ];
    let listed = index.lines.iter().filter(|line| line.state != State::NotNeeded);
    let row = |(at, line): (usize, &crate::rules::complete::Line)| {
        let form = index.terms.kinds.get(line.kind).map_or("", |kind| kind.form.as_str());
        let about = index.said(line).map_or_else(String::new, |row| {
            let day = row.on_day.map_or_else(String::new, |day| day.to_string());
            joined(&[&row.number, &day, &row.issuer])
        });
        let state = if line.state == State::There { "có" } else { "thiếu" };
        let number = count(i64::try_from(at + 1).unwrap_or(i64::MAX));
        vec![number, index.name(line), form.to_owned(), about, state.to_owned()]
    };
    let rows: Vec<Vec<String>> = listed.enumerate().map(row).collect();
    let all = index.verdict.all;
    let mut blocks = vec![Block::text(format!(
        "Họ và tên: {}; số lý lịch: {}; ngày vào Đảng: {}",
        member.full_name,
        dotted(&member.file_no),
        day(member.admitted)
    ))];
    blocks.push(Block::Table(Table { rows, ..Table::new(columns) }));
    blocks.push(Block::text(format!("Có {} tài liệu trong {} tài liệu phải có.", all.there, all.needed)));
    if index.verdict.tolerated > 0 {
        let day = index.terms.tolerated_before;
        blocks.push(Block::text(format!(
            "Thiếu {} tài liệu được chấp nhận do kết nạp trước ngày {day}.",
            index.verdict.tolerated
        )));
    }
    let confirmed = index.confirmed.as_ref().filter(|_| index.about.confirmed);
    let confirmed = confirmed.map(|row| format!("Mục lục do {} xác nhận ngày {}.", row.signer, row.on_day));
    blocks.extend(confirmed.map(Block::text));
    let subject = "tài liệu trong hồ sơ đảng viên".to_owned();
    let closing = Closing::Signed { recipients: Vec::new(), signature: issuer.signs() };
    let title = format!("Mục lục tài liệu, {}", member.full_name);
    Document { title, blocks, closing, ..issuer.begins(None, Some(made_on), "Mục lục", subject) }
}
