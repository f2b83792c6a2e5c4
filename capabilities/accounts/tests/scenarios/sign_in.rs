//! Signing in, guessing, waiting.

use chibo_accounts::actions::sign_in::{self, Browser, Progress};

use crate::world::{BROWSER, GOOD, HOUR, MINUTE, SECOND, World, said};

const WRONG: &str = "không phải mật khẩu này";

#[test]
fn s15_unknown_names_and_wrong_passwords_are_answered_alike_at_every_step() {
    let world = World::new();
    let lan = world.account("lan");
    for step in 0..8 {
        let known = said(world.try_sign_in("lan", WRONG).unwrap_err());
        let unknown = said(world.try_sign_in("khong.co", WRONG).unwrap_err());
        assert_eq!(known, unknown, "step {step}");
    }
    assert_eq!(said(world.try_sign_in("khong.co", WRONG).unwrap_err()), ["accounts-wait-seconds"]);
    assert_eq!(
        world.log(lan),
        ["account-created", "sign-in-failed", "sign-in-failed"],
        "the first, and the first delay"
    );
}

#[test]
fn s15_after_five_wrong_answers_one_waits_and_then_gets_in() {
    let world = World::new();
    world.account("lan");
    for _ in 0..5 {
        assert_eq!(said(world.try_sign_in("lan", WRONG).unwrap_err()), ["accounts-sign-in-wrong"]);
    }
    world.pass(4 * SECOND);
    assert_eq!(said(world.try_sign_in("lan", GOOD).unwrap_err()), ["accounts-wait-seconds"]);
    world.pass(SECOND);
    assert!(matches!(world.try_sign_in("Lan", GOOD).unwrap(), Progress::Done(_)), "asking early did not prolong it");
    assert_eq!(
        said(world.try_sign_in("lan", WRONG).unwrap_err()),
        ["accounts-sign-in-wrong"],
        "counted from one again"
    );
}

#[test]
fn s15_the_delay_grows_to_half_an_hour() {
    let world = World::new();
    world.account("lan");
    let (mut waited, mut seconds) = (Vec::new(), 0);
    while waited.len() < 17 {
        if said(world.try_sign_in("lan", WRONG).unwrap_err()) == ["accounts-sign-in-wrong"] {
            waited.push(std::mem::take(&mut seconds));
        } else {
            world.pass(5 * SECOND);
            seconds += 5;
        }
    }
    let expected = [[0; 5].as_slice(), &[5, 15, 60, 300], &[900; 7], &[1800]].concat();
    assert_eq!(waited, expected, "seconds before each answer is looked at");
    world.pass(30 * MINUTE);
    assert!(world.try_sign_in("lan", GOOD).is_ok());
}

#[test]
fn s15_honest_people_signing_in_all_at_once_all_succeed() {
    let world = World::new();
    world.account("lan");
    let done = std::thread::scope(|scope| {
        let all: Vec<_> = (0..24).map(|_| scope.spawn(|| world.try_sign_in("lan", GOOD).is_ok())).collect();
        all.into_iter().map(|one| one.join().unwrap()).filter(|ok| *ok).count()
    });
    assert_eq!(done, 24);
}

#[test]
fn s15_guesses_sent_all_at_once_gain_nothing() {
    let world = World::new();
    world.account("lan");
    std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| assert!(world.try_sign_in("lan", WRONG).is_err()));
        }
    });
    assert_eq!(said(world.try_sign_in("lan", GOOD).unwrap_err()), ["accounts-wait-seconds"]);
    world.pass(5 * SECOND);
    assert!(world.try_sign_in("lan", GOOD).is_ok(), "only five of them were counted");
}

#[test]
fn s14_the_token_changes_at_sign_in_and_the_earlier_session_ends() {
    let world = World::new();
    let lan = world.account("lan");
    let first = world.sign_in("lan");
    assert!(world.who(&first).is_some());
    let browser = Browser { earlier: Some(&first), ..BROWSER };
    let Progress::Done(second) = sign_in::sign_in(&world.db, "lan", GOOD, browser).unwrap() else { panic!() };
    assert_ne!(first, second);
    assert_eq!(second.len(), 64, "256 bits");
    assert!(world.who(&first).is_none());
    assert_eq!(world.who(&second).unwrap().account, Some(lan));
}

#[test]
fn s14_only_the_hash_of_a_token_is_in_the_database() {
    let world = World::new();
    let lan = world.account("lan");
    let token = world.sign_in("lan");
    let rows = world.db.read(|tx| chibo_accounts::actions::sessions::of(tx, lan)).unwrap();
    assert_eq!(rows.len(), 1);
    let stored = chibo_store::seal::hex(&rows[0].token_hash);
    assert_ne!(stored, token);
    assert!(world.who(&stored).is_none(), "a stolen database opens no session");
}

#[test]
fn a_closed_account_is_gone_at_the_next_request_and_answers_like_no_account() {
    let world = World::new();
    let lan = world.account("lan");
    let token = world.sign_in("lan");
    assert!(world.who(&token).is_some());
    world.pass(HOUR / 60);
    world.db.write(&chibo_kernel::Viewer::program("test"), |op| chibo_accounts::close(op, lan)).unwrap();
    assert!(world.who(&token).is_none());
    assert_eq!(said(world.try_sign_in("lan", GOOD).unwrap_err()), ["accounts-sign-in-wrong"]);
}
