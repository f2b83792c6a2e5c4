//! The questions forms about units ask: what a unit is called and of what kind it is. For the forms of every capability.

use chibo_kernel::{Day, Issue, Permission};
use chibo_web::form::Kind as Answer;
pub(crate) use chibo_web::form::missing;
use chibo_web::{Field, Visit};

use crate::kinds::{Kind, Setting};
use crate::rules::{Facts, check_code};
use chibo_kernel::text::clean;

fn kinds(visit: &Visit<'_>) -> Answer {
    let today = visit.today();
    let shown = Kind::ALL.iter().filter(|kind| **kind != Kind::Central);
    Answer::Select(shown.map(|kind| (kind.code().to_owned(), visit.w.t(kind.name_key(today)).to_owned())).collect())
}

fn settings(visit: &Visit<'_>) -> Answer {
    let name = |setting: &Setting| (setting.code().to_owned(), visit.w.t(setting.name_key()).to_owned());
    Answer::Select(Setting::ALL.iter().map(name).collect())
}

/// Name, short name, kind, setting, code; with what holds now.
pub fn facts(visit: &Visit<'_>, now: Option<&Facts>) -> Vec<Field> {
    let w = visit.w;
    let value = |read: fn(&Facts) -> String| now.map(read).unwrap_or_default();
    vec![
        Field::text("name", w.t("units-name")).required().value(value(|f| f.name.clone())),
        Field::text("short", w.t("units-short")).hint(w.t("units-short-hint")).value(value(|f| f.short.clone())),
        Field::new("kind", w.t("units-kind"), kinds(visit)).required().value(value(|f| f.kind.code().to_owned())),
        Field::new("setting", w.t("units-setting"), settings(visit))
            .required()
            .value(value(|f| f.setting.code().to_owned())),
        Field::text("code", w.t("units-code")).hint(w.t("units-code-hint")).value(value(|f| f.code.clone())),
    ]
}

/// The day from which it holds.
pub fn from(visit: &Visit<'_>, hint: &str) -> Field {
    let field = Field::new("from", visit.w.t("units-from"), Answer::Day).required();
    field.hint(visit.w.t(hint)).value(visit.today().to_string())
}

/// Reads the day; a must.
pub fn read_day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Day {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => return day,
        Ok(None) => issues.push(missing(name, "units-day-needed")),
        Err(chibo_kernel::Problem::Refused(more)) => issues.extend(more),
        Err(_) => issues.push(missing(name, "units-day-needed")),
    }
    visit.today()
}

/// Reads name, short name, kind, setting, code. A missing short name is the name.
pub fn read_facts(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Facts> {
    let text = |name: &str| clean(visit.form.get(name)).to_string();
    let kind = Kind::from_code(visit.form.get("kind"));
    let setting = Setting::from_code(visit.form.get("setting"));
    if kind.is_none() {
        issues.push(missing("kind", "units-kind-needed"));
    }
    if setting.is_none() {
        issues.push(missing("setting", "units-setting-needed"));
    }
    let code = check_code(visit.form.get("code")).unwrap_or_else(|issue| {
        issues.push(issue);
        String::new()
    });
    let (name, short) = (text("name"), text("short"));
    if name.is_empty() {
        issues.push(missing("name", "units-name-empty"));
    }
    let short = if short.is_empty() { name.clone() } else { short };
    Some(Facts { name, short, kind: kind?, setting: setting?, code })
}

/// Whether the viewer may edit the unit, as a problem for the page.
pub(crate) fn may_edit(
    visit: &Visit<'_>,
    unit: chibo_kernel::Id<chibo_kernel::Unit>,
) -> Result<(), chibo_kernel::Problem> {
    visit.permit(Permission::EditUnits, unit)
}
