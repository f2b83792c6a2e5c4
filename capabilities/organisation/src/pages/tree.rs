//! The tree, level by level, and the search in it.

use std::collections::BTreeSet;
use std::fmt::Write;

use askama::Template;
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::html::push;
use chibo_web::words::Tongue;
use chibo_web::{Head, Reply, Visit};

use super::scene::{Scene, dated_with, kind_name};
use crate::finding::find_units;

/// Hits of a search shown at once.
const HITS: usize = 50;
/// Children of one unit shown in the tree; more are in its own list.
const CHILDREN: usize = 500;

#[derive(Template)]
#[template(path = "tree.html")]
struct TreePage<'a> {
    w: Tongue<'a>,
    asked: &'a str,
    kept: Vec<(&'a str, &'a str)>,
    hits: Option<Vec<Hit>>,
    more: bool,
    tree: String,
}

struct Hit {
    href: String,
    name: String,
    kind: String,
    path: String,
    members: String,
}

/// `GET /units`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let scene = Scene::counted(visit, visit.as_of());
    let asked = visit.query.get("q");
    let hits = (!asked.trim().is_empty()).then(|| hits(visit, &scene, asked));
    let more = hits.as_ref().is_some_and(|hits| hits.len() == HITS);
    let mut tree = String::new();
    if hits.is_none() {
        draw_tree(&mut tree, visit, &scene);
    }
    let kept = visit.query.0.iter().filter(|(name, _)| matches!(name.as_str(), "day" | "known"));
    let kept = kept.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut head = Head::new(w.t("units-title"), "units-menu").as_of(scene.at);
    if visit.who().may_somewhere(Permission::Export) {
        let dated = dated_with(visit, &[]);
        head = head
            .action(w.t("units-export"), format!("/units/export.xlsx{dated}"), false)
            .action(w.t("units-list-docx"), format!("/units/list.docx{dated}"), false)
            .action(w.t("units-list-pdf"), format!("/units/list.pdf{dated}"), false);
    }
    if visit.who().may_somewhere(Permission::Import) {
        head = head.action(w.t("units-import"), "/units/import", false);
    }
    visit.page(head, &TreePage { w, asked, kept, hits, more, tree })
}

fn hits(visit: &Visit<'_>, scene: &Scene, asked: &str) -> Vec<Hit> {
    let found = find_units((&scene.forest, &scene.tree, &scene.places), visit.who(), asked, HITS);
    let hit = |place: u32, unit: Id<Unit>| {
        let facts = scene.tree.facts(place)?;
        let above = scene.tree.path(place).into_iter().filter(|up| *up != place && scene.sees(visit, *up));
        let path: Vec<&str> = above.filter_map(|up| scene.tree.facts(up)).map(|facts| facts.short.as_str()).collect();
        Some(Hit {
            href: format!("/units/{unit}{}", dated_with(visit, &[])),
            name: facts.name.clone(),
            kind: kind_name(visit.w, facts.kind, scene.at.day).to_owned(),
            path: path.join(" › "),
            members: visit.w.n(scene.members(place)),
        })
    };
    found.into_iter().filter_map(|found| hit(found.place, found.unit)).collect()
}

/// The highest units one may see, opened down to what was asked for.
fn draw_tree(out: &mut String, visit: &Visit<'_>, scene: &Scene) {
    let tops = scene.tops(visit);
    if tops.is_empty() {
        return;
    }
    let asked = visit.query.all("open").filter_map(|text| scene.place(text.parse().ok()?));
    let mut open: BTreeSet<u32> = asked.flat_map(|place| scene.tree.path(place)).collect();
    if let [only] = tops.as_slice() {
        open.insert(*only);
    }
    out.push_str("<ul class=\"tree\">");
    tops.iter().for_each(|top| node(out, visit, scene, *top, &open));
    out.push_str("</ul>");
}

fn node(out: &mut String, visit: &Visit<'_>, scene: &Scene, place: u32, open: &BTreeSet<u32>) {
    let (Some(facts), Some(unit)) = (scene.tree.facts(place), scene.id(place)) else { return };
    let here = visit.query.get("open") == unit.to_string();
    let _ = write!(out, "<li{}><div class=\"row\"><a href=\"/units/{unit}", if here { " class=\"here\"" } else { "" });
    push(out, &dated_with(visit, &[]));
    out.push_str("\">");
    push(out, &facts.name);
    out.push_str("</a><span class=\"tag\">");
    push(out, kind_name(visit.w, facts.kind, scene.at.day));
    let _ =
        write!(out, "</span><span class=\"num\">{}<span class=\"visually-hidden\"> ", visit.w.n(scene.members(place)));
    push(out, visit.w.t("units-members-word"));
    out.push_str("</span></span></div>");
    if scene.tree.children(place).next().is_some() {
        branch(out, visit, scene, (place, unit, &facts.name), open);
    }
    out.push_str("</li>");
}

/// The children: drawn when opened, else fetched on opening.
fn branch(out: &mut String, visit: &Visit<'_>, scene: &Scene, of: (u32, Id<Unit>, &str), open: &BTreeSet<u32>) {
    let (place, unit, name) = of;
    let opened = open.contains(&place);
    if opened {
        out.push_str("<details open>");
    } else {
        let _ = write!(out, "<details hx-get=\"/units/{unit}/children");
        push(out, &dated_with(visit, &[]));
        out.push_str("\" hx-trigger=\"toggle once\" hx-target=\"find ul\">");
    }
    out.push_str("<summary aria-label=\"");
    push(out, &visit.w.t1("units-below", "name", name));
    out.push_str("\"></summary><ul>");
    if opened {
        nodes(out, visit, scene, place, open);
    } else {
        out.push_str("<li><a href=\"/units");
        push(out, &dated_with(visit, &[("open", &unit.to_string())]));
        out.push_str("\">");
        push(out, visit.w.t("units-open"));
        out.push_str("</a></li>");
    }
    out.push_str("</ul></details>");
}

fn nodes(out: &mut String, visit: &Visit<'_>, scene: &Scene, place: u32, open: &BTreeSet<u32>) {
    let children = scene.children(visit, place);
    children.iter().take(CHILDREN).for_each(|child| node(out, visit, scene, *child, open));
    if let Some(unit) = scene.id(place).filter(|_| children.len() > CHILDREN) {
        let _ = write!(out, "<li><a href=\"/units/{unit}");
        push(out, &dated_with(visit, &[("tab", "children")]));
        out.push_str("\">");
        push(out, &visit.w.t1("units-all-children", "count", visit.w.n(children.len() as i64)));
        out.push_str("</a></li>");
    }
}

/// `GET /units/{id}/children`: the list items, for the tree only.
pub(super) fn children(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::ViewUnits, unit)?;
    if !visit.partial {
        return Ok(Reply::Redirect(format!("/units{}", dated_with(visit, &[("open", &unit.to_string())]))));
    }
    let scene = Scene::counted(visit, visit.as_of());
    let place = scene.place(unit).ok_or(Problem::NotFound)?;
    let mut body = String::new();
    nodes(&mut body, visit, &scene, place, &BTreeSet::new());
    Ok(Reply::Html { status: 200, body })
}
