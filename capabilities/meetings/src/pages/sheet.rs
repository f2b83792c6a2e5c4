//! The score sheet: every item with its points and why some are missing.

use chibo_web::Visit;
use chibo_web::table::Column;
use chibo_web::{Cell, Table};

use crate::rules::{Grade, Line, Score};

/// The table with the total.
pub(super) fn table(visit: &Visit<'_>, score: &Score) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("item", w.t("meetings-score-item")),
        Column::number("got", w.t("meetings-score-got")),
        Column::sentences("why", w.t("meetings-score-why")),
    ];
    let mut table = Table::new(w.t("meetings-score"), columns);
    let row = |line: &Line| {
        let item = w.t(&format!("meetings-item-{}", line.item));
        vec![
            Cell::Text(format!("{}. {item}", line.criterion)),
            Cell::Text(format!("{}/{}", line.got, line.most)),
            Cell::Text(line.why.as_ref().map_or_else(String::new, |said| w.said(said))),
        ]
    };
    table.rows = score.lines.iter().map(row).collect();
    table.total = Some(vec![
        Cell::Text(w.t("meetings-score-total").to_owned()),
        Cell::Text(format!("{}/100", score.total)),
        Cell::Text(w.t1("meetings-score-version", "version", &score.version)),
    ]);
    table.html(visit)
}

/// The grade as a tag.
pub(super) fn tag(visit: &Visit<'_>, score: u32, grade: Grade) -> (String, &'static str) {
    (visit.w.t2("meetings-score-tag", ("points", score), ("grade", visit.w.t(grade.word()))), grade.class())
}
