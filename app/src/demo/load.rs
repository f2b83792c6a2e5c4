//! Writing the plan through the capabilities: in stages, each a transaction, so that stopping loses nothing and
//! running again goes on where it stopped.

use std::sync::mpsc::sync_channel;

use chibo_kernel::{Day, Id, Moment, Period, Person, Problem, Said, Unit, Viewer};
use chibo_members::codes::Standing;
use chibo_members::ledger;
use chibo_members::rules::{Field, NewMember, Secrets};
use chibo_organisation::actions::{apply_decisions, load_offices, load_units};
use chibo_organisation::rules::How;
use chibo_organisation::{Decision, NewOffice, NewUnit, Step, SuccessionKind};
use chibo_store::db::{set_setting, setting};
use chibo_store::{Change, Db};

use super::{Plan, PlannedOperation, PlannedPerson, PlannedUnit, TODAY, officers, work};

/// The day the register was first filled, three weeks before the reorganisation was signed.
const FILLED: Day = Day::from_number(20_254); // 2025-06-15
/// Stream of random numbers for introducers.
const INTRODUCERS: u64 = 67;
/// Members per transaction.
const BATCH: u32 = 20_000;

/// Told what is being done, how far, of how much; an error stops the loading at a clean point.
pub type Progress<'p> = &'p mut dyn FnMut(&'static str, u64, u64) -> Result<(), Problem>;

/// How far a database has been filled: members planned, stage, members written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mark {
    /// Members planned.
    pub members: u32,
    /// 0 nothing, 1 units, 2 members, 3 decisions, 4 offices, 5 work under way: done.
    pub stage: u8,
    /// Members written so far.
    pub written: u32,
}

/// The stage after which nothing is left to do.
pub const DONE: u8 = 6;

/// How far this database has been filled; `None` when it is no demonstration.
pub fn mark(db: &Db) -> Result<Option<Mark>, Problem> {
    let text = db.read(|tx| setting(tx, "demo"))?;
    text.map(|t| serde_json::from_str(&t).map_err(Problem::fault)).transpose()
}

fn note(op: &mut chibo_store::Op<'_, '_>, mark: Mark) -> Result<(), Problem> {
    let text = serde_json::to_string(&mark).map_err(Problem::fault)?;
    set_setting(op.tx(), "demo", &text).map(drop)
}

/// Identifiers follow from the installation's keys and the plan's numbers: the same after an interruption.
pub struct Names<'d> {
    db: &'d Db,
    members: u32,
}

impl<'d> Names<'d> {
    /// Names for a plan of so many members.
    pub fn new(db: &'d Db, members: u32) -> Self {
        Self { db, members }
    }

    /// A planned unit's identifier.
    pub fn unit(&self, no: u32) -> Id<Unit> {
        let hash = self.db.keys().lookup(format!("demo unit {no}").as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        Id::from_bytes(id)
    }

    /// A planned member's identifier: rising with the number, so that rows are written where the tables grow.
    pub fn person(&self, index: u32) -> Id<Person> {
        let hash = self.db.keys().lookup(format!("demo person {index}").as_bytes());
        let mut id = [0; 16];
        let place = (u64::from(index) << 32) / u64::from(self.members.max(1));
        id[..4].copy_from_slice(&(place as u32).to_be_bytes());
        id[4..].copy_from_slice(&hash[..12]);
        Id::from_bytes(id)
    }
}

/// Fills a database with the plan, from wherever it stopped before.
pub fn fill(db: &Db, plan: &Plan, progress: Progress<'_>) -> Result<(), Problem> {
    let viewer = Viewer::program("chibo demo");
    let mut mark = mark(db)?.unwrap_or(Mark { members: plan.members(), ..Mark::default() });
    if mark.members != plan.members() {
        return Err(Problem::refuse(Said::new("cli-demo-other").with("value", mark.members)));
    }
    if mark.stage < 1 {
        progress("cli-stage-units", 0, plan.city.units.len() as u64)?;
        mark.stage = 1;
        db.write(&viewer, |op| {
            load_units(op, &units(db, plan), Moment::start_of(FILLED))?;
            note(op, mark)
        })?;
    }
    if mark.stage < 2 {
        members(db, plan, &viewer, &mut mark, progress)?;
    }
    if mark.stage < 3 {
        progress("cli-stage-decisions", 0, plan.transition.decisions.len() as u64)?;
        mark.stage = 3;
        decisions(db, plan, &viewer, mark)?;
    }
    if mark.stage < 4 {
        progress("cli-stage-offices", 0, 1)?;
        mark.stage = 4;
        let planned = offices(db, plan);
        db.write(&viewer, |op| {
            load_offices(op, &planned, Moment::start_of(Day::from_number(20_423)))?;
            note(op, mark)
        })?;
    }
    if mark.stage < DONE {
        work::count_beside(db)?;
    }
    if mark.stage < 5 {
        meetings(db, &viewer, progress)?;
        mark.stage = 5;
        db.write(&viewer, |op| note(op, mark))?;
    }
    if mark.stage < DONE {
        progress("cli-stage-work", 0, 1)?;
        mark.stage = DONE;
        db.write(&viewer, |op| {
            chibo_committees::load_current_terms(op, TODAY)?;
            work::write(op)?;
            super::grounds::write(op, db, plan)?;
            super::admissions::write(op)?;
            super::leaving::write(op, plan.members())?;
            super::moves::write(op)?;
            super::cards::write(op)?;
            super::fees::write(op)?;
            super::dossiers::write(op)?;
            super::screening::write(op)?;
            super::library::write(op)?;
            super::doubles::write(op)?;
            work::check_records(op)?;
            note(op, mark)
        })?;
    }
    Ok(())
}

fn meetings(db: &Db, viewer: &Viewer, progress: Progress<'_>) -> Result<(), Problem> {
    let (branches, terms) = (super::meetings::branches(db)?, super::meetings::terms()?);
    let total = branches.len() as u64;
    for (at, some) in branches.chunks(super::meetings::AT_ONCE).enumerate() {
        progress("cli-stage-meetings", (at * super::meetings::AT_ONCE) as u64, total)?;
        db.write(viewer, |op| super::meetings::write(op, some, &terms))?;
    }
    Ok(())
}

fn new_unit(names: &Names<'_>, unit: &PlannedUnit) -> NewUnit {
    NewUnit {
        id: names.unit(unit.no),
        name: unit.name.clone(),
        short: unit.short.clone(),
        kind: unit.kind,
        setting: unit.setting,
        code: unit.code.clone(),
        parent: unit.parent.map(|no| names.unit(no)),
        from: unit.from,
        to: Day::FOREVER,
        lat: unit.at.map(|at| at.0),
        lon: unit.at.map(|at| at.1),
        admin_code: unit.admin_code.clone().unwrap_or_default(),
    }
}

fn units(db: &Db, plan: &Plan) -> Vec<NewUnit> {
    let names = Names::new(db, plan.members());
    plan.city.units.iter().map(|unit| new_unit(&names, unit)).collect()
}

/// Members are drawn and sealed on one thread and written on another.
fn members(db: &Db, plan: &Plan, viewer: &Viewer, mark: &mut Mark, progress: Progress<'_>) -> Result<(), Problem> {
    let names = Names::new(db, plan.members());
    let total = plan.members();
    while mark.written < total {
        let batch = mark.written..(mark.written + BATCH).min(total);
        let mut next = *mark;
        next.written = batch.end;
        next.stage = if batch.end == total { 2 } else { 1 };
        let mut told = Ok(());
        db.write(viewer, |op| {
            std::thread::scope(|scope| {
                let (sender, receiver) = sync_channel(4);
                let (names, range) = (&names, batch.clone());
                scope.spawn(move || {
                    for first in range.clone().step_by(1_000) {
                        let chunk: Result<Vec<_>, Problem> = (first..(first + 1_000).min(range.end))
                            .map(|index| entry(db, names, plan, index))
                            .collect();
                        if sender.send(chunk).is_err() {
                            return;
                        }
                    }
                });
                let mut done = u64::from(batch.start);
                while let Ok(chunk) = receiver.recv() {
                    let chunk = chunk?;
                    let now = op.now();
                    ledger::add(op.tx(), &chunk, None, now)?;
                    done += chunk.len() as u64;
                    // Stopping is decided between batches: what is written now is kept.
                    told = told.clone().and(progress("cli-stage-members", done, u64::from(total)));
                }
                Ok::<_, Problem>(())
            })?;
            op.touch(Change::Everything);
            note(op, next)
        })?;
        *mark = next;
        told?;
    }
    Ok(())
}

fn entry(db: &Db, names: &Names<'_>, plan: &Plan, index: u32) -> Result<ledger::Entry, Problem> {
    let id = names.person(index);
    let hash = db.keys().lookup(format!("demo nonce {index}").as_bytes());
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&hash[..24]);
    ledger::seal(db.keys(), id, member(names, plan.person(index)), nonce)
}

/// A planned member as one to be entered.
pub fn member(names: &Names<'_>, person: PlannedPerson) -> NewMember {
    let mut attainments = Vec::new();
    for field in Field::ALL {
        let mut last = None;
        for (from, traits) in &person.traits {
            let level = match field {
                Field::Education => traits.general,
                Field::Degree => traits.degree,
                Field::Theory => traits.theory,
                Field::Occupation => traits.occupation,
            };
            if last != Some(level) {
                attainments.push((field, level, *from));
                last = Some(level);
            }
        }
    }
    NewMember {
        name: person.name,
        birth: Some(person.born),
        sex: person.sex.number(),
        ethnicity: person.ethnicity,
        religion: person.religion,
        home_town: person.hometown.to_owned(),
        birth_place: person.hometown.to_owned(),
        file_no: format!("{:06}HCM", person.index % 1_000_000),
        academic_title: person.academic_title,
        admitted: Some(person.admitted),
        admission_decision: format!("{}-QĐ/TU", person.index % 900 + 100),
        introducers: introducers(person.index),
        official: person.official,
        secrets: Secrets { identity: person.identity, phone: person.phone, ..Secrets::default() },
        postings: person.postings.iter().map(|(from, unit)| (names.unit(*unit), *from)).collect(),
        standings: person
            .standings
            .iter()
            .map(|(from, standing): &(Day, Standing)| (standing.number(), *from))
            .collect(),
        attainments,
        recorded: Some(Moment::start_of(FILLED).max(Moment::start_of(person.admitted))),
        ..NewMember::default()
    }
}

/// Two made-up people who introduced a member.
fn introducers(index: u32) -> String {
    let mut seed = super::seed::Seed::of(INTRODUCERS, u64::from(index));
    let mut name = |sex| super::names::full_name(&mut seed, 1, sex, super::names::Generation::Middle);
    format!("{}, {}", name(chibo_members::codes::Sex::Male), name(chibo_members::codes::Sex::Female))
}

/// Decisions of one day take force together and became known when the last of them was signed.
fn decisions(db: &Db, plan: &Plan, viewer: &Viewer, mark: Mark) -> Result<(), Problem> {
    let names = Names::new(db, plan.members());
    let planned: Vec<(Decision, Vec<Step>, Day)> = plan
        .transition
        .decisions
        .iter()
        .map(|decision| {
            let steps = decision.operations.iter().flat_map(|operation| steps(&names, plan, operation)).collect();
            let authority = plan.unit(decision.authority).map_or_else(String::new, |unit| unit.name.clone());
            let head = Decision {
                id: db.fresh(),
                unit: names.unit(decision.authority),
                number: decision.number.clone(),
                title: decision.title.clone(),
                authority,
                signed_on: decision.signed,
                effective_on: decision.day,
            };
            (head, steps, decision.signed)
        })
        .collect();
    db.write(viewer, |op| {
        for day in planned.chunk_by(|a, b| a.0.effective_on == b.0.effective_on) {
            let together: Vec<(&Decision, &[Step])> = day.iter().map(|(d, s, _)| (d, s.as_slice())).collect();
            let signed = day.iter().map(|(_, _, signed)| *signed).max().unwrap_or(FILLED);
            apply_decisions(op, &together, Moment::start_of(signed.max(FILLED.plus_days(1))))?;
        }
        note(op, mark)
    })
}

fn steps(names: &Names<'_>, plan: &Plan, operation: &PlannedOperation) -> Vec<Step> {
    let id = |no: &u32| names.unit(*no);
    match operation {
        PlannedOperation::Establish { unit } => {
            plan.unit(*unit).map(|unit| Step::Establish(Box::new(new_unit(names, unit)))).into_iter().collect()
        }
        PlannedOperation::Reparent { unit, under } => vec![Step::Reparent { unit: id(unit), parent: id(under) }],
        PlannedOperation::Rename { unit, name, short } => {
            vec![Step::Rename { unit: id(unit), name: name.clone(), short: short.clone(), code: None }]
        }
        PlannedOperation::Retype { unit, kind, setting } => {
            vec![Step::Retype { unit: id(unit), kind: *kind, setting: *setting }]
        }
        PlannedOperation::Merge { unit, into } => ended(id(unit), &[id(into)], SuccessionKind::Merge),
        PlannedOperation::Split { unit, into } => {
            ended(id(unit), &into.iter().map(id).collect::<Vec<_>>(), SuccessionKind::Split)
        }
        PlannedOperation::Dissolve { unit, into } => ended(id(unit), &[id(into)], SuccessionKind::Replace),
    }
}

fn ended(unit: Id<Unit>, into: &[Id<Unit>], kind: SuccessionKind) -> Vec<Step> {
    let succeed = |(at, into): (usize, &Id<Unit>)| Step::Succeed { from: unit, into: *into, main: at == 0, kind };
    into.iter().enumerate().map(succeed).chain([Step::Dissolve { unit }]).collect()
}

fn offices(db: &Db, plan: &Plan) -> Vec<NewOffice> {
    let names = Names::new(db, plan.members());
    let planned = officers::plan(plan);
    planned
        .iter()
        .map(|office| NewOffice {
            unit: names.unit(office.unit),
            person: names.person(office.person),
            role: office.role,
            from: office.from,
            to: Day::FOREVER,
            how: match office.how {
                officers::How::Elected => How::Elected,
                officers::How::Appointed => How::Appointed,
            },
            decision: String::new(),
        })
        .collect()
}

/// Whom the three demonstration accounts stand for: the city, its largest ward, a residential branch in it.
pub fn seats(db: &Db, plan: &Plan) -> [(Id<Unit>, String); 3] {
    let names = Names::new(db, plan.members());
    let city = plan.city.provinces.first().copied().unwrap_or(0);
    let tree = super::tree::Tree::on(plan, TODAY);
    let ward = plan
        .transition
        .wards
        .iter()
        .find(|ward| plan.unit(ward.unit).is_some_and(|unit| unit.name.ends_with("Sài Gòn")))
        .map_or(city, |ward| ward.unit);
    let branch = tree
        .children()
        .get(ward as usize)
        .into_iter()
        .flatten()
        .copied()
        .find(|no| plan.unit(*no).is_some_and(|unit| unit.name.contains("Khu phố")))
        .unwrap_or(ward);
    [city, ward, branch].map(|no| (names.unit(no), plan.unit(no).map_or_else(String::new, |unit| unit.name.clone())))
}

/// The interval the demonstration's rights are given for.
pub fn rights_since() -> Period {
    Period::since(FILLED)
}
