//! By what one member pays: the only page that shows the base, and only to whoever may change it.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Said};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{MENU, again, missing, money, notes};
use crate::actions::categories::{self, holding};
use crate::rules::{Category, Ground, Month, Rates, Stated};

struct Member {
    person: Id<Person>,
    name: String,
}

impl Member {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let person: Id<Person> = visit.id("id")?;
        let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, visit.today()))?;
        visit.permit(Permission::EditMembers, home)?;
        let view = visit.house.census.view(visit.today());
        let name = view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?;
        Ok(Self { person, name })
    }

    fn address(&self) -> String {
        format!("/fees/members/{}/category", self.person)
    }
}

/// The categories a form offers.
pub(super) fn choices(visit: &Visit<'_>, none: Option<&str>) -> Vec<(String, String)> {
    let w = visit.w;
    let all = Category::ALL.map(|one| (one.number().to_string(), w.t(one.word()).to_owned()));
    none.map(|key| (String::new(), w.t(key).to_owned())).into_iter().chain(all).collect()
}

/// `GET /fees/members/{id}/category`: opens the base, and says in the log that it did.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    let today = Month::of(visit.today());
    let base = visit.write(|op| categories::open_base(op, member.person, today))?;
    page(visit, &member, base, None)
}

fn page(
    visit: &Visit<'_>,
    member: &Member,
    base: Option<i64>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let today = Month::of(visit.today());
    let rows = visit.read(|tx| categories::of(tx, member.person))?;
    let now = holding(&rows, today);
    let grounds = Ground::ALL.map(|one| (one.code().to_owned(), w.t(one.word()).to_owned()));
    let regions = (1..=4).map(|region| (region.to_string(), w.t1("fees-region-no", "no", region))).collect();
    let region = now.map_or(1, |row| row.region).to_string();
    let fields = vec![
        Field::new("category", w.t("fees-category"), Kind::Radios(choices(visit, None)))
            .value(now.map_or_else(String::new, |row| row.category.to_string()))
            .required(),
        Field::text("base", w.t("fees-base"))
            .hint(w.t("fees-base-hint"))
            .value(base.map_or_else(String::new, |base| w.n(base))),
        Field::new("region", w.t("fees-region"), Kind::Select(regions)).value(region).hint(w.t("fees-region-hint")),
        Field::new("ground", w.t("fees-ground"), Kind::Radios(grounds.into()))
            .value(now.map_or("", |row| row.ground.as_str()))
            .hint(w.t("fees-ground-hint")),
        Field::text("from", w.t("fees-from")).value(today.text()).hint(w.t("fees-from-hint")).required(),
        Field::text("note", w.t("fees-note")),
    ];
    let back = format!("/fees/members/{}", member.person);
    let mut form = Form::new(member.address(), w.t("fees-category-send"), fields).cancel(w.t("fees-cancel"), &*back);
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    if let Some((_, issues)) = refused {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t1("fees-category-of", "name", &member.name);
    let crumbs = vec![Crumb::to(member.name.as_str(), back), Crumb::here(w.t("fees-category"))];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    let body = format!(
        "<p class=\"note\">{}</p><section class=\"card\">{}</section>{}",
        w.t("fees-base-logged"),
        form.html(visit),
        notes(visit, &Rates::of(today)?.doubtful)
    );
    visit.page_html(status, head, &body)
}

/// What a field with an amount says; nothing read is an issue already.
pub(super) fn amount(visit: &Visit<'_>, field: &str, issues: &mut Vec<Issue>) -> Option<i64> {
    let text = visit.form.get(field);
    money::parse(text).unwrap_or_else(|()| {
        let said = Said::new("fees-money-bad").with("text", text);
        issues.push(Issue { field: Some(field.to_owned()), rule: None, said });
        None
    })
}

/// `POST /fees/members/{id}/category`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let member = Member::load(visit)?;
    let form = &visit.form;
    let mut issues = Vec::new();
    let category = form.get("category").parse().ok().and_then(Category::from_number);
    if category.is_none() {
        issues.push(missing("category", "fees-category-needed"));
    }
    let from = Month::parse(form.get("from"));
    if from.is_none() {
        issues.push(missing("from", "fees-month-bad"));
    }
    let base = amount(visit, "base", &mut issues);
    let (Some(category), Some(from), true) = (category, from, issues.is_empty()) else {
        return page(visit, &member, None, Some((422, issues)));
    };
    let stated = Stated {
        from,
        category,
        base,
        ground: Ground::from_code(form.get("ground")),
        region: form.get("region").parse().unwrap_or(0),
        note: clean(form.get("note")).into_owned(),
    };
    match visit.write(|op| categories::state(op, member.person, &stated)) {
        Ok(()) => Ok(Reply::done(format!("/fees/members/{}", member.person), "saved")),
        Err(problem) => page(visit, &member, None, Some(again(problem)?)),
    }
}
