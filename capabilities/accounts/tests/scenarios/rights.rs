//! Rights: given for an interval, holding and ending at the next request, never given beyond one's own.

use chibo_accounts::{EVERYWHERE, Role};
use chibo_kernel::{Day, Id, Moment, Period, Permission, Problem, Viewer};

use crate::world::{CITY, HOUR, MINUTE, OTHER_WARD, WARD, World, said, viewer};

fn program() -> Viewer {
    Viewer::program("test")
}

#[test]
fn asvs_8_3_2_rights_change_at_the_very_next_request() {
    let world = World::new();
    let lan = world.account("lan");
    let token = world.sign_in("lan");
    assert!(!world.may(&token, Permission::ViewMembers, WARD));
    let since = Period::since(world.db.today());
    let grant = world.give(&program(), lan, WARD, Role::Reader, since).unwrap();
    assert!(world.may(&token, Permission::ViewMembers, WARD));
    assert!(!world.may(&token, Permission::EditMembers, WARD));
    assert!(!world.may(&token, Permission::ViewMembers, OTHER_WARD));
    assert!(!world.may(&token, Permission::ViewMembers, CITY), "not above");
    world.db.write(&program(), |op| chibo_accounts::revoke(op, grant)).unwrap();
    assert!(!world.may(&token, Permission::ViewMembers, WARD));
    let again = world.db.write(&program(), |op| chibo_accounts::revoke(op, grant));
    assert!(matches!(again, Err(Problem::Conflict(_))));
    assert_eq!(world.log(lan), ["account-created", "signed-in", "grant-given", "grant-ended"]);
}

#[test]
fn rights_hold_from_their_first_to_their_last_day_also_within_one_session() {
    let world = World::new();
    let lan = world.account("lan");
    let (first, after) = (Day::from_ymd(2026, 11, 23).unwrap(), Day::from_ymd(2026, 11, 24).unwrap());
    world.give(&program(), lan, CITY, Role::CityBoard, Period::new(first, after).unwrap()).unwrap();
    world.go_to(Moment::start_of(first).plus_ms(-HOUR));
    let token = world.sign_in("lan");
    let mut seen = Vec::new();
    for _ in 0..12 {
        seen.push(world.may(&token, Permission::Reorganise, WARD));
        world.pass(10 * MINUTE);
    }
    assert_eq!(seen, [[false; 6], [true; 6]].concat(), "begins at midnight in Vietnam");
    world.go_to(Moment::start_of(after).plus_ms(-MINUTE));
    let token = world.sign_in("lan");
    assert!(world.may(&token, Permission::Reorganise, WARD));
    world.pass(MINUTE);
    assert!(!world.may(&token, Permission::Reorganise, WARD), "ends at midnight");
}

#[test]
fn nobody_gives_beyond_their_own_subtree_or_to_themselves() {
    let world = World::new();
    let boss = world.account_as("boss", WARD, Role::Administrator);
    let by = viewer(boss, WARD, Role::Administrator);
    let hoa = world.db.write(&by, |op| {
        let new = chibo_accounts::NewAccount {
            login: "hoa",
            name: "Lê Thị Hoa",
            password: crate::world::GOOD,
            must_change: false,
        };
        chibo_accounts::create_account(op, new)
    });
    let hoa = hoa.unwrap();
    let since = Period::since(world.db.today());
    let give = |unit, role| world.give(&by, hoa, unit, role, since).map(drop);
    assert_eq!(give(WARD, Role::UnitOfficer), Ok(()));
    assert_eq!(said(give(WARD, Role::UnitOfficer).unwrap_err()), ["accounts-grant-same"]);
    assert_eq!(give(OTHER_WARD, Role::Reader), Err(Problem::NotFound), "absent, not denied");
    assert_eq!(give(CITY, Role::Reader), Err(Problem::NotFound));
    assert_eq!(give(Id::from_bytes([77; 16]), Role::Reader), Err(Problem::NotFound));
    assert_eq!(give(EVERYWHERE, Role::Reader), Err(Problem::Denied));
    let own = world.give(&by, boss, WARD, Role::CityBoard, since).unwrap_err();
    assert_eq!(said(own), ["accounts-not-yourself"]);
    let stranger = world.account_as("minh", OTHER_WARD, Role::Reader);
    assert_eq!(world.give(&by, stranger, WARD, Role::Reader, since), Err(Problem::NotFound));
}

#[test]
fn a_ward_administrator_cannot_take_over_an_account_that_also_works_for_the_city() {
    let world = World::new();
    let boss = world.account_as("boss", WARD, Role::Administrator);
    let by = viewer(boss, WARD, Role::Administrator);
    let minh = world.account_as("minh", WARD, Role::Reader);
    let reset = || world.db.write(&by, |op| chibo_accounts::reset_password(op, "minh")).map(drop);
    assert_eq!(reset(), Ok(()));
    let since = Period::since(world.db.today());
    let city = world.give(&program(), minh, CITY, Role::CityBoard, since).unwrap();
    assert_eq!(reset(), Err(Problem::Denied));
    assert_eq!(world.db.write(&by, |op| chibo_accounts::close(op, minh)), Err(Problem::Denied));
    let ended = world.db.write(&by, |op| chibo_accounts::revoke(op, city));
    assert_eq!(ended, Err(Problem::NotFound), "a right given above is out of reach");
}

#[test]
fn officers_without_account_management_give_nothing() {
    let world = World::new();
    let lan = world.account_as("lan", WARD, Role::UnitOfficer);
    let minh = world.account_as("minh", WARD, Role::Reader);
    let by = viewer(lan, WARD, Role::UnitOfficer);
    let given = world.give(&by, minh, WARD, Role::BranchSecretary, Period::since(world.db.today()));
    assert_eq!(given, Err(Problem::NotFound));
}

#[test]
fn every_change_is_in_the_log_and_the_log_is_whole() {
    let world = World::new();
    let lan = world.account_as("lan", WARD, Role::Reader);
    let token = world.sign_in("lan");
    let _ = world.try_sign_in("lan", "sai rồi sai rồi");
    let _ = world.try_sign_in("khong.co", "sai rồi sai rồi");
    let viewer = world.who(&token).unwrap();
    chibo_accounts::actions::sessions::sign_out(&world.db, &viewer, &token).unwrap();
    let expected = ["account-created", "grant-given", "signed-in", "sign-in-failed", "signed-out"];
    assert_eq!(world.log(lan), expected);
    let verdict = world.db.verify_audit().unwrap();
    assert_eq!((verdict.entries, verdict.broken), (6, Vec::new()), "with the one of the unknown name");
}
