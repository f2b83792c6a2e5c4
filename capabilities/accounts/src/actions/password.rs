//! Changing one's own password.

use chibo_kernel::{Problem, Said, Viewer};
use chibo_store::Db;
use serde_json::json;

use crate::actions::{accounts, prove, record, sessions, touch};
use crate::hashing;
use crate::store;

/// Sets a new password; every session of the account ends and a new one begins, whose token is returned.
pub fn change(db: &Db, viewer: &Viewer, token: &str, current: &str, new: &str) -> Result<String, Problem> {
    let row = prove(db, viewer, current)?;
    let mut issues = db.read(|tx| accounts::password_issues(tx, &row.login, new, "new"))?;
    if issues.is_empty() && hashing::fits(new, Some(&row.password_hash)) {
        let said = Said::new("accounts-password-same");
        issues.push(chibo_kernel::Issue { field: Some("new".to_owned()), rule: None, said });
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let hash = hashing::hash(new, db.random())?;
    db.write(viewer, |op| {
        let now = store::account(op.tx(), row.account_id)?.ok_or(Problem::SignIn)?;
        if now.password_hash != row.password_hash || now.closed_at.is_some() {
            return Err(Problem::Conflict(Said::new("accounts-password-changed-meanwhile")));
        }
        let factor = store::session(op.tx(), &sessions::token_hash(token))?.is_some_and(|s| s.second_factor);
        store::set_password(op.tx(), row.account_id, &hash, false, None)?;
        store::end_sessions_of(op.tx(), row.account_id)?;
        record(op, "password-changed", row.account_id, None, json!({}));
        touch(op);
        sessions::start(op, &now, factor, None)
    })
}
