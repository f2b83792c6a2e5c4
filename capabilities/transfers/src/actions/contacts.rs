//! Contact with the branch of residence and its yearly remarks (TRF-15).

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_store::Op;
use serde_json::json;

use super::{issue, record};
use crate::rules::{Contact, Remark, Residence, check_contact};
use crate::store::{self, ContactRow};

/// Introduces a member to the branch where he lives.
///
/// # Errors
/// Every reason at once; absent when the member is out of reach.
pub fn introduce(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    residence: &Residence,
    (since, number): (Day, &str),
) -> Result<Id<Contact>, Problem> {
    let home = members::home(op, person)?;
    op.permit(Permission::EditMembers, home)?;
    let today = op.today();
    let mut issues = check_contact(residence, since, today);
    if !members::standing_of(op.tx(), person, today)?.is_some_and(Standing::counts_as_member) {
        issues.push(issue("residence", "transfers-no-member"));
    }
    if *residence == Residence::Branch(home) {
        issues.push(Issue { rule: Some("TRF-15"), ..issue("residence", "transfers-residence-home") });
    }
    if number.chars().count() > 60 {
        issues.push(issue("number", "transfers-number-long"));
    }
    let ended = store::contact_ends_of(op.tx(), person)?;
    let open = |row: &ContactRow| !ended.iter().any(|end| end.contact_id == row.contact_id);
    if store::contacts_of(op.tx(), person)?.iter().any(open) {
        issues.push(issue("residence", "transfers-contact-open"));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (unit, place) = match residence {
        Residence::Branch(unit) => (Some(*unit), ""),
        Residence::Elsewhere(name) => (None, name.as_str()),
    };
    let (id, now, by): (Id<Contact>, _, _) = (op.fresh(), op.now(), op.viewer().name.clone());
    store::insert_contact(op.tx(), person, id, unit, place, since, number, now, &by)?;
    let to = unit.map_or_else(|| place.to_owned(), |unit| unit.to_string());
    record(op, person, home, "transfer-contact", &json!({ "to": to, "since": since.iso(), "number": number }));
    Ok(id)
}

/// The contact with whoever may act on it: the branch of residence, or else the member's own.
fn of(op: &mut Op<'_, '_>, person: Id<Person>, contact: Id<Contact>) -> Result<(ContactRow, Id<Unit>), Problem> {
    let row = store::contacts_of(op.tx(), person)?.into_iter().find(|row| row.contact_id == contact);
    let row = row.ok_or(Problem::NotFound)?;
    if let Some(unit) = row.unit_id.filter(|unit| op.permit(Permission::EditMembers, *unit).is_ok()) {
        return Ok((row, unit));
    }
    let home = members::home(op, person)?;
    op.permit(Permission::EditMembers, home)?;
    Ok((row, home))
}

/// Ends a contact: the member moved, retired or belongs to the branch of residence now.
///
/// # Errors
/// Every reason at once; absent for whoever may not.
pub fn end_contact(
    op: &mut Op<'_, '_>,
    (person, contact): (Id<Person>, Id<Contact>),
    on: Day,
    note: &str,
) -> Result<(), Problem> {
    let (row, unit) = of(op, person, contact)?;
    if store::contact_ends_of(op.tx(), person)?.iter().any(|end| end.contact_id == contact) {
        return Err(Problem::Conflict(Said::new("transfers-contact-ended-already")));
    }
    let mut issues = Vec::new();
    if on > op.today() {
        issues.push(issue("ended", "transfers-day-to-come"));
    } else if on < row.since {
        let said = Said::new("transfers-day-before-last").with("day", row.since);
        issues.push(Issue { said, ..issue("ended", "") });
    }
    if note.chars().count() > 2_000 {
        issues.push(issue("note", "transfers-note-long"));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_contact_end(op.tx(), person, contact, on, note, now, &by)?;
    record(op, person, unit, "transfer-contact-ended", &json!({ "on": on.iso() }));
    Ok(())
}

/// A remark to be written.
#[derive(Clone, Debug)]
pub struct NewRemark {
    /// About whom.
    pub person: Id<Person>,
    /// His name, for refusals.
    pub name: String,
    /// Which contact.
    pub contact: Id<Contact>,
    /// What.
    pub remark: Remark,
    /// What else is said.
    pub note: String,
}

/// Writes the remarks of a year, all or none. Of members introduced to a branch of the register it is that branch that
/// remarks; what a branch outside wrote is entered by the member's own.
///
/// # Errors
/// Every reason at once, at `note-<contact>`; absent for whoever may not.
pub fn remark(op: &mut Op<'_, '_>, year: i32, all: &[NewRemark]) -> Result<(), Problem> {
    let today = op.today();
    if year > today.year() || year < 2013 {
        return Err(Problem::field("year", Said::new("transfers-remark-year")));
    }
    let mut issues = Vec::new();
    for new in all {
        let (row, unit) = of(op, new.person, new.contact)?;
        if row.unit_id.is_some_and(|residence| residence != unit) {
            return Err(Problem::NotFound);
        }
        let field = format!("note-{}", new.contact);
        let mut wrong = |rule, key| {
            let said = Said::new(key).with("name", &new.name);
            issues.push(Issue { field: Some(field.clone()), rule, said });
        };
        if row.since.year() > year {
            wrong(None, "transfers-remark-early");
        }
        if new.note.chars().count() > 500 {
            wrong(None, "transfers-remark-long");
        }
        if new.remark == Remark::None && new.note.is_empty() {
            wrong(Some("TRF-15"), "transfers-remark-why");
        }
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    for new in all {
        let (_, unit) = of(op, new.person, new.contact)?;
        let before = store::remarks_of(op.tx(), new.person)?;
        let same = before.iter().filter(|row| row.contact_id == new.contact && row.year == year);
        let seq = same.map(|row| row.seq).max().unwrap_or(0) + 1;
        let (now, by, number) = (op.now(), op.viewer().name.clone(), new.remark.number());
        store::insert_remark(op.tx(), new.person, new.contact, year, seq, number, &new.note, now, &by)?;
        record(op, new.person, unit, "transfer-remark", &json!({ "year": year, "remark": number }));
    }
    Ok(())
}
