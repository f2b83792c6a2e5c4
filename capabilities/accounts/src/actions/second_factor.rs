//! The second factor: switched on with password and a first code, off with the password; never lowered by others.

use chibo_kernel::{Account, Id, Problem, Said, Viewer};
use chibo_store::{Db, Op};
use serde_json::json;

use crate::actions::{guess_key, guesses, prove, record, sessions, touch, wrong_answer};
use crate::rules::second_factor::{self, RECOVERY_CODES};
use crate::rules::{codes, guessing};
use crate::store::{self, AccountRow};

/// Draws a new secret and keeps it sealed until it is confirmed; needs the password.
pub fn begin(db: &Db, viewer: &Viewer, password: &str) -> Result<(), Problem> {
    let row = prove(db, viewer, password)?;
    let secret: [u8; 20] = db.random();
    let sealed = db.keys().seal(&secret, row.account_id.bytes(), db.random())?;
    db.write(viewer, |op| {
        not_on(&store::account(op.tx(), row.account_id)?.ok_or(Problem::SignIn)?)?;
        store::set_totp_next(op.tx(), row.account_id, Some(sealed.clone())).map(drop)
    })
}

/// The secret waiting to be confirmed, if there is one.
pub fn waiting(db: &Db, viewer: &Viewer) -> Result<Option<(Vec<u8>, String)>, Problem> {
    let account = viewer.account.ok_or(Problem::SignIn)?;
    let row = db.read(|tx| store::account(tx, account))?.ok_or(Problem::SignIn)?;
    let secret = row.totp_next.map(|sealed| db.keys().open(&sealed, account.bytes())).transpose()?;
    Ok(secret.map(|secret| (secret, row.login)))
}

/// Switches the second factor on with the first code; returns the recovery codes to be shown once.
pub fn confirm(db: &Db, viewer: &Viewer, token: &str, code: &str) -> Result<Vec<String>, Problem> {
    let account = viewer.account.ok_or(Problem::SignIn)?;
    let key = guess_key(db, "code", account.bytes());
    let outcome = db.write(viewer, |op| {
        let row = store::account(op.tx(), account)?.ok_or(Problem::SignIn)?;
        not_on(&row)?;
        let before = guesses(op.tx(), &key)?;
        guessing::admit(before, op.now())?;
        let Some(sealed) = row.totp_next else {
            return Err(Problem::refuse(Said::new("accounts-factor-not-begun")));
        };
        let secret = op.keys().open(&sealed, account.bytes())?;
        let Some(step) = second_factor::accept(&secret, code, op.now(), 0) else {
            return wrong_answer(op, &key, before, Some(account), "code").map(|()| None);
        };
        store::set_totp(op.tx(), account, Some(sealed), step)?;
        store::drop_guess(op.tx(), &key)?;
        store::end_other_sessions(op.tx(), account, &sessions::token_hash(token))?;
        let fresh = draw_codes(op, account)?;
        record(op, "second-factor-on", account, None, json!({}));
        touch(op);
        Ok(Some(fresh))
    })?;
    outcome.ok_or_else(|| Problem::field("code", Said::new("accounts-code-wrong")))
}

fn not_on(row: &AccountRow) -> Result<(), Problem> {
    match row.totp {
        Some(_) => Err(Problem::refuse(Said::new("accounts-factor-already-on"))),
        None => Ok(()),
    }
}

fn draw_codes(op: &mut Op<'_, '_>, account: Id<Account>) -> Result<Vec<String>, Problem> {
    store::drop_codes(op.tx(), account)?;
    let mut fresh = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = codes::readable(op.random());
        let hash = code_hash(op, account, &code);
        store::add_code(op.tx(), account, &hash)?;
        fresh.push(code);
    }
    Ok(fresh)
}

/// 80 random bits need no slow hash; the key lies outside the database.
fn code_hash(op: &Op<'_, '_>, account: Id<Account>, code: &str) -> [u8; 32] {
    op.keys().lookup(&[b"recovery code ", account.bytes().as_slice(), codes::plain(code).as_bytes()].concat())
}

/// Switches the viewer's second factor off; needs the password.
pub fn switch_off(db: &Db, viewer: &Viewer, token: &str, password: &str) -> Result<(), Problem> {
    let row = prove(db, viewer, password)?;
    db.write(viewer, |op| {
        store::end_other_sessions(op.tx(), row.account_id, &sessions::token_hash(token))?;
        forget(op, row.account_id)
    })
}

/// Removes the second factor of somebody who lost device and recovery codes. Only at the machine itself (command
/// line): no account may lower the factor of another (S17).
pub fn remove(op: &mut Op<'_, '_>, account: Id<Account>) -> Result<(), Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    store::account(op.tx(), account)?.ok_or(Problem::NotFound)?;
    store::end_sessions_of(op.tx(), account)?;
    forget(op, account)
}

fn forget(op: &mut Op<'_, '_>, account: Id<Account>) -> Result<(), Problem> {
    store::set_totp(op.tx(), account, None, 0)?;
    store::drop_codes(op.tx(), account)?;
    record(op, "second-factor-off", account, None, json!({}));
    touch(op);
    Ok(())
}

/// Whether the answer is right: a code of the authenticator not used before, or an unused recovery code.
pub(crate) fn answers(op: &mut Op<'_, '_>, row: &AccountRow, answer: &str) -> Result<bool, Problem> {
    let Some(sealed) = &row.totp else { return Ok(false) };
    let secret = op.keys().open(sealed, row.account_id.bytes())?;
    if let Some(step) = second_factor::accept(&secret, answer, op.now(), row.totp_step) {
        return Ok(store::use_step(op.tx(), row.account_id, step)? == 1);
    }
    let (hash, now) = (code_hash(op, row.account_id, answer), op.now());
    if store::use_code(op.tx(), row.account_id, &hash, now)? == 0 {
        return Ok(false);
    }
    let left = store::codes_left(op.tx(), row.account_id)?.unwrap_or(0);
    record(op, "recovery-code-used", row.account_id, None, json!({ "left": left }));
    Ok(true)
}
