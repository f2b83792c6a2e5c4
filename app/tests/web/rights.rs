//! S4: rights change at the very next request.

use chibo_kernel::{Day, Viewer};

use crate::fixtures::ABSENT;
use crate::visitor::Visitor;
use crate::world::{GOOD, World};

/// Account and grant of a login, as written in addresses.
fn grant_of(world: &World, login: &str) -> (String, String) {
    let sql = "SELECT a.account_id, g.grant_id FROM account a JOIN access_grant g ON g.account_id = a.account_id WHERE a.login_key = ?1";
    let (account, grant): ([u8; 16], [u8; 16]) =
        world.raw().query_row(sql, [login], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let shown = |id| chibo_kernel::Id::<chibo_kernel::Unit>::from_bytes(id).to_string();
    (shown(account), shown(grant))
}

#[test]
fn s4_a_grant_taken_back_is_gone_at_the_next_request() {
    let world = &World::new();
    let reader = Visitor::of(world, "reader.ward");
    let boss = Visitor::of(world, "administrator.system");
    let (unit, person) = (format!("/units/{}", world.sites.ward), format!("/members/{}", world.sites.person));
    assert_eq!((reader.get(&unit).status, reader.get(&person).status), (200, 200));
    let (account, grant) = grant_of(world, "reader.ward");
    let ended = boss.post(&format!("/accounts/{account}/grants/{grant}/end"), &[]);
    assert_eq!(ended.status, 303);
    assert_eq!((reader.get(&unit).status, reader.get(&person).status), (403, 403));
    assert_eq!(reader.get("/").status, 200, "still somebody, without rights");
    let give = [("role", "reader"), ("unit", &world.sites.ward.to_string()), ("from", "1/1/2020"), ("to", "")];
    assert_eq!(boss.post(&format!("/accounts/{account}/grants"), &give).status, 303);
    assert_eq!(reader.get(&unit).status, 200);
    assert_eq!(boss.post(&format!("/accounts/{account}/close"), &[]).status, 303);
    assert!(reader.get(&unit).header("location").starts_with("/sign-in"));
    assert!(Visitor::sign_in(world, "reader.ward", GOOD).is_err());
}

#[test]
fn s4_a_grant_ends_with_its_day() {
    let world = &World::new();
    let reader = Visitor::of(world, "reader.ward");
    let (_, grant) = grant_of(world, "reader.ward");
    let today = world.house.db.today();
    let grant: chibo_kernel::Id<chibo_kernel::Unit> = grant.parse().unwrap();
    let end = i64::from(today.plus_days(1).number());
    world.raw().execute("UPDATE access_grant SET valid_to = ?1 WHERE grant_id = ?2", (end, grant.bytes())).unwrap();
    let unit = format!("/units/{}", world.sites.ward);
    assert_eq!(reader.get(&unit).status, 200, "its last day");
    // The same person, the day after, with a session that is still alive.
    world
        .raw()
        .execute("UPDATE session SET last_seen = last_seen + 86400000, expires_at = expires_at + 86400000", [])
        .unwrap();
    world.clock.set(today.plus_days(1));
    assert_eq!(Visitor::of(world, "reader.ward").get(&unit).status, 403);
}

#[test]
fn s4_a_unit_that_moves_takes_its_readers_with_it() {
    let world = &World::new();
    let sites = &world.sites;
    let (ward, sibling) = (Visitor::of(world, "reader.ward"), Visitor::of(world, "reader.sibling"));
    let person = format!("/members/{}", sites.person);
    let unit = format!("/units/{}", sites.branch);
    assert_eq!((ward.get(&person).status, sibling.get(&person).status), (200, 404));
    world.write(|op| {
        let from = op.today();
        chibo_organisation::actions::reparent(op, sites.branch, sites.sibling, from)
    });
    assert_eq!((ward.get(&person).status, sibling.get(&person).status), (404, 200));
    assert_eq!((ward.get(&unit).status, sibling.get(&unit).status), (404, 200));
    assert_eq!(ward.get(&format!("/units/{ABSENT}")).status, 404);
}

#[test]
fn s4_a_member_who_moves_is_seen_where_he_went() {
    let world = &World::new();
    let sites = &world.sites;
    let (here, there) = (Visitor::of(world, "reader.branch"), Visitor::of(world, "reader.sibling"));
    let person = format!("/members/{}", sites.person);
    assert_eq!((here.get(&person).status, there.get(&person).status), (200, 404));
    let far: [u8; 16] = world
        .raw()
        .query_row(
            "SELECT unit_id FROM posting WHERE person_id = ?1 ORDER BY valid_from DESC LIMIT 1",
            [sites.far_person.bytes()],
            |row| row.get(0),
        )
        .unwrap();
    world.write(|op| chibo_members::actions::post(op, sites.person, chibo_kernel::Id::from_bytes(far), op.today()));
    assert_eq!((here.get(&person).status, there.get(&person).status), (404, 200));
}

#[test]
fn s14_sessions_end_by_idleness_and_by_age_and_with_a_new_password() {
    let world = &World::new();
    let reader = Visitor::sign_in(world, "reader.ward", GOOD).ok().unwrap();
    let other = Visitor::sign_in(world, "reader.ward", GOOD).ok().unwrap();
    let minute = 60_000;
    world.clock.pass(14 * minute);
    assert_eq!((reader.get("/account").status, other.get("/account").status), (200, 200));
    world.clock.pass(14 * minute);
    assert_eq!(reader.get("/account").status, 200, "used within a quarter of an hour");
    let new = "con đò cũ bến sông Hậu";
    let change = [("current", GOOD), ("new", new), ("again", new)];
    assert_eq!(reader.post("/account/password", &change).status, 303);
    assert_eq!(other.get("/account").status, 303, "a new password ends the other sessions");
    world.clock.pass(16 * minute);
    assert_eq!(reader.get("/account").status, 303, "idle for more than a quarter of an hour");
    let busy = Visitor::sign_in(world, "reader.ward", new).ok().unwrap();
    for _ in 0..72 {
        assert_eq!(busy.get("/healthz").status, 200);
        busy.get("/account");
        world.clock.pass(10 * minute);
    }
    world.clock.pass(10 * minute);
    assert_eq!(busy.get("/account").status, 303, "twelve hours in all");
}

#[test]
fn dpd_06_the_administrator_of_everything_sees_no_member() {
    let world = World::shared();
    let administrator = Visitor::of(world, "administrator.system");
    for url in ["/members", "/crosstab", "/members/export", "/members/export.xlsx", "/members/import"] {
        assert_eq!(administrator.get(url).status, 403, "{url}");
    }
    assert_eq!(administrator.get(&format!("/members/{}", world.sites.person)).status, 403);
    let viewer = Viewer::default();
    assert!(!viewer.system && Day::PARTY_FOUNDED < world.house.db.today());
}
