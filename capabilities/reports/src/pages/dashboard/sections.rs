//! The cards of the dashboard.

use chibo_kernel::{Day, Id, Unit};
use chibo_members::dims::{self, Dimension, Names};
use chibo_organisation::kinds::{Kind, PILOT_BEGINS};
use chibo_web::chart::{AgeBand, Bar, Bars, Caption, Chart, Figure, Line, Point, Pyramid, Tick};
use chibo_web::words::Tongue;

use super::facts::Facts;
use super::july;
use crate::spot::Spot;

/// Children drawn at most; the table holds all.
const BARS_MOST: usize = 20;

/// Where figures lead.
pub(super) struct Links {
    /// The unit.
    pub unit: Id<Unit>,
    /// `unit=…&day=…&known=…`.
    pub asked: String,
    /// The lists of members may be opened; otherwise figures lead to the table they are in.
    pub open: bool,
}

impl Links {
    /// Whom a figure counts.
    pub fn of(&self, conditions: &[(Dimension, u32)]) -> String {
        let mut out = format!("{}?{}", if self.open { "/members" } else { "/crosstab" }, self.asked);
        conditions.iter().for_each(|(dimension, code)| out.push_str(&dims::condition(*dimension, *code, self.unit)));
        out
    }

    /// A cross-tab.
    pub fn table(&self, rows: Dimension, cols: Dimension) -> String {
        format!("/crosstab?{}&rows={}&cols={}", self.asked, rows.key(), cols.key())
    }
}

/// All cards.
pub(super) fn html(w: Tongue<'_>, spot: &Spot, facts: &Facts, links: &Links) -> String {
    let names = Names::new(w, &spot.tree, spot.no, spot.at.day);
    let mut out = String::with_capacity(96 * 1024);
    if facts.growth.len() > 1 {
        out.push_str(&growth(w, spot, facts));
    }
    out.push_str(&pyramid(w, facts, &names, links));
    out.push_str(&by_code(w, Dimension::Setting, &facts.by_setting, &names, links));
    // Since 26 July 2026 every branch is of one kind: then the organisations say more than their members.
    if facts.by_kind.len() > 1 || facts.units.kinds() < 2 {
        out.push_str(&by_code(w, Dimension::Kind, &facts.by_kind, &names, links));
    } else {
        out.push_str(&units(w, spot, facts, &names));
    }
    if facts.children.len() > 1 {
        out.push_str(&children(w, spot, facts));
    }
    if let Some(july) = &facts.july {
        out.push_str(&july::html(w, spot, july));
    }
    out
}

fn caption(w: Tongue<'_>, title: &str, desc: &str) -> Caption {
    Caption::new(title, desc, w.t("reports-no-members"))
}

/// A day on an axis of years.
fn year(day: Day) -> f64 {
    1970.0 + f64::from(day.number()) / 365.2425
}

fn growth(w: Tongue<'_>, spot: &Spot, facts: &Facts) -> String {
    let number = |value: f64| w.n(value as i64);
    let known = spot.when().split_once("&known=").map_or_else(String::new, |(_, day)| format!("&known={day}"));
    let point = |(day, count): &(Day, u64)| Point {
        at: year(*day),
        label: w.day(*day),
        value: *count as f64,
        href: Some(format!("/?unit={}&day={}{known}", spot.unit, day.iso())),
    };
    let (first, last) = (facts.growth.first().map_or(1930, |(day, _)| day.year()), spot.at.day.year());
    let step = if last - first > 25 { 10 } else { 5 };
    let round = (first..=last).filter(|year| year % step == 0);
    let ticks = round.filter_map(|year| Some((Day::from_ymd(year, 1, 1)?, year)));
    let ticks = ticks.filter(|(day, _)| facts.growth.first().is_some_and(|(first, _)| day >= first));
    let line = Line {
        caption: caption(w, w.t("reports-growth"), w.t("reports-growth-note")),
        columns: [w.t("reports-day").to_owned(), w.t("reports-members").to_owned()],
        points: facts.growth.iter().map(point).collect(),
        ticks: ticks.map(|(day, year_no)| Tick { at: year(day), label: year_no.to_string() }).collect(),
        mark: facts.july.as_ref().map(|july| Tick { at: year(PILOT_BEGINS), label: july::mark(w, july) }),
        format: &number,
    };
    let note = w.t("reports-growth-note");
    Figure { width: "c7", title: w.t("reports-growth"), note, legend: &[] }.html(w, &line)
}

fn pyramid(w: Tongue<'_>, facts: &Facts, names: &Names<'_>, links: &Links) -> String {
    let number = |value: f64| w.n(value as i64);
    let band = |(age, by_sex): (usize, &[u64; 4])| AgeBand {
        label: Dimension::Age.code_name(age as u32, names),
        values: [by_sex[1] as f64, by_sex[2] as f64],
        hrefs: [1, 2].map(|sex| Some(links.of(&[(Dimension::Age, age as u32), (Dimension::Sex, sex)]))),
    };
    // Those of unknown age stand at the foot only when there are any.
    let shown = |(age, by_sex): &(usize, &[u64; 4])| *age < 8 || by_sex[1] + by_sex[2] > 0;
    let [male, female] = [1, 2].map(|sex| Dimension::Sex.code_name(sex, names));
    let unsexed: u64 = facts.by_age.iter().map(|by_sex| by_sex[0] + by_sex[3]).sum();
    let chart = Pyramid {
        caption: caption(w, w.t("reports-pyramid"), w.t("reports-pyramid-desc")),
        sides: [male.clone(), female.clone()],
        band_column: Dimension::Age.name(w).to_owned(),
        bands: facts.by_age.iter().enumerate().filter(shown).map(band).collect(),
        format: &number,
    };
    let note = if unsexed > 0 { w.t1("reports-pyramid-rest", "count", w.n(unsexed)) } else { String::new() };
    let legend = [("k3", male.as_str()), ("k1", female.as_str())];
    Figure { width: "c5", title: w.t("reports-pyramid"), note: &note, legend: &legend }.html(w, &chart)
}

/// Members by something of their branch, the largest first.
fn by_code(w: Tongue<'_>, by: Dimension, counts: &[(u8, u64)], names: &Names<'_>, links: &Links) -> String {
    let number = |value: f64| w.n(value as i64);
    let bar = |(code, count): &(u8, u64)| {
        let code = u32::from(*code);
        Bar::new(by.code_name(code, names), *count as f64).to(links.of(&[(by, code)]))
    };
    let mut counts = counts.to_vec();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let (title, width) = match by {
        Dimension::Setting => (w.t("reports-by-setting"), "c7"),
        _ => (w.t("reports-by-kind"), "c5"),
    };
    let chart = Bars {
        caption: caption(w, title, ""),
        columns: [by.name(w).to_owned(), w.t("reports-members").to_owned()],
        bars: counts.iter().map(bar).collect(),
        format: &number,
    };
    Figure { width, title, note: "", legend: &[] }.html(w, &chart)
}

/// Organisations by kind.
fn units(w: Tongue<'_>, spot: &Spot, facts: &Facts, names: &Names<'_>) -> String {
    let number = |value: f64| w.n(value as i64);
    let title = w.t("reports-by-kind-units");
    let bar = |kind: &Kind| {
        let name = Dimension::Kind.code_name(u32::from(kind.number()), names);
        Bar::new(name, f64::from(facts.units.of(*kind))).to(format!("/units/{}", spot.unit))
    };
    let chart = Bars {
        caption: caption(w, title, ""),
        columns: [Dimension::Kind.name(w).to_owned(), w.t("reports-units").to_owned()],
        bars: Kind::ALL.iter().filter(|kind| facts.units.of(**kind) > 0).map(bar).collect(),
        format: &number,
    };
    Figure { width: "c5", title, note: "", legend: &[] }.html(w, &chart)
}

fn children(w: Tongue<'_>, spot: &Spot, facts: &Facts) -> String {
    let number = |value: f64| w.n(value as i64);
    let title = w.t("reports-by-child");
    let columns = [Dimension::Child.name(w).to_owned(), w.t("reports-members").to_owned()];
    let mut order: Vec<_> = facts.children.iter().collect();
    order.sort_by_key(|child| std::cmp::Reverse(child.count));
    let bar = |child: &&super::facts::Child| {
        let bar = Bar::new(child.name.clone(), f64::from(child.count));
        Bar { href: spot.dashboard_of(child.unit), ..bar }
    };
    let bars: Vec<Bar> = order.iter().map(bar).collect();
    let all = Bars { caption: caption(w, title, ""), columns: columns.clone(), bars, format: &number };
    let note = w.t1("reports-by-child-note", "count", w.n(facts.children.len()));
    let figure = Figure { width: "", title, note: &note, legend: &[] };
    if facts.children.len() <= BARS_MOST {
        return figure.html(w, &all);
    }
    let largest = all.bars.iter().take(BARS_MOST).cloned().collect();
    let drawn = Bars { caption: caption(w, title, ""), columns, bars: largest, format: &number };
    figure.with_table(w, &drawn, &all.table())
}
