//! Campaigns, subjects, steps, figures, correction plans.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::{Campaign, Subject};

record! {
    /// A campaign.
    pub struct CampaignRow {
        /// Campaign.
        campaign_id: Id<Campaign>,
        /// Whose subtree.
        unit_id: Id<Unit>,
        /// Code of the kind.
        kind: String,
        /// Year.
        year: i64,
        /// Quarter; nought for others.
        quarter: i64,
        /// The day whose rules hold.
        rules_on: Day,
        /// First day.
        opens_on: Day,
        /// Self-reviews are in by.
        self_by: Day,
        /// Classes are decided by.
        decide_by: Day,
        /// Number of the plan.
        number: String,
        /// Closed; `Day::FOREVER` while open.
        closed_on: Day,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// Somebody evaluated.
    pub struct SubjectRow {
        /// Branch of a member, or the unit itself.
        unit_id: Id<Unit>,
        /// Subject.
        subject_id: Id<Subject>,
        /// Campaign.
        campaign_id: Id<Campaign>,
        /// The member; none for a unit.
        person_id: Option<Id<Person>>,
        /// Code of the sort.
        sort: String,
        /// Code of the post.
        post: String,
        /// Who decides.
        decider_id: Id<Unit>,
        /// Code of the reason not to be evaluated; empty else.
        excluded: String,
        /// Code of the state.
        state: String,
        /// Points in hundredths, -1 without.
        points: i64,
        /// His own.
        self_points: i64,
        /// Own class.
        self_class: String,
        /// Class the vote gave.
        voted_class: String,
        /// Class of the appraisal.
        appraised_class: String,
        /// Class decided.
        class: String,
        /// 1 where it is above what the rules give.
        overridden: i64,
        /// Decided on; `Day::FOREVER` before.
        decided_on: Day,
        /// Version decided under.
        version: String,
        /// Account of the self-review.
        by_account: String,
    }
}

record! {
    /// A step.
    pub struct StepRow {
        /// 1, 2, 3 …
        seq: u32,
        /// Code.
        step: String,
        /// On which day.
        on_day: Day,
        /// Number of the document.
        number: String,
        /// Class; may be empty.
        class: String,
        /// Reason; may be empty.
        reason: String,
        /// The denominator of a vote.
        voters: u32,
        /// Ballots.
        ballots: u32,
        /// For the lowest level.
        for_failed: u32,
        /// For fulfilled.
        for_fulfilled: u32,
        /// For good.
        for_good: u32,
        /// For excellent.
        for_excellent: u32,
        /// Invalid.
        invalid: u32,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A figure.
    pub struct FigureRow {
        /// Code.
        code: String,
        /// Its number.
        counted: u32,
    }
}

record! {
    /// An item of a correction plan.
    pub struct FixRow {
        /// Whose.
        subject_id: Id<Subject>,
        /// Of which unit.
        unit_id: Id<Unit>,
        /// 1, 2, 3 …
        seq: u32,
        /// What.
        item: String,
        /// Who answers for it.
        owner_name: String,
        /// By when.
        due_on: Day,
        /// Corrected on.
        fixed_on: Day,
    }
}

record! {
    /// A class of a year or quarter.
    pub struct YearRow {
        /// Subject.
        subject_id: Id<Subject>,
        /// Of which unit then.
        unit_id: Id<Unit>,
        /// Code of the kind of campaign.
        kind: String,
        /// Year.
        year: i64,
        /// Quarter.
        quarter: i64,
        /// Class.
        class: String,
        /// Points.
        points: i64,
        /// Version.
        version: String,
        /// Decided on.
        decided_on: Day,
    }
}

record! {
    /// Subjects of a unit that stand alike.
    pub struct CountRow {
        /// Branch or unit.
        unit_id: Id<Unit>,
        /// Who decides.
        decider_id: Id<Unit>,
        /// Sort.
        sort: String,
        /// State.
        state: String,
        /// Excluded because.
        excluded: String,
        /// Class decided.
        class: String,
        /// Class appraised.
        appraised_class: String,
        /// So many.
        counted: i64,
        /// Of them decided above what the rules give.
        overridden: i64,
    }
}

record! {
    /// Members of a group with a class.
    pub struct ClassRow {
        /// Class.
        class: String,
        /// So many.
        counted: i64,
    }
}

record! {
    /// A member whose class is the lowest.
    pub struct FailedRow {
        /// Who.
        person_id: Id<Person>,
        /// Year.
        year: i64,
    }
}

queries! {
    /// Adds a campaign.
    fn insert_campaign(campaign_id: Id<Campaign>, unit_id: Id<Unit>, kind: &str, year: i64, quarter: i64, rules_on: Day,
        opens_on: Day, self_by: Day, decide_by: Day, number: &str, closed_on: Day, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO evaluation_campaign (campaign_id, unit_id, kind, year, quarter, rules_on, opens_on, self_by,
         decide_by, number, closed_on, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    /// All campaigns, the last first.
    fn campaigns() -> many<CampaignRow> =
        "SELECT campaign_id, unit_id, kind, year, quarter, rules_on, opens_on, self_by, decide_by, number, closed_on,
         recorded_at, recorded_by FROM evaluation_campaign ORDER BY year DESC, quarter DESC, opens_on DESC, campaign_id";
    /// A campaign.
    fn campaign(campaign_id: Id<Campaign>) -> one<CampaignRow> =
        "SELECT campaign_id, unit_id, kind, year, quarter, rules_on, opens_on, self_by, decide_by, number, closed_on,
         recorded_at, recorded_by FROM evaluation_campaign WHERE campaign_id = $1";
    /// Closes a campaign.
    fn close_campaign(campaign_id: Id<Campaign>, closed_on: Day) -> run =
        "UPDATE evaluation_campaign SET closed_on = $2 WHERE campaign_id = $1";
    /// Adds subjects.
    fn bulk_subjects(unit_id: Id<Unit>, subject_id: Id<Subject>, campaign_id: Id<Campaign>, person_id: Option<Id<Person>>,
        sort: String, post: String, decider_id: Id<Unit>, excluded: String, state: String, points: i64, self_points: i64,
        self_class: String, voted_class: String, appraised_class: String, class: String, overridden: i64,
        decided_on: Day, version: String, by_account: String) -> bulk = "evaluation_subject";
    /// A subject.
    fn subject(subject_id: Id<Subject>) -> one<SubjectRow> =
        "SELECT unit_id, subject_id, campaign_id, person_id, sort, post, decider_id, excluded, state, points, self_points,
         self_class, voted_class, appraised_class, class, overridden, decided_on, version, by_account
         FROM evaluation_subject WHERE subject_id = $1";
    /// Subjects of a unit in a campaign.
    fn subjects_in(campaign_id: Id<Campaign>, unit_id: Id<Unit>) -> many<SubjectRow> =
        "SELECT unit_id, subject_id, campaign_id, person_id, sort, post, decider_id, excluded, state, points, self_points,
         self_class, voted_class, appraised_class, class, overridden, decided_on, version, by_account
         FROM evaluation_subject WHERE campaign_id = $1 AND unit_id = $2 ORDER BY sort, subject_id";
    /// Subjects of a campaign.
    fn subjects(campaign_id: Id<Campaign>) -> each<SubjectRow> =
        "SELECT unit_id, subject_id, campaign_id, person_id, sort, post, decider_id, excluded, state, points, self_points,
         self_class, voted_class, appraised_class, class, overridden, decided_on, version, by_account
         FROM evaluation_subject WHERE campaign_id = $1";
    /// Subjects of a group in a state.
    fn group_at(campaign_id: Id<Campaign>, decider_id: Id<Unit>, sort: &str, state: &str) -> many<SubjectRow> =
        "SELECT unit_id, subject_id, campaign_id, person_id, sort, post, decider_id, excluded, state, points, self_points,
         self_class, voted_class, appraised_class, class, overridden, decided_on, version, by_account
         FROM evaluation_subject WHERE campaign_id = $1 AND decider_id = $2 AND sort = $3 AND state = $4
         ORDER BY points DESC, subject_id";
    /// Classes decided in a group.
    fn group_classes(campaign_id: Id<Campaign>, decider_id: Id<Unit>, sort: &str) -> many<ClassRow> =
        "SELECT class, COUNT(*) FROM evaluation_subject
         WHERE campaign_id = $1 AND decider_id = $2 AND sort = $3 AND excluded = '' AND class <> ''
         GROUP BY class ORDER BY class";
    /// Figures of a campaign by unit.
    fn counts(campaign_id: Id<Campaign>) -> each<CountRow> =
        "SELECT unit_id, decider_id, sort, state, excluded, class, appraised_class, COUNT(*),
         CAST(SUM(overridden) AS BIGINT) FROM evaluation_subject
         WHERE campaign_id = $1 GROUP BY unit_id, decider_id, sort, state, excluded, class, appraised_class";
    /// Writes where a subject stands.
    fn save_subject(unit_id: Id<Unit>, subject_id: Id<Subject>, state: &str, points: i64, self_points: i64,
        self_class: &str, voted_class: &str, appraised_class: &str, class: &str, overridden: i64, decided_on: Day,
        version: &str, by_account: &str) -> run =
        "UPDATE evaluation_subject SET state = $3, points = $4, self_points = $5, self_class = $6, voted_class = $7,
         appraised_class = $8, class = $9, overridden = $10, decided_on = $11, version = $12, by_account = $13
         WHERE unit_id = $1 AND subject_id = $2";
    /// Adds a step.
    fn insert_step(unit_id: Id<Unit>, subject_id: Id<Subject>, seq: u32, step: &str, on_day: Day, number: &str, class: &str,
        reason: &str, voters: u32, ballots: u32, for_failed: u32, for_fulfilled: u32, for_good: u32, for_excellent: u32,
        invalid: u32, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO evaluation_step (unit_id, subject_id, seq, step, on_day, number, class, reason, voters, ballots,
         for_failed, for_fulfilled, for_good, for_excellent, invalid, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    /// Steps of a subject.
    fn steps_of(unit_id: Id<Unit>, subject_id: Id<Subject>) -> many<StepRow> =
        "SELECT seq, step, on_day, number, class, reason, voters, ballots, for_failed, for_fulfilled, for_good,
         for_excellent, invalid, recorded_at, recorded_by FROM evaluation_step
         WHERE unit_id = $1 AND subject_id = $2 ORDER BY seq";
    /// Takes a figure out, to be written anew.
    fn drop_figure(unit_id: Id<Unit>, subject_id: Id<Subject>, code: &str) -> run =
        "DELETE FROM evaluation_figure WHERE unit_id = $1 AND subject_id = $2 AND code = $3";
    /// Adds a figure.
    fn insert_figure(unit_id: Id<Unit>, subject_id: Id<Subject>, code: &str, counted: u32) -> run =
        "INSERT INTO evaluation_figure (unit_id, subject_id, code, counted) VALUES ($1, $2, $3, $4)";
    /// Figures of a subject.
    fn figures_of(unit_id: Id<Unit>, subject_id: Id<Subject>) -> many<FigureRow> =
        "SELECT code, counted FROM evaluation_figure WHERE unit_id = $1 AND subject_id = $2 ORDER BY code";
    /// Adds an item of a correction plan.
    fn insert_fix(unit_id: Id<Unit>, subject_id: Id<Subject>, seq: u32, item: &str, owner_name: &str, due_on: Day,
        fixed_on: Day, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO evaluation_fix (unit_id, subject_id, seq, item, owner_name, due_on, fixed_on, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// The item is corrected.
    fn mark_fixed(unit_id: Id<Unit>, subject_id: Id<Subject>, seq: u32, fixed_on: Day) -> run =
        "UPDATE evaluation_fix SET fixed_on = $4 WHERE unit_id = $1 AND subject_id = $2 AND seq = $3";
    /// Correction plan of a subject.
    fn fixes_of(unit_id: Id<Unit>, subject_id: Id<Subject>) -> many<FixRow> =
        "SELECT subject_id, unit_id, seq, item, owner_name, due_on, fixed_on FROM evaluation_fix
         WHERE unit_id = $1 AND subject_id = $2 ORDER BY seq";
    /// Items not corrected.
    fn open_fixes(fixed_on: Day) -> many<FixRow> =
        "SELECT subject_id, unit_id, seq, item, owner_name, due_on, fixed_on FROM evaluation_fix
         WHERE fixed_on = $1 ORDER BY due_on, subject_id, seq";
    /// Classes of a member, the newest first.
    fn years_of(person_id: Id<Person>) -> many<YearRow> =
        "SELECT s.subject_id, s.unit_id, c.kind, c.year, c.quarter, s.class, s.points, s.version, s.decided_on
         FROM evaluation_subject s JOIN evaluation_campaign c ON c.campaign_id = s.campaign_id
         WHERE s.person_id = $1 AND s.excluded = '' ORDER BY c.year DESC, c.quarter DESC, s.subject_id";
    /// Classes of a unit.
    fn years_of_unit(unit_id: Id<Unit>) -> many<YearRow> =
        "SELECT s.subject_id, s.unit_id, c.kind, c.year, c.quarter, s.class, s.points, s.version, s.decided_on
         FROM evaluation_subject s JOIN evaluation_campaign c ON c.campaign_id = s.campaign_id
         WHERE s.unit_id = $1 AND s.person_id IS NULL AND s.excluded = ''
         ORDER BY c.year DESC, c.quarter DESC, s.subject_id";
    /// Members of the lowest class of a year, where no complaint waits.
    fn failed_years(class: &str) -> many<FailedRow> =
        "SELECT s.person_id, c.year FROM evaluation_subject s JOIN evaluation_campaign c ON c.campaign_id = s.campaign_id
         WHERE s.class = $1 AND c.kind = 'year' AND s.person_id IS NOT NULL AND s.state <> 'complaint'
         ORDER BY s.person_id, c.year";
}
