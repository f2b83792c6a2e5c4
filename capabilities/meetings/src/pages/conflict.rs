//! Somebody else was faster: what was typed stands beside what is stored now, and nothing of it is lost.

use chibo_kernel::Problem;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Form, Head, Pairs, Reply, Table, Visit, html};

use super::desk::Desk;
use super::{MENU, fields, roll};
use crate::rules::Presence;

/// Fields of text and times, compared as they are written.
const COMPARED: [&str; 9] =
    ["from", "to", "place", "guests", "items", "report", "discussion", "ideology", "conclusion"];

/// What differs: what it is called, what was typed, what is stored now.
fn differing(visit: &Visit<'_>, desk: &Desk, typed: &Pairs) -> Vec<[String; 3]> {
    let w = visit.w;
    let stored = fields::fields(visit, &desk.row, &desk.items, &desk.members, &desk.terms);
    let same = |a: &str, b: &str| a.lines().map(str::trim).eq(b.lines().map(str::trim));
    let own = stored.iter().filter(|field| COMPARED.contains(&field.name.as_str())).filter_map(|field| {
        let mine = typed.get(&field.name);
        (!same(mine, &field.value)).then(|| [field.label.clone(), mine.to_owned(), field.value.clone()])
    });
    let word = |number: Option<u8>| {
        number.and_then(Presence::from_number).map_or_else(String::new, |presence| w.t(presence.word()).to_owned())
    };
    let seats = desk.members.iter().filter_map(|member| {
        let mine = typed.get(&format!("was-{}", member.id)).parse::<u8>().ok()?;
        let now = desk.roll.iter().find(|seat| seat.member_id == member.id).map(|seat| seat.presence);
        let now = now.unwrap_or_else(|| member.usual().number());
        (mine != now).then(|| [member.name.clone(), word(Some(mine)), word(Some(now))])
    });
    own.chain(seats).collect()
}

/// Whether anything that was typed is not what is stored now.
pub(super) fn differs(visit: &Visit<'_>, desk: &Desk, typed: &Pairs) -> bool {
    !differing(visit, desk, typed).is_empty()
}

/// The page: both side by side, and while the meeting is open the form with what was typed, to be sent again.
pub(super) fn show(visit: &Visit<'_>, typed: &Pairs, status: u16) -> Result<Reply, Problem> {
    let w = visit.w;
    let desk = Desk::load(visit)?;
    let open = desk.is_open();
    let said = if open { "meetings-conflict-open" } else { "meetings-conflict-closed" };
    let mut body = format!("<div class=\"note warn\" role=\"alert\">{}</div>", html::escape(w.t(said)));
    let columns = vec![
        Column::new("what", w.t("meetings-changed-what")),
        Column::sentences("mine", w.t("meetings-conflict-mine")),
        Column::sentences("theirs", w.t("meetings-conflict-theirs")),
    ];
    let mut table = Table::new(w.t("meetings-conflict"), columns);
    table.empty = w.t("meetings-changed-nothing").to_owned();
    let rows = differing(visit, &desk, typed).into_iter();
    table.rows = rows.map(|texts| texts.into_iter().map(Cell::Text).collect()).collect();
    body.push_str(&format!("<section class=\"card\">{}</section>", table.html(visit)));
    if open {
        let fields = fields::fields(visit, &desk.row, &desk.items, &desk.members, &desk.terms);
        let mut form = Form::new(desk.address(""), w.t("meetings-conflict-save"), fields).kept(desk.address("/draft"));
        // Sent again it counts as written on what is stored now: whoever sends it has seen both.
        let mut kept: Vec<_> = typed.0.iter().filter(|(name, _)| name != "version").cloned().collect();
        kept.push(("version".to_owned(), desk.row.version.to_string()));
        form.typed = Some(Pairs(kept));
        let rows = roll::table(visit, &desk.members, &desk.roll, &desk.items, &form);
        body.push_str(&format!("<section class=\"card\">{}</section>", form.about(rows).html(visit)));
    }
    let title = desk.title(visit);
    let crumbs = vec![
        Crumb::to(w.t("meetings-title"), "/meetings"),
        Crumb::to(desk.place.name(), desk.place.address("")),
        Crumb::to(title.as_str(), desk.address("")),
        Crumb::here(w.t("meetings-conflict")),
    ];
    let head = Head::new(w.t("meetings-conflict"), MENU).crumbs(crumbs).with_error(true);
    let head = head.action(w.t("meetings-conflict-leave"), desk.address("?draft=no"), false);
    visit.page_html(status, head, &body)
}
