//! The tables of case files.

use chibo_kernel::{Day, Id, Moment, Person, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::{Facts, Strength};
use chibo_store::{queries, record};

use crate::rules::{CaseFile, CaseKind, Ground, Phase, Plan, Step};

record! {
    /// A case: the newest version of what is proposed, and where it stands.
    pub struct CaseRow {
        /// Case.
        case_id: Id<CaseFile>,
        /// 1, 2, 3 …
        version: u32,
        /// What shall happen.
        kind: String,
        /// Unit concerned.
        unit_id: Id<Unit>,
        /// The unit above when the case was opened.
        parent_id: Id<Unit>,
        /// The new unit above, or the branch that takes the members who remain.
        target_id: Option<Id<Unit>>,
        /// Full name of the unit.
        name: String,
        /// Short name.
        short_name: String,
        /// Number of its kind.
        unit_kind: u8,
        /// Number of its setting.
        setting: u8,
        /// Dotted code, or empty.
        code: String,
        /// Ground of a dissolution, or empty.
        ground: String,
        /// What it is for, or why.
        purpose: String,
        /// Official members by the list handed in.
        official: u32,
        /// Probationary members by the list handed in.
        probationary: u32,
        /// Expected end of a temporary branch.
        ends_on: Day,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
        /// Where it stands.
        phase: String,
        /// The day in force; [`Day::FOREVER`] before a decision.
        effective_on: Day,
        /// The last day for what remains; [`Day::FOREVER`] for none.
        due_on: Day,
    }
}

record! {
    /// A step as stored.
    pub struct StepRow {
        /// Case.
        case_id: Id<CaseFile>,
        /// 1, 2, 3 …
        seq: u32,
        /// What was done.
        step: String,
        /// On which day.
        on_day: Day,
        /// From which day in force; [`Day::FOREVER`] for other steps.
        effective_on: Day,
        /// Number and symbol of the document.
        number: String,
        /// Who signed or consented.
        authority: String,
        /// Whose committee or office acted.
        unit_id: Id<Unit>,
        /// Votes for.
        votes_for: u32,
        /// Denominator of the vote.
        votes_base: u32,
        /// What was said about it.
        note: String,
        /// Versions of the rules decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// That a member is on the list of a case, or was taken off it.
    pub struct MemberRow {
        /// Member.
        person_id: Id<Person>,
        /// 1, 2, 3 … within member and case.
        seq: u32,
        /// On the list.
        listed: bool,
        /// The branch at that time.
        unit_id: Id<Unit>,
    }
}

queries! {
    /// Adds a version of what is proposed.
    fn insert_case(case_id: Id<CaseFile>, version: u32, kind: &str, unit_id: Id<Unit>, parent_id: Id<Unit>,
        target_id: Option<Id<Unit>>, name: &str, short_name: &str, unit_kind: u8, setting: u8, code: &str, ground: &str,
        purpose: &str, official: u32, probationary: u32, ends_on: Day, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO lifecycle_case (case_id, version, kind, unit_id, parent_id, target_id, name, short_name, unit_kind,
         setting, code, ground, purpose, official, probationary, ends_on, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    /// Says where a new case stands.
    fn insert_state(case_id: Id<CaseFile>, version: u32, phase: &str, is_open: bool, effective_on: Day,
        due_on: Day) -> run =
        "INSERT INTO lifecycle_state (case_id, version, phase, is_open, effective_on, due_on)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Says where a case stands now.
    fn set_state(case_id: Id<CaseFile>, version: u32, phase: &str, is_open: bool, effective_on: Day,
        due_on: Day) -> run =
        "UPDATE lifecycle_state SET version = $2, phase = $3, is_open = $4, effective_on = $5, due_on = $6
         WHERE case_id = $1";
    /// A case.
    fn case_file(case_id: Id<CaseFile>) -> one<CaseRow> =
        "SELECT c.case_id, c.version, c.kind, c.unit_id, c.parent_id, c.target_id, c.name, c.short_name, c.unit_kind,
         c.setting, c.code, c.ground, c.purpose, c.official, c.probationary, c.ends_on, c.recorded_at, c.recorded_by,
         s.phase, s.effective_on, s.due_on
         FROM lifecycle_state s JOIN lifecycle_case c ON c.case_id = s.case_id AND c.version = s.version
         WHERE s.case_id = $1";
    /// All cases, the newest first.
    fn all_cases() -> each<CaseRow> =
        "SELECT c.case_id, c.version, c.kind, c.unit_id, c.parent_id, c.target_id, c.name, c.short_name, c.unit_kind,
         c.setting, c.code, c.ground, c.purpose, c.official, c.probationary, c.ends_on, c.recorded_at, c.recorded_by,
         s.phase, s.effective_on, s.due_on
         FROM lifecycle_state s JOIN lifecycle_case c ON c.case_id = s.case_id AND c.version = s.version
         ORDER BY c.recorded_at DESC, c.case_id";
    /// Cases in which something remains to be done.
    fn open_cases() -> each<CaseRow> =
        "SELECT c.case_id, c.version, c.kind, c.unit_id, c.parent_id, c.target_id, c.name, c.short_name, c.unit_kind,
         c.setting, c.code, c.ground, c.purpose, c.official, c.probationary, c.ends_on, c.recorded_at, c.recorded_by,
         s.phase, s.effective_on, s.due_on
         FROM lifecycle_state s JOIN lifecycle_case c ON c.case_id = s.case_id AND c.version = s.version
         WHERE s.is_open = 1 ORDER BY c.case_id";
    /// Cases about a unit, the newest first.
    fn cases_of(unit_id: Id<Unit>) -> many<CaseRow> =
        "SELECT c.case_id, c.version, c.kind, c.unit_id, c.parent_id, c.target_id, c.name, c.short_name, c.unit_kind,
         c.setting, c.code, c.ground, c.purpose, c.official, c.probationary, c.ends_on, c.recorded_at, c.recorded_by,
         s.phase, s.effective_on, s.due_on
         FROM lifecycle_state s JOIN lifecycle_case c ON c.case_id = s.case_id AND c.version = s.version
         WHERE c.unit_id = $1 ORDER BY c.recorded_at DESC, c.case_id";
    /// Steps of a case, in order.
    fn steps_of(case_id: Id<CaseFile>) -> many<StepRow> =
        "SELECT case_id, seq, step, on_day, effective_on, number, authority, unit_id, votes_for, votes_base, note,
         rulebook, recorded_at, recorded_by FROM lifecycle_step WHERE case_id = $1 ORDER BY seq";
    /// Adds a step.
    fn insert_step(case_id: Id<CaseFile>, seq: u32, step: &str, on_day: Day, effective_on: Day, number: &str,
        authority: &str, unit_id: Id<Unit>, votes_for: u32, votes_base: u32, note: &str, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO lifecycle_step (case_id, seq, step, on_day, effective_on, number, authority, unit_id, votes_for,
         votes_base, note, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    /// Who was put on the list of a case or taken off it, in order.
    fn members_of(case_id: Id<CaseFile>) -> many<MemberRow> =
        "SELECT person_id, seq, listed, unit_id FROM lifecycle_member WHERE case_id = $1 ORDER BY person_id, seq";
    /// Puts somebody on the list of a case or takes him off.
    fn insert_member(person_id: Id<Person>, case_id: Id<CaseFile>, seq: u32, listed: bool, unit_id: Id<Unit>,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO lifecycle_member (person_id, case_id, seq, listed, unit_id, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

fn strange(what: &str, found: &dyn std::fmt::Display) -> Problem {
    Problem::Fault(format!("the database holds an unknown {what} {found} in a case file"))
}

impl CaseRow {
    /// What shall happen.
    pub fn kind(&self) -> Result<CaseKind, Problem> {
        CaseKind::from_code(&self.kind).ok_or_else(|| strange("kind", &self.kind))
    }

    /// Where it stands.
    pub fn phase(&self) -> Result<Phase, Problem> {
        Phase::from_code(&self.phase).ok_or_else(|| strange("phase", &self.phase))
    }

    /// Kind of the unit.
    pub fn of_kind(&self) -> Result<Kind, Problem> {
        Kind::from_number(self.unit_kind).ok_or_else(|| strange("kind of unit", &self.unit_kind))
    }

    /// What is proposed.
    pub fn plan(&self) -> Result<Plan, Problem> {
        let setting = Setting::from_number(self.setting).ok_or_else(|| strange("setting", &self.setting))?;
        Ok(Plan {
            kind: self.kind()?,
            unit: self.unit_id,
            parent: self.parent_id,
            target: self.target_id,
            facts: Facts {
                name: self.name.clone(),
                short: self.short_name.clone(),
                kind: self.of_kind()?,
                setting,
                code: self.code.clone(),
            },
            ground: Ground::from_code(&self.ground),
            purpose: self.purpose.clone(),
            typed: Strength { official: self.official, all: self.official.saturating_add(self.probationary) },
            ends_on: self.ends_on,
        })
    }
}

impl StepRow {
    /// What was done.
    pub fn step(&self) -> Result<Step, Problem> {
        Step::from_code(&self.step).ok_or_else(|| strange("step", &self.step))
    }
}
