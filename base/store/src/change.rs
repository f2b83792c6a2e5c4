//! What a committed transaction touched: the notices every cache follows.

use chibo_kernel::{Id, Person, Unit};

/// What a committed transaction touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Facts of one person.
    Person(Id<Person>),
    /// Facts of one unit, or the tree.
    Unit(Id<Unit>),
    /// Many persons at once, by the act that brought them.
    Arrived([u8; 16]),
    /// An account, its grants or its sessions.
    Accounts,
    /// So much that caches should be loaded anew.
    Everything,
}

impl Change {
    pub(crate) fn stored(self) -> (&'static str, Option<Vec<u8>>) {
        match self {
            Self::Person(id) => ("person", Some(id.bytes().to_vec())),
            Self::Unit(id) => ("unit", Some(id.bytes().to_vec())),
            Self::Arrived(act) => ("arrived", Some(act.to_vec())),
            Self::Accounts => ("accounts", None),
            Self::Everything => ("everything", None),
        }
    }

    pub(crate) fn from_stored(kind: &str, subject: Option<&[u8]>) -> Self {
        let id = subject.and_then(|s| <[u8; 16]>::try_from(s).ok());
        match (kind, id) {
            ("person", Some(id)) => Self::Person(Id::from_bytes(id)),
            ("unit", Some(id)) => Self::Unit(Id::from_bytes(id)),
            ("arrived", Some(act)) => Self::Arrived(act),
            ("accounts", _) => Self::Accounts,
            _ => Self::Everything,
        }
    }
}
