//! Dossiers of the members of a few branches: documents counted, items of the sheet, some supplements received.

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Query, Scope};
use chibo_dossiers::actions::{NewRow, SaidOf, load, load_papers, take_step};
use chibo_dossiers::rules::complete::{Need, State};
use chibo_dossiers::rules::items::{Draft, Values};
use chibo_dossiers::rules::parts::Part;
use chibo_dossiers::rules::supplement::{Deed, Step};
use chibo_dossiers::rules::terms::Terms;
use chibo_kernel::{AsOf, Day, Id, Person, Problem};
use chibo_members::dims::member_standings;
use chibo_store::Op;

use super::TODAY;
use super::seed::Seed;

const FAMILY: u64 = 67;
/// Branches with dossiers.
const BRANCHES: usize = 8;
/// Members of them at most.
const MEMBERS: usize = 160;

const JOBS: [&str; 6] = ["Giáo viên", "Kế toán", "Cán bộ hưu trí", "Công nhân", "Y sĩ", "Chuyên viên"];
const PLACES: [&str; 4] = ["Trường tiểu học", "Trạm y tế phường", "Công ty cấp nước", "Ủy ban nhân dân phường"];
const STREETS: [&str; 4] = ["Nguyễn Trãi", "Lê Lợi", "Trần Hưng Đạo", "Hai Bà Trưng"];

/// Members of the first branches far apart, branch by branch.
fn members(op: &Op<'_, '_>) -> Vec<Id<Person>> {
    let Some(census) = op.beside::<Census>() else { return Vec::new() };
    let view = census.view(TODAY);
    let tree = view.forest().tree(AsOf::on(TODAY));
    let heads = view.headcounts(&Query { members: Some(member_standings()), ..Query::at(AsOf::on(TODAY)) });
    let peopled = |place: &u32| tree.end(*place) == place + 1 && heads.get(*place as usize).is_some_and(|n| *n > 2);
    let branches: Vec<u32> = (0..tree.len()).filter(peopled).collect();
    let spread = (branches.len() / BRANCHES).max(1);
    let mut all = Vec::new();
    for place in branches.into_iter().step_by(spread).take(BRANCHES) {
        let scope = Scope::Places(std::iter::once(place..place + 1).collect());
        let query = Query { scope, members: Some(member_standings()), ..Query::at(AsOf::on(TODAY)) };
        let here = view.list(&query, ListOrder::Place, None, MEMBERS / BRANCHES);
        all.extend(here.into_iter().filter_map(|no| view.id(no)));
    }
    all
}

fn row(person: Id<Person>, part: &'static str, from: Day, open: &[(&str, &str)], sealed: &[(&str, &str)]) -> NewRow {
    let values = |pairs: &[(&str, &str)]| -> Values {
        pairs.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect()
    };
    NewRow { person, part, draft: Draft { shown: values(open), secret: values(sealed), from, to: Day::FOREVER } }
}

/// What is written of one member.
fn items(person: Id<Person>, seed: &mut Seed) -> Vec<NewRow> {
    let began = TODAY.plus_days(-seed.between(3_000, 12_000));
    let job = JOBS[seed.below(6) as usize];
    let place = PLACES[seed.below(4) as usize];
    let address = format!("{} {}", seed.between(1, 400), STREETS[seed.below(4) as usize]);
    let income = format!("{}000000", seed.between(60, 400));
    let born = (1930 + seed.between(0, 40)).to_string();
    let mut rows = vec![
        row(person, "permanent", began, &[], &[("address", &address)]),
        row(person, "occupation", began, &[("occupation", job), ("place", place)], &[]),
        row(person, "work", began, &[("what", job), ("where", place)], &[]),
        row(person, "family", began, &[("relation", "father")], &[("name", "Thân nhân mẫu"), ("born", &born)]),
        row(person, "economy", TODAY.plus_days(-300), &[], &[("income", &income), ("housing", "Nhà riêng")]),
    ];
    if seed.below(4) == 0 {
        let number = format!("{}-QĐ/ĐU", seed.between(1, 90));
        rows.push(row(person, "commendation", began, &[("form", "Giấy khen"), ("number", &number)], &[]));
    }
    debug_assert!(rows.iter().all(|row| Part::of(row.part).is_some()));
    rows
}

/// What is said of one member's documents.
fn papers(person: Id<Person>, terms: &Terms, seed: &mut Seed) -> Vec<(Id<Person>, SaidOf)> {
    // Every third dossier is whole, the others lack one document in six.
    let whole = seed.below(3) == 0;
    let mut said = Vec::new();
    for kind in &terms.kinds {
        let slots: Vec<i32> = match kind.need {
            Need::Always | Need::Official => vec![0],
            Need::Yearly => (1..=terms.review_years).map(|back| TODAY.year() - back).collect(),
            Need::Any | Need::Many => Vec::new(),
        };
        for slot in slots {
            let there = whole || seed.below(6) > 0;
            let state = if there { State::There } else { State::Missing };
            let (number, issuer, note) = (String::new(), String::new(), String::new());
            said.push((person, SaidOf { code: kind.code.clone(), slot, state, number, on: None, issuer, note }));
        }
    }
    said
}

/// Writes them.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let (members, terms) = (members(op), Terms::on(TODAY)?);
    let (mut rows, mut said, mut received) = (Vec::new(), Vec::new(), Vec::new());
    for (no, person) in members.into_iter().enumerate() {
        let mut seed = Seed::of(FAMILY, no as u64);
        rows.extend(items(person, &mut seed));
        said.extend(papers(person, &terms, &mut seed));
        if seed.below(2) == 0 {
            received.push(person);
        }
    }
    load(op, &rows)?;
    load_papers(op, &said)?;
    let on = TODAY.plus_days(-10);
    let deed = Deed { year: TODAY.year(), step: Step::Received, on, changed: Vec::new(), note: String::new() };
    take_step(op, &received, &deed)
}
