//! A plan as a workbook: its lines in the columns that are read back, then who goes where.

use chibo_kernel::{Id, Problem, Unit};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::import::COLUMNS;
use crate::pages::Bench;
use crate::rules::{Extent, Operation};

/// Writes the lines of a plan.
pub(crate) fn plan(visit: &Visit<'_>, bench: &Bench) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let lines = vec![
        (w.t("plans-unit").to_owned(), bench.name(visit, bench.plan.unit_id)),
        (w.t("plans-effective").to_owned(), w.day(bench.plan.effective_on)),
        (w.t("plans-state").to_owned(), w.t(bench.state.word()).to_owned()),
        (w.t("plans-made-by").to_owned(), made),
    ];
    let title = |column: &chibo_papers::Column| column.titles.first().copied().unwrap_or(column.key);
    let mut columns: Vec<_> =
        COLUMNS.iter().map(|column| OutColumn::new(title(column), OutKind::Text).wide(24.0)).collect();
    columns.push(OutColumn::new(w.t("plans-old-name"), OutKind::Text).wide(40.0));
    columns.push(OutColumn::new(w.t("plans-new-name-column"), OutKind::Text).wide(40.0));
    let about = About { title: bench.plan.title.clone(), lines };
    let layout = visit.layout(w.t("plans-lines"), columns).about(about);
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in &bench.lines {
        let cells = cells(visit, bench, line);
        writer.row(&cells.iter().map(|cell| Out::Text(cell)).collect::<Vec<_>>())?;
    }
    Ok(writer.finish()?)
}

/// The code of a unit on the plan's day, or in the plan.
fn code(bench: &Bench, unit: Id<Unit>) -> String {
    let brought = bench.lines.iter().find_map(|line| match line {
        Operation::Establish(new) if new.id == unit => Some(new.facts.code.clone()),
        _ => None,
    });
    let stood = || bench.before.get(unit).map(|standing| standing.facts.code.clone()).unwrap_or_default();
    brought.unwrap_or_else(stood)
}

/// One line in the columns of the import, with the names of both units.
fn cells(visit: &Visit<'_>, bench: &Bench, line: &Operation) -> [String; 11] {
    let on = bench.plan.effective_on;
    let mut cells: [String; 11] = Default::default();
    let [act, old, extent, new, name, short, kind, setting, parent, old_name, new_name] = &mut cells;
    *act = match line {
        Operation::Establish(_) => "Thành lập",
        Operation::Restore { .. } => "Lập lại",
        Operation::Rename { .. } => "Đổi tên",
        Operation::Retype { .. } => "Chuyển đổi loại hình",
        Operation::Move { .. } => "Chuyển giao",
        Operation::Join { .. } => "Sáp nhập",
        Operation::Dissolve { .. } => "Giải thể",
    }
    .to_owned();
    match line {
        Operation::Establish(founding) => {
            new.clone_from(&founding.facts.code);
            *parent = code(bench, founding.parent);
            (*name, *short) = (founding.facts.name.clone(), founding.facts.short.clone());
            (*kind, *setting) = (founding.facts.kind.name(on).vi.to_owned(), founding.facts.setting.vi().to_owned());
        }
        Operation::Restore { facts, .. } => {
            new.clone_from(&facts.code);
            (*name, *short) = (facts.name.clone(), facts.short.clone());
        }
        Operation::Rename { name: named, short: shorter, code, .. } => {
            (*name, *short) = (named.clone(), shorter.clone());
            *new = code.clone().unwrap_or_default();
        }
        Operation::Retype { kind: becomes, setting: of, .. } => {
            (*kind, *setting) = (becomes.name(on).vi.to_owned(), of.vi().to_owned());
        }
        Operation::Join { into, extent: much, .. } => {
            *new = code(bench, *into);
            *extent = match much {
                Extent::Whole => "toàn bộ",
                Extent::Rest => "phần còn lại",
                Extent::Part => "một phần",
            }
            .to_owned();
        }
        Operation::Move { parent: above, .. } => *parent = code(bench, *above),
        Operation::Dissolve { .. } => {}
    }
    if !line.brings() {
        *old = code(bench, line.unit());
        *old_name = bench.name(visit, line.unit());
    }
    if let Some(other) = line.other() {
        *new_name = bench.name(visit, other);
    }
    cells
}
