//! What is done about cases: load, permit, decide, save, record; one transaction each.

mod effect;
mod load;
mod open;
mod step;
mod write;

pub use load::{Loaded, load};
pub use open::open;
pub use step::take;

use chibo_census::Census;
use chibo_kernel::Problem;
use chibo_store::Op;

/// The columns beside the data.
pub(crate) fn census(op: &Op<'_, '_>) -> Result<std::sync::Arc<Census>, Problem> {
    op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))
}
