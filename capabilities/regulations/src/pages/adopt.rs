//! The form with which a unit's working regulation is written down: its first, or its next version (ORG-32).

use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::fields::{self, missing};
use super::scene::Scene;
use super::{issues_of, models};
use crate::actions;
use crate::rules::{ModelText, NewRegulation, Subject, candidates, model_in_force, must_adopt, no_committee};
use crate::store::{self, ModelRow};

/// The unit the form is about, as it stands today.
struct Ground {
    unit: Id<Unit>,
    name: String,
    place: (Kind, Option<Setting>),
    /// The last version written down; 0 before the first.
    version: u32,
    rows: Vec<ModelRow>,
    scene: Scene,
}

impl Ground {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::EditUnits, unit)?;
        let scene = Scene::today(visit);
        let place = scene.place(unit).and_then(|place| scene.kind(place)).ok_or(Problem::NotFound)?;
        if !must_adopt(place.0) {
            return Err(Problem::Refused(vec![no_committee(None)]));
        }
        let (own, rows) = visit.read(|tx| Ok((store::regulations_of(tx, unit)?, store::all_models(tx)?)))?;
        let version = own.last().map_or(0, |row| row.version);
        Ok(Self { unit, name: scene.name(unit), place, version, rows, scene })
    }

    /// The model of the day for this unit.
    fn in_force(&self) -> Result<Option<Id<ModelText>>, Problem> {
        let models = store::models(&self.rows)?;
        Ok(model_in_force(&models, Subject::Working, self.place, self.scene.at).map(|model| model.id))
    }

    /// The text one begins with: that of the model, or the unit's own last one.
    fn first_text(&self, visit: &Visit<'_>, model: Option<Id<ModelText>>) -> Result<String, Problem> {
        let from_model = self.version == 0 || visit.query.get("text") == "model";
        let text = visit.read(|tx| match model {
            Some(model) if from_model => store::model_body(tx, model),
            _ => store::regulation_body(tx, self.unit, self.version),
        })?;
        Ok(text.unwrap_or_default())
    }

    fn build(&self, visit: &Visit<'_>, text: String) -> Result<Form, Problem> {
        let w = visit.w;
        let models = store::models(&self.rows)?;
        let mut choices = vec![(String::new(), w.t("regulations-no-model").to_owned())];
        for model in candidates(&models, self.place) {
            let row = self.rows.iter().find(|row| row.model_id == model.id);
            choices.extend(row.map(|row| (model.id.to_string(), models::name(w, row))));
        }
        let chosen = self.in_force()?.map_or_else(String::new, |id| id.to_string());
        let today = visit.today();
        // Sent back with errors, the form still says which version it saw first.
        let seen = visit.form.some("after").map_or_else(|| self.version.to_string(), str::to_owned);
        let mut fields = vec![
            Field::hidden("after", seen),
            Field::text("number", w.t("regulations-number")).hint(w.t("regulations-number-hint")).required(),
            Field::new("adopted", w.t("regulations-adopted-on"), Answer::Day).required().value(today.to_string()),
        ];
        fields.extend(fields::period(visit, Some(today)));
        fields.push(Field::new("model", w.t("regulations-based-on"), Answer::Select(choices)).value(chosen));
        fields.push(fields::body(visit, text));
        let back = format!("/regulations/units/{}", self.unit);
        let form = Form::new(format!("{back}/new"), w.t("regulations-adopt-send"), fields);
        Ok(form.cancel(w.t("regulations-cancel"), back))
    }

    fn title<'a>(&self, visit: &Visit<'a>) -> &'a str {
        visit.w.t(if self.version == 0 { "regulations-adopt" } else { "regulations-next-version" })
    }

    fn page(&self, visit: &Visit<'_>, form: &Form) -> Result<Reply, Problem> {
        fields::page(visit, self.title(visit), Some((self.unit, self.name.clone())), form)
    }

    fn read(&self, visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<NewRegulation> {
        let model = match visit.form.some("model").map(str::parse::<Id<ModelText>>) {
            None => None,
            Some(Ok(id)) => Some(id),
            Some(Err(_)) => {
                issues.push(missing("model", "regulations-model-unknown"));
                None
            }
        };
        let adopted_on = fields::day(visit, "adopted", issues);
        let valid = fields::read_period(visit, issues);
        Some(NewRegulation {
            unit: self.unit,
            place: self.place,
            // A form that does not say which version it saw saw none there is.
            after: visit.form.get("after").parse().unwrap_or(u32::MAX),
            number: fields::line(visit, "number"),
            adopted_on: adopted_on?,
            valid: valid?,
            model,
            body: fields::lines(visit, "body"),
        })
    }
}

/// `GET /regulations/units/{id}/new?text=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    let text = ground.first_text(visit, ground.in_force()?)?;
    ground.page(visit, &ground.build(visit, text)?)
}

/// `POST /regulations/units/{id}/new`.
pub(super) fn adopt(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    let mut issues = Vec::new();
    let new = ground.read(visit, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::adopt(op, &new)))? {
            Ok(_) => return Ok(Reply::done(format!("/regulations/units/{}", ground.unit), "saved")),
            Err(more) => issues = more,
        }
    }
    ground.page(visit, &ground.build(visit, String::new())?.refused(&visit.form, issues))
}
