//! One meeting: what is written down while it is open, what was closed.

use askama::Template;
use chibo_kernel::{Issue, Moment, Permission, Problem, Said};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Form, Head, Pairs, Reply, Visit, doubt};

use super::{MENU, Place, fields, roll, sheet, tasks, times, votes};
use crate::actions::{self, CLOSED, OPEN};
use crate::branch::{Member, members};
use crate::kept::{self, Kept};
use crate::rules::{Counts, Grade, Kind, Month, Score, Terms, score};
use crate::store::{self, ClosingRow, ItemRow, MeetingRow, RollRow, TaskRow, VisitRow, VoteRow};

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
    /// The score: of a closed meeting the sheet that was kept, of an open one computed from what is written.
    pub score: Score,
    /// The grade, in the same way.
    pub grade: Grade,
    /// Assignments it answers for, as they stood at the closing, or stand while it is open.
    pub before: Vec<TaskRow>,
    /// Who came from above.
    pub visits: Vec<VisitRow>,
    /// What the viewer typed and did not send.
    pub typed: Option<(Pairs, Moment)>,
    /// The same, typed on a version somebody else has written over since.
    pub stale: Option<Pairs>,
}

impl Desk {
    pub(super) fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let place = Place::load(visit)?;
        let no: u32 = visit.path.get("no").parse().map_err(|_| Problem::NotFound)?;
        let (unit, today) = (place.unit, visit.today());
        let (keys, account) = (visit.house.db.keys(), visit.who().account);
        let (whole, closings, facts, typed) = visit.read(|tx| {
            let row = store::meeting(tx, unit, no)?.ok_or(Problem::NotFound)?;
            let whole = actions::whole(tx, &row, today)?;
            let facts = actions::facts_of(tx, &row, (&whole.items, &whole.roll, &whole.before), today)?;
            let typed = actions::any_kept(tx, keys, account, (unit, no))?;
            Ok((whole, store::closings(tx, unit, no)?, facts, typed))
        })?;
        let version = whole.row.version;
        let (typed, stale) = match typed.map(|(on, text, at)| (on == version, Pairs::parse(&text), at)) {
            Some((true, typed, at)) => (Some((typed, at)), None),
            Some((false, typed, _)) => (None, Some(typed)),
            None => (None, None),
        };
        let terms = Terms::on(whole.row.on_day.unwrap_or(today))?;
        let closed = closings.last().filter(|_| whole.row.state == CLOSED);
        let (score, before) = match closed {
            Some(last) => (kept::score(last)?, Kept::read(unit, no, last)?.before),
            None => (score(&facts, &terms), whole.before.clone()),
        };
        let grade = closed.and_then(|last| Grade::from_number(last.grade));
        let grade = grade.unwrap_or_else(|| Grade::of(score.total, &terms));
        Ok(Self { stale, ..Self::made(visit, place, whole, closings, (terms, score, grade, before), typed) })
    }

    /// One closing as it was, and the one before it (MTG-20).
    pub(super) fn closed(visit: &Visit<'_>, closing: u32) -> Result<(Self, Option<Self>), Problem> {
        let place = Place::load(visit)?;
        let no: u32 = visit.path.get("no").parse().map_err(|_| Problem::NotFound)?;
        let unit = place.unit;
        let closings = visit.read(|tx| store::closings(tx, unit, no))?;
        let at = closings.iter().position(|row| row.closing_no == closing).ok_or(Problem::NotFound)?;
        let desk = |row: &ClosingRow| -> Result<Self, Problem> {
            let whole = Kept::read(unit, no, row)?;
            let terms = Terms::on(whole.row.on_day.unwrap_or_else(|| visit.today()))?;
            let score = kept::score(row)?;
            let grade = Grade::from_number(row.grade).unwrap_or_else(|| Grade::of(row.score, &terms));
            let (before, place) = (whole.before.clone(), Place::load(visit)?);
            Ok(Self::made(visit, place, whole, vec![row.clone()], (terms, score, grade, before), None))
        };
        let earlier = at.checked_sub(1).and_then(|at| closings.get(at)).map(desk).transpose()?;
        let this = closings.get(at).map(desk).transpose()?.ok_or(Problem::NotFound)?;
        Ok((this, earlier))
    }

    fn made(
        visit: &Visit<'_>,
        place: Place,
        whole: Kept,
        closings: Vec<ClosingRow>,
        (terms, score, grade, before): (Terms, Score, Grade, Vec<TaskRow>),
        typed: Option<(Pairs, Moment)>,
    ) -> Self {
        let today = visit.today();
        let members = members(&visit.house.census, place.unit, whole.row.on_day.unwrap_or(today), today);
        let Kept { row, items, roll, votes, tasks, visits, .. } = whole;
        Self {
            place,
            row,
            items,
            roll,
            votes,
            tasks,
            closings,
            members,
            terms,
            score,
            grade,
            before,
            visits,
            typed,
            stale: None,
        }
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
    closings: Vec<(String, String, String, String)>,
    notes: String,
    papers: Vec<(&'a str, String, String)>,
    visits: String,
    restored: Option<String>,
    beside: String,
}

/// `GET /meetings/units/{id}/{no}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    // A dead battery, and somebody else was faster meanwhile: what was typed comes back beside his.
    match desk.stale.as_ref().filter(|_| desk.is_open() && visit.query.get("draft") != "no") {
        Some(typed) if super::conflict::differs(visit, &desk, typed) => {
            let typed = typed.clone();
            super::conflict::show(visit, &typed, 200)
        }
        _ => page(visit, &desk, Vec::new()),
    }
}

/// The form a problem belongs to: each of them sends its own name.
fn sent(visit: &Visit<'_>, rest: &str) -> bool {
    visit.place.ends_with(rest)
}

/// The page, with what was wrong in the form that was sent.
pub(super) fn page(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !issues.is_empty();
    let others = ["/closing", "/tasks", "/votes", "/posting"].iter().chain(&super::beside::FORMS);
    let other = others.copied().find(|rest| sent(visit, rest)).unwrap_or("");
    let mine = |rest: &str| if wrong && other == rest { issues.clone() } else { Vec::new() };
    let closing = if desk.is_open() {
        super::close::form(visit, desk, mine("/closing"))
    } else {
        super::close::reopening(visit, desk, mine("/posting"))
    };
    let closing_row = |row: &ClosingRow| {
        let said = w.t2("meetings-closing", ("no", row.closing_no), ("points", row.score));
        let by = w.t2("meetings-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        let why = if row.reason.is_empty() && row.closing_no > 1 {
            w.t("meetings-posted-why").to_owned()
        } else {
            row.reason.clone()
        };
        (said, why, by, desk.address(&format!("/closings/{}", row.closing_no)))
    };
    let tag = if desk.row.state == OPEN {
        (w.t("meetings-open").to_owned(), "gold")
    } else {
        sheet::tag(visit, desk.score.total, desk.grade)
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
        beside: super::beside::sections(visit, desk, mine)?,
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
            ("listed", w.n(counts.listed)),
            ("exempt", w.n(counts.exempt)),
            ("elsewhere", w.n(counts.elsewhere)),
            ("barred", w.n(counts.barred)),
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
    let own = |name: &str| matches!(name, "_form" | "_key" | "_path" | "version");
    let typed = Pairs(visit.form.0.iter().filter(|(name, _)| !own(name)).cloned().collect());
    let text = typed.with(&[]);
    let text = text.strip_prefix('?').unwrap_or_default().to_owned();
    visit.write(|op| actions::keep(op, (unit, no, version), &text))?;
    Ok(Reply::Text(visit.w.t1("meetings-draft-kept", "when", visit.w.moment(visit.now))))
}

/// `POST /meetings/units/{id}/{no}`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let topics = super::topics::of(visit, &desk.place, &desk.terms);
    let content = match fields::read(visit, &desk.items, &desk.members, &topics) {
        Ok(content) => content,
        Err(issues) => return page(visit, &desk, issues),
    };
    let version = version(visit)?;
    let key = (desk.place.unit, desk.row.meeting_no, version);
    match visit.write(|op| actions::write(op, key, &content)) {
        Ok(()) => Ok(Reply::done(desk.address(""), "saved")),
        Err(Problem::Refused(issues)) => page(visit, &desk, issues),
        Err(Problem::Conflict(said)) if matches!(said.key, "meetings-changed-since" | "meetings-is-closed") => {
            super::conflict::show(visit, &visit.form, 409)
        }
        Err(other) => Err(other),
    }
}

/// The version the form was made from.
pub(super) fn version(visit: &Visit<'_>) -> Result<u32, Problem> {
    visit.form.get("version").parse().map_err(|_| Problem::Conflict(Said::new("meetings-changed-since")))
}
