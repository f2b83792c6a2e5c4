//! The boxes of the paper and where a transfer stands (TRF-02, TRF-14).

use chibo_kernel::{Day, Id, Unit};

use super::Kind;

/// Whose box it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Of the side the member leaves.
    Sender,
    /// Of the committee above both, as the city's organisation board.
    Above,
    /// Of the side the member comes to.
    Receiver,
}

/// All sides, in the order of the paper.
pub const SIDES: [Side; 3] = [Side::Sender, Side::Above, Side::Receiver];

impl Side {
    /// Stored number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Sender => 1,
            Self::Above => 2,
            Self::Receiver => 3,
        }
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        SIDES.into_iter().find(|side| side.number() == number)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sender => "transfers-side-sender",
            Self::Above => "transfers-side-above",
            Self::Receiver => "transfers-side-receiver",
        }
    }
}

/// A box of the paper: a committee that signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Which committee.
    pub unit: Id<Unit>,
    /// On which side.
    pub side: Side,
}

/// The boxes between two branches, from their ancestors, each from the root down and ending with the branch itself: up
/// from the old branch, the committee above both, down to the new branch. Empty for the same branch or without anything
/// above both.
pub fn boxes(from: &[Id<Unit>], to: &[Id<Unit>]) -> Vec<Seal> {
    let shared = from.iter().zip(to).take_while(|(one, other)| one == other).count();
    if shared == 0 || shared == from.len() || shared == to.len() {
        return Vec::new();
    }
    let seal = |side| move |unit: &Id<Unit>| Seal { unit: *unit, side };
    let up = from[shared..].iter().rev().map(seal(Side::Sender));
    let above = from[shared - 1..shared].iter().map(seal(Side::Above));
    up.chain(above).chain(to[shared..].iter().map(seal(Side::Receiver))).collect()
}

/// The boxes of somebody who goes out of the city: up from the branch, the city's organisation board last.
pub fn boxes_up(from: &[Id<Unit>]) -> Vec<Seal> {
    let Some((top, rest)) = from.split_first().filter(|(_, rest)| !rest.is_empty()) else { return Vec::new() };
    let up = rest.iter().rev().map(|unit| Seal { unit: *unit, side: Side::Sender });
    up.chain([Seal { unit: *top, side: Side::Above }]).collect()
}

/// The boxes of somebody who goes abroad: the branch and what stands above it, as many as the paper has (TRF-02).
pub fn boxes_abroad(from: &[Id<Unit>], many: usize) -> Vec<Seal> {
    from.iter().rev().take(many).map(|unit| Seal { unit: *unit, side: Side::Sender }).collect()
}

/// The boxes of somebody who comes from outside: the city's organisation board, then down to the branch.
pub fn boxes_down(to: &[Id<Unit>]) -> Vec<Seal> {
    let Some((top, rest)) = to.split_first().filter(|(_, rest)| !rest.is_empty()) else { return Vec::new() };
    let down = rest.iter().map(|unit| Seal { unit: *unit, side: Side::Receiver });
    std::iter::once(Seal { unit: *top, side: Side::Above }).chain(down).collect()
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next box was signed.
    Signed,
    /// The receiving side refused (TRF-06).
    Refused,
    /// The sending side took it back.
    Withdrawn,
    /// The notice from outside the register says that the member arrived.
    Confirmed,
    /// Three months without papers, but with a valid reason and good conduct confirmed: the connection is restored (nối
    /// lại sinh hoạt, SCR-04); the papers are awaited anew.
    Restored,
    /// Three months without papers or valid reason: the receiving committee struck the member off (TRF-12).
    StruckOff,
    /// The sending side has taken note that the member was struck off (TRF-12).
    Noted,
    /// The new branch considered discipline for papers handed in late (TRF-13).
    Considered,
}

impl Step {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Signed,
        Self::Confirmed,
        Self::Refused,
        Self::Withdrawn,
        Self::Restored,
        Self::StruckOff,
        Self::Noted,
        Self::Considered,
    ];

    /// Stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Confirmed => "confirmed",
            Self::Restored => "restored",
            Self::StruckOff => "struck-off",
            Self::Noted => "noted",
            Self::Considered => "considered",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Signed => "transfers-step-signed",
            Self::Refused => "transfers-step-refused",
            Self::Withdrawn => "transfers-step-withdrawn",
            Self::Confirmed => "transfers-step-confirmed",
            Self::Restored => "transfers-step-restored",
            Self::StruckOff => "transfers-step-struck-off",
            Self::Noted => "transfers-step-noted",
            Self::Considered => "transfers-step-considered",
        }
    }
}

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Committees of the sending side, or above both, sign.
    Requested,
    /// Introduced; the new branch has not seen the papers yet (in transit).
    InTransit,
    /// The receiving side signs.
    Presented,
    /// The member belongs to the new branch.
    Accepted,
    /// Refused by the receiving side.
    Refused,
    /// Taken back by the sending side.
    Withdrawn,
    /// The member was struck off by the receiving side before he arrived (TRF-12, TRF-14).
    StruckOff,
}

impl State {
    /// All, in order.
    pub const ALL: [Self; 7] = [
        Self::Requested,
        Self::InTransit,
        Self::Presented,
        Self::Accepted,
        Self::Refused,
        Self::Withdrawn,
        Self::StruckOff,
    ];

    /// Code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::InTransit => "in-transit",
            Self::Presented => "presented",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::StruckOff => "struck-off",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Requested => "transfers-state-requested",
            Self::InTransit => "transfers-state-in-transit",
            Self::Presented => "transfers-state-presented",
            Self::Accepted => "transfers-state-accepted",
            Self::Refused => "transfers-state-refused",
            Self::Withdrawn => "transfers-state-withdrawn",
            Self::StruckOff => "transfers-state-struck-off",
        }
    }

    /// Whether somebody still has to act.
    pub const fn open(self) -> bool {
        matches!(self, Self::Requested | Self::InTransit | Self::Presented)
    }
}

/// The boxes of a transfer and what was done, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// What kind of transfer.
    pub kind: Kind,
    /// The day of the move, retirement or change of residence behind it; of somebody from outside the day his paper was
    /// written there.
    pub cause: Day,
    /// Boxes.
    pub boxes: Vec<Seal>,
    /// Steps with their days.
    pub steps: Vec<(Step, Day)>,
}

impl Course {
    /// Boxes signed so far.
    pub fn signed(&self) -> usize {
        self.steps.iter().filter(|(step, _)| *step == Step::Signed).count()
    }

    /// Boxes before the receiving side.
    pub fn sending(&self) -> usize {
        self.boxes.iter().filter(|seal| seal.side != Side::Receiver).count()
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        match self.steps.last() {
            Some((Step::Refused, _)) => return State::Refused,
            Some((Step::Withdrawn, _)) => return State::Withdrawn,
            Some((Step::Confirmed, _)) => return State::Accepted,
            Some((Step::StruckOff | Step::Noted, _)) => return State::StruckOff,
            _ => {}
        }
        let (signed, sending) = (self.signed(), self.sending());
        if signed >= self.boxes.len() && !self.kind.outward() {
            State::Accepted
        } else if signed > sending {
            State::Presented
        } else if signed == sending {
            State::InTransit
        } else {
            State::Requested
        }
    }

    /// The box to be signed next.
    pub fn next(&self) -> Option<Seal> {
        if self.state().open() { self.boxes.get(self.signed()).copied() } else { None }
    }

    /// The day the last box before the receiving side was signed: the member is introduced (TRF-03).
    pub fn introduced(&self) -> Option<Day> {
        if self.kind == Kind::Incoming {
            return Some(self.cause);
        }
        self.steps
            .iter()
            .filter(|(step, _)| *step == Step::Signed)
            .nth(self.sending().checked_sub(1)?)
            .map(|(_, on)| *on)
    }

    /// The day from which the papers are awaited: the introduction, or the day the connection was restored (TRF-03, SCR-04).
    pub fn awaited(&self) -> Option<Day> {
        let restored = self.steps.iter().rev().find(|(step, _)| *step == Step::Restored).map(|(_, on)| *on);
        restored.or_else(|| self.introduced())
    }

    /// The day the papers were handed in: the first box of the receiving side.
    pub fn presented(&self) -> Option<Day> {
        self.steps.iter().filter(|(step, _)| *step == Step::Signed).nth(self.sending()).map(|(_, on)| *on)
    }

    /// What is still to be noted of a transfer that has ended, and by whom: the sender takes note of a striking-off
    /// (TRF-12); the new branch considers papers that came late (TRF-13).
    pub fn aftermath(&self, late: bool) -> Option<(Step, Id<Unit>)> {
        let done = |step| self.steps.iter().any(|(taken, _)| *taken == step);
        let (step, seal) = match self.state() {
            State::StruckOff => (Step::Noted, self.boxes.first()),
            State::Accepted if late && !self.kind.stays() && !self.kind.outward() => {
                (Step::Considered, self.boxes.last())
            }
            _ => return None,
        };
        seal.filter(|_| !done(step)).map(|seal| (step, seal.unit))
    }

    /// Whose act a step is: taking back is the branch's that asked for the paper, as is what a notice from outside says;
    /// everything else is done by whoever's box is next.
    pub fn whose(&self, step: Step) -> Option<Id<Unit>> {
        let own = if self.kind == Kind::Incoming { self.boxes.last() } else { self.boxes.first() };
        let own = own.map(|seal| seal.unit);
        match step {
            Step::Withdrawn | Step::Confirmed => own,
            Step::Noted => self.boxes.first().map(|seal| seal.unit),
            Step::Considered => self.boxes.last().map(|seal| seal.unit),
            Step::Refused if self.kind.outward() => own,
            _ => self.next().map_or(own, |seal| Some(seal.unit)),
        }
    }

    /// Who has to act: whoever's box is next; while somebody is on the way out of the register, his own branch.
    pub fn waits(&self) -> Option<Id<Unit>> {
        if self.state().open() {
            self.whose(if self.next().is_some() { Step::Signed } else { Step::Confirmed })
        } else {
            None
        }
    }

    /// Steps that can be taken now.
    pub fn offered(&self) -> Vec<Step> {
        match self.state() {
            State::Requested => vec![Step::Signed, Step::Withdrawn],
            State::InTransit if self.kind.outward() => vec![Step::Confirmed, Step::Refused, Step::Withdrawn],
            // Nobody is struck off who is counted elsewhere: at home during a stay, outside until he was entered here.
            State::InTransit if self.kind == Kind::Inside => {
                vec![Step::Signed, Step::Refused, Step::Withdrawn, Step::Restored, Step::StruckOff]
            }
            State::InTransit => vec![Step::Signed, Step::Refused, Step::Withdrawn, Step::Restored],
            State::Presented => vec![Step::Signed, Step::Refused],
            // Whether the papers were late enough to be considered is for the terms to say.
            State::StruckOff | State::Accepted => self.aftermath(true).map(|(step, _)| step).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}
