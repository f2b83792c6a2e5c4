//! Members out as a spreadsheet: forty columns, read and written on two threads, in constant memory.

use std::io::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use chibo_census::Forest;
use chibo_kernel::text::NameParts;
use chibo_kernel::{AsOf, Day, Id, Moment, Person, Problem};
use chibo_papers::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_store::{Keys, Tx};
use chibo_web::words::Lang;

use super::COLUMNS;
use crate::codes::{self, List, Standing};
use crate::ledger;
use crate::rules::Secrets;
use crate::rules::party_age::{PartyAge, stands_still};
use crate::store::{self, AT_ONCE, LevelOf, PersonRow, PostingOf};

/// Members handed from the reading to the writing thread at once.
const BATCH: usize = 400;
/// Batches that may wait: what the writing thread lives on while the next members are read.
const WAITING: usize = 12;
/// Members read at once, in the order in which they are stored: in the order of names each would be looked for on
/// pages of its own. So many are held, about two kilobytes each.
const ROUND: usize = 6_000;

/// Columns beside those an import knows: where they stand (before which import column, `None` at the end), Vietnamese
/// and English heading.
const DERIVED: [(Derived, &str, &str); 9] = [
    (Derived::Number, "STT", "No."),
    (Derived::Ho, "Họ", "Family name"),
    (Derived::Dem, "Tên đệm", "Middle name"),
    (Derived::Ten, "Tên", "Given name"),
    (Derived::Age, "Tuổi", "Age"),
    (Derived::Branch, "Tên tổ chức đảng", "Name of the organisation"),
    (Derived::Above, "Tổ chức đảng cấp trên", "Superior organisation"),
    (Derived::PartyAge, "Tuổi Đảng", "Party age"),
    (Derived::StandingSince, "Trạng thái từ ngày", "Standing since"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Derived {
    Number,
    Ho,
    Dem,
    Ten,
    Age,
    Branch,
    Above,
    PartyAge,
    StandingSince,
}

/// What an export is of.
pub struct Export<'e> {
    /// Units for names and codes.
    pub forest: &'e Forest,
    /// Day and knowledge the dated columns are of.
    pub at: AsOf,
    /// Language of headings and codes.
    pub lang: Lang,
    /// Opens sealed fields; without it identity numbers are masked and other sealed fields empty.
    pub keys: Option<&'e Keys>,
    /// What stands above the table.
    pub about: About,
    /// Stamped into the workbook.
    pub made: Moment,
    /// Places of the columns wanted, ascending; empty for all.
    pub columns: &'e [usize],
}

/// How many columns an export has.
pub const WIDTH: usize = 31 + DERIVED.len();

fn title(lang: Lang, vi: &'static str, en: &'static str) -> String {
    if lang == Lang::Vi { vi } else { en }.to_owned()
}

/// All columns with their headings; those of an import carry the headings an import knows.
pub fn headings(lang: Lang) -> Vec<OutColumn> {
    let derived = |at: usize| {
        let (what, vi, en) = DERIVED[at];
        let kind = match what {
            Derived::Number | Derived::Age | Derived::PartyAge => OutKind::Whole,
            Derived::StandingSince => OutKind::Day,
            _ => OutKind::Text,
        };
        OutColumn::new(title(lang, vi, en), kind)
    };
    let mut columns = vec![derived(0)];
    for column in COLUMNS {
        let english = column.titles.last().copied().unwrap_or(column.key);
        let kind = if matches!(column.key, "posted" | "admitted" | "official") { OutKind::Day } else { OutKind::Text };
        let name = title(lang, column.title(), english);
        let out = OutColumn::new(name, kind);
        columns.push(if column.key == "name" { out.wide(28.0) } else { out });
    }
    columns.extend((1..DERIVED.len()).map(derived));
    columns
}

/// Whether a column is wanted.
fn wanted(columns: &[usize], at: usize) -> bool {
    columns.is_empty() || columns.binary_search(&at).is_ok()
}

/// The workbook with the wanted columns.
pub fn layout(export: &Export<'_>) -> Layout {
    let all = headings(export.lang).into_iter().enumerate();
    let columns = all.filter(|(at, _)| wanted(export.columns, *at)).map(|(_, column)| column).collect();
    let mut layout = Layout::new(title(export.lang, "Đảng viên", "Members"), columns);
    layout.about = Some(export.about.clone());
    layout.frozen_columns = 2;
    layout
}

/// A cell on its way between the threads; text lies in the batch's one buffer.
#[derive(Clone, Copy)]
enum Held {
    Empty,
    Fixed(&'static str),
    Text(u32, u32),
    Whole(i64),
    Day(Day),
}

#[derive(Default)]
struct Batch {
    text: String,
    cells: Vec<Held>,
}

impl Batch {
    fn text(&mut self, text: &str) {
        let from = self.text.len() as u32;
        self.text.push_str(text);
        self.cells.push(if text.is_empty() { Held::Empty } else { Held::Text(from, self.text.len() as u32) });
    }

    fn day(&mut self, day: Option<Day>) {
        self.cells.push(day.map_or(Held::Empty, Held::Day));
    }

    fn years(&mut self, since: Option<Day>, on: Day) {
        let years = since.map(|since| (on.month_number() - since.month_number()).div_euclid(12)).filter(|y| *y >= 0);
        self.cells.push(years.map_or(Held::Empty, |years| Held::Whole(i64::from(years))));
    }

    fn code(&mut self, list: List, number: u8, lang: Lang) {
        let code = codes::entry(list, number);
        let name = if lang == Lang::Vi { code.vi } else { code.en };
        self.cells.push(if code.number == 0 { Held::Empty } else { Held::Fixed(name) });
    }
}

/// Writes these members in this order to `out`; members no longer there are left out. `progress` is told after every
/// batch how many were read, and may stop everything. Gives back `out` and how many were written.
///
/// # Errors
/// Those of storage, of the file, and of `progress`.
pub fn write<W: Write + Send>(
    tx: &mut Tx<'_>,
    export: &Export<'_>,
    ids: &[Id<Person>],
    out: W,
    progress: &mut dyn FnMut(u64) -> Result<(), Problem>,
) -> Result<(W, u64), Problem> {
    let (layout, made, columns) = (layout(export), export.made, export.columns);
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Batch>(WAITING);
        let writer = scope.spawn(move || write_batches((layout, columns), made, out, &receiver));
        let read = read_batches(tx, export, ids, &sender, progress);
        drop(sender);
        let written = writer.join().unwrap_or_else(|_| Err(Problem::Fault("the writing thread failed".into())));
        // A full disk stops the writer first; the reader then only saw its channel closed.
        let out = written?;
        read.map(|count| (out, count))
    })
}

fn write_batches<W: Write + Send>(
    (layout, columns): (Layout, &[usize]),
    made: Moment,
    out: W,
    batches: &Receiver<Batch>,
) -> Result<W, Problem> {
    let mut writer = SheetWriter::start(Format::Xlsx, layout, made, out)?;
    let mut row: Vec<Out<'_>>;
    while let Ok(batch) = batches.recv() {
        for cells in batch.cells.chunks(WIDTH) {
            let some = cells.iter().enumerate().filter(|(at, _)| wanted(columns, *at));
            row = some.map(|(_, cell)| shown(&batch.text, *cell)).collect();
            writer.row(&row)?;
        }
    }
    Ok(writer.finish()?)
}

fn shown(text: &str, cell: Held) -> Out<'_> {
    match cell {
        Held::Empty => Out::Empty,
        Held::Fixed(text) => Out::Text(text),
        Held::Text(from, to) => text.get(from as usize..to as usize).map_or(Out::Empty, Out::Text),
        Held::Whole(number) => Out::Whole(number),
        Held::Day(day) => Out::Day(day),
    }
}

fn read_batches(
    tx: &mut Tx<'_>,
    export: &Export<'_>,
    ids: &[Id<Person>],
    batches: &SyncSender<Batch>,
    progress: &mut dyn FnMut(u64) -> Result<(), Problem>,
) -> Result<u64, Problem> {
    let tree = export.forest.tree(export.at);
    let mut number = 0;
    let mut read = 0;
    for round in ids.chunks(ROUND) {
        let found = load(tx, export, round)?;
        for some in found.chunks(BATCH) {
            let mut batch =
                Batch { text: String::with_capacity(some.len() * 512), cells: Vec::with_capacity(some.len() * WIDTH) };
            for full in some.iter().flatten() {
                number += 1;
                row(&mut batch, export, &tree, full, number)?;
            }
            read += some.len() as u64;
            if batches.send(batch).is_err() {
                return Ok(number as u64);
            }
            progress(read)?;
        }
    }
    Ok(number as u64)
}

/// A member with the dated facts of the asked day.
struct Full {
    person: PersonRow,
    posting: Option<PostingOf>,
    /// Standing, education, degree, theory, occupation.
    levels: [Option<LevelOf>; 5],
    /// When Party age stood still (MEM-40).
    gaps: Vec<(Day, Day)>,
}

/// These members in their order; `None` for those no longer there.
fn load(tx: &mut Tx<'_>, export: &Export<'_>, ids: &[Id<Person>]) -> Result<Vec<Option<Full>>, Problem> {
    let mut stored: Vec<(Id<Person>, usize)> = ids.iter().copied().zip(0..).collect();
    stored.sort_unstable();
    let mut found: Vec<Option<Full>> = ids.iter().map(|_| None).collect();
    for fifty in stored.chunks(AT_ONCE) {
        load_fifty(tx, export.at, fifty, &mut found)?;
    }
    Ok(found)
}

/// Reads some members, given in order of id, each to its place.
fn load_fifty(
    tx: &mut Tx<'_>,
    at: AsOf,
    fifty: &[(Id<Person>, usize)],
    found: &mut [Option<Full>],
) -> Result<(), Problem> {
    let ids: Vec<Id<Person>> = fifty.iter().map(|(id, _)| *id).collect();
    let place = |id: Id<Person>| fifty.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| fifty[at].1);
    store::persons_of(tx, &ids, |person| {
        if let Some(at) = place(person.person_id) {
            found[at] = Some(Full { person, posting: None, levels: Default::default(), gaps: Vec::new() });
        }
        Ok(())
    })?;
    let known = |recorded: Moment, superseded: Moment| {
        let now = at.known == Moment::FOREVER && superseded == Moment::FOREVER;
        now || at.known != Moment::FOREVER && recorded <= at.known && at.known < superseded
    };
    let holds = |from: Day, to: Day, recorded: Moment, superseded: Moment| {
        known(recorded, superseded) && from <= at.day && at.day < to
    };
    store::postings_of(tx, &ids, |row| {
        if holds(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at)
            && let Some(full) = place(row.person_id).and_then(|at| found[at].as_mut())
        {
            full.posting = Some(row);
        }
        Ok(())
    })?;
    let mut take = |row: LevelOf| {
        if row.field == 0
            && known(row.recorded_at, row.superseded_at)
            && Standing::from_number(row.level).is_some_and(stands_still)
            && let Some(full) = place(row.person_id).and_then(|at| found[at].as_mut())
        {
            full.gaps.push((row.valid_from, row.valid_to));
        }
        if holds(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at)
            && let Some(full) = place(row.person_id).and_then(|at| found[at].as_mut())
            && let Some(level) = full.levels.get_mut(usize::from(row.field))
        {
            *level = Some(row);
        }
        Ok(())
    };
    store::standings_of(tx, &ids, &mut take)?;
    store::levels_of(tx, &ids, &mut take)
}

fn row(
    batch: &mut Batch,
    export: &Export<'_>,
    tree: &chibo_census::Tree,
    full: &Full,
    number: i64,
) -> Result<(), Problem> {
    let (p, lang, on) = (&full.person, export.lang, export.at.day);
    let secrets = match export.keys {
        Some(keys) => ledger::secrets_of(keys, p)?,
        None => Secrets { identity: p.identity_hint.clone(), ..Secrets::default() },
    };
    let unit = full.posting.as_ref().and_then(|posting| export.forest.no(posting.unit_id));
    let place = unit.and_then(|unit| tree.place_of(unit));
    let facts = place.and_then(|place| tree.facts(place));
    let above = place.and_then(|place| tree.parent(place)).and_then(|place| tree.facts(place));
    let level = |at: usize| full.levels[at].as_ref().map_or(0, |row| row.level);
    batch.cells.push(Held::Whole(number));
    batch.text(&p.full_name);
    batch.text(&p.other_name);
    batch.code(codes::SEXES, p.sex, lang);
    batch.text(&crate::sheets::birth_text(p.birth, p.birth_precision));
    batch.code(codes::ETHNICITIES, p.ethnicity, lang);
    batch.code(codes::RELIGIONS, p.religion, lang);
    batch.text(&secrets.identity);
    batch.text(&secrets.phone);
    batch.text(&secrets.email);
    batch.text(&secrets.residence);
    batch.text(&p.birth_place);
    batch.text(&p.home_town);
    batch.text(facts.map_or("", |facts| &facts.code));
    batch.day(full.posting.as_ref().map(|posting| posting.valid_from));
    batch.day(p.admitted);
    batch.text(&p.admission_decision);
    batch.text(&p.introducers);
    batch.day(p.official);
    batch.code(codes::STANDINGS, level(0), lang);
    batch.code(codes::GENERAL_EDUCATION, level(1), lang);
    batch.code(codes::DEGREES, level(2), lang);
    batch.code(codes::ACADEMIC_TITLES, p.academic_title, lang);
    batch.code(codes::THEORY, level(3), lang);
    batch.text(&p.languages);
    batch.text(&p.informatics);
    batch.code(codes::OCCUPATIONS, level(4), lang);
    batch.text(&p.job_title);
    batch.text(&p.workplace);
    batch.text(&p.file_no);
    batch.text(&secrets.health);
    batch.text(&secrets.policy_family);
    let derived = NameParts::split(&p.full_name);
    let [ho, dem, ten] = match (&p.ho, &p.dem, &p.ten) {
        (ho, dem, Some(ten)) => [ho.as_deref().unwrap_or(""), dem.as_deref().unwrap_or(""), ten.as_str()],
        _ => [derived.ho, derived.dem, derived.ten],
    };
    [ho, dem, ten].into_iter().for_each(|part| batch.text(part));
    batch.years(Some(p.birth), on);
    batch.text(facts.map_or("", |facts| &facts.name));
    batch.text(above.map_or("", |facts| &facts.name));
    let age = p.admitted.map(|since| PartyAge::new(since, full.gaps.iter().copied()));
    batch.years(age.map(|age| age.counted_from(on)), on);
    batch.day(full.levels[0].as_ref().map(|row| row.valid_from));
    Ok(())
}
