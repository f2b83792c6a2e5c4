//! Verification of a candidate's background: requests and answers (MEM-14, MEM-15).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Problem};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::one::One;
use super::{again, day_of, missing};
use crate::actions;
use crate::rules::{Asked, Outcome, Relation, Terms, Way, uncovered};
use crate::store::file::{self, CheckRow};
use crate::store::ground;

/// `GET /development/candidates/{id}/checks`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let rows = visit.read(|tx| file::checks_of(tx, one.id()))?;
    let terms = Terms::on(visit.today())?;
    let mut body = one.tabs(visit, "/checks");
    body.push_str(&format!("<p>{}</p>", w.t("development-checks-about")));
    let known = actions::known_of(&visit.read(|tx| ground::facts_of(tx, one.id()))?)?;
    let open = uncovered(&actions::asked_of(&rows)?, &known);
    if open.is_none() {
        let said = chibo_web::html::escape(w.t("development-family-first"));
        body.push_str(&format!("<div class=\"note warn\">{said}</div>"));
    }
    let open = open.unwrap_or_default();
    if !open.is_empty() {
        let names: Vec<_> = open.iter().map(|relation| w.t(relation.word())).collect();
        let said = w.t1("development-checks-missing", "who", names.join(", "));
        body.push_str(&format!("<div class=\"note warn\">{}</div>", chibo_web::html::escape(&said)));
    }
    body.push_str(&table(visit, &rows, &terms).html(visit));
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let answering = visit.form.some("seq").is_some();
    if one.may_edit {
        let again = |form: Form, mine: bool| match &refused {
            Some((_, issues)) if mine => form.refused(&visit.form, issues.clone()),
            _ => form,
        };
        if let Some(form) = answer_form(visit, one, &rows) {
            card(&mut body, w.t("development-answer"), &again(form, answering).html(visit));
        }
        card(&mut body, w.t("development-ask"), &again(ask_form(visit, one), !answering).html(visit));
    }
    visit.page_html(status, one.head(visit, Some(w.t("development-tab-checks")), status != 200), &body)
}

fn card(body: &mut String, title: &str, form: &str) {
    body.push_str("<section class=\"card\"><h2>");
    chibo_web::html::push(body, title);
    body.push_str("</h2>");
    body.push_str(form);
    body.push_str("</section>");
}

fn table(visit: &Visit<'_>, rows: &[CheckRow], terms: &Terms) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("who", w.t("development-relative")),
        Column::new("way", w.t("development-way")),
        Column::new("sent", w.t("development-sent")),
        Column::new("state", w.t("development-state")),
        Column::sentences("note", w.t("development-note")),
    ];
    let mut table = Table::new(w.t("development-tab-checks"), columns);
    table.empty = w.t("development-no-checks").to_owned();
    for row in rows {
        let relation = Relation::from_code(&row.relation).map_or("", |relation| w.t(relation.word()));
        let way = Way::from_code(&row.way);
        let mut how = way.map_or("", |way| w.t(way.word())).to_owned();
        if !row.place.is_empty() {
            how = format!("{how}: {}", row.place);
        }
        if row.abroad {
            how = format!("{how} ({})", w.t("development-abroad"));
        }
        let state = match (row.answered, row.outcome.as_deref().and_then(Outcome::from_code)) {
            (Some(day), Some(outcome)) => {
                let said = w.t2("development-answered-on", ("day", w.day(day)), ("outcome", w.t(outcome.word())));
                Cell::Tag(said, if outcome == Outcome::Clear { "ok" } else { "warn" })
            }
            _ if way == Some(Way::Asked) => {
                let due = terms.answer_by(row.on_day, row.abroad);
                let said = w.t1("development-answer-by", "day", w.day(due));
                if due < visit.today() { Cell::Tag(said, "bad") } else { Cell::Text(said) }
            }
            _ => Cell::Tag(w.t("development-not-needed").to_owned(), "ok"),
        };
        let verifier = row.verifier.as_ref().map(|who| w.t1("development-verified-by", "who", who));
        let words = [Some(row.note.clone()), verifier, row.said.clone()].into_iter().flatten();
        let words: Vec<_> = words.filter(|text| !text.is_empty()).collect();
        table.rows.push(vec![
            Cell::Text(format!("{relation}: {}", row.full_name)),
            Cell::Text(how),
            Cell::Text(w.day(row.on_day)),
            state,
            Cell::Text(words.join(". ")),
        ]);
    }
    table
}

fn ask_form(visit: &Visit<'_>, one: &One) -> Form {
    let w = visit.w;
    let relations = Relation::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
    let ways = Way::ALL.iter().map(|way| (way.code().to_owned(), w.t(way.word()).to_owned())).collect();
    let abroad = vec![("yes".to_owned(), w.t("development-abroad-yes").to_owned())];
    let fields = vec![
        Field::new("relation", w.t("development-relation"), Kind::Select(relations)).required(),
        Field::text("name", w.t("development-name")).hint(w.t("development-relative-hint")),
        Field::new("way", w.t("development-way"), Kind::Radios(ways)).value(Way::Asked.code()).required(),
        Field::text("place", w.t("development-place")).hint(w.t("development-place-hint")),
        Field::new("abroad", w.t("development-abroad"), Kind::Checks(abroad)),
        Field::new("sent", w.t("development-sent"), Kind::Day).value(visit.today().to_string()).required(),
        Field::new("note", w.t("development-note"), Kind::Area).hint(w.t("development-check-note-hint")),
    ];
    Form::new(one.address("/checks"), w.t("development-new-send"), fields)
}

/// The form for an answer, while something is open.
fn answer_form(visit: &Visit<'_>, one: &One, rows: &[CheckRow]) -> Option<Form> {
    let w = visit.w;
    let name = |row: &CheckRow| {
        let relation = Relation::from_code(&row.relation).map_or("", |relation| w.t(relation.word()));
        (row.seq.to_string(), format!("{relation}: {} ({})", row.full_name, row.place))
    };
    let open: Vec<_> = rows.iter().filter(|row| actions::is_open(row)).map(name).collect();
    let first = open.first()?.0.clone();
    let outcomes = Outcome::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
    let fields = vec![
        Field::new("seq", w.t("development-answer-of"), Kind::Select(open)).value(first).required(),
        Field::new("answered", w.t("development-answered"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("verifier", w.t("development-verifier")).hint(w.t("development-verifier-hint")).required(),
        Field::new("outcome", w.t("development-outcome"), Kind::Radios(outcomes)).required(),
        Field::new("said", w.t("development-note"), Kind::Area).hint(w.t("development-answer-note-hint")),
    ];
    Some(Form::new(one.address("/checks"), w.t("development-answer-send"), fields))
}

/// `POST /development/candidates/{id}/checks`: a request, or the answer to one.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let done =
        if visit.form.some("seq").is_some() { answer(visit, &one, &mut issues) } else { ask(visit, &one, &mut issues) };
    match done {
        Some(Ok(())) => Ok(Reply::done(one.address("/checks"), "saved")),
        Some(Err(problem)) => page(visit, &one, Some(again(problem)?)),
        None => page(visit, &one, Some((422, issues))),
    }
}

fn ask(visit: &Visit<'_>, one: &One, issues: &mut Vec<Issue>) -> Option<Result<(), Problem>> {
    let form = &visit.form;
    let (relation, way) = (Relation::from_code(form.get("relation")), Way::from_code(form.get("way")));
    if relation.is_none() {
        issues.push(missing("relation", "development-relation-needed"));
    }
    if way.is_none() {
        issues.push(missing("way", "development-way-needed"));
    }
    let on = day_of(visit, "sent", issues);
    let text = |name: &str| clean(form.get(name)).into_owned();
    let mut name = text("name");
    if name.is_empty() && relation == Some(Relation::Own) {
        name.clone_from(&one.row.full_name);
    }
    let abroad = form.get("abroad") == "yes";
    let new = Asked { relation: relation?, name, way: way?, place: text("place"), abroad, on: on?, note: text("note") };
    Some(visit.write(|op| actions::ask(op, one.id(), &new)))
}

fn answer(visit: &Visit<'_>, one: &One, issues: &mut Vec<Issue>) -> Option<Result<(), Problem>> {
    let form = &visit.form;
    let outcome = Outcome::from_code(form.get("outcome"));
    if outcome.is_none() {
        issues.push(missing("outcome", "development-outcome-needed"));
    }
    let on = day_of(visit, "answered", issues);
    let (verifier, note) = (clean(form.get("verifier")).into_owned(), clean(form.get("said")).into_owned());
    let Ok(seq) = form.get("seq").parse::<u32>() else { return Some(Err(Problem::NotFound)) };
    let (on, outcome) = (on?, outcome?);
    Some(visit.write(|op| actions::answer(op, (one.id(), seq), (on, &verifier, outcome, &note))))
}
