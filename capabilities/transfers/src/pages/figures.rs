//! Charts: transfers under way by stage and by age, temporary stays by the month of their end.

use std::collections::BTreeMap;

use chibo_kernel::Problem;
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::{Head, Reply, Visit};

use super::found::Which;
use super::{Found, MENU, sections};
use crate::rules::State;

/// Bounds of age of papers under way, in days, with the key of the word.
const AGES: [(i32, &str); 4] = [
    (30, "transfers-age-month"),
    (60, "transfers-age-two"),
    (90, "transfers-age-three"),
    (i32::MAX, "transfers-age-more"),
];

fn bars<'a>(visit: &Visit<'a>, title: &'a str, name: &'a str, bars: Vec<Bar>) -> String {
    let w = visit.w;
    let number = |value: f64| w.n(value as i64);
    let chart = Bars {
        caption: Caption::new(title, "", w.t("transfers-nobody")),
        columns: [name.to_owned(), w.t("transfers-figures-people").to_owned()],
        bars,
        format: &number,
    };
    Figure { width: "c6", title, note: "", legend: &[] }.html(w, &chart)
}

/// `GET /transfers/figures`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (w, today) = (visit.w, visit.today());
    let papers = Found::take(visit, Which::Papers)?;
    let count = |state: State| papers.lines.iter().filter(|line| line.course.state() == state).count();
    let stage = |state: State| {
        Bar::new(w.t(state.word()), count(state) as f64).to(format!("/transfers?state={}", state.code()))
    };
    let stages = State::ALL.into_iter().filter(|state| state.open()).map(stage).collect();
    let mut ages = [0u32; AGES.len()];
    for line in &papers.lines {
        let began = line.course.steps.first().map_or_else(|| line.row.recorded_at.day(), |(_, on)| *on);
        let days = today.number() - began.number();
        let at = AGES.iter().position(|(most, _)| days <= *most);
        at.and_then(|at| ages.get_mut(at)).into_iter().for_each(|count| *count += 1);
    }
    let ages = AGES.iter().zip(ages).map(|((_, key), count)| Bar::new(w.t(key), f64::from(count))).collect();
    let away = Found::take(visit, Which::Stays)?;
    let mut months: BTreeMap<(i32, u8), u32> = BTreeMap::new();
    for stay in away.lines.iter().filter_map(|line| line.stay.as_ref()) {
        let (year, month, _) = stay.until().ymd();
        *months.entry((year, month)).or_default() += 1;
    }
    let month = |((year, month), count): ((i32, u8), u32)| {
        let href = format!("/transfers/stays?month={year}-{month:02}");
        Bar::new(format!("{month:02}/{year}"), f64::from(count)).to(href)
    };
    let ends = months.into_iter().map(month).collect();
    let state = w.t("transfers-state");
    let body = format!(
        "{}<div class=\"grid\">{}{}{}</div>",
        sections(visit),
        bars(visit, w.t("transfers-figures-stage"), state, stages),
        bars(visit, w.t("transfers-figures-age"), w.t("transfers-figures-days"), ages),
        bars(visit, w.t("transfers-figures-ends"), w.t("transfers-figures-month"), ends),
    );
    visit.page_html(200, Head::new(w.t("transfers-figures"), MENU), &body)
}
