//! Somebody takes an office: elected, appointed or added.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said};
use chibo_organisation::NewOffice;
use chibo_organisation::actions::appoint;
use chibo_organisation::kinds::Role;
use chibo_organisation::rules::How;
use chibo_store::Op;
use serde_json::json;

use super::{Place, bench_of, held_on, record, refuse};
use crate::rules::{
    Bench, Candidate, Election, Figures, Filling, Numbers, Outcome, Step, Way, check_election, check_filling, current,
    is_seat, outcomes,
};
use crate::store::{self, ActRow, ChoiceRow};

/// What came of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elected {
    /// So many were elected.
    pub elected: usize,
    /// Of so many who stood.
    pub stood: usize,
}

/// Everything done so far in a unit.
struct Past {
    acts: Vec<ActRow>,
    choices: Vec<ChoiceRow>,
}

impl Past {
    fn load(op: &mut Op<'_, '_>, place: &Place) -> Result<Self, Problem> {
        Ok(Self { acts: store::acts_of(op.tx(), place.unit)?, choices: store::choices_of(op.tx(), place.unit)? })
    }

    fn next_no(&self) -> u32 {
        self.acts.last().map_or(1, |act| act.act_no + 1)
    }

    fn has(&self, act: &ActRow, outcome: Outcome) -> bool {
        self.choices.iter().any(|choice| choice.act_no == act.act_no && choice.outcome == outcome.code())
    }

    /// Rounds for the secretary in this term since the last that succeeded, or since somebody was appointed (ORG-25).
    fn failed_rounds(&self, ordinal: u32) -> u32 {
        let own = self.acts.iter().rev().filter(|act| act.ordinal == ordinal);
        let rounds = own.filter(|act| act.role == Role::Secretary.number());
        let failed = rounds.take_while(|act| !self.has(act, Outcome::Elected));
        u32::try_from(failed.count()).unwrap_or(u32::MAX)
    }

    /// Who did not get more than half for a seat at the congress of the term (ORG-26).
    fn short(&self, ordinal: u32) -> Vec<(Id<Person>, Day)> {
        let congress = |act: &&ActRow| {
            let at_congress = act.figures().is_some_and(|figures| figures.gathering.is_congress());
            act.ordinal == ordinal && at_congress && Role::from_number(act.role).is_some_and(is_seat)
        };
        let acts = self.acts.iter().filter(congress);
        let failed = acts.flat_map(|act| {
            let own = self.choices.iter().filter(move |choice| choice.act_no == act.act_no);
            let short = own.filter(|choice| choice.outcome == Outcome::Short.code());
            short.map(move |choice| (choice.person_id, act.on_day))
        });
        failed.collect()
    }
}

fn bench(op: &mut Op<'_, '_>, place: &Place, past: &Past, day: Day) -> Result<Bench<'static>, Problem> {
    let terms = store::terms(&store::terms_of(op.tx(), place.unit)?);
    let term = *current(&terms, day)
        .ok_or_else(|| Problem::rule("ORG-17", Said::new("committees-no-term-yet").with("day", day)))?;
    let (members, holding) = bench_of(&held_on(op.tx(), place.unit, day)?);
    let (failed, short) = (past.failed_rounds(term.ordinal), past.short(term.ordinal));
    Ok(Bench { numbers: Numbers::on(day)?, kind: place.kind, term, members, holding, failed, short })
}

/// Writes down a count; whoever is elected takes the office on the day, and the clocks of the approval run (ORG-29).
/// A count without anybody elected is kept too.
///
/// # Errors
/// A refusal with every rule that speaks against it and every figure that does not add up.
pub fn elect(op: &mut Op<'_, '_>, place: &Place, new: &Election) -> Result<Elected, Problem> {
    op.permit(Permission::EditUnits, place.unit)?;
    place.has_terms()?;
    let past = Past::load(op, place)?;
    let bench = bench(op, place, &past, new.on)?;
    refuse(check_election(&bench, new, op.today()))?;
    let found = outcomes(&new.figures, &new.votes(), new.seats)?;
    let act = NewAct {
        how: How::Elected,
        role: new.role,
        on: new.on,
        seats: new.seats,
        figures: Some(new.figures),
        texts: ["", "", "", ""],
        rulebook: bench.numbers.version("ORG-20")?,
    };
    let no = past.next_no();
    insert(op, place, (no, bench.term.ordinal), &act)?;
    let mut elected = 0;
    for (at, (candidate, outcome)) in (1u32..).zip(new.candidates.iter().zip(&found)) {
        choose(op, place, (no, at), candidate, *outcome)?;
        if *outcome == Outcome::Elected {
            elected += 1;
            appoint(op, &office(place, new.role, candidate.person, new.on, How::Elected, ""))?;
        }
    }
    if elected > 0 {
        open_request(op, place, new.on, &bench.numbers)?;
    }
    let stood = new.candidates.len();
    let detail = json!({
        "act": no, "role": new.role.code(), "on": new.on.iso(), "stood": stood, "elected": elected,
        "summoned": new.figures.summoned, "valid": new.figures.valid,
    });
    record(op, place.unit, "committee-elected", &detail);
    Ok(Elected { elected, stood })
}

/// Writes down an appointment or an addition by the committee above (ORG-21, ORG-24…26).
///
/// # Errors
/// A refusal with every rule that speaks against it; denied to whoever may not write for the committee above.
pub fn fill(op: &mut Op<'_, '_>, place: &Place, new: &Filling) -> Result<(), Problem> {
    place.permit_above(op)?;
    place.has_terms()?;
    let past = Past::load(op, place)?;
    let bench = bench(op, place, &past, new.from)?;
    refuse(check_filling(&bench, new, op.today()))?;
    let rule = match new.way {
        Way::Appointed => "ORG-24",
        Way::Added => "ORG-26",
    };
    let act = NewAct {
        how: new.way.how(),
        role: new.role,
        on: new.from,
        seats: 1,
        figures: new.figures,
        texts: [&new.number, &new.authority, &new.proposal, &new.consent],
        rulebook: bench.numbers.version(rule)?,
    };
    let no = past.next_no();
    insert(op, place, (no, bench.term.ordinal), &act)?;
    choose(op, place, (no, 1), &new.candidate, Outcome::Elected)?;
    let (role, person) = (new.role, new.candidate.person);
    appoint(op, &office(place, role, person, new.from, new.way.how(), &new.number))?;
    let detail = json!({
        "act": no, "person": person.to_string(), "role": role.code(), "from": new.from.iso(),
        "how": new.way.how().code(), "number": new.number,
    });
    record(op, place.unit, "committee-filled", &detail);
    Ok(())
}

fn office(place: &Place, role: Role, person: Id<Person>, from: Day, how: How, number: &str) -> NewOffice {
    NewOffice { unit: place.unit, person, role, from, to: Day::FOREVER, how, decision: number.to_owned() }
}

/// An act as it is stored.
struct NewAct<'a> {
    how: How,
    role: Role,
    on: Day,
    seats: u32,
    figures: Option<Figures>,
    /// Number, authority, proposal, consent.
    texts: [&'a str; 4],
    rulebook: String,
}

fn insert(op: &mut Op<'_, '_>, place: &Place, (no, ordinal): (u32, u32), act: &NewAct<'_>) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let count = |read: fn(&Figures) -> u32| act.figures.as_ref().map_or(0, read);
    let [number, authority, proposal, consent] = act.texts;
    store::insert_act(
        op.tx(),
        place.unit,
        no,
        ordinal,
        act.how.code(),
        act.role.number(),
        act.on,
        act.seats,
        act.figures.map_or("", |figures| figures.gathering.code()),
        count(|figures| figures.summoned),
        count(|figures| figures.barred),
        count(|figures| figures.elsewhere),
        count(|figures| figures.excused),
        count(|figures| figures.present),
        count(|figures| figures.issued),
        count(|figures| figures.returned),
        count(|figures| figures.valid),
        number,
        authority,
        proposal,
        consent,
        &act.rulebook,
        now,
        &by,
    )
    .map(drop)
}

fn choose(
    op: &mut Op<'_, '_>,
    place: &Place,
    (no, at): (u32, u32),
    candidate: &Candidate,
    outcome: Outcome,
) -> Result<(), Problem> {
    store::insert_choice(op.tx(), place.unit, no, at, candidate.person, candidate.votes, outcome.code()).map(drop)
}

/// What a unit elects on one day is reported and approved together.
fn open_request(op: &mut Op<'_, '_>, place: &Place, on: Day, numbers: &Numbers<'_>) -> Result<(), Problem> {
    let rows = store::steps_of(op.tx(), place.unit)?;
    if rows.iter().any(|row| row.result_on == on) {
        return Ok(());
    }
    let (now, by, version) = (op.now(), op.viewer().name.clone(), numbers.version("ORG-29")?);
    store::insert_step(op.tx(), place.unit, on, 1, Step::Opened.code(), on, "", "", &version, now, &by).map(drop)
}
