//! A unit as other programs see it.

use chibo_census::forest::UnitFacts;
use chibo_kernel::{Day, Id, Unit};
use chibo_web::Visit;
use serde::Serialize;

use crate::kinds::{Kind, Setting};
use crate::pages::scene::Scene;

/// The organisation of a day with both headcounts, of one moment.
pub(super) struct Counted {
    pub scene: Scene,
    official: Vec<u32>,
}

/// A unit on a day. Kind and setting by their text codes; open ends are null.
#[derive(Serialize)]
pub(super) struct UnitShape<'a> {
    id: String,
    parent: Option<String>,
    code: Option<&'a str>,
    name: &'a str,
    short: &'a str,
    kind: Option<&'static str>,
    setting: Option<&'static str>,
    members: u32,
    official: u32,
    valid_from: String,
    valid_to: Option<String>,
}

/// A day, or null for the open end.
pub(super) fn end(day: Day) -> Option<String> {
    (day != Day::FOREVER).then(|| day.iso())
}

/// The text code of a stored kind.
pub(super) fn kind(number: u8) -> Option<&'static str> {
    Kind::from_number(number).map(Kind::code)
}

/// The text code of a stored setting.
pub(super) fn setting(number: u8) -> Option<&'static str> {
    Setting::from_number(number).map(Setting::code)
}

impl Counted {
    /// Of a day, as known now.
    pub fn on(visit: &Visit<'_>, day: Day) -> Self {
        let (scene, official) = Scene::counted_with_official(visit, chibo_kernel::AsOf::on(day));
        Self { scene, official }
    }

    /// The unit at a place. A parent out of sight is not named.
    pub fn shape(&self, visit: &Visit<'_>, place: u32) -> Option<UnitShape<'_>> {
        let (scene, id) = (&self.scene, self.scene.id(place)?);
        let above = scene.tree.parent(place).filter(|up| scene.sees(visit, *up));
        let parent = above.and_then(|up| scene.id(up)).map(|up| up.to_string());
        let official = self.official.get(place as usize).copied().unwrap_or(0);
        let counts = (scene.members(place), official);
        Some(UnitShape { parent, ..UnitShape::of(id, scene.tree.facts(place)?, counts) })
    }
}

impl<'a> UnitShape<'a> {
    /// A unit by its facts, without a parent.
    pub fn of(id: Id<Unit>, facts: &'a UnitFacts, (members, official): (u32, u32)) -> Self {
        Self {
            id: id.to_string(),
            parent: None,
            code: Some(facts.code.as_str()).filter(|code| !code.is_empty()),
            name: &facts.name,
            short: &facts.short,
            kind: kind(facts.kind),
            setting: setting(facts.setting),
            members,
            official,
            valid_from: facts.valid.from().iso(),
            valid_to: end(facts.valid.to()),
        }
    }
}
