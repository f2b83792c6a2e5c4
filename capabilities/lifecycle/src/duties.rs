//! What is due: cases that wait for somebody with their last days (ORG-12, TRF-08), branches without groups (ORG-05).

use chibo_census::{Query, State};
use chibo_kernel::{AsOf, Day, Id, Permission, Problem, Said};
use chibo_members::dims::member_standings;
use chibo_organisation::kinds::Kind;
use chibo_web::{Duty, DutySource, Visit};

use crate::file::File;
use crate::rules::{CaseFile, CaseKind, Levels, Phase, Step, closing, terms_on};
use crate::scene::Scene;
use crate::store;

/// Every sort of duty.
pub(crate) fn sources() -> Vec<DutySource> {
    let needs = Permission::EditUnits;
    vec![
        DutySource { name: "lifecycle", title: "lifecycle-duties", needs, find: cases },
        DutySource { name: "party-groups", title: "lifecycle-duties-groups", needs, find: groups },
    ]
}

fn cases(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let scene = Scene::seen(visit);
    let files = visit.read(|tx| {
        let mut open: Vec<Id<CaseFile>> = Vec::new();
        store::open_cases(tx, |row| {
            open.push(row.case_id);
            Ok(())
        })?;
        open.into_iter().map(|id| File::load(tx, id)).collect::<Result<Vec<_>, Problem>>()
    })?;
    for file in files {
        let Some(levels) = file.levels(&scene) else { continue };
        let Some((key, step, due)) = waits_for(&file, &scene, &levels)? else { continue };
        let Some(unit) = levels.actor(step, &[]) else { continue };
        let said = Said::new(key).with("unit", &file.row.name);
        each(Duty { rule: rule(file.plan.kind), unit, said, due, href: format!("/lifecycle/cases/{}", file.id()) });
    }
    Ok(())
}

/// What a case waits for: the sentence, the step and its last day. What its own office prepares is no duty.
fn waits_for(file: &File, scene: &Scene, levels: &Levels) -> Result<Option<(&'static str, Step, Day)>, Problem> {
    let taken = file.taken()?;
    let missing = |step: &Step| !taken.contains(step);
    let on = file.effective_on();
    Ok(Some(match file.row.phase()? {
        Phase::Ready if file.plan.kind == CaseKind::Disbandment && missing(&Step::ProposingVote) => {
            ("lifecycle-duty-propose", Step::ProposingVote, Day::FOREVER)
        }
        Phase::Ready => ("lifecycle-duty-decide", Step::Decided, Day::FOREVER),
        Phase::InTransit if missing(&Step::Accepted) => ("lifecycle-duty-accept", Step::Accepted, Day::FOREVER),
        Phase::InTransit if missing(&Step::TakenOver) => ("lifecycle-duty-sign", Step::TakenOver, on),
        Phase::InTransit => ("lifecycle-duty-sign", Step::HandedOver, on),
        Phase::Waiting if on <= scene.today => ("lifecycle-duty-force", Step::Decided, on),
        Phase::Closing if file.plan.kind == CaseKind::Temporary && missing(&Step::Ended) => {
            ("lifecycle-duty-end", Step::Ended, file.plan.ends_on)
        }
        Phase::Closing => {
            let needs = file.needs(Some(levels), false);
            let left = closing(&needs).iter().find(|group| group.iter().all(missing));
            let step = left.and_then(|group| group.first()).copied().unwrap_or(Step::Reported);
            ("lifecycle-duty-close", step, file.row.due_on)
        }
        Phase::Preparing | Phase::Waiting | Phase::Done | Phase::Withdrawn => return Ok(None),
    }))
}

/// The rule that asks for the next step.
const fn rule(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Founding => "ORG-15",
        CaseKind::Temporary => "TRF-08",
        CaseKind::Transfer => "ORG-16",
        CaseKind::Dissolution => "ORG-12",
        CaseKind::Disbandment => "X-08",
    }
}

/// Branches of thirty members and more that are not divided into party groups (ORG-05).
fn groups(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let census = &visit.house.census;
    // While members are being read every branch would seem empty.
    if matches!(census.state(), State::Loading { .. }) {
        return Ok(());
    }
    let today = visit.today();
    let from = terms_on(today)?.groups_from;
    let view = census.view(today);
    let forest = view.forest().clone();
    let tree = forest.tree(AsOf::on(today));
    let heads = view.headcounts(&Query { members: Some(member_standings()), ..Query::at(AsOf::on(today)) });
    for (place, count) in (0..tree.len()).zip(heads) {
        if count < from || tree.kind(place) != Kind::Branch.number() {
            continue;
        }
        let divided = tree.children(place).any(|child| tree.kind(child) == Kind::Group.number());
        let unit = tree.unit(place).and_then(|no| forest.id(no));
        if let (false, Some(unit)) = (divided, unit) {
            let said = Said::new("lifecycle-duty-groups").with("count", count).with("from", from);
            let href = format!("/lifecycle/new?case=founding&of=TD&unit={unit}");
            each(Duty { rule: "ORG-05", unit, said, due: Day::FOREVER, href });
        }
    }
    Ok(())
}
