//! What stops an official transfer of a member (TRF-05). Pure.

use std::collections::BTreeMap;

chibo_kernel::coded! {
    /// What is going on while a hold stands.
    Ground {
        /// Inspection (kiểm tra).
        Inspection = "inspection", "members-hold-inspection";
        /// Audit (giám sát, thanh tra, kiểm toán).
        Audit = "audit", "members-hold-audit";
        /// A complaint is being resolved (giải quyết khiếu nại).
        Complaint = "complaint", "members-hold-complaint";
        /// A denunciation is being resolved (giải quyết tố cáo).
        Denunciation = "denunciation", "members-hold-denunciation";
    }
}

/// The source of holds that a committee raises by hand.
pub const BY_HAND: &str = "hand";

/// Whether anything holds: of every source what was said last counts. `rows` are sources with raised or lifted, each source in
/// its order.
pub fn stands<'s>(rows: impl IntoIterator<Item = (&'s str, bool)>) -> bool {
    rows.into_iter().collect::<BTreeMap<_, _>>().into_values().any(|raised| raised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn trf_05_lifting_one_hold_leaves_the_others() {
        let rows = [("hand", true), ("case 1", true), ("case 1", false)];
        assert!(stands(rows));
        assert!(!stands(rows.into_iter().chain([("hand", false)])));
        assert!(!stands([]));
    }

    proptest! {
        #[test]
        fn trf_05_nothing_holds_exactly_when_every_source_was_lifted(
            acts in proptest::collection::vec((0usize..3, any::<bool>()), 0..20),
        ) {
            const SOURCES: [&str; 3] = ["hand", "case 1", "case 2"];
            let last = |source| acts.iter().rfind(|(other, _)| *other == source).is_some_and(|(_, raised)| *raised);
            let rows = acts.iter().map(|(source, raised)| (SOURCES[*source], *raised));
            prop_assert_eq!(stands(rows), (0..3).any(last));
        }
    }
}
