//! The pages about one member: every capability has its own, and all of them show the same tabs.

use std::fmt::Write;

use chibo_kernel::{Id, Permission, Person, Unit};

use crate::html::push;
use crate::visit::Visit;

/// A page about one member.
#[derive(Clone, Copy)]
pub struct PersonPage {
    /// Word key of the tab; also names the current one.
    pub key: &'static str,
    /// Address with `{id}` for the member.
    pub href: &'static str,
    /// Who sees it, where the member is at home.
    pub needs: Permission,
    /// Order among all tabs.
    pub rank: u16,
}

/// The tabs of a member at home in a unit, as far as the viewer may open them; nothing when there is only one.
pub fn tabs(visit: &Visit<'_>, person: Id<Person>, home: Id<Unit>, current: &str) -> String {
    let mut pages: Vec<_> = visit.house.capabilities.iter().flat_map(|capability| &capability.persons).collect();
    pages.retain(|page| visit.permit(page.needs, home).is_ok());
    if pages.len() < 2 {
        return String::new();
    }
    pages.sort_by_key(|page| page.rank);
    let (w, id) = (visit.w, person.to_string());
    let mut out = format!("<nav class=\"tabs\" aria-label=\"{}\"><ul>", w.t("person-tabs"));
    for page in pages {
        let on = if page.key == current { " aria-current=\"page\"" } else { "" };
        let _ = write!(out, "<li><a href=\"{}\"{on}>", page.href.replace("{id}", &id));
        push(&mut out, w.t(page.key));
        out.push_str("</a></li>");
    }
    out.push_str("</ul></nav>");
    out
}
