//! Official papers to save: the sheet of a unit, the list of one's units, a decision.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Permission, Person, Problem, Unit};
use chibo_papers::document::{DOCX, Document, PDF, to_docx, to_pdf};
use chibo_store::Entry;
use chibo_web::{Reply, Visit};

use super::decision::Compared;
use super::people::{holds, names};
use super::scene::Scene;
use super::unit::Shown;
use crate::kinds::{Kind, Role, Setting};
use crate::papers;
use crate::papers::{Act, DecisionPaper, Issuer, ListPaper, ListRow, Officer, UnitSheet};
use crate::rules::SuccessionKind;
use crate::store::{self, DecisionRow, StepRow};

/// Which file is wanted.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    Pdf,
    Docx,
}

pub(super) fn saved(document: &Document, ending: Ending, name: &str, day: Day) -> Result<Reply, Problem> {
    let (suffix, kind, body) = match ending {
        Ending::Pdf => ("pdf", PDF, to_pdf(document, &chibo_web::fonts())?),
        Ending::Docx => ("docx", DOCX, to_docx(document)?),
    };
    Ok(Reply::File { name: format!("{name}-{}.{suffix}", day.iso()), kind, body })
}

/// Records that a paper left the program (DPD-12).
fn note(visit: &Visit<'_>, unit: Id<Unit>, subject: Option<[u8; 16]>, detail: &str) -> Result<(), Problem> {
    let stream = subject.unwrap_or(*unit.bytes());
    visit.record(Entry { stream, action: "units-exported", unit: Some(unit), subject, detail: detail.to_owned() })
}

/// The full name of the unit above; empty for a root.
pub(super) fn above(scene: &Scene, unit: Id<Unit>) -> String {
    let up = scene.place(unit).and_then(|place| scene.tree.parent(place)).and_then(|up| scene.id(up));
    up.map_or_else(String::new, |up| scene.name(up))
}

fn kind_vi(kind: u8, on: Day) -> &'static str {
    Kind::from_number(kind).map_or("", |kind| kind.name(on).vi)
}

fn setting_vi(setting: u8) -> &'static str {
    Setting::from_number(setting).map_or("", Setting::vi)
}

/// `GET /units/{id}/sheet.pdf`.
pub(super) fn sheet_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    sheet(visit, Ending::Pdf)
}

/// `GET /units/{id}/sheet.docx`.
pub(super) fn sheet_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    sheet(visit, Ending::Docx)
}

fn sheet(visit: &Visit<'_>, ending: Ending) -> Result<Reply, Problem> {
    let id: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::ViewUnits, id)?;
    visit.permit(Permission::Export, id)?;
    let scene = Scene::counted(visit, visit.as_of());
    let shown = Shown::load(visit, &scene, id)?;
    let name = |unit: Id<Unit>| scene.name(unit);
    let paper = UnitSheet {
        issuer: Issuer {
            superior: above(&scene, id),
            name: shown.row(&scene).map_or_else(|| name(id), |row| row.name.clone()),
        },
        day: scene.at.day,
        made_on: scene.today,
        made_by: visit.who().name.clone(),
        facts: facts(&scene, &shown),
        officers: officers(visit, &scene, id)?,
        from: shown.predecessors.iter().map(|row| name(row.from_unit)).collect(),
        into: shown.successors.iter().map(|row| name(row.into_unit)).collect(),
    };
    note(visit, id, None, &serde_json::json!({ "paper": "sheet", "day": scene.at.day.iso() }).to_string())?;
    saved(&papers::sheet(&paper), ending, "phieu-to-chuc", scene.at.day)
}

fn facts(scene: &Scene, shown: &Shown) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(row) = shown.row(scene) {
        facts.push(("Tên tổ chức", row.name.clone()));
        facts.push(("Loại tổ chức", kind_vi(row.kind, scene.at.day).to_owned()));
        facts.push(("Loại hình", setting_vi(row.setting).to_owned()));
        facts.push(("Mã tổ chức", row.code.clone()));
    }
    facts.push(("Tổ chức cấp trên", above(scene, shown.id)));
    let believed = shown.believed();
    if let (Some(first), Some(last)) = (believed.first(), believed.last()) {
        facts.push(("Ngày thành lập", first.valid_from.to_string()));
        if last.valid_to != Day::FOREVER {
            facts.push(("Ngày kết thúc", last.valid_to.to_string()));
        }
    }
    facts.push(("Mã đơn vị hành chính", shown.record.admin_code.clone()));
    if let Some(place) = shown.place {
        let count = |number: u32| chibo_kernel::text::number::count(i64::from(number));
        let below = scene.tree.children(place).count();
        facts.push(("Tổ chức cấp dưới trực tiếp", count(u32::try_from(below).unwrap_or(u32::MAX))));
        facts.push(("Đảng viên (kể cả cấp dưới)", count(scene.members(place))));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

fn officers(visit: &Visit<'_>, scene: &Scene, id: Id<Unit>) -> Result<Vec<Officer>, Problem> {
    let mut rows = visit.read(|tx| store::offices_of(tx, id))?;
    rows.retain(|row| holds(row, scene.at));
    let persons: Vec<Id<Person>> = rows.iter().map(|row| row.person_id).collect();
    let role = |number: u8| Role::from_number(number).map_or("", Role::vi);
    let named = rows.iter().zip(names(visit, &persons));
    Ok(named.map(|(row, name)| Officer { name, role: role(row.role), since: row.valid_from }).collect())
}

/// `GET /units/list.pdf`.
pub(super) fn list_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    list(visit, Ending::Pdf)
}

/// `GET /units/list.docx`.
pub(super) fn list_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    list(visit, Ending::Docx)
}

fn list(visit: &Visit<'_>, ending: Ending) -> Result<Reply, Problem> {
    let scene = Scene::counted(visit, visit.as_of());
    let may = |place: &u32| {
        let today = scene.tree.unit(*place).and_then(|unit| scene.places.place(unit));
        visit.who().system || today.is_some_and(|today| visit.who().may_at(Permission::Export, today))
    };
    let places: Vec<u32> = (0..scene.tree.len()).filter(|place| scene.sees(visit, *place) && may(place)).collect();
    let top = places.first().and_then(|place| scene.id(*place)).ok_or(Problem::NotFound)?;
    // By rank of the kind, then setting; within them in the order of the tree.
    let mut groups: BTreeMap<(u8, u8, u8), Vec<ListRow>> = BTreeMap::new();
    for place in &places {
        let Some(facts) = scene.tree.facts(*place) else { continue };
        let rank = Kind::from_number(facts.kind).map_or(u8::MAX, Kind::rank);
        groups.entry((rank, facts.kind, facts.setting)).or_default().push(ListRow {
            kind: kind_vi(facts.kind, scene.at.day),
            setting: setting_vi(facts.setting),
            name: facts.name.clone(),
            members: scene.members(*place),
        });
    }
    let paper = ListPaper {
        issuer: Issuer { superior: above(&scene, top), name: scene.name(top) },
        day: scene.at.day,
        made_on: scene.today,
        rows: groups.into_values().flatten().collect(),
    };
    let detail = serde_json::json!({ "paper": "list", "day": scene.at.day.iso(), "rows": places.len() });
    note(visit, top, None, &detail.to_string())?;
    saved(&papers::list(&paper), ending, "danh-sach-to-chuc", scene.at.day)
}

/// `GET /reorganisations/{id}/decision.pdf`.
pub(super) fn decision_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    decision(visit, Ending::Pdf)
}

/// `GET /reorganisations/{id}/decision.docx`.
pub(super) fn decision_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    decision(visit, Ending::Docx)
}

/// The whole decision, so only for those who may export all it concerns.
fn decision(visit: &Visit<'_>, ending: Ending) -> Result<Reply, Problem> {
    let compared = Compared::load(visit)?;
    let row = &compared.decision;
    visit.permit(Permission::Export, row.unit_id)?;
    let steps = visit.read(|tx| store::steps_of(tx, row.decision_id))?;
    note_decision(visit, row, "decision", steps.len())?;
    saved(&decided(&compared, &steps), ending, "quyet-dinh", row.effective_on)
}

/// The decision as a document.
pub(super) fn decided(compared: &Compared, steps: &[StepRow]) -> Document {
    let row = &compared.decision;
    let draft = row.state == "draft";
    papers::decision(&DecisionPaper {
        issuer: issuer(&compared.after, row),
        number: row.number.clone(),
        title: row.title.clone(),
        signed_on: (!draft).then_some(row.signed_on),
        effective_on: row.effective_on,
        remark: match row.state.as_str() {
            "draft" => Some("(Dự thảo)"),
            "withdrawn" => Some("(Đã rút, không có hiệu lực)"),
            "undone" => Some("(Đã hủy bằng quyết định khác)"),
            _ => None,
        },
        acts: acts(compared, steps),
    })
}

pub(super) fn issuer(scene: &Scene, row: &DecisionRow) -> Issuer {
    Issuer { superior: above(scene, row.unit_id), name: row.authority.clone() }
}

/// Records that a paper of a decision left the program.
pub(super) fn note_decision(visit: &Visit<'_>, row: &DecisionRow, paper: &str, rows: usize) -> Result<(), Problem> {
    let detail = serde_json::json!({ "paper": paper, "decision": row.number, "rows": rows }).to_string();
    note(visit, row.unit_id, Some(*row.decision_id.bytes()), &detail)
}

/// The steps in words. A unit that goes into another is not said to be dissolved as well.
fn acts(compared: &Compared, steps: &[StepRow]) -> Vec<Act> {
    let (before, after, on) = (&compared.before, &compared.after, compared.decision.effective_on);
    let goes_on = |unit: Id<Unit>| compared.successions.iter().any(|row| row.from_unit == unit);
    let kind = |unit| after.place(unit).map_or("", |place| kind_vi(after.tree.kind(place), on));
    let act = |step: &StepRow| {
        let unit = step.unit_id;
        let other = step.other_unit.map_or_else(String::new, |other| after.name(other));
        Some(match step.kind.as_str() {
            "establish" => Act::Establish { unit: after.name(unit), kind: kind(unit), above: above(after, unit) },
            "restore" => Act::Restore { unit: after.name(unit), above: above(after, unit) },
            "succeed" => {
                let into = |row: &&store::SuccessionRow| is_pair(row, unit, step.other_unit);
                let split = |row: &store::SuccessionRow| row.kind == SuccessionKind::Split.code();
                let whole = !compared.successions.iter().find(into).is_some_and(split);
                let members = before.place(unit).map_or(0, |place| before.members(place));
                Act::Merge { from: before.name(unit), into: other, whole, members }
            }
            "reparent" => Act::Move { unit: after.name(unit), above: other },
            "retype" => Act::Retype { unit: after.name(unit), kind: kind(unit) },
            "rename" => Act::Rename { before: before.name(unit), after: after.name(unit) },
            "dissolve" if !goes_on(unit) => Act::Dissolve { unit: before.name(unit) },
            _ => return None,
        })
    };
    steps.iter().filter_map(act).collect()
}

fn is_pair(row: &store::SuccessionRow, from: Id<Unit>, into: Option<Id<Unit>>) -> bool {
    row.from_unit == from && Some(row.into_unit) == into
}
