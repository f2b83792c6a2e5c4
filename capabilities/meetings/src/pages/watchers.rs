//! Who attends from above: assigned to a branch, noted at its meetings, looked over for a part of the tree.

use std::collections::HashMap;

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Unit};
use chibo_organisation::{UnitsToday, pick};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit, html};

use super::desk::Desk;
use super::{MENU, Place, branch};
use crate::actions;
use crate::store::{self, VisitRow, WatcherRow};

/// Assignments on one page.
const ROWS: usize = 100;
/// Somebody who has not been there for so many months is named.
const QUARTER: i32 = 3;

fn name(visit: &Visit<'_>, person: Id<Person>) -> String {
    let view = visit.house.census.view(visit.today());
    view.name_of(person).unwrap_or_default()
}

fn holds(row: &WatcherRow, on: Day) -> bool {
    row.from_day <= on && on < row.to_day
}

/// The assignments of a branch with their last visits, and the form that assigns.
pub(super) fn of_branch(visit: &Visit<'_>, place: &Place, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let (rows, visits) =
        visit.read(|tx| Ok((store::watchers_of(tx, place.unit)?, store::visits_of(tx, place.unit)?)))?;
    let may = visit.permit(Permission::EditUnits, place.unit).is_ok();
    let columns = vec![
        Column::new("who", w.t("meetings-watcher")),
        Column::new("since", w.t("meetings-watcher-since")),
        Column::new("last", w.t("meetings-watcher-last")),
    ];
    let mut table = Table::new(w.t("meetings-watchers"), columns);
    table.empty = w.t("meetings-no-watchers").to_owned();
    for row in rows.iter().filter(|row| row.to_day > visit.today()) {
        let last = visits.iter().find(|seen| seen.watcher_no == row.watcher_no && seen.attended == 1);
        table.rows.push(vec![
            Cell::Text(name(visit, row.member_id)),
            Cell::Text(w.day(row.from_day)),
            Cell::Text(last.map_or_else(|| w.t("meetings-never-came").to_owned(), |seen| w.day(seen.on_day))),
        ]);
    }
    let mut out = table.html(visit);
    if !may {
        return Ok(out);
    }
    let above = above(place).unwrap_or(place.unit);
    let which = w.t("units-pick-which");
    let mut fields =
        vec![Field::text("watcher", w.t("meetings-watcher")).hint(w.t("meetings-watcher-hint")).required()];
    let wrong = !issues.is_empty();
    if wrong {
        fields.extend(pick::person(visit, "watcher", above).choice("watcher", which));
    }
    fields.push(Field::new("watches-from", w.t("meetings-watcher-since"), Kind::Day).value(visit.today().to_string()));
    let mut ended: Vec<(String, String)> = vec![(String::new(), w.t("meetings-watcher-new").to_owned())];
    let current = rows.iter().filter(|row| holds(row, visit.today()));
    ended.extend(
        current
            .map(|row| (row.watcher_no.to_string(), w.t1("meetings-watcher-end", "name", name(visit, row.member_id)))),
    );
    if ended.len() > 1 {
        fields.insert(0, Field::new("watch", w.t("meetings-watch-what"), Kind::Radios(ended)).value(""));
    }
    let mut form = Form::new(place.address("/watchers"), w.t("meetings-watch-do"), fields);
    if wrong {
        form = form.refused(&visit.form, issues);
    }
    let open = if wrong { " open" } else { "" };
    let summary = w.t("meetings-watch-do");
    out.push_str(&format!("<details class=\"more\"{open}><summary>{summary}</summary>{}</details>", form.html(visit)));
    Ok(out)
}

fn above(place: &Place) -> Option<Id<Unit>> {
    let at = place.units.place(place.unit)?;
    place.units.id(place.units.tree.parent(at)?)
}

/// `POST /meetings/units/{id}/watchers`.
pub(super) fn assign(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = branch::Seen::load(visit)?;
    let unit = seen.place.unit;
    visit.permit(Permission::EditUnits, unit)?;
    let from = visit.form.day("watches-from", visit.today()).ok().flatten();
    let Some(from) = from else {
        return branch::page(visit, &seen, vec![missing("watches-from", "meetings-bad-day")]);
    };
    let done = match visit.form.get("watch").parse::<u32>() {
        Ok(no) => visit.write(|op| actions::unwatch(op, unit, no, from)),
        Err(_) => {
            let person = pick::person(visit, "watcher", above(&seen.place).unwrap_or(unit));
            match person.one("watcher", "meetings-watcher-unknown") {
                Ok(person) => visit.write(|op| actions::watch(op, unit, person, from)),
                Err(issue) => Err(Problem::Refused(vec![issue])),
            }
        }
    };
    match issues_of(done)? {
        Ok(()) => Ok(Reply::done(seen.place.address(""), "saved")),
        Err(issues) => branch::page(visit, &seen, issues),
    }
}

/// The form on the page of a meeting: was he there, what did he remark.
pub(super) fn of_meeting(visit: &Visit<'_>, desk: &Desk) -> Result<String, Problem> {
    let w = visit.w;
    let unit = desk.place.unit;
    let on = desk.row.on_day.unwrap_or_else(|| visit.today());
    let (rows, visits) = visit.read(|tx| Ok((store::watchers_of(tx, unit)?, store::visits_of(tx, unit)?)))?;
    let rows: Vec<&WatcherRow> = rows.iter().filter(|row| holds(row, on)).collect();
    if rows.is_empty() {
        return Ok(String::new());
    }
    let seen = |no: u32| visits.iter().find(|row| row.meeting_no == desk.row.meeting_no && row.watcher_no == no);
    let may = desk.place.may_keep || visit.permit(Permission::EditUnits, unit).is_ok();
    if !may {
        let line = |row: &&WatcherRow| {
            let came = seen(row.watcher_no).is_some_and(|seen| seen.attended == 1);
            (name(visit, row.member_id), w.t(if came { "meetings-came" } else { "meetings-came-not" }).to_owned())
        };
        let mut out = String::from("<dl class=\"facts\">");
        for (who, came) in rows.iter().map(line) {
            out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", html::escape(&who), html::escape(&came)));
        }
        out.push_str("</dl>");
        return Ok(out);
    }
    let mut fields = Vec::new();
    for row in rows {
        let known = seen(row.watcher_no);
        let came = [("1", "meetings-came"), ("0", "meetings-came-not")];
        let came = came.map(|(code, word)| (code.to_owned(), w.t(word).to_owned()));
        let value = known.map_or_else(String::new, |seen| seen.attended.to_string());
        let who = name(visit, row.member_id);
        fields.push(Field::new(format!("came-{}", row.watcher_no), who, Kind::Radios(came.into())).value(value));
        let remark = known.map_or("", |seen| seen.remark.as_str());
        fields.push(Field::text(format!("remark-{}", row.watcher_no), w.t("meetings-remark")).value(remark));
    }
    Ok(Form::new(desk.address("/visits"), w.t("meetings-visits-save"), fields).html(visit))
}

/// `POST /meetings/units/{id}/{no}/visits`.
pub(super) fn visited(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (unit, no) = (desk.place.unit, desk.row.meeting_no);
    let rows = visit.read(|tx| store::watchers_of(tx, unit))?;
    let said: Vec<(u32, bool, String)> = rows
        .iter()
        .filter_map(|row| {
            let came = match visit.form.get(&format!("came-{}", row.watcher_no)) {
                "1" => true,
                "0" => false,
                _ => return None,
            };
            let remark = clean(visit.form.get(&format!("remark-{}", row.watcher_no))).into_owned();
            Some((row.watcher_no, came, remark))
        })
        .collect();
    visit.write(|op| {
        said.iter().try_for_each(|(watcher, came, remark)| actions::visited(op, (unit, no, *watcher), *came, remark))
    })?;
    Ok(Reply::done(desk.address(""), "saved"))
}

/// An assignment as looked over.
struct Line {
    row: WatcherRow,
    met: usize,
    came: usize,
    last: Option<Day>,
    /// What he remarked last.
    remark: String,
}

/// Assignments of branches the viewer may see, with their visits of a year.
fn lines(visit: &Visit<'_>, units: &UnitsToday) -> Result<Vec<Line>, Problem> {
    let today = visit.today();
    let range = match visit.query.some("unit") {
        None => units.range(None),
        Some(text) => {
            let unit: Id<Unit> = text.parse().map_err(|_| Problem::NotFound)?;
            visit.permit(Permission::ViewReports, unit)?;
            units.range(Some(unit))
        }
    };
    let who = visit.who();
    let sees = |unit: Id<Unit>| {
        let place = units.place(unit);
        place.is_some_and(|place| range.contains(&place) && (who.system || who.may_at(Permission::ViewReports, place)))
    };
    let (mut rows, mut visits) = (Vec::<WatcherRow>::new(), HashMap::<(Id<Unit>, u32), Vec<VisitRow>>::new());
    visit.read(|tx| {
        store::watchers_on(tx, today, |row| {
            if sees(row.unit_id) {
                rows.push(row);
            }
            Ok(())
        })?;
        store::visits_since(tx, today.plus_months(-12), |row| {
            visits.entry((row.unit_id, row.watcher_no)).or_default().push(row);
            Ok(())
        })
    })?;
    let line = |row: WatcherRow| {
        let seen = visits.get(&(row.unit_id, row.watcher_no)).map_or(&[][..], Vec::as_slice);
        let came = || seen.iter().filter(|visit| visit.attended == 1);
        let remark = seen.iter().rev().find(|visit| !visit.remark.is_empty());
        let remark = remark.map_or_else(String::new, |visit| visit.remark.clone());
        Line { met: seen.len(), came: came().count(), last: came().map(|visit| visit.on_day).max(), remark, row }
    };
    let mut lines: Vec<Line> = rows.into_iter().map(line).collect();
    let since = today.plus_months(-QUARTER);
    if visit.query.get("show") == "absent" {
        lines.retain(|line| line.last.is_none_or(|last| last < since) && line.row.from_day < since);
    }
    Ok(lines)
}

/// `GET /meetings/watchers?unit=&show=absent`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let lines = lines(visit, &units)?;
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("who", w.t("meetings-watcher")),
        Column::new("branch", w.t("meetings-branch")),
        Column::new("since", w.t("meetings-watcher-since")),
        Column::number("came", w.t("meetings-watcher-came")),
        Column::new("last", w.t("meetings-watcher-last")),
        Column::new("remark", w.t("meetings-remark")),
    ];
    let mut table = Table::new(w.t("meetings-watchers"), columns);
    table.empty = w.t("meetings-no-watchers").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let last = line.last.map_or_else(|| w.t("meetings-never-came").to_owned(), |day| w.day(day));
        table.rows.push(vec![
            Cell::Text(name(visit, line.row.member_id)),
            match visit.permit(Permission::ViewMembers, line.row.unit_id) {
                Ok(()) => Cell::Link(units.name(line.row.unit_id), format!("/meetings/units/{}", line.row.unit_id)),
                Err(_) => Cell::Text(units.name(line.row.unit_id)),
            },
            Cell::Text(w.day(line.row.from_day)),
            Cell::Text(format!("{}/{}", line.came, line.met)),
            Cell::Text(last),
            Cell::Text(line.remark.clone()),
        ]);
    }
    table.page(visit, &page, lines.len(), "meetings-rows");
    let asked = visit.query.get("show").to_owned();
    let unit = visit.query.get("unit").to_owned();
    let chip = |code: &str, word: &str| {
        let href =
            format!("/meetings/watchers{}", chibo_web::Pairs::default().with(&[("unit", &unit), ("show", code)]));
        (w.t(word).to_owned(), href, code == asked)
    };
    let chips = [chip("", "meetings-show-all"), chip("absent", "meetings-watcher-absent")];
    let body = format!(
        "<p>{}</p>{}<section class=\"card\">{}</section>",
        w.t("meetings-watchers-about"),
        html::chips(w.t("meetings-show"), chips),
        table.html(visit)
    );
    let crumbs = vec![Crumb::to(w.t("meetings-title"), "/meetings"), Crumb::here(w.t("meetings-watchers"))];
    let mut head = Head::new(w.t("meetings-watchers"), MENU).crumbs(crumbs);
    if visit.who().may_somewhere(Permission::Export) {
        let query = chibo_web::Pairs::default().with(&[("unit", &unit), ("show", &asked)]);
        head = head.action(w.t("meetings-export"), format!("/meetings/watchers/export.xlsx{query}"), false);
    }
    visit.page_html(200, head, &body)
}

/// `GET /meetings/watchers/export.xlsx` with the query of the page.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let units = UnitsToday::of(visit);
    let mut lines = lines(visit, &units)?;
    lines.retain(|line| visit.permit(Permission::Export, line.row.unit_id).is_ok());
    let row = |line: &Line| crate::sheets::Watched {
        who: name(visit, line.row.member_id),
        branch: units.name(line.row.unit_id),
        above: units.above(visit, line.row.unit_id),
        since: line.row.from_day,
        counts: (line.came, line.met),
        last: line.last,
        remark: line.remark.clone(),
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    let body = crate::sheets::watchers(visit, &rows)?;
    if let Some(top) = lines.first().map(|line| line.row.unit_id) {
        visit.taken_out(
            top,
            "meeting-list-exported",
            &serde_json::json!({ "rows": rows.len(), "list": "watchers" }),
        )?;
    }
    Ok(Reply::File { name: "phan-cong-du-sinh-hoat.xlsx".to_owned(), kind: chibo_web::reply::XLSX, body })
}
