//! Pages in place of figures: members are still being loaded; the unit does not stand on the asked day.

use askama::Template;
use chibo_census::State;
use chibo_kernel::Problem;
use chibo_web::words::Tongue;
use chibo_web::{Head, Reply, Visit};

use crate::spot::Spot;

#[derive(Template)]
#[template(path = "loading.html")]
struct LoadingPage<'a> {
    w: Tongue<'a>,
    url: &'a str,
    done: u64,
    total: u64,
    told: String,
}

/// While members are being loaded: a page that says how far, asks again by itself, and has a link for those without
/// scripts. `None` when everything is loaded.
pub(crate) fn loading(visit: &Visit<'_>, current: &'static str) -> Option<Result<Reply, Problem>> {
    let State::Loading { done, total } = visit.house.census.state() else { return None };
    let w = visit.w;
    let told = if total == 0 {
        w.t("reports-loading-unknown").to_owned()
    } else {
        w.t2("reports-loading-so-far", ("done", w.n(done)), ("total", w.n(total)))
    };
    let page = LoadingPage { w, url: &visit.url, done, total, told };
    Some(visit.page(Head::new(w.t("reports-loading-title"), current), &page))
}

#[derive(Template)]
#[template(path = "absent.html")]
struct AbsentPage {
    told: String,
    links: Vec<(String, String)>,
}

/// The unit stood neither on the asked day nor today: where to look instead. `path` is `/` or `/crosstab`.
pub(crate) fn absent(visit: &Visit<'_>, spot: &Spot, path: &str, current: &'static str) -> Result<Reply, Problem> {
    let w = visit.w;
    let told = w.t2("reports-absent", ("unit", &spot.name), ("day", w.day(spot.at.day)));
    let mut links = Vec::new();
    if let Some(day) = spot.last_day() {
        let text = w.t2("reports-absent-last-day", ("unit", &spot.name), ("day", w.day(day)));
        links.push((text, format!("{path}?unit={}&day={}", spot.unit, day.iso())));
    }
    if let Some((unit, name)) = spot.successor().filter(|(unit, _)| *unit != spot.unit) {
        let text = w.t2("reports-absent-successor", ("unit", name), ("day", w.day(spot.at.day)));
        links.push((text, format!("{path}?unit={unit}{}", spot.when())));
    }
    let mut head = Head::new(spot.name.clone(), current);
    head.as_of = Some(spot.at);
    visit.page(head, &AbsentPage { told, links })
}
