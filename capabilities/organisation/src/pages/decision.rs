//! One reorganisation decision: before and after side by side, what went into what.

use std::collections::BTreeMap;

use askama::Template;
use chibo_kernel::text::{clean, fold};
use chibo_kernel::{AsOf, Day, Id, Permission, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_store::Entry;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::decisions::sees;
use super::facts::extent_word;
use super::handover::handed;
use super::scene::{Scene, kind_name};
use crate::kinds::Kind;
use crate::rules::Reorganisation;
use crate::store::{self, DecisionRow, SuccessionRow};

/// Successions on one page.
const ROWS: usize = 200;

#[derive(Template)]
#[template(path = "decision.html")]
struct DecisionPage<'a> {
    w: Tongue<'a>,
    facts: Vec<(&'a str, String)>,
    sides: String,
    asked: &'a str,
    successions: String,
}

/// A decision with the two trees it lies between.
pub(super) struct Compared {
    pub decision: DecisionRow,
    pub before: Scene,
    pub after: Scene,
    pub successions: Vec<SuccessionRow>,
}

/// What went into what, one line.
pub(super) struct Pair<'a> {
    pub row: &'a SuccessionRow,
    pub from: String,
    pub members: u32,
    pub into: String,
    pub now: u32,
}

impl Compared {
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Reorganisation> = visit.id("id")?;
        let found = visit.read(|tx| Ok((store::decision(tx, id)?, store::successions_of(tx, id)?)))?;
        let decision = found.0.filter(|row| sees(visit, row)).ok_or(Problem::NotFound)?;
        let known = visit.as_of().known;
        let at = |day: Day| Scene::counted(visit, AsOf { day, known });
        let on = decision.effective_on;
        Ok(Self { decision, before: at(on.plus_days(-1)), after: at(on), successions: found.1 })
    }

    /// The successions the viewer may see, with a word in either name.
    pub fn pairs(&self, visit: &Visit<'_>, asked: &str) -> Vec<Pair<'_>> {
        let wanted = fold(&clean(asked));
        let members = |scene: &Scene, unit| scene.place(unit).map_or(0, |place| scene.members(place));
        let seen = |row: &&SuccessionRow| {
            [row.from_unit, row.into_unit].iter().any(|unit| visit.permit(Permission::ViewUnits, *unit).is_ok())
        };
        let mut pairs = Vec::with_capacity(self.successions.len());
        for row in self.successions.iter().filter(seen) {
            let (from, into) = (self.before.name(row.from_unit), self.after.name(row.into_unit));
            let (members, now) = (members(&self.before, row.from_unit), members(&self.after, row.into_unit));
            pairs.push(Pair { row, from, members, into, now });
        }
        pairs.retain(|pair| {
            wanted.is_empty() || fold(&pair.from).contains(&wanted) || fold(&pair.into).contains(&wanted)
        });
        let order = |pair: &Pair<'_>| self.before.place(pair.row.from_unit).unwrap_or(u32::MAX);
        pairs.sort_by_key(|pair| (order(pair), !pair.row.main));
        pairs
    }
}

/// `GET /reorganisations/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let compared = Compared::load(visit)?;
    let decision = &compared.decision;
    let asked = visit.query.get("q");
    let pairs = compared.pairs(visit, asked);
    let facts = vec![
        (w.t("units-decision-number"), decision.number.clone()),
        (w.t("reorganisations-authority"), decision.authority.clone()),
        (w.t("reorganisations-signed"), w.day(decision.signed_on)),
        (w.t("reorganisations-effective"), w.day(decision.effective_on)),
        (w.t("reorganisations-recorded"), w.moment(decision.recorded_at)),
    ];
    let (sides, successions) = (sides(visit, &compared), successions(visit, &pairs));
    let crumbs = vec![
        Crumb::to(w.t("reorganisations-title"), "/reorganisations"),
        Crumb::here(format!("{} {}", w.t("units-history-decision"), decision.number)),
    ];
    let mut head = Head::new(decision.title.clone(), "reorganisations-menu").crumbs(crumbs);
    if visit.who().may_somewhere(Permission::Export) {
        let query = visit.query.with(&[("after", "")]);
        head = head.action(w.t("units-export"), format!("{}/export.xlsx{query}", visit.place), false);
    }
    let steps = visit.read(|tx| store::steps_of(tx, decision.decision_id))?;
    let some = !handed(visit, &compared, &steps).is_empty();
    let whole = visit.permit(Permission::Export, decision.unit_id).is_ok();
    for (key, file, shown) in [
        ("reorganisations-decision-docx", "decision.docx", whole),
        ("reorganisations-decision-pdf", "decision.pdf", whole),
        ("reorganisations-handover", "handover.docx", whole || some),
        ("reorganisations-handover-pdf", "handover.pdf", whole || some),
        ("reorganisations-papers-zip", "papers.zip", whole && some),
        ("reorganisations-papers-pdf", "papers.pdf", whole && some),
    ] {
        if shown {
            head = head.action(w.t(key), format!("{}/{file}", visit.place), false);
        }
    }
    visit.page(head, &DecisionPage { w, facts, sides, asked, successions })
}

/// Units of each kind the viewer may see.
fn by_kind(visit: &Visit<'_>, scene: &Scene) -> BTreeMap<u8, i64> {
    let mut counts = BTreeMap::new();
    for place in (0..scene.tree.len()).filter(|place| scene.sees(visit, *place)) {
        *counts.entry(scene.tree.kind(place)).or_insert(0) += 1;
    }
    counts
}

/// Units by kind and members, the day before and the day itself.
fn sides(visit: &Visit<'_>, compared: &Compared) -> String {
    let w = visit.w;
    let on = compared.decision.effective_on;
    let (before, after) = (by_kind(visit, &compared.before), by_kind(visit, &compared.after));
    let mut table = Table::new(
        w.t("reorganisations-sides"),
        vec![
            Column::new("kind", w.t("units-kind")),
            Column::number("before", w.day(on.plus_days(-1))),
            Column::number("after", w.day(on)),
            Column::number("change", w.t("reorganisations-change")),
        ],
    );
    let line = |name: String, old: i64, new: i64| {
        let sign = if new > old { "+" } else { "" };
        let change = format!("{sign}{}", w.n(new - old));
        vec![Cell::Text(name), Cell::Text(w.n(old)), Cell::Text(w.n(new)), Cell::Text(change)]
    };
    let mut kinds: Vec<u8> = before.keys().chain(after.keys()).copied().collect();
    kinds.sort_by_key(|kind| Kind::from_number(*kind).map_or(u8::MAX, Kind::rank));
    kinds.dedup();
    for kind in kinds {
        let count = |side: &BTreeMap<u8, i64>| side.get(&kind).copied().unwrap_or(0);
        let (old, new) = (kind_name(w, kind, on.plus_days(-1)), kind_name(w, kind, on));
        let name = if old == new { new.to_owned() } else { format!("{old} → {new}") };
        table.rows.push(line(name, count(&before), count(&after)));
    }
    let members = |scene: &Scene| scene.tops(visit).iter().map(|top| i64::from(scene.members(*top))).sum();
    table.total = Some(line(w.t("units-members").to_owned(), members(&compared.before), members(&compared.after)));
    table.html(visit)
}

fn successions(visit: &Visit<'_>, pairs: &[Pair<'_>]) -> String {
    let w = visit.w;
    let mut table = Table::new(
        w.t("reorganisations-successions"),
        vec![
            Column::new("from", w.t("reorganisations-old")),
            Column::number("members", w.t("reorganisations-members-before")),
            Column::new("extent", w.t("reorganisations-extent")),
            Column::new("into", w.t("reorganisations-new")),
            Column::number("now", w.t("reorganisations-members-after")),
        ],
    );
    table.empty = w.t("reorganisations-no-successions").to_owned();
    let page = visit.rows(pairs.len(), ROWS);
    for pair in pairs.get(page.clone()).unwrap_or_default() {
        table.rows.push(vec![
            Cell::Link(pair.from.clone(), format!("/units/{}", pair.row.from_unit)),
            Cell::Text(w.n(pair.members)),
            Cell::Text(extent_word(w, pair.row).to_owned()),
            Cell::Link(pair.into.clone(), format!("/units/{}", pair.row.into_unit)),
            Cell::Text(w.n(pair.now)),
        ]);
    }
    table.page(visit, &page, pairs.len(), "units-rows");
    table.html(visit)
}

/// `GET /reorganisations/{id}/export.xlsx`: the successions as shown, all pages.
pub(super) fn export(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let compared = Compared::load(visit)?;
    let pairs = compared.pairs(visit, visit.query.get("q"));
    let decision = &compared.decision;
    let columns = vec![
        OutColumn::new(w.t("reorganisations-old"), OutKind::Text).wide(40.0),
        OutColumn::new(w.t("reorganisations-members-before"), OutKind::Whole),
        OutColumn::new(w.t("reorganisations-extent"), OutKind::Text),
        OutColumn::new(w.t("reorganisations-new"), OutKind::Text).wide(40.0),
        OutColumn::new(w.t("reorganisations-members-after"), OutKind::Whole),
    ];
    let lines = vec![
        (w.t("units-decision-number").to_owned(), decision.number.clone()),
        (w.t("reorganisations-effective").to_owned(), w.day(decision.effective_on)),
        (w.t("units-made-by").to_owned(), visit.made_by()),
    ];
    let layout =
        visit.layout(w.t("reorganisations-successions"), columns).about(About { title: decision.title.clone(), lines });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for pair in &pairs {
        let extent = extent_word(w, pair.row);
        let (members, now) = (Out::Whole(i64::from(pair.members)), Out::Whole(i64::from(pair.now)));
        writer.row(&[Out::Text(&pair.from), members, Out::Text(extent), Out::Text(&pair.into), now])?;
    }
    let body = writer.finish()?;
    let detail = serde_json::json!({ "decision": decision.number, "rows": pairs.len() }).to_string();
    let (stream, unit) = (*decision.decision_id.bytes(), decision.unit_id);
    visit.record(Entry { stream, action: "units-exported", unit: Some(unit), subject: Some(stream), detail })?;
    Ok(Reply::File { name: format!("sap-xep-{}.xlsx", decision.effective_on.iso()), kind: XLSX, body })
}
