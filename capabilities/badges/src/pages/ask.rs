//! What the address of the roll asks for.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::Visit;

use crate::rules::{Award, Step, Terms, terms_on};

/// Where somebody of the roll stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Due and not proposed.
    Due,
    /// Proposed, decided, awarded or taken back.
    At(Step),
}

impl Stand {
    /// All, in the order of the way.
    pub const ALL: [Self; 5] = [
        Self::Due,
        Self::At(Step::Proposed),
        Self::At(Step::Decided),
        Self::At(Step::Awarded),
        Self::At(Step::TakenBack),
    ];

    /// As written in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::At(step) => step.code(),
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Due | Self::At(Step::Withdrawn) => "badges-due",
            Self::At(Step::Proposed) => "badges-proposed",
            Self::At(Step::Decided) => "badges-decided",
            Self::At(Step::Awarded) => "badges-awarded",
            Self::At(Step::TakenBack) => "badges-taken-back",
        }
    }
}

/// What is asked.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// For which award day.
    pub award: Award,
    /// Only this badge.
    pub years: Option<u16>,
    /// Only those who stand here.
    pub stand: Option<Stand>,
}

impl Ask {
    /// Reads the address with the terms of the award day; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<(Self, Terms<'static>), Problem> {
        let query = &visit.query;
        let unit = match query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
        let today = visit.today();
        let asked = query.day("award", today).unwrap_or_default();
        let mut terms = terms_on(asked.unwrap_or(today))?;
        let award = match asked.and_then(|day| terms.award(day)) {
            Some(award) => award,
            None => terms.next(today).ok_or(Problem::NotFound)?,
        };
        if terms_on(award.on)?.version != terms.version {
            terms = terms_on(award.on)?;
        }
        let stand = Stand::ALL.into_iter().find(|stand| stand.code() == query.get("state"));
        let years = query.get("years").parse().ok().filter(|years| terms.years.contains(years));
        Ok((Self { unit, award, years, stand }, terms))
    }

    /// The address of a question, on a page of badges.
    pub fn address(self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let years = self.years.map_or_else(String::new, |years| years.to_string());
        let state = self.stand.map_or("", Stand::code);
        let award = self.award.on.iso();
        let pairs = [("award", award.as_str()), ("unit", &unit), ("years", &years), ("state", state)];
        format!("{page}{}", chibo_web::Pairs::default().with(&pairs))
    }
}
