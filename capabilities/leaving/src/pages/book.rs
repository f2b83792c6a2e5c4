//! The book of those who left the Party (sổ đảng viên ra khỏi Đảng, EXI-15, DOS-07): everybody who left or died by the
//! register, whatever decided it, with the case of here where there is one.

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::{Gone, left_between};
use chibo_organisation::UnitsToday;
use chibo_store::Tx;
use chibo_web::Visit;

use super::Ask;
use super::found::Sight;
use crate::file::stands;
use crate::rules::{CaseFile, Ground, Kind, Phase, becomes};
use crate::store::{self, StateRow};

/// The case behind a line of the book.
pub(crate) struct Case {
    /// Which.
    pub id: Id<CaseFile>,
    /// Why.
    pub ground: Option<Ground>,
    /// Phase.
    pub phase: Phase,
    /// Day of the request or fact.
    pub opened: Day,
    /// Number of the decision; may be empty.
    pub number: String,
}

/// A line of the book.
pub(crate) struct Entry {
    /// Who.
    pub person: Id<Person>,
    /// The first day on which he was no member any more.
    pub from: Day,
    /// How he left; none when something other than a case of here decided it.
    pub kind: Option<Kind>,
    /// The case of here.
    pub case: Option<Case>,
    /// The removal was taken back: it stays in the book and does not count (MEM-42).
    pub restored: bool,
    /// The name.
    pub name: String,
    /// The last branch.
    pub unit: Id<Unit>,
    /// Where it stands in today's tree.
    pub place: u32,
}

impl Entry {
    /// Key of how he left.
    pub fn word(&self) -> &'static str {
        self.kind.map_or("leaving-kind-elsewhere", Kind::word)
    }

    /// Whether a question means it.
    pub fn fits(&self, ask: &Ask) -> bool {
        (!ask.elsewhere || self.kind.is_none())
            && ask.kind.is_none_or(|kind| self.kind == Some(kind))
            && ask.ground.is_none_or(|ground| self.case.as_ref().is_some_and(|case| case.ground == Some(ground)))
    }
}

/// The book with the organisation it lies in.
pub(crate) struct Book {
    /// Lines of the unit asked for, the newest first.
    pub entries: Vec<Entry>,
    /// The organisation.
    pub units: UnitsToday,
}

/// A removing case with the number of its decision.
type Decided = (StateRow, Kind, Phase, String);
/// Who left, when, how, by which case of here.
type Joined = (Id<Person>, Day, Option<Kind>, Option<Decided>);

fn new_year(year: i32) -> Day {
    Day::from_ymd(year, 1, 1).unwrap_or(Day::FOREVER)
}

/// Removing cases of here that came into force from one day until before another.
fn decided(tx: &mut Tx<'_>, first: Day, until: Day) -> Result<Vec<Decided>, Problem> {
    let (mut cases, mut numbers) = (Vec::new(), HashMap::new());
    for kind in Kind::ALL.iter().filter(|kind| kind.removes()) {
        let mut rows = Vec::new();
        store::in_force(tx, kind.code(), first, until, |row| {
            rows.push(row);
            Ok(())
        })?;
        store::numbers_in_force(tx, kind.code(), first, until, |row| {
            numbers.insert(row.case_id, row.number);
            Ok(())
        })?;
        for row in rows {
            let (kind, phase) = stands(&row)?;
            let number = numbers.remove(&row.case_id).unwrap_or_default();
            cases.push((row, kind, phase, number));
        }
    }
    Ok(cases)
}

/// Every departure with the case of here that decided it, and the removals that were taken back.
fn joined(gone: Vec<Gone>, cases: Vec<Decided>) -> Vec<Joined> {
    let mut by_person: HashMap<Id<Person>, Vec<Decided>> = HashMap::new();
    for case in cases {
        by_person.entry(case.0.person_id).or_default().push(case);
    }
    let mut all = Vec::with_capacity(gone.len());
    for one in gone {
        let case = by_person.get_mut(&one.person).and_then(|cases| {
            let fits = |case: &Decided| {
                case.0.begins_on == one.from && becomes(case.1) == Some(one.standing) && case.0.over_on == Day::FOREVER
            };
            cases.iter().rposition(fits).map(|at| cases.remove(at))
        });
        let died = (one.standing == Standing::Deceased).then_some(Kind::Death);
        let kind = case.as_ref().map(|case| case.1).or(died);
        all.push((one.person, one.from, kind, case));
    }
    // What the register does not know (any more) is no departure; what was taken back stays to be read.
    let back = by_person.into_values().flatten().filter(|case| case.0.over_on != Day::FOREVER);
    all.extend(back.map(|case| (case.0.person_id, case.0.begins_on, Some(case.1), Some(case))));
    all
}

impl Book {
    /// Everybody who left from one year through another, up to the day asked for, as far as the viewer may see them.
    pub fn take(visit: &Visit<'_>, ask: &Ask, years: (i32, i32)) -> Result<Self, Problem> {
        let (units, at) = (UnitsToday::of(visit), visit.as_of());
        let (first, until) = (new_year(years.0), new_year(years.1 + 1).min(at.day.plus_days(1)));
        let known = at.known.min(visit.now);
        let rows = visit.read(|tx| Ok(joined(left_between(tx, known, first, until)?, decided(tx, first, until)?)))?;
        let sight = Sight::of(visit, &units, ask.unit);
        let view = visit.house.census.view(visit.today());
        let mut entries = Vec::with_capacity(rows.len());
        for (person, from, kind, case) in rows {
            let Some(brief) = view.no(person).and_then(|no| view.person(no)) else { continue };
            let Some((unit, place)) = sight.home(&view, &brief) else { continue };
            let restored = case.as_ref().is_some_and(|case| case.0.over_on != Day::FOREVER);
            let case = case.map(|(row, _, phase, number)| Case {
                id: row.case_id,
                ground: Ground::from_code(&row.ground),
                phase,
                opened: row.opened_on,
                number,
            });
            entries.push(Entry { person, from, kind, case, restored, name: brief.name, unit, place });
        }
        entries.sort_by(|one, other| {
            (other.from, one.place, &one.name)
                .cmp(&(one.from, other.place, &other.name))
                .then(one.person.cmp(&other.person))
        });
        Ok(Self { entries, units })
    }
}
