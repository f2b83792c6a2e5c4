//! The score of a meeting (MTG-20): computed from what was entered, never typed; every lost point says why.

use std::collections::BTreeSet;

use chibo_kernel::{Day, Said};

use super::{Counts, Kind, Terms};

/// What the score is computed from.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Kind.
    pub kind: Kind,
    /// Held on.
    pub on: Day,
    /// Minutes it lasted.
    pub lasted: u32,
    /// The roll.
    pub counts: Counts,
    /// The most excused absences in a row of anybody on the roll this year.
    pub excused_in_a_row: u32,
    /// Members had notice.
    pub noticed: bool,
    /// Documents were posted on.
    pub documents: Option<Day>,
    /// The branch committee met before and kept minutes, or there is only a secretary.
    pub prepared: bool,
    /// Items of the agenda of the regular part, of the thematic part.
    pub items: (u32, u32),
    /// Minutes spent on members' thinking.
    pub ideology: u32,
    /// The minutes say what was discussed and concluded.
    pub minuted: bool,
    /// The conclusion was posted on.
    pub concluded: Option<Day>,
    /// Assignments of the month before: all, done.
    pub tasks: (u32, u32),
    /// Names of the ticks that were confirmed.
    pub ticks: BTreeSet<String>,
}

/// One item of the form with what it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number of the criterion, 1 to 8.
    pub criterion: u8,
    /// Name of the item: `meetings-item-…` is its word.
    pub item: String,
    /// Points to be had; 0 when it does not apply.
    pub most: u32,
    /// Points got.
    pub got: u32,
    /// Why not all.
    pub why: Option<Said>,
}

/// A score with its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The items in the order of the form.
    pub lines: Vec<Line>,
    /// Out of 100.
    pub total: u32,
    /// Version of the form.
    pub version: String,
}

struct Sheet<'t> {
    terms: &'t Terms,
    lines: Vec<Line>,
}

impl Sheet<'_> {
    fn line(&mut self, criterion: u8, item: &str, most: u32, got: u32, why: Said) {
        let why = (got < most).then_some(why);
        self.lines.push(Line { criterion, item: item.to_owned(), most, got: got.min(most), why });
    }

    fn item(&mut self, criterion: u8, name: &str, reached: bool, why: Said) {
        let most = self.terms.item(name);
        self.line(criterion, &name.replace('_', "-"), most, if reached { most } else { 0 }, why);
    }

    fn ticks(&mut self, criterion: u8, ticks: &BTreeSet<String>) {
        for tick in self.terms.ticks.iter().filter(|tick| tick.criterion == criterion) {
            let got = if ticks.contains(&tick.item) { tick.points } else { 0 };
            let why = Said::new("meetings-why-not-ticked");
            let why = (got < tick.points).then_some(why);
            self.lines.push(Line { criterion, item: tick.item.clone(), most: tick.points, got, why });
        }
    }
}

impl Score {
    /// The same sheet with the day on which the conclusion was posted: everything else stays as it was closed (MTG-04).
    pub fn posted(mut self, terms: &Terms, held: Day, posted: Day) -> Self {
        let by = terms.conclusion_by(held);
        for line in self.lines.iter_mut().filter(|line| line.item == "posted-after") {
            line.got = if posted <= by { line.most } else { 0 };
            let why = Said::new("meetings-why-concluded-late").with("day", by);
            line.why = (line.got < line.most).then_some(why);
        }
        self.total = total(&self.lines);
        self
    }
}

/// Points for the length: full, a little short, half, less (MTG-03, MTG-20).
fn length_points(terms: &Terms, lasted: u32, wanted: u32) -> u32 {
    let [scale, ..] = &terms.scales;
    let short = wanted.saturating_sub(lasted);
    let half = u64::from(lasted) * 2 >= u64::from(wanted);
    scale.within(short).unwrap_or_else(|| scale.left(usize::from(!half)))
}

/// The score of a meeting by the form of its day.
pub fn score(facts: &Facts, terms: &Terms) -> Score {
    let mut sheet = Sheet { terms, lines: Vec::new() };
    let [duration, attendance, speakers, tasks] = &terms.scales;
    let counts = facts.counts;
    let wanted = terms.length(facts.kind, counts.listed);
    let said = Said::new("meetings-why-short").with("lasted", facts.lasted).with("wanted", wanted);
    sheet.line(1, "duration", duration.most(), length_points(terms, facts.lasted, wanted), said);

    let share = attendance.reached(counts.present, counts.due());
    let share = if counts.unexcused > 0 { share.min(attendance.left(0)) } else { share };
    let said = Said::new("meetings-why-absent").with("present", counts.present).with("due", counts.due());
    sheet.line(2, "attendance", attendance.most(), share, said.with("unexcused", counts.unexcused));
    let often = facts.excused_in_a_row <= terms.excused;
    sheet.item(2, "nobody_often_excused", often, Said::new("meetings-why-often").with("count", facts.excused_in_a_row));

    sheet.ticks(3, &facts.ticks);
    sheet.item(3, "prepared_by_committee", facts.prepared, Said::new("meetings-why-not-prepared"));
    sheet.item(3, "notice", facts.noticed, Said::new("meetings-why-no-notice"));
    let by = terms.documents_by(facts.on);
    let posted = facts.documents.is_some_and(|day| day <= by);
    sheet.item(3, "posted_before", posted, Said::new("meetings-why-posted-late").with("day", by));

    sheet.ticks(4, &facts.ticks);
    sheet.item(4, "regular_content", facts.items.0 > 0, Said::new("meetings-why-no-regular"));
    let held = facts.kind.is_thematic();
    if held || terms.thematic_full {
        let reached = !held || facts.items.1 > 0;
        sheet.item(4, "thematic_content", reached, Said::new("meetings-why-no-thematic"));
    }
    let spoke = speakers.exceeded(counts.spoke, counts.present);
    let said = Said::new("meetings-why-few-spoke").with("spoke", counts.spoke).with("present", counts.present);
    sheet.line(4, "speakers", speakers.most(), spoke, said);
    sheet.item(4, "minutes_kept", facts.minuted, Said::new("meetings-why-no-minutes"));
    let (least, most) = terms.ideology;
    let said = Said::new("meetings-why-ideology").with("least", least).with("most", most);
    sheet.item(4, "ideology", (least..=most).contains(&facts.ideology), said.with("spent", facts.ideology));
    let by = terms.conclusion_by(facts.on);
    let posted = facts.concluded.is_some_and(|day| day <= by);
    sheet.item(4, "posted_after", posted, Said::new("meetings-why-concluded-late").with("day", by));

    sheet.ticks(5, &facts.ticks);
    sheet.ticks(6, &facts.ticks);
    let (all, done) = facts.tasks;
    // Nothing was to be done: nothing was left undone.
    let got = if all == 0 { tasks.most() } else { tasks.reached(done, all) };
    sheet.line(7, "tasks", tasks.most(), got, Said::new("meetings-why-tasks").with("done", done).with("all", all));
    sheet.ticks(8, &facts.ticks);
    Score { total: total(&sheet.lines), lines: sheet.lines, version: terms.version.clone() }
}

/// Out of 100: what does not apply is left out of both sums (MTG-21), rounded half up.
fn total(lines: &[Line]) -> u32 {
    let (got, most) = lines.iter().fold((0, 0), |(got, most), line| (got + line.got, most + line.most));
    if most == 0 { 0 } else { (got * 200 + most) / (2 * most) }
}
