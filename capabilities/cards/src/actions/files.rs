//! Dossiers: given out for reading and back (DOS-06), against the list and to the next keeper (DOS-05).

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::codes::Standing;
use chibo_store::Op;
use serde_json::json;

use super::{is_lost, record, record_of_unit};
use crate::rules::{Check, Loan, Terms, check_files, check_loan, dossier_kept};
use crate::seats::Seats;
use crate::store;

/// Dossiers to be handed to the next keeper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHandover {
    /// On which day.
    pub on: Day,
    /// By.
    pub giver: String,
    /// To.
    pub taker: String,
    /// How many.
    pub dossiers: u32,
    /// Number of the minutes.
    pub minutes: String,
    /// What there is to say.
    pub note: String,
}

/// Gives a dossier out for reading; its keeper is the base committee of the member, of somebody on probation the
/// committee above (DOS-02).
///
/// # Errors
/// Every reason at once with its rule; a conflict when the dossier is out or lost; absent when the keeper is out of reach.
pub fn lend(op: &mut Op<'_, '_>, loan: &Loan) -> Result<Id<Unit>, Problem> {
    let today = op.today();
    let home = chibo_members::actions::home_of(op.tx(), loan.person, today)?;
    let line = chibo_members::roll_of(op.tx(), &[loan.person], today)?.remove(&loan.person).ok_or(Problem::NotFound)?;
    let seats = Seats::within(op, home)?;
    let keeper = seats.at(dossier_kept(Standing::from_number(line.standing)));
    if keeper != seats.base && op.permit(Permission::EditMembers, keeper).is_err() {
        // Whoever keeps the other dossiers of the base organisation is told where this one is.
        op.permit(Permission::EditMembers, seats.base)?;
        let said = Said::new("cards-loan-kept-above");
        return Err(Problem::Refused(vec![Issue { field: Some("person".to_owned()), rule: Some("DOS-02"), said }]));
    }
    op.permit(Permission::EditMembers, keeper)?;
    let terms = Terms::on(loan.out)?;
    let issues = check_loan(loan, today, &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let before = store::loans_of_person(op.tx(), loan.person)?;
    if let Some(open) = before.iter().find(|row| row.is_out == 1) {
        return Err(Problem::Conflict(Said::new("cards-loan-is-out").with("name", &open.borrower)));
    }
    if is_lost(op.tx(), loan.person)? {
        let said = Said::new("cards-loan-is-lost");
        return Err(Problem::Refused(vec![Issue { field: Some("person".to_owned()), rule: Some("DOS-09"), said }]));
    }
    let seq = before.last().map_or(1, |row| row.seq + 1);
    let (now, by, version) = (op.now(), op.viewer().name.clone(), &terms.file_versions.1);
    let Loan { person, borrower, purpose, consent, out, due } = loan;
    store::insert_loan(op.tx(), *person, seq, keeper, borrower, purpose, consent, *out, *due, 1, version, now, &by)?;
    let detail = json!({ "borrower": borrower, "consent": consent, "out": out.iso(), "due": due.iso() });
    record(op, *person, keeper, "card-dossier-lent", &detail);
    Ok(keeper)
}

/// Takes a dossier back.
///
/// # Errors
/// Refused for a day before it went out or to come; a conflict when it is back; absent when the keeper is out of reach.
pub fn give_back(op: &mut Op<'_, '_>, (person, seq): (Id<Person>, u32), on: Day, note: &str) -> Result<(), Problem> {
    let row = store::loan(op.tx(), person, seq)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, row.unit_id)?;
    if on > op.today() || on < row.out_on {
        let said = Said::new("cards-loan-back-day").with("day", row.out_on);
        return Err(Problem::Refused(vec![Issue { field: Some("back".to_owned()), rule: Some("DOS-06"), said }]));
    }
    if store::returned(op.tx(), person, seq)? == 0 {
        return Err(Problem::Conflict(Said::new("cards-loan-is-back")));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_return(op.tx(), person, seq, on, note, now, &by)?;
    record(op, person, row.unit_id, "card-dossier-back", &json!({ "on": on.iso(), "borrower": row.borrower }));
    Ok(())
}

/// Writes down the list against the dossiers of a keeper (DOS-05).
///
/// # Errors
/// Refused when the differences do not explain the figures; absent when the keeper is out of reach.
pub fn check_list(op: &mut Op<'_, '_>, keeper: Id<Unit>, check: &Check) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, keeper)?;
    let issues = check_files(check, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let seq = store::checks_of(op.tx(), keeper)?.last().map_or(1, |row| row.seq + 1);
    let (now, by, version) = (op.now(), op.viewer().name.clone(), Terms::on(check.on)?.file_versions.0);
    store::insert_check(op.tx(), keeper, seq, check.on, check.listed, check.found, &version, now, &by)?;
    let missing = check.missing.iter().map(|what| (1, what));
    for (line, (side, what)) in (1u32..).zip(missing.chain(check.surplus.iter().map(|what| (2, what)))) {
        store::insert_gap(op.tx(), keeper, seq, line, side, what)?;
    }
    let (missing, surplus) = (check.missing.len(), check.surplus.len());
    let detail = json!({ "on": check.on.iso(), "listed": check.listed, "found": check.found, "missing": missing,
        "surplus": surplus });
    record_of_unit(op, keeper, "card-dossiers-checked", &detail);
    Ok(())
}

/// Writes down that the dossiers of a keeper went to the next person who keeps them (DOS-05).
///
/// # Errors
/// Every reason at once with its rule; absent when the keeper is out of reach.
pub fn hand_over(op: &mut Op<'_, '_>, keeper: Id<Unit>, new: &NewHandover) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, keeper)?;
    let issue = |field: &str, key| Issue { field: Some(field.to_owned()), rule: Some("DOS-05"), said: Said::new(key) };
    let mut issues = Vec::new();
    for (field, text) in [("giver", &new.giver), ("taker", &new.taker), ("minutes", &new.minutes)] {
        match text.chars().count() {
            0 => issues.push(issue(field, "cards-handover-needed")),
            1..=200 => {}
            _ => issues.push(issue(field, "cards-text-long")),
        }
    }
    if new.on > op.today() {
        issues.push(issue("handed", "cards-day-to-come"));
    }
    if new.note.chars().count() > 2_000 {
        issues.push(issue("note", "cards-note-long"));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let seq = store::handovers_of(op.tx(), keeper)?.last().map_or(1, |row| row.seq + 1);
    let (now, by) = (op.now(), op.viewer().name.clone());
    let NewHandover { on, giver, taker, dossiers, minutes, note } = new;
    store::insert_handover(op.tx(), keeper, seq, *on, giver, taker, *dossiers, minutes, note, now, &by)?;
    let detail = json!({ "on": on.iso(), "giver": giver, "taker": taker, "dossiers": dossiers, "minutes": minutes });
    record_of_unit(op, keeper, "card-dossiers-handed-over", &detail);
    Ok(())
}
