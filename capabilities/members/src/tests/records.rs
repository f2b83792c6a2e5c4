//! Entering, moving, standing, levels, corrections: the record and its two time axes.

use chibo_kernel::{AsOf, Day, Moment, Problem};
use chibo_store::audit;

use crate::actions::{self, Correction};
use crate::rules::{Field, NewMember, Secret, Secrets};
use crate::store;
use crate::testing::{World, day, html, unit_id};

fn at_unit(world: &World, id: chibo_kernel::Id<chibo_kernel::Person>, at: AsOf) -> Option<u8> {
    let rows = world.read(|tx| store::postings(tx, id));
    let holds = |r: &&store::PostingRow| {
        let known = if at.known == Moment::FOREVER {
            r.superseded_at == Moment::FOREVER
        } else {
            r.recorded_at <= at.known && at.known < r.superseded_at
        };
        known && r.valid_from <= at.day && at.day < r.valid_to
    };
    rows.iter().find(holds).map(|r| r.unit_id.bytes()[0])
}

#[test]
fn org_18_a_move_is_dated_and_what_was_known_before_stays_known() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let before = world.house.db.now();
    world.write(|op| actions::post(op, id, unit_id(5), day("2026-10-01"))).unwrap();
    let on = |text: &str| AsOf::on(day(text));
    assert_eq!(at_unit(&world, id, on("2026-09-30")), Some(4));
    assert_eq!(at_unit(&world, id, on("2026-10-01")), Some(5));
    assert_eq!(at_unit(&world, id, AsOf { day: day("2026-10-01"), known: before }), Some(4));
    assert_eq!(world.read(|tx| actions::home_of(tx, id, day("2026-11-22"))), unit_id(5));
    for (from, key) in [("2027-01-01", "members-posting-in-future"), ("2005-05-18", "members-posting-before-first")] {
        let refused = world.write(|op| actions::post(op, id, unit_id(4), day(from)));
        let Err(Problem::Refused(issues)) = refused else { panic!("{from} was accepted") };
        assert_eq!(issues[0].said.key, key);
    }
}

#[test]
fn org_18_two_amendments_of_one_act_both_stand() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let both = |op: &mut chibo_store::Op<'_, '_>| {
        actions::set_standing(op, id, 3, day("2026-09-01"))?;
        actions::set_standing(op, id, 2, day("2026-09-01"))?;
        actions::set_level(op, id, Field::Theory, 4, day("2026-06-01"))?;
        actions::set_level(op, id, Field::Theory, 2, day("2026-06-01"))?;
        actions::post(op, id, unit_id(5), day("2026-10-01"))?;
        actions::post(op, id, unit_id(4), day("2026-10-01"))
    };
    world.house.db.write(&chibo_kernel::Viewer::program("test"), both).unwrap();
    assert_eq!(at_unit(&world, id, AsOf::on(day("2026-10-01"))), Some(4));
    let rows = world.read(|tx| store::standings(tx, id));
    let now: Vec<_> = rows.iter().filter(|row| row.superseded_at == Moment::FOREVER).map(|row| row.standing).collect();
    assert_eq!(now, [1, 2], "official without a break, as if the first had not been said");
}

#[test]
fn standings_and_levels_change_from_their_day_and_every_act_is_in_the_log() {
    let world = World::new();
    let id = world.enter("Trần Thị Bình", 4);
    world.write(|op| actions::set_standing(op, id, 3, day("2026-09-01"))).unwrap();
    world.write(|op| actions::set_level(op, id, Field::Theory, 4, day("2026-06-01"))).unwrap();
    let standings = world.read(|tx| store::standings(tx, id));
    let current: Vec<_> =
        standings.iter().filter(|r| r.superseded_at == Moment::FOREVER).map(|r| (r.standing, r.valid_from)).collect();
    assert!(current.contains(&(3, day("2026-09-01"))) && current.contains(&(2, day("2006-05-19"))));
    assert_eq!(standings.iter().filter(|r| r.superseded_at != Moment::FOREVER).count(), 1);
    let levels = world.read(|tx| store::attainments(tx, id));
    let last = levels.iter().filter(|r| r.superseded_at == Moment::FOREVER).max_by_key(|r| r.valid_from).unwrap();
    assert_eq!((last.level, last.valid_from, last.valid_to), (4, day("2026-06-01"), Day::FOREVER));
    let log = world.read(|tx| audit::of_stream(tx, id.bytes(), 10));
    let actions: Vec<_> = log.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["member-level-set", "member-standing-set", "member-entered"]);
    assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    let nonsense = world.write(|op| actions::set_level(op, id, Field::Theory, 77, day("2026-06-01")));
    assert!(matches!(nonsense, Err(Problem::Refused(_))));
}

fn correction(world: &World, id: chibo_kernel::Id<chibo_kernel::Person>) -> Correction {
    let person = world.read(|tx| store::person(tx, id)).unwrap();
    let member =
        NewMember { name: person.full_name, birth: Some(person.birth), sex: person.sex, ..NewMember::default() };
    Correction { version: person.version, member, secrets: Secrets::default(), birth_consent: String::new() }
}

#[test]
fn a_correction_of_what_somebody_else_corrected_meanwhile_is_a_conflict() {
    let world = World::new();
    let id = world.enter("Phạm Hòa", 4);
    let (mut mine, mut theirs) = (correction(&world, id), correction(&world, id));
    theirs.member.home_town = "Huế".into();
    mine.member.name = "Phạm Hoà".into();
    world.write(|op| actions::correct(op, id, &theirs)).unwrap();
    assert!(matches!(world.write(|op| actions::correct(op, id, &mine)), Err(Problem::Conflict(_))));
    let person = world.read(|tx| store::person(tx, id)).unwrap();
    assert_eq!((person.full_name.as_str(), person.home_town.as_str(), person.version), ("Phạm Hòa", "Huế", 2));
}

#[test]
fn dpd_05_identity_numbers_are_sealed_unique_and_opened_with_a_reason_only() {
    let world = World::new();
    let (first, second) = (world.enter("Võ An", 4), world.enter("Võ Bình", 4));
    let number = "079080000123";
    let with = |id| {
        let mut correction = correction(&world, id);
        correction.secrets.identity = number.into();
        correction
    };
    world.write(|op| actions::correct(op, first, &with(first))).unwrap();
    let taken = world.write(|op| actions::correct(op, second, &with(second)));
    let Err(Problem::Refused(issues)) = taken else { panic!("a number was given twice") };
    assert_eq!(issues[0].said.key, "members-identity-taken");
    let person = world.read(|tx| store::person(tx, first)).unwrap();
    assert_eq!(person.identity_hint, "•••••••••123");
    assert!(!person.sealed.windows(12).any(|w| w == number.as_bytes()));
    assert!(world.write(|op| actions::reveal(op, first, Secret::Identity, " ab ")).is_err());
    let open = world.write(|op| actions::reveal(op, first, Secret::Identity, "đối chiếu thẻ đảng")).unwrap();
    assert_eq!(open, number);
    // An empty answer keeps what is stored.
    world.write(|op| actions::correct(op, first, &correction(&world, first))).unwrap();
    let open = world.write(|op| actions::reveal(op, first, Secret::Identity, "đối chiếu lần hai")).unwrap();
    assert_eq!(open, number);
    let log = world.read(|tx| audit::of_stream(tx, first.bytes(), 10));
    assert!(log.iter().all(|row| !row.detail.contains(number)), "the log must not hold the number");
    let opened: Vec<_> = log.iter().filter(|row| row.action == "secret-revealed").collect();
    assert_eq!(opened.len(), 2);
    assert!(opened.iter().all(|row| row.detail.contains("\"field\":\"identity\"")), "the field is named");
}

#[test]
fn dpd_05_health_and_policy_family_are_sealed_masked_and_opened_with_a_reason_only() {
    let world = World::new();
    let mut new = NewMember { name: "Võ An".into(), birth: Some(day("1980-05-20")), sex: 1, ..NewMember::default() };
    new.postings = vec![(unit_id(4), day("2005-05-19"))];
    new.secrets =
        Secrets { health: "Hen suyễn".into(), policy_family: "Con liệt sĩ".into(), ..Secrets::default() };
    let id = world.write(|op| actions::enter(op, &new)).unwrap();
    let person = world.read(|tx| store::person(tx, id)).unwrap();
    assert!(person.health.is_empty() && person.policy_family.is_empty(), "{person:?}");
    assert!(!String::from_utf8_lossy(&person.sealed).contains("Hen suyễn"));
    let who = world.viewer(1, crate::testing::ALL);
    let (_, page) = html(world.get(&who, "/members/{id}", &id.to_string(), &format!("/members/{id}")));
    assert!(!page.contains("Hen suyễn") && !page.contains("Con liệt sĩ"), "{page}");
    assert!(
        page.contains("value=\"health\"") && page.contains("value=\"policy-family\""),
        "each is opened by itself: {page}"
    );
    let open = |form: &str| html(world.post(&who, "/members/{id}/revelation", &id.to_string(), form));
    assert_eq!(open("field=health&reason=").0, 422, "not without a reason");
    let (status, opened) = open("field=health&reason=x%C3%A9t+mi%E1%BB%85n+sinh+ho%E1%BA%A1t");
    assert!(status == 200 && opened.contains("Hen suyễn") && !opened.contains("Con liệt sĩ"), "{opened}");
    let log = world.read(|tx| audit::of_stream(tx, id.bytes(), 10));
    assert!(log.iter().any(|row| row.action == "secret-revealed" && row.detail.contains("\"field\":\"health\"")));
    assert!(log.iter().all(|row| !row.detail.contains("Hen suyễn")), "the log must not hold it");
    let mut better = correction(&world, id);
    better.secrets.health = "Bình phục".into();
    world.write(|op| actions::correct(op, id, &better)).unwrap();
    let read = |field| world.write(|op| actions::reveal(op, id, field, "đối chiếu hồ sơ")).unwrap();
    assert_eq!((read(Secret::Health), read(Secret::PolicyFamily)), ("Bình phục".into(), "Con liệt sĩ".into()));
}

#[test]
fn dpd_05_what_older_records_say_unsealed_is_sealed_once_by_a_job_and_read_until_then() {
    let world = World::new();
    let [one, other, none] = ["Võ An", "Võ Bình", "Võ Chi"].map(|name| world.enter(name, 4));
    let mut numbered = correction(&world, other);
    numbered.secrets.phone = "0901".into();
    world.write(|op| actions::correct(op, other, &numbered)).unwrap();
    let older = |name: &str, health: &str| {
        let sql = format!("UPDATE person SET health = '{health}', policy_family = 'x' WHERE full_name = '{name}'");
        world.house.db.quiet_write(|tx| tx.raw(&sql)).unwrap();
    };
    older("Võ An", "yếu");
    older("Võ Bình", "");
    let read = |id, field| world.write(|op| actions::reveal(op, id, field, "đối chiếu hồ sơ")).unwrap();
    assert_eq!(read(one, Secret::Health), "yếu", "before the job, too");
    let program = chibo_kernel::Viewer::program("test");
    assert!(crate::jobs::ask(&world.house.db, &program).unwrap());
    assert!(chibo_store::jobs::run_next(&world.house.db, &crate::jobs::handlers()).unwrap());
    for id in [one, other, none] {
        let person = world.read(|tx| store::person(tx, id)).unwrap();
        assert!(person.health.is_empty() && person.policy_family.is_empty(), "{person:?}");
    }
    assert_eq!((read(one, Secret::Health), read(one, Secret::PolicyFamily)), ("yếu".into(), "x".into()));
    let all = [Secret::Health, Secret::PolicyFamily, Secret::Phone].map(|field| read(other, field));
    assert_eq!(all, ["", "x", "0901"], "what was sealed stays");
    assert!(!crate::jobs::ask(&world.house.db, &program).unwrap(), "once");
    assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
}

#[test]
fn exi_16_a_birth_date_is_corrected_with_the_number_of_a_consent_only() {
    let world = World::new();
    let id = world.enter("Võ An", 4);
    let mut wrong = correction(&world, id);
    wrong.member.birth = Some(day("1980-05-21"));
    let Err(Problem::Refused(issues)) = world.write(|op| actions::correct(op, id, &wrong)) else { panic!("accepted") };
    assert_eq!((issues[0].rule, issues[0].said.key), (Some("EXI-16"), "members-birth-fixed"));
    wrong.birth_consent = "12-CV/ĐU".into();
    world.write(|op| actions::correct(op, id, &wrong)).unwrap();
    assert_eq!(world.read(|tx| store::person(tx, id)).unwrap().birth, day("1980-05-21"));
    let log = world.read(|tx| audit::of_stream(tx, id.bytes(), 1));
    assert!(log[0].detail.contains("12-CV/ĐU"), "DOS-01: {}", log[0].detail);
}

#[test]
fn exi_16_a_name_changes_and_its_parts_are_derived_anew() {
    let world = World::new();
    let id = world.enter("Võ An", 4);
    assert_eq!(world.write(|op| actions::rename(op, id, "Võ Thanh An")).unwrap(), "Võ An");
    let person = world.read(|tx| store::person(tx, id)).unwrap();
    assert_eq!((person.full_name.as_str(), person.ten), ("Võ Thanh An", None));
    assert!(world.write(|op| actions::rename(op, id, "Võ Thanh An")).is_err());
}
