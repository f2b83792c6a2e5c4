//! The ranking of a campaign as a workbook: everybody in it, the highest points first.

use chibo_kernel::{Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::{campaign_of, class_word, points_text, title};
use crate::rules::{Exclusion, Sort, State};
use crate::store::{self, SubjectRow};

/// The subjects the viewer may see and take out of the program.
fn found(visit: &Visit<'_>, units: &UnitsToday) -> Result<Vec<(u32, SubjectRow)>, Problem> {
    let campaign = campaign_of(visit, units)?;
    let who = visit.who();
    let may = |at: &u32| who.may_at(Permission::EditMembers, *at) && who.may_at(Permission::Export, *at);
    let mut found = Vec::new();
    visit.read(|tx| {
        store::subjects(tx, campaign.campaign_id, |row| {
            found.extend(units.place(row.unit_id).filter(may).map(|at| (at, row)));
            Ok(())
        })
    })?;
    // Those without points, or left out, stand at the end.
    found.sort_by_cached_key(|(at, row)| {
        (Sort::from_code(&row.sort), !row.excluded.is_empty(), std::cmp::Reverse(row.points), *at, row.subject_id)
    });
    Ok(found)
}

/// `GET /evaluation/campaigns/{id}/ranking.xlsx`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let campaign = campaign_of(visit, &units)?;
    let found = found(visit, &units)?;
    let name = format!("{}: {}", title(w, &campaign.kind, campaign.year, campaign.quarter), w.t("evaluation-ranking"));
    let lines = vec![
        (w.t("evaluation-unit").to_owned(), units.name(campaign.unit_id)),
        (w.t("evaluation-made-by").to_owned(), visit.made_by()),
    ];
    let layout = visit.layout(w.t("evaluation-ranking"), columns(visit)).about(About { title: name, lines });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let view = visit.house.census.view(visit.today());
    for (_, row) in &found {
        let unit = units.name(row.unit_id);
        let name = row.person_id.map_or_else(|| unit.clone(), |person| view.name_of(person).unwrap_or_default());
        let word = State::from_code(&row.state).map_or("", |state| w.t(state.word()));
        let decided = if row.class.is_empty() { String::new() } else { w.day(row.decided_on) };
        writer.row(&[
            Out::Text(Sort::from_code(&row.sort).map_or("", |sort| w.t(sort.word()))),
            Out::Text(&name),
            Out::Text(&unit),
            Out::Text(&units.name(row.decider_id)),
            Out::Text(&points_text(row.points)),
            Out::Text(&points_text(row.self_points)),
            Out::Text(class_word(w, &row.self_class)),
            Out::Text(class_word(w, &row.voted_class)),
            Out::Text(class_word(w, &row.appraised_class)),
            Out::Text(class_word(w, &row.class)),
            Out::Text(if row.overridden > 0 { w.t("evaluation-overridden") } else { "" }),
            Out::Text(&decided),
            Out::Text(&row.version),
            Out::Text(Exclusion::from_code(&row.excluded).map_or(word, |reason| w.t(reason.word()))),
        ])?;
    }
    let body = writer.finish()?;
    let detail = serde_json::json!({ "campaign": campaign.campaign_id.to_string(), "rows": found.len() });
    visit.taken_out(campaign.unit_id, "evaluate-ranking-out", &detail)?;
    Ok(Reply::File { name: format!("xep-loai-{}.xlsx", campaign.year), kind: XLSX, body })
}

fn columns(visit: &Visit<'_>) -> Vec<OutColumn> {
    let text = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Text);
    vec![
        text("evaluation-sort").wide(24.0),
        text("evaluation-subject").wide(32.0),
        text("evaluation-unit").wide(40.0),
        text("evaluation-decider").wide(40.0),
        text("evaluation-points"),
        text("evaluation-self-points"),
        text("evaluation-self-class").wide(28.0),
        text("evaluation-voted-class").wide(28.0),
        text("evaluation-appraised-class").wide(28.0),
        text("evaluation-class").wide(28.0),
        text("evaluation-overridden").wide(20.0),
        text("evaluation-decided-on"),
        text("evaluation-version").wide(20.0),
        text("evaluation-state").wide(24.0),
    ]
}
