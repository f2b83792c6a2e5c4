//! 1 July 2025: three provinces become one city, 38 districts end, 442 wards become 168.

use std::collections::{HashMap, HashSet};

use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, OrgCode, PILOT_BEGINS, Setting};

use super::PlannedOperation::{self, Establish, Merge, Rename, Reparent, Retype, Split};
use super::{NewWardUnit, Transition, places, setting_of};
use crate::demo::PlannedUnit;
use crate::demo::city::catalogue::{Field, Goes};
use crate::demo::city::{City, wording};

/// 30 June 2025, the day the decisions were announced.
const SIGNED: Day = Day::from_number(20_269);
const DAYS: (Day, Day) = (SIGNED, PILOT_BEGINS);

/// Who goes where.
struct Draft<'c> {
    city: &'c City,
    children: &'c [Vec<u32>],
    wards: Vec<NewWardUnit>,
    /// For each old ward its successors (places in `wards`), the default first.
    successors: HashMap<&'static str, Vec<usize>>,
    /// New parent of every branch of the old wards.
    under: HashMap<u32, u32>,
    /// New setting and number of the quarters and hamlets that need them.
    renumbered: HashMap<u32, (Setting, u32)>,
}

/// Adds the decisions of the day.
pub fn plan(city: &City, children: &[Vec<u32>], transition: &mut Transition) {
    let mut draft = Draft {
        city,
        children,
        wards: Vec::new(),
        successors: HashMap::new(),
        under: HashMap::new(),
        renumbered: HashMap::new(),
    };
    draft.found_wards(transition);
    draft.deal_branches(transition);
    let all = transition.units.iter().map(|unit| Establish { unit: unit.no }).collect();
    *transition.decide(
        "2101-QĐ/TU".to_owned(),
        DAYS,
        city.provinces[0],
        "Thành lập đảng bộ các phường, xã, đặc khu trực thuộc Thành ủy".to_owned(),
    ) = all;
    for place in 0..city.districts.len() {
        draft.close_district(place, transition);
    }
    draft.join_attached(transition);
    draft.join_provinces(transition);
    transition.wards = draft.wards;
}

impl Draft<'_> {
    fn found_wards(&mut self, transition: &mut Transition) {
        let mut place = HashMap::new();
        for (index, ward) in places::new_wards().into_iter().enumerate() {
            let setting = setting_of(ward.name);
            let unit = self.found(transition, self.city.provinces[0], ward.name, Kind::Upper, setting, (index, 0));
            if let Some(planned) = transition.units.last_mut() {
                planned.at = Some(ward.at);
                planned.admin_code = Some(ward.code.to_owned());
            }
            place.insert(ward.code, index);
            self.wards.push(NewWardUnit { unit, code: ward.code, setting, inner: Vec::new(), taken: Vec::new() });
        }
        for passage in places::passages() {
            if let Some(place) = place.get(passage.new) {
                self.successors.entry(passage.old).or_default().push(*place);
            }
        }
    }

    fn found(
        &self,
        transition: &mut Transition,
        parent: u32,
        short: &str,
        kind: Kind,
        setting: Setting,
        (ward, base): (usize, u16),
    ) -> u32 {
        let no = (self.city.units.len() + transition.units.len()) as u32;
        let upper = u16::try_from(201 + ward).unwrap_or(u16::MAX);
        transition.units.push(PlannedUnit {
            no,
            parent: Some(parent),
            name: format!("Đảng bộ {short}"),
            short: short.to_owned(),
            kind,
            setting,
            code: OrgCode::from_parts(79, upper, base, 0, 0).map(|code| code.to_string()).unwrap_or_default(),
            from: PILOT_BEGINS,
            at: None,
            admin_code: None,
        });
        no
    }

    /// Gives every branch of every old ward its place: whole wards to their successor; of a divided ward some quarters
    /// to each other part, all the rest to the default one.
    fn deal_branches(&mut self, transition: &mut Transition) {
        let mut received: Vec<Vec<u32>> = vec![Vec::new(); self.wards.len()];
        // Who keeps its khu phố numbers: what a ward received as default successor comes before the other parts.
        for default in [true, false] {
            for ward in &self.city.wards {
                let Some(successors) = self.successors.get(ward.code) else { continue };
                for (branch, part) in shares(self.city, &self.children[ward.unit as usize], successors.len()) {
                    if (part == 0) == default {
                        received[successors[part]].push(branch);
                    }
                }
            }
        }
        for (place, branches) in received.into_iter().enumerate() {
            self.renumber(place, &branches);
            self.settle(place, &branches, transition);
        }
    }

    /// Quarters and hamlets of a new ward get one run of numbers and the word that fits: khu phố in a phường, ấp in a
    /// xã. Who has a free number and the right word keeps both.
    fn renumber(&mut self, place: usize, branches: &[u32]) {
        let wanted = if self.wards[place].setting == Setting::Ward { Setting::Quarter } else { Setting::Hamlet };
        let mut taken = HashSet::new();
        let mut waiting = Vec::new();
        for branch in branches {
            let planned = &self.city.units[*branch as usize];
            if !matches!(planned.setting, Setting::Quarter | Setting::Hamlet) {
                continue;
            }
            let number = planned.short.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
            if !taken.insert(number) {
                waiting.push(*branch);
            } else if planned.setting != wanted {
                self.renumbered.insert(*branch, (wanted, number));
            }
        }
        let next = taken.iter().max().copied().unwrap_or(0) + 1;
        self.renumbered.extend((next..).zip(waiting).map(|(number, branch)| (branch, (wanted, number))));
    }

    /// Places the branches inside a new ward: offices under organisations of their own, all others directly (ORG-07).
    fn settle(&mut self, place: usize, branches: &[u32], transition: &mut Transition) {
        let unit = self.wards[place].unit;
        let name = transition
            .units
            .get(unit as usize - self.city.units.len())
            .map(|unit| unit.short.clone())
            .unwrap_or_default();
        let (mut party, mut government) = (Vec::new(), Vec::new());
        for branch in branches {
            let planned = &self.city.units[*branch as usize];
            match planned.setting {
                Setting::Office if planned.short.starts_with("Cơ quan Đảng") => party.push(*branch),
                Setting::Office | Setting::School | Setting::PublicService => government.push(*branch),
                _ => {
                    self.under.insert(*branch, unit);
                }
            }
        }
        let offices = [(party, "các cơ quan Đảng"), (government, "Ủy ban nhân dân")];
        for (number, (branches, word)) in (1..).zip(offices) {
            if branches.is_empty() {
                continue;
            }
            let inner =
                self.found(transition, unit, &format!("{word} {name}"), Kind::Base, Setting::Office, (place, number));
            self.under.extend(branches.iter().map(|branch| (*branch, inner)));
            self.wards[place].inner.push((inner, branches));
        }
    }

    /// One decision per district: its branches and base organisations go over, its wards end, it ends.
    fn close_district(&mut self, place: usize, transition: &mut Transition) {
        let city = self.city;
        let district = &city.districts[place];
        let seat = self.successors.get(district.seat).and_then(|wards| wards.first()).copied().unwrap_or(0);
        let mut operations = Vec::new();
        let mut heirs = vec![self.wards[seat].unit];
        for ward in city.wards.iter().filter(|ward| ward.district == place) {
            for branch in &self.children[ward.unit as usize] {
                self.move_branch(*branch, &mut operations);
            }
            let into: Vec<u32> =
                self.successors.get(ward.code).into_iter().flatten().map(|place| self.wards[*place].unit).collect();
            for unit in &into {
                if !heirs.contains(unit) {
                    heirs.push(*unit);
                }
            }
            operations.push(ending(ward.unit, into));
        }
        for base in city.bases.iter().filter(|base| base.district == Some(place)) {
            let under = match base.goes {
                Goes::To(field) => self.city_level(field),
                Goes::Seat | Goes::Stays => {
                    self.wards[seat].taken.push(base.unit);
                    self.wards[seat].unit
                }
            };
            operations.push(Reparent { unit: base.unit, under });
        }
        operations.push(ending(district.unit, heirs));
        let name = &city.units[district.unit as usize].name;
        let title = format!("Kết thúc hoạt động của {name} và các đảng bộ phường, xã, thị trấn trực thuộc");
        *transition.decide(format!("{}-QĐ/TU", 2102 + place), DAYS, city.provinces[0], title) = operations;
    }

    fn move_branch(&self, unit: u32, operations: &mut Vec<PlannedOperation>) {
        let Some(under) = self.under.get(&unit) else { return };
        operations.push(Reparent { unit, under: *under });
        if let Some((setting, number)) = self.renumbered.get(&unit) {
            let short = wording::quarter_name(*setting, *number);
            if self.city.units[unit as usize].setting != *setting {
                operations.push(Retype { unit, kind: Kind::Branch, setting: *setting });
            }
            operations.push(Rename { unit, name: format!("Chi bộ {short}"), short });
        }
    }

    /// The organisation of this field at city level in TP.HCM; the city itself where there is none.
    fn city_level(&self, field: Field) -> u32 {
        let found = self.city.attached.iter().find(|attached| attached.province == 0 && attached.field == field);
        found.map_or(self.city.provinces[0], |attached| attached.unit)
    }

    /// Offices, police and army of the two provinces join those of the city; the other attached organisations come
    /// over as they are.
    fn join_attached(&self, transition: &mut Transition) {
        let city = self.city.provinces[0];
        let mut operations = Vec::new();
        for attached in self.city.attached.iter().filter(|attached| attached.province != 0) {
            if matches!(attached.field, Field::University | Field::Corporation | Field::Zone) {
                operations.push(Reparent { unit: attached.unit, under: city });
                continue;
            }
            let into = self.city_level(attached.field);
            let bases = &self.children[attached.unit as usize];
            operations.extend(bases.iter().map(|base| Reparent { unit: *base, under: into }));
            operations.push(Merge { unit: attached.unit, into });
        }
        let title = "Hợp nhất, tiếp nhận các đảng bộ trực thuộc Tỉnh ủy Bình Dương và Tỉnh ủy Bà Rịa – Vũng Tàu";
        *transition.decide("2140-QĐ/TU".to_owned(), DAYS, city, title.to_owned()) = operations;
    }

    /// Last of the day: the two provinces, by now without children, end in the city.
    fn join_provinces(&self, transition: &mut Transition) {
        let city = self.city.provinces[0];
        let holders = self.city.histories.iter().skip(1).map(|holder| Reparent { unit: *holder, under: city });
        let provinces = self.city.provinces.iter().skip(1).map(|unit| Merge { unit: *unit, into: city });
        let operations = holders.chain(provinces).collect();
        let title = "Hợp nhất Đảng bộ tỉnh Bình Dương, Đảng bộ tỉnh Bà Rịa – Vũng Tàu và Đảng bộ Thành phố Hồ Chí Minh";
        *transition.decide("2001-QĐNS/TW".to_owned(), DAYS, 0, title.to_owned()) = operations;
    }
}

fn ending(unit: u32, into: Vec<u32>) -> PlannedOperation {
    match into.as_slice() {
        [one] => Merge { unit, into: *one },
        _ => Split { unit, into },
    }
}

/// The branches of a ward with the part (0 is the default) each goes to, whole.
fn shares(city: &City, branches: &[u32], parts: usize) -> Vec<(u32, usize)> {
    let moves = |unit: u32| {
        matches!(city.units[unit as usize].setting, Setting::Quarter | Setting::Hamlet | Setting::Apartments)
    };
    let quarters = branches.iter().filter(|unit| moves(**unit)).count();
    // Every other part gets an equal share, the default one twice as much and everything that is no quarter.
    let share = quarters / (parts + 1);
    let kept = quarters - share * parts.saturating_sub(1);
    let mut seen = 0;
    let mut part = |unit: u32| {
        if !moves(unit) {
            return 0;
        }
        seen += 1;
        if seen <= kept { 0 } else { 1 + (seen - kept - 1) / share.max(1) }
    };
    branches.iter().map(|unit| (*unit, part(*unit))).collect()
}
