//! By what the members of a branch pay, all in one form; amounts stored are neither shown nor needed again.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::html::push;
use chibo_web::table::{Column, link};
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::category::{amount, choices};
use super::{MENU, again, forms, missing, notes};
use crate::actions::books::keeps_book;
use crate::actions::categories::{self, holding};
use crate::actions::roll;
use crate::rules::{Category, Ground, Month, Rates, Stated};
use crate::store::CategoryRow;

struct Loaded {
    unit: Id<Unit>,
    name: String,
    members: Vec<(Id<Person>, String, Option<CategoryRow>)>,
}

impl Loaded {
    fn of(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::EditMembers, unit)?;
        let census = &visit.house.census;
        if !keeps_book(census, unit) {
            return Err(Problem::NotFound);
        }
        let today = Month::of(visit.today());
        let members = roll::posted(census, unit, today, visit.today());
        let members = visit.read(|tx| {
            let mut all = Vec::with_capacity(members.len());
            for member in members {
                let rows = categories::of(tx, member.person)?;
                all.push((member.person, member.name, holding(&rows, today).cloned()));
            }
            Ok(all)
        })?;
        Ok(Self { unit, name: UnitsToday::of(visit).name(unit), members })
    }

    fn address(&self) -> String {
        format!("/fees/units/{}/categories", self.unit)
    }
}

/// `GET /fees/units/{id}/categories`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let loaded = Loaded::of(visit)?;
    page(visit, &loaded, None)
}

fn page(visit: &Visit<'_>, loaded: &Loaded, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let today = Month::of(visit.today());
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let issues = refused.map(|(_, issues)| issues).unwrap_or_default();
    let columns = vec![
        Column::new("name", w.t("fees-member")),
        Column::new("category", w.t("fees-category")),
        Column::new("base", w.t("fees-base")),
        Column::new("more", w.t("fees-more")),
    ];
    let mut table = Table::new(w.t("fees-categories"), columns);
    table.empty = w.t("fees-nobody-here").to_owned();
    table.rows =
        loaded.members.iter().map(|(person, name, row)| cells(visit, *person, name, row.as_ref(), &issues)).collect();
    let fields = vec![Field::text("from", w.t("fees-from")).value(today.text()).hint(w.t("fees-from-hint")).required()];
    let mut form = Form::new(loaded.address(), w.t("fees-categories-send"), fields)
        .cancel(w.t("fees-cancel"), format!("/fees/units/{}", loaded.unit))
        .about(table.html(visit));
    if !issues.is_empty() {
        form = form.refused(&visit.form, issues);
    }
    let crumbs = vec![
        Crumb::to(loaded.name.as_str(), format!("/fees/units/{}", loaded.unit)),
        Crumb::here(w.t("fees-categories")),
    ];
    let title = w.t1("fees-categories-of", "unit", &loaded.name);
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    let body = format!(
        "<p>{}</p>{}{}",
        w.t("fees-categories-about"),
        form.html(visit),
        notes(visit, &Rates::of(today)?.doubtful)
    );
    visit.page_html(status, head, &body)
}

fn cells(visit: &Visit<'_>, person: Id<Person>, name: &str, row: Option<&CategoryRow>, issues: &[Issue]) -> Vec<Cell> {
    let w = visit.w;
    let id = person.to_string();
    let field = |name: &str| format!("{name}-{id}");
    let shown = |name: &str, otherwise: String| {
        if issues.is_empty() { otherwise } else { visit.form.get(&field(name)).to_owned() }
    };
    let mut first = String::new();
    link(&mut first, name, &format!("/fees/members/{id}"));
    let own = |issue: &&Issue| issue.field.as_deref().is_some_and(|field| field.ends_with(id.as_str()));
    for issue in issues.iter().filter(own) {
        first.push_str("<p class=\"error-message\">");
        push(&mut first, &w.said(&issue.said));
        first.push_str("</p>");
    }
    let (mut category, mut base, mut more) = (String::new(), String::new(), String::from("<details><summary>"));
    let now = shown("category", row.map_or_else(String::new, |row| row.category.to_string()));
    forms::select(
        &mut category,
        (&field("category"), &label(visit, "fees-category", name)),
        &choices(visit, Some("fees-unknown")),
        &now,
    );
    let known = row.is_some_and(|row| !row.base.is_empty());
    let what = if known { w.t("fees-base-known") } else { w.t("fees-base") };
    forms::text(&mut base, (&field("base"), what), &shown("base", String::new()), true);
    push(&mut more, w.t("fees-more"));
    more.push_str("<span class=\"visually-hidden\">: ");
    push(&mut more, name);
    more.push_str("</span></summary>");
    let regions: Vec<_> = (1..=4).map(|no| (no.to_string(), w.t1("fees-region-no", "no", no))).collect();
    let region = shown("region", row.map_or(1, |row| row.region).to_string());
    forms::select(&mut more, (&field("region"), w.t("fees-region")), &regions, &region);
    let mut grounds = vec![(String::new(), w.t("fees-ground-none").to_owned())];
    grounds.extend(Ground::ALL.map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())));
    let ground = shown("ground", row.map_or_else(String::new, |row| row.ground.clone()));
    forms::select(&mut more, (&field("ground"), w.t("fees-ground")), &grounds, &ground);
    more.push_str("</details>");
    vec![Cell::Html(first), Cell::Html(category), Cell::Html(base), Cell::Html(more)]
}

fn label(visit: &Visit<'_>, key: &str, name: &str) -> String {
    format!("{}: {name}", visit.w.t(key))
}

/// The members about whom something else is said than what is stored.
fn changed(visit: &Visit<'_>, loaded: &Loaded, from: Month, issues: &mut Vec<Issue>) -> Vec<(Id<Person>, Stated)> {
    let mut all = Vec::new();
    for (person, _, row) in &loaded.members {
        let get = |name: &str| visit.form.get(&format!("{name}-{person}"));
        let Some(category) = get("category").parse().ok().and_then(Category::from_number) else { continue };
        let base = amount(visit, &format!("base-{person}"), issues);
        let region = get("region").parse().unwrap_or(1);
        let ground = Ground::from_code(get("ground"));
        let same = row.as_ref().is_some_and(|row| {
            let stored = Ground::from_code(&row.ground);
            row.category == category.number()
                && row.region == region
                && (category != Category::Exempt || stored == ground)
        });
        if !same || base.is_some() {
            all.push((*person, Stated { from, category, base, ground, region, note: String::new() }));
        }
    }
    all
}

/// `POST /fees/units/{id}/categories`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let loaded = Loaded::of(visit)?;
    let mut issues = Vec::new();
    let Some(from) = Month::parse(clean(visit.form.get("from")).as_ref()) else {
        return page(visit, &loaded, Some((422, vec![missing("from", "fees-month-bad")])));
    };
    let all = changed(visit, &loaded, from, &mut issues);
    if all.is_empty() && issues.is_empty() {
        issues.push(missing("from", "fees-nothing-changed"));
    }
    if !issues.is_empty() {
        return page(visit, &loaded, Some((422, issues)));
    }
    match visit.write(|op| categories::state_all(op, &all)) {
        Ok(_) => Ok(Reply::done(format!("/fees/units/{}", loaded.unit), "saved")),
        Err(problem) => page(visit, &loaded, Some(again(problem)?)),
    }
}
