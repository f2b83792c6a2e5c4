//! The shell around every page: bar, menu, breadcrumb, as-of bar, footer.

use askama::Template;
use chibo_kernel::{AsOf, Moment, Problem};

use crate::reply::Reply;
use crate::visit::Visit;
use crate::words::Tongue;

/// A step of the breadcrumb.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Text.
    pub text: String,
    /// Address; empty for the present page.
    pub href: String,
}

impl Crumb {
    /// A step with an address.
    pub fn to(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
    /// The present page.
    pub fn here(text: impl Into<String>) -> Self {
        Self::to(text, "")
    }
}

/// What a page tells the shell.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Title, also the main heading unless `bare`.
    pub title: String,
    /// Word key of the current menu entry.
    pub current: &'static str,
    /// Breadcrumb.
    pub crumbs: Vec<Crumb>,
    /// Shows "as of … as known …" with a form to change both.
    pub as_of: Option<AsOf>,
    /// Buttons beside the heading: text, address, is it the main action.
    pub actions: Vec<(String, String, bool)>,
    /// The page has errors: `Lỗi:` stands before the title.
    pub error: bool,
}

impl Head {
    /// A page with a title under a menu entry.
    pub fn new(title: impl Into<String>, current: &'static str) -> Self {
        Self { title: title.into(), current, ..Self::default() }
    }
    /// With a breadcrumb.
    pub fn crumbs(mut self, crumbs: Vec<Crumb>) -> Self {
        self.crumbs = crumbs;
        self
    }
    /// With the day its figures are of.
    pub fn as_of(mut self, at: AsOf) -> Self {
        self.as_of = Some(at);
        self
    }
    /// With a button; `main` for the one main action.
    pub fn action(mut self, text: impl Into<String>, href: impl Into<String>, main: bool) -> Self {
        self.actions.push((text.into(), href.into(), main));
        self
    }
    /// Where the columns of an action's list are chosen, when it is a list that goes out.
    pub fn offer(&self, href: &str) -> Option<String> {
        crate::takeout::offer(href)
    }
    /// As a page with errors.
    pub fn with_error(mut self, error: bool) -> Self {
        self.error = error;
        self
    }
}

struct MenuGroup<'a> {
    title: &'a str,
    entries: Vec<(&'a str, &'static str, bool)>,
}

#[derive(Template)]
#[template(path = "shell.html")]
struct Shell<'a> {
    w: Tongue<'a>,
    v: &'a Visit<'a>,
    head: &'a Head,
    content: &'a str,
    groups: Vec<MenuGroup<'a>>,
    css: &'a str,
    js: &'a str,
    fonts: &'a [&'a str],
    token: &'a str,
    done: Option<&'a str>,
    banner: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "main.html")]
struct Main<'a> {
    w: Tongue<'a>,
    v: &'a Visit<'a>,
    head: &'a Head,
    content: &'a str,
    done: Option<&'a str>,
}

/// Hidden fields that keep the other parts of the address when the as-of form is sent.
pub(crate) fn kept<'v>(visit: &'v Visit<'_>) -> impl Iterator<Item = &'v (String, String)> {
    visit.query.0.iter().filter(|(n, _)| !matches!(n.as_str(), "day" | "known" | "done" | "after"))
}

pub(crate) fn known_text(at: &AsOf, w: Tongue<'_>) -> String {
    if at.known == Moment::FOREVER { w.t("shell-known-now").to_owned() } else { at.known.day().to_string() }
}

pub(crate) fn iso_or_empty(at: &AsOf) -> String {
    if at.known == Moment::FOREVER { String::new() } else { at.known.day().to_string() }
}

/// Puts content into the shell, or only into the main part when that was asked for.
pub(crate) fn dress(visit: &Visit<'_>, status: u16, head: Head, content: &str) -> Result<Reply, Problem> {
    let w = visit.w;
    let done = visit.query.some("done").map(|key| format!("done-{key}")).filter(|key| w.has(key));
    let done = done.as_deref().map(|key| w.t(key));
    let body = if visit.partial {
        Main { w, v: visit, head: &head, content, done }.render()
    } else {
        let token = visit.form_token();
        let banner = visit.house.settings.banner.map(|key| w.t(key));
        let (css, js, fonts) = (crate::CSS_PATH, crate::JS_PATH, crate::FONT_PATHS);
        let groups = menu(visit, head.current);
        let token = token.as_str();
        Shell { w, v: visit, head: &head, content, groups, css, js, fonts, token, done, banner }.render()
    };
    Ok(Reply::Html { status, body: body.map_err(Problem::fault)? })
}

fn menu<'a>(visit: &Visit<'a>, current: &str) -> Vec<MenuGroup<'a>> {
    let who = visit.who();
    let mut groups: Vec<(&'static str, MenuGroup<'a>)> = Vec::new();
    if who.account.is_none() {
        return Vec::new();
    }
    let mut items: Vec<_> = visit.house.capabilities.iter().flat_map(|c| c.menu.iter()).collect();
    items.sort_by_key(|item| item.rank);
    for item in items {
        if item.needs.is_some_and(|p| !who.may_somewhere(p)) {
            continue;
        }
        let entry = (visit.w.t(item.key), item.href, item.key == current);
        match groups.iter_mut().find(|(key, _)| *key == item.group) {
            Some((_, group)) => group.entries.push(entry),
            None => groups.push((item.group, MenuGroup { title: visit.w.t(item.group), entries: vec![entry] })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
