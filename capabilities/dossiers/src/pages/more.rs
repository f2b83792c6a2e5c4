//! The rest of a dossier: changes of name, and the yearly supplements.

use std::fmt::Write;

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Moment, Permission, Problem, Said};
use chibo_web::form::{Kind as Ask, again};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::one::{self, Seen, Side};
use crate::actions::{self, Renaming};
use crate::rules::parts::PARTS;
use crate::rules::supplement::{Deed, Step, UNCHANGED};

/// The side of the rest.
pub(super) fn section(out: &mut String, visit: &Visit<'_>, seen: &Seen, refused: Option<(&str, &Vec<Issue>)>) {
    let w = visit.w;
    let may_edit = seen.may(visit, Permission::EditMembers);
    let about = |what: &str| refused.filter(|(which, _)| *which == what).map(|(_, issues)| issues.clone());
    let _ = write!(out, "<section class=\"card\"><h2>{}</h2>", w.t("dossiers-supplements"));
    out.push_str(&supplements(visit, seen).html(visit));
    if may_edit {
        out.push_str(&form(supplement_form(visit, seen), visit, about("supplement")));
    }
    let _ = write!(
        out,
        "</section><section class=\"card\"><h2>{}</h2><p>{}</p>",
        w.t("dossiers-names"),
        w.t("dossiers-names-about")
    );
    out.push_str(&names(visit, seen).html(visit));
    if may_edit {
        out.push_str(&form(name_form(visit, seen), visit, about("name")));
    }
    out.push_str("</section>");
}

fn form(form: Form, visit: &Visit<'_>, issues: Option<Vec<Issue>>) -> String {
    match issues {
        Some(issues) => form.refused(&visit.form, issues).html(visit),
        None => form.html(visit),
    }
}

fn names(visit: &Visit<'_>, seen: &Seen) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("on", w.t("dossiers-on")),
        Column::new("old", w.t("dossiers-old-name")),
        Column::new("new", w.t("dossiers-new-name")),
        Column::new("paper", w.t("dossiers-name-paper")),
        Column::new("decision", w.t("dossiers-name-decision")),
        Column::new("by", w.t("dossiers-recorded-by")),
    ];
    let mut table = Table::new(w.t("dossiers-names"), columns);
    table.empty = w.t("dossiers-names-none").to_owned();
    table.rows = seen
        .names
        .iter()
        .map(|row| {
            vec![
                Cell::Text(w.day(row.on_day)),
                Cell::Text(row.old_name.clone()),
                Cell::Text(row.new_name.clone()),
                Cell::Text(row.paper.clone()),
                Cell::Text(row.decision.clone()),
                Cell::Text(format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
            ]
        })
        .collect();
    table
}

fn name_form(visit: &Visit<'_>, seen: &Seen) -> Form {
    let w = visit.w;
    let fields = vec![
        Field::hidden("seen", seen.facts.full_name.as_str()),
        Field::text("name", w.t("dossiers-new-name")).required(),
        Field::text("paper", w.t("dossiers-name-paper")).hint(w.t("dossiers-name-paper-hint")).required(),
        Field::text("decision", w.t("dossiers-name-decision")).hint(w.t("dossiers-name-decision-hint")).required(),
        Field::new("decided", w.t("dossiers-decision-day"), Ask::Day).required(),
    ];
    Form::new(seen.address("/name"), w.t("dossiers-name-send"), fields)
}

fn supplements(visit: &Visit<'_>, seen: &Seen) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("year", w.t("dossiers-year")),
        Column::new("step", w.t("dossiers-step")),
        Column::new("on", w.t("dossiers-on")),
        Column::new("changed", w.t("dossiers-changed")),
        Column::new("note", w.t("dossiers-note")),
        Column::new("by", w.t("dossiers-recorded-by")),
    ];
    let mut table = Table::new(w.t("dossiers-supplements"), columns);
    table.empty = w.t("dossiers-supplements-none").to_owned();
    for row in seen.supplements.iter().filter(|row| row.superseded_at == Moment::FOREVER) {
        table.rows.push(vec![
            Cell::Text(row.year.to_string()),
            Cell::Text(Step::of(row.step).map_or("", |step| w.t(step.word())).to_owned()),
            Cell::Text(w.day(row.on_day)),
            Cell::Text(if row.changed == UNCHANGED {
                w.t("dossiers-unchanged").to_owned()
            } else {
                row.changed.clone()
            }),
            Cell::Text(row.note.clone()),
            Cell::Text(format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
        ]);
    }
    table
}

fn supplement_form(visit: &Visit<'_>, seen: &Seen) -> Form {
    let w = visit.w;
    let steps = Step::ALL.map(|step| (step.code().to_owned(), w.t(step.word()).to_owned()));
    let mut items: Vec<(String, String)> = Vec::new();
    for part in PARTS {
        let no = part.item.to_string();
        match items.iter_mut().find(|(code, _)| *code == no) {
            Some((_, text)) => text.push_str(&format!("; {}", w.t(part.word))),
            None => items.push((no, format!("{}. {}", part.item, w.t(part.word)))),
        }
    }
    let fields = vec![
        Field::text("year", w.t("dossiers-year")).value(visit.today().year().to_string()).required(),
        Field::new("step", w.t("dossiers-step"), Ask::Radios(steps.into())).value(Step::Received.code()).required(),
        Field::new("on", w.t("dossiers-on"), Ask::Day).value(visit.today().to_string()).required(),
        Field::new("changed", w.t("dossiers-changed"), Ask::Checks(items)).hint(w.t("dossiers-changed-hint")),
        Field::text("note", w.t("dossiers-note")),
    ];
    Form::new(seen.address("/supplements"), w.t("dossiers-supplement-send"), fields)
}

/// A step as sent.
pub(super) fn deed(visit: &Visit<'_>) -> Result<Deed, Problem> {
    let form = &visit.form;
    let missing = |field: &str, key: &'static str| Problem::field(field, Said::new(key));
    let year = form.get("year").trim().parse().map_err(|_| missing("year", "dossiers-bad-year"))?;
    let step = Step::from_code(form.get("step")).ok_or_else(|| missing("step", "dossiers-bad-choice"))?;
    let on = form.day("on", visit.today())?.ok_or_else(|| missing("on", "dossiers-day-needed"))?;
    let changed = form.all("changed").map(|item| item.parse().map_err(|_| missing("changed", "dossiers-bad-choice")));
    let mut changed = changed.collect::<Result<Vec<u8>, _>>()?;
    changed.sort_unstable();
    changed.dedup();
    Ok(Deed { year, step, on, changed, note: clean(form.get("note")).chars().take(200).collect() })
}

/// `POST /dossiers/members/{id}/supplements`.
pub(super) fn supplement(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditMembers, seen.home)?;
    let done = deed(visit).and_then(|deed| visit.write(|op| actions::take_step(op, &[seen.person], &deed)));
    finish(visit, &seen, "supplement", done)
}

/// `POST /dossiers/members/{id}/name`.
pub(super) fn rename(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditMembers, seen.home)?;
    let text = |name: &str| clean(visit.form.get(name)).chars().take(200).collect::<String>();
    let new = || {
        let on = visit.form.day("decided", visit.today())?;
        let on = on.ok_or_else(|| Problem::field("decided", Said::new("dossiers-day-needed")))?;
        let (name, paper, decision) = (text("name"), text("paper"), text("decision"));
        Ok(Renaming { seen: visit.form.get("seen").to_owned(), name, paper, decision, on })
    };
    let done = new().and_then(|new| visit.write(|op| actions::rename(op, seen.person, &new)));
    finish(visit, &seen, "name", done)
}

fn finish(visit: &Visit<'_>, seen: &Seen, what: &str, done: Result<(), Problem>) -> Result<Reply, Problem> {
    match done {
        Ok(()) => Ok(Reply::done(seen.side(Side::More), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            one::page(visit, seen, Side::More, Some((what, status, issues)))
        }
    }
}
