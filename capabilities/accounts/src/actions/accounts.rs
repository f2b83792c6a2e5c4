//! Creating, closing and resetting accounts.

use chibo_kernel::{Account, Id, Issue, Moment, Period, Problem, Said, text};
use chibo_store::{Db, Keys, Op, Tx};
use serde_json::json;

use crate::actions::{grants, not_own, reached, record, touch};
use crate::hashing;
use crate::rules::authority::{EVERYWHERE, Reach};
use crate::rules::role::Role;
use crate::rules::{codes, login, password};
use crate::store::{self, AccountLine, AccountRow};

/// How long a one-time password may wait to be used: seven days.
const ONE_TIME_MS: i64 = 7 * 24 * 3_600_000;

/// An account to be created.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Login name.
    pub login: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// The first password; must satisfy the rules.
    pub password: &'a str,
    /// It only serves to set another one, within seven days.
    pub must_change: bool,
}

/// A password made by the program, shown once.
pub struct OneTime {
    /// What the person types.
    pub text: String,
    hash: String,
}

impl OneTime {
    /// Draws one; hashes it before any transaction begins.
    pub fn draw(db: &Db) -> Result<Self, Problem> {
        Self::from(db.random(), db.random())
    }

    fn from(bits: [u8; 10], salt: [u8; 16]) -> Result<Self, Problem> {
        let text = codes::readable(bits);
        let hash = hashing::hash(&text, salt)?;
        Ok(Self { text, hash })
    }
}

/// What is wrong with a name and a login name, by form field; and both as they are kept.
fn names(typed_login: &str, typed_name: &str) -> Result<(String, String), Vec<Issue>> {
    let mut issues = Vec::new();
    let mut wrong = |field: &str, key| {
        issues.push(Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) });
    };
    let login = login::accept(typed_login);
    if login.is_none() {
        wrong("login", "accounts-login-form");
    }
    let name = text::clean(typed_name).into_owned();
    if !(2..=120).contains(&name.chars().count()) {
        wrong("name", "accounts-name-form");
    }
    match login {
        Some(login) if issues.is_empty() => Ok((login, name)),
        _ => Err(issues),
    }
}

/// The issues of a password, in a form field.
pub(crate) fn password_issues(tx: &mut Tx<'_>, login: &str, new: &str, field: &str) -> Result<Vec<Issue>, Problem> {
    let profile = password::profile(chibo_store::db::setting(tx, password::PROFILE_SETTING)?.as_deref());
    let faults = password::faults(profile, login, new).into_iter();
    Ok(faults.map(|said| Issue { field: Some(field.to_owned()), rule: None, said }).collect())
}

/// Creates an account with a known first password: for the command line and the demonstration.
///
/// Refused when the name is taken or not a login name, or the password is weak. Gives no rights.
pub fn create_account(op: &mut Op<'_, '_>, new: NewAccount<'_>) -> Result<Id<Account>, Problem> {
    let mut issues = names(new.login, new.name).err().unwrap_or_default();
    issues.extend(password_issues(op.tx(), new.login, new.password, "password")?);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let hash = hashing::hash(new.password, op.random())?;
    add(op, new.login, new.name, &hash, new.must_change)
}

/// Creates an account that begins with a one-time password.
pub(crate) fn create_with(
    op: &mut Op<'_, '_>,
    login: &str,
    name: &str,
    first: &OneTime,
) -> Result<Id<Account>, Problem> {
    add(op, login, name, &first.hash, true)
}

fn add(op: &mut Op<'_, '_>, login: &str, name: &str, hash: &str, must_change: bool) -> Result<Id<Account>, Problem> {
    let (login, name) = names(login, name).map_err(Problem::Refused)?;
    let key = login::key(&login);
    if store::by_login(op.tx(), &key)?.is_some() {
        return Err(Problem::field("login", Said::new("accounts-login-taken")));
    }
    let (account, now, by) = (op.fresh(), op.now(), op.viewer().account);
    let until = must_change.then(|| now.plus_ms(ONE_TIME_MS));
    store::add_account(op.tx(), account, &login, &key, &name, hash, must_change, until, now, by)?;
    record(op, "account-created", account, None, json!({ "login": login, "name": name }));
    touch(op);
    Ok(account)
}

/// Gives an account a one-time password and ends its sessions; the second factor stays as it is (S17).
pub(crate) fn reset_with(op: &mut Op<'_, '_>, account: Id<Account>, first: &OneTime) -> Result<(), Problem> {
    not_own(op, account)?;
    let row = reached(op, account, Reach::Manages)?;
    let until = op.now().plus_ms(ONE_TIME_MS);
    store::set_password(op.tx(), account, &first.hash, true, Some(until))?;
    store::end_sessions_of(op.tx(), account)?;
    record(op, "password-reset", account, None, json!({ "login": row.login }));
    touch(op);
    Ok(())
}

/// Gives the account of a login name a one-time password, returned to be shown once.
pub fn reset_password(op: &mut Op<'_, '_>, login: &str) -> Result<String, Problem> {
    let row = store::by_login(op.tx(), &login::key(login))?.ok_or(Problem::NotFound)?;
    let first = OneTime::from(op.random(), op.random())?;
    reset_with(op, row.account_id, &first)?;
    Ok(first.text)
}

/// Closes an account for good: its sessions end now, its name stays taken, its traces stay.
pub fn close(op: &mut Op<'_, '_>, account: Id<Account>) -> Result<(), Problem> {
    not_own(op, account)?;
    let row = reached(op, account, Reach::Manages)?;
    let now = op.now();
    store::close(op.tx(), account, now)?;
    store::end_sessions_of(op.tx(), account)?;
    record(op, "account-closed", account, None, json!({ "login": row.login }));
    touch(op);
    Ok(())
}

/// All accounts by login name.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<AccountLine>, Problem> {
    store::accounts(tx)
}

/// How many accounts there are, closed ones included.
pub fn count(tx: &mut Tx<'_>) -> Result<i64, Problem> {
    Ok(store::count(tx)?.unwrap_or(0))
}

/// The account of a login name, open or closed.
pub fn find(tx: &mut Tx<'_>, login: &str) -> Result<Option<Id<Account>>, Problem> {
    Ok(store::by_login(tx, &login::key(login))?.map(|row| row.account_id))
}

/// The code that proves access to this machine before the first account exists; shown on the console.
pub fn setup_code(keys: &Keys) -> String {
    let digest = keys.lookup(b"set-up code of the first administrator");
    codes::readable(digest.first_chunk().copied().unwrap_or_default())
}

/// Whether this is the set-up code, however it was typed.
pub(crate) fn is_setup_code(keys: &Keys, typed: &str) -> bool {
    let (typed, wanted) = (codes::plain(typed), codes::plain(&setup_code(keys)));
    subtle::ConstantTimeEq::ct_eq(typed.as_bytes(), wanted.as_bytes()).into()
}

/// Creates the first account: administrator of the whole system. Absent once any account exists.
pub fn set_up(op: &mut Op<'_, '_>, new: NewAccount<'_>) -> Result<Id<Account>, Problem> {
    if count(op.tx())? > 0 {
        return Err(Problem::NotFound);
    }
    let account = create_account(op, new)?;
    grants::grant(op, account, EVERYWHERE, Role::Administrator, Period::since(op.today()))?;
    record(op, "set-up-done", account, None, json!({}));
    Ok(account)
}

/// Whether a first password was left lying for too long.
pub(crate) fn is_stale(row: &AccountRow, now: Moment) -> bool {
    row.password_until.is_some_and(|until| now >= until)
}
