//! The log of one member: who did what to the record, newest first.

use chibo_kernel::{AsOf, Permission, Problem};
use chibo_store::audit;
use chibo_web::table::Column;
use chibo_web::{Cell, Reply, Table, Visit};

use super::names::Units;
use super::person::{self, Seen};

/// Entries shown.
const MOST: i64 = 500;

/// The tab.
pub(super) fn show(visit: &Visit<'_>, seen: &Seen) -> Result<Reply, Problem> {
    seen.permit(visit, Permission::ViewAudit)?;
    let w = visit.w;
    let rows = visit.read(|tx| audit::of_stream(tx, seen.person.person_id.bytes(), MOST))?;
    let columns = vec![
        Column::new("when", w.t("audit-when")),
        Column::new("who", w.t("audit-who")),
        Column::new("what", w.t("audit-what")),
        Column::new("detail", w.t("audit-detail")),
    ];
    let mut table = Table::new(w.t("members-tab-log"), columns);
    table.empty = w.t("audit-empty").to_owned();
    for row in rows {
        table.rows.push(vec![
            Cell::Text(w.moment(row.at)),
            Cell::Text(row.actor_name.clone()),
            Cell::Text(w.or(&format!("audit-{}", row.action), "").to_owned()),
            Cell::Text(detail(&row.detail)),
        ]);
    }
    let units = Units::new(visit.house.census.forest(), AsOf::on(visit.today()));
    let mut body = String::new();
    person::tabs(&mut body, visit, seen, "members-tab-log");
    body.push_str(&table.html(visit));
    visit.page_html(200, person::head(visit, seen, &units), &body)
}

/// Facts of an entry as one line.
fn detail(json: &str) -> String {
    let Ok(serde_json::Value::Object(facts)) = serde_json::from_str(json) else { return json.to_owned() };
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    facts.iter().map(|(name, value)| format!("{name}: {}", text(value))).collect::<Vec<_>>().join("; ")
}
