//! The tables of cases.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::CaseFile;

record! {
    /// A case as opened.
    pub struct CaseRow {
        /// Case.
        case_id: Id<CaseFile>,
        /// About whom.
        person_id: Id<Person>,
        /// Code of the kind.
        kind: String,
        /// Code of the ground, or empty.
        ground: String,
        /// Day of the request or fact.
        on_day: Day,
        /// Day something began; for ever for none.
        since_on: Day,
        /// Months or years.
        amount: u32,
        /// Last day asked for; for ever for none.
        ends_on: Day,
        /// The removal it is about.
        about_id: Option<Id<CaseFile>>,
        /// Who handles a complaint; none for the Secretariat.
        handler_id: Option<Id<Unit>>,
        /// Number of the decision behind it.
        number: String,
        /// Who took that decision.
        body: String,
        /// Codes of papers, by commas.
        evidence: String,
        /// What was said.
        note: String,
        /// Version opened under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A step.
    pub struct StepRow {
        /// Case.
        case_id: Id<CaseFile>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the step.
        step: String,
        /// On which day.
        on_day: Day,
        /// In force from; for ever for other steps.
        effective_on: Day,
        /// Until; for ever for no end.
        ends_on: Day,
        /// Number of the paper.
        number: String,
        /// How it was voted; empty without a vote.
        voting: String,
        /// On the roll.
        listed: u32,
        /// Of them away.
        away: u32,
        /// Of them barred.
        barred: u32,
        /// For.
        votes_for: u32,
        /// Against.
        votes_against: u32,
        /// What was said.
        note: String,
        /// Whose committee acted.
        unit_id: Id<Unit>,
        /// Version decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// Where a case stands.
    pub struct StateRow {
        /// Case.
        case_id: Id<CaseFile>,
        /// About whom.
        person_id: Id<Person>,
        /// Code of the kind.
        kind: String,
        /// Code of the ground, or empty.
        ground: String,
        /// Day of the request or fact.
        opened_on: Day,
        /// Code of the phase.
        phase: String,
        /// Somebody has to act.
        is_open: bool,
        /// In force from; for ever before a decision.
        begins_on: Day,
        /// Planned end; for ever for none.
        ends_on: Day,
        /// When the exemption ceased to hold; for ever while it does.
        over_on: Day,
        /// Last day for what comes next; for ever for none.
        due_on: Day,
    }
}

record! {
    /// Which body took a decision.
    pub struct DeciderRow {
        /// The step.
        seq: u32,
        /// Code of the body.
        body: String,
    }
}

record! {
    /// The number of the decision of a case.
    pub struct NumberRow {
        /// Case.
        case_id: Id<CaseFile>,
        /// Number of the paper.
        number: String,
    }
}

record! {
    /// The removal a complaint is about, where no case of here decided it.
    pub struct RemovalRow {
        /// Day of its decision, as typed in.
        decided_on: Day,
        /// Since when the register has the member as having left.
        left_on: Day,
    }
}

queries! {
    /// Says what a complaint is about that no case of here decided.
    fn insert_removal(case_id: Id<CaseFile>, decided_on: Day, left_on: Day) -> run =
        "INSERT INTO leaving_removal (case_id, decided_on, left_on) VALUES ($1, $2, $3)";
    /// What a complaint is about that no case of here decided.
    fn removal_of(case_id: Id<CaseFile>) -> one<RemovalRow> =
        "SELECT decided_on, left_on FROM leaving_removal WHERE case_id = $1";
    /// Says which body took a decision.
    fn insert_decider(case_id: Id<CaseFile>, seq: u32, body: &str) -> run =
        "INSERT INTO leaving_decider (case_id, seq, body) VALUES ($1, $2, $3)";
    /// Which bodies decided in a case.
    fn deciders_of(case_id: Id<CaseFile>) -> many<DeciderRow> =
        "SELECT seq, body FROM leaving_decider WHERE case_id = $1 ORDER BY seq";
    /// Adds cases.
    fn insert_cases(case_id: Id<CaseFile>, person_id: Id<Person>, kind: &str, ground: &str, on_day: Day, since_on: Day,
        amount: u32, ends_on: Day, about_id: Option<Id<CaseFile>>, handler_id: Option<Id<Unit>>, number: &str, body: &str,
        evidence: &str, note: &str, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> bulk = "leaving_case";
    /// Adds steps.
    fn insert_steps(case_id: Id<CaseFile>, seq: u32, step: &str, on_day: Day, effective_on: Day, ends_on: Day,
        number: &str, voting: &str, listed: u32, away: u32, barred: u32, votes_for: u32, votes_against: u32, note: &str,
        unit_id: Id<Unit>, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> bulk = "leaving_step";
    /// Says where new cases stand.
    fn insert_states(case_id: Id<CaseFile>, person_id: Id<Person>, kind: &str, ground: &str, opened_on: Day, phase: &str,
        is_open: bool, begins_on: Day, ends_on: Day, over_on: Day, due_on: Day) -> bulk = "leaving_state";
    /// Says where a case stands now.
    fn set_state(case_id: Id<CaseFile>, phase: &str, is_open: bool, begins_on: Day, ends_on: Day, due_on: Day) -> run =
        "UPDATE leaving_state SET phase = $2, is_open = $3, begins_on = $4, ends_on = $5, due_on = $6 WHERE case_id = $1";
    /// Says when an exemption ceased to hold, or that it holds again.
    fn set_over(case_id: Id<CaseFile>, over_on: Day) -> run =
        "UPDATE leaving_state SET over_on = $2 WHERE case_id = $1";
    /// A case.
    fn case_file(case_id: Id<CaseFile>) -> one<CaseRow> =
        "SELECT case_id, person_id, kind, ground, on_day, since_on, amount, ends_on, about_id, handler_id, number, body,
         evidence, note, rulebook, recorded_at, recorded_by FROM leaving_case WHERE case_id = $1";
    /// Cases about a member, the newest first.
    fn cases_of(person_id: Id<Person>) -> many<CaseRow> =
        "SELECT case_id, person_id, kind, ground, on_day, since_on, amount, ends_on, about_id, handler_id, number, body,
         evidence, note, rulebook, recorded_at, recorded_by FROM leaving_case WHERE person_id = $1
         ORDER BY on_day DESC, recorded_at DESC, case_id";
    /// Steps of a case.
    fn steps_of(case_id: Id<CaseFile>) -> many<StepRow> =
        "SELECT case_id, seq, step, on_day, effective_on, ends_on, number, voting, listed, away, barred, votes_for,
         votes_against, note, unit_id, rulebook, recorded_at, recorded_by FROM leaving_step WHERE case_id = $1 ORDER BY seq";
    /// Where the cases about a member stand.
    fn states_of(person_id: Id<Person>) -> many<StateRow> =
        "SELECT case_id, person_id, kind, ground, opened_on, phase, is_open, begins_on, ends_on, over_on, due_on
         FROM leaving_state WHERE person_id = $1 ORDER BY opened_on, case_id";
    /// Where the open cases stand.
    fn open_states() -> each<StateRow> =
        "SELECT case_id, person_id, kind, ground, opened_on, phase, is_open, begins_on, ends_on, over_on, due_on
         FROM leaving_state WHERE is_open = 1 ORDER BY case_id";
    /// Cases of a kind in force from one day until before another.
    fn in_force(kind: &str, first: Day, until: Day) -> each<StateRow> =
        "SELECT case_id, person_id, kind, ground, opened_on, phase, is_open, begins_on, ends_on, over_on, due_on
         FROM leaving_state WHERE kind = $1 AND begins_on >= $2 AND begins_on < $3 ORDER BY begins_on, case_id";
    /// Numbers of the decisions of the same cases, the last of a case last.
    fn numbers_in_force(kind: &str, first: Day, until: Day) -> each<NumberRow> =
        "SELECT s.case_id, d.number FROM leaving_state s JOIN leaving_step d ON d.case_id = s.case_id
         AND d.effective_on = s.begins_on WHERE s.kind = $1 AND s.begins_on >= $2 AND s.begins_on < $3
         ORDER BY s.case_id, d.seq";
    /// What holds, in force since a day or before.
    fn holding(holding: Day, today: Day) -> each<StateRow> =
        "SELECT case_id, person_id, kind, ground, opened_on, phase, is_open, begins_on, ends_on, over_on, due_on
         FROM leaving_state WHERE over_on = $1 AND begins_on <= $2 ORDER BY case_id";
    /// Exemptions that hold and end up to a day.
    fn ending(holding: Day, until: Day) -> each<StateRow> =
        "SELECT case_id, person_id, kind, ground, opened_on, phase, is_open, begins_on, ends_on, over_on, due_on
         FROM leaving_state WHERE over_on = $1 AND ends_on <= $2 ORDER BY ends_on, case_id";
}
