//! What the address of a list asks for, and the members who fit.

use chibo_census::cube::{ListOrder, month_code};
use chibo_census::{Codes, Dim, View};
use chibo_kernel::{Day, Id, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_web::Visit;

use super::count::{query, within};
use super::gone::{Gone, gone};
use crate::rules::{Card, Model, State};
use crate::shelf::{Cards, Kept};

/// More than anybody has.
const EVERYBODY: usize = u32::MAX as usize;

/// Which members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// All official members.
    All,
    /// Official members without a card and without one under way (CRD-01).
    Without,
    /// On the way to a card (CRD-03).
    UnderWay,
    /// Where exactly: on the way, lost, damaged.
    At(State),
    /// Left the Party, card not taken back (EXI-15).
    Unreturned,
    /// Not seen at this year's check (CRD-04).
    Unchecked,
    /// With a card of this model in hand.
    Of(Model),
}

impl Show {
    /// All, in the order of the page.
    pub const ALL: [Self; 15] = [
        Self::All,
        Self::Without,
        Self::UnderWay,
        Self::At(State::Listed),
        Self::At(State::Submitted),
        Self::At(State::Decided),
        Self::At(State::Sent),
        Self::At(State::Approved),
        Self::At(State::Printed),
        Self::At(State::Lost),
        Self::At(State::Damaged),
        Self::Unreturned,
        Self::Unchecked,
        Self::Of(Model::Old),
        Self::Of(Model::New),
    ];

    /// As written in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Without => "none",
            Self::UnderWay => "under-way",
            Self::At(state) => state.code(),
            Self::Unreturned => "unreturned",
            Self::Unchecked => "unchecked",
            Self::Of(model) => model.code(),
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "cards-show-all",
            Self::Without => "cards-show-without",
            Self::UnderWay => "cards-show-under-way",
            Self::At(state) => state.word(),
            Self::Unreturned => "cards-show-unreturned",
            Self::Unchecked => "cards-show-unchecked",
            Self::Of(model) => model.word(),
        }
    }

    /// Whether a card fits; `year` is this year.
    pub fn fits(self, kept: Option<&Kept>, year: i32) -> bool {
        let card = kept.map_or(Card::default(), |kept| kept.card);
        match self {
            Self::All => true,
            Self::Without => matches!(card.state, State::Without | State::Returned),
            Self::UnderWay => card.state.under_way(),
            Self::At(state) => card.state == state,
            Self::Unreturned => card.to_return(),
            Self::Unchecked => unchecked(kept, year),
            Self::Of(model) => card.in_hand() && card.model == model,
        }
    }

    /// The standings of those who are asked about.
    pub fn standings(self) -> chibo_census::Codes {
        match self {
            Self::Unreturned => chibo_census::Codes::of(&[u32::from(Standing::Left.number())]),
            _ => chibo_members::dims::official_standings(),
        }
    }
}

/// In the member's hands and not seen this year (CRD-04).
pub(super) fn unchecked(kept: Option<&Kept>, year: i32) -> bool {
    kept.is_some_and(|kept| matches!(kept.card.state, State::Held | State::Damaged) && kept.checked.year() < year)
}

/// What is asked.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// Which members.
    pub show: Show,
}

/// The unit an address names; one out of sight is not found.
pub(super) fn unit_of(visit: &Visit<'_>, needs: Permission) -> Result<Option<Id<Unit>>, Problem> {
    let Some(text) = visit.query.some("unit") else { return Ok(None) };
    let unit = text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?;
    visit.permit(needs, unit)?;
    Ok(Some(unit))
}

/// An address with a unit.
pub(super) fn with_unit(page: &str, unit: Option<Id<Unit>>) -> String {
    let unit = unit.map_or_else(String::new, |unit| unit.to_string());
    format!("{page}{}", chibo_web::Pairs::default().with(&[("unit", &unit)]))
}

impl Ask {
    /// Reads the address.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let asked = visit.query.get("show");
        let show = Show::ALL.into_iter().find(|show| show.code() == asked).unwrap_or(Show::All);
        Ok(Self { unit: unit_of(visit, Permission::ViewMembers)?, show })
    }

    /// The address of a question, on a page of cards.
    pub fn address(self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let show = if self.show == Show::All { "" } else { self.show.code() };
        format!("{page}{}", chibo_web::Pairs::default().with(&[("unit", &unit), ("show", show)]))
    }
}

/// A member of a list.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Who.
    pub person: Id<Person>,
    /// Full name.
    pub name: String,
    /// The branch, today's or the last.
    pub unit: Id<Unit>,
    /// The first day of the month of becoming official.
    pub official: Option<Day>,
    /// What is kept of the card.
    pub kept: Option<Kept>,
}

/// A member as the columns know him.
pub(crate) fn line(view: &View<'_>, cards: &Cards, person: Id<Person>) -> Option<Line> {
    let brief = view.person(view.no(person)?)?;
    let home = brief.today.map(|(unit, _)| unit).or(brief.home)?;
    let kept = cards.get(&person).copied();
    Some(Line { person, name: brief.name, unit: view.forest().id(home)?, official: brief.official, kept })
}

/// The members who fit, by branch, as far as the viewer holds a permission where they are.
pub(crate) fn members(
    visit: &Visit<'_>,
    ask: &Ask,
    cards: &Cards,
    needs: Permission,
) -> Result<Vec<Id<Person>>, Problem> {
    let (units, year) = (UnitsToday::of(visit), visit.today().year());
    if ask.show == Show::Unreturned {
        let range = units.range(ask.unit);
        let left = |one: &Gone| one.standing == Standing::Left;
        let fits = |one: &Gone| left(one) && range.contains(&one.place) && ask.show.fits(cards.get(&one.person), year);
        return Ok(gone(visit, Some(needs))?.iter().filter(|one| fits(one)).map(|one| one.person).collect());
    }
    let view = visit.house.census.view(visit.today());
    let query = within(query(visit, ask.show.standings(), Some(needs)), units.range(ask.unit));
    let all = view.list(&query, ListOrder::Place, None, EVERYBODY);
    let ids = all.into_iter().filter_map(|no| view.id(no));
    Ok(ids.filter(|person| ask.show.fits(cards.get(person), year)).collect())
}

/// Months between admission and recognition at most: a probation of twelve, prolonged, and a late committee.
const ADMITTED_BEFORE: i32 = 36;

/// Members official since a day or later and still without a card, in the whole register (CRD-01).
pub(crate) fn still_without(visit: &Visit<'_>, cards: &Cards, since: Day) -> Vec<Line> {
    let view = visit.house.census.view(visit.today());
    let mut query = query(visit, Show::Without.standings(), None);
    // Whoever became official since then was admitted at most three years before: nobody else need be looked at.
    let admitted: Vec<u32> = (month_code(since.plus_months(-ADMITTED_BEFORE))..=month_code(visit.today())).collect();
    query.filters.push((Dim::AdmittedMonth, Codes::of(&admitted)));
    let all = view.list(&query, ListOrder::Place, None, EVERYBODY);
    let without =
        all.into_iter().filter_map(|no| view.id(no)).filter(|person| Show::Without.fits(cards.get(person), 0));
    without.filter_map(|person| line(&view, cards, person)).filter(|line| line.official >= Some(since)).collect()
}
