//! Accounts: who may sign in, what they may do where and until when (tài khoản, phân quyền, đăng nhập).
//!
//! Tour: `rules` decides (roles, authority, passwords, delays, second factor) without knowing any database;
//! `store` is the tables; `actions` does things in transactions; `gate` turns a session cookie into a viewer on
//! every request; `pages` shows forms. Rights change at the very next request, because every change of a grant, a
//! password or an account is followed by [`AccountsGate::forget_all`].

pub mod actions;
mod gate;
mod hashing;
mod pages;
pub mod rules;
mod store;

use chibo_kernel::Permission;
use chibo_store::reseal::{Sealed, seal_owner};
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, MenuItem};

pub use actions::{
    NewAccount, close, count, create_account, find, grant, list, remove_second_factor, reset_password, revoke, set_up,
    setup_code,
};
pub use gate::AccountsGate;
pub use rules::{EVERYWHERE, Role};
pub use store::{AccessGrant, AccountLine, GrantRow, SessionRow};

/// Tables of accounts.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "accounts",
    version: 1,
    name: "accounts",
    sql: include_str!("../migrations/0001_accounts.sql"),
}];

/// Every statement of this crate, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The grants of an account that were not taken back.
pub fn grants_of(
    tx: &mut chibo_store::Tx<'_>,
    account: chibo_kernel::Id<chibo_kernel::Account>,
) -> Result<Vec<GrantRow>, chibo_kernel::Problem> {
    store::grants_of(tx, account)
}

/// Sessions in memory; see [`AccountsGate`] for what the program owes it.
pub fn gate() -> AccountsGate {
    AccountsGate::default()
}

/// This capability.
pub fn capability() -> Capability {
    let needs = Some(Permission::ManageAccounts);
    Capability {
        name: "accounts",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: Vec::new(),
        duties: Vec::new(),
        menu: vec![MenuItem { group: "menu-system", key: "accounts-menu", href: "/accounts", needs, rank: 900 }],
        words: (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl")),
        sealed: ["totp", "totp_next"]
            .map(|column| Sealed { table: "account", column, key: &["account_id"], about: seal_owner })
            .to_vec(),
        ..Capability::default()
    }
}
