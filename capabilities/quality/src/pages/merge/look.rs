//! The outcome of a merge before it is made, and the question for the reason.

use std::fmt::Write;

use chibo_kernel::{Issue, Problem};
use chibo_members::twins::{Choices, Fact, LINES, SECRETS, line_word, merged, secret};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::compare::carried;
use super::{Pair, along, head, shown};

/// The page; `issues` are what the second step refused.
pub(super) fn page(
    visit: &Visit<'_>,
    pair: &Pair,
    chosen: &Choices,
    status: u16,
    issues: Vec<Issue>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let [kept, gone] = pair.ids();
    let wrong = !issues.is_empty();
    let mut body = outcome(visit, pair, chosen).html(visit);
    along(&mut body, visit, pair)?;
    let _ = write!(body, "<p>{}</p>", w.t1("quality-merge-then", "days", chibo_members::actions::merge::UNDO_DAYS));
    let mut fields = carried(pair, chosen, "confirm");
    let reason = Field::new("reason", w.t("quality-merge-reason"), Kind::Area).hint(w.t("quality-merge-reason-hint"));
    fields.push(reason.required());
    let mut form = Form::new("/quality/merge", w.t("quality-merge-send"), fields)
        .cancel(w.t("quality-merge-back"), format!("/quality/merge?one={kept}&other={gone}&keep={kept}"));
    if wrong {
        form = form.refused(&visit.form, issues);
    }
    body.push_str(&form.html(visit));
    let head = head(visit, w.t("quality-merge-outcome")).with_error(wrong);
    visit.page_html(status, head, &body)
}

/// The record that stays as it would be, with whose value each is.
fn outcome(visit: &Visit<'_>, pair: &Pair, chosen: &Choices) -> Table {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let out = merged(&pair.kept, &pair.gone, chosen);
    let columns = vec![
        Column::new("fact", w.t("quality-merge-fact")),
        Column::sentences("value", w.t("quality-merge-value")),
        Column::new("whose", w.t("quality-merge-whose")),
    ];
    let mut table = Table::new(w.t("quality-merge-outcome"), columns);
    let mut row = |label: &str, value: String, same: bool, name: &str| {
        if value.is_empty() {
            return;
        }
        let whose = match (same, chosen.contains(name)) {
            (true, _) => "quality-merge-both",
            (false, true) => "quality-merge-goes",
            (false, false) => "quality-merge-stays",
        };
        table.rows.push(vec![Cell::Text(label.to_owned()), Cell::Text(value), Cell::Text(w.t(whose).to_owned())]);
    };
    for fact in Fact::ALL {
        let same = fact.same(&pair.kept.person, &pair.gone.person);
        row(w.t(&format!("members-{}", fact.key())), shown::fact(w, *fact, &out.person), same, fact.key());
    }
    for name in SECRETS {
        let same = secret(&pair.kept.secrets, name) == secret(&pair.gone.secrets, name);
        let text = if secret(&out.secrets, name).is_empty() { "" } else { w.t("quality-merge-sealed") };
        row(w.t(&format!("members-{name}")), text.to_owned(), same, name);
    }
    for name in LINES {
        let [k, g] = [&pair.kept.lines, &pair.gone.lines].map(|lines| shown::line(w, &units, name, lines));
        row(w.t(line_word(name)), shown::line(w, &units, name, &out.lines).join("; "), k == g, name);
    }
    table
}
