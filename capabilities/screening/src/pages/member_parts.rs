//! The parts of the page about one member.

use chibo_census::cube::ListOrder;
use chibo_census::{Codes, Query, Scope};
use chibo_kernel::votes::VotingForm;
use chibo_kernel::{AsOf, Day, Issue, Problem};
use chibo_members::codes::Standing;
use chibo_members::rules::deciding::Body as Deciding;
use chibo_organisation::committees_of;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Field, Form, Table, Visit};

use super::member::Member;
use crate::actions::{self, official_on};
use crate::rules::{Body, FLAG_RULES, Form as Removal, Ground, Item, Step, Task, group_word, missing_items};
use crate::store::StepRow;

/// Tasks as text.
pub(super) fn tasks_text(w: Tongue<'_>, codes: &str) -> String {
    let tasks: Vec<_> = codes.split(',').filter_map(Task::from_code).map(|task| w.t(task.word())).collect();
    tasks.join("; ")
}

/// All flags: open ones first, then those whose fact is gone, and grounds raised and lifted by hand.
pub(super) fn flag_table(visit: &Visit<'_>, member: &Member) -> String {
    let w = visit.w;
    let columns = vec![
        Column::sentences("fact", w.t("screening-fact")),
        Column::new("group", w.t("screening-group")),
        Column::new("since", w.t("screening-since")),
        Column::new("seen", w.t("screening-seen")),
        Column::new("stands", w.t("screening-stands")),
        Column::new("rule", w.t("screening-rule")),
    ];
    let mut table = Table::new(w.t("screening-flags"), columns);
    table.empty = w.t("screening-no-flags-here").to_owned();
    let stands = |closed: Day| match closed {
        Day::FOREVER => Cell::Tag(w.t("screening-flag-open").to_owned(), "gold"),
        day => Cell::Tag(w.t1("screening-flag-closed", "day", w.day(day)), "ok"),
    };
    let mut flags: Vec<_> = member.flags.iter().collect();
    flags.sort_by_key(|row| (row.closed_on != Day::FOREVER, row.seen_on));
    for row in flags {
        let args: Vec<(String, String)> = serde_json::from_str(&row.said_args).unwrap_or_default();
        let Some(rule) = FLAG_RULES.into_iter().find(|rule| *rule == row.rule) else { continue };
        table.rows.push(vec![
            Cell::Link(w.kept(&row.said_key, &args), row.href.clone()),
            Cell::Text(w.t(group_word(rule)).to_owned()),
            Cell::Text(w.day(row.since)),
            Cell::Text(w.day(row.seen_on)),
            stands(row.closed_on),
            Cell::Text(rule.to_owned()),
        ]);
    }
    for row in &member.grounds {
        let Some(ground) = Ground::from_code(&row.ground) else { continue };
        let word = if row.raised == 1 { "screening-ground-by" } else { "screening-ground-lifted" };
        let lifted = |other: &&crate::store::GroundRow| other.ground == row.ground && other.seq > row.seq;
        let closed = match (row.raised, member.grounds.iter().find(lifted)) {
            (1, None) => Day::FOREVER,
            (1, Some(later)) => later.on_day,
            _ => row.on_day,
        };
        table.rows.push(vec![
            Cell::Text(w.t2(word, ("ground", w.t(ground.word())), ("number", &row.number))),
            Cell::Text(w.t(group_word(ground.rule())).to_owned()),
            Cell::Text(w.day(row.on_day)),
            Cell::Text(format!("{}, {}", w.moment(row.recorded_at), row.recorded_by)),
            stands(closed),
            Cell::Text(ground.rule().to_owned()),
        ]);
    }
    table.html(visit)
}

/// What was done, the last first, with the reckoning of each vote.
pub(super) fn steps(visit: &Visit<'_>, member: &Member) -> Vec<(String, String, String, Vec<String>)> {
    let w = visit.w;
    let Some(file) = &member.file else { return Vec::new() };
    let told = |row: &StepRow| {
        let step = Step::from_code(&row.step);
        let mut head = step.map_or("", |step| w.t(step.word())).to_owned();
        if let Some(form) = Removal::from_code(&row.form) {
            head = format!("{head}: {}", w.t(form.word()));
        }
        if row.until_on != Day::FOREVER {
            head = w.t2("screening-until", ("what", head), ("day", w.day(row.until_on)));
        }
        let body = member.deciders.iter().find(|decided| decided.seq == row.seq);
        if let Some(body) = body.and_then(|decided| Deciding::from_code(&decided.body)) {
            head = format!("{head} ({})", w.t(body.word()));
        }
        let mut more: Vec<String> = Some(row.number.clone()).filter(|number| !number.is_empty()).into_iter().collect();
        more.push(w.t2("screening-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
        let verdict = actions::verdict_of(file, row.seq);
        let lines = verdict.map(|verdict| {
            let steps = verdict.explain();
            steps.iter().map(|step| format!("{} ({})", w.said(&step.said), step.rule)).collect()
        });
        (w.day(row.on_day), head, more.join(" · "), lines.unwrap_or_default())
    };
    file.rows.iter().rev().map(told).collect()
}

/// The form of the next step.
pub(super) fn act_form(
    visit: &Visit<'_>,
    member: &Member,
    offered: &[Step],
    refused: Option<Vec<Issue>>,
) -> Result<String, Problem> {
    let w = visit.w;
    let Some(file) = &member.file else { return Ok(String::new()) };
    let choice = |step: &Step| (step.code().to_owned(), w.t(step.word()).to_owned());
    let only = if let [only] = offered { only.code() } else { "" };
    let mut fields = vec![
        Field::hidden("after", file.rows.len().to_string()),
        Field::new("step", w.t("screening-step"), Kind::Radios(offered.iter().map(choice).collect()))
            .value(only)
            .required(),
        Field::new("on", w.t("screening-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("screening-number")).hint(w.t("screening-number-hint")).required(),
    ];
    if offered.contains(&Step::Helped) {
        fields.extend(help_fields(visit, member));
    }
    if offered.contains(&Step::Proposed) {
        let forms = Removal::ALL.iter().map(|form| (form.code().to_owned(), w.t(form.word()).to_owned())).collect();
        fields.push(Field::new("form", w.t("screening-form"), Kind::Radios(forms)).hint(w.t("screening-form-hint")));
    }
    if let Some(step) = offered.iter().find(|step| step.body().is_some()) {
        fields.extend(vote_fields(visit, member, *step)?);
    }
    if offered.iter().any(|step| step.names_body()) {
        fields.extend(body_fields(visit, member, offered.contains(&Step::Restored)));
    }
    let form = Form::new(member.address("/steps"), w.t("screening-step-send"), fields);
    let form = match refused {
        // What the form saw is said anew, what was typed is kept.
        Some(issues) => form.refused_anew(&visit.form, issues),
        None => form,
    };
    Ok(form.html(visit))
}

/// Which body decides (MEM-20); of a restoration also whether there was a breach since (MEM-42).
fn body_fields(visit: &Visit<'_>, member: &Member, restores: bool) -> Vec<Field> {
    let w = visit.w;
    let must = member.decider(visit);
    let bodies = Deciding::ALL.iter().map(|body| (body.code().to_owned(), w.t(body.word()).to_owned())).collect();
    let hint = w.t1("screening-body-hint", "body", w.t(must.word()));
    let mut fields =
        vec![Field::new("body", w.t("screening-body"), Kind::Radios(bodies)).value(must.code()).hint(hint)];
    if restores {
        let breach = vec![("yes".to_owned(), w.t("screening-breach").to_owned())];
        fields.push(Field::new("breach", w.t("screening-breach-check"), Kind::Checks(breach)));
    }
    fields
}

/// Who helps, until when, with what (SCR-08).
fn help_fields(visit: &Visit<'_>, member: &Member) -> Vec<Field> {
    let w = visit.w;
    let mut helpers = vec![(String::new(), w.t("screening-helper-none").to_owned())];
    {
        let view = visit.house.census.view(visit.today());
        if let Some(no) = view.forest().no(member.home) {
            let members = Some(Codes::of(&[u32::from(Standing::Official.number())]));
            let query = Query { scope: Scope::Unit(no), members, ..Query::at(AsOf::on(visit.today())) };
            let all = view.list(&query, ListOrder::Name, None, 2_000);
            let others = all.into_iter().filter_map(|no| view.person(no)).filter(|brief| brief.id != member.person);
            helpers.extend(others.map(|brief| (brief.id.to_string(), brief.name)));
        }
    }
    let began = member.file.as_ref().and_then(|file| file.course.help()).map_or(visit.today(), |(began, _)| began);
    let most = member.terms.help_at_most(began);
    let tasks = Task::ALL.iter().map(|task| (task.code().to_owned(), w.t(task.word()).to_owned())).collect();
    vec![
        Field::new("helper", w.t("screening-helper"), Kind::Select(helpers)).hint(w.t("screening-helper-hint")),
        Field::new("until", w.t("screening-help-until-label"), Kind::Day).hint(w.t1(
            "screening-help-until-hint",
            "day",
            w.day(most),
        )),
        Field::new("task", w.t("screening-tasks"), Kind::Checks(tasks)),
    ]
}

/// What the minutes of the vote say, filled in as far as the register knows.
fn vote_fields(visit: &Visit<'_>, member: &Member, step: Step) -> Result<Vec<Field>, Problem> {
    let w = visit.w;
    let today = visit.today();
    let unit = member.file.as_ref().map_or(member.home, |file| file.actor(step, member.home));
    let listed = match step.body() {
        Some(Body::Branch) => official_on(&visit.house.census, unit, today, today),
        body => {
            let seats = visit.read(|tx| committees_of(tx, unit, &[AsOf::on(today)]))?;
            let seats = seats.first().copied().unwrap_or_default();
            if body == Some(Body::Decider) { seats.standing_committee() } else { seats.committee() }
        }
    };
    let voting = [VotingForm::SecretBallot, VotingForm::RaisedCard].map(|form| {
        let word = match form {
            VotingForm::SecretBallot => "screening-secret-ballot",
            VotingForm::RaisedCard => "screening-raised-card",
        };
        (form.code().to_owned(), w.t(word).to_owned())
    });
    let count = |name: &str, label: &str, value: String| Field::text(name, w.t(label)).value(value);
    let known = if listed == 0 { String::new() } else { listed.to_string() };
    let branch = step.body() == Some(Body::Branch);
    let roll = if branch { "screening-listed-branch" } else { "screening-listed-committee" };
    let zero = || "0".to_owned();
    Ok(vec![
        Field::new("voting", w.t("screening-voting"), Kind::Radios(voting.into())),
        count("listed", roll, known).hint(w.t("screening-listed-hint")),
        count("barred", "screening-barred", zero()),
        count("away", "screening-away", zero()).hint(w.t("screening-away-hint")),
        count("present", "screening-present", String::new()),
        count("yes", "screening-yes", String::new()),
        count("no", "screening-no", zero()),
        count("blank", "screening-blank", zero()),
        count("invalid", "screening-invalid", zero()),
    ])
}

/// Raising or lifting a ground: from the list, with a document. There is no field for words.
pub(super) fn ground_form(visit: &Visit<'_>, member: &Member, refused: Option<Vec<Issue>>) -> String {
    let w = visit.w;
    let grounds = Ground::ALL.iter().map(|ground| {
        (
            ground.code().to_owned(),
            w.t2("screening-ground-choice", ("ground", w.t(ground.word())), ("rule", ground.rule())),
        )
    });
    let deeds = [("raise", "screening-raise"), ("lift", "screening-lift")];
    let deeds = deeds.map(|(code, word)| (code.to_owned(), w.t(word).to_owned()));
    let fields = vec![
        Field::new("deed", w.t("screening-deed"), Kind::Radios(deeds.into())).value("raise").required(),
        Field::new("ground", w.t("screening-ground"), Kind::Radios(grounds.collect())).required(),
        Field::text("evidence", w.t("screening-evidence-number")).hint(w.t("screening-number-hint")).required(),
        Field::new("evidenced", w.t("screening-evidence-day"), Kind::Day).required(),
    ];
    let form = Form::new(member.address("/grounds"), w.t("screening-ground-send"), fields);
    match refused {
        Some(issues) => form.refused(&visit.form, issues).html(visit),
        None => form.html(visit),
    }
}

/// What lies in the pack and what a proposal still lacks (SCR-09).
pub(super) fn pack(visit: &Visit<'_>, member: &Member) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("item", w.t("screening-item")),
        Column::new("number", w.t("screening-number")),
        Column::new("day", w.t("screening-evidence-day")),
        Column::new("by", w.t("screening-recorded-by")),
    ];
    let mut table = Table::new(w.t("screening-pack"), columns);
    table.empty = w.t("screening-pack-empty").to_owned();
    for row in &member.evidence {
        table.rows.push(vec![
            Cell::Text(Item::from_code(&row.item).map_or("", |item| w.t(item.word())).to_owned()),
            Cell::Text(row.number.clone()),
            Cell::Text(w.day(row.on_day)),
            Cell::Text(format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
        ]);
    }
    let form = member.file.as_ref().and_then(|file| file.course.form());
    let lacks = if member.state().proposed() { lacks(w, member, form) } else { Vec::new() };
    let lacks: String = lacks.iter().map(|line| format!("<li>{}</li>", chibo_web::html::escape(line))).collect();
    let lacks = if lacks.is_empty() { lacks } else { format!("<ul class=\"plain\">{lacks}</ul>") };
    format!("<section class=\"card\"><h2>{}</h2>{}{lacks}</section>", w.t("screening-pack"), table.html(visit))
}

/// What is missing, by ground.
pub(super) fn lacks(w: Tongue<'_>, member: &Member, form: Option<Removal>) -> Vec<String> {
    let rules = member.rules();
    let missing = missing_items(&rules, form, &member.items());
    let line = |(rule, items): &(&str, &[Item])| {
        let items: Vec<_> = items.iter().map(|item| w.t(item.word())).collect();
        w.t2("screening-pack-missing", ("rule", rule), ("items", items.join("; ")))
    };
    missing.iter().map(line).collect()
}

/// A document for the pack.
pub(super) fn evidence_form(visit: &Visit<'_>, member: &Member, refused: Option<Vec<Issue>>) -> String {
    let w = visit.w;
    let items = Item::ALL.iter().map(|item| (item.code().to_owned(), w.t(item.word()).to_owned())).collect();
    let fields = vec![
        Field::new("item", w.t("screening-item"), Kind::Select(items)).required(),
        Field::text("paper", w.t("screening-number")).hint(w.t("screening-number-hint")).required(),
        Field::new("papered", w.t("screening-evidence-day"), Kind::Day).required(),
    ];
    let form = Form::new(member.address("/evidence"), w.t("screening-evidence-send"), fields);
    match refused {
        Some(issues) => form.refused(&visit.form, issues).html(visit),
        None => form.html(visit),
    }
}
