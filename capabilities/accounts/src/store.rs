//! Tables of accounts, as typed statements.

use chibo_kernel::{Account, Day, Id, Moment, Unit};
use chibo_store::{queries, record};

/// A grant, as a thing of its own (quyền được giao).
#[derive(Debug)]
pub enum AccessGrant {}

record! {
    /// An account with its secrets; never leaves this crate.
    pub struct AccountRow {
        account_id: Id<Account>,
        login: String,
        login_key: String,
        name: String,
        password_hash: String,
        must_change: bool,
        password_until: Option<Moment>,
        totp: Option<Vec<u8>>,
        totp_next: Option<Vec<u8>>,
        totp_step: i64,
        created_at: Moment,
        created_by: Option<Id<Account>>,
        closed_at: Option<Moment>,
    }
}

record! {
    /// An account as lists show it.
    pub struct AccountLine {
        /// The account.
        account_id: Id<Account>,
        /// Login name.
        login: String,
        /// Person's name.
        name: String,
        /// The password must be changed at the next sign-in.
        must_change: bool,
        /// A second factor is on.
        second_factor: bool,
        /// When it was created.
        created_at: Moment,
        /// Who created it.
        created_by: Option<Id<Account>>,
        /// When it was closed.
        closed_at: Option<Moment>,
    }
}

record! {
    /// A role given on a subtree for an interval of days.
    pub struct GrantRow {
        /// The grant.
        grant_id: Id<AccessGrant>,
        /// To whom.
        account_id: Id<Account>,
        /// Top of the subtree.
        unit_id: Id<Unit>,
        /// Code of the role.
        role: String,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// By whom.
        granted_by: Option<Id<Account>>,
        /// When given.
        granted_at: Moment,
        /// When taken back.
        revoked_at: Option<Moment>,
    }
}

record! {
    /// A session.
    pub struct SessionRow {
        token_hash: Vec<u8>,
        account_id: Id<Account>,
        created_at: Moment,
        last_seen: Moment,
        expires_at: Moment,
        second_factor: bool,
    }
}

record! {
    /// Wrong guesses under one name.
    pub struct GuessRow { failed: i64, locked_until: Moment, last_at: Moment }
}

queries! {
    /// Adds an account.
    fn add_account(account: Id<Account>, login: &str, login_key: &str, name: &str, password_hash: &str, must_change: bool,
        password_until: Option<Moment>, created_at: Moment, created_by: Option<Id<Account>>) -> run =
        "INSERT INTO account (account_id, login, login_key, name, password_hash, must_change, password_until, totp_step,
           created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)";
    /// One account.
    fn account(account: Id<Account>) -> one<AccountRow> =
        "SELECT account_id, login, login_key, name, password_hash, must_change, password_until, totp, totp_next, totp_step,
           created_at, created_by, closed_at FROM account WHERE account_id = $1";
    /// The account of a login key.
    fn by_login(login_key: &str) -> one<AccountRow> =
        "SELECT account_id, login, login_key, name, password_hash, must_change, password_until, totp, totp_next, totp_step,
           created_at, created_by, closed_at FROM account WHERE login_key = $1";
    /// All accounts by login name.
    fn accounts() -> many<AccountLine> =
        "SELECT account_id, login, name, must_change, CAST(CASE WHEN totp IS NULL THEN 0 ELSE 1 END AS BIGINT), created_at,
           created_by, closed_at FROM account ORDER BY login_key";
    /// How many accounts there are.
    fn count() -> one<i64> = "SELECT COUNT(*) FROM account";
    /// Sets a password.
    fn set_password(account: Id<Account>, password_hash: &str, must_change: bool, password_until: Option<Moment>) -> run =
        "UPDATE account SET password_hash = $2, must_change = $3, password_until = $4 WHERE account_id = $1";
    /// Closes an account.
    fn close(account: Id<Account>, at: Moment) -> run = "UPDATE account SET closed_at = $2 WHERE account_id = $1";
    /// Sets or removes the second factor.
    fn set_totp(account: Id<Account>, totp: Option<Vec<u8>>, step: i64) -> run =
        "UPDATE account SET totp = $2, totp_next = NULL, totp_step = $3 WHERE account_id = $1";
    /// Keeps a second factor that is not confirmed yet.
    fn set_totp_next(account: Id<Account>, totp_next: Option<Vec<u8>>) -> run =
        "UPDATE account SET totp_next = $2 WHERE account_id = $1";
    /// Uses up a step; touches no row when it was used already.
    fn use_step(account: Id<Account>, step: i64) -> run =
        "UPDATE account SET totp_step = $2 WHERE account_id = $1 AND totp_step < $2";

    /// Adds a grant.
    fn add_grant(grant: Id<AccessGrant>, account: Id<Account>, unit: Id<Unit>, role: &str, valid_from: Day, valid_to: Day,
        granted_by: Option<Id<Account>>, granted_at: Moment) -> run =
        "INSERT INTO access_grant (grant_id, account_id, unit_id, role, valid_from, valid_to, granted_by, granted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// One grant.
    fn grant(grant: Id<AccessGrant>) -> one<GrantRow> =
        "SELECT grant_id, account_id, unit_id, role, valid_from, valid_to, granted_by, granted_at, revoked_at
         FROM access_grant WHERE grant_id = $1";
    /// The grants of an account that were not taken back.
    fn grants_of(account: Id<Account>) -> many<GrantRow> =
        "SELECT grant_id, account_id, unit_id, role, valid_from, valid_to, granted_by, granted_at, revoked_at
         FROM access_grant WHERE account_id = $1 AND revoked_at IS NULL ORDER BY valid_from, grant_id";
    /// All grants that were not taken back.
    fn grants() -> many<GrantRow> =
        "SELECT grant_id, account_id, unit_id, role, valid_from, valid_to, granted_by, granted_at, revoked_at
         FROM access_grant WHERE revoked_at IS NULL ORDER BY account_id, valid_from, grant_id";
    /// Takes a grant back.
    fn end_grant(grant: Id<AccessGrant>, at: Moment) -> run =
        "UPDATE access_grant SET revoked_at = $2 WHERE grant_id = $1 AND revoked_at IS NULL";

    /// Adds a session.
    fn add_session(token_hash: &[u8], account: Id<Account>, created_at: Moment, expires_at: Moment, second_factor: bool)
        -> run = "INSERT INTO session (token_hash, account_id, created_at, last_seen, expires_at, second_factor)
         VALUES ($1, $2, $3, $3, $4, $5)";
    /// One session.
    fn session(token_hash: &[u8]) -> one<SessionRow> =
        "SELECT token_hash, account_id, created_at, last_seen, expires_at, second_factor FROM session WHERE token_hash = $1";
    /// The sessions of an account.
    fn sessions_of(account: Id<Account>) -> many<SessionRow> =
        "SELECT token_hash, account_id, created_at, last_seen, expires_at, second_factor FROM session
         WHERE account_id = $1 ORDER BY created_at DESC, token_hash";
    /// Notes that a session was used.
    fn see_session(token_hash: &[u8], at: Moment) -> run =
        "UPDATE session SET last_seen = $2 WHERE token_hash = $1 AND last_seen < $2";
    /// Ends a session.
    fn end_session(token_hash: &[u8]) -> run = "DELETE FROM session WHERE token_hash = $1";
    /// Ends every session of an account.
    fn end_sessions_of(account: Id<Account>) -> run = "DELETE FROM session WHERE account_id = $1";
    /// Ends every session of an account but one.
    fn end_other_sessions(account: Id<Account>, token_hash: &[u8]) -> run =
        "DELETE FROM session WHERE account_id = $1 AND token_hash <> $2";
    /// Forgets sessions that are over.
    fn drop_expired(now: Moment) -> run = "DELETE FROM session WHERE expires_at <= $1";

    /// Adds a recovery code.
    fn add_code(account: Id<Account>, code_hash: &[u8]) -> run =
        "INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2)";
    /// Forgets the recovery codes of an account.
    fn drop_codes(account: Id<Account>) -> run = "DELETE FROM recovery_code WHERE account_id = $1";
    /// Uses up a recovery code; touches no row when there is none or it was used.
    fn use_code(account: Id<Account>, code_hash: &[u8], at: Moment) -> run =
        "UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL";
    /// How many recovery codes are left.
    fn codes_left(account: Id<Account>) -> one<i64> =
        "SELECT COUNT(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL";

    /// Wrong guesses under a name.
    fn guess(guess_key: &[u8]) -> one<GuessRow> =
        "SELECT failed, locked_until, last_at FROM sign_in_guess WHERE guess_key = $1";
    /// Keeps the count of wrong guesses.
    fn set_guess(guess_key: &[u8], failed: i64, locked_until: Moment, last_at: Moment) -> run =
        "INSERT INTO sign_in_guess (guess_key, failed, locked_until, last_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (guess_key) DO UPDATE SET failed = excluded.failed, locked_until = excluded.locked_until,
           last_at = excluded.last_at";
    /// Forgets the wrong guesses under a name.
    fn drop_guess(guess_key: &[u8]) -> run = "DELETE FROM sign_in_guess WHERE guess_key = $1";
    /// Forgets old wrong guesses.
    fn drop_old_guesses(before: Moment) -> run = "DELETE FROM sign_in_guess WHERE last_at < $1";
}
