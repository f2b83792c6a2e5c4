//! A candidate who moves while he is considered (MEM-22).

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Issue, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit, doubt, html};

use super::one::One;
use super::{again, day_of};
use crate::actions;
use crate::rules::{Deed, Move, Step, Terms, Vote, too_late};
use crate::store::ground;

/// `GET /development/candidates/{id}/move`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None, None)
}

/// Where a move stands: the days that are known, those by which something is due.
fn facts(visit: &Visit<'_>, one: &One, moved: &Move, terms: &Terms) -> Vec<(&'static str, String)> {
    let w = visit.w;
    let due = |day: Day| w.t1("development-by-day", "day", w.day(day));
    let mut facts = vec![("development-move-ordered", w.day(moved.ordered))];
    let forwarded = moved.forwarded.map_or_else(|| due(terms.forward_by(moved.ordered)), |day| w.day(day));
    facts.push(("development-step-forwarded", forwarded));
    if let Some(day) = moved.forwarded {
        facts.push(("development-move-decides", due(terms.receiver_decides_by(day))));
        facts.push(("development-move-re-examine", due(terms.re_examine_by(moved.cancelled.unwrap_or(day)))));
    }
    facts.extend(moved.delayed.map(|day| ("development-step-delayed", w.day(day))));
    facts.extend(moved.cancelled.map(|day| ("development-step-cancelled", w.day(day))));
    if let Some(decided) = one.course.day(Step::Decided) {
        let key = if too_late(&one.course, terms) { "development-move-over" } else { "development-move-counts" };
        facts.push(("development-step-decided", format!("{}. {}", w.day(decided), w.t(key))));
    }
    facts
}

fn page(
    visit: &Visit<'_>,
    one: &One,
    picked: Option<&Picked<Unit>>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let terms = Terms::on(visit.today())?;
    let mut body = one.tabs(visit, "/move");
    body.push_str(&format!("<p>{}</p>", w.t("development-move-about")));
    let moves = visit.read(|tx| ground::moves_of(tx, one.id()))?;
    match (one.course.moved(), moves.last()) {
        (Some(moved), Some(last)) => {
            let units = UnitsToday::of(visit);
            let way =
                w.t2("development-move-way", ("from", units.name(last.from_unit)), ("to", units.name(last.to_unit)));
            body.push_str("<section class=\"card\"><dl class=\"facts\">");
            let facts = facts(visit, one, &moved, &terms);
            for (key, text) in [("development-move", way)].into_iter().chain(facts) {
                body.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", w.t(key), html::escape(&text)));
            }
            body.push_str("</dl></section>");
        }
        _ => body.push_str(&format!("<p class=\"empty\">{}</p>", w.t("development-no-move"))),
    }
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    match (one.may_edit && one.course.may_move(), refused) {
        (true, refused) => {
            let form = form(visit, one, picked);
            let form = match refused {
                Some((_, issues)) => form.refused_anew(&visit.form, issues),
                None => form,
            };
            body.push_str(&format!("<section class=\"card\"><h2>{}</h2>", w.t("development-step-moved")));
            body.push_str(&form.html(visit));
            body.push_str("</section>");
        }
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => {}
    }
    let doubtful = terms.doubtful.into_iter().filter(|rule| rule.id == "MEM-22");
    body.push_str(&doubt::card(w.t("development-notes"), &doubt::notes(w, doubtful.collect::<Vec<_>>())));
    visit.page_html(status, one.head(visit, Some(w.t("development-tab-move")), status != 200), &body)
}

fn form(visit: &Visit<'_>, one: &One, picked: Option<&Picked<Unit>>) -> Form {
    let w = visit.w;
    let mut fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::text("to", w.t("development-move-to")).hint(w.t("development-branch-hint")).required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("to", w.t("units-pick-which"))));
    fields
        .push(Field::new("on", w.t("development-move-ordered"), Kind::Day).value(visit.today().to_string()).required());
    fields.push(Field::text("number", w.t("development-move-number")).required());
    fields.push(Field::new("note", w.t("development-note"), Kind::Area));
    Form::new(one.address("/move"), w.t("development-step-send"), fields)
}

/// `POST /development/candidates/{id}/move`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    // Where somebody goes to need not be in sight of whoever lets him go.
    let picked = pick::any_unit(visit, "to");
    let to = picked.one("to", "development-branch-unknown").map_err(|issue| issues.push(issue)).ok();
    let on = day_of(visit, "on", &mut issues);
    let (Some(to), Some(on)) = (to, on) else { return page(visit, &one, Some(&picked), Some((422, issues))) };
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let deed = Deed {
        step: Step::Moved,
        after: visit.form.get("after").parse().unwrap_or(u32::MAX),
        on,
        number: text("number"),
        vote: Vote::default(),
        consent: String::new(),
        note: text("note"),
    };
    match visit.write(|op| actions::move_away(op, one.id(), &deed, to)) {
        Ok(()) => Ok(Reply::done(one.address("/move"), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(&picked), Some(refused))
        }
    }
}
