//! Party fees: by what the members of one ward pay, its books of eleven months with what was passed on; of all other
//! branches the totals of the last three months.

use chibo_census::cube::{ListOrder, Scope};
use chibo_census::{Census, Codes, Query};
use chibo_fees::actions::load::{LoadedBook, LoadedCategory, books, categories};
use chibo_fees::actions::remittances::{Ending, RECEIVED, end, owed, send};
use chibo_fees::rules::{Category, Line, Month, Profile, Rates, Reason, Sending, State, Totals, Way};
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_store::Op;

use super::TODAY;
use super::seed::Seed;

const FAMILY: u64 = 71;
/// Months of the ward's books.
const MONTHS: i32 = 11;
/// Months of the totals of everybody else.
const SHORT: i32 = 3;
/// Most members of one ward.
const MOST: usize = 20_000;

/// A member of the ward.
struct Payer {
    person: Id<Person>,
    unit: Id<Unit>,
    admitted: Option<Day>,
    profile: Profile,
    /// Pays rarely.
    careless: bool,
}

/// Writes them.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let Some(census) = op.beside::<Census>() else { return Ok(()) };
    let last = Month::of(TODAY).plus(-1);
    let (forest, payers) = (census.forest(), payers(&census));
    let first = last.plus(1 - MONTHS);
    let loaded: Vec<LoadedCategory> = payers.iter().map(|payer| category(payer, first)).collect();
    categories(op, &loaded)?;
    let mut all = Vec::new();
    for back in (0..MONTHS).rev() {
        all.extend(month(&payers, last.plus(-back))?);
    }
    let ward: std::collections::BTreeSet<Id<Unit>> = payers.iter().map(|payer| payer.unit).collect();
    let tree = forest.tree(AsOf::on(TODAY));
    let counts = census.view(TODAY).headcounts(&members(Scope::Everywhere));
    for (place, count) in (0u32..).zip(&counts) {
        let unit = tree.unit(place).and_then(|no| forest.id(no));
        let branch = Kind::from_number(tree.kind(place)).is_some_and(Kind::holds_members);
        if let Some(unit) = unit.filter(|unit| branch && *count > 0 && !ward.contains(unit)) {
            all.extend(totals(unit, u64::from(place), i64::from(*count), last));
        }
    }
    books(op, &all)?;
    for (index, unit) in ward.into_iter().enumerate() {
        passed_on(op, &census, unit, (index, last))?;
    }
    Ok(())
}

fn members(scope: Scope) -> Query {
    let standings: Vec<u32> =
        Standing::ALL.iter().filter(|one| one.counts_as_member()).map(|one| u32::from(one.number())).collect();
    Query { scope, members: Some(Codes::of(&standings)), ..Query::at(AsOf::on(TODAY)) }
}

/// The members of the first ward in the tree.
fn payers(census: &Census) -> Vec<Payer> {
    let view = census.view(TODAY);
    let forest = view.forest();
    let tree = forest.tree(AsOf::on(TODAY));
    let is_ward =
        |place: &u32| tree.kind(*place) == Kind::Base.number() && tree.setting(*place) == Setting::Ward.number();
    let Some(ward) = (0..tree.len()).find(is_ward).and_then(|place| tree.unit(place)) else { return Vec::new() };
    let all = view.list(&members(Scope::Unit(ward)), ListOrder::Place, None, MOST);
    let payer = |(index, no): (usize, u32)| {
        let brief = view.person(no)?;
        let mut seed = Seed::of(FAMILY, index as u64);
        let born = brief.born.map_or(1980, Day::year);
        Some(Payer {
            person: brief.id,
            unit: forest.id(brief.today?.0)?,
            admitted: brief.admitted,
            profile: profile(&mut seed, TODAY.year() - born),
            careless: seed.chance(6),
        })
    };
    all.into_iter().enumerate().filter_map(payer).collect()
}

fn profile(seed: &mut Seed, age: i32) -> Profile {
    let category = match age {
        ..=22 => Category::Student,
        60.. if seed.chance(850) => Category::Pensioner,
        60.. => Category::Retired,
        _ if seed.chance(780) => Category::Insured,
        _ => Category::Working,
    };
    let base = match category {
        Category::Insured => Some(i64::from(seed.between(55, 240)) * 100_000),
        Category::Pensioner => Some(i64::from(seed.between(35, 95)) * 100_000),
        _ => None,
    };
    Profile { category, base, region: 1 }
}

fn category(payer: &Payer, from: Month) -> LoadedCategory {
    let Profile { category, base, region } = payer.profile;
    LoadedCategory { person: payer.person, from, category, base, region }
}

/// The books of the ward's branches for a month.
fn month(payers: &[Payer], month: Month) -> Result<Vec<LoadedBook>, Problem> {
    let rates = Rates::of(month)?;
    let mut books: Vec<LoadedBook> = Vec::new();
    for (index, payer) in payers.iter().enumerate() {
        if payer.admitted.is_some_and(|day| Month::of(day) > month) {
            continue;
        }
        let Some(due) = rates.due(Some(&payer.profile), payer.admitted, false) else { continue };
        let mut seed = Seed::of(FAMILY + 1, index as u64 * 1_000 + u64::from(month.0.unsigned_abs()));
        let line = line(&mut seed, payer, (month, due.vnd, due.exempt), &rates.version);
        match books.last_mut().filter(|book| book.unit == payer.unit) {
            Some(book) => book.lines.push(line),
            None => books.push(LoadedBook { unit: payer.unit, month, lines: vec![line], totals: Totals::default() }),
        }
    }
    Ok(books)
}

fn line(seed: &mut Seed, payer: &Payer, (month, due, exempt): (Month, i64, bool), version: &str) -> Line {
    let unpaid = !exempt && seed.chance(if payer.careless { 450 } else { 8 });
    let reason = if unpaid && !payer.careless { Some(Reason::ALL[seed.below(3) as usize]) } else { None };
    let more = if seed.chance(30) { 10_000 } else { 0 };
    let state = match (exempt, unpaid) {
        (true, _) => State::Exempt,
        (_, true) => State::Unpaid,
        _ => State::Paid,
    };
    let paid = state == State::Paid;
    Line {
        person: payer.person,
        month,
        state,
        due,
        amount: if paid { due + more } else { 0 },
        way: paid.then(|| if seed.chance(250) { Way::Portal } else { Way::Cash }),
        receipt: String::new(),
        reason,
        note: String::new(),
        rulebook: version.to_owned(),
    }
}

/// The totals of a branch; a few have not closed the last month yet.
fn totals(unit: Id<Unit>, place: u64, members: i64, last: Month) -> Vec<LoadedBook> {
    let mut seed = Seed::of(FAMILY + 2, place);
    let late = seed.chance(25);
    let each = i64::from(seed.between(30, 120)) * 1_000;
    let exempt = members * i64::from(seed.between(2, 14)) / 100;
    let book = |back: i32, seed: &mut Seed| {
        let liable = members - exempt;
        let unpaid = if seed.chance(220) { i64::from(seed.between(1, 3)).min(liable) } else { 0 };
        let excused = unpaid / 2;
        let (due, collected) = (liable * each, (liable - unpaid) * each);
        let payers = liable - unpaid;
        let totals = Totals { members, liable, payers, excused, exempt, due, collected, ..Totals::default() };
        LoadedBook { unit, month: last.plus(-back), lines: Vec::new(), totals }
    };
    let first = i32::from(late);
    (first..SHORT).map(|back| book(back, &mut seed)).collect()
}

/// A branch passes the last month on; most of it has been taken in.
fn passed_on(
    op: &mut Op<'_, '_>,
    census: &Census,
    unit: Id<Unit>,
    (index, month): (usize, Month),
) -> Result<(), Problem> {
    let owed = owed(op.tx(), census, unit, (month, month), TODAY)?;
    if owed.passed == 0 || index % 9 == 8 {
        return Ok(());
    }
    let on = month.plus(1).first().plus_days(9);
    let number = format!("{:02}-PC", index + 1);
    let sending = Sending { from: month, to: month, amount: owed.passed, number, on, note: String::new() };
    let no = send(op, unit, &sending)?;
    if index % 4 == 3 {
        return Ok(());
    }
    let ending = Ending {
        from: unit,
        no,
        amount: owed.passed,
        on: on.plus_days(2),
        number: format!("{:02}-PT", index + 1),
        note: String::new(),
    };
    end(op, &ending, RECEIVED)
}
