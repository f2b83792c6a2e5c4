//! By what members pay: stated by the branch, dated, the base sealed for its owner (FEE-01…FEE-06).

use chibo_kernel::{Id, Permission, Person, Problem};
use chibo_store::{Keys, Op, Param, Tx, Value};
use serde_json::json;

use super::about_person;
use crate::rules::{Category, Month, Profile, Stated, check_stated};
use crate::store::{self, CategoryRow};

/// The row that holds in a month: the last one written of those begun.
pub fn holding(rows: &[CategoryRow], month: Month) -> Option<&CategoryRow> {
    rows.iter().filter(|row| row.from_month <= month.0).max_by_key(|row| (row.from_month, row.seq))
}

/// The base of a row.
///
/// # Errors
/// A fault when it does not open with the keys.
pub fn base_of(keys: &Keys, row: &CategoryRow) -> Result<Option<i64>, Problem> {
    if row.base.is_empty() {
        return Ok(None);
    }
    let plain = keys.open(&row.base, row.person_id.bytes())?;
    let text = String::from_utf8(plain).map_err(Problem::fault)?;
    text.parse().map(Some).map_err(Problem::fault)
}

/// What a row says with its base opened: for counting what is owed, never for showing.
///
/// # Errors
/// A fault when the row cannot be read.
pub fn profile_of(keys: &Keys, row: &CategoryRow) -> Result<Profile, Problem> {
    let category =
        Category::from_number(row.category).ok_or_else(|| Problem::fault(format!("a category {}", row.category)))?;
    Ok(Profile { category, base: base_of(keys, row)?, region: row.region })
}

/// The categories of a member.
///
/// # Errors
/// Problems of the database.
pub fn of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<CategoryRow>, Problem> {
    store::categories_of(tx, person)
}

/// States by what a member pays from a month on.
///
/// # Errors
/// Every reason at once with its rule; absent when the member is out of reach.
pub fn state(op: &mut Op<'_, '_>, person: Id<Person>, stated: &Stated) -> Result<(), Problem> {
    let unit = chibo_members::actions::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    let rows = store::categories_of(op.tx(), person)?;
    let before = holding(&rows, stated.from).filter(|row| row.category == stated.category.number());
    let kept = before.filter(|row| !row.base.is_empty());
    let issues = check_stated(stated, kept.is_some(), Month::of(op.today()));
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let base = match (stated.base.filter(|_| stated.category.needs_base()), kept) {
        (Some(base), _) => op.keys().seal(base.to_string().as_bytes(), person.bytes(), op.random())?,
        (None, Some(row)) if stated.category.needs_base() => row.base.clone(),
        _ => Vec::new(),
    };
    let (seq, now, by) = (rows.last().map_or(0, |row| row.seq) + 1, op.now(), op.viewer().name.clone());
    let (number, from) = (stated.category.number(), stated.from.0);
    let ground = stated.ground.filter(|_| stated.category == Category::Exempt).map_or("", |ground| ground.code());
    let row: [Value<'_>; 10] = [
        person.value(),
        seq.value(),
        from.value(),
        number.value(),
        Value::Text(ground),
        stated.region.value(),
        Value::Bytes(&base),
        stated.note.value(),
        now.value(),
        by.value(),
    ];
    store::bulk_categories(op.tx(), std::iter::once(row))?;
    let detail = json!({ "category": number, "from": stated.from.code(), "region": stated.region, "ground": ground });
    about_person(op, person, unit, "fee-category-stated", &detail);
    Ok(())
}

/// States for many at once.
///
/// # Errors
/// As [`state`]: one refusal stops all of them.
pub fn state_all(op: &mut Op<'_, '_>, all: &[(Id<Person>, Stated)]) -> Result<usize, Problem> {
    for (person, stated) in all {
        state(op, *person, stated).map_err(|problem| named(problem, *person))?;
    }
    Ok(all.len())
}

/// The fields of a row carry whose they are.
fn named(problem: Problem, person: Id<Person>) -> Problem {
    let Problem::Refused(mut issues) = problem else { return problem };
    for issue in &mut issues {
        issue.field = issue.field.as_ref().map(|field| format!("{field}-{person}"));
    }
    Problem::Refused(issues)
}

/// Opens the base that holds in a month for whoever is about to change it; the opening is what is recorded.
///
/// # Errors
/// Absent when the member is out of reach.
pub fn open_base(op: &mut Op<'_, '_>, person: Id<Person>, month: Month) -> Result<Option<i64>, Problem> {
    let unit = chibo_members::actions::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    let rows = store::categories_of(op.tx(), person)?;
    let Some(row) = holding(&rows, month).filter(|row| !row.base.is_empty()) else { return Ok(None) };
    let base = base_of(op.keys(), row)?;
    about_person(op, person, unit, "fee-base-read", &json!({ "from": Month(row.from_month).code() }));
    Ok(base)
}
