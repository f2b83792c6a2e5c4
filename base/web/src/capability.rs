//! What a capability is: a plain struct. Adding one is its folder and one line in the program.

use chibo_kernel::{Id, Permission, Person, Problem, Said};
use chibo_store::handover::PersonRows;
use chibo_store::jobs::Handler;
use chibo_store::reseal::{Sealed, SealedFiles};
use chibo_store::{Db, Migration, Op, Statement, Tx};

use crate::duty::DutySource;
use crate::figures::FigureSource;
use crate::person::PersonPage;
use crate::reply::Reply;
use crate::signal::SignalSource;
use crate::visit::Visit;

/// One thing the organisation does, as the program sees it.
#[derive(Default)]
pub struct Capability {
    /// Short English name, also the prefix of its word keys.
    pub name: &'static str,
    /// Its tables.
    pub migrations: &'static [Migration],
    /// Its statements, for the catalogue test.
    pub statements: Vec<&'static Statement>,
    /// Its pages.
    pub routes: Vec<Route>,
    /// Its background work.
    pub jobs: Vec<Handler>,
    /// What it finds due.
    pub duties: Vec<DutySource>,
    /// Facts about members that others may have to look into.
    pub signals: Vec<SignalSource>,
    /// Figures of a period that others judge by.
    pub figures: Option<FigureSource>,
    /// Columns it keeps sealed.
    pub sealed: Vec<Sealed>,
    /// Rows of its that speak of sealed files.
    pub files: Vec<SealedFiles>,
    /// What it keeps about members: goes along when two records of one person become one.
    pub holds: Vec<PersonHold>,
    /// Its pages about one member.
    pub persons: Vec<PersonPage>,
    /// Items of the member's sheet whose facts it keeps.
    pub sheet: Vec<SheetItem>,
    /// Its entries in the menu.
    pub menu: Vec<MenuItem>,
    /// Its words: Vietnamese, English.
    pub words: (&'static str, &'static str),
}

/// Rows a capability keeps about members under their identifiers. When two records of one person become one they go along,
/// and come back when that is undone (DPD-33). A test compares what is declared with the schema.
#[derive(Clone, Copy)]
pub struct PersonHold {
    /// Word key of what they are.
    pub title: &'static str,
    /// The columns, and of what a member has one only.
    pub rows: &'static [PersonRows],
    /// Tables that only sum up the rows: `follow` makes them again.
    pub sums: &'static [&'static str],
    /// Makes the sums of one record again, after rows came or went.
    pub follow: Option<Follows>,
    /// Forgets what was read into memory of the rows, after the commit.
    pub forget: Option<fn(&Db)>,
    /// Why the second record cannot go into the first, where what both have must not be told apart; seldom.
    pub refuses: Option<Refuses>,
}

/// An item of the member's sheet (phiếu đảng viên, 2-HSĐV) whose facts a capability keeps: whoever prints the sheet asks for
/// its lines, since capabilities do not know each other. Lines are Vietnamese, as official papers are; nothing secret.
#[derive(Clone, Copy)]
pub struct SheetItem {
    /// Which of the thirty.
    pub item: u8,
    /// The lines of a member, in order; none when there is nothing to say.
    pub lines: SheetLines,
}

/// The lines of an item of the member's sheet.
pub type SheetLines = fn(&mut Tx<'_>, Id<Person>) -> Result<Vec<String>, Problem>;

/// Makes what follows from the rows of one record again.
pub type Follows = fn(&mut Op<'_, '_>, Id<Person>) -> Result<(), Problem>;

/// Why the second of two records cannot go into the first.
pub type Refuses = fn(&mut Tx<'_>, [Id<Person>; 2]) -> Result<Option<Said>, Problem>;

impl PersonHold {
    /// Rows that go along and owe nothing else.
    pub const fn new(title: &'static str, rows: &'static [PersonRows]) -> Self {
        Self { title, rows, sums: &[], follow: None, forget: None, refuses: None }
    }
}

/// An entry of the side menu; shown to those who hold the permission somewhere.
#[derive(Clone, Copy)]
pub struct MenuItem {
    /// Word key of the group heading.
    pub group: &'static str,
    /// Word key of the entry; also names the current place in `Head::current`.
    pub key: &'static str,
    /// Address.
    pub href: &'static str,
    /// Who sees it; `None` for everybody signed in.
    pub needs: Option<Permission>,
    /// Order among all entries.
    pub rank: u16,
}

/// Who may call a route at all. The page itself checks the permission on the unit concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Anybody, signed in or not.
    Open,
    /// Anybody signed in.
    SignedIn,
    /// Whoever holds this permission somewhere; where exactly is checked by the page through `visit.permit`.
    Needs(Permission),
}

/// How long a page may take: quick ones run where the request arrived, slow ones on their own threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Answers in well under a millisecond or two.
    Quick,
    /// May read or write much.
    Slow,
}

/// A page function.
pub type PageFn = fn(&mut Visit<'_>) -> Result<Reply, Problem>;

/// One address with what it takes and who may use it.
#[derive(Clone, Copy)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path with `{names}`.
    pub path: &'static str,
    /// Who.
    pub policy: Policy,
    /// How long.
    pub pace: Pace,
    /// Largest body taken, bytes.
    pub body_limit: usize,
    /// What it does.
    pub handler: PageFn,
}

impl Route {
    /// A page to look at.
    pub const fn get(path: &'static str, policy: Policy, handler: PageFn) -> Self {
        Self { method: "GET", path, policy, pace: Pace::Quick, body_limit: 0, handler }
    }

    /// A form to send.
    pub const fn post(path: &'static str, policy: Policy, handler: PageFn) -> Self {
        Self { method: "POST", path, policy, pace: Pace::Slow, body_limit: 256 * 1024, handler }
    }

    /// The same, slow.
    pub const fn slow(self) -> Self {
        Self { pace: Pace::Slow, ..self }
    }

    /// The same, taking files up to this many bytes.
    pub const fn with_files(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }
}
