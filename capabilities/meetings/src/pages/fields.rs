//! The fields of an open meeting, and what came back of them.

use std::collections::BTreeSet;

use chibo_kernel::text::{clean, clean_lines};
use chibo_kernel::{Day, Id, Issue, Person, Said};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Visit};

use super::times;
use crate::actions::{Content, Item, Seat};
use crate::branch::Member;
use crate::rules::{Kind, Presence, Terms};
use crate::store::{ItemRow, MeetingRow};

/// What a thematic line of the agenda begins with.
const THEMATIC: char = '#';

/// The agenda as lines of text: thematic ones begin with `#`.
pub(super) fn agenda_text(items: &[ItemRow]) -> String {
    let line = |item: &ItemRow| if item.part == 2 { format!("{THEMATIC} {}", item.title) } else { item.title.clone() };
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Lines of text as an agenda; topics keep their code, found by their title.
pub(super) fn agenda(text: &str, before: &[ItemRow], topics: &[(String, String)]) -> Vec<Item> {
    let line = |line: &str| {
        let (part, title) = match line.trim().strip_prefix(THEMATIC) {
            Some(rest) => (2, rest.trim()),
            None => (1, line.trim()),
        };
        let kept = before.iter().find(|item| item.title == title).map(|item| item.topic.clone());
        let known = || topics.iter().find(|(_, name)| name == title).map(|(code, _)| code.clone());
        let topic = kept.filter(|code| !code.is_empty()).or_else(known).unwrap_or_default();
        Item { part, topic, title: clean(title).into_owned() }
    };
    text.lines().filter(|text| !text.trim().is_empty()).map(line).collect()
}

/// What somebody spoke on, by the numbers the agenda has from now on: an item that moved is found by its title, one that was
/// reworded by its place; of one that is gone stays that he spoke.
fn spoke_on(typed: &str, before: &[ItemRow], after: &[Item]) -> String {
    let moved = |seq: &str| -> String {
        let Some((place, old)) = before.iter().enumerate().find(|(_, item)| item.seq.to_string() == seq) else {
            return "0".to_owned();
        };
        let same = after.iter().position(|item| item.title == old.title);
        let gone = |title: &str| !before.iter().any(|item| item.title == title);
        let reworded = after.get(place).filter(|item| before.len() == after.len() && gone(&item.title));
        let place = same.or_else(|| reworded.map(|_| place));
        place.map_or_else(|| "0".to_owned(), |place| (place + 1).to_string())
    };
    typed.split(',').map(str::trim).filter(|seq| !seq.is_empty()).map(moved).collect::<Vec<_>>().join(",")
}

fn who(members: &[Member], empty: &str) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), empty.to_owned())];
    choices.extend(members.iter().map(|member| (member.id.to_string(), member.name.clone())));
    choices
}

/// The kinds to choose from.
pub(super) fn kinds(visit: &Visit<'_>) -> Vec<(String, String)> {
    Kind::ALL.iter().map(|kind| (kind.number().to_string(), visit.w.t(kind.word()).to_owned())).collect()
}

/// The questions beside the roll.
pub(super) fn fields(
    visit: &Visit<'_>,
    row: &MeetingRow,
    items: &[ItemRow],
    members: &[Member],
    terms: &Terms,
) -> Vec<Field> {
    let w = visit.w;
    let id = |who: Option<Id<Person>>| who.map_or_else(String::new, |id| id.to_string());
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    let time = |minutes: Option<u32>| minutes.map_or_else(String::new, times::text);
    let nobody = w.t("meetings-nobody");
    let yes = |word: &str| vec![("yes".to_owned(), w.t(word).to_owned())];
    let ticks = terms.ticks.iter().map(|tick| {
        let text = w.t(&format!("meetings-item-{}", tick.item));
        (tick.item.clone(), w.t2("meetings-tick", ("text", text), ("points", tick.points)))
    });
    vec![
        Field::hidden("version", row.version.to_string()),
        Field::new("kind", w.t("meetings-kind"), Answer::Select(kinds(visit))).value(row.kind.to_string()),
        Field::new("on", w.t("meetings-on"), Answer::Day).value(day(row.on_day)),
        Field::text("from", w.t("meetings-from")).value(time(row.begins)).hint(w.t("meetings-time-hint")),
        Field::text("to", w.t("meetings-to")).value(time(row.ends)),
        Field::text("place", w.t("meetings-place")).value(row.place.as_str()),
        Field::new("chair", w.t("meetings-chair"), Answer::Select(who(members, nobody))).value(id(row.chair_id)),
        Field::new("secretary", w.t("meetings-secretary"), Answer::Select(who(members, nobody)))
            .value(id(row.secretary_id)),
        Field::text("guests", w.t("meetings-guests")).value(row.guests.as_str()).hint(w.t("meetings-guests-hint")),
        Field::new("items", w.t("meetings-items"), Answer::Area)
            .value(agenda_text(items))
            .hint(w.t("meetings-items-hint")),
        Field::new("report", w.t("meetings-report"), Answer::Area)
            .value(row.report.as_str())
            .hint(w.t("meetings-report-hint")),
        Field::new("discussion", w.t("meetings-discussion"), Answer::Area).value(row.discussion.as_str()),
        Field::text("ideology", w.t("meetings-ideology")).value(row.ideology.to_string()).hint(w.t2(
            "meetings-ideology-hint",
            ("least", terms.ideology.0),
            ("most", terms.ideology.1),
        )),
        Field::new("conclusion", w.t("meetings-conclusion"), Answer::Area)
            .value(row.conclusion.as_str())
            .hint(w.t("meetings-conclusion-hint")),
        Field::new("noticed", w.t("meetings-noticed"), Answer::Day).value(day(row.noticed_on)),
        Field::new("documents", w.t("meetings-documents"), Answer::Day).value(day(row.posted_documents)),
        Field::new("concluded", w.t("meetings-concluded"), Answer::Day).value(day(row.posted_conclusion)),
        Field::new("prepared", w.t("meetings-prepared"), Answer::Checks(yes("meetings-prepared-yes")))
            .value(if row.prepared == 1 { "yes" } else { "" }),
        Field::new("ticks", w.t("meetings-ticks"), Answer::Checks(ticks.collect()))
            .value(row.ticks.replace(' ', ","))
            .hint(w.t("meetings-ticks-hint")),
    ]
}

/// The roll as it came back; members the form did not know are present.
fn roll(visit: &Visit<'_>, members: &[Member], before: &[ItemRow], after: &[Item]) -> Vec<Seat> {
    let seat = |member: &Member| {
        let name = |what: &str| format!("{what}-{}", member.id);
        let usual = member.usual();
        let presence = visit.form.get(&name("was")).parse().ok().and_then(Presence::from_number).unwrap_or(usual);
        let there = presence == Presence::Present;
        let spoke = spoke_on(visit.form.get(&name("spoke")), before, after);
        let reason = clean(visit.form.get(&name("why"))).into_owned();
        Seat {
            person: member.id,
            presence,
            reason: if there { String::new() } else { reason },
            spoke_on: if there { spoke } else { String::new() },
        }
    };
    members.iter().map(seat).collect()
}

/// Characters a text of several lines may have, and one line.
const MOST: (usize, usize) = (20_000, 500);

/// A text longer than its field takes: said with how long it is, and nothing of it is cut off.
pub(super) fn check_length(field: &str, text: &str, most: usize) -> Option<Issue> {
    let length = text.chars().count();
    let said = || Said::new("meetings-too-long").with("length", length).with("most", most);
    (length > most).then(|| Issue { field: Some(field.to_owned()), rule: None, said: said() })
}

fn too_long(form: &chibo_web::Pairs, members: &[Member]) -> Vec<Issue> {
    let areas = ["items", "report", "discussion", "conclusion"].map(|name| (name, MOST.0));
    let lines = ["place", "guests"].map(|name| (name, MOST.1));
    let mut found: Vec<Issue> =
        areas.into_iter().chain(lines).filter_map(|(name, most)| check_length(name, form.get(name), most)).collect();
    let reason = |member: &Member| check_length("roll", form.get(&format!("why-{}", member.id)), MOST.1);
    found.extend(members.iter().find_map(reason));
    let line = form.get("items").lines().find_map(|line| check_length("items", line, MOST.1));
    found.extend(line.filter(|_| !found.iter().any(|issue| issue.field.as_deref() == Some("items"))));
    found
}

/// Lines of a small form that are too long.
pub(super) fn check_lines(form: &chibo_web::Pairs, names: &[&str]) -> Vec<Issue> {
    names.iter().filter_map(|name| check_length(name, form.get(name), MOST.1)).collect()
}

/// What is wrong with the agenda and the place of a meeting to be opened.
pub(super) fn check_agenda(form: &chibo_web::Pairs) -> Vec<Issue> {
    let mut found = too_long(form, &[]);
    found.retain(|issue| matches!(issue.field.as_deref(), Some("items" | "place")));
    found
}

/// What came back, or everything that could not be read.
pub(super) fn read(
    visit: &Visit<'_>,
    items: &[ItemRow],
    members: &[Member],
    topics: &[(String, String)],
) -> Result<Content, Vec<Issue>> {
    let form = &visit.form;
    let mut issues = Vec::new();
    let mut issue = |field: &str, said: Said| issues.push(Issue { field: Some(field.to_owned()), rule: None, said });
    let mut day = |field: &str| match form.day(field, visit.today()) {
        Ok(day) => day,
        Err(_) => {
            issue(field, Said::new("meetings-bad-day"));
            None
        }
    };
    let [on, noticed, documents, concluded] = ["on", "noticed", "documents", "concluded"].map(&mut day);
    let mut time = |field: &str| {
        let text = form.get(field);
        let read = times::minutes(text);
        if read.is_none() && !text.trim().is_empty() {
            issue(field, Said::new("meetings-bad-time").with("text", text));
        }
        read
    };
    let [from, to] = ["from", "to"].map(&mut time);
    let ideology = form.get("ideology").trim();
    let ideology = if ideology.is_empty() { Some(0) } else { ideology.parse().ok().filter(|minutes| *minutes <= 600) };
    if ideology.is_none() {
        issue("ideology", Said::new("meetings-bad-minutes"));
    }
    let kind = form.get("kind").parse().ok().and_then(Kind::from_number);
    if kind.is_none() {
        issue("kind", Said::new("meetings-no-kind"));
    }
    let line = |name: &str| clean(form.get(name)).into_owned();
    let lines = |name: &str| clean_lines(form.get(name)).into_owned();
    let person = |name: &str| form.get(name).parse::<Id<Person>>().ok();
    issues.extend(too_long(form, members));
    let agenda = agenda(form.get("items"), items, topics);
    let content = Content {
        kind: kind.unwrap_or(Kind::Regular),
        on,
        from,
        to,
        place: line("place"),
        chair: person("chair"),
        secretary: person("secretary"),
        guests: line("guests"),
        ideology: ideology.unwrap_or(0),
        report: lines("report"),
        discussion: lines("discussion"),
        conclusion: lines("conclusion"),
        ticks: form.all("ticks").map(str::to_owned).collect::<BTreeSet<_>>(),
        prepared: form.get("prepared") == "yes",
        noticed,
        documents,
        concluded,
        roll: roll(visit, members, items, &agenda),
        items: agenda,
    };
    if issues.is_empty() { Ok(content) } else { Err(issues) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_is_lines_of_text_and_keeps_the_codes_of_its_topics() {
        let before = [ItemRow { seq: 1, part: 1, topic: "economy".into(), title: "Kinh tế".into() }];
        let topics = [("land".to_owned(), "Đất đai".to_owned())];
        let read = agenda("Kinh tế\n\n  # Học tập chuyên đề \nViệc khác\nĐất đai", &before, &topics);
        let told: Vec<_> = read.iter().map(|item| (item.part, item.topic.as_str(), item.title.as_str())).collect();
        assert_eq!(
            told,
            [(1, "economy", "Kinh tế"), (2, "", "Học tập chuyên đề"), (1, "", "Việc khác"), (1, "land", "Đất đai")]
        );
        assert_eq!(agenda_text(&before), "Kinh tế");
    }

    #[test]
    fn mtg_10_what_somebody_spoke_on_follows_its_item_when_the_agenda_changes() {
        let row = |seq: u32, title: &str| ItemRow { seq, part: 1, topic: String::new(), title: title.into() };
        let before = [row(1, "Kinh tế"), row(2, "Dân chủ")];
        let now = |titles: &[&str]| -> Vec<Item> {
            titles.iter().map(|title| Item { part: 1, topic: String::new(), title: (*title).into() }).collect()
        };
        assert_eq!(spoke_on("2", &before, &now(&["Đất đai", "Kinh tế", "Dân chủ"])), "3", "it moved");
        assert_eq!(spoke_on("1,2", &before, &now(&["Dân chủ", "Kinh tế"])), "2,1", "they changed places");
        assert_eq!(spoke_on("2", &before, &now(&["Kinh tế", "Dân chủ ở cơ sở"])), "2", "it was reworded");
        assert_eq!(spoke_on("2", &before, &now(&["Kinh tế"])), "0", "it is gone, he spoke");
        assert_eq!(spoke_on("", &before, &now(&["Kinh tế"])), "");
    }

    #[test]
    fn a_text_that_is_too_long_is_said_and_not_cut() {
        assert_eq!(check_length("report", &"ă".repeat(20_000), 20_000), None);
        let issue = check_length("report", &"ă".repeat(20_001), 20_000).unwrap();
        assert_eq!(issue.said.args, [("length", "20001".to_owned()), ("most", "20000".to_owned())]);
    }
}
