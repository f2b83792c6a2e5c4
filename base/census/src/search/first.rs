//! The smallest few of many keys, without sorting the many.

/// Keeps the `limit` smallest keys greater than `after`.
#[derive(Debug)]
pub(crate) struct First {
    keys: Vec<u64>,
    limit: usize,
    after: Option<u64>,
    /// Keys from here on cannot be among the first any more.
    bound: u64,
}

impl First {
    pub fn new(limit: usize, after: Option<u64>) -> Self {
        let bound = if limit == 0 { 0 } else { u64::MAX };
        Self { keys: Vec::new(), limit, after, bound }
    }

    pub fn bound(&self) -> u64 {
        self.bound
    }

    #[inline]
    pub fn offer(&mut self, key: u64) {
        if key < self.bound && self.after.is_none_or(|after| key > after) {
            self.keys.push(key);
            if self.keys.len() >= self.limit * 2 + 64 {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        if self.keys.len() > self.limit
            && let Some(last) = self.limit.checked_sub(1)
        {
            let (_, worst, _) = self.keys.select_nth_unstable(last);
            self.bound = *worst;
            self.keys.truncate(self.limit);
        }
    }

    /// The first keys, ascending.
    pub fn finish(mut self) -> Vec<u64> {
        self.cut();
        self.keys.sort_unstable();
        self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_what_sorting_gives(
            keys in proptest::collection::btree_set(0u64..5000, 0..600),
            limit in 0usize..40,
            after in proptest::option::of(0u64..5000),
        ) {
            let mut first = First::new(limit, after);
            // Descending is the hard order: every key beats all before it.
            keys.iter().rev().for_each(|key| first.offer(*key));
            let wanted: Vec<u64> = keys.into_iter().filter(|key| after.is_none_or(|a| *key > a)).take(limit).collect();
            prop_assert_eq!(first.finish(), wanted);
        }
    }
}
