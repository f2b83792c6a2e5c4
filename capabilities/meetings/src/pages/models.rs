//! Model meetings (sinh hoạt mẫu) by setting: published by a committee, adopted by branches below it (MTG-12).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Pairs, Reply, Table, Visit, html};

use super::desk::Desk;
use super::fields;
use super::library::{Committee, card, paragraphs, setting_name, setting_of, settings};
use crate::actions::{self, CLOSED, Model, newest};
use crate::store::{self, ModelRow};

/// Characters a text of a model may have.
const MOST: usize = 20_000;
const LIST: (&str, &str) = ("meetings-models", "/meetings/models");

/// `GET /meetings/models?unit=&from=`: `from` names a closed meeting to publish.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    page(visit, &committee, Vec::new())
}

fn page(visit: &Visit<'_>, committee: &Committee, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let rows = newest(visit.read(|tx| store::models(tx, committee.unit))?);
    let columns = vec![
        Column::new("title", w.t("meetings-model-title")),
        Column::new("setting", w.t("meetings-setting")),
        Column::new("state", w.t("meetings-state")),
        Column::new("by", w.t("meetings-posted-by")),
    ];
    let mut table = Table::new(w.t("meetings-models"), columns);
    table.empty = w.t("meetings-no-models").to_owned();
    for row in &rows {
        let name = w.t2("meetings-version-of", ("name", &row.title), ("no", row.version_no));
        let offered = ("meetings-model-offered", "ok");
        let (word, class) = if row.withdrawn == 1 { ("meetings-model-withdrawn", "") } else { offered };
        table.rows.push(vec![
            Cell::Link(name, format!("/meetings/models/{}/{}", committee.unit, row.model_no)),
            Cell::Text(setting_name(visit, row.setting)),
            Cell::Tag(w.t(word).to_owned(), class),
            Cell::Text(w.t2("meetings-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)))),
        ]);
    }
    let about = w.t("meetings-models-about");
    let mut body = format!("<p>{about}</p><section class=\"card\">{}</section>", table.html(visit));
    let wrong = !issues.is_empty();
    if committee.may(visit) {
        let start = from_meeting(visit, committee)?;
        let mut form = form(visit, format!("/meetings/models/{}", committee.unit), &start);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        body.push_str(&card(w.t("meetings-model-do"), &form.html(visit)));
    }
    let title = w.t1("meetings-models-of", "name", committee.name());
    committee.page(visit, &title, None, &body, wrong)
}

fn form(visit: &Visit<'_>, address: String, model: &Model) -> Form {
    let w = visit.w;
    let setting = if model.setting == 0 { String::new() } else { model.setting.to_string() };
    let area = |name: &str, word: &str, text: &str| Field::new(name, w.t(word), Kind::Area).value(text);
    let fields = vec![
        Field::text("title", w.t("meetings-model-title")).value(model.title.as_str()).required(),
        Field::new("setting", w.t("meetings-setting"), Kind::Select(settings(visit))).value(setting).required(),
        area("agenda", "meetings-items", &model.agenda).hint(w.t("meetings-items-hint")).required(),
        area("minutes", "meetings-model-minutes", &model.minutes).hint(w.t("meetings-model-minutes-hint")),
        area("lessons", "meetings-model-lessons", &model.lessons).required(),
    ];
    Form::new(address, w.t("meetings-model-do"), fields)
}

/// A model begun from a closed meeting the address names: its agenda and setting. Minutes name people, so they are not copied.
fn from_meeting(visit: &Visit<'_>, committee: &Committee) -> Result<Model, Problem> {
    let empty = Model {
        setting: 0,
        title: String::new(),
        agenda: String::new(),
        minutes: String::new(),
        lessons: String::new(),
    };
    let asked = visit.query.some("from").and_then(|text| text.split_once('.'));
    let asked = asked.and_then(|(unit, no)| Some((unit.parse::<Id<Unit>>().ok()?, no.parse::<u32>().ok()?)));
    let Some((branch, no)) = asked else { return Ok(empty) };
    visit.permit(Permission::ViewMembers, branch)?;
    let (row, items) = visit
        .read(|tx| Ok((store::meeting(tx, branch, no)?.ok_or(Problem::NotFound)?, store::items(tx, branch, no)?)))?;
    if row.state != CLOSED {
        return Err(Problem::NotFound);
    }
    let setting = setting_of(&committee.view.units, branch).map_or(0, |setting| setting as u8);
    Ok(Model { setting, agenda: fields::agenda_text(&items), ..empty })
}

fn read(visit: &Visit<'_>) -> Result<Model, Vec<Issue>> {
    let texts = ["agenda", "minutes", "lessons"];
    let mut issues = fields::check_lines(&visit.form, &["title"]);
    issues.extend(texts.iter().filter_map(|name| fields::check_length(name, visit.form.get(name), MOST)));
    let setting = visit.form.get("setting").parse::<u8>().ok();
    let setting = setting.filter(|no| chibo_organisation::kinds::Setting::from_number(*no).is_some());
    if setting.is_none() {
        issues.push(missing("setting", "meetings-no-setting"));
    }
    let (Some(setting), true) = (setting, issues.is_empty()) else { return Err(issues) };
    let [agenda, minutes, lessons] = texts.map(|name| visit.form.get(name).trim().to_owned());
    Ok(Model { setting, title: clean(visit.form.get("title")).into_owned(), agenda, minutes, lessons })
}

/// `POST /meetings/models/{id}`.
pub(super) fn publish(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    let model = match read(visit) {
        Ok(model) => model,
        Err(issues) => return page(visit, &committee, issues),
    };
    match issues_of(visit.write(|op| actions::publish(op, committee.unit, None, &model)))? {
        Ok(no) => Ok(Reply::done(format!("/meetings/models/{}/{no}", committee.unit), "saved")),
        Err(issues) => page(visit, &committee, issues),
    }
}

fn load(visit: &Visit<'_>) -> Result<(Committee, Vec<ModelRow>, ModelRow), Problem> {
    let committee = Committee::load(visit)?;
    let no: u32 = visit.path.get("model").parse().map_err(|_| Problem::NotFound)?;
    let mut rows = visit.read(|tx| store::models(tx, committee.unit))?;
    rows.retain(|row| row.model_no == no);
    let last = rows.pop().ok_or(Problem::NotFound)?;
    Ok((committee, rows, last))
}

fn texts(visit: &Visit<'_>, row: &ModelRow) -> String {
    let w = visit.w;
    let parts = [
        ("meetings-items", &row.agenda),
        ("meetings-model-lessons", &row.lessons),
        ("meetings-model-minutes", &row.minutes),
        ("meetings-model-why", &row.reason),
    ];
    let part = |(word, text): (&str, &String)| format!("<h3>{}</h3>{}", w.t(word), paragraphs(text));
    parts.into_iter().filter(|(_, text)| !text.is_empty()).map(part).collect()
}

/// `GET /meetings/models/{id}/{model}`.
pub(super) fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = load(visit)?;
    one_page(visit, &found, Vec::new())
}

fn one_page(
    visit: &Visit<'_>,
    (committee, before, row): &(Committee, Vec<ModelRow>, ModelRow),
    issues: Vec<Issue>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let version = |row: &ModelRow| {
        let by = w.t2("meetings-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        let name = w.t2("meetings-version-of", ("name", &row.title), ("no", row.version_no));
        (name, format!("<p class=\"quiet small\">{}</p>{}", html::escape(&by), texts(visit, row)))
    };
    let (name, text) = version(row);
    let mut body = card(&name, &text);
    for (name, text) in before.iter().rev().map(version) {
        let name = html::escape(&name);
        body.push_str(&format!("<details class=\"more\"><summary>{name}</summary>{text}</details>"));
    }
    let wrong = !issues.is_empty();
    if committee.may(visit) {
        let address = format!("/meetings/models/{}/{}", committee.unit, row.model_no);
        let going = visit.place.ends_with("/withdrawal");
        let model = Model {
            setting: row.setting,
            title: row.title.clone(),
            agenda: row.agenda.clone(),
            minutes: row.minutes.clone(),
            lessons: row.lessons.clone(),
        };
        let mut again = form(visit, address.clone(), &model);
        let reason = vec![Field::text("reason", w.t("meetings-model-why")).required()];
        let mut withdrawal = Form::new(format!("{address}/withdrawal"), w.t("meetings-model-withdraw"), reason);
        if wrong && going {
            withdrawal = withdrawal.refused(&visit.form, issues);
        } else if wrong {
            again = again.refused(&visit.form, issues);
        }
        body.push_str(&card(w.t("meetings-model-again"), &again.html(visit)));
        if row.withdrawn == 0 {
            body.push_str(&card(w.t("meetings-model-withdraw"), &withdrawal.html(visit)));
        }
    }
    committee.page(visit, &row.title, Some(LIST), &body, wrong)
}

/// `POST /meetings/models/{id}/{model}`: one more version; one that was withdrawn is offered again.
pub(super) fn again(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = load(visit)?;
    let (unit, no) = (found.0.unit, found.2.model_no);
    let model = match read(visit) {
        Ok(model) => model,
        Err(issues) => return one_page(visit, &found, issues),
    };
    match issues_of(visit.write(|op| actions::publish(op, unit, Some(no), &model)))? {
        Ok(no) => Ok(Reply::done(format!("/meetings/models/{unit}/{no}"), "saved")),
        Err(issues) => one_page(visit, &found, issues),
    }
}

/// `POST /meetings/models/{id}/{model}/withdrawal`.
pub(super) fn withdraw(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = load(visit)?;
    let (unit, no) = (found.0.unit, found.2.model_no);
    let long = fields::check_lines(&visit.form, &["reason"]);
    if !long.is_empty() {
        return one_page(visit, &found, long);
    }
    let reason = clean(visit.form.get("reason")).into_owned();
    match issues_of(visit.write(|op| actions::withdraw_model(op, unit, no, &reason)))? {
        Ok(()) => Ok(Reply::done(format!("/meetings/models/{unit}/{no}"), "saved")),
        Err(issues) => one_page(visit, &found, issues),
    }
}

/// The way from a closed meeting to a model of the committee above it, for those who may publish one.
pub(super) fn section(visit: &Visit<'_>, desk: &Desk) -> String {
    let (w, units) = (visit.w, &desk.place.units);
    let up = units.place(desk.place.unit).and_then(|at| units.tree.parent(at)).and_then(|up| units.id(up));
    let up = up.filter(|up| visit.permit(Permission::EditUnits, *up).is_ok() && desk.row.state == CLOSED);
    let Some(up) = up else { return String::new() };
    let from = format!("{}.{}", desk.place.unit, desk.row.meeting_no);
    let query = Pairs::default().with(&[("unit", &up.to_string()), ("from", &from)]);
    format!("<p><a href=\"/meetings/models{}\">{}</a></p>", html::escape(&query), w.t("meetings-model-from"))
}
