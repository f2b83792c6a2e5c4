//! One subject with everything known about it.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Problem};
use chibo_store::Tx;

use crate::rules::{CampaignKind, Case, Class, Fact, Facts, Post, Sort, State, Subject, Terms, Verdict, judge};
use crate::store::{self, CampaignRow, FixRow, StepRow, SubjectRow, YearRow};

/// A subject.
pub struct File {
    /// Itself.
    pub row: SubjectRow,
    /// Its campaign.
    pub campaign: CampaignRow,
    /// What was done.
    pub steps: Vec<StepRow>,
    /// Figures by code.
    pub figures: BTreeMap<String, u32>,
    /// Correction plan.
    pub fixes: Vec<FixRow>,
    /// Classes of all years, its own among them.
    pub years: Vec<YearRow>,
    /// Facts, as stated and as known from earlier reviews.
    pub facts: Facts,
    /// Sort.
    pub sort: Sort,
    /// State.
    pub state: State,
}

/// The rules of a campaign.
///
/// # Errors
/// A fault of the rulebook.
pub fn terms_of(campaign: &CampaignRow) -> Result<Terms, Problem> {
    Terms::on(campaign.rules_on)
}

/// Everything about a subject.
///
/// # Errors
/// Absent when there is none.
pub fn file(tx: &mut Tx<'_>, id: Id<Subject>) -> Result<File, Problem> {
    let row = store::subject(tx, id)?.ok_or(Problem::NotFound)?;
    let campaign = store::campaign(tx, row.campaign_id)?.ok_or(Problem::NotFound)?;
    let steps = store::steps_of(tx, row.unit_id, id)?;
    let figures: BTreeMap<_, _> =
        store::figures_of(tx, row.unit_id, id)?.into_iter().map(|row| (row.code, row.counted)).collect();
    let fixes = store::fixes_of(tx, row.unit_id, id)?;
    let years = match row.person_id {
        Some(person) => store::years_of(tx, person)?,
        None => store::years_of_unit(tx, row.unit_id)?,
    };
    let mut facts = Facts::default();
    for (code, counted) in &figures {
        if let Some(fact) = code.strip_prefix("fact.").and_then(Fact::from_code) {
            facts.0.insert(fact, *counted);
        }
    }
    known(tx, &row, &campaign, &years, &mut facts)?;
    let code = |what: &str| Problem::fault(format!("the database holds a code {what}"));
    let sort = Sort::from_code(&row.sort).ok_or_else(|| code(&row.sort))?;
    let state = State::from_code(&row.state).ok_or_else(|| code(&row.state))?;
    Ok(File { row, campaign, steps, figures, fixes, years, facts, sort, state })
}

/// What earlier reviews say wins over what is typed: faults and their correction (EVAL-33), failed quarters (EVAL-44).
fn known(
    tx: &mut Tx<'_>,
    row: &SubjectRow,
    campaign: &CampaignRow,
    years: &[YearRow],
    facts: &mut Facts,
) -> Result<(), Problem> {
    let (mut faults, mut fixed) = (0, 0);
    for year in years.iter().filter(|year| year.subject_id != row.subject_id && year.year < campaign.year) {
        for fix in store::fixes_of(tx, year.unit_id, year.subject_id)? {
            faults += 1;
            fixed += u32::from(fix.fixed_on != Day::FOREVER);
        }
    }
    if faults > 0 {
        facts.0.insert(Fact::Faults, faults);
        facts.0.insert(Fact::Fixed, fixed);
    }
    let quarter = |year: &&YearRow| year.kind == CampaignKind::Quarter.code() && year.year == campaign.year;
    let mut failed: Vec<i64> = years
        .iter()
        .filter(quarter)
        .filter(|year| year.class == Class::Failed.code())
        .map(|year| year.quarter)
        .collect();
    failed.sort_unstable();
    failed.dedup();
    if !failed.is_empty() {
        let (mut run, mut longest, mut last) = (0u32, 0u32, -1);
        for quarter in &failed {
            run = if *quarter == last + 1 { run + 1 } else { 1 };
            (longest, last) = (longest.max(run), *quarter);
        }
        facts.0.insert(Fact::FailedQuarters, u32::try_from(failed.len()).unwrap_or(0));
        facts.0.insert(Fact::QuartersInARow, longest);
    }
    Ok(())
}

impl File {
    /// The case the rules judge, with these facts and points.
    pub fn case(&self, facts: Facts, points: Option<u32>) -> Case {
        Case {
            sort: self.sort,
            post: self.post(),
            quarter: self.campaign.kind == CampaignKind::Quarter.code(),
            points,
            facts,
        }
    }

    /// The post.
    pub fn post(&self) -> Post {
        Post::from_code(&self.row.post).unwrap_or_default()
    }

    /// Points now.
    pub fn points(&self) -> Option<u32> {
        u32::try_from(self.row.points).ok()
    }

    /// What the rules say now.
    pub fn verdict(&self, terms: &Terms) -> Verdict {
        judge(terms, &self.case(self.facts.clone(), self.points()))
    }
}
