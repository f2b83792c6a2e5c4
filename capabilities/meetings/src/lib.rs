//! Meetings of branches (sinh hoạt chi bộ) and their quality (MTG-01…22).
//!
//! Tour: [`rules`] says what a meeting is worth, what it owes and what stands in the way of closing it; `store` keeps drafts,
//! closings, assignments and a row per branch and month; [`actions`] open, write, close and correct; `shelf` holds the months
//! of all branches in memory for pictures of the whole city; `pages` are the secretary's month and the view from above.

pub mod actions;
mod branch;
mod duties;
mod duties_plan;
pub mod facts;
mod holds;
mod kept;
mod minutes_sheet;
mod monthly;
mod pages;
mod papers;
pub mod rules;
mod sheets;
mod shelf;
mod signals;
mod store;
mod sums;

use chibo_kernel::Permission;
use chibo_store::reseal::{Sealed, SealedFiles};
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, PersonPage};

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        capability: "meetings",
        version: 1,
        name: "meetings",
        sql: include_str!("../migrations/0001_meetings.sql"),
    },
    Migration {
        capability: "meetings",
        version: 3,
        name: "beside meetings",
        sql: include_str!("../migrations/0003_beside.sql"),
    },
    Migration {
        capability: "meetings",
        version: 4,
        name: "kept numbers",
        sql: include_str!("../migrations/0004_kept_numbers.sql"),
    },
    Migration {
        capability: "meetings",
        version: 5,
        name: "offline",
        sql: include_str!("../migrations/0005_offline.sql"),
    },
    Migration {
        capability: "meetings",
        version: 6,
        name: "library",
        sql: include_str!("../migrations/0006_library.sql"),
    },
    Migration {
        capability: "meetings",
        version: 8,
        name: "briefings",
        sql: include_str!("../migrations/0008_briefings.sql"),
    },
    Migration {
        capability: "meetings",
        version: 9,
        name: "marks of studying taken back",
        sql: include_str!("../migrations/0009_studied_undone.sql"),
    },
    Migration {
        capability: "meetings",
        version: 10,
        name: "pilot of online meetings",
        sql: include_str!("../migrations/0010_pilot.sql"),
    },
    Migration {
        capability: "meetings",
        version: 11,
        name: "themes and Party groups",
        sql: include_str!("../migrations/0011_plans.sql"),
    },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::statements()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Meetings, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "meetings",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        duties: vec![duties::OWED, duties::WEAK, duties::BRIEFED, duties_plan::PLANS, duties_plan::GROUPS],
        signals: vec![signals::ABSENCES],
        figures: Some(facts::FIGURES),
        persons: vec![PersonPage {
            key: "meetings-tab",
            href: "/meetings/members/{id}",
            needs: Permission::ViewMembers,
            rank: 560,
        }],
        holds: vec![holds::HOLD],
        menu: pages::menu(),
        words: WORDS,
        files: vec![SealedFiles { table: "meeting_file", owner: &["unit_id"], stored: "stored", digest: "digest" }],
        sealed: vec![Sealed {
            table: "meeting_draft",
            column: "typed",
            key: &["account_id", "unit_id", "meeting_no"],
            about: actions::draft_owner,
        }],
        ..Capability::default()
    }
}
