//! What is done to dossiers: each act loads, asks permission where the member is at home, decides, saves and records.

mod items;
mod names;
mod papers;
mod scans;
mod supplements;

use chibo_kernel::{Day, Id, Moment, Permission, Person, Problem, Said, Unit};
use chibo_members::Facts;
use chibo_store::{Entry, Op, Tx};
use serde_json::Value;

pub use items::{Change, NewRow, add, correct, load, opened, part_rows, retract, reveal, reveal_all};
pub use names::{Renaming, rename};
pub use papers::{Confirmation, Said as SaidOf, confirm, load_papers, say, say_many};
pub use scans::{PHOTO, attach, fetch, photo};
pub(crate) use scans::{content, may_attach};
pub use supplements::take_step;
pub(crate) use supplements::taken;

use crate::rules::REASON;
use crate::rules::complete::{About, Line, State, Verdict, judge, lines};
use crate::rules::terms::Terms;
use crate::store::{self, IndexRow, PaperRow};

pub(crate) fn record(op: &mut Op<'_, '_>, person: Id<Person>, unit: Id<Unit>, action: &'static str, detail: &Value) {
    let stream = *person.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

/// Where the member is at home, if the viewer may do this there.
fn at_home(op: &mut Op<'_, '_>, person: Id<Person>, needs: Permission) -> Result<Id<Unit>, Problem> {
    let unit = chibo_members::actions::home(op, person)?;
    op.permit(Permission::ViewMembers, unit)?;
    op.permit(needs, unit)?;
    Ok(unit)
}

/// A reason that says something, clean.
fn reason(typed: &str) -> Result<String, Problem> {
    let reason = chibo_kernel::text::clean(typed).into_owned();
    if reason.chars().count() < REASON {
        return Err(Problem::field("reason", Said::new("dossiers-reason-needed")));
    }
    Ok(reason)
}

/// The documents of a member as they are believed now.
#[derive(Clone, Debug)]
pub struct Index {
    /// The terms of the day.
    pub terms: Terms,
    /// What decides.
    pub about: About,
    /// What was said last of each document.
    pub papers: Vec<PaperRow>,
    /// Every line.
    pub lines: Vec<Line>,
    /// How complete.
    pub verdict: Verdict,
    /// The last confirmation.
    pub confirmed: Option<IndexRow>,
}

impl Index {
    /// What was said of a line.
    pub fn said(&self, line: &Line) -> Option<&PaperRow> {
        let code = &self.terms.kinds.get(line.kind)?.code;
        self.papers.iter().find(|row| row.code == *code && row.slot == line.slot)
    }

    /// Names of documents that are missing and counted.
    pub fn lacking(&self) -> Vec<String> {
        let line = |at: &usize| self.lines.get(*at).map(|line| self.name(line));
        self.verdict.lacking.iter().filter_map(line).collect()
    }

    /// The name of a line, with its year or number where there are several.
    pub fn name(&self, line: &Line) -> String {
        let Some(kind) = self.terms.kinds.get(line.kind) else { return String::new() };
        match line.slot {
            0 => kind.name.clone(),
            slot if slot > 1900 => format!("{} ({slot})", kind.name),
            slot => format!("{} ({})", kind.name, slot + 1),
        }
    }
}

/// Reads the documents of a member.
///
/// # Errors
/// Absent when there is no such member; problems of the database.
pub fn index(tx: &mut Tx<'_>, person: Id<Person>, today: Day) -> Result<Index, Problem> {
    let facts: Facts = chibo_members::facts_of(tx, person)?.ok_or(Problem::NotFound)?;
    let mut papers = store::papers_of(tx, person)?;
    let last = papers.iter().map(|row| row.recorded_at).max();
    papers.retain(|row| row.superseded_at == Moment::FOREVER);
    let confirmed = store::indexes_of(tx, person)?.pop();
    let current = confirmed.as_ref().is_some_and(|row| last.is_none_or(|last| last <= row.recorded_at));
    let about = About { admitted: facts.admitted, official: facts.official.is_some(), confirmed: current };
    let terms = Terms::on(today)?;
    let known: Vec<(&str, i32, State)> =
        papers.iter().filter_map(|row| Some((row.code.as_str(), row.slot, State::from_code(&row.state)?))).collect();
    let lines = lines(&terms, &about, &known, today);
    let verdict = judge(&terms, &about, &lines);
    Ok(Index { terms, about, papers, lines, verdict, confirmed })
}

/// Keeps how complete the dossier is now, for lists over many.
pub(crate) fn sum_up(op: &mut Op<'_, '_>, person: Id<Person>) -> Result<(), Problem> {
    let (today, now) = (op.today(), op.now());
    let Index { about, verdict, .. } = index(op.tx(), person, today)?;
    let [first, ..] = verdict.priorities;
    let (all, tolerated, confirmed) = (verdict.all, verdict.tolerated, u8::from(about.confirmed));
    store::keep_sum(op.tx(), person, now, all.needed, all.there, first.needed, first.there, tolerated, confirmed)
        .map(drop)
}
