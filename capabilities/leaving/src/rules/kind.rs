//! What a case is about, on which ground, with which evidence.

chibo_kernel::coded! {
    /// What shall happen.
    Kind {
        /// Exemption for old age or weak health (EXI-01).
        Health = "exempt-health", "leaving-kind-health";
        /// Exemption on another ground, for less than twelve months (EXI-02).
        Other = "exempt-other", "leaving-kind-other";
        /// Return from an exemption.
        Return = "return", "leaving-kind-return";
        /// Striking-off (xóa tên, EXI-10, EXI-11).
        StrikingOff = "striking-off", "leaving-kind-striking-off";
        /// Asking to leave (xin ra khỏi Đảng, EXI-13).
        Request = "request", "leaving-kind-request";
        /// Death (từ trần, EXI-14).
        Death = "death", "leaving-kind-death";
        /// Expulsion, entered from a decision on discipline (khai trừ).
        Expulsion = "expulsion", "leaving-kind-expulsion";
        /// Complaint against a striking-off (EXI-12).
        Complaint = "complaint", "leaving-kind-complaint";
        /// Restoration of rights (khôi phục quyền đảng viên, MEM-42).
        Restoration = "restoration", "leaving-kind-restoration";
    }
}

chibo_kernel::coded! {
    /// Why.
    Ground {
        /// Old age.
        Age = "age", "leaving-ground-age";
        /// Weak health.
        WeakHealth = "weak-health", "leaving-ground-health";
        /// Long treatment.
        Treatment = "treatment", "leaving-ground-treatment";
        /// Abroad alone.
        Abroad = "abroad", "leaving-ground-abroad";
        /// Mobile work of less than a year.
        Mobile = "mobile", "leaving-ground-mobile";
        /// Leave before retirement.
        Retiring = "pre-retirement", "leaving-ground-retiring";
        /// Maternity leave, if wished.
        Maternity = "maternity", "leaving-ground-maternity";
        /// The time is over.
        TermEnded = "term-ended", "leaving-ground-term-ended";
        /// Wishes to come back.
        Wish = "wish", "leaving-ground-wish";
        /// Three months of a year without meetings.
        Absent = "absent", "leaving-ground-absent";
        /// Three months of a year without fee.
        Fee = "fee", "leaving-ground-fee";
        /// Gave back or destroyed the card.
        Card = "card", "leaving-ground-card";
        /// Declining, not better twelve months after education.
        Declining = "declining", "leaving-ground-declining";
        /// Breach of the member's standard two years in a row.
        Breach = "breach", "leaving-ground-breach";
        /// Political standard.
        Politics = "politics", "leaving-ground-politics";
        /// Not fit to become official (MEM-34).
        Probation = "probation", "leaving-ground-probation";
        /// Own reasons.
        Own = "own", "leaving-ground-own";
        /// Special hardship of the family (MEM-27).
        Hardship = "hardship", "leaving-ground-hardship";
    }
}

chibo_kernel::coded! {
    /// Papers that prove a ground (EXI-11).
    Evidence {
        /// Fee book.
        FeeBook = "fee-book", "leaving-evidence-fee-book";
        /// Minutes that note the absence.
        Minutes = "minutes", "leaving-evidence-minutes";
        /// Record of education and help.
        Education = "education", "leaving-evidence-education";
        /// Minutes about the card.
        CardMinutes = "card-minutes", "leaving-evidence-card";
        /// Two yearly classifications.
        Classification = "classification", "leaving-evidence-classification";
        /// Conclusion of the committee in charge.
        Conclusion = "conclusion", "leaving-evidence-conclusion";
        /// Opinion of helper and branch on the probation.
        Probation = "probation", "leaving-evidence-probation";
        /// Confirmation of having left the country.
        Abroad = "abroad", "leaving-evidence-abroad";
    }
}

impl Kind {
    /// The grounds it can have; none for kinds that need none.
    pub const fn grounds(self) -> &'static [Ground] {
        use Ground::{Abroad, Absent, Age, Breach, Card, Declining, Fee, Hardship, Maternity, Mobile, Own, Politics};
        use Ground::{Probation, Retiring, TermEnded, Treatment, WeakHealth, Wish};
        match self {
            Self::Health => &[Age, WeakHealth],
            Self::Other => &[Treatment, Abroad, Mobile, Retiring, Maternity],
            Self::Return => &[TermEnded, Wish],
            Self::StrikingOff => &[Absent, Fee, Card, Declining, Breach, Politics, Probation],
            Self::Request => &[Own, Hardship],
            Self::Death | Self::Expulsion | Self::Complaint | Self::Restoration => &[],
        }
    }

    /// Exempts from work and meetings.
    pub const fn exempts(self) -> bool {
        matches!(self, Self::Health | Self::Other)
    }

    /// Ends membership.
    pub const fn removes(self) -> bool {
        matches!(self, Self::StrikingOff | Self::Request | Self::Expulsion | Self::Death)
    }

    /// A fact that is entered as it is, with nothing left to decide.
    pub const fn is_fact(self) -> bool {
        matches!(self, Self::Death | Self::Expulsion)
    }

    /// The rule behind it.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Health => "EXI-01",
            Self::Other => "EXI-02",
            Self::Return => "EXI-04",
            Self::StrikingOff => "EXI-10",
            Self::Request => "EXI-13",
            Self::Death | Self::Expulsion => "EXI-14",
            Self::Complaint => "EXI-12",
            Self::Restoration => "MEM-42",
        }
    }
}

impl Ground {
    /// The paper without which the ground is not proven.
    pub const fn proof(self) -> Option<Evidence> {
        match self {
            Self::Absent => Some(Evidence::Minutes),
            Self::Fee => Some(Evidence::FeeBook),
            Self::Card => Some(Evidence::CardMinutes),
            Self::Declining => Some(Evidence::Education),
            Self::Breach => Some(Evidence::Classification),
            Self::Politics => Some(Evidence::Conclusion),
            Self::Probation => Some(Evidence::Probation),
            _ => None,
        }
    }

    /// Whoever left on it is never admitted again (MEM-27).
    pub const fn never_again(self) -> bool {
        matches!(self, Self::Absent | Self::Card | Self::Own)
    }
}
