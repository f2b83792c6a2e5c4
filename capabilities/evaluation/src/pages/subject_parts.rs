//! The parts of the page about one subject.

use std::fmt::Write;

use chibo_kernel::{Day, Issue};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Table, Visit, html};

use super::subject::Seen;
use super::{card, class_word};
use crate::actions::File;
use crate::rules::{Class, Fact, Step, Verdict, text};

/// The class that follows, and why, line by line.
pub(super) fn verdict(visit: &Visit<'_>, verdict: &Verdict) -> String {
    let w = visit.w;
    let mut out = format!("<p><strong>{}</strong></p><ul class=\"plain\">", html::escape(w.t(verdict.class.word())));
    for line in &verdict.lines {
        let (said, most) = (html::escape(&w.said(&line.said)), html::escape(w.t(line.most.word())));
        let _ = write!(out, "<li><span class=\"tag\">{}</span> {said} → {most}</li>", line.rule);
    }
    if verdict.lines.is_empty() {
        let _ = write!(out, "<li>{}</li>", html::escape(w.t("evaluation-why-nothing")));
    }
    if verdict.replacement {
        let _ =
            write!(out, "<li><span class=\"tag\">EVAL-44</span> {}</li>", html::escape(w.t("evaluation-replacement")));
    }
    out.push_str("</ul>");
    out
}

fn score_fields(visit: &Visit<'_>, seen: &Seen) -> Vec<Field> {
    let w = visit.w;
    let known = |code: &str| {
        let of = |prefix: &str| seen.file.figures.get(&format!("{prefix}.{code}"));
        of("appraised").or_else(|| of("self")).map(|points| text(*points)).unwrap_or_default()
    };
    let field = |criterion: &crate::rules::Criterion| {
        Field::text(format!("score.{}", criterion.code), w.t(&criterion.word()))
            .hint(w.t1("evaluation-most", "most", text(criterion.most)))
            .value(known(&criterion.code))
            .required()
    };
    seen.terms.criteria.iter().map(field).collect()
}

fn fact_fields(visit: &Visit<'_>, seen: &Seen) -> Vec<Field> {
    let w = visit.w;
    let field = |fact: &Fact| {
        let value = seen.file.facts.0.get(fact).map(u32::to_string).unwrap_or_default();
        let name = format!("fact.{}", fact.code());
        if fact.is_flag() {
            let choices = [("0", "evaluation-no"), ("1", "evaluation-yes")];
            let choices = choices.map(|(code, word)| (code.to_owned(), w.t(word).to_owned())).into();
            let value = if value.is_empty() { "0".to_owned() } else { value };
            return Field::new(name, w.t(fact.word()), Kind::Select(choices)).value(value);
        }
        Field::text(name, w.t(fact.word())).value(value)
    };
    Fact::ALL.iter().map(field).collect()
}

fn vote_fields(visit: &Visit<'_>) -> Vec<Field> {
    let w = visit.w;
    let count = |name: String, label: String| Field::text(name, label).required();
    let mut fields = vec![
        count("voters".into(), w.t("evaluation-voters").into()).hint(w.t("evaluation-voters-hint")),
        count("ballots".into(), w.t("evaluation-ballots").into()),
    ];
    let class = |class: &Class| {
        count(format!("for.{}", class.code()), w.t1("evaluation-votes-for", "class", w.t(class.word())))
    };
    fields.extend(Class::ALL.iter().rev().map(class));
    fields.push(count("invalid".into(), w.t("evaluation-invalid").into()).value("0"));
    fields
}

/// The form of the next step.
pub(super) fn step_form(visit: &Visit<'_>, seen: &Seen, steps: &[Step], refused: Option<Vec<Issue>>) -> String {
    let w = visit.w;
    let choice = |step: &Step| (step.code().to_owned(), w.t(step.word()).to_owned());
    let only = if let [only] = steps { only.code() } else { "" };
    let mut fields = vec![
        Field::hidden("after", seen.file.state.code()),
        Field::new("step", w.t("evaluation-step"), Kind::Radios(steps.iter().map(choice).collect()))
            .value(only)
            .required(),
        Field::new("on", w.t("evaluation-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("evaluation-number")),
    ];
    if steps.iter().any(|step| matches!(step, Step::SelfReview | Step::Appraisal)) {
        fields.extend(score_fields(visit, seen));
        fields.extend(fact_fields(visit, seen));
    }
    if steps.contains(&Step::Vote) {
        fields.extend(vote_fields(visit));
    }
    if steps.iter().any(|step| step.gives_class()) {
        let classes =
            Class::ALL.iter().rev().map(|class| (class.code().to_owned(), w.t(class.word()).to_owned())).collect();
        fields.push(Field::new("class", w.t("evaluation-class"), Kind::Radios(classes)));
    }
    fields.push(Field::text("reason", w.t("evaluation-reason")).hint(w.t("evaluation-reason-hint")));
    let form = Form::new(seen.address("/steps"), w.t("evaluation-step-send"), fields);
    match refused {
        Some(issues) => form.refused_anew(&visit.form, issues).html(visit),
        None => form.html(visit),
    }
}

/// What was done, the last first; of a vote its totals.
pub(super) fn steps(visit: &Visit<'_>, file: &File) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("step", w.t("evaluation-step")),
        Column::new("on", w.t("evaluation-on")),
        Column::new("number", w.t("evaluation-number")),
        Column::new("class", w.t("evaluation-class")),
        Column::sentences("more", w.t("evaluation-reason")),
        Column::new("by", w.t("evaluation-recorded-by")),
    ];
    let mut table = Table::new(w.t("evaluation-steps"), columns);
    table.empty = w.t("evaluation-no-steps").to_owned();
    for row in file.steps.iter().rev() {
        let totals = [
            ("voters", w.n(row.voters)),
            ("ballots", w.n(row.ballots)),
            ("excellent", w.n(row.for_excellent)),
            ("good", w.n(row.for_good)),
            ("fulfilled", w.n(row.for_fulfilled)),
            ("failed", w.n(row.for_failed)),
            ("invalid", w.n(row.invalid)),
        ];
        let more = if row.voters > 0 { w.with("evaluation-totals", &totals) } else { row.reason.clone() };
        table.rows.push(vec![
            Cell::Text(Step::from_code(&row.step).map_or("", |step| w.t(step.word())).to_owned()),
            Cell::Text(w.day(row.on_day)),
            Cell::Text(row.number.clone()),
            Cell::Text(class_word(w, &row.class).to_owned()),
            Cell::Text(more),
            Cell::Text(format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
        ]);
    }
    table.html(visit)
}

/// The correction plan (EVAL-33).
pub(super) fn fixes(visit: &Visit<'_>, seen: &Seen, refused: Option<Vec<Issue>>) -> String {
    let w = visit.w;
    let columns = vec![
        Column::sentences("item", w.t("evaluation-item")),
        Column::new("owner", w.t("evaluation-owner")),
        Column::new("due", w.t("evaluation-due")),
        Column::new("fixed", w.t("evaluation-state")),
    ];
    let mut table = Table::new(w.t("evaluation-fixes"), columns);
    table.empty = w.t("evaluation-no-fixes").to_owned();
    let mut buttons = String::new();
    for row in &seen.file.fixes {
        let state = match row.fixed_on {
            Day::FOREVER => Cell::Tag(w.t("evaluation-not-fixed").to_owned(), "warn"),
            day => Cell::Tag(w.t1("evaluation-fixed-on", "day", w.day(day)), "ok"),
        };
        if row.fixed_on == Day::FOREVER {
            let fields = vec![Field::hidden("seq", row.seq.to_string())];
            let label = w.t1("evaluation-fixed-send", "item", &row.item);
            buttons += &Form::new(seen.address("/corrections"), label, fields).html(visit);
        }
        table.rows.push(vec![
            Cell::Text(row.item.clone()),
            Cell::Text(row.owner_name.clone()),
            Cell::Text(w.day(row.due_on)),
            state,
        ]);
    }
    let fields = vec![
        Field::text("item", w.t("evaluation-item")).required(),
        Field::text("owner", w.t("evaluation-owner")).required(),
        Field::new("due", w.t("evaluation-due"), Kind::Day).required(),
    ];
    let form = Form::new(seen.address("/fixes"), w.t("evaluation-fix-send"), fields);
    let form = match refused {
        Some(issues) => form.refused(&visit.form, issues).html(visit),
        None if seen.file.campaign.closed_on == Day::FOREVER => form.html(visit),
        None => String::new(),
    };
    card(w.t("evaluation-fixes"), &(table.html(visit) + &buttons + &form))
}

/// Other figures, and the class they would give.
pub(super) fn what_if(visit: &Visit<'_>, seen: &Seen, refused: Option<Vec<Issue>>, if_so: Option<&Verdict>) -> String {
    let w = visit.w;
    let mut fields = score_fields(visit, seen);
    fields.extend(fact_fields(visit, seen));
    let form = Form::new(seen.address("/what-if"), w.t("evaluation-what-if-send"), fields);
    let form = match (refused, if_so) {
        (Some(issues), _) => form.refused(&visit.form, issues),
        (None, Some(_)) => form.refused(&visit.form, Vec::new()),
        (None, None) => form,
    };
    let answer = if_so.map(|so| self::verdict(visit, so)).unwrap_or_default();
    let about = html::escape(w.t("evaluation-what-if-about"));
    format!("{answer}<details><summary>{about}</summary>{}</details>", form.html(visit))
}
