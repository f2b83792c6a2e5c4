//! Things for routes with an identifier in them: made anew for every request that may use them up.

use std::sync::atomic::{AtomicU32, Ordering};

use chibo_kernel::{Id, Person, Unit};

use crate::world::{World, clone_account, give, id_of};

/// What a request is about: a unit and a member.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    pub unit: Id<Unit>,
    pub person: Id<Person>,
}

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An identifier nothing has.
pub const ABSENT: &str = "deadbeefdeadbeefdeadbeefdeadbeef";

/// The address of a route about an object, with fresh things where the route uses them up.
pub fn address(world: &World, path: &str, object: Object) -> String {
    if !path.contains('{') {
        return path.to_owned();
    }
    let no = NEXT.fetch_add(1, Ordering::SeqCst);
    let [_, high, middle, low] = no.to_be_bytes();
    // Beside those of the accounts of the world.
    let mark = [0xB0, high, middle, low];
    let (id, grant) = match path {
        _ if path.starts_with("/accounts/") => account(world, mark, object.unit),
        _ if path.starts_with("/jobs/") || path.starts_with("/take-out/") || path.starts_with("/members/exports/") => {
            (job(world, mark, object.unit), ABSENT.to_owned())
        }
        _ if path.starts_with("/units/import/") => (unit_import(world, mark, object.unit, path), ABSENT.to_owned()),
        _ if path.starts_with("/members/imports/") => {
            (member_import(world, mark, object.unit, path), ABSENT.to_owned())
        }
        _ if path.starts_with("/lifecycle/units/") => (object.unit.to_string(), ABSENT.to_owned()),
        _ if path.starts_with("/lifecycle/cases/") => (case_file(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/coverage/import/") => (place_import(world, mark, object.unit, path), ABSENT.to_owned()),
        _ if path.starts_with("/coverage/places/") => (place(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/pilots/") => (pilot(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/restructuring/") => (plan(world, mark, object.unit, path), ABSENT.to_owned()),
        _ if path.starts_with("/reorganisations/") => (decision(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/units/") || path.starts_with("/api/v1/units/") => {
            (object.unit.to_string(), ABSENT.to_owned())
        }
        _ if path.starts_with("/committees/units/") => (object.unit.to_string(), ABSENT.to_owned()),
        _ if path.starts_with("/alerts/consents/") => (object.unit.to_string(), ABSENT.to_owned()),
        _ if path.starts_with("/regulations/units/") => (object.unit.to_string(), ABSENT.to_owned()),
        _ if path.starts_with("/quality/campaigns/{") => (campaign(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/quality/merges/{") => (merge(world, mark, object), ABSENT.to_owned()),
        _ if path.starts_with("/quality/reconciliations/{") => {
            (reconciliation(world, mark, object.unit), ABSENT.to_owned())
        }
        _ if path.starts_with("/fees/units/") => (object.unit.to_string(), ABSENT.to_owned()),
        _ if path.starts_with("/transfers/{") => (transfer(world, mark, object, path), ABSENT.to_owned()),
        _ if ["briefings", "draws", "guidance", "models", "studies"]
            .iter()
            .any(|of| path.starts_with(&format!("/meetings/{of}/{{"))) =>
        {
            given_below(world, object.unit);
            (object.unit.to_string(), ABSENT.to_owned())
        }
        _ if path.starts_with("/cards/books/{book}") => (ABSENT.to_owned(), ABSENT.to_owned()),
        "/m/{code}" => (short_link(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/meetings/units/") => (object.unit.to_string(), ABSENT.to_owned()),
        _ if path.starts_with("/development/candidates/{") => (candidate(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/screening/campaigns/{") => (screening(world, mark, object.unit), ABSENT.to_owned()),
        _ if path.starts_with("/screening/reports/{") => {
            (screening_report(world, mark, object.unit), ABSENT.to_owned())
        }
        _ if path.starts_with("/evaluation/campaigns/{") => (evaluation(world, mark, object), ABSENT.to_owned()),
        _ if path.starts_with("/evaluation/subjects/{") => (evaluation(world, mark, object), ABSENT.to_owned()),
        _ if path.starts_with("/evaluation/units/") => (object.unit.to_string(), ABSENT.to_owned()),
        _ if path.starts_with("/leaving/cases/") => (leaving(world, mark, object, path), ABSENT.to_owned()),
        _ if path.contains("/members/{") || path.starts_with("/development/probation/") => {
            (object.person.to_string(), ABSENT.to_owned())
        }
        other => panic!("no fixture for {other}"),
    };
    let path = path.replace("{id}", &id).replace("{grant}", &grant).replace("{no}", "1").replace("{code}", &id);
    let path = ["{briefing}", "{draw}", "{model}", "{study}"].iter().fold(path, |path, name| path.replace(name, "1"));
    let path = path.replace("{unit}", &object.unit.to_string()).replace("{sort}", "member");
    let path = path.replace("{book}", "left");
    let path = path.replace("{branch}", &world.sites.branch.to_string()).replace("{n}", "1").replace("{file}", "1");
    // A task of a briefing has a number; one that is not there will do.
    if path.contains("/briefings/") {
        return path.replace("{task}", ABSENT);
    }
    if path.contains("{task}") { path.replace("{task}", &task(world, mark, object)) } else { path }
}

/// The same route about something that does not exist.
pub fn absent(path: &str) -> String {
    let names = ["{id}", "{grant}", "{task}", "{branch}", "{code}", "{unit}"];
    let path = names.iter().fold(path.to_owned(), |path, name| path.replace(name, ABSENT));
    let path = path.replace("{sort}", "member");
    ["{no}", "{briefing}", "{draw}", "{model}", "{study}", "{n}", "{file}"]
        .iter()
        .fold(path, |path, name| path.replace(name, "1"))
}

fn shown(mark: [u8; 4]) -> String {
    Id::<Unit>::from_bytes(id_of(mark)).to_string()
}

fn account(world: &World, mark: [u8; 4], unit: Id<Unit>) -> (String, String) {
    let file = world.raw();
    let first: [u8; 16] =
        file.query_row("SELECT account_id FROM account WHERE login_key = 'nobody.none'", [], |row| row.get(0)).unwrap();
    clone_account(&file, &first, mark, &format!("someone.{}.{}.{}", mark[1], mark[2], mark[3]));
    let grant = give(&file, mark, 0, unit, "reader");
    (shown(mark), Id::<Unit>::from_bytes(grant).to_string())
}

fn job(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let sql =
        "INSERT INTO job VALUES (?1, 'member-export', '{}', 'waiting', ?3, NULL, ?2, ?3, 0, 0, 0, 0, '', 0, NULL, '')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A spreadsheet of units that changes nothing: the unit's own name stands in it.
fn unit_import(world: &World, mark: [u8; 4], unit: Id<Unit>, path: &str) -> String {
    let stored = format!("units-{}", shown(mark));
    std::fs::write(world.house.settings.work_dir.join(&stored), "Tên tổ chức đảng,Mã tổ chức đảng\n").unwrap();
    let state = if path.ends_with("/undoing") { "applied" } else { "waiting" };
    let sql = "INSERT INTO unit_import VALUES (?1, ?2, 'don-vi.csv', ?3, ?4, ?5, NULL, 'x', 0, '{}')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), stored, state, world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A spreadsheet with one member for the branch, waiting; or an import of nobody, confirmed.
fn member_import(world: &World, mark: [u8; 4], unit: Id<Unit>, path: &str) -> String {
    let file = world.house.settings.work_dir.join(format!("import-{}", shown(mark)));
    std::fs::write(&file, one_member(world, "Trần Văn Thử")).unwrap();
    let state = if path.ends_with("/undoing") { "confirmed" } else { "waiting" };
    let sql =
        "INSERT INTO member_import VALUES (?1, NULL, 'dang-vien.csv', ?2, 'x', ?3, ?4, ?5, NULL, 0, '{\"new\":1}')";
    let values = (id_of(mark), file.to_string_lossy(), state, unit.bytes(), world.house.db.now().0);
    world.raw().execute(sql, values).unwrap();
    shown(mark)
}

/// A CSV file with one member of the branch of the world.
pub fn one_member(world: &World, name: &str) -> String {
    let forest = world.house.census.forest();
    let facts = forest.last_facts(forest.no(world.sites.branch).unwrap()).unwrap();
    let unit = if facts.code.is_empty() { &facts.name } else { &facts.code };
    format!(
        "Họ và tên,Ngày sinh,Chi bộ,Ngày vào Đảng,Ngày chính thức\n{name},03/02/1980,{unit},19/05/2005,19/05/2006\n"
    )
}

fn decision(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let sql = "INSERT INTO decision SELECT ?1, ?2, '99-QĐ/TU', title, authority, signed_on, effective_on, state, recorded_at, \
               created_by, summary FROM decision WHERE number <> '99-QĐ/TU' LIMIT 1";
    assert_eq!(world.raw().execute(sql, (id_of(mark), unit.bytes())).unwrap(), 1);
    shown(mark)
}

/// A draft without lines; one in force where the route needs it.
fn plan(world: &World, mark: [u8; 4], unit: Id<Unit>, path: &str) -> String {
    let state = if path.ends_with("/counter") { "in-force" } else { "draft" };
    let sql = "INSERT INTO restructuring VALUES (?1, ?2, 'Sắp xếp', 'Ban Thường vụ', 20800, ?3, 1, NULL, NULL, '', 20800, NULL, \
               '', NULL, 'x', ?4, 'x', ?4, '')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), state, world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A case that founds a branch under the unit, nothing done yet. Routes that need a decided one answer 409.
fn case_file(world: &World, mark: [u8; 4], parent: Id<Unit>) -> String {
    let file = world.raw();
    let case = "INSERT INTO lifecycle_case VALUES (?1, 1, 'founding', ?1, ?2, NULL, 'Chi bộ thử', 'Chi bộ thử', 8, 18, '', '', '', \
                0, 0, ?3, ?4, 'x')";
    let forever = chibo_kernel::Day::FOREVER.number();
    file.execute(case, (id_of(mark), parent.bytes(), forever, world.house.db.now().0)).unwrap();
    let state = "INSERT INTO lifecycle_state VALUES (?1, 1, 'preparing', 1, ?2, ?2)";
    file.execute(state, (id_of(mark), forever)).unwrap();
    shown(mark)
}

/// A place without an organisation.
fn place(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let sql = "INSERT INTO place_fact VALUES (?1, 20000, ?3, ?2, 1, 1, NULL, NULL, NULL, NULL, ?4, 'Khu phố thử', 'x')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), world.house.db.now().0, shown(mark))).unwrap();
    shown(mark)
}

/// Somebody on the way into the Party.
fn candidate(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let sql = "INSERT INTO candidate VALUES (?1, ?2, 'Trần Thử', 11000, 1, 'youth', '', ?3, 'x')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A transfer whose every box is the unit's.
/// A transfer that waits for its first signature; a temporary stay that has begun where the route needs one.
fn transfer(world: &World, mark: [u8; 4], object: Object, path: &str) -> String {
    let sql = "INSERT INTO transfer VALUES (?1, ?2, 20700, '', ?3, 'x')";
    world.raw().execute(sql, (id_of(mark), object.person.bytes(), world.house.db.now().0)).unwrap();
    for (seq, side) in [(1, 1), (2, 2), (3, 3)] {
        let sql = "INSERT INTO transfer_box VALUES (?1, ?2, ?3, ?4)";
        world.raw().execute(sql, (id_of(mark), seq, object.unit.bytes(), side)).unwrap();
        if path.ends_with("/stay") {
            let sql = "INSERT INTO transfer_step VALUES (?1, ?2, 'signed', 20700, '1', '', '', ?3, 'x')";
            world.raw().execute(sql, (id_of(mark), seq, world.house.db.now().0)).unwrap();
        }
    }
    if path.ends_with("/stay") {
        let sql = "INSERT INTO transfer_kind VALUES (?1, 4, 1, '', '', '', 0, 20700, 20900)";
        world.raw().execute(sql, [id_of(mark)]).unwrap();
    }
    shown(mark)
}

/// A screening campaign on the unit, nothing done yet.
fn screening(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let sql = "INSERT INTO screening_campaign VALUES (?1, ?2, 2026, 20458, 20484, 20543, '03-KH/DU', ?3, 'x')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A report of such a campaign, without figures.
fn screening_report(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    screening(world, mark, unit);
    let sql = "INSERT INTO screening_report VALUES (?1, ?1, ?2, ?3, 'x')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), world.house.db.now().0)).unwrap();
    shown(mark)
}

/// What a committee gives the branches below it: a model meeting, a resolution to study, a draw with one branch.
fn given_below(world: &World, unit: Id<Unit>) {
    let no = 1;
    let (file, now) = (world.raw(), world.house.db.now().0);
    let forever = chibo_kernel::Day::FOREVER.number();
    let model =
        "INSERT OR REPLACE INTO meeting_model VALUES (?1, ?2, 1, 1, 'Mẫu thử', 'Việc một', '', '', 0, '', ?3, 'x')";
    file.execute(model, (unit.bytes(), no, now)).unwrap();
    let study = "INSERT OR REPLACE INTO meeting_study VALUES (?1, ?2, '1-NQ', 'Nghị quyết thử', 'Thành ủy', 20700, 20900, ?3, ?4, 'x')";
    file.execute(study, (unit.bytes(), no, forever, now)).unwrap();
    let draw = "INSERT OR REPLACE INTO meeting_draw VALUES (?1, ?2, 24321, 1, 1, '00', ?3, 'x')";
    file.execute(draw, (unit.bytes(), no, now)).unwrap();
    let briefing =
        "INSERT OR REPLACE INTO meeting_briefing VALUES (?1, ?2, 24318, 20750, 1, 1, 'Việc một', '', '', ?3, 'x')";
    file.execute(briefing, (unit.bytes(), no, now)).unwrap();
    let drawn = "INSERT OR REPLACE INTO meeting_drawn VALUES (?1, ?2, ?3, 1, '00', 90, 0, '', '', ?4, 'x')";
    file.execute(drawn, (unit.bytes(), no, world.sites.branch.bytes(), now)).unwrap();
}

/// A short link to a meeting of the unit.
fn short_link(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let code = shown(mark);
    world.raw().execute("INSERT OR REPLACE INTO meeting_link VALUES (?1, 1, ?2)", (unit.bytes(), &code)).unwrap();
    code
}

/// An assignment of a meeting of the unit.
fn task(world: &World, mark: [u8; 4], object: Object) -> String {
    let sql = "INSERT INTO meeting_task VALUES (?1, ?2, 1, ?3, 'Việc thử', '', 20800, 0, NULL, '', ?4, 'x')";
    let values = (object.unit.bytes(), id_of(mark), object.person.bytes(), world.house.db.now().0);
    world.raw().execute(sql, values).unwrap();
    shown(mark)
}

/// A case of leaving at one's own wish with its papers: decided where a certificate is asked for.
fn leaving(world: &World, mark: [u8; 4], object: Object, path: &str) -> String {
    let (file, now, forever) = (world.raw(), world.house.db.now().0, chibo_kernel::Day::FOREVER.number());
    let case = "INSERT INTO leaving_case VALUES (?1, ?2, 'request', 'own', 20700, ?3, 0, ?3, NULL, NULL, '', '', '', '', 'x', ?4, \
                'x')";
    file.execute(case, (id_of(mark), object.person.bytes(), forever, now)).unwrap();
    let state = "INSERT INTO leaving_state VALUES (?1, ?2, 'request', 'own', 20700, 'branch', 1, ?3, ?3, ?3, ?3)";
    file.execute(state, (id_of(mark), object.person.bytes(), forever)).unwrap();
    if path.contains("/certificate.") {
        for (seq, step, effective) in [(1, "branch-voted", forever), (2, "decided", 20_710)] {
            let sql = "INSERT INTO leaving_step VALUES (?1, ?2, ?3, 20710, ?4, ?5, '1-QĐ', 'raised-card', 9, 0, 0, 9, 0, '', ?6, \
                       'x', ?7, 'x')";
            let values = (id_of(mark), seq, step, effective, forever, object.unit.bytes(), now);
            file.execute(sql, values).unwrap();
        }
    }
    shown(mark)
}

/// A yearly evaluation of the unit with the member in it, nothing done yet; both have the same identifier.
fn evaluation(world: &World, mark: [u8; 4], object: Object) -> String {
    let (file, forever) = (world.raw(), chibo_kernel::Day::FOREVER.number());
    let campaign = "INSERT INTO evaluation_campaign VALUES (?1, ?2, 'year', 2026, 0, 20760, 20760, 20800, 20818, '9-KH', ?3, ?4, 'x')";
    file.execute(campaign, (id_of(mark), object.unit.bytes(), forever, world.house.db.now().0)).unwrap();
    let subject = "INSERT INTO evaluation_subject VALUES (?2, ?1, ?1, ?3, 'member', 'none', ?2, '', 'draft', -1, -1, '', '', '', '', 0, \
                   ?4, '', '')";
    file.execute(subject, (id_of(mark), object.unit.bytes(), object.person.bytes(), forever)).unwrap();
    shown(mark)
}

/// A spreadsheet of places without rows.
fn place_import(world: &World, mark: [u8; 4], unit: Id<Unit>, path: &str) -> String {
    let stored = format!("places-{}", shown(mark));
    let titles = "Mã địa bàn,Tên địa bàn,Loại địa bàn,Đảng ủy phụ trách\n";
    std::fs::write(world.house.settings.work_dir.join(&stored), titles).unwrap();
    let state = if path.ends_with("/undoing") { "applied" } else { "waiting" };
    let sql = "INSERT INTO place_import VALUES (?1, ?2, 'dia-ban.csv', ?3, ?4, ?5, NULL, 'x', 0, '{}')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), stored, state, world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A pilot that is a draft.
fn pilot(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let sql = "INSERT INTO pilot VALUES (?1, 1, ?2, 20700, 20800, 20900, 'Mô hình thử', 'x', ?3, 'x')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A cleaning campaign of the unit.
fn campaign(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let sql = "INSERT INTO quality_campaign VALUES (?1, ?2, 'Đợt thử', 20700, 20720, 0, ?3, 'x')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), world.house.db.now().0)).unwrap();
    shown(mark)
}

/// A merge of a record of the unit into the member: its seal is nobody's, so that undoing it is refused.
fn merge(world: &World, mark: [u8; 4], object: Object) -> String {
    let sql = "INSERT INTO person_merge VALUES (?1, ?1, ?2, ?3, ?4, 'x', 'Trùng', x'00', '', '', ?5, '', '')";
    let values = (id_of(mark), object.person.bytes(), object.unit.bytes(), world.house.db.now().0, i64::MAX);
    world.raw().execute(sql, values).unwrap();
    shown(mark)
}

/// A comparison of the unit that found nothing.
fn reconciliation(world: &World, mark: [u8; 4], unit: Id<Unit>) -> String {
    let now = world.house.db.now();
    let sql = "INSERT INTO reconciliation VALUES (?1, ?2, 'csdl.csv', '', 'done', ?3, 'x', ?4, '{}')";
    world.raw().execute(sql, (id_of(mark), unit.bytes(), now.0, now.day().number() + 30)).unwrap();
    shown(mark)
}
