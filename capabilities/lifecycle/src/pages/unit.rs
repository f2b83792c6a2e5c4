//! The life of one organisation: its states with their decisions, its cases, what it went into and came from.

use askama::Template;
use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::{Kin, Past, SuccessionKind, past_of};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::MENU;
use super::ask::{deadline, sees};
use crate::rules::life::{End, Event, Turn, life};
use crate::rules::{CaseKind, Phase, Step};
use crate::scene::Scene;
use crate::store::{self, CaseRow, StepRow};

/// A turn in the life of a unit as told: the day, what happened, more about it, decisions with their addresses.
type Told = (String, String, String, Vec<(String, String)>);

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage<'a> {
    w: Tongue<'a>,
    state: (&'a str, &'static str),
    facts: Vec<(&'a str, String)>,
    turns: Vec<Told>,
    kin: Vec<(String, String, String)>,
    cases: String,
}

/// A unit with everything the page is drawn from.
struct Ground {
    unit: Id<Unit>,
    scene: Scene,
    past: Past,
    /// Cases about it in sight, each with its steps.
    cases: Vec<(CaseRow, Vec<StepRow>)>,
}

impl Ground {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::ViewUnits, unit)?;
        let scene = Scene::seen(visit);
        scene.forest.no(unit).ok_or(Problem::NotFound)?;
        let (past, cases) = visit.read(|tx| {
            let mut cases = Vec::new();
            for row in store::cases_of(tx, unit)? {
                let steps = store::steps_of(tx, row.case_id)?;
                cases.push((row, steps));
            }
            Ok((past_of(tx, unit)?, cases))
        })?;
        let cases = cases.into_iter().filter(|(row, _)| sees(visit, row)).collect();
        Ok(Self { unit, scene, past, cases })
    }

    /// How it ended, if it did: by a case, or because another goes on with it.
    fn end(&self) -> Result<End, Problem> {
        let mut ended = None;
        for (row, steps) in &self.cases {
            let kind = row.kind()?;
            let in_force = steps.iter().any(|step| step.step == Step::InForce.code());
            let over = steps.iter().any(|step| step.step == Step::Ended.code());
            if ended.is_none() && (kind.ends() && in_force || kind == CaseKind::Temporary && over) {
                ended = Some(kind);
            }
        }
        Ok(End { case: ended, succeeded: !self.past.into.is_empty() })
    }

    /// The decisions of a day: text and address.
    fn decisions(&self, on: Day) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (row, steps) in &self.cases {
            let decided = steps.iter().filter(|step| step.effective_on == on);
            let href = format!("/lifecycle/cases/{}", row.case_id);
            found.extend(decided.map(|step| (cited(&step.number, &step.authority), href.clone())));
        }
        let named = self.past.decisions.iter().filter(|decision| decision.effective_on == on);
        found.extend(named.map(|decision| {
            (cited(&decision.number, &decision.authority), format!("/reorganisations/{}", decision.id))
        }));
        found
    }
}

fn cited(number: &str, authority: &str) -> String {
    if authority.is_empty() { number.to_owned() } else { format!("{number}, {authority}") }
}

/// Key of the word for how a unit goes into another.
const fn kin_word(kind: Option<SuccessionKind>) -> &'static str {
    match kind {
        Some(SuccessionKind::Merge) => "lifecycle-kin-merge",
        Some(SuccessionKind::Split) => "lifecycle-kin-split",
        Some(SuccessionKind::Replace) | None => "lifecycle-kin-replace",
    }
}

/// `GET /lifecycle/units/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ground = Ground::load(visit)?;
    let events = life(&ground.past.facts, &ground.past.parents, ground.end()?);
    let page = UnitPage {
        w,
        state: state(w, &ground, &events)?,
        facts: facts(visit, &ground),
        turns: events.iter().rev().map(|event| turn(visit, &ground, event)).collect(),
        kin: kin(visit, &ground),
        cases: cases(visit, &ground),
    };
    let name = ground.scene.name(ground.unit);
    let crumbs = vec![Crumb::to(w.t("lifecycle-title"), "/lifecycle"), Crumb::here(name.clone())];
    let mut head = Head::new(w.t1("lifecycle-life-of", "unit", &name), MENU).crumbs(crumbs).action(
        w.t("lifecycle-unit-page"),
        format!("/units/{}", ground.unit),
        false,
    );
    if ground.scene.stands(ground.unit).is_some() && visit.permit(Permission::EditUnits, ground.unit).is_ok() {
        let href = format!("/lifecycle/new?case=dissolution&unit={}", ground.unit);
        head = head.action(w.t("lifecycle-open"), href, true);
    }
    visit.page(head, &page)
}

/// The state of today: what is under way counts before what happened last.
fn state<'a>(w: Tongue<'a>, ground: &Ground, events: &[Event]) -> Result<(&'a str, &'static str), Problem> {
    for (row, _) in &ground.cases {
        if row.phase()?.is_before() {
            return Ok((w.t(row.kind()?.word()), "warn"));
        }
    }
    let last = events.iter().rev().find(|event| event.on <= ground.scene.today);
    let word = match last.map(|event| &event.turn) {
        Some(turn @ (Turn::Dissolved | Turn::Disbanded | Turn::Succeeded)) => turn.word(),
        Some(_) => "lifecycle-active",
        None => "lifecycle-to-come",
    };
    Ok((w.t(word), if word == "lifecycle-active" { "ok" } else { "" }))
}

fn facts<'a>(visit: &Visit<'a>, ground: &Ground) -> Vec<(&'a str, String)> {
    let (w, today) = (visit.w, ground.scene.today);
    let Some(last) = ground.past.facts.last() else { return Vec::new() };
    let (kind, setting): (Kind, Setting) = (last.value.kind, last.value.setting);
    let mut facts = vec![
        (w.t("lifecycle-unit-kind"), w.t(kind.name_key(today)).to_owned()),
        (w.t("lifecycle-setting"), w.t(setting.name_key()).to_owned()),
    ];
    if !last.value.code.is_empty() {
        facts.push((w.t("lifecycle-code"), last.value.code.clone()));
    }
    let above = ground.scene.parent(ground.unit);
    if let Some(above) = above.filter(|above| visit.permit(Permission::ViewUnits, *above).is_ok()) {
        facts.push((w.t("lifecycle-parent"), ground.scene.name(above)));
    }
    facts
}

fn turn(visit: &Visit<'_>, ground: &Ground, event: &Event) -> Told {
    let w = visit.w;
    let mut text = w.t(event.turn.word()).to_owned();
    if let Turn::Transferred { under: Some(under) } = event.turn
        && visit.permit(Permission::ViewUnits, under).is_ok()
    {
        text = format!("{text}: {}", ground.scene.name(under));
    }
    (w.day(event.on), text, event.name.clone(), ground.decisions(event.on))
}

/// Units it came from and went into, as far as the viewer may see them.
fn kin(visit: &Visit<'_>, ground: &Ground) -> Vec<(String, String, String)> {
    let w = visit.w;
    let seen = |kin: &&Kin| visit.permit(Permission::ViewUnits, kin.unit).is_ok();
    let line = |key: &str, kin: &Kin| {
        let name = w.t2(key, ("unit", ground.scene.name(kin.unit)), ("day", w.day(kin.on)));
        (name, w.t(kin_word(kin.kind)).to_owned(), format!("/lifecycle/units/{}", kin.unit))
    };
    let mut lines: Vec<_> = ground.past.from.iter().filter(seen).map(|kin| line("lifecycle-kin-from", kin)).collect();
    lines.extend(ground.past.into.iter().filter(seen).map(|kin| line("lifecycle-kin-into", kin)));
    lines
}

fn cases(visit: &Visit<'_>, ground: &Ground) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("kind", w.t("lifecycle-kind")),
        Column::new("phase", w.t("lifecycle-phase")),
        Column::new("effective", w.t("lifecycle-effective")),
        Column::new("due", w.t("lifecycle-deadline")),
    ];
    let mut table = Table::new(w.t("lifecycle-cases"), columns);
    table.empty = w.t("lifecycle-cases-none").to_owned();
    for (row, _) in &ground.cases {
        let (kind, phase) = (CaseKind::from_code(&row.kind), Phase::from_code(&row.phase));
        let name = kind.map_or("", |kind| w.t(kind.word())).to_owned();
        table.rows.push(vec![
            Cell::Link(name, format!("/lifecycle/cases/{}", row.case_id)),
            Cell::Tag(phase.map_or("", |phase| w.t(phase.word())).to_owned(), phase.map_or("", Phase::colour)),
            Cell::Text(w.day(row.effective_on)),
            Cell::Text(w.day(deadline(row))),
        ]);
    }
    table.html(visit)
}
