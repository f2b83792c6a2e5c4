//! The tab "history": everything recorded about a unit, what holds when, known since when.

use askama::Template;
use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_web::Visit;
use chibo_web::words::Tongue;

use super::facts::extent_word;
use super::people::names;
use super::scene::{Scene, kind_name, setting_name};
use super::unit::Shown;
use crate::kinds::Role;
use crate::store;

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryTab<'a> {
    w: Tongue<'a>,
    items: Vec<Item>,
}

struct Item {
    day: Day,
    recorded: Moment,
    /// First day, or first and last.
    when: String,
    text: String,
    href: String,
    known: String,
    believed: bool,
}

pub(super) fn html(visit: &Visit<'_>, scene: &Scene, shown: &Shown) -> Result<String, Problem> {
    let w = visit.w;
    let (offices, steps, decisions) = visit.read(|tx| {
        Ok((store::offices_of(tx, shown.id)?, store::steps_of_unit(tx, shown.id)?, store::decisions(tx)?))
    })?;
    let mut items: Vec<Item> = Vec::new();
    for row in &shown.facts {
        let code = if row.code.is_empty() { String::new() } else { format!(" · {}", row.code) };
        let kind = kind_name(w, row.kind, row.valid_from);
        let text = format!("{} · {kind} · {}{code}", row.name, setting_name(w, row.setting));
        items.push(item(w, (row.valid_from, row.valid_to), (row.recorded_at, row.superseded_at), text));
    }
    for row in &shown.parents {
        let text = match row.parent_id {
            Some(parent) => w.t1("units-history-under", "unit", scene.name(parent)),
            None => w.t("units-history-root").to_owned(),
        };
        items.push(item(w, (row.valid_from, row.valid_to), (row.recorded_at, row.superseded_at), text));
    }
    let persons: Vec<Id<Person>> = offices.iter().map(|row| row.person_id).collect();
    for (row, name) in offices.iter().zip(names(visit, &persons)) {
        let role = Role::from_number(row.role).map_or("", |role| w.t(role.name_key()));
        let text = format!("{name}: {role}");
        items.push(item(w, (row.valid_from, row.valid_to), (row.recorded_at, row.superseded_at), text));
    }
    for row in decisions.iter().filter(|row| steps.iter().any(|step| step.decision_id == row.decision_id)) {
        let text = format!("{} {} – {}", w.t("units-history-decision"), row.number, row.title);
        let mut item = item(w, (row.effective_on, Day::FOREVER), (row.recorded_at, Moment::FOREVER), text);
        item.href = format!("/reorganisations/{}", row.decision_id);
        items.push(item);
    }
    let gone = shown.successors.iter().map(|row| ("units-history-into", row, row.into_unit));
    let come = shown.predecessors.iter().map(|row| ("units-history-from", row, row.from_unit));
    for (key, row, other) in gone.chain(come) {
        let recorded =
            decisions.iter().find(|d| d.decision_id == row.decision_id).map_or(Moment::FOREVER, |d| d.recorded_at);
        let text = format!("{} ({})", w.t1(key, "unit", scene.name(other)), extent_word(w, row));
        items.push(item(w, (row.on_day, Day::FOREVER), (recorded, Moment::FOREVER), text));
    }
    items.sort_by_key(|item| std::cmp::Reverse((item.day, item.recorded)));
    HistoryTab { w, items }.render().map_err(Problem::fault)
}

fn item(w: Tongue<'_>, (from, to): (Day, Day), (recorded, superseded): (Moment, Moment), text: String) -> Item {
    let when = match to {
        Day::FOREVER => w.t1("units-history-since", "from", from),
        _ => w.t2("units-history-between", ("from", from), ("to", to.plus_days(-1))),
    };
    let mut known = match recorded {
        Moment::FOREVER => String::new(),
        _ => w.t1("units-history-recorded", "at", w.moment(recorded)),
    };
    if superseded != Moment::FOREVER {
        known.push_str("; ");
        known.push_str(&w.t1("units-history-superseded", "at", w.moment(superseded)));
    }
    Item { day: from, recorded, when, text, href: String::new(), known, believed: superseded == Moment::FOREVER }
}
