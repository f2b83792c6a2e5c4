//! A member's meetings: where he was, whether he spoke, what he was given to do (MTG-06, MTG-11).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chibo_kernel::{Id, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::{MENU, tasks};
use crate::rules::{Kind, Month, Presence, excused_in_a_row};
use crate::store::{self, AttendedRow, HeadRow, TaskRow};

/// Months shown.
const BACK: i32 = 17;

struct Found {
    home: Id<Unit>,
    /// Branch, its meeting, where he was; the newest first.
    rolls: Vec<(Id<Unit>, HeadRow, AttendedRow)>,
    tasks: Vec<TaskRow>,
}

fn load(visit: &Visit<'_>, person: Id<Person>) -> Result<Found, Problem> {
    let today = visit.today();
    let (now, from) = (Month::of(today), Month::of(today).plus(-BACK));
    let mut found = visit.read(|tx| {
        let home = chibo_members::actions::home_of(tx, person, today)?;
        visit.permit(Permission::ViewMembers, home)?;
        let mut heads: BTreeMap<Id<Unit>, Vec<HeadRow>> = BTreeMap::new();
        let mut rolls = Vec::new();
        for row in store::attended(tx, person)? {
            let heads = match heads.entry(row.unit_id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(store::heads_of(tx, row.unit_id, from.0, now.plus(2).0)?),
            };
            let head = heads.iter().find(|head| head.meeting_no == row.meeting_no);
            rolls.extend(head.map(|head| (row.unit_id, head.clone(), row)));
        }
        Ok(Found { home, rolls, tasks: store::tasks_of(tx, person)? })
    })?;
    found.rolls.sort_by_key(|(_, head, _)| std::cmp::Reverse((head.month, head.on_day, head.meeting_no)));
    found.tasks.sort_by_key(|task| (task.outcome != 0, std::cmp::Reverse(task.due)));
    Ok(found)
}

/// Present, had to be there, spoke, the most excused absences in a row.
fn counts(rolls: &[(Id<Unit>, HeadRow, AttendedRow)]) -> (u32, u32, u32, u32) {
    let (mut present, mut due, mut spoke) = (0, 0, 0);
    for (.., row) in rolls {
        let was = Presence::from_number(row.presence);
        let there = was == Some(Presence::Present);
        present += u32::from(there);
        due += u32::from(there || matches!(was, Some(Presence::Excused | Presence::Unexcused)));
        spoke += u32::from(there && !row.spoke_on.is_empty());
    }
    let in_order = rolls.iter().rev().filter_map(|(.., row)| Presence::from_number(row.presence));
    (present, due, spoke, excused_in_a_row(in_order))
}

fn rolls(visit: &Visit<'_>, units: &UnitsToday, found: &Found) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("meeting", w.t("meetings-meeting")),
        Column::new("branch", w.t("meetings-branch")),
        Column::new("on", w.t("meetings-on")),
        Column::new("was", w.t("meetings-was")),
        Column::sentences("why", w.t("meetings-why")),
        Column::new("spoke", w.t("meetings-spoke")),
    ];
    let mut table = Table::new(w.t("meetings-member-rolls"), columns);
    table.empty = w.t("meetings-member-no-rolls").to_owned();
    for (unit, head, row) in &found.rolls {
        let kind = Kind::from_number(head.kind).unwrap_or(Kind::Regular);
        let text = w.t2("meetings-title-one", ("kind", w.t(kind.word())), ("month", Month(head.month).text()));
        // He may have come from a branch whose minutes are not the viewer's to read.
        let first = match visit.permit(Permission::ViewMembers, *unit) {
            Ok(()) => Cell::Link(text, format!("/meetings/units/{unit}/{}", head.meeting_no)),
            Err(_) => Cell::Text(text),
        };
        let was = Presence::from_number(row.presence).unwrap_or(Presence::Present);
        let class = match was {
            Presence::Present => "ok",
            Presence::Unexcused => "bad",
            _ => "",
        };
        table.rows.push(vec![
            first,
            Cell::Text(units.name(*unit)),
            Cell::Text(head.on_day.map_or_else(String::new, |day| w.day(day))),
            Cell::Tag(w.t(was.word()).to_owned(), class),
            Cell::Text(row.reason.clone()),
            Cell::Text(if row.spoke_on.is_empty() {
                String::new()
            } else {
                w.t("meetings-spoke-generally").to_owned()
            }),
        ]);
    }
    table.html(visit)
}

/// `GET /meetings/members/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let person: Id<Person> = visit.id("id")?;
    let found = load(visit, person)?;
    let name = visit.house.census.view(visit.today()).name_of(person).ok_or(Problem::NotFound)?;
    let units = UnitsToday::of(visit);
    let (present, due, spoke, row) = counts(&found.rolls);
    let open = found.tasks.iter().filter(|task| task.outcome == 0).count();
    let share = if due > 0 { w.percent(u64::from(present), u64::from(due)) } else { "–".to_owned() };
    let figures = [
        ("meetings-member-present", format!("{present}/{due}")),
        ("meetings-attendance", share),
        ("meetings-member-spoke", w.n(spoke)),
        ("meetings-member-row", w.n(row)),
        ("meetings-member-open", w.n(open)),
    ];
    let mut body = chibo_web::person::tabs(visit, person, found.home, "meetings-tab");
    body.push_str("<dl class=\"figures\">");
    for (key, text) in &figures {
        body.push_str(&format!("<div><dt>{}</dt><dd>{text}</dd></div>", w.t(key)));
    }
    body.push_str("</dl>");
    let tasks = tasks::table(visit, &found.tasks, w.t("meetings-member-tasks"));
    for (title, inside) in [("meetings-member-tasks", tasks), ("meetings-member-rolls", rolls(visit, &units, &found))] {
        body.push_str(&format!("<section class=\"card\"><h2>{}</h2>{inside}</section>", w.t(title)));
    }
    let crumbs = vec![
        Crumb::to(w.t("meetings-title"), "/meetings"),
        Crumb::to(name.as_str(), format!("/members/{person}")),
        Crumb::here(w.t("meetings-tab")),
    ];
    visit.page_html(200, Head::new(w.t1("meetings-of-member", "name", &name), MENU).crumbs(crumbs), &body)
}
