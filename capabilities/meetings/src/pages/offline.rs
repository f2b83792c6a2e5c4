//! Minutes without network: a page that stays on the device, the meeting it takes along, and what it hands over once.
//!
//! The page itself says nothing about anybody and may lie in the browser's cache; names and drafts lie encrypted in its own store
//! (`frontend/js/vault.js`) for seven days at most, and signing out clears both.

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem};
use chibo_web::form::missing;
use chibo_web::{CSS_PATH, Field, Form, MARK_PATH, OFFLINE_PATH, Reply, Visit, WORKER_PATH, html};
use serde_json::{Value, json};

use super::desk::{Desk, version};
use crate::actions::{self, Intake, NewTask, Seat};
use crate::branch::Member;
use crate::rules::Presence;

/// Where the page lies.
const PAGE: &str = "/offline/minutes";
/// Assignments of one handing over at most.
const TASKS: usize = 100;

/// The words of the page: name in the script, key of the word.
const WORDS: [(&str, &str); 43] = [
    ("pin", "meetings-offline-pin"),
    ("pinHint", "meetings-offline-pin-hint"),
    ("pinShort", "meetings-offline-pin-short"),
    ("pinWrong", "meetings-offline-pin-wrong"),
    ("gone", "meetings-offline-gone"),
    ("take", "meetings-offline-take"),
    ("unlock", "meetings-offline-unlock"),
    ("signIn", "meetings-offline-sign-in"),
    ("notAllowed", "meetings-offline-not-allowed"),
    ("noNetwork", "meetings-offline-no-network"),
    ("closed", "meetings-is-closed"),
    ("until", "meetings-offline-until"),
    ("roll", "meetings-roll"),
    ("member", "meetings-member"),
    ("was", "meetings-was"),
    ("why", "meetings-why"),
    ("spoke", "meetings-spoke"),
    ("spokeNot", "meetings-spoke-not"),
    ("spokeYes", "meetings-spoke-generally"),
    ("tasks", "meetings-tasks"),
    ("what", "meetings-task-what"),
    ("who", "meetings-task-whose"),
    ("product", "meetings-task-product"),
    ("due", "meetings-task-due"),
    ("remove", "meetings-file-remove"),
    ("addTask", "meetings-task-give"),
    ("send", "meetings-offline-send"),
    ("discard", "meetings-offline-discard"),
    ("discardSure", "meetings-offline-discard-sure"),
    ("discarded", "meetings-offline-discarded"),
    ("clash", "meetings-offline-clash"),
    ("mine", "meetings-offline-mine"),
    ("theirs", "meetings-offline-theirs"),
    ("choose", "meetings-offline-choose"),
    ("back", "meetings-offline-back"),
    ("refused", "meetings-offline-refused"),
    ("sent", "meetings-offline-sent"),
    ("openMeeting", "meetings-meeting"),
    ("cannot", "meetings-offline-cannot"),
    ("nothing", "meetings-offline-nothing"),
    ("openKept", "meetings-offline-open-kept"),
    ("title", "meetings-offline"),
    ("home", "meetings-title"),
];

/// The section of a meeting's page: whether it may be taken along, and for the committee above the switch.
pub(super) fn section(visit: &Visit<'_>, desk: &Desk) -> Result<String, Problem> {
    let w = visit.w;
    let unit = desk.place.unit;
    let allowed = visit.read(|tx| actions::may_offline(tx, unit))?;
    let decides = visit.permit(Permission::EditUnits, unit).is_ok();
    let open = allowed && desk.is_open();
    if !decides && !open {
        return Ok(String::new());
    }
    let mut out = format!("<section class=\"card\"><h2>{}</h2>", w.t("meetings-offline"));
    if open {
        let about = w.t("meetings-offline-about");
        let link = format!("{PAGE}#{unit}/{}", desk.row.meeting_no);
        let text = w.t("meetings-offline-open");
        out.push_str(&format!("<p>{about}</p><p><a class=\"btn\" href=\"{link}\">{text}</a></p>"));
    }
    if decides {
        let (value, word) = if allowed { ("no", "meetings-offline-forbid") } else { ("yes", "meetings-offline-allow") };
        let fields = vec![Field::hidden("allow", value)];
        out.push_str(&Form::new(desk.place.address("/offline"), w.t(word), fields).html(visit));
    }
    out.push_str("</section>");
    Ok(out)
}

/// `POST /meetings/units/{id}/offline`.
pub(super) fn allow(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit = visit.id("id")?;
    let allowed = visit.form.get("allow") == "yes";
    visit.write(|op| actions::allow_offline(op, unit, allowed))?;
    Ok(Reply::done(format!("/meetings/units/{unit}"), "saved"))
}

/// `GET /offline/minutes`: the page alone, without menu and without anybody's name, for it stays on the device.
pub(super) fn page(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let words: serde_json::Map<String, Value> =
        WORDS.iter().map(|(name, key)| ((*name).to_owned(), w.t(key).into())).collect();
    let words = html::escape(&Value::Object(words).to_string());
    let (title, home, lang) = (w.t("meetings-offline"), w.t("meetings-title"), w.lang.code());
    let without = w.t("meetings-offline-cannot");
    let body = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title} · Chi Bộ</title>\
         <link rel=\"stylesheet\" href=\"{CSS_PATH}\"><link rel=\"icon\" href=\"{MARK_PATH}\" type=\"image/svg+xml\">\
         <link rel=\"manifest\" href=\"/offline/manifest.json\"><script src=\"{OFFLINE_PATH}\" defer></script></head>\
         <body><header class=\"bar\"><a class=\"brand\" href=\"/meetings\">{home}</a></header>\
         <main id=\"main\" tabindex=\"-1\"><h1>{title}</h1><div id=\"offline\" data-words=\"{words}\">\
         <noscript>{without}</noscript></div></main></body></html>"
    );
    Ok(Reply::Html { status: 200, body })
}

/// `GET /offline/worker.js`: the worker with the addresses it keeps; its own address gives it what lies below `/offline/`.
pub(super) fn worker(_: &mut Visit<'_>) -> Result<Reply, Problem> {
    let script = chibo_web::ASSETS.iter().find(|asset| asset.path == WORKER_PATH);
    let script = script.ok_or_else(|| Problem::fault("no worker among the assets"))?;
    let files = json!([PAGE, CSS_PATH, OFFLINE_PATH, MARK_PATH]);
    let body = [format!("self.FILES = {files};\n").as_bytes(), script.body].concat();
    Ok(Reply::Part { kind: "text/javascript; charset=utf-8", body })
}

/// `GET /offline/manifest.json`: the page can be put on a phone's home screen.
pub(super) fn manifest(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = json!({
        "name": visit.w.t("meetings-offline"), "short_name": "Chi Bộ", "start_url": PAGE, "scope": "/offline/",
        "display": "standalone", "icons": [{ "src": MARK_PATH, "sizes": "any", "type": "image/svg+xml" }],
    });
    Ok(Reply::Part { kind: "application/manifest+json", body: body.to_string().into_bytes() })
}

/// A meeting its keeper may take along.
fn load(visit: &Visit<'_>) -> Result<Desk, Problem> {
    let desk = Desk::load(visit)?;
    let unit = desk.place.unit;
    visit.permit(Permission::EditMembers, unit)?;
    if visit.read(|tx| actions::may_offline(tx, unit))? { Ok(desk) } else { Err(Problem::NotFound) }
}

/// `GET …/offline.json`: the meeting as it stands, with what a handing over must carry.
pub(super) fn data(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = load(visit)?;
    let (unit, no) = (desk.place.unit, desk.row.meeting_no);
    visit.write(|op| actions::take_along(op, unit, no))?;
    let w = visit.w;
    let seat = |member: &Member| {
        let row = desk.roll.iter().find(|row| row.member_id == member.id);
        json!({
            "id": member.id.to_string(), "name": member.name,
            "was": row.map_or(member.usual().number(), |row| row.presence).to_string(),
            "why": row.map_or("", |row| &row.reason), "spoke": row.map_or("", |row| &row.spoke_on),
        })
    };
    let presence = |one: &Presence| json!([one.number().to_string(), w.t(one.word())]);
    let told = json!({
        "title": format!("{} – {}", desk.place.name(), desk.title(visit)), "open": desk.is_open(),
        "version": desk.row.version, "given": desk.tasks.len(),
        "members": desk.members.iter().map(seat).collect::<Vec<_>>(),
        "items": desk.items.iter().map(|item| json!({ "no": item.seq, "title": item.title })).collect::<Vec<_>>(),
        "presences": Presence::ALL.iter().map(presence).collect::<Vec<_>>(),
        "token": visit.form_token(), "key": visit.form_key(&desk.address("/offline")),
    });
    Ok(Reply::Json(told.to_string()))
}

fn seats(visit: &Visit<'_>, desk: &Desk) -> Vec<Seat> {
    let seat = |member: &Member| {
        let sent =
            |what: &str| chibo_kernel::text::clean(visit.form.get(&format!("{what}-{}", member.id))).into_owned();
        let presence = sent("was").parse().ok().and_then(Presence::from_number).unwrap_or_else(|| member.usual());
        Seat { person: member.id, presence, reason: sent("why"), spoke_on: sent("spoke") }
    };
    desk.members.iter().map(seat).collect()
}

/// The assignments that came, or everything that could not be read; wholly empty ones are none.
fn tasks(visit: &Visit<'_>) -> Result<Vec<(u32, NewTask)>, Vec<Issue>> {
    let (mut found, mut issues) = (Vec::new(), Vec::new());
    let given = visit.form.get("given").parse::<usize>().ok();
    for (row, at) in (1u32..).zip(0..TASKS) {
        let sent = |what: &str| chibo_kernel::text::clean(visit.form.get(&format!("task-{what}-{at}"))).into_owned();
        let (what, product) = (sent("what"), sent("product"));
        if what.is_empty() && product.is_empty() && sent("who").is_empty() {
            continue;
        }
        let (person, due) = (sent("who").parse::<Id<Person>>().ok(), Day::from_iso(&sent("due")));
        match (person, due) {
            (Some(person), Some(due)) => found.push((row, NewTask { person, what, product, due, seen: given })),
            (None, _) => issues.push(missing("member", "meetings-no-member")),
            (_, None) => issues.push(missing("due", "meetings-no-due")),
        }
    }
    if issues.is_empty() { Ok(found) } else { Err(issues) }
}

/// `POST …/offline`: what was written without network, by the same checks as the forms; a redirect when it is written, otherwise
/// the reasons.
pub(super) fn hand_over(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = load(visit)?;
    let told = |issues: &[Issue]| {
        let said: Vec<String> = issues.iter().map(|issue| visit.w.said(&issue.said)).collect();
        Ok(Reply::Json(json!({ "issues": said }).to_string()))
    };
    let tasks = match tasks(visit) {
        Ok(tasks) => tasks,
        Err(issues) => return told(&issues),
    };
    let intake = Intake { roll: seats(visit, &desk), tasks, votes: Vec::new() };
    let key = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    let done = visit.write(|op| {
        let refused = actions::take_in(op, key, &intake)?;
        let issues: Vec<Issue> = refused.into_iter().map(|(_, issue)| issue).collect();
        if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
    });
    match done {
        Ok(()) => Ok(Reply::done(desk.address(""), "saved")),
        Err(Problem::Refused(issues)) => told(&issues),
        Err(other) => Err(other),
    }
}
