//! The dashboard of a unit (tổng quan): figures of a day, how they came about, what they consist of.

mod facts;
mod july;
mod sections;

use askama::Template;
use chibo_census::Bounds;
use chibo_kernel::{Permission, Problem};
use chibo_members::dims::{Dimension, Ground};
use chibo_organisation::kinds::Kind;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Head, Pressing, Reply, Visit, pressing_of};

use crate::OVERVIEW;
use crate::spot::{self, Spot};
use facts::Facts;
use sections::Links;

/// One figure of the strip.
struct Figure {
    label: String,
    number: String,
    href: String,
    note: String,
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct DashboardPage<'a> {
    w: Tongue<'a>,
    due: Vec<(&'static str, &'a str, String, String)>,
    switch: Vec<(String, String, bool)>,
    notes: Vec<(String, Option<(String, String)>)>,
    bounds: Vec<(&'a str, String, bool)>,
    figures: Vec<Figure>,
    sections: String,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomePage<'a> {
    w: Tongue<'a>,
    hello: String,
    links: Vec<(&'a str, &'static str)>,
}

/// `GET /?unit=&day=&known=`.
pub(crate) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    if !visit.who().may_somewhere(Permission::ViewReports) {
        return welcome(visit);
    }
    let unit = spot::asked_unit(visit)?;
    if let Some(page) = super::loading(visit, OVERVIEW) {
        return page;
    }
    let view = visit.house.census.view(visit.today());
    let spot = Spot::new(visit, &view, unit)?;
    if spot.ground == Ground::Absent {
        drop(view);
        return super::absent(visit, &spot, "/", OVERVIEW);
    }
    let facts = Facts::gather(visit.who(), &view, &spot)?;
    drop(view);
    page(visit, &spot, &facts)
}

fn page(visit: &Visit<'_>, spot: &Spot, facts: &Facts) -> Result<Reply, Problem> {
    let w = visit.w;
    let links = Links { unit: spot.unit, asked: spot.asked(), open: facts.lists_open && spot.is_itself() };
    let page = DashboardPage {
        w,
        due: if visit.query.0.is_empty() { due(visit)? } else { Vec::new() },
        switch: switch(visit, spot),
        notes: notes(w, spot),
        bounds: bounds(w, spot),
        figures: figures(w, spot, facts, &links),
        sections: sections::html(w, spot, facts, &links),
    };
    let mut crumbs = spot.crumbs();
    if !crumbs.is_empty() {
        crumbs.push(Crumb::here(spot.name.clone()));
    }
    let head = Head::new(spot.name.clone(), OVERVIEW)
        .crumbs(crumbs)
        .as_of(spot.at)
        .action(w.t("reports-unit-page"), format!("/units/{}", spot.unit), false)
        .action(w.t(crate::CROSSTAB), format!("/crosstab?{}", spot.asked()), false);
    visit.page(head, &page)
}

/// Somebody without reports anywhere: a greeting, and the entries of their menu.
fn welcome(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (w, who) = (visit.w, visit.who());
    let items = visit.house.capabilities.iter().flat_map(|capability| capability.menu.iter());
    let mut items: Vec<_> = items.filter(|item| item.needs.is_none_or(|needs| who.may_somewhere(needs))).collect();
    items.sort_by_key(|item| item.rank);
    let page = WelcomePage {
        w,
        hello: w.t1("reports-welcome-hello", "name", &who.name),
        links: items.iter().map(|item| (w.t(item.key), item.href)).collect(),
    };
    visit.page(Head::new(w.t("reports-welcome-title"), OVERVIEW), &page)
}

/// What is due now: colour, word, number, address. Nothing for those who have nothing to do.
fn due<'a>(visit: &Visit<'a>) -> Result<Vec<(&'static str, &'a str, String, String)>, Problem> {
    let w = visit.w;
    let counts = pressing_of(visit)?;
    let line = |(degree, count): (Pressing, usize)| {
        let (colour, word) = match degree {
            Pressing::Overdue => ("bad", "reports-due-overdue"),
            Pressing::Now => ("warn", "reports-due-now"),
            Pressing::Soon => ("gold", "reports-due-soon"),
            Pressing::Later => return None,
        };
        let number = w.n(i64::try_from(count).unwrap_or(i64::MAX));
        (count > 0).then(|| (colour, w.t(word), number, format!("/today?due={}", degree.code())))
    };
    Ok(Pressing::ALL.into_iter().zip(counts).filter_map(line).collect())
}

/// Those with several grants go from one to another.
fn switch(visit: &Visit<'_>, spot: &Spot) -> Vec<(String, String, bool)> {
    let granted = spot::granted(visit);
    if granted.len() < 2 {
        return Vec::new();
    }
    let today = spot.places.tree();
    let name = |unit| {
        let no = spot.forest.no(unit)?;
        let facts = today.facts(today.place_of(no)?).or_else(|| spot.forest.last_facts(no))?;
        Some(chibo_members::dims::short(facts).to_owned())
    };
    let entry = |unit| Some((name(unit)?, format!("/?unit={unit}{}", spot.when()), unit == spot.unit));
    granted.into_iter().filter_map(entry).collect()
}

/// The same figures by the boundaries of the day and by today's.
fn bounds<'a>(w: Tongue<'a>, spot: &Spot) -> Vec<(&'a str, String, bool)> {
    spot.both_bounds().into_iter().map(|(key, asked, chosen)| (w.t(key), format!("/?{asked}"), chosen)).collect()
}

/// What must be known to read the figures right: text, and where to go on.
fn notes(w: Tongue<'_>, spot: &Spot) -> Vec<(String, Option<(String, String)>)> {
    let mut notes = Vec::new();
    if spot.bounds == Bounds::Now {
        notes.push((w.t1("reports-bounds-note", "day", w.day(spot.at.day)), None));
    }
    if spot.ground == Ground::Forerunners {
        let text = w.t2("reports-forerunners", ("unit", &spot.name), ("day", w.day(spot.at.day)));
        notes.push((text, Some((w.t("reports-today").to_owned(), format!("/?unit={}", spot.unit)))));
    } else if spot.stands_today().is_none() {
        let text = w.t1("reports-abolished", "unit", &spot.name);
        let next = spot.successor().filter(|(unit, _)| *unit != spot.unit);
        notes.push((text, next.map(|(unit, name)| (name, format!("/?unit={unit}")))));
    }
    notes
}

fn figures(w: Tongue<'_>, spot: &Spot, facts: &Facts, links: &Links) -> Vec<Figure> {
    let figure = |key: &str, number: String, href: String, note: String| Figure {
        label: w.t(key).to_owned(),
        number,
        href,
        note,
    };
    let count = |kind: Kind| u64::from(facts.units.of(kind));
    let (base, base_branches) = (count(Kind::Base), count(Kind::BaseBranch));
    let base_note = w.t2("reports-base-parts", ("base", w.n(base)), ("branches", w.n(base_branches)));
    let mut figures = vec![
        figure("reports-members", w.n(facts.total), links.of(&[]), change(w, facts)),
        figure("reports-base", w.n(base + base_branches), links.table(Dimension::Child, Dimension::Kind), base_note),
        figure(
            "reports-branches",
            w.n(count(Kind::Branch)),
            format!("{}&f=kind:{}", links.table(Dimension::Setting, Dimension::Kind), Kind::Branch.number()),
            String::new(),
        ),
        figure(
            "reports-probationary",
            w.n(facts.probationary),
            links.of(&[(Dimension::Standing, 1)]),
            w.percent(facts.probationary, facts.total),
        ),
        figure(
            "reports-women",
            w.percent(facts.women, facts.total),
            links.of(&[(Dimension::Sex, 2)]),
            w.t1("reports-women-count", "count", w.n(facts.women)),
        ),
    ];
    // Inside a branch there are no organisations to count.
    if spot.kind().is_some_and(Kind::holds_members) {
        figures.drain(1..3);
    }
    figures
}

/// The change against a year before, in the scope of today.
fn change(w: Tongue<'_>, facts: &Facts) -> String {
    let Some((before, now)) = facts.year_before else { return String::new() };
    let by = w.n(now.abs_diff(before));
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => w.t1("reports-more", "by", by),
        std::cmp::Ordering::Less => w.t1("reports-fewer", "by", by),
        std::cmp::Ordering::Equal => w.t("reports-as-many").to_owned(),
    }
}
