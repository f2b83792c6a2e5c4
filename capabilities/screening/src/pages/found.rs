//! Open flags the viewer may see: those of members of branches where he edits members.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Visit};

use crate::actions::{self, Flag};
use crate::rules::group_word;

/// A flag with whose it is.
pub(crate) struct Line {
    /// The flag.
    pub flag: Flag,
    /// The member's name.
    pub name: String,
    /// His branch.
    pub unit: Id<Unit>,
    /// Where that stands.
    pub place: u32,
}

/// Open flags, by branch and name.
pub(crate) struct Found {
    /// The flags.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
}

impl Found {
    /// Those the viewer may see.
    pub fn take(visit: &Visit<'_>) -> Result<Self, Problem> {
        let allowed = visit.who().ranges(Permission::EditMembers);
        Self::at(visit, &|place| allowed.iter().any(|range| range.contains(&place)))
    }

    /// Those at places that fit.
    pub fn at(visit: &Visit<'_>, fits: &dyn Fn(u32) -> bool) -> Result<Self, Problem> {
        let units = UnitsToday::of(visit);
        let flags = visit.read(actions::open_flags)?;
        let mut lines = Vec::new();
        {
            let view = visit.house.census.view(visit.today());
            for flag in flags {
                let Some(brief) = view.no(flag.person).and_then(|no| view.person(no)) else { continue };
                let home = brief.today.map(|(unit, _)| unit).and_then(|no| view.forest().id(no));
                let place = home.and_then(|home| units.place(home)).filter(|place| fits(*place));
                if let Some((unit, place)) = home.zip(place) {
                    lines.push(Line { flag, name: brief.name, unit, place });
                }
            }
        }
        lines.sort_by(|one, other| {
            (one.place, &one.name, one.flag.rule).cmp(&(other.place, &other.name, other.flag.rule))
        });
        Ok(Self { lines, units })
    }
}

/// The fact behind a flag as a sentence.
pub(crate) fn sentence(w: Tongue<'_>, flag: &Flag) -> String {
    match (&flag.said, &flag.ground) {
        (Some((key, args)), _) => w.kept(key, args),
        (None, Some((ground, number))) => {
            w.t2("screening-ground-by", ("ground", w.t(ground.word())), ("number", number))
        }
        (None, None) => w.t(group_word(flag.rule)).to_owned(),
    }
}

/// The sentence, leading to the evidence where it is kept.
pub(crate) fn evidence_cell(w: Tongue<'_>, flag: &Flag) -> Cell {
    let said = sentence(w, flag);
    if flag.href.is_empty() { Cell::Text(said) } else { Cell::Link(said, flag.href.clone()) }
}
