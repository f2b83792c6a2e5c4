//! One subject from its self-review to the end, and everything that is refused on the way.

use chibo_kernel::Problem;
use chibo_web::duties_of;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER_BRANCH, READER, VOTE, World, day, id};

#[test]
fn eval_02_new_members_are_listed_with_the_reason_and_everybody_else_is_a_subject() {
    World::each(|world| {
        let at = world.campaign();
        let page = world.page(&world.ward(), &format!("{at}/subjects"));
        assert!(page.contains("Lê Thị Mai") && page.contains("kết nạp chưa đủ 6 tháng"), "{page}");
        assert!(page.contains("Trần Văn Lâm") && page.contains("Chi bộ, chi ủy") && page.contains("Tập thể cấp ủy"));
        assert!(!page.contains("Phạm Văn Xuân"), "another ward: {page}");
        assert_eq!(world.subjects(&at, "?state=draft").len(), 12);
        assert_eq!(world.acts("evaluate-").len(), 1);
    });
}

#[test]
fn eval_01_eval_06_a_campaign_has_its_kind_its_days_and_stands_once() {
    World::each(|world| {
        let late = world.opened(&[("decide", "15/01/2027")]).unwrap_err();
        assert!(late.contains("EVAL-06") && late.contains("31 tháng 12"), "{late}");
        let old = world.opened(&[("year", "2024"), ("kind", "quarter"), ("quarter", "1"), ("opens", "01/11/2024")]);
        assert!(old.unwrap_err().contains("EVAL-01"));
        world.campaign();
        assert!(world.opened(&[]).unwrap_err().contains("đã có đợt cùng kỳ"));
        world.opened(&[("kind", "quarter"), ("quarter", "3")]).unwrap();
        let english = world.page_in(Lang::En, &world.ward(), "/evaluation");
        assert!(english.contains("Evaluation of quarter 3, 2026"), "{english}");
    });
}

#[test]
fn eval_30_a_member_goes_all_the_way_and_the_verdict_explains_itself() {
    World::each(|world| {
        world.campaign();
        let at = world.subject_of(world.members[0]);
        world.appraised(&at, "good");
        let page = world.page(&world.ward(), &at);
        assert!(page.contains("Tổng 100 điểm") && page.contains("EVAL-20"), "{page}");
        assert!(page.contains("10 người có quyền, 10 phiếu: xuất sắc 6"), "{page}");
        world.step(&world.ward(), &at, "appraised", "decision", &[("class", "good")]).unwrap();
        world.step(&world.ward(), &at, "decided", "notice", &[]).unwrap();
        let silent = world.step(&world.secretary(), &at, "notified", "complaint", &[]).unwrap_err();
        assert!(silent.contains("EVAL-32"), "{silent}");
        world.step(&world.secretary(), &at, "notified", "complaint", &[("reason", "Xin xem lại")]).unwrap();
        let answer = world.step(&world.ward(), &at, "complaint", "answer", &[("class", "good")]);
        answer.unwrap();
        let years = world.page(&world.secretary(), &format!("/evaluation/members/{}", world.members[0]));
        assert!(years.contains("Hoàn thành tốt nhiệm vụ") && years.contains("EVAL-21@2025-08-30"), "{years}");
        for page in [at.clone(), "/evaluation".to_owned(), "/evaluation/campaigns/new".to_owned()] {
            world.page_in(Lang::En, &world.ward(), &page);
        }
        world.page(&world.ward(), &format!("/evaluation/units/{}", id(BRANCH)));
    });
}

#[test]
fn eval_31_votes_that_do_not_add_up_and_steps_of_the_wrong_level_are_refused() {
    World::each(|world| {
        world.campaign();
        let at = world.subject_of(world.members[0]);
        let secretary = world.secretary();
        world.reviewed(&secretary, &at, ("draft", "self-review"), &[("class", "good")]).unwrap();
        world.step(&secretary, &at, "self-submitted", "opinion", &[]).unwrap();
        world.step(&secretary, &at, "opinions", "meeting", &[]).unwrap();
        let mut wrong = VOTE.to_vec();
        wrong[1] = ("ballots", "9");
        let refused = world.step(&secretary, &at, "meeting", "vote", &wrong).unwrap_err();
        assert!(refused.contains("EVAL-31") && refused.contains("được 10, khác số phiếu thu về 9"), "{refused}");
        world.step(&secretary, &at, "meeting", "vote", VOTE).unwrap();
        let form =
            [("after", "voted"), ("step", "appraisal"), ("on", "22/11/2026"), ("number", "1"), ("class", "good")];
        let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let more = crate::world::review(&[]);
        let all: Vec<(&str, &str)> =
            form.iter().chain(&more).map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let below = world.ask(Lang::Vi, &secretary, "POST", &format!("{at}/steps"), &all);
        let Err(Problem::Refused(issues)) = below else { panic!("{below:?}") };
        assert_eq!(issues[0].rule, Some("EVAL-31"));
        let own = world.person(1, id(crate::world::WARD), crate::world::EDIT);
        let own = world.reviewed(&own, &at, ("voted", "appraisal"), &[("class", "good")]).unwrap_err();
        assert!(own.contains("Người gửi bản tự kiểm điểm"), "{own}");
        let again = world.ask(Lang::Vi, &world.ward(), "POST", &format!("{at}/steps"), &{
            let mut late = all.clone();
            late[0] = ("after", "draft");
            late
        });
        assert!(matches!(again, Ok(chibo_web::Reply::Html { status: 409, .. })), "{again:?}");
    });
}

#[test]
fn eval_10_eval_23_points_over_the_maximum_and_a_class_outside_the_band_are_refused() {
    World::each(|world| {
        world.campaign();
        let at = world.subject_of(world.members[0]);
        let over = [("class", "good"), ("score.politics", "6,01")];
        let over = world.reviewed(&world.secretary(), &at, ("draft", "self-review"), &over).unwrap_err();
        assert!(over.contains("EVAL-10") && over.contains("mức tối đa 6"), "{over}");
        let parts = [("class", "good"), ("fact.done", "11")];
        assert!(world.reviewed(&world.secretary(), &at, ("draft", "self-review"), &parts).is_err());
        world.appraised(&at, "good");
        let bad = world.subject_of(world.members[1]);
        world.reviewed(&world.secretary(), &bad, ("draft", "self-review"), &[("class", "good")]).unwrap();
        world.step(&world.secretary(), &bad, "self-submitted", "opinion", &[]).unwrap();
        world.step(&world.secretary(), &bad, "opinions", "meeting", &[]).unwrap();
        world.step(&world.secretary(), &bad, "meeting", "vote", VOTE).unwrap();
        let disciplined = [("class", "good"), ("fact.disciplined", "1")];
        let outside = world.reviewed(&world.ward(), &bad, ("voted", "appraisal"), &disciplined).unwrap_err();
        assert!(outside.contains("EVAL-23") && outside.contains("cao hơn mức"), "{outside}");
        let reasoned = [("class", "good"), ("fact.disciplined", "1"), ("reason", "Đã xoá kỷ luật")];
        world.reviewed(&world.ward(), &bad, ("voted", "appraisal"), &reasoned).unwrap();
        let decided = [("class", "good"), ("reason", "Đã xoá kỷ luật")];
        world.step(&world.ward(), &bad, "appraised", "decision", &decided).unwrap();
        assert!(world.page(&world.ward(), &bad).contains("Xếp cao hơn mức theo quy định"));
    });
}

#[test]
fn eval_33_faults_have_an_owner_and_a_deadline_and_what_if_writes_nothing() {
    World::each(|world| {
        world.campaign();
        let at = world.subject_of(world.members[0]);
        let secretary = world.secretary();
        let past = [("item", "Họp muộn"), ("owner", ""), ("due", "01/11/2026")];
        let refused = world.send(&secretary, &format!("{at}/fixes"), &past).unwrap_err();
        assert!(refused.contains("EVAL-33") && refused.contains("người chịu trách nhiệm"), "{refused}");
        let item = [("item", "Họp muộn"), ("owner", "Trần Văn An"), ("due", "31/12/2026")];
        world.send(&secretary, &format!("{at}/fixes"), &item).unwrap();
        let visit = world.visit(Lang::Vi, &secretary, "/today");
        let said: Vec<_> = duties_of(&visit).unwrap().iter().map(|(_, duty)| visit.w.said(&duty.said)).collect();
        assert!(said.contains(&"Khắc phục: Họp muộn".to_owned()), "{said:?}");
        assert!(said.iter().any(|one| one.contains("tự kiểm điểm chưa nộp")), "{said:?}");
        world.send(&secretary, &format!("{at}/corrections"), &[("seq", "1")]).unwrap();
        assert!(world.page(&secretary, &at).contains("Khắc phục ngày"));
        let form = crate::world::review(&[("fact.disciplined", "1")]);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let acts = world.acts("evaluate-").len();
        let so = world.ask(Lang::Vi, &secretary, "POST", &format!("{at}/what-if"), &form).unwrap();
        let chibo_web::Reply::Html { status: 200, body } = so else { panic!("{so:?}") };
        assert!(body.contains("EVAL-25") && body.contains("Bị kỷ luật trong kỳ"), "{body}");
        assert_eq!(world.acts("evaluate-").len(), acts);
    });
}

#[test]
fn a_neighbour_and_a_reader_see_nothing_of_it() {
    World::each(|world| {
        let at = world.campaign();
        let subject = world.subject_of(world.members[0]);
        let stranger = world.person(3, id(OTHER_BRANCH), crate::world::EDIT);
        let reader = world.person(4, id(BRANCH), READER);
        let person = format!("/evaluation/members/{}", world.members[0]);
        for page in [at.clone(), format!("{at}/subjects"), subject, person] {
            let hidden = world.ask(Lang::Vi, &stranger, "GET", &page, &[]);
            assert!(matches!(hidden, Err(Problem::NotFound)), "{page}: {hidden:?}");
            let denied = world.ask(Lang::Vi, &reader, "GET", &page, &[]);
            assert!(matches!(denied, Err(Problem::Denied)), "{page}: {denied:?}");
        }
        assert!(world.page(&stranger, "/evaluation").contains("Chưa có đợt"));
        let branch = world.page(&world.secretary(), &format!("{at}/subjects"));
        assert!(branch.contains("Trần Văn An") && !branch.contains("Tập thể cấp ủy"), "{branch}");
    });
}

#[test]
fn scr_05_two_failed_years_are_a_signal_and_a_better_one_ends_it() {
    World::each(|world| {
        let person = world.members[0];
        let year = |year: i32, class: &str| {
            world.clock.set(day(year, 12, 10));
            let (y, opens) = (year.to_string(), format!("01/11/{year}"));
            let (by, decide) = (format!("20/11/{year}"), format!("20/12/{year}"));
            world.opened(&[("year", &y), ("opens", &opens), ("self", &by), ("decide", &decide)]).unwrap();
            let at = world.subject_of(person);
            let facts = if class == "failed" { "1" } else { "0" };
            let on = format!("05/12/{year}");
            let step = |who: &chibo_kernel::Viewer, seen: &str, step: &str, more: &[(&str, &str)]| {
                let form = crate::world::review(&[&[("fact.disciplined", facts), ("on", on.as_str())], more].concat());
                let mut all = vec![("after", seen), ("step", step), ("number", "1")];
                all.extend(form.iter().map(|(name, value)| (name.as_str(), value.as_str())));
                world.send(who, &format!("{at}/steps"), &all).unwrap();
            };
            let (secretary, ward) = (world.secretary(), world.ward());
            step(&secretary, "draft", "self-review", &[("class", class)]);
            step(&secretary, "self-submitted", "opinion", &[]);
            step(&secretary, "opinions", "meeting", &[]);
            step(&secretary, "meeting", "vote", VOTE);
            step(&ward, "voted", "appraisal", &[("class", class)]);
            step(&ward, "appraised", "decision", &[("class", class)]);
        };
        let signals = || {
            let source = world.house.capabilities.iter().flat_map(|one| one.signals.clone()).next().unwrap();
            let mut found = Vec::new();
            let today = world.clock.today();
            world
                .house
                .db
                .read(|tx| (source.find)(tx, today, &mut |signal| found.push((signal.person, signal.rule))))
                .unwrap();
            found
        };
        year(2025, "failed");
        assert!(signals().is_empty());
        year(2026, "failed");
        assert_eq!(signals(), [(person, "SCR-05")]);
        year(2027, "good");
        assert!(signals().is_empty());
    });
}

#[test]
fn eval_11_more_done_than_there_were_tasks_is_refused() {
    World::each(|world| {
        world.campaign();
        let at = world.subject_of(world.members[0]);
        for wrong in [("fact.done", "11"), ("fact.late", "11"), ("fact.above", "11")] {
            let refused =
                world.reviewed(&world.secretary(), &at, ("draft", "self-review"), &[("class", "good"), wrong]);
            assert!(refused.unwrap_err().contains("EVAL-11"), "{wrong:?}");
        }
        world.reviewed(&world.secretary(), &at, ("draft", "self-review"), &[("class", "good")]).unwrap();
    });
}
