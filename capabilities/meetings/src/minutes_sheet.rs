//! Minutes of one meeting as a workbook: attendance with reasons and speakers, assignments, votes. It goes out to be filled in
//! where there is no network, and comes back.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use chibo_kernel::text::fold;
use chibo_kernel::votes::{Ballots, OrdinaryForm};
use chibo_kernel::{Day, Id, Moment, Person, Problem, Said};
use chibo_papers::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_papers::{Cells, Column, Kind, Preview, RowState, Severity, SheetSource, Step, Table};

use crate::actions::{Intake, NewTask, Part, Seat, Vote};
use crate::branch::Member;
use crate::rules::Presence;
use crate::store::{ItemRow, RollRow, TaskRow, VoteRow};

/// Names of the sheets.
pub(crate) const SHEETS: [&str; 3] = ["Điểm danh", "Việc giao", "Biểu quyết"];
/// Somebody who spoke on nothing in particular.
const SPOKE: &str = "x";

const PRESENCES: &[(&str, &[&str])] = &[
    ("1", &["Có mặt", "Present"]),
    ("2", &["Vắng có lý do", "Có lý do", "Excused"]),
    ("3", &["Vắng không lý do", "Không lý do", "Unexcused"]),
    ("4", &["Được miễn", "Miễn sinh hoạt", "Exempt"]),
    ("5", &["Sinh hoạt nơi khác", "Elsewhere"]),
    ("6", &["Đình chỉ sinh hoạt", "Barred"]),
];
const FORMS: &[(&str, &[&str])] = &[
    ("show-of-hands", &["Giơ tay", "Show of hands"]),
    ("raised-card", &["Giơ thẻ", "Thẻ đảng viên", "Giơ thẻ đảng viên", "Raised card"]),
    ("secret-ballot", &["Bỏ phiếu kín", "Phiếu kín", "Secret ballot"]),
];

const fn column(key: &'static str, titles: &'static [&'static str], kind: Kind, required: bool) -> Column {
    Column { key, titles, kind, required }
}
const CODE: &[&str] = &["Mã", "Mã đảng viên", "Code"];
const COUNT: Kind = Kind::Int { min: 0, max: 100_000 };

static ROLL: [Column; 5] = [
    column("code", CODE, Kind::Text { max: 40 }, false),
    column("name", &["Họ và tên", "Họ tên", "Name"], Kind::Text { max: 100 }, true),
    column("was", &["Có mặt", "Dự họp", "Attendance"], Kind::Code(PRESENCES), false),
    column("why", &["Lý do vắng", "Lý do", "Reason"], Kind::Text { max: 300 }, false),
    column("spoke", &["Phát biểu", "Phát biểu về mục", "Spoke"], Kind::Text { max: 40 }, false),
];
static TASKS: [Column; 5] = [
    column("what", &["Việc", "Nội dung việc", "Task"], Kind::Text { max: 300 }, true),
    column("code", CODE, Kind::Text { max: 40 }, false),
    column("name", &["Người thực hiện", "Giao cho", "Assigned to"], Kind::Text { max: 100 }, true),
    column("product", &["Sản phẩm", "Product"], Kind::Text { max: 300 }, false),
    column("due", &["Hạn", "Thời hạn", "Due"], Kind::Day, true),
];
static VOTES: [Column; 6] = [
    column("subject", &["Nội dung biểu quyết", "Nội dung", "Subject"], Kind::Text { max: 300 }, true),
    column("form", &["Hình thức", "Form"], Kind::Code(FORMS), true),
    column("yes", &["Tán thành", "Yes"], COUNT, true),
    column("no", &["Không tán thành", "No"], COUNT, false),
    column("blank", &["Phiếu trắng", "Blank"], COUNT, false),
    column("invalid", &["Không hợp lệ", "Invalid"], COUNT, false),
];

/// What a meeting has now.
pub(crate) struct Stands<'a> {
    /// Members of the branch on its day.
    pub members: &'a [Member],
    /// Agenda.
    pub items: &'a [ItemRow],
    /// Roll.
    pub roll: &'a [RollRow],
    /// Assignments given.
    pub tasks: &'a [TaskRow],
    /// Votes taken.
    pub votes: &'a [VoteRow],
}

/// The short code of a member in a workbook: it tells two of one name apart, and says nothing.
fn code(id: Id<Person>) -> String {
    let text = id.to_string();
    text.get(text.len().saturating_sub(8)..).unwrap_or(&text).to_owned()
}

fn first(names: &'static [(&'static str, &'static [&'static str])], code: &str) -> &'static str {
    names.iter().find(|(known, _)| *known == code).and_then(|(_, names)| names.first().copied()).unwrap_or("")
}

fn columns(known: &[Column]) -> Vec<OutColumn> {
    let one = |column: &Column| match column.kind {
        Kind::Int { .. } => OutColumn::new(column.title(), OutKind::Whole),
        Kind::Day => OutColumn::new(column.title(), OutKind::Day),
        _ => OutColumn::new(column.title(), OutKind::Text).wide(if column.required { 34.0 } else { 18.0 }),
    };
    known.iter().map(one).collect()
}

/// Writes the workbook of a meeting.
///
/// # Errors
/// Faults of the machine.
pub(crate) fn write(stands: &Stands<'_>, about: About, made: Moment) -> Result<Vec<u8>, Problem> {
    let [roll, tasks, votes] = SHEETS;
    let layout = Layout::new(roll, columns(&ROLL)).about(about);
    let mut writer = SheetWriter::start(Format::Xlsx, layout, made, Vec::new())?;
    for member in stands.members {
        let row = stands.roll.iter().find(|row| row.member_id == member.id);
        let was = row.and_then(|row| Presence::from_number(row.presence)).unwrap_or_else(|| member.usual());
        let spoke = row.map_or("", |row| if row.spoke_on == "0" { SPOKE } else { &row.spoke_on });
        writer.row(&[
            Out::Text(&code(member.id)),
            Out::Text(&member.name),
            Out::Text(first(PRESENCES, &was.number().to_string())),
            Out::Text(row.map_or("", |row| &row.reason)),
            Out::Text(spoke),
        ])?;
    }
    writer.next_table(Layout::new(tasks, columns(&TASKS)))?;
    for row in stands.tasks {
        let name = stands.members.iter().find(|member| member.id == row.member_id).map_or("", |member| &member.name);
        let code = code(row.member_id);
        let (what, product) = (Out::Text(&row.what), Out::Text(&row.product));
        writer.row(&[what, Out::Text(&code), Out::Text(name), product, Out::Day(row.due)])?;
    }
    writer.next_table(Layout::new(votes, columns(&VOTES)))?;
    for row in stands.votes {
        let whole = |count: u32| Out::Whole(i64::from(count));
        let (subject, form) = (Out::Text(&row.subject), Out::Text(first(FORMS, &row.form)));
        writer.row(&[subject, form, whole(row.yes), whole(row.no_votes), whole(row.blank), whole(row.invalid)])?;
    }
    Ok(writer.finish()?)
}

/// What a workbook says.
pub(crate) struct Read {
    /// Counts and defects, cell by cell.
    pub preview: Preview,
    /// What would be written.
    pub intake: Intake,
}

impl Read {
    /// No cell is wrong; what the meeting itself refuses is another matter.
    pub(crate) fn is_readable(&self) -> bool {
        self.preview.kinds().all(|(severity, ..)| severity != Severity::Error)
    }
}

/// Reads a workbook against what the meeting has now; rows that stand there already are the same, not new.
///
/// # Errors
/// A refusal when the file cannot be read at all.
pub(crate) fn read(source: &mut SheetSource, stands: &Stands<'_>, today: Day) -> Result<Read, Problem> {
    let mut tables = [Table::new(&ROLL, today), Table::new(&TASKS, today), Table::new(&VOTES, today)];
    let mut reading = Reading { stands, seen: BTreeSet::new(), intake: Intake::default() };
    let (mut preview, mut met) = (Preview::new(200, 0), [true, false, false]);
    let names = SHEETS.map(fold);
    source.for_each_row(|row| {
        let sheet = fold(row.sheet.trim());
        let Some(at) = names.iter().position(|name| *name == sheet) else { return ControlFlow::Continue(()) };
        if let (Some(table), Some(met)) = (tables.get_mut(at), met.get_mut(at)) {
            *met = true;
            if let Step::Row(cells) = table.read(row) {
                let state = match at {
                    0 => reading.seat(cells),
                    1 => reading.task(cells),
                    _ => reading.vote(cells),
                };
                let (number, issues) = (cells.row(), cells.take_issues());
                preview.row(number, state.unwrap_or(RowState::Refused), issues, Vec::new);
            }
        }
        ControlFlow::Continue(())
    })?;
    for (table, met) in tables.into_iter().zip(met) {
        if met {
            preview.note(table.finish());
        }
    }
    let mut intake = reading.intake;
    // Whoever stands in no row is where he usually is.
    let missing = stands.members.iter().filter(|member| !reading.seen.contains(&member.id));
    let usual = |member: &Member| Seat {
        person: member.id,
        presence: member.usual(),
        reason: String::new(),
        spoke_on: String::new(),
    };
    intake.roll.extend(missing.map(usual));
    Ok(Read { preview, intake })
}

struct Reading<'r, 'a> {
    stands: &'r Stands<'a>,
    seen: BTreeSet<Id<Person>>,
    intake: Intake,
}

impl Reading<'_, '_> {
    /// The member of a row: by the code, else by a name only one has.
    fn member(&self, cells: &mut Cells, (at_code, at_name): (usize, usize)) -> Option<Id<Person>> {
        let name = fold(cells.text(at_name).unwrap_or_default());
        let named = |member: &&Member| fold(&member.name) == name;
        let typed = cells.text(at_code).unwrap_or_default().to_lowercase();
        if !typed.is_empty() {
            let coded = self.stands.members.iter().find(|member| code(member.id) == typed);
            return match coded {
                Some(member) if named(&member) => Some(member.id),
                Some(member) => {
                    cells.error(at_name, Said::new("meetings-workbook-other-name").with("name", &member.name));
                    None
                }
                None => {
                    cells.error(at_code, Said::new("meetings-workbook-no-code").with("code", typed));
                    None
                }
            };
        }
        let found: Vec<&Member> = self.stands.members.iter().filter(named).collect();
        match found.as_slice() {
            [one] => Some(one.id),
            [] => {
                cells.error(at_name, Said::new("meetings-not-a-member"));
                None
            }
            _ => {
                cells.error(at_code, Said::new("meetings-workbook-two-names"));
                None
            }
        }
    }

    fn spoke(&self, cells: &mut Cells) -> Option<String> {
        const AT: usize = 4;
        let typed = cells.text(AT).unwrap_or_default().to_lowercase();
        if typed.is_empty() {
            return Some(String::new());
        }
        if matches!(typed.as_str(), SPOKE | "0" | "co") || fold(&typed) == "co" {
            return Some("0".to_owned());
        }
        let known = |part: &str| {
            let no = part.trim().parse::<u32>().ok()?;
            self.stands.items.iter().find(|item| item.seq == no).map(|item| item.seq.to_string())
        };
        let parts: Option<Vec<String>> = typed.split([',', ';']).map(known).collect();
        if parts.is_none() {
            let most = self.stands.items.len();
            cells.error(AT, Said::new("meetings-workbook-no-item").with("text", typed).with("most", most));
        }
        parts.map(|parts| parts.join(","))
    }

    fn seat(&mut self, cells: &mut Cells) -> Option<RowState> {
        let person = self.member(cells, (0, 1));
        let spoke_on = self.spoke(cells)?;
        let person = person?;
        if !self.seen.insert(person) {
            cells.row_error(Said::new("meetings-workbook-twice"));
            return None;
        }
        let usual = self.stands.members.iter().find(|member| member.id == person).map(Member::usual);
        let presence = match cells.code(2) {
            Some(code) => code.parse().ok().and_then(Presence::from_number)?,
            None => usual.unwrap_or(Presence::Present),
        };
        let reason = cells.text(3).unwrap_or_default().to_owned();
        let seat = Seat { person, presence, reason, spoke_on };
        let row = self.stands.roll.iter().find(|row| row.member_id == person);
        let same = row.is_some_and(|row| {
            (row.presence, &row.reason, &row.spoke_on) == (presence.number(), &seat.reason, &seat.spoke_on)
        });
        self.intake.roll.push(seat);
        if cells.refused() {
            return None;
        }
        Some(if same { RowState::Same } else { RowState::Changed })
    }

    fn task(&mut self, cells: &mut Cells) -> Option<RowState> {
        let person = self.member(cells, (1, 2));
        if cells.refused() {
            return None;
        }
        let text = |at: usize| cells.text(at).unwrap_or_default().to_owned();
        let new = NewTask { person: person?, what: text(0), product: text(3), due: cells.day(4)?, seen: None };
        let same = |row: &TaskRow| {
            (row.member_id, &row.what, &row.product, row.due) == (new.person, &new.what, &new.product, new.due)
        };
        if self.stands.tasks.iter().any(same) {
            return Some(RowState::Same);
        }
        self.intake.tasks.push((cells.row(), new));
        Some(RowState::New)
    }

    fn vote(&mut self, cells: &mut Cells) -> Option<RowState> {
        if cells.refused() {
            return None;
        }
        let count = |at: usize| u32::try_from(cells.int(at).unwrap_or(0)).unwrap_or(0);
        let ballots = Ballots { yes: count(2), no: count(3), blank: count(4), invalid: count(5) };
        let form = cells.code(1).and_then(OrdinaryForm::from_code)?;
        let vote = Vote { subject: cells.text(0).unwrap_or_default().to_owned(), form, ballots, seen: None };
        let same = |row: &VoteRow| {
            let cast = Ballots { yes: row.yes, no: row.no_votes, blank: row.blank, invalid: row.invalid };
            (row.subject.as_str(), row.form.as_str(), cast) == (vote.subject.as_str(), form.code(), ballots)
        };
        if self.stands.votes.iter().any(same) {
            return Some(RowState::Same);
        }
        self.intake.votes.push((cells.row(), vote));
        Some(RowState::New)
    }
}

/// Where a refusal of the meeting itself stands in the workbook: sheet and row.
pub(crate) fn place(part: Part) -> String {
    let [roll, tasks, votes] = SHEETS;
    match part {
        Part::Roll => roll.to_owned(),
        Part::Task(row) => format!("{tasks} {row}"),
        Part::Vote(row) => format!("{votes} {row}"),
    }
}
