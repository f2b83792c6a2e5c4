//! The list of breaches, a page at a time, each with its age.

use chibo_kernel::rulebook::Mark;
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::rules::alarms::Act;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Table, Visit, html};

use super::ages;
use super::scene::{Scene, dated, kind_name};
use super::survey::{Line, Survey};
use crate::rules::Since;

/// Breaches on one page.
const ROWS: usize = 50;
/// Up to so many breaches the age of every one is found, not only of those on the page.
pub(super) const AGED: usize = 200;

/// The page of the list that was asked for.
pub(super) struct Listed<'a> {
    rows: &'a [&'a Line],
    page: std::ops::Range<usize>,
    all: usize,
    /// Ages of the rows.
    ages: Vec<Since>,
    /// Ages of everything that fits, when it is not too much.
    every: Option<Vec<Since>>,
}

impl<'a> Listed<'a> {
    /// Takes the page of the address and finds the ages.
    pub fn take(visit: &Visit<'_>, scene: &Scene, survey: &Survey, fitting: &'a [&'a Line]) -> Result<Self, Problem> {
        let all = fitting.len();
        let page = visit.rows(all, ROWS);
        let rows = fitting.get(page.clone()).unwrap_or_default();
        if all <= AGED {
            let every = ages::of(visit, scene, survey, fitting)?;
            let ages = every.get(page.clone()).unwrap_or_default().to_vec();
            return Ok(Self { rows, page, all, ages, every: Some(every) });
        }
        Ok(Self { rows, page, all, ages: ages::of(visit, scene, survey, rows)?, every: None })
    }

    /// The ages of everything that fits, if they were found.
    pub fn every_age(&self) -> Option<&[Since]> {
        self.every.as_deref()
    }

    /// The table.
    pub fn html(&self, visit: &Visit<'_>, scene: &Scene) -> String {
        let w = visit.w;
        let mut table = Table::new(
            w.t("alerts-list"),
            vec![
                Column::new("unit", w.t("alerts-unit")),
                Column::sentences("reason", w.t("alerts-reason")),
                Column::sentences("mend", w.t("alerts-mend")),
                Column::new("since", w.t("alerts-since")),
                Column::new("rule", w.t("alerts-rule")),
                Column::new("kind", w.t("alerts-kind")),
            ],
        );
        table.empty = w.t("alerts-nothing").to_owned();
        table.rows = self.rows.iter().zip(&self.ages).map(|(line, since)| row(visit, scene, line, *since)).collect();
        table.page(visit, &self.page, self.all, "alerts-rows");
        table.html(visit)
    }
}

fn row(visit: &Visit<'_>, scene: &Scene, line: &Line, since: Since) -> Vec<Cell> {
    let w = visit.w;
    let above = scene.tree.parent(line.place).filter(|up| scene.sees(visit, *up));
    let above = above.and_then(|up| scene.tree.facts(up)).map(|facts| facts.name.clone());
    let href = format!("/units/{}{}", line.unit, dated(visit, &[]));
    let mend = w.said(&line.breach.mend);
    let may = visit.permit(Permission::EditUnits, line.unit).is_ok();
    vec![
        Cell::LinkWith(scene.name(line.unit), href, above.unwrap_or_default()),
        Cell::Text(w.said(&line.breach.reason)),
        if may { Cell::Link(mend, address(line.breach.act, line.unit)) } else { Cell::Text(mend) },
        Cell::Text(since_text(w, since)),
        rule(w, line),
        Cell::Text(kind_name(w, line.kind, scene.at.day).to_owned()),
    ]
}

/// The rule with its paragraph and how surely it is known.
fn rule(w: Tongue<'_>, line: &Line) -> Cell {
    let breach = &line.breach;
    let mut out = format!("<div class=\"two\"><span class=\"tag\">{}</span><div class=\"small quiet\">", breach.rule);
    html::push(&mut out, breach.instrument);
    for more in [breach.source, w.t(mark_word(breach.mark))] {
        if !more.is_empty() {
            out.push_str("; ");
            html::push(&mut out, more);
        }
    }
    out.push_str("</div></div>");
    Cell::Html(out)
}

/// Key of the word for how surely a rule is known.
pub(crate) const fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::V => "alerts-mark-v",
        Mark::V2 => "alerts-mark-v2",
        Mark::M => "alerts-mark-m",
        Mark::C => "alerts-mark-c",
    }
}

/// Since when, in words.
pub(crate) fn since_text(w: Tongue<'_>, since: Since) -> String {
    match since.first {
        None => w.t("alerts-since-month").to_owned(),
        Some(day) if since.is_older() => w.t1("alerts-since-before", "day", w.day(day)),
        Some(day) => w.day(day),
    }
}

/// Where a breach is put right.
fn address(act: Act, unit: Id<Unit>) -> String {
    match act {
        Act::Unit => format!("/units/{unit}"),
        Act::Facts => format!("/units/{unit}/facts"),
        Act::Parent => format!("/units/{unit}/parent"),
        Act::Groups => format!("/units/new?parent={unit}"),
        Act::Offices => format!("/units/{unit}/offices"),
        Act::Leaving => format!("/units/{unit}?tab=people"),
        Act::Consent => format!("/alerts/consents/{unit}"),
    }
}
