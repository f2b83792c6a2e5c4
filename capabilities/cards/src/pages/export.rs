//! Lists as workbooks; what leaves is recorded.

use std::collections::HashMap;

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::ask::{Ask, Line, line, members};
use super::number::lots;
use crate::rules::Model;
use crate::{sheets, shelf, store};

fn record(visit: &Visit<'_>, unit: Option<Id<Unit>>, list: &str, rows: usize) -> Result<(), Problem> {
    let Some(unit) = unit else { return Ok(()) };
    let detail = serde_json::json!({ "list": list, "rows": rows });
    visit.taken_out(unit, "card-list-exported", &detail)
}

/// `GET /cards/export.xlsx` with the query of the list.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let cards = shelf::cards(visit)?;
    let all = members(visit, &ask, &cards, Permission::Export)?;
    let lines: Vec<Line> = {
        let view = visit.house.census.view(visit.today());
        all.iter().filter_map(|person| line(&view, &cards, *person)).collect()
    };
    let known = visit.read(|tx| {
        let roll = chibo_members::roll_of(tx, &all, visit.today())?;
        let mut hints = HashMap::new();
        for line in lines.iter().filter(|line| line.kept.is_some_and(|kept| kept.card.model == Model::Old)) {
            hints.extend(store::state_of(tx, line.person)?.map(|row| (line.person, row.hint)));
        }
        Ok(sheets::Known { roll, hints })
    })?;
    let title = format!("{} – {}", visit.w.t("cards-list"), visit.w.t(ask.show.word()));
    let body = sheets::cards(visit, title, &lines, &known)?;
    record(visit, ask.unit.or_else(|| lines.first().map(|line| line.unit)), ask.show.code(), lines.len())?;
    Ok(Reply::File { name: format!("the-dang-vien-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}

/// `GET /cards/numbers/export.xlsx`.
pub(super) fn numbers(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let lots = lots(visit, &UnitsToday::of(visit), Permission::Export)?;
    let body = sheets::numbers(visit, &lots)?;
    record(visit, lots.first().map(|lot| lot.unit), "numbers", lots.len())?;
    Ok(Reply::File { name: format!("so-ly-lich-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}

/// `GET /cards/dossiers/export.xlsx`.
pub(super) fn loans(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut rows = visit.read(store::out)?;
    rows.retain(|row| visit.permit(Permission::Export, row.unit_id).is_ok());
    let named: Vec<_> = {
        let view = visit.house.census.view(visit.today());
        let name = |row: &store::LoanRow| view.name_of(row.person_id).unwrap_or_default();
        rows.into_iter().map(|row| (name(&row), row)).collect()
    };
    let body = sheets::loans(visit, &named)?;
    record(visit, named.first().map(|(_, row)| row.unit_id), "loans", named.len())?;
    Ok(Reply::File { name: format!("ho-so-dang-muon-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
