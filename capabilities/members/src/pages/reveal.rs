//! Opening one of a member's sealed fields once, for a stated reason.

use chibo_kernel::{Id, Permission, Person, Problem};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Head, Reply, Visit};

use super::person::{self, Seen};
use super::{issue, issues_of};
use crate::actions;
use crate::rules::Secret;

/// The form.
pub(super) fn form(visit: &Visit<'_>, id: Id<Person>) -> Form {
    let w = visit.w;
    let choices = Secret::ALL.map(|field| (field.code().to_owned(), w.t(field.key()).to_owned()));
    let field = Field::new("field", w.t("members-reveal-field"), Kind::Radios(choices.into())).required();
    let reason = Field::new("reason", w.t("members-reason"), Kind::Area).hint(w.t("members-reason-hint")).required();
    Form::new(format!("/members/{id}/revelation"), w.t("members-reveal"), vec![field, reason])
}

/// Opens one and shows it in the answer itself: nothing is kept, going back does not show it again.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id("id")?;
    let seen = Seen::load(visit, id)?;
    let reason = visit.form.get("reason").to_owned();
    let field = Secret::from_code(visit.form.get("field"));
    let outcome = match field {
        Some(field) => issues_of(visit.write(|op| Ok((field, actions::reveal(op, id, field, &reason)?))))?,
        None => {
            seen.permit(visit, Permission::RevealSecrets)?;
            Err(vec![issue("field", "members-reveal-which")])
        }
    };
    match outcome {
        Ok((field, value)) => person::page(visit, &seen, Some((field, &value))),
        Err(issues) => {
            let w = visit.w;
            let form =
                form(visit, id).refused(&visit.form, issues).cancel(w.t("members-back"), format!("/members/{id}"));
            visit.page_html(422, Head::new(w.t("members-reveal"), "menu-members").with_error(true), &form.html(visit))
        }
    }
}
