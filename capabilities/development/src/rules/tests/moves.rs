//! The ceremony's clock, longer times, and moves while somebody is considered.

use super::*;

fn then(mut course: Course, steps: &[(Step, Day)]) -> Course {
    course.0.extend(steps.iter().map(|(step, on)| Taken { step: *step, on: *on, passed: true }));
    course
}

/// Decided on a day; the branch voted three weeks before.
fn decided(on: Day) -> Course {
    let voted = on.plus_days(-21);
    let steps = [(Step::BranchVoted, voted), (Step::CommitteeVoted, voted.plus_days(7)), (Step::Decided, on)];
    then(ready(voted.plus_months(-6), voted.plus_months(-2)), &steps)
}

fn judged(course: &Course, step: Step, on: Day, known: &Known) -> Vec<&'static str> {
    let ground = Ground { known, today: day(2027, 6, 1), ..ground(day(2000, 1, 1)) };
    let deed = Deed { note: "Vì đang xác minh".to_owned(), ..done(step, on, (0, 0)) };
    let deed = Deed { vote: vote((6, 9), Some(Body::BaseStanding)), ..deed };
    rules(&check(course, &deed, &ground, &Terms::on(on).expect("terms")))
}

#[test]
fn mem_24_the_clock_runs_from_receipt_under_294_and_from_issue_under_208() {
    let terms = Terms::on(day(2026, 11, 10)).expect("terms");
    let now = decided(day(2026, 10, 5));
    assert_eq!(terms.due(&now), Some((Step::Admitted, day(2026, 11, 16), "MEM-24")), "thirty working days after issue");
    let old = decided(day(2026, 1, 5));
    assert_eq!(terms.ceremony_by(&old), None, "nothing was received");
    assert_eq!(terms.due(&old).map(|due| due.0), Some(Step::Received));
    assert_eq!(judged(&old, Step::Admitted, day(2026, 1, 20), &fit()), ["MEM-24"]);
    let received = then(old, &[(Step::Received, day(2026, 3, 2))]);
    assert_eq!(terms.ceremony_by(&received), Some(day(2026, 4, 13)), "thirty working days after receipt");
    assert_eq!(judged(&received, Step::Admitted, day(2026, 4, 13), &fit()), [""; 0]);
    assert_eq!(judged(&received, Step::Admitted, day(2026, 4, 14), &fit()), ["MEM-24"]);
}

#[test]
fn mem_24_a_late_ceremony_needs_the_consent_of_the_higher_committee() {
    let course = decided(day(2026, 8, 3));
    let by = Terms::on(day(2026, 8, 3)).expect("terms").ceremony_by(&course).expect("a day");
    let late = by.plus_days(1);
    assert_eq!(judged(&course, Step::Admitted, by, &fit()), [""; 0]);
    assert_eq!(judged(&course, Step::Admitted, late, &fit()), ["MEM-24"]);
    let with = |on| {
        let mut known = fit();
        known.0.push(noted(Fact::LateCeremony, on));
        judged(&course, Step::Admitted, late, &known)
    };
    assert_eq!(with(late), [""; 0]);
    assert_eq!(with(late.plus_days(1)), ["MEM-24"], "consent comes before the ceremony");
}

#[test]
fn mem_21_a_special_case_has_fifteen_working_days_more_and_a_refusal_is_notified() {
    let terms = Terms::on(day(2026, 11, 10)).expect("terms");
    let voted = day(2026, 9, 7);
    let (by, longer) = (terms.decide_by(voted, false), terms.decide_by(voted, true));
    assert_eq!((by, longer.number() >= by.number() + 21), (day(2026, 11, 9), true), "fifteen working days more");
    let course = then(ready(day(2026, 3, 1), day(2026, 6, 1)), &[(Step::BranchVoted, voted)]);
    assert_eq!(judged(&course, Step::Extended, by, &fit()), [""; 0]);
    assert_eq!(judged(&course, Step::Extended, by.plus_days(1), &fit()), ["MEM-21"]);
    let extended = then(course, &[(Step::Extended, by), (Step::CommitteeVoted, by)]);
    assert_eq!(terms.due(&extended), Some((Step::Decided, longer, "MEM-21")));
    assert!(!extended.next().contains(&Step::Extended), "once");
    let mut refused = extended;
    refused.0.push(Taken { step: Step::Decided, on: by, passed: false });
    assert_eq!(terms.due(&refused), Some((Step::Notified, longer, "MEM-21")));
    assert!(refused.next().contains(&Step::Notified));
    let told = then(refused, &[(Step::Notified, by)]);
    assert!(!told.next().contains(&Step::Notified) && told.next().contains(&Step::Decided));
}

#[test]
fn mem_22_the_file_follows_in_fifteen_days_and_the_new_place_decides_in_thirty() {
    let terms = Terms::on(day(2026, 11, 10)).expect("terms");
    let ordered = day(2026, 8, 3);
    let voted = then(ready(day(2026, 1, 5), day(2026, 3, 1)), &[(Step::BranchVoted, day(2026, 7, 27))]);
    assert!(voted.may_move());
    let moved = then(voted, &[(Step::Moved, ordered)]);
    assert!(!moved.may_move(), "the file is still here");
    assert_eq!(terms.forward_by(day(2026, 6, 1)), day(2026, 6, 22), "fifteen working days");
    assert_eq!(terms.due(&moved), Some((Step::Forwarded, terms.forward_by(ordered), "MEM-22")));
    assert_eq!(moved.next().first(), Some(&Step::Forwarded));
    let sent = then(moved, &[(Step::Forwarded, day(2026, 8, 10))]);
    let by = terms.receiver_decides_by(day(2026, 8, 10));
    assert_eq!(terms.due(&sent), Some((Step::Decided, by, "MEM-22")));
    let up = then(sent, &[(Step::CommitteeVoted, day(2026, 8, 17))]);
    assert_eq!(judged(&up, Step::Decided, by, &fit()), [""; 0]);
    assert_eq!(judged(&up, Step::Decided, by.plus_days(1), &fit()), ["MEM-22"], "late, and nobody said why");
    let delayed = then(up, &[(Step::Delayed, by)]);
    assert_eq!(judged(&delayed, Step::Decided, by.plus_days(1), &fit()), [""; 0]);
    assert_eq!(terms.due(&delayed), Some((Step::Decided, terms.re_examine_by(day(2026, 8, 10)), "MEM-22")));
}

#[test]
fn mem_22_an_order_told_after_a_decision_is_dated_before_it() {
    let (ordered, on) = (day(2026, 8, 3), day(2026, 8, 17));
    let course = decided(on);
    assert_eq!(judged(&course, Step::Moved, ordered, &fit()), [""; 0]);
    let moved = then(course, &[(Step::Moved, ordered)]);
    let back = Deed { note: "x".to_owned(), ..done(Step::Forwarded, on.plus_days(-1), (0, 0)) };
    let terms = Terms::on(on).expect("terms");
    let early = check(&moved, &back, &ground(day(2000, 1, 1)), &terms);
    assert_eq!(early.len(), 1, "no other step goes back: {early:?}");
    assert!(then(moved, &[(Step::Forwarded, on)]).next().contains(&Step::Cancelled), "decided after the order");
}

#[test]
fn mem_22_a_decision_within_thirty_days_counts_a_later_one_is_cancelled() {
    let terms = Terms::on(day(2026, 11, 10)).expect("terms");
    let ordered = day(2026, 8, 3);
    let last = terms.decision_counts_until(ordered);
    let course = |on: Day| {
        let (voted, up) = (day(2026, 7, 6), day(2026, 7, 20));
        let before = then(ready(day(2026, 1, 5), day(2026, 3, 1)), &[(Step::BranchVoted, voted)]);
        let moved = then(before, &[(Step::CommitteeVoted, up), (Step::Moved, ordered), (Step::Decided, on)]);
        assert!(!moved.next().contains(&Step::Admitted), "not at the place he leaves");
        then(moved, &[(Step::Forwarded, on.plus_days(1))])
    };
    let after = |course: &Course| course.day(Step::Forwarded).expect("forwarded").plus_days(1);
    let counts = course(last);
    assert_eq!(judged(&counts, Step::Admitted, after(&counts), &fit()), [""; 0]);
    assert_eq!(judged(&counts, Step::Cancelled, after(&counts), &fit()), ["MEM-22"]);
    let late = course(last.plus_days(1));
    let next = after(&late);
    assert_eq!(judged(&late, Step::Admitted, next, &fit()), ["MEM-22"]);
    assert_eq!(judged(&late, Step::Cancelled, next, &fit()), [""; 0]);
    let cancelled = then(late, &[(Step::Cancelled, next)]);
    assert_eq!(cancelled.stage(), Some(Step::CommitteeVoted), "decided anew");
    assert_eq!(terms.due(&cancelled), Some((Step::Decided, terms.re_examine_by(next), "MEM-22")));
    let again = then(cancelled, &[(Step::Decided, next.plus_days(20))]);
    assert_eq!(judged(&again, Step::Admitted, next.plus_days(25), &fit()), [""; 0], "its own decision counts");
}
