//! The documents of a dossier: the index with what is there, one document, the confirmation.

use std::fmt::Write;

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::form::{Kind as Ask, again, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::one::{self, Seen, Side};
use crate::actions::{self, Confirmation, SaidOf};
use crate::rules::complete::{Kind, Line, Need, State};

/// What the browser offers to choose from for scans.
const ACCEPT: &str = "application/pdf,image/jpeg,image/png";

/// The side of the documents.
pub(super) fn section(out: &mut String, visit: &Visit<'_>, seen: &Seen, refused: Option<(&str, &Vec<Issue>)>) {
    let w = visit.w;
    let may_edit = seen.may(visit, Permission::EditMembers);
    let table = table(visit, seen, may_edit).html(visit);
    out.push_str("<section>");
    if may_edit {
        let mut form = Form::new(seen.address("/papers"), w.t("dossiers-mark-there"), Vec::new()).about(table);
        if let Some((_, issues)) = refused.filter(|(what, _)| *what == "papers") {
            form = form.refused(&visit.form, issues.clone());
        }
        out.push_str(&form.html(visit));
        more(out, visit, seen);
    } else {
        out.push_str(&table);
    }
    out.push_str("</section>");
    if may_edit {
        let _ = write!(
            out,
            "<section class=\"card\"><h2>{}</h2><p>{}</p>",
            w.t("dossiers-confirm"),
            w.t("dossiers-confirm-about")
        );
        out.push_str(&confirmation(visit, seen, refused.filter(|(what, _)| *what == "index")).html(visit));
        out.push_str("</section>");
        let _ = write!(out, "<section class=\"card\"><h2>{}</h2>", w.t("dossiers-photo"));
        let file = Field::new("file", w.t("dossiers-photo-file"), Ask::File("image/jpeg,image/png"))
            .hint(w.t("dossiers-photo-hint"))
            .required();
        let mut form = Form::new(seen.address("/photo"), w.t("dossiers-photo-send"), vec![file]);
        if let Some((_, issues)) = refused.filter(|(what, _)| *what == "photo") {
            form = form.refused(&visit.form, issues.clone());
        }
        out.push_str(&form.html(visit));
        out.push_str("</section>");
    }
}

/// Documents that stand in the dossier only where there is one: a link each to enter it.
fn more(out: &mut String, visit: &Visit<'_>, seen: &Seen) {
    let w = visit.w;
    let listed = |no: usize| seen.index.lines.iter().any(|line| line.kind == no);
    let kinds = seen.index.terms.kinds.iter().enumerate();
    let chip = |(_, kind): (usize, &Kind)| {
        let slot =
            seen.index.papers.iter().filter(|row| row.code == kind.code).map(|row| row.slot + 1).max().unwrap_or(0);
        (kind.name.clone(), seen.address(&format!("/papers?code={}&slot={slot}", kind.code)), false)
    };
    let open = kinds.filter(|(no, kind)| match kind.need {
        Need::Many => true,
        Need::Any | Need::Official => !listed(*no),
        Need::Always | Need::Yearly => false,
    });
    let chips: Vec<_> = open.map(chip).collect();
    let _ = write!(out, "<h2>{}</h2>", w.t("dossiers-other-papers"));
    out.push_str(&chibo_web::html::chips(w.t("dossiers-other-papers"), chips));
}

fn table(visit: &Visit<'_>, seen: &Seen, may_edit: bool) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::sentences("name", w.t("dossiers-document")),
        Column::new("stage", w.t("dossiers-stage")),
        Column::new("priority", w.t("dossiers-priority")),
        Column::new("state", w.t("dossiers-state")),
        Column::new("number", w.t("dossiers-number-day")),
        Column::new("scan", w.t("dossiers-scan")),
    ];
    let mut table = Table::new(w.t("dossiers-index"), columns);
    table.empty = w.t("dossiers-nothing").to_owned();
    for line in &seen.index.lines {
        let Some(kind) = seen.index.terms.kinds.get(line.kind) else { continue };
        table.rows.push(row(visit, seen, (line, kind), may_edit));
    }
    table
}

fn row(visit: &Visit<'_>, seen: &Seen, (line, kind): (&Line, &Kind), may_edit: bool) -> Vec<Cell> {
    let w = visit.w;
    let name = seen.index.name(line);
    let full = if kind.form.is_empty() { name.clone() } else { format!("{name} ({})", kind.form) };
    let href = seen.address(&format!("/papers?code={}&slot={}", kind.code, line.slot));
    let mut link = String::new();
    if may_edit {
        chibo_web::table::link(&mut link, &full, &href);
    }
    let first = match (may_edit, line.state) {
        (true, State::Missing) => {
            let value = format!("{}.{}", kind.code, line.slot);
            boxed(visit, ("doc", &value), &w.t1("dossiers-mark-one", "name", &name), &link)
        }
        (true, _) => Cell::Html(link),
        (false, _) => Cell::Text(full),
    };
    let colour = match line.state {
        State::There => "ok",
        State::Missing
            if seen.index.about.confirmed
                && crate::rules::complete::tolerates(&seen.index.terms, &seen.index.about) =>
        {
            ""
        }
        State::Missing => "warn",
        State::NotNeeded => "",
    };
    let said = seen.index.said(line);
    let number = said.map_or_else(String::new, |row| {
        let day = row.on_day.map_or_else(String::new, |day| w.day(day));
        [&row.number, &day, &row.issuer, &row.note]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
    });
    let scan = match seen.scan(&kind.code, line.slot) {
        None => Cell::Text(String::new()),
        Some(_) if seen.may(visit, Permission::RevealSecrets) => {
            let href = seen.address(&format!("/scans?code={}&slot={}", kind.code, line.slot));
            Cell::Link(w.t("dossiers-scan-take").to_owned(), href)
        }
        Some(_) => Cell::Text(w.t("dossiers-scan-there").to_owned()),
    };
    vec![
        first,
        Cell::Text(kind.stage.code().to_owned()),
        Cell::Text(kind.priority.to_string()),
        Cell::Tag(w.t(line.state.word()).to_owned(), colour),
        Cell::Text(number),
        scan,
    ]
}

fn confirmation(visit: &Visit<'_>, seen: &Seen, refused: Option<(&str, &Vec<Issue>)>) -> Form {
    let w = visit.w;
    let fields = vec![
        Field::text("signer", w.t("dossiers-signer")).hint(w.t("dossiers-signer-hint")).required(),
        Field::new("on", w.t("dossiers-on"), Ask::Day).value(visit.today().to_string()).required(),
    ];
    let form = Form::new(seen.address("/index"), w.t("dossiers-confirm-send"), fields);
    match refused {
        Some((_, issues)) => form.refused(&visit.form, issues.clone()),
        None => form,
    }
}

/// `POST /dossiers/members/{id}/index`.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditMembers, seen.home)?;
    let done = match visit.form.day("on", visit.today()) {
        Ok(Some(on)) => {
            let new = Confirmation { signer: clean(visit.form.get("signer")).into_owned(), on };
            visit.write(|op| actions::confirm(op, seen.person, &new))
        }
        Ok(None) => Err(Problem::field("on", chibo_kernel::Said::new("dossiers-day-needed"))),
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(Reply::done(seen.side(Side::Papers), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            one::page(visit, &seen, Side::Papers, Some(("index", status, issues)))
        }
    }
}

/// The kind and slot an address or form names.
pub(super) fn named<'s>(seen: &'s Seen, code: &str, slot: &str) -> Result<(&'s Kind, i32), Problem> {
    let kind = seen.index.terms.kind(code).ok_or(Problem::NotFound)?;
    let slot = if slot.is_empty() { 0 } else { slot.parse().map_err(|_| Problem::NotFound)? };
    if slot != 0 && !kind.need.several() { Err(Problem::NotFound) } else { Ok((kind, slot)) }
}

/// `GET /dossiers/members/{id}/papers?code=&slot=`; without a code back to all of them.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditMembers, seen.home)?;
    if visit.query.some("code").is_none() {
        return Ok(Reply::Redirect(seen.side(Side::Papers)));
    }
    let (kind, slot) = named(&seen, visit.query.get("code"), visit.query.get("slot"))?;
    paper(visit, &seen, (kind, slot), None)
}

/// The page of one document: what is said of it, and its scan.
pub(super) fn paper(
    visit: &Visit<'_>,
    seen: &Seen,
    (kind, slot): (&Kind, i32),
    refused: Option<(&str, u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(_, status, _)| *status);
    let about = |what: &str| refused.as_ref().filter(|(which, ..)| *which == what).map(|(.., issues)| issues.clone());
    let mut form = Form::new(seen.address("/papers"), w.t("dossiers-save"), questions(visit, seen, (kind, slot)))
        .cancel(w.t("dossiers-back"), seen.side(Side::Papers));
    if let Some(issues) = about("paper") {
        form = form.refused(&visit.form, issues);
    }
    let mut body = format!("<section class=\"card\">{}</section>", form.html(visit));
    let file =
        Field::new("file", w.t("dossiers-scan-file"), Ask::File(ACCEPT)).hint(w.t("dossiers-scan-hint")).required();
    let at = seen.address(&format!("/scans?code={}&slot={slot}", kind.code));
    let mut scan = Form::new(at, w.t("dossiers-scan-send"), vec![file]);
    if let Some(issues) = about("scan") {
        scan = scan.refused(&visit.form, issues);
    }
    let _ = write!(body, "<section class=\"card\"><h2>{}</h2>", w.t("dossiers-scan"));
    if let Some(row) = seen.scan(&kind.code, slot) {
        let kept = w.with(
            "dossiers-scan-kept",
            &[
                ("who", row.recorded_by.clone()),
                ("when", w.moment(row.recorded_at)),
                ("sha", row.digest.chars().take(16).collect()),
            ],
        );
        body.push_str("<p>");
        chibo_web::html::push(&mut body, &kept);
        body.push_str("</p>");
    }
    let _ = write!(body, "{}</section>", scan.html(visit));
    let line = Line {
        kind: seen.index.terms.kinds.iter().position(|other| other.code == kind.code).unwrap_or(0),
        slot,
        state: State::Missing,
        wanted: false,
    };
    visit.page_html(status, seen.head(visit, &seen.index.name(&line)).with_error(status != 200), &body)
}

fn questions(visit: &Visit<'_>, seen: &Seen, (kind, slot): (&Kind, i32)) -> Vec<Field> {
    let w = visit.w;
    let said = seen.index.papers.iter().find(|row| row.code == kind.code && row.slot == slot);
    let text = |value: fn(&crate::store::PaperRow) -> &String| said.map_or_else(String::new, |row| value(row).clone());
    let choices = State::ALL.map(|state| (state.code().to_owned(), w.t(state.word()).to_owned()));
    let day = said.and_then(|row| row.on_day).map_or_else(String::new, |day| day.to_string());
    vec![
        Field::hidden("code", kind.code.as_str()),
        Field::hidden("slot", slot.to_string()),
        Field::new("state", w.t("dossiers-state"), Ask::Radios(choices.into()))
            .value(said.map_or(State::There.code(), |row| row.state.as_str()))
            .required(),
        Field::text("number", w.t("dossiers-number")).value(text(|row| &row.number)),
        Field::new("on", w.t("dossiers-paper-day"), Ask::Day).value(day),
        Field::text("issuer", w.t("dossiers-issuer")).value(text(|row| &row.issuer)),
        Field::text("note", w.t("dossiers-note")).hint(w.t("dossiers-note-hint")).value(text(|row| &row.note)),
    ]
}

/// `POST /dossiers/members/{id}/papers`: one document, or every ticked one is there.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditMembers, seen.home)?;
    if visit.form.some("code").is_none() {
        return many(visit, &seen);
    }
    let (kind, slot) = named(&seen, visit.form.get("code"), visit.form.get("slot"))?;
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let said = || {
        let state = State::from_code(visit.form.get("state"))
            .ok_or_else(|| Problem::field("state", chibo_kernel::Said::new("dossiers-bad-choice")))?;
        let on = visit.form.day("on", visit.today())?;
        let (number, issuer, note) = (text("number"), text("issuer"), text("note"));
        Ok(SaidOf { code: kind.code.clone(), slot, state, number, on, issuer, note })
    };
    match said().and_then(|said| visit.write(|op| actions::say(op, seen.person, &said))) {
        Ok(()) => Ok(Reply::done(seen.side(Side::Papers), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            paper(visit, &seen, (kind, slot), Some(("paper", status, issues)))
        }
    }
}

fn many(visit: &Visit<'_>, seen: &Seen) -> Result<Reply, Problem> {
    let ticked = visit.form.all("doc").filter_map(|value| value.rsplit_once('.'));
    let codes: Vec<(String, i32)> =
        ticked.filter_map(|(code, slot)| Some((code.to_owned(), slot.parse().ok()?))).collect();
    let done = match codes.is_empty() {
        true => Err(Problem::refuse(chibo_kernel::Said::new("dossiers-tick-one"))),
        false => visit.write(|op| actions::say_many(op, seen.person, &codes)),
    };
    match done {
        Ok(()) => Ok(Reply::done(seen.side(Side::Papers), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            one::page(visit, seen, Side::Papers, Some(("papers", status, issues)))
        }
    }
}
