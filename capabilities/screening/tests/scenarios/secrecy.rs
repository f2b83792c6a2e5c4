//! Flags are for whoever edits members of the branch, and for nobody else.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER_BRANCH, READER, World, day, id};

#[test]
fn readers_see_nothing_of_it_not_even_the_tab() {
    World::each(|world| {
        let at = world.campaign();
        world.owes(world.members[0], day(2026, 6, 1), 3);
        world.look();
        let reader = world.viewer(id(BRANCH), READER);
        let pages = ["/screening".to_owned(), "/screening/flags".to_owned(), at, world.at(world.members[0])];
        for page in pages {
            let hidden = world.ask(Lang::Vi, &reader, "GET", &page, &[]);
            assert!(matches!(hidden, Err(Problem::Denied)), "{page}: {hidden:?}");
        }
        let visit = world.visit(Lang::Vi, &reader, "/members");
        assert_eq!(chibo_web::person::tabs(&visit, world.members[0], id(BRANCH), ""), "");
    });
}

#[test]
fn another_branch_answers_as_if_there_were_nothing() {
    World::each(|world| {
        let at = world.campaign();
        world.owes(world.members[0], day(2026, 6, 1), 3);
        world.look();
        let stranger = world.secretary(OTHER_BRANCH);
        assert!(!world.page(&stranger, "/screening/flags").contains("Trần Văn An"));
        assert!(!world.page(&stranger, "/screening").contains("Rà soát năm 2026"));
        for page in [at.clone(), format!("{at}/members?figure=waiting"), world.at(world.members[0])] {
            let hidden = world.ask(Lang::Vi, &stranger, "GET", &page, &[]);
            assert!(matches!(hidden, Err(Problem::NotFound)), "{page}: {hidden:?}");
        }
        // A secretary sees his branch of the campaign, not the ward's figures.
        let own = world.page(&world.secretary(BRANCH), &at);
        assert!(own.contains("Chi bộ Khu phố 1") && own.contains("Trần Văn An"), "{own}");
        let above = format!("{at}?unit={}", id(crate::world::WARD));
        let above = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &above, &[]);
        assert!(matches!(above, Err(Problem::NotFound | Problem::Denied)), "{above:?}");
    });
}

#[test]
fn the_log_says_that_something_was_written_and_not_what() {
    World::each(|world| {
        world.campaign();
        let an = world.members[0];
        let form =
            [("deed", "raise"), ("ground", "papers-kept"), ("evidence", "05-BB/CB"), ("evidenced", "10/01/2026")];
        world.send(&world.secretary(BRANCH), &format!("{}/grounds", world.at(an)), &form).unwrap();
        let step = [("after", "0"), ("step", "cleared"), ("on", "20/11/2026"), ("number", "07-BB/CB")];
        world.send(&world.secretary(BRANCH), &format!("{}/steps", world.at(an)), &step).unwrap();
        let mut details = Vec::new();
        let each = |row: chibo_store::audit::AuditRow| {
            details.push(row.detail);
            Ok(())
        };
        world.house.db.read(|tx| chibo_store::audit::newest(tx, None, 20, each)).unwrap();
        for word in ["papers-kept", "SCR-04", "cleared", "05-BB/CB"] {
            assert!(details.iter().all(|detail| !detail.contains(word)), "{word}: {details:?}");
        }
    });
}
