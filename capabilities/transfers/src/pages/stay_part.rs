//! The part of a transfer's page that is about the temporary stay.

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit, html};

use super::one::One;
use super::stays::stands;
use super::{again, missing};
use crate::actions;
use crate::rules::{Kind, Stay, Terms, Turn, TurnDeed};

/// Whether the viewer may write down what happens during the stay.
fn may(visit: &Visit<'_>, one: &One) -> bool {
    let may = |unit| visit.permit(Permission::EditMembers, unit).is_ok();
    let (first, last) = (one.case.course.boxes.first(), one.case.course.boxes.last());
    first.is_some_and(|seal| may(seal.unit))
        || (one.case.detail.kind == Kind::Temporary && last.is_some_and(|seal| may(seal.unit)))
}

/// The stay with its history and form; empty when there is none.
pub(super) fn part(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<String, Problem> {
    let w = visit.w;
    let Some(stay) = one.case.stay()? else { return Ok(String::new()) };
    let (said, class) = stands(visit, &stay, &Terms::on(visit.today())?);
    let mut out = String::from("<section class=\"card\"><h2>");
    html::push(&mut out, w.t("transfers-stay"));
    out.push_str(&format!(
        "</h2><p><span class=\"tag {class}\">{}</span></p><dl class=\"facts\">",
        html::escape(&said)
    ));
    let facts = [
        ("transfers-purpose", w.t(stay.span.purpose.word()).to_owned()),
        ("transfers-begins", w.day(stay.span.from)),
        ("transfers-until", w.day(stay.until())),
        ("transfers-counted-at", w.t("transfers-counted-at-home").to_owned()),
        ("transfers-fee-at", w.t("transfers-fee-at-stay").to_owned()),
    ];
    for (key, text) in facts {
        out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", html::escape(w.t(key)), html::escape(&text)));
    }
    out.push_str("</dl>");
    history(visit, one, &mut out);
    let offered = stay.offered();
    match (offered.is_empty() || !may(visit, one), refused) {
        (false, refused) => out.push_str(&form(visit, one, &offered, refused).html(visit)),
        // No form to say it on.
        (true, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (true, None) => {}
    }
    out.push_str("</section>");
    Ok(out)
}

fn history(visit: &Visit<'_>, one: &One, out: &mut String) {
    let w = visit.w;
    if one.case.turns.is_empty() {
        return;
    }
    out.push_str("<ol class=\"time\">");
    for row in &one.case.turns {
        let turn = Turn::from_code(&row.turn);
        let mut head = turn.map_or("", |turn| w.t(turn.word())).to_owned();
        if turn == Some(Turn::Extended) {
            head = w.t2("transfers-turn-until", ("what", head), ("day", w.day(row.until_on)));
        }
        let recorded = w.t2("transfers-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        let said = [row.number.as_str(), row.note.as_str(), recorded.as_str()];
        let said: Vec<_> = said.into_iter().filter(|text| !text.is_empty()).collect();
        out.push_str(&format!(
            "<li><time>{}</time><p>{}</p><p class=\"quiet small\">{}</p></li>",
            w.day(row.on_day),
            html::escape(&head),
            html::escape(&said.join(" · "))
        ));
    }
    out.push_str("</ol>");
}

fn form(visit: &Visit<'_>, one: &One, offered: &[Turn], refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let choices: Vec<_> = offered.iter().map(|turn| (turn.code().to_owned(), w.t(turn.word()).to_owned())).collect();
    let mut fields = vec![
        Field::hidden("after", one.case.turns.len().to_string()),
        Field::new("turn", w.t("transfers-step"), Answer::Radios(choices)).required(),
        Field::new("on", w.t("transfers-on"), Answer::Day).value(visit.today().to_string()).required(),
    ];
    if offered.contains(&Turn::Extended) {
        let until = Field::new("until", w.t("transfers-extended-until"), Answer::Day);
        fields.push(until.hint(w.t("transfers-extended-hint")));
    }
    fields.push(Field::text("number", w.t("transfers-number")));
    fields.push(Field::new("note", w.t("transfers-note"), Answer::Area).hint(w.t("transfers-turn-note-hint")));
    let form = Form::new(format!("{}/stay", one.address()), w.t("transfers-turn-send"), fields);
    match refused {
        Some((_, issues)) => form.refused_anew(&visit.form, issues),
        None => form,
    }
}

fn read(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<TurnDeed> {
    let turn = Turn::from_code(visit.form.get("turn"));
    if turn.is_none() {
        issues.push(missing("turn", "transfers-step-needed"));
    }
    let on = super::new::needed(visit, "on", issues);
    let until = visit.form.day("until", visit.today()).unwrap_or_else(|_| {
        issues.push(missing("until", "transfers-day-needed"));
        None
    });
    turn.zip(on).filter(|_| issues.is_empty()).map(|(turn, on)| TurnDeed {
        turn,
        // A form that does not say what it saw saw nothing there is.
        after: visit.form.get("after").parse().unwrap_or(u32::MAX),
        on,
        until,
        number: clean(visit.form.get("number")).into_owned(),
        note: clean(visit.form.get("note")).into_owned(),
    })
}

/// `POST /transfers/{id}/stay`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let _: Stay = one.case.stay()?.ok_or(Problem::NotFound)?;
    let mut issues = Vec::new();
    let Some(deed) = read(visit, &mut issues) else {
        return super::one::page(visit, &one, super::one::Refused::Stay(422, issues));
    };
    match visit.write(|op| actions::take_turn(op, one.case.row.transfer_id, &deed)) {
        Ok(()) => Ok(Reply::done(one.address(), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            super::one::page(visit, &One::load(visit)?, super::one::Refused::Stay(status, issues))
        }
    }
}
