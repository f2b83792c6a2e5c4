//! The books of a keeper of dossiers: out for reading (DOS-06), checked, handed over (DOS-05).

use std::collections::{BTreeMap, HashMap};

use chibo_census::{Codes, Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::dims::official_standings;
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind;
use chibo_web::form::boxed;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::ask::{unit_of, with_unit};
use super::{FILES, Refused, lend, notes};
use crate::rules::Terms;
use crate::store::{self, CheckRow, GapRow, HandoverRow, LoanRow};

/// Keepers on one page.
const ROWS: usize = 100;
/// Loans of a keeper that are shown.
const LOANS: i64 = 100;

/// The books of one keeper.
struct Books {
    loans: Vec<LoanRow>,
    back: HashMap<(Id<Person>, u32), Day>,
    checks: Vec<CheckRow>,
    gaps: Vec<GapRow>,
    handovers: Vec<HandoverRow>,
}

impl Books {
    fn load(visit: &Visit<'_>, keeper: Id<Unit>) -> Result<Self, Problem> {
        visit.read(|tx| {
            let mut loans = store::out(tx)?;
            loans.retain(|row| row.unit_id == keeper);
            let closed = store::loans_of(tx, keeper, LOANS)?;
            loans.extend(closed.into_iter().filter(|row| row.is_out == 0));
            let mut back = HashMap::new();
            for row in loans.iter().filter(|row| row.is_out == 0) {
                let returns = store::returns_of(tx, row.person_id)?;
                back.extend(returns.into_iter().map(|one| ((one.person_id, one.seq), one.on_day)));
            }
            Ok(Self {
                loans,
                back,
                checks: store::checks_of(tx, keeper)?,
                gaps: store::gaps_of(tx, keeper)?,
                handovers: store::handovers_of(tx, keeper)?,
            })
        })
    }
}

/// Whose dossiers an organisation keeps (DOS-02): base organisations those of official members, organisations directly
/// under the city those of members on probation; none for others.
fn kept(units: &UnitsToday, place: u32) -> Option<Codes> {
    let kind = |place: u32| Kind::from_number(units.tree.kind(place));
    let under_city = units.tree.parent(place).is_some_and(|above| kind(above) == Some(Kind::City));
    let own = kind(place)?;
    let mut kept = match own.is_base_organisation() {
        true => official_standings(),
        false if own == Kind::Upper && under_city => Codes::default(),
        false => return None,
    };
    if under_city {
        kept.insert(u32::from(Standing::Probationary.number()));
    }
    Some(kept)
}

/// Whether an organisation keeps dossiers (DOS-02).
pub(crate) fn keeps(units: &UnitsToday, place: u32) -> bool {
    kept(units, place).is_some()
}

/// How many dossiers a keeper has by the list.
pub(super) fn listed(visit: &Visit<'_>, keeper: Id<Unit>) -> u64 {
    let units = UnitsToday::of(visit);
    let Some(members) = units.place(keeper).and_then(|place| kept(&units, place)) else { return 0 };
    let view = visit.house.census.view(visit.today());
    let Some(unit) = view.forest().no(keeper) else { return 0 };
    let at = AsOf::on(visit.today());
    view.count(&Query { members: Some(members), scope: Scope::Unit(unit), ..Query::at(at) })
}

/// `GET /cards/dossiers?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    match unit_of(visit, Permission::ViewMembers)? {
        Some(keeper) => page(visit, keeper, "", None),
        None => keepers(visit),
    }
}

/// Every keeper in sight with its last check.
fn keepers(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (units, today) = (UnitsToday::of(visit), visit.today());
    let terms = Terms::on(today)?;
    let (last, out) = visit.read(|tx| Ok((store::last_checks(tx)?, store::out(tx)?)))?;
    let last: HashMap<Id<Unit>, Day> = last.into_iter().map(|row| (row.unit_id, row.on_day)).collect();
    let mut loans: BTreeMap<Id<Unit>, (i64, i64)> = BTreeMap::new();
    for row in &out {
        let sums = loans.entry(row.unit_id).or_default();
        sums.0 += 1;
        sums.1 += i64::from(row.due_on < today);
    }
    let sees = |place: &u32| visit.who().system || visit.who().may_at(Permission::ViewMembers, *place);
    let keepers: Vec<u32> = (0..units.tree.len()).filter(|place| keeps(&units, *place)).filter(sees).collect();
    let page = visit.rows(keepers.len(), ROWS);
    let columns = vec![
        Column::new("unit", w.t("cards-keeper")),
        Column::number("listed", w.t("cards-listed")),
        Column::new("checked", w.t("cards-files-checked")),
        Column::number("out", w.t("cards-files-out")),
        Column::number("late", w.t("cards-files-late")),
    ];
    let mut table = Table::new(w.t("cards-keepers"), columns);
    table.empty = w.t("cards-keepers-none").to_owned();
    for place in keepers.get(page.clone()).unwrap_or_default() {
        let Some(unit) = units.id(*place) else { continue };
        let (out, late) = loans.get(&unit).copied().unwrap_or_default();
        let checked = match last.get(&unit) {
            Some(day) if terms.next_files(*day) >= today => Cell::Tag(w.day(*day), "ok"),
            Some(day) => Cell::Tag(w.day(*day), "bad"),
            None => Cell::Tag(w.t("cards-files-never").to_owned(), "warn"),
        };
        table.rows.push(vec![
            Cell::Link(units.name(unit), with_unit("/cards/dossiers", Some(unit))),
            Cell::Text(w.n(i64::try_from(listed(visit, unit)).unwrap_or(i64::MAX))),
            checked,
            Cell::Text(w.n(out)),
            Cell::Text(w.n(late)),
        ]);
    }
    table.page(visit, &page, keepers.len(), "cards-rows");
    let mut head = Head::new(w.t("cards-files"), FILES).action(w.t("cards-open-books"), "/cards/books", false);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("cards-files-export"), "/cards/dossiers/export.xlsx", false);
    }
    let notes = notes(visit, &terms.doubtful, &["DOS-05", "DOS-06"]);
    let body = format!("<p>{}</p>{}{notes}", w.t("cards-files-about"), table.html(visit));
    visit.page_html(200, head, &body)
}

/// The books of one keeper, after a form that was refused with its issues.
pub(super) fn page(visit: &Visit<'_>, keeper: Id<Unit>, form: &str, refused: Refused) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let books = Books::load(visit, keeper)?;
    let (status, issues) = refused.unwrap_or((200, Vec::new()));
    let may = visit.permit(Permission::EditMembers, keeper).is_ok();
    let shown = |made: chibo_web::Form, name: &str| {
        if name == form && status != 200 { made.refused(&visit.form, issues.clone()) } else { made }.html(visit)
    };
    let section = |title: &str, html: &str| format!("<section class=\"card\"><h2>{title}</h2>{html}</section>");
    let (out, closed): (Vec<_>, Vec<_>) = books.loans.iter().partition(|row| row.is_out == 1);
    let rows = out_table(visit, &out, may);
    let rows = match may && !out.is_empty() {
        true => shown(lend::back_form(visit, keeper).about(rows), "back"),
        false => rows,
    };
    let mut body = section(w.t("cards-files-out"), &rows);
    if may {
        body.push_str(&section(w.t("cards-loan-title"), &shown(lend::loan_form(visit, keeper), "loan")));
    }
    let mut checks = check_table(visit, &books);
    if may {
        checks.push_str(&format!("<h3>{}</h3>", w.t("cards-check-files-title")));
        checks.push_str(&shown(lend::check_form(visit, keeper), "check"));
    }
    body.push_str(&section(w.t("cards-checks"), &checks));
    let mut handovers = handover_table(visit, &books.handovers);
    if may {
        handovers.push_str(&format!("<h3>{}</h3>", w.t("cards-handover-title")));
        handovers.push_str(&shown(lend::handover_form(visit, keeper), "handover"));
    }
    body.push_str(&section(w.t("cards-handovers"), &handovers));
    body.push_str(&section(w.t("cards-loans-closed"), &closed_table(visit, &closed, &books)));
    body.push_str(&notes(visit, &Terms::on(visit.today())?.doubtful, &["DOS-05", "DOS-06"]));
    let crumbs = vec![Crumb::to(w.t("cards-files"), "/cards/dossiers"), Crumb::here(units.name(keeper))];
    let title = w.t1("cards-files-of", "unit", units.name(keeper));
    let head = Head::new(title, FILES).crumbs(crumbs).with_error(status != 200);
    visit.page_html(status, head, &body)
}

fn name_of(visit: &Visit<'_>, person: Id<Person>) -> String {
    let view = visit.house.census.view(visit.today());
    view.name_of(person).unwrap_or_default()
}

fn out_table(visit: &Visit<'_>, out: &[&LoanRow], may: bool) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("member", w.t("cards-loan-member")),
        Column::new("borrower", w.t("cards-loan-borrower")),
        Column::new("consent", w.t("cards-loan-consent")),
        Column::new("out", w.t("cards-loan-out")),
        Column::new("due", w.t("cards-loan-due-column")),
    ];
    let mut table = Table::new(w.t("cards-files-out"), columns);
    table.empty = w.t("cards-files-none-out").to_owned();
    for row in out {
        let name = name_of(visit, row.person_id);
        let mut link = String::new();
        chibo_web::table::link(&mut link, &name, &format!("/cards/members/{}", row.person_id));
        let key = format!("{}-{}", row.person_id, row.seq);
        let first = match may {
            true => boxed(visit, ("which", &key), &w.t1("cards-choose", "name", &name), &link),
            false => Cell::Html(link),
        };
        let late = row.due_on < visit.today();
        let due = if late { Cell::Tag(w.day(row.due_on), "bad") } else { Cell::Text(w.day(row.due_on)) };
        let (borrower, consent) = (Cell::Text(row.borrower.clone()), Cell::Text(row.consent.clone()));
        table.rows.push(vec![first, borrower, consent, Cell::Text(w.day(row.out_on)), due]);
    }
    table.html(visit)
}

fn closed_table(visit: &Visit<'_>, closed: &[&LoanRow], books: &Books) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("member", w.t("cards-loan-member")),
        Column::new("borrower", w.t("cards-loan-borrower")),
        Column::new("purpose", w.t("cards-loan-purpose")),
        Column::new("out", w.t("cards-loan-out")),
        Column::new("back", w.t("cards-loan-back")),
    ];
    let mut table = Table::new(w.t("cards-loans-closed"), columns);
    table.empty = w.t("cards-loans-none").to_owned();
    for row in closed {
        let back = books.back.get(&(row.person_id, row.seq)).map_or_else(String::new, |day| w.day(*day));
        table.rows.push(vec![
            Cell::Link(name_of(visit, row.person_id), format!("/cards/members/{}", row.person_id)),
            Cell::Text(row.borrower.clone()),
            Cell::Text(row.purpose.clone()),
            Cell::Text(w.day(row.out_on)),
            Cell::Text(back),
        ]);
    }
    table.html(visit)
}

fn check_table(visit: &Visit<'_>, books: &Books) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("on", w.t("cards-on")),
        Column::number("listed", w.t("cards-listed")),
        Column::number("found", w.t("cards-found")),
        Column::sentences("gaps", w.t("cards-gaps")),
        Column::new("who", w.t("cards-who")),
    ];
    let mut table = Table::new(w.t("cards-checks"), columns);
    table.empty = w.t("cards-checks-none").to_owned();
    for row in books.checks.iter().rev() {
        let gaps = books.gaps.iter().filter(|gap| gap.seq == row.seq);
        let said = |gap: &GapRow| {
            let key = if gap.side == 1 { "cards-gap-missing" } else { "cards-gap-surplus" };
            w.t1(key, "what", &gap.what)
        };
        table.rows.push(vec![
            Cell::Text(w.day(row.on_day)),
            Cell::Text(w.n(row.listed)),
            Cell::Text(w.n(row.found)),
            Cell::Text(gaps.map(said).collect::<Vec<_>>().join("; ")),
            Cell::Text(row.recorded_by.clone()),
        ]);
    }
    table.html(visit)
}

fn handover_table(visit: &Visit<'_>, rows: &[HandoverRow]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("on", w.t("cards-on")),
        Column::new("giver", w.t("cards-handover-giver")),
        Column::new("taker", w.t("cards-handover-taker")),
        Column::number("dossiers", w.t("cards-handover-count")),
        Column::new("minutes", w.t("cards-handover-minutes")),
        Column::sentences("note", w.t("cards-note")),
    ];
    let mut table = Table::new(w.t("cards-handovers"), columns);
    table.empty = w.t("cards-handovers-none").to_owned();
    for row in rows.iter().rev() {
        table.rows.push(vec![
            Cell::Text(w.day(row.on_day)),
            Cell::Text(row.giver.clone()),
            Cell::Text(row.taker.clone()),
            Cell::Text(w.n(row.dossiers)),
            Cell::Text(row.minutes.clone()),
            Cell::Text(row.note.clone()),
        ]);
    }
    table.html(visit)
}
