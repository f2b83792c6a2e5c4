//! Why somebody is looked at, from closed lists only. What anybody thinks, believes or says is no ground, and there is
//! nowhere to write it (SCR-08 names signs for warning; none of them is here).

/// The rules a flag can carry: the six groups (SCR-02…SCR-07).
pub const FLAG_RULES: [&str; 6] = ["SCR-02", "SCR-03", "SCR-04", "SCR-05", "SCR-06", "SCR-07"];

/// Key of the word of a group.
pub fn group_word(rule: &str) -> &'static str {
    match rule {
        "SCR-02" => "screening-group-1",
        "SCR-03" => "screening-group-2",
        "SCR-04" => "screening-group-3",
        "SCR-05" => "screening-group-4",
        "SCR-06" => "screening-group-5",
        _ => "screening-group-6",
    }
}

chibo_kernel::coded! {
    /// A ground that people raise by hand, always with the number and the day of its evidence.
    Ground {
        /// Moved away, papers not handed in.
        PapersKept = "papers-kept", "screening-ground-papers-kept";
        /// Classed as not fulfilling tasks two years in a row.
        TwoYearsFailed = "two-years-failed", "screening-ground-two-years-failed";
        /// In breach of the member's standard two years in a row.
        TwoYearsBreach = "two-years-breach", "screening-ground-two-years-breach";
        /// Educated and helped for twelve months without progress.
        NoProgress = "no-progress", "screening-ground-no-progress";
        /// Gave back or destroyed his own card (EXI-10).
        CardReturned = "card-returned", "screening-ground-card-returned";
        /// The competent body concluded that the political standard is not met.
        StandardConcluded = "standard-concluded", "screening-ground-standard-concluded";
        /// Admitted against the conditions of Article 1 or by the wrong procedure (MEM-41).
        WrongAdmission = "wrong-admission", "screening-ground-wrong-admission";
    }
}

impl Ground {
    /// The rule behind it.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::PapersKept => "SCR-04",
            Self::TwoYearsFailed | Self::TwoYearsBreach => "SCR-05",
            Self::NoProgress | Self::CardReturned => "SCR-06",
            Self::StandardConcluded | Self::WrongAdmission => "SCR-07",
        }
    }
}

chibo_kernel::coded! {
    /// What a member who is helped has to do.
    Task {
        /// Comes to every meeting.
        Meetings = "meetings", "screening-task-meetings";
        /// Pays the fee, and what is owed.
        Fee = "fee", "screening-task-fee";
        /// Does the work the branch assigned.
        Work = "work", "screening-task-work";
        /// Attends the class.
        Class = "class", "screening-task-class";
        /// Hands in papers, extends or ends the exemption or temporary transfer.
        Papers = "papers", "screening-task-papers";
        /// Reports to the branch every month.
        Report = "report", "screening-task-report";
    }
}
