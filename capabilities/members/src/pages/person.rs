//! One member: facts, levels with since when, the course of life in the Party, what was recorded when.

use std::fmt::Write;

use chibo_kernel::{Day, Id, Moment, Permission, Person, Problem, Unit};
use chibo_store::Tx;
use chibo_web::html::push;
use chibo_web::{Crumb, Head, Reply, Visit};

use super::lines::{birth_text, years};
use super::list::{code, standing_class};
use super::names::Units;
use crate::actions;
use crate::codes::{self, List};
use crate::rules::party_age::PartyAge;
use crate::rules::{Field, Secret};
use crate::store::{self, AttainmentRow, PersonRow, PostingRow, StandingRow};

/// Everything stored about a member, with where he is at home.
pub(super) struct Seen {
    pub person: PersonRow,
    pub postings: Vec<PostingRow>,
    pub standings: Vec<StandingRow>,
    pub attainments: Vec<AttainmentRow>,
    pub home: Id<Unit>,
    /// Where the home stands today.
    place: u32,
}

impl Seen {
    /// Loads a member the viewer may see; out of scope is like absent.
    pub(super) fn load(visit: &Visit<'_>, id: Id<Person>) -> Result<Self, Problem> {
        let today = visit.today();
        let mut seen = visit.read(|tx| Self::read(tx, id, today))?;
        // Looked up once: the page asks for half a dozen permissions.
        seen.place = visit.house.db.places().span(seen.home).ok_or(Problem::NotFound)?.start;
        if seen.may(visit, Permission::ViewMembers) { Ok(seen) } else { Err(Problem::NotFound) }
    }

    fn read(tx: &mut Tx<'_>, id: Id<Person>, today: Day) -> Result<Self, Problem> {
        let person = store::person(tx, id)?.ok_or(Problem::NotFound)?;
        let postings = store::postings(tx, id)?;
        let home = actions::home_among(&postings, today).ok_or(Problem::NotFound)?;
        let (standings, attainments) = (store::standings(tx, id)?, store::attainments(tx, id)?);
        Ok(Self { person, home, standings, attainments, postings, place: u32::MAX })
    }

    /// Whether the viewer holds a permission where the member is at home.
    pub(super) fn may(&self, visit: &Visit<'_>, permission: Permission) -> bool {
        visit.who().may_at(permission, self.place)
    }

    /// The same, for pages that need it: the member is seen already, so the answer is "denied".
    pub(super) fn permit(&self, visit: &Visit<'_>, permission: Permission) -> Result<(), Problem> {
        if self.may(visit, permission) { Ok(()) } else { Err(Problem::Denied) }
    }

    fn standing(&self, on: Day) -> Option<&StandingRow> {
        self.standings.iter().find(|r| believed(r.superseded_at) && r.valid_from <= on && on < r.valid_to)
    }

    /// Without what does not count (MEM-40).
    fn party_age(&self) -> Option<PartyAge> {
        let rows = self.standings.iter().filter(|row| believed(row.superseded_at));
        let line =
            |row: &StandingRow| Some((row.valid_from, row.valid_to, codes::Standing::from_number(row.standing)?));
        PartyAge::of(self.person.admitted, self.person.official, &rows.filter_map(line).collect::<Vec<_>>())
    }

    fn level(&self, field: Field, on: Day) -> Option<&AttainmentRow> {
        let of = self.attainments.iter().filter(|r| r.field == field.number() && believed(r.superseded_at));
        of.filter(|r| r.valid_from <= on).max_by_key(|r| r.valid_from)
    }
}

fn believed(superseded: Moment) -> bool {
    superseded == Moment::FOREVER
}

/// The page.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id("id")?;
    let seen = match Seen::load(visit, id) {
        Err(Problem::NotFound) => return moved(visit, id),
        seen => seen?,
    };
    if visit.query.get("tab") == "log" {
        return super::person_log::show(visit, &seen);
    }
    page(visit, &seen, None)
}

/// A record that was merged leads to the one it became, for whoever may see that one.
fn moved(visit: &Visit<'_>, id: Id<Person>) -> Result<Reply, Problem> {
    let into = visit.read(|tx| actions::merge::merged_into(tx, id))?.ok_or(Problem::NotFound)?;
    Seen::load(visit, into).map(|_| Reply::Redirect(format!("/members/{into}")))
}

/// The page, with an opened field this once.
pub(super) fn page(visit: &Visit<'_>, seen: &Seen, opened: Option<(Secret, &str)>) -> Result<Reply, Problem> {
    let units = Units::new(visit.house.census.forest(), chibo_kernel::AsOf::on(visit.today()));
    let mut out = String::with_capacity(8_192);
    tabs(&mut out, visit, seen, "members-tab-facts");
    out.push_str("<div class=\"grid\"><section class=\"card c7\">");
    facts(&mut out, visit, seen, &units);
    out.push_str("</section><section class=\"card c5\">");
    levels(&mut out, visit, seen);
    secrets(&mut out, visit, seen, opened);
    out.push_str("</section><section class=\"card\">");
    super::course::timeline(&mut out, visit, seen, &units);
    super::course::recorded(&mut out, visit, seen, &units);
    out.push_str("</section></div>");
    visit.page_html(200, head(visit, seen, &units), &out)
}

/// Title, breadcrumb and what may be done.
pub(super) fn head(visit: &Visit<'_>, seen: &Seen, units: &Units) -> Head {
    let (w, id) = (visit.w, seen.person.person_id);
    let branch = format!("/members?unit={}", seen.home);
    let crumbs = vec![
        Crumb::to(w.t("members-title"), "/members"),
        Crumb::to(units.name(seen.home), branch),
        Crumb::here(&seen.person.full_name),
    ];
    let mut head = Head::new(&seen.person.full_name, "menu-members").crumbs(crumbs);
    if seen.may(visit, Permission::EditMembers) {
        head = head
            .action(w.t("members-correct"), format!("/members/{id}/facts"), true)
            .action(w.t("members-move"), format!("/members/{id}/postings"), false)
            .action(w.t("members-set-standing"), format!("/members/{id}/standing"), false)
            .action(w.t("members-set-level"), format!("/members/{id}/levels"), false);
    }
    if super::holds::may(visit, seen.home) {
        head = head.action(w.t("members-holds"), format!("/members/{id}/holds"), false);
    }
    head
}

/// The tabs of the member's pages.
pub(super) fn tabs(out: &mut String, visit: &Visit<'_>, seen: &Seen, current: &str) {
    out.push_str(&chibo_web::person::tabs(visit, seen.person.person_id, seen.home, current));
}

/// A line of a summary list; empty values are left out.
pub(super) fn fact(out: &mut String, label: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    out.push_str("<div><dt>");
    out.push_str(label);
    out.push_str("</dt><dd>");
    push(out, value);
    out.push_str("</dd></div>");
}

fn facts(out: &mut String, visit: &Visit<'_>, seen: &Seen, units: &Units) {
    let (w, p, today) = (visit.w, &seen.person, visit.today());
    let _ = write!(out, "<h2>{}</h2><dl class=\"facts\">", w.t("members-facts"));
    let name = |list: List, number| code(w, list, number);
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    let _ = write!(out, "<div><dt>{}</dt><dd><a href=\"/units/{}\">", w.t("members-unit"), seen.home);
    push(out, &units.name(seen.home));
    out.push_str("</a></dd></div>");
    if let Some(row) = seen.standing(today) {
        let _ = write!(
            out,
            "<div><dt>{}</dt><dd><span class=\"tag {}\">{}</span></dd></div>",
            w.t("members-standing"),
            standing_class(row.standing),
            name(codes::STANDINGS, row.standing)
        );
    }
    fact(out, w.t("members-birth"), &birth_text(Some(p.birth), p.birth_precision));
    fact(out, w.t("members-sex"), name(codes::SEXES, p.sex));
    fact(out, w.t("members-admitted"), &day(p.admitted));
    fact(out, w.t("members-official"), &day(p.official));
    let counted = seen.party_age().map(|age| age.counted_from(today));
    if let Some(years) = years(counted, today) {
        fact(out, w.t("members-party-age"), &years.to_string());
    }
    fact(out, w.t("members-other-name"), &p.other_name);
    fact(out, w.t("members-ethnicity"), name(codes::ETHNICITIES, p.ethnicity));
    fact(out, w.t("members-religion"), name(codes::RELIGIONS, p.religion));
    fact(out, w.t("members-birth-place"), &p.birth_place);
    fact(out, w.t("members-home-town"), &p.home_town);
    fact(out, w.t("members-job-title"), &p.job_title);
    fact(out, w.t("members-workplace"), &p.workplace);
    fact(out, w.t("members-file-no"), &p.file_no);
    fact(out, w.t("members-admission-decision"), &p.admission_decision);
    fact(out, w.t("members-introducers"), &p.introducers);
    fact(out, w.t("members-academic-title"), name(codes::ACADEMIC_TITLES, p.academic_title));
    fact(out, w.t("members-languages"), &p.languages);
    fact(out, w.t("members-informatics"), &p.informatics);
    out.push_str("</dl>");
}

fn levels(out: &mut String, visit: &Visit<'_>, seen: &Seen) {
    let w = visit.w;
    let _ = write!(out, "<h2>{}</h2><dl class=\"facts\">", w.t("members-levels"));
    for field in Field::ALL {
        let Some(row) = seen.level(field, visit.today()) else { continue };
        let text = code(w, field.list(), row.level);
        if !text.is_empty() {
            let _ = write!(
                out,
                "<div><dt>{}</dt><dd>{text}<div class=\"small quiet\">{} {}</div></dd></div>",
                w.t(field.key()),
                w.t("members-since"),
                row.valid_from
            );
        }
    }
    out.push_str("</dl>");
}

/// The sealed fields: masked, one of them opened this once; and the form that opens them one by one.
fn secrets(out: &mut String, visit: &Visit<'_>, seen: &Seen, opened: Option<(Secret, &str)>) {
    let w = visit.w;
    let plain = [&seen.person.health, &seen.person.policy_family];
    if seen.person.sealed.is_empty() && plain.into_iter().all(String::is_empty) {
        return;
    }
    let _ = write!(out, "<h2>{}</h2>", w.t("members-secrets"));
    if let Some((field, value)) = opened {
        let _ = write!(
            out,
            "<div class=\"note warn\" role=\"status\">{}</div><dl class=\"facts\">",
            w.t("members-opened-once")
        );
        fact(out, w.t(field.key()), if value.is_empty() { w.t("members-secret-empty") } else { value });
        out.push_str("</dl>");
    }
    out.push_str("<dl class=\"facts\">");
    fact(out, w.t("members-identity"), &seen.person.identity_hint);
    out.push_str("</dl>");
    if seen.may(visit, Permission::RevealSecrets) {
        let _ = write!(out, "<details class=\"more\"><summary>{}</summary>", w.t("members-reveal"));
        out.push_str(&super::reveal::form(visit, seen.person.person_id).html(visit));
        out.push_str("</details>");
    }
}
