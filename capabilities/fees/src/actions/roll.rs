//! Who stands in the book of a branch and month, and what each one owes.

use std::collections::HashSet;
use std::collections::btree_map::{BTreeMap, Entry};

use chibo_census::cube::{ListOrder, Scope};
use chibo_census::{Census, Codes, Dim, PersonNo, Query};
use chibo_kernel::{AsOf, Day, Id, Moment, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_store::{Keys, Tx};

use super::categories::holding;
use super::payer::Payer;
use crate::rules::{Asked, Category, Expected, Month, Rates, State};
use crate::store::{self, LineRow};

/// Members of one branch at most.
const MOST: usize = 5_000;

/// A member of a branch in a month.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Exempted from activity.
    pub exempted: bool,
}

/// What a book expects of a member, with by what he pays.
#[derive(Clone, Debug)]
pub struct Row {
    /// For the rules.
    pub expected: Expected,
    /// By what; `None` when nobody has said.
    pub category: Option<Category>,
    /// The rule behind what is owed.
    pub rule: &'static str,
}

/// The numbers of months, read from the rulebook once each.
#[derive(Default)]
pub struct Tariffs(BTreeMap<Month, Rates>);

impl Tariffs {
    /// Of a month.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn of(&mut self, month: Month) -> Result<&Rates, Problem> {
        match self.0.entry(month) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(Rates::of(month)?)),
        }
    }
}

/// Who pays in a unit for a month, by name: those posted there, without those who stay elsewhere for a time and pay there, and
/// whoever stays here (TRF-07). A stay changes who collects from the month after the one it begins or ends in: the fee is
/// paid through the month of the introduction (TRF-04).
///
/// # Errors
/// Problems of the database.
pub fn members(
    tx: &mut Tx<'_>,
    census: &Census,
    (unit, month): (Id<Unit>, Month),
    today: Day,
) -> Result<Vec<Member>, Problem> {
    let mut here = posted(census, unit, month, today);
    let stays = chibo_members::actions::stays_on(tx, month.first())?;
    let away: HashSet<_> = stays.iter().filter(|stay| stay.unit_id != Some(unit)).map(|stay| stay.person_id).collect();
    here.retain(|member| !away.contains(&member.person));
    let view = census.view(today);
    let known: HashSet<_> = here.iter().map(|member| member.person).collect();
    let guests = stays.iter().filter(|stay| stay.unit_id == Some(unit) && !known.contains(&stay.person_id));
    let guest = |stay: &chibo_members::actions::StayRow| {
        Some(Member { person: stay.person_id, name: view.name_of(stay.person_id)?, exempted: false })
    };
    here.extend(guests.filter_map(guest));
    Ok(here)
}

/// The members posted in a unit itself on the last day of a month, or today when it is not over, by name.
pub fn posted(census: &Census, unit: Id<Unit>, month: Month, today: Day) -> Vec<Member> {
    let day = month.last().min(today);
    let view = census.view(today);
    let tree = view.forest().tree(AsOf::on(day));
    let Some(place) = view.forest().no(unit).and_then(|no| tree.place_of(no)) else { return Vec::new() };
    let codes = |fits: fn(&Standing) -> bool| {
        let all: Vec<u32> = Standing::ALL.iter().filter(|one| fits(one)).map(|one| u32::from(one.number())).collect();
        Codes::of(&all)
    };
    let scope = Scope::Places(std::iter::once(place..place + 1).collect());
    let query = Query { scope, members: Some(codes(|one| one.counts_as_member())), ..Query::at(AsOf::on(day)) };
    let exempted = query.clone().only(Dim::Standing, u32::from(Standing::Exempted.number()));
    let exempted: HashSet<PersonNo> = view.list(&exempted, ListOrder::Name, None, MOST).into_iter().collect();
    let member =
        |no: PersonNo| Some(Member { person: view.id(no)?, name: view.name(no), exempted: exempted.contains(&no) });
    view.list(&query, ListOrder::Name, None, MOST).into_iter().filter_map(member).collect()
}

/// Whether a line says that its month is paid.
fn pays(line: &LineRow) -> bool {
    line.state == State::Paid.number()
}

/// What the book of a unit and month expects of these members.
///
/// # Errors
/// Problems of the database; a fault when something stored cannot be read.
pub fn rows(
    tx: &mut Tx<'_>,
    keys: &Keys,
    (unit, month): (Id<Unit>, Month),
    members: Vec<Member>,
    today: Day,
) -> Result<Vec<Row>, Problem> {
    let mut tariffs = Tariffs::default();
    let ids: Vec<_> = members.iter().map(|member| member.person).collect();
    let (ages, gaps) = (chibo_members::party_ages_of(tx, &ids)?, chibo_members::restored_of(tx, &ids)?);
    let mut rows = Vec::with_capacity(members.len());
    for member in members {
        let payer = Payer {
            categories: store::categories_of(tx, member.person)?,
            age: ages.get(&member.person),
            gaps: gaps.get(&member.person).map_or(&[], Vec::as_slice),
            exempted: member.exempted,
        };
        rows.push(row(tx, keys, (unit, month), (member, &payer), today, &mut tariffs)?);
    }
    Ok(rows)
}

fn row(
    tx: &mut Tx<'_>,
    keys: &Keys,
    (unit, month): (Id<Unit>, Month),
    (member, payer): (Member, &Payer<'_>),
    today: Day,
    tariffs: &mut Tariffs,
) -> Result<Row, Problem> {
    let person = member.person;
    let (due, _, most) = payer.owed(keys, tariffs, month)?;
    let far = Month::of(today).plus(most);
    let lines = store::lines_about(tx, person, i32::MIN, far.0, Moment::FOREVER)?;
    let own = |line: &LineRow| line.unit_id == unit && line.book_month == month.0;
    let elsewhere: HashSet<i32> =
        lines.iter().filter(|line| pays(line) && !own(line)).map(|line| line.for_month).collect();
    let unpaid = lines.iter().filter(|line| line.state == State::Unpaid.number() && !own(line));
    let mut back: Vec<Asked> = Vec::new();
    for line in unpaid.filter(|line| line.for_month < month.0 && !elsewhere.contains(&line.for_month)) {
        let at = Month(line.for_month);
        if back.last().is_some_and(|(other, ..)| *other == at) {
            continue;
        }
        // A month nobody could count then is counted now.
        let (now, version, _) = payer.owed(keys, tariffs, at)?;
        let counted = if line.due > 0 { line.due } else { now.map_or(0, |due| due.vnd) };
        back.push((at, counted, if line.due > 0 { line.rulebook.clone() } else { version }));
    }
    let others = lines.iter().filter(|line| !own(line));
    back.extend(payer.missed(keys, tariffs, others)?.into_iter().filter(|(at, ..)| *at < month));
    back.retain(|(_, due, _)| *due > 0);
    back.sort_by_key(|(at, ..)| *at);
    let mut ahead: Vec<Asked> = Vec::new();
    for later in month.0 + 1..=far.0 {
        let (due, version, _) = payer.owed(keys, tariffs, Month(later))?;
        if let Some(due) = due.filter(|due| due.vnd > 0 && !elsewhere.contains(&later)) {
            ahead.push((Month(later), due.vnd, version));
        }
    }
    let category = holding(&payer.categories, month).and_then(|row| Category::from_number(row.category));
    Ok(Row {
        category,
        rule: due.as_ref().map_or("FEE-11", |due| due.rule),
        expected: Expected {
            person,
            name: member.name,
            due: due.as_ref().map(|due| due.vnd),
            exempt: due.as_ref().is_some_and(|due| due.exempt),
            before: elsewhere.contains(&month.0),
            back,
            ahead,
        },
    })
}
