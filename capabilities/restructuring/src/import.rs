//! Lines of a plan from a spreadsheet: old code, new code, how much – as in the table of the restructuring of 2025.

use std::collections::HashMap;
use std::ops::ControlFlow;

use chibo_kernel::text::fold;
use chibo_kernel::{Day, Id, Problem, Said, Unit};
use chibo_organisation::rules::{Facts, check_code};
use chibo_organisation::{kind_named, setting_named};
use chibo_papers::{Cells, Column, Kind, Preview, RowState, SheetSource, Step, Table};

use crate::rules::{Extent, Founding, Operation};

const fn text(key: &'static str, titles: &'static [&'static str], max: usize) -> Column {
    Column { key, titles, kind: Kind::Text { max }, required: false }
}

/// The columns, at the positions named below.
pub(crate) static COLUMNS: [Column; 9] = [
    text("act", &["Việc", "Nội dung", "Act"], 60),
    text("old", &["Mã cũ", "Mã tổ chức cũ", "Old code"], 40),
    text("extent", &["Phạm vi", "Extent"], 40),
    text("new", &["Mã mới", "Mã tổ chức mới", "New code"], 40),
    text("name", &["Tên tổ chức", "Tên mới", "Name"], 300),
    text("short", &["Tên ngắn", "Short name"], 120),
    text("kind", &["Loại tổ chức", "Kind"], 120),
    text("setting", &["Loại hình", "Setting"], 120),
    text("parent", &["Mã cấp trên", "Parent code"], 40),
];

mod at {
    pub const ACT: usize = 0;
    pub const OLD: usize = 1;
    pub const EXTENT: usize = 2;
    pub const NEW: usize = 3;
    pub const NAME: usize = 4;
    pub const SHORT: usize = 5;
    pub const KIND: usize = 6;
    pub const SETTING: usize = 7;
    pub const PARENT: usize = 8;
}

/// Words of the first column, folded, with the code of the line they mean.
const ACTS: [(&str, &str); 15] = [
    ("thanh lap", "establish"),
    ("establish", "establish"),
    ("sap nhap", "join"),
    ("hop nhat", "join"),
    ("chia tach", "join"),
    ("join", "join"),
    ("chuyen giao", "move"),
    ("chuyen", "move"),
    ("move", "move"),
    ("doi ten", "rename"),
    ("rename", "rename"),
    ("chuyen doi loai hinh", "retype"),
    ("retype", "retype"),
    ("giai the", "dissolve"),
    ("dissolve", "dissolve"),
];

/// Words of the extent, folded.
const EXTENTS: [(&str, Extent); 9] = [
    ("toan bo", Extent::Whole),
    ("whole", Extent::Whole),
    ("mot phan", Extent::Part),
    ("part", Extent::Part),
    ("phan con lai", Extent::Rest),
    ("mac dinh", Extent::Rest),
    ("default", Extent::Rest),
    ("rest", Extent::Rest),
    ("", Extent::Whole),
];

/// What rows are read against.
pub(crate) struct Ground<'g> {
    /// Units by code: those in reach and those the plan brings already.
    pub codes: &'g HashMap<String, Id<Unit>>,
    /// What a unit is called now; for renaming without a short name.
    pub facts: &'g dyn Fn(Id<Unit>) -> Option<Facts>,
    /// Today.
    pub today: Day,
}

/// What a file says.
pub(crate) struct Read {
    /// Counts, samples, defects.
    pub preview: Preview,
    /// The lines, each with its row.
    pub lines: Vec<(u32, Operation)>,
}

/// Reads a file twice: units it brings first, so that rows may stand in any order.
pub(crate) fn read(
    source: &mut SheetSource,
    ground: &Ground<'_>,
    fresh: &dyn Fn() -> Id<Unit>,
) -> Result<Read, Problem> {
    let mut brought: HashMap<String, Id<Unit>> = HashMap::new();
    let mut first = Table::new(&COLUMNS, ground.today);
    source.for_each_row(|row| {
        if let Step::Row(cells) = first.read(row)
            && act(cells) == Some("establish")
            && let Ok(code) = check_code(cells.text(at::NEW).unwrap_or_default())
            && !code.is_empty()
            && !ground.codes.contains_key(&code)
        {
            brought.entry(code).or_insert_with(fresh);
        }
        ControlFlow::Continue(())
    })?;
    let mut second = Table::new(&COLUMNS, ground.today);
    let mut read = Read { preview: Preview::new(200, 20), lines: Vec::new() };
    source.for_each_row(|row| {
        if let Step::Row(cells) = second.read(row) {
            let line = Row { cells, ground, brought: &brought }.line();
            let state = if line.is_some() { RowState::New } else { RowState::Refused };
            let number = cells.row();
            let issues = cells.take_issues();
            read.preview.row(number, state, issues, || cells.shown());
            read.lines.extend(line.map(|line| (number, line)));
        }
        ControlFlow::Continue(())
    })?;
    read.preview.note(second.finish());
    Ok(read)
}

fn key(text: &str) -> String {
    fold(text.trim())
}

fn act(cells: &Cells) -> Option<&'static str> {
    let typed = key(cells.text(at::ACT).unwrap_or_default());
    let named = ACTS.iter().find(|(word, _)| *word == typed).map(|(_, code)| *code);
    // The table of 2025 names no act: an old code beside a new one is a merger.
    let paired = typed.is_empty() && cells.text(at::OLD).is_some() && cells.text(at::NEW).is_some();
    named.or(paired.then_some("join"))
}

struct Row<'r, 'c> {
    cells: &'r mut Cells,
    ground: &'r Ground<'c>,
    brought: &'r HashMap<String, Id<Unit>>,
}

impl Row<'_, '_> {
    fn line(&mut self) -> Option<Operation> {
        let Some(act) = act(self.cells) else {
            let text = self.text(at::ACT);
            self.cells.error(at::ACT, Said::new("plans-import-act").with("text", text));
            return None;
        };
        let line = match act {
            "establish" => self.establish(),
            "join" => {
                let (from, into) = (self.unit(at::OLD), self.unit(at::NEW));
                let extent = self.extent();
                Some(Operation::Join { from: from?, into: into?, extent: extent? })
            }
            "move" => {
                let (unit, parent) = (self.unit(at::OLD), self.unit(at::PARENT));
                Some(Operation::Move { unit: unit?, parent: parent? })
            }
            "rename" => self.rename(),
            "retype" => {
                let unit = self.unit(at::OLD);
                let (kind, setting) = (self.kind(), self.setting());
                Some(Operation::Retype { unit: unit?, kind: kind?, setting: setting? })
            }
            _ => Some(Operation::Dissolve { unit: self.unit(at::OLD)? }),
        };
        line.filter(|_| !self.cells.refused())
    }

    fn text(&self, column: usize) -> String {
        self.cells.text(column).unwrap_or_default().to_owned()
    }

    fn needed(&mut self, column: usize) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            self.cells.error(column, Said::new("plans-import-needed"));
            return None;
        }
        Some(text)
    }

    /// A unit by its code; one out of reach is as unknown as one that is not there.
    fn unit(&mut self, column: usize) -> Option<Id<Unit>> {
        let typed = self.needed(column)?;
        let code = match check_code(&typed) {
            Ok(code) => code,
            Err(issue) => {
                self.cells.error(column, issue.said);
                return None;
            }
        };
        let found = self.ground.codes.get(&code).or_else(|| self.brought.get(&code)).copied();
        if found.is_none() {
            self.cells.error(column, Said::new("plans-import-unknown").with("code", typed));
        }
        found
    }

    fn extent(&mut self) -> Option<Extent> {
        let typed = key(&self.text(at::EXTENT));
        let found = EXTENTS.iter().find(|(word, _)| *word == typed).map(|(_, extent)| *extent);
        if found.is_none() {
            let text = self.text(at::EXTENT);
            self.cells.error(at::EXTENT, Said::new("plans-import-extent").with("text", text));
        }
        found
    }

    fn kind(&mut self) -> Option<chibo_organisation::kinds::Kind> {
        let typed = self.needed(at::KIND)?;
        let found = kind_named(&typed);
        if found.is_none() {
            self.cells.error(at::KIND, Said::new("plans-import-kind").with("text", typed));
        }
        found
    }

    fn setting(&mut self) -> Option<chibo_organisation::kinds::Setting> {
        let typed = self.needed(at::SETTING)?;
        let found = setting_named(&typed);
        if found.is_none() {
            self.cells.error(at::SETTING, Said::new("plans-import-setting").with("text", typed));
        }
        found
    }

    fn establish(&mut self) -> Option<Operation> {
        let name = self.needed(at::NAME);
        let (kind, setting, parent) = (self.kind(), self.setting(), self.unit(at::PARENT));
        let code = self.needed(at::NEW)?;
        let code = check_code(&code).map_err(|issue| self.cells.error(at::NEW, issue.said)).ok()?;
        let Some(id) = self.brought.get(&code).copied() else {
            self.cells.error(at::NEW, Said::new("plans-import-taken").with("code", code));
            return None;
        };
        let (name, short) = (name?, self.text(at::SHORT));
        let short = if short.is_empty() { name.clone() } else { short };
        let facts = Facts { name, short, kind: kind?, setting: setting?, code };
        Some(Operation::Establish(Box::new(Founding { id, facts, parent: parent? })))
    }

    fn rename(&mut self) -> Option<Operation> {
        let (unit, name) = (self.unit(at::OLD), self.needed(at::NAME));
        let typed = self.text(at::NEW);
        let code = check_code(&typed).map_err(|issue| self.cells.error(at::NEW, issue.said)).ok()?;
        let (unit, name, short) = (unit?, name?, self.text(at::SHORT));
        let same = || (self.ground.facts)(unit).is_some_and(|facts| facts.name == name);
        let short = match short.is_empty() {
            true if same() => (self.ground.facts)(unit).map(|facts| facts.short).unwrap_or_default(),
            true => name.clone(),
            false => short,
        };
        Some(Operation::Rename { unit, name, short, code: (!code.is_empty()).then_some(code) })
    }
}
