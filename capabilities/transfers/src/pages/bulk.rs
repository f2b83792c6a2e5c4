//! Transfers of several members of a branch at once, or of all of it: one paper each.

use chibo_census::{Codes, Query, Scope, cube::ListOrder};
use chibo_kernel::text::clean;
use chibo_kernel::{AsOf, Id, Issue, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::{Kind as Answer, boxed};
use chibo_web::table::Column;
use chibo_web::{Crumb, Field, Form, Head, Reply, Table, Visit, html};

use super::{MENU, missing, new};
use crate::actions;
use crate::rules::{Kind, Request};

/// Most members one form takes.
const MOST: usize = 300;

/// Kinds several people can ask for together.
const KINDS: [Kind; 4] = [Kind::Inside, Kind::Temporary, Kind::Outside, Kind::TemporaryOutside];

fn asked(visit: &Visit<'_>) -> Kind {
    Kind::from_code(visit.query.get("kind")).filter(|kind| KINDS.contains(kind)).unwrap_or(Kind::Inside)
}

fn address(kind: Kind, unit: Option<Id<Unit>>) -> String {
    let unit = unit.map_or_else(String::new, |unit| unit.to_string());
    format!("/transfers/bulk{}", chibo_web::Pairs::default().with(&[("kind", kind.code()), ("unit", &unit)]))
}

/// The branch of the address, if the viewer may write there.
fn branch(visit: &Visit<'_>) -> Result<Option<Id<Unit>>, Problem> {
    let Some(text) = visit.query.some("unit") else { return Ok(None) };
    let unit: Id<Unit> = text.parse().map_err(|_| Problem::NotFound)?;
    visit.permit(Permission::EditMembers, unit)?;
    Ok(Some(unit))
}

/// Members of a branch with their names.
fn members(visit: &Visit<'_>, unit: Id<Unit>) -> Vec<(Id<Person>, String)> {
    let view = visit.house.census.view(visit.today());
    let Some(no) = view.forest().no(unit) else { return Vec::new() };
    let counted = Standing::ALL.iter().filter(|standing| standing.counts_as_member());
    let counted: Vec<_> = counted.map(|standing| u32::from(standing.number())).collect();
    let query =
        Query { members: Some(Codes::of(&counted)), scope: Scope::Unit(no), ..Query::at(AsOf::on(visit.today())) };
    let found = view.list(&query, ListOrder::Name, None, MOST);
    found.into_iter().filter_map(|no| Some((view.id(no)?, view.name(no)))).collect()
}

/// `GET /transfers/bulk?unit=&kind=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit = branch(visit)?;
    page(visit, unit, None, Vec::new())
}

fn page(
    visit: &Visit<'_>,
    unit: Option<Id<Unit>>,
    to: Option<&Picked<Unit>>,
    issues: Vec<Issue>,
) -> Result<Reply, Problem> {
    let (w, kind) = (visit.w, asked(visit));
    let mut form = match unit {
        Some(unit) => whole(visit, unit, kind, to),
        None => {
            let mut fields =
                vec![Field::text("from", w.t("transfers-from")).hint(w.t("transfers-from-hint")).required()];
            fields.extend(to.and_then(|picked| picked.choice("from", w.t("units-pick-which"))));
            Form::new(address(kind, None), w.t("transfers-bulk-open"), fields)
        }
    };
    form = form.cancel(w.t("transfers-cancel"), "/transfers");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("transfers-bulk");
    let crumbs = vec![Crumb::to(w.t("transfers-title"), "/transfers"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let chips = KINDS.map(|one| (w.t(one.word()).to_owned(), address(one, unit), one == kind));
    let mut body = html::chips(w.t("transfers-kind"), chips);
    body.push_str(&format!("<p>{}</p>", html::escape(w.t("transfers-bulk-about"))));
    body.push_str(&format!("<section class=\"card\">{}</section>", form.html(visit)));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

fn whole(visit: &Visit<'_>, unit: Id<Unit>, kind: Kind, to: Option<&Picked<Unit>>) -> Form {
    let w = visit.w;
    let all = members(visit, unit);
    let name = UnitsToday::of(visit).name(unit);
    let mut table =
        Table::new(w.t1("transfers-bulk-members", "name", &name), vec![Column::new("member", w.t("transfers-member"))]);
    table.empty = w.t("transfers-nobody").to_owned();
    for (person, name) in &all {
        let shown = format!("<span>{}</span>", html::escape(name));
        table.rows.push(vec![boxed(visit, ("who", &person.to_string()), name, &shown)]);
    }
    let everybody = vec![("yes".to_owned(), w.t1("transfers-bulk-everybody", "count", w.n(all.len() as i64)))];
    let mut fields = vec![Field::new("all", w.t("transfers-bulk-whom"), Answer::Checks(everybody))];
    if kind.outward() {
        fields.extend(new::elsewhere(w, kind));
    } else {
        fields.push(Field::text("to", w.t("transfers-to")).hint(w.t("transfers-to-hint")).required());
        fields.extend(to.and_then(|picked| picked.choice("to", w.t("units-pick-which"))));
    }
    if kind.stays() {
        fields.extend(new::span(w, kind));
    }
    fields.extend(new::basis_field(w, kind));
    let cause = Field::new("cause", w.t("transfers-cause"), Answer::Day).hint(w.t("transfers-cause-hint"));
    fields.push(cause.required());
    fields.push(Field::new("reason", w.t("transfers-reason"), Answer::Area).hint(w.t("transfers-reason-hint")));
    Form::new(address(kind, Some(unit)), w.t("transfers-bulk-send"), fields).about(table.html(visit))
}

/// Those chosen, in the order of the list.
fn chosen(visit: &Visit<'_>, unit: Id<Unit>) -> Vec<(Id<Person>, String)> {
    let all = visit.form.get("all") == "yes";
    let ticked: std::collections::HashSet<&str> = visit.form.all("who").collect();
    let mut chosen = members(visit, unit);
    chosen.retain(|(person, _)| all || ticked.contains(person.to_string().as_str()));
    chosen
}

/// `POST /transfers/bulk?unit=&kind=`; without a unit the form names the branch.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let kind = asked(visit);
    let Some(unit) = branch(visit)? else {
        let from = pick::unit(visit, "from");
        return match from.one("from", "transfers-branch-unknown") {
            Ok(unit) => {
                visit.permit(Permission::EditMembers, unit)?;
                Ok(Reply::Redirect(address(kind, Some(unit))))
            }
            Err(issue) => page(visit, None, Some(&from), vec![issue]),
        };
    };
    let mut issues = Vec::new();
    let people = chosen(visit, unit);
    if people.is_empty() {
        issues.push(missing("all", "transfers-bulk-nobody"));
    }
    let to = (!kind.outward()).then(|| pick::any_unit(visit, "to"));
    let picked = match &to {
        Some(to) => to.one("to", "transfers-branch-unknown").map_err(|issue| issues.push(issue)).ok(),
        None => None,
    };
    let way = new::way(visit, kind, picked, &mut issues);
    let cause = new::needed(visit, "cause", &mut issues);
    if let (Some(way), Some(cause)) = (way, cause)
        && issues.is_empty()
    {
        let (reason, basis) = (clean(visit.form.get("reason")).into_owned(), new::basis(visit));
        let request = |(person, name): &(Id<Person>, String)| {
            (Request { person: *person, way: way.clone(), cause, reason: reason.clone(), basis }, name.clone())
        };
        let all: Vec<_> = people.iter().map(request).collect();
        match visit.write(|op| actions::request_all(op, &all)) {
            Ok(_) => return Ok(Reply::done("/transfers", "saved")),
            Err(Problem::Refused(more)) => issues = more.into_iter().map(placed).collect(),
            Err(other) => return Err(other),
        }
    }
    page(visit, Some(unit), to.as_ref(), issues)
}

/// What is wrong with a person is shown at the question for whom.
fn placed(issue: Issue) -> Issue {
    match issue.field.as_deref() {
        Some("person") => Issue { field: Some("all".to_owned()), ..issue },
        _ => issue,
    }
}
