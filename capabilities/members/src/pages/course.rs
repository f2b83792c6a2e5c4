//! The course of a member's life in the Party, and what was recorded about it when.

use std::fmt::Write;

use chibo_kernel::{Day, Moment};
use chibo_web::Visit;
use chibo_web::html::push;
use chibo_web::words::Tongue;

use super::list::code;
use super::names::Units;
use super::person::Seen;
use crate::codes;
use crate::rules::Field;

/// One dated row in words.
struct Step {
    from: Day,
    to: Day,
    recorded: Moment,
    superseded: Moment,
    label: &'static str,
    text: String,
}

fn steps(w: Tongue<'_>, seen: &Seen, units: &Units) -> Vec<Step> {
    let mut steps = Vec::with_capacity(seen.postings.len() + seen.standings.len() + seen.attainments.len());
    steps.extend(seen.postings.iter().map(|r| Step {
        from: r.valid_from,
        to: r.valid_to,
        recorded: r.recorded_at,
        superseded: r.superseded_at,
        label: "members-unit",
        text: units.name(r.unit_id).into_owned(),
    }));
    steps.extend(seen.standings.iter().map(|r| Step {
        from: r.valid_from,
        to: r.valid_to,
        recorded: r.recorded_at,
        superseded: r.superseded_at,
        label: "members-standing",
        text: code(w, codes::STANDINGS, r.standing).to_owned(),
    }));
    for row in &seen.attainments {
        let Some(field) = Field::ALL.into_iter().find(|field| field.number() == row.field) else { continue };
        steps.push(Step {
            from: row.valid_from,
            to: row.valid_to,
            recorded: row.recorded_at,
            superseded: row.superseded_at,
            label: field.key(),
            text: code(w, field.list(), row.level).to_owned(),
        });
    }
    steps.sort_by_key(|step| std::cmp::Reverse(step.from));
    steps
}

/// What is believed now, newest first.
pub(super) fn timeline(out: &mut String, visit: &Visit<'_>, seen: &Seen, units: &Units) {
    let (w, today) = (visit.w, visit.today());
    let _ = write!(out, "<h2>{}</h2><ol class=\"time\">", w.t("members-course"));
    for step in steps(w, seen, units).iter().filter(|step| step.superseded == Moment::FOREVER) {
        let class = if step.from <= today && today < step.to { "now" } else { "done" };
        let (year, month, day) = step.from.ymd();
        let _ = write!(
            out,
            "<li class=\"{class}\"><time datetime=\"{year:04}-{month:02}-{day:02}\">{day:02}/{month:02}/{year:04}</time><p><span class=\"quiet\">{}:</span> ",
            w.t(step.label)
        );
        push(out, &step.text);
        out.push_str("</p></li>");
    }
    out.push_str("</ol>");
}

/// Every row ever recorded that is no longer believed, with when it was.
pub(super) fn recorded(out: &mut String, visit: &Visit<'_>, seen: &Seen, units: &Units) {
    let dead = |superseded: Moment| superseded != Moment::FOREVER;
    let any = seen.postings.iter().any(|r| dead(r.superseded_at))
        || seen.standings.iter().any(|r| dead(r.superseded_at))
        || seen.attainments.iter().any(|r| dead(r.superseded_at));
    if !any {
        return;
    }
    let w = visit.w;
    let title = w.t("members-recorded");
    let _ = write!(
        out,
        "<details class=\"more\"><summary>{title}</summary><div class=\"table\" tabindex=\"0\" role=\"region\" \
         aria-label=\"{title}\"><table><caption>{title}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        w.t("members-recorded-what"),
        w.t("members-recorded-from"),
        w.t("members-recorded-to"),
        w.t("members-recorded-at"),
        w.t("members-recorded-until"),
    );
    for step in steps(w, seen, units).iter().filter(|step| dead(step.superseded)) {
        let _ = write!(out, "<tr><th scope=\"row\">{}: ", w.t(step.label));
        push(out, &step.text);
        let cells = [
            ("members-recorded-from", step.from.to_string()),
            ("members-recorded-to", w.day(step.to)),
            ("members-recorded-at", w.moment(step.recorded)),
            ("members-recorded-until", w.moment(step.superseded)),
        ];
        out.push_str("</th>");
        for (label, text) in cells {
            let _ = write!(out, "<td data-label=\"{}\">{text}</td>", w.t(label));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div></details>");
}
