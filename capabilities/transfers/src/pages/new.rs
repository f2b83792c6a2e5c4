//! Asking for a transfer, by kind.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Unit};
use chibo_members::codes;
use chibo_members::rules::NewMember;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind as Answer;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit, html};

use super::{MENU, missing};
use crate::actions::{self, Arrival, Who};
use crate::rules::{Basis, Contract, Elsewhere, Kind, Purpose, Request, Span, Way};

/// What the typed names mean.
#[derive(Default)]
struct Named {
    from: Option<Picked<Unit>>,
    person: Option<Picked<Person>>,
    to: Option<Picked<Unit>>,
}

/// The kind the address asks for; inside the register when it names none.
fn asked(visit: &Visit<'_>) -> Kind {
    Kind::from_code(visit.query.get("kind")).unwrap_or(Kind::Inside)
}

fn address(visit: &Visit<'_>, kind: Kind) -> String {
    format!("/transfers/new{}", visit.query.with(&[("kind", kind.code())]))
}

fn text(w: Tongue<'_>, name: &str, label: &str) -> Field {
    Field::text(name, w.t(label))
}

fn day(w: Tongue<'_>, name: &str, label: &str) -> Field {
    Field::new(name, w.t(label), Answer::Day)
}

/// The organisation outside the register.
pub(super) fn elsewhere(w: Tongue<'_>, kind: Kind) -> [Field; 2] {
    let (place, province) = match kind {
        Kind::Incoming => ("transfers-place-from", "transfers-province"),
        kind if kind.abroad() => ("transfers-place-mission", "transfers-country"),
        _ => ("transfers-place-to", "transfers-province"),
    };
    [text(w, "place", place).required(), text(w, "province", province).required()]
}

/// The time of a stay.
pub(super) fn span(w: Tongue<'_>, kind: Kind) -> [Field; 3] {
    let purposes = Purpose::ALL.map(|purpose| (purpose.code().to_owned(), w.t(purpose.word()).to_owned()));
    let hint = if kind.abroad() { "transfers-until-hint-abroad" } else { "transfers-until-hint" };
    [
        Field::new("purpose", w.t("transfers-purpose"), Answer::Radios(purposes.into())).required(),
        day(w, "begins", "transfers-begins").required(),
        day(w, "until", "transfers-until").hint(w.t(hint)).required(),
    ]
}

/// What the transfer rests on: the contract of a temporary stay, the school a graduate leaves for good (TRF-09).
pub(super) fn basis_field(w: Tongue<'_>, kind: Kind) -> Option<Field> {
    match kind {
        Kind::Temporary | Kind::TemporaryOutside => {
            let choices = Contract::ALL.map(|one| (one.code().to_owned(), w.t(one.word()).to_owned()));
            let field = Field::new("contract", w.t("transfers-contract"), Answer::Radios(choices.into()));
            Some(field.value(Contract::None.code()).hint(w.t("transfers-contract-hint")))
        }
        Kind::Inside | Kind::Outside => {
            let yes = vec![("yes".to_owned(), w.t("transfers-graduate-yes").to_owned())];
            let field = Field::new("graduate", w.t("transfers-graduate"), Answer::Checks(yes));
            Some(field.hint(w.t("transfers-graduate-hint")))
        }
        _ => None,
    }
}

/// The same as answered.
pub(super) fn basis(visit: &Visit<'_>) -> Basis {
    Basis {
        contract: Contract::from_code(visit.form.get("contract")).unwrap_or_default(),
        graduate: visit.form.get("graduate") == "yes",
    }
}

fn fields(visit: &Visit<'_>, kind: Kind, named: &Named) -> Vec<Field> {
    let (w, which) = (visit.w, visit.w.t("units-pick-which"));
    let mut fields = Vec::new();
    if kind == Kind::Incoming {
        return incoming(visit, named);
    }
    fields.push(text(w, "from", "transfers-from").hint(w.t("transfers-from-hint")).value(visit.query.get("unit")));
    fields.extend(named.from.as_ref().and_then(|picked| picked.choice("from", which)));
    fields.push(text(w, "person", "transfers-member").hint(w.t("transfers-member-hint")).value(visit.query.get("who")));
    fields.extend(named.person.as_ref().and_then(|picked| picked.choice("person", which)));
    fields.iter_mut().filter(|field| field.name == "from" || field.name == "person").for_each(|f| f.required = true);
    if kind.outward() {
        fields.extend(elsewhere(w, kind));
    } else {
        fields.push(text(w, "to", "transfers-to").hint(w.t("transfers-to-hint")).required());
        fields.extend(named.to.as_ref().and_then(|picked| picked.choice("to", which)));
    }
    if kind.stays() {
        fields.extend(span(w, kind));
    }
    fields.extend(basis_field(w, kind));
    fields.push(day(w, "cause", "transfers-cause").hint(w.t("transfers-cause-hint")).required());
    fields.push(Field::new("reason", w.t("transfers-reason"), Answer::Area).hint(w.t("transfers-reason-hint")));
    fields
}

/// Somebody from outside: his paper, and who he is; of somebody who was here before only his name.
fn incoming(visit: &Visit<'_>, named: &Named) -> Vec<Field> {
    let (w, which) = (visit.w, visit.w.t("units-pick-which"));
    let mut fields =
        vec![text(w, "to", "transfers-to").hint(w.t("transfers-to-hint")).value(visit.query.get("unit")).required()];
    fields.extend(named.to.as_ref().and_then(|picked| picked.choice("to", which)));
    fields.extend(elsewhere(w, Kind::Incoming));
    let abroad = vec![("yes".to_owned(), w.t("transfers-from-abroad-yes").to_owned())];
    fields.push(Field::new("abroad", w.t("transfers-from-abroad"), Answer::Checks(abroad)));
    fields.push(text(w, "paper", "transfers-paper").required());
    fields.push(day(w, "written", "transfers-written").hint(w.t("transfers-written-hint")).required());
    if visit.query.some("known").is_none() {
        let name = |code: &codes::Code| if w.lang == Lang::Vi { code.vi } else { code.en }.to_owned();
        let sexes = codes::SEXES.iter().skip(1).map(|code| (code.number.to_string(), name(code))).collect();
        fields.push(text(w, "name", "transfers-name").hint(w.t("transfers-name-hint")).required());
        fields.push(day(w, "birth", "transfers-birth").required());
        fields.push(Field::new("sex", w.t("transfers-sex"), Answer::Radios(sexes)).required());
        fields.push(day(w, "admitted", "transfers-admitted").required());
        fields.push(day(w, "official", "transfers-official").hint(w.t("transfers-official-hint")));
        fields.push(text(w, "home-town", "transfers-home-town"));
        fields.push(text(w, "job", "transfers-job"));
        fields.push(text(w, "workplace", "transfers-workplace"));
    }
    fields.push(Field::new("reason", w.t("transfers-reason"), Answer::Area));
    fields
}

fn page(visit: &Visit<'_>, named: &Named, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let (w, kind) = (visit.w, asked(visit));
    let mut form = Form::new(address(visit, kind), w.t("transfers-new-send"), fields(visit, kind, named))
        .cancel(w.t("transfers-cancel"), "/transfers");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("transfers-new");
    let crumbs = vec![Crumb::to(w.t("transfers-title"), "/transfers"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let chips = Kind::ALL.map(|one| (w.t(one.word()).to_owned(), address(visit, one), one == kind));
    let mut body = html::chips(w.t("transfers-kind"), chips);
    if let Some(person) = known(visit) {
        body.push_str(&format!("<p>{}</p>", html::escape(&w.t1("transfers-known", "name", name_of(visit, person)))));
    }
    body.push_str(&format!("<section class=\"card\">{}</section>", form.html(visit)));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

fn known(visit: &Visit<'_>) -> Option<Id<Person>> {
    visit.query.some("known").and_then(|id| id.parse().ok())
}

/// The name of somebody whose record the viewer may see; empty otherwise.
fn name_of(visit: &Visit<'_>, person: Id<Person>) -> String {
    let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, visit.today()));
    if !home.is_ok_and(|home| visit.permit(Permission::ViewMembers, home).is_ok()) {
        return String::new();
    }
    let view = visit.house.census.view(visit.today());
    view.name_of(person).unwrap_or_default()
}

/// `GET /transfers/new?kind=&unit=&who=&known=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, &Named::default(), Vec::new())
}

/// A day that must be there.
pub(super) fn needed(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => Some(day),
        _ => {
            issues.push(missing(name, "transfers-day-needed"));
            None
        }
    }
}

/// A day that may be left out.
fn optional(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    visit.form.day(name, visit.today()).unwrap_or_else(|_| {
        issues.push(missing(name, "transfers-day-needed"));
        None
    })
}

fn typed(visit: &Visit<'_>, name: &str) -> String {
    clean(visit.form.get(name)).into_owned()
}

fn place(visit: &Visit<'_>) -> Elsewhere {
    Elsewhere { name: typed(visit, "place"), province: typed(visit, "province") }
}

/// The way asked for, as far as the form says one; `to` is the branch picked.
pub(super) fn way(visit: &Visit<'_>, kind: Kind, to: Option<Id<Unit>>, issues: &mut Vec<Issue>) -> Option<Way> {
    let span = if kind.stays() {
        let purpose = Purpose::from_code(visit.form.get("purpose"));
        if purpose.is_none() {
            issues.push(missing("purpose", "transfers-purpose-needed"));
        }
        let (from, until) = (needed(visit, "begins", issues), needed(visit, "until", issues));
        purpose.zip(from).zip(until).map(|((purpose, from), until)| Span { purpose, from, until })
    } else {
        None
    };
    match kind {
        Kind::Inside => to.map(Way::Inside),
        Kind::Outside => Some(Way::Outside(place(visit))),
        Kind::Abroad => Some(Way::Abroad(place(visit))),
        Kind::Temporary => to.zip(span).map(|(to, span)| Way::Temporary(to, span)),
        Kind::TemporaryOutside => span.map(|span| Way::TemporaryOutside(place(visit), span)),
        Kind::TemporaryAbroad => span.map(|span| Way::TemporaryAbroad(place(visit), span)),
        Kind::Incoming => None,
    }
}

/// `POST /transfers/new?kind=`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let kind = asked(visit);
    if kind == Kind::Incoming {
        return arrive(visit);
    }
    let mut issues = Vec::new();
    let from = pick::unit(visit, "from");
    let person = match &from {
        Picked::One(unit) if visit.permit(Permission::EditMembers, *unit).is_ok() => {
            pick::person(visit, "person", *unit)
        }
        _ => Picked::Nothing,
    };
    let to = (!kind.outward()).then(|| pick::any_unit(visit, "to"));
    let mut who: Option<Id<Person>> = None;
    match from.one("from", "transfers-branch-unknown") {
        Ok(_) => who = person.one("person", "transfers-member-unknown").map_err(|issue| issues.push(issue)).ok(),
        Err(issue) => issues.push(issue),
    }
    let branch = match &to {
        Some(to) => to.one("to", "transfers-branch-unknown").map_err(|issue| issues.push(issue)).ok(),
        None => None,
    };
    let way = way(visit, kind, branch, &mut issues);
    let cause = needed(visit, "cause", &mut issues);
    if let (Some(person), Some(way), Some(cause)) = (who, way, cause)
        && issues.is_empty()
    {
        let new = Request { person, way, cause, reason: typed(visit, "reason"), basis: basis(visit) };
        match visit.write(|op| actions::request(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/transfers/{id}"), "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    page(visit, &Named { from: Some(from), person: Some(person), to }, issues)
}

fn newcomer(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Who {
    if let Some(person) = known(visit) {
        return Who::Known(person);
    }
    let sex = visit.form.get("sex").parse().ok().filter(|sex| codes::Sex::from_number(*sex).is_some());
    if sex.is_none() {
        issues.push(missing("sex", "transfers-sex-needed"));
    }
    Who::New(Box::new(NewMember {
        name: typed(visit, "name"),
        birth: needed(visit, "birth", issues),
        sex: sex.unwrap_or_default(),
        admitted: needed(visit, "admitted", issues),
        official: optional(visit, "official", issues),
        home_town: typed(visit, "home-town"),
        job_title: typed(visit, "job"),
        workplace: typed(visit, "workplace"),
        ..NewMember::default()
    }))
}

fn arrive(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let to = pick::unit(visit, "to");
    let branch = to.one("to", "transfers-branch-unknown").map_err(|issue| issues.push(issue)).ok();
    let written = needed(visit, "written", &mut issues);
    let who = newcomer(visit, &mut issues);
    if let (Some(to), Some(written)) = (branch, written)
        && issues.is_empty()
    {
        let new = Arrival {
            who,
            to,
            from: place(visit),
            from_abroad: visit.form.get("abroad") == "yes",
            paper: typed(visit, "paper"),
            written,
            reason: typed(visit, "reason"),
        };
        match visit.write(|op| actions::receive(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/transfers/{id}"), "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    page(visit, &Named { to: Some(to), ..Named::default() }, issues)
}
