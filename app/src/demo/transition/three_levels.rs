//! 26 July 2026: three levels (208-QĐ/TW), and what the wards made of it in September 2026.

use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, Setting, THREE_LEVELS_BEGIN};

use super::PlannedOperation::{Dissolve, Reparent, Retype};
use super::Transition;
use crate::demo::city::City;
use crate::demo::seed::Seed;

/// 15 September 2026: many wards end their inner organisations (ORG-14).
const SEPTEMBER: Day = Day::from_number(20_711);

/// Adds the decisions of both days.
pub fn plan(city: &City, transition: &mut Transition) {
    retype(city, transition);
    take_back(city, transition);
}

fn retype(city: &City, transition: &mut Transition) {
    let mut operations = Vec::new();
    for ward in &transition.wards {
        operations.push(Retype { unit: ward.unit, kind: Kind::Base, setting: ward.setting });
        let inner = ward.inner.iter().map(|(inner, _)| (*inner, Setting::Office));
        let taken = ward.taken.iter().map(|unit| &city.units[*unit as usize]);
        let taken = taken.filter(|unit| unit.kind == Kind::Base).map(|unit| (unit.no, unit.setting));
        let kind = Kind::UnderBase;
        operations.extend(inner.chain(taken).map(|(unit, setting)| Retype { unit, kind, setting }));
    }
    let ended = city.units.iter().filter(|unit| unit.kind == Kind::BaseBranch);
    operations.extend(ended.map(|unit| Retype { unit: unit.no, kind: Kind::Branch, setting: unit.setting }));
    let title =
        "Chuyển đảng bộ phường, xã, đặc khu thành đảng bộ cơ sở; thống nhất tên gọi chi bộ theo Quy định 208-QĐ/TW";
    let days = (THREE_LEVELS_BEGIN, THREE_LEVELS_BEGIN);
    *transition.decide("3208-QĐ/TU".to_owned(), days, city.provinces[0], title.to_owned()) = operations;
}

/// Six wards in ten end their inner organisations and take the branches directly under the ward committee.
fn take_back(city: &City, transition: &mut Transition) {
    let mut operations = Vec::new();
    for ward in transition.wards.iter().filter(|ward| Seed::of(11, u64::from(ward.unit)).chance(600)) {
        for (inner, branches) in &ward.inner {
            operations.extend(branches.iter().map(|branch| Reparent { unit: *branch, under: ward.unit }));
            operations.push(Dissolve { unit: *inner, into: ward.unit });
        }
    }
    let title =
        "Giải thể đảng bộ các cơ quan Đảng, đảng bộ Ủy ban nhân dân ở phường, xã; chuyển chi bộ về đảng ủy phường, xã";
    let days = (SEPTEMBER.plus_days(-5), SEPTEMBER);
    *transition.decide("3311-QĐ/TU".to_owned(), days, city.provinces[0], title.to_owned()) = operations;
}
