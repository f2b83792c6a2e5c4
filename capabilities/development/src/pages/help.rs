//! Who helps a candidate and what he was given to do (MEM-04).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Person, Problem};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::one::{One, member_name};
use super::{again, missing};
use crate::actions;
use crate::rules::{Help, HelpAct, helpers};
use crate::store::file;

/// `GET /development/candidates/{id}/help`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None, None)
}

fn page(
    visit: &Visit<'_>,
    one: &One,
    picked: Option<&Picked<Person>>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let rows = visit.read(|tx| file::help_of(tx, one.id()))?;
    let entries = actions::help_of(&rows)?;
    let columns = vec![
        Column::new("name", w.t("development-helper")),
        Column::new("from", w.t("development-since")),
        Column::new("to", w.t("development-until")),
    ];
    let mut table = Table::new(w.t("development-helpers"), columns);
    table.empty = w.t("development-no-helpers").to_owned();
    for helper in helpers(&entries) {
        let to = helper.to.map_or_else(|| w.t("development-still").to_owned(), |day| w.day(day));
        let link = Cell::Link(member_name(visit, helper.person), format!("/members/{}", helper.person));
        table.rows.push(vec![link, Cell::Text(w.day(helper.from)), Cell::Text(to)]);
    }
    let columns = vec![
        Column::new("on", w.t("development-on")),
        Column::new("act", w.t("development-help-act")),
        Column::sentences("note", w.t("development-note")),
        Column::new("by", w.t("development-made-by")),
    ];
    let mut log = Table::new(w.t("development-help-log"), columns);
    log.empty = w.t("development-no-tasks").to_owned();
    for (row, entry) in rows.iter().zip(&entries).rev() {
        let who = entry.helper.map_or_else(String::new, |person| format!("{}. ", member_name(visit, person)));
        log.rows.push(vec![
            Cell::Text(w.day(row.on_day)),
            Cell::Text(w.t(entry.act.word()).to_owned()),
            Cell::Text(format!("{who}{}", row.note)),
            Cell::Text(w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)))),
        ]);
    }
    let mut body = format!("{}{}{}", one.tabs(visit, "/help"), table.html(visit), log.html(visit));
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    if one.may_edit {
        body.push_str("<section class=\"card\"><h2>");
        body.push_str(w.t("development-help-write"));
        body.push_str("</h2>");
        let form = form(visit, one, picked);
        let form = match refused {
            Some((_, issues)) => form.refused(&visit.form, issues),
            None => form,
        };
        body.push_str(&form.html(visit));
        body.push_str("</section>");
    }
    visit.page_html(status, one.head(visit, Some(w.t("development-tab-help")), status != 200), &body)
}

fn form(visit: &Visit<'_>, one: &One, picked: Option<&Picked<Person>>) -> Form {
    let w = visit.w;
    let acts = HelpAct::ALL.iter().map(|act| (act.code().to_owned(), w.t(act.word()).to_owned())).collect();
    let mut fields = vec![
        Field::new("act", w.t("development-help-act"), Kind::Radios(acts)).value(HelpAct::Assigned.code()).required(),
        Field::text("helper", w.t("development-helper")).hint(w.t("development-helper-hint")),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("helper", w.t("units-pick-which"))));
    fields.push(Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required());
    fields.push(Field::new("note", w.t("development-note"), Kind::Area).hint(w.t("development-help-note-hint")));
    Form::new(one.address("/help"), w.t("development-new-send"), fields)
}

/// `POST /development/candidates/{id}/help`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let act = HelpAct::from_code(visit.form.get("act"));
    if act.is_none() {
        issues.push(missing("act", "development-help-act-needed"));
    }
    let needs = matches!(act, Some(HelpAct::Assigned | HelpAct::Ended));
    let picked = if needs { pick::person(visit, "helper", one.row.unit_id) } else { Picked::Nothing };
    let mut helper = None;
    if needs {
        helper = picked.one("helper", "development-helper-unknown").map_err(|issue| issues.push(issue)).ok();
    }
    let on = super::day_of(visit, "on", &mut issues);
    if let (Some(act), Some(on), true) = (act, on, issues.is_empty()) {
        let new = Help { act, helper, on, note: clean(visit.form.get("note")).into_owned() };
        match visit.write(|op| actions::help(op, one.id(), &new)) {
            Ok(()) => return Ok(Reply::done(one.address("/help"), "saved")),
            Err(problem) => return page(visit, &one, Some(&picked), Some(again(problem)?)),
        }
    }
    page(visit, &one, Some(&picked), Some((422, issues)))
}
