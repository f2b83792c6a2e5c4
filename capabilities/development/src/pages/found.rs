//! Candidates with where they stand and what is due.

use chibo_kernel::text::fold;
use chibo_kernel::{Day, Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_store::Tx;
use chibo_web::Visit;

use super::Ask;
use crate::actions::taken;
use crate::rules::{Course, Step, Terms};
use crate::store::{self, CandidateRow};

/// A candidate.
pub(crate) struct Line {
    /// As entered.
    pub row: CandidateRow,
    /// What was done.
    pub course: Course,
    /// What is due next, by when, by which rule.
    pub due: Option<(Step, Day, &'static str)>,
    /// Where his branch stands today.
    pub place: u32,
}

impl Line {
    /// Whether something is overdue.
    pub fn late(&self, today: Day) -> bool {
        self.due.is_some_and(|(_, day, _)| day < today)
    }
}

/// Candidates, by branch and name.
pub(crate) struct Found {
    /// The candidates.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
}

/// Everybody with his course. Both come by candidate: one walk through the two.
fn everybody(tx: &mut Tx<'_>) -> Result<Vec<(CandidateRow, Course)>, Problem> {
    let mut all: Vec<(CandidateRow, Course)> = Vec::new();
    store::candidates(tx, |row| {
        all.push((row, Course::default()));
        Ok(())
    })?;
    let mut at = 0;
    store::all_courses(tx, |row| {
        while all.get(at).is_some_and(|(candidate, _)| candidate.candidate_id != row.candidate_id) {
            at += 1;
        }
        let Some((_, course)) = all.get_mut(at) else {
            return Err(Problem::fault("a step of nobody"));
        };
        course.0.push(taken(&row.step, row.on_day, (row.votes_for, row.votes_base), row.body.as_deref())?);
        Ok(())
    })?;
    Ok(all)
}

impl Found {
    /// Those the viewer may see.
    pub fn take(visit: &Visit<'_>) -> Result<Self, Problem> {
        let units = UnitsToday::of(visit);
        let allowed = visit.who().ranges(Permission::ViewMembers);
        let may = |place: u32| visit.who().system || allowed.iter().any(|range| range.contains(&place));
        Self::at(visit, units, &may)
    }

    /// Those of branches at places that fit.
    pub fn at(visit: &Visit<'_>, units: UnitsToday, fits: &dyn Fn(u32) -> bool) -> Result<Self, Problem> {
        let terms = Terms::on(visit.today())?;
        let mut lines = Vec::new();
        for (row, course) in visit.read(everybody)? {
            if let Some(place) = units.place(row.unit_id).filter(|place| fits(*place)) {
                let due = terms.due(&course);
                lines.push(Line { row, course, due, place });
            }
        }
        lines.sort_by(|one, other| (one.place, &one.row.full_name).cmp(&(other.place, &other.row.full_name)));
        Ok(Self { lines, units })
    }

    /// Those asked for. Without a stage asked for, those who are through or stopped are left out.
    pub fn fitting(&self, ask: &Ask, today: Day) -> Vec<&Line> {
        let range = self.units.range(ask.unit);
        let fits = |line: &&Line| {
            let stage = line.course.stage();
            let stands = match ask.stage {
                Some(wanted) => stage == wanted,
                None => !matches!(stage, Some(Step::Admitted | Step::Stopped | Step::Annulled)),
            };
            stands
                && range.contains(&line.place)
                && (!ask.late || line.late(today))
                && (ask.name.is_empty() || fold(&line.row.full_name).contains(&ask.name))
        };
        self.lines.iter().filter(fits).collect()
    }
}

/// Key of the word for a stage.
pub(crate) const fn stage_word(stage: Option<Step>) -> &'static str {
    match stage {
        None => "development-stage-new",
        Some(step) => step.word(),
    }
}
