//! What is known about a candidate besides his steps, and what is still to be asked (MEM-01, MEM-02, MEM-06, MEM-14, MEM-17,
//! MEM-23, MEM-24).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Problem};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit, doubt, html};

use super::one::One;
use super::{again, day_of, missing};
use crate::actions;
use crate::rules::{About, Fact, Known, Noted, Step, Terms, unheard};
use crate::store::ground;

/// `GET /development/candidates/{id}/facts`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

/// What must be known before the branch votes, with its word.
const WANTED: [(About, &str); 6] = [
    (About::Schooling, "development-about-schooling"),
    (About::Politics, "development-about-politics"),
    (About::Situation, "development-about-situation"),
    (About::Branch, "development-about-branch"),
    (About::Marriage, "development-about-marriage"),
    (About::Children, "development-about-children"),
];

/// What is still to be written down, in the reader's words.
fn open(visit: &Visit<'_>, known: &Known) -> Vec<String> {
    let w = visit.w;
    let wanted = WANTED.iter().filter(|(about, _)| known.last(*about).is_none());
    let mut open: Vec<String> = wanted.map(|(_, key)| w.t(key).to_owned()).collect();
    match unheard(known) {
        None => open.push(w.t("development-about-membership").to_owned()),
        Some(missing) => open.extend(missing.iter().map(|fact| w.t(fact.word()).to_owned())),
    }
    for (about, needed) in [(About::Owner, Fact::EnterpriseFit), (About::Instrument, Fact::InstrumentMet)] {
        if known.last(about).is_some() && known.last(needed.about()).is_none() {
            open.push(w.t(needed.word()).to_owned());
        }
    }
    open
}

/// What is still to be written down before the branch votes, with the way to it: shown beside the next step.
pub(super) fn beside(visit: &Visit<'_>, one: &One) -> Result<String, Problem> {
    let w = visit.w;
    let before = matches!(one.course.stage(), Some(Step::Listed | Step::Certified | Step::Opened));
    let known = actions::known_of(&visit.read(|tx| ground::facts_of(tx, one.id()))?)?;
    let open = open(visit, &known);
    if !before || open.is_empty() {
        return Ok(String::new());
    }
    let (title, href) = (html::escape(w.t("development-tab-facts")), one.address("/facts"));
    let said = html::escape(&w.t1("development-facts-missing", "what", open.join("; ")));
    let link = html::escape(w.t("development-facts-open"));
    Ok(format!("<section class=\"card\"><h2>{title}</h2><p>{said}. <a href=\"{href}\">{link}</a></p></section>"))
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let rows = visit.read(|tx| ground::facts_of(tx, one.id()))?;
    let known = actions::known_of(&rows)?;
    let terms = Terms::on(visit.today())?;
    let mut body = one.tabs(visit, "/facts");
    body.push_str(&format!("<p>{}</p>", w.t("development-facts-about")));
    let open = open(visit, &known);
    if !open.is_empty() {
        let said = w.t1("development-facts-missing", "what", open.join("; "));
        body.push_str(&format!("<div class=\"note warn\">{}</div>", html::escape(&said)));
    }
    let columns = vec![
        Column::new("fact", w.t("development-fact")),
        Column::new("on", w.t("development-on")),
        Column::new("number", w.t("development-number")),
        Column::sentences("note", w.t("development-note")),
    ];
    let mut table = Table::new(w.t("development-tab-facts"), columns);
    table.empty = w.t("development-no-facts").to_owned();
    for (noted, row) in known.0.iter().zip(&rows).rev() {
        let mut what = w.t(noted.fact.word()).to_owned();
        if noted.months > 0 {
            what = format!("{what} ({})", w.t1("development-months-told", "count", noted.months));
        }
        let who = w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        let words: Vec<_> = [noted.note.clone(), who].into_iter().filter(|text| !text.is_empty()).collect();
        table.rows.push(vec![
            Cell::Text(what),
            Cell::Text(w.day(noted.on)),
            Cell::Text(noted.number.clone()),
            Cell::Text(words.join(" · ")),
        ]);
    }
    body.push_str(&table.html(visit));
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    match (one.may_edit, refused) {
        (true, refused) => {
            let form = form(visit, one, &known);
            let form = match refused {
                Some((_, issues)) => form.refused(&visit.form, issues),
                None => form,
            };
            body.push_str(&format!("<section class=\"card\"><h2>{}</h2>", w.t("development-fact-add")));
            body.push_str(&form.html(visit));
            body.push_str("</section>");
        }
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => {}
    }
    let doubtful = terms.doubtful.into_iter().filter(|rule| ["MEM-02", "MEM-23", "MEM-24"].contains(&rule.id.as_str()));
    body.push_str(&doubt::card(w.t("development-notes"), &doubt::notes(w, doubtful.collect::<Vec<_>>())));
    visit.page_html(status, one.head(visit, Some(w.t("development-tab-facts")), status != 200), &body)
}

/// The form; what nobody has written down yet comes first.
fn form(visit: &Visit<'_>, one: &One, known: &Known) -> Form {
    let w = visit.w;
    let mut facts: Vec<Fact> = Fact::ALL.to_vec();
    facts.sort_by_key(|fact| (known.last(fact.about()).is_some(), *fact));
    let facts = facts.into_iter().map(|fact| (fact.code().to_owned(), w.t(fact.word()).to_owned())).collect();
    let fields = vec![
        Field::new("fact", w.t("development-fact"), Kind::Select(facts)).required(),
        Field::new("on", w.t("development-on"), Kind::Day)
            .value(visit.today().to_string())
            .hint(w.t("development-fact-on-hint"))
            .required(),
        Field::text("months", w.t("development-months")).hint(w.t("development-months-hint")),
        Field::text("number", w.t("development-number")).hint(w.t("development-fact-number-hint")),
        Field::new("note", w.t("development-note"), Kind::Area).hint(w.t("development-fact-note-hint")),
    ];
    Form::new(one.address("/facts"), w.t("development-new-send"), fields)
}

/// `POST /development/candidates/{id}/facts`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let fact = Fact::from_code(visit.form.get("fact"));
    if fact.is_none() {
        issues.push(missing("fact", "development-fact-needed"));
    }
    let on = day_of(visit, "on", &mut issues);
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let months = visit.form.get("months").trim().parse().unwrap_or(0);
    let (Some(fact), Some(on)) = (fact, on) else { return page(visit, &one, Some((422, issues))) };
    let new = Noted { fact, months, on, number: text("number"), note: text("note") };
    match visit.write(|op| actions::note(op, one.id(), &new)) {
        Ok(()) => Ok(Reply::done(one.address("/facts"), "saved")),
        Err(problem) => page(visit, &one, Some(again(problem)?)),
    }
}
