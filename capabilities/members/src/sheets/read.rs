//! Rows of a spreadsheet as new members: every doubt named by sheet, row and column.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;

use chibo_census::Forest;
use chibo_kernel::text::fold;
use chibo_kernel::{AsOf, Day, Id, Issue, Problem, Said, Unit};
use chibo_papers::{Cells, Limits, PaperProblem, Preview, RowState, SheetSource, Source, Step, Table, When};

use chibo_organisation::kinds::Kind;

use super::COLUMNS;
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

    /// The units of today's tree that hold members, inside the subtrees of `units`; `None` is everywhere.
    pub fn of_forest(forest: &Forest, units: Option<&[Id<Unit>]>, today: Day) -> Self {
        let tree = forest.tree(AsOf::on(today));
        let span = |unit: &Id<Unit>| forest.no(*unit).and_then(|no| tree.span(no));
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

/// Positions of the columns in `COLUMNS`, found once.
struct At(HashMap<&'static str, usize>);

impl At {
    fn of(&self, key: &'static str) -> usize {
        self.0.get(key).copied().unwrap_or(usize::MAX)
    }
}

/// Reads members out of the rows of one file.
pub struct MemberReader<'b> {
    branches: &'b Branches,
    today: Day,
    at: At,
    finders: HashMap<&'static str, Finder>,
    seen: HashSet<u128>,
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
        let at = At(COLUMNS.iter().enumerate().map(|(index, column)| (column.key, index)).collect());
        let finders = LISTS.iter().map(|(key, list)| (*key, Finder::new(list, fold))).collect();
        Self { branches, today, at, finders, seen: HashSet::new() }
    }

    fn text(&self, cells: &Cells, key: &'static str) -> String {
        cells.text(self.at.of(key)).unwrap_or_default().to_owned()
    }

    fn code(&self, cells: &mut Cells, key: &'static str) -> u8 {
        let index = self.at.of(key);
        let Some(text) = cells.text(index) else { return 0 };
        if let Some(number) = self.finders.get(key).and_then(|f| f.find(text)) {
            return number;
        }
        let said = Said::new("members-code-unknown").with("text", text);
        cells.warn(index, said);
        0
    }

    /// One row as a new member; its defects are added to the row.
    pub fn member(&mut self, cells: &mut Cells) -> NewMember {
        let birth = cells.when(self.at.of("birth"));
        let mut member = NewMember {
            name: self.text(cells, "name"),
            other_name: self.text(cells, "other-name"),
            birth: birth.and_then(When::first_day),
            birth_precision: birth.map_or(0, precision),
            sex: self.code(cells, "sex"),
            ethnicity: self.code(cells, "ethnicity"),
            religion: self.code(cells, "religion"),
            birth_place: self.text(cells, "birth-place"),
            home_town: self.text(cells, "home-town"),
            job_title: self.text(cells, "job-title"),
            workplace: self.text(cells, "workplace"),
            file_no: self.text(cells, "file-no"),
            academic_title: self.code(cells, "academic-title"),
            languages: self.text(cells, "languages"),
            informatics: self.text(cells, "informatics"),
            health: self.text(cells, "health"),
            policy_family: self.text(cells, "policy-family"),
            admitted: cells.day(self.at.of("admitted")),
            admission_decision: self.text(cells, "admission-decision"),
            introducers: self.text(cells, "introducers"),
            official: cells.day(self.at.of("official")),
            ..NewMember::default()
        };
        member.secrets.identity = self.text(cells, "identity");
        member.secrets.phone = self.text(cells, "phone");
        member.secrets.residence = self.text(cells, "residence");
        member.secrets.email = self.text(cells, "email");
        self.dated(cells, &mut member);
        self.judge(cells, &member);
        member
    }

    fn dated(&self, cells: &mut Cells, member: &mut NewMember) {
        let since = cells.day(self.at.of("posted")).or(member.admitted).unwrap_or(self.today);
        let unit_at = self.at.of("unit");
        match cells.text(unit_at).map(|text| self.branches.find(text)) {
            Some(Ok(unit)) => member.postings.push((unit, since)),
            Some(Err(said)) => cells.error(unit_at, said),
            None => {}
        }
        member.standings = rules::standings_from_dates(member.admitted, member.official, since);
        let stated = self.code(cells, "standing");
        if stated > 0 && member.standings.last().is_none_or(|(last, _)| *last != stated) {
            // The dates say what he was; the column says what he is now.
            let from = member.standings.last().map_or(since, |(_, from)| from.plus_days(1)).max(since);
            member.standings.push((stated, from.min(self.today)));
        }
        let levels = [
            (Field::Education, "education"),
            (Field::Degree, "degree"),
            (Field::Theory, "theory"),
            (Field::Occupation, "occupation"),
        ];
        for (field, key) in levels {
            let level = self.code(cells, key);
            if level > 0 {
                member.attainments.push((field, level, since));
            }
        }
    }

    fn judge(&mut self, cells: &mut Cells, member: &NewMember) {
        let found = rules::check(member, self.today);
        let place = |issue: &Issue, at: &At| issue.field.as_deref().and_then(|f| COLUMNS.iter().find(|c| c.key == f)).map(|c| at.of(c.key));
        // A birth day that could not be read has said so already.
        let unread = cells.refused();
        for issue in found.errors.iter().filter(|i| !unread || i.said.key != "members-no-birth") {
            match place(issue, &self.at) {
                Some(index) => cells.error(index, issue.said.clone()),
                None => cells.row_error(issue.said.clone()),
            }
        }
        for issue in &found.doubts {
            if let Some(index) = place(issue, &self.at) {
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

/// Walks a file: each readable row becomes a member with its state; `known` says whether an identity number is taken.
/// Everything found is counted in the preview.
pub fn walk(
    source: &mut SheetSource,
    branches: &Branches,
    today: Day,
    known: &mut dyn FnMut(&str) -> Result<bool, Problem>,
    take: &mut dyn FnMut(RowState, NewMember) -> ControlFlow<()>,
) -> Result<Preview, Problem> {
    let mut table = Table::new(COLUMNS, today);
    let mut reader = MemberReader::new(branches, today);
    let mut preview = Preview::new(500, 5);
    let mut failed = None;
    let walked = source.for_each_row(|row| {
        let Step::Row(cells) = table.read(row) else { return ControlFlow::Continue(()) };
        let member = reader.member(cells);
        let state = match row_state(&mut reader, cells, &member, known) {
            Ok(state) => state,
            Err(problem) => {
                failed = Some(problem);
                return ControlFlow::Break(());
            }
        };
        let issues = cells.take_issues();
        preview.row(cells.row(), state, issues, || cells.shown());
        take(state, member)
    });
    if let Some(problem) = failed {
        return Err(problem);
    }
    walked.map_err(problem)?;
    preview.note(table.finish());
    Ok(preview)
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
        cells.warn(reader.at.of("identity"), Said::new("members-identity-twice"));
        return Ok(RowState::Duplicate);
    }
    if !member.secrets.identity.is_empty() && known(&member.secrets.identity)? {
        cells.warn(reader.at.of("identity"), Said::new("members-identity-known"));
        return Ok(RowState::Same);
    }
    Ok(RowState::New)
}
