//! Opening a case: first what it is about, then whom and why.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Unit};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind as Answer;
use chibo_web::{Crumb, Field, Form, Head, Pairs, Reply, Visit, html};

use super::{MENU, deed, missing};
use crate::actions;
use crate::rules::{Evidence, Ground, Kind, Opening, Terms};

/// What the day of a case is.
pub(super) const fn on_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Health | Kind::Other | Kind::Return | Kind::Request => "leaving-on-request",
        Kind::StrikingOff => "leaving-on-opened",
        Kind::Death => "leaving-on-death",
        Kind::Expulsion => "leaving-on-expulsion",
        Kind::Complaint => "leaving-on-complaint",
        Kind::Restoration => "leaving-on-conclusion",
    }
}

/// How a kind goes, in one sentence.
const fn about_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Health => "leaving-about-health",
        Kind::Other => "leaving-about-other",
        Kind::Return => "leaving-about-return",
        Kind::StrikingOff => "leaving-about-striking-off",
        Kind::Request => "leaving-about-request",
        Kind::Death => "leaving-about-death",
        Kind::Expulsion => "leaving-about-expulsion",
        Kind::Complaint => "leaving-about-complaint",
        Kind::Restoration => "leaving-about-restoration",
    }
}

/// The same in words, with the numbers of the rules.
fn about(visit: &Visit<'_>, kind: Kind) -> Result<String, Problem> {
    let (w, word, (notify, complain)) = (visit.w, about_word(kind), Terms::on(visit.today())?.working_days());
    Ok(match kind {
        Kind::Death => w.t1(word, "days", notify),
        Kind::Complaint => w.t1(word, "days", complain),
        _ => w.t(word).to_owned(),
    })
}

/// The question whether something hinders a case of a kind.
const fn hindered_word(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Request => Some("leaving-hindered-discipline"),
        Kind::Complaint => Some("leaving-hindered-proxy"),
        Kind::Restoration => Some("leaving-hindered-breach"),
        _ => None,
    }
}

/// What the typed names mean.
struct Named {
    unit: Picked<Unit>,
    person: Picked<Person>,
}

/// The member named by identifier in address or form, if the viewer may act for his branch.
fn known(visit: &Visit<'_>) -> Result<Option<(Id<Person>, String)>, Problem> {
    let text = visit.form.some("who").or_else(|| visit.query.some("who"));
    let Some(text) = text else { return Ok(None) };
    let person: Id<Person> = text.parse().map_err(|_| Problem::NotFound)?;
    let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, visit.today()))?;
    visit.permit(Permission::EditMembers, home)?;
    let view = visit.house.census.view(visit.today());
    Ok(Some((person, view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?)))
}

/// `GET /leaving/new?kind=&who=&unit=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    match Kind::from_code(visit.query.get("kind")) {
        Some(kind) => page(visit, kind, None, Vec::new()),
        None => kinds(visit),
    }
}

/// What it can be about.
fn kinds(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let who = known(visit)?.map_or_else(String::new, |(person, _)| person.to_string());
    let mut body = format!("<p>{}</p><ul class=\"plain\">", w.t("leaving-new-about"));
    for kind in Kind::ALL {
        let asked = Pairs::default().with(&[("kind", kind.code()), ("who", &who), ("unit", visit.query.get("unit"))]);
        body.push_str("<li class=\"card\">");
        chibo_web::table::link(&mut body, w.t(kind.word()), &format!("/leaving/new{asked}"));
        body.push_str(" <span class=\"tag\">");
        body.push_str(kind.rule());
        body.push_str("</span><p class=\"quiet small\">");
        html::push(&mut body, &about(visit, *kind)?);
        body.push_str("</p></li>");
    }
    body.push_str("</ul>");
    let title = w.t("leaving-new");
    let crumbs = vec![Crumb::to(w.t("leaving-title"), "/leaving"), Crumb::here(title)];
    visit.page_html(200, Head::new(title, MENU).crumbs(crumbs), &body)
}

fn page(visit: &Visit<'_>, kind: Kind, named: Option<&Named>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let who = known(visit)?;
    let mut fields = vec![Field::hidden("kind", kind.code())];
    let title = match &who {
        Some((person, name)) => {
            fields.push(Field::hidden("who", person.to_string()));
            w.t2("leaving-case-of", ("kind", w.t(kind.word())), ("name", name))
        }
        None => {
            let which = w.t("units-pick-which");
            let unit = Field::text("unit", w.t("leaving-branch")).hint(w.t("leaving-branch-hint"));
            fields.push(unit.value(visit.query.get("unit")).required());
            fields.extend(named.and_then(|named| named.unit.choice("unit", which)));
            fields.push(Field::text("person", w.t("leaving-member")).hint(w.t("leaving-member-hint")).required());
            fields.extend(named.and_then(|named| named.person.choice("person", which)));
            w.t(kind.word()).to_owned()
        }
    };
    questions(visit, kind, &mut fields);
    let mut form = Form::new("/leaving/new", w.t("leaving-new-send"), fields).cancel(w.t("leaving-cancel"), "/leaving");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let crumbs = vec![
        Crumb::to(w.t("leaving-title"), "/leaving"),
        Crumb::to(w.t("leaving-new"), "/leaving/new"),
        Crumb::here(w.t(kind.word())),
    ];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let body =
        format!("<p>{}</p><section class=\"card\">{}</section>", html::escape(&about(visit, kind)?), form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

/// What a case of a kind is asked.
fn questions(visit: &Visit<'_>, kind: Kind, fields: &mut Vec<Field>) {
    let w = visit.w;
    if !kind.grounds().is_empty() {
        let all = kind.grounds().iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
        fields.push(Field::new("ground", w.t("leaving-ground"), Answer::Radios(all)).required());
    }
    fields.push(Field::new("on", w.t(on_word(kind)), Answer::Day).value(visit.today().to_string()).required());
    match kind {
        Kind::Other => {
            let ends = Field::new("ends", w.t("leaving-until"), Answer::Day);
            fields.push(ends.hint(w.t("leaving-ends-hint")).required());
        }
        Kind::StrikingOff => {
            let all = Evidence::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
            let papers = Field::new("evidence", w.t("leaving-evidence"), Answer::Checks(all));
            fields.push(papers.hint(w.t("leaving-evidence-hint")).required());
            fields.push(Field::text("amount", w.t("leaving-amount")).hint(w.t("leaving-amount-hint")));
            fields.push(Field::new("since", w.t("leaving-since"), Answer::Day).hint(w.t("leaving-since-hint")));
        }
        Kind::Complaint => {
            let received = Field::new("since", w.t("leaving-received"), Answer::Day);
            fields.push(received.hint(w.t("leaving-received-hint")));
            let number = Field::text("number", w.t("leaving-complained-number"));
            fields.push(number.hint(w.t("leaving-complained-number-hint")));
            let decided = Field::new("decided", w.t("leaving-complained-day"), Answer::Day);
            fields.push(decided.hint(w.t("leaving-complained-day-hint")));
        }
        Kind::Expulsion | Kind::Restoration => {
            fields.push(Field::text("number", w.t("leaving-number")).required());
            fields.push(Field::text("body", w.t("leaving-body")).hint(w.t("leaving-body-hint")).required());
        }
        _ => {}
    }
    if let Some(word) = hindered_word(kind) {
        let yes = vec![("yes".to_owned(), w.t(word).to_owned())];
        fields.push(Field::new("hindered", w.t("leaving-hindered"), Answer::Checks(yes)));
    }
    fields.push(Field::new("note", w.t("leaving-note"), Answer::Area).hint(w.t("leaving-note-hint")));
}

/// Who is meant; what is wrong is noted.
fn meant(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Result<(Option<Id<Person>>, Option<Named>), Problem> {
    if let Some((person, _)) = known(visit)? {
        return Ok((Some(person), None));
    }
    let unit = pick::unit(visit, "unit");
    let person = match &unit {
        Picked::One(unit) if visit.permit(Permission::EditMembers, *unit).is_ok() => {
            pick::person(visit, "person", *unit)
        }
        _ => Picked::Nothing,
    };
    let named = Named { unit, person };
    let mut who = None;
    match named.unit.one("unit", "leaving-branch-unknown") {
        Ok(_) => who = named.person.one("person", "leaving-member-unknown").map_err(|issue| issues.push(issue)).ok(),
        Err(issue) => issues.push(issue),
    }
    Ok((who, Some(named)))
}

/// `POST /leaving/new`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let Some(kind) = Kind::from_code(visit.form.get("kind")) else { return kinds(visit) };
    let mut issues = Vec::new();
    let (person, named) = meant(visit, &mut issues)?;
    let before = issues.len();
    let on = deed::day(visit, "on", &mut issues);
    if on.is_none() && issues.len() == before {
        issues.push(missing("on", "leaving-day-needed"));
    }
    let since = deed::day(visit, "since", &mut issues).unwrap_or(Day::FOREVER);
    let ends = deed::day(visit, "ends", &mut issues).unwrap_or(Day::FOREVER);
    let decided = deed::day(visit, "decided", &mut issues).unwrap_or(Day::FOREVER);
    let amount = visit.form.get("amount").trim();
    let amount = amount.parse::<u32>().or(if amount.is_empty() { Ok(0) } else { Err(()) });
    if amount.is_err() {
        issues.push(missing("amount", "leaving-amount-number"));
    }
    if let (Some(person), Some(on), Ok(amount), true) = (person, on, amount, issues.is_empty()) {
        let form = &visit.form;
        let text = |name: &str| clean(form.get(name)).into_owned();
        let new = Opening {
            ground: Ground::from_code(form.get("ground")),
            since,
            amount,
            ends,
            decided,
            number: text("number"),
            body: text("body"),
            evidence: form.all("evidence").filter_map(Evidence::from_code).collect(),
            note: text("note"),
            hindered: form.get("hindered") == "yes",
            ..Opening::new(person, kind, on)
        };
        match visit.write(|op| actions::open(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/leaving/cases/{id}"), "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    page(visit, kind, named.as_ref(), issues)
}
