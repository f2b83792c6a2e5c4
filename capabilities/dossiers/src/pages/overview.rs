//! How complete dossiers are: by unit, and the list of members behind every number.

use std::fmt::Write;
use std::ops::Range;

use chibo_census::cube::ListOrder;
use chibo_census::{PersonNo, Query, Scope};
use chibo_kernel::{AsOf, Id, Permission, Person, Problem, Unit};
use chibo_members::dims::member_standings;
use chibo_organisation::UnitsToday;
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Pairs, Reply, Table, Visit, doubt, html};

use super::MENU;
use crate::places::{Places, Tally};
use crate::rules::terms::Terms;
use crate::sums::{self, Standing, Sums};

/// Members on one page.
const ROWS: usize = 100;
/// More than anybody has.
const EVERYBODY: usize = u32::MAX as usize;

/// What the address asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// Only dossiers that stand so.
    pub standing: Option<Standing>,
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
        let standing = Standing::ALL.into_iter().find(|standing| standing.code() == visit.query.get("state"));
        Ok(Self { unit, standing })
    }

    /// The address of a question.
    pub fn address(self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let pairs = [("unit", unit.as_str()), ("state", self.standing.map_or("", Standing::code))];
        format!("{page}{}", Pairs::default().with(&pairs))
    }
}

/// Members of some places whom the viewer may see, with their dossiers.
pub(crate) struct Found<'v> {
    visit: &'v Visit<'v>,
    /// The organisation.
    pub units: UnitsToday,
    /// How complete each dossier is.
    pub sums: std::sync::Arc<Sums>,
    places: std::sync::Arc<Places>,
    allowed: Vec<Range<u32>>,
}

impl<'v> Found<'v> {
    /// With the right to do this.
    pub fn new(visit: &'v Visit<'v>, needs: Permission) -> Result<Self, Problem> {
        let allowed = visit.who().ranges(needs);
        let (sums, places) = sums::now(&visit.house.db, &visit.house.census, visit.today())?;
        Ok(Self { visit, units: UnitsToday::of(visit), sums, places, allowed })
    }

    fn query(&self, places: Range<u32>) -> Query {
        let allowed = (!self.visit.who().system).then(|| self.allowed.clone());
        let scope = Scope::Places(vec![places]);
        Query { scope, allowed, members: Some(member_standings()), ..Query::at(AsOf::on(self.visit.today())) }
    }

    /// How the dossiers of these places stand.
    pub fn tally(&self, places: &Range<u32>) -> Tally {
        self.places.tally(places, (!self.visit.who().system).then_some(self.allowed.as_slice()))
    }

    /// The first members of these places whose dossier stands so, by name: at most so many.
    fn first(&self, places: Range<u32>, standing: Option<Standing>, most: usize) -> Vec<(PersonNo, Id<Person>)> {
        let view = self.visit.house.census.view(self.visit.today());
        let query = self.query(places);
        let (mut found, mut after) = (Vec::new(), None);
        // Of all dossiers the first are the answer; of those that stand somehow a look at more is needed, and at more yet.
        let mut step = most;
        while found.len() < most {
            let some = view.list(&query, ListOrder::Name, after, step);
            let Some(last) = some.last().copied() else { break };
            let with = some.into_iter().filter_map(|no| Some((no, view.id(no)?)));
            let fits = |id: &Id<Person>| standing.is_none_or(|asked| asked == Standing::of(self.sums.get(id)));
            found.extend(with.filter(|(_, id)| fits(id)));
            (after, step) = (Some(last), step.saturating_mul(8));
        }
        found.truncate(most);
        found
    }

    /// The members of these places whose dossier stands so, by name.
    pub fn members(&self, places: Range<u32>, standing: Option<Standing>) -> Vec<(PersonNo, Id<Person>)> {
        let view = self.visit.house.census.view(self.visit.today());
        let all = view.list(&self.query(places), ListOrder::Name, None, EVERYBODY).into_iter();
        let with = all.filter_map(|no| Some((no, view.id(no)?)));
        with.filter(|(_, id)| standing.is_none_or(|asked| asked == Standing::of(self.sums.get(id)))).collect()
    }
}

/// `GET /dossiers?unit=&state=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (visit, ask) = (&*visit, Ask::read(visit)?);
    let w = visit.w;
    let found = Found::new(visit, Permission::ViewMembers)?;
    let parts = parts(visit, &found, ask);
    let all = found.tally(&found.units.range(ask.unit));
    let mut out = format!("<p>{}</p>", w.t("dossiers-about"));
    figures(&mut out, visit, ask, &all);
    let _ = write!(out, "<div class=\"grid\">{}</div>", chart(visit, &parts));
    out.push_str(&by_part(visit, &parts));
    out.push_str(&list(visit, &found, ask, all.of(ask.standing)));
    let doubtful = Terms::on(visit.today())?.doubtful;
    out.push_str(&doubt::card(w.t("dossiers-notes"), &doubt::notes(w, doubtful)));
    visit.page_html(200, head(visit, &found, ask), &out)
}

fn head(visit: &Visit<'_>, found: &Found<'_>, ask: Ask) -> Head {
    let w = visit.w;
    let mut head = Head::new(w.t("dossiers-title"), MENU);
    if let Some(unit) = ask.unit {
        let name = found.units.name(unit);
        let crumbs = vec![Crumb::to(w.t("dossiers-title"), "/dossiers"), Crumb::here(name.clone())];
        head = Head::new(w.t1("dossiers-title-of", "unit", name), MENU).crumbs(crumbs);
    }
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("dossiers-export"), ask.address("/dossiers/export.xlsx"), false).action(
            w.t("dossiers-sheets"),
            ask.address("/dossiers/sheets"),
            false,
        );
    }
    let round = Ask { standing: None, ..ask }.address("/dossiers/supplements");
    head.action(w.t("dossiers-round"), round, false)
}

fn figures(out: &mut String, visit: &Visit<'_>, ask: Ask, all: &Tally) {
    let w = visit.w;
    out.push_str("<dl class=\"figures\">");
    for (standing, count) in Standing::ALL.into_iter().zip(all.by) {
        let href = Ask { standing: Some(standing), ..ask }.address("/dossiers");
        let _ = write!(out, "<div><dt>{}</dt><dd><a href=\"", w.t(standing.word()));
        html::push(out, &href);
        let _ = write!(out, "\">{}</a></dd></div>", w.n(count as i64));
    }
    let _ = write!(
        out,
        "<div><dt>{}</dt><dd>{}</dd></div></dl>",
        w.t("dossiers-documents-there"),
        w.percent(all.there, all.needed)
    );
}

/// Units one level down with members the viewer may see.
fn parts(visit: &Visit<'_>, found: &Found<'_>, ask: Ask) -> Vec<(Id<Unit>, String, Tally)> {
    let tree = &found.units.tree;
    let part = |place: u32| {
        let (unit, facts) = (found.units.id(place)?, tree.facts(place)?);
        let tally = found.tally(&(place..tree.end(place)));
        (tally.all() > 0).then(|| (unit, facts.name.clone(), tally))
    };
    found.units.parts(visit, ask.unit).into_iter().filter_map(part).collect()
}

fn chart(visit: &Visit<'_>, parts: &[(Id<Unit>, String, Tally)]) -> String {
    /// Bars that can be read beside each other.
    const MOST: usize = 40;
    if parts.len() < 2 {
        return String::new();
    }
    let w = visit.w;
    let share = |tally: &Tally| tally.whole() as f64 * 100.0 / tally.all().max(1) as f64;
    let mut all: Vec<_> = parts.iter().collect();
    all.sort_by(|one, other| share(&one.2).total_cmp(&share(&other.2)));
    let bar = |(unit, name, tally): &(Id<Unit>, String, Tally)| {
        Bar::new(name.clone(), share(tally)).to(Ask { unit: Some(*unit), standing: None }.address("/dossiers"))
    };
    let format = |value: f64| w.percent((value * 100.0).round() as u64, 10_000);
    let title = w.t("dossiers-chart");
    let caption = Caption::new(title, "", w.t("dossiers-nobody"));
    let columns = [w.t("dossiers-unit").to_owned(), w.t("dossiers-chart-value").to_owned()];
    let bars = all.into_iter().take(MOST).map(bar).collect();
    Figure { width: "", title, note: w.t("dossiers-chart-note"), legend: &[] }
        .html(w, &Bars { caption, columns, bars, format: &format })
}

fn by_part(visit: &Visit<'_>, parts: &[(Id<Unit>, String, Tally)]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let w = visit.w;
    let mut columns = vec![Column::new("unit", w.t("dossiers-unit")), Column::number("all", w.t("dossiers-members"))];
    columns.extend(Standing::ALL.map(|standing| Column::number(standing.code(), w.t(standing.word()))));
    columns.push(Column::number("documents", w.t("dossiers-documents-there")));
    let mut table = Table::new(w.t("dossiers-by-unit"), columns);
    for (unit, name, tally) in parts {
        let of = |standing: Option<Standing>| Ask { unit: Some(*unit), standing }.address("/dossiers");
        let mut row = vec![Cell::Link(name.clone(), of(None)), Cell::Text(w.n(tally.all() as i64))];
        row.extend(Standing::ALL.into_iter().zip(tally.by).map(|(standing, count)| match count {
            0 => Cell::Text(w.n(0)),
            count => Cell::Link(w.n(count as i64), of(Some(standing))),
        }));
        row.push(Cell::Text(w.percent(tally.there, tally.needed)));
        table.rows.push(row);
    }
    table.html(visit)
}

fn list(visit: &Visit<'_>, found: &Found<'_>, ask: Ask, many: usize) -> String {
    let w = visit.w;
    let page = visit.rows(many, ROWS);
    let members = found.first(found.units.range(ask.unit), ask.standing, page.end);
    let columns = vec![
        Column::new("name", w.t("dossiers-member")),
        Column::new("unit", w.t("dossiers-branch")),
        Column::new("state", w.t("dossiers-standing")),
        Column::new("there", w.t("dossiers-documents-there")),
        Column::new("first", w.t("dossiers-first-there")),
    ];
    let mut table = Table::new(w.t("dossiers-list"), columns);
    table.empty = w.t("dossiers-nobody").to_owned();
    let view = visit.house.census.view(visit.today());
    for (no, id) in members.get(page.clone()).unwrap_or_default() {
        let Some(brief) = view.person(*no) else { continue };
        let home = brief.today.map(|(unit, _)| unit).or(brief.home).and_then(|unit| found.units.forest.id(unit));
        let sum = found.sums.get(id);
        let standing = Standing::of(sum);
        let colour = match standing {
            Standing::Confirmed => "ok",
            Standing::Whole => "gold",
            Standing::Lacking => "warn",
            Standing::Unopened => "",
        };
        let share = |there: u32, needed: u32| {
            let percent = w.percent(u64::from(there), u64::from(needed));
            w.with("dossiers-share", &[("there", w.n(there)), ("needed", w.n(needed)), ("percent", percent)])
        };
        table.rows.push(vec![
            Cell::Link(brief.name, format!("/dossiers/members/{id}")),
            home.map_or(Cell::Text(String::new()), |unit| Cell::Link(found.units.name(unit), format!("/units/{unit}"))),
            Cell::Tag(w.t(standing.word()).to_owned(), colour),
            Cell::Text(sum.map_or_else(String::new, |sum| share(sum.there, sum.needed))),
            Cell::Text(sum.map_or_else(String::new, |sum| share(sum.first_there, sum.first_needed))),
        ]);
    }
    table.page(visit, &page, many, "dossiers-rows");
    let chip = |text: &str, standing| {
        (text.to_owned(), Ask { standing, ..ask }.address("/dossiers"), standing == ask.standing)
    };
    let mut chips = vec![chip(w.t("dossiers-all"), None)];
    chips.extend(Standing::ALL.map(|standing| chip(w.t(standing.word()), Some(standing))));
    format!(
        "<section><h2>{}</h2>{}{}</section>",
        w.t("dossiers-list"),
        html::chips(w.t("dossiers-standing"), chips),
        table.html(visit)
    )
}
