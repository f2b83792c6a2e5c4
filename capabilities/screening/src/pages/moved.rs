//! Somebody who moved and whose papers did not arrive (SCR-04): what both sides know, and where the acts are taken.

use chibo_kernel::Day;
use chibo_members::codes::{STANDINGS, entry};
use chibo_web::html::escape;
use chibo_web::words::Lang;
use chibo_web::{Visit, html};

use super::member::{Member, standing_on};
use super::sentence;
use crate::actions::Flag;
use crate::rules::{Item, Trace};

/// The facts of group 3 of a member as a card; empty where there never were any.
pub(super) fn card(visit: &Visit<'_>, member: &Member) -> String {
    if member.trace == Trace::None {
        return String::new();
    }
    let w = visit.w;
    let mut facts = vec![(w.t("screening-moved-from"), member.units.name(member.home))];
    if let Some(standing) = standing_on(&member.standings, visit.today()) {
        let code = entry(STANDINGS, standing.number());
        facts.push((w.t("screening-moved-standing"), if w.lang == Lang::Vi { code.vi } else { code.en }.to_owned()));
    }
    let mut links = String::new();
    for row in member.flags.iter().filter(|row| row.rule == "SCR-04") {
        let args = serde_json::from_str(&row.said_args).unwrap_or_default();
        let flag = Flag {
            person: row.person_id,
            rule: "SCR-04",
            since: row.since,
            seen: row.seen_on,
            said: Some((row.said_key.clone(), args)),
            ground: None,
            href: row.href.clone(),
        };
        facts.push((w.t("screening-moved-fact"), sentence(w, &flag)));
        facts.push((w.t("screening-moved-over"), w.day(row.since)));
        if row.closed_on != Day::FOREVER {
            facts.push((w.t("screening-moved-settled"), w.day(row.closed_on)));
        }
        // Only addresses of this program lead anywhere.
        if row.href.starts_with("/transfers/") {
            links.push_str("<li>");
            chibo_web::table::link(&mut links, w.t("screening-moved-open"), &row.href);
            links.push_str("</li>");
        }
    }
    let papers: Vec<_> = member.evidence.iter().filter(|row| row.item == Item::TransferPapers.code()).collect();
    let papers: Vec<_> = papers.iter().map(|row| format!("{}, {}", row.number, w.day(row.on_day))).collect();
    let none = || w.t("screening-moved-no-papers").to_owned();
    facts.push((w.t("screening-moved-papers"), if papers.is_empty() { none() } else { papers.join("; ") }));
    let word = match member.trace {
        Trace::Missing | Trace::None => "screening-moved-missing",
        Trace::Back => "screening-moved-back",
        Trace::Left => "screening-moved-left",
    };
    let facts: String = facts
        .iter()
        .map(|(name, text)| format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(text)))
        .collect();
    let links = if links.is_empty() { links } else { format!("<ul class=\"plain\">{links}</ul>") };
    format!(
        "<section class=\"card\"><h2>{}</h2><p>{}</p><dl class=\"facts\">{facts}</dl><p>{}</p>{links}</section>",
        escape(w.t("screening-moved")),
        escape(&w.t1("screening-moved-about", "months", member.terms.moved_months)),
        html::escape(w.t(word)),
    )
}
