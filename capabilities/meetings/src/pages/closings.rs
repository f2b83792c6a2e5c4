//! One closing of a meeting as it was kept, and what it changed of the one before (MTG-20).

use chibo_kernel::{Day, Id, Person, Problem};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::desk::{Desk, time_text};
use super::{MENU, fields, sheet, tasks, votes};
use crate::rules::Presence;
use crate::store::TaskRow;

/// What can differ: what it is called, what stood there.
type Line = (String, String);

fn lines(visit: &Visit<'_>, desk: &Desk) -> Vec<Line> {
    let w = visit.w;
    let row = &desk.row;
    let view = visit.house.census.view(visit.today());
    let name = |id: Option<Id<Person>>| id.and_then(|id| view.name_of(id)).unwrap_or_default();
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| w.day(day));
    let tick = |tick: &str| w.t(&format!("meetings-item-{tick}")).to_owned();
    let ticks: Vec<String> = row.ticks.split_whitespace().map(tick).collect();
    let prepared = if row.prepared == 1 { w.t("meetings-prepared-yes").to_owned() } else { String::new() };
    let own = [
        ("meetings-kind", w.t(desk.kind().word()).to_owned()),
        ("meetings-on", day(row.on_day)),
        ("meetings-time", time_text(row)),
        ("meetings-place", row.place.clone()),
        ("meetings-chair", name(row.chair_id)),
        ("meetings-secretary", name(row.secretary_id)),
        ("meetings-guests", row.guests.clone()),
        ("meetings-items", fields::agenda_text(&desk.items)),
        ("meetings-report", row.report.clone()),
        ("meetings-discussion", row.discussion.clone()),
        ("meetings-ideology", row.ideology.to_string()),
        ("meetings-conclusion", row.conclusion.clone()),
        ("meetings-noticed", day(row.noticed_on)),
        ("meetings-documents", day(row.posted_documents)),
        ("meetings-concluded", day(row.posted_conclusion)),
        ("meetings-prepared", prepared),
        ("meetings-ticks", ticks.join("; ")),
    ];
    let mut lines: Vec<Line> = own.into_iter().map(|(key, text)| (w.t(key).to_owned(), text)).collect();
    let seat = |seat: &crate::store::RollRow| {
        let was = Presence::from_number(seat.presence).map_or("", |presence| w.t(presence.word()));
        let spoke = seat.spoke_on.split(',').filter(|seq| !seq.is_empty()).map(|seq| title(visit, desk, seq));
        let parts: Vec<String> = [was.to_owned(), seat.reason.clone()].into_iter().chain(spoke).collect();
        let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        (name(Some(seat.member_id)), text)
    };
    lines.extend(desk.roll.iter().map(seat));
    lines.extend(desk.votes.iter().map(|vote| {
        let text = format!("{}/{} · {} · {} · {}", vote.yes, vote.base, vote.no_votes, vote.blank, vote.invalid);
        (vote.subject.clone(), text)
    }));
    let task = |task: &TaskRow| {
        let state = w.t(tasks::state(task, row.on_day.unwrap_or(task.due)).0);
        (task.what.clone(), format!("{}; {}; {state}", name(Some(task.member_id)), w.day(task.due)))
    };
    lines.extend(desk.before.iter().chain(&desk.tasks).map(task));
    lines.extend(desk.visits.iter().map(|visit| {
        let came = w.t(if visit.attended == 1 { "meetings-came" } else { "meetings-came-not" });
        (w.t1("meetings-watcher-number", "no", visit.watcher_no), format!("{came}; {}", visit.remark))
    }));
    lines.extend(desk.score.lines.iter().map(|line| {
        let item = w.t(&format!("meetings-item-{}", line.item));
        (format!("{}. {item}", line.criterion), format!("{}/{}", line.got, line.most))
    }));
    lines
}

/// The item of the agenda somebody spoke on.
fn title(visit: &Visit<'_>, desk: &Desk, seq: &str) -> String {
    let item = desk.items.iter().find(|item| item.seq.to_string() == seq);
    item.map_or_else(|| visit.w.t("meetings-spoke-generally").to_owned(), |item| item.title.clone())
}

/// What differs between two lists: what it is, what stood there before, what stands there now.
fn differing(before: &[Line], now: &[Line]) -> Vec<(String, String, String)> {
    let text = |list: &[Line], label: &str, nth: usize| {
        list.iter().filter(|(other, _)| other == label).nth(nth).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let nth = |list: &[Line], at: usize| {
        let label = list.get(at).map(|(label, _)| label);
        list.iter().take(at).filter(|(other, _)| Some(other) == label).count()
    };
    let mut found = Vec::new();
    for (at, (label, new)) in now.iter().enumerate() {
        let old = text(before, label, nth(now, at));
        if old != *new {
            found.push((label.clone(), old, new.clone()));
        }
    }
    for (at, (label, old)) in before.iter().enumerate() {
        let place = nth(before, at);
        if now.iter().filter(|(other, _)| other == label).nth(place).is_none() && !old.is_empty() {
            found.push((label.clone(), old.clone(), String::new()));
        }
    }
    found
}

fn difference(visit: &Visit<'_>, before: &[Line], now: &[Line]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("what", w.t("meetings-changed-what")),
        Column::sentences("before", w.t("meetings-changed-before")),
        Column::sentences("now", w.t("meetings-changed-now")),
    ];
    let mut table = Table::new(w.t("meetings-changed"), columns);
    table.empty = w.t("meetings-changed-nothing").to_owned();
    let rows = differing(before, now).into_iter();
    table.rows = rows.map(|(what, old, new)| vec![Cell::Text(what), Cell::Text(old), Cell::Text(new)]).collect();
    table.html(visit)
}

fn whole(visit: &Visit<'_>, lines: &[Line]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("what", w.t("meetings-changed-what")),
        Column::sentences("text", w.t("meetings-changed-text")),
    ];
    let mut table = Table::new(w.t("meetings-closing-whole"), columns);
    let row = |(label, text): &Line| vec![Cell::Text(label.clone()), Cell::Text(text.clone())];
    table.rows = lines.iter().filter(|(_, text)| !text.is_empty()).map(row).collect();
    table.html(visit)
}

/// `GET /meetings/units/{id}/{no}/closings/{n}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let number: u32 = visit.path.get("n").parse().map_err(|_| Problem::NotFound)?;
    let (desk, earlier) = Desk::closed(visit, number)?;
    let now = lines(visit, &desk);
    let row = desk.closings.first().ok_or(Problem::NotFound)?;
    let (said, class) = sheet::tag(visit, row.score, desk.grade);
    let by = w.t2("meetings-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
    let mut body = format!("<p><span class=\"tag {class}\">{}</span></p>", html::escape(&said));
    for text in [row.reason.as_str(), by.as_str()].into_iter().filter(|text| !text.is_empty()) {
        body.push_str(&format!("<p>{}</p>", html::escape(text)));
    }
    let mut card = |title: &str, inside: &str| {
        body.push_str(&format!("<section class=\"card\"><h2>{title}</h2>{inside}</section>"));
    };
    if let Some(earlier) = &earlier {
        card(w.t("meetings-changed"), &difference(visit, &lines(visit, earlier), &now));
    }
    card(w.t("meetings-score"), &sheet::table(visit, &desk.score));
    card(w.t("meetings-closing-whole"), &whole(visit, &now));
    card(w.t("meetings-votes"), &votes::table(visit, &desk.votes));
    card(w.t("meetings-tasks"), &tasks::table(visit, &desk.tasks, w.t("meetings-tasks")));
    let title = w.t1("meetings-closing-title", "no", number);
    let crumbs = vec![
        Crumb::to(w.t("meetings-title"), "/meetings"),
        Crumb::to(desk.place.name(), desk.place.address("")),
        Crumb::to(desk.title(visit), desk.address("")),
        Crumb::here(title.as_str()),
    ];
    visit.page_html(200, Head::new(title.as_str(), MENU).crumbs(crumbs), &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mtg_20_a_correction_shows_what_it_changed_and_nothing_else() {
        let line = |label: &str, text: &str| (label.to_owned(), text.to_owned());
        let before = [line("An", "Có mặt"), line("Việc", "a"), line("Việc", "b"), line("Địa điểm", "Nhà văn hóa")];
        let now = [line("An", "Vắng"), line("Việc", "a"), line("Địa điểm", "Nhà văn hóa"), line("Mới", "c")];
        let told = differing(&before, &now);
        let told: Vec<_> = told.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(told, [("An", "Có mặt", "Vắng"), ("Mới", "", "c"), ("Việc", "b", "")]);
    }
}
