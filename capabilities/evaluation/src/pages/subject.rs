//! One subject: where it stands, why, what was done, what is next; what-if; the correction plan.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::form::again;
use chibo_web::{Crumb, Head, Reply, Visit};

use super::{MENU, card, class_word, facts_card, notes, points_text, read, subject_parts as parts, title};
use crate::actions::{self, File, file, terms_of};
use crate::rules::{Exclusion, Step, Subject, Terms, Verdict, judge, offered};

/// Which form came back with errors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Step,
    WhatIf,
    Fix,
}

/// A subject with what the page needs.
pub(super) struct Seen {
    /// Itself.
    pub file: File,
    /// The rules of its campaign.
    pub terms: Terms,
    /// Its name.
    pub name: String,
    /// The organisation.
    pub units: UnitsToday,
}

fn load(visit: &Visit<'_>) -> Result<Seen, Problem> {
    let id: Id<Subject> = visit.id("id")?;
    let file = visit.read(|tx| file(tx, id))?;
    visit.permit(Permission::EditMembers, file.row.unit_id)?;
    let (units, terms) = (UnitsToday::of(visit), terms_of(&file.campaign)?);
    let view = visit.house.census.view(visit.today());
    let unit = units.name(file.row.unit_id);
    let name = file.row.person_id.map_or(unit, |person| view.name_of(person).unwrap_or_default());
    drop(view);
    Ok(Seen { file, terms, name, units })
}

impl Seen {
    /// Steps this viewer may take now.
    pub fn offered(&self, visit: &Visit<'_>) -> Vec<Step> {
        let row = &self.file.row;
        let may = |step: &Step| {
            let unit = if step.above() { row.decider_id } else { row.unit_id };
            visit.permit(Permission::EditMembers, unit).is_ok()
        };
        let open = self.file.campaign.closed_on == chibo_kernel::Day::FOREVER && row.excluded.is_empty();
        if open { offered(self.file.state).iter().copied().filter(may).collect() } else { Vec::new() }
    }

    /// The address of a page about it.
    pub fn address(&self, page: &str) -> String {
        format!("/evaluation/subjects/{}{page}", self.file.row.subject_id)
    }
}

/// `GET /evaluation/subjects/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = load(visit)?;
    page(visit, &seen, None, None)
}

/// Where it stands, its points and classes.
fn facts<'a>(visit: &Visit<'a>, seen: &Seen) -> Vec<(&'a str, String)> {
    let (w, row) = (visit.w, &seen.file.row);
    let state = match Exclusion::from_code(&row.excluded) {
        Some(reason) => w.t(reason.word()),
        None => w.t(seen.file.state.word()),
    };
    let mut facts = vec![
        (w.t("evaluation-state"), state.to_owned()),
        (w.t("evaluation-unit"), seen.units.name(row.unit_id)),
        (w.t("evaluation-sort"), w.t(seen.file.sort.word()).to_owned()),
        (w.t("evaluation-post"), w.t(seen.file.post().word()).to_owned()),
        (w.t("evaluation-decider"), seen.units.name(row.decider_id)),
    ];
    for (word, points) in [("evaluation-self-points", row.self_points), ("evaluation-points", row.points)] {
        facts.extend((points >= 0).then(|| (w.t(word), points_text(points))));
    }
    let classes = [
        ("evaluation-self-class", &row.self_class),
        ("evaluation-voted-class", &row.voted_class),
        ("evaluation-appraised-class", &row.appraised_class),
        ("evaluation-class", &row.class),
    ];
    let given = classes.iter().filter(|(_, code)| !code.is_empty());
    facts.extend(given.map(|(word, code)| (w.t(word), class_word(w, code).to_owned())));
    facts.extend((row.overridden > 0).then(|| (w.t("evaluation-overridden"), w.t("evaluation-yes").to_owned())));
    facts
}

fn page(
    visit: &Visit<'_>,
    seen: &Seen,
    refused: Option<(Part, u16, Vec<Issue>)>,
    if_so: Option<&Verdict>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let (row, campaign) = (&seen.file.row, &seen.file.campaign);
    let status = refused.as_ref().map_or(200, |(_, status, _)| *status);
    let issues =
        |part: Part| refused.as_ref().filter(|(other, ..)| *other == part).map(|(_, _, issues)| issues.clone());
    let name = title(w, &campaign.kind, campaign.year, campaign.quarter);
    let mut body = facts_card(&facts(visit, seen));
    if row.excluded.is_empty() {
        body += &card(w.t("evaluation-verdict"), &parts::verdict(visit, &seen.file.verdict(&seen.terms)));
    }
    let steps = seen.offered(visit);
    match (steps.is_empty(), issues(Part::Step)) {
        (true, Some(issues)) => return Err(Problem::Refused(issues)),
        (true, None) => {}
        (false, issues) => body += &card(w.t("evaluation-next"), &parts::step_form(visit, seen, &steps, issues)),
    }
    body += &parts::steps(visit, &seen.file);
    body += &parts::fixes(visit, seen, issues(Part::Fix));
    if row.excluded.is_empty() {
        body += &card(w.t("evaluation-what-if"), &parts::what_if(visit, seen, issues(Part::WhatIf), if_so));
    }
    let years = match row.person_id {
        Some(person) => format!("/evaluation/members/{person}"),
        None => format!("/evaluation/units/{}", row.unit_id),
    };
    let crumbs = vec![
        Crumb::to(w.t("evaluation-title"), "/evaluation"),
        Crumb::to(name.clone(), format!("/evaluation/campaigns/{}", campaign.campaign_id)),
        Crumb::here(seen.name.clone()),
    ];
    let head = Head::new(format!("{name}: {}", seen.name), MENU).crumbs(crumbs).with_error(status != 200);
    let head = head.action(w.t("evaluation-years"), years, false);
    visit.page_html(status, head, &(body + &notes(visit, &seen.terms)))
}

/// `POST /evaluation/subjects/{id}/steps`.
pub(super) fn step(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = load(visit)?;
    let deed = match read::deed(visit, &seen.file, &seen.terms) {
        Ok(deed) => deed,
        Err(issues) => return page(visit, &seen, Some((Part::Step, 422, issues)), None),
    };
    let id = seen.file.row.subject_id;
    match visit.write(|op| actions::take(op, id, &deed)) {
        Ok(()) => Ok(Reply::done(seen.address(""), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &load(visit)?, Some((Part::Step, status, issues)), None)
        }
    }
}

/// `POST /evaluation/subjects/{id}/what-if`: the same function as the verdict; nothing is written.
pub(super) fn what_if(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = load(visit)?;
    let mut issues = Vec::new();
    let facts = read::facts(visit, &mut issues);
    let scores = read::scores(visit, &seen.terms, &mut issues);
    if !issues.is_empty() {
        return page(visit, &seen, Some((Part::WhatIf, 422, issues)), None);
    }
    let points = seen.terms.scored.then(|| scores.values().sum());
    let verdict = judge(&seen.terms, &seen.file.case(facts, points));
    page(visit, &seen, None, Some(&verdict))
}

/// `POST /evaluation/subjects/{id}/fixes`.
pub(super) fn fix(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = load(visit)?;
    let mut issues = Vec::new();
    let Some(due) = read::day(visit, "due", &mut issues) else {
        return page(visit, &seen, Some((Part::Fix, 422, issues)), None);
    };
    let (item, owner) = (clean(visit.form.get("item")).into_owned(), clean(visit.form.get("owner")).into_owned());
    let id = seen.file.row.subject_id;
    match visit.write(|op| actions::fix(op, id, &item, &owner, due)) {
        Ok(()) => Ok(Reply::done(seen.address(""), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &seen, Some((Part::Fix, status, issues)), None)
        }
    }
}

/// `POST /evaluation/subjects/{id}/corrections`.
pub(super) fn fixed(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = load(visit)?;
    let seq = visit.form.get("seq").parse().map_err(|_| Problem::NotFound)?;
    let id = seen.file.row.subject_id;
    visit.write(|op| actions::fixed(op, id, seq))?;
    Ok(Reply::done(seen.address(""), "saved"))
}
