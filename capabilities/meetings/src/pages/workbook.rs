//! The workbook of a meeting's minutes: out to be filled in, back with a look before anything is written.

use std::path::PathBuf;

use chibo_kernel::{Issue, Permission, Problem, Said};
use chibo_papers::{About, Limits, RowState, SheetSource, Source};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::MENU;
use super::desk::{Desk, version};
use crate::actions::{self, Part};
use crate::minutes_sheet::{self, Read, Stands, place};
use crate::rules::Month;

/// Most bytes of a workbook.
pub(super) const LARGEST: usize = 4 << 20;
/// Most rows of one.
const ROWS: u64 = 10_000;

fn stands(desk: &Desk) -> Stands<'_> {
    Stands { members: &desk.members, items: &desk.items, roll: &desk.roll, tasks: &desk.tasks, votes: &desk.votes }
}

/// The links on the page of a meeting.
pub(super) fn section(visit: &Visit<'_>, desk: &Desk) -> String {
    let w = visit.w;
    if !desk.place.may_keep {
        return String::new();
    }
    let (out, back) = (desk.address("/minutes.xlsx"), desk.address("/workbook"));
    let mut html = format!(
        "<section class=\"card\"><h2>{}</h2><p>{}</p><ul class=\"plain\"><li><a href=\"{out}\">{}</a></li>",
        w.t("meetings-workbook"),
        w.t("meetings-workbook-about"),
        w.t("meetings-workbook-out")
    );
    if desk.is_open() {
        html.push_str(&format!("<li><a href=\"{back}\">{}</a></li>", w.t("meetings-workbook-in")));
    }
    html.push_str("</ul></section>");
    html
}

/// `GET …/minutes.xlsx`: it holds names, so it is for those who may take lists out, and for the keeper.
pub(super) fn download(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let unit = desk.place.unit;
    if visit.permit(Permission::Export, unit).is_err() && !desk.place.may_keep {
        return Err(Problem::Denied);
    }
    let w = visit.w;
    let mut lines = vec![(w.t("meetings-branch").to_owned(), desk.place.name())];
    lines.extend(desk.row.on_day.map(|on| (w.t("meetings-on").to_owned(), w.day(on))));
    lines.extend(desk.items.iter().map(|item| (w.t1("meetings-workbook-item", "no", item.seq), item.title.clone())));
    lines.push((w.t("meetings-made-by").to_owned(), visit.made_by()));
    let body = minutes_sheet::write(&stands(&desk), About { title: desk.title(visit), lines }, visit.now)?;
    visit.taken_out(unit, "meeting-workbook-out", &serde_json::json!({ "no": desk.row.meeting_no }))?;
    Ok(Reply::File { name: format!("bien-ban-{}.xlsx", Month(desk.row.month).code()), kind: XLSX, body })
}

/// Where a waiting workbook lies: one for each writer and meeting.
fn waiting(visit: &Visit<'_>, desk: &Desk) -> PathBuf {
    let account = visit.who().account.map_or_else(String::new, |account| account.to_string());
    let name = format!("minutes-{}-{}-{account}.xlsx", desk.place.unit, desk.row.meeting_no);
    visit.house.settings.work_dir.join(name)
}

fn remove(visit: &Visit<'_>, desk: &Desk) -> Result<(), Problem> {
    let path = waiting(visit, desk);
    if path.exists() { std::fs::remove_file(path).map_err(Problem::fault) } else { Ok(()) }
}

fn limits() -> Limits {
    Limits { file_bytes: LARGEST as u64, ..Limits::with_rows(ROWS) }
}

/// What the waiting workbook says; nothing when none waits.
fn planned(visit: &Visit<'_>, desk: &Desk) -> Result<Option<Read>, Problem> {
    let path = waiting(visit, desk);
    if !path.exists() {
        return Ok(None);
    }
    let mut source = SheetSource::open(Source::path(&path)?, "minutes.xlsx", limits())?;
    minutes_sheet::read(&mut source, &stands(desk), visit.today()).map(Some)
}

/// An open meeting of the keeper.
fn load(visit: &Visit<'_>) -> Result<Desk, Problem> {
    let desk = Desk::load(visit)?;
    visit.permit(Permission::EditMembers, desk.place.unit)?;
    if desk.is_open() { Ok(desk) } else { Err(Problem::Conflict(Said::new("meetings-is-closed"))) }
}

/// What the meeting itself would refuse: everything is done as it would be and taken back.
fn rehearse(visit: &Visit<'_>, desk: &Desk, read: &Read) -> Result<Vec<(Part, Issue)>, Problem> {
    const LOOKED: &str = "meetings-workbook-only-looked";
    let (mut found, key) = (Vec::new(), (desk.place.unit, desk.row.meeting_no, desk.row.version));
    let outcome = visit.house.db.write(visit.who(), |op| -> Result<(), Problem> {
        found = actions::take_in(op, key, &read.intake)?;
        Err(Problem::Conflict(Said::new(LOOKED)))
    });
    match outcome {
        Ok(()) => Err(Problem::fault("a rehearsal was kept")),
        Err(Problem::Conflict(said)) if said.key == LOOKED => Ok(found),
        Err(other) => Err(other),
    }
}

/// `GET …/workbook`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = load(visit)?;
    page(visit, &desk, Vec::new())
}

fn page(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !issues.is_empty();
    let file = Field::new("file", w.t("meetings-workbook-file"), Kind::File(".xlsx"))
        .hint(w.t("meetings-workbook-hint"))
        .required();
    let mut form = Form::new(desk.address("/workbook"), w.t("meetings-workbook-look"), vec![file]);
    if wrong {
        form = form.refused(&visit.form, issues);
    }
    let mut body = format!("<section class=\"card\">{}</section>", form.html(visit));
    if let Some(read) = planned(visit, desk)? {
        body.push_str(&described(visit, desk, &read)?);
    }
    let title = w.t("meetings-workbook-in");
    let crumbs = vec![
        Crumb::to(w.t("meetings-title"), "/meetings"),
        Crumb::to(desk.place.name(), desk.place.address("")),
        Crumb::to(desk.title(visit), desk.address("")),
        Crumb::here(title),
    ];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// What would be written, what is wrong cell by cell, and the two ways on.
fn described(visit: &Visit<'_>, desk: &Desk, read: &Read) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("where", w.t("meetings-workbook-where")),
        Column::sentences("why", w.t("meetings-workbook-why")),
    ];
    let mut table = Table::new(w.t("meetings-workbook-wrong"), columns);
    table.empty = w.t("meetings-workbook-fits").to_owned();
    for issue in read.preview.issues() {
        let title = issue.place.as_ref().map_or_else(String::new, |place| format!(" ({})", place.title));
        let at = format!("{} {}{title}", issue.sheet, issue.address());
        table.rows.push(vec![Cell::Text(at), Cell::Text(w.said(&issue.said))]);
    }
    let mut fits = read.is_readable();
    if fits {
        for (part, issue) in rehearse(visit, desk, read)? {
            let rule = issue.rule.map_or_else(String::new, |rule| format!(" ({rule})"));
            table.rows.push(vec![Cell::Text(place(part)), Cell::Text(format!("{}{rule}", w.said(&issue.said)))]);
            fits = false;
        }
    }
    let counts = [
        ("meetings-workbook-changed", read.preview.count(RowState::Changed)),
        ("meetings-workbook-new", read.preview.count(RowState::New)),
        ("meetings-workbook-same", read.preview.count(RowState::Same)),
        ("meetings-workbook-refused", read.preview.refused()),
    ];
    let mut out = String::from("<section class=\"card\"><dl class=\"figures\">");
    for (word, count) in counts {
        out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", w.t(word), w.n(count)));
    }
    out.push_str("</dl>");
    out.push_str(&table.html(visit));
    if fits {
        let fields = vec![Field::hidden("version", desk.row.version.to_string())];
        let address = desk.address("/workbook/confirmation");
        out.push_str(&Form::new(address, w.t("meetings-workbook-confirm"), fields).html(visit));
    }
    let address = desk.address("/workbook/dropping");
    out.push_str(&Form::new(address, w.t("meetings-workbook-drop"), Vec::new()).html(visit));
    out.push_str("</section>");
    Ok(out)
}

/// `POST …/workbook`: keeps the file and shows what it says.
pub(super) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = load(visit)?;
    let Some(file) = visit.files.pop().filter(|file| file.size > 0) else {
        return page(visit, &desk, vec![missing("file", "meetings-no-file")]);
    };
    let opened = Source::path(&file.path).and_then(|source| SheetSource::open(source, &file.name, limits()));
    let read = opened
        .map_err(Problem::from)
        .and_then(|mut source| minutes_sheet::read(&mut source, &stands(&desk), visit.today()).map(drop));
    if let Err(mut issues) = issues_of(read)? {
        issues.iter_mut().for_each(|issue| issue.field = Some("file".to_owned()));
        return page(visit, &desk, issues);
    }
    remove(visit, &desk)?;
    std::fs::rename(&file.path, waiting(visit, &desk)).map_err(Problem::fault)?;
    Ok(Reply::Redirect(desk.address("/workbook")))
}

/// `POST …/workbook/confirmation`.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = load(visit)?;
    let read = planned(visit, &desk)?.ok_or_else(|| Problem::Conflict(Said::new("meetings-workbook-none-waits")))?;
    if !read.is_readable() {
        return page(visit, &desk, Vec::new());
    }
    let key = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    let done = visit.write(|op| {
        let refused = actions::take_in(op, key, &read.intake)?;
        let issues: Vec<Issue> = refused.into_iter().map(|(_, issue)| Issue { field: None, ..issue }).collect();
        if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
    });
    match issues_of(done)? {
        Ok(()) => {
            remove(visit, &desk)?;
            Ok(Reply::done(desk.address(""), "saved"))
        }
        Err(issues) => page(visit, &desk, issues),
    }
}

/// `POST …/workbook/dropping`.
pub(super) fn drop_file(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = load(visit)?;
    remove(visit, &desk)?;
    Ok(Reply::done(desk.address("/workbook"), "saved"))
}
