//! Merging two records: found doubles or two chosen by hand, side by side, a look at the outcome, a second yes with a
//! reason; the merges there were, and the way back.

mod compare;
mod doubles;
mod list;
mod look;
mod shown;
pub(super) use shown::code;

use std::fmt::Write;

use chibo_kernel::{Id, Permission, Person, Problem, Unit};
use chibo_members::actions::home_of;
use chibo_members::twins;
use chibo_members::twins::Record;
use chibo_web::{Crumb, Head, Visit, html};

pub(super) use compare::{apart, send, show};
pub(super) use doubles::show as doubles;
pub(super) use list::{one, show as list, undo};

use super::MENU;
use crate::actions::merge::{self as actions, Declared, Outlook};

/// Two records of perhaps one person; the first one stays.
struct Pair {
    kept: Record,
    gone: Record,
    homes: [Id<Unit>; 2],
}

impl Pair {
    /// Reads two records the viewer may see and edit; the one named by `keep` stays, else the older one.
    fn read(visit: &Visit<'_>, [one, other]: [Id<Person>; 2], keep: Option<Id<Person>>) -> Result<Self, Problem> {
        let (keys, today) = (visit.house.db.keys(), visit.today());
        let (one, other, homes) = visit.read(|tx| {
            let homes = [home_of(tx, one, today)?, home_of(tx, other, today)?];
            Ok((Record::read(tx, keys, one)?, Record::read(tx, keys, other)?, homes))
        })?;
        for unit in homes {
            visit.permit(Permission::ViewMembers, unit).map_err(|_| Problem::NotFound)?;
        }
        for unit in homes {
            visit.permit(Permission::EditMembers, unit)?;
        }
        let first = match keep {
            Some(keep) => keep == one.person.person_id,
            None => twins::is_older(&one.person, &other.person),
        };
        Ok(if first {
            Self { kept: one, gone: other, homes }
        } else {
            Self { kept: other, gone: one, homes: [homes[1], homes[0]] }
        })
    }

    fn ids(&self) -> [Id<Person>; 2] {
        [self.kept.person.person_id, self.gone.person.person_id]
    }

    /// The address of the comparison with the other record staying.
    fn turned(&self) -> String {
        let [kept, gone] = self.ids();
        format!("/quality/merge?one={kept}&other={gone}&keep={gone}")
    }
}

/// What capabilities keep about members.
fn declared(visit: &Visit<'_>) -> Declared {
    Declared::of(&visit.house.capabilities)
}

/// What becomes of the rows of the record that goes, in words; a merge that is refused says why.
fn along(body: &mut String, visit: &Visit<'_>, pair: &Pair) -> Result<(), Problem> {
    let (found, refused) = visit.read(|tx| actions::look(tx, &declared(visit), pair.ids()))?;
    let w = visit.w;
    for said in refused {
        let said = html::escape(&w.said(&said));
        let _ = write!(body, "<div class=\"note bad\">{said} <span class=\"tag\">DPD-33</span></div>");
    }
    let named = |count: fn(&Outlook) -> u64| {
        let some = found.iter().filter(|one| count(one) > 0);
        some.map(|one| w.t2("quality-merge-count", ("what", w.t(one.title)), ("count", count(one)))).collect::<Vec<_>>()
    };
    for (class, key, names) in [
        ("note", "quality-merge-along", named(|one| one.moved)),
        ("note warn", "quality-merge-left", named(|one| one.left)),
    ] {
        if !names.is_empty() {
            let said = html::escape(&w.t1(key, "what", names.join("; ")));
            let _ = write!(body, "<div class=\"{class}\">{said}</div>");
        }
    }
    Ok(())
}

/// Title and way back of a page about merging.
fn head(visit: &Visit<'_>, title: &str) -> Head {
    let w = visit.w;
    let crumbs = vec![
        Crumb::to(w.t("quality-title"), "/quality"),
        Crumb::to(w.t("quality-doubles"), "/quality/doubles"),
        Crumb::here(title),
    ];
    Head::new(title, MENU).crumbs(crumbs)
}
