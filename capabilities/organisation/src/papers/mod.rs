//! Papers about organisations (văn bản về tổ chức đảng): plain facts in, a [`Document`] out. Pure.
//!
//! Papers are Vietnamese whatever language their maker reads. What the program does not know (place, names of those who
//! hand over) is left as dots to be filled in by hand.

mod decision;
mod handover;
mod list;
mod sheet;
#[cfg(test)]
mod tests;

use chibo_kernel::Day;
use chibo_papers::document::{Document, Heading, Signature};

pub use decision::{Act, DecisionPaper, decision};
pub use handover::{Handed, HandoverPaper, handover};
pub(crate) use list::{ListPaper, ListRow, list};
pub(crate) use sheet::{Officer, UnitSheet, sheet};

/// To be filled in by hand.
const DOTS: &str = "…………";

/// In whose name a paper goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuer {
    /// The organisation above; empty for none.
    pub superior: String,
    /// Who issues, for example `Ban Thường vụ Đảng ủy phường Bến Thành`.
    pub name: String,
}

impl Issuer {
    /// For the signature: `T/M BAN THƯỜNG VỤ …`, no `K/T` for a collective (DPD-44).
    fn signs(&self) -> Signature {
        Signature { on_behalf: format!("T/M {}", self.name.to_uppercase()), ..Signature::default() }
    }

    /// A document of this issuer with heading, type and subject.
    fn begins(&self, number: String, day: Option<Day>, kind: &str, subject: String) -> Document {
        let heading = Heading {
            superior: self.superior.clone(),
            issuer: self.name.clone(),
            number,
            dated: format!("{DOTS}, {}", day.map_or_else(open_day, long_day)),
        };
        Document { title: format!("{kind} {subject}"), heading, kind: kind.to_owned(), subject, ..Document::default() }
    }
}

/// `ngày 05 tháng 02 năm 2026`: a 0 before days up to 9 and months up to 2 (DPD-40).
fn long_day(day: Day) -> String {
    let (year, month, day) = day.ymd();
    let month = if month <= 2 { format!("0{month}") } else { month.to_string() };
    format!("ngày {day:02} tháng {month} năm {year}")
}

/// A day to be filled in by hand.
fn open_day() -> String {
    "ngày …… tháng …… năm ………".to_owned()
}

/// The text with its first letter large.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
