//! Writing a plan: lines, refusals, two people at once, members by name and by residence.

use chibo_kernel::Problem;
use chibo_testkit::TODAY;
use chibo_web::words::Lang;

use crate::world::{CITY, NORTH, QUARTER_1, QUARTER_2, QUARTER_9, SOUTH, World, id};

#[test]
fn a_plan_shows_what_follows_before_anybody_signs() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        world.join(&plan, NORTH, SOUTH);
        world.join(&plan, QUARTER_2, QUARTER_1);
        let page = world.page(&world.planner(), &plan);
        for said in ["Tác động nếu ký", "Chi bộ khu phố 2", "Đảng viên trước 10, sau 10.", ">khớp<", "theo tổ chức"]
        {
            assert!(page.contains(said), "{said}: {page}");
        }
        let english = world.page_in(Lang::En, &world.planner(), &plan);
        assert!(english.contains("Members before 10, after 10.") && english.contains("they agree"));
        assert!(world.page(&world.planner(), "/restructuring").contains("Sắp xếp phường"));
        assert!(world.file(&world.planner(), &format!("{plan}/export.xlsx")).starts_with(b"PK"));
        assert!(world.file(&world.planner(), &format!("{plan}/decision.docx")).starts_with(b"PK"));
        assert!(world.file(&world.planner(), &format!("{plan}/decision.pdf")).starts_with(b"%PDF"));
    });
}

#[test]
fn org_11_org_18_refused_lines_are_named_and_stand_in_the_way_of_signing() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        world.join(&plan, NORTH, SOUTH);
        world.join(&plan, SOUTH, NORTH);
        let page = world.page(&world.planner(), &plan);
        assert!(page.contains("Chỗ phải sửa trước khi ký") && page.contains("kết thúc cùng ngày"), "{page}");
        assert!(!page.contains("plans-sign-about") && !page.contains("Người ký phải khác"));
        let refused = world.sign(&world.signer(), &plan).unwrap_err();
        assert!(refused.contains("kết thúc cùng ngày"), "{refused}");
        // Taken out, it can be signed.
        let version = world.version(&plan);
        let form = [("version", version.as_str()), ("line", "2")];
        world.send(&world.planner(), &format!("{plan}/lines/removal"), &form).unwrap();
        assert!(!world.page(&world.planner(), &plan).contains("kết thúc cùng ngày"));
    });
}

#[test]
fn two_people_at_once_get_a_conflict_page_and_lose_nothing() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        let (old, one, other) = (world.version(&plan), id(QUARTER_1).to_string(), id(QUARTER_2).to_string());
        let url = format!("{plan}/lines");
        let rename = [("kind-of-line", "rename"), ("version", &*old), ("one", &*one), ("name", "Chi bộ khu phố Một")];
        assert_eq!(world.answer(&world.planner(), &url, &rename).0, 303);
        let late = [("kind-of-line", "rename"), ("version", &*old), ("one", &*other), ("name", "Chi bộ khu phố Hai")];
        let (status, page) = world.answer(&world.signer(), &url, &late);
        assert_eq!(status, 409);
        assert!(page.contains("vừa sửa phương án") && page.contains("Chi bộ khu phố Hai"), "{page}");
        // The page holds the present version: sent again, it counts.
        let again = format!("name=\"version\" value=\"{}\"", world.version(&plan));
        assert!(page.contains(&again), "{page}");
        world.add(&world.signer(), &plan, &late[2..].iter().copied().chain([late[0]]).collect::<Vec<_>>()).unwrap();
        let both = world.page(&world.planner(), &plan);
        assert!(both.contains("khu phố Một") && both.contains("khu phố Hai"));
    });
}

#[test]
fn a_plan_needs_the_permission_on_every_unit_it_touches() {
    World::each(|world| {
        let city = world.begin(TODAY.plus_days(5));
        let hidden = world.ask(Lang::Vi, &world.northerner(), "GET", &city, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let north = id(NORTH).to_string();
        let day = TODAY.plus_days(5).to_string();
        let form = [("title", "Sắp xếp khu phố"), ("unit", &*north), ("authority", "Đảng ủy"), ("effective", &*day)];
        let plan = world.send(&world.northerner(), "/restructuring/new", &form).unwrap();
        let plan = plan.split('?').next().unwrap();
        let (version, one, other) = (world.version(plan), id(QUARTER_1).to_string(), id(QUARTER_9).to_string());
        let form =
            [("kind-of-line", "join"), ("version", &*version), ("one", &*one), ("other", &*other), ("extent", "whole")];
        let refused = world.send(&world.northerner(), &format!("{plan}/lines"), &form).unwrap_err();
        assert!(refused.contains("Chưa tìm thấy tổ chức đảng này"), "{refused}");
        let (status, _) = world.answer(&world.northerner(), "/restructuring/new", &[("unit", &id(CITY).to_string())]);
        assert_eq!(status, 422);
    });
}

#[test]
fn org_12_members_without_a_target_are_counted_and_refuse_the_signature() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        let one = id(QUARTER_1).to_string();
        world.add(&world.planner(), &plan, &[("kind-of-line", "dissolve"), ("one", &one)]).unwrap();
        let page = world.page(&world.planner(), &plan);
        assert!(page.contains("chưa quyết định") && page.contains("Đảng viên trước 10, sau 6"), "{page}");
        let refused = world.sign(&world.signer(), &plan).unwrap_err();
        assert!(refused.contains("Còn 4 đảng viên chưa có nơi chuyển đến"), "{refused}");
        // Two by where they live, two by name.
        let url = format!("{plan}/members?unit={one}");
        let (version, into) = (world.version(&plan), id(QUARTER_2).to_string());
        let living = [("version", &*version), ("way", "residence"), ("place", "khu phố 5"), ("into", &*into)];
        world.send(&world.planner(), &url, &living).unwrap();
        assert_eq!(world.acts("secret-revealed").len(), 4);
        let page = world.page(&world.planner(), &url);
        assert_eq!(page.matches("theo danh sách").count(), 2, "{page}");
        let (version, third, fourth) = (world.version(&plan), world.people[2].to_string(), world.people[3].to_string());
        let named = [("version", &*version), ("way", "chosen"), ("who", &*third), ("who", &*fourth), ("into", &*into)];
        world.send(&world.planner(), &url, &named).unwrap();
        assert!(world.page(&world.planner(), &plan).contains("Đảng viên trước 10, sau 10."));
        world.sign(&world.signer(), &plan).unwrap();
        world.wake(TODAY.plus_days(5));
        assert!(world.homes().iter().take(7).all(|(_, unit)| *unit == QUARTER_2), "{:?}", world.homes());
    });
}

#[test]
fn bad_forms_say_what_is_missing() {
    World::each(|world| {
        let refused = world.send(&world.planner(), "/restructuring/new", &[]).unwrap_err();
        assert!(refused.contains("Chưa tìm thấy tổ chức đảng này"), "{refused}");
        let plan = world.begin(TODAY.plus_days(5));
        for (form, said) in [
            (&[("kind-of-line", "join")][..], "Hãy chọn phạm vi"),
            (&[("kind-of-line", "rename"), ("one", &*id(NORTH).to_string())][..], "Hãy nhập tên tổ chức"),
            (&[("kind-of-line", "retype"), ("one", &*id(NORTH).to_string())][..], "Hãy chọn loại tổ chức"),
        ] {
            let page = world.add(&world.planner(), &plan, form).unwrap_err();
            assert!(page.contains(said), "{said}: {page}");
        }
        let none = [("version", "1")];
        assert!(
            world
                .send(&world.planner(), &format!("{plan}/lines/removal"), &none)
                .unwrap_err()
                .contains("ít nhất một dòng")
        );
    });
}
