//! Documents: counted, said one by one, the index confirmed; the overview.

use chibo_dossiers::rules::terms::Terms;
use chibo_kernel::{Id, Person};
use chibo_testkit::TODAY;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER, World, dossier, id};

fn papers(person: Id<Person>) -> String {
    dossier(person, "/papers")
}

/// Ticks every document that is missing on the page.
fn count_all(world: &World, person: Id<Person>) {
    let page = world.page(&world.keeper(), &dossier(person, "?show=papers"));
    let docs: Vec<&str> =
        page.split("name=\"doc\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(docs.len() > 15, "{}", docs.len());
    let form: Vec<(&str, &str)> = docs.into_iter().map(|doc| ("doc", doc)).collect();
    world.send(&world.keeper(), &papers(person), &form).unwrap();
}

fn confirm(world: &World, person: Id<Person>) -> Result<String, String> {
    let form = [("signer", "Nguyễn Thị Hạnh, Phó Bí thư"), ("on", "20/11/2026")];
    world.send(&world.keeper(), &dossier(person, "/index"), &form)
}

#[test]
fn dos_03_an_index_that_lacks_documents_is_confirmed_only_for_members_admitted_before_june_1997() {
    World::each(|world| {
        let refused = confirm(world, world.an).unwrap_err();
        assert!(refused.contains("Đơn xin vào Đảng") && refused.contains("DOS-03") && refused.contains("02/06/1997"));
        assert!(refused.contains("Nguyễn Thị Hạnh"), "what was typed is kept");
        // Admitted in 1990: may lack documents, once the index is confirmed.
        let before = world.page(&world.keeper(), &dossier(world.binh, ""));
        assert!(before.contains("Chưa xác nhận") && !before.contains("Thiếu được chấp nhận"), "{before}");
        confirm(world, world.binh).unwrap();
        let after = world.page(&world.keeper(), &dossier(world.binh, ""));
        assert!(after.contains("Thiếu được chấp nhận") && after.contains("Nguyễn Thị Hạnh, Phó Bí thư"), "{after}");
        // Everything there: then anybody's.
        count_all(world, world.an);
        confirm(world, world.an).unwrap();
        let page = world.page(&world.keeper(), &dossier(world.an, ""));
        assert!(page.contains("(100,00\u{a0}%)"), "{page}");
        assert_eq!(world.acts("dossier-index-confirmed").len(), 2);
    });
}

#[test]
fn a_document_said_after_the_confirmation_makes_the_index_stale() {
    World::each(|world| {
        confirm(world, world.binh).unwrap();
        let said = [("code", "van-bang"), ("slot", "0"), ("state", "there"), ("number", "B-123"), ("on", "01/06/2001")];
        world.send(&world.keeper(), &papers(world.binh), &said).unwrap();
        let page = world.page(&world.keeper(), &dossier(world.binh, "?show=papers"));
        assert!(page.contains("cần xác nhận lại") && page.contains("B-123 · 01/06/2001"), "{page}");
        assert!(!page.contains("Thiếu được chấp nhận"), "tolerated only under a confirmed index");
    });
}

#[test]
fn what_does_not_apply_needs_a_reason_and_bad_answers_lose_nothing() {
    World::each(|world| {
        let say = |form: &[(&str, &str)]| world.send(&world.keeper(), &papers(world.an), form);
        let form = [("code", "don"), ("slot", "0"), ("state", "not-needed"), ("number", "01"), ("on", "1/1/2030")];
        let refused = say(&form).unwrap_err();
        assert!(refused.contains("Chưa có lý do") && refused.contains("chưa tới") && refused.contains("value=\"01\""));
        say(&[("code", "don"), ("slot", "0"), ("state", "not-needed"), ("note", "Kết nạp lại")]).unwrap();
        assert!(world.page(&world.keeper(), &dossier(world.an, "?show=papers")).contains("Không áp dụng"));
        assert!(say(&[("nothing", "")]).unwrap_err().contains("Chưa chọn tài liệu"));
    });
}

#[test]
fn dos_10_a_self_review_is_named_by_its_year() {
    World::each(|world| {
        let years = Terms::on(TODAY).unwrap().review_years;
        let page = world.page(&world.keeper(), &dossier(world.an, "?show=papers"));
        for year in (2026 - years)..2026 {
            assert!(page.contains(&format!("Bản tự kiểm điểm hằng năm ({year})")), "{year}");
        }
        assert!(!page.contains("hằng năm (2026)"));
    });
}

#[test]
fn tsk_10_the_numbers_of_the_overview_open_the_members_behind_them() {
    World::each(|world| {
        count_all(world, world.an);
        let keeper = world.keeper();
        let page = world.page(&keeper, "/dossiers");
        assert!(
            page.contains("Chi bộ Khu phố 1") && page.contains("Chi bộ Khu phố 2") && page.contains("<svg"),
            "{page}"
        );
        let of = |state: &str| {
            let page = world.page(&keeper, &format!("/dossiers?unit={}&state={state}", id(BRANCH)));
            page.matches("<th scope=\"row\"").count()
        };
        assert_eq!((of("whole"), of("unopened"), of("lacking"), of("confirmed")), (1, 1, 0, 0));
        assert!(world.page_in(Lang::En, &keeper, "/dossiers").contains("Complete, index not confirmed"));
        assert!(world.file(&keeper, "/dossiers/export.xlsx").starts_with(b"PK"));
        assert_eq!(world.acts("dossier-list-exported").len(), 1);
        let secretary = world.secretary(OTHER);
        assert!(!world.page(&secretary, "/dossiers").contains("Trần Văn An"), "another branch");
    });
}

#[test]
fn the_index_is_printed_in_both_forms() {
    World::each(|world| {
        count_all(world, world.an);
        let keeper = world.keeper();
        assert!(world.file(&keeper, &dossier(world.an, "/index.pdf")).starts_with(b"%PDF"));
        let text = crate::canary::unpacked(&world.file(&keeper, &dossier(world.an, "/index.docx")));
        assert!(text.contains("Trần Văn An") && text.contains("2-HSĐV") && text.contains("1-HSĐV"));
        assert_eq!(world.acts("dossier-index-printed").len(), 2);
    });
}

#[test]
fn tsk_10_figures_kept_in_memory_follow_dossiers_members_and_rights() {
    World::each(|world| {
        let figures = |who: &chibo_kernel::Viewer| {
            let page = world.page(who, "/dossiers");
            ["unopened", "lacking", "whole", "confirmed"].map(|state| {
                let from = format!("<dd><a href=\"/dossiers?state={state}\">");
                crate::world::between(&page, &from, "<").to_owned()
            })
        };
        let (keeper, secretary) = (world.keeper(), world.secretary(OTHER));
        assert_eq!(figures(&keeper), ["3", "0", "0", "0"]);
        count_all(world, world.an);
        assert_eq!(figures(&keeper), ["2", "0", "1", "0"]);
        confirm(world, world.an).unwrap();
        assert_eq!(figures(&keeper), ["2", "0", "0", "1"]);
        assert_eq!(figures(&secretary), ["1", "0", "0", "0"], "his branch only");
        let leaves = |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::depart(op, world.an, TODAY);
        world.house.db.write(&chibo_kernel::Viewer::program("test"), leaves).unwrap();
        assert_eq!(figures(&keeper), ["2", "0", "0", "0"]);
        assert!(!world.page(&keeper, "/dossiers").contains("Trần Văn An"));
    });
}
