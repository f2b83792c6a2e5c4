//! The first account, new accounts, one-time passwords.

use chibo_accounts::actions::password;
use chibo_accounts::actions::sign_in::Progress;
use chibo_accounts::{EVERYWHERE, NewAccount, Role};
use chibo_kernel::{Permission, Problem, Viewer};
use chibo_store::Keys;

use crate::world::{GOOD, HOUR, WARD, World, said, viewer};

fn new<'a>(login: &'a str, password: &'a str) -> NewAccount<'a> {
    NewAccount { login, name: "Lê Thị Hoa", password, must_change: false }
}

#[test]
fn the_first_account_administers_the_whole_system_and_there_is_only_one_first() {
    let world = World::new();
    let program = Viewer::program("set-up");
    world.db.write(&program, |op| chibo_accounts::set_up(op, new("hoa.le", GOOD))).unwrap();
    let again = world.db.write(&program, |op| chibo_accounts::set_up(op, new("hoa.le2", GOOD)));
    assert_eq!(again, Err(Problem::NotFound));
    let token = world.sign_in("hoa.le");
    assert!(world.may(&token, Permission::ManageAccounts, WARD));
    assert!(!world.may(&token, Permission::ViewMembers, WARD), "DPD-06");
    let code = chibo_accounts::setup_code(world.db.keys());
    assert_eq!(code.len(), 19);
    let other = Keys::generate(&|out| out.fill(5));
    assert_ne!(code, chibo_accounts::setup_code(&other), "it belongs to the keys");
}

#[test]
fn bad_and_taken_names_and_weak_passwords_are_all_named_at_once() {
    let world = World::new();
    let create = |new| world.db.write(&Viewer::program("test"), |op| chibo_accounts::create_account(op, new));
    let problem = create(NewAccount { login: "x", name: " ", password: "ngắn", must_change: false }).unwrap_err();
    assert_eq!(said(problem), ["accounts-login-form", "accounts-name-form", "accounts-password-short"]);
    create(new("hoa.le", GOOD)).unwrap();
    assert_eq!(said(create(new("HOA.LE", GOOD)).unwrap_err()), ["accounts-login-taken"]);
    assert_eq!(world.db.read(chibo_accounts::count).unwrap(), 1, "nothing half-made stays");
}

#[test]
fn a_one_time_password_only_serves_to_set_another_and_only_for_a_week() {
    let world = World::new();
    let lan = world.account_as("lan", WARD, Role::Reader);
    let reset = || {
        let by = Viewer::program("test");
        world.db.write(&by, |op| chibo_accounts::reset_password(op, "lan")).unwrap()
    };
    let old = world.sign_in("lan");
    let first = reset();
    assert!(world.who(&old).is_none(), "a reset ends every session");
    assert_eq!(said(world.try_sign_in("lan", GOOD).unwrap_err()), ["accounts-sign-in-wrong"]);
    world.pass(7 * 24 * HOUR);
    assert_eq!(said(world.try_sign_in("lan", &first).unwrap_err()), ["accounts-one-time-stale"]);

    let second = reset();
    let Progress::Done(token) = world.try_sign_in("lan", &second).unwrap() else { panic!("no session") };
    let signed = world.gate.who_in(&world.db, &token).unwrap().unwrap();
    assert_eq!(signed.detour, Some("/account/password"));
    let own = "mưa rơi trên mái tôn cũ";
    let fresh = password::change(&world.db, &signed.viewer, &token, &second, own).unwrap();
    let signed = world.gate.who_in(&world.db, &fresh).unwrap().unwrap();
    assert_eq!((signed.detour, signed.viewer.account), (None, Some(lan)));
}

#[test]
fn s17_an_administrator_resets_others_within_reach_but_not_themselves() {
    let world = World::new();
    let boss = world.account_as("boss", EVERYWHERE, Role::Administrator);
    world.account_as("lan", WARD, Role::Reader);
    let by = viewer(boss, EVERYWHERE, Role::Administrator);
    let reset = |login: &'static str| world.db.write(&by, |op| chibo_accounts::reset_password(op, login));
    assert!(reset("lan").is_ok());
    assert_eq!(said(reset("boss").unwrap_err()), ["accounts-not-yourself"]);
    assert_eq!(reset("nobody").unwrap_err(), Problem::NotFound);
}
