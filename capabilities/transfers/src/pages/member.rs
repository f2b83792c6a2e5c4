//! The transfers of one member: papers, stays, contact with his branch of residence.

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind as Answer;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Field, Form, Head, Pairs, Reply, Table, Visit};

use super::found::{origin, target};
use super::new::needed;
use super::stays::stands;
use super::{MENU, again, missing};
use crate::actions::{self, Case, NewRemark};
use crate::rules::{Contact, Remark, Residence, Terms, year_shown};
use crate::store::{self, ContactEndRow, ContactRow, RemarkRow};

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage<'a> {
    w: Tongue<'a>,
    tabs: String,
    branch: String,
    starts: Vec<(&'a str, String)>,
    papers: String,
    contacts: Vec<(String, String, Vec<String>)>,
    form: String,
}

/// A member with everything that is kept here about him.
struct Member {
    person: Id<Person>,
    name: String,
    home: Id<Unit>,
    standing: Option<Standing>,
    cases: Vec<Case>,
    contacts: Vec<ContactRow>,
    ends: Vec<ContactEndRow>,
    remarks: Vec<RemarkRow>,
    units: UnitsToday,
    may_edit: bool,
}

impl Member {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let (person, today): (Id<Person>, _) = (visit.id("id")?, visit.today());
        let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, today))?;
        visit.permit(Permission::ViewMembers, home)?;
        let name = {
            let view = visit.house.census.view(today);
            view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?
        };
        visit.read(|tx| {
            let mut cases = Vec::new();
            for row in store::of_person(tx, person)? {
                cases.push(Case::of(tx, row)?);
            }
            cases.sort_by_key(|case| std::cmp::Reverse(case.row.recorded_at));
            Ok(Self {
                person,
                name,
                home,
                standing: chibo_members::actions::standing_of(tx, person, today)?,
                cases,
                contacts: store::contacts_of(tx, person)?,
                ends: store::contact_ends_of(tx, person)?,
                remarks: store::remarks_of(tx, person)?,
                units: UnitsToday::of(visit),
                may_edit: visit.permit(Permission::EditMembers, home).is_ok(),
            })
        })
    }

    fn address(&self) -> String {
        format!("/transfers/members/{}", self.person)
    }

    /// The contact that has not ended.
    fn open(&self) -> Option<&ContactRow> {
        self.contacts.iter().find(|row| !self.ends.iter().any(|end| end.contact_id == row.contact_id))
    }
}

/// `GET /transfers/members/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    page(visit, &member, None, None)
}

fn page(
    visit: &Visit<'_>,
    member: &Member,
    refused: Option<(u16, Vec<Issue>)>,
    picked: Option<&Picked<Unit>>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let form = if member.may_edit { forms(visit, member, refused, picked) } else { String::new() };
    let title = w.t1("transfers-title-member", "name", &member.name);
    let crumbs = vec![
        Crumb::to(w.t("transfers-title"), "/transfers"),
        Crumb::to(member.name.as_str(), format!("/members/{}", member.person)),
        Crumb::here(w.t("transfers-tab")),
    ];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    let page = MemberPage {
        w,
        tabs: chibo_web::person::tabs(visit, member.person, member.home, "transfers-tab"),
        branch: member.units.name(member.home),
        starts: starts(visit, member),
        papers: papers(visit, member)?,
        contacts: contacts(visit, member),
        form,
    };
    visit.page_with(status, head, &page)
}

/// What can be begun for this member.
fn starts<'a>(visit: &Visit<'a>, member: &Member) -> Vec<(&'a str, String)> {
    let w = visit.w;
    let (unit, person) = (member.home.to_string(), member.person.to_string());
    let new = |kind: &str, more: (&str, &str)| {
        format!("/transfers/new{}", Pairs::default().with(&[("kind", kind), ("unit", &unit), more]))
    };
    let gone = member.standing == Some(Standing::TransferredOut);
    if !member.may_edit {
        return Vec::new();
    }
    if gone {
        return vec![(w.t("transfers-start-back"), new("incoming", ("known", &person)))];
    }
    if !member.standing.is_some_and(Standing::counts_as_member) {
        return Vec::new();
    }
    [
        ("transfers-start-inside", "inside"),
        ("transfers-start-outside", "outside"),
        ("transfers-start-temporary", "temporary"),
        ("transfers-start-abroad", "abroad"),
    ]
    .map(|(key, kind)| (w.t(key), new(kind, ("who", &member.name))))
    .into()
}

fn papers(visit: &Visit<'_>, member: &Member) -> Result<String, Problem> {
    let (w, terms) = (visit.w, Terms::on(visit.today())?);
    let columns = vec![
        Column::new("made", w.t("transfers-requested-on")),
        Column::new("kind", w.t("transfers-kind")),
        Column::new("from", w.t("transfers-from")),
        Column::new("to", w.t("transfers-to")),
        Column::new("state", w.t("transfers-state")),
        Column::new("stay", w.t("transfers-stay")),
    ];
    let mut table = Table::new(w.t("transfers-papers-of"), columns);
    table.empty = w.t("transfers-none-yet").to_owned();
    for case in &member.cases {
        let stay = match case.stay()? {
            Some(stay) => {
                let (said, class) = stands(visit, &stay, &terms);
                let until = w.t2("transfers-turn-until", ("what", said), ("day", w.day(stay.until())));
                if class.is_empty() { Cell::Text(until) } else { Cell::Tag(until, class) }
            }
            None => Cell::Text(String::new()),
        };
        table.rows.push(vec![
            Cell::Link(w.day(case.row.recorded_at.day()), format!("/transfers/{}", case.row.transfer_id)),
            Cell::Text(w.t(case.detail.kind.word()).to_owned()),
            Cell::Text(origin(&case.detail, &case.course, &member.units)),
            Cell::Text(target(&case.detail, &case.course, &member.units)),
            Cell::Text(w.t(case.course.state().word()).to_owned()),
            stay,
        ]);
    }
    Ok(table.html(visit))
}

/// Every contact: the branch, since when until when, its remarks year by year.
fn contacts(visit: &Visit<'_>, member: &Member) -> Vec<(String, String, Vec<String>)> {
    let w = visit.w;
    let told = |row: &ContactRow| {
        let place = row.unit_id.map_or_else(|| row.outside.clone(), |unit| member.units.name(unit));
        let end = member.ends.iter().find(|end| end.contact_id == row.contact_id);
        let time = match end {
            Some(end) => w.t2("transfers-contact-time", ("from", w.day(row.since)), ("to", w.day(end.on_day))),
            None => w.t1("transfers-contact-since", "day", w.day(row.since)),
        };
        let mut remarks: std::collections::BTreeMap<i32, &RemarkRow> = std::collections::BTreeMap::new();
        for remark in member.remarks.iter().filter(|remark| remark.contact_id == row.contact_id) {
            remarks.insert(remark.year, remark);
        }
        let line = |(year, row): (i32, &RemarkRow)| {
            let word = Remark::from_number(row.remark_no).map_or("", |remark| w.t(remark.word()));
            let recorded = w.t2("transfers-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
            let parts = [format!("{year}: {word}"), row.note.clone(), recorded];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        };
        (place, time, remarks.into_iter().rev().map(line).collect())
    };
    member.contacts.iter().rev().map(told).collect()
}

/// The form that fits: introducing, or ending the contact and, of a branch outside, its remark.
fn forms(
    visit: &Visit<'_>,
    member: &Member,
    refused: Option<(u16, Vec<Issue>)>,
    picked: Option<&Picked<Unit>>,
) -> String {
    let issues = refused.map(|(_, issues)| issues).unwrap_or_default();
    let which = visit.place.rsplit('/').next().unwrap_or_default().to_owned();
    let shown = |form: Form, mine: &str| {
        let form = if which == mine && !issues.is_empty() { form.refused(&visit.form, issues.clone()) } else { form };
        form.html(visit)
    };
    match member.open() {
        None if !member.standing.is_some_and(Standing::counts_as_member) => String::new(),
        None => shown(introduction(visit, member, picked), "contact"),
        Some(row) => {
            let mut out = String::new();
            if row.unit_id.is_none() {
                out.push_str(&shown(remark_form(visit, member, row), "remark"));
            }
            out.push_str(&shown(end_form(visit, member, row), "contact-end"));
            out
        }
    }
}

fn introduction(visit: &Visit<'_>, member: &Member, picked: Option<&Picked<Unit>>) -> Form {
    let w = visit.w;
    let hint = w.t("transfers-residence-hint");
    let mut fields = vec![Field::text("residence", w.t("transfers-residence-branch")).hint(hint)];
    fields.extend(picked.and_then(|picked| picked.choice("residence", w.t("units-pick-which"))));
    fields.push(Field::text("place", w.t("transfers-residence-outside")).hint(w.t("transfers-residence-outside-hint")));
    let since = Field::new("since", w.t("transfers-since"), Answer::Day).value(visit.today().to_string());
    fields.push(since.required());
    fields.push(Field::text("number", w.t("transfers-number")));
    Form::new(format!("{}/contact", member.address()), w.t("transfers-contact-send"), fields)
}

fn end_form(visit: &Visit<'_>, member: &Member, row: &ContactRow) -> Form {
    let w = visit.w;
    let fields = vec![
        Field::hidden("contact", row.contact_id.to_string()),
        Field::new("ended", w.t("transfers-contact-ended"), Answer::Day).value(visit.today().to_string()).required(),
        Field::text("note", w.t("transfers-note")).hint(w.t("transfers-contact-end-hint")),
    ];
    Form::new(format!("{}/contact-end", member.address()), w.t("transfers-contact-end-send"), fields)
}

fn remark_form(visit: &Visit<'_>, member: &Member, row: &ContactRow) -> Form {
    let w = visit.w;
    let choices = Remark::ALL.map(|remark| (remark.number().to_string(), w.t(remark.word()).to_owned()));
    let note = format!("note-{}", row.contact_id);
    let fields = vec![
        Field::hidden("contact", row.contact_id.to_string()),
        Field::text("year", w.t("transfers-remark-of")).value(year_shown(visit.today()).to_string()).required(),
        Field::new("remark", w.t("transfers-remark"), Answer::Radios(choices.into())).required(),
        Field::text(note, w.t("transfers-note")),
    ];
    Form::new(format!("{}/remark", member.address()), w.t("transfers-remark-send"), fields)
}

/// Answers a write: back to the page, or the page with what was wrong.
fn done(visit: &Visit<'_>, member: &Member, outcome: Result<(), Problem>) -> Result<Reply, Problem> {
    match outcome {
        Ok(()) => Ok(Reply::done(member.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &Member::load(visit)?, Some(refused), None)
        }
    }
}

/// `POST /transfers/members/{id}/contact`.
pub(super) fn introduce(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    visit.permit(Permission::EditMembers, member.home)?;
    let mut issues = Vec::new();
    let since = needed(visit, "since", &mut issues);
    let place = clean(visit.form.get("place")).into_owned();
    let picked = visit.form.some("residence").map(|_| pick::any_unit(visit, "residence"));
    let residence = match &picked {
        Some(picked) => {
            let unit = picked.one("residence", "transfers-branch-unknown").map_err(|issue| issues.push(issue));
            unit.ok().map(Residence::Branch)
        }
        None => Some(Residence::Elsewhere(place)),
    };
    let number = clean(visit.form.get("number")).into_owned();
    match (residence, since) {
        (Some(residence), Some(since)) if issues.is_empty() => {
            let made = visit.write(|op| actions::introduce(op, member.person, &residence, (since, &number)).map(drop));
            done(visit, &member, made)
        }
        _ => page(visit, &member, Some((422, issues)), picked.as_ref()),
    }
}

fn contact(visit: &Visit<'_>) -> Result<Id<Contact>, Problem> {
    visit.form.get("contact").parse().map_err(|_| Problem::NotFound)
}

/// `POST /transfers/members/{id}/contact-end`.
pub(super) fn end(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    visit.permit(Permission::EditMembers, member.home)?;
    let mut issues = Vec::new();
    let on = needed(visit, "ended", &mut issues);
    let note = clean(visit.form.get("note")).into_owned();
    let Some(on) = on else { return page(visit, &member, Some((422, issues)), None) };
    let contact = contact(visit)?;
    let made = visit.write(|op| actions::end_contact(op, (member.person, contact), on, &note));
    done(visit, &member, made)
}

/// `POST /transfers/members/{id}/remark`: what a branch outside the register wrote.
pub(super) fn remark(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    visit.permit(Permission::EditMembers, member.home)?;
    let contact = contact(visit)?;
    let remark = visit.form.get("remark").parse().ok().and_then(Remark::from_number);
    let year = visit.form.get("year").trim().parse().ok();
    let mut issues = Vec::new();
    if remark.is_none() {
        issues.push(missing("remark", "transfers-remark-choose"));
    }
    if year.is_none() {
        issues.push(missing("year", "transfers-remark-year"));
    }
    let (Some(remark), Some(year)) = (remark, year) else { return page(visit, &member, Some((422, issues)), None) };
    let note = clean(visit.form.get(&format!("note-{contact}"))).into_owned();
    let new = [NewRemark { person: member.person, name: member.name.clone(), contact, remark, note }];
    let made = visit.write(|op| actions::remark(op, year, &new));
    done(visit, &member, made)
}
