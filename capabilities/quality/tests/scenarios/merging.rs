//! Two records of one person become one, and two again.

use chibo_kernel::{AsOf, Id, Moment, Person, Problem};
use chibo_members::actions as members;
use chibo_members::actions::merge::{self, Merging};
use chibo_members::rules::hold::Ground;
use chibo_members::rules::{Field, NewMember, Secrets};
use chibo_members::twins::{Choices, Record, proposed};
use chibo_organisation::NewOffice;
use chibo_organisation::kinds::Role;
use chibo_organisation::rules::How;
use chibo_store::handover::outlook;
use chibo_testkit::TODAY;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{QUARTER_1, QUARTER_9, World, id, sound};

/// The same woman entered in the north ten years ago and again in the south last year, spelled otherwise.
fn twice(world: &World) -> [Id<Person>; 2] {
    let old = NewMember {
        name: "Nguyễn Thị Hoà".into(),
        home_town: "Huế".into(),
        job_title: "Giáo viên".into(),
        secrets: Secrets { phone: "0901".into(), ..Secrets::default() },
        attainments: vec![(Field::Theory, 2, TODAY.plus_months(-100))],
        ..sound(QUARTER_1)
    };
    let new = NewMember {
        name: "Nguyễn Thị Hòa".into(),
        birth_place: "Quảng Trị".into(),
        job_title: "Hiệu trưởng".into(),
        secrets: Secrets { identity: "079186000123".into(), phone: "0902".into(), ..Secrets::default() },
        postings: vec![(id(QUARTER_9), TODAY.plus_months(-12))],
        attainments: vec![(Field::Theory, 3, TODAY.plus_months(-12))],
        ..sound(QUARTER_9)
    };
    [world.enter(&old), world.enter(&new)]
}

fn record(world: &World, person: Id<Person>) -> Record {
    world.house.db.read(|tx| Record::read(tx, world.house.db.keys(), person)).unwrap()
}

fn order(world: &World, [kept, gone]: [Id<Person>; 2], reason: &str) -> Merging {
    let (k, g) = (record(world, kept), record(world, gone));
    let chosen = proposed(&k, &g);
    Merging { kept: (kept, k.mark()), gone: (gone, g.mark()), chosen, reason: reason.into() }
}

fn members(world: &World) -> u64 {
    let view = world.house.census.view(world.clock.today());
    view.count(&chibo_census::Query::at(AsOf::on(world.clock.today())))
}

/// Everything believed of a record, without when it was written.
fn believed(world: &World, person: Id<Person>) -> String {
    let record = record(world, person);
    let mut row = record.person.clone();
    (row.version, row.recorded_at) = (0, Moment(0));
    let owner = |number: &str| {
        world.house.db.read(|tx| chibo_members::records::owner_of(tx, world.house.db.keys(), number)).unwrap()
    };
    format!("{row:?} {:?} {:?} {:?}", record.secrets, record.lines, owner(&record.secrets.identity))
}

/// Sends the comparison with what is proposed, then the second yes.
fn through_the_pages(world: &World, [kept, gone]: [Id<Person>; 2], reason: &str) -> Result<String, String> {
    let order = order(world, [kept, gone], reason);
    let (kept, gone) = (kept.to_string(), gone.to_string());
    let takes: Vec<String> = order.chosen.iter().map(|name| format!("take-{name}")).collect();
    let mut form = vec![
        ("kept", kept.as_str()),
        ("gone", gone.as_str()),
        ("kept-mark", order.kept.1.as_str()),
        ("gone-mark", order.gone.1.as_str()),
    ];
    form.extend(takes.iter().map(|name| (name.as_str(), "gone")));
    let looked = [form.as_slice(), &[("step", "look")]].concat();
    let look = world.ask(Lang::Vi, &world.board(), "POST", "/quality/merge", &looked);
    let Ok(Reply::Html { status: 200, body }) = look else { panic!("{look:?}") };
    assert!(body.contains("Kết quả sau khi gộp") && !body.contains('⟦'), "{body}");
    form.extend([("step", "confirm"), ("reason", reason)]);
    world.send(&world.board(), "/quality/merge", &form)
}

#[test]
fn dpd_33_a_merge_loses_nothing_and_the_record_that_goes_belongs_nowhere() {
    World::each(|world| {
        let [old, new] = twice(world);
        let before = members(world);
        let page = world.page(&world.board(), &format!("/quality/merge?one={new}&other={old}"));
        for said in ["Giáo viên", "Hiệu trưởng", "•••••••••123", "Quảng Trị", "Chi bộ khu phố 9"]
        {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("079186000123") && !page.contains("0902"), "sealed fields stay sealed");
        let refused = through_the_pages(world, [old, new], "vì").unwrap_err();
        assert!(refused.contains("ít nhất 5 chữ"), "{refused}");
        let to = through_the_pages(world, [old, new], "Đã đối chiếu lý lịch gốc").unwrap();
        assert!(to.starts_with(&format!("/members/{old}")), "{to}");
        world.settle();
        let kept = record(world, old);
        assert_eq!(kept.person.full_name, "Nguyễn Thị Hoà", "the older record");
        assert_eq!((kept.person.home_town.as_str(), kept.person.birth_place.as_str()), ("Huế", "Quảng Trị"));
        assert_eq!(kept.person.job_title, "Giáo viên");
        assert_eq!((kept.secrets.identity.as_str(), kept.secrets.phone.as_str()), ("079186000123", "0901"));
        let units: Vec<_> = kept.lines.postings.iter().map(|(_, unit)| *unit).collect();
        assert_eq!(units, [id(QUARTER_1), id(QUARTER_9)], "first here, then there");
        assert_eq!(kept.lines.levels[2].iter().map(|row| row.1).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(members(world), before - 1);
        let gone = record(world, new);
        assert!(gone.lines.postings.is_empty() && gone.lines.standings.is_empty());
        let list = world.page(&world.board(), "/members?q=Nguy%E1%BB%85n+Th%E1%BB%8B+H%C3%B2a");
        assert_eq!(list.matches(&new.to_string()).count(), 0, "{list}");
        assert_eq!(world.acts("member-merged").len(), 2, "one on each stream");
    });
}

#[test]
fn the_address_of_the_record_that_went_leads_to_the_one_that_stayed() {
    World::each(|world| {
        let [old, new] = twice(world);
        through_the_pages(world, [old, new], "Đã đối chiếu lý lịch gốc").unwrap();
        world.settle();
        let url = format!("/members/{new}");
        let moved = world.ask(Lang::Vi, &world.southerner(), "GET", &url, &[]);
        assert!(matches!(&moved, Ok(Reply::Redirect(to)) if *to == format!("/members/{old}")), "{moved:?}");
        let hidden = world.ask(Lang::Vi, &world.northerner(), "GET", &url, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}

#[test]
fn dpd_33_undoing_makes_both_records_exactly_what_they_were() {
    World::each(|world| {
        let [old, new] = twice(world);
        let before = [believed(world, old), believed(world, new)];
        through_the_pages(world, [old, new], "Đã đối chiếu lý lịch gốc").unwrap();
        world.settle();
        let list = world.page(&world.board(), "/quality/merges");
        assert!(list.contains("hoàn lại được đến"), "{list}");
        let merge = world.house.db.read(|tx| merge::merges_since(tx, Moment(0), 10)).unwrap().remove(0).merge_id;
        let url = format!("/quality/merges/{merge}");
        assert!(world.page(&world.board(), &url).contains("Đã đối chiếu lý lịch gốc"));
        let undo = format!("{url}/undoing");
        let refused = world.send(&world.board(), &undo, &[("reason", "")]).unwrap_err();
        assert!(refused.contains("ít nhất 5 chữ"), "{refused}");
        world.send(&world.board(), &undo, &[("reason", "Hai người khác nhau")]).unwrap();
        world.settle();
        assert_eq!([believed(world, old), believed(world, new)], before);
        assert!(world.page(&world.board(), &url).contains("Hai người khác nhau"));
        let again = world.ask(Lang::Vi, &world.board(), "POST", &undo, &[("reason", "Một lần nữa")]);
        assert!(matches!(again, Ok(Reply::Html { status: 409, .. })), "{again:?}");
        // And the other way round afterwards: nothing of the first time is in the way.
        through_the_pages(world, [new, old], "Đã đối chiếu lại").unwrap();
        assert_eq!(record(world, new).lines.postings.len(), 2);
    });
}

#[test]
fn a_merge_is_not_undone_when_a_record_was_changed_or_thirty_days_have_passed() {
    World::each(|world| {
        let undo = |merge| world.house.db.write(&world.board(), |op| merge::undo(op, merge, "Hai người khác nhau"));
        let key = |outcome: Result<(), Problem>| match outcome {
            Err(Problem::Refused(issues)) => issues[0].said.key,
            other => panic!("{other:?}"),
        };
        let [old, new] = twice(world);
        let order = order(world, [old, new], "Đã đối chiếu lý lịch gốc");
        let merge = world.house.db.write(&world.board(), |op| merge::merge(op, &order)).unwrap();
        world.settle();
        world.clock.set(TODAY.plus_days(31));
        assert_eq!(key(undo(merge)), "members-merge-too-late");
        world.clock.set(TODAY.plus_days(30));
        let set = |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::set_standing(op, old, 3, TODAY);
        world.house.db.write(&world.board(), set).unwrap();
        assert_eq!(key(undo(merge)), "members-merge-used");
    });
}

#[test]
fn of_two_people_who_merge_at_once_the_slower_one_sees_a_new_comparison() {
    World::each(|world| {
        let [old, new] = twice(world);
        let slow = order(world, [old, new], "Đã đối chiếu lý lịch gốc");
        let correct =
            |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::set_level(op, old, Field::Degree, 5, TODAY);
        world.house.db.write(&world.board(), correct).unwrap();
        let late = world.house.db.write(&world.board(), |op| merge::merge(op, &slow));
        assert!(matches!(late, Err(Problem::Conflict(_))), "{late:?}");
        let (kept, gone) = (old.to_string(), new.to_string());
        let form = [
            ("kept", kept.as_str()),
            ("gone", gone.as_str()),
            ("kept-mark", slow.kept.1.as_str()),
            ("gone-mark", slow.gone.1.as_str()),
            ("take-job-title", "gone"),
            ("step", "confirm"),
            ("reason", "Đã đối chiếu"),
        ];
        let page = world.ask(Lang::Vi, &world.board(), "POST", "/quality/merge", &form);
        let Ok(Reply::Html { status: 409, body }) = page else { panic!("{page:?}") };
        assert!(body.contains("name=\"take-job-title\" value=\"gone\" checked"), "choices stay: {body}");
        // Both from the same page: one wins, the other finds a record that belongs nowhere.
        let first = order(world, [old, new], "Đã đối chiếu lý lịch gốc");
        world.house.db.write(&world.board(), |op| merge::merge(op, &first)).unwrap();
        let second = world.house.db.write(&world.board(), |op| merge::merge(op, &first));
        assert!(matches!(second, Err(Problem::NotFound)), "{second:?}");
    });
}

#[test]
fn dpd_33_an_office_goes_along_with_a_merge_and_comes_back_when_it_is_undone() {
    World::each(|world| {
        let [old, new] = twice(world);
        let office = |person, role| NewOffice {
            unit: id(QUARTER_9),
            person,
            role,
            from: TODAY.plus_days(-30),
            to: chibo_kernel::Day::FOREVER,
            how: How::Elected,
            decision: String::new(),
        };
        // Both have one office in one unit, the record that goes another one besides.
        let all = [
            office(old, Role::BranchCommitteeMember),
            office(new, Role::BranchCommitteeMember),
            office(new, Role::Secretary),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            chibo_organisation::actions::load_offices(op, &all, now).map(drop)
        };
        world.house.db.write(&chibo_kernel::Viewer::program("test"), load).unwrap();
        let rows = chibo_organisation::capability().holds.first().unwrap().rows;
        let nobody = Id::from_bytes([9; 16]);
        let kept = |person| world.house.db.read(|tx| outlook(tx, rows, person, nobody)).unwrap()[0];
        let page = world.page(&world.board(), &format!("/quality/merge?one={old}&other={new}&keep={old}"));
        assert!(page.contains("Chuyển sang hồ sơ ở lại: Cấp ủy, chức vụ (1)"), "{page}");
        assert!(page.contains("vì hồ sơ ở lại đã có: Cấp ủy, chức vụ (1)"), "{page}");
        through_the_pages(world, [old, new], "Đã đối chiếu lý lịch gốc").unwrap();
        assert_eq!((kept(old), kept(new)), (2, 1), "nothing is lost");
        let merge = world.house.db.read(|tx| merge::merges_since(tx, Moment(0), 10)).unwrap().remove(0).merge_id;
        let url = format!("/quality/merges/{merge}");
        let page = world.page(&world.board(), &url);
        assert!(page.contains("Dữ liệu gắn với hồ sơ được gộp") && page.contains("Cấp ủy, chức vụ"), "{page}");
        assert!(page.contains("Dòng để lại là dòng mà hồ sơ ở lại đã có"), "{page}");
        // What is written after the merge stays with the record that stays.
        let later = [office(old, Role::Deputy)];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            chibo_organisation::actions::load_offices(op, &later, now).map(drop)
        };
        world.house.db.write(&chibo_kernel::Viewer::program("test"), load).unwrap();
        world.send(&world.board(), &format!("{url}/undoing"), &[("reason", "Hai người khác nhau")]).unwrap();
        assert_eq!((kept(old), kept(new)), (2, 2), "the member and the deputy here, both others there");
        assert_eq!((world.acts("quality-rows-moved").len(), world.acts("quality-rows-given-back").len()), (1, 1));
    });
}

#[test]
fn trf_05_a_record_that_is_held_under_a_source_of_both_does_not_go_into_the_other() {
    World::each(|world| {
        let [old, new] = twice(world);
        let write = |person, raised| {
            let program = chibo_kernel::Viewer::program("test");
            let turn = |op: &mut chibo_store::Op<'_, '_>| match raised {
                true => members::raise_hold(op, person, "case", (Ground::Inspection, "Đang kiểm tra")),
                false => members::lift_hold(op, person, "case", "Đã kết luận"),
            };
            world.house.db.write(&program, turn).unwrap();
        };
        write(new, true);
        write(old, true);
        write(old, false);
        let refused = through_the_pages(world, [old, new], "Đã đối chiếu lý lịch gốc").unwrap_err();
        assert!(refused.contains("đang bị giữ") && refused.contains("DPD-33"), "{refused}");
        assert_eq!(record(world, new).lines.postings.len(), 1, "nothing was written");
        write(new, false);
        through_the_pages(world, [old, new], "Đã đối chiếu lý lịch gốc").unwrap();
    });
}

#[test]
fn both_homes_must_be_ones_own() {
    World::each(|world| {
        let [old, new] = twice(world);
        let url = format!("/quality/merge?one={old}&other={new}");
        let hidden = world.ask(Lang::Vi, &world.northerner(), "GET", &url, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let order = Merging { chosen: Choices::new(), ..order(world, [old, new], "Đã đối chiếu") };
        let denied = world.house.db.write(&world.northerner(), |op| merge::merge(op, &order));
        assert!(matches!(denied, Err(Problem::NotFound | Problem::Denied)), "{denied:?}");
    });
}

#[test]
fn dpd_33_doubles_are_offered_in_groups_and_any_two_by_hand() {
    World::each(|world| {
        let [old, new] = twice(world);
        world.send(&world.board(), "/quality/runs", &[]).unwrap();
        world.work();
        let page = world.page(&world.board(), "/quality/doubles");
        assert!(page.contains("So sánh với Nguyễn Thị H"), "{page}");
        let found = world.page(&world.board(), "/quality/doubles?q=nguyen+thi+hoa");
        assert!(found.contains(&old.to_string()) && found.contains("name=\"who\""), "{found}");
        let url = format!("/quality/merge?who={old}&who={new}");
        assert!(world.page_in(Lang::En, &world.board(), &url).contains("Record that stays"));
        let one = world.ask(Lang::Vi, &world.board(), "GET", &format!("/quality/merge?who={old}"), &[]);
        assert!(matches!(one, Err(Problem::Refused(_))), "{one:?}");
        through_the_pages(world, [old, new], "Đã đối chiếu lý lịch gốc").unwrap();
        world.settle();
        assert!(world.page(&world.board(), "/quality/doubles").contains("Không có hồ sơ nghi trùng"));
        // The next run of the same day finds nothing of them, and trips over nothing.
        world.send(&world.board(), "/quality/runs", &[]).unwrap();
        world.work();
        assert!(world.page(&world.board(), "/quality/doubles").contains("Không có hồ sơ nghi trùng"));
    });
}

#[test]
fn dpd_33_two_people_of_one_name_and_birth_are_said_to_be_two_and_found_no_more() {
    World::each(|world| {
        let [old, new] = twice(world);
        let look = || {
            world.send(&world.board(), "/quality/runs", &[]).unwrap();
            world.work();
            world.page(&world.board(), "/quality/doubles")
        };
        assert!(look().contains("So sánh với"));
        let (kept, gone) = (old.to_string(), new.to_string());
        let form = [("kept", kept.as_str()), ("gone", gone.as_str()), ("reason", "x")];
        let refused = world.send(&world.board(), "/quality/apart", &form).unwrap_err();
        assert!(refused.contains("ít nhất 5 chữ") && refused.contains(">x</textarea>"), "{refused}");
        let form = [("kept", kept.as_str()), ("gone", gone.as_str()), ("reason", "Khác số định danh")];
        world.send(&world.board(), "/quality/apart", &form).unwrap();
        assert!(look().contains("Không có hồ sơ nghi trùng"));
        assert_eq!(world.acts("quality-found-apart").len(), 2, "one on each stream");
        let hidden = world.ask(Lang::Vi, &world.northerner(), "POST", "/quality/apart", &form);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}
