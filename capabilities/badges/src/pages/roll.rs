//! The roll of an award day: who is due, and where everybody stands who was proposed for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chibo_census::cube::{ListOrder, month_code};
use chibo_census::{Codes, Dim, Query, Scope, View};
use chibo_kernel::{AsOf, Day, Id, Permission, Person, Problem, Unit};
use chibo_members::PartyAge;
use chibo_members::codes::Standing;
use chibo_members::dims::member_standings;
use chibo_organisation::UnitsToday;
use chibo_store::Tx;
use chibo_web::Visit;

use super::ask::{Ask, Stand};
use crate::rules::{Award, Step, Terms, reaches};
use crate::store::{self, StepRow};

/// More than anybody has.
const EVERYBODY: usize = u32::MAX as usize;
/// An early badge is proposed at most so many months ahead of the award day it would be due on.
const EARLIEST: i32 = 36;

/// One member of the roll.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The member.
    pub person: Id<Person>,
    /// Full name.
    pub name: String,
    /// The branch, today's or the last.
    pub unit: Id<Unit>,
    /// Where it stands in today's tree.
    pub place: u32,
    /// Which badge.
    pub years: u16,
    /// Day of the admission.
    pub admitted: Option<Day>,
    /// When the years are reached; none when nobody knows, and for whoever is out of the Party.
    pub reached: Option<Day>,
    /// Where the badge stands.
    pub stand: Stand,
    /// `reached`, `illness`, `posthumous`.
    pub ground: String,
    /// Number of the badge, once decided.
    pub serial: String,
    /// Number of the decision to give it; empty before.
    pub decision: String,
    /// Day of that decision.
    pub decided_on: Option<Day>,
    /// Day of the hand-over.
    pub handed_on: Option<Day>,
    /// Number of the decision to take it back; empty unless it was.
    pub back: String,
    /// Day of that one.
    pub back_on: Option<Day>,
}

impl Line {
    fn new(
        (person, years): (Id<Person>, u16),
        stand: Stand,
        known: Known,
        age: Option<&PartyAge>,
        course: Option<&Course>,
    ) -> Self {
        let said = |text: fn(&Course) -> &String| course.map_or_else(String::new, |course| text(course).clone());
        Self {
            person,
            name: known.name,
            unit: known.unit,
            place: known.place,
            years,
            admitted: age.map(PartyAge::since),
            reached: age.and_then(|age| reaches(age, years)),
            stand,
            ground: course.map_or(crate::rules::Ground::Reached.code(), |course| &course.ground).to_owned(),
            serial: said(|course| &course.serial),
            decision: said(|course| &course.decision),
            decided_on: course.and_then(|course| course.decided_on),
            handed_on: course.and_then(|course| course.handed_on),
            back: said(|course| &course.back),
            back_on: course.and_then(|course| course.back_on),
        }
    }

    /// As a form names it: person and years.
    pub fn key(&self) -> String {
        format!("{}-{}", self.person, self.years)
    }
}

/// What was done for a badge so far.
struct Course {
    /// The last step.
    step: Step,
    award_on: Day,
    ground: String,
    serial: String,
    decision: String,
    decided_on: Option<Day>,
    handed_on: Option<Day>,
    back: String,
    back_on: Option<Day>,
}

impl Course {
    /// With one more step; a proposal begins anew.
    fn after(before: Option<Self>, step: Step, row: StepRow) -> Self {
        let StepRow { award_on, ground, serial, number, on_day, .. } = row;
        let new = Self {
            step,
            award_on,
            ground,
            serial,
            decision: String::new(),
            decided_on: None,
            handed_on: None,
            back: String::new(),
            back_on: None,
        };
        let (Some(before), false) = (before, step == Step::Proposed) else { return new };
        let Self { decision, decided_on, handed_on, .. } = before;
        match step {
            Step::Decided => Self { decision: number, decided_on: Some(on_day), ..new },
            Step::Awarded => Self { decision, decided_on, handed_on: Some(on_day), ..new },
            Step::TakenBack => Self { decision, decided_on, handed_on, back: number, back_on: Some(on_day), ..new },
            Step::Proposed | Step::Withdrawn => new,
        }
    }
}

/// What was done for each badge.
type Stood = HashMap<(Id<Person>, u16), Course>;

/// What was done for badges meant for award days near one.
fn stood(tx: &mut Tx<'_>, award: &Award) -> Result<Stood, Problem> {
    let mut found = Stood::new();
    let (first, last) = (award.on.plus_months(-EARLIEST), award.on.plus_months(EARLIEST));
    store::steps_between(tx, first, last, |row| {
        let step = Step::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a badge step {}", row.step)))?;
        let key = (row.person_id, row.years);
        let course = Course::after(found.remove(&key), step, row);
        found.insert(key, course);
        Ok(())
    })?;
    Ok(found)
}

/// Members whose years may be reached in the window, by month of admission.
fn question(terms: &Terms<'_>, award: &Award, today: Day) -> Query {
    let mut months = Codes::default();
    for years in &terms.years {
        let back = |day: Day| month_code(day.plus_months(-12 * i32::from(*years)));
        (back(award.from)..=back(award.to.plus_days(-1))).for_each(|month| months.insert(month));
    }
    let filters = vec![(Dim::AdmittedMonth, months)];
    Query { members: Some(member_standings()), filters, ..Query::at(AsOf::on(today)) }
}

/// A member as the columns know him.
pub(crate) struct Known {
    /// Full name.
    pub name: String,
    /// Today's branch or the last.
    pub unit: Id<Unit>,
    /// Where it stands.
    pub place: u32,
    /// Counted as a member today.
    pub member: bool,
}

/// What the columns know of somebody; none when he or his branch stands nowhere.
pub(crate) fn known(view: &View<'_>, person: Id<Person>) -> Option<Known> {
    let brief = view.person(view.no(person)?)?;
    let home = brief.today.map(|(unit, _)| unit).or(brief.home)?;
    let standing = brief.today.and_then(|(_, codes)| Standing::from_number(codes.standing));
    let member = standing.is_some_and(Standing::counts_as_member);
    Some(Known { name: brief.name, unit: view.forest().id(home)?, place: view.places().place(home)?, member })
}

/// The roll with the organisation it lies in.
pub(crate) struct Roll {
    /// Its lines, by branch and name.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
}

impl Roll {
    /// Everybody of an award day whom the viewer may see, in the asked unit.
    pub fn take(visit: &Visit<'_>, ask: &Ask, terms: &Terms<'_>) -> Result<Self, Problem> {
        let units = UnitsToday::of(visit);
        let range = units.range(ask.unit);
        let allowed = visit.who().ranges(Permission::ViewMembers);
        let lines = Self::of(visit, &ask.award, terms, |place| {
            range.contains(&place) && allowed.iter().any(|range| range.contains(&place))
        })?;
        Ok(Self { lines, units })
    }

    /// Everybody of an award day at the places that fit.
    pub fn of(
        visit: &Visit<'_>,
        award: &Award,
        terms: &Terms<'_>,
        fits: impl Fn(u32) -> bool,
    ) -> Result<Vec<Line>, Problem> {
        let due: Vec<Id<Person>> = {
            let view = visit.house.census.view(visit.today());
            let query = Query { scope: Scope::Everywhere, ..question(terms, award, visit.today()) };
            let found = view.list(&query, ListOrder::Place, None, EVERYBODY);
            found.into_iter().filter_map(|no| view.id(no)).collect()
        };
        let (stood, ages, due) = visit.read(|tx| {
            let stood = stood(tx, award)?;
            let here = stood.iter().filter(|(_, course)| course.award_on == award.on).map(|((person, _), _)| *person);
            let mut ids: Vec<_> = due.iter().copied().chain(here).collect();
            // Of whoever was out for a time the month of admission says too little.
            let gaps = chibo_members::with_gaps(tx)?;
            ids.extend_from_slice(&gaps);
            ids.sort_unstable();
            ids.dedup();
            let due = due.iter().copied().chain(gaps).collect::<BTreeSet<_>>();
            Ok((stood, chibo_members::party_ages_of(tx, &ids)?, due))
        })?;
        let mut wanted: BTreeMap<(Id<Person>, u16), Stand> = BTreeMap::new();
        for person in due {
            let Some(years) = ages.get(&person).and_then(|age| terms.due(age, award)) else { continue };
            let open = stood.get(&(person, years)).filter(|course| course.step != Step::Withdrawn);
            if open.is_none() {
                wanted.insert((person, years), Stand::Due);
            }
        }
        let here = stood.iter().filter(|(_, course)| course.award_on == award.on && course.step != Step::Withdrawn);
        wanted.extend(here.map(|(badge, course)| (*badge, Stand::At(course.step))));
        let view = visit.house.census.view(visit.today());
        let line = |((person, years), stand): ((Id<Person>, u16), Stand)| {
            let found = known(&view, person).filter(|found| fits(found.place))?;
            let course = stood.get(&(person, years)).filter(|_| stand != Stand::Due);
            (found.member || stand != Stand::Due)
                .then(|| Line::new((person, years), stand, found, ages.get(&person), course))
        };
        let mut lines: Vec<Line> = wanted.into_iter().filter_map(line).collect();
        lines.sort_by(|one, other| (one.place, &one.name, one.years).cmp(&(other.place, &other.name, other.years)));
        Ok(lines)
    }

    /// The lines asked for.
    pub fn fitting(&self, ask: &Ask) -> Vec<&Line> {
        let fits = |line: &&Line| {
            ask.years.is_none_or(|years| years == line.years) && ask.stand.is_none_or(|stand| stand == line.stand)
        };
        self.lines.iter().filter(fits).collect()
    }
}
