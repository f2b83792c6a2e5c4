//! The agenda of a quarterly briefing, as the figures of the branches suggest it (MTG-12).

use chibo_kernel::{Day, Id, Problem, Unit};
use chibo_web::Visit;

use super::briefings::branches;
use super::library::Committee;
use crate::rules::{Grade, Month};
use crate::store;

/// Names in one item of the agenda.
const NAMES: usize = 20;

/// Names of some units, the first of them when there are many.
pub(super) fn named(committee: &Committee, some: &[Id<Unit>]) -> String {
    let names = some.iter().take(NAMES).map(|unit| committee.view.units.name(*unit));
    let mut text = names.collect::<Vec<_>>().join(", ");
    if some.len() > NAMES {
        text.push('…');
    }
    text
}

/// The agenda as the figures suggest it: grades, months without a meeting, weak branches, what is overdue.
pub(super) fn agenda(visit: &Visit<'_>, committee: &Committee, quarter: Month) -> Result<String, Problem> {
    let w = visit.w;
    let (branches, today) = (branches(visit, committee), visit.today());
    let last = Month::of(today).0.min(quarter.0 + 2);
    let (overdue, tasks) =
        visit.read(|tx| Ok((store::overdue_by_branch(tx, today)?, store::briefing_tasks(tx, committee.unit)?)))?;
    let mut grades = [0u32; 4];
    let (mut silent, mut weak) = (Vec::new(), Vec::new());
    for unit in &branches {
        let seen = |month: i32| committee.view.seen(*unit, Month(month));
        if (quarter.0..=last).any(|month| seen(month).is_none_or(|seen| seen.met < 2)) {
            silent.push(*unit);
        }
        let of = (quarter.0..=last).filter_map(seen).filter(|seen| seen.met == 2).filter_map(|seen| seen.grade);
        let of: Vec<Grade> = of.collect();
        for (count, grade) in grades.iter_mut().zip(Grade::ALL) {
            *count += u32::try_from(of.iter().filter(|known| **known == grade).count()).unwrap_or(u32::MAX);
        }
        if of.contains(&Grade::Weak) {
            weak.push(*unit);
        }
    }
    let counts: Vec<String> =
        Grade::ALL.iter().zip(grades).map(|(grade, count)| format!("{} {}", w.t(grade.word()), w.n(count))).collect();
    let mut lines = vec![w.t1("meetings-briefing-grades", "grades", counts.join(", "))];
    for (word, some) in [("meetings-briefing-silent", &silent), ("meetings-briefing-weak", &weak)] {
        if !some.is_empty() {
            lines.push(w.t2(word, ("count", w.n(some.len())), ("names", named(committee, some))));
        }
    }
    let below = overdue.iter().filter(|row| branches.contains(&row.unit_id));
    let late: i64 = below.map(|row| row.count).sum();
    if late > 0 {
        lines.push(w.t1("meetings-briefing-overdue", "count", w.n(late)));
    }
    let open = tasks.iter().filter(|task| task.done_on == Day::FOREVER && task.due < today);
    lines.extend(open.map(|task| {
        let name = committee.view.units.name(task.branch_id);
        w.t2("meetings-briefing-late-task", ("what", &task.what), ("name", name))
    }));
    lines.push(w.t("meetings-briefing-next").to_owned());
    Ok(lines.join("\n"))
}
