//! The form of a part: a new row, or one corrected, ended or taken out.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Moment, Permission, Problem};
use chibo_web::form::{Kind as Ask, again};
use chibo_web::{Field, Form, Reply, Visit, html};

use super::one::{Seen, Side};
use super::parts::open_fields;
use crate::actions::{self, Change};
use crate::rules::Item;
use crate::rules::items::{Draft, codes, read};
use crate::rules::parts::{self, Kind, PARTS, Part, When};
use crate::store::ItemRow;

/// What the address or the form is about.
struct About<'s> {
    part: &'static Part,
    row: Option<&'s ItemRow>,
}

fn about<'s>(seen: &'s Seen, part: &str, item: &str) -> Result<About<'s>, Problem> {
    let part = Part::of(part).ok_or(Problem::NotFound)?;
    if item.is_empty() {
        return Ok(About { part, row: None });
    }
    let item: Id<Item> = item.parse().map_err(|_| Problem::NotFound)?;
    let rows = actions::part_rows(&seen.items, part);
    let row = rows.into_iter().find(|row| row.item_id == item).ok_or(Problem::NotFound)?;
    Ok(About { part, row: Some(row) })
}

/// `GET /dossiers/members/{id}/items?part=&item=`; without a part a choice of them.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditMembers, seen.home)?;
    let w = visit.w;
    if visit.query.some("part").is_none() {
        let chip = |part: &Part| {
            let href = seen.address(&format!("/items?part={}", part.code));
            (format!("{}. {}", part.item, w.t(part.word)), href, false)
        };
        let body = html::chips(w.t("dossiers-which-part"), PARTS.iter().map(chip));
        return visit.page_html(200, seen.head(visit, w.t("dossiers-which-part")), &body);
    }
    let about = about(&seen, visit.query.get("part"), visit.query.get("item"))?;
    page(visit, &seen, &about, None)
}

fn page(
    visit: &Visit<'_>,
    seen: &Seen,
    about: &About<'_>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let mut form = Form::new(seen.address("/items"), w.t("dossiers-save"), fields(visit, about))
        .cancel(w.t("dossiers-back"), seen.side(Side::Items));
    if let Some((_, issues)) = refused {
        form = form.refused(&visit.form, issues);
    }
    let key = if about.row.is_some() { "dossiers-correct-part" } else { "dossiers-add-part" };
    let title = w.t1(key, "part", w.t(about.part.word));
    let hint = if about.row.is_some() { w.t("dossiers-correct-about") } else { w.t("dossiers-add-about") };
    let body = format!("<section class=\"card\"><p>{hint}</p>{}</section>", form.html(visit));
    visit.page_html(status, seen.head(visit, &title).with_error(status != 200), &body)
}

fn fields(visit: &Visit<'_>, about: &About<'_>) -> Vec<Field> {
    let (w, part) = (visit.w, about.part);
    let day = |day: Day| if day == Day::FOREVER { String::new() } else { day.to_string() };
    let last = |row: &ItemRow| if row.valid_to == Day::FOREVER { row.valid_to } else { row.valid_to.plus_days(-1) };
    let mut fields = vec![Field::hidden("part", part.code)];
    if let Some(row) = about.row {
        fields.push(Field::hidden("item", row.item_id.to_string()));
        fields.push(Field::hidden("seen", row.recorded_at.0.to_string()));
    }
    let from = match part.when {
        When::On => w.t("dossiers-on"),
        When::Since | When::Span => w.t("dossiers-from"),
    };
    let first = about.row.map_or_else(
        || if part.when == When::Since { day(visit.today()) } else { String::new() },
        |row| day(row.valid_from),
    );
    fields.push(Field::new("from", from, Ask::Day).value(first).required());
    if part.when == When::Span {
        let to = about.row.map_or_else(String::new, |row| day(last(row)));
        fields.push(Field::new("to", w.t("dossiers-to"), Ask::Day).hint(w.t("dossiers-to-hint")).value(to));
    }
    let values = about.row.map(open_fields).unwrap_or_default();
    let filled = about.row.map(|row| codes(&row.filled)).unwrap_or_default();
    for field in part.fields {
        let value = values.get(field.code).map_or("", String::as_str);
        fields.push(question(visit, field, value, filled.contains(&field.code)));
    }
    if about.row.is_some() {
        fields.push(Field::text("consent", w.t("dossiers-consent")).hint(w.t("dossiers-consent-hint")));
        let yes = vec![("yes".to_owned(), w.t("dossiers-retract-yes").to_owned())];
        fields.push(Field::new("retract", w.t("dossiers-retract"), Ask::Checks(yes)));
    }
    fields
}

/// The question of a field; what is sealed is never filled in.
fn question(visit: &Visit<'_>, field: &parts::Field, value: &str, kept: bool) -> Field {
    let w = visit.w;
    let ask = match field.kind {
        Kind::Lines => Ask::Area,
        Kind::Choice(choices) => {
            let mut all = vec![(String::new(), w.t("dossiers-choose").to_owned())];
            all.extend(choices.iter().map(|(code, word)| ((*code).to_owned(), w.t(word).to_owned())));
            Ask::Select(all)
        }
        Kind::Line | Kind::Day | Kind::Year | Kind::Money => Ask::Text,
    };
    let hint = match (field.secret, kept, field.kind) {
        (true, true, _) => w.t("dossiers-secret-keeps"),
        (true, false, _) => w.t("dossiers-secret-hint"),
        (_, _, Kind::Year) => w.t("dossiers-year-hint"),
        _ => "",
    };
    let asked = Field::new(field.code, w.t(field.word), ask).value(value).hint(hint).autocomplete("off");
    if field.must && !kept { asked.required() } else { asked }
}

/// `POST /dossiers/members/{id}/items`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditMembers, seen.home)?;
    let about = match about(&seen, visit.form.get("part"), visit.form.get("item")) {
        // Somebody took the row out meanwhile.
        Err(Problem::NotFound) if Part::of(visit.form.get("part")).is_some() && visit.form.some("seen").is_some() => {
            return Err(Problem::Conflict(chibo_kernel::Said::new("dossiers-changed-since")));
        }
        about => about?,
    };
    let consent = clean(visit.form.get("consent")).into_owned();
    let seen_at = Moment(visit.form.get("seen").parse().unwrap_or(-1));
    let retract = visit.form.get("retract") == "yes";
    let done = match about.row {
        Some(row) if retract => visit.write(|op| actions::retract(op, seen.person, row.item_id, (seen_at, &consent))),
        row => match draft(visit, &about) {
            Err(issues) => Err(Problem::Refused(issues)),
            Ok(draft) => match row {
                None => visit.write(|op| actions::add(op, seen.person, about.part, &draft).map(drop)),
                Some(row) => {
                    let change = Change { seen: seen_at, draft, consent };
                    visit.write(|op| actions::correct(op, seen.person, row.item_id, &change))
                }
            },
        },
    };
    match done {
        Ok(()) => Ok(Reply::done(seen.side(Side::Items), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &seen, &about, Some(refused))
        }
    }
}

fn draft(visit: &Visit<'_>, about: &About<'_>) -> Result<Draft, Vec<Issue>> {
    let today = visit.today();
    let mut issues = Vec::new();
    let mut day = |name: &str| match visit.form.day(name, today) {
        Ok(day) => day,
        Err(Problem::Refused(found)) => {
            issues.extend(found);
            None
        }
        Err(_) => None,
    };
    let days = (day("from"), day("to"));
    let kept = about.row.map(|row| codes(&row.filled)).unwrap_or_default();
    let typed = |code: &str| visit.form.get(code).to_owned();
    match read(about.part, typed, days, &kept, today) {
        Ok(draft) if issues.is_empty() => Ok(draft),
        Ok(_) => Err(issues),
        Err(more) => {
            // A day that could not be read is not said to be missing as well.
            let said: Vec<_> = issues.iter().filter_map(|issue| issue.field.clone()).collect();
            issues.extend(more.into_iter().filter(|issue| !issue.field.as_ref().is_some_and(|f| said.contains(f))));
            Err(issues)
        }
    }
}
