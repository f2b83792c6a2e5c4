//! Blocks of dossier numbers, how they are used, and the November report (DOS-08).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Permission, Problem, Said, Unit};
use chibo_organisation::{UnitsToday, pick};
use chibo_web::form::{Kind, again};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::{MENU, Refused, notes};
use crate::actions::{self, NewBlock, Usage, usage};
use crate::rules::{Block, Terms, next_free};
use crate::store::{self, BlockRow, ReportRow};

/// The blocks of an organisation with their use.
pub(crate) struct Lot {
    /// The organisation.
    pub unit: Id<Unit>,
    /// Its blocks in the order they were allotted, with their use.
    pub blocks: Vec<(BlockRow, Usage)>,
    /// This year's last report.
    pub report: Option<ReportRow>,
}

impl Lot {
    /// The number that would be given next.
    pub fn next(&self) -> String {
        let known: Vec<_> = self.blocks.iter().map(|(_, usage)| (usage.block.clone(), usage.greatest)).collect();
        next_free(&known).map_or_else(String::new, |number| number.to_string())
    }
}

/// The blocks of every organisation where the viewer holds a permission, in the order of the tree.
pub(crate) fn lots(visit: &Visit<'_>, units: &UnitsToday, needs: Permission) -> Result<Vec<Lot>, Problem> {
    let year = visit.today().year();
    let mut lots: Vec<Lot> = visit.read(|tx| {
        let reports = store::reports_of_year(tx, year)?;
        let mut lots: Vec<Lot> = Vec::new();
        let mut rows = store::blocks(tx)?;
        rows.sort_by_key(|row| (row.unit_id, row.seq));
        for row in rows {
            if visit.permit(needs, row.unit_id).is_err() {
                continue;
            }
            let block = Block { first: row.first_no, last: row.last_no, letters: row.letters.clone() };
            let Some(used) = usage(tx, &[block])?.pop() else { continue };
            let unit = row.unit_id;
            match lots.last_mut().filter(|lot| lot.unit == unit) {
                Some(lot) => lot.blocks.push((row, used)),
                None => {
                    let report = reports.iter().rfind(|report| report.unit_id == unit).cloned();
                    lots.push(Lot { unit, blocks: vec![(row, used)], report });
                }
            }
        }
        Ok(lots)
    })?;
    lots.sort_by_key(|lot| units.place(lot.unit));
    Ok(lots)
}

/// `GET /cards/numbers`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, "", None)
}

fn page(visit: &Visit<'_>, refused_form: &str, refused: Refused) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let lots = lots(visit, &units, Permission::ViewMembers)?;
    let (status, issues) = refused.unwrap_or((200, Vec::new()));
    let shown = |form: Form, name: &str| {
        if name == refused_form && status != 200 { form.refused(&visit.form, issues.clone()) } else { form }.html(visit)
    };
    let mut body = format!("<p>{}</p>{}", w.t("cards-lots-about"), table(visit, &units, &lots));
    let own: Vec<_> = lots.iter().filter(|lot| visit.permit(Permission::EditMembers, lot.unit).is_ok()).collect();
    let section = |title: &str, form: String| format!("<section class=\"card\"><h2>{title}</h2>{form}</section>");
    if !own.is_empty() {
        let choices = own.iter().map(|lot| (lot.unit.to_string(), units.name(lot.unit))).collect();
        let fields = vec![Field::new("unit", w.t("cards-unit"), Kind::Select(choices)).required()];
        let form = Form::new("/cards/numbers/reports", w.t("cards-report-send"), fields);
        body.push_str(&section(&w.t1("cards-report-title", "year", visit.today().year()), shown(form, "report")));
    }
    if may_allot(visit, &units) {
        body.push_str(&section(w.t("cards-lot-title"), shown(block_form(visit), "block")));
    }
    body.push_str(&notes(visit, &Terms::on(visit.today())?.doubtful, &["DOS-08"]));
    let crumbs = vec![Crumb::to(w.t("cards-title"), "/cards"), Crumb::here(w.t("cards-lots"))];
    let mut head = Head::new(w.t("cards-lots"), MENU).crumbs(crumbs).with_error(status != 200);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("cards-lots-export"), "/cards/numbers/export.xlsx", false);
    }
    visit.page_html(status, head, &body)
}

/// The city allots: whoever may edit members at the top of the tree.
fn may_allot(visit: &Visit<'_>, units: &UnitsToday) -> bool {
    units.id(0).is_some_and(|top| visit.permit(Permission::EditMembers, top).is_ok())
}

fn table(visit: &Visit<'_>, units: &UnitsToday, lots: &[Lot]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("unit", w.t("cards-unit")),
        Column::new("block", w.t("cards-lot-block")),
        Column::number("size", w.t("cards-lot-numbers")),
        Column::number("used", w.t("cards-lot-used-column")),
        Column::number("free", w.t("cards-lot-free")),
        Column::new("next", w.t("cards-lot-next")),
        Column::new("report", w.t1("cards-report-column", "year", visit.today().year())),
    ];
    let mut table = Table::new(w.t("cards-lots"), columns);
    table.empty = w.t("cards-lots-none").to_owned();
    for lot in lots {
        for (row, usage) in &lot.blocks {
            let (first, last) = usage.block.ends();
            let last_block = lot.blocks.last().is_some_and(|(other, _)| other.seq == row.seq);
            let report = match &lot.report {
                _ if !last_block => Cell::Text(String::new()),
                Some(report) => Cell::Tag(w.day(report.on_day), "ok"),
                None => Cell::Tag(w.t("cards-report-missing").to_owned(), "warn"),
            };
            table.rows.push(vec![
                Cell::Link(units.name(lot.unit), format!("/units/{}", lot.unit)),
                Cell::Text(format!("{first} – {last}")),
                Cell::Text(w.n(usage.block.size())),
                Cell::Text(w.n(usage.used)),
                Cell::Text(w.n(usage.free())),
                Cell::Text(if last_block { lot.next() } else { String::new() }),
                report,
            ]);
        }
    }
    table.html(visit)
}

fn block_form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    let picked = pick::unit(visit, "to");
    let mut fields = vec![Field::text("to", w.t("cards-unit")).hint(w.t("cards-lot-unit-hint")).required()];
    fields.extend(picked.choice("to", w.t("units-pick-which")));
    fields.extend([
        Field::text("first", w.t("cards-lot-first")).hint(w.t("cards-lot-first-hint")).required(),
        Field::text("last", w.t("cards-lot-last")).hint(w.t("cards-lot-last-hint")).required(),
        Field::text("letters", w.t("cards-lot-letters-field")).hint(w.t("cards-lot-letters-hint")).required(),
        Field::new("on", w.t("cards-lot-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("cards-lot-paper")),
    ]);
    Form::new("/cards/numbers/blocks", w.t("cards-lot-send"), fields)
}

fn read(visit: &Visit<'_>) -> Result<NewBlock, Problem> {
    let form = &visit.form;
    let mut issues = Vec::new();
    let unit = pick::unit(visit, "to").one("to", "cards-unit-unknown").map_err(|issue| issues.push(issue)).ok();
    let mut value = |field: &str| {
        let digits: String = form.get(field).chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let read = digits.parse::<u32>().ok().filter(|_| digits.len() <= 6);
        if read.is_none() {
            issues.push(chibo_web::form::missing(field, "cards-lot-range"));
        }
        read
    };
    let (first, last) = (value("first"), value("last"));
    let on = form.day("on", visit.today())?.ok_or_else(|| Problem::field("on", Said::new("cards-day-needed")))?;
    match (unit, first, last) {
        (Some(unit), Some(first), Some(last)) => Ok(NewBlock {
            unit,
            block: Block { first, last, letters: clean(form.get("letters")).to_uppercase() },
            on,
            number: clean(form.get("number")).into_owned(),
        }),
        _ => Err(Problem::Refused(issues)),
    }
}

/// `POST /cards/numbers/blocks`.
pub(super) fn allot(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let done = read(visit).and_then(|new| visit.write(|op| actions::allot(op, &new)));
    match done {
        Ok(()) => Ok(Reply::done("/cards/numbers", "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, "block", Some(refused))
        }
    }
}

/// `POST /cards/numbers/reports`.
pub(super) fn report(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit: Id<Unit> = visit.form.get("unit").parse().map_err(|_| Problem::NotFound)?;
    let year = visit.today().year();
    match visit.write(|op| actions::report(op, unit, year)) {
        Ok(()) => Ok(Reply::done("/cards/numbers", "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, "report", Some(refused))
        }
    }
}
