//! Forms: label, hint, error beside the field and in the summary; values come back as they were typed.

use std::fmt::Write;

use chibo_kernel::{Issue, Problem, Said};

use crate::html::push;
use crate::visit::{Pairs, Visit};

mod boxed;
mod summary;

pub use boxed::boxed;
pub use summary::summary;

/// Something that was not answered, or not as asked.
pub fn missing(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}

/// Splits an outcome: what the form must show again, and what it cannot mend.
///
/// # Errors
/// Every problem but a refusal.
pub fn issues_of<T>(outcome: Result<T, Problem>) -> Result<Result<T, Vec<Issue>>, Problem> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Problem::Refused(issues)) => Ok(Err(issues)),
        Err(other) => Err(other),
    }
}

/// What a form must show again after a refusal or a conflict, with its status: nothing typed is lost.
///
/// # Errors
/// Every other problem.
pub fn again(problem: Problem) -> Result<(u16, Vec<Issue>), Problem> {
    match problem {
        Problem::Refused(issues) => Ok((422, issues)),
        Problem::Conflict(said) => Ok((409, vec![Issue { field: None, rule: None, said }])),
        other => Err(other),
    }
}

/// What kind of answer a field takes.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One line of text.
    Text,
    /// A password, with "show" by script.
    Password,
    /// Several lines.
    Area,
    /// Day, month, year in three boxes.
    Day,
    /// One of a list; `(value, text)`.
    Select(Vec<(String, String)>),
    /// One of a few; `(value, text)`.
    Radios(Vec<(String, String)>),
    /// Any of a few; `(value, text)`.
    Checks(Vec<(String, String)>),
    /// A file; accepted types.
    File(&'static str),
    /// Carried along unseen.
    Hidden,
}

/// One question of a form. Texts are in the reader's language already.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name sent.
    pub name: String,
    /// Question.
    pub label: String,
    /// Help under the question.
    pub hint: String,
    /// Kind of answer.
    pub kind: Kind,
    /// Value shown when nothing was sent yet.
    pub value: String,
    /// Must be answered (marked in words and with *).
    pub required: bool,
    /// HTML autocomplete purpose.
    pub autocomplete: &'static str,
}

impl Field {
    /// A question.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        let (name, label) = (name.into(), label.into());
        Self { name, label, hint: String::new(), kind, value: String::new(), required: false, autocomplete: "" }
    }
    /// A line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text)
    }
    /// Carried along unseen.
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name, "", Kind::Hidden).value(value)
    }
    /// With help.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
    /// With a value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }
    /// As a must.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
    /// With an autocomplete purpose.
    pub fn autocomplete(mut self, purpose: &'static str) -> Self {
        self.autocomplete = purpose;
        self
    }
}

/// A form with what was wrong with it last time.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it is sent (POST).
    pub action: String,
    /// Questions.
    pub fields: Vec<Field>,
    /// Text of the button: says what happens.
    pub submit: String,
    /// What was wrong.
    pub issues: Vec<Issue>,
    /// What was typed last time.
    pub typed: Option<Pairs>,
    /// A way back: text, address.
    pub cancel: Option<(String, String)>,
    /// HTML before the questions: a table with a box beside each row.
    pub rows: String,
    /// Where what is typed is kept every ten seconds, by script; nowhere by default.
    pub draft: Option<String>,
}

impl Form {
    /// A form.
    pub fn new(action: impl Into<String>, submit: impl Into<String>, fields: Vec<Field>) -> Self {
        let (action, submit) = (action.into(), submit.into());
        Self { action, fields, submit, issues: Vec::new(), typed: None, cancel: None, rows: String::new(), draft: None }
    }

    /// As sent back with what was typed and what is wrong.
    pub fn refused(mut self, typed: &Pairs, issues: Vec<Issue>) -> Self {
        self.typed = Some(typed.clone());
        self.issues = issues;
        self
    }

    /// As sent back, where the form also carries what its writer had seen (`after`): that is said anew.
    pub fn refused_anew(self, typed: &Pairs, issues: Vec<Issue>) -> Self {
        let kept = typed.0.iter().filter(|(name, _)| name != "after").cloned().collect();
        self.refused(&Pairs(kept), issues)
    }

    /// With a way back.
    pub fn cancel(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.cancel = Some((text.into(), href.into()));
        self
    }

    /// Kept every ten seconds while it is typed.
    pub fn kept(mut self, draft: impl Into<String>) -> Self {
        self.draft = Some(draft.into());
        self
    }

    /// About the rows of a table, each with its box.
    pub fn about(mut self, rows: String) -> Self {
        self.rows = rows;
        self
    }

    /// The form as HTML, its error summary first.
    pub fn html(&self, visit: &Visit<'_>) -> String {
        let mut out = String::with_capacity(2048);
        summary(&mut out, visit, &self.issues, &self.fields);
        let files = self.fields.iter().any(|f| matches!(f.kind, Kind::File(_)));
        let class = if self.rows.is_empty() { "form" } else { "form wide" };
        let _ = write!(out, "<form class=\"{class}\" method=\"post\" novalidate action=\"");
        push(&mut out, &self.action);
        if let Some(draft) = &self.draft {
            out.push_str("\" data-draft=\"");
            push(&mut out, draft);
        }
        out.push_str(if files { "\" enctype=\"multipart/form-data\">" } else { "\">" });
        let _ = write!(out, "<input type=\"hidden\" name=\"_form\" value=\"{}\">", visit.form_token());
        let key = crate::once::key(visit, &self.action);
        let _ = write!(out, "<input type=\"hidden\" name=\"_key\" value=\"{key}\">");
        out.push_str(&self.rows);
        for field in &self.fields {
            self.field(&mut out, visit, field);
        }
        out.push_str("<div class=\"form-actions\"><button class=\"btn primary\" type=\"submit\">");
        push(&mut out, &self.submit);
        out.push_str("</button>");
        if let Some((text, href)) = &self.cancel {
            out.push_str("<a class=\"btn plain\" href=\"");
            push(&mut out, href);
            out.push_str("\">");
            push(&mut out, text);
            out.push_str("</a>");
        }
        out.push_str("</div>");
        if self.draft.is_some() {
            let (failed, signed_out) = (visit.w.t("form-draft-failed"), visit.w.t("form-draft-signed-out"));
            let _ = write!(
                out,
                "<p class=\"small quiet\" role=\"status\" data-draft-status data-failed=\"{failed}\" \
                 data-signed-out=\"{signed_out}\"></p>"
            );
        }
        out.push_str("</form>");
        out
    }

    fn typed(&self, name: &str, value: &str) -> String {
        self.typed.as_ref().map_or_else(|| value.to_owned(), |typed| typed.get(name).to_owned())
    }

    fn field(&self, out: &mut String, visit: &Visit<'_>, field: &Field) {
        if matches!(field.kind, Kind::Hidden) {
            out.push_str("<input type=\"hidden\" name=\"");
            push(out, &field.name);
            out.push_str("\" value=\"");
            push(out, &field.value);
            out.push_str("\">");
            return;
        }
        let errors: Vec<_> = self.issues.iter().filter(|i| i.field.as_deref() == Some(&field.name)).collect();
        let class = if errors.is_empty() { "field" } else { "field error" };
        let grouped = matches!(field.kind, Kind::Day | Kind::Radios(_) | Kind::Checks(_));
        let mut described = String::new();
        if !field.hint.is_empty() {
            let _ = write!(described, "{}-hint ", field.name);
        }
        if !errors.is_empty() {
            let _ = write!(described, "{}-error", field.name);
        }
        let described =
            if described.is_empty() { described } else { format!(" aria-describedby=\"{}\"", described.trim()) };
        if grouped {
            let _ = write!(out, "<fieldset class=\"{class}\" id=\"{}\"{described}><legend>", field.name);
        } else {
            let _ = write!(out, "<div class=\"{class}\"><label for=\"{}\">", field.name);
        }
        push(out, &field.label);
        if field.required {
            let _ = write!(
                out,
                " <span class=\"must\" aria-hidden=\"true\">*</span><span class=\"visually-hidden\"> ({})</span>",
                visit.w.t("form-required")
            );
        }
        out.push_str(if grouped { "</legend>" } else { "</label>" });
        if !field.hint.is_empty() {
            let _ = write!(out, "<p class=\"hint\" id=\"{}-hint\">", field.name);
            push(out, &field.hint);
            out.push_str("</p>");
        }
        if !errors.is_empty() {
            let _ = write!(out, "<p class=\"error-message\" id=\"{}-error\">", field.name);
            let said: Vec<_> = errors.iter().map(|i| visit.w.said(&i.said)).collect();
            let _ = write!(out, "<span class=\"visually-hidden\">{}</span> ", visit.w.t("form-error-prefix"));
            push(out, &said.join(" "));
            out.push_str("</p>");
        }
        self.control(out, visit, field, &described, !errors.is_empty());
        out.push_str(if grouped { "</fieldset>" } else { "</div>" });
    }

    fn control(&self, out: &mut String, visit: &Visit<'_>, field: &Field, described: &str, wrong: bool) {
        let value = self.typed(&field.name, &field.value);
        let invalid = if wrong { " aria-invalid=\"true\"" } else { "" };
        let required = if field.required { " aria-required=\"true\"" } else { "" };
        let purpose = if field.autocomplete.is_empty() {
            String::new()
        } else {
            format!(" autocomplete=\"{}\"", field.autocomplete)
        };
        let head = format!("id=\"{0}\" name=\"{0}\"{described}{invalid}{required}{purpose}", field.name);
        match &field.kind {
            Kind::Hidden => {}
            Kind::Text | Kind::Password => {
                let kind = if matches!(field.kind, Kind::Password) { "password" } else { "text" };
                let _ = write!(out, "<input type=\"{kind}\" {head} value=\"");
                // A password is never sent back.
                if kind == "text" {
                    push(out, &value);
                }
                out.push_str("\">");
            }
            Kind::Area => {
                let rows = value.lines().count().clamp(4, 24);
                let _ = write!(out, "<textarea rows=\"{rows}\" {head}>");
                push(out, &value);
                out.push_str("</textarea>");
            }
            Kind::File(accept) => {
                let _ = write!(out, "<input type=\"file\" {head} accept=\"{accept}\">");
            }
            Kind::Select(choices) => {
                let _ = write!(out, "<select {head}>");
                for (code, text) in choices {
                    option(out, code, text, *code == value);
                }
                out.push_str("</select>");
            }
            Kind::Radios(choices) => self.ticks(out, field, choices, "radio"),
            Kind::Checks(choices) => self.ticks(out, field, choices, "checkbox"),
            Kind::Day => self.day(out, visit, field),
        }
    }

    fn ticks(&self, out: &mut String, field: &Field, choices: &[(String, String)], kind: &str) {
        let chosen: Vec<String> = match &self.typed {
            Some(typed) => typed.all(&field.name).map(str::to_owned).collect(),
            None => field.value.split(',').map(str::to_owned).collect(),
        };
        let class = if kind == "radio" { "radios" } else { "checks" };
        let _ = write!(out, "<div class=\"{class}\">");
        for (index, (code, text)) in choices.iter().enumerate() {
            let id = format!("{}-{index}", field.name);
            let checked = if chosen.contains(code) { " checked" } else { "" };
            let _ = write!(out, "<div><input type=\"{kind}\" id=\"{id}\" name=\"{}\" value=\"", field.name);
            push(out, code);
            let _ = write!(out, "\"{checked}><label for=\"{id}\">");
            push(out, text);
            out.push_str("</label></div>");
        }
        out.push_str("</div>");
    }

    fn day(&self, out: &mut String, visit: &Visit<'_>, field: &Field) {
        let mut given = field.value.split('/');
        out.push_str("<div class=\"date-input\">");
        for (part, width) in [("day", 2), ("month", 2), ("year", 4)] {
            let name = format!("{}-{part}", field.name);
            let value = self.typed(&name, given.next().unwrap_or_default());
            let label = visit.w.t(match part {
                "day" => "form-day",
                "month" => "form-month",
                _ => "form-year",
            });
            let _ = write!(
                out,
                "<div><label for=\"{name}\">{label}</label><input class=\"w{width}\" type=\"text\" \
                inputmode=\"numeric\" maxlength=\"{width}\" id=\"{name}\" name=\"{name}\" value=\""
            );
            push(out, &value);
            out.push_str("\"></div>");
        }
        out.push_str("</div>");
    }
}

/// Appends an `<option>`.
pub fn option(out: &mut String, code: &str, text: &str, chosen: bool) {
    out.push_str("<option value=\"");
    push(out, code);
    out.push_str(if chosen { "\" selected>" } else { "\">" });
    push(out, text);
    out.push_str("</option>");
}
