//! Consents (ORG-04) and how long a breach has held. Pure.

mod age;
mod consent;

pub use age::{Age, MONTHS, Since, month_ends};
pub use consent::{Consent, Consents, NewConsent, check_consent, takes_consent};
