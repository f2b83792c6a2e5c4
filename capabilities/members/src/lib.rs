//! Members (đảng viên): who they are, where they belong, what they are, since when and known since when.
//!
//! Tour: [`codes`] names what is stored as numbers; [`rules`] decides without a database; [`store`] holds the
//! statements; [`ledger`] is the one writer of dated tables; [`actions`] does things in one transaction; [`columns`]
//! feeds the census; [`dims`] names what it counts by; [`sheets`] reads and writes spreadsheets; `pages` shows lists, persons, imports and search.

pub mod actions;
pub mod codes;
pub mod columns;
mod dates;
pub mod dims;
mod dossiers;
mod facts;
mod holds;
pub mod jobs;
pub mod ledger;
mod left;
mod pages;
pub mod records;
mod roll;
pub mod rules;
pub mod sheets;
pub mod store;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod twins;

pub use actions::{probation_of, standings_of};
pub use dates::{
    Printed, admitted_of, born_of, official_of, party_age_of, party_ages_of, printed_of, restored_of, with_gaps,
};
pub use dossiers::{Dossier, Held, Profile, each_dossier};
pub use facts::{Facts, facts_of, levels_on};
pub use left::{Gone, left_between};
pub use roll::{RollLine, file_no_taken, file_numbers, roll_of};
pub use rules::party_age::PartyAge;

use chibo_kernel::Permission;
use chibo_store::reseal::{Sealed, seal_owner};
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, MenuItem, PersonPage};

/// Tables of members.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        capability: "members",
        version: 1,
        name: "members",
        sql: include_str!("../migrations/0001_members.sql"),
    },
    Migration {
        capability: "members",
        version: 2,
        name: "headings",
        sql: include_str!("../migrations/0002_headings.sql"),
    },
    Migration { capability: "members", version: 3, name: "merges", sql: include_str!("../migrations/0003_merges.sql") },
    Migration {
        capability: "members",
        version: 4,
        name: "file-numbers",
        sql: include_str!("../migrations/0004_file_numbers.sql"),
    },
    Migration {
        capability: "members",
        version: 5,
        name: "party-age",
        sql: include_str!("../migrations/0005_party_age.sql"),
    },
    Migration { capability: "members", version: 6, name: "holds", sql: include_str!("../migrations/0006_holds.sql") },
    Migration {
        capability: "members",
        version: 7,
        name: "sealed-health",
        sql: include_str!("../migrations/0007_sealed_health.sql"),
    },
    Migration { capability: "members", version: 8, name: "stays", sql: include_str!("../migrations/0008_stays.sql") },
    Migration { capability: "members", version: 9, name: "left", sql: include_str!("../migrations/0009_left.sql") },
];

/// Every statement of this crate, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [
        store::STATEMENTS,
        store::FIFTY_STATEMENTS,
        store::headings::STATEMENTS,
        store::holds::STATEMENTS,
        store::left::STATEMENTS,
        store::merges::STATEMENTS,
        store::stays::STATEMENTS,
    ]
    .concat()
}

/// This capability.
pub fn capability() -> Capability {
    let needs = Some(Permission::ViewMembers);
    Capability {
        name: "members",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: jobs::handlers(),
        persons: vec![
            PersonPage { key: "members-tab-facts", href: "/members/{id}", needs: Permission::ViewMembers, rank: 10 },
            PersonPage {
                key: "members-tab-log",
                href: "/members/{id}?tab=log",
                needs: Permission::ViewAudit,
                rank: 900,
            },
        ],
        menu: vec![MenuItem { group: "menu-people", key: "menu-members", href: "/members", needs, rank: 250 }],
        holds: vec![holds::HOLD],
        words: (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl")),
        sealed: vec![
            Sealed { table: "person", column: "sealed", key: &["person_id"], about: seal_owner },
            Sealed {
                table: "person_merge",
                column: "sealed",
                key: &["person_id", "merge_id", "into_id"],
                about: |key| seal_owner(&key[2..]),
            },
        ],
        ..Capability::default()
    }
}
