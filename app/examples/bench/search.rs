//! Members by name: the first fifty at three scopes, the exact number, and that the hits are exactly those of the
//! definition; beside a full-text index over folded names and a bare scan of syllable codes.

use std::collections::BTreeSet;
use std::ops::Range;

use chibo_census::{Query, View};
use chibo_kernel::AsOf;
use chibo_kernel::text::{NameQuery, fold, syllables};
use rusqlite::Connection;

use crate::bare_scan::{BareNames, is_found};
use crate::city::{self, City};
use crate::measure::{alone, paired_short};
use crate::report::{Report, Row, Target};

/// Typed as people type: full, half a word, without marks, with marks, both styles of placing the tone.
const TYPED: [&str; 20] = [
    "nguyen",
    "nguyen van",
    "nguyễn thị",
    "tran thi ngoc",
    "do duc",
    "đỗ đức",
    "le v",
    "pham minh",
    "hoa",
    "hoà",
    "hòa",
    "n v a",
    "bui thi kim",
    "đ",
    "huynh",
    "vo thanh",
    "quân",
    "dang thi hong",
    "nguyen thi thanh th",
    "xyz",
];

pub fn run(city: &City, report: &mut Report) {
    let folder = city.copy("search");
    let house = city::loaded_house(folder.path());
    let view = house.census.view(house.db.today());
    let names: Vec<String> = (0..view.persons() as u32).map(|no| view.name(no)).collect();
    exact(&view, &names, report);
    let index = full_text(&view, &names);
    for (scope, places) in scopes(&view) {
        first_fifty(&view, &index, scope, &places, report);
    }
    exact_number(&view, &names, report);
}

/// Every hit of every question, against the definition applied name by name.
fn exact(view: &View<'_>, names: &[String], report: &mut Report) {
    let mut hits = 0;
    let mut wrong = 0;
    for typed in TYPED {
        let words = NameQuery::parse(typed).words;
        let wanted: BTreeSet<u32> =
            (0..names.len() as u32).filter(|no| is_found(&words, &names[*no as usize])).collect();
        let found: BTreeSet<u32> = view.search(typed, None, usize::MAX >> 1).into_iter().collect();
        wrong += wanted.symmetric_difference(&found).count();
        wrong += usize::from(view.found(typed, None) != wanted.len() as u64);
        hits += wanted.len();
    }
    let with = |typed: &str| view.found(typed, None);
    assert!(with("do duc") > with("đỗ đức") && with("đỗ đức") > 0, "đ is found by d, and honoured when typed");
    let what = format!("hits missing or too many of {hits} by {} questions", TYPED.len());
    report.row(Row::alone("3c", what, "hits", wrong as f64).must(Target::AtMost(0.0)));
}

/// Folded before indexing, prefixes indexed, rows in the order of names.
fn full_text(view: &View<'_>, names: &[String]) -> Connection {
    let db = Connection::open_in_memory().expect("a database");
    let build = || -> rusqlite::Result<()> {
        db.execute_batch("CREATE VIRTUAL TABLE name USING fts5(text, place UNINDEXED, prefix='1 2 3 4'); BEGIN")?;
        let mut insert = db.prepare("INSERT INTO name (text, place) VALUES (?, ?)")?;
        let mut order: Vec<(u32, String)> = (0..).zip(names.iter().map(|name| fold(name))).collect();
        order.sort_by(|a, b| a.1.rsplit(' ').next().cmp(&b.1.rsplit(' ').next()).then_with(|| a.1.cmp(&b.1)));
        for (no, folded) in order {
            let home = view.person(no).and_then(|brief| brief.home).and_then(|unit| view.places().place(unit));
            insert.execute((folded, home.unwrap_or(0)))?;
        }
        db.execute_batch("COMMIT; INSERT INTO name (name) VALUES ('optimize')")
    };
    build().expect("the index is built");
    db
}

/// The city, an attached committee of some thousands, a base committee of about a thousand members.
fn scopes(view: &View<'_>) -> [(&'static str, Range<u32>); 3] {
    let tree = view.places().tree();
    let counts = view.headcounts(&Query::at(AsOf::on(chibo_kernel::Day::from_number(20_779))));
    let nearest = |size: u32| {
        let place = (0..counts.len()).min_by_key(|place| counts[*place].abs_diff(size)).unwrap_or(0) as u32;
        place..tree.end(place)
    };
    [("city", 0..tree.len()), ("committee of 15,000", nearest(15_000)), ("committee of 1,000", nearest(1_000))]
}

fn first_fifty(view: &View<'_>, index: &Connection, scope: &str, places: &Range<u32>, report: &mut Report) {
    let sql = "SELECT rowid FROM name WHERE name MATCH ?1 AND place >= ?2 AND place < ?3 LIMIT 50";
    let mut statement = index.prepare(sql).expect("a statement");
    let asked: Vec<String> = TYPED.iter().map(|typed| in_full_text(typed)).collect();
    let bare = || -> usize {
        let count = |asked: &String| {
            let mut rows = statement.query((asked, places.start, places.end)).expect("a question");
            let mut count = 0;
            while rows.next().expect("a row").is_some() {
                count += 1;
            }
            count
        };
        asked.iter().map(count).sum()
    };
    let allowed = std::slice::from_ref(places);
    let ours = || -> usize { TYPED.iter().map(|typed| view.search(typed, Some(allowed), 50).len()).sum() };
    let pair = paired_short(1, ours, bare);
    let questions = TYPED.len() as f64;
    let what = format!("first 50 by name, {scope}, mean of {questions} questions; against FTS5 over folded names");
    report.row(Row::time("3a", what, ("µs", 1e6 / questions), &pair).must(Target::AtMost(300.0)));
    let times = TYPED.iter().map(|typed| (alone(1, || view.search(typed, Some(allowed), 50)) * 1e6, typed));
    let (slowest, typed) = times.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, &""));
    report.row(
        Row::alone("3a", format!("the slowest of them, “{typed}”, {scope}"), "µs", slowest).must(Target::AtMost(300.0)),
    );
}

/// `nguyen* van*`; marks cannot be asked for.
fn in_full_text(typed: &str) -> String {
    let words = syllables(typed).into_iter().map(|syllable| format!("\"{}\"*", syllable.folded));
    words.collect::<Vec<_>>().join(" ")
}

fn exact_number(view: &View<'_>, names: &[String], report: &mut Report) {
    let mut bare = BareNames::default();
    names.iter().for_each(|name| bare.push(name));
    TYPED.iter().for_each(|typed| assert_eq!(bare.count(typed), view.found(typed, None), "{typed}"));
    let pair = paired_short(
        1,
        || TYPED.iter().map(|typed| view.found(typed, None)).sum::<u64>(),
        || TYPED.iter().map(|typed| bare.count(typed)).sum::<u64>(),
    );
    let questions = TYPED.len() as f64;
    let what = "the exact number, city; against a bare scan of syllable codes";
    report.row(Row::time("3b", what, ("µs", 1e6 / questions), &pair).must(Target::RatioAtMost(2.0)));
}
