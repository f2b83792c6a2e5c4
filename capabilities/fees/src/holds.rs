//! What is kept about members: the category, lines of books, reasons for arrears of a month.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[
    PersonRows::once(&[], &[refers("fee_category", "person_id", &["person_id", "seq"])]),
    PersonRows::once(
        &["unit_id", "book_month", "version", "for_month"],
        &[refers("fee_line", "person_id", &["unit_id", "book_month", "version", "person_id", "for_month"])],
    ),
    PersonRows::once(&["month"], &[refers("fee_arrear", "person_id", &["person_id", "month", "seq"])]),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("fees-menu", ROWS);
