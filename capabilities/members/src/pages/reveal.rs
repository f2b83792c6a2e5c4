//! Opening a member's sealed fields once, for a stated reason.

use chibo_kernel::{Id, Person, Problem};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Head, Reply, Visit};

use super::issues_of;
use super::person::{self, Seen};
use crate::actions;

/// The form.
pub(super) fn form(visit: &Visit<'_>, id: Id<Person>) -> Form {
    let w = visit.w;
    let reason = Field::new("reason", w.t("members-reason"), Kind::Area).hint(w.t("members-reason-hint")).required();
    Form::new(format!("/members/{id}/revelation"), w.t("members-reveal"), vec![reason])
}

/// Opens and shows them in the answer itself: nothing is kept, going back does not show them again.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id("id")?;
    let seen = Seen::load(visit, id)?;
    let reason = visit.form.get("reason").to_owned();
    match issues_of(visit.write(|op| actions::reveal(op, id, &reason)))? {
        Ok(secrets) => person::page(visit, &seen, Some(&secrets)),
        Err(issues) => {
            let w = visit.w;
            let form =
                form(visit, id).refused(&visit.form, issues).cancel(w.t("members-back"), format!("/members/{id}"));
            visit.page_html(422, Head::new(w.t("members-reveal"), "menu-members").with_error(true), &form.html(visit))
        }
    }
}
