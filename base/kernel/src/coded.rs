//! Closed lists that are stored by a code and shown by a word.

/// An enum whose cases have a stored code and the key of a word: `coded!(Way { Cash = "cash", "fees-cash"; })`.
///
/// Gives `ALL` in order, `code`, `from_code` and `word`. A case may fix its number, `Cash(1) = …`, where lists
/// keep numbers rather than codes. A document comment of the list and of every case is expected, as everywhere.
#[macro_export]
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$what:meta])* $one:ident $(($number:literal))? = $code:literal, $word:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$what])* $one $(= $number)?),* }

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

#[cfg(test)]
mod tests {
    crate::coded! {
        /// A list.
        #[derive(Default)]
        List {
            /// The first.
            #[default]
            First(3) = "first", "word-first";
            /// The second.
            Second(7) = "second", "word-second";
        }
    }

    #[test]
    fn a_case_is_found_by_its_code_and_keeps_its_number() {
        assert_eq!(List::ALL, [List::First, List::Second]);
        assert_eq!(List::from_code("second"), Some(List::Second));
        assert_eq!(List::from_code("third"), None);
        assert_eq!(List::default().code(), "first");
        assert_eq!(List::First.word(), "word-first");
        assert_eq!(List::Second as u8, 7);
    }
}
