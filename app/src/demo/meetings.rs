//! A year and a half of branch meetings: most branches meet every month, some late, some not at all; attendance of every
//! member. Scores are computed by the form from what is written here, as for real meetings.

use std::collections::BTreeMap;

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Query};
use chibo_kernel::{AsOf, Day, Id, Moment, Person, Problem, Unit};
use chibo_meetings::actions::{LoadedMeeting, MeetingRow, MonthRow, is_begun, load, plan_theme};
use chibo_meetings::rules::{Counts, Facts, Grade, Kind, Month, Presence, RollLine, Terms, score};
use chibo_members::codes::Standing;
use chibo_members::dims::member_standings;
use chibo_store::{Db, Op};

use super::TODAY;
use super::seed::Seed;

const FAMILY: u64 = 71;
const PLANS: u64 = 73;
/// Months back, the running one included.
const MONTHS: i32 = 18;
/// Members looked at.
const LOOKED_AT: usize = 6_000_000;
/// Branches written in one act.
pub const AT_ONCE: usize = 500;
const WORK: &str = "Kiểm điểm việc tháng trước, bàn việc tháng này";
const SOURCE: &str = "Tạo nguồn phát triển đảng viên";
const THEME: &str = "Học tập chuyên đề năm";

/// A member as a meeting needs him: who, exempted, member since.
type Someone = (Id<Person>, bool, Day);

/// A branch with its members.
pub struct Branch {
    unit: Id<Unit>,
    people: Vec<Someone>,
}

/// Every branch with members today, in the order of the tables.
pub fn branches(db: &Db) -> Result<Vec<Branch>, Problem> {
    let census = db.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let view = census.view(TODAY);
    let query = Query { members: Some(member_standings()), ..Query::at(AsOf::on(TODAY)) };
    let mut found: BTreeMap<Id<Unit>, Vec<Someone>> = BTreeMap::new();
    for no in view.list(&query, ListOrder::Place, None, LOOKED_AT) {
        let Some(brief) = view.person(no) else { continue };
        let Some((unit, codes)) = brief.today else { continue };
        let Some(unit) = view.forest().id(unit) else { continue };
        let exempted = codes.standing == Standing::Exempted.number();
        let since = brief.admitted.unwrap_or(Day::PARTY_FOUNDED);
        found.entry(unit).or_default().push((brief.id, exempted, since));
    }
    Ok(found.into_iter().map(|(unit, people)| Branch { unit, people }).collect())
}

/// What every meeting of a branch has in common.
struct Habit {
    /// Of a hundred, how many come.
    comes: u32,
    /// Of a hundred, how many speak.
    speaks: u32,
    /// Of a hundred points that are confirmed.
    careful: u32,
    /// Per mille of months closed late, of months without a meeting.
    slack: (u32, u32),
}

fn habit(seed: &mut Seed) -> Habit {
    let weak = seed.chance(60);
    Habit {
        comes: if weak { 62 + seed.below(20) } else { 88 + seed.below(11) },
        speaks: if weak { 8 + seed.below(20) } else { 30 + seed.below(45) },
        careful: if weak { 35 + seed.below(25) } else { 82 + seed.below(19) },
        slack: if weak { (300, 120) } else { (40, 8) },
    }
}

fn percent(seed: &mut Seed, of_hundred: u32) -> bool {
    seed.below(100) < of_hundred
}

/// The months of one branch.
fn months(seed: &mut Seed, branch: &Branch, terms: &[Terms]) -> Vec<LoadedMeeting> {
    let habit = habit(seed);
    let now = Month::of(TODAY);
    let mut made = Vec::new();
    let mut streaks = vec![0u32; branch.people.len()];
    for (back, terms) in (0..MONTHS).rev().zip(terms) {
        let month = now.plus(-back);
        if month.number() == 1 {
            streaks.iter_mut().for_each(|streak| *streak = 0);
        }
        // The running month is not over: two branches of five have still to meet.
        let skips = if back == 0 { 400 } else { habit.slack.1 };
        if seed.chance(skips) {
            continue;
        }
        let no = u32::try_from(made.len()).unwrap_or(u32::MAX) + 1;
        made.push(meeting(seed, branch, (&habit, terms), (month, no), &mut streaks));
    }
    made
}

fn roll(seed: &mut Seed, branch: &Branch, habit: &Habit, on: Day, streaks: &mut [u32]) -> Vec<(Id<Person>, u8, bool)> {
    let mut roll = Vec::with_capacity(branch.people.len());
    for ((person, exempted, since), streak) in branch.people.iter().zip(streaks) {
        if *since > on {
            continue;
        }
        let there = percent(seed, if *exempted { 12 } else { habit.comes });
        let presence = match (there, *exempted) {
            (true, _) => Presence::Present,
            (false, true) => Presence::Exempt,
            (false, false) if seed.chance(25) => Presence::Unexcused,
            _ => Presence::Excused,
        };
        *streak = if presence == Presence::Excused { *streak + 1 } else { 0 };
        roll.push((*person, presence.number(), there && percent(seed, habit.speaks)));
    }
    roll
}

fn meeting(
    seed: &mut Seed,
    branch: &Branch,
    (habit, terms): (&Habit, &Terms),
    (month, no): (Month, u32),
    streaks: &mut [u32],
) -> LoadedMeeting {
    // The third month of a quarter has the theme, in most branches.
    let kind = if month.number() % 3 == 0 && percent(seed, 93) { Kind::Combined } else { Kind::Regular };
    let on = month.first().plus_days(seed.between(2, 19)).min(TODAY);
    let lasted =
        terms.length(kind, 0).saturating_sub(if percent(seed, habit.careful) { 0 } else { 12 + seed.below(30) });
    let begins = 18 * 60 + 30 + seed.below(3) * 30;
    let roll = roll(seed, branch, habit, on, streaks);
    let lines: Vec<RollLine> = roll
        .iter()
        .filter_map(|(person, presence, spoke)| {
            Some(RollLine { person: *person, presence: Presence::from_number(*presence)?, spoke: *spoke })
        })
        .collect();
    let mut items = vec![(1, WORK), (1, SOURCE)];
    if kind.is_thematic() {
        items.push((2, THEME));
    }
    let ticks = terms.ticks.iter().filter(|_| percent(seed, habit.careful)).map(|tick| tick.item.clone());
    let ticks = ticks.collect();
    let posted = |seed: &mut Seed, day: Day| Some(day.min(TODAY)).filter(|_| percent(seed, habit.careful));
    let facts = Facts {
        kind,
        on,
        lasted,
        counts: Counts::of(&lines),
        excused_in_a_row: streaks.iter().copied().max().unwrap_or(0),
        noticed: true,
        documents: posted(seed, on.plus_days(-2)),
        prepared: percent(seed, habit.careful),
        items: (2, u32::from(kind.is_thematic())),
        ideology: if percent(seed, habit.careful) { 20 } else { 5 },
        minuted: true,
        concluded: posted(seed, on.plus_days(1)),
        tasks: (0, 0),
        ticks,
    };
    let late = seed.chance(habit.slack.0) && month < Month::of(TODAY);
    let points = score(&facts, terms).total;
    let recorded = Moment::end_of(if late { month.last().plus_days(5).min(TODAY) } else { on });
    let counts = facts.counts;
    LoadedMeeting {
        row: row(branch, (month, no), &facts, begins, recorded),
        items,
        month: MonthRow {
            unit_id: branch.unit,
            month: month.0,
            met: 2,
            thematic: u8::from(kind.is_thematic()),
            late: u8::from(late),
            due: counts.due(),
            present: counts.present,
            spoke: counts.spoke,
            score: points,
            grade: Grade::of(points, terms).number(),
            seen_score: if seed.chance(50) { points.saturating_sub(seed.below(15)).max(1) } else { 0 },
            reason: String::new(),
            recorded_at: recorded,
        },
        roll,
    }
}

fn row(branch: &Branch, (month, no): (Month, u32), facts: &Facts, begins: u32, recorded: Moment) -> MeetingRow {
    let leaders = |at: usize| branch.people.get(at).map(|(person, ..)| *person);
    MeetingRow {
        unit_id: branch.unit,
        meeting_no: no,
        kind: facts.kind.number(),
        month: month.0,
        state: 2,
        version: 3,
        on_day: Some(facts.on),
        begins: Some(begins),
        ends: Some(begins + facts.lasted),
        place: "Nhà văn hóa".to_owned(),
        chair_id: leaders(0),
        secretary_id: leaders(1).or_else(|| leaders(0)),
        guests: String::new(),
        ideology: facts.ideology,
        report: "Hoàn thành việc được giao.".to_owned(),
        discussion: "Đảng viên góp ý, thống nhất.".to_owned(),
        conclusion: "Thông qua nghị quyết tháng.".to_owned(),
        ticks: facts.ticks.iter().map(String::as_str).collect::<Vec<_>>().join(" "),
        prepared: u8::from(facts.prepared),
        noticed_on: Some(facts.on.plus_days(-3)),
        posted_documents: facts.documents,
        posted_conclusion: facts.concluded,
        recorded_at: recorded,
        recorded_by: "Bí thư chi bộ".to_owned(),
    }
}

/// The rules of every month, the oldest first.
pub fn terms() -> Result<Vec<Terms>, Problem> {
    let now = Month::of(TODAY);
    let day = |back: i32| now.plus(-back).last().min(TODAY);
    (0..MONTHS).rev().map(|back| Terms::on(day(back))).collect()
}

/// Writes some branches; those written before are left as they are.
pub fn write(op: &mut Op<'_, '_>, some: &[Branch], terms: &[Terms]) -> Result<(), Problem> {
    let Some(first) = some.first() else { return Ok(()) };
    if is_begun(op, first.unit)? {
        return Ok(());
    }
    let index = |unit: &Id<Unit>| unit.bytes().iter().fold(0u64, |sum, byte| sum.wrapping_mul(257) + u64::from(*byte));
    let made: Vec<LoadedMeeting> =
        some.iter().flat_map(|branch| months(&mut Seed::of(FAMILY, index(&branch.unit)), branch, terms)).collect();
    load(op, &made)?;
    // Nine branches of ten planned the quarter's theme at its beginning.
    let quarter = Month::of(op.today()).quarter_start();
    for branch in some.iter().filter(|branch| !Seed::of(PLANS, index(&branch.unit)).chance(100)) {
        plan_theme(op, branch.unit, quarter, THEME)?;
    }
    Ok(())
}
