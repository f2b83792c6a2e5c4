//! Exemption and leaving of one member: what he is since when, every case, what can be opened.

use askama::Template;
use chibo_kernel::{Day, Id, Permission, Person, Problem};
use chibo_members::codes::{STANDINGS, Standing, entry};
use chibo_organisation::UnitsToday;
use chibo_web::table::Column;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Cell, Crumb, Head, Pairs, Reply, Table, Visit};

use super::MENU;
use crate::file::stands;
use crate::rules::{Ground, Kind};
use crate::store::{self, StateRow};

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage<'a> {
    w: Tongue<'a>,
    tabs: String,
    facts: Vec<(&'a str, String)>,
    cases: String,
    standings: Vec<(String, String)>,
    kinds: Vec<(&'a str, String)>,
}

/// A standing in words.
fn standing_text(w: Tongue<'_>, standing: Standing) -> String {
    let code = entry(STANDINGS, standing.number());
    if w.lang == Lang::Vi { code.vi.to_owned() } else { code.en.to_owned() }
}

/// `GET /leaving/members/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (w, today) = (visit.w, visit.today());
    let person: Id<Person> = visit.id("id")?;
    let (home, states, standings) = visit.read(|tx| {
        let home = chibo_members::actions::home_of(tx, person, today)?;
        Ok((home, store::states_of(tx, person)?, chibo_members::standings_of(tx, person)?))
    })?;
    visit.permit(Permission::ViewMembers, home)?;
    let name = {
        let view = visit.house.census.view(today);
        view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?
    };
    let now = standings.iter().find(|(from, to, _)| *from <= today && today < *to);
    let mut facts = vec![(w.t("leaving-branch"), UnitsToday::of(visit).name(home))];
    if let Some((from, _, standing)) = now {
        facts.push((w.t("leaving-standing"), standing_text(w, *standing)));
        facts.push((w.t("leaving-from"), w.day(*from)));
    }
    let told = |(from, to, standing): &(Day, Day, Standing)| {
        let until = if *to == Day::FOREVER { String::new() } else { format!(" – {}", w.day(to.plus_days(-1))) };
        (format!("{}{until}", w.day(*from)), standing_text(w, *standing))
    };
    let page = MemberPage {
        w,
        tabs: chibo_web::person::tabs(visit, person, home, "leaving-tab"),
        facts,
        cases: cases(visit, &states)?,
        standings: standings.iter().rev().map(told).collect(),
        kinds: match visit.permit(Permission::EditMembers, home) {
            Ok(()) => openable(visit, person, now.map(|(.., standing)| *standing)),
            Err(_) => Vec::new(),
        },
    };
    let crumbs = vec![
        Crumb::to(w.t("leaving-title"), "/leaving"),
        Crumb::to(name.as_str(), format!("/members/{person}")),
        Crumb::here(w.t("leaving-tab")),
    ];
    let head = Head::new(w.t1("leaving-title-member", "name", &name), MENU).crumbs(crumbs);
    visit.page(head, &page)
}

/// Cases that can be opened for somebody of a standing.
fn openable<'a>(visit: &Visit<'a>, person: Id<Person>, standing: Option<Standing>) -> Vec<(&'a str, String)> {
    let fits = |kind: &&Kind| match kind {
        Kind::Health | Kind::Other => matches!(standing, Some(Standing::Official | Standing::Exempted)),
        Kind::Return => standing == Some(Standing::Exempted),
        Kind::Complaint | Kind::Restoration => standing == Some(Standing::Left),
        _ => standing.is_some_and(Standing::counts_as_member),
    };
    let link = |kind: &Kind| {
        let asked = Pairs::default().with(&[("kind", kind.code()), ("who", &person.to_string())]);
        (visit.w.t(kind.word()), format!("/leaving/new{asked}"))
    };
    Kind::ALL.iter().filter(fits).map(link).collect()
}

fn cases(visit: &Visit<'_>, states: &[StateRow]) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("kind", w.t("leaving-kind")),
        Column::new("ground", w.t("leaving-ground")),
        Column::new("opened", w.t("leaving-opened")),
        Column::new("from", w.t("leaving-from")),
        Column::new("until", w.t("leaving-until")),
        Column::new("phase", w.t("leaving-phase")),
    ];
    let mut table = Table::new(w.t("leaving-cases-of-member"), columns);
    table.empty = w.t("leaving-no-cases").to_owned();
    let day = |day: Day| if day == Day::FOREVER { String::new() } else { w.day(day) };
    for state in states.iter().rev() {
        let (kind, phase) = stands(state)?;
        let ended = state.ends_on.min(state.over_on);
        table.rows.push(vec![
            Cell::Link(w.t(kind.word()).to_owned(), format!("/leaving/cases/{}", state.case_id)),
            Cell::Text(Ground::from_code(&state.ground).map_or("", |ground| w.t(ground.word())).to_owned()),
            Cell::Text(w.day(state.opened_on)),
            Cell::Text(day(state.begins_on)),
            Cell::Text(day(if kind.exempts() { ended } else { Day::FOREVER })),
            match kind.removes() && state.over_on != Day::FOREVER {
                true => Cell::Tag(w.t("leaving-restored").to_owned(), "warn"),
                false => Cell::Tag(w.t(phase.word()).to_owned(), super::told::colour(phase)),
            },
        ]);
    }
    Ok(table.html(visit))
}
