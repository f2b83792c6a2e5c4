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

/// Lines of text as an agenda; topics that were there keep their code.
fn agenda(text: &str, before: &[ItemRow]) -> Vec<Item> {
    let line = |line: &str| {
        let (part, title) = match line.trim().strip_prefix(THEMATIC) {
            Some(rest) => (2, rest.trim()),
            None => (1, line.trim()),
        };
        let topic = before.iter().find(|item| item.title == title).map_or_else(String::new, |item| item.topic.clone());
        Item { part, topic, title: title.to_owned() }
    };
    text.lines().filter(|text| !text.trim().is_empty()).map(line).collect()
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
fn roll(visit: &Visit<'_>, members: &[Member]) -> Vec<Seat> {
    let seat = |member: &Member| {
        let name = |what: &str| format!("{what}-{}", member.id);
        let usual = if member.is_exempted() { Presence::Exempt } else { Presence::Present };
        let presence = visit.form.get(&name("was")).parse().ok().and_then(Presence::from_number).unwrap_or(usual);
        let there = presence == Presence::Present;
        let spoke = clean(visit.form.get(&name("spoke"))).into_owned();
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

/// What came back, or everything that could not be read.
pub(super) fn read(visit: &Visit<'_>, items: &[ItemRow], members: &[Member]) -> Result<Content, Vec<Issue>> {
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
        items: agenda(form.get("items"), items),
        roll: roll(visit, members),
    };
    if issues.is_empty() { Ok(content) } else { Err(issues) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_is_lines_of_text_and_keeps_the_codes_of_its_topics() {
        let before = [ItemRow { seq: 1, part: 1, topic: "economy".into(), title: "Kinh tế".into() }];
        let read = agenda("Kinh tế\n\n  # Học tập chuyên đề \nViệc khác", &before);
        let told: Vec<_> = read.iter().map(|item| (item.part, item.topic.as_str(), item.title.as_str())).collect();
        assert_eq!(told, [(1, "economy", "Kinh tế"), (2, "", "Học tập chuyên đề"), (1, "", "Việc khác")]);
        assert_eq!(agenda_text(&before), "Kinh tế");
    }
}
