//! All campaigns in sight.

use chibo_kernel::{Day, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::{MENU, in_sight, notes, title};
use crate::rules::Terms;
use crate::store;

/// `GET /evaluation`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let mut rows = visit.read(store::campaigns)?;
    rows.retain(|row| in_sight(visit, &units, row));
    let columns = vec![
        Column::new("campaign", w.t("evaluation-campaign")),
        Column::new("unit", w.t("evaluation-unit")),
        Column::new("self", w.t("evaluation-self-by")),
        Column::new("decide", w.t("evaluation-decide-by")),
        Column::new("state", w.t("evaluation-state")),
    ];
    let mut table = Table::new(w.t("evaluation-campaigns"), columns);
    table.empty = w.t("evaluation-no-campaigns").to_owned();
    for row in rows {
        let name = title(w, &row.kind, row.year, row.quarter);
        let state = match row.closed_on {
            Day::FOREVER => Cell::Tag(w.t("evaluation-open").to_owned(), "gold"),
            day => Cell::Tag(w.t1("evaluation-closed-on", "day", w.day(day)), "ok"),
        };
        table.rows.push(vec![
            Cell::Link(name, format!("/evaluation/campaigns/{}", row.campaign_id)),
            Cell::Text(units.name(row.unit_id)),
            Cell::Text(w.day(row.self_by)),
            Cell::Text(w.day(row.decide_by)),
            state,
        ]);
    }
    let head = Head::new(w.t("evaluation-title"), MENU).crumbs(vec![Crumb::here(w.t("evaluation-title"))]).action(
        w.t("evaluation-campaign-new"),
        "/evaluation/campaigns/new",
        true,
    );
    let about = html::escape(w.t("evaluation-about"));
    let body = format!("<p>{about}</p>{}{}", table.html(visit), notes(visit, &Terms::on(visit.today())?));
    visit.page_html(200, head, &body)
}
