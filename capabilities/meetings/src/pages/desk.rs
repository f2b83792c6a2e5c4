//! One meeting: what is written down while it is open, what was closed.

use askama::Template;
use chibo_kernel::{Issue, Moment, Permission, Problem, Said};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Form, Head, Pairs, Reply, Visit, doubt};

use super::{MENU, Place, fields, roll, sheet, tasks, times, votes};
use crate::actions::{self, OPEN};
use crate::branch::{Member, members};
use crate::rules::{Counts, Kind, Month, Score, Terms, score};
use crate::store::{self, ClosingRow, ItemRow, MeetingRow, RollRow, TaskRow, VoteRow};

/// A meeting with everything about it.
pub(super) struct Desk {
    pub place: Place,
    pub row: MeetingRow,
    pub items: Vec<ItemRow>,
    pub roll: Vec<RollRow>,
    pub votes: Vec<VoteRow>,
    pub tasks: Vec<TaskRow>,
    pub closings: Vec<ClosingRow>,
    pub members: Vec<Member>,
    pub terms: Terms,
    pub score: Score,
    /// What the viewer typed and did not send.
    pub typed: Option<(Pairs, Moment)>,
}

impl Desk {
    pub(super) fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let place = Place::load(visit)?;
        let no: u32 = visit.path.get("no").parse().map_err(|_| Problem::NotFound)?;
        let (unit, today) = (place.unit, visit.today());
        let (keys, account) = (visit.house.db.keys(), visit.who().account);
        let (row, items, roll, votes, tasks, closings, facts, typed) = visit.read(|tx| {
            let row = store::meeting(tx, unit, no)?.ok_or(Problem::NotFound)?;
            let (items, roll) = (store::items(tx, unit, no)?, store::roll(tx, unit, no)?);
            let facts = actions::facts(tx, &row, (&items, &roll), today)?;
            let (votes, tasks) = (store::votes(tx, unit, no)?, store::tasks_given(tx, unit, no)?);
            let typed = actions::kept(tx, keys, account, (unit, no, row.version))?;
            Ok((row, items, roll, votes, tasks, store::closings(tx, unit, no)?, facts, typed))
        })?;
        let typed = typed.map(|(text, at)| (Pairs::parse(&text), at));
        let on = row.on_day.unwrap_or(today);
        let terms = Terms::on(on)?;
        let members = members(&visit.house.census, unit, on, today);
        let score = score(&facts, &terms);
        Ok(Self { place, row, items, roll, votes, tasks, closings, members, terms, score, typed })
    }

    pub(super) fn address(&self, rest: &str) -> String {
        self.place.address(&format!("/{}{rest}", self.row.meeting_no))
    }

    /// Its keeper may write to it now.
    pub(super) fn is_open(&self) -> bool {
        self.place.may_keep && self.row.state == OPEN
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::from_number(self.row.kind).unwrap_or(Kind::Regular)
    }

    pub(super) fn title(&self, visit: &Visit<'_>) -> String {
        let w = visit.w;
        w.t2("meetings-title-one", ("kind", w.t(self.kind().word())), ("month", Month(self.row.month).text()))
    }
}

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage<'a> {
    w: Tongue<'a>,
    tag: (String, &'static str),
    open: bool,
    facts: Vec<(&'a str, String)>,
    texts: Vec<(&'a str, String)>,
    form: String,
    votes: String,
    tasks: String,
    sheet: String,
    closing: String,
    closings: Vec<(String, String, String)>,
    notes: String,
    papers: Vec<(&'a str, String, String)>,
    visits: String,
    restored: Option<String>,
}

/// `GET /meetings/units/{id}/{no}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    page(visit, &desk, Vec::new())
}

/// The form a problem belongs to: each of them sends its own name.
fn sent(visit: &Visit<'_>, rest: &str) -> bool {
    visit.place.ends_with(rest)
}

/// The page, with what was wrong in the form that was sent.
pub(super) fn page(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !issues.is_empty();
    let other = ["/closing", "/tasks", "/votes"].iter().find(|rest| sent(visit, rest)).copied().unwrap_or("");
    let mine = |rest: &str| if wrong && other == rest { issues.clone() } else { Vec::new() };
    let closing = if desk.is_open() {
        super::close::form(visit, desk, mine("/closing"))
    } else {
        super::close::reopening(visit, desk)
    };
    let closing_row = |row: &ClosingRow| {
        let said = w.t2("meetings-closing", ("no", row.closing_no), ("points", row.score));
        let by = w.t2("meetings-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        (said, row.reason.clone(), by)
    };
    let tag = if desk.row.state == OPEN {
        (w.t("meetings-open").to_owned(), "gold")
    } else {
        sheet::tag(visit, desk.score.total, &desk.terms)
    };
    let content = MeetingPage {
        w,
        tag,
        open: desk.is_open(),
        facts: facts(visit, desk),
        texts: texts(visit, desk),
        form: if desk.is_open() { form(visit, desk, mine("")).html(visit) } else { String::new() },
        votes: votes::html(visit, desk, mine("/votes")),
        tasks: tasks::html(visit, desk, mine("/tasks")),
        sheet: sheet::table(visit, &desk.score),
        closing,
        closings: desk.closings.iter().rev().map(closing_row).collect(),
        notes: doubt::card(w.t("meetings-notes"), &doubt::notes(w, desk.terms.doubtful.iter().copied())),
        papers: super::paper::links(visit, desk),
        visits: super::watchers::of_meeting(visit, desk)?,
        restored: desk
            .typed
            .as_ref()
            .filter(|_| desk.is_open())
            .map(|(_, at)| w.t1("meetings-restored", "when", w.moment(*at))),
    };
    let title = desk.title(visit);
    let crumbs = vec![
        Crumb::to(w.t("meetings-title"), "/meetings"),
        Crumb::to(desk.place.name(), desk.place.address("")),
        Crumb::here(title.as_str()),
    ];
    let head = Head::new(title.as_str(), MENU).crumbs(crumbs).with_error(wrong);
    visit.page_with(if wrong { 422 } else { 200 }, head, &content)
}

fn form(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> Form {
    let w = visit.w;
    let fields = fields::fields(visit, &desk.row, &desk.items, &desk.members, &desk.terms);
    let mut form = Form::new(desk.address(""), w.t("meetings-save"), fields).kept(desk.address("/draft"));
    if !issues.is_empty() {
        form = form.refused(&visit.form, issues);
    } else if let Some((typed, _)) = &desk.typed {
        form.typed = Some(typed.clone());
    }
    let rows = roll::table(visit, &desk.members, &desk.roll, &desk.items, &form);
    form.about(rows)
}

fn facts<'a>(visit: &Visit<'a>, desk: &Desk) -> Vec<(&'a str, String)> {
    let (w, row) = (visit.w, &desk.row);
    let mut facts = vec![(w.t("meetings-branch"), desk.place.name())];
    if let Some(on) = row.on_day {
        facts.push((w.t("meetings-on"), w.day(on)));
    }
    if row.begins.is_some() {
        facts.push((w.t("meetings-time"), time_text(row)));
    }
    for (label, text) in [("meetings-place", &row.place), ("meetings-guests", &row.guests)] {
        if !text.is_empty() {
            facts.push((w.t(label), text.clone()));
        }
    }
    let name = |id| desk.members.iter().find(|member| Some(member.id) == id).map(|member| member.name.clone());
    facts.extend(name(row.chair_id).map(|name| (w.t("meetings-chair"), name)));
    facts.extend(name(row.secretary_id).map(|name| (w.t("meetings-secretary"), name)));
    let counts = counts_text(w, desk);
    if !counts.is_empty() {
        facts.push((w.t("meetings-roll"), counts));
    }
    facts
}

/// From – to, with the day.
pub(super) fn time_text(row: &MeetingRow) -> String {
    let times = row.begins.zip(row.ends).map(|(from, to)| format!("{} – {}", times::text(from), times::text(to)));
    times.unwrap_or_default()
}

/// The roll in one sentence; nothing while there is none.
pub(super) fn counts_text(w: Tongue<'_>, desk: &Desk) -> String {
    let counts = crate::actions::roll_of(&desk.roll).map_or_else(|_| Counts::default(), |roll| Counts::of(&roll));
    if counts.listed == 0 {
        return String::new();
    }
    w.with(
        "meetings-counts",
        &[
            ("present", w.n(counts.present)),
            ("due", w.n(counts.due())),
            ("share", w.percent(u64::from(counts.present), u64::from(counts.due()))),
            ("excused", w.n(counts.excused)),
            ("unexcused", w.n(counts.unexcused)),
            ("spoke", w.n(counts.spoke)),
        ],
    )
}

/// What was written, for whoever only reads.
fn texts<'a>(visit: &Visit<'a>, desk: &Desk) -> Vec<(&'a str, String)> {
    if desk.is_open() {
        return Vec::new();
    }
    let (w, row) = (visit.w, &desk.row);
    let agenda = fields::agenda_text(&desk.items);
    let all = [
        ("meetings-items", &agenda),
        ("meetings-report", &row.report),
        ("meetings-discussion", &row.discussion),
        ("meetings-conclusion", &row.conclusion),
    ];
    all.iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| (w.t(label), (*text).clone())).collect()
}

/// `POST /meetings/units/{id}/{no}/draft`: what is typed so far, kept by script; answers with one line of text.
pub(super) fn keep(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit = visit.id("id")?;
    let no: u32 = visit.path.get("no").parse().map_err(|_| Problem::NotFound)?;
    visit.permit(Permission::EditMembers, unit)?;
    let version = version(visit)?;
    let own = |name: &str| matches!(name, "_form" | "_path" | "version");
    let typed = Pairs(visit.form.0.iter().filter(|(name, _)| !own(name)).cloned().collect());
    let text = typed.with(&[]);
    let text = text.strip_prefix('?').unwrap_or_default().to_owned();
    visit.write(|op| actions::keep(op, (unit, no, version), &text))?;
    Ok(Reply::Text(visit.w.t1("meetings-draft-kept", "when", visit.w.moment(visit.now))))
}

/// `POST /meetings/units/{id}/{no}`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let content = match fields::read(visit, &desk.items, &desk.members) {
        Ok(content) => content,
        Err(issues) => return page(visit, &desk, issues),
    };
    let version = version(visit)?;
    let key = (desk.place.unit, desk.row.meeting_no, version);
    match visit.write(|op| actions::write(op, key, &content)) {
        Ok(()) => Ok(Reply::done(desk.address(""), "saved")),
        Err(Problem::Refused(issues)) => page(visit, &desk, issues),
        Err(other) => Err(other),
    }
}

/// The version the form was made from.
pub(super) fn version(visit: &Visit<'_>) -> Result<u32, Problem> {
    visit.form.get("version").parse().map_err(|_| Problem::Conflict(Said::new("meetings-changed-since")))
}
