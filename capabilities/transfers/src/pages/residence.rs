//! Members of other branches who live here: the yearly remarks of the branch of residence (TRF-15).

use std::fmt::Write;

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_web::form::missing;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Form, Head, Pairs, Reply, Table, Visit, html};

use super::list::note;
use super::{MENU, again, sections};
use crate::actions::{self, NewRemark};
use crate::rules::{Remark, introduced_by, year_shown};
use crate::sheets;
use crate::store::{self, ContactRow, RemarkRow};

/// People on one page.
const ROWS: usize = 50;
/// Most branches looked at for one list: whoever has more chooses a unit.
const BRANCHES: usize = 400;

/// A member of another branch who lives here.
pub(crate) struct Resident {
    /// The introduction.
    pub row: ContactRow,
    /// His name.
    pub name: String,
    /// His own branch.
    pub home: String,
    /// The remark on the year, when there is one.
    pub remark: Option<RemarkRow>,
}

/// What the address asks for.
struct Ask {
    unit: Option<Id<Unit>>,
    year: i32,
    due: bool,
}

impl Ask {
    fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        if let Some(unit) = unit {
            visit.permit(Permission::ViewMembers, unit)?;
        }
        let today = visit.today();
        let year = visit.query.get("year").parse().ok().filter(|year| (2013..=today.year()).contains(year));
        Ok(Self { unit, year: year.unwrap_or_else(|| year_shown(today)), due: visit.query.get("show") != "all" })
    }

    fn address(&self, path: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let show = if self.due { "" } else { "all" };
        format!("{path}{}", Pairs::default().with(&[("unit", &unit), ("year", &self.year.to_string()), ("show", show)]))
    }
}

/// The branches in sight of the asked unit; `None` when they are too many for one list.
fn branches(visit: &Visit<'_>, units: &UnitsToday, ask: &Ask, needs: Permission) -> Option<Vec<Id<Unit>>> {
    let mut found = Vec::new();
    for place in units.range(ask.unit) {
        let holds = UnitKind::from_number(units.tree.kind(place)).is_some_and(UnitKind::holds_members);
        if !holds || !(visit.who().system || visit.who().may_at(needs, place)) {
            continue;
        }
        if found.len() == BRANCHES {
            return None;
        }
        found.extend(units.id(place));
    }
    Some(found)
}

/// People introduced to the branches, by branch and name.
fn residents(visit: &Visit<'_>, units: &UnitsToday, ask: &Ask, at: &[Id<Unit>]) -> Result<Vec<Resident>, Problem> {
    let (year, last) = (ask.year, introduced_by(ask.year));
    let read = visit.read(|tx| {
        let mut found = Vec::new();
        for unit in at {
            for row in store::contacts_at(tx, *unit)?.into_iter().filter(|row| row.since <= last) {
                let remarks = store::remarks_of(tx, row.person_id)?;
                let mine = |remark: &RemarkRow| remark.contact_id == row.contact_id && remark.year == year;
                let remark = remarks.into_iter().rfind(mine);
                if !ask.due || remark.is_none() {
                    found.push((row, remark));
                }
            }
        }
        Ok(found)
    })?;
    let view = visit.house.census.view(visit.today());
    let named = |(row, remark): (ContactRow, Option<RemarkRow>)| {
        let no = view.no(row.person_id);
        let home = no.and_then(|no| view.person(no)).and_then(|brief| brief.home);
        let home = home.and_then(|home| view.forest().id(home)).map_or_else(String::new, |home| units.name(home));
        Resident { name: no.map_or_else(String::new, |no| view.name(no)), home, row, remark }
    };
    let mut all: Vec<_> = read.into_iter().map(named).collect();
    let key = |one: &Resident| one.row.unit_id.and_then(|unit| units.place(unit));
    all.sort_by(|one, other| (key(one), &one.name).cmp(&(key(other), &other.name)));
    Ok(all)
}

/// `GET /transfers/residence?unit=&year=&show=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    page(visit, &ask, None)
}

fn page(visit: &Visit<'_>, ask: &Ask, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let (w, units) = (visit.w, UnitsToday::of(visit));
    let title = w.t("transfers-residence");
    let mut head = Head::new(title, MENU).with_error(refused.is_some());
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("transfers-export"), ask.address("/transfers/residence.xlsx"), false);
    }
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let mut body = format!("{}<p>{}</p>", sections(visit), html::escape(w.t("transfers-residence-about")));
    if let Some(unit) = ask.unit {
        let _ = write!(body, "<p><b>{}</b></p>", html::escape(&units.name(unit)));
    }
    body.push_str(&chips(visit, ask));
    match branches(visit, &units, ask, Permission::ViewMembers) {
        None => body.push_str(&parts(visit, &units, ask)),
        Some(at) => {
            let all = residents(visit, &units, ask, &at)?;
            body.push_str(&rows(visit, &units, ask, (&all, refused))?);
        }
    }
    visit.page_html(status, head, &body)
}

fn chips(visit: &Visit<'_>, ask: &Ask) -> String {
    let w = visit.w;
    let last = visit.today().year();
    let year = |year: i32| {
        let href = Ask { year, ..*ask }.address("/transfers/residence");
        (w.t1("transfers-year", "year", year), href, year == ask.year)
    };
    let show = |due: bool| {
        let key = if due { "transfers-remarks-due" } else { "transfers-remarks-all" };
        (w.t(key).to_owned(), Ask { due, ..*ask }.address("/transfers/residence"), due == ask.due)
    };
    let years = html::chips(w.t("transfers-remark-of"), [last - 1, last].map(year));
    format!("{years}{}", html::chips(w.t("transfers-state"), [show(true), show(false)]))
}

/// Where there are too many branches: the units to choose from.
fn parts(visit: &Visit<'_>, units: &UnitsToday, ask: &Ask) -> String {
    let w = visit.w;
    let mut out = format!("<p>{}</p><ul class=\"due\">", html::escape(w.t("transfers-choose-unit")));
    for unit in units.parts(visit, ask.unit).into_iter().filter_map(|place| units.id(place)) {
        let href = Ask { unit: Some(unit), ..*ask }.address("/transfers/residence");
        let _ = write!(out, "<li><a href=\"{}\">{}</a></li>", html::escape(&href), html::escape(&units.name(unit)));
    }
    out.push_str("</ul>");
    out
}

fn rows(
    visit: &Visit<'_>,
    units: &UnitsToday,
    ask: &Ask,
    (all, refused): (&[Resident], Option<(u16, Vec<Issue>)>),
) -> Result<String, Problem> {
    let w = visit.w;
    let issues = refused.map(|(_, issues)| issues).unwrap_or_default();
    let page = visit.rows(all.len(), ROWS);
    let shown = all.get(page.clone()).unwrap_or_default();
    let may = |one: &Resident| one.row.unit_id.is_some_and(|unit| visit.permit(Permission::EditMembers, unit).is_ok());
    let writable = shown.iter().any(may);
    let columns = vec![
        Column::new("member", w.t("transfers-member")),
        Column::new("at", w.t("transfers-residence-branch")),
        Column::new("home", w.t("transfers-own-branch")),
        Column::new("since", w.t("transfers-since")),
        Column::new("remark", w.t("transfers-remark-of")),
        Column::sentences("note", w.t("transfers-note")),
    ];
    let mut table = Table::new(w.t1("transfers-residence-year", "year", ask.year), columns);
    table.empty = w.t(if ask.due { "transfers-remarks-none-due" } else { "transfers-nobody" }).to_owned();
    for one in shown {
        let (remark, note) = if may(one) { answers(visit, one, &issues) } else { said(visit, one) };
        table.rows.push(vec![
            Cell::Text(one.name.clone()),
            Cell::Text(one.row.unit_id.map_or_else(String::new, |unit| units.name(unit))),
            Cell::Text(one.home.clone()),
            Cell::Text(w.day(one.row.since)),
            remark,
            note,
        ]);
    }
    table.page(visit, &page, all.len(), "transfers-rows");
    let html = table.html(visit);
    if !writable {
        // No form to say it on.
        return if issues.is_empty() { Ok(html) } else { Err(Problem::Refused(issues)) };
    }
    let action = format!("/transfers/residence{}", visit.query.with(&[("year", &ask.year.to_string())]));
    let form = Form::new(action, w.t("transfers-remarks-send"), Vec::new()).about(html);
    Ok(form.refused(&visit.form, issues).html(visit))
}

/// What was written, for whoever may not write.
fn said(visit: &Visit<'_>, one: &Resident) -> (Cell, Cell) {
    let remark = one.remark.as_ref().and_then(|row| Remark::from_number(row.remark_no));
    let word = remark.map_or("", |remark| visit.w.t(remark.word()));
    (Cell::Text(word.to_owned()), Cell::Text(one.remark.as_ref().map_or_else(String::new, |row| row.note.clone())))
}

/// The questions about one person, with what was typed or written before.
fn answers(visit: &Visit<'_>, one: &Resident, issues: &[Issue]) -> (Cell, Cell) {
    let (w, id) = (visit.w, one.row.contact_id);
    let before = one.remark.as_ref();
    let typed = |name: &str, stored: String| {
        if visit.form.0.iter().any(|(other, _)| other == name) { visit.form.get(name).to_owned() } else { stored }
    };
    let name = format!("remark-{id}");
    let value = typed(&name, before.map_or_else(String::new, |row| row.remark_no.to_string()));
    let label = html::escape(&format!("{}: {}", w.t("transfers-remark-of"), one.name));
    let mut select = format!("<select name=\"{name}\" id=\"{name}\" aria-label=\"{label}\">");
    chibo_web::form::option(&mut select, "", w.t("transfers-remark-unsaid"), value.is_empty());
    for remark in Remark::ALL {
        let code = remark.number().to_string();
        chibo_web::form::option(&mut select, &code, w.t(remark.word()), code == value);
    }
    select.push_str("</select>");
    let name = format!("note-{id}");
    let value = typed(&name, before.map_or_else(String::new, |row| row.note.clone()));
    let wrong: Vec<_> = issues.iter().filter(|issue| issue.field.as_deref() == Some(name.as_str())).collect();
    let invalid = if wrong.is_empty() { "" } else { " aria-invalid=\"true\"" };
    let label = html::escape(&format!("{}: {}", w.t("transfers-note"), one.name));
    let mut note = String::new();
    for issue in wrong {
        let _ = write!(note, "<p class=\"error-message\">{}</p>", html::escape(&w.said(&issue.said)));
    }
    let value = html::escape(&value);
    let _ = write!(
        note,
        "<input type=\"text\" name=\"{name}\" id=\"{name}\" aria-label=\"{label}\"{invalid} value=\"{value}\">"
    );
    (Cell::Html(select), Cell::Html(note))
}

/// What the form says about those shown; what is as it was is not written again.
fn read(visit: &Visit<'_>, all: &[Resident], issues: &mut Vec<Issue>) -> Vec<NewRemark> {
    let mut new = Vec::new();
    for one in all {
        let contact = one.row.contact_id;
        let (remark, note) = (visit.form.get(&format!("remark-{contact}")), visit.form.get(&format!("note-{contact}")));
        let note = clean(note).into_owned();
        let before = one.remark.as_ref();
        match remark.parse().ok().and_then(Remark::from_number) {
            Some(remark) => {
                let same = before.is_some_and(|row| row.remark_no == remark.number() && row.note == note);
                if !same {
                    new.push(NewRemark { person: one.row.person_id, name: one.name.clone(), contact, remark, note });
                }
            }
            None if !note.is_empty() => issues.push(Issue {
                field: Some(format!("note-{contact}")),
                rule: None,
                said: Said::new("transfers-remark-needed").with("name", &one.name),
            }),
            None => {}
        }
    }
    if new.is_empty() && issues.is_empty() {
        issues.push(missing("remark", "transfers-remarks-nothing"));
    }
    new
}

/// `POST /transfers/residence` with the query of the list.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let units = UnitsToday::of(visit);
    let at = branches(visit, &units, &ask, Permission::EditMembers).ok_or(Problem::NotFound)?;
    let all = residents(visit, &units, &Ask { due: false, ..ask }, &at)?;
    let mut issues = Vec::new();
    let new = read(visit, &all, &mut issues);
    if !issues.is_empty() {
        return page(visit, &ask, Some((422, issues)));
    }
    match visit.write(|op| actions::remark(op, ask.year, &new)) {
        Ok(()) => Ok(Reply::done(ask.address("/transfers/residence"), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &ask, Some(refused))
        }
    }
}

/// `GET /transfers/residence.xlsx` with the query of the list.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let units = UnitsToday::of(visit);
    let at = branches(visit, &units, &ask, Permission::Export)
        .ok_or_else(|| Problem::field("unit", Said::new("transfers-choose-unit")))?;
    let all = residents(visit, &units, &ask, &at)?;
    let body = sheets::residence(visit, &units, ask.year, &all)?;
    if let Some(top) = ask.unit.or_else(|| at.first().copied()) {
        note(visit, top, all.len(), "transfer-residence-exported")?;
    }
    Ok(Reply::File { name: format!("nhan-xet-noi-cu-tru-{}.xlsx", ask.year), kind: XLSX, body })
}
