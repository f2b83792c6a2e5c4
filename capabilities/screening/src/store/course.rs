//! Steps, votes, routes, and where members stand.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Campaign;

record! {
    /// A step.
    pub struct StepRow {
        /// Whose.
        person_id: Id<Person>,
        /// Campaign.
        campaign_id: Id<Campaign>,
        /// 1, 2, 3 …
        seq: u32,
        /// His branch then.
        branch_id: Id<Unit>,
        /// Code of the step.
        step: String,
        /// Rules of the flags then, with commas.
        rules: String,
        /// Code of the form of removal; may be empty.
        form: String,
        /// Who helps.
        helper_id: Option<Id<Person>>,
        /// Last day of help.
        until_on: Day,
        /// Codes of tasks, with commas.
        tasks: String,
        /// On which day.
        on_day: Day,
        /// Number of the document.
        number: String,
        /// Version decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A vote.
    pub struct VoteRow {
        /// The step.
        seq: u32,
        /// Code of the form of voting.
        voting: String,
        /// On the roll.
        listed: u32,
        /// Suspended, prosecuted, detained.
        barred: u32,
        /// Elsewhere or exempted, and absent.
        away: u32,
        /// Present.
        present: u32,
        /// For.
        yes: u32,
        /// Against.
        no: u32,
        /// Blank.
        blank: u32,
        /// Invalid.
        invalid: u32,
    }
}

record! {
    /// Who proposes and decides.
    pub struct RouteRow {
        /// The step of the proposal.
        seq: u32,
        /// The committee that proposes.
        committee_id: Id<Unit>,
        /// The one that decides.
        decider_id: Id<Unit>,
    }
}

record! {
    /// Where a member stands.
    pub struct StandRow {
        /// Who.
        person_id: Id<Person>,
        /// Campaign.
        campaign_id: Id<Campaign>,
        /// His branch at the last step.
        branch_id: Id<Unit>,
        /// Code of the state.
        state: String,
        /// Code of the form of removal; may be empty.
        form: String,
        /// Rules of the flags at the assessment.
        rules: String,
        /// Last day of help.
        until_on: Day,
        /// Day of the last step.
        changed_on: Day,
    }
}

record! {
    /// How many of a branch stand so.
    pub struct CountRow {
        /// Branch.
        branch_id: Id<Unit>,
        /// Code of the state.
        state: String,
        /// Code of the form of removal.
        form: String,
        /// Rules of the flags.
        rules: String,
        /// So many.
        counted: i64,
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

queries! {
    /// Says which body took a decision.
    fn insert_decider(person_id: Id<Person>, campaign_id: Id<Campaign>, seq: u32, body: &str) -> run =
        "INSERT INTO screening_decider (person_id, campaign_id, seq, body) VALUES ($1, $2, $3, $4)";
    /// Which bodies decided about a member in a campaign.
    fn deciders_of(person_id: Id<Person>, campaign_id: Id<Campaign>) -> many<DeciderRow> =
        "SELECT seq, body FROM screening_decider WHERE person_id = $1 AND campaign_id = $2 ORDER BY seq";
    /// Adds a step.
    fn insert_step(person_id: Id<Person>, campaign_id: Id<Campaign>, seq: u32, branch_id: Id<Unit>, step: &str, rules: &str,
        form: &str, helper_id: Option<Id<Person>>, until_on: Day, tasks: &str, on_day: Day, number: &str, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO screening_step (person_id, campaign_id, seq, branch_id, step, rules, form, helper_id, until_on, tasks,
         on_day, number, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    /// Adds many.
    fn bulk_steps(person_id: Id<Person>, campaign_id: Id<Campaign>, seq: u32, branch_id: Id<Unit>, step: String,
        rules: String, form: String, helper_id: Option<Id<Person>>, until_on: Day, tasks: String, on_day: Day,
        number: String, rulebook: String, recorded_at: Moment, recorded_by: String) -> bulk = "screening_step";
    /// Steps of a member in every campaign.
    fn steps_of(person_id: Id<Person>) -> many<StepRow> =
        "SELECT person_id, campaign_id, seq, branch_id, step, rules, form, helper_id, until_on, tasks, on_day, number,
         rulebook, recorded_at, recorded_by FROM screening_step WHERE person_id = $1 ORDER BY campaign_id, seq";
    /// Steps of a campaign written down after one moment, up to and with another.
    fn steps_between(campaign_id: Id<Campaign>, after: Moment, until: Moment) -> each<StepRow> =
        "SELECT person_id, campaign_id, seq, branch_id, step, rules, form, helper_id, until_on, tasks, on_day, number,
         rulebook, recorded_at, recorded_by FROM screening_step
         WHERE campaign_id = $1 AND recorded_at > $2 AND recorded_at <= $3 ORDER BY person_id, seq";
    /// Adds a vote.
    fn insert_vote(person_id: Id<Person>, campaign_id: Id<Campaign>, seq: u32, voting: &str, listed: u32, barred: u32,
        away: u32, present: u32, yes: u32, no: u32, blank: u32, invalid: u32) -> run =
        "INSERT INTO screening_vote (person_id, campaign_id, seq, voting, listed, barred, away, present, yes, no, blank,
         invalid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Votes on a member in a campaign.
    fn votes_of(person_id: Id<Person>, campaign_id: Id<Campaign>) -> many<VoteRow> =
        "SELECT seq, voting, listed, barred, away, present, yes, no, blank, invalid FROM screening_vote
         WHERE person_id = $1 AND campaign_id = $2 ORDER BY seq";
    /// Adds a route.
    fn insert_route(person_id: Id<Person>, campaign_id: Id<Campaign>, seq: u32, committee_id: Id<Unit>,
        decider_id: Id<Unit>) -> run =
        "INSERT INTO screening_route (person_id, campaign_id, seq, committee_id, decider_id) VALUES ($1, $2, $3, $4, $5)";
    /// Routes of a member in a campaign, the last last.
    fn routes_of(person_id: Id<Person>, campaign_id: Id<Campaign>) -> many<RouteRow> =
        "SELECT seq, committee_id, decider_id FROM screening_route WHERE person_id = $1 AND campaign_id = $2 ORDER BY seq";
    /// A member stands somewhere for the first time, or somewhere else.
    fn put_stand(person_id: Id<Person>, campaign_id: Id<Campaign>, branch_id: Id<Unit>, state: &str, form: &str, rules: &str,
        until_on: Day, changed_on: Day) -> run =
        "INSERT INTO screening_stand (person_id, campaign_id, branch_id, state, form, rules, until_on, changed_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (person_id, campaign_id) DO UPDATE SET branch_id = excluded.branch_id, state = excluded.state,
         form = excluded.form, rules = excluded.rules, until_on = excluded.until_on, changed_on = excluded.changed_on";
    /// Many stand somewhere for the first time.
    fn bulk_stands(person_id: Id<Person>, campaign_id: Id<Campaign>, branch_id: Id<Unit>, state: String, form: String,
        rules: String, until_on: Day, changed_on: Day) -> bulk = "screening_stand";
    /// Where members of a branch stand.
    fn stands_in(campaign_id: Id<Campaign>, branch_id: Id<Unit>) -> many<StandRow> =
        "SELECT person_id, campaign_id, branch_id, state, form, rules, until_on, changed_on FROM screening_stand
         WHERE campaign_id = $1 AND branch_id = $2 ORDER BY person_id";
    /// Where the members of a campaign stand.
    fn stands(campaign_id: Id<Campaign>) -> each<StandRow> =
        "SELECT person_id, campaign_id, branch_id, state, form, rules, until_on, changed_on FROM screening_stand
         WHERE campaign_id = $1 ORDER BY branch_id, state, person_id";
    /// Members of a campaign who were assessed while flagged.
    fn flagged_stands(campaign_id: Id<Campaign>) -> each<StandRow> =
        "SELECT person_id, campaign_id, branch_id, state, form, rules, until_on, changed_on FROM screening_stand
         WHERE campaign_id = $1 AND rules > '' ORDER BY person_id";
    /// Everybody in a state whose last step was on a day or later, in every campaign.
    fn stands_at(state: &str, changed_on: Day) -> each<StandRow> =
        "SELECT person_id, campaign_id, branch_id, state, form, rules, until_on, changed_on FROM screening_stand
         WHERE state = $1 AND changed_on >= $2 ORDER BY person_id, campaign_id";
    /// How many stand how, by branch.
    fn counts(campaign_id: Id<Campaign>) -> each<CountRow> =
        "SELECT branch_id, state, form, rules, COUNT(*) FROM screening_stand WHERE campaign_id = $1
         GROUP BY branch_id, state, form, rules ORDER BY branch_id, state, form, rules";
}
