//! Members on probation: by when recognition is considered, the votes, the day that is computed (MEM-30…33).

use askama::Template;
use chibo_census::cube::{ListOrder, month_code};
use chibo_census::{Codes, Dim, Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::dims::official_standings;
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::candidate::{read, vote_fields, vote_text};
use super::{MENU, again};
use crate::actions;
use crate::rules::{Recognition, Terms};
use crate::store::{self, RecognitionRow};

/// Most members looked at.
const MOST: usize = 100_000;
/// Members on one page.
const ROWS: usize = 100;

/// Somebody on probation.
pub(crate) struct Probationer {
    /// Who.
    pub person: Id<Person>,
    /// His name.
    pub name: String,
    /// His branch.
    pub unit: Id<Unit>,
    /// Where that stands.
    pub place: u32,
    /// When the twelve months end.
    pub ends: Day,
    /// By when recognition is considered.
    pub by: Day,
}

/// Official members of a branch today.
pub(crate) fn official_members(visit: &Visit<'_>, unit: Id<Unit>) -> u32 {
    let view = visit.house.census.view(visit.today());
    let Some(no) = view.forest().no(unit) else { return 0 };
    let at = AsOf::on(visit.today());
    let query = Query { scope: Scope::Unit(no), members: Some(official_standings()), ..Query::at(at) };
    u32::try_from(view.count(&query)).unwrap_or(u32::MAX)
}

/// Everybody on probation the viewer may see, by when recognition is considered. By the month of admission: the day itself
/// stands on the member's own page.
pub(crate) fn probationers(
    visit: &Visit<'_>,
    units: &UnitsToday,
    unit: Option<Id<Unit>>,
) -> Result<Vec<Probationer>, Problem> {
    let allowed = visit.who().ranges(Permission::ViewMembers);
    let range = units.range(unit);
    let may = |place: u32| {
        range.contains(&place) && (visit.who().system || allowed.iter().any(|range| range.contains(&place)))
    };
    probationers_at(visit, None, &may)
}

/// Those at places that fit; with a day only those to be considered by it.
pub(crate) fn probationers_at(
    visit: &Visit<'_>,
    until: Option<Day>,
    fits: &dyn Fn(u32) -> bool,
) -> Result<Vec<Probationer>, Problem> {
    let terms = Terms::on(visit.today())?;
    let mut on = Query {
        members: Some(Codes::of(&[u32::from(Standing::Probationary.number())])),
        ..Query::at(AsOf::on(visit.today()))
    };
    if let Some(until) = until {
        // The columns know months: whoever was admitted in a later month cannot be due.
        let mut months = Codes::default();
        let first = Day::PARTY_FOUNDED;
        let all = (0..).map(|month| first.plus_months(month)).take_while(|month| terms.official_on(*month) <= until);
        all.for_each(|month| months.insert(month_code(month)));
        on.filters.push((Dim::AdmittedMonth, months));
    }
    let mut found = Vec::new();
    let mut ids = Vec::new();
    {
        let view = visit.house.census.view(visit.today());
        for no in view.list(&on, ListOrder::Place, None, MOST) {
            let Some(brief) = view.person(no) else { continue };
            let Some((home, _)) = brief.today else { continue };
            let (Some(unit), Some(place)) = (view.forest().id(home), view.places().place(home)) else { continue };
            if fits(place) {
                ids.push(brief.id);
                found.push((brief.id, brief.name, unit, place));
            }
        }
    }
    let admitted = visit.read(|tx| chibo_members::admitted_of(tx, &ids))?;
    let mut rows: Vec<Probationer> = found
        .into_iter()
        .filter_map(|(person, name, unit, place)| {
            let day = *admitted.get(&person)?;
            let (ends, by) = (terms.official_on(day), terms.consider_by(day));
            Some(Probationer { person, name, unit, place, ends, by })
        })
        .filter(|one| until.is_none_or(|until| one.by <= until))
        .collect();
    rows.sort_by(|one, other| (one.by, one.place, &one.name).cmp(&(other.by, other.place, &other.name)));
    Ok(rows)
}

/// `GET /development/probation?unit=&late=`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let unit = match visit.query.some("unit") {
        Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
        None => None,
    };
    unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
    let (units, today) = (UnitsToday::of(visit), visit.today());
    let mut rows = probationers(visit, &units, unit)?;
    if visit.query.get("late") == "yes" {
        rows.retain(|one| one.by < today);
    }
    let title = w.t("development-probation");
    let crumbs = vec![Crumb::to(w.t("development-title"), "/development"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs);
    let page = visit.rows(rows.len(), ROWS);
    let columns = vec![
        Column::new("name", w.t("development-name")),
        Column::new("unit", w.t("development-branch")),
        Column::new("ends", w.t("development-probation-ends")),
        Column::new("by", w.t("development-consider-by")),
    ];
    let mut table = Table::new(title, columns);
    table.empty = w.t("development-nobody").to_owned();
    for one in rows.get(page.clone()).unwrap_or_default() {
        let by = w.day(one.by);
        table.rows.push(vec![
            Cell::Link(one.name.clone(), format!("/development/probation/{}", one.person)),
            Cell::LinkWith(units.name(one.unit), format!("/units/{}", one.unit), units.above(visit, one.unit)),
            Cell::Text(w.day(one.ends)),
            if one.by < today { Cell::Tag(by, "bad") } else { Cell::Text(by) },
        ]);
    }
    table.page(visit, &page, rows.len(), "development-rows");
    visit.page_html(200, head, &format!("<p>{}</p>{}", w.t("development-probation-about"), table.html(visit)))
}

#[derive(Template)]
#[template(path = "probation.html")]
struct ProbationPage<'a> {
    w: Tongue<'a>,
    facts: Vec<(&'a str, String)>,
    steps: Vec<(String, String, String)>,
    form: String,
}

struct One {
    person: Id<Person>,
    name: String,
    unit: Id<Unit>,
    rows: Vec<RecognitionRow>,
    ends: Option<Day>,
    official: Option<Day>,
    on_probation: bool,
}

impl One {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let person: Id<Person> = visit.id("id")?;
        let today = visit.today();
        let (unit, rows, began, official) = visit.read(|tx| {
            let unit = chibo_members::actions::home_of(tx, person, today)?;
            let (rows, began) = (store::recognition_of(tx, person)?, chibo_members::probation_of(tx, person)?);
            Ok((unit, rows, began, chibo_members::official_of(tx, person)?))
        })?;
        visit.permit(Permission::ViewMembers, unit)?;
        let ends = match visit.read(|tx| actions::official_on(tx, person, today)) {
            Ok(day) => Some(day),
            Err(Problem::NotFound) => None,
            Err(other) => return Err(other),
        };
        let view = visit.house.census.view(today);
        let name = view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?;
        Ok(Self { person, name, unit, rows, ends, official, on_probation: began.is_some() })
    }

    fn address(&self) -> String {
        format!("/development/probation/{}", self.person)
    }

    /// The step that comes next.
    fn next(&self) -> Result<Option<Recognition>, Problem> {
        Ok(Recognition::after(actions::counting(&self.rows)?.last().map(|(step, _)| *step)))
    }
}

/// `GET /development/probation/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let may = visit.permit(Permission::EditMembers, one.unit).is_ok() && one.on_probation;
    let form = match (one.next()?.filter(|_| may && one.ends.is_some()), refused) {
        (Some(next), refused) => form(visit, one, next, refused).html(visit),
        // No form to say it on.
        (None, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (None, None) => String::new(),
    };
    let units = UnitsToday::of(visit);
    let mut facts = vec![(w.t("development-branch"), units.name(one.unit))];
    let standing = if one.on_probation { "development-on-probation-yes" } else { "development-on-probation-no" };
    facts.push((w.t("development-state"), w.t(standing).to_owned()));
    facts.extend(one.ends.filter(|_| one.on_probation).map(|day| (w.t("development-probation-ends"), w.day(day))));
    let official = one.official.filter(|_| !one.on_probation);
    facts.extend(official.map(|day| (w.t("development-official-since"), w.day(day))));
    let told = |row: &RecognitionRow| {
        let step = Recognition::from_code(&row.step);
        let mut head = step.map_or("", |step| w.t(step.word())).to_owned();
        if step != Some(Recognition::Recognised) {
            head.push_str(": ");
            head.push_str(&vote_text(w, (row.votes_for, row.votes_base)));
        }
        let mut more: Vec<String> =
            [&row.number, &row.note].into_iter().filter(|text| !text.is_empty()).cloned().collect();
        more.push(w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
        (w.day(row.on_day), head, more.join(" · "))
    };
    let crumbs = vec![
        Crumb::to(w.t("development-title"), "/development"),
        Crumb::to(w.t("development-probation"), "/development/probation"),
        Crumb::here(one.name.clone()),
    ];
    let head = Head::new(one.name.clone(), MENU)
        .crumbs(crumbs)
        .action(w.t("development-member"), format!("/members/{}", one.person), false)
        .with_error(status != 200);
    let steps = one.rows.iter().rev().map(told).collect();
    visit.page_with(status, head, &ProbationPage { w, facts, steps, form })
}

fn form(visit: &Visit<'_>, one: &One, next: Recognition, refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let choices = vec![(next.code().to_owned(), w.t(next.word()).to_owned())];
    let mut fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::new("step", w.t("development-step"), Kind::Radios(choices)).value(next.code()).required(),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("development-number")).required(),
    ];
    fields.extend(vote_fields(w, next != Recognition::Recognised));
    fields.push(Field::new("note", w.t("development-note"), Kind::Area));
    let form = Form::new(one.address(), w.t("development-step-send"), fields);
    match refused {
        Some((_, issues)) => {
            let typed = visit.form.0.iter().filter(|(name, _)| name != "after").cloned().collect();
            form.refused(&chibo_web::Pairs(typed), issues)
        }
        None => form,
    }
}

/// `POST /development/probation/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let step = Recognition::from_code(visit.form.get("step"));
    let vote = step.is_some_and(|step| step != Recognition::Recognised);
    let deed = read(visit, step, vote, &mut issues);
    let Some(deed) = deed.filter(|_| issues.is_empty()) else { return page(visit, &one, Some((422, issues))) };
    let official = official_members(visit, one.unit);
    match visit.write(|op| actions::recognise(op, one.person, &deed, official)) {
        Ok(()) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}
