//! The tab "facts": what the unit is, where it sits, what it came from and went into, how strong it is.

use askama::Template;
use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Problem};
use chibo_web::Visit;
use chibo_web::words::Tongue;

use super::scene::{Scene, kind_name, setting_name};
use super::unit::{Other, Shown};
use crate::kinds::Kind;
use crate::rules::alarms::{Breach, Case, Limits, breaches};
use crate::rules::{Consents, Strength, SuccessionKind};
use crate::store::SuccessionRow;

#[derive(Template)]
#[template(path = "facts.html")]
struct FactsTab<'a> {
    w: Tongue<'a>,
    alarms: Vec<(&'static str, String)>,
    rows: Vec<(&'a str, String)>,
    parent: Option<Other>,
    from: Vec<(Other, String)>,
    into: Vec<(Other, String)>,
    counts: Vec<(&'a str, String)>,
}

pub(super) fn html(visit: &Visit<'_>, scene: &Scene, shown: &Shown) -> Result<String, Problem> {
    let w = visit.w;
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(row) = shown.row(scene) {
        rows.push((w.t("units-kind"), kind_name(w, row.kind, scene.at.day).to_owned()));
        rows.push((w.t("units-setting"), setting_name(w, row.setting).to_owned()));
        rows.push((w.t("units-short"), row.short_name.clone()));
        rows.push((w.t("units-code"), if row.code.is_empty() { "–".to_owned() } else { row.code.clone() }));
    }
    let believed = shown.believed();
    if let (Some(first), Some(last)) = (believed.first(), believed.last()) {
        rows.push((w.t("units-founded"), w.day(first.valid_from)));
        if last.valid_to != Day::FOREVER {
            rows.push((w.t("units-ended-on"), w.day(last.valid_to)));
        }
    }
    if !shown.record.admin_code.is_empty() {
        rows.push((w.t("units-admin-code"), shown.record.admin_code.clone()));
    }
    if let (Some(lat), Some(lon)) = (shown.record.lat, shown.record.lon) {
        rows.push((w.t("units-at"), format!("{:.4}, {:.4}", lat as f64 / 1e6, lon as f64 / 1e6)));
    }
    let parent = shown.place.and_then(|place| scene.id(scene.tree.parent(place)?));
    let strength = scene.no(shown.id).filter(|_| shown.place.is_some()).map(|no| scene.strength(visit, no));
    let link = |row: &SuccessionRow, unit| (Other::of(visit, scene, unit), extent(w, row));
    let tab = FactsTab {
        w,
        alarms: strength.map_or(Ok(Vec::new()), |strength| warnings(visit, scene, shown, strength))?,
        rows,
        parent: parent.map(|parent| Other::of(visit, scene, parent)),
        from: shown.predecessors.iter().map(|row| link(row, row.from_unit)).collect(),
        into: shown.successors.iter().map(|row| link(row, row.into_unit)).collect(),
        counts: strength.map_or_else(Vec::new, |strength| counts(w, strength)),
    };
    tab.render().map_err(Problem::fault)
}

fn counts(w: Tongue<'_>, strength: Strength) -> Vec<(&str, String)> {
    vec![
        (w.t("units-members"), w.n(strength.all)),
        (w.t("units-official"), w.n(strength.official)),
        (w.t("units-probationary"), w.n(strength.all - strength.official.min(strength.all))),
    ]
}

/// "1/7/2025, whole" or "part".
fn extent(w: Tongue<'_>, row: &SuccessionRow) -> String {
    format!("{}, {}", w.day(row.on_day), extent_word(w, row))
}

/// Whether all of the old unit or a part of it went into the new one.
pub(super) fn extent_word<'w>(w: Tongue<'w>, row: &SuccessionRow) -> &'w str {
    w.t(match (SuccessionKind::from_code(&row.kind), row.main) {
        (Some(SuccessionKind::Split), true) => "units-part-main",
        (Some(SuccessionKind::Split), false) => "units-part",
        (Some(SuccessionKind::Replace), _) => "units-replaced",
        _ => "units-whole",
    })
}

/// The rules the unit does not keep today; of other days nobody needs to be warned.
fn warnings(
    visit: &Visit<'_>,
    scene: &Scene,
    shown: &Shown,
    strength: Strength,
) -> Result<Vec<(&'static str, String)>, Problem> {
    let kind = |place| Kind::from_number(scene.tree.kind(place));
    let found = shown.place.filter(|_| scene.at.day == scene.today).and_then(|place| Some((place, kind(place)?)));
    let Some((place, kind)) = found else { return Ok(Vec::new()) };
    let limits = Limits::on(Rulebook::built_in()?, scene.at.day)?;
    let (seats, consents) = visit.read(|tx| {
        let seats = crate::committees_of(tx, shown.id, &[scene.at])?;
        Ok((seats.first().copied().unwrap_or_default(), crate::consents_of(tx, shown.id)?))
    })?;
    let mut given = Consents::default();
    for row in &consents {
        given.add(shown.id, row.consent()?);
    }
    let case = Case::of(&scene.tree, (place, kind), strength, seats, given.holds(shown.id, kind, scene.at));
    let said = |breach: &Breach<'_>| format!("{} {}", visit.w.said(&breach.reason), visit.w.said(&breach.mend));
    Ok(breaches(&limits, &case).iter().map(|breach| (breach.rule, said(breach))).collect())
}
