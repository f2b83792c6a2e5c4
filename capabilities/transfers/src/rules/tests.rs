//! Named after the rules they check.

use chibo_kernel::{Day, Id, Issue, Unit};
use proptest::prelude::*;

use super::{
    Basis, Carried, Contract, Course, Deed, Elsewhere, Ground, Item, Kind, Purpose, Quarter, Side, Span, State, Stay,
    Step, Terms, Turn, TurnDeed, Way, boxes, boxes_abroad, boxes_down, boxes_up, check, check_elsewhere, check_request,
    check_span, check_turn, together,
};

const TODAY: Day = Day::from_number(20_779);

fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn ids(numbers: &[u8]) -> Vec<Id<Unit>> {
    numbers.iter().copied().map(id).collect()
}

fn ground(held: bool) -> Ground {
    Ground { held, index: true, today: TODAY }
}

fn rules(issues: &[Issue]) -> Vec<&'static str> {
    issues.iter().filter_map(|issue| issue.rule).collect()
}

/// Branch, base, city, base, branch.
fn course(steps: &[(Step, Day)]) -> Course {
    let boxes = boxes(&ids(&[1, 2, 3]), &ids(&[1, 4, 5]));
    Course { kind: Kind::Inside, cause: TODAY.plus_days(-30), boxes, steps: steps.to_vec() }
}

fn way() -> Way {
    Way::Inside(id(5))
}

fn deed(step: Step, on: Day, note: &str) -> Deed {
    Deed { step, after: 0, on, number: "15-GGT".to_owned(), note: note.to_owned() }
}

#[test]
fn trf_02_boxes_go_up_to_the_committee_above_both_and_down() {
    let units = |from: &[u8], to: &[u8]| {
        boxes(&ids(from), &ids(to)).iter().map(|seal| (seal.unit, seal.side)).collect::<Vec<_>>()
    };
    // Branch, section, base, upper committee; the city; upper committee, base, section, branch.
    let outside = units(&[1, 2, 3, 4, 5], &[1, 6, 7, 8, 9]);
    assert_eq!(outside.len(), 9, "the city's one box stands for boxes 5 and 6");
    assert_eq!(outside[0], (id(5), Side::Sender));
    assert_eq!(outside[4], (id(1), Side::Above));
    assert_eq!(outside[8], (id(9), Side::Receiver));
    // Inside one upper organisation: seven boxes.
    let inside = units(&[1, 2, 3, 4, 5], &[1, 2, 6, 7, 8]);
    assert_eq!(inside.len(), 7);
    assert_eq!(inside[3], (id(2), Side::Above));
    assert_eq!(units(&[1, 2, 3], &[1, 2, 3]), []);
    assert_eq!(units(&[1, 2], &[3, 4]), [], "nothing above both");
}

#[test]
fn trf_01_a_late_request_says_why() {
    let terms = Terms::on(TODAY).expect("terms");
    assert_eq!(check_request((TODAY.plus_days(-60), "", &way()), Basis::default(), ground(false), &terms), []);
    let late = TODAY.plus_days(-120);
    assert_eq!(rules(&check_request((late, "", &way()), Basis::default(), ground(false), &terms)), ["TRF-01"]);
    assert_eq!(check_request((late, "Ốm dài ngày", &way()), Basis::default(), ground(false), &terms), []);
}

#[test]
fn trf_05_nobody_moves_while_an_inspection_or_complaint_is_open() {
    let terms = Terms::on(TODAY).expect("terms");
    assert_eq!(rules(&check_request((TODAY, "", &way()), Basis::default(), ground(true), &terms)), ["TRF-05"]);
    let sign = deed(Step::Signed, TODAY, "");
    assert_eq!(rules(&check(&course(&[]), &sign, ground(true), &terms)), ["TRF-05"]);
    let introduced = course(&[(Step::Signed, TODAY); 3]);
    assert_eq!(check(&introduced, &sign, ground(true), &terms), [], "the receiving side goes on");
}

#[test]
fn trf_06_a_refusal_says_why() {
    let terms = Terms::on(TODAY).expect("terms");
    let introduced = course(&[(Step::Signed, TODAY); 3]);
    assert_eq!(rules(&check(&introduced, &deed(Step::Refused, TODAY, ""), ground(false), &terms)), ["TRF-06"]);
    assert_eq!(check(&introduced, &deed(Step::Refused, TODAY, "Thiếu mục lục"), ground(false), &terms), []);
    let early = check(&course(&[]), &deed(Step::Refused, TODAY, "x"), ground(false), &terms);
    assert_eq!(early.len(), 1, "nothing to refuse yet");
}

#[test]
fn trf_06_a_dossier_without_a_confirmed_index_is_not_taken() {
    let terms = Terms::on(TODAY).expect("terms");
    let without = Ground { index: false, ..ground(false) };
    let sign = deed(Step::Signed, TODAY, "");
    let introduced = course(&[(Step::Signed, TODAY); 3]);
    assert_eq!(rules(&check(&introduced, &sign, without, &terms)), ["TRF-06"]);
    assert_eq!(check(&introduced, &sign, ground(false), &terms), []);
    assert_eq!(check(&course(&[]), &sign, without, &terms), [], "the sending side goes on");
    let stay = Course { kind: Kind::Temporary, ..introduced };
    assert_eq!(check(&stay, &sign, without, &terms), [], "for a time the dossier stays at home");
}

#[test]
fn trf_04_the_fee_is_paid_through_the_month_of_introduction() {
    let month = |text: &str| Day::from_iso(text);
    let introduced = Day::from_ymd(2026, 11, 20).expect("a day");
    let carried = |fee| Carried { items: Item::ALL.to_vec(), fee_through: fee };
    assert_eq!(carried(month("2026-11-01")).lacks(Kind::Inside, introduced), (vec![], false));
    assert_eq!(carried(month("2026-10-01")).lacks(Kind::Inside, introduced), (vec![], true));
    assert_eq!(carried(None).lacks(Kind::Inside, introduced), (vec![], true));
    let bare = Carried::default();
    assert_eq!(bare.lacks(Kind::Temporary, introduced).0, [Item::Card, Item::Review, Item::Notices]);
    assert_eq!(bare.lacks(Kind::Inside, introduced).0.len(), 6);
}

#[test]
fn trf_11_notices_of_a_quarter_are_checked_by_the_end_of_the_month_after() {
    let day = |month, day| Day::from_ymd(2026, month, day).expect("a day");
    let third = Quarter::of(day(9, 30));
    assert_eq!((third.year(), third.number(), third.end()), (2026, 3, day(10, 1)));
    assert_eq!(third.checked_by(), day(10, 31));
    assert_eq!(Quarter::of(day(10, 1)).before(), third);
    assert_eq!(Quarter::of(day(1, 1)).before().number(), 4);
}

#[test]
fn trf_03_trf_13_trf_12_late_papers_are_explained_and_lost_ones_are_not_signed() {
    let terms = Terms::on(TODAY).expect("terms");
    let at = |ago: i32| {
        let introduced = course(&[(Step::Signed, TODAY.plus_days(-ago)); 3]);
        rules(&check(&introduced, &deed(Step::Signed, TODAY, ""), ground(false), &terms))
    };
    assert_eq!(at(30), [""; 0]);
    assert_eq!(at(60), ["TRF-13"]);
    assert_eq!(at(100), ["TRF-12"]);
    let introduced = course(&[(Step::Signed, TODAY.plus_days(-100)); 3]);
    assert_eq!(terms.clock(&introduced, TODAY).map(|clock| clock.rule), Some("TRF-12"));
    let explained = deed(Step::Signed, TODAY, "Nằm viện");
    assert_eq!(rules(&check(&introduced, &explained, ground(false), &terms)), ["TRF-12"], "restored first");
    let late = course(&[(Step::Signed, TODAY.plus_days(-60)); 3]);
    assert_eq!(check(&late, &explained, ground(false), &terms), []);
}

#[test]
fn trf_12_scr_04_after_three_months_struck_off_or_restored_and_not_before() {
    let terms = Terms::on(TODAY).expect("terms");
    let ago = |days: i32| course(&[(Step::Signed, TODAY.plus_days(-days)); 3]);
    for (step, rule) in [(Step::StruckOff, "TRF-12"), (Step::Restored, "SCR-04")] {
        assert_eq!(rules(&check(&ago(60), &deed(step, TODAY, "Lý do"), ground(false), &terms)), ["TRF-12"]);
        assert_eq!(check(&ago(100), &deed(step, TODAY, "Lý do"), ground(false), &terms), []);
        assert_eq!(rules(&check(&ago(100), &deed(step, TODAY, ""), ground(false), &terms)), [rule]);
        let bare = Deed { number: String::new(), ..deed(step, TODAY, "Lý do") };
        assert_eq!(rules(&check(&ago(100), &bare, ground(false), &terms)), ["TRF-12"]);
    }
    let mut restored = ago(100);
    restored.steps.push((Step::Restored, TODAY));
    assert_eq!(restored.state(), State::InTransit);
    assert_eq!(terms.clock(&restored, TODAY).map(|clock| clock.due), Some(terms.present_by(TODAY)));
    assert_eq!(check(&restored, &deed(Step::Signed, TODAY, ""), ground(false), &terms), []);
    let stay = Course { kind: Kind::Temporary, ..ago(100) };
    assert!(!stay.offered().contains(&Step::StruckOff), "counted at home");
}

#[test]
fn trf_12_trf_13_trf_14_what_is_noted_afterwards_falls_to_one_side() {
    let mut lost = course(&[(Step::Signed, TODAY.plus_days(-100)); 3]);
    lost.steps.push((Step::StruckOff, TODAY));
    assert_eq!((lost.state(), lost.waits()), (State::StruckOff, None));
    assert_eq!(lost.aftermath(false), Some((Step::Noted, id(3))), "the sender");
    lost.steps.push((Step::Noted, TODAY));
    assert_eq!((lost.state(), lost.aftermath(false)), (State::StruckOff, None));
    let terms = Terms::on(TODAY).expect("terms");
    let mut late = course(&[(Step::Signed, TODAY.plus_days(-60)); 3]);
    late.steps.extend([(Step::Signed, TODAY); 2]);
    assert!(terms.late(&late));
    assert_eq!(late.aftermath(true), Some((Step::Considered, id(5))), "the new branch");
    assert_eq!(rules(&check(&late, &deed(Step::Considered, TODAY, ""), ground(false), &terms)), ["TRF-13"]);
    late.steps.push((Step::Considered, TODAY));
    assert_eq!((late.state(), late.aftermath(true)), (State::Accepted, None));
    let timely = course(&[(Step::Signed, TODAY); 5]);
    assert!(!terms.late(&timely));
    assert_eq!(rules(&check(&timely, &deed(Step::Considered, TODAY, "x"), ground(false), &terms)), ["TRF-13"]);
}

#[test]
fn trf_08_three_who_come_together_for_study_or_work_form_a_temporary_branch() {
    let span = |purpose, days| Span { purpose, from: TODAY.plus_days(days), until: TODAY.plus_months(6) };
    let study = |unit, days| (id(unit), span(Purpose::Study, days));
    let terms = Terms::on(TODAY).expect("terms");
    assert_eq!(terms.together, 3);
    let two = [study(5, 0), study(5, 0), study(5, 1), study(4, 0), (id(5), span(Purpose::Residence, 0))];
    assert_eq!(together(&two, terms.together), []);
    let three = [&two[..], &[(id(5), span(Purpose::Work, 0))]].concat();
    assert_eq!(together(&three, terms.together), [(id(5), TODAY, 3)]);
}

#[test]
fn trf_09_contracts_from_twelve_months_are_no_ground_for_a_temporary_transfer() {
    let terms = Terms::on(TODAY).expect("terms");
    let span = |purpose| Span { purpose, from: TODAY, until: TODAY.plus_months(6) };
    let asked = |purpose, contract| {
        let (way, basis) = (Way::Temporary(id(5), span(purpose)), Basis { contract, graduate: false });
        rules(&check_request((TODAY, "", &way), basis, ground(false), &terms))
    };
    assert_eq!(asked(Purpose::Work, Contract::None), [""; 0]);
    assert_eq!(asked(Purpose::Work, Contract::Short), [""; 0]);
    assert_eq!(asked(Purpose::Work, Contract::Long), ["TRF-09"]);
    assert_eq!(asked(Purpose::Work, Contract::Indefinite), ["TRF-09"]);
    assert_eq!(asked(Purpose::Study, Contract::Long), [""; 0], "only work rests on a contract");
    let official = Basis { contract: Contract::Indefinite, graduate: false };
    assert_eq!(check_request((TODAY, "", &way()), official, ground(false), &terms), []);
}

#[test]
fn trf_09_trf_01_a_graduate_may_stay_with_his_school_for_twelve_months() {
    let terms = Terms::on(TODAY).expect("terms");
    let asked = |months: i32, graduate| {
        let basis = Basis { contract: Contract::None, graduate };
        rules(&check_request((TODAY.plus_months(-months), "", &way()), basis, ground(false), &terms))
    };
    assert_eq!(asked(11, false), ["TRF-01"]);
    assert_eq!(asked(11, true), [""; 0]);
    assert_eq!(asked(13, true), ["TRF-01"]);
}

#[test]
fn trf_14_states_follow_the_boxes() {
    let states: Vec<_> = (0..=5).map(|signed| course(&vec![(Step::Signed, TODAY); signed]).state()).collect();
    use State::{Accepted, InTransit, Presented, Requested};
    assert_eq!(states, [Requested, Requested, Requested, InTransit, Presented, Accepted]);
    assert_eq!(course(&[(Step::Signed, TODAY), (Step::Withdrawn, TODAY)]).state(), State::Withdrawn);
}

#[test]
fn days_before_the_oldest_instrument_are_judged_by_it() {
    let long_ago = Day::from_ymd(1999, 3, 1).expect("a day");
    let oldest = Terms::on(Day::from_ymd(2021, 7, 30).expect("a day")).expect("terms");
    assert_eq!(Terms::on(long_ago).expect("terms").version, oldest.version);
}

/// Out of the city from a branch under a base organisation.
fn outward(kind: Kind, steps: &[(Step, Day)]) -> Course {
    let boxes = if kind.abroad() { boxes_abroad(&ids(&[1, 2, 3]), 2) } else { boxes_up(&ids(&[1, 2, 3])) };
    Course { kind, cause: TODAY.plus_days(-30), boxes, steps: steps.to_vec() }
}

#[test]
fn trf_02_boxes_of_those_who_leave_or_enter_the_city() {
    let units = |boxes: Vec<super::Seal>| boxes.iter().map(|seal| (seal.unit, seal.side)).collect::<Vec<_>>();
    let up = units(boxes_up(&ids(&[1, 2, 3])));
    assert_eq!(up, [(id(3), Side::Sender), (id(2), Side::Sender), (id(1), Side::Above)]);
    let down = units(boxes_down(&ids(&[1, 2, 3])));
    assert_eq!(down, [(id(1), Side::Above), (id(2), Side::Receiver), (id(3), Side::Receiver)]);
    let terms = Terms::on(TODAY).expect("terms");
    let abroad = units(boxes_abroad(&ids(&[1, 2, 3]), terms.boxes_abroad));
    assert_eq!(abroad, [(id(3), Side::Sender), (id(2), Side::Sender)], "two boxes");
    assert_eq!(units(boxes_up(&ids(&[1]))), [], "the city itself sends nobody");
    assert_eq!(rules(&check_elsewhere(&Elsewhere::default())), ["TRF-02", "TRF-02"]);
}

#[test]
fn trf_14_who_leaves_the_city_is_on_the_way_until_the_notice_comes() {
    let signed = |many| outward(Kind::Outside, &vec![(Step::Signed, TODAY); many]);
    assert_eq!(signed(2).state(), State::Requested);
    assert_eq!(signed(3).state(), State::InTransit);
    assert_eq!(signed(3).offered(), [Step::Confirmed, Step::Refused, Step::Withdrawn]);
    assert_eq!(signed(3).waits(), Some(id(3)), "his own branch waits for the notice");
    let mut steps = vec![(Step::Signed, TODAY); 3];
    steps.push((Step::Confirmed, TODAY));
    assert_eq!(outward(Kind::Outside, &steps).state(), State::Accepted);
    assert_eq!(outward(Kind::Outside, &steps).waits(), None);
}

#[test]
fn trf_10_abroad_sixty_working_days_or_thirty_and_thirty_after_return() {
    let terms = Terms::on(TODAY).expect("terms");
    let introduced = TODAY.plus_days(-10);
    let clock = |kind| terms.clock(&outward(kind, &[(Step::Signed, introduced); 2]), TODAY).expect("a clock");
    let (official, temporary) = (clock(Kind::Abroad), clock(Kind::TemporaryAbroad));
    assert_eq!((official.rule, official.due), ("TRF-10", terms.start_by(introduced)), "as long as TRF-01");
    assert_eq!((temporary.rule, temporary.due), ("TRF-10", terms.present_by(introduced)), "as long as TRF-03");
    let span = Span { purpose: Purpose::Work, from: TODAY.plus_months(-40), until: TODAY };
    assert_eq!(check_span(span, true, &terms), [], "labour abroad may last years");
    let stay = Stay { span, abroad: true, turns: vec![(Turn::Landed, TODAY, TODAY)] };
    assert_eq!(stay.due(&terms), Some((terms.present_by(TODAY), "TRF-10")));
    assert_eq!(stay.offered(), [Turn::Returned]);
}

#[test]
fn trf_07_three_to_less_than_twelve_months_study_to_twenty_four() {
    let terms = Terms::on(TODAY).expect("terms");
    let from = Day::from_ymd(2026, 9, 1).expect("a day");
    let wrong = |purpose, until: Day| rules(&check_span(Span { purpose, from, until }, false, &terms));
    for purpose in [Purpose::Work, Purpose::Residence] {
        assert_eq!(wrong(purpose, from.plus_months(3).plus_days(-1)), ["TRF-07"]);
        assert_eq!(wrong(purpose, from.plus_months(3)), [""; 0]);
        assert_eq!(wrong(purpose, from.plus_months(12).plus_days(-1)), [""; 0]);
        assert_eq!(wrong(purpose, from.plus_months(12)), ["TRF-07"]);
    }
    assert_eq!(wrong(Purpose::Study, from.plus_months(24)), [""; 0]);
    assert_eq!(wrong(Purpose::Study, from.plus_months(24).plus_days(1)), ["TRF-07"]);
    assert_eq!(check_span(Span { purpose: Purpose::Work, from, until: from }, false, &terms).len(), 1);
}

#[test]
fn trf_07_an_extension_says_why_and_is_no_longer_than_a_stay() {
    let terms = Terms::on(TODAY).expect("terms");
    let span = Span { purpose: Purpose::Work, from: TODAY.plus_months(-6), until: TODAY };
    let stay = Stay { span, abroad: false, turns: Vec::new() };
    let extend = |until: Option<Day>, note: &str| TurnDeed {
        turn: Turn::Extended,
        after: 0,
        on: TODAY,
        until,
        number: String::new(),
        note: note.to_owned(),
    };
    let wrong = |deed: &TurnDeed| rules(&check_turn(&stay, deed, TODAY, &terms));
    assert_eq!(wrong(&extend(Some(TODAY.plus_months(6)), "")), ["TRF-07"]);
    assert_eq!(wrong(&extend(Some(TODAY.plus_months(13)), "Dự án kéo dài")), ["TRF-07"]);
    assert_eq!(check_turn(&stay, &extend(None, "x"), TODAY, &terms).len(), 1);
    assert_eq!(check_turn(&stay, &extend(Some(TODAY), "x"), TODAY, &terms).len(), 1);
    let good = extend(Some(TODAY.plus_months(6)), "Dự án kéo dài");
    assert_eq!(wrong(&good), [""; 0]);
    let longer = Stay { turns: vec![(Turn::Extended, TODAY, TODAY.plus_months(6))], ..stay.clone() };
    assert_eq!(longer.until(), TODAY.plus_months(6));
}

#[test]
fn scr_03_a_stay_is_overdue_from_the_day_after_its_last() {
    let span = Span { purpose: Purpose::Study, from: TODAY.plus_months(-6), until: TODAY };
    let mut stay = Stay { span, abroad: false, turns: Vec::new() };
    assert_eq!(stay.overdue_since(TODAY), None, "the last day itself");
    assert_eq!(
        stay.overdue_since(TODAY.plus_days(9)),
        Some(TODAY.plus_days(1)),
        "the same day however late it is seen"
    );
    stay.turns.push((Turn::Extended, TODAY, TODAY.plus_months(2)));
    assert_eq!(stay.overdue_since(TODAY.plus_days(9)), None);
    stay.turns.push((Turn::Returned, TODAY.plus_days(20), TODAY.plus_months(2)));
    assert_eq!(stay.overdue_since(TODAY.plus_months(9)), None);
    assert_eq!(stay.offered(), []);
}

#[test]
fn trf_15_remarks_are_due_in_december_and_asked_for_until_february() {
    use super::{introduced_by, remarks_by, year_due, year_shown};
    let day = |year, month, day| Day::from_ymd(year, month, day).expect("a day");
    assert_eq!(year_due(day(2026, 11, 30)), None);
    assert_eq!(year_due(day(2026, 12, 1)), Some(2026));
    assert_eq!(year_due(day(2027, 2, 28)), Some(2026));
    assert_eq!(year_due(day(2027, 3, 1)), None);
    assert_eq!((year_shown(day(2026, 11, 1)), year_shown(day(2026, 10, 31))), (2026, 2025));
    assert_eq!((remarks_by(2026), introduced_by(2026)), (day(2026, 12, 31), day(2026, 11, 30)));
}

proptest! {
    #[test]
    fn trf_14_nobody_arrives_without_every_box(kind in 0usize..7, picks in prop::collection::vec(0usize..3, 0..20)) {
        let kind = Kind::ALL[kind];
        let mut course = match kind {
            kind if kind.outward() => outward(kind, &[]),
            Kind::Incoming => Course { kind, boxes: boxes_down(&ids(&[1, 2, 3])), ..course(&[]) },
            kind => Course { kind, ..course(&[]) },
        };
        for pick in picks {
            let offered = course.offered();
            if offered.is_empty() {
                break;
            }
            course.steps.push((offered[pick % offered.len()], TODAY));
        }
        let done = course.state() == State::Accepted;
        let confirmed = course.steps.iter().any(|(step, _)| *step == Step::Confirmed);
        let every = course.signed() == course.boxes.len();
        prop_assert_eq!(done, every && (confirmed || !kind.outward()));
        prop_assert_eq!(course.waits().is_some(), course.state().open());
    }
}
