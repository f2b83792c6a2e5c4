//! Where the agenda of a new meeting starts from: the topics of the setting, the last meeting, or a model of a committee above.

use chibo_kernel::Problem;
use chibo_web::{Pairs, Visit, html};

use super::library::{above, paragraphs, setting_of};
use super::{Place, fields, studies, topics};
use crate::actions::newest;
use crate::rules::Terms;
use crate::store::{self, ModelRow};

/// A start: lines of the agenda, and what stands above the form.
pub(super) struct Start {
    /// Agenda, a line an item.
    pub agenda: String,
    /// The ways to start, and what a chosen model teaches.
    pub around: String,
}

/// Models offered to a branch: of its setting, by the committees above it, the nearest first.
fn offered(visit: &Visit<'_>, place: &Place) -> Result<Vec<ModelRow>, Problem> {
    let Some(setting) = setting_of(&place.units, place.unit) else { return Ok(Vec::new()) };
    visit.read(|tx| {
        let mut found = Vec::new();
        for committee in above(&place.units, place.unit) {
            found.extend(newest(store::models(tx, committee)?));
        }
        found.retain(|row| row.withdrawn == 0 && row.setting == setting as u8);
        Ok(found)
    })
}

/// The start the address asks for (`?start=last`, `?start={committee}.{model}`), with what has still to be studied; `last` is the
/// number of the branch's last meeting.
pub(super) fn of(visit: &Visit<'_>, place: &Place, terms: &Terms, last: Option<u32>) -> Result<Start, Problem> {
    let w = visit.w;
    let models = offered(visit, place)?;
    let asked = visit.query.get("start");
    let key = |row: &ModelRow| format!("{}.{}", row.unit_id, row.model_no);
    let model = models.iter().find(|row| key(row) == asked);
    let mut agenda = match (model, last.filter(|_| asked == "last")) {
        (Some(row), _) => row.agenda.clone(),
        (None, Some(no)) => fields::agenda_text(&visit.read(|tx| store::items(tx, place.unit, no))?),
        (None, None) => {
            let titles = topics::of(visit, place, terms).into_iter().map(|(_, title)| title);
            titles.collect::<Vec<_>>().join("\n")
        }
    };
    let theme = super::plan::proposal(visit, place)?.filter(|_| asked != "last");
    for line in studies::proposals(visit, place)?.into_iter().chain(theme) {
        if !agenda.lines().any(|known| known == line) {
            agenda = if agenda.is_empty() { line } else { format!("{agenda}\n{line}") };
        }
    }
    let chip =
        |code: &str, text: String| (text, place.address(&Pairs::default().with(&[("start", code)])), asked == code);
    let mut chips =
        vec![chip("", w.t("meetings-start-topics").to_owned()), chip("last", w.t("meetings-start-last").to_owned())];
    chips.extend(models.iter().map(|row| chip(&key(row), w.t1("meetings-start-model", "title", &row.title))));
    let mut around = html::chips(w.t("meetings-start"), chips);
    if let Some(row) = model {
        let parts = [("meetings-model-lessons", &row.lessons), ("meetings-model-minutes", &row.minutes)];
        for (word, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
            around.push_str(&format!("<h3>{}</h3>{}", w.t(word), paragraphs(text)));
        }
    }
    Ok(Start { agenda, around })
}
