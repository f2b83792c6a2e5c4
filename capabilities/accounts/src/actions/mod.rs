//! What is done to accounts: load, permit, decide, save, record, in one transaction.

pub mod accounts;
pub mod grants;
pub mod password;
pub mod second_factor;
pub mod sessions;
pub mod sign_in;

pub use accounts::{NewAccount, close, count, create_account, find, list, reset_password, set_up, setup_code};
pub use grants::{grant, revoke};
pub use second_factor::remove as remove_second_factor;

use chibo_kernel::{Account, Id, Moment, Permission, Problem, Said, Unit};
use chibo_store::{Change, Db, Entry, Op, Tx};
use serde_json::Value;

use crate::hashing;
use crate::rules::authority::{self, EVERYWHERE, Reach};
use crate::rules::guessing::{self, Guesses};
use crate::store::{self, AccountRow};

/// The chain of failed sign-ins under names that no account has.
const UNKNOWN: [u8; 16] = *b"unknown-account!";

/// Records an act concerning an account in its chain.
fn record(op: &mut Op<'_, '_>, action: &'static str, account: Id<Account>, unit: Option<Id<Unit>>, detail: Value) {
    let unit = unit.filter(|unit| *unit != EVERYWHERE);
    op.record(Entry {
        stream: *account.bytes(),
        action,
        unit,
        subject: Some(*account.bytes()),
        detail: detail.to_string(),
    });
}

/// Rights may have changed: caches follow the commit.
fn touch(op: &mut Op<'_, '_>) {
    op.touch(Change::Accounts);
}

/// Checks a permission on a unit or on the whole system.
fn permit(op: &Op<'_, '_>, permission: Permission, unit: Id<Unit>) -> Result<(), Problem> {
    if unit != EVERYWHERE {
        return op.permit(permission, unit);
    }
    if authority::holds_everywhere(op.viewer(), permission) { Ok(()) } else { Err(Problem::Denied) }
}

/// Loads an open account the viewer reaches at least this far.
fn reached(op: &mut Op<'_, '_>, account: Id<Account>, least: Reach) -> Result<AccountRow, Problem> {
    let row = store::account(op.tx(), account)?.ok_or(Problem::NotFound)?;
    let units: Vec<_> = store::grants_of(op.tx(), account)?.iter().map(|grant| grant.unit_id).collect();
    let reach = authority::reach(op.viewer(), row.created_by, &units, |unit| {
        permit(op, Permission::ManageAccounts, unit).is_ok()
    });
    match reach {
        Reach::Hidden => Err(Problem::NotFound),
        reach if reach < least => Err(Problem::Denied),
        _ if row.closed_at.is_some() => Err(Problem::refuse(Said::new("accounts-is-closed"))),
        _ => Ok(row),
    }
}

/// Refuses acts on one's own account that somebody else must do.
fn not_own(op: &Op<'_, '_>, account: Id<Account>) -> Result<(), Problem> {
    if op.viewer().account == Some(account) {
        return Err(Problem::refuse(Said::new("accounts-not-yourself")));
    }
    Ok(())
}

/// The key wrong guesses are counted under; keyed, so that mistyped passwords in the name field are not kept.
fn guess_key(db: &Db, what: &str, name: &[u8]) -> [u8; 32] {
    db.keys().lookup(&[b"guess ", what.as_bytes(), b" ", name].concat())
}

fn guesses(tx: &mut Tx<'_>, key: &[u8]) -> Result<Option<Guesses>, Problem> {
    let row = store::guess(tx, key)?;
    Ok(row.map(|row| Guesses { failed: row.failed, locked_until: row.locked_until, last_at: row.last_at }))
}

/// Counts a wrong answer and records the first of each step.
fn wrong_answer(
    op: &mut Op<'_, '_>,
    key: &[u8],
    before: Option<Guesses>,
    account: Option<Id<Account>>,
    what: &'static str,
) -> Result<(), Problem> {
    let now = op.now();
    let (next, notable) = guessing::after_failure(before, now);
    store::set_guess(op.tx(), key, next.failed, next.locked_until, next.last_at)?;
    if notable {
        store::drop_old_guesses(op.tx(), Moment(now.0 - guessing::FORGOTTEN_AFTER_MS))?;
        let detail = serde_json::json!({ "what": what, "failed": next.failed }).to_string();
        let stream = account.map_or(UNKNOWN, |id| *id.bytes());
        let subject = account.map(|id| *id.bytes());
        op.record(Entry { stream, action: "sign-in-failed", unit: None, subject, detail });
    }
    Ok(())
}

/// Checks the viewer's own password before something that needs it; wrong answers count like wrong sign-ins.
fn prove(db: &Db, viewer: &chibo_kernel::Viewer, password: &str) -> Result<AccountRow, Problem> {
    let account = viewer.account.ok_or(Problem::SignIn)?;
    let row = db.read(|tx| store::account(tx, account))?.filter(|row| row.closed_at.is_none());
    let row = row.ok_or(Problem::SignIn)?;
    let key = guess_key(db, "password", row.login_key.as_bytes());
    guessing::admit(db.read(|tx| guesses(tx, &key))?, db.now())?;
    let right = hashing::fits(password, Some(&row.password_hash));
    db.write(viewer, |op| {
        let before = guesses(op.tx(), &key)?;
        guessing::admit(before, op.now())?;
        match (right, before) {
            (true, Some(_)) => store::drop_guess(op.tx(), &key).map(drop),
            (true, None) => Ok(()),
            (false, _) => wrong_answer(op, &key, before, Some(account), "password"),
        }
    })?;
    if right { Ok(row) } else { Err(Problem::field("current", Said::new("accounts-current-wrong"))) }
}
