//! The web floor of Chi Bộ: what every page shares.
//!
//! Tour: a `Capability` declares its routes; `server` turns them into an axum router whose one handler
//! builds a `Visit` (who, where, which language), checks the declared policy, calls the page function and
//! dresses its `Reply` in the shell. `form`, `table`, `chart` are the components; `words` are the two languages.

pub mod capability;
pub mod chart;
pub mod cookies;
pub mod doubt;
pub mod duty;
pub mod figures;
pub mod form;
pub mod house;
pub mod html;
pub mod limits;
pub mod once;
pub mod person;
pub mod reply;
pub mod routes;
pub mod server;
pub mod shell;
pub mod signal;
pub mod table;
pub mod takeout;
pub mod visit;
pub mod words;

pub use capability::{Capability, MenuItem, PersonHold, Policy, Route, SheetItem};
pub use duty::{Duty, DutyShelf, DutySource, Pressing, duties_of, pressing_of};
pub use form::{Field, Form};
pub use house::{Gate, House, Settings, Signed};
pub use person::PersonPage;
pub use reply::Reply;
pub use shell::{Crumb, Head};
pub use signal::{Signal, SignalSource, SignalSources};
pub use table::{Cell, Table};
pub use visit::{Pairs, Upload, Visit};
pub use words::{Lang, Tongue, Words};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));
