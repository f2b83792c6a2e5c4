//! The way of a card (CRD-03): steps, where they lead, at which level they are taken.

chibo_kernel::coded! {
    /// Where the card of a member stands.
    #[derive(Default)]
    State {
        /// No card was ever recorded.
        #[default]
        Without(0) = "without", "cards-state-without";
        /// On the list of the branch, with a photo.
        Listed(1) = "listed", "cards-state-listed";
        /// With the base committee's opinion, on its way up.
        Submitted(2) = "submitted", "cards-state-submitted";
        /// Decided by the upper committee (3-, 4-, 5-, 6-TĐV).
        Decided(3) = "decided", "cards-state-decided";
        /// In the monthly list to the city's board.
        Sent(4) = "sent", "cards-state-sent";
        /// Approved by the city's board.
        Approved(5) = "approved", "cards-state-approved";
        /// Printed, waits for the branch meeting.
        Printed(6) = "printed", "cards-state-printed";
        /// In the member's hands.
        Held(7) = "held", "cards-state-held";
        /// Reported lost.
        Lost(8) = "lost", "cards-state-lost";
        /// Reported damaged.
        Damaged(9) = "damaged", "cards-state-damaged";
        /// Taken back (EXI-15).
        Returned(10) = "returned", "cards-state-returned";
        /// Kept by the family (CRD-04).
        Kept(11) = "kept", "cards-state-kept";
    }
}

chibo_kernel::coded! {
    /// Which card (CRD-02).
    #[derive(Default)]
    Model {
        /// None yet.
        #[default]
        None(0) = "none", "cards-model-none";
        /// With a number of 8 digits.
        Old(1) = "old", "cards-model-old";
        /// With the identification number.
        New(2) = "new", "cards-model-new";
    }
}

chibo_kernel::coded! {
    /// What a card is asked for.
    #[derive(Default)]
    Matter {
        /// Nothing under way yet.
        #[default]
        None(0) = "none", "cards-matter-none";
        /// First issue (cấp mới).
        Issue(1) = "issue", "cards-matter-issue";
        /// Old model for new (đổi thẻ).
        Exchange(2) = "exchange", "cards-matter-exchange";
        /// Again after a loss (cấp lại thẻ mất).
        Lost(3) = "lost", "cards-matter-lost";
        /// Again after damage (đổi thẻ hỏng).
        Damaged(4) = "damaged", "cards-matter-damaged";
    }
}

chibo_kernel::coded! {
    /// What is done about a card.
    #[derive(Default)]
    Step {
        /// A card that was in the member's hands before the program.
        #[default]
        Recorded(0) = "recorded", "cards-step-recorded";
        /// The branch lists the member with a photo 3 × 4.
        Listed(1) = "listed", "cards-step-listed";
        /// The base committee looks at the list and sends it up.
        Submitted(2) = "submitted", "cards-step-submitted";
        /// The upper committee decides.
        Decided(3) = "decided", "cards-step-decided";
        /// In the monthly list to the city's board.
        Sent(4) = "sent", "cards-step-sent";
        /// The city's board approves.
        Approved(5) = "approved", "cards-step-approved";
        /// Printed.
        Printed(6) = "printed", "cards-step-printed";
        /// Handed over at the branch meeting.
        Handed(7) = "handed", "cards-step-handed";
        /// Reported lost, with a self-review.
        Lost(8) = "lost", "cards-step-lost";
        /// Reported damaged, with a self-review.
        Damaged(9) = "damaged", "cards-step-damaged";
        /// Taken back (EXI-15).
        Returned(10) = "returned", "cards-step-returned";
        /// Left to the family of a member who died.
        Kept(11) = "kept", "cards-step-kept";
        /// A lost card was found.
        Found(12) = "found", "cards-step-found";
        /// Seen at the yearly check.
        Checked(13) = "checked", "cards-step-checked";
        /// Taken off the way; stands as before.
        Withdrawn(14) = "withdrawn", "cards-step-withdrawn";
    }
}

/// Cards are too many for codes: they are stored by the number of each.
macro_rules! numbered {
    ($($name:ident),*) => {$(
        impl $name {
            /// The stored number.
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// From the stored number.
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.number() == number)
            }
        }
    )*};
}
numbered!(State, Model, Matter, Step);

/// Whose act a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The branch.
    Branch,
    /// The base committee above it.
    Base,
    /// The committee directly under the city.
    Upper,
    /// The city's board.
    City,
}

impl Level {
    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Branch => "cards-level-branch",
            Self::Base => "cards-level-base",
            Self::Upper => "cards-level-upper",
            Self::City => "cards-level-city",
        }
    }
}

impl State {
    /// On the way to a card.
    pub const fn under_way(self) -> bool {
        (self as u8) >= 1 && (self as u8) <= 6
    }

    /// The step that is waited for.
    pub const fn awaits(self) -> Option<Step> {
        Some(match self {
            Self::Listed => Step::Submitted,
            Self::Submitted => Step::Decided,
            Self::Decided => Step::Sent,
            Self::Sent => Step::Approved,
            Self::Approved => Step::Printed,
            Self::Printed => Step::Handed,
            _ => return None,
        })
    }
}

impl Step {
    /// Who takes it.
    pub const fn level(self) -> Level {
        match self {
            Self::Submitted => Level::Base,
            Self::Decided | Self::Sent => Level::Upper,
            Self::Approved | Self::Printed => Level::City,
            _ => Level::Branch,
        }
    }

    /// Must have a number: the decision (3-, 4-, 5-, 6-TĐV), the list to the city.
    pub const fn numbered(self) -> bool {
        matches!(self, Self::Decided)
    }

    /// Must be explained: the circumstances after a self-review, why it is taken off the way.
    pub const fn explained(self) -> bool {
        matches!(self, Self::Lost | Self::Damaged | Self::Withdrawn | Self::Found)
    }
}

/// The card of a member, as far as it is kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Card {
    /// Where it stands.
    pub state: State,
    /// The model the member has, or had last.
    pub model: Model,
    /// What is asked for, or was last.
    pub matter: Matter,
}

impl Card {
    /// The member has a card in his hands, whatever else is under way.
    pub const fn in_hand(self) -> bool {
        match self.state {
            State::Held | State::Damaged => true,
            state if state.under_way() => matches!(self.matter, Matter::Exchange | Matter::Damaged),
            _ => false,
        }
    }

    /// Something is left to be taken back from whoever has left the Party (EXI-15).
    pub const fn to_return(self) -> bool {
        !matches!(self.state, State::Without | State::Returned | State::Kept)
    }

    /// The card after a step; `None` when the step cannot follow.
    pub fn after(self, step: Step) -> Option<Self> {
        let to = |state| Some(Self { state, ..self });
        match (self.state, step) {
            (State::Without | State::Returned, Step::Recorded) => Some(Self { state: State::Held, ..self }),
            (State::Without | State::Returned, Step::Listed) => self.asked(Matter::Issue),
            (State::Held, Step::Listed) if self.model == Model::Old => self.asked(Matter::Exchange),
            (State::Lost, Step::Listed) => self.asked(Matter::Lost),
            (State::Damaged, Step::Listed) => self.asked(Matter::Damaged),
            (State::Held, Step::Lost) => to(State::Lost),
            (State::Held, Step::Damaged) => to(State::Damaged),
            (State::Lost, Step::Found) => to(State::Held),
            (State::Held | State::Damaged, Step::Checked) => Some(self),
            (State::Held | State::Damaged | State::Lost, Step::Returned) => to(State::Returned),
            (State::Held | State::Damaged | State::Lost, Step::Kept) => to(State::Kept),
            (state, Step::Withdrawn) if state.under_way() => to(match self.matter {
                Matter::None | Matter::Issue => State::Without,
                Matter::Exchange => State::Held,
                Matter::Lost => State::Lost,
                Matter::Damaged => State::Damaged,
            }),
            (state, step) if state.awaits() == Some(step) => match step {
                Step::Handed => Some(Self { state: State::Held, model: Model::New, ..self }),
                _ => State::from_number(state.number() + 1).and_then(to),
            },
            _ => None,
        }
    }

    fn asked(self, matter: Matter) -> Option<Self> {
        Some(Self { state: State::Listed, matter, ..self })
    }

    /// Steps that can be taken now, the way up first.
    pub fn offered(self) -> Vec<Step> {
        let all = Step::ALL.iter().copied().filter(|step| self.after(*step).is_some());
        let (up, other): (Vec<_>, Vec<_>) = all.partition(|step| self.state.awaits() == Some(*step));
        up.into_iter().chain(other).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn walk(card: Card, steps: &[Step]) -> Option<Card> {
        steps.iter().try_fold(card, |card, step| card.after(*step))
    }

    const WAY: [Step; 7] =
        [Step::Listed, Step::Submitted, Step::Decided, Step::Sent, Step::Approved, Step::Printed, Step::Handed];

    #[test]
    fn crd_03_a_card_goes_through_every_level_in_order() {
        let card = walk(Card::default(), &WAY).unwrap();
        assert_eq!((card.state, card.model, card.matter), (State::Held, Model::New, Matter::Issue));
        for (at, left_out) in WAY.iter().enumerate().skip(1).take(5) {
            let short: Vec<_> = WAY.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, s)| *s).collect();
            assert_eq!(walk(Card::default(), &short), None, "without {left_out:?}");
        }
        let levels: Vec<_> = WAY.iter().map(|step| step.level()).collect();
        use Level::{Base, Branch, City, Upper};
        assert_eq!(levels, [Branch, Base, Upper, Upper, City, City, Branch]);
    }

    #[test]
    fn crd_03_lost_and_damaged_cards_are_issued_again_and_a_found_one_is_not() {
        let held = Card { state: State::Held, model: Model::Old, matter: Matter::None };
        let lost = walk(held, &[Step::Lost, Step::Listed]).unwrap();
        assert_eq!((lost.matter, lost.in_hand()), (Matter::Lost, false));
        let damaged = walk(held, &[Step::Damaged, Step::Listed]).unwrap();
        assert_eq!((damaged.matter, damaged.in_hand()), (Matter::Damaged, true));
        assert_eq!(walk(held, &[Step::Lost, Step::Found]), Some(held));
        assert_eq!(walk(held, &[Step::Lost, Step::Lost]), None);
    }

    #[test]
    fn crd_02_only_the_old_model_is_exchanged() {
        let held = |model| Card { state: State::Held, model, matter: Matter::None };
        assert_eq!(held(Model::Old).after(Step::Listed).map(|card| card.matter), Some(Matter::Exchange));
        assert_eq!(held(Model::New).after(Step::Listed), None);
    }

    #[test]
    fn exi_15_what_was_taken_back_is_not_asked_for_again_and_a_readmitted_member_gets_a_new_one() {
        let held = Card { state: State::Held, model: Model::New, matter: Matter::Issue };
        let back = held.after(Step::Returned).unwrap();
        assert!(held.to_return() && !back.to_return());
        assert_eq!(back.after(Step::Returned), None);
        assert_eq!(back.after(Step::Listed).map(|card| card.matter), Some(Matter::Issue));
    }

    proptest! {
        #[test]
        fn what_is_withdrawn_stands_as_before(start in 0u8..12, up in 0usize..6) {
            let state = State::from_number(start).unwrap();
            let before = Card { state, model: if state == State::Without { Model::None } else { Model::Old }, ..Card::default() };
            if let Some(listed) = before.after(Step::Listed).filter(|_| !state.under_way() && state != State::Returned) {
                let under_way = walk(listed, &WAY[1..1 + up.min(5)]).unwrap();
                prop_assert_eq!(under_way.after(Step::Withdrawn).map(|card| card.state), Some(before.state));
            }
        }

        #[test]
        fn only_one_step_up_is_offered(state in 0u8..12, model in 0u8..3, matter in 0u8..5) {
            let (state, model, matter) = (State::from_number(state), Model::from_number(model), Matter::from_number(matter));
            let card = Card { state: state.unwrap(), model: model.unwrap(), matter: matter.unwrap() };
            for step in card.offered() {
                prop_assert!(card.after(step).is_some());
            }
        }
    }
}
