//! What people get wrong is refused with the rule and the field, and nothing is written.

use std::collections::BTreeSet;

use chibo_kernel::votes::{Ballots, OrdinaryForm};
use chibo_kernel::{Id, Issue, Permission, Person, Problem};
use chibo_meetings::actions::{Content, New, Seat, Vote, close, open, reopen, take_vote, write};
use chibo_meetings::rules::{Kind, Presence};
use chibo_store::Op;

use crate::month::{opened, send, written};
use crate::world::{BRANCH, World, day, id};

/// Rules and fields a refused act names.
fn named<T: std::fmt::Debug>(
    world: &World,
    act: impl Fn(&mut Op<'_, '_>) -> Result<T, Problem>,
) -> Vec<(String, String)> {
    let done = world.house.db.write(&world.secretary(BRANCH), act);
    let Err(Problem::Refused(issues)) = done else { panic!("{done:?}") };
    let of = |issue: Issue| (issue.rule.unwrap_or_default().to_owned(), issue.field.unwrap_or_default());
    issues.into_iter().map(of).collect()
}

fn pair(rule: &str, field: &str) -> (String, String) {
    (rule.to_owned(), field.to_owned())
}

fn new(on: (u8, u8), times: (u32, u32)) -> New {
    let on = day(2026, on.0, on.1);
    New {
        unit: id(BRANCH),
        kind: Kind::Regular,
        on,
        times,
        place: String::new(),
        next: None,
        items: vec![(1, String::new(), "Kinh tế".into())],
    }
}

fn content(roll: &[Id<Person>]) -> Content {
    let seat = |person: &Id<Person>| Seat {
        person: *person,
        presence: Presence::Present,
        reason: String::new(),
        spoke_on: String::new(),
    };
    Content {
        kind: Kind::Regular,
        on: Some(day(2026, 11, 20)),
        from: Some(19 * 60),
        to: Some(20 * 60 + 35),
        place: String::new(),
        chair: roll.first().copied(),
        secretary: None,
        guests: String::new(),
        ideology: 20,
        report: String::new(),
        discussion: String::new(),
        conclusion: "Thống nhất".into(),
        ticks: BTreeSet::new(),
        prepared: true,
        noticed: None,
        documents: None,
        concluded: None,
        items: Vec::new(),
        roll: roll.iter().map(seat).collect(),
    }
}

const EVENING: (u32, u32) = (19 * 60, 20 * 60 + 30);

#[test]
fn mtg_03_an_end_before_the_start_is_refused_when_opened_and_when_closed() {
    World::each(|world| {
        let backwards = new((11, 20), (EVENING.1, EVENING.0));
        assert_eq!(named(world, |op| open(op, &backwards)), [pair("MTG-03", "to")]);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[("to", "18:00")])).unwrap();
        assert_eq!(named(world, |op| close(op, id(BRANCH), 1, 2, "")), [pair("MTG-03", "to")]);
    });
}

#[test]
fn mtg_08_a_meeting_of_a_day_to_come_is_not_closed() {
    World::each(|world| {
        world.house.db.write(&world.secretary(BRANCH), |op| open(op, &new((12, 20), EVENING))).unwrap();
        let mut ahead = content(&world.people);
        ahead.on = Some(day(2026, 12, 20));
        world.house.db.write(&world.secretary(BRANCH), |op| write(op, (id(BRANCH), 1, 1), &ahead)).unwrap();
        let found = named(world, |op| close(op, id(BRANCH), 1, 2, ""));
        assert!(found.contains(&pair("MTG-08", "on")), "{found:?}");
    });
}

#[test]
fn mtg_01_a_second_regular_meeting_of_a_month_is_refused_at_its_kind() {
    World::each(|world| {
        opened(world);
        assert_eq!(named(world, |op| open(op, &new((11, 25), EVENING))), [pair("MTG-01", "kind")]);
    });
}

#[test]
fn mtg_10_who_is_no_member_of_the_branch_is_not_on_its_roll() {
    World::each(|world| {
        opened(world);
        let stranger: Id<Person> = Id::from_bytes([9; 16]);
        let mut roll = world.people.clone();
        roll.push(stranger);
        assert_eq!(named(world, |op| write(op, (id(BRANCH), 1, 1), &content(&roll))), [pair("MTG-10", "roll")]);
        let mut chaired = content(&world.people);
        chaired.chair = Some(stranger);
        assert_eq!(named(world, |op| write(op, (id(BRANCH), 1, 1), &chaired)), [pair("MTG-08", "chair")]);
    });
}

#[test]
fn x_03_more_ballots_than_voters_are_refused_where_they_were_typed() {
    World::each(|world| {
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        let ballots = Ballots { yes: 3, no: 1, blank: 1, invalid: 0 };
        let vote = Vote { subject: "Khen thưởng".into(), form: OrdinaryForm::Hands, ballots, seen: None };
        assert_eq!(named(world, |op| take_vote(op, (id(BRANCH), 1, 2), &vote)), [pair("X-03", "yes")]);
    });
}

#[test]
fn mtg_20_a_closed_meeting_is_not_edited_and_a_correction_needs_its_reason() {
    World::each(|world| {
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        let who = world.viewer(id(BRANCH), &[Permission::EditMembers, Permission::ViewMembers]);
        let act = |act: &dyn Fn(&mut Op<'_, '_>) -> Result<(), Problem>| world.house.db.write(&who, act);
        act(&|op| close(op, id(BRANCH), 1, 2, "").map(drop)).unwrap();
        let edited = act(&|op| write(op, (id(BRANCH), 1, 3), &content(&world.people)));
        assert!(matches!(&edited, Err(Problem::Conflict(said)) if said.key == "meetings-is-closed"), "{edited:?}");
        act(&|op| reopen(op, id(BRANCH), 1, 3)).unwrap();
        assert_eq!(named(world, |op| close(op, id(BRANCH), 1, 4, " ")), [pair("MTG-20", "reason")]);
    });
}

#[test]
fn mtg_13_online_meetings_are_held_only_in_the_days_of_the_pilot_by_its_decision() {
    World::each(|world| {
        let (who, above) = (world.secretary(BRANCH), world.board());
        let online = |on: (u8, u8)| New { place: "Trực tuyến".into(), ..new(on, EVENING) };
        assert_eq!(named(world, |op| open(op, &online((11, 20)))), [pair("MTG-13", "place")]);
        let to = crate::month::branch("/pilot");
        let decide = |from, until, decision| {
            let form = [("pilot-from", from), ("pilot-to", until), ("pilot-decision", decision)];
            world.send(&above, &to, &form)
        };
        assert!(decide("01/11/2026", "31/12/2026", " ").unwrap_err().contains("văn bản cho phép"));
        assert!(decide("01/12/2026", "30/11/2026", "12-QĐ/TW").unwrap_err().contains("Ngày cuối"));
        assert!(decide("hôm qua", "30/11/2026", "12-QĐ/TW").unwrap_err().contains("pilot-from"));
        decide("01/11/2026", "30/11/2026", "12-QĐ/TW").unwrap();
        decide("01/11/2026", "30/11/2026", "12-QĐ/TW").unwrap();
        assert!(decide("30/11/2026", "31/12/2026", "13-QĐ/TW").unwrap_err().contains("Đã có thí điểm"));
        assert_eq!(world.acts("meeting-pilot").len(), 1, "sent twice it counts once");
        assert!(world.page(&who, &crate::month::branch("")).contains("12-QĐ/TW"));
        let form = [("pilot-from", "01/01/2027"), ("pilot-to", "31/01/2027"), ("pilot-decision", "Tự cho phép")];
        assert!(world.ask(chibo_web::Lang::Vi, &who, "POST", &to, &form).is_err(), "no branch allows itself");
        world.house.db.write(&who, |op| open(op, &online((11, 20)))).unwrap();
        send(world, &crate::month::branch("/1"), &written(world, "1", &[("place", "Trực tuyến")])).unwrap();
        world.house.db.write(&who, |op| close(op, id(BRANCH), 1, 2, "")).unwrap();
        assert_eq!(named(world, |op| open(op, &online((12, 1)))), [pair("MTG-13", "place")]);
    });
}
