//! What became of an organisation, as a list of states (domain 01, life-cycle states): established, renamed, re-typed,
//! transferred, ended.

use chibo_kernel::{Dated, Day, Id, Unit};
use chibo_organisation::rules::{Facts, Parent};

use super::CaseKind;

/// What happened on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It was established (thành lập).
    Established,
    /// It got another name or code (đổi tên).
    Renamed,
    /// It became another kind or setting (chuyển đổi loại hình).
    Retyped,
    /// It went under another unit (chuyển giao).
    Transferred {
        /// The unit it went under; none for the top.
        under: Option<Id<Unit>>,
    },
    /// It was dissolved (giải thể).
    Dissolved,
    /// It was disbanded as discipline (giải tán, X-08).
    Disbanded,
    /// It went on in another (hợp nhất, sáp nhập, chia tách).
    Succeeded,
}

impl Turn {
    /// Key of the word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Established => "lifecycle-turn-established",
            Self::Renamed => "lifecycle-turn-renamed",
            Self::Retyped => "lifecycle-turn-retyped",
            Self::Transferred { .. } => "lifecycle-turn-transferred",
            Self::Dissolved => "lifecycle-turn-dissolved",
            Self::Disbanded => "lifecycle-turn-disbanded",
            Self::Succeeded => "lifecycle-turn-succeeded",
        }
    }
}

/// A turn of a life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The day from which it holds.
    pub on: Day,
    /// What happened.
    pub turn: Turn,
    /// The name from that day on; the last one when it ended.
    pub name: String,
}

/// How a unit ended, by its case or by its successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// A case of this kind ended it.
    pub case: Option<CaseKind>,
    /// Another unit goes on with it.
    pub succeeded: bool,
}

impl End {
    fn turn(self) -> Turn {
        match self {
            Self { case: Some(CaseKind::Disbandment), .. } => Turn::Disbanded,
            Self { case: None, succeeded: true } => Turn::Succeeded,
            Self { .. } => Turn::Dissolved,
        }
    }
}

/// The life of a unit in order of days, from what is believed of it. Both lists stand in order of time.
pub fn life(facts: &[Dated<Facts>], parents: &[Dated<Parent>], end: End) -> Vec<Event> {
    let mut events = Vec::new();
    let mut before: Option<&Dated<Facts>> = None;
    for row in facts {
        let at = |turn| Event { on: row.valid.from(), turn, name: row.value.name.clone() };
        match before.filter(|old| old.valid.to() == row.valid.from()) {
            None => {
                events.extend(before.map(|old| ended(old, end)));
                events.push(at(Turn::Established));
            }
            Some(old) => {
                let (was, is) = (&old.value, &row.value);
                if (was.kind, was.setting) != (is.kind, is.setting) {
                    events.push(at(Turn::Retyped));
                }
                if was.name != is.name || was.code != is.code {
                    events.push(at(Turn::Renamed));
                }
            }
        }
        before = Some(row);
    }
    events.extend(before.filter(|last| !last.valid.is_open()).map(|last| ended(last, end)));
    for pair in parents.windows(2) {
        let [old, new] = pair else { continue };
        let on = new.valid.from();
        if old.valid.to() == on && old.value != new.value {
            let name = facts.iter().find(|row| row.valid.contains(on)).map_or("", |row| row.value.name.as_str());
            events.push(Event { on, turn: Turn::Transferred { under: new.value.0 }, name: name.to_owned() });
        }
    }
    events.sort_by_key(|event| event.on);
    events
}

fn ended(last: &Dated<Facts>, end: End) -> Event {
    Event { on: last.valid.to(), turn: end.turn(), name: last.value.name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chibo_kernel::{Moment, Period};
    use chibo_organisation::kinds::{Kind, Setting};

    fn dated<V>(from: i32, to: i32, value: V) -> Dated<V> {
        let to = if to == 0 { Day::FOREVER } else { Day::from_number(to) };
        let valid = Period::new(Day::from_number(from), to).unwrap();
        Dated { valid, recorded: Moment(0), superseded: Moment::FOREVER, value }
    }

    fn facts(name: &str, kind: Kind) -> Facts {
        let (name, short) = (name.to_owned(), name.to_owned());
        Facts { name, short, kind, setting: Setting::School, code: String::new() }
    }

    const BY_CASE: End = End { case: Some(CaseKind::Disbandment), succeeded: false };

    #[test]
    fn x_08_an_organisation_ended_as_discipline_is_called_disbanded() {
        let rows = [dated(10, 20, facts("A", Kind::Branch)), dated(20, 40, facts("B", Kind::Branch))];
        let above = |number: u8| Parent(Some(Id::from_bytes([number; 16])));
        let parents = [dated(10, 30, above(1)), dated(30, 40, above(2))];
        let events = life(&rows, &parents, BY_CASE);
        let turns: Vec<_> = events.iter().map(|event| (event.on.number(), event.turn.word())).collect();
        let expected = [
            (10, "lifecycle-turn-established"),
            (20, "lifecycle-turn-renamed"),
            (30, "lifecycle-turn-transferred"),
            (40, "lifecycle-turn-disbanded"),
        ];
        assert_eq!(turns, expected);
        assert_eq!(events[2].name, "B");
    }

    #[test]
    fn org_11_without_discipline_it_is_dissolved_or_goes_on_in_another() {
        let rows = [dated(10, 20, facts("A", Kind::BaseBranch)), dated(20, 30, facts("A", Kind::Base))];
        let last = |end| life(&rows, &[], end).last().map(|event| event.turn.clone());
        let case = Some(CaseKind::Dissolution);
        assert_eq!(last(End { case, succeeded: false }), Some(Turn::Dissolved));
        assert_eq!(last(End { case: None, succeeded: false }), Some(Turn::Dissolved));
        assert_eq!(last(End { case: None, succeeded: true }), Some(Turn::Succeeded));
        assert_eq!(life(&rows, &[], BY_CASE)[1].turn, Turn::Retyped);
        let stands = [dated(10, 0, facts("A", Kind::Branch))];
        assert_eq!(life(&stands, &[], BY_CASE).len(), 1);
    }
}
