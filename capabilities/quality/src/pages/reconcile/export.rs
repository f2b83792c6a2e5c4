//! Results as a workbook.

use chibo_kernel::{Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_store::Entry;
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::one::Asked;
use super::{KINDS, lines, load};

/// `GET /quality/reconciliations/{id}/export.xlsx` with the query of the page.
pub(in crate::pages) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = load(visit)?;
    visit.permit(Permission::Export, row.unit_id)?;
    let (w, asked, units) = (visit.w, Asked::read(visit), UnitsToday::of(visit));
    let text = |key: &str, wide: f64| OutColumn::new(w.t(key), OutKind::Text).wide(wide);
    let columns = vec![
        text("quality-member", 30.0),
        text("quality-unit", 40.0),
        text("quality-merge-fact", 24.0),
        text("quality-here", 40.0),
        text("quality-there", 40.0),
        OutColumn::new(w.t("quality-reconcile-row"), OutKind::Whole),
    ];
    let title = KINDS.iter().find(|(kind, _)| *kind == asked.kind).map_or("", |(_, key)| w.t(key)).to_owned();
    let made = (w.t("quality-made-by").to_owned(), visit.made_by());
    let about = vec![(w.t("quality-reconcile-file").to_owned(), row.file_name.clone()), made];
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let mut count = 0u64;
    asked.each(visit, &units, &row, |line| {
        count += 1;
        let unit = line.unit_id.map_or_else(String::new, |unit| units.name(unit));
        let (what, here, there) = match line.kind.as_str() {
            "field" => (
                lines::field(visit, &line.field),
                lines::value(visit, &units, &line.field, &line.here),
                lines::value(visit, &units, &line.field, &line.there),
            ),
            "there" => (String::new(), String::new(), lines::value(visit, &units, "there", &line.there)),
            "here" => Default::default(),
            _ => (w.t(lines::why(&line)).to_owned(), String::new(), String::new()),
        };
        let name = lines::name(visit, &line);
        Ok(writer.row(&[
            Out::Text(&name),
            Out::Text(&unit),
            Out::Text(&what),
            Out::Text(&here),
            Out::Text(&there),
            if line.sheet_row == 0 { Out::Empty } else { Out::Whole(i64::from(line.sheet_row)) },
        ])?)
    })?;
    let body = writer.finish()?;
    let detail = serde_json::json!({ "file": row.file_name, "rows": count, "kind": asked.kind }).to_string();
    let (unit, subject) = (Some(row.unit_id), Some(*row.reconciliation_id.bytes()));
    visit.record(Entry {
        stream: *row.unit_id.bytes(),
        action: "quality-reconciliation-exported",
        unit,
        subject,
        detail,
    })?;
    Ok(Reply::File { name: format!("doi-chieu-du-lieu-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
