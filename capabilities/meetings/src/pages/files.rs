//! Files of a meeting: attached, taken out, given back as attachments (MTG-04).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Moment, Problem, Said};
use chibo_papers::media::{self, Media, Refusal};
use chibo_store::Files;
use chibo_web::form::{Kind, issues_of};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::desk::{Desk, page};
use crate::actions::{self, LARGEST};
use crate::store::{self, FileRow};

/// What the browser offers to choose from.
const ACCEPT: &str = "application/pdf,image/jpeg,image/png";

/// The section of the page.
pub(super) fn section(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let (unit, no) = (desk.place.unit, desk.row.meeting_no);
    let mut rows = visit.read(|tx| store::files(tx, unit, no))?;
    rows.retain(|row| row.removed_at == Moment::FOREVER);
    let mut out = format!("<section class=\"card\"><h2>{}</h2>", w.t("meetings-files"));
    out.push_str(&table(visit, desk, &rows));
    if desk.place.may_keep {
        let wrong = !issues.is_empty();
        let fields = vec![
            Field::new("file", w.t("meetings-file"), Kind::File(ACCEPT)).hint(w.t("meetings-file-hint")).required(),
            Field::text("title", w.t("meetings-file-title")).hint(w.t("meetings-file-title-hint")),
        ];
        let mut form = Form::new(desk.address("/files"), w.t("meetings-file-send"), fields);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        let (open, summary) = (if wrong { " open" } else { "" }, w.t("meetings-file-do"));
        let form = form.html(visit);
        out.push_str(&format!("<details class=\"more\"{open}><summary>{summary}</summary>{form}</details>"));
    }
    out.push_str("</section>");
    Ok(out)
}

fn table(visit: &Visit<'_>, desk: &Desk, rows: &[FileRow]) -> String {
    let w = visit.w;
    let mut columns = vec![
        Column::new("title", w.t("meetings-file-title")),
        Column::number("size", w.t("meetings-file-size")),
        Column::new("by", w.t("meetings-posted-by")),
    ];
    if desk.place.may_keep {
        columns.push(Column::new("do", w.t("meetings-file-remove")));
    }
    let mut table = Table::new(w.t("meetings-files"), columns);
    table.empty = w.t("meetings-no-files").to_owned();
    for row in rows {
        let by = w.t2("meetings-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        let href = desk.address(&format!("/files/{}", row.file_no));
        let mut cells = vec![
            Cell::Link(row.title.clone(), href.clone()),
            Cell::Text(w.t1("meetings-file-kb", "kb", w.n((row.bytes + 1023) / 1024))),
            Cell::Text(by),
        ];
        if desk.place.may_keep {
            let text = w.t1("meetings-file-remove-this", "title", &row.title);
            cells.push(Cell::Html(Form::new(format!("{href}/removal"), text, Vec::new()).html(visit)));
        }
        table.rows.push(cells);
    }
    table.html(visit)
}

fn refuse(refusal: Refusal) -> Problem {
    let key = match refusal {
        Refusal::Large => "meetings-file-large",
        Refusal::Kind => "meetings-file-kind",
        Refusal::Active => "meetings-file-active",
        Refusal::Broken => "meetings-file-broken",
    };
    actions::refused("file", "MTG-04", Said::new(key))
}

/// The file that came, cleaned, with its name where none was typed.
fn uploaded(visit: &Visit<'_>) -> Result<(Media, Vec<u8>, String), Problem> {
    let Some(upload) = visit.files.first().filter(|upload| upload.size > 0) else {
        return Err(Problem::field("file", Said::new("meetings-no-file")));
    };
    if usize::try_from(upload.size).unwrap_or(usize::MAX) > LARGEST {
        return Err(refuse(Refusal::Large));
    }
    let bytes = std::fs::read(&upload.path).map_err(Problem::fault)?;
    let (media, kept) = media::clean(&bytes, LARGEST).map_err(refuse)?;
    let typed = clean(visit.form.get("title")).trim().to_owned();
    let name = upload.name.rsplit_once('.').map_or(upload.name.as_str(), |(name, _)| name);
    let title = if typed.is_empty() { clean(name).into_owned() } else { typed };
    Ok((media, kept, title))
}

/// `POST …/files`.
pub(super) fn upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (unit, no) = (desk.place.unit, desk.row.meeting_no);
    visit.permit(chibo_kernel::Permission::EditMembers, unit)?;
    let done = uploaded(visit).and_then(|(media, plain, title)| {
        // On disk before the row speaks of it.
        let db = &visit.house.db;
        let kept = Files::of(db)?.keep(db.keys(), unit.bytes(), &plain, db.random())?;
        visit.write(|op| actions::attach(op, (unit, no), &title, (media, &kept)))
    });
    match issues_of(done)? {
        Ok(_) => Ok(Reply::done(desk.address(""), "saved")),
        Err(issues) => page(visit, &desk, issues),
    }
}

fn number(visit: &Visit<'_>, name: &str) -> Result<u32, Problem> {
    visit.path.get(name).parse().map_err(|_| Problem::NotFound)
}

/// `GET …/files/{file}`: always as an attachment, never shown by the browser.
pub(super) fn download(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, no, file) = (visit.id("id")?, number(visit, "no")?, number(visit, "file")?);
    let row = visit.write(|op| actions::fetch(op, (unit, no), file))?;
    let db = &visit.house.db;
    let (media, body) = actions::content(&*Files::of(db)?, db.keys(), unit, &row)?;
    Ok(Reply::File { name: format!("{}.{}", row.title, media.ending()), kind: media.kind(), body })
}

/// `POST …/files/{file}/removal`.
pub(super) fn remove(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (key, file) = ((desk.place.unit, desk.row.meeting_no), number(visit, "file")?);
    visit.write(|op| actions::remove(op, key, file))?;
    Ok(Reply::done(desk.address(""), "saved"))
}
