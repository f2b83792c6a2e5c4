//! A lost dossier (DOS-09): reported, investigated, agreed to by the committee above, made again piece by piece, whole; or
//! found again on the way.

use chibo_kernel::{Day, Issue, Said};

chibo_kernel::coded! {
    /// What is done about a lost dossier.
    LossStep {
        /// Reported lost.
        Reported = "reported", "cards-lost-step-reported";
        /// Investigated.
        Investigated = "investigated", "cards-lost-step-investigated";
        /// The standing committee of the committee above agreed that it is made again.
        Consented = "consented", "cards-lost-step-consented";
        /// Pieces of it were made again.
        Gathered = "gathered", "cards-lost-step-gathered";
        /// Every piece is there again.
        Whole = "whole", "cards-lost-step-whole";
        /// Found again.
        Found = "found", "cards-lost-step-found";
    }
}

chibo_kernel::coded! {
    /// What has to be in a dossier made again.
    Piece {
        /// The personal history (lý lịch đảng viên).
        History = "history", "cards-lost-piece-history";
        /// The sheet (phiếu đảng viên).
        Sheet = "sheet", "cards-lost-piece-sheet";
        /// Copy of the decision of admission.
        Admission = "admission", "cards-lost-piece-admission";
        /// Copy of the decision of recognition.
        Recognition = "recognition", "cards-lost-piece-recognition";
        /// The explanation of the loss.
        Explanation = "explanation", "cards-lost-piece-explanation";
        /// The index (mục lục).
        Index = "index", "cards-lost-piece-index";
    }
}

impl Piece {
    /// Key of the sentence that it is missing.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::History => "cards-lost-missing-history",
            Self::Sheet => "cards-lost-missing-sheet",
            Self::Admission => "cards-lost-missing-admission",
            Self::Recognition => "cards-lost-missing-recognition",
            Self::Explanation => "cards-lost-missing-explanation",
            Self::Index => "cards-lost-missing-index",
        }
    }

    /// Whether the dossier of a member needs it: somebody on probation was not recognised yet.
    pub const fn needed(self, on_probation: bool) -> bool {
        !(on_probation && matches!(self, Self::Recognition))
    }
}

chibo_kernel::coded! {
    /// Where a dossier stands.
    Phase {
        /// In its place, as far as anybody said.
        There = "there", "cards-lost-phase-there";
        /// Reported lost, not investigated.
        Lost = "lost", "cards-lost-phase-lost";
        /// Investigated, no consent yet.
        Investigated = "investigated", "cards-lost-phase-investigated";
        /// Being made again.
        Rewriting = "rewriting", "cards-lost-phase-rewriting";
    }
}

/// The case of a dossier, as its steps left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Where it stands.
    pub phase: Phase,
    /// Day of the step that led there.
    pub since: Day,
    /// The latest day of all steps.
    pub latest: Day,
    /// Pieces made again, in the order they came.
    pub pieces: Vec<(Piece, Day)>,
}

impl Default for Case {
    fn default() -> Self {
        Self { phase: Phase::There, since: Day::PARTY_FOUNDED, latest: Day::PARTY_FOUNDED, pieces: Vec::new() }
    }
}

impl Case {
    /// After one more step that was written down.
    #[must_use]
    pub fn after(mut self, step: LossStep, piece: Option<Piece>, on: Day) -> Self {
        self.latest = self.latest.max(on);
        let phase = match step {
            LossStep::Reported => Phase::Lost,
            LossStep::Investigated => Phase::Investigated,
            LossStep::Consented => Phase::Rewriting,
            LossStep::Whole | LossStep::Found => Phase::There,
            LossStep::Gathered => {
                self.pieces.extend(piece.map(|piece| (piece, on)));
                return self;
            }
        };
        if step == LossStep::Reported {
            self.pieces.clear();
        }
        Self { phase, since: on, ..self }
    }

    /// What may follow.
    pub const fn offered(&self) -> &'static [LossStep] {
        match self.phase {
            Phase::There => &[LossStep::Reported],
            Phase::Lost => &[LossStep::Investigated, LossStep::Found],
            Phase::Investigated => &[LossStep::Consented, LossStep::Found],
            Phase::Rewriting => &[LossStep::Gathered, LossStep::Whole, LossStep::Found],
        }
    }

    /// What is awaited next; nothing while the dossier is in its place.
    pub const fn awaits(&self) -> Option<LossStep> {
        match self.phase {
            Phase::There => None,
            Phase::Lost => Some(LossStep::Investigated),
            Phase::Investigated => Some(LossStep::Consented),
            Phase::Rewriting => Some(LossStep::Gathered),
        }
    }

    /// Pieces still to be made again.
    pub fn missing(&self, on_probation: bool) -> Vec<Piece> {
        let there = |piece: &Piece| self.pieces.iter().any(|(one, _)| one == piece);
        Piece::ALL.iter().copied().filter(|piece| piece.needed(on_probation) && !there(piece)).collect()
    }

    /// The first day a step may have.
    const fn from(&self, step: LossStep) -> Day {
        match step {
            LossStep::Gathered => self.since,
            _ => self.latest,
        }
    }
}

impl LossStep {
    /// Whether it is the consent: the act of the committee above, every other step is the keeper's.
    pub const fn consent(self) -> bool {
        matches!(self, Self::Consented)
    }
}

/// What somebody wants to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossDeed {
    /// Which step.
    pub step: LossStep,
    /// On which day.
    pub on: Day,
    /// Who reported or investigated.
    pub who: String,
    /// Number of the consent.
    pub number: String,
    /// Circumstances, finding, where it was found.
    pub note: String,
    /// Pieces made again.
    pub pieces: Vec<Piece>,
}

fn issue(field: &str, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some("DOS-09"), said }
}

/// What is wrong with a step that may follow (DOS-09).
pub fn check_loss(deed: &LossDeed, case: &Case, on_probation: bool, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    let from = case.from(deed.step);
    if deed.on > today {
        issues.push(issue("on", Said::new("cards-day-to-come")));
    } else if deed.on < from {
        issues.push(issue("on", Said::new("cards-day-before-last").with("day", from)));
    }
    let mut needed = |field: &str, text: &str, key: &'static str| {
        if text.is_empty() {
            issues.push(issue(field, Said::new(key)));
        }
    };
    match deed.step {
        LossStep::Reported => {
            needed("who", &deed.who, "cards-lost-who-needed");
            needed("note", &deed.note, "cards-lost-circumstances-needed");
        }
        LossStep::Investigated => needed("note", &deed.note, "cards-lost-finding-needed"),
        LossStep::Consented => needed("number", &deed.number, "cards-lost-number-needed"),
        LossStep::Found => needed("note", &deed.note, "cards-lost-where-needed"),
        LossStep::Gathered if deed.pieces.is_empty() => {
            issues.push(issue("pieces", Said::new("cards-lost-pieces-needed")));
        }
        LossStep::Gathered => {}
        LossStep::Whole => {
            issues
                .extend(case.missing(on_probation).into_iter().map(|piece| issue("step", Said::new(piece.missing()))));
        }
    }
    for (field, text, most, key) in [
        ("who", &deed.who, 200, "cards-text-long"),
        ("number", &deed.number, 60, "cards-number-long"),
        ("note", &deed.note, 2_000, "cards-note-long"),
    ] {
        if text.chars().count() > most {
            issues.push(issue(field, Said::new(key)));
        }
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn deed(step: LossStep, on: &str) -> LossDeed {
        let text = || "Đủ".to_owned();
        LossDeed { step, on: day(on), who: text(), number: text(), note: text(), pieces: vec![Piece::History] }
    }

    fn keys(deed: &LossDeed, case: &Case) -> Vec<&'static str> {
        let issues = check_loss(deed, case, false, day("2026-11-20"));
        assert!(issues.iter().all(|issue| issue.rule == Some("DOS-09")));
        issues.iter().map(|issue| issue.said.key).collect()
    }

    fn lost() -> Case {
        Case::default().after(LossStep::Reported, None, day("2026-10-01"))
    }

    fn agreed() -> Case {
        let investigated = lost().after(LossStep::Investigated, None, day("2026-10-10"));
        investigated.after(LossStep::Consented, None, day("2026-10-20"))
    }

    #[test]
    fn dos_09_nothing_is_made_again_before_investigation_and_consent() {
        assert_eq!(Case::default().offered(), [LossStep::Reported]);
        assert_eq!(lost().offered(), [LossStep::Investigated, LossStep::Found]);
        let investigated = lost().after(LossStep::Investigated, None, day("2026-10-10"));
        assert_eq!(investigated.offered(), [LossStep::Consented, LossStep::Found]);
        assert_eq!(agreed().offered(), [LossStep::Gathered, LossStep::Whole, LossStep::Found]);
        let consents: Vec<_> = LossStep::ALL.iter().filter(|step| step.consent()).collect();
        assert_eq!(consents, [&LossStep::Consented]);
    }

    #[test]
    fn dos_09_every_step_says_what_the_rule_asks_of_it() {
        let without = |step, case: &Case| {
            let (who, number, note) = (String::new(), String::new(), String::new());
            keys(&LossDeed { who, number, note, pieces: Vec::new(), ..deed(step, "2026-11-01") }, case)
        };
        let there = Case::default();
        assert_eq!(without(LossStep::Reported, &there), ["cards-lost-who-needed", "cards-lost-circumstances-needed"]);
        assert_eq!(without(LossStep::Investigated, &lost()), ["cards-lost-finding-needed"]);
        assert_eq!(without(LossStep::Consented, &lost()), ["cards-lost-number-needed"]);
        assert_eq!(without(LossStep::Gathered, &agreed()), ["cards-lost-pieces-needed"]);
        assert_eq!(without(LossStep::Found, &lost()), ["cards-lost-where-needed"]);
        assert!(keys(&deed(LossStep::Investigated, "2026-10-01"), &lost()).is_empty());
        assert_eq!(keys(&deed(LossStep::Investigated, "2026-09-30"), &lost()), ["cards-day-before-last"]);
        assert_eq!(keys(&deed(LossStep::Investigated, "2026-11-21"), &lost()), ["cards-day-to-come"]);
        let long = LossDeed { who: "a".repeat(201), ..deed(LossStep::Reported, "2026-10-01") };
        assert_eq!(keys(&long, &there), ["cards-text-long"]);
    }

    #[test]
    fn dos_09_a_dossier_is_whole_when_every_piece_is_there_and_missing_ones_are_named() {
        let whole = deed(LossStep::Whole, "2026-11-05");
        assert_eq!(keys(&whole, &agreed()).len(), Piece::ALL.len());
        let but_index = Piece::ALL
            .iter()
            .filter(|piece| **piece != Piece::Index)
            .fold(agreed(), |case, piece| case.after(LossStep::Gathered, Some(*piece), day("2026-11-02")));
        assert_eq!(keys(&whole, &but_index), ["cards-lost-missing-index"]);
        let all = but_index.after(LossStep::Gathered, Some(Piece::Index), day("2026-11-04"));
        assert!(keys(&whole, &all).is_empty());
        assert_eq!(keys(&deed(LossStep::Whole, "2026-11-03"), &all), ["cards-day-before-last"]);
        assert_eq!(all.after(LossStep::Whole, None, day("2026-11-05")).phase, Phase::There);
    }

    #[test]
    fn dos_09_whoever_is_on_probation_has_no_decision_of_recognition() {
        assert!(agreed().missing(false).contains(&Piece::Recognition));
        assert!(!agreed().missing(true).contains(&Piece::Recognition));
        assert_eq!(agreed().missing(true).len() + 1, agreed().missing(false).len());
    }

    #[test]
    fn dos_09_a_dossier_lost_again_is_made_again_from_the_beginning() {
        let gathered = agreed().after(LossStep::Gathered, Some(Piece::Sheet), day("2026-11-02"));
        let found = gathered.after(LossStep::Found, None, day("2026-11-03"));
        assert_eq!((found.phase, found.awaits()), (Phase::There, None));
        let again = found.after(LossStep::Reported, None, day("2026-11-04"));
        assert_eq!((again.phase, again.pieces.len()), (Phase::Lost, 0));
    }
}
