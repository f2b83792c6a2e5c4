//! The same form sent twice counts once: the first write of a request claims it in its own transaction, so that of two that
//! come at once one is refused, whatever process they come to.

use chibo_kernel::{Account, Id, Problem};

use crate::op::Op;
use crate::statement::Tx;

/// How long it is known that something was sent, ms: a phone that comes back next day still sends it once.
const KEPT_MS: i64 = 48 * 3_600_000;

pub(crate) mod store {
    use crate::queries;
    use chibo_kernel::{Account, Id, Moment};

    queries! {
        /// Claims what was sent for a request, if nobody has.
        fn claim(account_id: Id<Account>, sent: &str, request: &str, recorded_at: Moment) -> run =
            "INSERT INTO form_sent (account_id, sent, request, recorded_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id, sent) DO NOTHING";
        /// Which request has claimed it.
        fn claimed(account_id: Id<Account>, sent: &str) -> one<String> =
            "SELECT request FROM form_sent WHERE account_id = $1 AND sent = $2";
        /// Forgets what was sent long ago.
        fn forget(before: Moment) -> run = "DELETE FROM form_sent WHERE recorded_at < $1";
    }
}

/// Claims what was sent for a request; `false` when another request has. A request that writes several times claims it every
/// time. Whoever is not signed in claims nothing.
///
/// # Errors
/// Problems of the database.
pub fn claim(op: &mut Op<'_, '_>, sent: &str, request: &str) -> Result<bool, Problem> {
    let Some(account) = op.viewer().account else { return Ok(true) };
    let now = op.now();
    if store::claim(op.tx(), account, sent, request, now)? > 0 {
        // Now and then, by the chance of a hash: nobody waits for a sweep, and none is forgotten.
        if sent.starts_with("00") {
            store::forget(op.tx(), now.plus_ms(-KEPT_MS))?;
        }
        return Ok(true);
    }
    Ok(store::claimed(op.tx(), account, sent)?.is_some_and(|first| first == request))
}

/// Whether something was sent already.
///
/// # Errors
/// Problems of the database.
pub fn is_claimed(tx: &mut Tx<'_>, account: Id<Account>, sent: &str) -> Result<bool, Problem> {
    Ok(store::claimed(tx, account, sent)?.is_some())
}
