//! One member: flags, where he stands, what was done, what can be done, the evidence pack.

use askama::Template;
use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::rules::deciding::Body;
use chibo_organisation::UnitsToday;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Head, Reply, Visit};

use super::list::{colour, state_text};
use super::{MENU, member_parts as parts, notes_card, pack};
use crate::actions::{self, File};
use crate::rules::{Campaign, Item, State, Step, Terms, Trace};
use crate::store::{self, CampaignRow, DeciderRow, EvidenceRow, FlagRow, GroundRow};

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage<'a> {
    w: Tongue<'a>,
    tabs: String,
    state: (String, &'static str),
    facts: Vec<(&'a str, String)>,
    flags: String,
    moved: String,
    steps: Vec<(String, String, String, Vec<String>)>,
    act: String,
    ground: String,
    pack: String,
    add: String,
    notes: String,
}

/// Which form came back with errors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The next step.
    Act,
    /// Raising or lifting a ground.
    Ground,
    /// Evidence.
    Evidence,
}

/// What is known of one member.
pub(crate) struct Member {
    /// Who.
    pub person: Id<Person>,
    /// His name.
    pub name: String,
    /// His branch.
    pub home: Id<Unit>,
    /// The campaign he is in.
    pub campaign: Option<CampaignRow>,
    /// What was done in it.
    pub file: Option<File>,
    /// Flags, open and closed.
    pub flags: Vec<FlagRow>,
    /// Grounds raised and lifted.
    pub grounds: Vec<GroundRow>,
    /// Evidence.
    pub evidence: Vec<EvidenceRow>,
    /// The numbers of today.
    pub terms: Terms,
    /// The organisation.
    pub units: UnitsToday,
    /// Which bodies decided, by step.
    pub deciders: Vec<DeciderRow>,
    /// What the facts of group 3 say of him (SCR-04).
    pub trace: Trace,
    /// What he was since when.
    pub standings: Vec<(Day, Day, Standing)>,
}

/// What somebody is on a day.
pub(super) fn standing_on(standings: &[(Day, Day, Standing)], day: Day) -> Option<Standing> {
    standings.iter().find(|(from, to, _)| *from <= day && day < *to).map(|(.., standing)| *standing)
}

/// The campaign a member is in: the one with something under way or decided, else the newest that takes in his branch.
fn current(
    visit: &Visit<'_>,
    units: &UnitsToday,
    (person, home): (Id<Person>, Id<Unit>),
    terms: &Terms,
) -> Result<Option<CampaignRow>, Problem> {
    let today = visit.today();
    visit.read(|tx| {
        let campaigns = store::campaigns(tx)?;
        let mut seen: Vec<Id<Campaign>> = store::steps_of(tx, person)?.iter().map(|row| row.campaign_id).collect();
        seen.dedup();
        for row in campaigns.iter().filter(|row| seen.contains(&row.campaign_id)) {
            let state = actions::file(tx, person, row.campaign_id, terms)?.course.state();
            if state.pending() || state == State::Removed {
                return Ok(Some(row.clone()));
            }
        }
        let covers = |row: &&CampaignRow| {
            let place = units.place(home).filter(|place| units.range(Some(row.unit_id)).contains(place));
            place.is_some() && row.opens_on <= today
        };
        Ok(campaigns.iter().find(covers).cloned())
    })
}

impl Member {
    /// The member of the address.
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        Self::of(visit, visit.id("id")?)
    }

    /// A member; absent for whoever does not edit members of his branch.
    pub fn of(visit: &Visit<'_>, person: Id<Person>) -> Result<Self, Problem> {
        let today = visit.today();
        let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, today))?;
        visit.permit(Permission::EditMembers, home)?;
        let (units, terms) = (UnitsToday::of(visit), Terms::on(today)?);
        let name = {
            let view = visit.house.census.view(today);
            view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?
        };
        let campaign = current(visit, &units, (person, home), &terms)?;
        visit
            .read(|tx| {
                let file = match &campaign {
                    Some(row) => Some(actions::file(tx, person, row.campaign_id, &terms)?),
                    None => None,
                };
                let (flags, grounds) = (store::flags_of(tx, person)?, store::grounds_of(tx, person)?);
                let evidence = store::evidence_of(tx, person)?;
                let standings = chibo_members::standings_of(tx, person)?;
                let (deciders, trace) = match &campaign {
                    Some(row) => {
                        let now = standing_on(&standings, today);
                        let trace = actions::trace(tx, person, row.opens_on, now)?;
                        (store::deciders_of(tx, person, row.campaign_id)?, trace)
                    }
                    None => (Vec::new(), Trace::None),
                };
                Ok((file, flags, grounds, evidence, (deciders, trace, standings)))
            })
            .map(|(file, flags, grounds, evidence, (deciders, trace, standings))| Self {
                deciders,
                trace,
                standings,
                person,
                name,
                home,
                campaign,
                file,
                flags,
                grounds,
                evidence,
                terms,
                units,
            })
    }

    /// The address of a page about him.
    pub fn address(&self, page: &str) -> String {
        format!("/screening/members/{}{page}", self.person)
    }

    /// Where he stands.
    pub fn state(&self) -> State {
        self.file.as_ref().map_or(State::Open, |file| file.course.state())
    }

    /// Evidence in the pack.
    pub fn items(&self) -> Vec<Item> {
        self.evidence.iter().filter_map(|row| Item::from_code(&row.item)).collect()
    }

    /// Steps this viewer may take now.
    pub fn offered(&self, visit: &Visit<'_>) -> Vec<Step> {
        let Some(file) = &self.file else { return Vec::new() };
        let may = |step: &Step| visit.permit(Permission::EditMembers, file.actor(*step, self.home)).is_ok();
        let outcome = file.course.outcome(self.trace);
        file.course.offered(self.terms.demands).into_iter().chain(outcome).filter(may).collect()
    }

    /// The body that has to decide today, by the setting of his branch (MEM-20).
    pub fn decider(&self, visit: &Visit<'_>) -> Body {
        let forest = visit.house.census.forest();
        let tree = &self.units.tree;
        let up = |place: u32| Some((forest.id(tree.unit(place)?)?, tree.kind(place)));
        let path = self.units.place(self.home).map_or_else(Vec::new, |place| tree.path(place));
        let path: Vec<_> = path.into_iter().filter_map(up).collect();
        self.terms.deciding.body(actions::setting(&path))
    }

    /// Whether he had left before and was admitted again: that happens once only (MEM-27).
    pub fn came_back(&self) -> bool {
        let left = self.standings.iter().position(|(.., standing)| *standing == Standing::Left);
        let after = left.and_then(|at| self.standings.get(at..)).unwrap_or_default();
        after.iter().any(|(.., standing)| standing.counts_as_member())
    }

    /// The rules his assessment stood on.
    pub fn rules(&self) -> Vec<String> {
        let assessed = self.file.as_ref().and_then(|file| file.course.assessment());
        assessed.map(|taken| taken.rules.clone()).unwrap_or_default()
    }
}

/// `GET /screening/members/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    page(visit, &member, None)
}

pub(super) fn page(
    visit: &Visit<'_>,
    member: &Member,
    refused: Option<(Part, u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(_, status, _)| *status);
    let issues = |part: Part| {
        let mine = refused.as_ref().filter(|(other, ..)| *other == part);
        mine.map(|(_, _, issues)| issues.clone())
    };
    let offered = member.offered(visit);
    let act = match (offered.is_empty(), issues(Part::Act)) {
        (false, issues) => parts::act_form(visit, member, &offered, issues)?,
        // No form to say it on.
        (true, Some(issues)) => return Err(Problem::Refused(issues)),
        (true, None) => String::new(),
    };
    let state = member.state();
    let form = member.file.as_ref().and_then(|file| file.course.form());
    let page = MemberPage {
        w,
        tabs: chibo_web::person::tabs(visit, member.person, member.home, "screening-tab"),
        state: (state_text(w, state, form), colour(state)),
        facts: facts(visit, member, state),
        flags: parts::flag_table(visit, member),
        moved: super::moved::card(visit, member),
        steps: parts::steps(visit, member),
        act,
        ground: parts::ground_form(visit, member, issues(Part::Ground)),
        pack: parts::pack(visit, member),
        add: parts::evidence_form(visit, member, issues(Part::Evidence)),
        notes: notes_card(visit)?,
    };
    let crumbs = vec![
        Crumb::to(w.t("screening-title"), "/screening"),
        Crumb::to(member.name.as_str(), format!("/members/{}", member.person)),
        Crumb::here(w.t("screening-tab")),
    ];
    let title = w.t1("screening-title-member", "name", &member.name);
    let mut head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    if visit.permit(Permission::Export, member.home).is_ok() {
        for sort in pack::offered(member) {
            for (ending, format) in [("pdf", "PDF"), ("docx", "DOCX")] {
                let label = w.t2("screening-paper-as", ("paper", w.t(sort.word())), ("as", format));
                head = head.action(label, member.address(&format!("/pack.{ending}?paper={}", sort.code())), false);
            }
        }
    }
    visit.page_with(status, head, &page)
}

/// What runs out, who helps, who proposes and decides.
fn facts<'a>(visit: &Visit<'a>, member: &Member, state: State) -> Vec<(&'a str, String)> {
    let w = visit.w;
    let mut facts = vec![(w.t("screening-branch"), member.units.name(member.home))];
    let campaign = member.campaign.as_ref().map_or_else(
        || w.t("screening-no-campaign-here").to_owned(),
        |row| w.t2("screening-campaign-by", ("year", row.year), ("unit", member.units.name(row.unit_id))),
    );
    facts.push((w.t("screening-campaign"), campaign));
    let Some(file) = &member.file else { return facts };
    if let Some((began, until)) = file.course.help() {
        facts.push((w.t("screening-help"), format!("{} – {}", w.day(began), w.day(until))));
        let row = file.rows.iter().rev().find(|row| row.step == Step::Helped.code());
        if let Some(row) = row {
            let view = visit.house.census.view(visit.today());
            let helper = row.helper_id.and_then(|helper| view.no(helper)).map(|no| view.name(no));
            facts.push((w.t("screening-helper"), helper.unwrap_or_default()));
            facts.push((w.t("screening-tasks"), parts::tasks_text(w, &row.tasks)));
        }
    }
    if let Some(route) = file.route.as_ref().filter(|_| state.proposed() || state == State::Removed) {
        facts.push((w.t("screening-committee"), member.units.name(route.committee_id)));
        facts.push((w.t("screening-decider"), member.units.name(route.decider_id)));
    }
    if state == State::Removed {
        removed(w, member, file, &mut facts);
    }
    facts
}

/// After the decision: until when he may complain, and whether he can be admitted again (SCR-11, EXI-12, MEM-27).
fn removed<'a>(w: Tongue<'a>, member: &Member, file: &File, facts: &mut Vec<(&'a str, String)>) {
    if file.course.last(Step::StruckElsewhere).is_some() {
        facts.push((w.t("screening-readmission"), w.t("screening-readmission-never").to_owned()));
        return;
    }
    let informed = file.course.last(Step::Informed).map(|taken| member.terms.complain_by(taken.on));
    let by = informed.map_or_else(|| w.t("screening-not-informed").to_owned(), |by: Day| w.day(by));
    facts.push((w.t("screening-complain-by"), by));
    if let Some(taken) = file.course.last(Step::Complained) {
        facts.push((w.t("screening-handle-by"), w.day(member.terms.handle_by(taken.on))));
    }
    if let Some(taken) = file.course.last(Step::Decided) {
        let again = member.terms.readmission_from(taken.on, &member.rules()).filter(|_| !member.came_back());
        let said = again.map_or_else(
            || w.t("screening-readmission-never").to_owned(),
            |day| w.t1("screening-readmission-from", "day", w.day(day)),
        );
        facts.push((w.t("screening-readmission"), said));
    }
}
