//! One case: what was done by whom under which rule, what is missing, the next step, what follows.

use askama::Template;
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Unit};
use chibo_members::rules::deciding::Body;
use chibo_organisation::UnitsToday;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::{MENU, again, deed, paper, told};
use crate::actions;
use crate::file::{File, levels};
use crate::rules::{CaseFile, Kind, Levels, Phase, Step, Terms, came_back, decider, ticks};
use crate::store::{self, DeciderRow};

#[derive(Template)]
#[template(path = "one.html")]
struct CasePage<'a> {
    w: Tongue<'a>,
    state: (&'a str, &'static str),
    missing: String,
    facts: Vec<(&'a str, String)>,
    steps: String,
    form: String,
    then: Vec<(&'static str, String)>,
    notes: String,
}

/// A case the viewer may see.
pub(super) struct One {
    /// With its steps.
    pub file: File,
    /// The member's name.
    pub name: String,
    /// Where he is at home.
    pub home: Id<Unit>,
    /// Committees.
    pub levels: Levels,
    /// The organisation.
    pub units: UnitsToday,
    /// The numbers of today.
    pub terms: Terms,
    /// Which bodies decided, by step.
    pub deciders: Vec<DeciderRow>,
    /// He was a former member already once before: nobody is admitted a third time (MEM-27).
    pub readmitted: bool,
}

impl One {
    /// The case of the address; out of sight is like absent.
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        Self::of(visit, visit.id("id")?)
    }

    /// Loads a case; out of sight is like absent.
    pub fn of(visit: &Visit<'_>, id: Id<CaseFile>) -> Result<Self, Problem> {
        let today = visit.today();
        let terms = Terms::on(today)?;
        let (file, home, levels, deciders, readmitted) = visit.read(|tx| {
            let row = store::case_file(tx, id)?.ok_or(Problem::NotFound)?;
            let home = chibo_members::actions::home_of(tx, row.person_id, today)?;
            let levels = levels(&visit.house.census, home, today, &terms);
            let readmitted = came_back(&chibo_members::standings_of(tx, row.person_id)?);
            let deciders = store::deciders_of(tx, id)?;
            Ok((File::load(tx, id, |_| levels.committee.is_some())?, home, levels, deciders, readmitted))
        })?;
        visit.permit(Permission::ViewMembers, home)?;
        let view = visit.house.census.view(today);
        let name = view.name_of(file.row.person_id).unwrap_or_default();
        Ok(Self { file, name, home, levels, units: UnitsToday::of(visit), terms, deciders, readmitted })
    }

    fn address(&self) -> String {
        format!("/leaving/cases/{}", self.file.row.case_id)
    }

    /// Who takes a step.
    pub fn actor(&self, step: Step) -> Id<Unit> {
        self.levels.actor(self.file.kind(), step, self.file.row.handler_id)
    }

    /// Which body has to decide; none where the branch does.
    fn decider(&self) -> Option<Body> {
        decider(self.file.kind(), self.levels.setting, &self.terms)
    }

    /// The name of the body that took a step, where it was named.
    pub fn body(&self, seq: u32) -> Option<Body> {
        self.deciders.iter().find(|row| row.seq == seq).and_then(|row| Body::from_code(&row.body))
    }

    /// Steps this viewer may take now.
    fn offered(&self, visit: &Visit<'_>) -> Vec<Step> {
        let may = |step: &Step| visit.permit(Permission::EditMembers, self.actor(*step)).is_ok();
        self.file.course.offered(self.terms.limits).into_iter().filter(may).collect()
    }
}

/// `GET /leaving/cases/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let (w, course) = (visit.w, &one.file.course);
    let phase = course.phase(one.terms.limits);
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let offered = one.offered(visit);
    let form = match (offered.is_empty(), refused) {
        (false, refused) => {
            deed::form(visit, (&one.address(), &one.file), (&offered, one.decider()), refused).html(visit)
        }
        // No form to say it on.
        (true, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (true, None) => String::new(),
    };
    let page = CasePage {
        w,
        state: (w.t(phase.word()), told::colour(phase)),
        missing: told::missing(w, course, &one.terms),
        facts: facts(visit, one, phase),
        steps: steps(visit, one),
        form,
        then: told::consequences(w, course, &one.terms, one.readmitted),
        notes: told::notes(w, &one.terms),
    };
    let title = w.t2("leaving-case-of", ("kind", w.t(course.kind.word())), ("name", &one.name));
    let crumbs = vec![
        Crumb::to(w.t("leaving-title"), "/leaving"),
        Crumb::to(one.name.clone(), format!("/leaving/members/{}", one.file.row.person_id)),
        Crumb::here(w.t(course.kind.word())),
    ];
    let mut head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    for (word, name) in paper::offered(visit, one) {
        head = head.action(w.t1(word, "as", "DOCX"), format!("{}/{name}.docx", one.address()), false).action(
            w.t1(word, "as", "PDF"),
            format!("{}/{name}.pdf", one.address()),
            false,
        );
    }
    visit.page_with(status, head, &page)
}

fn facts<'a>(visit: &Visit<'a>, one: &One, phase: Phase) -> Vec<(&'a str, String)> {
    let (w, about) = (visit.w, &one.file.opening);
    let mut facts = vec![
        (w.t("leaving-branch"), one.units.name(one.home)),
        (w.t(super::new::on_word(about.kind)), w.day(about.on)),
    ];
    let mut put = |key: &str, text: String| {
        if !text.is_empty() {
            facts.push((w.t(key), text));
        }
    };
    put("leaving-ground", about.ground.map_or_else(String::new, |ground| w.t(ground.word()).to_owned()));
    let day = |day: Day| if day == Day::FOREVER { String::new() } else { w.day(day) };
    let since = if about.kind == Kind::Complaint { "leaving-received" } else { "leaving-since" };
    put(since, day(about.since));
    put("leaving-until", day(about.ends));
    if about.kind == Kind::StrikingOff && about.amount > 0 {
        put("leaving-amount", w.n(about.amount));
    }
    let papers: Vec<_> = about.evidence.iter().map(|paper| w.t(paper.word())).collect();
    put("leaving-evidence", papers.join("; "));
    put(
        if about.kind == Kind::Complaint { "leaving-complained-number" } else { "leaving-number" },
        about.number.clone(),
    );
    put("leaving-complained-day", day(about.decided));
    put("leaving-body", about.body.clone());
    if about.central {
        put("leaving-handler", w.t("leaving-secretariat").to_owned());
    } else if let Some(handler) = one.file.row.handler_id {
        put("leaving-handler", one.units.name(handler));
    }
    put("leaving-note", about.note.clone());
    let due = one.terms.due(about.kind, phase, about.on, about.central);
    if due != Day::FOREVER {
        let rule = about.kind.rule();
        put("leaving-due", format!("{} ({rule})", w.day(due)));
    }
    put("leaving-opened-by", format!("{}, {}", one.file.row.recorded_by, w.moment(one.file.row.recorded_at)));
    put("leaving-version", one.file.row.rulebook.clone());
    facts
}

/// Steps taken, then those to come: who acts, by which rule.
fn steps(visit: &Visit<'_>, one: &One) -> String {
    let (w, kind) = (visit.w, one.file.kind());
    let columns = vec![
        Column::new("step", w.t("leaving-step")),
        Column::new("who", w.t("leaving-who")),
        Column::new("rule", w.t("leaving-rule")),
        Column::new("day", w.t("leaving-on")),
        Column::sentences("more", w.t("leaving-more")),
    ];
    let mut table = Table::new(w.t("leaving-steps"), columns);
    for (row, taken) in one.file.rows.iter().zip(&one.file.course.steps) {
        table.rows.push(vec![
            Cell::Text(w.t(taken.step.word()).to_owned()),
            Cell::Text(one.units.name(row.unit_id)),
            Cell::Text(taken.step.rule(kind).to_owned()),
            Cell::Text(w.day(row.on_day)),
            Cell::Text(told::more(w, kind, (row, one.body(row.seq)), taken)),
        ]);
    }
    let may = ticks(kind).1;
    let next = one.file.course.offered(one.terms.limits);
    for step in next.into_iter().filter(|step| !matches!(step, Step::Withdrawn | Step::Registered)) {
        let state = if may.contains(&step) { "leaving-if-asked" } else { "leaving-waiting" };
        table.rows.push(vec![
            Cell::Text(w.t(step.word()).to_owned()),
            Cell::Text(one.units.name(one.actor(step))),
            Cell::Text(step.rule(kind).to_owned()),
            Cell::Tag(w.t(state).to_owned(), "gold"),
            Cell::Text(String::new()),
        ]);
    }
    table.empty = w.t("leaving-no-steps").to_owned();
    table.html(visit)
}

/// `POST /leaving/cases/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let deed = deed::read(visit, (one.file.kind(), one.decider().is_some()), &mut issues).filter(|_| issues.is_empty());
    let Some(deed) = deed else { return page(visit, &one, Some((422, issues))) };
    match visit.write(|op| actions::take(op, one.file.row.case_id, &deed)) {
        Ok(_) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}
