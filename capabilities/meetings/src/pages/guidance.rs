//! Guidance for meetings by setting: versions a committee writes, shown at the meetings of branches below it (MTG-08).

use chibo_kernel::{Day, Issue, Problem};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit, html};

use super::desk::Desk;
use super::library::{Committee, above, card, paragraphs, setting_name, setting_of, settings};
use crate::actions;
use crate::rules::in_force;
use crate::store::{self, GuidanceRow};

/// Characters a guidance may have.
const MOST: usize = 20_000;

/// `GET /meetings/guidance?unit=`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    page(visit, &committee, Vec::new())
}

fn state(row: &GuidanceRow, rows: &[GuidanceRow], today: Day) -> (&'static str, &'static str) {
    let of: Vec<&GuidanceRow> = rows.iter().filter(|other| other.setting == row.setting).collect();
    match in_force(&of, |row| (row.from_day, row.to_day), today) {
        Some(held) if held.version_no == row.version_no => ("meetings-guidance-holds", "ok"),
        _ if row.from_day > today => ("meetings-guidance-comes", "gold"),
        _ => ("meetings-guidance-past", ""),
    }
}

fn page(visit: &Visit<'_>, committee: &Committee, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let rows = visit.read(|tx| store::guidance(tx, committee.unit))?;
    let columns = vec![
        Column::new("setting", w.t("meetings-setting")),
        Column::new("state", w.t("meetings-state")),
        Column::new("body", w.t("meetings-guidance-body")),
        Column::new("from", w.t("meetings-guidance-from")),
        Column::new("until", w.t("meetings-guidance-until")),
        Column::new("by", w.t("meetings-posted-by")),
    ];
    let mut table = Table::new(w.t("meetings-guidance"), columns);
    table.empty = w.t("meetings-no-guidance").to_owned();
    for row in rows.iter().rev() {
        let (word, class) = state(row, &rows, visit.today());
        let name = setting_name(visit, row.setting);
        table.rows.push(vec![
            Cell::Text(w.t2("meetings-version-of", ("name", name), ("no", row.version_no))),
            Cell::Tag(w.t(word).to_owned(), class),
            Cell::Html(paragraphs(&row.body)),
            Cell::Text(w.day(row.from_day)),
            Cell::Text(w.day(row.to_day)),
            Cell::Text(w.t2("meetings-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)))),
        ]);
    }
    let about = w.t("meetings-guidance-about");
    let mut body = format!("<p>{about}</p><section class=\"card\">{}</section>", table.html(visit));
    let wrong = !issues.is_empty();
    if committee.may(visit) {
        let fields = vec![
            Field::new("setting", w.t("meetings-setting"), Kind::Select(settings(visit))).required(),
            Field::new("from", w.t("meetings-guidance-from"), Kind::Day).value(visit.today().to_string()).required(),
            Field::new("until", w.t("meetings-guidance-until"), Kind::Day).hint(w.t("meetings-guidance-until-hint")),
            Field::new("body", w.t("meetings-guidance-body"), Kind::Area).required(),
        ];
        let mut form = Form::new(format!("/meetings/guidance/{}", committee.unit), w.t("meetings-guidance-do"), fields);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        body.push_str(&card(w.t("meetings-guidance-do"), &form.html(visit)));
    }
    let title = w.t1("meetings-guidance-of", "name", committee.name());
    committee.page(visit, &title, None, &body, wrong)
}

/// `POST /meetings/guidance/{id}`.
pub(super) fn write(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    let mut issues: Vec<Issue> =
        super::fields::check_length("body", visit.form.get("body"), MOST).into_iter().collect();
    let setting = visit
        .form
        .get("setting")
        .parse::<u8>()
        .ok()
        .filter(|no| chibo_organisation::kinds::Setting::from_number(*no).is_some());
    if setting.is_none() {
        issues.push(missing("setting", "meetings-no-setting"));
    }
    let from = visit.form.day("from", visit.today()).ok().flatten();
    if from.is_none() {
        issues.push(missing("from", "meetings-bad-day"));
    }
    let until = visit.form.day("until", visit.today());
    if until.is_err() {
        issues.push(missing("until", "meetings-bad-day"));
    }
    let (Some(setting), Some(from), Ok(until), true) = (setting, from, until, issues.is_empty()) else {
        return page(visit, &committee, issues);
    };
    // The last day people write is still in force.
    let to = until.map_or(Day::FOREVER, |day| day.plus_days(1));
    let body = visit.form.get("body").trim().to_owned();
    match issues_of(visit.write(|op| actions::guide(op, committee.unit, setting, (from, to), &body)))? {
        Ok(_) => Ok(Reply::done(format!("/meetings/guidance?unit={}", committee.unit), "saved")),
        Err(issues) => page(visit, &committee, issues),
    }
}

/// What the committees above say for the branch's setting on the day of a meeting.
pub(super) fn section(visit: &Visit<'_>, desk: &Desk) -> Result<String, Problem> {
    let w = visit.w;
    let (units, unit) = (&desk.place.units, desk.place.unit);
    let Some(setting) = setting_of(units, unit) else { return Ok(String::new()) };
    let on = desk.row.on_day.unwrap_or_else(|| visit.today());
    let mut out = String::new();
    for committee in above(units, unit) {
        let mut rows = visit.read(|tx| store::guidance(tx, committee))?;
        rows.retain(|row| row.setting == setting as u8);
        if let Some(row) = in_force(&rows, |row| (row.from_day, row.to_day), on) {
            let said = w.t2("meetings-guidance-by", ("name", units.name(committee)), ("day", w.day(row.from_day)));
            out.push_str(&format!("<h3>{}</h3>{}", html::escape(&said), paragraphs(&row.body)));
        }
    }
    Ok(if out.is_empty() { out } else { card(w.t("meetings-guidance"), &out) })
}
