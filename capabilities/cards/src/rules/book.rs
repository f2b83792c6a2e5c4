//! The books a committee keeps about its members (DOS-07), and where each of them is.

use chibo_members::codes::Standing;

chibo_kernel::coded! {
    /// A book of the rule.
    Book {
        /// The members of today (form 7-HSĐV).
        Members = "members", "cards-book-members";
        /// Who left the Party.
        Left = "left", "cards-book-left";
        /// Who died.
        Deceased = "deceased", "cards-book-deceased";
        /// Hand-over and reading of dossiers.
        Dossiers = "dossiers", "cards-book-dossiers";
        /// Probationary members.
        Probation = "probation", "cards-book-probation";
        /// Cards.
        Cards = "cards", "cards-book-cards";
        /// Badges.
        Badges = "badges", "cards-book-badges";
        /// Introductions of members who move.
        Introductions = "introductions", "cards-book-introductions";
        /// Notices that a member arrived.
        Notices = "notices", "cards-book-notices";
        /// Commendations.
        Commendations = "commendations", "cards-book-commendations";
        /// Contact with the place of residence.
        Residence = "residence", "cards-book-residence";
        /// Resolutions of branches.
        Resolutions = "resolutions", "cards-book-resolutions";
    }
}

impl Book {
    /// Where it is kept; nothing while the program keeps none.
    pub const fn place(self) -> Option<&'static str> {
        Some(match self {
            Self::Members => "/cards/roll",
            Self::Left => "/cards/books/left",
            Self::Deceased => "/cards/books/deceased",
            Self::Dossiers => "/cards/dossiers",
            Self::Probation => "/cards/books/probation",
            Self::Cards => "/cards/list",
            Self::Badges => "/badges",
            Self::Introductions => "/transfers",
            Self::Notices => "/transfers/checks",
            Self::Commendations => return None,
            Self::Residence => "/transfers/residence",
            Self::Resolutions => "/meetings",
        })
    }

    /// Key of the sentence on what is in it and who writes it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Members => "cards-book-about-members",
            Self::Left => "cards-book-about-left",
            Self::Deceased => "cards-book-about-deceased",
            Self::Dossiers => "cards-book-about-dossiers",
            Self::Probation => "cards-book-about-probation",
            Self::Cards => "cards-book-about-cards",
            Self::Badges => "cards-book-about-badges",
            Self::Introductions => "cards-book-about-introductions",
            Self::Notices => "cards-book-about-notices",
            Self::Commendations => "cards-book-about-commendations",
            Self::Residence => "cards-book-about-residence",
            Self::Resolutions => "cards-book-about-resolutions",
        }
    }

    /// Of which standing its members are, when it is made from the members themselves.
    pub const fn standing(self) -> Option<Standing> {
        match self {
            Self::Left => Some(Standing::Left),
            Self::Deceased => Some(Standing::Deceased),
            Self::Probation => Some(Standing::Probationary),
            _ => None,
        }
    }

    /// Its name on paper, after "Sổ".
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Left => "đảng viên ra khỏi Đảng",
            Self::Deceased => "đảng viên từ trần",
            _ => "đảng viên dự bị",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dos_07_there_are_twelve_books_and_only_that_of_commendations_is_not_kept() {
        assert_eq!(Book::ALL.len(), 12);
        let unkept: Vec<_> = Book::ALL.iter().filter(|book| book.place().is_none()).collect();
        assert_eq!(unkept, [&Book::Commendations]);
    }

    #[test]
    fn dos_07_books_made_from_members_are_at_their_own_address() {
        for book in Book::ALL.iter().filter(|book| book.standing().is_some()) {
            assert_eq!(book.place(), Some(format!("/cards/books/{}", book.code()).as_str()));
        }
    }
}
