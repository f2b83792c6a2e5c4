//! A term is written down, or its last version corrected.

use chibo_kernel::{Issue, Permission, Problem};
use chibo_organisation::kinds::Kind;
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::ground::{Ground, official};
use super::{fields, issues_of};
use crate::actions;
use crate::rules::{Fixed, NewTerm, Origin, Term, has_standing};
use crate::store::{self, TermRow};

/// What the form is drawn from.
struct Scene {
    ground: Ground,
    kind: Kind,
    last: Option<TermRow>,
    corrects: bool,
}

impl Scene {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let ground = Ground::load(visit, Permission::EditUnits)?;
        let kind = ground.place()?.kind;
        let last = visit.read(|tx| store::terms_of(tx, ground.unit))?.pop();
        let asked = visit.query.some("corrects").is_some() || !matches!(visit.form.get("corrects"), "" | "0");
        Ok(Self { ground, kind, corrects: asked && last.is_some(), last })
    }

    fn title(&self) -> &'static str {
        if self.corrects { "committees-term-correct" } else { "committees-term-new" }
    }

    /// Sent back with errors, the form still says what it saw first.
    fn seen(visit: &Visit<'_>, name: &str, now: u32) -> Field {
        Field::hidden(name, visit.form.some(name).map_or_else(|| now.to_string(), str::to_owned))
    }

    fn form(&self, visit: &Visit<'_>) -> Form {
        let w = visit.w;
        let term: Option<Term> = self.last.as_ref().map(TermRow::term);
        let (today, before) = (visit.today(), term.map_or(0, |term| term.ordinal));
        let own = term.filter(|_| self.corrects);
        let fixed = term.map_or_else(Fixed::default, |term| term.fixed);
        let before_origin = self.last.as_ref().filter(|_| self.corrects);
        let origin = before_origin.map_or(Origin::Regular.code(), |row| row.origin.as_str());
        let origins = Origin::ALL.map(|origin| (origin.code().to_owned(), w.t(origin.word()).to_owned()));
        let ordinal = match (own, before) {
            (Some(own), _) => own.ordinal.to_string(),
            (None, 0) => String::new(),
            (None, before) => (before + 1).to_string(),
        };
        let day = |name: &str, key: &str, value: String| Field::new(name, w.t(key), Answer::Day).value(value);
        let congress = own.map_or(today, |own| own.congress_on).to_string();
        let mut fields = vec![
            Self::seen(visit, "after", before),
            Self::seen(visit, "corrects", own.map_or(0, |own| own.version)),
            Field::text("ordinal", w.t("committees-ordinal"))
                .hint(w.t("committees-ordinal-hint"))
                .value(ordinal)
                .required(),
            Field::new("origin", w.t("committees-origin"), Answer::Radios(origins.into())).value(origin).required(),
            day("congress", "committees-congress-on", congress).required(),
            day("from", "committees-from", own.map_or(today, |own| own.from).to_string()).required(),
            day("to", "committees-to", own.map_or_else(String::new, |own| own.to.to_string()))
                .hint(w.t("committees-to-hint")),
            fields::count(visit, "committee", "committees-fixed-committee", fixed.committee)
                .hint(w.t("committees-fixed-committee-hint")),
            fields::count(visit, "deputies", "committees-fixed-deputies", fixed.deputies),
        ];
        if has_standing(self.kind) {
            let ask = |name: &str, key: &str, value: u32| fields::count(visit, name, key, value);
            fields.push(ask("standing", "committees-fixed-standing", fixed.standing));
            fields.push(ask("inspection", "committees-fixed-inspection", fixed.inspection));
        }
        if !self.corrects {
            let close = vec![("yes".to_owned(), w.t("committees-close-yes").to_owned())];
            let value = if self.last.is_some() { "yes" } else { "" };
            fields.push(Field::new("close", w.t("committees-close"), Answer::Checks(close)).value(value));
        }
        fields.push(Field::text("note", w.t("committees-note")));
        Form::new(self.ground.address("/terms"), w.t("committees-write"), fields)
            .cancel(w.t("committees-cancel"), self.ground.address(""))
    }

    fn read(&self, visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<NewTerm> {
        // A form that does not say what it saw saw nothing there is.
        let seen = |name: &str| visit.form.get(name).parse().unwrap_or(u32::MAX);
        let origin = Origin::from_code(visit.form.get("origin"));
        if origin.is_none() {
            issues.push(fields::missing("origin", "committees-pick-origin"));
        }
        let congress_on = fields::day(visit, "congress", issues);
        let from = fields::day(visit, "from", issues);
        let to = fields::optional_day(visit, "to", issues);
        let mut number = |name: &str| fields::number(visit, name, issues);
        let ordinal = number("ordinal");
        let fixed = Fixed {
            committee: number("committee"),
            standing: number("standing"),
            deputies: number("deputies"),
            inspection: number("inspection"),
        };
        Some(NewTerm {
            unit: self.ground.unit,
            kind: self.kind,
            after: seen("after"),
            corrects: if self.corrects { seen("corrects") } else { 0 },
            ordinal,
            origin: origin?,
            congress_on: congress_on?,
            from: from?,
            to: to?,
            fixed,
            official: official(visit, self.ground.unit),
            close: !self.corrects && visit.form.get("close") == "yes",
            note: fields::line(visit, "note"),
        })
    }

    fn page(&self, visit: &Visit<'_>, form: &Form) -> Result<Reply, Problem> {
        fields::page(visit, &self.ground, visit.w.t(self.title()), form, ("", false))
    }
}

/// `GET /committees/units/{id}/terms?corrects=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::load(visit)?;
    scene.page(visit, &scene.form(visit))
}

/// `POST /committees/units/{id}/terms`.
pub(super) fn write(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::load(visit)?;
    let mut issues = Vec::new();
    let new = scene.read(visit, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::write_term(op, &new)))? {
            Ok(_) => return Ok(Reply::done(scene.ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    scene.page(visit, &scene.form(visit).refused(&visit.form, issues))
}
