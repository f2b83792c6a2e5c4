//! The form of a book: a row for everybody, one button for all.

use std::collections::BTreeMap;

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Person, Said};
use chibo_web::form::Kind;
use chibo_web::html::push;
use chibo_web::table::{Column, link};
use chibo_web::{Cell, Field, Form, Table, Visit};

use super::book::Loaded;
use super::{forms, missing, money};
use crate::actions::books::Save;
use crate::actions::roll::Row;
use crate::rules::{Expected, Line, Month, Reason, State, Typed, Way};

/// What a row shows before anybody types: what is written, or that everything owed is paid.
fn written(lines: &[Line], one: &Expected, month: Month) -> Typed {
    let own = || lines.iter().filter(|line| line.person == one.person);
    let Some(now) = own().find(|line| line.month == month) else { return Typed::default() };
    let paid = own().find(|line| line.amount > 0);
    let amount = Some(now.amount).filter(|amount| *amount > 0 && Some(*amount) != one.due);
    Typed {
        unpaid: now.state == State::Unpaid,
        amount,
        way: paid.and_then(|line| line.way),
        receipt: paid.map_or_else(String::new, |line| line.receipt.clone()),
        reason: now.reason,
        note: now.note.clone(),
        back: own().map(|line| line.month).filter(|other| *other < month).collect(),
        ahead: own().filter(|line| line.month > month).count(),
    }
}

/// What a row shows: what was typed last, when the form comes back.
struct Shown {
    unpaid: bool,
    amount: String,
    way: String,
    receipt: String,
    reason: String,
    note: String,
    back: Vec<String>,
    ahead: String,
}

fn shown(visit: &Visit<'_>, one: &Expected, lines: &[Line], month: Month, again: bool) -> Shown {
    let id = one.person.to_string();
    if again {
        let get = |name: &str| visit.form.get(&format!("{name}-{id}")).to_owned();
        let back = format!("back-{id}");
        return Shown {
            unpaid: visit.form.all("unpaid").any(|other| other == id),
            amount: get("amount"),
            way: get("way"),
            receipt: get("receipt"),
            reason: get("reason"),
            note: get("note"),
            back: visit.form.all(&back).map(str::to_owned).collect(),
            ahead: get("ahead"),
        };
    }
    let typed = written(lines, one, month);
    Shown {
        unpaid: typed.unpaid,
        amount: typed.amount.map_or_else(String::new, |amount| visit.w.n(amount)),
        way: typed.way.unwrap_or(Way::Cash).code().to_owned(),
        receipt: typed.receipt,
        reason: typed.reason.map_or_else(String::new, |reason| reason.code().to_owned()),
        note: typed.note,
        back: typed.back.iter().map(|month| month.code()).collect(),
        ahead: if typed.ahead > 0 { typed.ahead.to_string() } else { String::new() },
    }
}

/// The form, with what is wrong with it.
pub(super) fn form(visit: &Visit<'_>, loaded: &Loaded, correcting: bool, issues: &[Issue]) -> String {
    let w = visit.w;
    let again = !issues.is_empty();
    let columns = vec![
        Column::new("name", w.t("fees-member")),
        Column::number("due", w.t("fees-due-column")),
        Column::new("unpaid", w.t("fees-unpaid")),
        Column::new("more", w.t("fees-more")),
    ];
    let mut table = Table::new(w.t("fees-book"), columns);
    table.empty = w.t("fees-nobody-here").to_owned();
    for row in &loaded.book.rows {
        let said = shown(visit, &row.expected, &loaded.book.lines, loaded.month, again);
        table.rows.push(cells(visit, row, &said, issues));
    }
    let mut fields = vec![Field::hidden("seen", loaded.book.version().to_string())];
    if issues.iter().any(|issue| issue.field.as_deref() == Some("confirm")) {
        let yes = vec![("yes".to_owned(), w.t("fees-confirm-yes").to_owned())];
        fields.push(Field::new("confirm", w.t("fees-confirm"), Kind::Checks(yes)));
    }
    if correcting {
        fields.push(Field::hidden("act", "close"));
        let reason = Field::new("reason", w.t("fees-correction"), Kind::Area);
        fields.push(reason.hint(w.t("fees-correction-hint")).required());
    } else {
        let acts = [("keep", "fees-act-keep"), ("close", "fees-act-close")];
        let acts = acts.map(|(code, key)| (code.to_owned(), w.t(key).to_owned())).into();
        fields.push(Field::new("act", w.t("fees-act"), Kind::Radios(acts)).value("keep").required());
    }
    let send = if correcting { w.t("fees-correct-send") } else { w.t("fees-send") };
    let form = Form::new(loaded.address(), send, fields).about(table.html(visit));
    if again {
        // What the form saw is what stands there now.
        let typed = visit.form.0.iter().filter(|(name, _)| name != "seen").cloned().collect();
        return form.refused(&chibo_web::Pairs(typed), issues.to_vec()).html(visit);
    }
    form.html(visit)
}

fn cells(visit: &Visit<'_>, row: &Row, said: &Shown, issues: &[Issue]) -> Vec<Cell> {
    let (w, one) = (visit.w, &row.expected);
    let id = one.person.to_string();
    let mut name = String::from("<div class=\"two\">");
    link(&mut name, &one.name, &format!("/fees/members/{id}"));
    name.push_str("<div class=\"small quiet\">");
    push(&mut name, row.category.map_or_else(|| w.t("fees-unknown"), |category| w.t(category.word())));
    name.push_str("</div></div>");
    let wrong = |field: &str| {
        let field = field.strip_suffix(id.as_str()).and_then(|field| field.strip_suffix('-'));
        field.is_some_and(|field| ["amount", "note", "back", "ahead"].contains(&field))
    };
    for issue in issues.iter().filter(|issue| issue.field.as_deref().is_some_and(wrong)) {
        name.push_str("<p class=\"error-message\">");
        push(&mut name, &w.said(&issue.said));
        name.push_str("</p>");
    }
    let due = match one.due {
        _ if one.exempt => Cell::Tag(w.t("fees-exempt").to_owned(), "gold"),
        None => Cell::Tag(w.t("fees-unknown").to_owned(), "warn"),
        Some(_) if one.before => Cell::Tag(w.t("fees-before").to_owned(), "ok"),
        Some(due) => Cell::Text(w.n(due)),
    };
    let mut unpaid = String::new();
    if !one.exempt && !one.before {
        forms::tick(&mut unpaid, ("unpaid", &id), w.t("fees-unpaid"), &one.name, said.unpaid);
    }
    vec![Cell::Html(name), due, Cell::Html(unpaid), Cell::Html(more(visit, one, said))]
}

/// Everything rarely needed, folded away; open where something is said.
fn more(visit: &Visit<'_>, one: &Expected, said: &Shown) -> String {
    let (w, id) = (visit.w, one.person.to_string());
    let plain = said.amount.is_empty()
        && said.receipt.is_empty()
        && said.back.is_empty()
        && said.ahead.is_empty()
        && !said.unpaid
        && (said.way.is_empty() || said.way == Way::Cash.code());
    let mut out = String::from(if plain { "<details>" } else { "<details open>" });
    out.push_str("<summary>");
    push(&mut out, w.t("fees-more"));
    out.push_str("<span class=\"visually-hidden\">: ");
    push(&mut out, &one.name);
    out.push_str("</span></summary>");
    let name = |field: &str| format!("{field}-{id}");
    if !one.before {
        let hint = one.due.map_or_else(|| w.t("fees-amount").to_owned(), |due| w.t1("fees-amount-or", "due", w.n(due)));
        forms::text(&mut out, (&name("amount"), &hint), &said.amount, true);
    }
    let ways: Vec<_> = Way::ALL.iter().map(|way| (way.code().to_owned(), w.t(way.word()).to_owned())).collect();
    forms::select(&mut out, (&name("way"), w.t("fees-way")), &ways, &said.way);
    forms::text(&mut out, (&name("receipt"), w.t("fees-receipt")), &said.receipt, false);
    if !one.exempt && !one.before {
        let mut reasons = vec![(String::new(), w.t("fees-no-reason").to_owned())];
        reasons.extend(Reason::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())));
        forms::select(&mut out, (&name("reason"), w.t("fees-reason")), &reasons, &said.reason);
    }
    forms::text(&mut out, (&name("note"), w.t("fees-note")), &said.note, false);
    if !one.back.is_empty() {
        out.push_str("<p class=\"small\">");
        push(&mut out, w.t("fees-back-for"));
        out.push_str("</p><div class=\"checks\">");
        for (month, due, _) in &one.back {
            let label = w.t2("fees-month-due", ("month", month.text()), ("due", w.n(*due)));
            let on = said.back.contains(&month.code());
            forms::tick(&mut out, (&name("back"), &month.code()), &label, &one.name, on);
        }
        out.push_str("</div>");
    }
    if !one.ahead.is_empty() {
        let mut choices = vec![(String::new(), w.t("fees-ahead-none").to_owned())];
        let mut sum = 0;
        for (count, (month, due, _)) in (1i64..).zip(&one.ahead) {
            sum += due;
            let args = [("count", w.n(count)), ("month", month.text()), ("due", w.n(sum))];
            choices.push((count.to_string(), w.with("fees-ahead-to", &args)));
        }
        forms::select(&mut out, (&name("ahead"), w.t("fees-ahead")), &choices, &said.ahead);
    }
    out.push_str("</details>");
    out
}

/// The members named by the form, whether they are in the branch or not.
fn named(visit: &Visit<'_>) -> Vec<Id<Person>> {
    let fields = ["amount-", "way-", "receipt-", "reason-", "note-", "back-", "ahead-"];
    let of = |(name, value): &(String, String)| {
        let id = match name.as_str() {
            "unpaid" => Some(value.as_str()),
            name => fields.iter().find_map(|field| name.strip_prefix(field)),
        };
        id.and_then(|id| id.parse().ok())
    };
    let mut ids: Vec<Id<Person>> = visit.form.0.iter().filter_map(of).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What was typed, and what cannot be read.
pub(super) fn read(visit: &Visit<'_>, loaded: &Loaded) -> (Save, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut typed = BTreeMap::new();
    for person in named(visit) {
        let get = |name: &str| visit.form.get(&format!("{name}-{person}"));
        let amount = money::parse(get("amount")).unwrap_or_else(|()| {
            let row = loaded.book.rows.iter().find(|row| row.expected.person == person);
            let name = row.map_or("", |row| row.expected.name.as_str());
            let said = Said::new("fees-amount-bad").with("name", name).with("text", get("amount"));
            issues.push(Issue { said, ..missing(&format!("amount-{person}"), "fees-amount-bad") });
            None
        });
        let (hex, back) = (person.to_string(), format!("back-{person}"));
        typed.insert(
            person,
            Typed {
                unpaid: visit.form.all("unpaid").any(|other| other == hex),
                amount,
                way: Way::from_code(get("way")),
                receipt: clean(get("receipt")).into_owned(),
                reason: Reason::from_code(get("reason")),
                note: clean(get("note")).into_owned(),
                back: visit.form.all(&back).filter_map(Month::parse).collect(),
                ahead: get("ahead").parse().unwrap_or(0),
            },
        );
    }
    let save = Save {
        month: loaded.month,
        // A form that does not say what it saw saw nothing there is.
        seen: visit.form.get("seen").parse().unwrap_or(u32::MAX),
        close: false,
        confirmed: visit.form.get("confirm") == "yes",
        reason: clean(visit.form.get("reason")).into_owned(),
        typed,
    };
    (save, issues)
}
