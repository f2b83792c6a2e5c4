//! Passing fees on to the unit above, and taking them in (FEE-10).

use chibo_census::Census;
use chibo_kernel::{Day, Id, Issue, Moment, Permission, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::about_unit;
use super::shares::{above, kept, level_of};
use crate::rules::{Month, Sending, passed};
use crate::store::{self, EndRow, RemittanceRow};

/// Received by the unit above.
pub const RECEIVED: u8 = 1;
/// Taken back by the sender before it was received.
pub const WITHDRAWN: u8 = 2;

/// What a unit should pass for a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// Collected in its closed books.
    pub collected: i64,
    /// Received from units below.
    pub received: i64,
    /// To be passed.
    pub passed: i64,
    /// Versions of the shares it was counted by.
    pub version: String,
}

impl Owed {
    /// What the share is taken of.
    pub const fn base(&self) -> i64 {
        self.collected + self.received
    }
}

/// A remittance with how it ended.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was sent.
    pub row: RemittanceRow,
    /// How it ended.
    pub end: Option<EndRow>,
}

impl Told {
    /// Counts: not withdrawn.
    pub fn holds(&self) -> bool {
        self.end.as_ref().is_none_or(|end| end.state != WITHDRAWN)
    }

    /// What arrived above.
    pub fn arrived(&self) -> Option<i64> {
        self.end.as_ref().filter(|end| end.state == RECEIVED).map(|end| end.amount)
    }
}

/// What a unit has sent.
///
/// # Errors
/// Problems of the database.
pub fn sent_by(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<Vec<Told>, Problem> {
    let (rows, ends) = (store::remittances_of(tx, unit)?, store::ends_of(tx, unit)?);
    Ok(rows.into_iter().map(|row| Told { end: ends.iter().find(|end| end.no == row.no).cloned(), row }).collect())
}

/// What came to a unit for periods that end in these months.
///
/// # Errors
/// Problems of the database.
pub fn sent_to(tx: &mut Tx<'_>, unit: Id<Unit>, (from, to): (Month, Month)) -> Result<Vec<Told>, Problem> {
    let rows = store::remittances_to(tx, unit, from.0, to.0)?;
    let mut told = Vec::with_capacity(rows.len());
    let mut ends: Vec<EndRow> = Vec::new();
    let mut of: Option<Id<Unit>> = None;
    for row in rows {
        if of != Some(row.unit_id) {
            ends = store::ends_of(tx, row.unit_id)?;
            of = Some(row.unit_id);
        }
        told.push(Told { end: ends.iter().find(|end| end.no == row.no).cloned(), row });
    }
    Ok(told)
}

/// What a unit should pass for a period: of its own closed books and of what it received, month by month, less its share.
///
/// # Errors
/// Problems of the database; absent for what passes nothing on.
pub fn owed(
    tx: &mut Tx<'_>,
    census: &Census,
    unit: Id<Unit>,
    (from, to): (Month, Month),
    today: Day,
) -> Result<Owed, Problem> {
    let level = level_of(census, unit).ok_or(Problem::NotFound)?;
    let books = store::books_of(tx, unit, from.0, to.0, Moment::FOREVER)?;
    let incoming = sent_to(tx, unit, (from, to))?;
    let mut all = Owed::default();
    for month in (from.0..=to.0).map(Month) {
        let collected: i64 =
            books.iter().filter(|book| book.closed && book.month == month.0).map(|b| b.collected).sum();
        let received: i64 = incoming.iter().filter(|told| told.row.to_month == month.0).filter_map(Told::arrived).sum();
        let kept = kept(tx, census, (unit, level), month, today)?;
        all.collected += collected;
        all.received += received;
        all.passed += passed(collected + received, kept.share);
        if !all.version.contains(&kept.version) {
            all.version.push_str(if all.version.is_empty() { "" } else { ", " });
            all.version.push_str(&kept.version);
        }
    }
    Ok(all)
}

/// Passes fees on to the unit above.
///
/// # Errors
/// Every reason at once (FEE-10); absent for whoever may not act.
pub fn send(op: &mut Op<'_, '_>, unit: Id<Unit>, sending: &Sending) -> Result<u32, Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let today = op.today();
    let to = above(&census, unit, today).ok_or_else(|| Problem::field("to", Said::new("fees-nothing-above")))?;
    let odd = sending.from > sending.to || sending.to.0 - sending.from.0 > 11;
    let period = if odd { (sending.to, sending.to) } else { (sending.from, sending.to) };
    let owed = owed(op.tx(), &census, unit, period, today)?;
    let before = sent_by(op.tx(), unit)?;
    let taken: Vec<_> = before
        .iter()
        .filter(|told| told.holds())
        .map(|told| (Month(told.row.from_month), Month(told.row.to_month)))
        .collect();
    let issues = sending.check(&taken, owed.passed, today);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let no = before.last().map_or(0, |told| told.row.no) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_remittance(
        op.tx(),
        unit,
        no,
        to,
        sending.from.0,
        sending.to.0,
        owed.base(),
        owed.passed,
        sending.amount,
        sending.on,
        &sending.number,
        &sending.note,
        &owed.version,
        now,
        &by,
    )?;
    let detail = json!({ "no": no, "from": sending.from.code(), "to": sending.to.code(), "amount": sending.amount,
        "expected": owed.passed, "number": sending.number });
    about_unit(op, unit, "fee-remittance-sent", &detail);
    Ok(no)
}

/// What is said about a remittance that ends.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Who sent it.
    pub from: Id<Unit>,
    /// Its number.
    pub no: u32,
    /// What arrived; nothing for a withdrawal.
    pub amount: i64,
    /// On which day.
    pub on: Day,
    /// Number of the receipt.
    pub number: String,
    /// What there is to say.
    pub note: String,
}

/// Takes a remittance in (as the unit above) or takes it back (as the sender).
///
/// # Errors
/// A refusal for a difference nobody explains; a conflict when it has ended already; absent for whoever may not act.
pub fn end(op: &mut Op<'_, '_>, ending: &Ending, state: u8) -> Result<(), Problem> {
    let told = sent_by(op.tx(), ending.from)?.into_iter().find(|told| told.row.no == ending.no);
    let told = told.ok_or(Problem::NotFound)?;
    let acts = if state == RECEIVED { told.row.to_unit } else { told.row.unit_id };
    op.permit(Permission::EditMembers, acts)?;
    if told.end.is_some() {
        return Err(Problem::Conflict(Said::new("fees-ended-already")));
    }
    let mut issues = Vec::new();
    let mut refuse = |field: &str, key: &'static str| {
        issues.push(Issue { field: Some(field.to_owned()), rule: Some("FEE-10"), said: Said::new(key) });
    };
    if ending.on > op.today() || ending.on < told.row.sent_on {
        refuse("on", "fees-day-odd");
    }
    if state == RECEIVED && ending.amount < 0 {
        refuse("amount", "fees-amount-needed");
    }
    if (state == WITHDRAWN || ending.amount != told.row.sent) && ending.note.is_empty() {
        refuse("note", "fees-end-told");
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    let amount = if state == RECEIVED { ending.amount } else { 0 };
    let (from, no) = (ending.from, ending.no);
    store::insert_end(op.tx(), from, no, state, amount, ending.on, &ending.number, &ending.note, now, &by)?;
    let action = if state == RECEIVED { "fee-remittance-received" } else { "fee-remittance-withdrawn" };
    let detail = json!({ "from-unit": from.to_string(), "no": no, "sent": told.row.sent, "arrived": amount });
    about_unit(op, acts, action, &detail);
    Ok(())
}
