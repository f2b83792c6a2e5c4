//! What was elected on one day on its way from the report to the approval and the hand-over (ORG-29).

use chibo_kernel::{Day, Issue, Permission, Problem, Said};
use chibo_web::form::Kind as Answer;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::ground::Ground;
use super::{MENU, fields, issues_of};
use crate::actions;
use crate::rules::{NewStep, Numbers, Request, Step};
use crate::store::{self, StepRow};

/// What the page is drawn from.
struct Scene {
    ground: Ground,
    rows: Vec<StepRow>,
    request: Request,
}

impl Scene {
    fn load(visit: &Visit<'_>, needs: Permission) -> Result<Self, Problem> {
        let ground = Ground::load(visit, needs)?;
        let asked = visit.form.some("result").or_else(|| visit.query.some("result"));
        let mut rows = visit.read(|tx| store::steps_of(tx, ground.unit))?;
        let result_on = match asked {
            Some(text) => Day::from_typed(text, visit.today()).ok_or(Problem::NotFound)?,
            None => {
                let nothing = || Problem::rule("ORG-29", Said::new("committees-nothing-elected"));
                rows.last().map(|row| row.result_on).ok_or_else(nothing)?
            }
        };
        rows.retain(|row| row.result_on == result_on);
        let request = store::requests(&rows)?.pop().ok_or(Problem::NotFound)?;
        Ok(Self { ground, rows, request })
    }

    /// The steps the viewer may take now.
    fn offers(&self, visit: &Visit<'_>) -> Vec<Step> {
        let own = visit.permit(Permission::EditUnits, self.ground.unit).is_ok();
        let above = self.ground.may_above(visit);
        let may = |step: &Step| if step.from_above() { above } else { own };
        let next = |step: &Step| self.request.may_follow(*step) && *step != Step::Opened;
        Step::ALL.into_iter().filter(next).filter(may).collect()
    }

    fn form(&self, visit: &Visit<'_>, offers: &[Step]) -> Form {
        let w = visit.w;
        let choices = offers.iter().map(|step| (step.code().to_owned(), w.t(step.act()).to_owned())).collect();
        let first = offers.first().map_or("", |step| step.code());
        let fields = vec![
            Field::hidden("result", self.request.result_on.iso()),
            Field::new("step", w.t("committees-step"), Answer::Radios(choices)).value(first).required(),
            Field::new("on", w.t("committees-step-on"), Answer::Day).value(visit.today().to_string()).required(),
            Field::text("number", w.t("committees-step-number")).hint(w.t("committees-step-number-hint")),
            Field::text("note", w.t("committees-step-note")).hint(w.t("committees-step-note-hint")),
        ];
        Form::new(self.ground.address("/approvals"), w.t("committees-write"), fields)
            .cancel(w.t("committees-cancel"), self.ground.address(""))
    }

    fn facts(&self, visit: &Visit<'_>) -> Result<String, Problem> {
        let w = visit.w;
        let numbers = Numbers::on(self.request.result_on)?;
        let mut facts = vec![
            (w.t("committees-elected-on"), w.day(self.request.result_on)),
            (w.t("committees-state"), w.t(self.request.stage().word()).to_owned()),
        ];
        if let Some((step, by)) = self.request.next(&numbers) {
            let text = w.t2("committees-by-day", ("act", w.t(step.act())), ("day", w.day(by)));
            facts.push((w.t("committees-next-step"), text));
        }
        if let Some(by) = self.request.hand_over_by(&numbers) {
            facts.push((w.t(Step::HandedOver.act()), w.t1("committees-by", "day", w.day(by))));
        }
        let mut out = String::from("<section class=\"card\"><dl class=\"facts\">");
        for (name, text) in facts {
            out.push_str("<div><dt>");
            chibo_web::html::push(&mut out, name);
            out.push_str("</dt><dd>");
            chibo_web::html::push(&mut out, &text);
            out.push_str("</dd></div>");
        }
        out.push_str("</dl>");
        if self.request.stage() != Step::Approved {
            out.push_str("<p>");
            chibo_web::html::push(&mut out, w.t("committees-before-approval"));
            out.push_str(" <span class=\"tag\">ORG-29</span></p>");
        }
        out.push_str("</section>");
        Ok(out)
    }

    fn history(&self, visit: &Visit<'_>) -> String {
        let w = visit.w;
        let columns = vec![
            Column::new("step", w.t("committees-step")),
            Column::new("on", w.t("committees-step-on")),
            Column::new("number", w.t("committees-step-number")),
            Column::new("note", w.t("committees-step-note")),
            Column::new("recorded", w.t("committees-recorded")),
        ];
        let mut table = Table::new(w.t("committees-steps"), columns);
        for row in &self.rows {
            let word = Step::from_code(&row.step).map_or("", |step| w.t(step.word()));
            let recorded = format!("{}, {}", row.recorded_by, w.moment(row.recorded_at));
            let texts = [word.to_owned(), w.day(row.on_day), row.number.clone(), row.note.clone(), recorded];
            table.rows.push(Vec::from(texts.map(Cell::Text)));
        }
        table.html(visit)
    }

    fn page(&self, visit: &Visit<'_>, issues: Vec<Issue>) -> Result<Reply, Problem> {
        let w = visit.w;
        let title = w.t1("committees-approval-of", "day", w.day(self.request.result_on));
        let crumbs = vec![
            Crumb::to(w.t("committees-title"), "/committees"),
            Crumb::to(self.ground.name.clone(), self.ground.address("")),
            Crumb::here(title.clone()),
        ];
        let (wrong, offers) = (!issues.is_empty(), self.offers(visit));
        let mut body = String::new();
        if !offers.is_empty() {
            let form = self.form(visit, &offers);
            body = if wrong { form.refused(&visit.form, issues) } else { form }.html(visit);
        }
        let body = [self.facts(visit)?, body, self.history(visit)].concat();
        let head = Head::new(title, MENU).crumbs(crumbs).with_error(wrong);
        visit.page_html(if wrong { 422 } else { 200 }, head, &body)
    }
}

/// `GET /committees/units/{id}/approvals?result=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    Scene::load(visit, Permission::ViewUnits)?.page(visit, Vec::new())
}

/// `POST /committees/units/{id}/approvals`.
pub(super) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::load(visit, Permission::EditUnits)?;
    let place = scene.ground.place()?;
    let mut issues = Vec::new();
    let step = Step::from_code(visit.form.get("step")).filter(|step| *step != Step::Opened);
    if step.is_none() {
        issues.push(fields::missing("step", "committees-pick-step"));
    }
    let on = fields::day(visit, "on", &mut issues);
    if let (Some(step), Some(on), true) = (step, on, issues.is_empty()) {
        let new = NewStep { step, on, number: fields::line(visit, "number"), note: fields::line(visit, "note") };
        let result_on = scene.request.result_on;
        match issues_of(visit.write(|op| actions::take_step(op, &place, result_on, &new)))? {
            Ok(()) => return Ok(Reply::done(scene.ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    scene.page(visit, issues)
}
