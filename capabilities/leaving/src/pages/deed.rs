//! The form of the next step.

use chibo_kernel::text::clean;
use chibo_kernel::votes::VotingForm;
use chibo_kernel::{Day, Issue, Problem};
use chibo_members::rules::deciding::Body;
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Visit};

use super::missing;
use crate::file::File;
use crate::rules::{Count, Deed, Kind, Step, decider_rule};

/// Names of the figures of a vote, with the words of their questions.
const FIGURES: [(&str, &str, &str); 5] = [
    ("listed", "leaving-listed", "leaving-listed-hint"),
    ("away", "leaving-away", "leaving-away-hint"),
    ("barred", "leaving-barred", "leaving-barred-hint"),
    ("yes", "leaving-yes", "leaving-yes-hint"),
    ("no", "leaving-no", "leaving-no-hint"),
];

/// The form; after a refusal with everything that was typed.
pub(super) fn form(
    visit: &Visit<'_>,
    (address, file): (&str, &File),
    (offered, decider): (&[Step], Option<Body>),
    refused: Option<(u16, Vec<Issue>)>,
) -> Form {
    let (w, kind) = (visit.w, file.kind());
    let choices = offered.iter().map(|step| (step.code().to_owned(), w.t(step.word()).to_owned())).collect();
    let first = offered.first().map_or("", |step| step.code());
    let mut fields = vec![
        Field::hidden("after", file.rows.len().to_string()),
        Field::new("step", w.t("leaving-step"), Answer::Radios(choices)).value(first).required(),
        Field::new("on", w.t("leaving-on"), Answer::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("leaving-number")).hint(w.t("leaving-number-hint")),
    ];
    if offered.iter().any(|step| step.is_vote(kind)) {
        let forms = vec![
            (VotingForm::SecretBallot.code().to_owned(), w.t("leaving-secret-ballot").to_owned()),
            (VotingForm::RaisedCard.code().to_owned(), w.t("leaving-raised-card").to_owned()),
        ];
        let form = Field::new("voting", w.t("leaving-voting"), Answer::Radios(forms));
        fields.push(form.value(VotingForm::SecretBallot.code()).hint(w.t("leaving-voting-hint")));
        fields.extend(FIGURES.map(|(name, word, hint)| Field::text(name, w.t(word)).hint(w.t(hint))));
    }
    let decides = offered.iter().any(|step| matches!(step, Step::Decided | Step::Registered));
    if let Some(body) = decider.filter(|_| decides) {
        let bodies = Body::ALL.iter().map(|body| (body.code().to_owned(), w.t(body.word()).to_owned())).collect();
        let hint = w.t2("leaving-decider-hint", ("body", w.t(body.word())), ("rule", decider_rule(kind)));
        fields
            .push(Field::new("decider", w.t("leaving-decider"), Answer::Radios(bodies)).value(body.code()).hint(hint));
    }
    if decides && kind != Kind::Restoration {
        let field = Field::new("effective", w.t("leaving-effective"), Answer::Day);
        fields.push(field.hint(w.t("leaving-effective-hint")));
    }
    if decides && kind.exempts() {
        let asked = file.opening.ends;
        let asked = if asked == Day::FOREVER { String::new() } else { asked.to_string() };
        let hint = if kind == Kind::Other { "leaving-ends-hint" } else { "leaving-ends-open-hint" };
        fields.push(Field::new("ends", w.t("leaving-until"), Answer::Day).value(asked).hint(w.t(hint)));
    }
    fields.push(Field::new("note", w.t("leaving-note"), Answer::Area).hint(w.t("leaving-step-note-hint")));
    let form = Form::new(address, w.t("leaving-step-send"), fields);
    match refused {
        Some((_, issues)) => form.refused_anew(&visit.form, issues),
        None => form,
    }
}

/// A day of the form; what is no day is noted.
pub(super) fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(day) => day,
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        Err(_) => None,
    }
}

/// The count of a vote; empty figures besides the first and the votes for are none.
fn count(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Count> {
    let form = &visit.form;
    let mut figure = |name: &str, must: bool| match form.get(name).trim() {
        "" if !must => Some(0),
        text => {
            let read = text.parse::<u32>().ok();
            if read.is_none() {
                issues.push(missing(name, "leaving-votes-needed"));
            }
            read
        }
    };
    let (listed, away, barred) = (figure("listed", true), figure("away", false), figure("barred", false));
    let (yes, no) = (figure("yes", true), figure("no", false));
    let form = VotingForm::from_code(form.get("voting"));
    if form.is_none() {
        let issue = missing("voting", "leaving-voting-needed");
        issues.push(Issue { rule: Some("X-10"), ..issue });
    }
    Some(Count { form: form?, listed: listed?, away: away?, barred: barred?, yes: yes?, no: no? })
}

/// Which body decided; where one has to and none is named, that is noted.
fn decided_by(visit: &Visit<'_>, kind: Kind, issues: &mut Vec<Issue>) -> Option<Body> {
    let named = Body::from_code(visit.form.get("decider"));
    if named.is_none() {
        let issue = missing("decider", "leaving-decider-needed");
        issues.push(Issue { rule: Some(decider_rule(kind)), ..issue });
    }
    named
}

/// Reads what was typed; what is wrong is noted. `asked`: a decision in this case names its body.
pub(super) fn read(visit: &Visit<'_>, (kind, asked): (Kind, bool), issues: &mut Vec<Issue>) -> Option<Deed> {
    let step = Step::from_code(visit.form.get("step"));
    if step.is_none() {
        issues.push(missing("step", "leaving-step-needed"));
    }
    let before = issues.len();
    let on = day(visit, "on", issues);
    if on.is_none() && issues.len() == before {
        issues.push(missing("on", "leaving-day-needed"));
    }
    let effective = day(visit, "effective", issues);
    let ends = day(visit, "ends", issues).unwrap_or(Day::FOREVER);
    let count = step.filter(|step| step.is_vote(kind)).and_then(|_| count(visit, issues));
    let decider = step.filter(|step| asked && *step == Step::Decided).and_then(|_| decided_by(visit, kind, issues));
    Some(Deed {
        step: step?,
        // A form that does not say what it saw saw nothing there is.
        after: visit.form.get("after").parse().unwrap_or(u32::MAX),
        on: on?,
        effective,
        ends,
        number: clean(visit.form.get("number")).into_owned(),
        count,
        note: clean(visit.form.get("note")).into_owned(),
        decider,
    })
}
