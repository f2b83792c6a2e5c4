//! Transfers of members that are under way, at every box; some papers are late. Temporary stays, some past their end;
//! people who left the city, went abroad, come from outside; members who keep contact with the branches of one ward.

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Codes, Query};
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::rules::NewMember;
use chibo_organisation::kinds::{Kind as UnitKind, Setting};
use chibo_store::Op;
use chibo_transfers::actions::{Arrival, NewRemark, Who, carry, introduce, receive, remark, request, take, take_turn};
use chibo_transfers::rules::{
    Basis, Carried, Deed, Elsewhere, Item, Purpose, Remark, Request, Residence, Span, State, Step, Transfer, Turn,
    TurnDeed, Way,
};

use super::TODAY;
use super::seed::Seed;

const FAMILY: u64 = 61;
/// Transfers under way.
const MOVES: usize = 240;
/// Temporary stays.
const STAYS: usize = 70;
/// People who leave the city or go abroad.
const LEAVERS: usize = 40;
/// Members who keep contact with the branches of one ward.
const CONTACTS: usize = 60;
/// Most members looked at.
const LOOKED_AT: usize = 300_000;
/// Why people move.
const REASONS: [&str; 3] = ["Chuyển công tác", "Nghỉ hưu, về sinh hoạt nơi cư trú", "Thay đổi nơi cư trú"];
/// Where people go outside the city.
const OUTSIDE: [(&str, &str); 4] = [
    ("Chi bộ Sở Giáo dục và Đào tạo", "Đà Nẵng"),
    ("Chi bộ Khu phố 5, phường Thới Bình", "Cần Thơ"),
    ("Chi bộ Văn phòng", "Đồng Nai"),
    ("Chi bộ Trường Chính trị", "Tây Ninh"),
];
/// Where people go abroad.
const ABROAD: [(&str, &str); 3] = [
    ("Đại sứ quán Việt Nam", "Nhật Bản"),
    ("Đại sứ quán Việt Nam", "Hàn Quốc"),
    ("Đại sứ quán Việt Nam", "Cộng hòa Liên bang Đức"),
];
/// Who comes from outside.
const NEWCOMERS: [(&str, u8); 8] = [
    ("Đặng Thị Hoài An", 2),
    ("Võ Minh Khang", 1),
    ("Huỳnh Thị Mỹ Duyên", 2),
    ("Lương Quốc Bảo", 1),
    ("Đinh Thị Thu Hà", 2),
    ("Mai Văn Tâm", 1),
    ("Châu Ngọc Lan", 2),
    ("Tô Đức Thịnh", 1),
];

type Mover = (Id<Person>, Id<Unit>, Id<Unit>);

/// Members far apart in the tree with their branch, and the branch of the member after the next as where they go.
fn movers(op: &Op<'_, '_>, many: usize) -> Vec<Mover> {
    let Some(census) = op.beside::<Census>() else { return Vec::new() };
    let view = census.view(TODAY);
    let query =
        Query { members: Some(Codes::of(&[u32::from(Standing::Official.number())])), ..Query::at(AsOf::on(TODAY)) };
    let all = view.list(&query, ListOrder::Place, None, LOOKED_AT);
    let spread = all.len() / many;
    let member = |no: &_| {
        let brief = view.person(*no)?;
        Some((brief.id, view.forest().id(brief.today?.0)?))
    };
    let some: Vec<(Id<Person>, Id<Unit>)> = all.iter().step_by(spread.max(1)).filter_map(member).collect();
    let to = some.iter().cycle().skip(2).map(|(_, unit)| *unit);
    let pairs = some.iter().zip(to).filter(|((_, from), to)| from != to);
    pairs.map(|((person, from), to)| (*person, *from, to)).take(many).collect()
}

/// Writes them.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let mut all = movers(op, MOVES + STAYS + LEAVERS + CONTACTS);
    // A small city has too few people for everything: each sort gets its share.
    let scale = |share: usize, all: usize| all * share / (MOVES + STAYS + LEAVERS + CONTACTS);
    let total = all.len();
    let mut part = |share: usize| all.split_off(all.len().saturating_sub(scale(share, total)));
    let (stays, leavers, contacts) = (part(STAYS), part(LEAVERS), part(CONTACTS));
    official(op, &all)?;
    temporary(op, &stays)?;
    leaving(op, &leavers)?;
    let targets: Vec<Id<Unit>> = stays.iter().map(|(_, _, to)| *to).collect();
    arriving(op, &targets)?;
    keeping_contact(op, &contacts)
}

/// Everything goes along, the fee paid through the month.
fn carried(op: &mut Op<'_, '_>, id: Id<Transfer>, on: Day) -> Result<(), Problem> {
    let (year, month, _) = on.ymd();
    let carried = Carried { items: Item::ALL.to_vec(), fee_through: Day::from_ymd(year, month, 1) };
    carry(op, id, &carried, 0)
}

/// Takes the next steps of a paper from a day on, at most so many; where it stands then.
fn sign(
    op: &mut Op<'_, '_>,
    id: Id<Transfer>,
    seed: &mut Seed,
    (most, began): (u32, Day),
) -> Result<(State, u32, Day), Problem> {
    let (mut on, mut state) = (began, State::Requested);
    for after in 0..most {
        let number = if after == 0 { format!("{}-GGT", seed.between(1, 90)) } else { String::new() };
        // Late papers came with an explanation.
        let deed = Deed { step: Step::Signed, after, on, number, note: "Đủ hồ sơ".to_owned() };
        state = match take(op, id, &deed) {
            Ok(state) => state,
            // Out of the city nothing is left to be signed: the notice is waited for.
            Err(Problem::Refused(_)) => return Ok((state, after, on)),
            Err(other) => return Err(other),
        };
        if !state.open() {
            return Ok((state, after + 1, on));
        }
        on = Day::min(on.plus_days(seed.between(1, 9)), TODAY);
    }
    Ok((state, most, on))
}

fn official(op: &mut Op<'_, '_>, movers: &[Mover]) -> Result<(), Problem> {
    for (index, (person, _, to)) in movers.iter().enumerate() {
        let mut seed = Seed::of(FAMILY, index as u64);
        let began = TODAY.plus_days(-seed.between(5, 130));
        let reason = REASONS[seed.below(3) as usize].to_owned();
        let cause = began.plus_days(-seed.between(3, 30));
        let id =
            request(op, &Request { person: *person, way: Way::Inside(*to), cause, reason, basis: Basis::default() })?;
        let most = seed.below(8);
        // Some wait at the receiving side for a confirmed index.
        if !seed.chance(120) {
            carried(op, id, began)?;
        }
        sign(op, id, &mut seed, (most, began))?;
    }
    Ok(())
}

fn temporary(op: &mut Op<'_, '_>, movers: &[Mover]) -> Result<(), Problem> {
    for (index, (person, _, to)) in movers.iter().enumerate() {
        let mut seed = Seed::of(FAMILY + 1, index as u64);
        let purpose = [Purpose::Work, Purpose::Residence, Purpose::Study][seed.below(3) as usize];
        let months = if purpose == Purpose::Study { seed.between(6, 24) } else { seed.between(4, 11) };
        let from = TODAY.plus_days(-seed.between(20, 320));
        let span = Span { purpose, from, until: from.plus_months(months) };
        let place = |(name, province): (&str, &str)| Elsewhere { name: name.to_owned(), province: province.to_owned() };
        let way = match index % 7 {
            5 => Way::TemporaryOutside(place(OUTSIDE[index % 4]), span),
            6 => Way::TemporaryAbroad(place(ABROAD[index % 3]), span),
            _ => Way::Temporary(*to, span),
        };
        let outward = way.kind().outward();
        let reason = "Công tác, học tập có thời hạn".to_owned();
        let id = request(
            op,
            &Request { person: *person, way, cause: from.plus_days(-10), reason, basis: Basis::default() },
        )?;
        carried(op, id, from)?;
        let (mut state, mut after, on) = sign(op, id, &mut seed, (12, from))?;
        if outward && state == State::InTransit {
            let deed = Deed { step: Step::Confirmed, after, on, number: "12-PB".to_owned(), note: String::new() };
            state = take(op, id, &deed)?;
            after += 1;
        }
        if state != State::Accepted || after == 0 {
            continue;
        }
        happened(op, id, &mut seed, span)?;
    }
    Ok(())
}

/// Some stays were extended, some ended; of the others some are overdue.
fn happened(op: &mut Op<'_, '_>, id: Id<Transfer>, seed: &mut Seed, span: Span) -> Result<(), Problem> {
    let deed = |turn, on, until| TurnDeed {
        turn,
        after: 0,
        on,
        until,
        number: String::new(),
        note: "Công việc kéo dài".to_owned(),
    };
    if span.until < TODAY && seed.chance(500) {
        let turned = deed(Turn::Returned, span.until, None);
        return match take_turn(op, id, &turned) {
            // Who is abroad comes back to the country first.
            Err(Problem::Refused(_)) => take_turn(op, id, &deed(Turn::Landed, TODAY.plus_days(-12), None)),
            other => other,
        };
    }
    if seed.chance(150) {
        let until = Day::max(span.until, TODAY).plus_months(3);
        return take_turn(op, id, &deed(Turn::Extended, TODAY.plus_days(-3), Some(until)));
    }
    Ok(())
}

fn leaving(op: &mut Op<'_, '_>, movers: &[Mover]) -> Result<(), Problem> {
    for (index, (person, ..)) in movers.iter().enumerate() {
        let mut seed = Seed::of(FAMILY + 2, index as u64);
        let place = |(name, province): (&str, &str)| Elsewhere { name: name.to_owned(), province: province.to_owned() };
        let way = if index % 5 == 4 {
            Way::Abroad(place(ABROAD[index % 3]))
        } else {
            Way::Outside(place(OUTSIDE[index % 4]))
        };
        let began = TODAY.plus_days(-seed.between(10, 150));
        let (cause, reason) = (began.plus_days(-seed.between(3, 30)), REASONS[seed.below(3) as usize].to_owned());
        let id = request(op, &Request { person: *person, way, cause, reason, basis: Basis::default() })?;
        carried(op, id, began)?;
        let most = if index % 4 == 0 { 1 } else { 12 };
        let (state, after, on) = sign(op, id, &mut seed, (most, began))?;
        // Half of the notices have come.
        if state == State::InTransit && index % 2 == 1 {
            let on = Day::min(on.plus_days(seed.between(5, 25)), TODAY);
            let deed =
                Deed { step: Step::Confirmed, after, on, number: format!("{}-PB", 7 + index), note: String::new() };
            take(op, id, &deed)?;
        }
    }
    Ok(())
}

fn arriving(op: &mut Op<'_, '_>, targets: &[Id<Unit>]) -> Result<(), Problem> {
    for (index, ((name, sex), to)) in NEWCOMERS.iter().zip(targets.iter().step_by(5)).enumerate() {
        let mut seed = Seed::of(FAMILY + 3, index as u64);
        let birth = Day::from_ymd(seed.between(1968, 1994), 4, u8::try_from(seed.between(1, 28)).unwrap_or(1));
        let admitted = birth.map(|birth| birth.plus_months(26 * 12));
        let (place, province) = OUTSIDE[index % 4];
        let written = TODAY.plus_days(-seed.between(5, 60));
        let new = Arrival {
            who: Who::New(Box::new(NewMember {
                name: (*name).to_owned(),
                birth,
                sex: *sex,
                admitted,
                official: admitted.map(|admitted| admitted.plus_months(12)),
                home_town: province.to_owned(),
                ..NewMember::default()
            })),
            to: *to,
            from: Elsewhere { name: place.to_owned(), province: province.to_owned() },
            from_abroad: false,
            paper: format!("{}-GGT", 30 + index),
            written,
            reason: "Chuyển công tác".to_owned(),
        };
        let id = receive(op, &new)?;
        carried(op, id, written)?;
        let most = seed.below(4);
        sign(op, id, &mut seed, (most, written.plus_days(3)))?;
    }
    Ok(())
}

/// The branches of the first ward that has some.
fn ward_branches(op: &Op<'_, '_>) -> Vec<Id<Unit>> {
    let Some(census) = op.beside::<Census>() else { return Vec::new() };
    let forest = census.forest();
    let tree = forest.tree(AsOf::on(TODAY));
    let holds = |place: &u32| UnitKind::from_number(tree.kind(*place)).is_some_and(UnitKind::holds_members);
    let is_ward = |place: &u32| tree.setting(*place) == Setting::Ward.number() && !holds(place);
    for ward in (0..tree.len()).filter(is_ward) {
        let branches = (ward..tree.end(ward)).filter(holds).filter_map(|place| forest.id(tree.unit(place)?));
        let branches: Vec<_> = branches.take(20).collect();
        if branches.len() >= 3 {
            return branches;
        }
    }
    Vec::new()
}

fn keeping_contact(op: &mut Op<'_, '_>, movers: &[Mover]) -> Result<(), Problem> {
    let branches = ward_branches(op);
    if branches.is_empty() {
        return Ok(());
    }
    let last = TODAY.year() - 1;
    for (index, (person, from, _)) in movers.iter().enumerate() {
        let mut seed = Seed::of(FAMILY + 4, index as u64);
        let Some(to) = branches.get(index % branches.len()).filter(|to| *to != from) else { continue };
        let since = TODAY.plus_days(-seed.between(60, 1_200));
        let contact = introduce(op, *person, &Residence::Branch(*to), (since, &format!("{}-GT", 10 + index)))?;
        let said = match seed.below(10) {
            0 => Some((Remark::None, "Chưa gặp chi ủy lần nào")),
            1 | 2 => Some((Remark::Irregular, "Dự họp một lần")),
            9 => None,
            _ => Some((Remark::Good, "")),
        };
        if let Some((word, note)) = said.filter(|_| since.year() <= last) {
            let new = NewRemark { person: *person, name: String::new(), contact, remark: word, note: note.to_owned() };
            remark(op, last, &[new])?;
        }
    }
    Ok(())
}
