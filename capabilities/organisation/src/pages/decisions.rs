//! The list of reorganisation decisions.

use chibo_kernel::{Permission, Problem};
use chibo_web::table::Column;
use chibo_web::{Cell, Head, Reply, Table, Visit};

use crate::store::{self, DecisionRow};

/// Whether the viewer may see a decision: it concerns a unit of theirs, or a unit above theirs.
pub(super) fn sees(visit: &Visit<'_>, decision: &DecisionRow) -> bool {
    let Some(span) = visit.house.db.places().span(decision.unit_id) else { return visit.who().system };
    let overlap = |range: &std::ops::Range<u32>| range.start < span.end && span.start < range.end;
    visit.who().ranges(Permission::ViewUnits).iter().any(overlap)
}

/// `GET /reorganisations`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut rows = visit.read(store::decisions)?;
    rows.retain(|row| sees(visit, row));
    let mut table = Table::new(
        w.t("reorganisations-title"),
        vec![
            Column::new("title", w.t("reorganisations-what")),
            Column::new("number", w.t("units-decision-number")),
            Column::new("authority", w.t("reorganisations-authority")),
            Column::new("signed", w.t("reorganisations-signed")),
            Column::new("effective", w.t("reorganisations-effective")),
            Column::new("state", w.t("reorganisations-state")),
        ],
    );
    table.empty = w.t("reorganisations-none").to_owned();
    for row in &rows {
        table.rows.push(vec![
            Cell::Link(row.title.clone(), format!("/reorganisations/{}", row.decision_id)),
            Cell::Text(row.number.clone()),
            Cell::Text(row.authority.clone()),
            Cell::Text(w.day(row.signed_on)),
            Cell::Text(w.day(row.effective_on)),
            state(visit, row),
        ]);
    }
    let body = table.html(visit);
    visit.page_html(200, Head::new(w.t("reorganisations-title"), "reorganisations-menu"), &body)
}

/// Draft, in force or still to come, withdrawn, undone.
pub(super) fn state(visit: &Visit<'_>, row: &DecisionRow) -> Cell {
    let (key, class) = match row.state.as_str() {
        "draft" => ("reorganisations-draft", "gold"),
        "withdrawn" => ("reorganisations-withdrawn", "bad"),
        "undone" => ("reorganisations-undone", "bad"),
        _ if row.effective_on > visit.today() => ("reorganisations-to-come", "gold"),
        _ => ("reorganisations-in-force", "ok"),
    };
    Cell::Tag(visit.w.t(key).to_owned(), class)
}
