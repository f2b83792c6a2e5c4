//! What ends offices by itself is written down, or withdrawn before its day (ORG-27, ORG-28).

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem};
use chibo_web::form::Kind as Answer;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::ground::{Ground, names};
use super::{fields, issues_of};
use crate::actions::{self, held_on};
use crate::rules::{Ground as Why, Leaving};
use crate::store::{self, LeavingRow};

/// What the page is drawn from.
struct Scene {
    ground: Ground,
    /// Who holds an office today, with the names of the offices.
    holders: Vec<(Id<Person>, String)>,
    rows: Vec<LeavingRow>,
}

impl Scene {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let ground = Ground::load(visit, Permission::EditUnits)?;
        ground.place()?;
        let (held, rows) =
            visit.read(|tx| Ok((held_on(tx, ground.unit, visit.today())?, store::leavings_of(tx, ground.unit)?)))?;
        let mut offices: BTreeMap<Id<Person>, Vec<&str>> = BTreeMap::new();
        for office in &held {
            offices.entry(office.person).or_default().push(visit.w.t(office.role.name_key()));
        }
        let persons: Vec<_> = offices.keys().copied().collect();
        let names = names(visit, &persons);
        let name = |(person, roles): (Id<Person>, Vec<&str>)| {
            let name = names.get(&person).cloned().unwrap_or_default();
            (person, format!("{name}, {}", roles.join(", ")))
        };
        let mut holders: Vec<_> = offices.into_iter().map(name).collect();
        holders.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(Self { ground, holders, rows })
    }

    fn form(&self, visit: &Visit<'_>) -> Form {
        let w = visit.w;
        let who = self.holders.iter().map(|(person, name)| (person.to_string(), name.clone())).collect();
        let grounds = Why::ALL.map(|ground| (ground.code().to_owned(), w.t(ground.word()).to_owned()));
        let fields = vec![
            Field::new("who", w.t("committees-who-leaves"), Answer::Checks(who)).required(),
            Field::new("ground", w.t("committees-ground"), Answer::Radios(grounds.into()))
                .hint(w.t("committees-ground-hint"))
                .required(),
            Field::new("on", w.t("committees-leaves-on"), Answer::Day)
                .hint(w.t("committees-leaves-on-hint"))
                .required(),
            Field::text("number", w.t("committees-notice")).hint(w.t("committees-notice-hint")).required(),
            Field::text("consent", w.t("committees-consent-two-up")).hint(w.t("committees-consent-two-up-hint")),
        ];
        Form::new(self.ground.address("/leavings"), w.t("committees-leave-send"), fields)
            .cancel(w.t("committees-cancel"), self.ground.address(""))
    }

    fn read(&self, visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Leaving> {
        let ground = Why::from_code(visit.form.get("ground"));
        if ground.is_none() {
            issues.push(fields::missing("ground", "committees-pick-ground"));
        }
        let on = fields::day(visit, "on", issues);
        let chosen: Vec<&str> = visit.form.all("who").collect();
        let own = self.holders.iter().filter(|(person, _)| chosen.contains(&person.to_string().as_str()));
        let persons = own.map(|(person, _)| *person).collect();
        let (number, consent) = (fields::line(visit, "number"), fields::line(visit, "consent"));
        Some(Leaving { ground: ground?, on: on?, persons, number, consent })
    }

    /// Notices whose day has not come, and others that end nothing.
    fn open(&self, today: Day) -> Result<Vec<&LeavingRow>, Problem> {
        let standing = store::standing_leavings(&self.rows)?;
        let open = standing.into_iter().filter(|(row, ground)| row.on_day > today || *ground == Why::Temporary);
        Ok(open.map(|(row, _)| row).collect())
    }

    /// What was written down so far, and the form that withdraws a notice.
    fn below(&self, visit: &Visit<'_>, issues: Vec<Issue>) -> Result<String, Problem> {
        let w = visit.w;
        let persons: Vec<_> = self.rows.iter().map(|row| row.person_id).collect();
        let names = names(visit, &persons);
        let name = |row: &LeavingRow| names.get(&row.person_id).cloned().unwrap_or_default();
        let mut out = String::new();
        let open = self.open(visit.today())?;
        if !open.is_empty() {
            let choice = |row: &&LeavingRow| {
                let text = w.with(
                    "committees-notice-of",
                    &[("name", name(row)), ("day", w.day(row.on_day)), ("number", row.number.clone())],
                );
                (row.leaving_no.to_string(), text)
            };
            let choices = Answer::Radios(open.iter().map(choice).collect());
            let fields = vec![
                Field::new("notice", w.t("committees-withdraw-which"), choices).required(),
                Field::text("by", w.t("committees-withdraw-by")).required(),
            ];
            let form = Form::new(self.ground.address("/withdrawals"), w.t("committees-withdraw-send"), fields);
            out.push_str("<section class=\"card\"><h2>");
            chibo_web::html::push(&mut out, w.t("committees-withdraw"));
            out.push_str("</h2>");
            out.push_str(&if issues.is_empty() { form } else { form.refused(&visit.form, issues) }.html(visit));
            out.push_str("</section>");
        }
        out.push_str(&table(visit, &self.rows, &name));
        Ok(out)
    }

    fn page(&self, visit: &Visit<'_>, form: &Form, below: Vec<Issue>) -> Result<Reply, Problem> {
        let wrong = !below.is_empty();
        let below = self.below(visit, below)?;
        fields::page(visit, &self.ground, visit.w.t("committees-leave"), form, (below.as_str(), wrong))
    }
}

/// Everything written down, the newest first.
pub(super) fn table(visit: &Visit<'_>, rows: &[LeavingRow], name: &dyn Fn(&LeavingRow) -> String) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("person", w.t("committees-person")),
        Column::new("ground", w.t("committees-ground")),
        Column::new("on", w.t("committees-leaves-on")),
        Column::new("number", w.t("committees-notice")),
        Column::new("consent", w.t("committees-consent-two-up")),
        Column::new("recorded", w.t("committees-recorded")),
    ];
    let mut table = Table::new(w.t("committees-leavings"), columns);
    for row in rows.iter().rev() {
        let ground = Why::from_code(&row.ground).map_or("", |ground| w.t(ground.word()));
        let withdrawn = row.of_no > 0;
        let ground = if withdrawn { w.t1("committees-withdrawn", "ground", ground) } else { ground.to_owned() };
        let recorded = format!("{}, {}", row.recorded_by, w.moment(row.recorded_at));
        let texts = [name(row), ground, w.day(row.on_day), row.number.clone(), row.consent.clone(), recorded];
        table.rows.push(Vec::from(texts.map(Cell::Text)));
    }
    if table.rows.is_empty() { String::new() } else { table.html(visit) }
}

/// `GET /committees/units/{id}/leavings`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::load(visit)?;
    scene.page(visit, &scene.form(visit), Vec::new())
}

/// `POST /committees/units/{id}/leavings`.
pub(super) fn leave(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::load(visit)?;
    let place = scene.ground.place()?;
    let mut issues = Vec::new();
    let new = scene.read(visit, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::leave(op, &place, &new)))? {
            Ok(()) => return Ok(Reply::done(scene.ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    scene.page(visit, &scene.form(visit).refused(&visit.form, issues), Vec::new())
}

/// `POST /committees/units/{id}/withdrawals`.
pub(super) fn withdraw(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::load(visit)?;
    let place = scene.ground.place()?;
    let mut issues = Vec::new();
    let no: Option<u32> = visit.form.get("notice").parse().ok();
    if no.is_none() {
        issues.push(fields::missing("notice", "committees-pick-notice"));
    }
    let by = fields::line(visit, "by");
    if by.is_empty() {
        issues.push(fields::missing("by", "committees-fill-in"));
    }
    if let (Some(no), true) = (no, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::withdraw(op, &place, no, &by)))? {
            Ok(()) => return Ok(Reply::done(scene.ground.address("/leavings"), "saved")),
            Err(more) => issues = more,
        }
    }
    scene.page(visit, &scene.form(visit), issues)
}
