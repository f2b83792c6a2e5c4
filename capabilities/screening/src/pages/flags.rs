//! The list of open flags.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Pairs, Reply, Table, Visit, html};

use super::found::evidence_cell;
use super::{Found, Line, MENU, asked_unit, exported};
use crate::rules::{FLAG_RULES, group_word};
use crate::sheets;

/// Flags on one page.
const ROWS: usize = 100;

/// The rule asked for.
fn asked_rule(visit: &Visit<'_>) -> Option<&'static str> {
    FLAG_RULES.into_iter().find(|rule| *rule == visit.query.get("rule"))
}

fn fitting<'f>(found: &'f Found, unit: Option<Id<Unit>>, rule: Option<&str>) -> Vec<&'f Line> {
    let range = found.units.range(unit);
    let fits = |line: &&Line| range.contains(&line.place) && rule.is_none_or(|rule| line.flag.rule == rule);
    found.lines.iter().filter(fits).collect()
}

/// The address of the list.
pub(super) fn address(page: &str, unit: Option<Id<Unit>>, rule: &str) -> String {
    let unit = unit.map_or_else(String::new, |unit| unit.to_string());
    format!("{page}{}", Pairs::default().with(&[("unit", unit.as_str()), ("rule", rule)]))
}

/// `GET /screening/flags?unit=&rule=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (unit, rule) = (asked_unit(visit)?, asked_rule(visit));
    let found = Found::take(visit)?;
    let lines = fitting(&found, unit, rule);
    let title = match unit {
        Some(unit) => w.t1("screening-flags-of", "unit", found.units.name(unit)),
        None => w.t("screening-flags").to_owned(),
    };
    let crumbs = vec![Crumb::to(w.t("screening-title"), "/screening"), Crumb::here(title.clone())];
    let mut head = Head::new(title.clone(), MENU).crumbs(crumbs);
    if visit.who().may_somewhere(Permission::Export) {
        let href = address("/screening/flags.xlsx", unit, rule.unwrap_or_default());
        head = head.action(w.t("screening-export"), href, false);
    }
    let chip = |text: &str, code: &str| {
        (text.to_owned(), address("/screening/flags", unit, code), code == rule.unwrap_or_default())
    };
    let mut chips = vec![chip(w.t("screening-all"), "")];
    chips.extend(FLAG_RULES.map(|rule| chip(w.t(group_word(rule)), rule)));
    let chips = html::chips(w.t("screening-group"), chips);
    let body = format!("<p>{}</p>{chips}{}", w.t("screening-flags-about"), table(visit, &found, &lines, &title));
    visit.page_html(200, head, &body)
}

fn table(visit: &Visit<'_>, found: &Found, lines: &[&Line], title: &str) -> String {
    let w = visit.w;
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("screening-member")),
        Column::new("unit", w.t("screening-branch")),
        Column::new("group", w.t("screening-group")),
        Column::sentences("fact", w.t("screening-fact")),
        Column::new("since", w.t("screening-since")),
        Column::new("seen", w.t("screening-seen")),
        Column::new("rule", w.t("screening-rule")),
    ];
    let mut table = Table::new(title, columns);
    table.empty = w.t("screening-no-flags").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        table.rows.push(vec![
            Cell::Link(line.name.clone(), format!("/screening/members/{}", line.flag.person)),
            Cell::LinkWith(
                found.units.name(line.unit),
                address("/screening/flags", Some(line.unit), ""),
                found.units.above(visit, line.unit),
            ),
            Cell::Text(w.t(group_word(line.flag.rule)).to_owned()),
            evidence_cell(w, &line.flag),
            Cell::Text(w.day(line.flag.since)),
            Cell::Text(w.day(line.flag.seen)),
            Cell::Text(line.flag.rule.to_owned()),
        ]);
    }
    table.page(visit, &page, lines.len(), "screening-rows");
    table.html(visit)
}

/// `GET /screening/flags.xlsx` with the query of the list.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, rule) = (asked_unit(visit)?, asked_rule(visit));
    let found = Found::take(visit)?;
    let may = |line: &&Line| visit.who().may_at(Permission::Export, line.place);
    let lines: Vec<&Line> = fitting(&found, unit, rule).into_iter().filter(may).collect();
    let body = sheets::flags(visit, &found, &lines)?;
    if let Some(top) = unit.or_else(|| lines.first().map(|line| line.unit)) {
        exported(visit, top, lines.len(), "flags")?;
    }
    Ok(Reply::File { name: format!("ra-soat-dau-hieu-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
