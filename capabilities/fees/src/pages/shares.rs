//! What each level keeps where a unit stands, who set it, and the form to set it (FEE-10).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::{MENU, again, missing, notes};
use crate::actions::shares::{Kept, kept, level_of, set};
use crate::rules::{Level, Month, Share, default_share};
use crate::store;

/// `GET /fees/units/{id}/shares`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::ViewReports, unit)?;
    page(visit, unit, None)
}

fn page(visit: &Visit<'_>, unit: Id<Unit>, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (units, census, today) = (UnitsToday::of(visit), &visit.house.census, visit.today());
    let own = level_of(census, unit).ok_or(Problem::NotFound)?;
    let month = Month::of(today);
    let levels: Vec<Level> = Level::ALL.into_iter().filter(|level| *level <= own && *level != Level::City).collect();
    let all: Vec<(Level, Kept)> = visit.read(|tx| {
        let each = levels.iter().map(|level| Ok((*level, kept(tx, census, (unit, *level), month, today)?)));
        each.collect::<Result<_, Problem>>()
    })?;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let form = match (visit.permit(Permission::EditUnits, unit).is_ok() && !levels.is_empty(), refused) {
        (true, refused) => form(visit, unit, &levels, refused).html(visit),
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => String::new(),
    };
    let form = match form.is_empty() {
        true => form,
        false => format!("<section class=\"card\"><h2>{}</h2>{form}</section>", w.t("fees-share-set")),
    };
    let (_, rule) = default_share(Level::Branch, month)?;
    let name = units.name(unit);
    let crumbs = vec![Crumb::to(w.t("fees-title"), format!("/fees?unit={unit}")), Crumb::here(w.t("fees-shares"))];
    let head = Head::new(w.t1("fees-shares-of", "unit", &name), MENU).crumbs(crumbs).with_error(status != 200);
    let body = format!(
        "<p>{}</p>{}{}{form}{}",
        w.t("fees-shares-about"),
        table(visit, &units, &all),
        history(visit, unit)?,
        notes(visit, &[rule])
    );
    visit.page_html(status, head, &body)
}

fn table(visit: &Visit<'_>, units: &UnitsToday, all: &[(Level, Kept)]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("level", w.t("fees-level")),
        Column::number("share", w.t("fees-share-kept")),
        Column::new("by", w.t("fees-share-by")),
        Column::new("version", w.t("fees-version")),
    ];
    let mut table = Table::new(w.t("fees-shares-now"), columns);
    for (level, kept) in all {
        let by = kept.set_by.map_or_else(|| w.t("fees-share-rulebook").to_owned(), |unit| units.name(unit));
        table.rows.push(vec![
            Cell::Text(w.t(level.word()).to_owned()),
            Cell::Text(w.percent(u64::from(kept.share.part), u64::from(kept.share.whole))),
            Cell::Text(by),
            Cell::Text(kept.version.clone()),
        ]);
    }
    table.empty = w.t("fees-shares-none").to_owned();
    table.html(visit)
}

/// What this unit has set itself; nothing when it never did.
fn history(visit: &Visit<'_>, unit: Id<Unit>) -> Result<String, Problem> {
    let w = visit.w;
    let rows = visit.read(|tx| store::shares_of(tx, unit))?;
    if rows.is_empty() {
        return Ok(String::new());
    }
    let columns = vec![
        Column::new("from", w.t("fees-from")),
        Column::new("level", w.t("fees-level")),
        Column::number("share", w.t("fees-share-kept")),
        Column::sentences("reason", w.t("fees-share-why")),
        Column::new("who", w.t("fees-written")),
    ];
    let mut table = Table::new(w.t("fees-shares-history"), columns);
    for row in rows.iter().rev() {
        let share = Share { part: row.part, whole: row.whole };
        table.rows.push(vec![
            Cell::Text(Month(row.from_month).text()),
            Cell::Text(Level::from_code(&row.level).map_or("", |level| w.t(level.word())).to_owned()),
            Cell::Text(w.percent(u64::from(share.part), u64::from(share.whole))),
            Cell::Text(row.reason.clone()),
            Cell::Text(w.t2("fees-written-by", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)))),
        ]);
    }
    Ok(table.html(visit))
}

fn form(visit: &Visit<'_>, unit: Id<Unit>, levels: &[Level], refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let choices: Vec<_> = levels.iter().map(|level| (level.code().to_owned(), w.t(level.word()).to_owned())).collect();
    let first = levels.first().map_or("", |level| level.code());
    let fields = vec![
        Field::new("level", w.t("fees-level"), Kind::Select(choices)).value(first).required(),
        Field::text("share", w.t("fees-share-kept")).hint(w.t("fees-share-hint")).required(),
        Field::text("from", w.t("fees-from")).value(Month::of(visit.today()).text()).required(),
        Field::new("reason", w.t("fees-share-why"), Kind::Area).hint(w.t("fees-share-why-hint")).required(),
    ];
    let form = Form::new(format!("/fees/units/{unit}/shares"), w.t("fees-share-send"), fields);
    match refused {
        Some((_, issues)) => form.refused(&visit.form, issues),
        None => form,
    }
}

/// Hundredths of a per cent from `30`, `30 %`, `33,33` or `33.33`.
fn hundredths(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

/// `POST /fees/units/{id}/shares`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::EditUnits, unit)?;
    let form = &visit.form;
    let mut issues = Vec::new();
    let level = Level::from_code(form.get("level"));
    if level.is_none() {
        issues.push(missing("level", "fees-level-needed"));
    }
    let share = hundredths(form.get("share"));
    if share.is_none() {
        issues.push(missing("share", "fees-share-bad"));
    }
    let from = Month::parse(form.get("from"));
    if from.is_none() {
        issues.push(missing("from", "fees-month-bad"));
    }
    let (Some(level), Some(share), Some(from)) = (level, share, from) else {
        return page(visit, unit, Some((422, issues)));
    };
    let reason = clean(form.get("reason")).into_owned();
    match visit.write(|op| set(op, unit, (level, from), share, &reason)) {
        Ok(()) => Ok(Reply::done(format!("/fees/units/{unit}/shares"), "saved")),
        Err(problem) => page(visit, unit, Some(again(problem)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn fee_10_shares_are_read_exactly() {
        for (text, share) in [("30", 3_000), ("30 %", 3_000), ("33,33%", 3_333), ("0.5", 50), ("100", 10_000)] {
            assert_eq!(hundredths(text), Some(share), "{text}");
        }
        for odd in ["", "-3", "a", "1.234", "3 0"] {
            assert_eq!(hundredths(odd), None, "{odd}");
        }
    }
}
