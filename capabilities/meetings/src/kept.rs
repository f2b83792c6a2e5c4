//! What a closing keeps, as a text that can be read without this program: the meeting with roll, votes, assignments and visits,
//! and its score sheet with the reasons; and the way back.

use chibo_kernel::{Day, Id, Problem, Said, Unit};
use serde_json::{Value, json};

use crate::rules::{Line, Month, Score};
use crate::store::{ClosingRow, ItemRow, MeetingRow, RollRow, TaskRow, VisitRow, VoteRow};

/// A meeting with everything about it, as it was closed.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The meeting.
    pub row: MeetingRow,
    /// Agenda.
    pub items: Vec<ItemRow>,
    /// Roll.
    pub roll: Vec<RollRow>,
    /// Votes.
    pub votes: Vec<VoteRow>,
    /// Assignments it gave.
    pub tasks: Vec<TaskRow>,
    /// Assignments it answered for (item 7), as they stood.
    pub before: Vec<TaskRow>,
    /// Who came from above.
    pub visits: Vec<VisitRow>,
}

fn day(day: Option<Day>) -> Option<String> {
    day.map(Day::iso)
}

fn task(row: &TaskRow) -> Value {
    json!({ "unit": row.unit_id.to_string(), "task": row.task_id.to_string(), "meeting": row.meeting_no,
            "person": row.member_id.to_string(), "what": row.what, "product": row.product, "due": row.due.iso(),
            "outcome": row.outcome, "done": day(row.done_on), "note": row.note })
}

impl Kept {
    /// As a text.
    pub(crate) fn text(&self) -> String {
        let row = &self.row;
        let item =
            |item: &ItemRow| json!({ "seq": item.seq, "part": item.part, "topic": item.topic, "title": item.title });
        let seat = |seat: &RollRow| {
            json!({ "person": seat.member_id.to_string(), "presence": seat.presence, "reason": seat.reason,
                    "spoke": seat.spoke_on })
        };
        let vote = |vote: &VoteRow| {
            json!({ "seq": vote.seq, "subject": vote.subject, "form": vote.form, "base": vote.base, "voters": vote.voters,
                    "yes": vote.yes, "no": vote.no_votes, "blank": vote.blank, "invalid": vote.invalid })
        };
        let visit = |visit: &VisitRow| {
            json!({ "watcher": visit.watcher_no, "on": visit.on_day.iso(), "attended": visit.attended,
                    "remark": visit.remark })
        };
        json!({
            "kind": row.kind, "month": Month(row.month).code(), "on": day(row.on_day),
            "from": row.begins, "to": row.ends, "place": row.place,
            "chair": row.chair_id.map(|id| id.to_string()), "secretary": row.secretary_id.map(|id| id.to_string()),
            "guests": row.guests, "ideology": row.ideology, "report": row.report, "discussion": row.discussion,
            "conclusion": row.conclusion, "ticks": row.ticks, "prepared": row.prepared,
            "noticed": day(row.noticed_on), "documents": day(row.posted_documents),
            "concluded": day(row.posted_conclusion),
            "items": self.items.iter().map(item).collect::<Vec<_>>(),
            "roll": self.roll.iter().map(seat).collect::<Vec<_>>(),
            "votes": self.votes.iter().map(vote).collect::<Vec<_>>(),
            "tasks": self.tasks.iter().map(task).collect::<Vec<_>>(),
            "before": self.before.iter().map(task).collect::<Vec<_>>(),
            "visits": self.visits.iter().map(visit).collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// From the text of a closing.
    ///
    /// # Errors
    /// A fault when it is no such text.
    pub(crate) fn read(unit: Id<Unit>, no: u32, closing: &ClosingRow) -> Result<Self, Problem> {
        let wrong =
            || Problem::fault(format!("the record of closing {} of meeting {no} of {unit}", closing.closing_no));
        let value: Value = serde_json::from_str(&closing.record).map_err(|_| wrong())?;
        let top = Reader(&value);
        let month = Month::from_code(&top.text("month")).ok_or_else(wrong)?;
        let row = MeetingRow {
            unit_id: unit,
            meeting_no: no,
            kind: top.small("kind"),
            month: month.0,
            state: crate::actions::CLOSED,
            version: 0,
            on_day: top.day("on"),
            begins: top.maybe("from"),
            ends: top.maybe("to"),
            place: top.text("place"),
            chair_id: top.text("chair").parse().ok(),
            secretary_id: top.text("secretary").parse().ok(),
            guests: top.text("guests"),
            ideology: top.number("ideology"),
            report: top.text("report"),
            discussion: top.text("discussion"),
            conclusion: top.text("conclusion"),
            ticks: top.text("ticks"),
            prepared: top.small("prepared"),
            noticed_on: top.day("noticed"),
            posted_documents: top.day("documents"),
            posted_conclusion: top.day("concluded"),
            recorded_at: closing.recorded_at,
            recorded_by: closing.recorded_by.clone(),
        };
        let items = (1u32..).zip(top.each("items")).map(|(seq, item)| ItemRow {
            seq: item.maybe("seq").unwrap_or(seq),
            part: item.small("part"),
            topic: item.text("topic"),
            title: item.text("title"),
        });
        let visits = top.each("visits").filter_map(|visit| {
            Some(VisitRow {
                unit_id: unit,
                meeting_no: no,
                watcher_no: visit.number("watcher"),
                on_day: visit.day("on")?,
                attended: visit.small("attended"),
                remark: visit.text("remark"),
            })
        });
        Ok(Self {
            items: items.collect(),
            roll: top.each("roll").filter_map(|seat| seat.seat()).collect(),
            votes: top.each("votes").map(|vote| vote.vote()).collect(),
            tasks: top.each("tasks").filter_map(|task| task.task()).collect(),
            before: top.each("before").filter_map(|task| task.task()).collect(),
            visits: visits.collect(),
            row,
        })
    }
}

struct Reader<'v>(&'v Value);

impl<'v> Reader<'v> {
    fn text(&self, name: &str) -> String {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn maybe(&self, name: &str) -> Option<u32> {
        self.0.get(name).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
    }

    fn number(&self, name: &str) -> u32 {
        self.maybe(name).unwrap_or(0)
    }

    fn small(&self, name: &str) -> u8 {
        u8::try_from(self.number(name)).unwrap_or(0)
    }

    fn day(&self, name: &str) -> Option<Day> {
        self.0.get(name).and_then(Value::as_str).and_then(Day::from_iso)
    }

    fn each(&self, name: &str) -> impl Iterator<Item = Reader<'v>> + use<'v> {
        self.0.get(name).and_then(Value::as_array).into_iter().flatten().map(Reader)
    }

    fn seat(&self) -> Option<RollRow> {
        Some(RollRow {
            member_id: self.text("person").parse().ok()?,
            presence: self.small("presence"),
            reason: self.text("reason"),
            spoke_on: self.text("spoke"),
        })
    }

    fn vote(&self) -> VoteRow {
        VoteRow {
            seq: self.number("seq"),
            subject: self.text("subject"),
            form: self.text("form"),
            base: self.number("base"),
            voters: self.number("voters"),
            yes: self.number("yes"),
            no_votes: self.number("no"),
            blank: self.number("blank"),
            invalid: self.number("invalid"),
        }
    }

    fn task(&self) -> Option<TaskRow> {
        Some(TaskRow {
            unit_id: self.text("unit").parse().ok()?,
            task_id: self.text("task").parse().ok()?,
            meeting_no: self.number("meeting"),
            member_id: self.text("person").parse().ok()?,
            what: self.text("what"),
            product: self.text("product"),
            due: self.day("due")?,
            outcome: self.small("outcome"),
            done_on: self.day("done"),
            note: self.text("note"),
        })
    }
}

/// A score sheet as a text, every reason with its arguments.
pub(crate) fn sheet(score: &Score) -> String {
    let why = |said: &Said| json!({ "key": said.key, "args": said.args });
    let line = |line: &Line| {
        json!({ "criterion": line.criterion, "item": line.item, "most": line.most, "got": line.got,
                "why": line.why.as_ref().map(why) })
    };
    json!({ "total": score.total, "lines": score.lines.iter().map(line).collect::<Vec<_>>() }).to_string()
}

/// Sentences a sheet may hold, with the names of their arguments.
const WHYS: [(&str, &[&str]); 12] = [
    ("meetings-why-short", &["lasted", "wanted"]),
    ("meetings-why-absent", &["present", "due", "unexcused"]),
    ("meetings-why-often", &["count"]),
    ("meetings-why-not-prepared", &[]),
    ("meetings-why-no-notice", &[]),
    ("meetings-why-posted-late", &["day"]),
    ("meetings-why-no-regular", &[]),
    ("meetings-why-no-thematic", &[]),
    ("meetings-why-few-spoke", &["spoke", "present"]),
    ("meetings-why-no-minutes", &[]),
    ("meetings-why-ideology", &["least", "most", "spent"]),
    ("meetings-why-concluded-late", &["day"]),
];
/// The rest of them.
const MORE_WHYS: [(&str, &[&str]); 2] = [("meetings-why-tasks", &["done", "all"]), ("meetings-why-not-ticked", &[])];

fn said(value: &Value) -> Option<Said> {
    let key = value.get("key")?.as_str()?;
    let (key, names) = WHYS.iter().chain(&MORE_WHYS).find(|(known, _)| *known == key)?;
    let args = value.get("args").and_then(Value::as_array);
    let of = |name: &&'static str| {
        let pair = args?.iter().find(|pair| pair.get(0).and_then(Value::as_str) == Some(name))?;
        Some((*name, pair.get(1)?.as_str()?.to_owned()))
    };
    Some(Said { key, args: names.iter().filter_map(of).collect() })
}

/// The sheet of a closing; one that was kept before sheets had reasons has none.
///
/// # Errors
/// A fault when it is no sheet.
pub(crate) fn score(closing: &ClosingRow) -> Result<Score, Problem> {
    let value: Value = serde_json::from_str(&closing.sheet).map_err(Problem::fault)?;
    let line = |line: Reader<'_>| Line {
        criterion: line.small("criterion"),
        item: line.text("item"),
        most: line.number("most"),
        got: line.number("got"),
        why: line.0.get("why").and_then(said),
    };
    let lines = Reader(&value).each("lines").map(line).collect();
    Ok(Score { lines, total: closing.score, version: closing.form_version.clone() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chibo_kernel::Moment;

    use super::*;
    use crate::rules::{Counts, Facts, Kind, Terms};

    fn closing(sheet: String, record: String, points: u32) -> ClosingRow {
        ClosingRow {
            closing_no: 1,
            reason: String::new(),
            score: points,
            grade: 4,
            form_version: "x".to_owned(),
            sheet,
            record,
            recorded_at: Moment(5),
            recorded_by: "An".to_owned(),
        }
    }

    #[test]
    fn mtg_20_a_sheet_comes_back_with_every_reason() {
        let on = Day::from_number(20_779);
        let terms = Terms::on(on).unwrap();
        let facts = Facts {
            kind: Kind::Combined,
            on,
            lasted: 20,
            counts: Counts { listed: 9, present: 2, excused: 4, unexcused: 3, ..Counts::default() },
            excused_in_a_row: 9,
            noticed: false,
            documents: None,
            prepared: false,
            items: (0, 0),
            ideology: 0,
            minuted: false,
            concluded: None,
            tasks: (4, 1),
            ticks: BTreeSet::new(),
        };
        let mut found = crate::rules::score(&facts, &terms);
        found.version = "x".to_owned();
        let lost: BTreeSet<_> = found.lines.iter().filter_map(|line| line.why.as_ref()).map(|said| said.key).collect();
        assert_eq!(lost.len(), WHYS.len() + MORE_WHYS.len(), "every reason there is: {lost:?}");
        assert_eq!(score(&closing(sheet(&found), String::new(), found.total)).unwrap(), found);
    }

    #[test]
    fn mtg_20_a_record_comes_back_whole() {
        let (unit, person) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        let on = Some(Day::from_number(20_779));
        let one = TaskRow {
            unit_id: unit,
            task_id: Id::from_bytes([3; 16]),
            meeting_no: 4,
            member_id: person,
            what: "Thăm hộ nghèo".to_owned(),
            product: "Báo cáo".to_owned(),
            due: Day::from_number(20_790),
            outcome: 2,
            done_on: on,
            note: String::new(),
        };
        let kept = Kept {
            row: MeetingRow {
                unit_id: unit,
                meeting_no: 4,
                kind: 3,
                month: 24_322,
                state: 2,
                version: 0,
                on_day: on,
                begins: Some(1140),
                ends: Some(1230),
                place: "Nhà văn hóa".to_owned(),
                chair_id: Some(person),
                secretary_id: None,
                guests: String::new(),
                ideology: 20,
                report: "a\nb".to_owned(),
                discussion: "c".to_owned(),
                conclusion: "\"d\"".to_owned(),
                ticks: "content draft".to_owned(),
                prepared: 1,
                noticed_on: on,
                posted_documents: None,
                posted_conclusion: on,
                recorded_at: Moment(5),
                recorded_by: "An".to_owned(),
            },
            items: vec![ItemRow { seq: 1, part: 2, topic: "economy".to_owned(), title: "Kinh tế".to_owned() }],
            roll: vec![RollRow { member_id: person, presence: 1, reason: String::new(), spoke_on: "1".to_owned() }],
            votes: vec![VoteRow {
                seq: 1,
                subject: "Khen".to_owned(),
                form: "raised-card".to_owned(),
                base: 4,
                voters: 4,
                yes: 3,
                no_votes: 1,
                blank: 0,
                invalid: 0,
            }],
            tasks: vec![one.clone()],
            before: vec![one],
            visits: Vec::new(),
        };
        let back = Kept::read(unit, 4, &closing(String::new(), kept.text(), 0)).unwrap();
        assert_eq!(format!("{back:?}"), format!("{kept:?}"));
    }
}
