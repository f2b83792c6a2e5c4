//! Problems under `/api/`: one JSON document each (RFC 9457), in the reader's language.

use axum::response::Response;
use chibo_kernel::Problem;
use serde_json::{Value, json};

use super::answer::{Asked, naming, under};
use super::headers;
use crate::house::House;
use crate::reply::Reply;

/// Whether programs ask there, not people: no pages, no way to the sign-in form.
pub(super) fn is_for(place: &str) -> bool {
    under(place, "/api")
}

/// The document of a problem.
pub(super) fn answer(house: &House, asked: &Asked, problem: &Problem) -> Response {
    let w = house.words.tongue(asked.look.lang);
    let (status, name) = match problem {
        Problem::SignIn => (401, "sign-in"),
        other => naming(other),
    };
    let line =
        |field: Option<&str>, rule: Option<&str>, text: String| json!({ "field": field, "rule": rule, "text": text });
    let issues: Vec<Value> = match problem {
        Problem::Refused(issues) => {
            issues.iter().map(|issue| line(issue.field.as_deref(), issue.rule, w.said(&issue.said))).collect()
        }
        Problem::Conflict(said) => vec![line(None, None, w.said(said))],
        _ => Vec::new(),
    };
    let detail = match problem {
        Problem::Busy(seconds) => w.t1("problem-busy", "seconds", seconds),
        _ => w.t(&format!("problem-{name}")).to_owned(),
    };
    let body = json!({
        "type": "about:blank",
        "title": w.t(&format!("problem-title-{name}")),
        "status": status,
        "detail": detail,
        "code": name,
        "trace": asked.trace,
        "issues": issues,
    });
    headers::dress(house, Reply::ProblemJson { status, body: body.to_string() })
}
