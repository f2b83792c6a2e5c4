//! The badges of one member: what was done, and the proposal that needs a ground or waits after discipline.

use askama::Template;
use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said};
use chibo_members::PartyAge;
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::MENU;
use super::list::ground_word;
use crate::actions::{self, Deed};
use crate::rules::{Discipline, Disciplined, Ground, Proposal, Step, reaches, terms_on};
use crate::store::{self, StepRow};

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage<'a> {
    w: Tongue<'a>,
    tabs: String,
    facts: Vec<(&'a str, String)>,
    steps: Vec<(String, String, String)>,
    back: String,
    form: String,
}

struct Member {
    person: Id<Person>,
    name: String,
    age: Option<PartyAge>,
    rows: Vec<StepRow>,
    may_edit: bool,
    may_decide: bool,
    home: Id<chibo_kernel::Unit>,
    unit: String,
}

impl Member {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let person: Id<Person> = visit.id("id")?;
        let today = visit.today();
        let (unit, age, rows) = visit.read(|tx| {
            let unit = chibo_members::actions::home_of(tx, person, today)?;
            Ok((unit, chibo_members::party_age_of(tx, person)?, store::steps_of(tx, person)?))
        })?;
        visit.permit(Permission::ViewMembers, unit)?;
        let name = {
            let view = visit.house.census.view(today);
            view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?
        };
        Ok(Self {
            person,
            name,
            age,
            rows,
            may_edit: visit.permit(Permission::EditMembers, unit).is_ok(),
            may_decide: visit.permit(Permission::DecideBadges, unit).is_ok(),
            home: unit,
            unit: UnitsToday::of(visit).name(unit),
        })
    }

    fn address(&self) -> String {
        format!("/badges/members/{}", self.person)
    }

    /// The next badge, with the day on which its years are reached.
    fn next(&self, today: Day) -> Result<Option<(u16, Day)>, Problem> {
        let Some(age) = &self.age else { return Ok(None) };
        let reached = |years: u16| Some((years, reaches(age, years)?));
        Ok(terms_on(today)?.years.into_iter().filter_map(reached).find(|(_, day)| *day >= today))
    }

    /// The badge that was decided or handed over last, if it may be taken back.
    fn awarded(&self) -> Option<&StepRow> {
        let last = |row: &&StepRow| !self.rows.iter().any(|more| more.years == row.years && more.seq > row.seq);
        let step = |row: &StepRow| Step::from_code(&row.step);
        self.rows.iter().filter(last).rfind(|row| Step::TakenBack.may_follow(step(row)))
    }
}

/// `GET /badges/members/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    page(visit, &member, Vec::new())
}

fn page(visit: &Visit<'_>, member: &Member, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let taking_back = visit.form.get("step") == Step::TakenBack.code();
    let refused = |form: Form, mine: bool| {
        if mine && !issues.is_empty() { form.refused(&visit.form, issues.clone()) } else { form }
    };
    let form =
        if member.may_edit { refused(proposal(visit, member)?, !taking_back).html(visit) } else { String::new() };
    let back = match member.awarded().filter(|_| member.may_decide) {
        Some(row) => refused(take_back(visit, member, row), taking_back).html(visit),
        None => String::new(),
    };
    let mut facts = vec![(w.t("badges-branch"), member.unit.clone())];
    if let Some(age) = &member.age {
        facts.push((w.t("badges-admitted"), w.day(age.since())));
        let gap = |(from, to): &(Day, Day)| match *to {
            Day::FOREVER => w.t1("badges-gap-open", "from", w.day(*from)),
            _ => w.t2("badges-gap", ("from", w.day(*from)), ("to", w.day(to.plus_days(-1)))),
        };
        facts.extend(age.gaps().iter().map(|days| (w.t("badges-not-counted"), gap(days))));
        facts.extend(
            member.next(visit.today())?.map(|(years, day)| {
                (w.t("badges-next"), w.t2("badges-next-text", ("years", years), ("day", w.day(day))))
            }),
        );
    }
    let units = UnitsToday::of(visit);
    let steps = member.rows.iter().rev().map(|row| step_text(w, &units, row)).collect();
    let status = if issues.is_empty() { 200 } else { 422 };
    let crumbs = vec![
        Crumb::to(w.t("badges-title"), "/badges"),
        Crumb::to(member.name.as_str(), format!("/members/{}", member.person)),
        Crumb::here(w.t("badges-of-member")),
    ];
    let tabs = chibo_web::person::tabs(visit, member.person, member.home, "badges-tab");
    let title = w.t1("badges-title-member", "name", &member.name);
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(!issues.is_empty());
    visit.page_with(status, head, &MemberPage { w, tabs, facts, steps, back, form })
}

fn step_text(w: Tongue<'_>, units: &UnitsToday, row: &StepRow) -> (String, String, String) {
    let word = match Step::from_code(&row.step) {
        Some(Step::Proposed) | None => "badges-proposed",
        Some(Step::Withdrawn) => "badges-withdrawn",
        Some(Step::Decided) => "badges-decided",
        Some(Step::Awarded) => "badges-awarded",
        Some(Step::TakenBack) => "badges-taken-back",
    };
    let mut more = vec![w.t1("badges-for-day", "day", w.day(row.award_on))];
    // Whoever moves on the way is proposed by the old branch and receives the badge in the new one (BDG-05).
    more.push(w.t1("badges-step-unit", "unit", units.name(row.unit_id)));
    if row.ground != Ground::Reached.code() {
        more.push(w.t(ground_word(&row.ground)).to_owned());
    }
    for (key, text) in [("badges-step-number", &row.number), ("badges-step-serial", &row.serial)] {
        if !text.is_empty() {
            more.push(w.t1(key, "text", text));
        }
    }
    if !row.note.is_empty() {
        more.push(row.note.clone());
    }
    more.push(w.t2("badges-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    let head = w.t2("badges-step-head", ("years", row.years), ("step", w.t(word)));
    (w.day(row.on_day), head, more.join(" · "))
}

fn proposal(visit: &Visit<'_>, member: &Member) -> Result<Form, Problem> {
    let w = visit.w;
    let today = visit.today();
    let terms = terms_on(today)?;
    let years: Vec<_> =
        terms.years.iter().map(|years| (years.to_string(), w.t1("badges-of-years", "years", years))).collect();
    let next = terms.next(today).map_or(today, |award| award.on);
    let year = next.year();
    let days = [year, year + 1].into_iter().flat_map(|year| terms.awards_of(year)).filter(|award| award.on >= today);
    let days: Vec<_> = days.map(|award| (award.on.iso(), w.day(award.on))).collect();
    let ground = |ground: Ground| (ground.code().to_owned(), w.t(ground_word(ground.code())).to_owned());
    let measure = |measure: Discipline| {
        let word = match measure {
            Discipline::Reprimand => "badges-reprimand",
            Discipline::Warning => "badges-warning",
            Discipline::Dismissal => "badges-dismissal",
        };
        (measure.code().to_owned(), w.t(word).to_owned())
    };
    let mut measures = vec![(String::new(), w.t("badges-no-measure").to_owned())];
    measures.extend(Discipline::ALL.map(measure));
    let nearest = member.next(today)?.map(|(years, _)| years);
    let corrected = vec![("yes".to_owned(), w.t("badges-corrected-yes").to_owned())];
    let fields = vec![
        Field::new("years", w.t("badges-badge"), Kind::Select(years))
            .value(nearest.map_or_else(String::new, |years| years.to_string()))
            .required(),
        Field::new("award", w.t("badges-award-day"), Kind::Select(days)).value(next.iso()).required(),
        Field::new("ground", w.t("badges-ground"), Kind::Radios(Ground::ALL.map(ground).into()))
            .value(Ground::Reached.code())
            .hint(w.t("badges-ground-hint"))
            .required(),
        Field::new("measure", w.t("badges-measure"), Kind::Select(measures)).hint(w.t("badges-measure-hint")),
        Field::new("measured", w.t("badges-measured-on"), Kind::Day),
        Field::new("corrected", w.t("badges-corrected"), Kind::Checks(corrected)),
        Field::text("note", w.t("badges-note")),
    ];
    Ok(Form::new(member.address(), w.t("badges-do-propose"), fields))
}

fn take_back(visit: &Visit<'_>, member: &Member, row: &StepRow) -> Form {
    let w = visit.w;
    let fields = vec![
        Field::hidden("step", Step::TakenBack.code()),
        Field::hidden("years", row.years.to_string()),
        Field::text("number", w.t("badges-number")).required(),
        Field::new("on", w.t("badges-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("reason", w.t("badges-reason")).hint(w.t("badges-back-hint")).required(),
    ];
    Form::new(member.address(), w.t("badges-do-take-back"), fields)
}

fn read(visit: &Visit<'_>) -> Result<Proposal, Problem> {
    let form = &visit.form;
    let missing = |field: &str, key: &'static str| Problem::field(field, Said::new(key));
    let years = form.get("years").parse().map_err(|_| missing("years", "badges-pick-years"))?;
    let award_on = form.day("award", visit.today())?.ok_or_else(|| missing("award", "badges-pick-award"))?;
    let ground = Ground::from_code(form.get("ground")).ok_or_else(|| missing("ground", "badges-pick-ground"))?;
    let disciplined = match Discipline::from_code(form.get("measure")) {
        None => None,
        Some(measure) => {
            let on = form.day("measured", visit.today())?.ok_or_else(|| missing("measured", "badges-pick-measured"))?;
            Some(Disciplined { measure, on, corrected: form.get("corrected") == "yes" })
        }
    };
    Ok(Proposal { years, award_on, ground, disciplined })
}

fn done(visit: &Visit<'_>, member: &Member) -> Result<(), Problem> {
    let form = &visit.form;
    let text = |name: &str| chibo_kernel::text::clean(form.get(name)).into_owned();
    if form.get("step") != Step::TakenBack.code() {
        let proposal = read(visit)?;
        let note = text("note");
        return visit.write(|op| actions::propose(op, member.person, &proposal, &note));
    }
    let years = form.get("years").parse().map_err(|_| Problem::NotFound)?;
    let (number, note) = (text("number"), text("reason"));
    for (field, value) in [("number", &number), ("reason", &note)] {
        if value.is_empty() {
            return Err(Problem::field(field, Said::new("badges-fill-in")));
        }
    }
    let on = form.day("on", visit.today())?.unwrap_or_else(|| visit.today());
    let deed = Deed { step: Step::TakenBack, on, number, first_serial: String::new(), note };
    visit.write(|op| actions::take_step(op, &[(member.person, years)], &deed)).map(drop)
}

/// `POST /badges/members/{id}`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    match done(visit, &member) {
        Ok(()) => Ok(Reply::done(member.address(), "saved")),
        Err(Problem::Refused(issues)) => page(visit, &member, issues),
        Err(other) => Err(other),
    }
}
