//! Signing in: password, then, where it is on, a second factor. No session exists before both are right.
//!
//! A name nobody has is answered like a wrong password, after the same work. Answers are checked outside any
//! transaction but count only if, when written, no delay is running: guesses sent all at once gain nothing.

use chibo_kernel::{Account, Id, Moment, Problem, Said, Viewer};
use chibo_store::Db;
use chibo_store::seal::hex;

use crate::actions::{accounts, guess_key, guesses, second_factor, sessions, wrong_answer};
use crate::hashing;
use crate::rules::{guessing, login};
use crate::store::{self, AccountRow};

/// The browser that signs in.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    /// Its visit cookie: the second step must come from where the first came from.
    pub visit: &'a str,
    /// The session token it came with; that session ends.
    pub earlier: Option<&'a str>,
}

/// How far a sign-in got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Signed in; the new session's token.
    Done(String),
    /// The password was right; a code is needed. The ticket goes with it.
    CodeNeeded(String),
}

/// How long a ticket for the second step is good: five minutes.
const TICKET_MS: i64 = 5 * 60_000;

fn as_viewer(account: Option<&AccountRow>) -> Viewer {
    match account {
        Some(row) => Viewer { account: Some(row.account_id), name: row.name.clone(), ..Viewer::default() },
        None => Viewer { name: "–".to_owned(), ..Viewer::default() },
    }
}

/// Checks name and password.
pub fn sign_in(db: &Db, typed_login: &str, password: &str, browser: Browser<'_>) -> Result<Progress, Problem> {
    let login_key = login::key(typed_login);
    let key = guess_key(db, "password", login_key.as_bytes());
    let (before, found) = db.read(|tx| Ok((guesses(tx, &key)?, store::by_login(tx, &login_key)?)))?;
    guessing::admit(before, db.now())?;
    let known = found.filter(|row| row.closed_at.is_none());
    let right = hashing::fits(password, known.as_ref().map(|row| row.password_hash.as_str()));
    let proven = known.as_ref().filter(|_| right);
    let outcome = db.write(&as_viewer(proven), |op| {
        let before = guesses(op.tx(), &key)?;
        guessing::admit(before, op.now())?;
        let Some(row) = proven else {
            return wrong_answer(op, &key, before, known.as_ref().map(|row| row.account_id), "password").map(|()| None);
        };
        let row = unchanged(store::account(op.tx(), row.account_id)?, &row.password_hash)?;
        if accounts::is_stale(&row, op.now()) {
            return Err(Problem::refuse(Said::new("accounts-one-time-stale")));
        }
        if before.is_some() {
            store::drop_guess(op.tx(), &key)?;
        }
        if row.totp.is_some() {
            return Ok(Some(Progress::CodeNeeded(ticket(db, browser.visit, &row, op.now().plus_ms(TICKET_MS)))));
        }
        sessions::start(op, &row, false, browser.earlier).map(|token| Some(Progress::Done(token)))
    })?;
    outcome.ok_or_else(|| Problem::refuse(Said::new("accounts-sign-in-wrong")))
}

/// The account as it is now, if nothing decisive changed since the password was checked.
fn unchanged(now: Option<AccountRow>, password_hash: &str) -> Result<AccountRow, Problem> {
    let same = now.filter(|row| row.closed_at.is_none() && row.password_hash == password_hash);
    same.ok_or_else(|| Problem::refuse(Said::new("accounts-sign-in-wrong")))
}

/// Checks the code of the second step: of the authenticator, or a recovery code.
pub fn second_step(db: &Db, ticket_text: &str, code: &str, browser: Browser<'_>) -> Result<String, Problem> {
    let old = || Problem::refuse(Said::new("accounts-ticket-old"));
    let (account, until) = read_ticket(ticket_text).ok_or_else(old)?;
    let row = db.read(|tx| store::account(tx, account))?.ok_or_else(old)?;
    let key = guess_key(db, "code", account.bytes());
    let outcome = db.write(&as_viewer(Some(&row)), |op| {
        let now = store::account(op.tx(), account)?.filter(|row| row.closed_at.is_none()).ok_or_else(old)?;
        let fits =
            subtle::ConstantTimeEq::ct_eq(ticket(db, browser.visit, &now, until).as_bytes(), ticket_text.as_bytes());
        if op.now() >= until || !bool::from(fits) {
            return Err(old());
        }
        let before = guesses(op.tx(), &key)?;
        guessing::admit(before, op.now())?;
        if !second_factor::answers(op, &now, code)? {
            return wrong_answer(op, &key, before, Some(account), "code").map(|()| None);
        }
        store::drop_guess(op.tx(), &key)?;
        sessions::start(op, &now, true, browser.earlier).map(Some)
    })?;
    outcome.ok_or_else(|| Problem::field("code", Said::new("accounts-code-wrong")))
}

/// Proof that this browser gave the right password for this account: void after `until` and after any new password.
fn ticket(db: &Db, visit: &str, row: &AccountRow, until: Moment) -> String {
    let about = format!("second step {visit} {} {} {}", row.account_id, until.0, row.password_hash);
    format!("{}.{}.{}", row.account_id, until.0, hex(&db.keys().lookup(about.as_bytes())))
}

fn read_ticket(text: &str) -> Option<(Id<Account>, Moment)> {
    let mut parts = text.splitn(3, '.');
    let account = parts.next()?.parse().ok()?;
    let until = parts.next()?.parse().ok()?;
    Some((account, Moment(until)))
}
