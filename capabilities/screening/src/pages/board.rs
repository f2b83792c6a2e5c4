//! A campaign as the viewer may see it: figures by branch, members who wait, where everybody stands.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use chibo_census::cube::ListOrder;
use chibo_census::{Query, Scope};
use chibo_kernel::{AsOf, Id, Permission, Person, Problem, Unit};
use chibo_members::dims::member_standings;
use chibo_organisation::UnitsToday;
use chibo_web::Visit;

use super::{Found, Line};
use crate::actions::assessed_rules;
use crate::rules::{Campaign, Counts, Figure, Form, State};
use crate::store::{self, CampaignRow, StandRow};

/// Most members of one branch shown.
const MOST: usize = 100_000;

/// A campaign with the unit looked at.
pub(crate) struct Board {
    /// The campaign.
    pub row: CampaignRow,
    /// The unit looked at.
    pub unit: Id<Unit>,
    /// Its places.
    pub range: Range<u32>,
    /// Figures of branches in sight, by place.
    pub counts: BTreeMap<u32, Counts>,
    /// Open flags in sight.
    pub found: Found,
    /// Rules of members assessed while flagged.
    assessed: HashMap<Id<Person>, Vec<String>>,
    /// Members in today's tree, by place with everything under it.
    headcounts: Vec<u32>,
}

/// Somebody in a list of a campaign.
pub(crate) struct People {
    /// Who.
    pub person: Id<Person>,
    /// His name.
    pub name: String,
    /// His branch.
    pub unit: Id<Unit>,
    /// Where that stands.
    pub place: u32,
    /// Where he stands.
    pub state: State,
    /// The form of removal.
    pub form: Option<Form>,
    /// Rules of his flags: those of the assessment, or the open ones.
    pub rules: Vec<String>,
    /// Day of the last step.
    pub changed: Option<chibo_kernel::Day>,
}

/// The unit the viewer looks at in a campaign: the one asked for, else the highest where he edits members.
fn looked_at(visit: &Visit<'_>, units: &UnitsToday, row: &CampaignRow) -> Result<Id<Unit>, Problem> {
    let whole = units.range(Some(row.unit_id));
    if let Some(unit) = super::asked_unit(visit)? {
        let inside = units.place(unit).is_some_and(|place| whole.contains(&place));
        return if inside { Ok(unit) } else { Err(Problem::NotFound) };
    }
    let allowed = visit.who().ranges(Permission::EditMembers);
    let starts = allowed.iter().map(|range| range.start.max(whole.start)..range.end.min(whole.end));
    let first = starts.filter(|range| range.start < range.end).map(|range| range.start).min();
    first.and_then(|place| units.id(place)).ok_or(Problem::NotFound)
}

impl Board {
    /// The campaign of the address.
    pub fn take(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Campaign> = visit.id("id")?;
        let row = visit.read(|tx| store::campaign(tx, id))?.ok_or(Problem::NotFound)?;
        let units = UnitsToday::of(visit);
        let unit = looked_at(visit, &units, &row)?;
        let range = units.range(Some(unit));
        let allowed = visit.who().ranges(Permission::EditMembers);
        let may = |place: u32| range.contains(&place) && allowed.iter().any(|range| range.contains(&place));
        let (mut counts, mut assessed) = (BTreeMap::<u32, Counts>::new(), HashMap::new());
        visit.read(|tx| {
            store::counts(tx, id, |row| {
                if let Some(place) = units.place(row.branch_id).filter(|place| may(*place)) {
                    let state = state(&row.state)?;
                    let (form, rules) = (Form::from_code(&row.form), assessed_rules(&row.rules));
                    counts.entry(place).or_default().add(state, form, &rules, row.counted);
                }
                Ok(())
            })?;
            store::flagged_stands(tx, id, |row| {
                assessed.insert(row.person_id, assessed_rules(&row.rules));
                Ok(())
            })
        })?;
        let found = Found::at(visit, &may)?;
        let query = Query { members: Some(member_standings()), ..Query::at(AsOf::on(visit.today())) };
        let headcounts = visit.house.census.view(visit.today()).headcounts(&query);
        Ok(Self { row, unit, range, counts, found, assessed, headcounts })
    }

    /// The organisation.
    pub fn units(&self) -> &UnitsToday {
        &self.found.units
    }

    /// The address of a page of this campaign about a unit.
    pub fn address(&self, page: &str, unit: Id<Unit>, figure: &str) -> String {
        let unit = unit.to_string();
        let pairs = chibo_web::Pairs::default().with(&[("unit", unit.as_str()), ("figure", figure)]);
        format!("/screening/campaigns/{}{page}{pairs}", self.row.campaign_id)
    }

    /// Figures of some places together.
    pub fn counts(&self, range: &Range<u32>) -> Counts {
        let mut sum = Counts::default();
        self.counts.range(range.clone()).for_each(|(_, counts)| sum.join(counts));
        sum
    }

    /// Members under a place.
    pub fn members(&self, place: u32) -> i64 {
        self.headcounts.get(place as usize).map_or(0, |count| i64::from(*count))
    }

    /// Whether a flag was not before the branch yet.
    pub fn waits(&self, line: &Line) -> bool {
        self.assessed.get(&line.flag.person).is_none_or(|rules| !rules.iter().any(|rule| rule == line.flag.rule))
    }

    /// Members with flags that wait for an assessment, in some places.
    pub fn waiting(&self, range: &Range<u32>) -> i64 {
        let lines = self.found.lines.iter().filter(|line| range.contains(&line.place) && self.waits(line));
        let people: HashSet<_> = lines.map(|line| line.flag.person).collect();
        i64::try_from(people.len()).unwrap_or(i64::MAX)
    }

    /// Those who wait, each once with his rules.
    pub fn waiting_people(&self) -> Vec<People> {
        let mut people: Vec<People> = Vec::new();
        for line in self.found.lines.iter().filter(|line| self.waits(line)) {
            let rule = line.flag.rule.to_owned();
            match people.iter_mut().rfind(|one| one.person == line.flag.person) {
                Some(one) => one.rules.push(rule),
                None => people.push(People {
                    person: line.flag.person,
                    name: line.name.clone(),
                    unit: line.unit,
                    place: line.place,
                    state: State::Open,
                    form: None,
                    rules: vec![rule],
                    changed: None,
                }),
            }
        }
        people
    }

    /// Everybody behind a figure, by branch and name.
    pub fn people(&self, visit: &Visit<'_>, figure: Figure) -> Result<Vec<People>, Problem> {
        let mut people = Vec::new();
        let mut rows = Vec::new();
        visit.read(|tx| {
            store::stands(tx, self.row.campaign_id, |row| {
                let place = self.units().place(row.branch_id).filter(|place| self.counts.contains_key(place));
                let counted =
                    figure.counts(state(&row.state)?, Form::from_code(&row.form), &assessed_rules(&row.rules));
                rows.extend(place.filter(|_| counted).map(|place| (row, place)));
                Ok(())
            })
        })?;
        let view = visit.house.census.view(visit.today());
        for (row, place) in rows {
            let name = view.name_of(row.person_id).unwrap_or_default();
            people.push(person(row, name, place)?);
        }
        people.sort_by(|one, other| (one.place, &one.name).cmp(&(other.place, &other.name)));
        Ok(people)
    }

    /// Every member of the branch looked at, with flags or not, and where he stands.
    pub fn branch(&self, visit: &Visit<'_>) -> Result<Vec<People>, Problem> {
        let place = self.range.start;
        let stands = visit.read(|tx| store::stands_in(tx, self.row.campaign_id, self.unit))?;
        let mut people = Vec::new();
        let view = visit.house.census.view(visit.today());
        for row in stands {
            let name = view.name_of(row.person_id).unwrap_or_default();
            people.push(person(row, name, place)?);
        }
        let seen: HashSet<_> = people.iter().map(|one| one.person).collect();
        let Some(no) = view.forest().no(self.unit) else { return Ok(people) };
        let at = AsOf::on(visit.today());
        let query = Query { scope: Scope::Unit(no), members: Some(member_standings()), ..Query::at(at) };
        for brief in view.list(&query, ListOrder::Place, None, MOST).into_iter().filter_map(|no| view.person(no)) {
            if seen.contains(&brief.id) || brief.today.is_none_or(|(home, _)| home != no) {
                continue;
            }
            let (person, name, unit) = (brief.id, brief.name, self.unit);
            let own = self.found.lines.iter().filter(|line| line.flag.person == person);
            let rules = own.map(|line| line.flag.rule.to_owned()).collect();
            people.push(People { person, name, unit, place, state: State::Open, form: None, rules, changed: None });
        }
        people.sort_by(|one, other| (one.rules.is_empty(), &one.name).cmp(&(other.rules.is_empty(), &other.name)));
        Ok(people)
    }
}

fn state(code: &str) -> Result<State, Problem> {
    State::from_code(code).ok_or_else(|| Problem::fault(format!("a state {code}")))
}

fn person(row: StandRow, name: String, place: u32) -> Result<People, Problem> {
    Ok(People {
        person: row.person_id,
        name,
        unit: row.branch_id,
        place,
        state: state(&row.state)?,
        form: Form::from_code(&row.form),
        rules: assessed_rules(&row.rules),
        changed: Some(row.changed_on),
    })
}
