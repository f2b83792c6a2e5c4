//! A country's worth of members in the columns: time per state and memory per member, beside the same at the size of
//! the city. Members are drawn from the plan and go straight into the columns; no database holds them.

use std::ops::Range;

use chibo::demo::{FULL_SCALE, Plan, PlannedPerson, PlannedUnit};
use chibo_census::{Census, EdgeRow, Forest, PersonFacts, Query, UnitRow};
use chibo_kernel::{AsOf, Day, Id, Moment, Period, Unit};
use chibo_members::rules::product::{Fact, Lines};

use crate::city::City;
use crate::crosstab::{DIMS, asked};
use crate::measure::alone;
use crate::process;
use crate::report::{Report, Row, Target};

const MEMBERS: u32 = 5_600_000;

pub fn run(_: &City, report: &mut Report) {
    let one = |members: u32| {
        let answer = process::answer(process::ourselves().arg("large").arg(members.to_string()));
        move |name: &str| answer[name].as_f64().expect("a number")
    };
    let (city, country) = (one(FULL_SCALE), one(MEMBERS));
    let time = |of: &dyn Fn(&str) -> f64| of("cube") / of("states") * 1e9;
    let (a, b) = (time(&country), time(&city));
    let mut row =
        Row::alone("2e", format!("cube of 7 traits, a state, {MEMBERS} members; against {FULL_SCALE}"), "ns", a);
    (row.bare, row.ratio) = (Some(b), Some(a / b));
    report.row(row.must(Target::RatioAtMost(1.3)));
    let what = format!("that cube, {} states", country("states"));
    report.row(Row::alone("2e", what, "ms", country("cube") * 1e3));
    let bytes = country("bytes") / f64::from(MEMBERS);
    report.row(Row::alone("2e", "columns, a member", "bytes", bytes).must(Target::AtMost(150.0)));
    report.row(Row::alone("2e", "resident with the columns", "MiB", country("resident")).must(Target::AtMost(1_228.8)));
    report.row(Row::alone("2e", "peak while loading", "MiB", country("peak")));
}

/// Loads so many and asks.
pub fn child(members: u32) {
    let today = chibo::demo::TODAY;
    let census = Census::default();
    let plan = Plan::new(members);
    let forest = forest(&plan);
    let numbers: Vec<u32> =
        (0..plan.city.units.len() as u32).map(|no| forest.no(unit_id(no)).expect("a unit")).collect();
    let loaded = census.replace_all(forest, today, |loader| {
        loader.expect(members as usize, members as usize * 5);
        let mut facts = PersonFacts::named(Id::from_bytes([0; 16]), "");
        let mut lines = Lines::default();
        for index in 0..members {
            person(plan.person(index), &numbers, &mut lines, &mut facts);
            loader.push(&facts);
        }
        Ok::<_, ()>(())
    });
    loaded.expect("members are loaded");
    let (resident, peak) = process::resident();
    let view = census.view(today);
    let query = Query::at(AsOf::on(asked())).by(&DIMS);
    let cube = alone(1, || view.cube(&query).expect("a cube"));
    let bytes = census.bytes();
    let answer = serde_json::json!({ "cube": cube, "states": view.states(), "bytes": bytes, "resident": resident,
        "peak": peak });
    println!("{answer}");
}

fn scattered(n: u64, of: u8) -> [u8; 16] {
    let mut bytes = u128::from(n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes();
    bytes[15] = of;
    bytes
}

fn unit_id(no: u32) -> Id<Unit> {
    Id::from_bytes(scattered(u64::from(no), 1))
}

fn forest(plan: &Plan) -> Forest {
    let always = (Moment(0), Moment::FOREVER);
    let row = |unit: &PlannedUnit| UnitRow {
        id: unit_id(unit.no),
        valid: Period::since(unit.from),
        recorded: always.0,
        superseded: always.1,
        name: unit.name.clone(),
        short: unit.short.clone(),
        kind: unit.kind.number(),
        setting: unit.setting.number(),
        code: unit.code.clone(),
        sort_rank: u32::from(unit.kind.number()),
    };
    let edge = |unit: &PlannedUnit| EdgeRow {
        id: unit_id(unit.no),
        parent: unit.parent.map(unit_id),
        valid: Period::since(unit.from),
        recorded: always.0,
        superseded: always.1,
    };
    let units = &plan.city.units;
    let edges: Vec<EdgeRow> = units.iter().map(edge).collect();
    Forest::new(units.iter().map(row).collect(), &edges, &[], None)
}

fn person(planned: PlannedPerson, numbers: &[u32], lines: &mut Lines, facts: &mut PersonFacts) {
    facts.id = Id::from_bytes(scattered(u64::from(planned.index), 2));
    facts.name = planned.name;
    facts.birth = Some(planned.born);
    facts.sex = planned.sex.number();
    facts.ethnicity = planned.ethnicity;
    facts.religion = planned.religion;
    facts.admitted = Some(planned.admitted);
    facts.official = planned.official;
    lines.clear();
    let postings: Vec<(Day, u32)> = planned.postings.iter().map(|(day, no)| (*day, numbers[*no as usize])).collect();
    spread(&postings, &mut lines.postings);
    let standings: Vec<_> = planned.standings.iter().map(|(day, s)| (*day, u32::from(s.number()))).collect();
    spread(&standings, &mut lines.standings);
    for (field, line) in lines.levels.iter_mut().enumerate() {
        let mut levels: Vec<(Day, u32)> = planned
            .traits
            .iter()
            .map(|(day, t)| (*day, u32::from([t.general, t.degree, t.theory, t.occupation][field])))
            .collect();
        levels.dedup_by_key(|level| level.1);
        spread(&levels, line);
    }
    lines.states(&mut facts.states);
}

/// Each value lasts until the next.
fn spread(values: &[(Day, u32)], line: &mut Vec<Fact>) {
    let spans: Vec<Range<Day>> =
        (0..values.len()).map(|at| values[at].0..values.get(at + 1).map_or(Day::FOREVER, |next| next.0)).collect();
    line.extend(spans.iter().zip(values).filter(|(span, _)| span.start < span.end).map(|(span, (_, value))| Fact {
        from: span.start,
        to: span.end,
        recorded: Moment(0),
        superseded: Moment::FOREVER,
        value: *value,
    }));
}
