//! Where a plan stands.

/// State of a plan. Only a draft can be changed; only what is signed comes into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written (đang soạn).
    Draft,
    /// Signed; comes into force on its day (đã ký, chờ hiệu lực).
    Signed,
    /// In force (đã có hiệu lực): undone only by a counter-decision.
    InForce,
    /// Its day came and the rules refused it, because something else had changed (chưa thi hành được).
    Stuck,
    /// Taken back before its day (đã rút).
    Withdrawn,
    /// A draft nobody wants any more (đã bỏ).
    Dropped,
}

impl State {
    /// All, in the order of lists.
    pub const ALL: [Self; 6] = [Self::Stuck, Self::Draft, Self::Signed, Self::InForce, Self::Withdrawn, Self::Dropped];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::InForce => "in-force",
            Self::Stuck => "stuck",
            Self::Withdrawn => "withdrawn",
            Self::Dropped => "dropped",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "plans-draft",
            Self::Signed => "plans-signed",
            Self::InForce => "plans-in-force",
            Self::Stuck => "plans-stuck",
            Self::Withdrawn => "plans-withdrawn",
            Self::Dropped => "plans-dropped",
        }
    }

    /// Whether it may be followed by another.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Signed | Self::Dropped)
                | (Self::Signed, Self::InForce | Self::Stuck | Self::Withdrawn)
                | (Self::Stuck, Self::Draft | Self::Withdrawn)
        )
    }
}
