//! How many of a group may be excellent (EVAL-24): exact, in whole numbers, rounded down.

use chibo_kernel::rulebook::Ratio;

/// The cap of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The share.
    pub share: Ratio,
    /// The share in exceptional cases, with a reason, reported.
    pub exceptional: Ratio,
    /// Whether the number the share is taken of includes the excellent ones.
    pub base_includes_best: bool,
}

/// A group of the same type and level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Classed good or above, the excellent ones among them.
    pub good_and_above: u64,
    /// Of them excellent.
    pub excellent: u64,
}

/// Where a group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Within the share; so many more may be excellent out of those classed good.
    Within(u64),
    /// Over the share, within the exceptional one: needs a reason and is reported.
    Exceptional,
    /// Over both.
    Over,
}

impl Cap {
    fn allowed(&self, share: Ratio, good_and_above: u64) -> u64 {
        if self.base_includes_best {
            return share.floor_of(good_and_above);
        }
        // e ≤ share × (n − e)  ⇔  e ≤ n × part / (whole + part)
        let (part, whole) = (u128::from(share.part()), u128::from(share.whole()));
        let most = u128::from(good_and_above) * part / (whole + part);
        u64::try_from(most).unwrap_or(u64::MAX)
    }

    /// How many of so many classed good or above may be excellent.
    pub fn places(&self, good_and_above: u64) -> u64 {
        self.allowed(self.share, good_and_above)
    }

    /// The same in exceptional cases.
    pub fn exceptional_places(&self, good_and_above: u64) -> u64 {
        self.allowed(self.exceptional, good_and_above).max(self.places(good_and_above))
    }

    /// Where a group stands.
    pub fn standing(&self, group: Group) -> Standing {
        let places = self.places(group.good_and_above);
        match places.checked_sub(group.excellent) {
            Some(left) => Standing::Within(left),
            None if group.excellent <= self.exceptional_places(group.good_and_above) => Standing::Exceptional,
            None => Standing::Over,
        }
    }
}
