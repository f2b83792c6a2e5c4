//! How many members a unit has.

/// How many members a unit has, subtree included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strength {
    /// Official members (đảng viên chính thức).
    pub official: u32,
    /// Official and probationary.
    pub all: u32,
}
