//! The tab "units below": a table with headcounts.

use chibo_web::table::Column;
use chibo_web::{Cell, Table, Visit};

use super::scene::{Scene, dated, kind_name, setting_name};
use super::unit::Shown;

pub(super) fn html(visit: &Visit<'_>, scene: &Scene, shown: &Shown) -> String {
    let w = visit.w;
    let mut table = Table::new(
        w.t("units-tab-children"),
        vec![
            Column::new("name", w.t("units-name")).sortable(),
            Column::new("kind", w.t("units-kind")),
            Column::new("setting", w.t("units-setting")),
            Column::new("code", w.t("units-code")).sortable(),
            Column::number("below", w.t("units-below-count")).sortable(),
            Column::number("members", w.t("units-members")).sortable(),
        ],
    );
    table.empty = w.t("units-no-children").to_owned();
    let mut places = shown.place.map_or_else(Vec::new, |place| scene.children(visit, place));
    sort(&mut places, scene, visit.query.get("sort"));
    let dated = dated(visit);
    let mut total = 0u64;
    for place in places {
        let (Some(facts), Some(unit)) = (scene.tree.facts(place), scene.id(place)) else { continue };
        total += u64::from(scene.members(place));
        table.rows.push(vec![
            Cell::Link(facts.name.clone(), format!("/units/{unit}{dated}")),
            Cell::Text(kind_name(w, facts.kind, scene.at.day).to_owned()),
            Cell::Text(setting_name(w, facts.setting).to_owned()),
            Cell::Text(facts.code.clone()),
            Cell::Text(w.n(below(scene, place))),
            Cell::Text(w.n(scene.members(place))),
        ]);
    }
    let empty = || Cell::Text(String::new());
    let all = Cell::Text(w.n(i64::try_from(total).unwrap_or(i64::MAX)));
    table.total = Some(vec![Cell::Text(w.t("units-total").to_owned()), empty(), empty(), empty(), empty(), all]);
    table.html(visit)
}

fn below(scene: &Scene, place: u32) -> u32 {
    scene.tree.end(place) - place - 1
}

fn sort(places: &mut [u32], scene: &Scene, by: &str) {
    let code = |place: &u32| scene.tree.facts(*place).map(|facts| facts.code.clone());
    let name = |place: &u32| scene.tree.facts(*place).map(|facts| chibo_kernel::text::fold(&facts.name));
    match by.trim_start_matches('-') {
        "name" => places.sort_by_cached_key(name),
        "code" => places.sort_by_cached_key(code),
        "below" => places.sort_by_key(|place| below(scene, *place)),
        "members" => places.sort_by_key(|place| scene.members(*place)),
        _ => return,
    }
    if by.starts_with('-') {
        places.reverse();
    }
}
