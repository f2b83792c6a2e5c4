//! Records that may be of one person: as the checks found them, and two chosen by hand.

use std::collections::BTreeMap;
use std::fmt::Write;

use chibo_kernel::text::{clean, spelling_key};
use chibo_kernel::{Id, Permission, Person, Problem, Unit};
use chibo_members::records::{PersonRow, records_of};
use chibo_members::sheets::birth_text;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::super::{Found, MENU};
use crate::rules::DOUBLES;

/// Groups on one page.
const ROWS: usize = 50;
/// Members offered for a typed name.
const OFFERED: usize = 30;

/// `GET /quality/doubles?q=`.
pub(in crate::pages) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let found = Found::take(visit)?;
    let groups = groups(visit, &found)?;
    let mut body = format!("<p>{}</p>", w.t("quality-doubles-about"));
    body.push_str(&table(visit, &found, &groups).html(visit));
    by_hand(&mut body, visit, &found);
    let title = w.t("quality-doubles");
    let head = Head::new(title, MENU)
        .crumbs(vec![Crumb::to(w.t("quality-title"), "/quality"), Crumb::here(title)])
        .action(w.t("quality-merges"), "/quality/merges", false);
    visit.page_html(200, head, &body)
}

/// People with the same name and birth, or the same file number, in sight of the viewer.
type Group = (&'static str, Vec<(PersonRow, Id<Unit>)>);

fn groups(visit: &Visit<'_>, found: &Found) -> Result<Vec<Group>, Problem> {
    let lines: Vec<_> = found.lines.iter().filter(|line| DOUBLES.contains(&line.check.code)).collect();
    let mut ids: Vec<Id<Person>> = lines.iter().map(|line| line.person).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = visit.read(|tx| records_of(tx, &ids))?;
    let mut groups: BTreeMap<(&str, String), Group> = BTreeMap::new();
    for line in lines {
        let Some(row) = rows.get(&line.person) else { continue };
        let same = if line.check.code == "double" {
            format!("{} {}", spelling_key(&row.full_name), row.birth.iso())
        } else {
            row.file_no.clone()
        };
        let group = groups.entry((line.check.code, same)).or_insert_with(|| (line.check.title, Vec::new()));
        group.1.push((row.clone(), line.unit));
    }
    Ok(groups.into_values().filter(|(_, people)| people.len() > 1).collect())
}

fn table(visit: &Visit<'_>, found: &Found, groups: &[Group]) -> Table {
    let w = visit.w;
    let page = visit.rows(groups.len(), ROWS);
    let columns = vec![
        Column::sentences("people", w.t("quality-doubles-people")),
        Column::new("check", w.t("quality-check")),
        Column::new("compare", w.t("quality-merge")),
    ];
    let mut table = Table::new(w.t("quality-doubles"), columns);
    table.empty = w.t("quality-doubles-none").to_owned();
    for (title, people) in groups.get(page.clone()).unwrap_or_default() {
        let mut names = String::from("<ul>");
        for (row, unit) in people {
            let _ = write!(names, "<li><a href=\"/members/{}\">{}</a> ", row.person_id, html::escape(&row.full_name));
            let about = format!(
                "{} · {} · {}",
                birth_text(row.birth, row.birth_precision),
                row.file_no,
                found.units.name(*unit)
            );
            let _ = write!(names, "<span class=\"small quiet\">{}</span></li>", html::escape(&about));
        }
        names.push_str("</ul>");
        let mut links = String::new();
        if let Some(((first, _), others)) = people.split_first() {
            for (other, _) in others {
                let href = format!("/quality/merge?one={}&amp;other={}", first.person_id, other.person_id);
                let text = html::escape(&w.t1("quality-merge-with", "name", &other.full_name));
                let _ = write!(links, "<a class=\"btn\" href=\"{href}\">{text}</a> ");
            }
        }
        table.rows.push(vec![Cell::Html(names), Cell::Text(w.t(title).to_owned()), Cell::Html(links)]);
    }
    table.page(visit, &page, groups.len(), "quality-rows");
    table
}

/// Two records of the viewer's choice: a name is typed, two boxes are ticked.
fn by_hand(out: &mut String, visit: &Visit<'_>, found: &Found) {
    let w = visit.w;
    let typed = clean(visit.query.get("q")).into_owned();
    let _ = write!(
        out,
        "<section class=\"card\"><h2>{}</h2><form class=\"form\" method=\"get\" action=\"/quality/doubles\"><div class=\"field\">\
         <label for=\"q\">{}</label><p class=\"hint\" id=\"q-hint\">{}</p><input id=\"q\" name=\"q\" type=\"search\" \
         aria-describedby=\"q-hint\" value=\"{}\"></div><div class=\"form-actions\"><button class=\"btn\" type=\"submit\">{}</button>\
         </div></form>",
        w.t("quality-hand"),
        w.t("quality-hand-name"),
        w.t("quality-hand-hint"),
        html::escape(&typed),
        w.t("quality-hand-find")
    );
    if !typed.is_empty() {
        offered(out, visit, found, &typed);
    }
    out.push_str("</section>");
}

fn offered(out: &mut String, visit: &Visit<'_>, found: &Found, typed: &str) {
    let w = visit.w;
    let view = visit.house.census.view(visit.today());
    let ranges = visit.who().ranges(Permission::EditMembers);
    let mut table = Table::new(
        w.t("quality-hand"),
        vec![Column::new("name", w.t("quality-member")), Column::new("unit", w.t("quality-unit"))],
    );
    table.empty = w.t("quality-hand-none").to_owned();
    for no in view.search(typed, Some(&ranges), OFFERED) {
        let Some(brief) = view.person(no) else { continue };
        let born = brief.born.map_or_else(String::new, |born| birth_text(born, 1));
        let unit =
            brief.home.and_then(|home| view.forest().id(home)).map_or_else(String::new, |unit| found.units.name(unit));
        let name = html::escape(&format!("{} · {born}", brief.name));
        let cell = format!(
            "<label class=\"boxed\"><input type=\"checkbox\" name=\"who\" value=\"{}\"> <span>{name}</span></label>",
            brief.id
        );
        table.rows.push(vec![Cell::Html(cell), Cell::Text(unit)]);
    }
    out.push_str("<form class=\"form wide\" method=\"get\" action=\"/quality/merge\">");
    out.push_str(&table.html(visit));
    if !table.rows.is_empty() {
        let _ = write!(
            out,
            "<div class=\"form-actions\"><button class=\"btn primary\" type=\"submit\">{}</button></div>",
            w.t("quality-hand-compare")
        );
    }
    out.push_str("</form>");
}
