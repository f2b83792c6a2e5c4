//! Who introduces a candidate (MEM-10…12).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Person, Problem};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::one::{One, member_name};
use super::{again, day_of, missing};
use crate::actions;
use crate::rules::{Deed, Introducer, IntroducerKind, Step, Vote};
use crate::store::file;

/// What the typed names mean.
struct Named {
    first: Picked<Person>,
    second: Picked<Person>,
}

/// `GET /development/candidates/{id}/introduction`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None, None)
}

fn page(
    visit: &Visit<'_>,
    one: &One,
    named: Option<&Named>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("who", w.t("development-introducer")),
        Column::new("since", w.t("development-introducer-since")),
        Column::new("number", w.t("development-number")),
    ];
    let mut table = Table::new(w.t("development-introducers"), columns);
    table.empty = w.t("development-no-introducers").to_owned();
    for row in visit.read(|tx| file::introducers_of(tx, one.id()))? {
        let kind = IntroducerKind::from_code(&row.kind).map_or("", |kind| w.t(kind.word()));
        let who = match row.introducer_id {
            Some(person) => Cell::LinkWith(member_name(visit, person), format!("/members/{person}"), kind.to_owned()),
            None => Cell::Text(kind.to_owned()),
        };
        table.rows.push(vec![who, Cell::Text(w.day(row.since)), Cell::Text(row.number)]);
    }
    let mut body = format!("{}{}", one.tabs(visit, "/introduction"), table.html(visit));
    let open = one.may_edit && one.course.next().contains(&Step::Introduced);
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    match (open, refused) {
        (true, refused) => {
            let form = form(visit, one, named);
            let form = match refused {
                Some((_, issues)) => form.refused(&super::without(&visit.form, "after"), issues),
                None => form,
            };
            body.push_str(&format!("<section class=\"card\"><h2>{}</h2>", w.t("development-step-introduced")));
            body.push_str(&form.html(visit));
            body.push_str("</section>");
        }
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => {}
    }
    visit.page_html(status, one.head(visit, Some(w.t("development-tab-introduction")), status != 200), &body)
}

fn form(visit: &Visit<'_>, one: &One, named: Option<&Named>) -> Form {
    let w = visit.w;
    let which = w.t("units-pick-which");
    let kinds = IntroducerKind::ALL.iter().map(|kind| (kind.code().to_owned(), w.t(kind.word()).to_owned())).collect();
    let mut fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("first", w.t("development-introducer-first")).hint(w.t("development-introducer-hint")).required(),
    ];
    fields.extend(named.and_then(|named| named.first.choice("first", which)));
    let together = |name: &str| {
        Field::new(name, w.t("development-together-since"), Kind::Day).hint(w.t("development-together-hint"))
    };
    fields.push(together("first-since").required());
    fields.push(
        Field::new("kind", w.t("development-introducer-second"), Kind::Radios(kinds))
            .value(IntroducerKind::Member.code())
            .required(),
    );
    fields.push(Field::text("second", w.t("development-introducer-member-two")).hint(w.t("development-second-hint")));
    fields.extend(named.and_then(|named| named.second.choice("second", which)));
    fields.push(together("second-since"));
    fields.push(Field::text("resolution", w.t("development-resolution")).hint(w.t("development-resolution-hint")));
    fields.push(Field::new("resolution-on", w.t("development-resolution-on"), Kind::Day));
    fields.push(Field::new("note", w.t("development-note"), Kind::Area));
    Form::new(one.address("/introduction"), w.t("development-step-send"), fields)
}

/// Reads an introducer who is a member.
fn member(
    visit: &Visit<'_>,
    picked: &Picked<Person>,
    (who, since): (&str, &str),
    issues: &mut Vec<Issue>,
) -> Option<Introducer> {
    let person = picked.one(who, "development-introducer-unknown").map_err(|issue| issues.push(issue)).ok();
    let since = day_of(visit, since, issues);
    Some(Introducer { kind: IntroducerKind::Member, person: Some(person?), since: since?, number: String::new() })
}

/// `POST /development/candidates/{id}/introduction`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let unit = one.row.unit_id;
    let named = Named { first: pick::person(visit, "first", unit), second: pick::person(visit, "second", unit) };
    let on = day_of(visit, "on", &mut issues);
    let first = member(visit, &named.first, ("first", "first-since"), &mut issues);
    let second = match IntroducerKind::from_code(visit.form.get("kind")) {
        None => {
            issues.push(missing("kind", "development-introducer-kind"));
            None
        }
        Some(IntroducerKind::Member) => member(visit, &named.second, ("second", "second-since"), &mut issues),
        Some(kind) => day_of(visit, "resolution-on", &mut issues).map(|since| {
            let number = clean(visit.form.get("resolution")).into_owned();
            Introducer { kind, person: None, since, number }
        }),
    };
    if let (Some(on), Some(first), Some(second), true) = (on, first, second, issues.is_empty()) {
        let all = [first, second];
        let note = clean(visit.form.get("note")).into_owned();
        let names = all.iter().map(|one| match one.person {
            Some(person) => member_name(visit, person),
            None => format!("{} ({})", visit.w.t(one.kind.word()), one.number),
        });
        let names = names.collect::<Vec<_>>().join("; ");
        let deed = Deed {
            step: Step::Introduced,
            after: visit.form.get("after").parse().unwrap_or(u32::MAX),
            on,
            number: String::new(),
            vote: Vote::default(),
            consent: String::new(),
            note: if note.is_empty() { names } else { format!("{names}. {note}") },
        };
        match visit.write(|op| actions::introduce(op, one.id(), &deed, &all)) {
            Ok(()) => return Ok(Reply::done(one.address("/introduction"), "saved")),
            Err(problem) => {
                let refused = again(problem)?;
                return page(visit, &One::load(visit)?, Some(&named), Some(refused));
            }
        }
    }
    page(visit, &one, Some(&named), Some((422, issues)))
}
