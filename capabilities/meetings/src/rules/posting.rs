//! What is announced and posted about a meeting, and when (MTG-04, MTG-05).

use chibo_kernel::{Day, Issue, Moment, Said};

chibo_kernel::coded! {
    /// What was posted.
    Posted {
        /// The notice of day, hour and place.
        Notice(1) = "notice", "meetings-posted-notice";
        /// Documents.
        Documents(2) = "documents", "meetings-posted-documents";
        /// The conclusion or the resolution.
        Conclusion(3) = "conclusion", "meetings-posted-conclusion";
    }
}

impl Posted {
    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|posted| *posted as u8 == number)
    }
}

/// What cannot be true of a posting: it lies ahead, or a conclusion stands before its meeting.
pub fn check_posting(what: Posted, at: Moment, held: Option<Day>, now: Moment) -> Option<Issue> {
    let issue = |said: Said| Some(Issue { field: Some("when".to_owned()), rule: Some("MTG-04"), said });
    if at > now {
        return issue(Said::new("meetings-in-future").with("day", now.day()));
    }
    match held {
        Some(held) if what == Posted::Conclusion && at.day() < held => {
            issue(Said::new("meetings-posted-early").with("day", held))
        }
        _ => None,
    }
}

/// Letters of a short link: none that is taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A short link from chance: ten letters, fifty bits.
pub fn link_code(random: [u8; 10]) -> String {
    random.iter().filter_map(|byte| LETTERS.get(usize::from(byte & 31))).map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u8) -> Day {
        Day::from_ymd(2026, 11, number).unwrap()
    }

    #[test]
    fn mtg_04_a_conclusion_is_posted_after_its_meeting_and_nothing_in_the_future() {
        let now = Moment::start_of(day(22));
        let key = |what, at| check_posting(what, at, Some(day(20)), now).map(|issue| issue.said.key);
        assert_eq!(key(Posted::Conclusion, Moment::start_of(day(21))), None);
        assert_eq!(key(Posted::Conclusion, Moment::start_of(day(19))), Some("meetings-posted-early"));
        assert_eq!(key(Posted::Documents, Moment::start_of(day(19))), None);
        assert_eq!(key(Posted::Notice, now.plus_ms(1)), Some("meetings-in-future"));
        assert_eq!(Posted::from_number(2), Some(Posted::Documents));
    }

    #[test]
    fn mtg_05_a_short_link_has_ten_letters_that_are_not_mistaken() {
        let code = link_code([0, 31, 32, 255, 7, 8, 9, 10, 11, 12]);
        assert_eq!(code.len(), 10);
        assert!(!code.contains(['l', 'o', '0', '1']), "{code}");
    }
}
