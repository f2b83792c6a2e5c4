//! The last answers about long lists: the first page of a city costs a pass over a million states, and is asked for
//! again and again. An answer holds as long as nobody in the register has changed.

use std::sync::{Arc, Mutex, PoisonError};

use chibo_census::{Forest, PersonNo, View};

/// One page of a list.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub persons: Vec<PersonNo>,
    pub total: u64,
    pub more: bool,
}

struct Entry {
    question: String,
    forest: Arc<Forest>,
    states: usize,
    page: Arc<Page>,
}

/// Pages kept.
const MOST: usize = 64;

static KEPT: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// The kept answer to `question`, or that of `find`. Every load makes a new forest and every change of a person adds
/// states, so an equal pair means equal answers.
pub(crate) fn page(view: &View<'_>, question: String, find: impl FnOnce() -> Page) -> Arc<Page> {
    let states = view.states();
    let same = |entry: &Entry| entry.states == states && Arc::ptr_eq(&entry.forest, view.forest());
    {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|entry| same(entry) && entry.question == question) {
            kept[..=at].rotate_right(1);
            if let Some(entry) = kept.first() {
                return entry.page.clone();
            }
        }
    }
    let page = Arc::new(find());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.retain(same);
    kept.insert(0, Entry { question, forest: view.forest().clone(), states, page: page.clone() });
    kept.truncate(MOST);
    page
}
