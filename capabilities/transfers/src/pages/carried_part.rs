//! The part of a transfer's page that lists what is carried (TRF-04).

use chibo_kernel::{Day, Issue, Permission, Problem};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Pairs, Reply, Visit, html};

use super::one::{One, Refused};
use super::{again, missing};
use crate::actions;
use crate::rules::{Carried, Item, Kind};

fn may(visit: &Visit<'_>, one: &One) -> bool {
    let boxes = &one.case.course.boxes;
    let own = if one.case.detail.kind == Kind::Incoming { boxes.last() } else { boxes.first() };
    own.is_some_and(|seal| visit.permit(Permission::EditMembers, seal.unit).is_ok())
}

/// A month as people write it.
fn month(day: Day) -> String {
    let (year, month, _) = day.ymd();
    format!("{month:02}/{year}")
}

/// The list, what is missing in it, and its form.
pub(super) fn part(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<String, Problem> {
    let w = visit.w;
    let kind = one.case.detail.kind;
    let carried = one.carried.as_ref().map(actions::carried_of).unwrap_or_default();
    let introduced = one.case.course.introduced().unwrap_or_else(|| visit.today());
    let (lacks, unpaid) = carried.lacks(kind, introduced);
    let mut out =
        format!("<section class=\"card\"><h2>{}</h2><ul class=\"plain\">", html::escape(w.t("transfers-carried")));
    let mut line = |text: &str, there: bool| {
        let (class, word) = if there { ("ok", "transfers-carried-yes") } else { ("warn", "transfers-carried-no") };
        let text = html::escape(text);
        out.push_str(&format!("<li><span class=\"tag {class}\">{}</span> {text}</li>", html::escape(w.t(word))));
    };
    for item in Item::ALL.into_iter().filter(|item| item.goes_with(kind)) {
        line(w.t(item.word()), !lacks.contains(&item));
    }
    let fee = match carried.fee_through {
        Some(day) => w.t1("transfers-carried-fee-through", "month", month(day)),
        None => w.t("transfers-carried-fee-unsaid").to_owned(),
    };
    line(&fee, !unpaid);
    out.push_str("</ul>");
    if let Some(row) = &one.carried {
        let recorded = w.t2("transfers-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        out.push_str(&format!("<p class=\"quiet small\">{}</p>", html::escape(&recorded)));
    }
    match (one.case.course.state().open() && may(visit, one), refused) {
        (true, refused) => {
            out.push_str(&format!("<details class=\"more\"{}>", if refused.is_some() { " open" } else { "" }));
            out.push_str(&format!("<summary>{}</summary>", html::escape(w.t("transfers-carried-change"))));
            out.push_str(&form(visit, one, &carried, refused).html(visit));
            out.push_str("</details>");
        }
        // No form to say it on.
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => {}
    }
    out.push_str("</section>");
    Ok(out)
}

fn form(visit: &Visit<'_>, one: &One, carried: &Carried, refused: Option<(u16, Vec<Issue>)>) -> Form {
    let (w, kind) = (visit.w, one.case.detail.kind);
    let fits = Item::ALL.into_iter().filter(|item| item.goes_with(kind));
    let choices = fits.map(|item| (item.code().to_owned(), w.t(item.word()).to_owned())).collect();
    let ticked: Vec<_> = carried.items.iter().map(|item| item.code()).collect();
    let fields = vec![
        Field::hidden("seen", one.carried.as_ref().map_or(0, |row| row.seq).to_string()),
        Field::new("item", w.t("transfers-carried"), Answer::Checks(choices)).value(ticked.join(",")),
        Field::text("fee", w.t("transfers-carried-fee"))
            .hint(w.t("transfers-carried-fee-hint"))
            .value(carried.fee_through.map_or_else(String::new, month)),
    ];
    let form = Form::new(format!("{}/carried", one.address()), w.t("transfers-carried-send"), fields);
    match refused {
        Some((_, issues)) => {
            let typed = visit.form.0.iter().filter(|(name, _)| name != "seen").cloned().collect();
            form.refused(&Pairs(typed), issues)
        }
        None => form,
    }
}

/// `POST /transfers/{id}/carried`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let typed = visit.form.get("fee").trim().to_owned();
    let fee = if typed.is_empty() { None } else { Day::from_typed(&format!("01/{typed}"), visit.today()) };
    if fee.is_none() && !typed.is_empty() {
        let issues = vec![missing("fee", "transfers-carried-fee-needed")];
        return super::one::page(visit, &one, Refused::Carried(422, issues));
    }
    let items = Item::ALL.into_iter().filter(|item| visit.form.all("item").any(|code| code == item.code()));
    let carried = Carried { items: items.collect(), fee_through: fee };
    let seen = visit.form.get("seen").parse().unwrap_or(u32::MAX);
    match visit.write(|op| actions::carry(op, one.case.row.transfer_id, &carried, seen)) {
        Ok(()) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            super::one::page(visit, &One::load(visit)?, Refused::Carried(status, issues))
        }
    }
}
