//! The leniency meter of a campaign: distributions side by side with the peers of the same setting, groups and units where all
//! get the same first. A sign to look, never a verdict.

use std::collections::{BTreeMap, HashMap, HashSet};

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Setting;
use chibo_web::chart::{Caption, Compare, CompareRow, Figure, Layout};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::{MENU, campaign_of, class_word, title};
use crate::rules::{ALIKE_FROM, Class, Gap, Meter, Seen, Sort, text};
use crate::store::{self, CampaignRow, MarkedRow, SubjectRow};

/// Rows of the table of groups or units.
const ROWS: usize = 50;

/// The meters of one sort.
#[derive(Default)]
struct Meters {
    settings: BTreeMap<u8, Meter>,
    groups: HashMap<Id<Unit>, Meter>,
    units: HashMap<Id<Unit>, Meter>,
}

fn seen(row: &SubjectRow, weak: &HashSet<[u8; 16]>, upheld: &HashSet<[u8; 16]>) -> Option<Seen> {
    Some(Seen {
        class: Class::from_code(&row.class)?,
        own: Class::from_code(&row.self_class),
        voted: Class::from_code(&row.voted_class),
        appraised: Class::from_code(&row.appraised_class),
        points: u32::try_from(row.points).ok(),
        weak: weak.contains(row.subject_id.bytes()),
        overridden: row.overridden > 0,
        upheld: upheld.contains(row.subject_id.bytes()),
    })
}

/// Meters of what is in sight.
fn meters(visit: &Visit<'_>, units: &UnitsToday, campaign: &CampaignRow, sort: Sort) -> Result<Meters, Problem> {
    let allowed = visit.who().ranges(Permission::EditMembers);
    let place = |unit| units.place(unit).filter(|at| allowed.iter().any(|range| range.contains(at)));
    let mut meters = Meters::default();
    visit.read(|tx| {
        let (mut weak, mut upheld) = (HashSet::new(), HashSet::new());
        let keep = |set: &mut HashSet<[u8; 16]>, row: MarkedRow| {
            set.insert(*row.subject_id.bytes());
            Ok(())
        };
        store::weak(tx, campaign.campaign_id, |row| keep(&mut weak, row))?;
        store::upheld(tx, campaign.campaign_id, |row| keep(&mut upheld, row))?;
        store::subjects(tx, campaign.campaign_id, |row| {
            let Some(seen) = seen(&row, &weak, &upheld).filter(|_| row.sort == sort.code() && row.excluded.is_empty())
            else {
                return Ok(());
            };
            let Some(at) = place(row.unit_id) else { return Ok(()) };
            meters.settings.entry(units.tree.setting(at)).or_default().add(&seen);
            meters.units.entry(row.unit_id).or_default().add(&seen);
            if place(row.decider_id).is_some() {
                meters.groups.entry(row.decider_id).or_default().add(&seen);
            }
            Ok(())
        })
    })?;
    Ok(meters)
}

fn setting_name(visit: &Visit<'_>, number: u8) -> String {
    Setting::from_number(number).map_or_else(String::new, |setting| visit.w.t(setting.name_key()).to_owned())
}

/// `GET /evaluation/campaigns/{id}/leniency?sort=&by=&after=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let row = campaign_of(visit, &units)?;
    let sort = Sort::from_code(visit.query.get("sort")).unwrap_or(Sort::Member);
    let by_unit = visit.query.get("by") == "unit";
    let meters = meters(visit, &units, &row, sort)?;
    let place = visit.place.clone();
    let address = |pairs: &[(&str, &str)]| format!("{place}{}", visit.query.with(pairs));
    let sorts = Sort::ALL
        .iter()
        .map(|one| (w.t(one.word()).to_owned(), address(&[("sort", one.code()), ("after", "")]), *one == sort));
    let mut body = format!("<p>{}</p>", html::escape(&w.t1("evaluation-leniency-about", "least", ALIKE_FROM)));
    body += &html::chips(w.t("evaluation-sort"), sorts);
    body += &format!("<div class=\"grid\">{}</div>", chart(visit, &meters.settings));
    body += &settings(visit, &meters.settings);
    let ways =
        [("evaluation-leniency-by-group", "group"), ("evaluation-leniency-by-unit", "unit")].map(|(word, code)| {
            (w.t(word).to_owned(), address(&[("by", code), ("after", "")]), (code == "unit") == by_unit)
        });
    body += &html::chips(w.t("evaluation-leniency-by"), ways);
    body += &parts(visit, &units, &row, (&meters, sort, by_unit));
    let name = title(w, &row.kind, row.year, row.quarter);
    let crumbs = vec![
        Crumb::to(w.t("evaluation-title"), "/evaluation"),
        Crumb::to(name.clone(), format!("/evaluation/campaigns/{}", row.campaign_id)),
        Crumb::here(w.t("evaluation-leniency")),
    ];
    let head = Head::new(format!("{name}: {}", w.t("evaluation-leniency")), MENU).crumbs(crumbs);
    visit.page_html(200, head, &body)
}

/// Shares of the classes, setting beside setting; counts are in the table.
fn chart(visit: &Visit<'_>, settings: &BTreeMap<u8, Meter>) -> String {
    let w = visit.w;
    let share = |part: u64, whole: u64| {
        let hundredths = (part * 10_000).checked_div(whole).unwrap_or(0);
        u32::try_from(hundredths).map_or(0.0, f64::from) / 100.0
    };
    let row = |(number, meter): (&u8, &Meter)| CompareRow {
        label: setting_name(visit, *number),
        values: Class::ALL.iter().rev().map(|class| share(meter.of(*class), meter.count())).collect(),
        href: None,
    };
    let number = |value: f64| format!("{}%", value.round() as i64);
    let heading = w.t("evaluation-leniency-chart");
    let chart = Compare {
        caption: Caption::new(heading, "", w.t("evaluation-leniency-nothing")),
        name_column: w.t("evaluation-setting").to_owned(),
        series: Class::ALL.iter().rev().map(|class| w.t(class.word()).to_owned()).collect(),
        rows: settings.iter().map(row).collect(),
        layout: Layout::Stacked,
        format: &number,
    };
    Figure { width: "c12", title: heading, note: "", legend: &[] }.html(w, &chart)
}

/// The heads of the figures every table here has.
fn columns(visit: &Visit<'_>, first: &str) -> Vec<Column> {
    let w = visit.w;
    vec![
        Column::new("part", w.t(first)),
        Column::number("count", w.t("evaluation-many")),
        Column::number("best", w.t("evaluation-leniency-best")),
        Column::number("top", w.t("evaluation-leniency-top")),
        Column::number("average", w.t("evaluation-leniency-average")),
        Column::number("deviation", w.t("evaluation-leniency-deviation")),
        Column::number("self", w.t("evaluation-leniency-self")),
        Column::number("voters", w.t("evaluation-leniency-voters")),
        Column::number("appraiser", w.t("evaluation-leniency-appraiser")),
        Column::number("lowered", w.t("evaluation-leniency-lowered")),
        Column::number("weak", w.t("evaluation-leniency-weak")),
        Column::number("over", w.t("evaluation-overridden")),
        Column::number("upheld", w.t("evaluation-leniency-upheld")),
    ]
}

fn cells(visit: &Visit<'_>, first: Cell, meter: &Meter) -> Vec<Cell> {
    let w = visit.w;
    let all = meter.count();
    let gap = |gap: &Gap| {
        if gap.pairs == 0 {
            return "–".to_owned();
        }
        let args =
            [("higher", w.n(gap.higher as i64)), ("lower", w.n(gap.lower as i64)), ("pairs", w.n(gap.pairs as i64))];
        w.with("evaluation-leniency-gap", &args)
    };
    let points = |points: Option<u32>| points.map(text).unwrap_or_default();
    let number = |many: u64| Cell::Text(w.n(many as i64));
    vec![
        first,
        number(all),
        Cell::Text(w.percent(meter.of(Class::Excellent), all)),
        Cell::Text(w.percent(meter.top(), all)),
        Cell::Text(points(meter.average())),
        Cell::Text(points(meter.deviation())),
        Cell::Text(gap(&meter.own)),
        Cell::Text(gap(&meter.voted)),
        Cell::Text(gap(&meter.appraised)),
        number(meter.lowered),
        number(meter.weak),
        number(meter.overridden),
        number(meter.upheld),
    ]
}

fn settings(visit: &Visit<'_>, settings: &BTreeMap<u8, Meter>) -> String {
    let w = visit.w;
    let mut table = Table::new(w.t("evaluation-leniency-settings"), columns(visit, "evaluation-setting"));
    table.empty = w.t("evaluation-leniency-nothing").to_owned();
    let mut total = Meter::default();
    for (number, meter) in settings {
        total.merge(meter);
        table.rows.push(cells(visit, Cell::Text(setting_name(visit, *number)), meter));
    }
    if settings.len() > 1 {
        table.total = Some(cells(visit, Cell::Text(w.t("evaluation-all").to_owned()), &total));
    }
    table.html(visit)
}

/// Groups or units beside the peers of their setting: those where all get the same first, then the least apart.
fn parts(
    visit: &Visit<'_>,
    units: &UnitsToday,
    row: &CampaignRow,
    (meters, sort, by_unit): (&Meters, Sort, bool),
) -> String {
    let w = visit.w;
    let chosen = if by_unit { &meters.units } else { &meters.groups };
    let mut found: Vec<(Id<Unit>, &Meter)> = chosen.iter().map(|(unit, meter)| (*unit, meter)).collect();
    found.sort_by_key(|(unit, meter)| {
        (meter.alike().is_none(), meter.deviation().unwrap_or(u32::MAX), std::cmp::Reverse(meter.count()), *unit)
    });
    let setting = |unit: Id<Unit>| units.place(unit).map(|at| units.tree.setting(at));
    let mut peers: BTreeMap<u8, Meter> = BTreeMap::new();
    for (unit, meter) in &found {
        if let Some(number) = setting(*unit) {
            peers.entry(number).or_default().merge(meter);
        }
    }
    let mut heads = columns(visit, if by_unit { "evaluation-unit" } else { "evaluation-group" });
    heads.push(Column::sentences("peers", w.t("evaluation-leniency-peers")));
    heads.push(Column::new("sign", w.t("evaluation-leniency-sign")));
    let page = visit.rows(found.len(), ROWS);
    let mut table = Table::new(w.t("evaluation-leniency-parts"), heads);
    table.empty = w.t("evaluation-leniency-nothing").to_owned();
    for (unit, meter) in found.get(page.clone()).unwrap_or_default() {
        let address = if by_unit {
            format!("/evaluation/campaigns/{}/subjects?unit={unit}", row.campaign_id)
        } else {
            format!("/evaluation/campaigns/{}/groups/{unit}/{}", row.campaign_id, sort.code())
        };
        let number = setting(*unit);
        let mut line = cells(visit, Cell::Link(units.name(*unit), address), meter);
        let beside = number.and_then(|number| peers.get(&number).map(|peer| (setting_name(visit, number), peer)));
        line.push(Cell::Text(beside.map_or_else(String::new, |(name, peer)| {
            let best = w.percent(peer.of(Class::Excellent), peer.count());
            w.with(
                "evaluation-leniency-beside",
                &[("setting", name), ("best", best), ("top", w.percent(peer.top(), peer.count()))],
            )
        })));
        line.push(meter.alike().map_or_else(
            || Cell::Text(String::new()),
            |class| Cell::Tag(w.t1("evaluation-leniency-alike", "class", class_word(w, class.code())), "warn"),
        ));
        table.rows.push(line);
    }
    table.page(visit, &page, found.len(), "evaluation-rows");
    table.html(visit)
}
