//! Forms about a place: what it is, which organisation covers it, what was counted there.

use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_web::form::Kind as Answer;
use chibo_web::{Crumb, Field, Form, Reply, Visit};

use super::fields::{self, day, day_field, line, must, number, seen};
use super::pick::{Picked, shown};
use super::scene::Scene;
use super::{MENU, issues_of};
use crate::actions;
use crate::rules::{
    Facts, NewCount, NewFacts, NewLink, Place, PlaceKind, Spot, Standing, begun, check_names, degrees, issue,
    may_cover, read_degrees,
};
use crate::store::{self, History};

/// The place a form is about, as it stands today; the viewer may change it.
pub(super) struct Ground {
    pub place: Id<Place>,
    pub history: History,
    pub facts: Facts,
    pub scene: Scene,
}

impl Ground {
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let place: Id<Place> = visit.id("id")?;
        let history = visit.read(|tx| store::history(tx, place))?;
        let facts = begun(&history.facts, AsOf::on(visit.today())).ok_or(Problem::NotFound)?.facts()?;
        if facts.standing == Standing::Mistaken {
            return Err(Problem::NotFound);
        }
        visit.permit(Permission::EditUnits, facts.unit)?;
        Ok(Self { place, history, facts, scene: Scene::today(visit)? })
    }

    /// The address of the place, with what follows.
    pub fn address(&self, rest: &str) -> String {
        format!("/coverage/places/{}{rest}", self.place)
    }

    /// The steps to a form about it.
    pub fn above(&self, visit: &Visit<'_>) -> Vec<Crumb> {
        vec![Crumb::to(visit.w.t("coverage-title"), "/coverage"), Crumb::to(self.facts.name.clone(), self.address(""))]
    }

    fn page(&self, visit: &Visit<'_>, title: &str, form: Form) -> Result<Reply, Problem> {
        let form = form.cancel(visit.w.t("coverage-cancel"), self.address(""));
        fields::page(visit, (visit.w.t(title), MENU), self.above(visit), &form)
    }
}

/// Whether a unit stands on a day.
pub(super) fn stands(scene: &Scene, unit: Id<Unit>, day: Day) -> bool {
    let tree = scene.forest.tree(AsOf::on(day));
    scene.forest.no(unit).and_then(|no| tree.place_of(no)).is_some()
}

fn of_number(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn facts_fields(visit: &Visit<'_>, scene: &Scene, facts: Option<&Facts>) -> Vec<Field> {
    let w = visit.w;
    let kinds = PlaceKind::ALL.iter().map(|kind| (kind.code().to_owned(), w.t(kind.word()).to_owned()));
    let kind = facts.map_or(PlaceKind::Quarter, |facts| facts.kind);
    let spot = facts.and_then(|facts| facts.spot);
    let text = |name: &str, key: &str, value: String| Field::text(name, w.t(key)).value(value);
    let of = |take: fn(&Facts) -> String| facts.map_or_else(String::new, take);
    let unit = facts.map_or_else(String::new, |facts| shown(scene, facts.unit));
    vec![
        text("name", "coverage-name", of(|facts| facts.name.clone())).required(),
        Field::new("kind", w.t("coverage-kind"), Answer::Select(kinds.collect())).required().value(kind.code()),
        text("code", "coverage-code", of(|facts| facts.code.clone())).hint(w.t("coverage-code-hint")).required(),
        text("unit", "coverage-answers", unit).hint(w.t("coverage-answers-hint")).required(),
        text("lat", "coverage-lat", spot.map_or_else(String::new, |spot| degrees(spot.lat)))
            .hint(w.t("coverage-lat-hint")),
        text("lon", "coverage-lon", spot.map_or_else(String::new, |spot| degrees(spot.lon)))
            .hint(w.t("coverage-lon-hint")),
        text("workers", "coverage-workers", of(|facts| of_number(facts.workers))),
        text("households", "coverage-households", of(|facts| of_number(facts.households))),
    ]
}

/// Where it is: both numbers or none.
fn read_spot(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Spot> {
    let (lat, lon) = (line(visit, "lat"), line(visit, "lon"));
    if lat.is_empty() && lon.is_empty() {
        return None;
    }
    for (field, text) in [("lat", &lat), ("lon", &lon)] {
        if text.is_empty() {
            issues.push(issue(field, "coverage-degrees-needed"));
        } else if read_degrees(text).is_none() {
            let said = Said::new("coverage-degrees-unreadable").with("text", text);
            issues.push(Issue { field: Some(field.to_owned()), rule: None, said });
        }
    }
    let spot = Spot::new(read_degrees(&lat)?, read_degrees(&lon)?);
    if spot.is_none() {
        issues.push(issue("lat", "coverage-degrees-elsewhere"));
    }
    spot
}

fn read_facts(
    visit: &Visit<'_>,
    scene: &Scene,
    picked: &Picked,
    standing: Standing,
    issues: &mut Vec<Issue>,
) -> Option<NewFacts> {
    // Also looked at here, so that whoever left out the unit too is told everything at once.
    let (code, name) = (line(visit, "code"), line(visit, "name"));
    issues.extend(check_names(&name, &code));
    let unit = picked.one(issues);
    let kind = PlaceKind::from_code(visit.form.get("kind"));
    if kind.is_none() {
        issues.push(issue("kind", "coverage-kind-needed"));
    }
    let spot = read_spot(visit, issues);
    let (workers, households) = (number(visit, "workers", issues), number(visit, "households", issues));
    let from = day(visit, "from", issues)?;
    let unit = unit?;
    let (workers, households) = (workers?, households?);
    let facts = Facts { unit, kind: kind?, standing, spot, workers, households, code, name };
    Some(NewFacts { from, facts, stands: stands(scene, unit, from) })
}

/// Any organisation may answer for a place.
fn any(_: chibo_organisation::kinds::Kind, _: Option<chibo_organisation::kinds::Setting>) -> bool {
    true
}

fn new_page(visit: &Visit<'_>, scene: &Scene, picked: Option<&Picked>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut fields = facts_fields(visit, scene, None);
    fields.push(day_field(visit, "from", "coverage-from", visit.today()));
    if let Some(picked) = picked {
        picked.ask(visit, &mut fields);
    }
    let mut form = Form::new("/coverage/places/new", w.t("coverage-new-send"), fields);
    if picked.is_some() {
        form = form.refused(&visit.form, issues);
    }
    let above = vec![Crumb::to(w.t("coverage-title"), "/coverage")];
    fields::page(visit, (w.t("coverage-new"), MENU), above, &form.cancel(w.t("coverage-cancel"), "/coverage"))
}

/// `GET /coverage/places/new`.
pub(super) fn new_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    new_page(visit, &Scene::today(visit)?, None, Vec::new())
}

/// `POST /coverage/places/new`.
pub(super) fn enter(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::today(visit)?;
    let picked = Picked::read(visit, &scene, "unit", &any);
    let mut issues = Vec::new();
    let new = read_facts(visit, &scene, &picked, Standing::Open, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::enter(op, &new)))? {
            Ok(place) => return Ok(Reply::done(format!("/coverage/places/{place}"), "saved")),
            Err(more) => issues = more,
        }
    }
    new_page(visit, &scene, Some(&picked), issues)
}

fn facts_page(visit: &Visit<'_>, ground: &Ground, wrong: Option<(&Picked, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut fields = vec![seen(visit, ground.history.facts.len())];
    fields.extend(facts_fields(visit, &ground.scene, Some(&ground.facts)));
    let standings = [Standing::Open, Standing::Closed];
    let standings = standings.map(|one| (one.number().to_string(), w.t(one.word()).to_owned())).to_vec();
    let standing = ground.facts.standing.number().to_string();
    fields.push(Field::new("standing", w.t("coverage-standing"), Answer::Radios(standings)).required().value(standing));
    let from = day_field(visit, "from", "coverage-from", visit.today());
    fields.push(from.hint(w.t("coverage-from-hint")));
    if let Some((picked, _)) = &wrong {
        picked.ask(visit, &mut fields);
    }
    let mut form = Form::new(ground.address("/facts"), w.t("coverage-save"), fields);
    if let Some((_, issues)) = wrong {
        form = form.refused(&visit.form, issues);
    }
    ground.page(visit, "coverage-change-facts", form)
}

/// `GET /coverage/places/{id}/facts`.
pub(super) fn facts_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    facts_page(visit, &Ground::load(visit)?, None)
}

/// `POST /coverage/places/{id}/facts`.
pub(super) fn change(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    let picked = Picked::read(visit, &ground.scene, "unit", &any);
    let mut issues = Vec::new();
    let closed = visit.form.get("standing") == Standing::Closed.number().to_string();
    let standing = if closed { Standing::Closed } else { Standing::Open };
    let new = read_facts(visit, &ground.scene, &picked, standing, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        let after = visit.form.get("after").parse().unwrap_or(usize::MAX);
        match issues_of(visit.write(|op| actions::change(op, ground.place, after, &new)))? {
            Ok(()) => return Ok(Reply::done(ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    facts_page(visit, &ground, Some((&picked, issues)))
}

fn branch_page(visit: &Visit<'_>, ground: &Ground, wrong: Option<(&Picked, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let link = begun(&ground.history.links, AsOf::on(visit.today()));
    let now = link.and_then(|link| link.unit_id).map_or_else(String::new, |unit| shown(&ground.scene, unit));
    let ways = [("own", "coverage-state-own"), ("joint", "coverage-state-joint"), ("none", "coverage-cover-none")];
    let ways = ways.map(|(code, key)| (code.to_owned(), w.t(key).to_owned())).to_vec();
    let way = match link {
        Some(link) if link.unit_id.is_none() => "none",
        Some(link) if link.joint => "joint",
        _ => "own",
    };
    let mut fields = vec![
        seen(visit, ground.history.links.len()),
        Field::new("way", w.t("coverage-way"), Answer::Radios(ways))
            .hint(w.t("coverage-way-hint"))
            .required()
            .value(way),
        Field::text("branch", w.t("coverage-branch")).hint(w.t("coverage-branch-hint")).value(now),
        day_field(visit, "from", "coverage-from", visit.today()),
    ];
    if let Some((picked, _)) = &wrong {
        picked.ask(visit, &mut fields);
    }
    let mut form = Form::new(ground.address("/branch"), w.t("coverage-save"), fields);
    if let Some((_, issues)) = wrong {
        form = form.refused(&visit.form, issues);
    }
    ground.page(visit, "coverage-change-branch", form)
}

/// `GET /coverage/places/{id}/branch`.
pub(super) fn branch_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    branch_page(visit, &Ground::load(visit)?, None)
}

/// `POST /coverage/places/{id}/branch`.
pub(super) fn cover(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    let picked = Picked::read(visit, &ground.scene, "branch", &may_cover);
    let mut issues = Vec::new();
    let ends = visit.form.get("way") == "none";
    let unit = if ends { None } else { picked.one(&mut issues) };
    let from = day(visit, "from", &mut issues);
    if let (Some(from), true) = (from, issues.is_empty()) {
        let what = |unit: Id<Unit>| {
            let tree = ground.scene.forest.tree(AsOf::on(from));
            let place = tree.place_of(ground.scene.forest.no(unit)?)?;
            let kind = chibo_organisation::kinds::Kind::from_number(tree.kind(place))?;
            Some((kind, chibo_organisation::kinds::Setting::from_number(tree.setting(place))))
        };
        let new = NewLink { from, unit, joint: visit.form.get("way") == "joint", what: unit.and_then(what) };
        let after = visit.form.get("after").parse().unwrap_or(usize::MAX);
        match issues_of(visit.write(|op| actions::cover(op, ground.place, after, &new)))? {
            Ok(()) => return Ok(Reply::done(ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    branch_page(visit, &ground, Some((&picked, issues)))
}

fn count_page(visit: &Visit<'_>, ground: &Ground, issues: Option<Vec<Issue>>) -> Result<Reply, Problem> {
    let w = visit.w;
    let fields = vec![
        day_field(visit, "on", "coverage-counted-on", visit.today()),
        Field::text("official", w.t("coverage-official")).hint(w.t("coverage-official-hint")).required(),
        Field::text("served", w.t("coverage-served")).hint(w.t("coverage-served-hint")),
        Field::text("source", w.t("coverage-source")).hint(w.t("coverage-source-hint")).required(),
    ];
    let mut form = Form::new(ground.address("/members"), w.t("coverage-save"), fields);
    if let Some(issues) = issues {
        form = form.refused(&visit.form, issues);
    }
    ground.page(visit, "coverage-change-count", form)
}

/// `GET /coverage/places/{id}/members`.
pub(super) fn count_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    count_page(visit, &Ground::load(visit)?, None)
}

/// `POST /coverage/places/{id}/members`.
pub(super) fn count(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    let mut issues = Vec::new();
    let on = day(visit, "on", &mut issues);
    let (official, served) = (must(visit, "official", &mut issues), number(visit, "served", &mut issues));
    if let (Some(on), Some(official), Some(served), true) = (on, official, served, issues.is_empty()) {
        let new = NewCount { on, official, served, source: line(visit, "source") };
        match issues_of(visit.write(|op| actions::count(op, ground.place, &new)))? {
            Ok(()) => return Ok(Reply::done(ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    count_page(visit, &ground, Some(issues))
}
