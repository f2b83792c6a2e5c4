//! A candidate's file: help, introducers, verification, papers; striking off, coming back; what is printed.

use chibo_kernel::Problem;
use chibo_web::Reply;
use chibo_web::duty::duties_of;
use chibo_web::words::Lang;

use crate::course::{answer, ask, enter, facts, help, introduce, prepare, recognition_papers, step};
use crate::world::{BRANCH, OTHER_BRANCH, SCHOOL, World, day, id};

#[test]
fn mem_04_mem_10_help_comes_before_the_file_and_introducers_are_official_members() {
    World::each(|world| {
        let at = enter(world);
        step(world, &at, 0, "listed", "05/01/2026", &[]).unwrap();
        step(world, &at, 1, "certified", "01/03/2026", &[]).unwrap();
        let alone = step(world, &at, 2, "opened", "01/06/2026", &[]).unwrap_err();
        assert!(alone.contains("Chưa phân công đảng viên chính thức"), "{alone}");
        let probationer = [("act", "assigned"), ("helper", "Võ Thị Giang"), ("on", "06/01/2026")];
        let refused = world.send(&world.secretary(BRANCH), &format!("{at}/help"), &probationer).unwrap_err();
        assert!(refused.contains("không phải đảng viên chính thức"), "{refused}");
        help(world, &at);
        assert!(world.page(&world.board(), &format!("{at}/help")).contains("Ngô Mai Chi"));
        step(world, &at, 2, "opened", "01/06/2026", &[]).unwrap();
        let short = [
            ("after", "3"),
            ("on", "02/06/2026"),
            ("first", "Trần Văn An"),
            ("first-since", "03/06/2025"),
            ("kind", "youth"),
            ("resolution", ""),
            ("resolution-on", "01/06/2026"),
        ];
        let refused = world.send(&world.secretary(BRANCH), &format!("{at}/introduction"), &short).unwrap_err();
        assert!(refused.contains("Chưa đủ 12 tháng") && refused.contains("Chưa có số nghị quyết"), "{refused}");
        assert!(refused.contains("Trần Văn An"), "what was typed stays");
        introduce(world, &at, 3).unwrap();
        let page = world.page(&world.board(), &format!("{at}/introduction"));
        assert!(page.contains("Trần Văn An") && page.contains("Lê Thị Bình"), "{page}");
        let other = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "GET", &format!("{at}/help"), &[]);
        assert!(matches!(other, Err(Problem::NotFound)), "{other:?}");
    });
}

#[test]
fn mem_14_mem_15_verified_waits_for_answers_and_late_ones_are_duties() {
    World::each(|world| {
        let at = enter(world);
        step(world, &at, 0, "listed", "05/01/2026", &[]).unwrap();
        step(world, &at, 1, "certified", "01/03/2026", &[]).unwrap();
        help(world, &at);
        step(world, &at, 2, "opened", "01/06/2026", &[]).unwrap();
        introduce(world, &at, 3).unwrap();
        let family = step(world, &at, 4, "verified", "03/06/2026", &[]).unwrap_err();
        assert!(family.contains("Chưa ghi tình trạng hôn nhân và con"), "{family}");
        facts(world, &at);
        let nobody = step(world, &at, 4, "verified", "03/06/2026", &[]).unwrap_err();
        assert!(nobody.contains("Chưa thẩm tra đủ"), "{nobody}");
        ask(world, &at, "self", "", "asked").unwrap();
        ask(world, &at, "father", "Đỗ Văn Ba", "declared").unwrap();
        ask(world, &at, "mother", "Lê Thị Tư", "declared").unwrap();
        let open = step(world, &at, 4, "verified", "03/06/2026", &[]).unwrap_err();
        assert!(open.contains("Còn 1 yêu cầu thẩm tra"), "{open}");
        let visit_as = world.secretary(BRANCH);
        let found = |what: &str| {
            let visit = world.visit(Lang::Vi, &visit_as, "/");
            duties_of(&visit).unwrap().iter().filter(|(source, _)| source.name == what).count()
        };
        assert_eq!(found("verification"), 1, "asked in June, late in November");
        let own = answer(world, &at, "1", "Đỗ Văn Ba").unwrap_err();
        assert!(own.contains("không được là người xin vào Đảng hoặc người thân"), "{own}");
        answer(world, &at, "1", "Nguyễn Văn Tám").unwrap();
        assert_eq!(found("verification"), 0);
        step(world, &at, 4, "verified", "03/06/2026", &[]).unwrap();
    });
}

#[test]
fn mem_13_what_is_missing_is_shown_beside_the_step() {
    World::each(|world| {
        let at = enter(world);
        prepare(world, &at);
        let page = world.page(&world.board(), &at);
        assert!(page.contains("1/6 giấy tờ") && page.contains("Đơn xin vào Đảng (1-KNĐ)"), "{page}");
        let form =
            [("paper", "1-knd"), ("paper", "2-knd"), ("there", "yes"), ("on", "01/06/2026"), ("note", "Bản chính")];
        world.send(&world.secretary(BRANCH), &format!("{at}/papers"), &form).unwrap();
        assert!(world.page(&world.board(), &at).contains("3/6 giấy tờ"));
        let gone = [("paper", "2-knd"), ("there", "no"), ("on", "02/06/2026")];
        world.send(&world.secretary(BRANCH), &format!("{at}/papers"), &gone).unwrap();
        assert!(world.page(&world.board(), &at).contains("2/6 giấy tờ"));
        let none = world.send(&world.secretary(BRANCH), &format!("{at}/papers"), &[("there", "yes")]).unwrap_err();
        assert!(none.contains("Chưa chọn giấy tờ"), "{none}");
    });
}

#[test]
fn mem_34_struck_off_the_member_has_left() {
    World::each(|world| {
        let at = format!("/development/probation/{}", world.giang);
        let why = [("yes", "3"), ("listed", "3"), ("note", "Vi phạm tư cách đảng viên")];
        let bare = step(world, &at, 0, "strike-branch-voted", "01/09/2026", &why[..2]).unwrap_err();
        assert!(bare.contains("Xóa tên phải có lý do"), "{bare}");
        step(world, &at, 0, "strike-branch-voted", "01/09/2026", &why).unwrap();
        let crossed = step(world, &at, 1, "branch-voted", "12/11/2026", &why).unwrap_err();
        assert!(crossed.contains("Bước này chưa làm được"), "{crossed}");
        step(world, &at, 1, "strike-committee-voted", "10/09/2026", &why).unwrap();
        step(world, &at, 2, "struck-off", "20/09/2026", &why).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("Đã ra khỏi Đảng") && page.contains("Quyết định xóa tên"), "{page}");
        let standings = world.house.db.read(|tx| chibo_members::standings_of(tx, world.giang)).unwrap();
        let last = standings.last().unwrap();
        assert_eq!((last.0, last.2), (day(2026, 9, 20), chibo_members::codes::Standing::Left));
    });
}

#[test]
fn x_11_after_the_third_failed_vote_the_case_goes_up() {
    World::each(|world| {
        let at = format!("/development/probation/{}", world.giang);
        recognition_papers(world, &at);
        let failed = [("yes", "1"), ("no", "2")];
        for after in 0..3 {
            step(world, &at, after, "branch-voted", "12/11/2026", &failed).unwrap();
        }
        let page = world.page(&world.board(), &at);
        assert!(page.matches("Đã 3 lần liên tiếp không đạt").count() == 1, "{page}");
        step(world, &at, 3, "committee-voted", "16/11/2026", &[("yes", "11"), ("listed", "15")]).unwrap();
        step(world, &at, 4, "recognised", "20/11/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        assert!(world.page(&world.board(), &at).contains("Không còn dự bị"));
    });
}

#[test]
fn mem_27_a_former_member_becomes_one_again_at_the_ceremony() {
    World::each(|world| {
        let at = enter(world);
        let form = [("former", "Hồ Văn Kha"), ("reason", "removed"), ("consent", "45-CV/TU")];
        let official = [("former", "Trần Văn An"), ("reason", "removed"), ("consent", "45-CV/TU")];
        let refused = world.send(&world.secretary(BRANCH), &format!("{at}/former"), &official).unwrap_err();
        assert!(refused.contains("chưa ra khỏi Đảng"), "{refused}");
        let bare = world.send(&world.secretary(BRANCH), &format!("{at}/former"), &form[..2]).unwrap_err();
        assert!(bare.contains("Chưa có số văn bản đồng ý"), "{bare}");
        for (reason, said) in [
            ("request", "không được xét kết nạp lại"),
            ("hardship", "Chưa có giấy xác nhận"),
            ("lesser-crime", "Chưa có ngày được xóa án tích"),
            ("", "Chưa chọn lý do ra khỏi Đảng"),
        ] {
            let barred = [form[0], ("reason", reason), form[2]];
            let refused = world.send(&world.secretary(BRANCH), &format!("{at}/former"), &barred).unwrap_err();
            assert!(refused.contains(said), "{reason}: {refused}");
        }
        world.send(&world.secretary(BRANCH), &format!("{at}/former"), &form).unwrap();
        assert!(world.page(&world.board(), &format!("{at}/former")).contains("Hồ Văn Kha"));
        prepare(world, &at);
        let carried = [("yes", "3")];
        step(world, &at, 6, "branch-voted", "08/09/2026", &carried).unwrap();
        step(world, &at, 7, "committee-voted", "20/09/2026", &[("yes", "10"), ("listed", "15")]).unwrap();
        step(world, &at, 8, "decided", "05/10/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        step(world, &at, 9, "admitted", "19/10/2026", &[]).unwrap();
        let standings = world.house.db.read(|tx| chibo_members::standings_of(tx, world.kha)).unwrap();
        let last = standings.last().unwrap();
        assert_eq!((last.0, last.2), (day(2026, 10, 19), chibo_members::codes::Standing::Probationary));
        let page = world.page(&world.board(), &at);
        assert!(page.contains(&format!("/members/{}", world.kha)), "{page}");
        assert!(world.acts("member-readmitted").len() == 1 && world.acts("member-entered").len() == 7);
    });
}

#[test]
fn papers_are_printed_for_one_and_for_many() {
    World::each(|world| {
        let at = enter(world);
        prepare(world, &at);
        step(world, &at, 6, "branch-voted", "08/09/2026", &[("yes", "3")]).unwrap();
        let who = at.rsplit('/').next().unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains(&format!("/development/print?kind=branch&#38;who={who}&#38;as=docx")), "{page}");
        for kind in ["applications", "branch", "base", "decision"] {
            let pdf = world.file(&world.board(), &format!("/development/print?kind={kind}&who={who}&as=pdf"));
            assert!(pdf.starts_with(b"%PDF"));
            let docx = world.file(&world.board(), &format!("/development/print?kind={kind}&as=docx"));
            assert!(docx.starts_with(b"PK"));
        }
        let giang = format!("/development/print?kind=recognition&who={}&as=pdf", world.giang);
        assert!(world.file(&world.board(), &giang).starts_with(b"%PDF"));
        assert!(world.acts("candidate-papers-printed").len() == 9);
        let hidden = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &giang, &[]);
        assert!(matches!(hidden, Err(Problem::Denied)), "no right to take papers out: {hidden:?}");
        let list = world.page(&world.board(), "/development/candidates");
        assert!(list.contains("name=\"who\"") && list.contains("action=\"/development/print\""), "{list}");
        let nobody = world.ask(Lang::Vi, &world.board(), "GET", "/development/print?kind=branch&q=khong-ai", &[]);
        assert!(matches!(nobody, Err(Problem::Refused(_))), "{nobody:?}");
    });
}

#[test]
fn every_page_reads_in_english_too() {
    World::each(|world| {
        let at = enter(world);
        prepare(world, &at);
        for page in ["", "/facts", "/help", "/introduction", "/checks", "/papers", "/move", "/former"] {
            world.page_in(Lang::En, &world.board(), &format!("{at}{page}"));
            world.page_in(Lang::En, &world.secretary(BRANCH), &format!("{at}{page}"));
        }
        let probation = format!("/development/probation/{}", world.giang);
        world.page_in(Lang::En, &world.secretary(BRANCH), &probation);
        world.page_in(Lang::En, &world.secretary(BRANCH), &format!("{probation}/papers"));
        for unit in [SCHOOL, BRANCH] {
            let monthly = format!("/development/monthly?unit={}", id(unit));
            world.page_in(Lang::En, &world.secretary(unit), &monthly);
        }
        let overview = world.page_in(Lang::En, &world.board(), "/development");
        assert!(overview.contains("How long open cases wait") && overview.contains("Admitted this year by sex"));
        let within = world.page_in(Lang::En, &world.board(), &format!("/development?unit={}", id(BRANCH)));
        assert!(within.contains("Admitted this year by setting"), "{within}");
        let ticked = [("paper", "10-knd"), ("there", "yes"), ("on", "20/11/2026")];
        let told = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &format!("{probation}/papers"), &ticked);
        assert!(matches!(told, Ok(Reply::Redirect(_))), "{told:?}");
        assert!(world.page(&world.secretary(BRANCH), &probation).contains("1/7 giấy tờ"));
    });
}

#[test]
fn a_spreadsheet_is_looked_at_before_anybody_is_entered() {
    World::each(|world| {
        let csv = "Họ và tên,Ngày sinh,Giới tính,Chi bộ giúp đỡ,Nguồn,Nơi làm việc\n\
                   Lý Thu Hà,03/02/2002,Nữ,Chi bộ Khoa Toán,Trường học,Khoa Toán\n\
                   Lý Thu Hà,03/02/2002,Nữ,Chi bộ Khoa Toán,Trường học,\n\
                   Hà,03/02/2024,Nữ,Chi bộ Không Có,Trường học,\n";
        let board = world.importer();
        let looked = match world.upload(&board, "/development/import", "quan-chung.csv", csv.as_bytes()) {
            Ok(Reply::Html { status: 200, body }) => body,
            other => panic!("{other:?}"),
        };
        assert!(!looked.contains('⟦'), "{looked}");
        for said in ["Lý Thu Hà", "Trùng trong tệp", "A4", "B4", "D4", "Ghi 1 người"] {
            assert!(looked.contains(said), "{said}: {looked}");
        }
        assert!(world.acts("candidate-entered").is_empty());
        let row = looked.split("name=\"row\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        world.send(&board, "/development/import/confirmation", &[("row", &row)]).unwrap();
        assert!(world.page(&board, "/development/candidates").contains("Lý Thu Hà"));
        let again = world.upload(&board, "/development/import", "quan-chung.csv", csv.as_bytes());
        assert!(matches!(again, Ok(Reply::Html { body, .. }) if !body.contains("Ghi 1 người")));
        let broken = world.send(&board, "/development/import/confirmation", &[("row", "x")]).unwrap_err();
        assert!(broken.contains("Không có ai để ghi"), "{broken}");
        let other = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", "/development/import/confirmation", &[]);
        assert!(matches!(other, Err(Problem::Denied)), "{other:?}");
        assert!(world.file(&board, "/development/template.xlsx").starts_with(b"PK"));
    });
}
