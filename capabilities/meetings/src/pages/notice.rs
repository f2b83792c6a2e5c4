//! The notice of a meeting as a short text to pass on, and when things were announced and posted (MTG-04, MTG-05).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Moment, Permission, Problem};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Cell, Field, Form, Reply, Table, Visit, html};

use super::desk::{Desk, page};
use super::times;
use crate::actions;
use crate::rules::{Month, Posted};
use crate::store::{self, PostingRow};

/// What stands beside a meeting about its notice.
pub(super) struct Beside {
    code: Option<String>,
    postings: Vec<PostingRow>,
}

impl Beside {
    fn load(visit: &Visit<'_>, desk: &Desk) -> Result<Self, Problem> {
        let (unit, no) = (desk.place.unit, desk.row.meeting_no);
        let (code, postings) = visit.read(|tx| Ok((store::link(tx, unit, no)?, store::postings(tx, unit, no)?)))?;
        Ok(Self { code, postings })
    }
}

/// Day, hour, place and kind in one paragraph, with the link: nothing about anybody. Notices are Vietnamese whatever language
/// their sender reads.
fn text(w: Tongue<'_>, desk: &Desk, code: Option<&String>) -> String {
    let row = &desk.row;
    let link = code.map_or_else(|| desk.address(""), |code| format!("/m/{code}"));
    let day = row.on_day.map_or_else(String::new, |day| day.to_string());
    let time = row.begins.map_or_else(String::new, times::text);
    let word = if row.place.is_empty() { "meetings-notice-text" } else { "meetings-notice-text-at" };
    w.with(
        word,
        &[
            ("branch", desk.place.name()),
            ("kind", w.t(desk.kind().word()).to_lowercase()),
            ("month", Month(row.month).text()),
            ("time", time),
            ("day", day),
            ("place", row.place.clone()),
            ("link", link),
        ],
    )
}

/// The section of the page.
pub(super) fn section(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let beside = Beside::load(visit, desk)?;
    let mut out = format!("<section class=\"card\"><h2>{}</h2>", w.t("meetings-notice"));
    if desk.row.on_day.is_some() {
        let label = w.t("meetings-notice-copy-this");
        out.push_str(&format!(
            "<p class=\"hint\" id=\"notice-hint\">{}</p><textarea id=\"notice\" rows=\"4\" readonly aria-label=\"{label}\" \
             aria-describedby=\"notice-hint\">",
            w.t("meetings-notice-hint")
        ));
        html::push(&mut out, &text(visit.house.words.tongue(Lang::Vi), desk, beside.code.as_ref()));
        out.push_str(&format!(
            "</textarea><p><button class=\"btn\" type=\"button\" hidden data-js data-copy=\"notice\" data-done=\"{}\">{}\
             </button></p>",
            w.t("meetings-notice-copied"),
            w.t("meetings-notice-copy")
        ));
    } else {
        out.push_str(&format!("<p>{}</p>", w.t("meetings-notice-no-day")));
    }
    out.push_str(&table(visit, &beside.postings));
    if desk.place.may_keep {
        out.push_str(&form(visit, desk, issues));
    }
    out.push_str("</section>");
    Ok(out)
}

fn table(visit: &Visit<'_>, rows: &[PostingRow]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("what", w.t("meetings-posted-what")),
        Column::new("when", w.t("meetings-posted-when")),
        Column::new("channel", w.t("meetings-posted-channel")),
        Column::new("by", w.t("meetings-posted-by")),
    ];
    let mut table = Table::new(w.t("meetings-postings"), columns);
    table.empty = w.t("meetings-no-postings").to_owned();
    for row in rows {
        let word = Posted::from_number(row.what).map_or("", Posted::word);
        table.rows.push(vec![
            Cell::Text(w.t(word).to_owned()),
            Cell::Text(w.moment(row.posted_at)),
            Cell::Text(row.channel.clone()),
            Cell::Text(row.recorded_by.clone()),
        ]);
    }
    table.html(visit)
}

fn form(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> String {
    let w = visit.w;
    let wrong = !issues.is_empty();
    let what = Posted::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
    let (hour, minute) = visit.now.hour_minute();
    let fields = vec![
        Field::new("posted", w.t("meetings-posted-what"), Kind::Radios(what)).value(Posted::Notice.code()).required(),
        Field::new("when", w.t("meetings-posted-day"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("time", w.t("meetings-posted-time"))
            .value(times::text(u32::from(hour) * 60 + u32::from(minute)))
            .hint(w.t("meetings-time-hint"))
            .required(),
        Field::text("channel", w.t("meetings-posted-channel")).hint(w.t("meetings-posted-channel-hint")),
    ];
    let mut form = Form::new(desk.address("/postings"), w.t("meetings-posted-save"), fields);
    if wrong {
        form = form.refused(&visit.form, issues);
    }
    let (open, summary) = (if wrong { " open" } else { "" }, w.t("meetings-posting-do"));
    format!("<details class=\"more\"{open}><summary>{summary}</summary>{}</details>", form.html(visit))
}

/// `POST …/postings`.
pub(super) fn post(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let mut issues = Vec::new();
    let what = Posted::from_code(visit.form.get("posted"));
    if what.is_none() {
        issues.push(missing("posted", "meetings-posted-nothing"));
    }
    let day = visit.form.day("when", visit.today()).ok().flatten();
    if day.is_none() {
        issues.push(missing("when", "meetings-bad-day"));
    }
    let minutes = times::minutes(visit.form.get("time"));
    if minutes.is_none() {
        issues.push(missing("time", "meetings-no-time-of-day"));
    }
    let (Some(what), Some(day), Some(minutes)) = (what, day, minutes) else { return page(visit, &desk, issues) };
    let at = Moment::start_of(day).plus_ms(i64::from(minutes) * 60_000);
    let channel = clean(visit.form.get("channel")).into_owned();
    let key = (desk.place.unit, desk.row.meeting_no);
    match issues_of(visit.write(|op| actions::post(op, key, (what, at), &channel)))? {
        Ok(()) => Ok(Reply::done(desk.address(""), "saved")),
        Err(issues) => page(visit, &desk, issues),
    }
}

/// `GET /m/{code}`: where a short link leads, for whoever may go there.
pub(super) fn follow(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let code = visit.path.get("code").to_owned();
    let found = visit.read(|tx| store::linked(tx, &code))?;
    let row = found.first().ok_or(Problem::NotFound)?;
    visit.permit(Permission::ViewMembers, row.unit_id).map_err(|_| Problem::NotFound)?;
    Ok(Reply::Redirect(format!("/meetings/units/{}/{}", row.unit_id, row.meeting_no)))
}
