//! The roll: all are present, the absent are marked; who spoke, on what.

use std::fmt::Write;

use chibo_kernel::{Id, Person};
use chibo_web::html::push;
use chibo_web::{Form, Pairs, Visit};

use crate::branch::Member;
use crate::rules::Presence;
use crate::store::{ItemRow, RollRow};

struct Line<'a> {
    member: &'a Member,
    presence: u8,
    reason: String,
    spoke_on: String,
}

fn line<'a>(member: &'a Member, rows: &[RollRow], typed: Option<&Pairs>) -> Line<'a> {
    let usual = member.usual();
    let row = rows.iter().find(|row| row.member_id == member.id);
    if let Some(typed) = typed {
        let sent = |what: &str| typed.get(&format!("{what}-{}", member.id)).to_owned();
        let presence = sent("was").parse().unwrap_or(usual.number());
        return Line { member, presence, reason: sent("why"), spoke_on: sent("spoke") };
    }
    Line {
        member,
        presence: row.map_or(usual.number(), |row| row.presence),
        reason: row.map_or_else(String::new, |row| row.reason.clone()),
        spoke_on: row.map_or_else(String::new, |row| row.spoke_on.clone()),
    }
}

fn choices(out: &mut String, name: &str, id: Id<Person>, label: &str, options: &[(String, String)], value: &str) {
    let _ = write!(out, "<select name=\"{name}-{id}\" aria-label=\"");
    push(out, label);
    out.push_str("\">");
    for (code, text) in options {
        out.push_str("<option value=\"");
        push(out, code);
        out.push_str(if code == value { "\" selected>" } else { "\">" });
        push(out, text);
        out.push_str("</option>");
    }
    out.push_str("</select>");
}

/// The table, to stand in the form of a meeting; `form` says what was typed last time.
pub(super) fn table(visit: &Visit<'_>, members: &[Member], rows: &[RollRow], items: &[ItemRow], form: &Form) -> String {
    let w = visit.w;
    let title = w.t("meetings-roll");
    let mut out = String::with_capacity(members.len() * 900 + 512);
    if form.issues.iter().any(|issue| issue.field.as_deref() == Some("roll")) {
        let said = form.issues.iter().filter(|issue| issue.field.as_deref() == Some("roll"));
        out.push_str("<p class=\"error-message\" id=\"roll\">");
        said.for_each(|issue| push(&mut out, &w.said(&issue.said)));
        out.push_str("</p>");
    }
    let _ = write!(
        out,
        "<h2>{title}</h2><p class=\"hint\">{}</p><div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\
         <table><caption>{title}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        w.t("meetings-roll-hint"),
        w.t("meetings-member"),
        w.t("meetings-was"),
        w.t("meetings-why"),
        w.t("meetings-spoke")
    );
    let was: Vec<_> =
        Presence::ALL.iter().map(|presence| (presence.number().to_string(), w.t(presence.word()).to_owned())).collect();
    let mut spoke = vec![(String::new(), w.t("meetings-spoke-not").to_owned())];
    spoke.push(("0".to_owned(), w.t("meetings-spoke-generally").to_owned()));
    spoke.extend(items.iter().map(|item| (item.seq.to_string(), format!("{}. {}", item.seq, item.title))));
    for member in members {
        let line = line(member, rows, form.typed.as_ref());
        let id = member.id;
        out.push_str("<tr><th scope=\"row\">");
        push(&mut out, &line.member.name);
        let _ = write!(out, "</th><td data-label=\"{}\">", w.t("meetings-was"));
        let label = format!("{}: {}", line.member.name, w.t("meetings-was"));
        choices(&mut out, "was", id, &label, &was, &line.presence.to_string());
        let _ = write!(
            out,
            "</td><td data-label=\"{}\"><input type=\"text\" name=\"why-{id}\" aria-label=\"",
            w.t("meetings-why")
        );
        push(&mut out, &format!("{}: {}", line.member.name, w.t("meetings-why")));
        out.push_str("\" value=\"");
        push(&mut out, &line.reason);
        let _ = write!(out, "\"></td><td data-label=\"{}\">", w.t("meetings-spoke"));
        let label = format!("{}: {}", line.member.name, w.t("meetings-spoke"));
        choices(&mut out, "spoke", id, &label, &spoke, &line.spoke_on);
        out.push_str("</td></tr>");
    }
    out.push_str("</tbody></table></div>");
    out
}
