//! The second factor.

use chibo_accounts::actions::second_factor;
use chibo_accounts::actions::sign_in::{self, Browser, Progress};
use chibo_accounts::rules::second_factor::code_at;
use chibo_kernel::Viewer;

use crate::world::{BROWSER, GOOD, MINUTE, SECOND, World, said};

struct On {
    world: World,
    secret: Vec<u8>,
    recovery: Vec<String>,
    token: String,
}

/// A world with one account whose second factor is on; half a minute later.
fn on() -> On {
    let world = World::new();
    world.account("lan");
    let token = world.sign_in("lan");
    let viewer = world.who(&token).unwrap();
    assert_eq!(said(second_factor::begin(&world.db, &viewer, "sai").unwrap_err()), ["accounts-current-wrong"]);
    second_factor::begin(&world.db, &viewer, GOOD).unwrap();
    let (secret, _) = second_factor::waiting(&world.db, &viewer).unwrap().unwrap();
    let wrong = second_factor::confirm(&world.db, &viewer, &token, "123").unwrap_err();
    assert_eq!(said(wrong), ["accounts-code-wrong"]);
    let code = code_at(&secret, world.db.now()).unwrap();
    let recovery = second_factor::confirm(&world.db, &viewer, &token, &code).unwrap();
    world.pass(30 * SECOND);
    On { world, secret, recovery, token }
}

impl On {
    fn ticket(&self) -> String {
        match self.world.try_sign_in("lan", GOOD).unwrap() {
            Progress::CodeNeeded(ticket) => ticket,
            Progress::Done(_) => panic!("the second factor was skipped"),
        }
    }

    fn code(&self) -> String {
        code_at(&self.secret, self.world.db.now()).unwrap()
    }

    fn answer(&self, code: &str) -> Result<String, Vec<&'static str>> {
        sign_in::second_step(&self.world.db, &self.ticket(), code, BROWSER).map_err(said)
    }
}

#[test]
fn s17_a_code_works_once() {
    let on = on();
    let code = on.code();
    let token = on.answer(&code).unwrap();
    assert!(on.world.who(&token).is_some());
    assert_eq!(on.answer(&code), Err(vec!["accounts-code-wrong"]), "used");
    on.world.pass(30 * SECOND);
    assert!(on.answer(&on.code()).is_ok(), "the next one works");
}

#[test]
fn s17_the_code_that_switched_it_on_does_not_sign_in() {
    let on = on();
    let used = code_at(&on.secret, on.world.db.now().plus_ms(-30 * SECOND)).unwrap();
    assert_eq!(on.answer(&used), Err(vec!["accounts-code-wrong"]));
}

#[test]
fn s17_each_recovery_code_works_once() {
    let on = on();
    assert_eq!(on.recovery.len(), 10);
    let typed = on.recovery[3].to_uppercase().replace('-', " ");
    assert!(on.answer(&typed).is_ok());
    assert_eq!(on.answer(&on.recovery[3]), Err(vec!["accounts-code-wrong"]));
    assert!(on.answer(&on.recovery[4]).is_ok());
}

#[test]
fn s15_codes_cannot_be_guessed_either() {
    let on = on();
    for _ in 0..5 {
        assert_eq!(on.answer("000 00"), Err(vec!["accounts-code-wrong"]));
    }
    assert_eq!(on.answer(&on.code()), Err(vec!["accounts-wait-seconds"]));
    on.world.pass(5 * SECOND);
    assert!(on.answer(&on.code()).is_ok());
}

#[test]
fn s17_the_second_step_belongs_to_the_browser_the_password_and_five_minutes() {
    let on = on();
    let db = &on.world.db;
    let ticket = on.ticket();
    let elsewhere = Browser { visit: "ffffffffffffffffffffffffffffffff", earlier: None };
    let step = |ticket: &str, browser| sign_in::second_step(db, ticket, &on.code(), browser).map_err(said);
    assert_eq!(step(&ticket, elsewhere), Err(vec!["accounts-ticket-old"]));
    assert_eq!(step("", BROWSER), Err(vec!["accounts-ticket-old"]));
    let (rest, last) = ticket.split_at(ticket.len() - 1);
    let forged = format!("{rest}{}", if last == "0" { "1" } else { "0" });
    assert_eq!(step(&forged, BROWSER), Err(vec!["accounts-ticket-old"]));
    on.world.pass(5 * MINUTE);
    assert_eq!(step(&ticket, BROWSER), Err(vec!["accounts-ticket-old"]));
    let ticket = on.ticket();
    db.write(&Viewer::program("test"), |op| chibo_accounts::reset_password(op, "lan")).unwrap();
    assert_eq!(step(&ticket, BROWSER), Err(vec!["accounts-ticket-old"]), "the password is another one now");
}

#[test]
fn s17_a_reset_never_lowers_the_second_factor() {
    let on = on();
    let first = on.world.db.write(&Viewer::program("test"), |op| chibo_accounts::reset_password(op, "lan")).unwrap();
    assert!(matches!(on.world.try_sign_in("lan", &first).unwrap(), Progress::CodeNeeded(_)));
}

#[test]
fn s17_only_its_owner_or_the_machine_itself_takes_it_off() {
    let on = on();
    let db = &on.world.db;
    let viewer = on.world.who(&on.token).unwrap();
    let id = viewer.account.unwrap();
    let by_viewer = db.write(&viewer, |op| chibo_accounts::remove_second_factor(op, id));
    assert_eq!(by_viewer, Err(chibo_kernel::Problem::Denied));
    let wrong = second_factor::switch_off(db, &viewer, &on.token, "sai").unwrap_err();
    assert_eq!(said(wrong), ["accounts-current-wrong"]);
    second_factor::switch_off(db, &viewer, &on.token, GOOD).unwrap();
    assert!(matches!(on.world.try_sign_in("lan", GOOD).unwrap(), Progress::Done(_)));
}
