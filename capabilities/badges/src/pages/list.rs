//! The page of an award day: figures, who is due by badge and unit, the list with what can be done to many at once.

use std::collections::BTreeMap;

use askama::Template;
use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::form::boxed;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, doubt};

use super::MENU;
use super::ask::{Ask, Stand};
use super::roll::{Line, Roll};
use super::steps::{self, Offer};
use crate::rules::Terms;

/// Members on one page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "roll.html")]
struct RollPage<'a> {
    w: Tongue<'a>,
    about: String,
    days: Vec<(String, String, bool)>,
    figures: Vec<(&'a str, String, String)>,
    list: String,
    chart: String,
    parts: String,
    notes: String,
}

/// `GET /badges?award=&unit=&years=&state=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, terms) = Ask::read(visit)?;
    page(visit, &ask, &terms, Vec::new())
}

/// The page, after a form that was refused with its issues.
pub(super) fn page(visit: &Visit<'_>, ask: &Ask, terms: &Terms<'_>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let roll = Roll::take(visit, ask, terms)?;
    let fitting = roll.fitting(ask);
    let offers = steps::offers(visit, ask, &fitting);
    let page = RollPage {
        w,
        about: w.with(
            "badges-about",
            &[
                ("from", w.day(ask.award.from)),
                ("to", w.day(ask.award.to.plus_days(-1))),
                ("files", w.day(ask.award.files_by)),
            ],
        ),
        days: days(visit, ask, terms),
        figures: figures(visit, ask, &roll),
        list: list(visit, ask, &roll, &fitting, &offers, &issues),
        chart: by_years(visit, ask, &roll),
        parts: by_part(visit, ask, &roll),
        notes: doubt::card(w.t("badges-notes"), &doubt::notes(w, terms.notes.iter().copied())),
    };
    let status = if issues.is_empty() { 200 } else { 422 };
    visit.page_with(status, head(visit, ask, &roll).with_error(!issues.is_empty()), &page)
}

fn head(visit: &Visit<'_>, ask: &Ask, roll: &Roll) -> Head {
    let w = visit.w;
    let day = w.day(ask.award.on);
    let title = match ask.unit {
        Some(unit) => w.t2("badges-title-of", ("unit", roll.units.name(unit)), ("day", &day)),
        None => w.t1("badges-title-on", "day", &day),
    };
    let mut head = Head::new(title, MENU);
    if let Some(unit) = ask.unit {
        let all = Ask { unit: None, ..*ask }.address("/badges");
        head = head.crumbs(vec![Crumb::to(w.t("badges-title"), all), Crumb::here(roll.units.name(unit))]);
    }
    if ask.years.is_some() || ask.stand.is_some() {
        head = head.action(w.t("badges-no-filter"), Ask { years: None, stand: None, ..*ask }.address("/badges"), false);
    }
    if visit.who().may_somewhere(Permission::Export) {
        head = head
            .action(w.t("badges-export"), ask.address("/badges/export.xlsx"), false)
            .action(w.t("badges-pdf"), ask.address("/badges/list.pdf"), false)
            .action(w.t("badges-docx"), ask.address("/badges/list.docx"), false)
            .action(w.t("badges-papers"), ask.address("/badges/papers"), false);
    }
    head
}

/// Award days to go to: those of the asked year and the next one after.
fn days(visit: &Visit<'_>, ask: &Ask, terms: &Terms<'_>) -> Vec<(String, String, bool)> {
    let year = ask.award.on.year();
    let all = [year - 1, year, year + 1].into_iter().flat_map(|year| terms.awards_of(year));
    let near = all.filter(|award| award.on.year() == year || award.on.number().abs_diff(ask.award.on.number()) < 150);
    near.map(|award| (visit.w.day(award.on), Ask { award, ..*ask }.address("/badges"), award.on == ask.award.on))
        .collect()
}

fn figures<'a>(visit: &Visit<'a>, ask: &Ask, roll: &Roll) -> Vec<(&'a str, String, String)> {
    let figure = |stand: Stand| {
        let within = Ask { stand: Some(stand), ..*ask };
        let count = roll.fitting(&within).len();
        (visit.w.t(stand.word()), visit.w.n(count), within.address("/badges"), count)
    };
    let all = Stand::ALL.map(figure).into_iter();
    let taken_back = visit.w.t(Stand::ALL[4].word());
    all.filter(|(word, .., count)| *count > 0 || *word != taken_back)
        .map(|(word, count, href, _)| (word, count, href))
        .collect()
}

/// By badge, within the unit and state asked for.
fn by_years(visit: &Visit<'_>, ask: &Ask, roll: &Roll) -> String {
    let w = visit.w;
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for line in roll.fitting(&Ask { years: None, ..*ask }) {
        *counts.entry(line.years).or_default() += 1;
    }
    let bar = |(years, count): (u16, usize)| {
        let within = Ask { years: Some(years), ..*ask };
        Bar::new(w.t1("badges-of-years", "years", years), count as f64).to(within.address("/badges"))
    };
    let number = |value: f64| w.n(value as i64);
    let title = w.t("badges-by-years");
    let caption = Caption::new(title, "", w.t("badges-nobody"));
    let columns = [w.t("badges-badge").to_owned(), w.t("badges-members").to_owned()];
    let chart = Bars { caption, columns, bars: counts.into_iter().map(bar).collect(), format: &number };
    Figure { width: "c7", title, note: "", legend: &[] }.html(w, &chart)
}

/// By unit one level down, within the badge asked for.
fn by_part(visit: &Visit<'_>, ask: &Ask, roll: &Roll) -> String {
    let w = visit.w;
    let lines = roll.fitting(&Ask { stand: None, ..*ask });
    let mut columns = vec![Column::new("unit", w.t("badges-unit"))];
    columns.extend(Stand::ALL[..4].iter().map(|stand| Column::number(stand.code(), w.t(stand.word()))));
    columns.push(Column::number("all", w.t("badges-all")));
    let mut table = Table::new(w.t("badges-by-part"), columns);
    for part in roll.units.parts(visit, ask.unit) {
        let (Some(facts), Some(unit)) = (roll.units.tree.facts(part), roll.units.id(part)) else { continue };
        let first = lines.partition_point(|line| line.place < part);
        let end = lines.partition_point(|line| line.place < roll.units.tree.end(part));
        let Some(inside) = lines.get(first..end).filter(|inside| !inside.is_empty()) else { continue };
        let number = |stand: Option<Stand>| {
            let count = inside.iter().filter(|line| stand.is_none_or(|stand| stand == line.stand)).count();
            let href = Ask { unit: Some(unit), stand, ..*ask }.address("/badges");
            if count == 0 { Cell::Text(w.n(0)) } else { Cell::Link(w.n(count), href) }
        };
        let mut row = vec![Cell::Text(facts.name.clone())];
        row.extend(Stand::ALL[..4].iter().map(|stand| number(Some(*stand))));
        row.push(number(None));
        table.rows.push(row);
    }
    if table.rows.len() < 2 { String::new() } else { table.html(visit) }
}

/// The list; where something may be done, as a form with a box beside everybody.
fn list(visit: &Visit<'_>, ask: &Ask, roll: &Roll, lines: &[&Line], offers: &[Offer], issues: &[Issue]) -> String {
    let w = visit.w;
    let page = visit.rows(lines.len(), ROWS);
    let choosable = !offers.is_empty();
    let columns = vec![
        Column::new("name", w.t("badges-member")),
        Column::new("badge", w.t("badges-badge")),
        Column::new("unit", w.t("badges-branch")),
        Column::new("reached", w.t("badges-reached")),
        Column::new("state", w.t("badges-state")),
    ];
    let mut table = Table::new(w.t("badges-list"), columns);
    table.empty = w.t("badges-nobody").to_owned();
    let rows = lines.get(page.clone()).unwrap_or_default();
    table.rows = rows.iter().map(|line| row(visit, roll, line, choosable)).collect();
    table.page(visit, &page, lines.len(), "badges-rows");
    if !choosable || rows.is_empty() {
        return table.html(visit);
    }
    let rows = table.html(visit);
    let form = steps::form(visit, ask, offers, lines.len()).about(rows);
    if issues.is_empty() { form.html(visit) } else { form.refused(&visit.form, issues.to_vec()).html(visit) }
}

fn row(visit: &Visit<'_>, roll: &Roll, line: &Line, choosable: bool) -> Vec<Cell> {
    let w = visit.w;
    let href = format!("/badges/members/{}", line.person);
    let mut link = String::new();
    chibo_web::table::link(&mut link, &line.name, &href);
    let name = match choosable {
        true => boxed(visit, ("who", &line.key()), &w.t1("badges-choose", "name", &line.name), &link),
        false => Cell::Html(link),
    };
    let reached = line.reached.map_or_else(String::new, |day| w.day(day));
    let ground = if line.ground == "reached" { String::new() } else { w.t(ground_word(&line.ground)).to_owned() };
    let class = match line.stand {
        Stand::Due => "warn",
        Stand::At(_) => "ok",
    };
    let state = if line.serial.is_empty() {
        Cell::Tag(w.t(line.stand.word()).to_owned(), class)
    } else {
        Cell::Text(w.t2("badges-state-serial", ("state", w.t(line.stand.word())), ("serial", &line.serial)))
    };
    let unit =
        Cell::LinkWith(roll.units.name(line.unit), format!("/units/{}", line.unit), roll.units.above(visit, line.unit));
    let badge = w.t1("badges-of-years", "years", line.years);
    let badge = if ground.is_empty() { badge } else { format!("{badge} ({ground})") };
    vec![name, Cell::Text(badge), unit, Cell::Text(reached), state]
}

/// Key of the word for a ground.
pub(crate) fn ground_word(code: &str) -> &'static str {
    match code {
        "illness" => "badges-illness",
        "posthumous" => "badges-posthumous",
        _ => "badges-reached-ground",
    }
}
