//! The monthly report of a committee: what it says, as a paper and as a workbook.

use chibo_kernel::{Day, Moment, Problem};
use chibo_papers::document::{Block, Closing, Document, Issuer, Table, TableColumn};
use chibo_papers::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};

/// A figure of the month beside the same month a year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// What is counted.
    pub label: String,
    /// This month.
    pub now: String,
    /// A year before.
    pub before: String,
}

/// A part of the committee: a branch, or something with branches under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Name.
    pub name: String,
    /// Branches that had to meet, met, met late, said nothing.
    pub counts: [u32; 4],
    /// Share of members who were there.
    pub attendance: String,
    /// Share of those present who spoke.
    pub spoke: String,
    /// With a thematic part.
    pub thematic: u32,
    /// By grade, the best first.
    pub grades: [u32; 4],
    /// Average of points.
    pub average: String,
}

/// Everything the report says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Monthly {
    /// The committee and what stands above it.
    pub issuer: Issuer,
    /// `11/2026`.
    pub month: String,
    /// Made on.
    pub on: Option<Day>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Parts.
    pub parts: Vec<Part>,
    /// Branches that said nothing, that closed late, whose meeting was weak.
    pub named: [Vec<String>; 3],
}

/// Columns of the table of parts, in words of official papers.
const PARTS: [&str; 12] = [
    "Tổ chức đảng",
    "Phải họp",
    "Đã họp",
    "Muộn",
    "Chưa báo",
    "Dự họp",
    "Phát biểu",
    "Chuyên đề",
    "Tốt",
    "Khá",
    "Trung bình",
    "Kém",
];

impl Part {
    fn cells(&self) -> [String; 12] {
        let [due, met, late, silent] = self.counts.map(|count| count.to_string());
        let [good, fair, average, weak] = self.grades.map(|count| count.to_string());
        let (attendance, spoke) = (self.attendance.clone(), self.spoke.clone());
        let thematic = self.thematic.to_string();
        [self.name.clone(), due, met, late, silent, attendance, spoke, thematic, good, fair, average, weak]
    }
}

fn named(blocks: &mut Vec<Block>, title: &str, names: &[String]) {
    blocks.push(Block::Title(title.to_owned()));
    match names {
        [] => blocks.push(Block::text("Không có.")),
        names => blocks.push(Block::bullets(names.iter().cloned())),
    }
}

/// The report as an official paper.
pub(crate) fn document(monthly: &Monthly) -> Document {
    let columns = vec![
        TableColumn::new("Chỉ tiêu", 8),
        TableColumn::number("Tháng này", 4),
        TableColumn::number("Cùng kỳ năm trước", 4),
    ];
    let rows =
        monthly.figures.iter().map(|figure| vec![figure.label.clone(), figure.now.clone(), figure.before.clone()]);
    let mut blocks = vec![
        Block::Title("I. KẾT QUẢ CHUNG".to_owned()),
        Block::Table(Table { rows: rows.collect(), ..Table::new(columns) }),
        Block::Title("II. KẾT QUẢ THEO TỔ CHỨC ĐẢNG".to_owned()),
    ];
    let [name, rest @ ..] = PARTS;
    let mut columns = vec![TableColumn::new(name, 7)];
    columns.extend(rest.map(|title| TableColumn::number(title, 2)));
    let rows = monthly.parts.iter().map(|part| part.cells().to_vec()).collect();
    blocks.push(Block::Table(Table { rows, ..Table::new(columns) }));
    let [silent, late, weak] = &monthly.named;
    named(&mut blocks, "III. CHI BỘ CHƯA BÁO", silent);
    named(&mut blocks, "IV. CHI BỘ CHỐT MUỘN", late);
    named(&mut blocks, "V. CHI BỘ XẾP LOẠI KÉM", weak);
    let closing = Closing::Signed { recipients: Vec::new(), signature: monthly.issuer.signs() };
    let subject = format!("tình hình sinh hoạt chi bộ tháng {}", monthly.month);
    Document { blocks, closing, ..monthly.issuer.begins(Some(""), monthly.on, "Báo cáo", subject) }
}

/// The report as a workbook: figures, then parts.
///
/// # Errors
/// Faults of the machine.
pub(crate) fn workbook(monthly: &Monthly, made_by: (String, String), made: Moment) -> Result<Vec<u8>, Problem> {
    let title = format!("Báo cáo sinh hoạt chi bộ tháng {}", monthly.month);
    let lines = vec![("Tổ chức đảng".to_owned(), monthly.issuer.name.clone()), made_by];
    let text = |title: &str| OutColumn::new(title, OutKind::Text);
    let columns = vec![text("Chỉ tiêu").wide(40.0), text("Tháng này"), text("Cùng kỳ năm trước")];
    let layout = Layout::new("Kết quả chung", columns).about(About { title, lines });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, made, Vec::new())?;
    for figure in &monthly.figures {
        writer.row(&[Out::Text(&figure.label), Out::Text(&figure.now), Out::Text(&figure.before)])?;
    }
    let kind = |at: usize| if matches!(at, 0 | 5 | 6) { OutKind::Text } else { OutKind::Whole };
    let mut columns: Vec<_> = PARTS.iter().enumerate().map(|(at, title)| OutColumn::new(*title, kind(at))).collect();
    columns.push(text("Điểm bình quân"));
    writer.next_table(Layout::new("Theo tổ chức đảng", columns))?;
    for part in &monthly.parts {
        let whole = |count: u32| Out::Whole(i64::from(count));
        let [due, met, late, silent] = part.counts.map(whole);
        let [good, fair, average, weak] = part.grades.map(whole);
        writer.row(&[
            Out::Text(&part.name),
            due,
            met,
            late,
            silent,
            Out::Text(&part.attendance),
            Out::Text(&part.spoke),
            whole(part.thematic),
            good,
            fair,
            average,
            weak,
            Out::Text(&part.average),
        ])?;
    }
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monthly() -> Monthly {
        let part = Part {
            name: "Chi bộ 1".to_owned(),
            counts: [1, 1, 0, 0],
            attendance: "92,00%".to_owned(),
            spoke: "50,00%".to_owned(),
            thematic: 1,
            grades: [1, 0, 0, 0],
            average: "93".to_owned(),
        };
        Monthly {
            issuer: Issuer {
                superior: "Thành ủy".to_owned(), name: "Đảng ủy phường Bến Thành".to_owned()
            },
            month: "11/2026".to_owned(),
            figures: vec![Figure { label: "Phải họp".to_owned(), now: "12".to_owned(), before: "11".to_owned() }],
            parts: vec![part],
            named: [vec!["Chi bộ 2".to_owned()], Vec::new(), Vec::new()],
            ..Monthly::default()
        }
    }

    #[test]
    fn mtg_12_the_report_has_figures_with_last_year_parts_and_the_branches_by_name() {
        let document = document(&monthly());
        let tables: Vec<&Table> = document
            .blocks
            .iter()
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
            .collect();
        assert_eq!(tables[0].rows[0], ["Phải họp", "12", "11"]);
        assert_eq!(tables[1].rows[0].len(), tables[1].columns.len());
        assert!(document.blocks.contains(&Block::bullets(["Chi bộ 2".to_owned()])));
        assert_eq!(document.blocks.iter().filter(|block| **block == Block::text("Không có.")).count(), 2);
        assert_eq!(document.kind, "Báo cáo");
    }

    #[test]
    fn mtg_12_the_workbook_has_both_tables() {
        let body = workbook(&monthly(), ("Người lập".to_owned(), "An".to_owned()), Moment(0)).unwrap();
        let mut source = chibo_papers::SheetSource::open(body, "x.xlsx", chibo_papers::Limits::default()).unwrap();
        let mut sheets = Vec::new();
        source
            .for_each_row(|row| {
                sheets.push(row.sheet.to_owned());
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        sheets.dedup();
        assert_eq!(sheets, ["Kết quả chung", "Theo tổ chức đảng"]);
    }
}
