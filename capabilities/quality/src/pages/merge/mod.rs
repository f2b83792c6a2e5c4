//! Merging two records: found doubles or two chosen by hand, side by side, a look at the outcome, a second yes with a
//! reason; the merges there were, and the way back.

mod compare;
mod doubles;
mod list;
mod look;
mod shown;
pub(super) use shown::code;

use chibo_kernel::{Id, Permission, Person, Problem, Unit};
use chibo_members::twins::Record;
use chibo_members::{actions, twins};
use chibo_web::{Crumb, Head, PersonHold, Visit};

pub(super) use compare::{apart, send, show};
pub(super) use doubles::show as doubles;
pub(super) use list::{one, show as list, undo};

use super::MENU;

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
            let homes = [actions::home_of(tx, one, today)?, actions::home_of(tx, other, today)?];
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

/// What capabilities keep about members, with their names.
fn holds(visit: &Visit<'_>) -> Vec<(PersonHold, String)> {
    let all = visit.house.capabilities.iter().flat_map(|capability| &capability.holds);
    all.map(|hold| (*hold, visit.w.t(hold.title).to_owned())).collect()
}

/// Names of what is kept about a member elsewhere.
fn held(visit: &Visit<'_>, person: Id<Person>) -> Result<Vec<String>, Problem> {
    let holds = holds(visit);
    visit.read(|tx| {
        let mut held = Vec::new();
        for (hold, title) in &holds {
            if (hold.any)(tx, person)? {
                held.push(title.clone());
            }
        }
        Ok(held)
    })
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
