use super::*;
use crate::rules::Vote;

fn day(year: i32, month: u8, day: u8) -> Option<Day> {
    Day::from_ymd(year, month, day)
}

fn case() -> Case {
    let vote = Vote { yes: 7, base: 9, form: Some(VotingForm::SecretBallot), ..Vote::default() };
    Case {
        name: "Đỗ Minh Hạnh".to_owned(),
        birth: "02/09/2001".to_owned(),
        branch: "Chi bộ Khoa Toán".to_owned(),
        base: "Đảng bộ Đại học".to_owned(),
        upper: "Đảng bộ Thành phố".to_owned(),
        voted: Taken { number: "12-NQ/CB".to_owned(), on: day(2026, 9, 8), vote },
        ..Case::default()
    }
}

fn text(document: &Document) -> String {
    format!("{:?}", document.blocks)
}

fn signature(document: Document) -> Signature {
    let Closing::Signed { signature, .. } = document.closing else { panic!("signed") };
    signature
}

#[test]
fn mem_18_the_resolution_states_the_count_and_the_form_of_the_vote() {
    let document = branch_resolution(&case());
    assert_eq!(document.heading.form, "Mẫu 6-KNĐ");
    assert_eq!(document.heading.number, "Số 12-NQ/CB");
    let text = text(&document);
    assert!(text.contains("7/9 đảng viên chính thức") && text.contains("bỏ phiếu kín"), "{text}");
    assert!(text.contains("Không tán thành: 2"), "{text}");
    let base = branch_resolution(&Case { base_branch: true, ..case() });
    assert_eq!(base.heading.form, "Mẫu 8C-KNĐ");
}

#[test]
fn mem_20_the_body_that_decides_signs() {
    let signs = |body| {
        let decided = Taken { vote: Vote { body, ..Vote::default() }, ..Taken::default() };
        signature(decision(&Case { decided, ..case() })).on_behalf
    };
    assert_eq!(signs(Some(Body::BaseStanding)), "T/M BAN THƯỜNG VỤ");
    assert_eq!(signs(Some(Body::AuthorisedBase)), "T/M ĐẢNG ỦY");
    assert_eq!(decider(&case()).name, "Ban Thường vụ Đảng ủy Đại học");
}

#[test]
fn mem_20_mem_22_mem_27_the_decision_of_admission_carries_the_mark_of_its_case() {
    let mark = |case: &Case| decision(case).heading.form;
    assert_eq!(mark(&case()), "Mẫu 9A-KNĐ");
    let vote = Vote { body: Some(Body::AuthorisedBase), ..Vote::default() };
    let authorised = Case { decided: Taken { vote, ..Taken::default() }, ..case() };
    assert_eq!(mark(&authorised), "Mẫu 9B-KNĐ");
    assert!(text(&decision(&authorised)).contains("văn bản ủy quyền số …"));
    assert_eq!(mark(&Case { former: true, ..case() }), "Mẫu 9C-KNĐ");
    let agreed = Case { consent: "7-CV/TU".to_owned(), ..case() };
    assert_eq!(mark(&agreed), "Mẫu 9D-KNĐ");
    assert!(text(&decision(&agreed)).contains("đồng ý số 7-CV/TU"));
    let moved = Case { moved_from: "Chi bộ Khoa Điện".to_owned(), ..case() };
    assert_eq!(mark(&moved), "Mẫu 9E-KNĐ");
    assert!(text(&decision(&moved)).contains("Chi bộ Khoa Điện chuyển đến"));
}

#[test]
fn mem_13_mem_32_each_form_carries_its_mark_and_its_signer() {
    let case = case();
    let forms = [
        (application(&case), "Mẫu 1…-KNĐ", "NGƯỜI LÀM ĐƠN"),
        (life_history(&case).remove(0), "Mẫu 2-KNĐ", "NGƯỜI KHAI"),
        (introduction(&case).remove(0), "Mẫu 3-KNĐ", "ĐẢNG VIÊN GIỚI THIỆU"),
        (union_resolution(&case), "Mẫu 4…-KNĐ", "T/M BAN CHẤP HÀNH"),
        (opinions(&case), "Mẫu 5-KNĐ", "T/M CHI ỦY"),
        (branch_resolution(&case), "Mẫu 6-KNĐ", "T/M CHI BỘ"),
        (vetting(&case), "Mẫu 7-KNĐ", "T/M ĐẢNG ỦY"),
        (base_resolution(&case), "Mẫu 8…-KNĐ", "T/M ĐẢNG ỦY"),
        (self_review(&case), "Mẫu 10-KNĐ", "NGƯỜI TỰ KIỂM ĐIỂM"),
        (helper_remark(&case).remove(0), "Mẫu 11-KNĐ", "NGƯỜI NHẬN XÉT"),
        (later_opinions(&case), "Mẫu 12-KNĐ", "T/M CHI ỦY"),
        (recognition_resolution(&case), "Mẫu 13-KNĐ", "T/M CHI BỘ"),
        (later_vetting(&case), "Mẫu 14-KNĐ", "T/M ĐẢNG ỦY"),
        (later_base_resolution(&case), "Mẫu 15…-KNĐ", "T/M ĐẢNG ỦY"),
        (recognition_decision(&case), "Mẫu 16-KNĐ", "T/M BAN THƯỜNG VỤ"),
        (striking_off(&case), "Mẫu 9…-XTĐV", "T/M BAN THƯỜNG VỤ"),
        (cancelling(&case), "Mẫu 9…-HKN", "T/M ĐẢNG ỦY"),
    ];
    for (document, mark, signer) in forms {
        assert_eq!(document.heading.form, mark);
        assert!(text(&document).contains(DOTS), "{mark}: what is missing is left as dots");
        assert_eq!(signature(document).on_behalf, signer, "{mark}");
    }
}

#[test]
fn mem_12_each_member_who_introduces_has_a_letter_of_his_own() {
    let one = |name: &str| Introduced { name: name.to_owned(), since: day(2024, 1, 15) };
    let letters = introduction(&Case { members: vec![one("Trần Văn An"), one("Lê Thị Bình")], ..case() });
    assert_eq!(letters.len(), 2);
    assert!(text(&letters[1]).contains("Lê Thị Bình") && text(&letters[1]).contains("từ ngày 15/01/2024"));
    assert_eq!(signature(letters[1].clone()).name, "Lê Thị Bình");
}

#[test]
fn mem_32_each_member_who_helps_remarks_in_his_own_name() {
    let helpers = vec!["Trần Văn An".to_owned(), "Lê Thị Bình".to_owned()];
    let names = |case: &Case| helper_remark(case).into_iter().map(|one| signature(one).name).collect::<Vec<_>>();
    assert_eq!(names(&Case { helpers: helpers.clone(), ..case() }), helpers);
    assert_eq!(names(&case()), [""], "one to be filled in");
}

#[test]
fn mem_19_the_section_committee_vets_in_its_own_name() {
    let document = vetting(&Case { section: "Đảng bộ bộ phận Khối Tự nhiên".to_owned(), ..case() });
    assert_eq!(document.heading.issuer, "Đảng bộ bộ phận Khối Tự nhiên");
    assert_eq!(document.heading.superior, "Đảng bộ Đại học");
    assert!(vetting(&case()).heading.issuer.ends_with(DOTS));
}

#[test]
fn mem_31_the_recognition_counts_from_the_day_the_twelve_months_end() {
    let document = recognition_decision(&Case { ends: day(2026, 11, 10), ..case() });
    assert!(text(&document).contains("kể từ ngày 10/11/2026"), "{document:?}");
}

#[test]
fn mem_41_the_cancelling_names_the_decision_and_what_is_done_again() {
    let cancelled = Cancelled {
        admission: false,
        standard: false,
        redo: Some(Redo::Committee),
        by: Taken { number: "3-QĐ/ĐU".to_owned(), on: day(2026, 11, 20), vote: Vote::default() },
        issuer: Issuer { superior: String::new(), name: "Đảng bộ Đại học".to_owned() },
        reason: "đảng ủy chưa họp".to_owned(),
    };
    let decided = Taken { number: "40-QĐ/ĐU".to_owned(), on: day(2026, 10, 1), vote: Vote::default() };
    let recognition = Case { decided, cancelled: Some(cancelled.clone()), ..case() };
    let document = cancelling(&recognition);
    assert_eq!((document.heading.form.as_str(), document.heading.number.as_str()), ("Mẫu 9L-HCT", "Số 03-QĐ/ĐU"));
    let told = text(&document);
    assert!(told.contains("số 40-QĐ/ĐU ngày 01/10/2026") && told.contains("đảng ủy chưa họp"), "{told}");
    assert!(told.contains("từ nghị quyết của đảng ủy cơ sở") && !told.contains("ra khỏi danh sách"), "{told}");
    let standard = Cancelled { admission: true, standard: true, redo: None, ..cancelled };
    let document = cancelling(&Case { cancelled: Some(standard), ..recognition });
    assert_eq!(document.heading.form, "Mẫu 9…-HKN");
    assert!(text(&document).contains("ra khỏi danh sách đảng viên"));
}

#[test]
fn what_is_not_known_yet_is_left_as_dots() {
    let empty = recognition_resolution(&Case { name: "A".to_owned(), ..Case::default() });
    assert!(text(&empty).contains(DOTS) && empty.heading.number.ends_with(DOTS));
}

#[test]
fn mem_14_the_life_history_lists_who_was_verified_and_leaves_identity_numbers_to_be_written() {
    let father = Relative {
        relation: Relation::Father,
        name: "Đỗ Văn Ba".to_owned(),
        place: "Đảng ủy xã".to_owned(),
        outcome: Some(Outcome::Clear),
        verifier: "Nguyễn Văn Tám".to_owned(),
    };
    let mut parts = life_history(&Case { relatives: vec![father], ..case() });
    let (certified, declared) = (parts.remove(1), text(&parts.remove(0)));
    assert_eq!(certified.heading.form, "Mẫu 2-KNĐ");
    let told = text(&certified);
    let Closing::TwoSides { left, right } = certified.closing else { panic!("both sign") };
    assert_eq!((left.on_behalf.as_str(), right.on_behalf.as_str()), ("T/M CHI BỘ", "T/M ĐẢNG ỦY"));
    assert!(told.contains("Cha đẻ") && told.contains("Đỗ Văn Ba") && told.contains("Đúng như khai"), "{told}");
    assert!(declared.contains(&format!("Số căn cước: {DOTS}")), "{declared}");
}
