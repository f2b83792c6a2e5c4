//! The picture of the parts of the tree by month, twenty rows at a time.

use chibo_kernel::{Id, Unit};
use chibo_web::Visit;
use chibo_web::html::chips;

use super::above::View;
use super::charts;
use crate::rules::{Month, Sum};

/// A part of the tree with its months.
pub(super) struct Part {
    /// What it is called.
    pub name: String,
    /// Which.
    pub unit: Id<Unit>,
    /// The page of a branch the viewer may open.
    pub page: Option<String>,
    /// The months.
    pub sums: Vec<Sum>,
}

impl Part {
    /// Where a month of it is shown.
    pub(super) fn href(&self, view: &View, month: Month) -> String {
        match &self.page {
            Some(page) => format!("{page}?month={}", month.code()),
            None => view.address(&[("unit", &self.unit.to_string()), ("month", &month.code())]),
        }
    }
}

/// Rows of the picture at a time; the others are a click away.
const HEAT_ROWS: usize = 20;

/// The picture of the parts by month, the most silent first, twenty at a time; of what met, or of points.
pub(super) fn html(visit: &Visit<'_>, view: &View, months: &[Month], parts: &[Part]) -> String {
    let w = visit.w;
    let of = if visit.query.get("of") == "points" { "points" } else { "" };
    let silent = |part: &&Part| {
        let all = part.sums.iter().fold(Sum::default(), |all, sum| all.and(sum));
        std::cmp::Reverse((u64::from(all.silent()) * 1_000_000).checked_div(u64::from(all.branches)).unwrap_or(0))
    };
    let mut all: Vec<&Part> = parts.iter().collect();
    if all.len() > HEAT_ROWS {
        all.sort_by_cached_key(silent);
    }
    let pages = all.len().div_ceil(HEAT_ROWS).max(1);
    let at = visit.query.get("heat").parse::<usize>().unwrap_or(0).min(pages - 1);
    let row = |part: &&Part| charts::HeatOf {
        name: part.name.clone(),
        hrefs: months.iter().map(|month| part.href(view, *month)).collect(),
        sums: part.sums.clone(),
    };
    let rows: Vec<charts::HeatOf> = all.chunks(HEAT_ROWS).nth(at).unwrap_or_default().iter().map(row).collect();
    let here = at.to_string();
    let kind =
        |(code, word): (&str, &str)| (w.t(word).to_owned(), view.address(&[("of", code), ("heat", &here)]), of == code);
    let kinds = [("", "meetings-heat-met"), ("points", "meetings-heat-points")].map(kind);
    let mut out = chips(w.t("meetings-heat-of"), kinds);
    if pages > 1 {
        let chip = |page: usize| {
            let text = format!("{}–{}", page * HEAT_ROWS + 1, ((page + 1) * HEAT_ROWS).min(all.len()));
            (text, view.address(&[("heat", &page.to_string()), ("of", of)]), page == at)
        };
        out.push_str(&chips(w.t("meetings-heat-rows"), (0..pages).map(chip)));
    }
    out.push_str(&charts::heat(visit, months, &rows, of == "points"));
    out
}
