//! One case: what is proposed, each step with who acts, its paper, its last day and what is missing, and what was done.

use askama::Template;
use chibo_kernel::calendar::Coverage;
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_web::form::summary;
use chibo_web::table::{Column, link};
use chibo_web::words::Tongue;
use chibo_web::{Cell, Form, Head, Reply, Table, Visit, doubt, html};

use super::paper::{hands_over, may_print};
use super::seen::Seen;
use super::typed;
use crate::rules::{CaseKind, Phase, Step, closing, decisions, may_take, papers, terms_on, too_few};
use crate::store::StepRow;

/// Label, text, address of what it names (or nothing).
type Fact<'a> = (&'a str, String, String);

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage<'a> {
    w: Tongue<'a>,
    phase: (&'a str, &'static str),
    errors: String,
    force: String,
    facts: Vec<Fact<'a>>,
    warnings: Vec<(&'static str, String)>,
    steps: String,
    done: Vec<(String, String, String, String)>,
    notes: String,
}

/// `GET /lifecycle/cases/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    page(visit, &seen, &[])
}

/// The page, with what kept a decision from coming into force.
pub(super) fn page(visit: &Visit<'_>, seen: &Seen, issues: &[Issue]) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut errors = String::new();
    summary(&mut errors, visit, issues, &[]);
    let page = CasePage {
        w,
        phase: (w.t(seen.phase.word()), seen.phase.colour()),
        errors,
        force: force(visit, seen),
        facts: facts(visit, seen)?,
        warnings: warnings(visit, seen)?,
        steps: steps(visit, seen),
        done: seen.file.steps.iter().rev().map(|row| done(visit, seen, row)).collect(),
        notes: notes(w, seen)?,
    };
    let status = if issues.is_empty() { 200 } else { 422 };
    visit.page_with(status, head(visit, seen).with_error(status == 422), &page)
}

fn head(visit: &Visit<'_>, seen: &Seen) -> Head {
    let w = visit.w;
    let mut head = seen.head(visit, None);
    if seen.scene.forest.no(seen.file.plan.unit).is_some() {
        head = head.action(w.t("lifecycle-life"), format!("/lifecycle/units/{}", seen.file.plan.unit), false);
    }
    if seen.phase.is_draft() && seen.keeps(visit) {
        head = head.action(w.t("lifecycle-amend"), seen.address("/plan"), false);
        if seen.file.lists_members() && visit.who().may_somewhere(Permission::EditMembers) {
            head = head.action(w.t("lifecycle-members-edit"), seen.address("/members"), false);
        }
    }
    if may_print(visit, seen) {
        head = head.action(w.t("lifecycle-decision-docx"), seen.address("/decision.docx"), false).action(
            w.t("lifecycle-decision-pdf"),
            seen.address("/decision.pdf"),
            false,
        );
        if hands_over(seen.file.plan.kind) && seen.file.last(Step::Decided).is_some() {
            head = head.action(w.t("lifecycle-handover-docx"), seen.address("/handover.docx"), false).action(
                w.t("lifecycle-handover-pdf"),
                seen.address("/handover.pdf"),
                false,
            );
        }
    }
    if seen.may_take(visit, Step::Withdrawn) {
        head = head.action(w.t("lifecycle-withdraw"), seen.address("/steps?step=withdrawn"), false);
    }
    head
}

/// The button that tries again what was refused on its day.
fn force(visit: &Visit<'_>, seen: &Seen) -> String {
    let may = seen.actor(Step::Decided).is_some_and(|unit| visit.permit(Permission::EditUnits, unit).is_ok());
    if !seen.is_overdue() || !may {
        return String::new();
    }
    Form::new(seen.address("/entry-into-force"), visit.w.t("lifecycle-force-send"), Vec::new()).html(visit)
}

fn facts<'a>(visit: &Visit<'a>, seen: &Seen) -> Result<Vec<Fact<'a>>, Problem> {
    let (w, plan, scene) = (visit.w, &seen.file.plan, &seen.scene);
    let plain = |key: &str, text: String| (w.t(key), text, String::new());
    let unit = |key: &str, unit: Id<Unit>| {
        let sees = visit.permit(Permission::ViewUnits, unit).is_ok();
        (w.t(key), seen.name(visit, unit), if sees { format!("/units/{unit}") } else { String::new() })
    };
    let kind = plan.unit_kind();
    let mut facts = vec![
        plain("lifecycle-unit", plan.facts.name.clone()),
        plain("lifecycle-unit-kind", w.t(kind.name_key(scene.today)).to_owned()),
        plain("lifecycle-setting", w.t(plan.setting().name_key()).to_owned()),
    ];
    if !plan.facts.code.is_empty() {
        facts.push(plain("lifecycle-code", plan.facts.code.clone()));
    }
    facts.push(unit("lifecycle-parent", plan.parent));
    if let Some(target) = plan.target {
        let key = if plan.kind == CaseKind::Transfer { "lifecycle-new-parent" } else { "lifecycle-target" };
        facts.push(unit(key, target));
    }
    facts.extend(plan.ground.map(|ground| plain("lifecycle-ground", w.t(ground.word()).to_owned())));
    if !plan.purpose.is_empty() {
        facts.push(plain("lifecycle-purpose", plan.purpose.clone()));
    }
    if kind != Kind::Group {
        let (official, all) = (w.n(seen.course.strength.official), w.n(seen.course.strength.all));
        let text = w.t2("lifecycle-strength-text", ("official", official), ("all", all));
        facts.push(plain("lifecycle-strength", text));
    }
    if let Some(decider) = seen.actor(Step::Decided) {
        facts.push(unit("lifecycle-decider", decider));
    }
    let effective = seen.file.effective_on();
    if effective != Day::FOREVER {
        facts.push(plain("lifecycle-effective", w.day(effective)));
    }
    if plan.ends_on != Day::FOREVER {
        facts.push(plain("lifecycle-ends", w.day(plan.ends_on)));
    }
    if plan.kind.ends() && seen.phase == Phase::Closing {
        let terms = terms_on(effective)?;
        let by = terms.closed_by(effective)?;
        let mut text = match terms.closing_days() {
            Some(days) => w.t2("lifecycle-deadline-text", ("day", w.day(by.value)), ("days", days)),
            None => w.day(by.value),
        };
        if by.coverage != Coverage::Announced {
            text = w.t1("lifecycle-deadline-projected", "day", text);
        }
        facts.push(plain("lifecycle-deadline", text));
    }
    Ok(facts)
}

/// What stands against a decision already, before anybody tries.
fn warnings(visit: &Visit<'_>, seen: &Seen) -> Result<Vec<(&'static str, String)>, Problem> {
    let (w, plan) = (visit.w, &seen.file.plan);
    let mut warnings = Vec::new();
    if seen.course.levels.is_none() || seen.actor(Step::Decided).is_none() {
        warnings.push(("ORG-02", w.t("lifecycle-no-committee").to_owned()));
    }
    if plan.kind.founds() && seen.phase.is_draft() {
        let few = too_few(&terms_on(seen.scene.today)?, plan.unit_kind(), seen.course.strength);
        warnings.extend(few.map(|issue| (issue.rule.unwrap_or("ORG-01"), w.said(&issue.said))));
        if seen.course.needs.consent {
            warnings.push(("ORG-04", w.t("lifecycle-consent-needed").to_owned()));
        }
    }
    let children = seen.scene.children(plan.unit);
    if plan.kind.ends() && seen.phase.is_before() && children > 0 {
        warnings.push(("ORG-11", w.t1("lifecycle-children-remain", "count", children)));
    }
    if plan.kind.ends() && seen.phase.is_draft() && plan.target.is_none() && seen.course.strength.all > 0 {
        let said = w.t1("lifecycle-members-without-target", "count", seen.course.strength.all);
        warnings.push(("ORG-12", said));
    }
    Ok(warnings)
}

/// The course of the case: each step once, of what may be done one way or another both ways in one row.
fn steps(visit: &Visit<'_>, seen: &Seen) -> String {
    let w = visit.w;
    let needs = &seen.course.needs;
    let mut course: Vec<Vec<Step>> = papers(needs).into_iter().map(|step| vec![step]).collect();
    course.extend(decisions(needs).iter().map(|step| vec![*step]));
    course.push(vec![Step::InForce]);
    course.extend(closing(needs).iter().map(|group| group.to_vec()));
    let columns = vec![
        Column::sentences("step", w.t("lifecycle-step")),
        Column::new("who", w.t("lifecycle-who")),
        Column::new("state", w.t("lifecycle-state")),
        Column::new("paper", w.t("lifecycle-paper")),
        Column::new("due", w.t("lifecycle-deadline")),
        Column::new("act", w.t("lifecycle-act")),
    ];
    let mut table = Table::new(w.t("lifecycle-course"), columns);
    table.rows = course.iter().map(|group| step_row(visit, seen, group)).collect();
    table.html(visit)
}

fn step_row(visit: &Visit<'_>, seen: &Seen, group: &[Step]) -> Vec<Cell> {
    let w = visit.w;
    let row = group.iter().find_map(|step| seen.file.last(*step));
    let shown: Vec<Step> = match row.and_then(|row| Step::from_code(&row.step)) {
        Some(step) => vec![step],
        None => group.to_vec(),
    };
    let words: Vec<&str> = shown.iter().map(|step| w.t(step.word())).collect();
    let first = shown.first().copied().unwrap_or(Step::Withdrawn);
    let who = match first {
        Step::InForce => w.t("lifecycle-by-itself").to_owned(),
        step => seen.actor(step).map_or_else(String::new, |unit| seen.name(visit, unit)),
    };
    let due = seen.due(first);
    let late = row.is_none() && due < seen.scene.today && seen.phase.is_open();
    let state = match row {
        Some(_) => Cell::Tag(w.t("lifecycle-state-done").to_owned(), "ok"),
        None if late => Cell::Tag(w.t("lifecycle-state-late").to_owned(), "bad"),
        None if shown.iter().any(|step| may_take(&seen.course.needs, &seen.taken, *step)) => {
            Cell::Tag(w.t("lifecycle-state-missing").to_owned(), "warn")
        }
        None => Cell::Text(w.t("lifecycle-state-later").to_owned()),
    };
    let mut acts = String::new();
    for step in shown.iter().filter(|step| seen.may_take(visit, **step)) {
        let text = if shown.len() > 1 { w.t(step.word()) } else { w.t("lifecycle-record") };
        acts.push_str("<div>");
        link(&mut acts, text, &seen.address(&format!("/steps?step={}", step.code())));
        acts.push_str("<span class=\"visually-hidden\">: ");
        html::push(&mut acts, w.t(step.word()));
        acts.push_str("</span></div>");
    }
    vec![
        Cell::Text(words.join(" / ")),
        Cell::Text(who),
        state,
        Cell::Text(row.map_or_else(String::new, |row| paper(w, row))),
        Cell::Text(typed(due)),
        Cell::Html(acts),
    ]
}

/// Number and day of what a step left behind.
fn paper(w: Tongue<'_>, row: &StepRow) -> String {
    let mut parts = Vec::new();
    if !row.number.is_empty() {
        parts.push(row.number.clone());
    }
    if row.votes_base > 0 {
        parts.push(w.t2("lifecycle-votes-text", ("yes", w.n(row.votes_for)), ("base", w.n(row.votes_base))));
    }
    parts.push(w.day(row.on_day));
    parts.join(", ")
}

/// A step in the history: day, what, paper and note, who wrote it down.
fn done(visit: &Visit<'_>, seen: &Seen, row: &StepRow) -> (String, String, String, String) {
    let w = visit.w;
    let step = Step::from_code(&row.step).map_or("", |step| w.t(step.word()));
    let mut more = vec![paper(w, row)];
    if !row.authority.is_empty() {
        more.push(row.authority.clone());
    } else if row.unit_id != seen.file.plan.unit {
        more.push(seen.name(visit, row.unit_id));
    }
    if row.effective_on != Day::FOREVER {
        more.push(w.t1("lifecycle-effective-text", "day", w.day(row.effective_on)));
    }
    if !row.note.is_empty() {
        more.push(row.note.clone());
    }
    if !row.rulebook.is_empty() {
        more.push(w.t1("lifecycle-rulebook-text", "versions", &row.rulebook));
    }
    let known = format!("{}, {}", row.recorded_by, w.moment(row.recorded_at));
    (w.day(row.on_day), step.to_owned(), more.join(" · "), w.t1("lifecycle-recorded-text", "who", known))
}

/// What is doubtful about the rules of this case.
fn notes(w: Tongue<'_>, seen: &Seen) -> Result<String, Problem> {
    let ids: &[&str] = match seen.file.plan.kind {
        CaseKind::Founding => &["ORG-01", "ORG-04"],
        CaseKind::Temporary => &["TRF-08"],
        CaseKind::Transfer => &[],
        CaseKind::Dissolution => &["ORG-12"],
        CaseKind::Disbandment => &["ORG-12", "X-08"],
    };
    let effective = seen.file.effective_on();
    let day = if effective == Day::FOREVER { seen.scene.today } else { effective };
    Ok(doubt::card(w.t("lifecycle-notes"), &doubt::notes(w, terms_on(day)?.doubtful(ids))))
}
