//! How the seats of a unit were filled, and its terms.

use chibo_kernel::Problem;
use chibo_web::table::Column;
use chibo_web::{Cell, Table, Visit, html};

use super::unit::Shown;
use crate::rules::{Figures, Origin};
use crate::store::ActRow;

/// Elections, appointments and additions with their figures, the newest first.
pub(super) fn acts(visit: &Visit<'_>, shown: &Shown) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("on", w.t("committees-on")),
        Column::new("how", w.t("committees-how")),
        Column::new("role", w.t("committees-role")),
        Column::sentences("who", w.t("committees-candidates")),
        Column::sentences("figures", w.t("committees-figures")),
        Column::new("recorded", w.t("committees-recorded")),
    ];
    let mut table = Table::new(w.t("committees-acts"), columns);
    table.empty = w.t("committees-no-acts").to_owned();
    for act in shown.acts.iter().rev() {
        let term = w.t1("committees-term-no", "ordinal", act.ordinal);
        let recorded = format!("{}, {}; {}; {term}", act.recorded_by, w.moment(act.recorded_at), act.rulebook);
        table.rows.push(vec![
            Cell::Text(w.day(act.on_day)),
            Cell::Text(w.t(act.how()?.name_key()).to_owned()),
            Cell::Text(w.t(act.role()?.name_key()).to_owned()),
            Cell::Html(candidates(visit, shown, act)?),
            Cell::Text(figures(visit, act)),
            Cell::Text(recorded),
        ]);
    }
    Ok(table.html(visit))
}

/// Every candidate with votes and outcome.
fn candidates(visit: &Visit<'_>, shown: &Shown, act: &ActRow) -> Result<String, Problem> {
    let w = visit.w;
    let voted = act.figures().is_some();
    let mut out = String::from("<ul class=\"plain\">");
    for choice in shown.choices.iter().filter(|choice| choice.act_no == act.act_no) {
        out.push_str("<li>");
        let name = shown.name(choice.person_id);
        let word = w.t(choice.outcome()?.word());
        let text = if voted {
            w.with(
                "committees-candidate-votes",
                &[("name", name), ("votes", w.n(choice.votes)), ("outcome", word.to_owned())],
            )
        } else {
            name
        };
        html::push(&mut out, &text);
        out.push_str("</li>");
    }
    out.push_str("</ul>");
    Ok(out)
}

/// What was counted, or which papers there are.
fn figures(visit: &Visit<'_>, act: &ActRow) -> String {
    let w = visit.w;
    let mut parts: Vec<String> = act.figures().map(|figures| counted(visit, act, &figures)).into_iter().collect();
    let papers = [
        ("committees-paper-number", &act.number),
        ("committees-paper-authority", &act.authority),
        ("committees-paper-proposal", &act.proposal),
        ("committees-paper-consent", &act.consent),
    ];
    parts.extend(papers.iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| w.t1(key, "text", text)));
    parts.join("; ")
}

fn counted(visit: &Visit<'_>, act: &ActRow, figures: &Figures) -> String {
    let w = visit.w;
    let number = |name: &'static str, count: u32| (name, w.n(count));
    w.with(
        "committees-counted",
        &[
            ("gathering", w.t(figures.gathering.word()).to_owned()),
            number("seats", act.seats),
            number("summoned", figures.summoned),
            number("base", figures.denominator().count()),
            number("present", figures.present),
            number("issued", figures.issued),
            number("returned", figures.returned),
            number("valid", figures.valid),
        ],
    )
}

/// All terms with all their versions, the newest first.
pub(super) fn terms(visit: &Visit<'_>, shown: &Shown) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("term", w.t("committees-term")),
        Column::new("congress", w.t("committees-congress-on")),
        Column::new("from", w.t("committees-from")),
        Column::new("to", w.t("committees-ends-on")),
        Column::number("committee", w.t("committees-fixed-committee")),
        Column::number("standing", w.t("committees-fixed-standing")),
        Column::number("deputies", w.t("committees-fixed-deputies")),
        Column::number("inspection", w.t("committees-fixed-inspection")),
        Column::new("origin", w.t("committees-origin")),
        Column::sentences("recorded", w.t("committees-recorded")),
    ];
    let mut table = Table::new(w.t("committees-terms"), columns);
    table.empty = w.t("committees-concern-no-term").to_owned();
    for row in shown.rows.iter().rev() {
        let origin = Origin::from_code(&row.origin).map_or("", |origin| w.t(origin.word()));
        let term = w.t2("committees-term-version", ("ordinal", row.ordinal), ("version", row.version));
        let mut recorded = format!("{}, {}; {}", row.recorded_by, w.moment(row.recorded_at), row.rulebook);
        if !row.note.is_empty() {
            recorded.push_str("; ");
            recorded.push_str(&row.note);
        }
        let texts = [
            term,
            w.day(row.congress_on),
            w.day(row.valid_from),
            w.day(row.valid_to),
            w.n(row.committee),
            w.n(row.standing_seats),
            w.n(row.deputies),
            w.n(row.inspection),
            origin.to_owned(),
            recorded,
        ];
        table.rows.push(Vec::from(texts.map(Cell::Text)));
    }
    table.html(visit)
}
