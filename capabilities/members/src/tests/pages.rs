//! Lists, persons, forms, exports and search, through their page functions.

use std::ops::ControlFlow;

use chibo_kernel::{Permission, Problem};
use chibo_papers::{Limits, SheetSource, Value};
use chibo_store::{audit, jobs};
use chibo_web::Reply;

use crate::actions;
use crate::sheets::export::WIDTH;
use crate::testing::{ALL, World, day, goes_to, html, unit_id};

/// Where the rows of the list begin in a page.
fn rows(page: &str) -> usize {
    page.matches("<th scope=\"row\"").count()
}

#[test]
fn a_list_shows_the_members_of_the_scope_by_given_name() {
    let world = World::new();
    for (name, unit) in [("Nguyễn Văn Uy", 4), ("Trần Ánh", 5), ("Lê An", 4), ("Phạm Ngoài", 6)] {
        world.enter(name, unit);
    }
    let who = world.viewer(2, ALL);
    let list = |url: &str| html(world.get(&who, "/members", "", url)).1;
    let page = list("/members");
    assert_eq!(rows(&page), 3);
    assert!(page.contains("3 đảng viên") && !page.contains("Phạm Ngoài"));
    let places = ["Lê An", "Trần Ánh", "Nguyễn Văn Uy"].map(|name| page.find(name).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("20/05/1980") && page.contains("Đảng bộ Phường Sài Gòn"));
    assert_eq!(rows(&list(&format!("/members?unit={}", unit_id(5)))), 1);
    assert_eq!(rows(&list(&format!("/members?unit={}", unit_id(3)))), 0, "outside the scope");
    assert_eq!(rows(&list("/members?q=anh")), 1);
    assert_eq!(rows(&list("/members?f=sex:1&f=theory:3")), 3);
    assert_eq!(rows(&list("/members?f=theory:4")), 0);
    assert!(list("/members?f=sex:1").contains("Giới tính: Nam"));
    let backwards = list("/members?sort=-name");
    assert!(backwards.find("Nguyễn Văn Uy") < backwards.find("Lê An"));
    // Before the units stood nobody is found, and nothing breaks.
    assert_eq!(rows(&list("/members?day=2000-01-01")), 0);
}

#[test]
fn a_list_goes_on_by_key_and_the_branch_is_that_of_the_asked_day() {
    let world = World::new();
    let ids: Vec<_> = (0..60).map(|n| world.enter(&format!("Nguyễn Văn {}", char::from(b'A' + n % 26)), 4)).collect();
    world.write(|op| actions::post(op, ids[0], unit_id(5), day("2026-11-01"))).unwrap();
    let who = world.viewer(2, ALL);
    let first = html(world.get(&who, "/members", "", "/members")).1;
    assert_eq!(rows(&first), 50);
    assert!(first.contains("Dòng 1–50 trong 60"));
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let second = html(world.get(&who, "/members", "", &next)).1;
    assert_eq!(rows(&second), 10);
    assert!(second.contains("Dòng 51–60 trong 60"));
    let before = format!("/members?unit={}&day=2026-10-31", unit_id(4));
    assert!(html(world.get(&who, "/members", "", &before)).1.contains("60 đảng viên"));
    let now = format!("/members?unit={}", unit_id(4));
    assert!(html(world.get(&who, "/members", "", &now)).1.contains("59 đảng viên"));
}

#[test]
fn a_person_outside_the_scope_is_like_one_who_is_not_there() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4).to_string();
    let page = |unit, permissions: &[Permission], url: &str| {
        let who = world.viewer(unit, permissions);
        world.get(&who, "/members/{id}", &id, url)
    };
    let (_, own) = html(page(2, ALL, "/members/x"));
    assert!(own.contains("Nguyễn Văn An") && own.contains("trung cấp") && own.contains("19/05/2005"));
    assert!(own.contains(&format!("/members/{id}/postings")));
    assert_eq!(page(3, ALL, "/members/x").unwrap_err(), Problem::NotFound);
    assert_eq!(page(1, &[Permission::ViewUnits], "/members/x").unwrap_err(), Problem::NotFound);
    let (_, reader) = html(page(1, &[Permission::ViewMembers], "/members/x"));
    assert!(!reader.contains("/postings") && !reader.contains("tab=log"));
    assert!(html(page(2, ALL, "/members/x?tab=log")).1.contains("Thêm đảng viên"));
    assert_eq!(page(2, &[Permission::ViewMembers], "/members/x?tab=log").unwrap_err(), Problem::Denied);
    let who = world.viewer(2, ALL);
    let unknown = world.get(&who, "/members/{id}", &"0".repeat(32), "/members/x");
    assert_eq!(unknown.unwrap_err(), Problem::NotFound);
}

#[test]
fn a_member_is_entered_moved_and_corrected_through_the_forms() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let (_, pick) = html(world.get(&who, "/members/new", "", "/members/new"));
    assert!(pick.contains("Chi bộ Khu phố 2") && !pick.contains("Bến Thành"));
    let facts = "name=L%C3%AA+Th%E1%BB%8B+Hoa&birth-day=30&birth-month=4&birth-year=1990&sex=2&ethnicity=1&religion=1";
    let unit = unit_id(4);
    let (status, again) = html(world.post(&who, "/members/new", "", &format!("unit={unit}&name=&birth-year=2100")));
    assert_eq!(status, 422);
    assert!(again.contains("class=\"errors\"") && again.contains("value=\"2100\""));
    let to = goes_to(world.post(
        &who,
        "/members/new",
        "",
        &format!("unit={unit}&{facts}&admitted=3/2/2020&identity=079190000001"),
    ));
    let id = to.trim_start_matches("/members/").split('?').next().unwrap().to_owned();
    let person = || html(world.get(&who, "/members/{id}", &id, "/members/x")).1;
    assert!(person().contains("Lê Thị Hoa") && person().contains("•••••••••001") && !person().contains("079190000001"));

    let revealed = html(world.post(&who, "/members/{id}/revelation", &id, "field=identity&reason=doi+chieu+the")).1;
    assert!(revealed.contains("079190000001"));
    let nothing = html(world.post(&who, "/members/{id}/revelation", &id, "reason=doi+chieu+the"));
    assert!(nothing.0 == 422 && nothing.1.contains("Chưa chọn thông tin"));
    assert_eq!(html(world.post(&who, "/members/{id}/revelation", &id, "reason=x")).0, 422);

    let move_to = |form: &str| world.post(&who, "/members/{id}/postings", &id, form);
    let paper = "paper=decision&number=12-Q%C4%90%2F%C4%90U&paper-day=1/11/2026&reason=ghi+nham+chi+bo";
    assert_eq!(html(move_to(&format!("unit={}&from=1/1/2030&{paper}", unit_id(5)))).0, 422);
    let (status, page) = html(move_to(&format!("unit={}&from=1/11/2026", unit_id(5))));
    assert!(status == 422 && page.contains("Lý do sửa"), "TRF-02: a correction needs its paper");
    goes_to(move_to(&format!("unit={}&from=1/11/2026&{paper}", unit_id(5))));
    assert!(person().contains("Chi bộ Khu phố 2"));
    let denied = move_to(&format!("unit={}&from=2/11/2026&{paper}", unit_id(6)));
    assert_eq!(denied.unwrap_err(), Problem::NotFound, "a branch outside the scope");

    goes_to(world.post(&who, "/members/{id}/facts", &id, &format!("version=1&{facts}&home-town=Hu%E1%BA%BF")));
    assert!(person().contains("Huế"));
    let (status, both) =
        html(world.post(&who, "/members/{id}/facts", &id, &format!("version=1&{facts}&home-town=Vinh")));
    assert_eq!(status, 409);
    assert!(both.contains("Huế") && both.contains("Vinh") && both.contains("name=\"version\" value=\"2\""));

    assert_eq!(html(world.post(&who, "/members/{id}/standing", &id, "from=1/11/2026")).0, 422);
    assert_eq!(html(world.post(&who, "/members/{id}/standing", &id, "standing=4&from=1/11/2026")).0, 422);
    let (status, page) =
        html(world.post(&who, "/members/{id}/standing", &id, &format!("standing=8&from=1/11/2026&{paper}")));
    assert!(status == 422 && page.contains("TRF-02"), "{page}");
    goes_to(world.post(&who, "/members/{id}/standing", &id, &format!("standing=4&from=1/11/2026&{paper}")));
    assert!(person().contains("đình chỉ sinh hoạt"));
    goes_to(world.post(&who, "/members/{id}/levels", &id, "level=3:4&from=1/11/2026"));
    assert!(person().contains("cao cấp"));
}

fn cells(body: Vec<u8>) -> Vec<Vec<String>> {
    let mut source = SheetSource::open(body, "x.xlsx", Limits::default()).unwrap();
    let mut rows = Vec::new();
    source
        .for_each_row(|row| {
            let mut texts = vec![String::new(); WIDTH];
            for cell in row.cells {
                texts[cell.column as usize] = match &cell.value {
                    Value::Text(text) => text.to_string(),
                    Value::Number(number) => number.to_string(),
                    Value::Date(serial) => serial.day().unwrap().to_string(),
                    _ => String::new(),
                };
            }
            rows.push(texts);
            ControlFlow::Continue(())
        })
        .unwrap();
    rows
}

fn column(rows: &[Vec<String>], title: &str) -> usize {
    rows.iter().find_map(|row| row.iter().position(|text| text == title)).unwrap()
}

#[test]
fn an_export_holds_the_scope_masks_identity_and_is_in_the_log() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let facts = "name=L%C3%AA+Hoa&birth-year=1990&sex=2&admitted=3/2/2020&identity=079190000001&members-theory=3";
    goes_to(world.post(&who, "/members/new", "", &format!("unit={}&{facts}", unit_id(4))));
    world.enter("Trần An", 5);
    world.enter("Phạm Ngoài", 6);
    let Reply::File { body, .. } = world.get(&who, "/members/export.xlsx", "", "/members/export.xlsx").unwrap() else {
        panic!("no file")
    };
    let rows = cells(body);
    let (name, identity, unit) =
        (column(&rows, "Họ và tên"), column(&rows, "Số định danh cá nhân"), column(&rows, "Mã tổ chức đảng"));
    let people: Vec<_> = rows.iter().filter(|row| row[0] == "1" || row[0] == "2").collect();
    assert_eq!(people.iter().map(|row| row[name].as_str()).collect::<Vec<_>>(), ["Trần An", "Lê Hoa"]);
    assert_eq!((people[1][identity].as_str(), people[1][unit].as_str()), ("•••••••••001", "79.000.001.000.001"));
    assert_eq!(people[1][column(&rows, "Ngày vào Đảng")], "03/02/2020");
    assert_eq!(people[1][column(&rows, "Lý luận chính trị")], "trung cấp");
    assert_eq!(people[1][column(&rows, "Ngày sinh")], "1990");

    let page = html(world.get(&who, "/members/export", "", "/members/export")).1;
    assert!(page.contains("2 đảng viên") && page.contains("name=\"reason\""));
    assert_eq!(html(world.post(&who, "/members/exports", "", "open=yes&reason=x")).0, 422);
    let Reply::File { body, .. } = world.post(&who, "/members/exports", "", "open=yes&reason=doi+chieu").unwrap()
    else {
        panic!("no file")
    };
    assert_eq!(cells(body).iter().filter(|row| row[identity] == "079190000001").count(), 1);
    let log = world.read(|tx| audit::of_stream(tx, unit_id(2).bytes(), 9));
    let actions: Vec<_> = log.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions[..2], ["members-exported-open", "members-exported"]);
    assert!(log[0].detail.contains("doi chieu") && log[0].detail.contains("\"count\":2"));
}

#[test]
fn mem_40_and_dpd_05_an_export_counts_party_age_without_gaps_and_opens_health_with_a_reason_only() {
    let world = World::new();
    let who = world.viewer(1, ALL);
    let id = world.enter("Nguyễn Văn An", 4);
    world.write(|op| actions::leave(op, id, crate::codes::Standing::Left, day("2010-05-19"))).unwrap();
    world.write(|op| actions::restore(op, id, crate::codes::Standing::Official, day("2020-05-19"))).unwrap();
    let facts = "name=L%C3%AA+Hoa&birth-year=1990&sex=2&admitted=3/2/2020&health=Hen";
    goes_to(world.post(&who, "/members/new", "", &format!("unit={}&{facts}", unit_id(4))));
    let file = |reply: Result<Reply, Problem>| {
        let Reply::File { body, .. } = reply.unwrap() else { panic!("no file") };
        cells(body)
    };
    let rows = file(world.get(&who, "/members/export.xlsx", "", "/members/export.xlsx"));
    let of =
        |rows: &[Vec<String>], name: &str| rows.iter().find(|row| row.iter().any(|cell| cell == name)).unwrap().clone();
    // 21 years since May 2005, less ten.
    assert_eq!(of(&rows, "Nguyễn Văn An")[column(&rows, "Tuổi Đảng")], "11");
    assert_eq!(of(&rows, "Lê Hoa")[column(&rows, "Tuổi Đảng")], "6");
    assert!(!rows.iter().flatten().any(|cell| cell == "Hen"), "sealed");
    let rows = file(world.post(&who, "/members/exports", "", "open=yes&reason=doi+chieu"));
    assert!(of(&rows, "Lê Hoa").iter().any(|cell| cell == "Hen"), "opened with a reason");
}

#[test]
fn a_large_export_is_written_in_the_background_and_collected_once() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let members: Vec<_> = (0..5_001u32)
        .map(|n| {
            let since = day("2020-01-01");
            let member = crate::rules::NewMember {
                name: format!("Nguyễn Văn Thứ{n}"),
                birth: Some(day("1980-01-01")),
                postings: vec![(unit_id(4), since)],
                standings: vec![(2, since)],
                ..Default::default()
            };
            crate::ledger::seal(world.house.db.keys(), world.house.db.fresh(), member, [0; 24]).unwrap()
        })
        .collect();
    world
        .write(|op| {
            let now = op.now();
            crate::ledger::add(op.tx(), &members, None, now)?;
            op.touch(chibo_store::Change::Everything);
            Ok(())
        })
        .unwrap();
    assert!(
        goes_to(world.get(&who, "/members/export.xlsx", "", "/members/export.xlsx")).starts_with("/members/export")
    );
    let to = goes_to(world.post(&who, "/members/exports", "", ""));
    let id = to.rsplit('/').next().unwrap().to_owned();
    let one = |url: &str| world.get(&who, "/members/exports/{id}", &id, url);
    assert!(html(one(&to)).1.contains("<progress"));
    while jobs::run_next(&world.house.db, &crate::jobs::handlers()).unwrap() {}
    assert!(html(one(&to)).1.contains("take=file"));
    let Reply::FileAt { path, once, .. } = one(&format!("{to}?take=file")).unwrap() else { panic!("no file") };
    assert!(once);
    let rows = cells(std::fs::read(&path).unwrap());
    assert_eq!(rows.iter().filter(|row| row[0].parse::<u32>().is_ok()).count(), 5_001);
    std::fs::remove_file(path).unwrap();
    assert!(html(one(&to)).1.contains("đã được tải"));
}

#[test]
fn the_search_finds_members_and_organisations_of_the_scope() {
    let world = World::new();
    world.enter("Nguyễn Văn Tuấn", 4);
    world.enter("Nguyễn Văn Tuân", 6);
    let who = world.viewer(2, ALL);
    let search = |q: &str| html(world.get(&who, "/search", "", &format!("/search?q={q}"))).1;
    let page = search("tuan");
    assert!(page.contains("Nguyễn Văn Tuấn") && !page.contains("Nguyễn Văn Tuân"));
    let page = search("khu+pho");
    assert_eq!(page.matches("/units/").count(), 2);
    assert!(search("79.000.001").contains("Đảng bộ Phường Sài Gòn"));
    assert!(search("").contains("class=\"empty\"") && search("zzz").contains("class=\"empty\""));
}

#[test]
fn while_columns_are_loading_the_list_says_so() {
    let mut world = World::new();
    world.house.census = std::sync::Arc::new(chibo_census::Census::default());
    let who = world.viewer(2, ALL);
    let page = html(world.get(&who, "/members", "", "/members")).1;
    assert!(page.contains("<progress") && page.contains("hx-trigger=\"every 1s\""));
}
