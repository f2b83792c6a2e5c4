//! A candidate who was a member before (MEM-27).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Person, Problem};
use chibo_organisation::UnitsToday;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit, html};

use super::again;
use super::one::{One, member_name};
use crate::actions::{self, Left};
use crate::rules::{Reason, Terms, again_from};
use crate::store::{file, ground};

/// `GET /development/candidates/{id}/former`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None, None)
}

fn page(
    visit: &Visit<'_>,
    one: &One,
    picked: Option<&Picked<Person>>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut body = one.tabs(visit, "/former");
    body.push_str(&format!("<p>{}</p>", w.t("development-former-about")));
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let known = visit.read(|tx| match file::former_of(tx, one.id())? {
        Some(row) => {
            let past = actions::former_ground(tx, row.former_id, Some(one.id()))?;
            Ok(Some((past, ground::left_of(tx, one.id())?, row)))
        }
        None => Ok(None),
    })?;
    match (known, refused) {
        (Some((past, Some(why), row)), None) => {
            let name = html::escape(&member_name(visit, row.former_id));
            body.push_str("<section class=\"card\"><dl class=\"facts\">");
            let mut fact = |key: &'static str, text: String| {
                body.push_str(&format!("<div><dt>{}</dt><dd>{text}</dd></div>", w.t(key)));
            };
            fact("development-former", format!("<a href=\"/members/{}\">{name}</a>", row.former_id));
            let reason = Reason::from_code(&why.reason).map_or("", |reason| w.t(reason.word()));
            fact("development-reason", html::escape(reason));
            if let Some(past) = past {
                fact("development-former-left", w.day(past.left));
                let from = again_from(&past, &Terms::on(visit.today())?);
                fact("development-former-from", w.day(from));
            }
            if !why.paper.is_empty() {
                fact("development-hardship-number", html::escape(&why.paper));
            }
            if let Some(day) = why.cleared_on {
                fact("development-cleared", w.day(day));
            }
            fact("development-consent-number", html::escape(&row.consent));
            body.push_str("</dl></section>");
        }
        // Of members noted before reasons were kept only the reason is missing.
        (None | Some((_, None, _)), refused) if one.may_edit => {
            let form = form(visit, one, picked);
            let form = match refused {
                Some((_, issues)) => form.refused(&visit.form, issues),
                None => form,
            };
            body.push_str(&format!("<section class=\"card\">{}</section>", form.html(visit)));
        }
        (_, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (_, None) => body.push_str(&format!("<p class=\"empty\">{}</p>", w.t("development-former-none"))),
    }
    visit.page_html(status, one.head(visit, Some(w.t("development-tab-former")), status != 200), &body)
}

fn form(visit: &Visit<'_>, one: &One, picked: Option<&Picked<Person>>) -> Form {
    let w = visit.w;
    let mut fields =
        vec![Field::text("former", w.t("development-former")).hint(w.t("development-former-hint")).required()];
    fields.extend(picked.and_then(|picked| picked.choice("former", w.t("units-pick-which"))));
    let reasons = Reason::ALL.iter().map(|reason| (reason.code().to_owned(), w.t(reason.word()).to_owned())).collect();
    fields.push(Field::new("reason", w.t("development-reason"), Kind::Radios(reasons)).required());
    fields.push(Field::text("paper", w.t("development-hardship-number")).hint(w.t("development-hardship-hint")));
    fields.push(Field::new("cleared", w.t("development-cleared"), Kind::Day).hint(w.t("development-cleared-hint")));
    fields.push(
        Field::text("consent", w.t("development-consent-number"))
            .hint(w.t("development-former-consent-hint"))
            .required(),
    );
    Form::new(one.address("/former"), w.t("development-new-send"), fields)
}

/// `POST /development/candidates/{id}/former`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    // A former member is looked for where the viewer may look at all.
    let units = UnitsToday::of(visit);
    let mut top = one.row.unit_id;
    while let Some(up) = units.place(top).and_then(|place| units.tree.parent(place)).filter(|up| units.sees(visit, *up))
    {
        match units.id(up) {
            Some(unit) => top = unit,
            None => break,
        }
    }
    let picked = pick::person(visit, "former", top);
    let person = match picked.one("former", "development-former-unknown") {
        Ok(person) => person,
        Err(issue) => return page(visit, &one, Some(&picked), Some((422, vec![issue]))),
    };
    let consent = clean(visit.form.get("consent")).into_owned();
    let cleared = match visit.form.day("cleared", visit.today()) {
        Ok(day) => day,
        Err(Problem::Refused(issues)) => return page(visit, &one, Some(&picked), Some((422, issues))),
        Err(other) => return Err(other),
    };
    let paper = clean(visit.form.get("paper")).into_owned();
    let why = Left { reason: Reason::from_code(visit.form.get("reason")), paper, cleared };
    match visit.write(|op| actions::former(op, one.id(), person, (&consent, &why))) {
        Ok(()) => Ok(Reply::done(one.address("/former"), "saved")),
        Err(problem) => page(visit, &one, Some(&picked), Some(again(problem)?)),
    }
}
