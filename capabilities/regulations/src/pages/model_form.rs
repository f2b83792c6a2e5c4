//! Issuing a text for a kind: the first of its series, or the next version of one.

use chibo_kernel::{Id, Issue, Problem};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::fields::{self, missing};
use super::issues_of;
use super::models::series_name;
use super::scene::{Scene, may_issue};
use crate::actions;
use crate::rules::{ModelText, NewModel, Series, Subject};
use crate::store::{self, ModelRow};

/// The version to be followed, with its text, when the address or the form names one.
struct Before {
    row: ModelRow,
    series: Series,
    body: String,
}

impl Before {
    fn named(visit: &Visit<'_>, text: &str) -> Result<Option<Self>, Problem> {
        if text.is_empty() {
            return Ok(None);
        }
        let id: Id<ModelText> = text.parse().map_err(|_| Problem::NotFound)?;
        let (rows, body) = visit.read(|tx| Ok((store::all_models(tx)?, store::model_body(tx, id)?)))?;
        let row = rows.into_iter().find(|row| row.model_id == id).ok_or(Problem::NotFound)?;
        Ok(Some(Self { series: row.series()?, row, body: body.unwrap_or_default() }))
    }
}

fn title(visit: &Visit<'_>, before: Option<&Before>) -> String {
    let w = visit.w;
    match before {
        Some(before) => {
            let name = series_name(w, before.series, visit.today());
            w.t2("regulations-model-next-of", ("name", name), ("version", before.row.version + 1))
        }
        None => w.t("regulations-model-new").to_owned(),
    }
}

/// What the text is for: asked for a new series, carried along for a next version.
fn series_fields(visit: &Visit<'_>, before: Option<&Before>) -> Vec<Field> {
    let (w, today) = (visit.w, visit.today());
    if let Some(before) = before {
        return vec![Field::hidden("after", before.row.model_id.to_string())];
    }
    let subjects = Subject::ALL.iter().map(|subject| (subject.code().to_owned(), w.t(subject.word()).to_owned()));
    let kinds = Kind::ALL.iter().filter(|kind| !matches!(kind, Kind::Central | Kind::History));
    let kinds = kinds.map(|kind| (kind.code().to_owned(), w.t(kind.name_key(today)).to_owned()));
    let every = (String::new(), w.t("regulations-every-setting").to_owned());
    let settings = Setting::ALL.iter().map(|s| (s.code().to_owned(), w.t(s.name_key()).to_owned()));
    let settings = std::iter::once(every).chain(settings).collect();
    vec![
        Field::new("subject", w.t("regulations-subject"), Answer::Radios(subjects.collect()))
            .required()
            .value(Subject::Working.code()),
        Field::new("kind", w.t("regulations-kind"), Answer::Select(kinds.collect()))
            .required()
            .value(Kind::Branch.code()),
        Field::new("setting", w.t("regulations-setting"), Answer::Select(settings))
            .hint(w.t("regulations-setting-hint")),
    ]
}

fn build(visit: &Visit<'_>, before: Option<&Before>) -> Form {
    let w = visit.w;
    let issuer = before.map_or_else(String::new, |before| before.row.issuer.clone());
    let mut fields = series_fields(visit, before);
    fields.push(Field::text("number", w.t("regulations-number")).hint(w.t("regulations-number-hint")).required());
    fields.push(Field::text("issuer", w.t("regulations-issuer")).required().value(issuer));
    fields.push(Field::new("issued", w.t("regulations-issued-on"), Answer::Day).required());
    fields.extend(fields::period(visit, None));
    fields.push(fields::body(visit, before.map_or_else(String::new, |before| before.body.clone())));
    let back = before.map_or_else(
        || "/regulations/models".to_owned(),
        |before| format!("/regulations/models?model={}", before.row.model_id),
    );
    Form::new("/regulations/models/new", w.t("regulations-model-send"), fields).cancel(w.t("regulations-cancel"), back)
}

/// `GET /regulations/models/new?after=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    may_issue(visit, &Scene::today(visit))?;
    let before = Before::named(visit, visit.query.get("after"))?;
    fields::page(visit, &title(visit, before.as_ref()), None, &build(visit, before.as_ref()))
}

/// `POST /regulations/models/new`.
pub(super) fn issue(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let top = may_issue(visit, &Scene::today(visit))?;
    let before = Before::named(visit, visit.form.get("after"))?;
    let mut issues = Vec::new();
    let new = read(visit, before.as_ref(), &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::issue_model(op, top, &new)))? {
            Ok(id) => return Ok(Reply::done(format!("/regulations/models?model={id}"), "saved")),
            Err(more) => issues = more,
        }
    }
    let form = build(visit, before.as_ref()).refused(&visit.form, issues);
    fields::page(visit, &title(visit, before.as_ref()), None, &form)
}

fn read(visit: &Visit<'_>, before: Option<&Before>, issues: &mut Vec<Issue>) -> Option<NewModel> {
    let series = match before {
        Some(before) => Some(before.series),
        None => read_series(visit, issues),
    };
    let issued_on = fields::day(visit, "issued", issues);
    let valid = fields::read_period(visit, issues);
    Some(NewModel {
        series: series?,
        after: before.map_or(0, |before| before.row.version),
        number: fields::line(visit, "number"),
        issuer: fields::line(visit, "issuer"),
        issued_on: issued_on?,
        valid: valid?,
        body: fields::lines(visit, "body"),
    })
}

fn read_series(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Series> {
    let subject = Subject::from_code(visit.form.get("subject"));
    let kind = Kind::from_code(visit.form.get("kind"));
    let setting = match visit.form.some("setting") {
        None => Some(None),
        Some(code) => Setting::from_code(code).map(Some),
    };
    let unanswered = [
        (subject.is_none(), "subject", "regulations-subject-needed"),
        (kind.is_none(), "kind", "regulations-kind-needed"),
        (setting.is_none(), "setting", "regulations-setting-unknown"),
    ];
    issues.extend(unanswered.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, field, key)| missing(field, key)));
    Some(Series { subject: subject?, kind: kind?, setting: setting? })
}
