//! What accounts decide: pure, no database, no clock.
//!
//! [`role`] what each role may do; [`authority`] who may give, see and manage; [`login`] and [`password`] what is
//! accepted; [`guessing`] the growing delay; [`second_factor`] codes of an authenticator; [`codes`] codes for
//! people to copy; [`times`] how long a session lives.

pub mod authority;
pub mod codes;
pub mod guessing;
pub mod login;
pub mod password;
pub mod role;
pub mod second_factor;
pub mod times;

pub use authority::EVERYWHERE;
pub use role::Role;
