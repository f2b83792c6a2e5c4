//! Rows of a spreadsheet as new members: every doubt named by sheet, row and column.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;

use chibo_census::Forest;
use chibo_kernel::text::fold;
use chibo_kernel::{Day, Id, Issue, Places, Problem, Said, Unit};
use chibo_papers::{
    Cells, Limits, Mapping, PaperProblem, Preview, RowIssue, RowState, SheetSource, Source, Step, Table, Title, When,
};

use chibo_organisation::kinds::Kind;

use super::{COLUMNS, position};
use crate::codes::{self, Finder};
use crate::rules::{self, Field, NewMember};

/// Rows at most in one file: one more than the largest city needs.
const MOST_ROWS: u64 = 600_000;

/// The branches rows may name: by code, or by full name where it is unique.
pub struct Branches {
    by_key: HashMap<String, Option<Id<Unit>>>,
}

impl Branches {
    /// From `(id, code, name)` of every branch the importing person may write to.
    pub fn new<'n>(branches: impl Iterator<Item = (Id<Unit>, &'n str, &'n str)>) -> Self {
        let mut by_key: HashMap<String, Option<Id<Unit>>> = HashMap::new();
        for (id, code, name) in branches {
            if !code.is_empty() {
                by_key.insert(code.replace('.', ""), Some(id));
            }
            // A name borne by several branches finds none of them: guessing would put people in the wrong place.
            by_key.entry(fold(name)).and_modify(|found| *found = None).or_insert(Some(id));
        }
        Self { by_key }
    }

    /// The units of today's tree that hold members, inside the subtrees of `units`; `None` is everywhere. An abolished
    /// unit means what stands in its place.
    pub fn of_forest(forest: &Forest, units: Option<&[Id<Unit>]>, today: Day) -> Self {
        let places = forest.today(today);
        let tree = places.tree();
        let span = |unit: &Id<Unit>| places.span(*unit);
        let spans = units.map(|units| units.iter().filter_map(span).collect::<Vec<_>>());
        let asked = |place: &u32| spans.as_ref().is_none_or(|spans| spans.iter().any(|span| span.contains(place)));
        let holds = |place: &u32| Kind::from_number(tree.kind(*place)).is_some_and(Kind::holds_members);
        let places: Vec<u32> = (0..tree.len()).filter(|place| asked(place) && holds(place)).collect();
        let branch = |place: u32| {
            let id = tree.unit(place).and_then(|no| forest.id(no))?;
            tree.facts(place).map(|facts| (id, facts.code.as_str(), facts.name.as_str()))
        };
        Self::new(places.into_iter().filter_map(branch))
    }

    fn find(&self, text: &str) -> Result<Id<Unit>, Said> {
        let digits: String = text.chars().filter(|c| *c != '.' && *c != ' ').collect();
        let is_code = digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit());
        match self.by_key.get(&if is_code { digits } else { fold(text) }) {
            Some(Some(id)) => Ok(*id),
            Some(None) => Err(Said::new("members-unit-ambiguous").with("text", text)),
            None => Err(Said::new("members-unit-unknown").with("text", text)),
        }
    }
}

/// Reads members out of the rows of one file.
pub struct MemberReader<'b> {
    branches: &'b Branches,
    today: Day,
    /// By position of the column.
    codes: Vec<Option<Codes>>,
    last_unit: (String, Option<Id<Unit>>),
    seen: HashSet<u128>,
}

/// Finds the codes of one column. The same few texts come again and again: each is folded once.
struct Codes {
    finder: Finder,
    known: HashMap<String, Option<u8>>,
}

/// Different texts of one column remembered.
const REMEMBERED: usize = 2_000;

impl Codes {
    fn find(&mut self, text: &str) -> Option<u8> {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let found = self.finder.find(text);
        if self.known.len() < REMEMBERED {
            self.known.insert(text.to_owned(), found);
        }
        found
    }
}

/// The lists that text columns are looked up in.
const LISTS: [(&str, codes::List); 9] = [
    ("sex", codes::SEXES),
    ("ethnicity", codes::ETHNICITIES),
    ("religion", codes::RELIGIONS),
    ("standing", codes::STANDINGS),
    ("education", codes::GENERAL_EDUCATION),
    ("degree", codes::DEGREES),
    ("academic-title", codes::ACADEMIC_TITLES),
    ("theory", codes::THEORY),
    ("occupation", codes::OCCUPATIONS),
];

impl<'b> MemberReader<'b> {
    /// A reader for one file.
    pub fn new(branches: &'b Branches, today: Day) -> Self {
        let finder = |column: &chibo_papers::Column| {
            let (_, list) = LISTS.iter().find(|(key, _)| *key == column.key)?;
            Some(Codes { finder: Finder::new(list, fold), known: HashMap::new() })
        };
        let codes = COLUMNS.iter().map(finder).collect();
        Self { branches, today, codes, last_unit: (String::new(), None), seen: HashSet::new() }
    }

    fn code(&mut self, cells: &mut Cells, at: usize) -> u8 {
        let Some(text) = cells.text(at) else { return 0 };
        if let Some(number) = self.codes.get_mut(at).and_then(Option::as_mut).and_then(|codes| codes.find(text)) {
            return number;
        }
        let said = Said::new("members-code-unknown").with("text", text);
        cells.warn(at, said);
        0
    }

    /// The branch named in a row; rows of one branch follow each other.
    fn unit(&mut self, text: &str) -> Result<Id<Unit>, Said> {
        if let (last, Some(unit)) = &self.last_unit
            && last == text
        {
            return Ok(*unit);
        }
        let unit = self.branches.find(text)?;
        self.last_unit = (text.to_owned(), Some(unit));
        Ok(unit)
    }

    /// One row as a new member, put in the place of another; its defects are added to the row.
    pub fn member(&mut self, cells: &mut Cells, member: &mut NewMember) {
        let birth = cells.when(const { position("birth") });
        member.birth = birth.and_then(When::first_day);
        member.birth_precision = birth.map_or(0, precision);
        member.parts = None;
        member.recorded = None;
        for (at, text) in texts(member) {
            text.clear();
            text.push_str(cells.text(at).unwrap_or_default());
        }
        member.sex = self.code(cells, const { position("sex") });
        member.ethnicity = self.code(cells, const { position("ethnicity") });
        member.religion = self.code(cells, const { position("religion") });
        member.academic_title = self.code(cells, const { position("academic-title") });
        member.admitted = cells.day(const { position("admitted") });
        member.official = cells.day(const { position("official") });
        self.dated(cells, member);
        self.judge(cells, member);
    }

    fn dated(&mut self, cells: &mut Cells, member: &mut NewMember) {
        let since = cells.day(const { position("posted") }).or(member.admitted).unwrap_or(self.today);
        let unit_at = const { position("unit") };
        member.postings.clear();
        match cells.text(unit_at).map(|text| self.unit(text)) {
            Some(Ok(unit)) => member.postings.push((unit, since)),
            Some(Err(said)) => cells.error(unit_at, said),
            None => {}
        }
        member.standings = rules::standings_from_dates(member.admitted, member.official, since);
        let stated = self.code(cells, const { position("standing") });
        if stated > 0 && member.standings.last().is_none_or(|(last, _)| *last != stated) {
            // The dates say what he was; the column says what he is now.
            let from = member.standings.last().map_or(since, |(_, from)| from.plus_days(1)).max(since);
            member.standings.push((stated, from.min(self.today)));
        }
        let levels = [
            (Field::Education, const { position("education") }),
            (Field::Degree, const { position("degree") }),
            (Field::Theory, const { position("theory") }),
            (Field::Occupation, const { position("occupation") }),
        ];
        member.attainments.clear();
        for (field, at) in levels {
            let level = self.code(cells, at);
            if level > 0 {
                member.attainments.push((field, level, since));
            }
        }
    }

    fn judge(&mut self, cells: &mut Cells, member: &NewMember) {
        let found = rules::check(member, self.today);
        let place = |issue: &Issue| {
            issue.field.as_deref().and_then(|field| COLUMNS.iter().position(|column| column.key == field))
        };
        // A birth day that could not be read has said so already.
        let unread = cells.refused();
        for issue in found.errors.iter().filter(|i| !unread || i.said.key != "members-no-birth") {
            match place(issue) {
                Some(index) => cells.error(index, issue.said.clone()),
                None => cells.row_error(issue.said.clone()),
            }
        }
        for issue in &found.doubts {
            if let Some(index) = place(issue) {
                cells.warn(index, issue.said.clone());
            }
        }
    }

    /// Whether the identity number stood in this file before. Numbers are 12 digits, so they are their own key.
    fn repeated(&mut self, identity: &str) -> bool {
        let number = identity.bytes().fold(1u128, |n, b| n.wrapping_mul(257).wrapping_add(u128::from(b)));
        !identity.is_empty() && !self.seen.insert(number)
    }
}

/// The texts of a member with the columns they come from.
fn texts(member: &mut NewMember) -> [(usize, &mut String); 17] {
    let secrets = &mut member.secrets;
    [
        (const { position("name") }, &mut member.name),
        (const { position("other-name") }, &mut member.other_name),
        (const { position("birth-place") }, &mut member.birth_place),
        (const { position("home-town") }, &mut member.home_town),
        (const { position("job-title") }, &mut member.job_title),
        (const { position("workplace") }, &mut member.workplace),
        (const { position("file-no") }, &mut member.file_no),
        (const { position("languages") }, &mut member.languages),
        (const { position("informatics") }, &mut member.informatics),
        (const { position("health") }, &mut secrets.health),
        (const { position("policy-family") }, &mut secrets.policy_family),
        (const { position("admission-decision") }, &mut member.admission_decision),
        (const { position("introducers") }, &mut member.introducers),
        (const { position("identity") }, &mut secrets.identity),
        (const { position("phone") }, &mut secrets.phone),
        (const { position("residence") }, &mut secrets.residence),
        (const { position("email") }, &mut secrets.email),
    ]
}

fn precision(when: When) -> u8 {
    match when {
        When::Day(_) => 0,
        When::Month(..) => 1,
        When::Year(_) => 2,
    }
}

/// A refused or failed file as the program's problem.
pub fn problem(problem: PaperProblem) -> Problem {
    match problem {
        PaperProblem::Refused(said) => Problem::field("file", said),
        PaperProblem::Fault(cause) => Problem::Fault(cause),
    }
}

/// Opens a spreadsheet behind the size guard.
pub fn open(path: &Path, name: &str) -> Result<SheetSource, Problem> {
    let source = Source::path(path).map_err(problem)?;
    SheetSource::open(source, name, Limits::with_rows(MOST_ROWS)).map_err(problem)
}

/// What the rows of a file are read by.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    /// The branches rows may name.
    pub branches: &'r Branches,
    /// What people said of headings.
    pub mapping: &'r Mapping,
    /// The day of reading.
    pub today: Day,
}

/// A row that was read.
pub struct Taken<'t> {
    /// What becomes of it.
    pub state: RowState,
    /// The member; it lies where the next one will be read, who wants to keep it takes it out.
    pub member: &'t mut NewMember,
    /// The cells it was read from.
    pub cells: &'t Cells,
    /// What is wrong with it.
    pub issues: &'t [RowIssue],
}

/// Walks a file: each readable row becomes a member with its state; `known` says whether an identity number is taken.
/// Everything found is counted in the preview; the headings of the file come with what they were read as.
///
/// # Errors
/// A file that cannot be read; what `known` gives.
pub fn walk(
    source: &mut SheetSource,
    reading: Reading<'_>,
    known: &mut dyn FnMut(&str) -> Result<bool, Problem>,
    take: &mut dyn FnMut(Taken<'_>) -> ControlFlow<()>,
) -> Result<(Preview, Vec<Title>), Problem> {
    let mut table = Table::new(COLUMNS, reading.today).mapped(reading.mapping.clone());
    let mut reader = MemberReader::new(reading.branches, reading.today);
    let mut preview = Preview::new(500, 5);
    let mut member = NewMember::default();
    let mut failed = None;
    let walked = source.for_each_row(|row| {
        let Step::Row(cells) = table.read(row) else { return ControlFlow::Continue(()) };
        reader.member(cells, &mut member);
        let state = match row_state(&mut reader, cells, &member, known) {
            Ok(state) => state,
            Err(problem) => {
                failed = Some(problem);
                return ControlFlow::Break(());
            }
        };
        let issues = cells.take_issues();
        let taken = take(Taken { state, member: &mut member, cells, issues: &issues });
        preview.row(cells.row(), state, issues, || cells.shown());
        taken
    });
    if let Some(problem) = failed {
        return Err(problem);
    }
    walked.map_err(problem)?;
    let titles = table.titles().to_vec();
    preview.note(table.finish());
    Ok((preview, titles))
}

fn row_state(
    reader: &mut MemberReader<'_>,
    cells: &mut Cells,
    member: &NewMember,
    known: &mut dyn FnMut(&str) -> Result<bool, Problem>,
) -> Result<RowState, Problem> {
    if cells.refused() {
        return Ok(RowState::Refused);
    }
    if reader.repeated(&member.secrets.identity) {
        cells.warn(const { position("identity") }, Said::new("members-identity-twice"));
        return Ok(RowState::Duplicate);
    }
    if !member.secrets.identity.is_empty() && known(&member.secrets.identity)? {
        cells.warn(const { position("identity") }, Said::new("members-identity-known"));
        return Ok(RowState::Same);
    }
    Ok(RowState::New)
}
