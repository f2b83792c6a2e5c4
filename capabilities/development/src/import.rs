//! Outstanding people from a spreadsheet: every row read and checked before anything is written.

use std::collections::HashSet;
use std::ops::ControlFlow;

use chibo_kernel::text::{clean, fold};
use chibo_kernel::{Day, Id, Problem, Said, Unit};
use chibo_papers::{Cells, Column, Kind, Preview, RowState, SheetSource, Step, Table};

use crate::actions::NewCandidate;
use crate::rules::{Source, check_candidate};

/// Rows one file may bring: the look at them travels in one form.
pub(crate) const MOST: usize = 300;
/// Defects shown at most.
const ISSUES: usize = 200;
/// Sample rows of each state.
const SAMPLES: usize = 20;

const fn text(key: &'static str, titles: &'static [&'static str], max: usize, required: bool) -> Column {
    Column { key, titles, kind: Kind::Text { max }, required }
}

/// The columns, at the positions named below.
pub(crate) static COLUMNS: [Column; 6] = [
    text("name", &["Họ và tên", "Họ tên", "Full name", "Name"], 120, true),
    Column { key: "birth", titles: &["Ngày sinh", "Date of birth", "Birth"], kind: Kind::Day, required: true },
    Column {
        key: "sex",
        titles: &["Giới tính", "Sex"],
        kind: Kind::Code(&[("1", &["Nam", "Male", "M"]), ("2", &["Nữ", "Female", "F"])]),
        required: true,
    },
    text("unit", &["Chi bộ giúp đỡ", "Chi bộ", "Mã chi bộ", "Branch"], 300, true),
    Column {
        key: "source",
        titles: &["Nguồn", "Source"],
        kind: Kind::Code(&[
            ("youth", &["Đoàn Thanh niên", "Youth Union"]),
            ("union", &["Công đoàn", "Trade union"]),
            ("other", &["Đoàn thể khác", "Other organisation"]),
            ("enterprise", &["Doanh nghiệp ngoài nhà nước", "Doanh nghiệp", "Enterprise"]),
            ("school", &["Trường học", "School"]),
            ("quarter", &["Khu phố, ấp", "Khu phố", "Ấp", "Quarter"]),
        ]),
        required: true,
    },
    text("workplace", &["Nơi làm việc, học tập", "Nơi làm việc", "Workplace"], 300, false),
];

const NAME: usize = 0;
const BIRTH: usize = 1;
const SEX: usize = 2;
const UNIT: usize = 3;
const SOURCE: usize = 4;
const WORKPLACE: usize = 5;

/// What rows are compared with.
pub(crate) struct Ground<'g> {
    /// The branch a text means, by code or whole name, if the importer may write there.
    pub unit: &'g dyn Fn(&str) -> Option<Id<Unit>>,
    /// People under way already: branch, folded name, birth.
    pub known: &'g HashSet<(Id<Unit>, String, Day)>,
    /// Today.
    pub today: Day,
}

/// What a file would do.
pub(crate) struct Plan {
    /// Counts, defects, samples.
    pub preview: Preview,
    /// Whom it would enter.
    pub rows: Vec<NewCandidate>,
}

/// Walks a file once.
pub(crate) fn plan(source: &mut SheetSource, ground: &Ground<'_>) -> Result<Plan, Problem> {
    let mut table = Table::new(&COLUMNS, ground.today);
    let mut plan = Plan { preview: Preview::new(ISSUES, SAMPLES), rows: Vec::new() };
    let mut seen = HashSet::new();
    source.for_each_row(|sheet_row| {
        if let Step::Row(cells) = table.read(sheet_row) {
            let state = judge(&mut plan.rows, &mut seen, ground, cells);
            let issues = cells.take_issues();
            plan.preview.row(cells.row(), state, issues, || cells.shown());
        }
        ControlFlow::Continue(())
    })?;
    plan.preview.note(table.finish());
    Ok(plan)
}

fn judge(
    rows: &mut Vec<NewCandidate>,
    seen: &mut HashSet<(Id<Unit>, String, Day)>,
    ground: &Ground<'_>,
    cells: &mut Cells,
) -> RowState {
    let named = cells.text(UNIT).unwrap_or_default().to_owned();
    let unit = (ground.unit)(&named);
    if unit.is_none() && !named.is_empty() {
        // Out of reach answers like absent.
        cells.error(UNIT, Said::new("development-branch-unknown"));
    }
    let name = clean(cells.text(NAME).unwrap_or_default()).into_owned();
    let birth = cells.day(BIRTH);
    if let Some(birth) = birth.filter(|_| !name.is_empty()) {
        for issue in check_candidate(&name, birth, ground.today) {
            cells.error(if issue.field.as_deref() == Some("birth") { BIRTH } else { NAME }, issue.said);
        }
    }
    let sex = cells.code(SEX).and_then(|code| code.parse().ok());
    let source = cells.code(SOURCE).and_then(Source::from_code);
    let (Some(unit), Some(birth), Some(sex), Some(source), false) = (unit, birth, sex, source, cells.refused()) else {
        return RowState::Refused;
    };
    let key = (unit, fold(&name), birth);
    if ground.known.contains(&key) {
        return RowState::Same;
    }
    if !seen.insert(key) {
        return RowState::Duplicate;
    }
    if rows.len() == MOST {
        cells.row_error(Said::new("development-import-many").with("most", MOST as u32));
        return RowState::Refused;
    }
    let workplace = clean(cells.text(WORKPLACE).unwrap_or_default()).into_owned();
    rows.push(NewCandidate { unit, name, birth, sex, source, workplace });
    RowState::New
}

/// A row as the form of the look carries it.
pub(crate) fn carried(row: &NewCandidate) -> String {
    let NewCandidate { unit, name, birth, sex, source, workplace } = row;
    format!("{unit}\t{}\t{sex}\t{}\t{name}\t{workplace}", birth.iso(), source.code())
}

/// The row again; none when somebody changed the form.
pub(crate) fn uncarried(text: &str) -> Option<NewCandidate> {
    let parts: Vec<&str> = text.split('\t').collect();
    let [unit, birth, sex, source, name, workplace] = parts.as_slice() else { return None };
    Some(NewCandidate {
        unit: unit.parse().ok()?,
        name: (*name).to_owned(),
        birth: Day::from_iso(birth)?,
        sex: sex.parse().ok().filter(|sex| (1..=2).contains(sex))?,
        source: Source::from_code(source)?,
        workplace: (*workplace).to_owned(),
    })
}
