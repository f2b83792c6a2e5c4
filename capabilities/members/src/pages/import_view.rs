//! What a spreadsheet would do, or did: counts, encoding, defects, sample rows, buttons.

use std::fmt::Write;

use chibo_store::jobs::JobRow;
use chibo_web::html::{escape, push};
use chibo_web::table::Column;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Cell, Form, Table, Visit};

use crate::sheets::COLUMNS;
use crate::sheets::summary::{SAMPLED, Summary};
use crate::store::ImportRow;

/// A running import.
pub(super) fn progress(out: &mut String, visit: &Visit<'_>, row: &ImportRow, job: &JobRow, total: u64) {
    let w = visit.w;
    let live = visit.house.db.live(job.job_id).filter(|live| live.total > 0);
    let (done, total) = live.map_or((job.done as u64, total), |live| (live.done, live.total));
    let title = escape(&w.t1("members-import-running", "count", w.n(total as i64)));
    let _ = write!(
        out,
        "<section class=\"job\" hx-get=\"/members/imports/{}\" hx-trigger=\"every 2s\" hx-target=\"#main\" hx-swap=\"innerHTML\">\
         <h2>{title}</h2><progress max=\"{}\" value=\"{done}\" aria-label=\"{title}\"></progress>\
         <p class=\"small quiet\">{} / {}</p>",
        row.import_id,
        total.max(1),
        w.n(done as i64),
        w.n(total as i64)
    );
    button(out, visit, &format!("/jobs/{}/cancellation", job.job_id), w.t("jobs-cancel"), "btn");
    out.push_str("</section>");
}

fn button(out: &mut String, visit: &Visit<'_>, action: &str, text: &str, class: &str) {
    let _ = write!(
        out,
        "<form method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"_form\" value=\"{}\">\
         <button class=\"{class}\" type=\"submit\">{}</button></form>",
        visit.form_token(),
        escape(text)
    );
}

/// Everything about one import; `open` offers to confirm or drop it.
pub(super) fn summary(out: &mut String, visit: &Visit<'_>, row: &ImportRow, summary: &Summary, open: bool) {
    let w = visit.w;
    verdict(out, visit, row, summary, open);
    figures(out, w, row, summary);
    encoding(out, w, summary);
    if open {
        samples(out, w, summary);
    }
    issues(out, visit, summary);
}

fn verdict(out: &mut String, visit: &Visit<'_>, row: &ImportRow, summary: &Summary, open: bool) {
    let w = visit.w;
    let here = format!("/members/imports/{}", row.import_id);
    if open && summary.new == 0 {
        let _ = write!(out, "<div class=\"note bad\">{}</div>", w.t("members-import-empty"));
    }
    out.push_str("<div class=\"actions\">");
    if open {
        if summary.new > 0 {
            let text = w.t2(
                "members-import-confirm",
                ("count", w.n(summary.new as i64)),
                ("left", w.n(summary.left_out() as i64)),
            );
            button(out, visit, &format!("{here}/confirmation"), &text, "btn primary");
        }
        if row.state == "waiting" && summary.refused > 0 {
            let _ = write!(out, "<a class=\"btn\" href=\"{here}/refused.xlsx\">{}</a>", w.t("members-refused-get"));
        }
        button(out, visit, &format!("{here}/removal"), w.t("members-import-drop"), "btn plain");
    }
    if row.state == "confirmed" {
        let _ = write!(out, "<a class=\"btn\" href=\"/members\">{}</a>", w.t("members-import-see"));
        button(out, visit, &format!("{here}/undoing"), w.t("members-import-undo"), "btn danger");
    }
    out.push_str("</div>");
}

/// What the headings are read as; open when somebody has to say.
pub(super) fn headings(out: &mut String, visit: &Visit<'_>, form: &Form, open: bool) {
    let w = visit.w;
    let _ = write!(
        out,
        "<details class=\"more\"{}><summary>{}</summary><p>{}</p>",
        if open { " open" } else { "" },
        w.t("members-headings"),
        w.t(if open { "members-headings-needed" } else { "members-headings-hint" })
    );
    out.push_str(&form.html(visit));
    out.push_str("</details>");
}

fn figures(out: &mut String, w: Tongue<'_>, row: &ImportRow, summary: &Summary) {
    out.push_str("<dl class=\"figures\">");
    let mut figure = |key: &str, count: i64| {
        let _ = write!(out, "<div><dt>{}</dt><dd>{}</dd></div>", w.t(key), w.n(count));
    };
    if matches!(row.state.as_str(), "confirmed" | "undone") {
        figure("members-import-written", row.members);
    }
    figure("members-state-new", summary.new as i64);
    figure("members-state-known", summary.known as i64);
    figure("members-state-twice", summary.twice as i64);
    figure("members-state-refused", summary.refused as i64);
    figure("members-state-warned", summary.warned as i64);
    out.push_str("</dl>");
}

fn encoding(out: &mut String, w: Tongue<'_>, summary: &Summary) {
    if let Some(name) = &summary.encoding {
        let _ = write!(out, "<p>{} <b>{}</b></p>", w.t("members-import-encoding"), escape(name));
    }
    if let Some((before, after)) = &summary.sample {
        let _ = write!(
            out,
            "<dl class=\"facts\"><div><dt>{}</dt><dd class=\"mono\">{}</dd></div><div><dt>{}</dt><dd>{}</dd></div></dl>",
            w.t("members-import-before"),
            escape(before),
            w.t("members-import-after"),
            escape(after)
        );
    }
    if !summary.hidden.is_empty() {
        let names = escape(&summary.hidden.join(", "));
        let _ = write!(out, "<div class=\"note warn\">{} {names}</div>", w.t("members-import-hidden"));
    }
}

/// Word and row class of what becomes of a row.
fn state<'w>(w: Tongue<'w>, state: &str) -> (&'w str, &'static str) {
    let (key, class) = match state {
        "new" => ("members-state-new", "row-ok"),
        "known" => ("members-state-known", "row-warn"),
        "twice" => ("members-state-twice", "row-warn"),
        _ => ("members-state-refused", "row-bad"),
    };
    (w.t(key), class)
}

fn heading(w: Tongue<'_>, key: &str) -> &'static str {
    let column = COLUMNS.iter().find(|column| column.key == key);
    column.map_or(
        "",
        |column| if w.lang == Lang::Vi { column.title() } else { column.titles.last().copied().unwrap_or("") },
    )
}

fn samples(out: &mut String, w: Tongue<'_>, summary: &Summary) {
    if summary.rows.is_empty() {
        return;
    }
    let title = w.t("members-import-samples");
    let _ = write!(
        out,
        "<h2>{title}</h2><div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table><caption>{title}</caption>\
         <thead><tr><th scope=\"col\" class=\"num\">{}</th><th scope=\"col\">{}</th>",
        w.t("members-import-row"),
        w.t("members-import-becomes")
    );
    for key in SAMPLED {
        let _ = write!(out, "<th scope=\"col\">{}</th>", heading(w, key));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &summary.rows {
        let (word, class) = state(w, &row.state);
        let _ = write!(
            out,
            "<tr class=\"{class}\"><th scope=\"row\" class=\"num\">{}</th><td data-label=\"{}\">{word}</td>",
            row.row,
            w.t("members-import-becomes")
        );
        for (key, cell) in SAMPLED.iter().zip(&row.cells) {
            let _ = write!(out, "<td data-label=\"{}\">", heading(w, key));
            push(out, cell);
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}

fn issues(out: &mut String, visit: &Visit<'_>, summary: &Summary) {
    let w = visit.w;
    if summary.issues.is_empty() {
        return;
    }
    let mut table = Table::new(
        w.t("members-import-issues"),
        vec![
            Column::new("where", w.t("members-import-where")),
            Column::new("sheet", w.t("members-import-sheet")),
            Column::new("column", w.t("members-import-column")),
            Column::new("grave", w.t("members-import-grave")),
            Column::new("what", w.t("members-import-what")),
        ],
    );
    for issue in &summary.issues {
        let place = if issue.row > 0 { format!("{}{}", issue.letters, issue.row) } else { issue.letters.clone() };
        let (key, class) =
            if issue.error { ("members-import-error", "bad") } else { ("members-import-warning", "warn") };
        table.rows.push(vec![
            Cell::Text(place),
            Cell::Text(issue.sheet.clone()),
            Cell::Text(issue.column.clone()),
            Cell::Tag(w.t(key).to_owned(), class),
            Cell::Text(if w.lang == Lang::Vi { issue.vi.clone() } else { issue.en.clone() }),
        ]);
    }
    if summary.issues_left_out > 0 {
        table.position = w.t1("members-import-more-issues", "count", w.n(summary.issues_left_out as i64));
    }
    let _ = write!(out, "<h2>{}</h2>", w.t("members-import-issues"));
    out.push_str(&table.html(visit));
}
