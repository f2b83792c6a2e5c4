//! What is due: vacancies to fill, congresses to hold, results to report, approve and hand over.

use chibo_kernel::{AsOf, Day, Id, Permission, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind;
use chibo_web::{Duty, DutySource, Visit};

use crate::actions::holdings;
use crate::pages::{above, all_terms, open_requests, vacancies};
use crate::rules::{Numbers, Step, current, has_terms, is_branch, vacant};

/// The three sorts.
pub(crate) fn sources() -> Vec<DutySource> {
    let needs = Permission::EditUnits;
    vec![
        DutySource { name: "committee-vacancies", title: "committees-duties-vacancies", needs, find: find_vacancies },
        DutySource { name: "committee-terms", title: "committees-duties-terms", needs, find: find_terms },
        DutySource { name: "committee-approvals", title: "committees-duties-approvals", needs, find: find_approvals },
    ]
}

/// Where a unit stands today and its kind, if it has terms.
fn standing(units: &UnitsToday, unit: Id<Unit>) -> Option<(u32, Kind)> {
    let place = units.tree.place_of(units.forest.no(unit)?)?;
    Some((place, Kind::from_number(units.tree.kind(place)).filter(|kind| has_terms(*kind))?))
}

fn address(unit: Id<Unit>) -> String {
    format!("/committees/units/{unit}")
}

/// ORG-24 for branches; elsewhere against the number the congress fixed (ORG-21).
fn find_vacancies(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let (today, units) = (visit.today(), UnitsToday::of(visit));
    let (terms, held) = visit.read(|tx| Ok((all_terms(tx)?, holdings(tx, AsOf::on(today))?)))?;
    let held: std::collections::HashMap<_, _> = held.into_iter().collect();
    for (unit, terms) in &terms {
        let (Some((_, kind)), Some(term)) = (standing(&units, *unit), current(terms, today)) else { continue };
        let missing = vacant(kind, term.fixed, held.get(unit).copied().unwrap_or_default());
        if missing.any() {
            let rule = if is_branch(kind) { "ORG-24" } else { "ORG-21" };
            let said = Said::new("committees-duty-vacancy").with("posts", vacancies(visit.w, &missing));
            each(Duty { rule, unit: *unit, said, due: Day::FOREVER, href: address(*unit) });
        }
    }
    Ok(())
}

/// ORG-23: the congress is held before the term ends.
fn find_terms(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let (today, units) = (visit.today(), UnitsToday::of(visit));
    let numbers = Numbers::on(today)?;
    let soon = numbers.after(numbers.remind, today);
    for (unit, terms) in visit.read(all_terms)? {
        let Some(term) = current(&terms, today).filter(|term| term.to <= soon) else { continue };
        if standing(&units, unit).is_some() {
            let said = Said::new("committees-duty-congress").with("ordinal", term.ordinal).with("day", term.to);
            each(Duty { rule: "ORG-23", unit, said, due: term.to, href: address(unit) });
        }
    }
    Ok(())
}

/// ORG-29: the unit reports and takes over, the committee above approves.
fn find_approvals(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let (today, units) = (visit.today(), UnitsToday::of(visit));
    for (unit, requests) in visit.read(|tx| open_requests(tx, today))? {
        let Some((place, _)) = standing(&units, unit) else { continue };
        for request in requests {
            let numbers = Numbers::on(request.result_on)?;
            if !numbers.clocks_are_sure {
                continue;
            }
            let href = format!("{}/approvals?result={}", address(unit), request.result_on.iso());
            if let Some((step, by)) = request.next(&numbers) {
                let said = Said::new(if step == Step::Approved {
                    "committees-duty-approve"
                } else {
                    "committees-duty-report"
                });
                let said = said.with("unit", units.name(unit)).with("day", request.result_on);
                let acting = if step == Step::Approved { above(&units, place).unwrap_or(unit) } else { unit };
                each(Duty { rule: "ORG-29", unit: acting, said, due: by, href: href.clone() });
            }
            if let Some(by) = request.hand_over_by(&numbers) {
                let said = Said::new("committees-duty-hand-over").with("day", request.result_on);
                each(Duty { rule: "ORG-29", unit, said, due: by, href });
            }
        }
    }
    Ok(())
}
