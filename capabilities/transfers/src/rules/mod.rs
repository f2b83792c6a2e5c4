//! Whose signature comes next, what refuses it, by when it is due. Pure.

mod carried;
mod check;
mod contact;
mod course;
mod kind;
mod stay;
mod terms;
#[cfg(test)]
mod tests;

pub use carried::{Carried, Item, Quarter, check_carried};
pub use check::{Deed, Ground, Request, check, check_elsewhere, check_request};
pub use contact::{Contact, Remark, Residence, check_contact, introduced_by, remarks_by, year_due, year_shown};
pub use course::{Course, SIDES, Seal, Side, State, Step, boxes, boxes_abroad, boxes_down, boxes_up};
pub use kind::{Basis, Contract, Elsewhere, Kind, Purpose, Span, Way};
pub use stay::{Stay, Turn, TurnDeed, Turned, check_span, check_turn, together};
pub use terms::{Clock, Terms};

/// A transfer (chuyển sinh hoạt đảng).
#[derive(Debug)]
pub enum Transfer {}
