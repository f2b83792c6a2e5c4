//! One plan: what it says, what stands against it, what follows, what can be done.

use askama::Template;
use chibo_kernel::{Id, Problem, Unit};
use chibo_web::form::boxed;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Form, Head, Reply, Table, Visit};

use super::consequences::{self, Consequences};
use super::forms::{shown, version};
use super::line::KINDS;
use super::list::colour;
use super::steps::{self, Refusal};
use super::{Bench, MENU};
use crate::rules::{Operation, State};

/// Lines on one page.
const ROWS: usize = 200;

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage<'a> {
    w: Tongue<'a>,
    state: (&'a str, &'static str),
    facts: Vec<(&'a str, String)>,
    undone: Option<String>,
    decision: Option<String>,
    refused: Vec<(String, String, &'static str)>,
    more_refused: String,
    kinds: Vec<(&'a str, String)>,
    lines: String,
    consequences: Option<Consequences<'a>>,
    sign: String,
    enforce: String,
    withdraw: String,
    drop: String,
    reopen: String,
    counter: String,
}

/// Refused lines shown.
const REFUSED: usize = 100;

/// `GET /restructuring/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    page(visit, &bench, None)
}

/// The page, perhaps with a form that was refused.
pub(super) fn page(visit: &Visit<'_>, bench: &Bench, refusal: Option<Refusal>) -> Result<Reply, Problem> {
    let w = visit.w;
    let state = bench.state;
    let (draft, open) = (state == State::Draft, matches!(state, State::Draft | State::Signed | State::Stuck));
    let consequences = match open && !bench.lines.is_empty() && bench.refused.is_empty() {
        true => Some(consequences::of(visit, bench)?),
        false => None,
    };
    let when = |wanted: bool, html: &dyn Fn() -> String| if wanted { html() } else { String::new() };
    let may_sign = draft && !bench.lines.is_empty() && bench.refused.is_empty();
    let refused: Vec<_> =
        if open { bench.refused.iter().map(|refused| line_refused(w, refused)).collect() } else { Vec::new() };
    let more = refused.len().saturating_sub(REFUSED);
    let kinds = KINDS.iter().map(|(code, word)| (w.t(word), bench.address(&format!("/lines?kind={code}"))));
    let shown = PlanPage {
        w,
        state: (w.t(state.word()), colour(state)),
        facts: facts(visit, bench),
        undone: bench.plan.undone.map(|plan| format!("/restructuring/{plan}")),
        decision: bench.plan.decision_id.map(|id| format!("/reorganisations/{id}")),
        refused: refused.into_iter().take(REFUSED).collect(),
        more_refused: if more > 0 { w.t1("plans-more-refused", "count", w.n(more as i64)) } else { String::new() },
        kinds: if draft { kinds.collect() } else { Vec::new() },
        lines: lines(visit, bench, refusal.as_ref()),
        consequences,
        sign: when(may_sign, &|| steps::signature(visit, bench, refusal.as_ref())),
        enforce: when(state == State::Signed && bench.plan.effective_on <= visit.today(), &|| {
            steps::button(visit, bench, "enforce", "plans-enforce-send")
        }),
        withdraw: when(matches!(state, State::Signed | State::Stuck), &|| {
            steps::withdrawal(visit, bench, refusal.as_ref())
        }),
        drop: when(draft, &|| steps::button(visit, bench, "drop", "plans-drop-send")),
        reopen: when(state == State::Stuck, &|| steps::button(visit, bench, "reopen", "plans-reopen-send")),
        counter: when(state == State::InForce, &|| steps::countering(visit, bench, refusal.as_ref())),
    };
    let shown = with_loose_reasons(w, shown, refusal.as_ref());
    let mut head = Head::new(bench.plan.title.clone(), MENU)
        .crumbs(vec![Crumb::to(w.t("plans-title"), "/restructuring"), Crumb::here(bench.plan.title.clone())])
        .with_error(refusal.is_some());
    if draft {
        head = head.action(w.t("plans-amend"), bench.address("/facts"), false);
        head = head.action(w.t("plans-upload"), bench.address("/upload"), false);
    }
    head = head.action(w.t("plans-export"), bench.address("/export.xlsx"), false);
    if !bench.lines.is_empty() {
        head = head.action(w.t("plans-decision-docx"), bench.address("/decision.docx"), false).action(
            w.t("plans-decision-pdf"),
            bench.address("/decision.pdf"),
            false,
        );
    }
    visit.page_with(refusal.map_or(200, |(_, status, _)| status), head, &shown)
}

/// Reasons against a form that is not shown any more stand with the others.
fn with_loose_reasons<'a>(w: Tongue<'a>, mut page: PlanPage<'a>, refusal: Option<&Refusal>) -> PlanPage<'a> {
    let forms = [&page.lines, &page.sign, &page.withdraw, &page.counter];
    if let Some((_, _, issues)) = refusal
        && !forms.iter().any(|form| form.contains("class=\"errors\""))
    {
        let said = |issue: &chibo_kernel::Issue| (String::new(), w.said(&issue.said), issue.rule.unwrap_or_default());
        page.refused.extend(issues.iter().map(said));
    }
    page
}

fn line_refused(w: Tongue<'_>, refused: &crate::rules::Refused) -> (String, String, &'static str) {
    let line = refused.line.map_or_else(String::new, |at| w.t1("plans-line-no", "line", at + 1));
    (line, w.said(&refused.issue.said), refused.issue.rule.unwrap_or_default())
}

fn facts<'a>(visit: &Visit<'a>, bench: &Bench) -> Vec<(&'a str, String)> {
    let (w, plan) = (visit.w, &bench.plan);
    let by = |name: &str, at: String| w.t2("plans-changed-by", ("name", name), ("when", at));
    let mut facts = vec![
        (w.t("plans-unit"), bench.name(visit, plan.unit_id)),
        (w.t("plans-authority"), plan.authority.clone()),
        (w.t("plans-effective"), w.day(plan.effective_on)),
        (w.t("plans-begun"), by(&plan.created_name, w.moment(plan.created_at))),
        (w.t("plans-changed"), by(&plan.changed_name, w.moment(plan.changed_at))),
    ];
    if !plan.number.is_empty() {
        let signed = w.t2("plans-signed-by", ("name", &plan.signed_name), ("day", w.day(plan.signed_on)));
        facts.push((w.t("plans-number"), format!("{} · {signed}", plan.number)));
    }
    if !plan.reason.is_empty() {
        facts.push((w.t("plans-reason"), plan.reason.clone()));
    }
    facts
}

/// What a line says, for people.
pub(super) fn text(visit: &Visit<'_>, bench: &Bench, line: &Operation) -> String {
    let w = visit.w;
    let name = |unit: Id<Unit>| bench.full_name(visit, unit);
    let on = bench.plan.effective_on;
    match line {
        Operation::Establish(new) => {
            let kind = w.t(new.facts.kind.name_key(on)).to_owned();
            let under = name(new.parent);
            w.with("plans-says-establish", &[("kind", kind), ("code", new.facts.code.clone()), ("parent", under)])
        }
        Operation::Restore { parent, .. } => {
            w.t1("plans-says-restore", "parent", parent.map_or_else(String::new, name))
        }
        Operation::Rename { name, code, .. } => {
            w.t2("plans-says-rename", ("name", name), ("code", code.as_deref().unwrap_or_default()))
        }
        Operation::Retype { kind, setting, .. } => {
            w.t2("plans-says-retype", ("kind", w.t(kind.name_key(on))), ("setting", w.t(setting.name_key())))
        }
        Operation::Move { parent, .. } => w.t1("plans-says-move", "parent", name(*parent)),
        Operation::Join { into, extent, .. } => {
            w.t2("plans-says-join", ("into", name(*into)), ("extent", w.t(extent.word())))
        }
        Operation::Dissolve { .. } => w.t("plans-says-dissolve").to_owned(),
    }
}

/// The lines; in a draft with boxes to take some out.
fn lines(visit: &Visit<'_>, bench: &Bench, refusal: Option<&Refusal>) -> String {
    let w = visit.w;
    let draft = bench.state == State::Draft;
    let columns = vec![
        Column::new("no", w.t("plans-no")),
        Column::new("act", w.t("plans-act")),
        Column::new("unit", w.t("plans-line-unit")),
        Column::sentences("says", w.t("plans-says")),
        Column::new("by", w.t("plans-entered-by")),
    ];
    let mut table = Table::new(w.t("plans-lines"), columns);
    table.empty = w.t("plans-no-lines").to_owned();
    let page = visit.rows(bench.lines.len(), ROWS);
    let shown_lines = bench.rows.iter().zip(&bench.lines).enumerate().skip(page.start).take(page.len());
    for (at, (row, line)) in shown_lines {
        let wrong = bench.refused.iter().any(|refused| refused.line == Some(at));
        let act = if wrong {
            Cell::Tag(w.t(line.word()).to_owned(), "bad")
        } else {
            Cell::Tag(w.t(line.word()).to_owned(), "")
        };
        let (name, above) = (bench.name(visit, line.unit()), bench.above(visit, line.unit()));
        let unit = match line.brings() {
            true => Cell::Text(name),
            false => Cell::LinkWith(name, format!("/units/{}", line.unit()), above),
        };
        let (place, stored) = ((at + 1).to_string(), row.line_no.to_string());
        let number = if draft { boxed(visit, ("line", &stored), &place, "") } else { Cell::Text(place) };
        table.rows.push(vec![
            number,
            act,
            unit,
            Cell::Text(text(visit, bench, line)),
            Cell::Text(row.entered_name.clone()),
        ]);
    }
    table.page(visit, &page, bench.lines.len(), "units-rows");
    let html = table.html(visit);
    if !draft || bench.lines.is_empty() {
        return html;
    }
    let form = Form::new(bench.address("/lines/removal"), w.t("plans-take-out"), vec![version(bench)]).about(html);
    let mine = refusal.filter(|(form, ..)| *form == "lines").map(|(_, status, issues)| (*status, issues.clone()));
    shown(visit, form, mine).1.html(visit)
}
