//! The merges of the last year, and one of them with the way back.

use chibo_kernel::{Id, Moment, Permission, Problem};
use chibo_members::actions::merge::{self, MergeRow};
use chibo_members::actions::{self as members};
use chibo_organisation::UnitsToday;
use chibo_web::form::{Kind, again};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::{declared, head};
use crate::actions::merge as actions;

/// Rows on one page.
const ROWS: usize = 50;
/// Merges looked through.
const MOST: i64 = 5_000;
/// How far back the list goes, days.
const BACK: i32 = 366;

/// Whether the viewer may see a merge: where the record that stays is at home, or where the other one was.
fn sees(visit: &Visit<'_>, row: &MergeRow) -> bool {
    let today = visit.today();
    let home = visit.read(|tx| members::home_of(tx, row.into_id, today)).ok();
    let units = [home, Some(row.from_unit)];
    units.into_iter().flatten().any(|unit| visit.permit(Permission::ViewMembers, unit).is_ok())
}

fn state(visit: &Visit<'_>, row: &MergeRow) -> Cell {
    let w = visit.w;
    let last = row.merged_at.day().plus_days(merge::UNDO_DAYS);
    if row.undone_at != Moment::FOREVER {
        Cell::Tag(w.t("quality-merge-undone").to_owned(), "")
    } else if visit.today() <= last {
        Cell::Tag(w.t1("quality-merge-until", "day", w.day(last)), "gold")
    } else {
        Cell::Tag(w.t("quality-merge-final").to_owned(), "ok")
    }
}

/// `GET /quality/merges`.
pub(in crate::pages) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let since = Moment::start_of(visit.today().plus_days(-BACK));
    let mut rows = visit.read(|tx| merge::merges_since(tx, since, MOST))?;
    rows.retain(|row| sees(visit, row));
    let page = visit.rows(rows.len(), ROWS);
    let columns = vec![
        Column::new("name", w.t("quality-member")),
        Column::new("when", w.t("quality-merge-when")),
        Column::new("who", w.t("quality-merge-by")),
        Column::new("unit", w.t("quality-merge-from")),
        Column::new("state", w.t("quality-campaign-state")),
    ];
    let mut table = Table::new(w.t("quality-merges"), columns);
    table.empty = w.t("quality-merges-none").to_owned();
    let units = UnitsToday::of(visit);
    let view = visit.house.census.view(visit.today());
    for row in rows.get(page.clone()).unwrap_or_default() {
        let name = view.name_of(row.into_id).unwrap_or_else(|| w.t("quality-merge").to_owned());
        table.rows.push(vec![
            Cell::Link(name, format!("/quality/merges/{}", row.merge_id)),
            Cell::Text(w.moment(row.merged_at)),
            Cell::Text(row.merged_by.clone()),
            Cell::Text(units.name(row.from_unit)),
            state(visit, row),
        ]);
    }
    table.page(visit, &page, rows.len(), "quality-rows");
    visit.page_html(200, head(visit, w.t("quality-merges")), &table.html(visit))
}

fn load(visit: &Visit<'_>) -> Result<MergeRow, Problem> {
    let id: Id<_> = visit.id("id")?;
    visit.read(|tx| merge::merge_of(tx, id))?.filter(|row| sees(visit, row)).ok_or(Problem::NotFound)
}

/// `GET /quality/merges/{id}`.
pub(in crate::pages) fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = load(visit)?;
    page(visit, &row, 200, form(visit, &row))
}

fn form(visit: &Visit<'_>, row: &MergeRow) -> Option<Form> {
    let w = visit.w;
    let last = row.merged_at.day().plus_days(merge::UNDO_DAYS);
    let open = row.undone_at == Moment::FOREVER && visit.today() <= last;
    let edits = visit.permit(Permission::EditMembers, row.from_unit).is_ok();
    let reason = Field::new("reason", w.t("quality-merge-undo-reason"), Kind::Area).required();
    let action = format!("/quality/merges/{}/undoing", row.merge_id);
    (open && edits).then(|| {
        Form::new(action, w.t("quality-merge-undo"), vec![reason]).cancel(w.t("quality-cancel"), "/quality/merges")
    })
}

fn page(visit: &Visit<'_>, row: &MergeRow, status: u16, form: Option<Form>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let columns =
        vec![Column::new("fact", w.t("quality-merge-fact")), Column::sentences("value", w.t("quality-merge-value"))];
    let mut table = Table::new(w.t("quality-merge"), columns);
    let view = visit.house.census.view(visit.today());
    let name = view.name_of(row.into_id).unwrap_or_else(|| row.into_id.to_string());
    let mut fact = |key: &str, cell: Cell| table.rows.push(vec![Cell::Text(w.t(key).to_owned()), cell]);
    fact("quality-merge-stays", Cell::Link(name, format!("/members/{}", row.into_id)));
    fact("quality-merge-goes", Cell::Text(row.person_id.to_string()));
    fact("quality-merge-from", Cell::Text(units.name(row.from_unit)));
    fact("quality-merge-when", Cell::Text(w.moment(row.merged_at)));
    fact("quality-merge-by", Cell::Text(row.merged_by.clone()));
    fact("quality-merge-reason", Cell::Text(row.reason.clone()));
    fact("quality-campaign-state", state(visit, row));
    if row.undone_at != Moment::FOREVER {
        fact("quality-merge-undone-when", Cell::Text(w.moment(row.undone_at)));
        fact("quality-merge-undone-by", Cell::Text(row.undone_by.clone()));
        fact("quality-merge-undo-reason", Cell::Text(row.undone_reason.clone()));
    }
    let wrong = form.as_ref().is_some_and(|form| !form.issues.is_empty());
    let mut body = table.html(visit);
    body.push_str(&rows(visit, row)?);
    if let Some(form) = form {
        body.push_str("<p>");
        body.push_str(&w.t1("quality-merge-undo-about", "days", merge::UNDO_DAYS));
        body.push_str("</p>");
        body.push_str(&form.html(visit));
    }
    visit.page_html(status, head(visit, w.t("quality-merge")).with_error(wrong), &body)
}

/// What went along with the record that went, and what stayed with it.
fn rows(visit: &Visit<'_>, row: &MergeRow) -> Result<String, Problem> {
    let w = visit.w;
    let handed = visit.read(|tx| actions::rows_of(tx, row.merge_id))?;
    let columns = vec![
        Column::new("what", w.t("quality-merge-rows-what")),
        Column::number("moved", w.t("quality-merge-rows-moved")),
        Column::number("left", w.t("quality-merge-rows-left")),
    ];
    let mut table = Table::new(w.t("quality-merge-rows"), columns);
    table.empty = w.t("quality-merge-rows-none").to_owned();
    let sorted = declared(visit).sorted(&handed);
    let left = sorted.iter().any(|one| one.left > 0);
    for one in sorted {
        let number = |count| Cell::Text(w.n(count));
        table.rows.push(vec![Cell::Text(w.t(one.title).to_owned()), number(one.moved), number(one.left)]);
    }
    let mut out = table.html(visit);
    if left {
        out.push_str("<p class=\"small quiet\">");
        out.push_str(w.t("quality-merge-rows-about"));
        out.push_str("</p>");
    }
    Ok(out)
}

/// `POST /quality/merges/{id}/undoing`.
pub(in crate::pages) fn undo(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = load(visit)?;
    let reason = chibo_kernel::text::clean(visit.form.get("reason")).into_owned();
    let declared = declared(visit);
    match visit.write(|op| actions::undo(op, row.merge_id, &reason, &declared)) {
        Ok(()) => {
            declared.forget(&visit.house.db);
            Ok(Reply::done(format!("/quality/merges/{}", row.merge_id), "quality-merge-undone"))
        }
        Err(problem) => {
            let (status, issues) = again(problem)?;
            // A form that is refused is shown even when the merge looks closed: it carries the reasons.
            let form = form(visit, &row)
                .unwrap_or_else(|| Form::new("/quality/merges", visit.w.t("quality-cancel"), Vec::new()));
            page(visit, &row, status, Some(form.refused(&visit.form, issues)))
        }
    }
}
