//! The book of a branch and month on one page: everybody has paid, mark those who have not.

use askama::Template;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Head, Reply, Visit, html};

use super::{MENU, again, at, book_form, book_read, missing, month, notes};
use crate::actions::books::{self, Book, keeps_book};
use crate::rules::{Month, Rates, Totals};

#[derive(Template)]
#[template(path = "book.html")]
struct BookPage<'a> {
    w: Tongue<'a>,
    months: String,
    state: (&'a str, &'static str),
    said: String,
    figures: Vec<(&'a str, String)>,
    unknown: String,
    form: String,
    lines: String,
    versions: String,
    notes: String,
}

/// A book with whose it is.
pub(super) struct Loaded {
    pub unit: Id<Unit>,
    pub month: Month,
    pub units: UnitsToday,
    pub book: Book,
}

impl Loaded {
    /// The asked one.
    pub fn of(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::ViewMembers, unit)?;
        Self::at(visit, unit, month(visit, Month::of(visit.today()))?)
    }

    /// That of a unit and month the viewer may see.
    pub fn at(visit: &Visit<'_>, unit: Id<Unit>, month: Month) -> Result<Self, Problem> {
        let (census, today, keys) = (&visit.house.census, visit.today(), visit.house.db.keys());
        if !keeps_book(census, unit) || month > Month::of(today).plus(12) {
            return Err(Problem::NotFound);
        }
        let book = visit.read(|tx| books::book(tx, keys, census, (unit, month), today))?;
        Ok(Self { unit, month, units: UnitsToday::of(visit), book })
    }

    /// Its address.
    pub fn address(&self) -> String {
        at(&format!("/fees/units/{}", self.unit), self.month, &[])
    }

    /// What the form shows before anything was written: what is written, or that everybody has paid.
    fn totals(&self) -> Totals {
        self.book.row.as_ref().map(books::totals_of).unwrap_or_default()
    }
}

/// `GET /fees/units/{id}?month=&correct=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let loaded = Loaded::of(visit)?;
    page(visit, &loaded, None)
}

fn months(visit: &Visit<'_>, loaded: &Loaded) -> String {
    let today = Month::of(visit.today());
    let mut shown: Vec<Month> = (0..6).rev().map(|back| today.plus(-back)).collect();
    if !shown.contains(&loaded.month) {
        shown.insert(0, loaded.month);
    }
    let place = format!("/fees/units/{}", loaded.unit);
    let chip = |month: Month| (month.text(), at(&place, month, &[]), month == loaded.month);
    html::chips(visit.w.t("fees-month"), shown.into_iter().map(chip))
}

fn page(visit: &Visit<'_>, loaded: &Loaded, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let issues = refused.map(|(_, issues)| issues).unwrap_or_default();
    let may = visit.permit(Permission::EditMembers, loaded.unit).is_ok();
    let past = loaded.month <= Month::of(visit.today());
    let correcting = loaded.book.closed() && (visit.query.get("correct") == "yes" || !issues.is_empty());
    let writes = may && past && (!loaded.book.closed() || correcting);
    let rates = Rates::of(loaded.month)?;
    let state = match (&loaded.book.row, loaded.book.closed()) {
        (None, _) => (w.t("fees-state-none"), ""),
        (Some(_), false) => (w.t("fees-state-open"), "gold"),
        (Some(_), true) => (w.t("fees-state-closed"), "ok"),
    };
    let said = loaded.book.row.as_ref().map_or_else(String::new, |row| {
        w.t2("fees-written-by", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)))
    });
    let form = match writes {
        true => book_form::form(visit, loaded, correcting, &issues),
        // No form to say it on.
        false if !issues.is_empty() => return Err(Problem::Refused(issues)),
        false => String::new(),
    };
    let unknown = loaded.book.rows.iter().filter(|row| row.expected.due.is_none()).count();
    let unknown = if unknown > 0 { w.t1("fees-unknown-count", "count", w.n(unknown)) } else { String::new() };
    let page = BookPage {
        w,
        months: months(visit, loaded),
        state,
        said,
        figures: book_read::figures(visit, &loaded.totals()),
        unknown,
        form,
        lines: if loaded.book.row.is_some() && !writes { book_read::lines(visit, loaded) } else { String::new() },
        versions: book_read::versions(visit, loaded)?,
        notes: notes(visit, &rates.doubtful),
    };
    visit.page_with(status, head(visit, loaded, may, correcting), &page)
}

fn head(visit: &Visit<'_>, loaded: &Loaded, may: bool, correcting: bool) -> Head {
    let w = visit.w;
    let name = loaded.units.name(loaded.unit);
    let title = w.t2("fees-book-of", ("unit", &name), ("month", loaded.month.text()));
    let place = format!("/fees/units/{}", loaded.unit);
    let mut head = Head::new(title, MENU);
    if visit.permit(Permission::ViewReports, loaded.unit).is_ok() {
        let crumbs = vec![Crumb::to(w.t("fees-title"), at("/fees", loaded.month, &[])), Crumb::here(name)];
        head = head.crumbs(crumbs).action(w.t("fees-remittances"), format!("{place}/remittances"), false);
        head = head.action(w.t("fees-shares"), format!("{place}/shares"), false);
    }
    if may {
        head = head.action(w.t("fees-categories"), format!("{place}/categories"), false);
    }
    if loaded.book.row.is_some() && super::statement::may_print(visit, loaded.unit) {
        for (key, ending) in [("fees-pdf", "pdf"), ("fees-docx", "docx"), ("fees-xlsx", "xlsx")] {
            head = head.action(w.t(key), at(&format!("{place}/statement.{ending}"), loaded.month, &[]), false);
        }
    }
    if may && loaded.book.closed() && !correcting {
        head = head.action(w.t("fees-correct"), at(&place, loaded.month, &[("correct", "yes")]), false);
    }
    head.with_error(false)
}

/// `POST /fees/units/{id}?month=`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let loaded = Loaded::of(visit)?;
    visit.permit(Permission::EditMembers, loaded.unit)?;
    let (save, mut issues) = book_form::read(visit, &loaded);
    let close = match visit.form.get("act") {
        "keep" => false,
        "close" => true,
        _ => {
            issues.push(missing("act", "fees-act-needed"));
            false
        }
    };
    if !issues.is_empty() {
        return page(visit, &loaded, Some((422, issues)));
    }
    let save = books::Save { close, ..save };
    match visit.write(|op| books::save(op, loaded.unit, &save)) {
        Ok(_) => Ok(Reply::done(loaded.address(), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &Loaded::of(visit)?, Some(refused))
        }
    }
}
