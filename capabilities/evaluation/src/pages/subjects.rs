//! The subjects of a campaign in sight, by unit, state or class.

use chibo_kernel::{Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::{MENU, campaign_of, class_word, points_text, title};
use crate::rules::{Exclusion, Sort, State};
use crate::store::{self, SubjectRow};

/// Subjects on one page.
const ROWS: usize = 100;

/// A line for each.
fn lines(visit: &Visit<'_>, units: &UnitsToday, found: &[(u32, Option<Sort>, SubjectRow)]) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("subject", w.t("evaluation-subject")),
        Column::new("sort", w.t("evaluation-sort")),
        Column::new("state", w.t("evaluation-state")),
        Column::number("points", w.t("evaluation-points")),
        Column::new("self", w.t("evaluation-self-class")),
        Column::new("class", w.t("evaluation-class")),
    ];
    let mut table = Table::new(w.t("evaluation-subjects"), columns);
    table.empty = w.t("evaluation-no-subjects").to_owned();
    let view = visit.house.census.view(visit.today());
    for (_, sort, subject) in found {
        let unit = units.name(subject.unit_id);
        let name = subject.person_id.map_or_else(|| unit.clone(), |person| view.name_of(person).unwrap_or_default());
        let under = if subject.person_id.is_some() { unit } else { units.above(visit, subject.unit_id) };
        let word = State::from_code(&subject.state).map_or("", |state| w.t(state.word()));
        let state = match Exclusion::from_code(&subject.excluded) {
            Some(reason) => Cell::Tag(w.t(reason.word()).to_owned(), "warn"),
            None => Cell::Tag(word.to_owned(), if subject.class.is_empty() { "" } else { "ok" }),
        };
        table.rows.push(vec![
            Cell::LinkWith(name, format!("/evaluation/subjects/{}", subject.subject_id), under),
            Cell::Text(sort.map_or("", |sort| w.t(sort.word())).to_owned()),
            state,
            Cell::Text(points_text(subject.points)),
            Cell::Text(class_word(w, &subject.self_class).to_owned()),
            Cell::Text(class_word(w, &subject.class).to_owned()),
        ]);
    }
    table
}

/// `GET /evaluation/campaigns/{id}/subjects?unit=&state=&class=&after=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let row = campaign_of(visit, &units)?;
    let asked = visit.query.some("unit").map(|text| text.parse().map_err(|_| Problem::NotFound)).transpose()?;
    asked.map_or(Ok(()), |unit| visit.permit(Permission::EditMembers, unit))?;
    let range = units.range(Some(asked.unwrap_or(row.unit_id)));
    let allowed = visit.who().ranges(Permission::EditMembers);
    let (state, class) = (visit.query.get("state").to_owned(), visit.query.get("class").to_owned());
    let mut found = Vec::new();
    visit.read(|tx| {
        store::subjects(tx, row.campaign_id, |subject| {
            let fits = (state.is_empty() || subject.state == state && subject.excluded.is_empty())
                && (class.is_empty() || subject.class == class);
            let place = units.place(subject.unit_id).filter(|place| range.contains(place) && fits);
            if let Some(place) = place.filter(|place| allowed.iter().any(|range| range.contains(place))) {
                found.push((place, Sort::from_code(&subject.sort), subject));
            }
            Ok(())
        })
    })?;
    found.sort_by_key(|(place, sort, subject)| (*place, *sort, subject.subject_id));
    let page = visit.rows(found.len(), ROWS);
    let mut table = lines(visit, &units, found.get(page.clone()).unwrap_or_default());
    table.page(visit, &page, found.len(), "evaluation-rows");
    let place = visit.place.clone();
    let chip = |word: &str, code: &str| {
        (w.t(word).to_owned(), format!("{place}{}", visit.query.with(&[("state", code), ("after", "")])), state == code)
    };
    let mut chips = vec![chip("evaluation-all", "")];
    chips.extend(State::ALL.iter().map(|state| chip(state.word(), state.code())));
    let name = title(w, &row.kind, row.year, row.quarter);
    let crumbs = vec![
        Crumb::to(w.t("evaluation-title"), "/evaluation"),
        Crumb::to(name.clone(), format!("/evaluation/campaigns/{}", row.campaign_id)),
        Crumb::here(w.t("evaluation-subjects")),
    ];
    let mut head = Head::new(format!("{name}: {}", w.t("evaluation-subjects")), MENU).crumbs(crumbs);
    if !visit.who().ranges(Permission::Export).is_empty() {
        let address = format!("/evaluation/campaigns/{}/ranking.xlsx", row.campaign_id);
        head = head.action(w.t("evaluation-ranking"), address, false);
    }
    let body = html::chips(w.t("evaluation-state"), chips) + &table.html(visit);
    visit.page_html(200, head, &body)
}
