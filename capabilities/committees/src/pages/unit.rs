//! The committee of one unit: its term, its seats, who sits in them, what waits, and how it came to that.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use askama::Template;
use chibo_kernel::{Id, Permission, Person, Problem};
use chibo_organisation::Held;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, doubt};

use super::ground::{Ground, kind_name, names};
use super::{MENU, history, leaving};
use crate::actions::bench_of;
use crate::rules::{Holding, Numbers, Post, Request, Step, Term, current, has_terms, is_branch, vacant};
use crate::store::{self, ActRow, ChoiceRow, LeavingRow, TermRow};

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage<'a> {
    w: Tongue<'a>,
    facts: Vec<(&'a str, String)>,
    tags: Vec<(&'a str, &'static str)>,
    unsigned: bool,
    posts: String,
    holders: String,
    approvals: String,
    acts: String,
    leavings: String,
    terms: String,
    notes: String,
}

/// Everything the page is drawn from.
pub(super) struct Shown {
    pub ground: Ground,
    pub rows: Vec<TermRow>,
    /// Offices held today.
    pub held: Vec<Held>,
    /// Where else the holders hold something today.
    elsewhere: HashMap<Id<Person>, Vec<Held>>,
    pub acts: Vec<ActRow>,
    pub choices: Vec<ChoiceRow>,
    leavings: Vec<LeavingRow>,
    requests: Vec<Request>,
    pub names: HashMap<Id<Person>, String>,
}

impl Shown {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let ground = Ground::load(visit, Permission::ViewUnits)?;
        let (unit, today) = (ground.unit, visit.today());
        let mut shown = visit.read(|tx| {
            let held = crate::actions::held_on(tx, unit, today)?;
            let mut elsewhere: HashMap<Id<Person>, Vec<Held>> = HashMap::new();
            for office in &held {
                if let Entry::Vacant(free) = elsewhere.entry(office.person) {
                    let mut others = chibo_organisation::held_by(tx, office.person)?;
                    others.retain(|other| other.unit != unit && other.valid.contains(today));
                    free.insert(others);
                }
            }
            let requests = store::requests(&store::steps_of(tx, unit)?)?;
            let (acts, choices) = (store::acts_of(tx, unit)?, store::choices_of(tx, unit)?);
            let (rows, leavings) = (store::terms_of(tx, unit)?, store::leavings_of(tx, unit)?);
            Ok(Self { ground, rows, held, elsewhere, acts, choices, leavings, requests, names: HashMap::new() })
        })?;
        let mut persons: Vec<_> = shown.held.iter().map(|office| office.person).collect();
        persons.extend(shown.choices.iter().map(|choice| choice.person_id));
        persons.extend(shown.leavings.iter().map(|row| row.person_id));
        persons.sort_unstable();
        persons.dedup();
        shown.names = names(visit, &persons);
        Ok(shown)
    }

    /// The name of somebody.
    pub fn name(&self, person: Id<Person>) -> String {
        self.names.get(&person).cloned().unwrap_or_default()
    }
}

/// `GET /committees/units/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let shown = Shown::load(visit)?;
    let numbers = Numbers::on(visit.today())?;
    let terms = store::terms(&shown.rows);
    let term = current(&terms, visit.today()).copied();
    let (_, holding) = bench_of(&shown.held);
    let waiting = shown.requests.iter().any(|request| request.stage() != Step::Approved);
    let kind = shown.ground.kind.filter(|kind| has_terms(*kind));
    let missing = kind.zip(term).map(|(kind, term)| vacant(kind, term.fixed, holding)).unwrap_or_default();
    let concerns = crate::rules::concerns(&numbers, term.as_ref(), &missing, waiting, visit.today());
    let tags = match kind {
        Some(_) => concerns.each().map(|concern| (w.t(concern.word()), concern.colour())).collect(),
        None => vec![(w.t("committees-no-committee"), "")],
    };
    let name = |row: &LeavingRow| shown.name(row.person_id);
    let doubtful = numbers.doubtful();
    let page = UnitPage {
        w,
        facts: facts(visit, &shown, term),
        tags,
        unsigned: waiting,
        posts: term.map_or_else(String::new, |term| posts(visit, term, holding)),
        holders: holders(visit, &shown),
        approvals: approvals(visit, &shown)?,
        acts: history::acts(visit, &shown)?,
        leavings: leaving::table(visit, &shown.leavings, &name),
        terms: history::terms(visit, &shown),
        notes: doubt::card(w.t("committees-notes"), &doubt::notes(w, doubtful)),
    };
    let head = head(visit, &shown, term.is_some());
    visit.page(head, &page)
}

fn head(visit: &Visit<'_>, shown: &Shown, has_term: bool) -> Head {
    let w = visit.w;
    let ground = &shown.ground;
    let crumbs = vec![Crumb::to(w.t("committees-title"), "/committees"), Crumb::here(ground.name.clone())];
    let mut head = Head::new(w.t1("committees-title-of", "unit", &ground.name), MENU).crumbs(crumbs);
    head = head.action(w.t("committees-unit-page"), format!("/units/{}", ground.unit), false);
    if ground.place().is_err() || visit.permit(Permission::EditUnits, ground.unit).is_err() {
        return head;
    }
    if has_term {
        head = head.action(w.t("committees-elect"), ground.address("/elections"), true);
        if ground.may_above(visit) {
            head = head.action(w.t("committees-fill"), ground.address("/appointments"), false);
        }
        head = head.action(w.t("committees-leave"), ground.address("/leavings"), false);
        head = head.action(w.t("committees-term-correct"), ground.address("/terms?corrects=yes"), false);
    }
    head.action(w.t("committees-term-new"), ground.address("/terms"), !has_term)
}

fn facts<'a>(visit: &Visit<'a>, shown: &Shown, term: Option<Term>) -> Vec<(&'a str, String)> {
    let w = visit.w;
    let mut facts = Vec::new();
    if let Some(kind) = shown.ground.kind {
        facts.push((w.t("committees-kind"), kind_name(w, kind, visit.today()).to_owned()));
    }
    let Some(term) = term else {
        facts.push((w.t("committees-term"), w.t("committees-concern-no-term").to_owned()));
        return facts;
    };
    facts.push((w.t("committees-term"), w.t1("committees-term-no", "ordinal", term.ordinal)));
    facts.push((w.t("committees-congress-on"), w.day(term.congress_on)));
    facts.push((w.t("committees-from"), w.day(term.from)));
    facts.push((w.t("committees-ends-on"), w.day(term.to)));
    if shown.ground.kind.is_some_and(is_branch) && term.fixed.committee == 0 {
        facts.push((w.t("committees-fixed-committee"), w.t("committees-without-committee").to_owned()));
    }
    facts
}

/// Fixed, held, vacant by post.
fn posts(visit: &Visit<'_>, term: Term, holding: Holding) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("post", w.t("committees-post")),
        Column::number("fixed", w.t("committees-fixed")),
        Column::number("held", w.t("committees-held")),
        Column::number("vacant", w.t("committees-vacant")),
    ];
    let mut table = Table::new(w.t("committees-posts-of-term"), columns);
    for post in Post::ALL {
        let (fixed, held) = (post.fixed(term.fixed), post.held(holding));
        if fixed == 0 && held == 0 {
            continue;
        }
        let vacant = fixed.saturating_sub(held);
        let last = if vacant > 0 { Cell::Tag(w.n(vacant), "warn") } else { Cell::Text(w.n(0)) };
        let name = Cell::Text(w.t(post.word()).to_owned());
        table.rows.push(vec![name, Cell::Text(w.n(fixed)), Cell::Text(w.n(held)), last]);
    }
    table.html(visit)
}

/// Who sits where, and where else.
fn holders(visit: &Visit<'_>, shown: &Shown) -> String {
    let w = visit.w;
    let may_see = visit.permit(Permission::ViewMembers, shown.ground.unit).is_ok();
    let columns = vec![
        Column::new("person", w.t("committees-person")),
        Column::new("role", w.t("committees-role")),
        Column::new("since", w.t("committees-since")),
        Column::new("how", w.t("committees-how")),
        Column::new("decision", w.t("committees-number")),
        Column::new("elsewhere", w.t("committees-elsewhere-held")),
    ];
    let mut table = Table::new(w.t("committees-holders"), columns);
    table.empty = w.t("committees-nobody-holds").to_owned();
    for office in &shown.held {
        let name = shown.name(office.person);
        let person = if may_see { Cell::Link(name, format!("/members/{}", office.person)) } else { Cell::Text(name) };
        let mut role = w.t(office.role.name_key()).to_owned();
        if office.valid.to() != chibo_kernel::Day::FOREVER {
            role = w.t2("committees-until", ("role", role), ("day", w.day(office.valid.to())));
        }
        let others = shown.elsewhere.get(&office.person).map(Vec::as_slice).unwrap_or_default();
        let others = others.iter().filter(|other| visit.permit(Permission::ViewUnits, other.unit).is_ok());
        let others: Vec<String> = others
            .map(|other| format!("{}: {}", w.t(other.role.name_key()), shown.ground.units.name(other.unit)))
            .collect();
        table.rows.push(vec![
            person,
            Cell::Text(role),
            Cell::Text(w.day(office.valid.from())),
            Cell::Text(w.t(office.how.name_key()).to_owned()),
            Cell::Text(office.decision.clone()),
            Cell::Text(others.join("; ")),
        ]);
    }
    table.html(visit)
}

/// Results on their way to the approval.
fn approvals(visit: &Visit<'_>, shown: &Shown) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("result", w.t("committees-elected-on")),
        Column::new("state", w.t("committees-state")),
        Column::new("next", w.t("committees-next-step")),
        Column::new("handover", w.t("committees-do-hand-over")),
    ];
    let mut table = Table::new(w.t("committees-approvals"), columns);
    for request in shown.requests.iter().rev() {
        let numbers = Numbers::on(request.result_on)?;
        let href = shown.ground.address(&format!("/approvals?result={}", request.result_on.iso()));
        let next = request.next(&numbers);
        let next = next.map(|(step, by)| w.t2("committees-by-day", ("act", w.t(step.act())), ("day", w.day(by))));
        let hand_over = match request.hand_over_by(&numbers) {
            Some(by) => w.t1("committees-by", "day", w.day(by)),
            None => w.t("committees-step-handed-over").to_owned(),
        };
        let colour = if request.stage() == Step::Approved { "ok" } else { "warn" };
        table.rows.push(vec![
            Cell::Link(w.day(request.result_on), href),
            Cell::Tag(w.t(request.stage().word()).to_owned(), colour),
            Cell::Text(next.unwrap_or_default()),
            Cell::Text(hand_over),
        ]);
    }
    Ok(if table.rows.is_empty() { String::new() } else { table.html(visit) })
}
