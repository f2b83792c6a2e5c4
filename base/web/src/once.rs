//! A form sent again counts once: a page that did not answer in time, a network that came back, a finger that was too quick.
//!
//! Every [`Form`](crate::Form) carries a key (`_key`) made for its address. What is sent under the same key with the same
//! content is the same form: the first write of the request claims it in its transaction, and whoever sends it again is led
//! where the first one was. Other content under the same key is another form: somebody went back and changed it.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use chibo_kernel::{Problem, Said};
use chibo_store::seal::{digest, hex};
use chibo_store::{Keys, Op, once};

use crate::capability::Route;
use crate::reply::Reply;
use crate::visit::{Pairs, Visit};

/// The key of a form.
const KEY: &str = "_key";
/// What was sent, as its hash, and which request sent it: put into the form by us, whatever came under these names.
const SENT: &str = "_sent";
const REQUEST: &str = "_request";
/// Word of the refusal when it is not known any more where the first one led.
const ALREADY: &str = "form-sent-already";
/// Characters of a key: a nonce and its proof.
const NONCE: usize = 16;
const PROOF: usize = 32;
/// Answers remembered.
const MOST: usize = 20_000;

/// Where forms sent before led, by account and hash; kept beside the data, lost without harm.
#[derive(Default)]
struct Leads(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    to: HashMap<String, String>,
    order: VecDeque<String>,
}

impl Leads {
    fn of(visit: &Visit<'_>) -> Arc<Self> {
        visit.house.db.beside::<Self>().unwrap_or_else(|| {
            let leads = Arc::new(Self::default());
            visit.house.db.put_beside(leads.clone());
            leads
        })
    }

    fn get(&self, sent: &str) -> Option<String> {
        self.0.lock().ok().and_then(|kept| kept.to.get(sent).cloned())
    }

    fn put(&self, sent: String, to: String) {
        let Ok(mut kept) = self.0.lock() else { return };
        if kept.to.insert(sent.clone(), to).is_none() {
            kept.order.push_back(sent);
        }
        while kept.order.len() > MOST {
            if let Some(oldest) = kept.order.pop_front() {
                kept.to.remove(&oldest);
            }
        }
    }
}

fn proof(keys: &Keys, nonce: &str, action: &str) -> String {
    let mut text = hex(&keys.lookup(format!("form {nonce} {action}").as_bytes()));
    text.truncate(PROOF);
    text
}

/// The key of a form that is sent to an address: kept drafts of it, sent elsewhere, are no sending of it.
pub(crate) fn key(visit: &Visit<'_>, action: &str) -> String {
    let nonce = hex(&visit.house.db.random::<{ NONCE / 2 }>());
    let proof = proof(visit.house.db.keys(), &nonce, action);
    format!("{nonce}{proof}")
}

fn is_ours(visit: &Visit<'_>, key: &str) -> bool {
    let parts = key.split_at_checked(NONCE).filter(|_| key.is_ascii());
    parts.is_some_and(|(nonce, given)| proof(visit.house.db.keys(), nonce, &visit.url) == given)
}

/// The hash of what was sent: key, account, content, names and sizes of files.
fn hash(visit: &Visit<'_>, account: &str) -> String {
    let mut text = account.to_owned();
    for (name, value) in visit.form.0.iter().filter(|(name, _)| name != "_form") {
        let _ = write!(text, "\n{}:{name}={}:{value}", name.len(), value.len());
    }
    for file in &visit.files {
        let _ = write!(text, "\nfile {} {} {}", file.field, file.size, file.name);
    }
    digest(text.as_bytes())
}

/// Runs the page of a request; what was sent before is not done again.
///
/// # Errors
/// What the page gives; a conflict for what was sent before and is not remembered in full.
pub fn run(route: &Route, visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    visit.form.0.retain(|(name, _)| name != SENT && name != REQUEST);
    let key = visit.form.get(KEY).to_owned();
    let Some(account) = visit.who().account.filter(|_| route.method == "POST" && is_ours(visit, &key)) else {
        return (route.handler)(visit);
    };
    let sent = hash(visit, &account.to_string());
    let leads = Leads::of(visit);
    let before = |leads: &Leads| leads.get(&sent).map(Reply::Redirect);
    if visit.read(|tx| once::is_claimed(tx, account, &sent))? {
        return before(&leads).ok_or_else(|| Problem::Conflict(Said::new(ALREADY)));
    }
    let request = hex(&visit.house.db.random::<16>());
    visit.form.0.push((SENT.to_owned(), sent.clone()));
    visit.form.0.push((REQUEST.to_owned(), request));
    match (route.handler)(visit) {
        Ok(Reply::Redirect(to)) => {
            leads.put(sent, to.clone());
            Ok(Reply::Redirect(to))
        }
        Err(Problem::Conflict(said)) if said.key == ALREADY => before(&leads).ok_or(Problem::Conflict(said)),
        other => other,
    }
}

/// Claims what was sent for this request, inside its write.
///
/// # Errors
/// A conflict when the same was sent before.
pub(crate) fn claim(form: &Pairs, op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let (Some(sent), Some(request)) = (form.some(SENT), form.some(REQUEST)) else { return Ok(()) };
    if once::claim(op, sent, request)? { Ok(()) } else { Err(Problem::Conflict(Said::new(ALREADY))) }
}
