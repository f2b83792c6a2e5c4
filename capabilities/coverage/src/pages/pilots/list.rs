//! All pilots in sight, the last begun first.

use askama::Template;
use chibo_kernel::{Day, Permission, Problem};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Head, Reply, Table, Visit};

use super::{address, sees};
use crate::pages::PILOTS;
use crate::pages::scene::Scene;
use crate::rules::PilotState;
use crate::store::pilots::{self, Trial};

/// Pilots on one page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "pilots.html")]
struct PilotsPage<'a> {
    w: Tongue<'a>,
    states: Vec<(&'a str, String, bool)>,
    table: String,
}

/// The pilots the address asks for.
pub(in crate::pages) struct Listed(Vec<Trial>);

impl Listed {
    /// Reads them; those in sight and in the asked state.
    pub fn take(visit: &Visit<'_>, scene: &Scene) -> Result<Self, Problem> {
        let state = PilotState::from_code(visit.query.get("state"));
        let mut trials = visit.read(pilots::trials)?;
        trials.retain(|trial| state.is_none_or(|state| state == trial.state) && sees(visit, scene, trial));
        Ok(Self(trials))
    }

    /// Only some of them.
    pub fn retain(&mut self, keep: impl FnMut(&Trial) -> bool) {
        self.0.retain(keep);
    }

    /// The pilots.
    pub fn trials(&self) -> &[Trial] {
        &self.0
    }
}

/// `GET /pilots?state=&after=`.
pub(in crate::pages) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let scene = Scene::today(visit)?;
    let listed = Listed::take(visit, &scene)?;
    let asked = visit.query.get("state");
    let mut states = vec![(w.t("coverage-every"), "/pilots".to_owned(), asked.is_empty())];
    states.extend(
        PilotState::ALL
            .iter()
            .map(|state| (w.t(state.word()), format!("/pilots?state={}", state.code()), asked == state.code())),
    );
    let mut head = Head::new(w.t("coverage-pilots"), PILOTS);
    if visit.who().may_somewhere(Permission::Export) {
        let query = visit.query.with(&[("after", ""), ("done", "")]);
        head = head.action(w.t("coverage-export"), format!("/pilots/export.xlsx{query}"), false);
    }
    if visit.who().may_somewhere(Permission::EditUnits) {
        head = head.action(w.t("coverage-pilot-new"), "/pilots/new", true);
    }
    visit.page(head, &PilotsPage { w, states, table: table(visit, &scene, listed.trials()) })
}

fn table(visit: &Visit<'_>, scene: &Scene, trials: &[Trial]) -> String {
    let w = visit.w;
    let mut table = Table::new(
        w.t("coverage-pilots"),
        vec![
            Column::new("title", w.t("coverage-pilot-title")),
            Column::new("state", w.t("coverage-pilot-state")),
            Column::number("units", w.t("coverage-pilot-units")),
            Column::new("starts", w.t("coverage-pilot-starts")),
            Column::new("next", w.t("coverage-pilot-next")),
        ],
    );
    table.empty = w.t("coverage-pilots-empty").to_owned();
    let after = visit.query.some("after").and_then(|text| text.parse().ok());
    let start = after.and_then(|id| trials.iter().position(|trial| trial.row.pilot_id == id)).map_or(0, |at| at + 1);
    let end = start.saturating_add(ROWS).min(trials.len());
    let shown = trials.get(start..end).unwrap_or_default();
    for trial in shown {
        table.rows.push(vec![
            Cell::LinkWith(trial.row.title.clone(), address(trial, ""), scene.name(trial.row.unit_id)),
            Cell::Tag(w.t(trial.state.word()).to_owned(), trial.state.colour()),
            Cell::Text(w.n(trial.units.len())),
            Cell::Text(w.day(trial.row.starts_on)),
            Cell::Text(next(w, trial, visit.today())),
        ]);
    }
    table.next = shown.last().filter(|_| end < trials.len()).map(|trial| trial.row.pilot_id.to_string());
    table.html(visit)
}

/// What has to be done next, and by when.
pub(super) fn next(w: Tongue<'_>, trial: &Trial, today: Day) -> String {
    let Some((step, day)) = trial.state.due(trial.row.midterm_due, trial.row.final_due) else { return String::new() };
    let word = match step {
        crate::rules::Step::Conclude(_) => w.t("coverage-step-conclude"),
        other => w.t(other.word()),
    };
    let key = if day < today { "coverage-next-late" } else { "coverage-next-by" };
    w.t2(key, ("step", word), ("day", w.day(day)))
}
