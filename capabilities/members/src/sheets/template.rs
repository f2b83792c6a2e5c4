//! The empty spreadsheet people fill in: headings an import knows, and a second sheet that explains them.

use chibo_kernel::{Moment, Problem};
use chibo_papers::{Format, Kind, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::words::{Lang, Tongue};

use super::COLUMNS;
use crate::codes::{self, List};

fn list(key: &str) -> Option<List> {
    Some(match key {
        "sex" => codes::SEXES,
        "ethnicity" => codes::ETHNICITIES,
        "religion" => codes::RELIGIONS,
        "standing" => codes::STANDINGS,
        "education" => codes::GENERAL_EDUCATION,
        "degree" => codes::DEGREES,
        "academic-title" => codes::ACADEMIC_TITLES,
        "theory" => codes::THEORY,
        "occupation" => codes::OCCUPATIONS,
        _ => return None,
    })
}

/// The workbook's bytes.
pub fn workbook(w: Tongue<'_>, made: Moment) -> Result<Vec<u8>, Problem> {
    let vi = w.lang == Lang::Vi;
    let heading = |column: &chibo_papers::Column| {
        if vi { column.title() } else { column.titles.last().copied().unwrap_or(column.key) }
    };
    let columns = COLUMNS.iter().map(|column| {
        let kind = if matches!(column.kind, Kind::Day) { OutKind::Day } else { OutKind::Text };
        OutColumn::new(heading(column), kind)
    });
    let sheet = Layout::new(w.t("members-title"), columns.collect());
    let mut writer = SheetWriter::start(Format::Xlsx, sheet, made, Vec::new())?;
    let guide = vec![
        OutColumn::new(w.t("members-template-column"), OutKind::Text).wide(32.0),
        OutColumn::new(w.t("members-template-must"), OutKind::Text),
        OutColumn::new(w.t("members-template-values"), OutKind::Text).wide(90.0),
    ];
    writer.next_table(Layout::new(w.t("members-template-guide"), guide))?;
    for column in COLUMNS {
        let names = |list: List| list.iter().skip(1).map(|code| if vi { code.vi } else { code.en }).collect::<Vec<_>>();
        let values = match (list(column.key), column.kind) {
            (Some(list), _) => names(list).join("; "),
            (_, Kind::Day) => w.t("members-template-day").to_owned(),
            (_, Kind::MonthOrYear) => w.t("members-template-birth").to_owned(),
            (_, Kind::Digits { .. }) => w.t("members-template-digits").to_owned(),
            _ if column.key == "unit" => w.t("members-template-unit").to_owned(),
            _ => String::new(),
        };
        let must = if column.required { "x" } else { "" };
        writer.row(&[Out::Text(heading(column)), Out::Text(must), Out::Text(&values)])?;
    }
    Ok(writer.finish()?)
}
