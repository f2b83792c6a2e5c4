//! Votes of a meeting.

use chibo_kernel::text::clean;
use chibo_kernel::votes::{Ballots, OrdinaryForm, Threshold, VotingForm};
use chibo_kernel::{Issue, Problem};
use chibo_web::form::{Kind, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::desk::{Desk, page, version};
use crate::actions::{self, Vote};
use crate::store::VoteRow;

/// A list of votes.
pub(super) fn table(visit: &Visit<'_>, rows: &[VoteRow]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::sentences("subject", w.t("meetings-vote-subject")),
        Column::new("form", w.t("meetings-vote-form")),
        Column::number("yes", w.t("meetings-vote-yes")),
        Column::number("no", w.t("meetings-vote-no")),
        Column::number("base", w.t("meetings-vote-base")),
        Column::new("result", w.t("meetings-vote-result")),
    ];
    let mut table = Table::new(w.t("meetings-votes"), columns);
    table.empty = w.t("meetings-no-votes").to_owned();
    for row in rows {
        // An ordinary decision: more than half of the denominator, not of those present.
        let passed = Threshold::MoreThanHalf.met(row.yes, row.base);
        let (word, class) = if passed { ("meetings-vote-passed", "ok") } else { ("meetings-vote-failed", "bad") };
        table.rows.push(vec![
            Cell::Text(row.subject.clone()),
            Cell::Text(w.t(form_word(&row.form)).to_owned()),
            Cell::Text(w.n(row.yes)),
            Cell::Text(w.n(row.no_votes)),
            Cell::Text(w.n(row.base)),
            Cell::Tag(w.t(word).to_owned(), class),
        ]);
    }
    table.html(visit)
}

fn form_word(code: &str) -> &'static str {
    match OrdinaryForm::from_code(code) {
        Some(OrdinaryForm::Hands) => "meetings-vote-hands",
        Some(OrdinaryForm::Formal(VotingForm::RaisedCard)) => "meetings-vote-card",
        _ => "meetings-vote-secret",
    }
}

/// A form of one button that takes a vote out again.
fn undo(visit: &Visit<'_>, desk: &Desk, row: &VoteRow) -> String {
    let fields =
        vec![Field::hidden("version", desk.row.version.to_string()), Field::hidden("undo", row.seq.to_string())];
    Form::new(desk.address("/votes"), visit.w.t1("meetings-vote-undo", "subject", &row.subject), fields).html(visit)
}

/// The votes with the form that takes one more down.
pub(super) fn html(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> String {
    let w = visit.w;
    let mut out = table(visit, &desk.votes);
    if !desk.is_open() {
        return out;
    }
    if !desk.votes.is_empty() {
        let summary = w.t("meetings-vote-undo-some");
        let forms: String = desk.votes.iter().map(|row| undo(visit, desk, row)).collect();
        out.push_str(&format!("<details class=\"more\"><summary>{summary}</summary>{forms}</details>"));
    }
    let forms = OrdinaryForm::ALL.map(|form| (form.code().to_owned(), w.t(form_word(form.code())).to_owned()));
    let fields = vec![
        Field::hidden("version", desk.row.version.to_string()),
        Field::hidden("after", desk.votes.len().to_string()),
        Field::text("subject", w.t("meetings-vote-subject")).required(),
        Field::new("form", w.t("meetings-vote-form"), Kind::Radios(forms.into()))
            .value(OrdinaryForm::Hands.code())
            .required(),
        Field::text("yes", w.t("meetings-vote-yes")).hint(w.t("meetings-vote-hint")).required(),
        Field::text("no", w.t("meetings-vote-no")).value("0"),
        Field::text("blank", w.t("meetings-vote-blank")).value("0"),
        Field::text("invalid", w.t("meetings-vote-invalid")).value("0"),
    ];
    let mut form = Form::new(desk.address("/votes"), w.t("meetings-vote-take"), fields);
    let open = !issues.is_empty();
    if open {
        form = form.refused_anew(&visit.form, issues);
    }
    let state = if open { " open" } else { "" };
    let summary = w.t("meetings-vote-take");
    out.push_str(&format!("<details class=\"more\"{state}><summary>{summary}</summary>{}</details>", form.html(visit)));
    out
}

/// `POST …/votes`; with `undo` the vote of that number is taken out.
pub(super) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let key = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    if let Ok(seq) = visit.form.get("undo").parse::<u32>() {
        match visit.write(|op| actions::undo_vote(op, key, seq)) {
            // Pressed twice: it is out.
            Ok(()) | Err(Problem::NotFound) => {}
            Err(other) => return Err(other),
        }
        return Ok(Reply::done(desk.address(""), "saved"));
    }
    let mut issues = Vec::new();
    let mut count = |field: &str| {
        let text = visit.form.get(field).trim();
        let read = if text.is_empty() { Some(0) } else { text.parse::<u32>().ok() };
        read.unwrap_or_else(|| {
            issues.push(missing(field, "meetings-bad-count"));
            0
        })
    };
    let ballots = Ballots { yes: count("yes"), no: count("no"), blank: count("blank"), invalid: count("invalid") };
    let form = OrdinaryForm::from_code(visit.form.get("form"));
    if form.is_none() {
        issues.push(missing("form", "meetings-no-form"));
    }
    issues.extend(super::fields::check_lines(&visit.form, &["subject"]));
    let (Some(form), true) = (form, issues.is_empty()) else { return page(visit, &desk, issues) };
    let (subject, seen) = (clean(visit.form.get("subject")).into_owned(), visit.form.get("after").parse().ok());
    let vote = Vote { subject, form, ballots, seen };
    match visit.write(|op| actions::take_vote(op, key, &vote)) {
        Ok(()) => Ok(Reply::done(desk.address(""), "saved")),
        Err(Problem::Refused(issues)) => page(visit, &desk, issues),
        Err(other) => Err(other),
    }
}
