//! Sessions: 256 random bits in a cookie, only their SHA-256 in the database.

use chibo_kernel::{Account, Id, Problem, Viewer};
use chibo_store::seal::hex;
use chibo_store::{Db, Op, Tx};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::actions::{record, touch};
use crate::rules::times::{IDLE_SETTING, Times, WHOLE_SETTING};
use crate::store::{self, AccountRow, SessionRow};

/// What is kept of a token.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The lifetimes as set.
pub fn times(tx: &mut Tx<'_>) -> Result<Times, Problem> {
    let idle = chibo_store::db::setting(tx, IDLE_SETTING)?;
    let whole = chibo_store::db::setting(tx, WHOLE_SETTING)?;
    Ok(Times::from_settings(idle.as_deref(), whole.as_deref()))
}

/// Starts a session with a new token; the one the browser came with ends.
pub(crate) fn start(
    op: &mut Op<'_, '_>,
    account: &AccountRow,
    second_factor: bool,
    earlier: Option<&str>,
) -> Result<String, Problem> {
    let now = op.now();
    if let Some(earlier) = earlier
        && store::end_session(op.tx(), &token_hash(earlier))? > 0
    {
        touch(op);
    }
    store::drop_expired(op.tx(), now)?;
    let token = hex(&op.random::<32>());
    let until = now.plus_ms(times(op.tx())?.whole_ms);
    store::add_session(op.tx(), &token_hash(&token), account.account_id, now, until, second_factor)?;
    record(op, "signed-in", account.account_id, None, json!({ "second-factor": second_factor }));
    Ok(token)
}

/// Ends the session of a token.
pub fn sign_out(db: &Db, viewer: &Viewer, token: &str) -> Result<(), Problem> {
    db.write(viewer, |op| {
        let ended = store::end_session(op.tx(), &token_hash(token))?;
        if let Some(account) = op.viewer().account.filter(|_| ended > 0) {
            record(op, "signed-out", account, None, json!({}));
            touch(op);
        }
        Ok(())
    })
}

/// Ends every session of the viewer but the one of this token.
pub fn sign_out_elsewhere(db: &Db, viewer: &Viewer, token: &str) -> Result<(), Problem> {
    let account = viewer.account.ok_or(Problem::SignIn)?;
    db.write(viewer, |op| {
        let ended = store::end_other_sessions(op.tx(), account, &token_hash(token))?;
        record(op, "sessions-ended", account, None, json!({ "ended": ended }));
        touch(op);
        Ok(())
    })
}

/// The sessions of an account, newest first.
pub fn of(tx: &mut Tx<'_>, account: Id<Account>) -> Result<Vec<SessionRow>, Problem> {
    store::sessions_of(tx, account)
}
