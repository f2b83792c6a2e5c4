//! A report: its figures beside those of the report before, and everybody who makes the difference (SCR-12).

use chibo_kernel::{Id, Moment, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Document, Issuer, PDF, to_docx, to_pdf};
use chibo_store::Tx;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Lang, Reply, Table, Visit};

use super::list::state_text;
use super::{Board, MENU, exported};
use crate::actions::{self, Moved};
use crate::papers;
use crate::rules::{Counts, FIGURES, Figure, Report, explain};
use crate::sheets;
use crate::store::{self, CampaignRow, ReportRow};

/// Changes on one page.
const ROWS: usize = 100;

/// `POST /screening/campaigns/{id}/reports?unit=`.
pub(super) fn make(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let board = Board::take(visit)?;
    let (id, unit, units) = (board.row.campaign_id, board.unit, board.units());
    let inside = |branch: Id<Unit>| units.place(branch).is_some_and(|place| board.range.contains(&place));
    let report = visit.write(|op| actions::make_report(op, id, unit, &inside))?;
    Ok(Reply::done(format!("/screening/reports/{report}"), "saved"))
}

/// A report with the one before it.
pub(crate) struct Told {
    /// The report.
    pub row: ReportRow,
    /// Of this campaign.
    pub campaign: CampaignRow,
    /// The one before, if any.
    pub before: Option<ReportRow>,
    /// Figures now.
    pub now: Counts,
    /// Figures then.
    pub then: Counts,
    /// Who changed.
    pub moved: Vec<Moved>,
    /// The organisation.
    pub units: UnitsToday,
}

fn kept(tx: &mut Tx<'_>, id: Id<Report>) -> Result<Counts, Problem> {
    let rows = store::figures(tx, id)?;
    let mut counts = Counts::default();
    for (count, figure) in counts.0.iter_mut().zip(FIGURES) {
        *count = rows.iter().find(|row| row.figure == figure.code()).map_or(0, |row| row.counted);
    }
    Ok(counts)
}

impl Told {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Report> = visit.id("id")?;
        let row = visit.read(|tx| store::report(tx, id))?.ok_or(Problem::NotFound)?;
        visit.permit(Permission::EditMembers, row.unit_id)?;
        let units = UnitsToday::of(visit);
        let range = units.range(Some(row.unit_id));
        let inside = |branch: Id<Unit>| units.place(branch).is_some_and(|place| range.contains(&place));
        let (campaign, before, now, then, moved) = visit.read(|tx| {
            let campaign = store::campaign(tx, row.campaign_id)?.ok_or(Problem::NotFound)?;
            let all = store::reports(tx, row.campaign_id, row.unit_id)?;
            let before = all.into_iter().find(|other| other.made_at < row.made_at);
            let since = before.as_ref().map_or(Moment(i64::MIN), |before| before.made_at);
            let then = match &before {
                Some(before) => kept(tx, before.report_id)?,
                None => Counts::default(),
            };
            let moved = actions::changes(tx, row.campaign_id, (since, row.made_at), &inside)?;
            Ok((campaign, before, kept(tx, row.report_id)?, then, moved))
        })?;
        Ok(Self { row, campaign, before, now, then, moved, units })
    }

    /// By how much the changes explain each figure.
    pub fn explained(&self) -> Counts {
        explain(self.moved.iter().map(|moved| &moved.change))
    }
}

/// `GET /screening/reports/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let told = Told::load(visit)?;
    let name = told.units.name(told.row.unit_id);
    let title = w.t2("screening-report-of", ("unit", &name), ("when", w.moment(told.row.made_at)));
    let campaign = format!("/screening/campaigns/{}?unit={}", told.row.campaign_id, told.row.unit_id);
    let crumbs = vec![
        Crumb::to(w.t("screening-title"), "/screening"),
        Crumb::to(w.t1("screening-campaign-of", "year", told.campaign.year), campaign),
        Crumb::here(w.t("screening-report")),
    ];
    let mut head = Head::new(title, MENU).crumbs(crumbs);
    if visit.permit(Permission::Export, told.row.unit_id).is_ok() {
        head = head.action(
            w.t("screening-export"),
            format!("/screening/reports/{}/export.xlsx", told.row.report_id),
            false,
        );
        for ending in ["pdf", "docx"] {
            let label = w.t1("screening-report-as", "as", ending.to_uppercase());
            head = head.action(label, format!("/screening/reports/{}/paper.{ending}", told.row.report_id), false);
        }
    }
    let before = match &told.before {
        Some(before) => w.t1("screening-report-before", "when", w.moment(before.made_at)),
        None => w.t("screening-report-first").to_owned(),
    };
    let body = format!("<p>{before}</p>{}{}", figures(visit, &told), changes(visit, &told));
    visit.page_html(200, head, &body)
}

/// A difference with its sign.
fn signed(w: chibo_web::Tongue<'_>, number: i64) -> String {
    if number > 0 { format!("+{}", w.n(number)) } else { w.n(number) }
}

fn figures(visit: &Visit<'_>, told: &Told) -> String {
    let w = visit.w;
    let explained = told.explained();
    let columns = vec![
        Column::new("figure", w.t("screening-figure")),
        Column::number("then", w.t("screening-then")),
        Column::number("now", w.t("screening-now")),
        Column::number("difference", w.t("screening-difference")),
        Column::number("explained", w.t("screening-explained")),
        Column::number("moved", w.t("screening-unexplained")),
    ];
    let mut table = Table::new(w.t("screening-report"), columns);
    for figure in FIGURES {
        let (then, now) = (told.then.of(figure), told.now.of(figure));
        let because = explained.of(figure);
        table.rows.push(vec![
            Cell::Text(w.t(figure.word()).to_owned()),
            Cell::Text(w.n(then)),
            Cell::Text(w.n(now)),
            Cell::Text(signed(w, now - then)),
            Cell::Text(signed(w, because)),
            Cell::Text(signed(w, now - then - because)),
        ]);
    }
    format!("{}<p class=\"quiet small\">{}</p>", table.html(visit), w.t("screening-unexplained-about"))
}

fn changes(visit: &Visit<'_>, told: &Told) -> String {
    let w = visit.w;
    let page = visit.rows(told.moved.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("screening-member")),
        Column::new("unit", w.t("screening-branch")),
        Column::new("from", w.t("screening-from")),
        Column::new("to", w.t("screening-to")),
        Column::new("on", w.t("screening-changed")),
    ];
    let mut table = Table::new(w.t("screening-changes"), columns);
    table.empty = w.t("screening-no-changes").to_owned();
    let view = visit.house.census.view(visit.today());
    for moved in told.moved.get(page.clone()).unwrap_or_default() {
        let name = view.name_of(moved.person).unwrap_or_default();
        let (from, to) = (&moved.change.from, &moved.change.to);
        table.rows.push(vec![
            Cell::Link(name, format!("/screening/members/{}", moved.person)),
            Cell::Text(told.units.name(moved.branch)),
            Cell::Text(state_text(w, from.0, from.1)),
            Cell::Text(state_text(w, to.0, to.1)),
            Cell::Text(w.day(moved.on)),
        ]);
    }
    drop(view);
    table.page(visit, &page, told.moved.len(), "screening-rows");
    table.html(visit)
}

/// `GET /screening/reports/{id}/paper.pdf`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (name, document) = paper(visit)?;
    Ok(Reply::File { name: format!("{name}.pdf"), kind: PDF, body: to_pdf(&document, &chibo_web::fonts())? })
}

/// `GET /screening/reports/{id}/paper.docx`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (name, document) = paper(visit)?;
    Ok(Reply::File { name: format!("{name}.docx"), kind: DOCX, body: to_docx(&document)? })
}

/// The report as it goes up, in Vietnamese whatever the reader's language (SCR-12).
fn paper(visit: &Visit<'_>) -> Result<(String, Document), Problem> {
    let told = Told::load(visit)?;
    visit.permit(Permission::Export, told.row.unit_id)?;
    let w = visit.house.words.tongue(Lang::Vi);
    let explained = told.explained();
    let figure = |figure: Figure| {
        let (then, now) = (told.then.of(figure), told.now.of(figure));
        let numbers = [w.n(then), w.n(now), signed(w, now - then), signed(w, explained.of(figure))];
        [vec![w.t(figure.word()).to_owned()], numbers.into()].concat()
    };
    let view = visit.house.census.view(visit.today());
    let change = |moved: &Moved| {
        let (from, to) = (&moved.change.from, &moved.change.to);
        vec![
            view.name_of(moved.person).unwrap_or_default(),
            told.units.name(moved.branch),
            state_text(w, from.0, from.1),
            state_text(w, to.0, to.1),
            w.day(moved.on),
        ]
    };
    let issuer =
        Issuer { superior: told.units.above(visit, told.row.unit_id), name: told.units.name(told.row.unit_id) };
    let figures = FIGURES.map(figure).into();
    let changes = told.moved.iter().map(change).collect();
    let document = papers::report(&issuer, told.row.made_at.day(), (told.campaign.year, figures, changes));
    drop(view);
    exported(visit, told.row.unit_id, told.moved.len(), "report-paper")?;
    Ok((format!("bao-cao-ra-soat-{}", told.row.made_at.day().iso()), document))
}

/// `GET /screening/reports/{id}/export.xlsx`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let told = Told::load(visit)?;
    visit.permit(Permission::Export, told.row.unit_id)?;
    let body = sheets::report(visit, &told)?;
    exported(visit, told.row.unit_id, told.moved.len(), "report")?;
    Ok(Reply::File { name: format!("bao-cao-ra-soat-{}.xlsx", told.row.made_at.day().iso()), kind: XLSX, body })
}
