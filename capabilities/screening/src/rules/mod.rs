//! Grounds, steps, votes, what refuses them, clocks, what a report counts. Pure.

/// A list of codes with words: `coded!(Name { One = "code", "word"; })`.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $one:ident = $code:literal, $word:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$what])* $one),* }

        impl $name {
            /// All, in order.
            pub const ALL: &'static [Self] = &[$(Self::$one),*];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$one => $code),* }
            }

            /// From the stored code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// Key of the word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$one => $word),* }
            }
        }
    };
}

mod check;
mod course;
mod ground;
mod pack;
mod report;
mod terms;
#[cfg(test)]
mod tests;
mod votes;

pub use check::{Deed, Scene, check, is_number};
pub use course::{Course, Form, State, Step, Taken};
pub use ground::{FLAG_RULES, Ground, Task, group_word};
pub use pack::{Item, missing_items};
pub use report::{Change, Counts, FIGURES, Figure, explain};
pub use terms::Terms;
pub use votes::{Body, Roll};

/// A campaign of screening (đợt rà soát, sàng lọc đảng viên).
#[derive(Debug)]
pub enum Campaign {}

/// A report of a campaign.
#[derive(Debug)]
pub enum Report {}
