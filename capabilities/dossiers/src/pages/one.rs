//! One dossier: who it is about, how complete it is, and one of its three sides – items, documents, or the rest.

use std::fmt::Write;

use chibo_kernel::{Id, Issue, Permission, Person, Problem, Unit};
use chibo_members::Facts;
use chibo_organisation::UnitsToday;
use chibo_web::html::{chips, push};
use chibo_web::{Crumb, Head, Reply, Visit, doubt};

use super::{MENU, more, papers, parts};
use crate::actions::{self, Index};
use crate::rules::complete::{Stage, Tally};
use crate::store::{self, ItemRow, NameRow, ScanRow, SupplementRow};

/// A side of the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Items,
    Papers,
    More,
}

impl Side {
    const ALL: [Self; 3] = [Self::Items, Self::Papers, Self::More];

    const fn code(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Papers => "papers",
            Self::More => "more",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Items => "dossiers-side-items",
            Self::Papers => "dossiers-side-papers",
            Self::More => "dossiers-side-more",
        }
    }
}

/// Everything of one dossier, sealed fields sealed.
pub(super) struct Seen {
    pub person: Id<Person>,
    pub facts: Facts,
    pub home: Id<Unit>,
    pub units: UnitsToday,
    pub items: Vec<ItemRow>,
    pub index: Index,
    pub scans: Vec<ScanRow>,
    pub names: Vec<NameRow>,
    pub supplements: Vec<SupplementRow>,
}

impl Seen {
    /// Loads the dossier in the path if the viewer may see the member; out of sight is like absent.
    pub(super) fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let (person, today): (Id<Person>, _) = (visit.id("id")?, visit.today());
        let seen = visit.read(|tx| {
            let home = chibo_members::actions::home_of(tx, person, today)?;
            let facts = chibo_members::facts_of(tx, person)?.ok_or(Problem::NotFound)?;
            Ok(Self {
                person,
                facts,
                home,
                units: UnitsToday::of(visit),
                items: store::items_of(tx, person)?,
                index: actions::index(tx, person, today)?,
                scans: store::scans_of(tx, person)?,
                names: store::names_of(tx, person)?,
                supplements: store::supplements_of(tx, person)?,
            })
        })?;
        match visit.permit(Permission::ViewMembers, seen.home) {
            Ok(()) => Ok(seen),
            Err(_) => Err(Problem::NotFound),
        }
    }

    pub(super) fn may(&self, visit: &Visit<'_>, permission: Permission) -> bool {
        visit.permit(permission, self.home).is_ok()
    }

    pub(super) fn address(&self, below: &str) -> String {
        format!("/dossiers/members/{}{below}", self.person)
    }

    pub(super) fn side(&self, side: Side) -> String {
        self.address(&format!("?show={}", side.code()))
    }

    /// The newest scan of a document.
    pub(super) fn scan(&self, code: &str, slot: i32) -> Option<&ScanRow> {
        let newest = |row: &&ScanRow| row.superseded_at == chibo_kernel::Moment::FOREVER;
        self.scans.iter().filter(newest).find(|row| row.code == code && row.slot == slot)
    }

    /// Title and way back of a page below the dossier.
    pub(super) fn head(&self, visit: &Visit<'_>, title: &str) -> Head {
        let w = visit.w;
        let crumbs = vec![
            Crumb::to(w.t("dossiers-title"), "/dossiers"),
            Crumb::to(self.facts.full_name.as_str(), self.address("")),
            Crumb::here(title),
        ];
        Head::new(title, MENU).crumbs(crumbs)
    }
}

/// `GET /dossiers/members/{id}?show=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let asked = visit.query.get("show");
    let side = Side::ALL.into_iter().find(|side| side.code() == asked).unwrap_or(Side::Items);
    page(visit, &seen, side, None)
}

/// The page, after a form of it that was refused.
pub(super) fn page(
    visit: &Visit<'_>,
    seen: &Seen,
    side: Side,
    refused: Option<(&str, u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut out = chibo_web::person::tabs(visit, seen.person, seen.home, "dossiers-tab");
    about(&mut out, visit, seen);
    let chip = |side_of: Side| (w.t(side_of.word()).to_owned(), seen.side(side_of), side_of == side);
    out.push_str(&chips(w.t("dossiers-sides"), Side::ALL.map(chip)));
    let status = refused.as_ref().map_or(200, |(_, status, _)| *status);
    match side {
        Side::Items => parts::section(&mut out, visit, seen),
        Side::Papers => {
            papers::section(&mut out, visit, seen, refused.as_ref().map(|(what, _, issues)| (*what, issues)))
        }
        Side::More => more::section(&mut out, visit, seen, refused.as_ref().map(|(what, _, issues)| (*what, issues))),
    }
    let doubtful = seen.index.terms.doubtful.iter().copied();
    out.push_str(&doubt::card(w.t("dossiers-notes"), &doubt::notes(w, doubtful)));
    let name = &seen.facts.full_name;
    let crumbs = vec![
        Crumb::to(w.t("dossiers-title"), "/dossiers"),
        Crumb::to(seen.units.name(seen.home), format!("/dossiers?unit={}", seen.home)),
        Crumb::here(name),
    ];
    let mut head = Head::new(w.t1("dossiers-of", "name", name), MENU).crumbs(crumbs).with_error(status != 200);
    if seen.may(visit, Permission::Export) {
        head = head
            .action(w.t("dossiers-print-sheet"), seen.address("/sheet"), false)
            .action(w.t("dossiers-print-index"), seen.address("/index.pdf"), false)
            .action(w.t("dossiers-print-index-docx"), seen.address("/index.docx"), false);
    }
    visit.page_html(status, head, &out)
}

/// Who it is about, photo, and how complete the dossier is.
fn about(out: &mut String, visit: &Visit<'_>, seen: &Seen) {
    let w = visit.w;
    let _ = write!(out, "<section class=\"card\"><h2>{}</h2>", w.t("dossiers-complete"));
    if seen.scan(actions::PHOTO, 0).is_some() {
        let alt = w.t1("dossiers-photo-of", "name", &seen.facts.full_name);
        let _ = write!(out, "<img src=\"{}\" width=\"90\" height=\"120\" alt=\"", seen.address("/photo"));
        push(out, &alt);
        out.push_str("\">");
    }
    let verdict = &seen.index.verdict;
    let of = |tally: Tally| {
        let percent = w.percent(u64::from(tally.there), u64::from(tally.needed));
        w.with("dossiers-share", &[("there", w.n(tally.there)), ("needed", w.n(tally.needed)), ("percent", percent)])
    };
    let mut facts: Vec<(String, String)> = vec![(w.t("dossiers-in-all").to_owned(), of(verdict.all))];
    for (stage, tally) in Stage::ALL.into_iter().zip(verdict.stages).filter(|(_, tally)| tally.needed > 0) {
        facts.push((format!("{}. {}", stage.code(), w.t(stage.word())), of(tally)));
    }
    for (no, tally) in (1i64..).zip(verdict.priorities).filter(|(_, tally)| tally.needed > 0) {
        facts.push((w.t1("dossiers-priority-of", "no", no), of(tally)));
    }
    if verdict.tolerated > 0 {
        facts.push((
            w.t("dossiers-tolerated").to_owned(),
            w.t1("dossiers-tolerated-count", "count", w.n(verdict.tolerated)),
        ));
    }
    let confirmed = match &seen.index.confirmed {
        None => w.t("dossiers-index-never").to_owned(),
        Some(row) => {
            let key = if seen.index.about.confirmed { "dossiers-index-by" } else { "dossiers-index-stale" };
            w.t2(key, ("who", &row.signer), ("day", w.day(row.on_day)))
        }
    };
    facts.push((w.t("dossiers-index").to_owned(), confirmed));
    out.push_str("<dl class=\"facts\">");
    for (label, value) in facts {
        out.push_str("<div><dt>");
        push(out, &label);
        out.push_str("</dt><dd>");
        push(out, &value);
        out.push_str("</dd></div>");
    }
    out.push_str("</dl></section>");
}
