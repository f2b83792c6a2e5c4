//! The page of one unit: banner, tabs, and whichever tab was asked for.

use askama::Template;
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Head, Reply, Visit};

use super::scene::{Scene, dated_with};
use super::{chart, children, facts, history, people};
use crate::forest::BELIEVED;
use crate::store::{self, FactRow, ParentRow, SuccessionRow, UnitRow};

/// A unit as the tabs draw it.
pub(super) struct Shown {
    pub id: Id<Unit>,
    pub record: UnitRow,
    /// Everything recorded of name and type.
    pub facts: Vec<FactRow>,
    /// Everything recorded of the place.
    pub parents: Vec<ParentRow>,
    pub successors: Vec<SuccessionRow>,
    pub predecessors: Vec<SuccessionRow>,
    /// Its place on the asked day.
    pub place: Option<u32>,
}

impl Shown {
    pub fn load(visit: &Visit<'_>, scene: &Scene, id: Id<Unit>) -> Result<Self, Problem> {
        let place = scene.place(id);
        visit.read(|tx| {
            let record = store::unit(tx, id)?.ok_or(Problem::NotFound)?;
            let (facts, parents) = (store::facts_of(tx, id)?, store::parents_of(tx, id)?);
            let (successors, predecessors) = (store::successors(tx, id)?, store::predecessors(tx, id)?);
            Ok(Self { id, record, facts, parents, successors, predecessors, place })
        })
    }

    /// What is believed now, the latest last.
    pub fn believed(&self) -> Vec<&FactRow> {
        let mut rows: Vec<&FactRow> = self.facts.iter().filter(|row| row.superseded_at == BELIEVED).collect();
        rows.sort_by_key(|row| row.valid_from);
        rows
    }

    /// Name and type of the asked day, else the nearest believed, else the last ever recorded.
    pub fn row(&self, scene: &Scene) -> Option<&FactRow> {
        let at = scene.at;
        let known = |row: &&FactRow| {
            row.superseded_at == BELIEVED && at.known == BELIEVED
                || row.recorded_at <= at.known && at.known < row.superseded_at
        };
        let of_day = self.facts.iter().filter(known).find(|row| row.valid_from <= at.day && at.day < row.valid_to);
        let believed = self.believed();
        let nearest = believed.iter().rev().find(|row| row.valid_from <= at.day).or(believed.first()).copied();
        of_day.or(nearest).or(self.facts.last())
    }
}

/// A unit to be linked to.
pub(super) struct Other {
    pub href: String,
    pub name: String,
}

impl Other {
    /// With a link when the viewer may see it.
    pub fn of(visit: &Visit<'_>, scene: &Scene, unit: Id<Unit>) -> Self {
        let seen = visit.permit(Permission::ViewUnits, unit).is_ok();
        Self { href: if seen { format!("/units/{unit}") } else { String::new() }, name: scene.name(unit) }
    }
}

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage<'a> {
    w: Tongue<'a>,
    /// Why it does not stand on the asked day.
    banner: Option<String>,
    successors: Vec<Other>,
    tabs: Vec<(String, &'a str, bool)>,
    content: String,
}

const TABS: [(&str, &str); 5] = [
    ("facts", "units-tab-facts"),
    ("people", "units-tab-people"),
    ("children", "units-tab-children"),
    ("history", "units-tab-history"),
    ("count", "units-tab-count"),
];

/// `GET /units/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::ViewUnits, id)?;
    let w = visit.w;
    let tab = TABS.iter().map(|(tab, _)| *tab).find(|tab| *tab == visit.query.get("tab")).unwrap_or("facts");
    let scene = Scene::counted(visit, visit.as_of());
    let shown = Shown::load(visit, &scene, id)?;
    let content = match tab {
        "people" => people::html(visit, &scene, &shown)?,
        "children" => children::html(visit, &scene, &shown),
        "history" => history::html(visit, &scene, &shown)?,
        "count" => chart::html(visit, &scene, &shown)?,
        _ => facts::html(visit, &scene, &shown)?,
    };
    let address =
        |tab: &str| format!("/units/{id}{}", dated_with(visit, &[("tab", if tab == "facts" { "" } else { tab })]));
    let tabs = TABS.iter().map(|(code, key)| (address(code), w.t(key), *code == tab)).collect();
    let banner = banner(visit, &scene, &shown);
    let successors = match &banner {
        Some(_) => shown.successors.iter().map(|row| Other::of(visit, &scene, row.into_unit)).collect(),
        None => Vec::new(),
    };
    visit.page(head(visit, &scene, &shown), &UnitPage { w, banner, successors, tabs, content })
}

/// Says that the unit does not stand on the asked day, and why.
fn banner(visit: &Visit<'_>, scene: &Scene, shown: &Shown) -> Option<String> {
    if shown.place.is_some() {
        return None;
    }
    let believed = shown.believed();
    let w = visit.w;
    Some(match (believed.first(), believed.last()) {
        (Some(first), _) if scene.at.day < first.valid_from => w.t1("units-not-yet", "day", first.valid_from),
        (_, Some(last)) if last.valid_to <= scene.at.day => w.t1("units-ended", "day", last.valid_to),
        (Some(_), _) => w.t("units-not-known").to_owned(),
        (None, _) => w.t("units-taken-back").to_owned(),
    })
}

fn head(visit: &Visit<'_>, scene: &Scene, shown: &Shown) -> Head {
    let w = visit.w;
    let name = shown.row(scene).map_or_else(|| shown.id.to_string(), |row| row.name.clone());
    let mut crumbs = match shown.place {
        Some(place) => scene.crumbs(visit, place),
        None => vec![Crumb::to(w.t("units-title"), "/units")],
    };
    crumbs.push(Crumb::here(name.clone()));
    let mut head = Head::new(name, "units-menu").crumbs(crumbs).as_of(scene.at);
    let stands = scene.no(shown.id).and_then(|no| scene.places.tree().place_of(no)).is_some();
    if stands && visit.permit(Permission::EditUnits, shown.id).is_ok() {
        let id = shown.id;
        head = head
            .action(w.t("units-edit"), format!("/units/{id}/facts"), false)
            .action(w.t("units-move"), format!("/units/{id}/parent"), false)
            .action(w.t("units-new-below"), format!("/units/new?parent={id}"), false)
            .action(w.t("units-dissolve"), format!("/units/{id}/dissolution"), false);
    }
    if visit.permit(Permission::Export, shown.id).is_ok() {
        let (id, dated) = (shown.id, dated_with(visit, &[]));
        head = head.action(w.t("units-sheet-pdf"), format!("/units/{id}/sheet.pdf{dated}"), false).action(
            w.t("units-sheet-docx"),
            format!("/units/{id}/sheet.docx{dated}"),
            false,
        );
    }
    head
}
