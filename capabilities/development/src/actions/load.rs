//! Candidates of the demonstration, written at once.

use chibo_kernel::votes::VotingForm;
use chibo_kernel::{Day, Id, Person, Problem};
use chibo_store::{Op, Param, Value};

use super::NewCandidate;
use crate::rules::{Asked, Body, Candidate, Fact, Help, Introducer, Step, Terms};
use crate::store::{self, file, ground};

/// A step that was taken.
pub struct LoadedStep {
    /// Which.
    pub step: Step,
    /// On which day.
    pub on: Day,
    /// Number of the document.
    pub number: String,
    /// Votes for, of so many.
    pub votes: (u32, u32),
    /// The body that decided.
    pub body: Option<Body>,
    /// Introducers by name.
    pub note: String,
    /// Who introduced.
    pub introducers: Vec<Introducer>,
}

/// A candidate with what was done.
pub struct Loaded {
    /// Who.
    pub candidate: NewCandidate,
    /// Steps in order.
    pub steps: Vec<LoadedStep>,
    /// Help.
    pub help: Vec<Help>,
    /// Requests for verification; those before the step of verification count as answered. Of those who were heard what
    /// the branch has to know counts as written down.
    pub asked: Vec<Asked>,
}

/// Adds many candidates, unchecked: the caller's plan is trusted. Only the program itself may do this.
///
/// # Errors
/// Denied for anybody else.
pub fn load(op: &mut Op<'_, '_>, loaded: &[Loaded]) -> Result<(), Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    let ids: Vec<Id<Candidate>> = loaded.iter().map(|_| op.fresh()).collect();
    let rows = ids.iter().zip(loaded).map(|(id, one)| {
        let NewCandidate { unit, name, birth, sex, source, workplace } = &one.candidate;
        let (name, source, workplace) = (Value::Text(name), Value::Text(source.code()), Value::Text(workplace));
        [id.value(), unit.value(), name, birth.value(), sex.value(), source, workplace, now.value(), Value::Text(&by)]
    });
    store::bulk_candidates(op.tx(), rows)?;
    steps(op, &ids, loaded)?;
    files(op, &ids, loaded)?;
    facts(op, &ids, loaded)
}

/// Somebody young with schooling, on the staff where his branch is, without family, in no mass organisation.
const USUAL: [(Fact, &str); 8] = [
    (Fact::LowerCertificate, ""),
    (Fact::PoliticsWithin, ""),
    (Fact::Settled, ""),
    (Fact::BranchOfWork, ""),
    (Fact::Single, ""),
    (Fact::NoChildren, ""),
    (Fact::InNone, ""),
    (Fact::ResidenceSaid, "Chấp hành tốt chủ trương, chính sách; được nhân dân tín nhiệm."),
];

/// What is known about those who were heard (MEM-17).
fn facts(op: &mut Op<'_, '_>, ids: &[Id<Candidate>], loaded: &[Loaded]) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let heard = |one: &'_ Loaded| one.steps.iter().position(|taken| taken.step == Step::Heard);
    let those = ids.iter().zip(loaded).filter_map(|(id, one)| Some((id, one.steps.get(heard(one)?)?)));
    let rows = those.flat_map(|(id, taken)| numbered(id, &USUAL).map(move |(id, seq, known)| (id, seq, known, taken)));
    let rows = rows.map(|(id, seq, (fact, note), taken)| {
        let (code, none, by) = (Value::Text(fact.code()), Value::Text(""), Value::Text(&by));
        let (seq, months) = (Value::Int(seq), Value::Int(0));
        [id.value(), seq, code, months, taken.on.value(), none, Value::Text(note), now.value(), by]
    });
    ground::bulk_facts(op.tx(), rows).map(drop)
}

fn steps(op: &mut Op<'_, '_>, ids: &[Id<Candidate>], loaded: &[Loaded]) -> Result<(), Problem> {
    let (now, by, version) = (op.now(), op.viewer().name.clone(), Terms::on(op.today())?.version);
    let none: Option<Id<Person>> = None;
    let all = || ids.iter().zip(loaded).flat_map(|(id, one)| numbered(id, &one.steps));
    let rows = all().map(|(id, seq, taken)| {
        let (yes, base) = taken.votes;
        let (step, number, note) =
            (Value::Text(taken.step.code()), Value::Text(&taken.number), Value::Text(&taken.note));
        let (yes, base, on) = (Value::Int(i64::from(yes)), Value::Int(i64::from(base)), taken.on.value());
        let (version, by) = (Value::Text(&version), Value::Text(&by));
        [id.value(), Value::Int(seq), step, on, number, yes, base, note, none.value(), version, now.value(), by]
    });
    store::bulk_steps(op.tx(), rows)?;
    let votes = all().filter(|(.., taken)| taken.step.is_vote()).map(|(id, seq, taken)| {
        let body = Value::Text(taken.body.map_or("", Body::code));
        [id.value(), Value::Int(seq), body, Value::Text(VotingForm::SecretBallot.code()), Value::Text("")]
    });
    store::bulk_votes(op.tx(), votes)?;
    let introducers = all().flat_map(|(id, step, taken)| {
        numbered(id, &taken.introducers).map(move |(id, seq, one)| {
            let (kind, number) = (Value::Text(one.kind.code()), Value::Text(&one.number));
            [id.value(), Value::Int(step), Value::Int(seq), kind, one.person.value(), one.since.value(), number]
        })
    });
    file::bulk_introducers(op.tx(), introducers).map(drop)
}

fn numbered<'l, T>(
    id: &'l Id<Candidate>,
    rows: &'l [T],
) -> impl Iterator<Item = (&'l Id<Candidate>, i64, &'l T)> + use<'l, T> {
    (1i64..).zip(rows).map(move |(seq, row)| (id, seq, row))
}

fn files(op: &mut Op<'_, '_>, ids: &[Id<Candidate>], loaded: &[Loaded]) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let help = ids.iter().zip(loaded).flat_map(|(id, one)| numbered(id, &one.help)).map(|(id, seq, help)| {
        let (act, note, by) = (Value::Text(help.act.code()), Value::Text(&help.note), Value::Text(&by));
        [id.value(), Value::Int(seq), act, help.helper.value(), help.on.value(), note, now.value(), by]
    });
    file::bulk_help(op.tx(), help)?;
    let asked = ids.iter().zip(loaded).flat_map(|(id, one)| numbered(id, &one.asked)).map(|(id, seq, asked)| {
        let (relation, way) = (Value::Text(asked.relation.code()), Value::Text(asked.way.code()));
        let (name, place, note) = (Value::Text(&asked.name), Value::Text(&asked.place), Value::Text(&asked.note));
        let (abroad, on, by) = (asked.abroad.value(), asked.on.value(), Value::Text(&by));
        [id.value(), Value::Int(seq), relation, name, way, place, abroad, on, note, now.value(), by]
    });
    file::bulk_checks(op.tx(), asked)?;
    let verified = |one: &Loaded| one.steps.iter().find(|taken| taken.step == Step::Verified).map(|taken| taken.on);
    for (id, one) in ids.iter().zip(loaded) {
        let Some(day) = verified(one) else { continue };
        for (seq, asked) in (1u32..).zip(&one.asked) {
            if asked.way == crate::rules::Way::Asked {
                let on = day.max(asked.on);
                let clear = crate::rules::Outcome::Clear.code();
                file::insert_answer(op.tx(), *id, seq, on, clear, "Chi ủy nơi thẩm tra", "", now, &by)?;
            }
        }
    }
    Ok(())
}
