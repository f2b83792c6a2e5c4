//! Bars in a card; every number leads to its list.

use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::words::Tongue;

/// Bars with their table.
pub(super) fn bars(w: Tongue<'_>, title: &str, columns: [&str; 2], bars: Vec<Bar>) -> String {
    let number = |value: f64| w.n(value as i64);
    let caption = Caption::new(title, "", w.t("alerts-nothing"));
    let chart = Bars { caption, columns: columns.map(str::to_owned), bars, format: &number };
    Figure { width: "c7", title, note: "", legend: &[] }.html(w, &chart)
}
