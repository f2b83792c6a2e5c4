//! Members in from a spreadsheet, in two steps: look first, then write; and the way back.

use std::path::Path;

use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_papers::{FileFacts, Mapping};
use chibo_store::seal::hex;
use chibo_store::{Db, jobs};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Upload, Visit, reply};
use sha2::{Digest, Sha256};

use super::import_view;
use super::{issue, issues_of, units_with};
use crate::actions::headings;
use crate::actions::import::{self, Confirmation};
use crate::jobs::ImportOrder;
use crate::ledger;
use crate::sheets::read::{self, Branches, Reading};
use crate::sheets::summary::Summary;
use crate::sheets::template;
use crate::store::{self, Import, ImportRow};

/// Files with at most so many rows to write are written at once, larger ones in the background.
const AT_ONCE: u64 = 2_000;
/// Largest file taken, bytes.
pub(super) const LARGEST: usize = 200 << 20;
/// Imports in the list.
const LISTED: i64 = 200;

/// The upload form and the imports so far.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, upload_form(visit), 200)
}

fn upload_form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    let file = Field::new("file", w.t("members-import-file"), Kind::File(".xlsx,.csv,.tsv,.txt"))
        .hint(w.t("members-import-file-hint"));
    let pasted = Field::new("pasted", w.t("members-import-paste"), Kind::Area).hint(w.t("members-import-paste-hint"));
    Form::new("/members/import", w.t("members-import-look"), vec![file, pasted]).cancel(w.t("members-back"), "/members")
}

fn page(visit: &Visit<'_>, form: Form, status: u16) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !form.issues.is_empty();
    let mut body = format!("<p>{}</p>", w.t("members-import-intro"));
    body.push_str(&form.html(visit));
    let mut table = Table::new(
        w.t("members-imports"),
        vec![
            Column::new("file", w.t("members-import-file")),
            Column::new("created", w.t("members-import-created")),
            Column::new("state", w.t("members-import-state")),
            Column::number("members", w.t("members-import-members")),
        ],
    );
    table.empty = w.t("members-imports-none").to_owned();
    let rows = visit.read(|tx| store::imports(tx, LISTED))?;
    for row in rows.iter().filter(|row| may(visit, row).is_ok()) {
        table.rows.push(vec![
            Cell::Link(row.file_name.clone(), format!("/members/imports/{}", row.import_id)),
            Cell::Text(w.moment(row.created_at)),
            Cell::Tag(w.t(state_key(&row.state)).to_owned(), state_class(&row.state)),
            Cell::Text(w.n(row.members)),
        ]);
    }
    body.push_str(&table.html(visit));
    let head = Head::new(w.t("members-import"), "menu-members")
        .crumbs(vec![Crumb::to(w.t("members-title"), "/members"), Crumb::here(w.t("members-import"))])
        .action(w.t("members-template"), "/members/import/template.xlsx", false)
        .with_error(wrong);
    visit.page_html(status, head, &body)
}

/// Word key of a state.
pub(super) fn state_key(state: &str) -> &'static str {
    match state {
        "waiting" => "members-import-waiting",
        "queued" => "members-import-queued",
        "confirmed" => "members-import-confirmed",
        "undone" => "members-import-undone",
        _ => "members-import-dropped",
    }
}

fn state_class(state: &str) -> &'static str {
    match state {
        "waiting" | "queued" => "gold",
        "confirmed" => "ok",
        _ => "",
    }
}

/// An import is seen where its unit may be imported into.
fn may(visit: &Visit<'_>, row: &ImportRow) -> Result<Id<Unit>, Problem> {
    let unit = row.unit_id.ok_or(Problem::NotFound)?;
    visit.permit(Permission::Import, unit).map_err(|_| Problem::NotFound)?;
    Ok(unit)
}

pub(super) fn load(visit: &Visit<'_>) -> Result<(ImportRow, Id<Unit>), Problem> {
    let id: Id<Import> = visit.id("id")?;
    let row = visit.read(|tx| store::import(tx, id))?.ok_or(Problem::NotFound)?;
    let unit = may(visit, &row)?;
    Ok((row, unit))
}

/// The empty workbook.
pub(super) fn template(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = template::workbook(visit.w, visit.now)?;
    Ok(Reply::File { name: visit.w.t("members-template-file").to_owned(), kind: reply::XLSX, body })
}

/// Takes a file, looks at it, keeps it until it is confirmed or dropped.
pub(super) fn upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let files = std::mem::take(&mut visit.files);
    let pasted = if files.is_empty() { pasted(visit)? } else { None };
    let outcome = match files.first().or(pasted.as_ref()) {
        Some(file) => issues_of(take(visit, file))?,
        None => Err(vec![issue("file", "members-import-no-file")]),
    };
    match outcome {
        Ok(id) => Ok(Reply::Redirect(format!("/members/imports/{id}"))),
        Err(issues) => {
            let form = upload_form(visit).refused(&visit.form, issues);
            page(visit, form, 422)
        }
    }
}

/// What was pasted out of a spreadsheet, as a file: cells stand between tabs.
fn pasted(visit: &Visit<'_>) -> Result<Option<Upload>, Problem> {
    let text = visit.form.get("pasted");
    if text.trim().is_empty() {
        return Ok(None);
    }
    let name = format!("{}.tsv", visit.w.t("members-import-pasted"));
    let path = visit.house.settings.work_dir.join(format!("upload-{}", hex(&visit.house.db.random::<16>())));
    std::fs::write(&path, text).map_err(Problem::fault)?;
    Ok(Some(Upload { field: "pasted".to_owned(), name, path, size: text.len() as u64 }))
}

/// What a file would do, read with what was said of its headings.
pub(super) fn look(
    visit: &Visit<'_>,
    (path, name): (&Path, &str),
    mapping: &Mapping,
) -> Result<(FileFacts, Summary), Problem> {
    let (units, everywhere) = units_with(visit, &[Permission::Import]);
    let branches = branches(visit, (!everywhere).then_some(&units));
    let mut source = read::open(path, name)?;
    let facts = source.facts().clone();
    let keys = visit.house.db.keys();
    let reading = Reading { branches: &branches, mapping, today: visit.today() };
    let found = visit.read(|tx| {
        let mut known = |number: &str| match ledger::identity_key(keys, number) {
            Some(key) => Ok(store::key_owner(tx, &key)?.is_some()),
            None => Ok(false),
        };
        import::preview(&mut source, reading, &mut known)
    })?;
    let summary = Summary::of(&found, &facts, &visit.house.words);
    Ok((facts, summary))
}

fn take(visit: &Visit<'_>, file: &Upload) -> Result<Id<Import>, Problem> {
    let (units, _) = units_with(visit, &[Permission::Import]);
    let unit = *units.first().ok_or(Problem::Denied)?;
    let mapping = match visit.who().account {
        Some(account) => visit.read(|tx| headings::mapping_of(tx, *account.bytes()))?,
        None => Mapping::default(),
    };
    let (facts, summary) = look(visit, (&file.path, &file.name), &mapping)?;
    let json = serde_json::to_string(&summary).map_err(Problem::fault)?;
    let id: Id<Import> = visit.house.db.fresh();
    let kept = visit.house.settings.work_dir.join(format!("import-{id}"));
    let digest = digest(&file.path)?;
    std::fs::rename(&file.path, &kept).map_err(Problem::fault)?;
    let path = kept.to_string_lossy();
    let noted = visit.write(|op| import::offer(op, id, (&facts.name, &path, &digest), unit, &json));
    if noted.is_err() {
        drop(std::fs::remove_file(&kept));
    }
    noted.map(|()| id)
}

fn branches(visit: &Visit<'_>, units: Option<&Vec<Id<Unit>>>) -> Branches {
    Branches::of_forest(&visit.house.census.forest(), units.map(Vec::as_slice), visit.today())
}

fn digest(path: &Path) -> Result<String, Problem> {
    let mut file = std::fs::File::open(path).map_err(Problem::fault)?;
    let mut digest = Digester(Sha256::new());
    std::io::copy(&mut file, &mut digest).map_err(Problem::fault)?;
    Ok(hex(&digest.0.finalize()))
}

struct Digester(Sha256);

impl std::io::Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The job that confirms this import, if there ever was one: the newest.
fn job_of(db: &Db, id: Id<Import>) -> Result<Option<jobs::JobRow>, Problem> {
    let id = id.to_string();
    let newest = db.read(|tx| jobs::newest(tx, 1_000))?;
    Ok(newest.into_iter().find(|job| job.kind == crate::jobs::IMPORT && job.payload.contains(&id)))
}

fn is_dead(job: Option<&jobs::JobRow>) -> bool {
    job.is_none_or(|job| !matches!(job.state.as_str(), "waiting" | "running"))
}

/// One import: what would happen, what is happening, or what happened.
pub(super) fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, _) = load(visit)?;
    let summary = Summary::read(&row.preview)?;
    page_of(visit, &row, &summary, Vec::new())
}

/// The page of an import, with what was wrong with what was said of its headings.
pub(super) fn page_of(
    visit: &Visit<'_>,
    row: &ImportRow,
    summary: &Summary,
    issues: Vec<Issue>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let job = if row.state == "queued" { job_of(&visit.house.db, row.import_id)? } else { None };
    let running = row.state == "queued" && !is_dead(job.as_ref());
    let mut body = String::new();
    if let Some(job) = job.filter(|_| running) {
        import_view::progress(&mut body, visit, row, &job, summary.new);
    }
    let open = matches!(row.state.as_str(), "waiting" | "queued") && !running;
    let wrong = !issues.is_empty();
    let said = super::headings::form(visit, row, summary).filter(|_| row.state == "waiting");
    let said = said.map(|form| if wrong { form.refused(&visit.form, issues) } else { form });
    import_view::summary(&mut body, visit, row, summary, open);
    if let Some(form) = said {
        import_view::headings(&mut body, visit, &form, wrong || super::headings::needed(summary));
    }
    let crumbs = vec![
        Crumb::to(w.t("members-title"), "/members"),
        Crumb::to(w.t("members-import"), "/members/import"),
        Crumb::here(&row.file_name),
    ];
    let head = Head::new(&row.file_name, "menu-members").crumbs(crumbs).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// Writes the members: small files now, large ones in the background.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, unit) = load(visit)?;
    let summary = Summary::read(&row.preview)?;
    let here = format!("/members/imports/{}", row.import_id);
    let (units, everywhere) = units_with(visit, &[Permission::Import]);
    if summary.new > AT_ONCE {
        let units = (!everywhere).then(|| units.iter().map(Id::to_string).collect());
        let order =
            ImportOrder { import: row.import_id.to_string(), name: visit.who().name.clone(), units, rows: summary.new };
        let payload = serde_json::to_string(&order).map_err(Problem::fault)?;
        let dead = row.state == "queued" && is_dead(job_of(&visit.house.db, row.import_id)?.as_ref());
        visit.write(|op| import::order(op, row.import_id, unit, &payload, dead))?;
        return Ok(Reply::done(here, "members-import-queued"));
    }
    let branches = branches(visit, (!everywhere).then_some(&units));
    let mapping = visit.read(|tx| headings::mapping_of(tx, *row.import_id.bytes()))?;
    let confirmation = Confirmation {
        import: row.import_id,
        path: Path::new(&row.file_path),
        name: &row.file_name,
        digest: &row.file_digest,
        unit,
        branches: &branches,
        mapping: &mapping,
        progress: &|_| Ok(()),
    };
    visit.write(|op| import::confirm(op, &confirmation))?;
    drop(std::fs::remove_file(&row.file_path));
    Ok(Reply::done(here, "members-imported"))
}

/// Drops a file that waits.
pub(super) fn remove(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, unit) = load(visit)?;
    visit.write(|op| import::forget(op, row.import_id, unit))?;
    drop(std::fs::remove_file(&row.file_path));
    Ok(Reply::done("/members/import", "members-import-dropped"))
}

/// Takes a confirmed import back.
pub(super) fn undo(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, _) = load(visit)?;
    visit.write(|op| import::undo(op, row.import_id))?;
    Ok(Reply::done(format!("/members/imports/{}", row.import_id), "members-import-undone"))
}
