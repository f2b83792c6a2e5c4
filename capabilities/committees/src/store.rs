//! The tables of committees.

use chibo_kernel::{Day, Id, Moment, Person, Problem, Unit};
use chibo_organisation::kinds::Role;
use chibo_organisation::rules::How;
use chibo_store::{queries, record};

use crate::rules::{Figures, Fixed, Gathering, Ground, Outcome, Request, Step, Term};

record! {
    /// A version of a term.
    pub struct TermRow {
        /// 1, 2, 3 … by the historical count.
        ordinal: u32,
        /// How often it was written down.
        version: u32,
        /// Day of the congress.
        congress_on: Day,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// Members of the committee.
        committee: u32,
        /// Members of the standing committee.
        standing_seats: u32,
        /// Deputies.
        deputies: u32,
        /// Members of the inspection committee.
        inspection: u32,
        /// Where the ordinal comes from.
        origin: String,
        /// What there is to say.
        note: String,
        /// Version of ORG-23 decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A version of a term, as lists read it.
    pub struct TermBrief {
        /// Unit.
        unit_id: Id<Unit>,
        /// Which.
        ordinal: u32,
        /// How often it was written down.
        version: u32,
        /// Day of the congress.
        congress_on: Day,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// Members of the committee.
        committee: u32,
        /// Members of the standing committee.
        standing_seats: u32,
        /// Deputies.
        deputies: u32,
        /// Members of the inspection committee.
        inspection: u32,
    }
}

record! {
    /// An election, appointment or addition.
    pub struct ActRow {
        /// 1, 2, 3 … within the unit.
        act_no: u32,
        /// In which term.
        ordinal: u32,
        /// `elected`, `appointed` or `added`.
        how: String,
        /// Number of the office.
        role: u8,
        /// On which day.
        on_day: Day,
        /// How many were to be elected.
        seats: u32,
        /// Who voted; empty without a vote.
        gathering: String,
        /// Summoned.
        summoned: u32,
        /// Not counted in any case.
        barred: u32,
        /// Not counted because absent elsewhere.
        elsewhere: u32,
        /// Absent throughout.
        excused: u32,
        /// Present.
        present: u32,
        /// Ballots issued.
        issued: u32,
        /// Ballots returned.
        returned: u32,
        /// Valid ballots.
        valid: u32,
        /// Number of the decision.
        number: String,
        /// Who decided.
        authority: String,
        /// Number of the proposal.
        proposal: String,
        /// Number of the written answer.
        consent: String,
        /// Version of the rule decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A candidate of an act.
    pub struct ChoiceRow {
        /// Which act.
        act_no: u32,
        /// Who.
        person_id: Id<Person>,
        /// Votes.
        votes: u32,
        /// What became of it.
        outcome: String,
    }
}

record! {
    /// A step of an approval.
    pub struct StepRow {
        /// Day of the result.
        result_on: Day,
        /// 1, 2, 3 …
        seq: u32,
        /// What was done.
        step: String,
        /// On which day.
        on_day: Day,
        /// Number of the document.
        number: String,
        /// Why.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A step of an approval, as lists read it.
    pub struct StepBrief {
        /// Unit.
        unit_id: Id<Unit>,
        /// Day of the result.
        result_on: Day,
        /// What was done.
        step: String,
        /// On which day.
        on_day: Day,
    }
}

record! {
    /// What ends offices, or withdraws that.
    pub struct LeavingRow {
        /// 1, 2, 3 … within the unit.
        leaving_no: u32,
        /// Which one it withdraws; 0 for none.
        of_no: u32,
        /// Who.
        person_id: Id<Person>,
        /// Why.
        ground: String,
        /// On which day.
        on_day: Day,
        /// Number of the notice.
        number: String,
        /// Number of the consent.
        consent: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Every version of the terms of a unit.
    fn terms_of(unit_id: Id<Unit>) -> many<TermRow> =
        "SELECT ordinal, version, congress_on, valid_from, valid_to, committee, standing_seats, deputies, inspection, origin,
         note, rulebook, recorded_at, recorded_by FROM committee_term WHERE unit_id = $1
         ORDER BY ordinal, version";
    /// Every version of all terms, by unit.
    fn all_terms() -> each<TermBrief> =
        "SELECT unit_id, ordinal, version, congress_on, valid_from, valid_to, committee, standing_seats, deputies, inspection
         FROM committee_term ORDER BY unit_id, ordinal, version";
    /// Adds one.
    fn insert_term(unit_id: Id<Unit>, ordinal: u32, version: u32, congress_on: Day, valid_from: Day, valid_to: Day,
        committee: u32, standing_seats: u32, deputies: u32, inspection: u32, origin: &str, note: &str, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO committee_term (unit_id, ordinal, version, congress_on, valid_from, valid_to, committee, standing_seats,
         deputies, inspection, origin, note, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    /// Adds many.
    fn bulk_terms(unit_id: Id<Unit>, ordinal: u32, version: u32, congress_on: Day, valid_from: Day, valid_to: Day,
        committee: u32, standing_seats: u32, deputies: u32, inspection: u32, origin: String, note: String, rulebook: String,
        recorded_at: Moment, recorded_by: String) -> bulk = "committee_term";

    /// Everything done to fill offices in a unit.
    fn acts_of(unit_id: Id<Unit>) -> many<ActRow> =
        "SELECT act_no, ordinal, how, role, on_day, seats, gathering, summoned, barred, elsewhere, excused,
         present, issued, returned, valid, number, authority, proposal, consent, rulebook, recorded_at, recorded_by
         FROM committee_act WHERE unit_id = $1 ORDER BY act_no";
    /// All candidates of a unit.
    fn choices_of(unit_id: Id<Unit>) -> many<ChoiceRow> =
        "SELECT act_no, person_id, votes, outcome FROM committee_choice WHERE unit_id = $1 ORDER BY act_no, place";
    /// Adds one.
    fn insert_act(unit_id: Id<Unit>, act_no: u32, ordinal: u32, how: &str, role: u8, on_day: Day, seats: u32,
        gathering: &str, summoned: u32, barred: u32, elsewhere: u32, excused: u32, present: u32, issued: u32,
        returned: u32, valid: u32, number: &str, authority: &str, proposal: &str, consent: &str, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO committee_act (unit_id, act_no, ordinal, how, role, on_day, seats, gathering, summoned, barred,
         elsewhere, excused, present, issued, returned, valid, number, authority, proposal, consent, rulebook,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
         $18, $19, $20, $21, $22, $23)";
    /// Adds a candidate.
    fn insert_choice(unit_id: Id<Unit>, act_no: u32, place: u32, person_id: Id<Person>, votes: u32,
        outcome: &str) -> run =
        "INSERT INTO committee_choice (unit_id, act_no, place, person_id, votes, outcome)
         VALUES ($1, $2, $3, $4, $5, $6)";

    /// All steps of the approvals of a unit.
    fn steps_of(unit_id: Id<Unit>) -> many<StepRow> =
        "SELECT result_on, seq, step, on_day, number, note, recorded_at, recorded_by FROM committee_approval
         WHERE unit_id = $1 ORDER BY result_on, seq";
    /// The steps of all results since a day, by unit.
    fn steps_since(result_on: Day) -> each<StepBrief> =
        "SELECT unit_id, result_on, step, on_day FROM committee_approval WHERE result_on >= $1
         ORDER BY unit_id, result_on, seq";
    /// Adds one.
    fn insert_step(unit_id: Id<Unit>, result_on: Day, seq: u32, step: &str, on_day: Day, number: &str, note: &str,
        rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO committee_approval (unit_id, result_on, seq, step, on_day, number, note, rulebook, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Adds many.
    fn bulk_steps(unit_id: Id<Unit>, result_on: Day, seq: u32, step: String, on_day: Day, number: String, note: String,
        rulebook: String, recorded_at: Moment, recorded_by: String) -> bulk = "committee_approval";

    /// Everything that ends offices in a unit.
    fn leavings_of(unit_id: Id<Unit>) -> many<LeavingRow> =
        "SELECT leaving_no, of_no, person_id, ground, on_day, number, consent, recorded_at, recorded_by
         FROM committee_leaving WHERE unit_id = $1 ORDER BY leaving_no";
    /// Adds one.
    fn insert_leaving(unit_id: Id<Unit>, leaving_no: u32, of_no: u32, person_id: Id<Person>, ground: &str, on_day: Day,
        number: &str, consent: &str, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO committee_leaving (unit_id, leaving_no, of_no, person_id, ground, on_day, number, consent,
         rulebook, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
}

fn strange(what: &str, code: &str) -> Problem {
    Problem::Fault(format!("the database holds {what} {code}"))
}

impl TermRow {
    /// As the rules see it.
    pub fn term(&self) -> Term {
        let (ordinal, version, congress_on) = (self.ordinal, self.version, self.congress_on);
        let fixed = Fixed {
            committee: self.committee,
            standing: self.standing_seats,
            deputies: self.deputies,
            inspection: self.inspection,
        };
        Term { ordinal, version, congress_on, from: self.valid_from, to: self.valid_to, fixed }
    }
}

impl TermBrief {
    /// As the rules see it.
    pub fn term(&self) -> Term {
        let (ordinal, version, congress_on) = (self.ordinal, self.version, self.congress_on);
        let fixed = Fixed {
            committee: self.committee,
            standing: self.standing_seats,
            deputies: self.deputies,
            inspection: self.inspection,
        };
        Term { ordinal, version, congress_on, from: self.valid_from, to: self.valid_to, fixed }
    }
}

/// The terms as they stand now, in order: of each ordinal its newest version.
pub(crate) fn terms(rows: &[TermRow]) -> Vec<Term> {
    let mut found: Vec<Term> = Vec::new();
    for term in rows.iter().map(TermRow::term) {
        match found.last_mut().filter(|last| last.ordinal == term.ordinal) {
            Some(last) => *last = term,
            None => found.push(term),
        }
    }
    found
}

impl ActRow {
    /// Way into the office.
    pub fn how(&self) -> Result<How, Problem> {
        How::from_code(&self.how).ok_or_else(|| strange("a way into office", &self.how))
    }

    /// The office.
    pub fn role(&self) -> Result<Role, Problem> {
        Role::from_number(self.role).ok_or_else(|| strange("an office", &self.role.to_string()))
    }

    /// What was counted; none without a vote.
    pub fn figures(&self) -> Option<Figures> {
        Some(Figures {
            gathering: Gathering::from_code(&self.gathering)?,
            summoned: self.summoned,
            barred: self.barred,
            elsewhere: self.elsewhere,
            excused: self.excused,
            present: self.present,
            issued: self.issued,
            returned: self.returned,
            valid: self.valid,
        })
    }
}

impl ChoiceRow {
    /// What became of it.
    pub fn outcome(&self) -> Result<Outcome, Problem> {
        Outcome::from_code(&self.outcome).ok_or_else(|| strange("an outcome", &self.outcome))
    }
}

/// A stored step.
pub(crate) fn step(code: &str) -> Result<Step, Problem> {
    Step::from_code(code).ok_or_else(|| strange("a step", code))
}

/// The approvals of a unit, by the day of the result.
pub(crate) fn requests(rows: &[StepRow]) -> Result<Vec<Request>, Problem> {
    let mut found: Vec<Request> = Vec::new();
    for row in rows {
        let next = (step(&row.step)?, row.on_day);
        match found.last_mut().filter(|last| last.result_on == row.result_on) {
            Some(last) => last.steps.push(next),
            None => found.push(Request { result_on: row.result_on, steps: vec![next] }),
        }
    }
    Ok(found)
}

/// What ends offices in a unit and was not withdrawn.
pub(crate) fn standing_leavings(rows: &[LeavingRow]) -> Result<Vec<(&LeavingRow, Ground)>, Problem> {
    let withdrawn: Vec<u32> = rows.iter().map(|row| row.of_no).filter(|no| *no > 0).collect();
    let own = rows.iter().filter(|row| row.of_no == 0 && !withdrawn.contains(&row.leaving_no));
    own.map(|row| Ok((row, Ground::from_code(&row.ground).ok_or_else(|| strange("a ground", &row.ground))?))).collect()
}
