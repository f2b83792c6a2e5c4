//! The items of a dossier, part by part; secret fields are masked.

use std::fmt::Write;

use chibo_kernel::{Day, Permission};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Table, Visit, html};

use super::one::Seen;
use crate::actions::part_rows;
use crate::rules::items::{Values, codes};
use crate::rules::parts::{Field, Kind, PARTS, Part, When};
use crate::store::ItemRow;

/// What stands for something sealed.
pub(super) const MASK: &str = "••••••";

/// A value as people read it.
pub(crate) fn shown(w: Tongue<'_>, field: &Field, value: &str) -> String {
    match field.kind {
        Kind::Choice(choices) => {
            choices.iter().find(|(code, _)| *code == value).map_or_else(String::new, |(_, word)| w.t(word).to_owned())
        }
        Kind::Money => {
            value.parse::<i64>().map_or_else(|_| value.to_owned(), |number| w.t1("dossiers-money", "n", w.n(number)))
        }
        Kind::Day => Day::from_iso(value).map_or_else(|| value.to_owned(), |day| w.day(day)),
        Kind::Line | Kind::Lines | Kind::Year => value.to_owned(),
    }
}

/// The days of a row as people read them.
pub(crate) fn period(w: Tongue<'_>, part: &Part, row: &ItemRow) -> String {
    let last = row.valid_to.plus_days(-1);
    match (part.when, row.valid_to == Day::FOREVER) {
        (When::On, _) => w.day(row.valid_from),
        (When::Since, true) => w.t1("dossiers-since", "day", w.day(row.valid_from)),
        (When::Span, true) => w.t1("dossiers-until-now", "day", w.day(row.valid_from)),
        (_, false) => w.t2("dossiers-from-to", ("from", w.day(row.valid_from)), ("to", w.day(last))),
    }
}

/// The open fields of a row; nothing of one that cannot be read.
pub(crate) fn open_fields(row: &ItemRow) -> Values {
    serde_json::from_str(&row.shown).unwrap_or_default()
}

/// All parts: those that hold something as tables, the others as places to begin.
pub(super) fn section(out: &mut String, visit: &Visit<'_>, seen: &Seen) {
    let w = visit.w;
    let may_edit = seen.may(visit, Permission::EditMembers);
    let add = |part: &Part| seen.address(&format!("/items?part={}", part.code));
    let mut empty = Vec::new();
    for part in PARTS {
        let rows = part_rows(&seen.items, part);
        if rows.is_empty() {
            empty.push((format!("{}. {}", part.item, w.t(part.word)), add(part), false));
            continue;
        }
        let _ = write!(out, "<section class=\"card\"><h2>{}. {}</h2>", part.item, w.t(part.word));
        out.push_str(&table(visit, seen, part, &rows).html(visit));
        if may_edit {
            let _ = write!(out, "<p><a class=\"btn\" href=\"{}\">{}</a></p>", add(part), w.t("dossiers-add"));
        }
        out.push_str("</section>");
    }
    if empty.is_empty() {
        return;
    }
    let _ = write!(out, "<section class=\"card\"><h2>{}</h2>", w.t("dossiers-empty-parts"));
    if may_edit {
        out.push_str(&html::chips(w.t("dossiers-empty-parts"), empty));
    } else {
        out.push_str("<ul class=\"plain\">");
        for (text, ..) in &empty {
            let _ = write!(out, "<li>{text}</li>");
        }
        out.push_str("</ul>");
    }
    out.push_str("</section>");
}

fn table(visit: &Visit<'_>, seen: &Seen, part: &'static Part, rows: &[&ItemRow]) -> Table {
    let w = visit.w;
    let (may_edit, may_open) = (seen.may(visit, Permission::EditMembers), seen.may(visit, Permission::RevealSecrets));
    let mut columns = vec![Column::new("when", w.t("dossiers-when"))];
    columns.extend(part.fields.iter().map(|field| Column::new(field.code, w.t(field.word))));
    if may_edit {
        columns.push(Column::new("change", w.t("dossiers-change")));
    }
    let mut table = Table::new(w.t(part.word), columns);
    for row in rows {
        let values = open_fields(row);
        let filled = codes(&row.filled);
        let mut cells = vec![Cell::Text(period(w, part, row))];
        for field in part.fields {
            cells.push(match (field.secret, values.get(field.code)) {
                (false, Some(value)) => Cell::Text(shown(w, field, value)),
                (true, _) if filled.contains(&field.code) && may_open => {
                    let at = seen.address(&format!("/revelation?item={}&field={}", row.item_id, field.code));
                    let label = w.t1("dossiers-open-one", "field", w.t(field.word));
                    Cell::Html(masked(&at, w.t("dossiers-open"), &label))
                }
                (true, _) if filled.contains(&field.code) => Cell::Text(MASK.to_owned()),
                _ => Cell::Text(String::new()),
            });
        }
        if may_edit {
            let at = seen.address(&format!("/items?part={}&item={}", part.code, row.item_id));
            cells.push(Cell::Link(w.t("dossiers-correct").to_owned(), at));
        }
        table.rows.push(cells);
    }
    table
}

fn masked(href: &str, text: &str, label: &str) -> String {
    let mut out = format!("{MASK} <a href=\"");
    html::push(&mut out, href);
    out.push_str("\" aria-label=\"");
    html::push(&mut out, label);
    out.push_str("\">");
    html::push(&mut out, text);
    out.push_str("</a>");
    out
}
