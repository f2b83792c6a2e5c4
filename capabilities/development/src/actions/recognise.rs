//! From probation to recognition, or to striking-off.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{counted, record, remarked, stay_of};
use crate::rules::{
    Body, Deed, Electorate, Line, Paper, PaperStage, ProbationGround, Recognition, Road, Taken, Terms, Vote, carried,
    check_recognition, check_stay,
};
use crate::store::{self, RecognitionRow};

/// A stored step from probation as taken.
///
/// # Errors
/// A fault when the step cannot be read.
pub(crate) fn walked(
    code: &str,
    on: Day,
    (yes, base): (u32, u32),
    body: Option<&str>,
) -> Result<Taken<Recognition>, Problem> {
    let step = Recognition::from_code(code).ok_or_else(|| Problem::fault(format!("a step {code}")))?;
    let vote = Vote { yes, base, body: body.and_then(Body::from_code), ..Vote::default() };
    Ok(Taken { step, on, passed: !step.is_vote() || carried(step.decides(), &vote) })
}

/// Stored steps of a member on probation as a road.
///
/// # Errors
/// A fault when a step cannot be read.
pub fn road(rows: &[RecognitionRow]) -> Result<Road, Problem> {
    let read =
        |row: &RecognitionRow| walked(&row.step, row.on_day, (row.votes_for, row.votes_base), row.body.as_deref());
    rows.iter().map(read).collect::<Result<_, Problem>>().map(Road)
}

/// The day probation ends: twelve months after the ceremony, or after the admission where no ceremony is known.
///
/// # Errors
/// Not found for somebody without an admission.
pub fn official_on(tx: &mut Tx<'_>, person: Id<Person>, today: Day) -> Result<Day, Problem> {
    let admitted = chibo_members::admitted_of(tx, &[person])?.get(&person).copied().ok_or(Problem::NotFound)?;
    let began = chibo_members::probation_of(tx, person)?.map_or(admitted, |began| began.max(admitted));
    Ok(Terms::on(today)?.official_on(began))
}

/// Papers that must be there before anybody votes to recognise, and are not (MEM-30, MEM-32). What was written down for an
/// earlier probation does not count.
fn missing(op: &mut Op<'_, '_>, person: Id<Person>, began: Day, terms: &Terms) -> Result<Vec<Paper>, Problem> {
    let rows = store::file::recognition_papers_of(op.tx(), person)?;
    let there = |paper: Paper| {
        let last = rows.iter().rev().find(|row| row.paper == paper.code());
        last.is_some_and(|row| row.there && row.on_day >= began)
    };
    let needed = terms.papers(PaperStage::Recognition)?.needed;
    Ok(needed.into_iter().filter(|paper| !paper.follows_recognition() && !there(*paper)).collect())
}

/// The first day of the last probation somebody was on.
pub(crate) fn last_probation(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<Day>, Problem> {
    let standings = chibo_members::standings_of(tx, person)?;
    Ok(standings.iter().rev().find(|(.., standing)| *standing == Standing::Probationary).map(|(from, ..)| *from))
}

/// Takes a step from probation. Recognised, the member is official from the computed day on, however late it was decided
/// (MEM-31); struck off, he has left from the day of the decision (MEM-34).
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between.
pub fn recognise(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    deed: &Deed<Recognition>,
    branch: Electorate,
) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    let all = store::recognition_of(op.tx(), person)?;
    if u32::try_from(all.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("development-changed-since")));
    }
    let began = match chibo_members::probation_of(op.tx(), person)? {
        // An official member's recognition is still announced (MEM-33).
        None if deed.step == Recognition::Announced => last_probation(op.tx(), person)?,
        began => began,
    };
    let Some(began) = began else {
        return Err(Problem::rule("MEM-31", Said::new("members-not-on-probation")));
    };
    let (today, terms) = (op.today(), Terms::on(deed.on)?);
    let ends = official_on(op.tx(), person, today)?;
    let missing = missing(op, person, began, &terms)?;
    let deed = counted(deed, deed.step.is_vote(), deed.step.of_branch(), branch);
    let ground = ProbationGround { ends, branch, today, missing: &missing };
    let mut issues = check_recognition(&road(since(&all, began))?, &deed, &ground, &terms);
    let (stay, heard) = (stay_of(op.tx(), person, deed.on)?, remarked(op.tx(), person)?);
    issues.extend(check_stay(stay, &heard, deed.step, deed.on));
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    match deed.step {
        Recognition::Recognised if carried(true, &deed.vote) => members::recognise(op, person, ends)?,
        Recognition::StruckOff if carried(true, &deed.vote) => {
            members::set_standing(op, person, Standing::Left.number(), deed.on)?;
        }
        _ => {}
    }
    write(op, (person, unit), &deed, (ends, &terms))
}

/// The step with its vote and roll.
fn write(
    op: &mut Op<'_, '_>,
    (person, unit): (Id<Person>, Id<Unit>),
    deed: &Deed<Recognition>,
    (ends, terms): (Day, &Terms),
) -> Result<(), Problem> {
    let vote = Vote { body: deed.vote.body.filter(|_| deed.step.decides()), ..deed.vote };
    let (now, by, seq) = (op.now(), op.viewer().name.clone(), deed.after + 1);
    let (code, on, number, note) = (deed.step.code(), deed.on, deed.number.as_str(), deed.note.as_str());
    let (yes, base, version) = (vote.yes, vote.base, terms.version.as_str());
    store::insert_recognition(op.tx(), person, seq, code, on, number, yes, base, note, version, now, &by)?;
    if deed.step.is_vote() {
        let (body, form) = (vote.body.map_or("", Body::code), vote.form.map_or("", |form| form.code()));
        store::insert_recognition_vote(op.tx(), person, seq, body, form)?;
        store::ground::insert_recognition_roll(op.tx(), person, seq, vote.listed, vote.away, vote.barred, vote.no)?;
    }
    let mut detail = json!({ "step": code, "on": on.iso(), "number": number, "for": yes, "of": base });
    if deed.step.is_vote() && deed.step.line() == Line::Recognition {
        detail["official"] = ends.iso().into();
    }
    record(op, *person.bytes(), unit, "recognition-step", &detail);
    Ok(())
}

/// The steps of the probation that began on a day: somebody admitted again has older ones.
pub(crate) fn since(rows: &[RecognitionRow], began: Day) -> &[RecognitionRow] {
    let first = rows.iter().position(|row| row.on_day >= began).unwrap_or(rows.len());
    rows.get(first..).unwrap_or_default()
}
