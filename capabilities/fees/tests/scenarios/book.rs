//! A branch collects, closes, corrects; arrears come and go.

use chibo_fees::actions::books::{Book, book, totals_of};
use chibo_fees::rules::{Month, State};
use chibo_kernel::{Day, Id, Person, Problem};
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, FAR_BRANCH, OTHER_BRANCH, World, id};

fn stored(world: &World, unit: u8, month: &str) -> Book {
    let (db, month) = (&world.house.db, Month::parse(month).unwrap());
    db.read(|tx| book(tx, db.keys(), &world.house.census, (id(unit), month), db.today())).unwrap()
}

fn signals(world: &World, on: Day) -> Vec<(Id<Person>, Day)> {
    let capability = chibo_fees::capability();
    let mut found = Vec::new();
    for source in &capability.signals {
        world
            .house
            .db
            .read(|tx| {
                (source.find)(tx, on, &mut |signal| {
                    assert_eq!(signal.rule, "SCR-02");
                    found.push((signal.person, signal.since));
                })
            })
            .unwrap();
    }
    found
}

#[test]
fn fee_07_one_form_says_that_all_have_paid_but_those_marked() {
    World::each(|world| {
        let page = world.page(&world.secretary(BRANCH), &format!("/fees/units/{}?month=2026-11", id(BRANCH)));
        assert!(page.contains("100.000") && page.contains("30.000") && page.contains("Miễn đóng"), "{page}");
        assert!(!page.contains("10.000.000") && !page.contains("6.000.000"), "no salary on the list");
        world.close(BRANCH, "2026-11", &[world.binh]);
        let book = stored(world, BRANCH, "2026-11");
        let totals = totals_of(book.row.as_ref().unwrap());
        assert_eq!((totals.members, totals.liable, totals.payers, totals.exempt), (3, 2, 1, 1));
        assert_eq!((totals.due, totals.collected, totals.silent()), (130_000, 100_000, 1));
        assert_eq!(totals.collected, book.lines.iter().map(|line| line.amount).sum::<i64>());
        assert_eq!(world.acts("fee-book").len(), 1);
    });
}

#[test]
fn fee_11_what_cannot_be_is_refused_and_nothing_typed_is_lost() {
    World::each(|world| {
        let amount = format!("amount-{}", world.an);
        let receipt = format!("receipt-{}", world.an);
        let base = [("seen", "0"), ("act", "keep"), (receipt.as_str(), "BL-77")];
        let with = |text: &str| {
            let form = [&base[..], &[(amount.as_str(), text)]].concat();
            world.book(BRANCH, "2026-11", &form).unwrap_err()
        };
        let page = with("-5");
        assert!(page.contains("không được âm") && page.contains("BL-77") && page.contains("FEE-07"), "{page}");
        assert!(with("50.000").contains("thấp hơn mức phải đóng 100.000"));
        assert!(
            with("năm trăm").contains("Không đọc được số tiền") || with("năm trăm").contains("không đọc được số tiền")
        );
        let page = with("1.000.001");
        assert!(page.contains("lớn hơn 10 lần") && page.contains("name=\"confirm\""), "{page}");
        let sure = [&base[..], &[(amount.as_str(), "1.000.001"), ("confirm", "yes")]].concat();
        world.book(BRANCH, "2026-11", &sure).unwrap();
        let stranger = world.dung.to_string();
        let page = world.book(BRANCH, "2026-10", &[("seen", "0"), ("act", "keep"), ("unpaid", &stranger)]).unwrap_err();
        assert!(page.contains("không thuộc chi bộ này"), "{page}");
        let nothing = world.book(BRANCH, "2026-10", &[("seen", "0")]).unwrap_err();
        assert!(nothing.contains("Chưa chọn ghi tạm hay chốt sổ"), "{nothing}");
        let ahead = world.ask(
            Lang::Vi,
            &world.secretary(BRANCH),
            "POST",
            &format!("/fees/units/{}?month=2026-12", id(BRANCH)),
            &base,
        );
        assert!(matches!(ahead, Err(Problem::Refused(_))), "{ahead:?}");
        let far = world.ask(
            Lang::Vi,
            &world.secretary(BRANCH),
            "GET",
            &format!("/fees/units/{}?month=2028-01", id(BRANCH)),
            &[],
        );
        assert!(matches!(far, Err(Problem::NotFound)), "{far:?}");
    });
}

#[test]
fn fee_11_a_closed_month_is_corrected_only_by_a_new_version_with_a_reason() {
    World::each(|world| {
        world.close(BRANCH, "2026-11", &[world.binh]);
        let again = world.book(BRANCH, "2026-11", &[("seen", "1"), ("act", "close")]).unwrap_err();
        assert!(again.contains("Sổ tháng này đã chốt") && again.contains("name=\"reason\""), "{again}");
        let why = [("seen", "1"), ("act", "close"), ("reason", "Bổ sung người nộp muộn")];
        world.book(BRANCH, "2026-11", &why).unwrap();
        let book = stored(world, BRANCH, "2026-11");
        assert_eq!((book.version(), book.closed()), (2, true));
        let page = world.page(&world.secretary(BRANCH), &format!("/fees/units/{}?month=2026-11", id(BRANCH)));
        assert!(page.contains("Bổ sung người nộp muộn") && page.contains("Các lần ghi sổ"), "{page}");
        // Somebody who saw the first version comes too late.
        let url = format!("/fees/units/{}?month=2026-11", id(BRANCH));
        match world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &url, &why) {
            Ok(Reply::Html { status: 409, body, .. }) => assert!(body.contains("Có người vừa ghi sổ này"), "{body}"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn fee_07_months_back_and_ahead_are_paid_in_one_book_and_not_asked_again() {
    World::each(|world| {
        world.close(BRANCH, "2026-09", &[world.binh]);
        let (back, ahead) = (format!("back-{}", world.binh), format!("ahead-{}", world.binh));
        let form = [("seen", "0"), ("act", "close"), (back.as_str(), "2026-09"), (ahead.as_str(), "2")];
        world.book(BRANCH, "2026-10", &form).unwrap();
        let book = stored(world, BRANCH, "2026-10");
        let totals = totals_of(book.row.as_ref().unwrap());
        assert_eq!((totals.collected, totals.back, totals.ahead), (100_000 + 4 * 30_000, 30_000, 60_000));
        let next = stored(world, BRANCH, "2026-11");
        let row = next.rows.iter().find(|row| row.expected.person == world.binh).unwrap();
        assert!(row.expected.before && row.expected.back.is_empty());
        world.close(BRANCH, "2026-11", &[]);
        let line = stored(world, BRANCH, "2026-11").lines.into_iter().find(|line| line.person == world.binh).unwrap();
        assert_eq!((line.state, line.amount), (State::Before, 0));
        let page = world.page(&world.secretary(BRANCH), &format!("/fees/members/{}", world.binh));
        assert!(page.contains("Đã đóng") && page.contains("sổ tháng 10/2026"), "{page}");
    });
}

#[test]
fn fee_08_three_months_without_reason_become_a_signal_and_paying_ends_it() {
    World::each(|world| {
        let today = world.house.db.today();
        for month in ["2026-03", "2026-06"] {
            world.close(BRANCH, month, &[world.an]);
        }
        assert_eq!(signals(world, today), []);
        world.close(BRANCH, "2026-08", &[world.an]);
        assert_eq!(signals(world, today), [(world.an, Day::from_ymd(2026, 8, 31).unwrap())]);
        assert_eq!(signals(world, today.plus_months(12)), [], "another calendar year");
        let arrears = world.page(&world.secretary(BRANCH), "/fees/arrears");
        assert!(arrears.contains("Trần Văn An") && arrears.contains("03/2026, 06/2026, 08/2026"), "{arrears}");
        assert!(!world.page(&world.secretary(FAR_BRANCH), "/fees/arrears").contains("Trần Văn An"));
        let duties = chibo_web::duty::duties_of(&world.house_visit(BRANCH)).unwrap();
        assert!(duties.iter().any(|(_, duty)| duty.rule == "FEE-08" && duty.unit == id(BRANCH)));
        let back = format!("back-{}", world.an);
        world.book(BRANCH, "2026-11", &[("seen", "0"), ("act", "close"), (&back, "2026-06")]).unwrap();
        assert_eq!(signals(world, today), []);
        assert!(world.file(&world.board(), "/fees/arrears/export.xlsx").starts_with(b"PK"));
    });
}

#[test]
fn exi_10_a_reason_keeps_a_month_out_of_the_alert() {
    World::each(|world| {
        let reason = format!("reason-{}", world.an);
        let an = world.an.to_string();
        for month in ["2026-03", "2026-06", "2026-08"] {
            let form = [("seen", "0"), ("act", "close"), ("unpaid", an.as_str()), (reason.as_str(), "ill")];
            world.book(BRANCH, month, &form).unwrap();
        }
        assert_eq!(signals(world, world.house.db.today()), []);
        assert!(world.page(&world.secretary(BRANCH), "/fees/arrears").contains("03/2026, 06/2026, 08/2026"));
    });
}

#[test]
fn dpd_05_the_base_is_shown_only_on_its_form_and_the_log_says_so() {
    World::each(|world| {
        let secretary = world.secretary(BRANCH);
        let page = world.page(&secretary, &format!("/fees/members/{}", world.an));
        assert!(page.contains("100.000") && !page.contains("10.000.000"), "{page}");
        assert!(world.acts("fee-base").is_empty());
        let form = world.page(&secretary, &format!("/fees/members/{}/category", world.an));
        assert!(form.contains("10.000.000"), "{form}");
        assert_eq!(world.acts("fee-base"), ["fee-base-read"]);
        let url = format!("/fees/members/{}/category", world.an);
        let none =
            world.send(&secretary, &url, &[("category", "3"), ("region", "1"), ("from", "11/2026")]).unwrap_err();
        assert!(none.contains("Nhập số tiền một tháng"), "{none}");
        let form = [("category", "1"), ("region", "1"), ("from", "11/2026"), ("base", "12.000.000")];
        world.send(&secretary, &url, &form).unwrap();
        assert!(world.page(&secretary, &format!("/fees/members/{}", world.an)).contains("120.000"));
        let stranger = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "GET", &url, &[]);
        assert!(matches!(stranger, Err(Problem::NotFound)), "{stranger:?}");
    });
}

#[test]
fn fee_06_fifty_years_of_party_age_need_no_category_and_many_are_classified_at_once() {
    World::each(|world| {
        let url = format!("/fees/units/{}/categories", id(BRANCH));
        assert!(world.page(&world.secretary(BRANCH), &url).contains("Ngô Thị Cúc"));
        let (category, region) = (format!("category-{}", world.binh), format!("region-{}", world.binh));
        let bad = [("from", "11/2026"), (category.as_str(), "7"), (region.as_str(), "1")];
        let page = world.send(&world.secretary(BRANCH), &url, &bad).unwrap_err();
        assert!(page.contains("Chưa chọn lý do miễn đóng"), "{page}");
        let ground = format!("ground-{}", world.binh);
        world.send(&world.secretary(BRANCH), &url, &[&bad[..], &[(&ground, "poor")]].concat()).unwrap();
        let book = stored(world, BRANCH, "2026-11");
        assert_eq!(book.rows.iter().filter(|row| row.expected.exempt).count(), 2);
        assert_eq!(book.rows.iter().find(|row| row.expected.person == world.cuc).unwrap().category, None);
    });
}

#[test]
fn fee_11_the_statement_is_printed_and_absent_for_strangers() {
    World::each(|world| {
        world.close(BRANCH, "2026-11", &[]);
        let place = format!("/fees/units/{}/statement", id(BRANCH));
        let secretary = world.secretary(BRANCH);
        assert!(world.file(&secretary, &format!("{place}.pdf?month=2026-11")).starts_with(b"%PDF"));
        assert!(world.file(&secretary, &format!("{place}.docx?month=2026-11")).starts_with(b"PK"));
        assert!(world.file(&secretary, &format!("{place}.xlsx?month=2026-11")).starts_with(b"PK"));
        let stranger = world.secretary(FAR_BRANCH);
        for url in
            [format!("{place}.pdf"), format!("/fees/units/{}", id(BRANCH)), format!("/fees/members/{}", world.an)]
        {
            let hidden = world.ask(Lang::Vi, &stranger, "GET", &url, &[]);
            assert!(matches!(hidden, Err(Problem::NotFound)), "{url}: {hidden:?}");
        }
    });
}
