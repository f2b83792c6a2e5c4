//! Numbers of dossiers (DOS-08): blocks allotted by the city, numbers given to members, the November report.

use chibo_census::{Census, Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::dims::member_standings;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{record, record_of_unit};
use crate::rules::{Block, FileNumber, Terms, check_block, fits, next_free};
use crate::seats::Seats;
use crate::store::{self, BlockRow};

/// A block to be allotted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBlock {
    /// To the organisation.
    pub unit: Id<Unit>,
    /// Which numbers.
    pub block: Block,
    /// On this day.
    pub on: Day,
    /// Number of the paper.
    pub number: String,
}

/// How a block is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// The block.
    pub block: Block,
    /// Numbers used.
    pub used: u32,
    /// The greatest used.
    pub greatest: Option<u32>,
}

impl Usage {
    /// Numbers that were never used.
    pub fn free(&self) -> u32 {
        self.block.size().saturating_sub(self.used)
    }
}

/// A block as stored.
pub(crate) fn block_of(row: &BlockRow) -> Block {
    Block { first: row.first_no, last: row.last_no, letters: row.letters.clone() }
}

/// How these blocks are used: by dossiers of members, and by numbers given out that no dossier shows yet.
///
/// # Errors
/// Problems of the database.
pub fn usage(tx: &mut Tx<'_>, blocks: &[Block]) -> Result<Vec<Usage>, Problem> {
    let mut all = Vec::with_capacity(blocks.len());
    for block in blocks {
        let (first, last) = block.ends();
        let (mut used, greatest) = chibo_members::file_numbers(tx, (&first, &last, &block.letters))?;
        let value = |text: &str| text.parse::<FileNumber>().ok().filter(|n| block.holds(n)).map(|n| n.value);
        let mut greatest = greatest.and_then(|text| value(&text));
        for text in store::given_between(tx, &first, &last)? {
            let Some(given) = value(&text) else { continue };
            greatest = greatest.max(Some(given));
            used += u32::from(!chibo_members::file_no_taken(tx, &text)?);
        }
        all.push(Usage { block: block.clone(), used, greatest });
    }
    Ok(all)
}

fn refuse(field: &str, said: Said) -> Problem {
    Problem::Refused(vec![Issue { field: Some(field.to_owned()), rule: Some("DOS-08"), said }])
}

/// Allots a block to an organisation directly under the city; the city does it.
///
/// # Errors
/// Every reason at once with its rule; absent when the city or the organisation is out of reach.
pub fn allot(op: &mut Op<'_, '_>, new: &NewBlock) -> Result<(), Problem> {
    let seats = Seats::within(op, new.unit)?;
    op.permit(Permission::EditMembers, seats.city)?;
    let terms = Terms::on(new.on)?;
    let members = headcount(op, new.unit)?;
    let others: Vec<Block> = store::blocks(op.tx())?.iter().map(block_of).collect();
    let before = u32::try_from(store::block_count(op.tx(), new.unit)?.unwrap_or(0)).map_err(Problem::fault)?;
    let mut issues = check_block(&new.block, members, before > 0, &others, &terms);
    if seats.upper != new.unit || seats.city == new.unit {
        issues.extend(issues_of(refuse("to", Said::new("cards-lot-not-upper"))));
    }
    if new.on > op.today() {
        issues.extend(issues_of(refuse("on", Said::new("cards-day-to-come"))));
    }
    if new.number.chars().count() > 60 {
        issues.extend(issues_of(refuse("number", Said::new("cards-number-long"))));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by, Block { first, last, letters }) = (op.now(), op.viewer().name.clone(), &new.block);
    let (number, version) = (&new.number, &terms.number_version);
    let (unit, seq) = (new.unit, before + 1);
    store::insert_block(op.tx(), unit, seq, *first, *last, letters, members, new.on, number, version, now, &by)?;
    let detail = json!({ "first": first, "last": last, "letters": letters, "number": number });
    record_of_unit(op, unit, "card-numbers-allotted", &detail);
    Ok(())
}

fn issues_of(problem: Problem) -> Vec<Issue> {
    if let Problem::Refused(issues) = problem { issues } else { Vec::new() }
}

/// The members of an organisation today.
fn headcount(op: &Op<'_, '_>, unit: Id<Unit>) -> Result<u32, Problem> {
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let view = census.view(op.today());
    let unit = view.forest().no(unit).ok_or(Problem::NotFound)?;
    let at = AsOf::on(op.today());
    let query = Query { members: Some(member_standings()), scope: Scope::Unit(unit), ..Query::at(at) };
    u32::try_from(view.count(&query)).map_err(Problem::fault)
}

/// Gives a member the number typed, or the next free one of the organisation directly under the city he belongs to. What
/// stands in the member's own record is not changed here.
///
/// # Errors
/// Refused when the member has a number, when there is no block or none left, when the typed number is outside the
/// blocks or used; absent when the organisation is out of reach.
pub fn give(op: &mut Op<'_, '_>, person: Id<Person>, typed: Option<&FileNumber>) -> Result<FileNumber, Problem> {
    let today = op.today();
    let home = chibo_members::actions::home_of(op.tx(), person, today)?;
    let unit = Seats::within(op, home)?.upper;
    op.permit(Permission::EditMembers, unit)?;
    let roll = chibo_members::roll_of(op.tx(), &[person], today)?;
    let line = roll.get(&person).ok_or(Problem::NotFound)?;
    let given = store::numbers_of(op.tx(), person)?;
    let has = given.last().map(|row| row.file_number.clone()).or_else(|| Some(line.file_no.clone()));
    if let Some(has) = has.filter(|number| !number.is_empty()) {
        return Err(refuse("file", Said::new("cards-lot-has-one").with("number", has)));
    }
    let blocks: Vec<Block> = store::blocks_of(op.tx(), unit)?.iter().map(block_of).collect();
    if blocks.is_empty() {
        return Err(refuse("file", Said::new("cards-lot-none")));
    }
    let number = match typed {
        Some(number) => {
            let text = number.to_string();
            let used = chibo_members::file_no_taken(op.tx(), &text)? || store::number_owner(op.tx(), &text)?.is_some();
            if let Some(issue) = fits(number, &blocks, used) {
                return Err(Problem::Refused(vec![issue]));
            }
            number.clone()
        }
        None => {
            let usage = usage(op.tx(), &blocks)?;
            let known: Vec<_> = usage.into_iter().map(|usage| (usage.block, usage.greatest)).collect();
            next_free(&known).ok_or_else(|| refuse("file", Said::new("cards-lot-full")))?
        }
    };
    let (now, by, text, version) =
        (op.now(), op.viewer().name.clone(), number.to_string(), Terms::on(today)?.number_version);
    store::add_number(op.tx(), &text, person)?;
    let seq = given.last().map_or(1, |row| row.seq + 1);
    store::insert_number(op.tx(), person, seq, &text, unit, today, &version, now, &by)?;
    record(op, person, unit, "card-number-given", &json!({ "number": text }));
    Ok(number)
}

/// Reports on the use of numbers in a year, as it is today.
///
/// # Errors
/// Refused without a block; absent when the organisation is out of reach.
pub fn report(op: &mut Op<'_, '_>, unit: Id<Unit>, year: i32) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let blocks: Vec<Block> = store::blocks_of(op.tx(), unit)?.iter().map(block_of).collect();
    if blocks.is_empty() {
        return Err(refuse("unit", Said::new("cards-lot-none")));
    }
    let usage = usage(op.tx(), &blocks)?;
    let (allotted, used) = (usage.iter().map(|one| one.block.size()).sum(), usage.iter().map(|one| one.used).sum());
    let reports = store::reports_of_year(op.tx(), year)?;
    let last = reports.iter().rfind(|row| row.unit_id == unit);
    let (today, now, by) = (op.today(), op.now(), op.viewer().name.clone());
    let seq = last.map_or(1, |row| row.seq + 1);
    store::insert_report(op.tx(), unit, year, seq, allotted, used, today, now, &by)?;
    record_of_unit(op, unit, "card-numbers-reported", &json!({ "year": year, "allotted": allotted, "used": used }));
    Ok(())
}
