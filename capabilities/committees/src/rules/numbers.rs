//! The numbers of a day, read from the rulebook once.

use chibo_kernel::calendar::WorkingDays;
use chibo_kernel::rulebook::{Mark, Ratio, Rule, Rulebook, Term as Span};
use chibo_kernel::{Day, Problem};
use chibo_organisation::kinds::Kind;

use super::is_branch;

/// The rules read here.
const READ: [&str; 14] = [
    "ORG-06", "ORG-17", "ORG-20", "ORG-21", "ORG-22", "ORG-23", "ORG-23a", "ORG-24", "ORG-25", "ORG-26", "ORG-27",
    "ORG-28", "ORG-29", "ORG-29a",
];

/// Rules on committees in force on a day.
#[derive(Clone, Debug)]
pub struct Numbers<'b> {
    book: &'b Rulebook,
    day: Day,
    /// Length of a branch's term (ORG-23).
    pub branch_term: Span,
    /// Length of every other term (ORG-17, ORG-23).
    pub base_term: Span,
    /// The first term after founding, split or merger may be shorter (ORG-17).
    pub first_may_be_shorter: bool,
    /// Ordinal of a new organisation's first congress (ORG-17).
    pub first_ordinal: u32,
    /// A branch of so many official members elects a committee (ORG-20).
    pub committee_from: u32,
    /// Most deputies of a branch (ORG-20).
    pub branch_deputies: u32,
    /// Most members of a branch committee (ORG-21).
    pub branch_most: u32,
    /// Most members of the committee of a section (ORG-06).
    pub section_most: u32,
    /// Most of the committee in the standing committee (ORG-21).
    pub standing_most: Ratio,
    /// A base committee of so many elects a standing committee (ORG-22).
    pub standing_from: u32,
    extra_above_base: Ratio,
    extra_at_base: Ratio,
    /// The higher committee appoints without a proposal when nobody is left (ORG-24).
    pub direct_if_all_missing: bool,
    /// After so many failed rounds the higher committee appoints a secretary (ORG-25).
    pub failed_rounds: u32,
    /// Waiting time after a failed election at the congress (ORG-26).
    pub wait: Span,
    ends_by: Vec<&'b str>,
    /// Moving more than this of the elected members at once needs consent (ORG-28).
    pub moved_most: Ratio,
    /// Time to report (ORG-29).
    pub report: Span,
    /// Time to approve (ORG-29).
    pub approval: Span,
    /// Time to hand over (ORG-29).
    pub hand_over: Span,
    /// Whether the times of ORG-29 are known well enough to call something late.
    pub clocks_are_sure: bool,
    /// How long before the end of a term one is reminded.
    pub remind: Span,
}

/// The version of a day; before the first rulebook its first version.
fn rule<'b>(book: &'b Rulebook, day: Day, id: &str) -> Result<&'b Rule, Problem> {
    let found = book.on(day).rule(id).or_else(|| book.versions_of(id).first());
    found.ok_or_else(|| Problem::fault(format!("the rulebook lacks {id}")))
}

fn whole(rule: &Rule, name: &str) -> Result<u32, Problem> {
    u32::try_from(rule.int(name)?).map_err(Problem::fault)
}

impl Numbers<'static> {
    /// Of a day, from the rulebook the program was built with.
    ///
    /// # Errors
    /// A fault when a rule lacks a number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        Numbers::of(Rulebook::built_in()?, day)
    }
}

impl<'b> Numbers<'b> {
    /// Of a day, from a rulebook.
    ///
    /// # Errors
    /// A fault when a rule lacks a number.
    pub fn of(book: &'b Rulebook, day: Day) -> Result<Self, Problem> {
        let get = |id: &str| rule(book, day, id);
        let (first, elects, sizes, terms) = (get("ORG-17")?, get("ORG-20")?, get("ORG-21")?, get("ORG-23")?);
        let clocks = get("ORG-29")?;
        Ok(Self {
            book,
            day,
            branch_term: terms.term("branch_term")?,
            base_term: terms.term("base_term")?,
            first_may_be_shorter: first.flag("first_term_may_be_shorter")?,
            first_ordinal: whole(first, "new_organisation_counts_congresses_from")?,
            committee_from: whole(elects, "committee_from_official_members")?,
            branch_deputies: whole(elects, "max_deputies")?,
            branch_most: whole(sizes, "max_branch_committee")?,
            section_most: whole(get("ORG-06")?, "max_committee")?,
            standing_most: sizes.ratio("standing_at_most")?,
            standing_from: whole(get("ORG-22")?, "standing_from_members")?,
            extra_above_base: sizes.ratio("extra_above_base")?,
            extra_at_base: sizes.ratio("extra_at_base")?,
            direct_if_all_missing: get("ORG-24")?.flag("direct_if_all_missing")?,
            failed_rounds: whole(get("ORG-25")?, "failed_rounds")?,
            wait: get("ORG-26")?.term("wait")?,
            ends_by: get("ORG-27")?.texts("ends_by")?,
            moved_most: get("ORG-28")?.ratio("more_than")?,
            report: clocks.term("report")?,
            approval: clocks.term("approval")?,
            hand_over: clocks.term("hand_over")?,
            clocks_are_sure: clocks.mark != Mark::C,
            remind: get("ORG-23a")?.term("remind_ahead")?,
        })
    }

    /// The working-day calendar.
    pub fn calendar(&self) -> &'b WorkingDays {
        self.book.calendar()
    }

    /// The last day of a span that begins after a day.
    pub fn after(&self, span: Span, day: Day) -> Day {
        span.after(day, self.calendar()).value
    }

    /// Length of a term of a kind (ORG-23; a section has the term of its base committee, ORG-06).
    pub fn full_term(&self, kind: Kind) -> Span {
        if kind == Kind::Branch { self.branch_term } else { self.base_term }
    }

    /// How many members may be appointed beyond the fixed number (ORG-21).
    pub fn extra(&self, kind: Kind, fixed: u32) -> u32 {
        let ratio = match kind {
            Kind::City | Kind::Upper => self.extra_above_base,
            _ => self.extra_at_base,
        };
        u32::try_from(ratio.floor_of(u64::from(fixed))).unwrap_or(u32::MAX)
    }

    /// Whether a ground ends offices by itself (ORG-27).
    pub fn ends(&self, ground: &str) -> bool {
        self.ends_by.contains(&ground)
    }

    /// The version of a rule decided under.
    ///
    /// # Errors
    /// A fault when the rulebook lacks the rule.
    pub fn version(&self, id: &str) -> Result<String, Problem> {
        rule(self.book, self.day, id).map(Rule::version)
    }

    /// Rules whose numbers are doubtful, for the notes of a page.
    pub fn doubtful(&self) -> Vec<&'b Rule> {
        let found = READ.iter().filter_map(|id| rule(self.book, self.day, id).ok());
        found.filter(|rule| matches!(rule.mark, Mark::M | Mark::C)).collect()
    }

    /// Most members a committee of the kind may have whatever the congress fixed (ORG-21, ORG-06).
    pub fn most(&self, kind: Kind) -> Option<(u32, &'static str)> {
        match kind {
            _ if is_branch(kind) => Some((self.branch_most, "ORG-21")),
            Kind::Section => Some((self.section_most, "ORG-06")),
            _ => None,
        }
    }
}
