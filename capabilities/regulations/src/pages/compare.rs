//! Two texts side by side, line by line.

use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Table, Visit};

use crate::rules::diff::{Beside, beside, lines};

/// The comparison as a table: what became of each line stands in words beside it.
pub(super) fn html(visit: &Visit<'_>, (old_name, old): (&str, &str), (new_name, new): (&str, &str)) -> String {
    let w = visit.w;
    let rows = beside(&lines(old, new));
    let changed = rows.iter().filter(|row| !row.kept).count();
    let mut table = Table::new(
        w.t1("regulations-compare-caption", "count", w.n(i64::try_from(changed).unwrap_or(i64::MAX))),
        vec![
            Column::new("what", w.t("regulations-compare-what")),
            Column::new("old", old_name),
            Column::new("new", new_name),
        ],
    );
    let text = |line: Option<&str>| Cell::Text(line.unwrap_or_default().to_owned());
    table.rows = rows.iter().map(|row| vec![word(w, row), text(row.old), text(row.new)]).collect();
    table.html(visit)
}

fn word(w: Tongue<'_>, row: &Beside<'_>) -> Cell {
    let (key, class) = match (row.kept, row.old, row.new) {
        (true, ..) => return Cell::Text(String::new()),
        (false, Some(_), Some(_)) => ("regulations-compare-changed", "warn"),
        (false, Some(_), None) => ("regulations-compare-removed", "bad"),
        (false, None, _) => ("regulations-compare-added", "ok"),
    };
    Cell::Tag(w.t(key).to_owned(), class)
}
