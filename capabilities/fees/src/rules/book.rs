//! A branch's book of a month: what was expected, what was typed, the lines and totals that follow (FEE-07, FEE-11).

use std::collections::BTreeMap;

use chibo_kernel::{Id, Issue, Person, Said};

use super::Month;

chibo_kernel::coded! {
    /// How it was paid (hình thức đóng, FEE-07).
    Way {
        /// Cash to the branch.
        Cash = "cash", "fees-cash";
        /// National public-service portal (Cổng dịch vụ công quốc gia).
        Portal = "portal", "fees-portal";
        /// Into the account of the organisation.
        Bank = "bank", "fees-bank";
    }
}

chibo_kernel::coded! {
    /// Why somebody did not pay (lý do chưa đóng).
    Reason {
        /// Ill.
        Ill = "ill", "fees-reason-ill";
        /// Away on duty or abroad.
        Away = "away", "fees-reason-away";
        /// Hardship.
        Hard = "hard", "fees-reason-hard";
        /// Something else, told in the note.
        Other = "other", "fees-reason-other";
    }
}

/// Where a member stands with a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Paid in this book.
    Paid = 1,
    /// Not paid.
    Unpaid = 2,
    /// Owes nothing (FEE-06).
    Exempt = 3,
    /// Paid in another book.
    Before = 4,
    /// Nobody has said by what he pays.
    Unknown = 5,
}

impl State {
    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Paid, Self::Unpaid, Self::Exempt, Self::Before, Self::Unknown]
            .into_iter()
            .find(|state| state.number() == number)
    }

    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Paid => "fees-paid",
            Self::Unpaid => "fees-unpaid",
            Self::Exempt => "fees-exempt",
            Self::Before => "fees-before",
            Self::Unknown => "fees-unknown",
        }
    }
}

/// What a member owes for a month: the month, đồng, the version of the rulebook.
pub type Asked = (Month, i64, String);

/// What the book expects of a member.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Who.
    pub person: Id<Person>,
    /// Name, for what is said.
    pub name: String,
    /// What is owed this month; `None` when nobody has said by what he pays.
    pub due: Option<i64>,
    /// Exempt this month (FEE-06).
    pub exempt: bool,
    /// This month stands paid in another book.
    pub before: bool,
    /// Earlier months that stand unpaid.
    pub back: Vec<Asked>,
    /// Later months not paid yet, in order.
    pub ahead: Vec<Asked>,
}

/// What was typed about a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Did not pay.
    pub unpaid: bool,
    /// Paid another amount than what is owed.
    pub amount: Option<i64>,
    /// How; cash when nothing is said.
    pub way: Option<Way>,
    /// Number of the receipt.
    pub receipt: String,
    /// Why not.
    pub reason: Option<Reason>,
    /// What there is to say.
    pub note: String,
    /// Earlier months paid now.
    pub back: Vec<Month>,
    /// So many later months paid now.
    pub ahead: usize,
}

/// How the book is written.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The month of the book.
    pub month: Month,
    /// This month.
    pub today: Month,
    /// It is closed, and not only kept for later.
    pub close: bool,
    /// Unusual amounts were looked at (FEE-07).
    pub confirmed: bool,
    /// More than so many times what is owed is unusual.
    pub unusual: i64,
    /// Version of the rulebook for the month itself.
    pub version: String,
}

/// A line of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub person: Id<Person>,
    /// For which month.
    pub month: Month,
    /// Where he stands.
    pub state: State,
    /// Owed, đồng.
    pub due: i64,
    /// Paid in this book, đồng.
    pub amount: i64,
    /// How.
    pub way: Option<Way>,
    /// Number of the receipt.
    pub receipt: String,
    /// Why not.
    pub reason: Option<Reason>,
    /// What there is to say.
    pub note: String,
    /// Version of the rulebook.
    pub rulebook: String,
}

/// The totals of a book: everything a unit above adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Members in the book.
    pub members: i64,
    /// Members who owe something for the month.
    pub liable: i64,
    /// Those who have paid it, in this book or another.
    pub payers: i64,
    /// Those who have not, with a reason.
    pub excused: i64,
    /// Those who owe nothing.
    pub exempt: i64,
    /// Owed for the month, đồng.
    pub due: i64,
    /// Collected in this book, đồng.
    pub collected: i64,
    /// Of that for earlier months.
    pub back: i64,
    /// Of that for later months.
    pub ahead: i64,
    /// Of that more than was owed.
    pub extra: i64,
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.members += other.members;
        self.liable += other.liable;
        self.payers += other.payers;
        self.excused += other.excused;
        self.exempt += other.exempt;
        self.due += other.due;
        self.collected += other.collected;
        self.back += other.back;
        self.ahead += other.ahead;
        self.extra += other.extra;
    }
}

impl Totals {
    /// Of the lines of a month's book.
    pub fn of(month: Month, lines: &[Line]) -> Self {
        let mut all = Self::default();
        for line in lines {
            all.collected += line.amount;
            all.extra += (line.amount - line.due).max(0);
            match line.month.cmp(&month) {
                std::cmp::Ordering::Less => all.back += line.amount,
                std::cmp::Ordering::Greater => all.ahead += line.amount,
                std::cmp::Ordering::Equal => {
                    let yes = i64::from;
                    all.members += 1;
                    all.liable += yes(matches!(line.state, State::Paid | State::Unpaid | State::Before));
                    all.payers += yes(matches!(line.state, State::Paid | State::Before));
                    all.excused += yes(line.state == State::Unpaid && line.reason.is_some());
                    all.exempt += yes(line.state == State::Exempt);
                    all.due += line.due;
                }
            }
        }
        all
    }

    /// Those who have not paid and gave no reason.
    pub const fn silent(&self) -> i64 {
        self.liable - self.payers - self.excused
    }
}

fn issue(field: String, rule: &'static str, said: Said) -> Issue {
    Issue { field: Some(field), rule: Some(rule), said }
}

/// The lines that follow from what was typed, or everything that speaks against it. Whoever nothing was typed about has
/// paid what he owes; whoever is exempt or has paid before has nothing to do.
///
/// # Errors
/// Amounts below zero or below what is owed, unusual ones nobody has confirmed, people who are not in the branch, months
/// that are not open (FEE-07, FEE-11).
pub fn lines_of(
    expected: &[Expected],
    typed: &BTreeMap<Id<Person>, Typed>,
    writing: &Writing,
) -> Result<Vec<Line>, Vec<Issue>> {
    let mut issues = Vec::new();
    if writing.month > writing.today {
        let said = Said::new("fees-book-ahead").with("month", writing.month.text());
        issues.push(issue("month".to_owned(), "FEE-11", said));
    }
    for person in typed.keys().filter(|person| !expected.iter().any(|one| one.person == **person)) {
        issues.push(issue(format!("amount-{person}"), "FEE-11", Said::new("fees-not-member")));
    }
    let mut lines = Vec::new();
    let nothing = Typed::default();
    for one in expected {
        let said = typed.get(&one.person).unwrap_or(&nothing);
        lines.push(this_month(one, said, writing, &mut issues));
        other_months(one, said, &mut lines, &mut issues);
    }
    if issues.is_empty() { Ok(lines) } else { Err(issues) }
}

fn this_month(one: &Expected, said: &Typed, writing: &Writing, issues: &mut Vec<Issue>) -> Line {
    let field = format!("amount-{}", one.person);
    let named = |key: &'static str| Said::new(key).with("name", &one.name);
    let due = one.due.unwrap_or(0);
    let bare = Line {
        person: one.person,
        month: writing.month,
        state: State::Exempt,
        due,
        amount: 0,
        way: None,
        receipt: String::new(),
        reason: None,
        note: said.note.clone(),
        rulebook: writing.version.clone(),
    };
    if said.amount.is_some_and(|amount| amount < 0) {
        issues.push(issue(field, "FEE-07", named("fees-negative")));
        return bare;
    }
    if one.before {
        return Line { state: State::Before, ..bare };
    }
    let amount = said.amount.unwrap_or(due);
    if one.due.is_none() && amount == 0 {
        if writing.close && !said.unpaid {
            issues.push(issue(field, "FEE-11", named("fees-unknown-member")));
        }
        let state = if said.unpaid { State::Unpaid } else { State::Unknown };
        return Line { state, reason: said.reason, ..bare };
    }
    if said.unpaid {
        if said.amount.is_some_and(|amount| amount > 0 && amount != due) {
            issues.push(issue(field, "FEE-07", named("fees-both")));
        }
        if said.reason == Some(Reason::Other) && said.note.is_empty() {
            issues.push(issue(format!("note-{}", one.person), "FEE-08", named("fees-reason-told")));
        }
        let state = if one.exempt { State::Exempt } else { State::Unpaid };
        return Line { state, reason: said.reason.filter(|_| !one.exempt), ..bare };
    }
    if amount < due {
        let said = named("fees-too-little").with("due", chibo_kernel::text::number::count(due));
        issues.push(issue(field, "FEE-07", said));
        return bare;
    }
    if one.due.is_some() && due > 0 && amount > due.saturating_mul(writing.unusual) && !writing.confirmed {
        let times = named("fees-unusual").with("times", writing.unusual);
        issues.push(issue("confirm".to_owned(), "FEE-07", times));
    }
    if amount == 0 {
        return bare;
    }
    let way = Some(said.way.unwrap_or(Way::Cash));
    Line {
        state: if one.exempt { State::Exempt } else { State::Paid },
        amount,
        way,
        receipt: said.receipt.clone(),
        ..bare
    }
}

/// Months paid back and ahead.
fn other_months(one: &Expected, said: &Typed, lines: &mut Vec<Line>, issues: &mut Vec<Issue>) {
    let way = Some(said.way.unwrap_or(Way::Cash));
    let mut add = |(month, due, version): &Asked| {
        lines.push(Line {
            person: one.person,
            month: *month,
            state: State::Paid,
            due: *due,
            amount: *due,
            way,
            receipt: said.receipt.clone(),
            reason: None,
            note: String::new(),
            rulebook: version.clone(),
        });
    };
    for month in &said.back {
        match one.back.iter().find(|(other, ..)| other == month) {
            Some(asked) => add(asked),
            None => {
                let said = Said::new("fees-back-odd").with("name", &one.name).with("month", month.text());
                issues.push(issue(format!("back-{}", one.person), "FEE-07", said));
            }
        }
    }
    if said.ahead > one.ahead.len() {
        let said = Said::new("fees-too-far").with("name", &one.name).with("most", one.ahead.len());
        issues.push(issue(format!("ahead-{}", one.person), "FEE-07", said));
    } else {
        one.ahead.iter().take(said.ahead).for_each(&mut add);
    }
}
