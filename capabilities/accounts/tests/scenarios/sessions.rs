//! How long sessions live and what ends them.

use chibo_accounts::Role;
use chibo_accounts::actions::{password, sessions};

use crate::world::{GOOD, HOUR, MINUTE, SECOND, WARD, World, said};

#[test]
fn s14_a_session_ends_after_fifteen_minutes_without_use() {
    let world = World::new();
    world.account("lan");
    let token = world.sign_in("lan");
    for _ in 0..8 {
        world.pass(14 * MINUTE);
        assert!(world.who(&token).is_some(), "used in time");
    }
    world.pass(15 * MINUTE - SECOND);
    world.gate.forget_all();
    assert!(world.who(&token).is_some(), "forgetting rights does not forget when it was used");
    world.pass(15 * MINUTE);
    assert!(world.who(&token).is_none());
}

#[test]
fn s14_a_session_ends_after_twelve_hours_however_busy() {
    let world = World::new();
    world.account("lan");
    let token = world.sign_in("lan");
    for _ in 0..71 {
        world.pass(10 * MINUTE);
        assert!(world.who(&token).is_some());
    }
    world.pass(10 * MINUTE - SECOND);
    assert!(world.who(&token).is_some());
    world.pass(SECOND);
    assert!(world.who(&token).is_none());
}

#[test]
fn s14_both_times_can_be_set() {
    let world = World::new();
    world.account("lan");
    let set = |name: &str, value: &str| {
        world.db.quiet_write(|tx| chibo_store::db::set_setting(tx, name, value)).unwrap();
    };
    set("accounts.idle-minutes", "30");
    set("accounts.session-hours", "1");
    let token = world.sign_in("lan");
    world.pass(29 * MINUTE);
    assert!(world.who(&token).is_some());
    world.pass(29 * MINUTE);
    assert!(world.who(&token).is_some());
    world.pass(2 * MINUTE);
    assert!(world.who(&token).is_none());
}

#[test]
fn s14_the_last_use_is_written_down_by_the_minute_and_survives_a_restart() {
    let world = World::new();
    let lan = world.account("lan");
    let token = world.sign_in("lan");
    let last_seen = || world.db.read(|tx| sessions::of(tx, lan)).unwrap()[0].last_seen;
    let begun = last_seen();
    world.pass(59 * SECOND);
    world.who(&token);
    assert_eq!(world.gate.write_down(&world.db).unwrap(), 0);
    world.pass(SECOND);
    world.who(&token);
    assert_eq!(world.gate.write_down(&world.db).unwrap(), 1);
    assert_eq!(last_seen(), begun.plus_ms(MINUTE));
    assert_eq!(world.gate.write_down(&world.db).unwrap(), 0, "not twice");
    world.pass(10 * MINUTE);
    world.who(&token);
    world.gate.write_down(&world.db).unwrap();
    world.pass(14 * MINUTE);
    let restarted = chibo_accounts::gate();
    assert!(restarted.who_in(&world.db, &token).unwrap().is_some());
    world.pass(15 * MINUTE);
    assert!(chibo_accounts::gate().who_in(&world.db, &token).unwrap().is_none());
}

#[test]
fn s14_sign_out_ends_the_session_on_the_server() {
    let world = World::new();
    let lan = world.account("lan");
    let (here, elsewhere) = (world.sign_in("lan"), world.sign_in("lan"));
    let viewer = world.who(&here).unwrap();
    sessions::sign_out(&world.db, &viewer, &here).unwrap();
    assert!(world.who(&here).is_none());
    assert!(world.who(&elsewhere).is_some());
    assert_eq!(world.log(lan), ["account-created", "signed-in", "signed-in", "signed-out"]);
}

#[test]
fn s14_one_can_sign_out_everywhere_else() {
    let world = World::new();
    world.account("lan");
    world.account("hoa");
    let (here, elsewhere, hers) = (world.sign_in("lan"), world.sign_in("lan"), world.sign_in("hoa"));
    sessions::sign_out_elsewhere(&world.db, &world.who(&here).unwrap(), &here).unwrap();
    assert!(world.who(&here).is_some());
    assert!(world.who(&elsewhere).is_none());
    assert!(world.who(&hers).is_some(), "somebody else's session");
}

#[test]
fn s14_a_new_password_ends_every_other_session_and_renews_this_one() {
    let world = World::new();
    world.account_as("lan", WARD, Role::Reader);
    let (here, elsewhere) = (world.sign_in("lan"), world.sign_in("lan"));
    let viewer = world.who(&here).unwrap();
    let change = |current, new| password::change(&world.db, &viewer, &here, current, new);
    let own = "mưa rơi trên mái tôn cũ";
    assert_eq!(said(change("sai rồi sai rồi", own).unwrap_err()), ["accounts-current-wrong"]);
    assert_eq!(said(change(GOOD, "matkhau123456").unwrap_err()), ["accounts-password-common"]);
    assert_eq!(said(change(GOOD, GOOD).unwrap_err()), ["accounts-password-same"]);
    assert!(world.who(&elsewhere).is_some(), "nothing happened yet");
    let fresh = change(GOOD, own).unwrap();
    assert!(world.who(&here).is_none());
    assert!(world.who(&elsewhere).is_none());
    assert!(world.who(&fresh).is_some());
    assert!(world.try_sign_in("lan", own).is_ok());
    assert_eq!(said(world.try_sign_in("lan", GOOD).unwrap_err()), ["accounts-sign-in-wrong"]);
}

#[test]
fn sessions_that_are_over_are_forgotten_at_the_next_sign_in() {
    let world = World::new();
    let lan = world.account("lan");
    world.sign_in("lan");
    world.pass(12 * HOUR);
    world.sign_in("lan");
    assert_eq!(world.db.read(|tx| sessions::of(tx, lan)).unwrap().len(), 1);
}

#[test]
fn nonsense_tokens_are_nobody() {
    let world = World::new();
    for token in ["", "x", &"0".repeat(64), "' OR 1=1 --"] {
        assert!(world.who(token).is_none(), "{token}");
    }
}
