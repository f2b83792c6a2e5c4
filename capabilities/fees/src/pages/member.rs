//! The fees of one member: twelve months of each year, by what he pays and since when, every payment.

use askama::Template;
use chibo_kernel::{Id, Moment, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::book_read::{colour, told};
use super::{MENU, at, notes};
use crate::actions::arrears::debtors_of;
use crate::actions::books::line_of;
use crate::actions::categories::{self, holding, profile_of};
use crate::actions::payer::back_fees;
use crate::rules::{Category, Ground, Month, Rates, State};
use crate::store::{self, CategoryRow, LineRow};

/// Years shown.
const YEARS: i32 = 3;

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage<'a> {
    w: Tongue<'a>,
    tabs: String,
    alert: String,
    facts: Vec<(&'a str, String)>,
    strip: String,
    payments: String,
    categories: String,
    notes: String,
}

struct Member {
    person: Id<Person>,
    name: String,
    home: Id<Unit>,
    units: UnitsToday,
    lines: Vec<LineRow>,
    categories: Vec<CategoryRow>,
}

impl Member {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let person: Id<Person> = visit.id("id")?;
        let today = visit.today();
        let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, today))?;
        visit.permit(Permission::ViewMembers, home)?;
        let name = {
            let view = visit.house.census.view(today);
            view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?
        };
        let (from, to) = (Month((today.year() - YEARS + 1) * 12), Month::of(today).plus(12));
        let (lines, categories) = visit.read(|tx| {
            let lines = store::lines_about(tx, person, from.0, to.0, Moment::FOREVER)?;
            Ok((lines, categories::of(tx, person)?))
        })?;
        Ok(Self { person, name, home, units: UnitsToday::of(visit), lines, categories })
    }

    /// Where the member stands with a month: what pays it goes before what says that it is not paid.
    fn state(&self, month: Month) -> Option<State> {
        let rank = |state: &State| match state {
            State::Paid => 0,
            State::Before => 1,
            State::Exempt => 2,
            State::Unpaid => 3,
            State::Unknown => 4,
        };
        let own = self.lines.iter().filter(|line| line.for_month == month.0);
        own.filter_map(|line| State::from_number(line.state)).min_by_key(rank)
    }
}

/// `GET /fees/members/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    let w = visit.w;
    let rates = Rates::of(Month::of(visit.today()))?;
    let debt = visit.read(|tx| debtors_of(tx, member.person, visit.today()))?;
    let alert = debt.filter(|debt| debt.since.is_some()).map_or_else(String::new, |debt| {
        let months: Vec<String> = debt.silent.iter().map(|month| month.text()).collect();
        w.t2("fees-alert-member", ("count", w.n(months.len())), ("months", months.join(", ")))
    });
    let page = MemberPage {
        w,
        tabs: chibo_web::person::tabs(visit, member.person, member.home, "fees-tab"),
        alert,
        facts: facts(visit, &member, &rates)?,
        strip: strip(visit, &member),
        payments: payments(visit, &member)?,
        categories: history(visit, &member),
        notes: notes(visit, &rates.doubtful),
    };
    let mut crumbs = Vec::new();
    if visit.permit(Permission::ViewReports, member.home).is_ok() {
        crumbs.push(Crumb::to(member.units.name(member.home), format!("/fees/units/{}", member.home)));
    }
    crumbs.push(Crumb::to(member.name.as_str(), format!("/members/{}", member.person)));
    crumbs.push(Crumb::here(w.t("fees-tab")));
    let mut head = Head::new(w.t1("fees-of-member", "name", &member.name), MENU).crumbs(crumbs);
    if visit.permit(Permission::EditMembers, member.home).is_ok() {
        let change = format!("/fees/members/{}/category", member.person);
        head = head.action(w.t("fees-category-change"), change, true);
    }
    visit.page(head, &page)
}

/// By what he pays and what he owes this month; the base itself is not shown.
fn facts<'a>(visit: &Visit<'a>, member: &Member, rates: &Rates) -> Result<Vec<(&'a str, String)>, Problem> {
    let w = visit.w;
    let now = holding(&member.categories, rates.month);
    let keys = visit.house.db.keys();
    let profile = now.map(|row| profile_of(keys, row)).transpose()?;
    let age = visit.read(|tx| chibo_members::party_age_of(tx, member.person))?;
    let counted = age.map(|age| age.counted_from(rates.month.last()));
    let here = crate::actions::roll::posted(&visit.house.census, member.home, rates.month, visit.today());
    let exempted = here.iter().any(|other| other.person == member.person && other.exempted);
    let due = rates.due(profile.as_ref(), counted, exempted);
    let category = now.and_then(|row| Category::from_number(row.category));
    let mut facts = vec![
        (w.t("fees-branch"), member.units.name(member.home)),
        (w.t("fees-category"), category.map_or_else(|| w.t("fees-unknown"), |one| w.t(one.word())).to_owned()),
    ];
    if now.is_some_and(|row| !row.base.is_empty()) {
        facts.push((w.t("fees-base"), w.t("fees-masked").to_owned()));
    }
    let owed = match &due {
        None => w.t("fees-unknown-due").to_owned(),
        Some(due) if due.exempt => w.t1("fees-exempt-by", "rule", due.rule),
        Some(due) => w.t2("fees-due-by", ("due", w.n(due.vnd)), ("rule", due.rule)),
    };
    facts.push((w.t("fees-due-now"), owed));
    let missed = visit.read(|tx| back_fees(tx, keys, member.person, exempted))?;
    if !missed.is_empty() {
        let months: Vec<String> = missed
            .iter()
            .map(|(month, due, _)| w.t2("fees-missed-month", ("month", month.text()), ("due", w.n(*due))))
            .collect();
        let sum = missed.iter().map(|(_, due, _)| *due).sum::<i64>();
        facts.push((w.t("fees-missed"), w.t2("fees-missed-due", ("due", w.n(sum)), ("months", months.join("; ")))));
    }
    if let Some(free) = counted.and_then(|day| rates.free_from(day)) {
        facts.push((w.t("fees-free-from"), free.text()));
    }
    Ok(facts)
}

/// A year a row, a month a column; the newest year first.
fn strip(visit: &Visit<'_>, member: &Member) -> String {
    let w = visit.w;
    let year = visit.today().year();
    let month_keys = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"];
    let mut columns = vec![Column::new("year", w.t("fees-year"))];
    columns.extend((1..=12).zip(month_keys).map(|(no, key)| Column::new(key, w.t1("fees-month-short", "no", no))));
    let mut table = Table::new(w.t("fees-strip"), columns);
    for year in (year - YEARS + 1..=year + 1).rev() {
        let states: Vec<Option<State>> = Month::of_year(year).map(|month| member.state(month)).collect();
        if states.iter().all(Option::is_none) {
            continue;
        }
        let mut row = vec![Cell::Text(year.to_string())];
        row.extend(states.into_iter().map(|state| match state {
            Some(state) => Cell::Tag(w.t(state.word()).to_owned(), colour(state)),
            None => Cell::Text("–".to_owned()),
        }));
        table.rows.push(row);
    }
    table.empty = w.t("fees-no-payments").to_owned();
    table.html(visit)
}

fn payments(visit: &Visit<'_>, member: &Member) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("month", w.t("fees-for-month")),
        Column::new("state", w.t("fees-state")),
        Column::number("due", w.t("fees-due-column")),
        Column::number("amount", w.t("fees-amount")),
        Column::new("book", w.t("fees-in-book")),
        Column::new("more", w.t("fees-more")),
    ];
    let mut table = Table::new(w.t("fees-payments"), columns);
    for row in member.lines.iter().rev() {
        let line = line_of(row)?;
        let book = Month(row.book_month);
        let text = w.t2("fees-book-at", ("unit", member.units.name(row.unit_id)), ("month", book.text()));
        let sees = visit.permit(Permission::ViewMembers, row.unit_id).is_ok();
        let place = at(&format!("/fees/units/{}", row.unit_id), book, &[]);
        table.rows.push(vec![
            Cell::Text(line.month.text()),
            Cell::Tag(w.t(line.state.word()).to_owned(), colour(line.state)),
            Cell::Text(w.n(line.due)),
            Cell::Text(w.n(line.amount)),
            if sees { Cell::Link(text, place) } else { Cell::Text(text) },
            Cell::Text(told(visit, &line)),
        ]);
    }
    table.empty = w.t("fees-no-payments").to_owned();
    Ok(table.html(visit))
}

fn history(visit: &Visit<'_>, member: &Member) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("from", w.t("fees-from")),
        Column::new("category", w.t("fees-category")),
        Column::new("base", w.t("fees-base")),
        Column::new("region", w.t("fees-region")),
        Column::sentences("note", w.t("fees-note")),
        Column::new("who", w.t("fees-written")),
    ];
    let mut table = Table::new(w.t("fees-category-history"), columns);
    for row in member.categories.iter().rev() {
        let category = Category::from_number(row.category).map_or("", |one| w.t(one.word()));
        let ground = Ground::from_code(&row.ground).map_or("", |one| w.t(one.word()));
        let said: Vec<&str> = [ground, row.note.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        table.rows.push(vec![
            Cell::Text(Month(row.from_month).text()),
            Cell::Text(category.to_owned()),
            Cell::Text(if row.base.is_empty() { String::new() } else { w.t("fees-masked").to_owned() }),
            Cell::Text(w.t1("fees-region-no", "no", row.region)),
            Cell::Text(said.join(" · ")),
            Cell::Text(w.t2("fees-written-by", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)))),
        ]);
    }
    table.empty = w.t("fees-no-category").to_owned();
    table.html(visit)
}
