//! Base committees check the notices of a quarter against their lists (TRF-11).

use std::collections::HashMap;

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_web::form::{Kind as Answer, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Head, Pairs, Reply, Table, Visit, html};

use super::{MENU, again, missing, sections};
use crate::actions;
use crate::rules::Quarter;
use crate::store::{self, CheckRow};

/// Committees on one page.
const ROWS: usize = 100;

/// A base committee, transfers it had a box of in the quarter, and its check.
type Line = (Id<Unit>, u32, Option<CheckRow>);

/// Every base committee that had transfers in a quarter, or has checked it; in the order of the tree.
pub(crate) fn notices_of(visit: &Visit<'_>, quarter: Quarter) -> Result<Vec<Line>, Problem> {
    let (mut counts, mut checks) = (HashMap::new(), HashMap::new());
    visit.read(|tx| {
        store::notices(tx, quarter.before().end(), quarter.end(), |row| {
            counts.insert(row.unit_id, u32::try_from(row.many).unwrap_or(u32::MAX));
            Ok(())
        })?;
        for row in store::checks_of(tx, quarter.0)? {
            checks.insert(row.unit_id, row);
        }
        Ok(())
    })?;
    let units = UnitsToday::of(visit);
    let known: Vec<Id<Unit>> = counts.keys().chain(checks.keys()).copied().collect();
    let base = |unit: Id<Unit>| {
        let no = units.forest.no(unit)?;
        let place = units.tree.place_of(no)?;
        UnitKind::from_number(units.tree.kind(place)).filter(|kind| kind.is_base_organisation()).map(|_| (place, unit))
    };
    let mut places: Vec<_> = known.into_iter().filter_map(base).collect();
    places.sort_unstable();
    places.dedup();
    let line = |(_, unit): (u32, Id<Unit>)| (unit, counts.get(&unit).copied().unwrap_or(0), checks.remove(&unit));
    Ok(places.into_iter().map(line).collect())
}

/// The quarter the address asks for; the last one that ended when it names none.
fn asked(visit: &Visit<'_>) -> Quarter {
    let now = Quarter::of(visit.today());
    let typed = visit.query.get("quarter").parse().ok().map(Quarter);
    typed.filter(|quarter| *quarter <= now && *quarter > Quarter(2013 * 4)).unwrap_or(now.before())
}

fn address(quarter: Quarter) -> String {
    format!("/transfers/checks{}", Pairs::default().with(&[("quarter", &quarter.0.to_string())]))
}

/// Those in sight.
fn seen(visit: &Visit<'_>, quarter: Quarter) -> Result<Vec<Line>, Problem> {
    let mut lines = notices_of(visit, quarter)?;
    lines.retain(|(unit, ..)| visit.permit(Permission::ViewMembers, *unit).is_ok());
    Ok(lines)
}

/// `GET /transfers/checks?quarter=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, asked(visit), (200, Vec::new()))
}

fn page(visit: &Visit<'_>, quarter: Quarter, (status, issues): (u16, Vec<Issue>)) -> Result<Reply, Problem> {
    let w = visit.w;
    let lines = seen(visit, quarter)?;
    let units = UnitsToday::of(visit);
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("unit", w.t("transfers-checks-unit")),
        Column::number("count", w.t("transfers-checks-count")),
        Column::new("checked", w.t("transfers-checks-done")),
        Column::sentences("note", w.t("transfers-note")),
    ];
    let title = w.t2("transfers-checks-of", ("quarter", quarter.number()), ("year", quarter.year()));
    let mut table = Table::new(title, columns);
    table.empty = w.t("transfers-checks-none").to_owned();
    let may = |unit: Id<Unit>| visit.permit(Permission::EditMembers, unit).is_ok();
    let mut writable = false;
    for (unit, many, check) in lines.get(page.clone()).unwrap_or_default() {
        let name = units.name(*unit);
        let waits = check.is_none() && may(*unit);
        writable |= waits;
        let shown = format!("<span>{}</span>", html::escape(&name));
        let first =
            if waits { boxed(visit, ("unit", &unit.to_string()), &name, &shown) } else { Cell::Text(name.clone()) };
        let done = match check {
            Some(row) => Cell::Text(format!("{}, {}", w.day(row.on_day), row.recorded_by)),
            None if quarter.checked_by() < visit.today() => {
                Cell::Tag(w.t1("transfers-checks-due", "day", w.day(quarter.checked_by())), "bad")
            }
            None => Cell::Text(w.t1("transfers-checks-due", "day", w.day(quarter.checked_by()))),
        };
        let note = check.as_ref().map_or_else(String::new, |row| row.note.clone());
        table.rows.push(vec![first, Cell::Text(w.n(*many)), done, Cell::Text(note)]);
    }
    table.page(visit, &page, lines.len(), "transfers-checks-rows");
    let rows = table.html(visit);
    let list = if writable {
        let note = Field::new("note", w.t("transfers-note"), Answer::Area).hint(w.t("transfers-checks-note-hint"));
        let form = Form::new(address(quarter), w.t("transfers-checks-send"), vec![note]).about(rows);
        if issues.is_empty() { form.html(visit) } else { form.refused(&visit.form, issues).html(visit) }
    } else if issues.is_empty() {
        rows
    } else {
        return Err(Problem::Refused(issues));
    };
    let now = Quarter::of(visit.today());
    let chip = |one: Quarter| {
        let text = w.t2("transfers-quarter", ("quarter", one.number()), ("year", one.year()));
        (text, address(one), one == quarter)
    };
    let chips = html::chips(w.t("transfers-checks"), [now.before().before(), now.before(), now].map(chip));
    let about = html::escape(w.t("transfers-checks-about"));
    let body = format!("{}<p>{about}</p>{chips}{list}", sections(visit));
    let head = Head::new(w.t("transfers-checks"), MENU).with_error(status != 200);
    visit.page_html(status, head, &body)
}

/// `POST /transfers/checks?quarter=`: the committees ticked have checked.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let quarter = asked(visit);
    let ticked: std::collections::HashSet<&str> = visit.form.all("unit").collect();
    let mut lines = seen(visit, quarter)?;
    lines.retain(|(unit, _, check)| check.is_none() && ticked.contains(unit.to_string().as_str()));
    if lines.is_empty() {
        return page(visit, quarter, (422, vec![missing("unit", "transfers-checks-nobody")]));
    }
    let note = clean(visit.form.get("note")).into_owned();
    let outcome = visit.write(|op| {
        lines.iter().try_for_each(|(unit, many, _)| actions::check_notices(op, *unit, quarter, (*many, &note)))
    });
    match outcome {
        Ok(()) => Ok(Reply::done(address(quarter), "saved")),
        Err(problem) => page(visit, quarter, again(problem)?),
    }
}
