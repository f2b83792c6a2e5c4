//! Numbers of dossiers (số lý lịch, DOS-08): 6 digits and the letters of the city, from blocks, never twice.

use std::fmt;
use std::str::FromStr;

use chibo_kernel::{Issue, Said};

use super::Terms;

/// The greatest number.
const TOP: u32 = 999_999;

/// A number as it is written: `000123HCM`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileNumber {
    /// 1 … 999,999.
    pub value: u32,
    /// Two or three capital letters of the city.
    pub letters: String,
}

impl fmt::Display for FileNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}{}", self.value, self.letters)
    }
}

impl FromStr for FileNumber {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let text: String =
            text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
        let (digits, letters) = text.split_at_checked(6).ok_or(())?;
        let value = Some(digits).filter(|d| d.bytes().all(|b| b.is_ascii_digit())).and_then(|d| d.parse().ok());
        let fits = (2..=3).contains(&letters.chars().count()) && letters.chars().all(char::is_alphabetic);
        let value = value.filter(|value| *value > 0 && fits).ok_or(())?;
        Ok(Self { value, letters: letters.to_owned() })
    }
}

/// A block allotted to an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The first number.
    pub first: u32,
    /// The last number.
    pub last: u32,
    /// The letters.
    pub letters: String,
}

impl Block {
    /// How many numbers it has.
    pub const fn size(&self) -> u32 {
        self.last.saturating_sub(self.first) + 1
    }

    /// The first and the last number as written.
    pub fn ends(&self) -> (String, String) {
        let text = |value| FileNumber { value, letters: self.letters.clone() }.to_string();
        (text(self.first), text(self.last))
    }

    /// Whether a number lies in it.
    pub fn holds(&self, number: &FileNumber) -> bool {
        self.letters == number.letters && (self.first..=self.last).contains(&number.value)
    }

    fn meets(&self, other: &Self) -> bool {
        self.letters == other.letters && self.first <= other.last && other.first <= self.last
    }
}

fn issue(field: &str, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some("DOS-08"), said }
}

/// What is wrong with a block for an organisation of so many members; `others` are all blocks there are. The first block
/// of an organisation is 2–3 times its size; a further one may be smaller.
pub fn check_block(new: &Block, members: u32, further: bool, others: &[Block], terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    let letters = new.letters.chars().count();
    if !(2..=3).contains(&letters) || !new.letters.chars().all(char::is_uppercase) {
        issues.push(issue("letters", Said::new("cards-lot-letters")));
    }
    if new.first == 0 || new.last > TOP || new.first > new.last {
        issues.push(issue("last", Said::new("cards-lot-range")));
        return issues;
    }
    let (size, members) = (u64::from(new.size()), u64::from(members));
    let (least, most) = (members * terms.block_least, members * terms.block_most);
    if size > most || size < least && !further {
        issues.push(issue("last", Said::new("cards-lot-size").with("least", least).with("most", most)));
    }
    if let Some(other) = others.iter().find(|other| new.meets(other)) {
        let (first, last) = other.ends();
        issues.push(issue("first", Said::new("cards-lot-overlaps").with("first", first).with("last", last)));
    }
    issues
}

/// The next free number of an organisation: numbers go on after the greatest used of each block, gaps are not filled.
/// `greatest` gives the greatest used of a block.
pub fn next_free(blocks: &[(Block, Option<u32>)]) -> Option<FileNumber> {
    blocks.iter().find_map(|(block, greatest)| {
        let value = greatest.map_or(block.first, |greatest| greatest.saturating_add(1).max(block.first));
        (value <= block.last).then(|| FileNumber { value, letters: block.letters.clone() })
    })
}

/// What is wrong with a number that was typed: outside the blocks of the organisation, or used already.
pub fn fits(number: &FileNumber, blocks: &[Block], used: bool) -> Option<Issue> {
    if !blocks.iter().any(|block| block.holds(number)) {
        return Some(issue("file", Said::new("cards-lot-outside").with("number", number)));
    }
    used.then(|| issue("file", Said::new("cards-lot-used").with("number", number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chibo_kernel::Day;
    use proptest::prelude::*;

    fn block(first: u32, last: u32) -> Block {
        Block { first, last, letters: "HCM".to_owned() }
    }

    fn keys(issues: &[Issue]) -> Vec<&'static str> {
        issues.iter().map(|issue| issue.said.key).collect()
    }

    #[test]
    fn dos_08_six_digits_and_two_or_three_letters() {
        let number: FileNumber = " 000123 hcm".parse().unwrap();
        assert_eq!((number.value, number.to_string().as_str()), (123, "000123HCM"));
        for bad in ["", "000000HCM", "00123HCM", "000123", "000123H", "000123HCMC", "00012xHCM", "000123H1"] {
            assert!(bad.parse::<FileNumber>().is_err(), "{bad}");
        }
    }

    #[test]
    fn dos_08_a_block_is_two_to_three_times_the_size_and_meets_no_other() {
        let terms = Terms::on(Day::from_iso("2026-11-22").unwrap()).unwrap();
        let check = |new: &Block, further| keys(&check_block(new, 1_000, further, &[block(1, 2_500)], &terms));
        assert!(check(&block(3_001, 5_500), false).is_empty());
        assert_eq!(check(&block(3_001, 4_999), false), ["cards-lot-size"]);
        assert!(check(&block(3_001, 4_999), true).is_empty());
        assert_eq!(check(&block(3_001, 6_001), true), ["cards-lot-size"]);
        assert_eq!(check(&block(2_500, 4_600), false), ["cards-lot-overlaps"]);
        assert_eq!(check(&block(0, 10), false), ["cards-lot-range"]);
        assert_eq!(check(&block(999_000, 1_000_000), false), ["cards-lot-range"]);
    }

    #[test]
    fn dos_08_numbers_go_on_and_never_come_back() {
        let next = |blocks: &[(Block, Option<u32>)]| next_free(blocks).map(|number| number.value);
        assert_eq!(next(&[(block(10, 20), None)]), Some(10));
        assert_eq!(next(&[(block(10, 20), Some(15))]), Some(16));
        assert_eq!(next(&[(block(10, 20), Some(20)), (block(40, 50), Some(41))]), Some(42));
        assert_eq!(next(&[(block(10, 20), Some(20))]), None);
        let of = |value| FileNumber { value, letters: "HCM".to_owned() };
        assert_eq!(fits(&of(21), &[block(10, 20)], false).map(|i| i.said.key), Some("cards-lot-outside"));
        assert_eq!(fits(&of(20), &[block(10, 20)], true).map(|i| i.said.key), Some("cards-lot-used"));
        assert_eq!(fits(&of(20), &[block(10, 20)], false), None);
    }

    proptest! {
        #[test]
        fn what_is_next_lies_in_a_block_and_is_greater_than_what_was(first in 1u32..900_000, size in 1u32..9_999, used in 0u32..12_000) {
            let block = block(first, first + size - 1);
            if let Some(number) = next_free(&[(block.clone(), Some(first.saturating_sub(1) + used))]) {
                prop_assert!(block.holds(&number) && (used == 0 || number.value > first - 1 + used));
                prop_assert_eq!(number.to_string().parse::<FileNumber>(), Ok(number));
            }
        }
    }
}
