//! Texts for kinds: all versions, one of them in full, two of them side by side.

use askama::Template;
use chibo_kernel::{Day, Id, Permission, Problem};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::scene::{Scene, dated, kind_name, may_issue, setting_name};
use super::{MENU, compare};
use crate::rules::{Model, ModelText, Series, begun};
use crate::store::{self, ModelRow};

#[derive(Template)]
#[template(path = "models.html")]
struct ModelsPage<'a> {
    w: Tongue<'a>,
    table: String,
    shown: Option<Shown<'a>>,
}

/// One version in full.
struct Shown<'a> {
    id: String,
    title: String,
    facts: Vec<(&'a str, String)>,
    lines: Vec<String>,
    /// Identifier, name, chosen: what it can be compared with.
    others: Vec<(String, String, bool)>,
    compared: Option<String>,
    kept: Vec<(String, String)>,
}

/// What a text is called: number, what it is for, version.
pub(super) fn name(w: Tongue<'_>, row: &ModelRow) -> String {
    w.t2("regulations-model-name", ("number", &row.number), ("version", row.version))
}

/// What a row of versions is for, in words.
pub(super) fn series_name(w: Tongue<'_>, series: Series, on: Day) -> String {
    let (kind, setting) = (kind_name(w, series.kind, on), setting_name(w, series.setting));
    format!("{} · {kind} · {setting}", w.t(series.subject.word()))
}

/// `GET /regulations/models?model=&against=&day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let scene = Scene::at(visit, visit.as_of());
    let mut rows = visit.read(store::all_models)?;
    rows.retain(|row| row.recorded_at <= scene.at.known);
    let models = store::models(&rows)?;
    let asked = match visit.query.some("model") {
        Some(text) => Some(text.parse::<Id<ModelText>>().map_err(|_| Problem::NotFound)?),
        None => None,
    };
    let shown = asked.map(|id| shown(visit, &rows, id)).transpose()?;
    let title = w.t("regulations-models");
    let crumbs = vec![Crumb::to(w.t("regulations-title"), "/regulations"), Crumb::here(title)];
    let mut head = Head::new(title, MENU).crumbs(crumbs).as_of(scene.at);
    if visit.who().may_somewhere(Permission::EditUnits) && may_issue(visit, &scene).is_ok() {
        if let Some(id) = asked.filter(|id| is_last(&models, *id)) {
            head = head.action(w.t("regulations-next-version"), format!("/regulations/models/new?after={id}"), false);
        }
        head = head.action(w.t("regulations-model-new"), "/regulations/models/new", true);
    }
    let table = table(visit, &scene, &rows, &models)?;
    visit.page(head, &ModelsPage { w, table, shown })
}

/// Whether no version follows it in its series.
fn is_last(models: &[Model], id: Id<ModelText>) -> bool {
    let own = models.iter().find(|model| model.id == id);
    own.is_some_and(|own| !models.iter().any(|model| model.series == own.series && model.version > own.version))
}

/// How a version stands on the day within its series.
fn standing(models: &[Model], row: &ModelRow, series: Series, scene: &Scene) -> (&'static str, &'static str) {
    let last = begun(models.iter().filter(|model| model.series == series), scene.at);
    match last {
        _ if scene.at.day < row.valid_from => ("regulations-model-coming", "gold"),
        Some(last) if last.id != row.model_id => ("regulations-model-replaced", ""),
        Some(last) if !last.valid.contains(scene.at.day) => ("regulations-model-ended", ""),
        _ => ("regulations-model-in-force", "ok"),
    }
}

fn table(visit: &Visit<'_>, scene: &Scene, rows: &[ModelRow], models: &[Model]) -> Result<String, Problem> {
    let w = visit.w;
    let mut table = Table::new(
        w.t("regulations-models"),
        vec![
            Column::new("number", w.t("regulations-number")),
            Column::new("subject", w.t("regulations-subject")),
            Column::new("kind", w.t("regulations-kind")),
            Column::new("setting", w.t("regulations-setting")),
            Column::number("version", w.t("regulations-version")),
            Column::new("issuer", w.t("regulations-issuer")),
            Column::new("issued", w.t("regulations-issued-on")),
            Column::new("from", w.t("regulations-from")),
            Column::new("to", w.t("regulations-to")),
            Column::new("state", w.t("regulations-state")),
        ],
    );
    table.empty = w.t("regulations-models-empty").to_owned();
    let mut order = Vec::with_capacity(rows.len());
    for row in rows {
        order.push((row.series()?, row));
    }
    order
        .sort_by_key(|(series, row)| (series.subject, series.kind.rank(), row.setting, std::cmp::Reverse(row.version)));
    for (series, row) in order {
        let (word, class) = standing(models, row, series, scene);
        let href = format!("/regulations/models{}", dated(visit, &[("model", &row.model_id.to_string())]));
        table.rows.push(vec![
            Cell::Link(row.number.clone(), href),
            Cell::Text(w.t(series.subject.word()).to_owned()),
            Cell::Text(kind_name(w, series.kind, scene.at.day).to_owned()),
            Cell::Text(setting_name(w, series.setting).to_owned()),
            Cell::Text(row.version.to_string()),
            Cell::Text(row.issuer.clone()),
            Cell::Text(w.day(row.issued_on)),
            Cell::Text(w.day(row.valid_from)),
            Cell::Text(w.day(row.valid_to)),
            Cell::Tag(w.t(word).to_owned(), class),
        ]);
    }
    Ok(table.html(visit))
}

fn shown<'a>(visit: &Visit<'a>, rows: &[ModelRow], id: Id<ModelText>) -> Result<Shown<'a>, Problem> {
    let w = visit.w;
    let row = rows.iter().find(|row| row.model_id == id).ok_or(Problem::NotFound)?;
    let text = |id: Id<ModelText>| visit.read(|tx| store::model_body(tx, id)?.ok_or(Problem::NotFound));
    let body = text(id)?;
    let asked: Option<Id<ModelText>> = visit.query.some("against").and_then(|text| text.parse().ok());
    let against = rows.iter().find(|other| Some(other.model_id) == asked && other.model_id != id);
    let compared = match against {
        Some(other) => {
            let old = text(other.model_id)?;
            Some(compare::html(visit, (&name(w, other), &old), (&name(w, row), &body)))
        }
        None => None,
    };
    let series = row.series()?;
    // The version before is what one most often wants to see it beside.
    let before = |other: &&ModelRow| other.version + 1 == row.version && other.series() == Ok(series);
    let proposed = against.or_else(|| rows.iter().find(before)).map(|other| other.model_id);
    let day = visit.today();
    let choice = |other: &ModelRow| {
        let what = other.series().map_or_else(|_| String::new(), |series| series_name(w, series, day));
        let chosen = Some(other.model_id) == proposed;
        (other.model_id.to_string(), format!("{} · {what}", name(w, other)), chosen)
    };
    let facts = vec![
        (w.t("regulations-subject"), series_name(w, series, day)),
        (w.t("regulations-issuer"), row.issuer.clone()),
        (w.t("regulations-issued-on"), w.day(row.issued_on)),
        (w.t("regulations-from"), w.day(row.valid_from)),
        (w.t("regulations-to"), w.day(row.valid_to)),
        (w.t("regulations-recorded"), format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
    ];
    let kept = visit.query.0.iter().filter(|(name, _)| matches!(name.as_str(), "day" | "known"));
    Ok(Shown {
        id: id.to_string(),
        title: name(w, row),
        facts,
        lines: body.lines().map(str::to_owned).collect(),
        others: rows.iter().filter(|other| other.model_id != id).map(choice).collect(),
        compared,
        kept: kept.cloned().collect(),
    })
}
