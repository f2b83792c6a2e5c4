//! The register beside a file of the national database: sending a file, progress, what differs, taking values over.

mod export;
mod lines;
mod new;
mod one;

use chibo_kernel::{Id, Permission, Problem};
use chibo_web::{Crumb, Head, Visit};

pub(super) use export::workbook;
pub(super) use new::{show, upload};
pub(super) use one::{remove, show as one, take};

use super::MENU;
use crate::store::reconciliations::{self as store, Reconciliation, ReconciliationRow};

/// Largest file taken, bytes.
pub(super) const LARGEST: usize = 200 << 20;

/// The kinds of results, in the order of the page.
const KINDS: [(&str, &str); 5] = [
    ("field", "quality-differs"),
    ("here", "quality-only-here"),
    ("there", "quality-only-there"),
    ("doubt", "quality-doubtful"),
    ("unread", "quality-unread"),
];

/// A reconciliation the viewer may see: where he may import, while it is kept.
fn load(visit: &Visit<'_>) -> Result<ReconciliationRow, Problem> {
    let id: Id<Reconciliation> = visit.id("id")?;
    let row = visit.read(|tx| store::one(tx, id))?.ok_or(Problem::NotFound)?;
    if sees(visit, &row) { Ok(row) } else { Err(Problem::NotFound) }
}

fn sees(visit: &Visit<'_>, row: &ReconciliationRow) -> bool {
    row.expires_on > visit.today() && visit.permit(Permission::Import, row.unit_id).is_ok()
}

fn head(visit: &Visit<'_>, title: &str) -> Head {
    let w = visit.w;
    let crumbs = vec![
        Crumb::to(w.t("quality-title"), "/quality"),
        Crumb::to(w.t("quality-reconcile"), "/quality/reconciliations"),
        Crumb::here(title),
    ];
    Head::new(title, MENU).crumbs(crumbs)
}
