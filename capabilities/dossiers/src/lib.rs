//! Dossiers of members (hồ sơ đảng viên): what the paper file holds, beyond what members knows (DOS-01…04, DOS-10, EXI-16).
//!
//! Tour: [`rules`] declares the parts of the sheet and the documents and decides; `store` keeps rows that are never
//! overwritten; [`actions`] adds, corrects with consent, opens field by field, confirms; `sums` knows how complete each
//! dossier is, `places` how many stand where; `pages` shows one dossier, the overview and the yearly round; `print` and `sheets` write papers and lists;
//! `duties` reminds branches of the yearly supplement.

pub mod actions;
mod duties;
mod holds;
mod pages;
mod places;
mod print;
pub mod rules;
mod sheets;
mod store;
mod sums;

use chibo_kernel::Permission;
use chibo_store::reseal::{Sealed, SealedFiles, seal_owner};
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, PersonPage};

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "dossiers",
    version: 1,
    name: "dossiers",
    sql: include_str!("../migrations/0001_dossiers.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Dossiers, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "dossiers",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        duties: vec![duties::SUPPLEMENTS],
        persons: vec![PersonPage {
            key: "dossiers-tab",
            href: "/dossiers/members/{id}",
            needs: Permission::ViewMembers,
            rank: 50,
        }],
        holds: vec![holds::HOLD],
        menu: pages::menu(),
        words: WORDS,
        sealed: vec![Sealed {
            table: "dossier_item",
            column: "sealed",
            key: &["person_id", "item_id", "recorded_at"],
            about: |key| seal_owner(&key[..2]),
        }],
        files: vec![SealedFiles { table: "dossier_scan", owner: &["person_id"], stored: "stored", digest: "digest" }],
        ..Capability::default()
    }
}
