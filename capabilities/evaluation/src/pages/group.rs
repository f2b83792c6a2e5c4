//! A group of the same type and level, decided together under its cap.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::{Kind, again};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::{MENU, campaign, campaign_of, card, class_word, notes, points_text, title};
use crate::actions::{self, Choice, File, file, plan_of, terms_of};
use crate::rules::{Class, Sort, State, Terms};
use crate::store;

fn group_of(visit: &Visit<'_>) -> Result<(Id<Unit>, Sort), Problem> {
    let unit: Id<Unit> = visit.id("unit")?;
    let sort = Sort::from_code(visit.path.get("sort")).ok_or(Problem::NotFound)?;
    visit.permit(Permission::EditMembers, unit)?;
    Ok((unit, sort))
}

/// `GET /evaluation/campaigns/{id}/groups/{unit}/{sort}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, None)
}

/// Whoever is ready to be decided, with the question for each.
fn choices(visit: &Visit<'_>, units: &UnitsToday, terms: &Terms, ready: &[File]) -> (Table, Vec<Field>) {
    let w = visit.w;
    let columns = vec![
        Column::new("subject", w.t("evaluation-subject")),
        Column::number("points", w.t("evaluation-points")),
        Column::new("rules", w.t("evaluation-by-rules")),
        Column::new("self", w.t("evaluation-self-class")),
        Column::new("vote", w.t("evaluation-voted-class")),
        Column::new("appraised", w.t("evaluation-appraised-class")),
    ];
    let mut table = Table::new(w.t("evaluation-ready"), columns);
    table.empty = w.t("evaluation-nobody-ready").to_owned();
    let classes: Vec<_> =
        Class::ALL.iter().rev().map(|class| (class.code().to_owned(), w.t(class.word()).to_owned())).collect();
    let mut fields = Vec::new();
    for file in ready {
        let subject = &file.row;
        let name = {
            let view = visit.house.census.view(visit.today());
            subject
                .person_id
                .map_or_else(|| units.name(subject.unit_id), |person| view.name_of(person).unwrap_or_default())
        };
        let href = format!("/evaluation/subjects/{}", subject.subject_id);
        let word = |code: &str| Cell::Text(class_word(w, code).to_owned());
        table.rows.push(vec![
            Cell::LinkWith(name.clone(), href, units.name(subject.unit_id)),
            Cell::Text(points_text(subject.points)),
            word(file.verdict(terms).class.code()),
            word(&subject.self_class),
            word(&subject.voted_class),
            word(&subject.appraised_class),
        ]);
        let mut choices = vec![(String::new(), w.t("evaluation-not-yet").to_owned())];
        choices.extend(classes.iter().cloned());
        let label = w.t1("evaluation-class-of", "name", name);
        fields.push(
            Field::new(format!("class.{}", subject.subject_id), label, Kind::Select(choices))
                .value(subject.appraised_class.clone()),
        );
    }
    (table, fields)
}

fn page(visit: &Visit<'_>, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (decider, sort) = group_of(visit)?;
    let units = UnitsToday::of(visit);
    let row = campaign_of(visit, &units)?;
    let terms = terms_of(&row)?;
    let (group, ready) = visit.read(|tx| {
        let group = plan_of(tx, row.campaign_id, decider, sort)?;
        let rows = store::group_at(tx, row.campaign_id, decider, sort.code(), State::Appraised.code())?;
        let mut files = Vec::new();
        for row in rows.into_iter().take(500) {
            files.push(file(tx, row.subject_id)?);
        }
        Ok((group, files))
    })?;
    let (table, mut fields) = choices(visit, &units, &terms, &ready);
    fields.extend([
        Field::new("on", w.t("evaluation-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("evaluation-number")).required(),
        Field::text("reason", w.t("evaluation-reason")).hint(w.t("evaluation-reason-hint")),
    ]);
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let mut form = Form::new(visit.place.clone(), w.t("evaluation-decide-send"), fields);
    let shown = !ready.is_empty() || refused.is_some();
    if let Some((_, issues)) = refused {
        form = form.refused(&visit.form, issues);
    }
    let name = title(w, &row.kind, row.year, row.quarter);
    let heading = format!("{}: {}", w.t(sort.word()), units.name(decider));
    let crumbs = vec![
        Crumb::to(w.t("evaluation-title"), "/evaluation"),
        Crumb::to(name, format!("/evaluation/campaigns/{}", row.campaign_id)),
        Crumb::here(heading.clone()),
    ];
    let mut body = card(w.t("evaluation-places"), &format!("<p>{}</p>", campaign::places(visit, &terms, group)));
    body += &table.html(visit);
    if shown {
        body += &card(w.t("evaluation-decide"), &form.html(visit));
    }
    let head = Head::new(heading, MENU).crumbs(crumbs).with_error(status != 200);
    visit.page_html(status, head, &(body + &notes(visit, &terms)))
}

/// `POST /evaluation/campaigns/{id}/groups/{unit}/{sort}`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    group_of(visit)?;
    let mut issues = Vec::new();
    let on = super::read::day(visit, "on", &mut issues);
    let choice = |(name, value): &(String, String)| -> Option<Choice> {
        Some((name.strip_prefix("class.")?.parse().ok()?, Class::from_code(value)?))
    };
    let choices: Vec<Choice> = visit.form.0.iter().filter_map(choice).collect();
    let Some(on) = on else { return page(visit, Some((422, issues))) };
    let (number, reason) = (clean(visit.form.get("number")).into_owned(), clean(visit.form.get("reason")).into_owned());
    match visit.write(|op| actions::decide_group(op, &choices, (&number, on, &reason))) {
        Ok(_) => Ok(Reply::done(visit.place.clone(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, Some(refused))
        }
    }
}
