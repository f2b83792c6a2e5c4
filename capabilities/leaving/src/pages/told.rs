//! Steps, votes and rules told in words.

use chibo_kernel::Day;
use chibo_members::rules::deciding::Body;
use chibo_web::doubt;
use chibo_web::words::Tongue;

use crate::rules::{Course, Kind, Phase, Step, Taken, Terms};
use crate::store::StepRow;

/// Rules in doubt with what is doubtful.
pub(super) fn notes(w: Tongue<'_>, terms: &Terms) -> String {
    doubt::card(w.t("leaving-notes"), &doubt::notes(w, terms.doubtful.iter().copied()))
}

/// A vote with everything it was measured by.
pub(super) fn vote(w: Tongue<'_>, kind: Kind, taken: &Taken) -> String {
    let Some(count) = taken.count else { return String::new() };
    let Ok(verdict) = count.verdict(kind, taken.step) else { return String::new() };
    let form = match count.form {
        chibo_kernel::votes::VotingForm::SecretBallot => "leaving-secret-ballot",
        chibo_kernel::votes::VotingForm::RaisedCard => "leaving-raised-card",
    };
    let steps = verdict.explain();
    let told = steps.iter().map(|step| format!("{} ({})", w.said(&step.said), step.rule));
    let against = w.t1("leaving-against", "no", w.n(count.no));
    [w.t(form).to_owned(), against].into_iter().chain(told).collect::<Vec<_>>().join("; ")
}

/// What else a step says.
pub(super) fn more(w: Tongue<'_>, kind: Kind, (row, body): (&StepRow, Option<Body>), taken: &Taken) -> String {
    let mut more = Vec::new();
    if let Some(body) = body {
        more.push(w.t(body.word()).to_owned());
    }
    if !row.number.is_empty() {
        more.push(w.t1("leaving-number-text", "number", &row.number));
    }
    if row.effective_on != Day::FOREVER {
        more.push(w.t1("leaving-effective-text", "day", w.day(row.effective_on)));
    }
    if row.ends_on != Day::FOREVER {
        more.push(w.t1("leaving-until-text", "day", w.day(row.ends_on)));
    }
    more.push(vote(w, kind, taken));
    more.push(row.note.clone());
    more.push(w.t2("leaving-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at))));
    more.retain(|text| !text.is_empty());
    more.join(" · ")
}

/// The colour of a phase.
pub(super) const fn colour(phase: Phase) -> &'static str {
    match phase {
        Phase::Done => "ok",
        Phase::Refused | Phase::Withdrawn => "warn",
        _ => "gold",
    }
}

/// What follows from a decision, as sentences with their rules (EXI-03, EXI-13, EXI-14, EXI-15, MEM-27, MEM-42).
pub(super) fn consequences(
    w: Tongue<'_>,
    course: &Course,
    terms: &Terms,
    readmitted: bool,
) -> Vec<(&'static str, String)> {
    let say = |rule: &'static str, key: &str| (rule, w.t(key).to_owned());
    let mut all = match course.kind {
        Kind::Health | Kind::Other => vec![
            say("EXI-03", "leaving-then-congress"),
            say("EXI-03", "leaving-then-badge"),
            say("EXI-03", "leaving-then-class"),
            say("EXI-03", "leaving-then-discipline"),
            say("FEE-06", "leaving-then-fee"),
        ],
        Kind::StrikingOff | Kind::Expulsion => vec![
            say("EXI-15", "leaving-then-card"),
            say("EXI-15", "leaving-then-dossier"),
            say("EXI-15", "leaving-then-book"),
        ],
        Kind::Request => vec![say("EXI-13", "leaving-then-certificate"), say("EXI-15", "leaving-then-book")],
        Kind::Death => vec![
            say("EXI-14", "leaving-then-family"),
            ("EXI-14", w.t1("leaving-then-notice", "days", terms.working_days().0)),
        ],
        Kind::Restoration => vec![say("MEM-42", "leaving-then-continuous"), say("MEM-42", "leaving-then-fees")],
        Kind::Return => vec![say("EXI-04", "leaving-then-back")],
        Kind::Complaint => vec![say("EXI-12", "leaving-then-instances")],
    };
    if course.kind == Kind::StrikingOff
        && let Some(delivered) = course.last(Step::Delivered)
    {
        all.push(("EXI-12", w.t1("leaving-then-complain", "day", w.day(terms.complain_by(delivered.on)))));
    }
    let left = course.decision(terms.limits).filter(|_| course.kind.removes() && course.kind != Kind::Death);
    if let Some(left) = left {
        let from = terms.readmitted_from(course.kind, course.ground, left.effective);
        all.push(match from {
            Some(_) if readmitted => say("MEM-27", "leaving-then-once-only"),
            Some(day) => ("MEM-27", w.t1("leaving-then-again", "day", w.day(day))),
            None => say("MEM-27", "leaving-then-never"),
        });
    }
    all
}

/// What is missing before the next vote, in words.
pub(super) fn missing(w: Tongue<'_>, course: &Course, terms: &Terms) -> String {
    match course.phase(terms.limits) {
        Phase::Preparing if course.kind == Kind::StrikingOff => {
            let (sent, all) = (course.demands(), terms.limits.demands);
            w.t2("leaving-missing-review", ("sent", sent), ("all", all))
        }
        Phase::Preparing => w.t("leaving-missing-medical").to_owned(),
        Phase::Branch => w.t("leaving-missing-branch").to_owned(),
        Phase::Committee => w.t("leaving-missing-committee").to_owned(),
        Phase::Decision => w.t("leaving-missing-decision").to_owned(),
        Phase::Closing => w.t("leaving-missing-closing").to_owned(),
        Phase::Done | Phase::Refused | Phase::Withdrawn => String::new(),
    }
}
