//! What a unit passes on and what it takes in: expected, sent, arrived, and the difference (FEE-10).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::category::amount;
use super::{MENU, again, at, missing, notes};
use crate::actions::books::keeps_book;
use crate::actions::remittances::{self, Ending, Owed, RECEIVED, Told, WITHDRAWN, owed, sent_by, sent_to};
use crate::actions::shares::above;
use crate::rules::{Level, Month, Sending, default_share};

struct Loaded {
    unit: Id<Unit>,
    units: UnitsToday,
    up: Option<Id<Unit>>,
    period: (Month, Month),
    owed: Owed,
    sent: Vec<Told>,
    incoming: Vec<Told>,
}

impl Loaded {
    fn of(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::ViewReports, unit)?;
        let (census, today) = (&visit.house.census, visit.today());
        let last = Month::of(today).plus(-1);
        let asked = |name: &str| visit.query.some(name).and_then(Month::parse);
        let to = asked("to").unwrap_or(last);
        let from = asked("from").unwrap_or(to).max(to.plus(-11)).min(to);
        let (owed, sent, incoming) = visit.read(|tx| {
            let owed = owed(tx, census, unit, (from, to), today)?;
            Ok((owed, sent_by(tx, unit)?, sent_to(tx, unit, (Month::of(today).plus(-12), Month::of(today)))?))
        })?;
        let up = above(census, unit, today);
        Ok(Self { unit, units: UnitsToday::of(visit), up, period: (from, to), owed, sent, incoming })
    }

    fn address(&self) -> String {
        let (from, to) = (self.period.0.code(), self.period.1.code());
        let query = chibo_web::Pairs::default().with(&[("from", &from), ("to", &to)]);
        format!("/fees/units/{}/remittances{query}", self.unit)
    }
}

/// `GET /fees/units/{id}/remittances?from=&to=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let loaded = Loaded::of(visit)?;
    page(visit, &loaded, None)
}

fn page(visit: &Visit<'_>, loaded: &Loaded, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let may = visit.permit(Permission::EditMembers, loaded.unit).is_ok();
    if let (false, Some((_, issues))) = (may, &refused) {
        return Err(Problem::Refused(issues.clone()));
    }
    let act = visit.form.get("act").to_owned();
    let card = |title: &str, form: String| format!("<section class=\"card\"><h2>{title}</h2>{form}</section>");
    let for_act = |name: &str| refused.clone().filter(|_| act == name || (act.is_empty() && name == "send"));
    let mut forms = String::new();
    if may && loaded.up.is_some() {
        forms.push_str(&card(w.t("fees-remit-send"), send_form(visit, loaded, for_act("send")).html(visit)));
    }
    let open = |told: &&Told| told.end.is_none();
    if may && loaded.incoming.iter().any(|told| open(&told)) {
        let form = end_form(visit, loaded, ("receive", &loaded.incoming), for_act("receive"));
        forms.push_str(&card(w.t("fees-remit-receive"), form.html(visit)));
    }
    if may && loaded.sent.iter().any(|told| open(&told)) {
        let form = end_form(visit, loaded, ("withdraw", &loaded.sent), for_act("withdraw"));
        forms.push_str(&card(w.t("fees-remit-withdraw"), form.html(visit)));
    }
    let (_, rule) = default_share(Level::Branch, loaded.period.1)?;
    let body = format!(
        "{}{}{}{forms}{}",
        period(visit, loaded),
        table(visit, loaded, w.t("fees-remit-sent"), &loaded.sent, true),
        table(visit, loaded, w.t("fees-remit-incoming"), &loaded.incoming, false),
        notes(visit, &[rule])
    );
    let name = loaded.units.name(loaded.unit);
    let crumbs =
        vec![Crumb::to(w.t("fees-title"), format!("/fees?unit={}", loaded.unit)), Crumb::here(w.t("fees-remittances"))];
    let head = Head::new(w.t1("fees-remittances-of", "unit", &name), MENU).crumbs(crumbs).with_error(status != 200);
    visit.page_html(status, head, &body)
}

/// What should be passed for the asked period, and the periods to go to: last months and the last quarter.
fn period(visit: &Visit<'_>, loaded: &Loaded) -> String {
    let w = visit.w;
    let last = Month::of(visit.today()).plus(-1);
    let quarter = last.plus(1).quarter_start().plus(-3);
    let mut choices: Vec<(Month, Month)> = (0..4).rev().map(|back| (last.plus(-back), last.plus(-back))).collect();
    choices.push((quarter, quarter.plus(2)));
    let chip = |(from, to): (Month, Month)| {
        let (first, end) = (from.code(), to.code());
        let query = chibo_web::Pairs::default().with(&[("from", &first), ("to", &end)]);
        let href = format!("/fees/units/{}/remittances{query}", loaded.unit);
        (span(from, to), href, (from, to) == loaded.period)
    };
    let chips = chibo_web::html::chips(w.t("fees-period"), choices.into_iter().map(chip));
    let owed = &loaded.owed;
    let figures = [
        ("fees-collected-closed", owed.collected),
        ("fees-received", owed.received),
        ("fees-kept", owed.base() - owed.passed),
        ("fees-to-pass", owed.passed),
    ];
    let books = keeps_book(&visit.house.census, loaded.unit);
    let each = figures.map(|(key, value)| {
        let value = w.n(value);
        let value = match key {
            "fees-collected-closed" if books => {
                let href = at(&format!("/fees/units/{}", loaded.unit), loaded.period.1, &[]);
                format!("<a href=\"{}\">{value}</a>", chibo_web::html::escape(&href))
            }
            _ => value,
        };
        format!("<div><dt>{}</dt><dd>{value}</dd></div>", w.t(key))
    });
    let title = w.t1("fees-owed-for", "period", span(loaded.period.0, loaded.period.1));
    format!("{chips}<h2>{title}</h2><dl class=\"figures\">{}</dl>", each.concat())
}

fn span(from: Month, to: Month) -> String {
    if from == to { from.text() } else { format!("{} – {}", from.text(), to.text()) }
}

fn table(visit: &Visit<'_>, loaded: &Loaded, title: &str, all: &[Told], own: bool) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("unit", if own { w.t("fees-remit-to") } else { w.t("fees-remit-from") }),
        Column::new("period", w.t("fees-period")),
        Column::new("number", w.t("fees-remit-number")),
        Column::new("on", w.t("fees-remit-on")),
        Column::number("expected", w.t("fees-expected")),
        Column::number("sent", w.t("fees-sent")),
        Column::number("arrived", w.t("fees-arrived")),
        Column::number("difference", w.t("fees-difference")),
        Column::new("state", w.t("fees-state")),
        Column::sentences("note", w.t("fees-note")),
    ];
    let mut table = Table::new(title, columns);
    table.empty = format!("{title}: {}", w.t("fees-remit-none"));
    for told in all.iter().rev() {
        let row = &told.row;
        let other = if own { row.to_unit } else { row.unit_id };
        let name = loaded.units.name(other);
        let seen = visit.permit(Permission::ViewReports, other).is_ok();
        let (state, colour) = match (told.holds(), told.arrived()) {
            (false, _) => (w.t("fees-remit-withdrawn"), "warn"),
            (true, Some(_)) => (w.t("fees-remit-received"), "ok"),
            (true, None) => (w.t("fees-remit-open"), "gold"),
        };
        let note = told.end.as_ref().map_or("", |end| end.note.as_str());
        let said: Vec<&str> = [row.note.as_str(), note].into_iter().filter(|text| !text.is_empty()).collect();
        let reached = told.arrived();
        table.rows.push(vec![
            if seen { Cell::Link(name, format!("/fees/units/{other}/remittances")) } else { Cell::Text(name) },
            Cell::Text(span(Month(row.from_month), Month(row.to_month))),
            Cell::Text(row.number.clone()),
            Cell::Text(w.day(row.sent_on)),
            Cell::Text(w.n(row.expected)),
            Cell::Text(w.n(row.sent)),
            Cell::Text(reached.map_or_else(String::new, |arrived| w.n(arrived))),
            Cell::Text(w.n(reached.unwrap_or(row.sent) - row.expected)),
            Cell::Tag(state.to_owned(), colour),
            Cell::Text(said.join(" · ")),
        ]);
    }
    table.html(visit)
}

fn send_form(visit: &Visit<'_>, loaded: &Loaded, refused: Option<(u16, Vec<Issue>)>) -> Form {
    let w = visit.w;
    let up = loaded.up.map_or_else(String::new, |up| loaded.units.name(up));
    let fields = vec![
        Field::hidden("act", "send"),
        Field::text("from", w.t("fees-period-from")).value(loaded.period.0.text()).required(),
        Field::text("to", w.t("fees-period-to")).value(loaded.period.1.text()).required(),
        Field::text("amount", w.t("fees-amount"))
            .value(w.n(loaded.owed.passed))
            .hint(w.t("fees-remit-hint"))
            .required(),
        Field::text("number", w.t("fees-remit-number")).required(),
        Field::new("on", w.t("fees-remit-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("note", w.t("fees-note")).hint(w.t("fees-remit-note-hint")),
    ];
    let form = Form::new(loaded.address(), w.t1("fees-remit-send-to", "unit", up), fields);
    match refused {
        Some((_, issues)) => form.refused(&visit.form, issues),
        None => form,
    }
}

fn end_form(
    visit: &Visit<'_>,
    loaded: &Loaded,
    (act, all): (&'static str, &[Told]),
    refused: Option<(u16, Vec<Issue>)>,
) -> Form {
    let w = visit.w;
    let label = |told: &Told| {
        let row = &told.row;
        let args = [
            ("unit", loaded.units.name(row.unit_id)),
            ("period", span(Month(row.from_month), Month(row.to_month))),
            ("amount", w.n(row.sent)),
            ("number", row.number.clone()),
        ];
        (format!("{}.{}", row.unit_id, row.no), w.with("fees-remit-one", &args))
    };
    let open: Vec<_> = all.iter().filter(|told| told.end.is_none()).map(label).collect();
    let first = open.first().map_or_else(String::new, |(code, _)| code.clone());
    let name = |field: &str| named(act, field);
    let mut fields = vec![
        Field::hidden("act", act),
        Field::new(name("which"), w.t("fees-remit-which"), Kind::Select(open)).value(first).required(),
    ];
    if act == "receive" {
        fields.push(Field::text("arrived", w.t("fees-arrived")).hint(w.t("fees-arrived-hint")));
        fields.push(Field::text("receipt", w.t("fees-receipt")));
    }
    fields.push(Field::new(name("ended"), w.t("fees-ended-on"), Kind::Day).value(visit.today().to_string()).required());
    fields.push(Field::text(name("told"), w.t("fees-note")).hint(w.t("fees-told-hint")));
    let send = if act == "receive" { w.t("fees-receive-send") } else { w.t("fees-withdraw-send") };
    let form = Form::new(loaded.address(), send, fields);
    match refused {
        Some((_, issues)) => form.refused(&visit.form, issues),
        None => form,
    }
}

/// Fields of a withdrawal carry names of their own: several forms stand on the page.
fn named(act: &str, field: &str) -> String {
    if act == "withdraw" { format!("{field}-back") } else { field.to_owned() }
}

/// `POST /fees/units/{id}/remittances`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let loaded = Loaded::of(visit)?;
    visit.permit(Permission::EditMembers, loaded.unit)?;
    let mut issues = Vec::new();
    let done = match visit.form.get("act") {
        "receive" => ending(visit, &loaded, &mut issues).map(|ending| end(visit, &ending, RECEIVED)),
        "withdraw" => ending(visit, &loaded, &mut issues).map(|ending| end(visit, &ending, WITHDRAWN)),
        _ => sending(visit, &mut issues)
            .map(|sending| visit.write(|op| remittances::send(op, loaded.unit, &sending)).map(drop)),
    };
    match done {
        None => page(visit, &loaded, Some((422, issues))),
        Some(Ok(())) => Ok(Reply::done(format!("/fees/units/{}/remittances", loaded.unit), "saved")),
        Some(Err(problem)) => {
            let refused = again(problem)?;
            page(visit, &Loaded::of(visit)?, Some(refused))
        }
    }
}

/// What speaks against an ending, beside the fields of its form.
fn end(visit: &Visit<'_>, ending: &Ending, state: u8) -> Result<(), Problem> {
    let act = visit.form.get("act");
    visit.write(|op| remittances::end(op, ending, state)).map_err(|problem| match problem {
        Problem::Refused(issues) => {
            let renamed = |mut issue: Issue| {
                issue.field = issue.field.map(|field| match field.as_str() {
                    "on" => named(act, "ended"),
                    "amount" => named(act, "arrived"),
                    "note" => named(act, "told"),
                    _ => field,
                });
                issue
            };
            Problem::Refused(issues.into_iter().map(renamed).collect())
        }
        other => other,
    })
}

fn sending(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Sending> {
    let form = &visit.form;
    let mut month = |name: &str| {
        let month = Month::parse(form.get(name));
        if month.is_none() {
            issues.push(missing(name, "fees-month-bad"));
        }
        month
    };
    let (from, to) = (month("from"), month("to"));
    let amount = amount(visit, "amount", issues).unwrap_or(0);
    let on = form.day("on", visit.today()).ok().flatten();
    if on.is_none() {
        issues.push(missing("on", "fees-day-needed"));
    }
    let text = |name: &str| clean(form.get(name)).into_owned();
    let sending = Sending { from: from?, to: to?, amount, number: text("number"), on: on?, note: text("note") };
    issues.is_empty().then_some(sending)
}

fn ending(visit: &Visit<'_>, loaded: &Loaded, issues: &mut Vec<Issue>) -> Option<Ending> {
    let form = &visit.form;
    let name = |field: &str| named(form.get("act"), field);
    let which =
        form.get(&name("which")).split_once('.').and_then(|(unit, no)| Some((unit.parse().ok()?, no.parse().ok()?)));
    if which.is_none() {
        issues.push(missing(&name("which"), "fees-which-needed"));
    }
    let arrived = amount(visit, "arrived", issues);
    let on = form.day(&name("ended"), visit.today()).ok().flatten();
    if on.is_none() {
        issues.push(missing(&name("ended"), "fees-day-needed"));
    }
    let (from, no) = which?;
    let all = loaded.incoming.iter().chain(&loaded.sent);
    let sent = all.map(|told| &told.row).find(|row| row.unit_id == from && row.no == no).map_or(0, |row| row.sent);
    let text = |name: &str| clean(form.get(name)).into_owned();
    // Nothing typed: everything arrived.
    let amount = arrived.unwrap_or(sent);
    let ending = Ending { from, no, amount, on: on?, number: text("receipt"), note: text(&name("told")) };
    issues.is_empty().then_some(ending)
}
