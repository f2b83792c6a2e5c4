//! Lists as workbooks, and the template of the import.

use chibo_kernel::{Day, Problem};
use chibo_papers::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::import::COLUMNS;
use crate::pages::{Line, Plans, Scene, plan_text, review_days};
use crate::rules::{PlaceKind, degrees};
use crate::store::pilots::{Trial, UptakeRow, taken_up};

/// What stands above a list.
fn about(visit: &Visit<'_>, title: &str, day: Day) -> About {
    let w = visit.w;
    let made = visit.made_by();
    let lines = vec![(w.t("shell-as-of").to_owned(), w.day(day)), (w.t("coverage-made-by").to_owned(), made)];
    About { title: title.to_owned(), lines }
}

fn whole(count: Option<u32>) -> Out<'static> {
    count.map_or(Out::Empty, |count| Out::Whole(i64::from(count)))
}

/// Writes the places as they stand on the page, all of them, with the plans of a year.
pub(crate) fn places(
    visit: &Visit<'_>,
    scene: &Scene,
    lines: &[&Line<'_>],
    (plans, year): (&Plans, i32),
) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let title = w.t("coverage-list");
    let layout = visit.layout(title, place_columns(visit, year)).about(about(visit, title, scene.at.day));
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        let unit = scene.tree.facts(line.stand).map_or("", |facts| facts.name.as_str());
        let branch = line.cover.and_then(|(place, _)| scene.tree.facts(place)).map_or("", |facts| facts.name.as_str());
        let spot = line.facts.spot();
        let (lat, lon) = (spot.map(|spot| degrees(spot.lat)), spot.map(|spot| degrees(spot.lon)));
        let plan = plans.standing(line.id, line.state, year, scene.at);
        let aim = plan.map(|plan| plan_text(w, plan.target, (plan.admitted, plan.row.wanted))).unwrap_or_default();
        let done = plan.map(|plan| w.t(if plan.met { "coverage-planned-met" } else { "coverage-planned-open" }));
        writer.row(&[
            Out::Text(&line.facts.code),
            Out::Text(&line.facts.name),
            Out::Text(w.t(line.kind.word())),
            Out::Text(unit),
            Out::Text(w.t(line.state.word())),
            Out::Text(branch),
            whole(line.official()),
            whole(line.facts.workers),
            whole(line.facts.households),
            whole(line.count.and_then(|count| count.served)),
            lat.as_deref().map_or(Out::Empty, Out::Text),
            lon.as_deref().map_or(Out::Empty, Out::Text),
            Out::Text(&aim),
            done.map_or(Out::Empty, Out::Text),
        ])?;
    }
    Ok(writer.finish()?)
}

fn place_columns(visit: &Visit<'_>, year: i32) -> Vec<OutColumn> {
    let w = visit.w;
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let count = |key: &str| OutColumn::new(w.t(key), OutKind::Whole);
    vec![
        text("coverage-code"),
        text("coverage-name").wide(40.0),
        text("coverage-kind").wide(25.0),
        text("coverage-answers").wide(35.0),
        text("coverage-state").wide(30.0),
        text("coverage-branch").wide(40.0),
        count("coverage-official"),
        count("coverage-workers"),
        count("coverage-households"),
        count("coverage-served"),
        text("coverage-lat"),
        text("coverage-lon"),
        OutColumn::new(w.t1("coverage-plans-of", "year", year), OutKind::Text).wide(35.0),
        text("coverage-progress"),
    ]
}

/// Writes the pilots.
pub(crate) fn pilots(visit: &Visit<'_>, scene: &Scene, trials: &[Trial]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let title = w.t("coverage-pilots");
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let day = |key: &str| OutColumn::new(w.t(key), OutKind::Day);
    let columns = vec![
        text("coverage-pilot-title").wide(45.0),
        text("coverage-pilot-leads").wide(35.0),
        text("coverage-pilot-state").wide(25.0),
        OutColumn::new(w.t("coverage-pilot-units"), OutKind::Whole),
        day("coverage-pilot-starts"),
        day("coverage-pilot-midterm"),
        day("coverage-step-mid-term"),
        day("coverage-pilot-last"),
        day("coverage-step-final"),
        text("coverage-pilot-aim").wide(60.0),
    ];
    let layout = visit.layout(title, columns).about(about(visit, title, visit.today()));
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let held = |day: Option<Day>| day.map_or(Out::Empty, Out::Day);
    for trial in trials {
        let (name, (midterm, last)) = (scene.name(trial.row.unit_id), review_days(trial));
        writer.row(&[
            Out::Text(&trial.row.title),
            Out::Text(&name),
            Out::Text(w.t(trial.state.word())),
            Out::Whole(i64::try_from(trial.units.len()).unwrap_or(i64::MAX)),
            Out::Day(trial.row.starts_on),
            Out::Day(trial.row.midterm_due),
            held(midterm),
            Out::Day(trial.row.final_due),
            held(last),
            Out::Text(&trial.row.aim),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Writes the roll-out list of a pilot.
pub(crate) fn uptakes(visit: &Visit<'_>, scene: &Scene, trial: &Trial, rows: &[UptakeRow]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let columns = vec![
        OutColumn::new(w.t("coverage-unit"), OutKind::Text).wide(45.0),
        OutColumn::new(w.t("coverage-uptake-on"), OutKind::Day),
        OutColumn::new(w.t("coverage-state"), OutKind::Text).wide(20.0),
        OutColumn::new(w.t("coverage-recorded"), OutKind::Text).wide(35.0),
    ];
    let title = format!("{}: {}", w.t("coverage-uptakes"), trial.row.title);
    let layout = visit.layout(w.t("coverage-uptakes"), columns).about(about(visit, &title, visit.today()));
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for row in taken_up(rows) {
        let begun = row.on_day <= visit.today();
        let name = scene.name(row.unit_id);
        let recorded = format!("{}, {}", row.recorded_by, w.moment(row.recorded_at));
        writer.row(&[
            Out::Text(&name),
            Out::Day(row.on_day),
            Out::Text(w.t(if begun { "coverage-uptake-done" } else { "coverage-uptake-to-come" })),
            Out::Text(&recorded),
        ])?;
    }
    Ok(writer.finish()?)
}

/// The headings of the import; above them what the columns take, which the import reads over.
pub(crate) fn template(visit: &Visit<'_>) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let kinds = PlaceKind::ALL.iter().map(|kind| w.t(kind.word())).collect::<Vec<_>>().join("; ");
    let title = w.t("coverage-template").to_owned();
    let lines = vec![
        (w.t("coverage-kind").to_owned(), kinds),
        (w.t("coverage-answers").to_owned(), w.t("coverage-answers-hint").to_owned()),
        (w.t("coverage-spot").to_owned(), w.t("coverage-lat-hint").to_owned()),
    ];
    let column = |column: &chibo_papers::Column| {
        let kind = match column.kind {
            chibo_papers::Kind::Int { .. } => OutKind::Whole,
            chibo_papers::Kind::Day => OutKind::Day,
            _ => OutKind::Text,
        };
        OutColumn::new(column.title(), kind).wide(24.0)
    };
    let layout = Layout::new(title.clone(), COLUMNS.iter().map(column).collect()).about(About { title, lines });
    let writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    Ok(writer.finish()?)
}
