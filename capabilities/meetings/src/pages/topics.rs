//! Topics the setting of a branch requires (42-HD section 4; MTG-08), by the rulebook of the day.

use chibo_kernel::text::fold;
use chibo_organisation::kinds::Setting;
use chibo_web::{Visit, html};

use super::Place;
use super::desk::Desk;
use crate::rules::Terms;

/// Code and title of every topic a branch has to come back to.
pub(super) fn of(visit: &Visit<'_>, place: &Place, terms: &Terms) -> Vec<(String, String)> {
    let at = place.units.place(place.unit);
    let setting = at.and_then(|at| Setting::from_number(place.units.tree.setting(at)));
    let codes = terms.topics_of(setting.map_or("other", Setting::code));
    codes.iter().map(|code| ((*code).to_owned(), visit.w.t(&format!("meetings-topic-{code}")).to_owned())).collect()
}

/// Before closing: which of them the agenda leaves out. A hint, for a month need not hold them all.
pub(super) fn left_out(visit: &Visit<'_>, desk: &Desk) -> String {
    let there = |(code, title): &(String, String)| {
        desk.items.iter().any(|item| item.topic == *code || fold(&item.title).contains(&fold(title)))
    };
    let mut missing = of(visit, &desk.place, &desk.terms);
    missing.retain(|topic| !there(topic));
    if missing.is_empty() || !desk.kind().is_regular() {
        return String::new();
    }
    let names = missing.into_iter().map(|(_, title)| title).collect::<Vec<_>>().join("; ");
    let said = visit.w.t1("meetings-topics-left-out", "topics", names);
    format!("<div class=\"note\">{}</div>", html::escape(&said))
}
