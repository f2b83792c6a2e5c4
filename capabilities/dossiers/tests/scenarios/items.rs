//! Items of the sheet: added, corrected with consent, opened field by field, printed.

use chibo_dossiers::rules::parts::Part;
use chibo_kernel::{Id, Person, Problem};
use chibo_store::audit;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER, READER, WARD, World, between, dossier, id};

fn at(person: Id<Person>) -> String {
    dossier(person, "/items")
}

/// Item and version of the first row of a part, as its form carries them.
fn form_of(world: &World, person: Id<Person>, part: &str) -> (String, String) {
    let page = world.page(&world.keeper(), &dossier(person, ""));
    let link = format!("/items?part={part}&amp;item=");
    let item = between(&page, &link, "\"").to_owned();
    let form = world.page(&world.keeper(), &dossier(person, &format!("/items?part={part}&item={item}")));
    (item, between(&form, "name=\"seen\" value=\"", "\"").to_owned())
}

#[test]
fn a_row_that_holds_until_the_next_ends_where_the_next_begins() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let live = |from: &str, what: &str| {
            let form = [("part", "occupation"), ("from", from), ("occupation", what)];
            world.send(&who, &at(world.an), &form)
        };
        live("01/01/2000", "Thợ điện").unwrap();
        live("01/01/2015", "Giáo viên").unwrap();
        let page = world.page(&who, &dossier(world.an, ""));
        assert!(page.contains("01/01/2000 – 31/12/2014") && page.contains("từ 01/01/2015"), "{page}");
        let twice = live("01/01/2015", "Nông dân").unwrap_err();
        assert!(twice.contains("Đã có một dòng") && twice.contains("value=\"Nông dân\""), "{twice}");
        let late = live("01/01/2030", "").unwrap_err();
        assert!(late.contains("chưa tới") && late.contains("Chưa điền"), "{late}");
        assert!(world.page_in(Lang::En, &who, &dossier(world.an, "")).contains("since 01/01/2015"));
    });
}

#[test]
fn dos_01_a_correction_needs_consent_and_what_was_there_before_is_kept() {
    World::each(|world| {
        world.fill(world.an, Part::of("work").unwrap(), |field| format!("Cũ {field}"));
        let (item, seen) = form_of(world, world.an, "work");
        let who = world.secretary(BRANCH);
        let correct = |seen: &str, consent: &str, to: &str, what: &str| {
            let form = [
                ("part", "work"),
                ("item", item.as_str()),
                ("seen", seen),
                ("from", "03/02/2001"),
                ("to", to),
                ("what", what),
                ("where", "Cũ where"),
                ("consent", consent),
            ];
            world.ask(Lang::Vi, &who, "POST", &at(world.an), &form)
        };
        match correct(&seen, "", "", "Mới") {
            Ok(Reply::Html { status: 422, body }) => {
                assert!(body.contains("văn bản đồng ý") && body.contains("DOS-01") && body.contains("Mới"), "{body}");
            }
            other => panic!("{other:?}"),
        }
        // Saying that it ended is no correction.
        assert!(matches!(correct(&seen, "", "31/12/2019", "Cũ what"), Ok(Reply::Redirect(_))));
        match correct(&seen, "12-CV/ĐU", "", "Mới") {
            Ok(Reply::Html { status: 409, body }) => assert!(body.contains("Có người vừa sửa"), "{body}"),
            other => panic!("{other:?}"),
        }
        let (_, seen) = form_of(world, world.an, "work");
        assert!(matches!(correct(&seen, "12-CV/ĐU", "31/12/2019", "Mới"), Ok(Reply::Redirect(_))));
        let page = world.page(&who, &dossier(world.an, ""));
        assert!(page.contains("Mới") && !page.contains("Cũ what"), "{page}");
        let log = world.house.db.read(|tx| audit::of_stream(tx, world.an.bytes(), 9)).unwrap();
        assert!(log[0].action == "dossier-item-corrected" && log[0].detail.contains("12-CV/ĐU"), "{log:?}");
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn dos_01_a_row_written_by_mistake_is_taken_out_with_consent_only() {
    World::each(|world| {
        world.fill(world.an, Part::of("title").unwrap(), |field| format!("Nhầm {field}"));
        let (item, seen) = form_of(world, world.an, "title");
        let form = |consent: &'static str| {
            let form =
                [("part", "title"), ("item", item.as_str()), ("seen", &seen), ("retract", "yes"), ("consent", consent)];
            world.send(&world.keeper(), &at(world.an), &form)
        };
        assert!(form("").unwrap_err().contains("DOS-01"));
        form("15-CV/ĐU").unwrap();
        assert!(!world.page(&world.keeper(), &dossier(world.an, "")).contains("Nhầm"));
    });
}

#[test]
fn dpd_05_one_field_is_opened_with_a_reason_once_and_the_field_is_in_the_log() {
    World::each(|world| {
        world.fill(world.an, Part::of("family").unwrap(), |field| format!("Kín {field}"));
        let keeper = world.keeper();
        let page = world.page(&keeper, &dossier(world.an, ""));
        assert!(page.contains("••••••") && !page.contains("Kín"), "{page}");
        let item = between(&page, "/revelation?item=", "&amp;").to_owned();
        let form = world.page(&keeper, &dossier(world.an, &format!("/revelation?item={item}&field=address")));
        assert!(form.contains("Địa chỉ") && !form.contains("Kín"), "{form}");
        let secretary = world.secretary(BRANCH);
        let open = |who, field: &str, reason: &str| {
            let form = [("item", item.as_str()), ("field", field), ("reason", reason)];
            world.ask(Lang::Vi, who, "POST", &dossier(world.an, "/revelation"), &form)
        };
        match open(&keeper, "address", "x") {
            Ok(Reply::Html { status: 422, body }) => assert!(body.contains("nêu rõ lý do") && !body.contains("Kín")),
            other => panic!("{other:?}"),
        }
        match open(&keeper, "address", "Thẩm tra lý lịch con") {
            Ok(Reply::Html { status: 200, body }) => {
                assert!(body.contains("Kín address") && !body.contains("Kín name"), "one field and no other: {body}");
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(open(&secretary, "address", "Thẩm tra"), Err(Problem::Denied)));
        assert!(matches!(open(&keeper, "relation", "Thẩm tra"), Err(Problem::NotFound)), "not a secret field");
        let log = world.house.db.read(|tx| audit::of_stream(tx, world.an.bytes(), 9)).unwrap();
        let opened: Vec<_> = log.iter().filter(|row| row.action == "dossier-secret-revealed").collect();
        assert_eq!(opened.len(), 1);
        assert!(opened[0].detail.contains("\"field\":\"address\"") && !opened[0].detail.contains("Kín"));
    });
}

#[test]
fn the_sheet_is_printed_masked_or_open_with_a_reason_and_one_entry_names_the_fields() {
    World::each(|world| {
        world.fill_all(world.an, |part, field| format!("In {part} {field}"));
        let keeper = world.keeper();
        let print = |form: &[(&str, &str)]| world.ask(Lang::Vi, &keeper, "POST", &dossier(world.an, "/sheet"), form);
        let text = |reply| match reply {
            Ok(Reply::File { body, .. }) => crate::canary::unpacked(&body),
            other => panic!("{other:?}"),
        };
        let masked = text(print(&[("format", "docx")]));
        assert!(masked.contains("Mẫu 2-HSĐV") && masked.contains("In work what") && !masked.contains("In family"));
        for item in 1..=30 {
            assert!(masked.contains(&format!("{item}. ")), "item {item} of the sheet");
        }
        match print(&[("format", "docx"), ("open", "yes")]) {
            Ok(Reply::Html { status: 422, body }) => assert!(body.contains("nêu rõ lý do"), "{body}"),
            other => panic!("{other:?}"),
        }
        let open = text(print(&[("format", "docx"), ("open", "yes"), ("reason", "Chuyển hồ sơ")]));
        assert!(open.contains("In family name") && open.contains("In discipline ground"));
        let log = world.house.db.read(|tx| audit::of_stream(tx, world.an.bytes(), 9)).unwrap();
        let opened = log.iter().find(|row| row.action == "dossier-sheet-opened").unwrap();
        assert!(opened.detail.contains("family.name") && opened.detail.contains("economy.income"), "{}", opened.detail);
        assert!(!opened.detail.contains("In family"));
        assert!(matches!(print(&[("format", "pdf")]), Ok(Reply::File { body, .. }) if body.starts_with(b"%PDF")));
    });
}

#[test]
fn no_page_names_two_things_alike() {
    World::each(|world| {
        world.fill_all(world.an, |part, field| format!("{part} {field}"));
        let keeper = world.keeper();
        for below in ["", "?show=papers", "?show=more", "/items?part=family", "/papers?code=van-bang&slot=1", "/sheet"]
        {
            let page = world.page(&keeper, &dossier(world.an, below));
            let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            ids.sort_unstable();
            let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
            assert_eq!(twice, Vec::<&str>::new(), "{below}");
        }
    });
}

#[test]
fn a_dossier_out_of_sight_is_like_absent_and_a_reader_changes_nothing() {
    World::each(|world| {
        let other = world.secretary(OTHER);
        for below in ["", "?show=papers", "/items?part=work", "/photo", "/papers?code=don"] {
            let hidden = world.ask(Lang::Vi, &other, "GET", &dossier(world.an, below), &[]);
            assert!(matches!(hidden, Err(Problem::NotFound)), "{below}: {hidden:?}");
        }
        let reader = world.person(3, id(WARD), READER);
        let page = world.page(&reader, &dossier(world.an, ""));
        assert!(!page.contains("/items?part=") && !page.contains("/revelation"), "{page}");
        let write = world.ask(Lang::Vi, &reader, "POST", &at(world.an), &[("part", "work")]);
        assert!(matches!(write, Err(Problem::Denied)), "{write:?}");
    });
}

#[test]
fn exi_16_a_name_changes_with_paper_and_decision_and_the_old_one_is_kept() {
    World::each(|world| {
        let keeper = world.keeper();
        let rename = |paper: &'static str, decision: &'static str| {
            let form = [
                ("seen", "Trần Văn An"),
                ("name", "Trần Thiện An"),
                ("paper", paper),
                ("decision", decision),
                ("decided", "20/11/2026"),
            ];
            world.ask(Lang::Vi, &keeper, "POST", &dossier(world.an, "/name"), &form)
        };
        match rename("", "") {
            Ok(Reply::Html { status: 422, body }) => {
                assert!(body.contains("giấy tờ hộ tịch") && body.contains("EXI-16") && body.contains("Trần Thiện An"));
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(rename("Trích lục 11/TL", "15-QĐ/ĐU"), Ok(Reply::Redirect(_))));
        let page = world.page(&keeper, &dossier(world.an, "?show=more"));
        assert!(page.contains("Hồ sơ của Trần Thiện An") || page.contains("Trần Thiện An"), "{page}");
        assert!(page.contains("Trần Văn An") && page.contains("15-QĐ/ĐU") && page.contains("Trích lục 11/TL"));
        match rename("Trích lục 11/TL", "15-QĐ/ĐU") {
            Ok(Reply::Html { status: 409, .. }) => {}
            other => panic!("the name was changed meanwhile: {other:?}"),
        }
        assert_eq!(world.acts("member-renamed").len(), 1);
    });
}
