//! How every unit with terms stands today: its term, its seats, what waits for approval.

use std::collections::{BTreeMap, HashMap};

use chibo_kernel::{AsOf, Day, Id, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind;
use chibo_store::Tx;
use chibo_web::Visit;
use chibo_web::words::Tongue;

use crate::actions::holdings;
use crate::rules::{Concerns, Holding, Numbers, Request, Step, Term, Vacant, concerns, current, has_terms, vacant};
use crate::store;

/// A result older than this is no longer waited for.
const MONTHS: i32 = 24;

/// One unit with terms.
pub(crate) struct Line {
    /// Its place in today's tree.
    pub place: u32,
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind.
    pub kind: Kind,
    /// The term that began last.
    pub term: Option<Term>,
    /// Who sits where.
    pub holding: Holding,
    /// What is missing.
    pub vacant: Vacant,
    /// Results that are not done.
    pub requests: Vec<Request>,
    /// Why it has to be dealt with.
    pub concerns: Concerns,
}

impl Line {
    /// Results not approved yet.
    pub fn waiting(&self) -> impl Iterator<Item = &Request> {
        self.requests.iter().filter(|request| request.stage() != Step::Approved)
    }
}

/// All of them the viewer asks for, in the order of the tree.
pub(crate) struct Survey {
    /// The units.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
    /// The numbers of today.
    pub numbers: Numbers<'static>,
}

/// The terms of every unit as they stand now, in order.
pub(crate) fn all_terms(tx: &mut Tx<'_>) -> Result<BTreeMap<Id<Unit>, Vec<Term>>, Problem> {
    let mut found: BTreeMap<Id<Unit>, Vec<Term>> = BTreeMap::new();
    store::all_terms(tx, |row| {
        let (all, term) = (found.entry(row.unit_id).or_default(), row.term());
        match all.last_mut().filter(|last| last.ordinal == term.ordinal) {
            Some(last) => *last = term,
            None => all.push(term),
        }
        Ok(())
    })?;
    Ok(found)
}

/// Results of the last two years that are not approved or not handed over, by unit.
pub(crate) fn open_requests(tx: &mut Tx<'_>, today: Day) -> Result<BTreeMap<Id<Unit>, Vec<Request>>, Problem> {
    let mut found: BTreeMap<Id<Unit>, Vec<Request>> = BTreeMap::new();
    store::steps_since(tx, today.plus_months(-MONTHS), |row| {
        let all = found.entry(row.unit_id).or_default();
        let step = (store::step(&row.step)?, row.on_day);
        match all.last_mut().filter(|last| last.result_on == row.result_on) {
            Some(last) => last.steps.push(step),
            None => all.push(Request { result_on: row.result_on, steps: vec![step] }),
        }
        Ok(())
    })?;
    found.values_mut().for_each(|all| all.retain(|request| !request.is_done()));
    Ok(found)
}

impl Survey {
    /// The units the viewer may see in a part of the tree.
    pub fn take(visit: &Visit<'_>, unit: Option<Id<Unit>>) -> Result<Self, Problem> {
        let (units, today) = (UnitsToday::of(visit), visit.today());
        let numbers = Numbers::on(today)?;
        let (terms, holdings, mut open) = visit.read(|tx| {
            let holdings: HashMap<_, _> = holdings(tx, AsOf::on(today))?.into_iter().collect();
            Ok((all_terms(tx)?, holdings, open_requests(tx, today)?))
        })?;
        let mut lines = Vec::new();
        for place in units.range(unit).filter(|place| units.sees(visit, *place)) {
            let kind = Kind::from_number(units.tree.kind(place)).filter(|kind| has_terms(*kind));
            let (Some(unit), Some(kind)) = (units.id(place), kind) else { continue };
            let term = terms.get(&unit).and_then(|terms| current(terms, today)).copied();
            let holding = holdings.get(&unit).copied().unwrap_or_default();
            let vacant = term.map(|term| vacant(kind, term.fixed, holding)).unwrap_or_default();
            let requests = open.remove(&unit).unwrap_or_default();
            let waiting = requests.iter().any(|request| request.stage() != Step::Approved);
            let concerns = concerns(&numbers, term.as_ref(), &vacant, waiting, today);
            lines.push(Line { place, unit, kind, term, holding, vacant, requests, concerns });
        }
        Ok(Self { lines, units, numbers })
    }
}

/// What is missing, in words.
pub(crate) fn vacancies(w: Tongue<'_>, vacant: &Vacant) -> String {
    let each = |(post, count): (crate::rules::Post, u32)| {
        w.t2("committees-vacancy", ("count", w.n(count)), ("post", w.t(post.word())))
    };
    vacant.posts().map(each).collect::<Vec<_>>().join("; ")
}
