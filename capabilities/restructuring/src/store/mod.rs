//! The tables of plans.

use chibo_kernel::{Account, Day, Id, Moment, Person, Unit};
use chibo_organisation::rules::Reorganisation;
use chibo_store::{queries, record};

use crate::rules::Plan;

record! {
    /// A plan as stored.
    pub struct PlanRow {
        /// Plan.
        plan_id: Id<Plan>,
        /// The unit whose committee decides.
        unit_id: Id<Unit>,
        /// What it is about.
        title: String,
        /// Who decides.
        authority: String,
        /// In force from.
        effective_on: Day,
        /// Code of the state.
        state: String,
        /// Counts every change.
        version: i64,
        /// The plan it undoes.
        undone: Option<Id<Plan>>,
        /// The decision it became.
        decision_id: Option<Id<Reorganisation>>,
        /// Number of the decision; empty before signing.
        number: String,
        /// Day of signing; [`Day::FOREVER`] before.
        signed_on: Day,
        /// Who signed.
        signed_by: Option<Id<Account>>,
        /// His name.
        signed_name: String,
        /// Who began it.
        created_by: Option<Id<Account>>,
        /// His name.
        created_name: String,
        /// When.
        created_at: Moment,
        /// Who changed it last.
        changed_name: String,
        /// When.
        changed_at: Moment,
        /// Why it was taken back or could not be carried out; may be empty.
        reason: String,
    }
}

record! {
    /// A line as stored.
    pub struct LineRow {
        /// Order.
        line_no: i64,
        /// Code of the operation.
        kind: String,
        /// The unit it is about.
        unit_id: Id<Unit>,
        /// The other unit.
        other_unit: Option<Id<Unit>>,
        /// The rest as JSON.
        detail: String,
        /// Who entered it.
        entered_by: Option<Id<Account>>,
        /// His name.
        entered_name: String,
    }
}

record! {
    /// A member whose target is said by name.
    pub struct MemberRow {
        /// Member.
        person_id: Id<Person>,
        /// Out of this unit.
        from_unit: Id<Unit>,
        /// Into this one.
        into_unit: Id<Unit>,
    }
}

record! {
    /// A plan with a unit it names.
    pub struct NamedRow {
        /// Plan.
        plan_id: Id<Plan>,
        /// Unit.
        unit_id: Id<Unit>,
        /// The other unit.
        other_unit: Option<Id<Unit>>,
    }
}

queries! {
    /// Adds a plan.
    fn insert(plan_id: Id<Plan>, unit_id: Id<Unit>, title: &str, authority: &str, effective_on: Day,
        undone: Option<Id<Plan>>, signed_on: Day, by: Option<Id<Account>>, name: &str, at: Moment) -> run =
        "INSERT INTO restructuring (plan_id, unit_id, title, authority, effective_on, state, version, undone, decision_id, number,
         signed_on, signed_by, signed_name, created_by, created_name, created_at, changed_name, changed_at, reason)
         VALUES ($1, $2, $3, $4, $5, 'draft', 1, $6, NULL, '', $7, NULL, '', $8, $9, $10, $9, $10, '')";
    /// A plan.
    fn plan(plan_id: Id<Plan>) -> one<PlanRow> =
        "SELECT plan_id, unit_id, title, authority, effective_on, state, version, undone, decision_id, number, signed_on,
         signed_by, signed_name, created_by, created_name, created_at, changed_name, changed_at, reason
         FROM restructuring WHERE plan_id = $1";
    /// All plans, those changed last first.
    fn plans() -> many<PlanRow> =
        "SELECT plan_id, unit_id, title, authority, effective_on, state, version, undone, decision_id, number, signed_on,
         signed_by, signed_name, created_by, created_name, created_at, changed_name, changed_at, reason
         FROM restructuring ORDER BY changed_at DESC, plan_id";
    /// Takes a draft to its next version; counts 0 when somebody was quicker.
    fn touch(plan_id: Id<Plan>, version: i64, name: &str, at: Moment) -> run =
        "UPDATE restructuring SET version = version + 1, changed_name = $3, changed_at = $4
         WHERE plan_id = $1 AND version = $2 AND state = 'draft'";
    /// What a plan is called and when it takes effect.
    fn amend(plan_id: Id<Plan>, title: &str, authority: &str, effective_on: Day) -> run =
        "UPDATE restructuring SET title = $2, authority = $3, effective_on = $4 WHERE plan_id = $1";
    /// Another state; counts 0 when it was not in the expected one.
    fn pass(plan_id: Id<Plan>, from: &str, into: &str, reason: &str, name: &str, at: Moment) -> run =
        "UPDATE restructuring SET state = $3, reason = $4, changed_name = $5, changed_at = $6, version = version + 1
         WHERE plan_id = $1 AND state = $2";
    /// Signs.
    fn sign(plan_id: Id<Plan>, number: &str, signed_on: Day, by: Option<Id<Account>>, name: &str) -> run =
        "UPDATE restructuring SET number = $2, signed_on = $3, signed_by = $4, signed_name = $5 WHERE plan_id = $1";
    /// The decision it became.
    fn decided(plan_id: Id<Plan>, decision_id: Id<Reorganisation>) -> run =
        "UPDATE restructuring SET decision_id = $2 WHERE plan_id = $1";

    /// The lines that stand, in order.
    fn lines(plan_id: Id<Plan>) -> many<LineRow> =
        "SELECT line_no, kind, unit_id, other_unit, detail, entered_by, entered_name FROM restructuring_line
         WHERE plan_id = $1 AND went = 0 ORDER BY line_no";
    /// The number of the last line ever.
    fn last_line(plan_id: Id<Plan>) -> one<Option<i64>> = "SELECT MAX(line_no) FROM restructuring_line WHERE plan_id = $1";
    /// Adds lines.
    fn bulk_lines(plan_id: Id<Plan>, line_no: i64, kind: String, unit_id: Id<Unit>, other_unit: Option<Id<Unit>>,
        detail: String, entered_by: Option<Id<Account>>, entered_name: String, came: i64, went: i64) -> bulk = "restructuring_line";
    /// Takes a line out.
    fn take_out(plan_id: Id<Plan>, line_no: i64, went: i64) -> run =
        "UPDATE restructuring_line SET went = $3 WHERE plan_id = $1 AND line_no = $2 AND went = 0";
    /// How many lines each plan has.
    fn named() -> each<NamedRow> = "SELECT plan_id, unit_id, other_unit FROM restructuring_line WHERE went = 0 ORDER BY plan_id";

    /// Members said by name.
    fn members(plan_id: Id<Plan>) -> many<MemberRow> =
        "SELECT person_id, from_unit, into_unit FROM restructuring_member WHERE plan_id = $1 AND went = 0 ORDER BY person_id";
    /// Adds such members.
    fn bulk_members(plan_id: Id<Plan>, person_id: Id<Person>, came: i64, went: i64, from_unit: Id<Unit>,
        into_unit: Id<Unit>, entered_by: Option<Id<Account>>) -> bulk = "restructuring_member";
    /// Takes one out.
    fn forget_member(plan_id: Id<Plan>, person_id: Id<Person>, went: i64) -> run =
        "UPDATE restructuring_member SET went = $3 WHERE plan_id = $1 AND person_id = $2 AND went = 0";

    /// Members a plan moved.
    fn moved(plan_id: Id<Plan>) -> many<MemberRow> =
        "SELECT person_id, from_unit, into_unit FROM restructuring_moved WHERE plan_id = $1 ORDER BY person_id, from_unit";
    /// Notes members a plan moved.
    fn bulk_moved(plan_id: Id<Plan>, person_id: Id<Person>, from_unit: Id<Unit>, into_unit: Id<Unit>) -> bulk = "restructuring_moved";
}
