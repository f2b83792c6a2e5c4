//! The organisations of the three provinces as they stood on 30 June 2025.

pub mod catalogue;
mod founding;
mod layout;
mod parts;
mod sizes;
pub mod wording;

use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, OrgCode, Setting};

use super::PlannedUnit;
use super::places::{self, OldWard};
use super::seed::Seed;
use catalogue::ATTACHED;
use layout::{BasePlan, Layout};
pub use parts::{Area, AttachedUnit, BaseOrganisation, Branch, District, Ward};

/// The city before the change.
#[derive(Debug, Default)]
pub struct City {
    /// How many members there are today.
    pub members: u32,
    /// All units, parents before children, every subtree together.
    pub units: Vec<PlannedUnit>,
    /// Units that hold members today, in the order of `units`.
    pub branches: Vec<Branch>,
    /// City and province organisations: TP.HCM, Bình Dương, Bà Rịa – Vũng Tàu.
    pub provinces: Vec<u32>,
    /// For each province the unit that holds histories from before.
    pub histories: Vec<u32>,
    /// The 38 districts.
    pub districts: Vec<District>,
    /// The 442 wards and communes.
    pub wards: Vec<Ward>,
    /// The other attached organisations.
    pub attached: Vec<AttachedUnit>,
    /// Base organisations outside the wards.
    pub bases: Vec<BaseOrganisation>,
}

/// Stream family of the organisations.
const FAMILY: u64 = 1;
const PROVINCES: [(&str, &str, u16); 3] = [
    ("Thành phố Hồ Chí Minh", "Thành ủy Thành phố Hồ Chí Minh", 79),
    ("tỉnh Bình Dương", "Tỉnh ủy Bình Dương", 74),
    ("tỉnh Bà Rịa – Vũng Tàu", "Tỉnh ủy Bà Rịa – Vũng Tàu", 77),
];

/// Number of the province (0–2) by its official code.
fn province_of(code: &str) -> u8 {
    match code {
        "74" => 1,
        "77" => 2,
        _ => 0,
    }
}

fn area_of(district: &str) -> Area {
    match district {
        "772" | "774" | "775" => Area::ChoLon,
        "750" | "751" => Area::ChoRo,
        _ => Area::Common,
    }
}

impl City {
    /// The city for so many members.
    pub fn new(members: u32) -> Self {
        let mut wards = places::old_wards();
        // TP.HCM first, then Bình Dương and Bà Rịa – Vũng Tàu; the file goes by code.
        wards.sort_by_key(|ward| province_of(ward.province));
        let layout = Layout::new(members, &wards);
        let mut city = City { members, ..City::default() };
        city.found_provinces();
        let mut upper_numbers = [0u16; 3];
        for (place, district) in layout.districts.iter().enumerate() {
            let province = province_of(district.wards[0].province);
            upper_numbers[usize::from(province)] += 1;
            let spot = Spot { province, upper: upper_numbers[usize::from(province)], area: area_of(district.code) };
            city.found_district(place, district, spot);
        }
        for (plan, bases) in ATTACHED.iter().zip(&layout.attached) {
            upper_numbers[plan.province] += 1;
            let spot = Spot { province: plan.province as u8, upper: upper_numbers[plan.province], area: Area::Common };
            let mut seed = Seed::of(FAMILY, 10_000 + city.units.len() as u64);
            let unit = city.found(Founding {
                parent: city.provinces[plan.province],
                name: format!("Đảng bộ {}", plan.name),
                short: plan.name.to_owned(),
                kind: Kind::Upper,
                setting: plan.setting,
                code: OrgCode::from_parts(spot.code(), spot.upper, 0, 0, 0),
                from: founding::in_year(&mut seed, plan.founded),
            });
            city.attached.push(AttachedUnit { unit, province: spot.province, field: plan.field });
            city.found_bases(unit, None, bases, spot, 0);
        }
        city.fill(members);
        city
    }

    fn found(&mut self, founding: Founding) -> u32 {
        let no = self.units.len() as u32;
        let Founding { parent, name, short, kind, setting, code, from } = founding;
        let code = code.map(|code| code.to_string()).unwrap_or_default();
        let not_before = self.units.get(parent as usize).map_or(from, |parent| parent.from);
        self.units.push(PlannedUnit {
            no,
            parent: (no > 0).then_some(parent),
            name,
            short,
            kind,
            setting,
            code,
            from: from.max(not_before),
            at: None,
            admin_code: None,
        });
        no
    }

    /// The root, the three provinces and their holders of history. All stand since 1930, so that the growth of the
    /// membership can be asked for any day since then: an organisation counts its forerunners.
    fn found_provinces(&mut self) {
        let plain = |parent, name: String, short: &str, kind, setting, code| Founding {
            parent,
            name,
            short: short.to_owned(),
            kind,
            setting,
            code,
            from: Day::PARTY_FOUNDED,
        };
        let name = "Đảng Cộng sản Việt Nam".to_owned();
        let root = self.found(plain(0, name, "Trung ương", Kind::Central, Setting::Other, None));
        for (name, short, number) in PROVINCES {
            let code = OrgCode::from_parts(number, 0, 0, 0, 0);
            let city = self.found(plain(root, format!("Đảng bộ {name}"), short, Kind::City, Setting::Province, code));
            self.units[city as usize].admin_code = Some(number.to_string());
            self.provinces.push(city);
        }
        for (place, (name, _, _)) in PROVINCES.iter().enumerate() {
            let name = format!("Tổ chức đảng trước đây ({name})");
            let parent = self.provinces[place];
            let holder = self.found(plain(parent, name, "Tổ chức trước đây", Kind::History, Setting::Other, None));
            self.histories.push(holder);
        }
    }

    fn found_district(&mut self, place: usize, district: &layout::DistrictPlan, spot: Spot) {
        let wards = &district.wards;
        let committee = match district.name.split(' ').next() {
            Some("Quận") => "Quận ủy",
            Some("Huyện") => "Huyện ủy",
            _ => "Thành ủy",
        };
        let bare = district.name.trim_start_matches("Huyện ").trim_start_matches("Thành phố ");
        let bare = if bare.trim_start_matches("Quận ").parse::<u8>().is_ok() {
            bare
        } else {
            bare.trim_start_matches("Quận ")
        };
        let unit = self.found(Founding {
            parent: self.provinces[usize::from(spot.province)],
            name: format!("Đảng bộ {}", district.name),
            short: format!("{committee} {bare}"),
            kind: Kind::Upper,
            setting: Setting::District,
            code: OrgCode::from_parts(spot.code(), spot.upper, 0, 0, 0),
            from: founding::district(district.code),
        });
        let seat = founding::seat(wards);
        self.units[unit as usize].at = Some(seat.at);
        self.units[unit as usize].admin_code = Some(district.code.to_owned());
        self.districts.push(District { unit, province: spot.province, seat: seat.code });
        for (number, (ward, branches)) in wards.iter().zip(&district.branches).enumerate() {
            self.found_ward(place, unit, ward, number as u16 + 1, *branches, spot);
        }
        self.found_bases(unit, Some((place, district.name)), &district.bases, spot, wards.len() as u16);
    }

    fn found_ward(&mut self, district: usize, parent: u32, ward: &OldWard, number: u16, branches: u32, spot: Spot) {
        let mut seed = Seed::of(FAMILY, ward.code.parse().unwrap_or(0));
        let (name, setting) = ward_name(ward);
        let from = founding::ward(&mut seed, self.units[parent as usize].from);
        let code = OrgCode::from_parts(spot.code(), spot.upper, number, 0, 0);
        let long = if name.ends_with(|c: char| c.is_ascii_digit()) {
            format!("Đảng bộ {name}, {}", ward.district.1)
        } else {
            format!("Đảng bộ {name}")
        };
        let unit =
            self.found(Founding { parent, name: long, short: name.to_owned(), kind: Kind::Base, setting, code, from });
        self.units[unit as usize].at = Some(ward.at);
        self.units[unit as usize].admin_code = Some(ward.code.to_owned());
        self.wards.push(Ward { unit, code: ward.code, district });
        let (mut quarters, mut blocks) = (0, 0);
        for index in 0..branches {
            let rural = setting == Setting::Commune;
            let (setting, name) = wording::ward_branch(index as usize, name, rural, quarters, blocks, &mut seed);
            quarters += u32::from(matches!(setting, Setting::Quarter | Setting::Hamlet));
            blocks += u32::from(setting == Setting::Apartments);
            let code =
                u16::try_from(index + 1).ok().and_then(|b| OrgCode::from_parts(spot.code(), spot.upper, number, 0, b));
            self.found_branch(unit, name, setting, code, spot, &mut seed);
        }
    }

    fn found_bases(&mut self, parent: u32, district: Option<(usize, &str)>, bases: &[BasePlan], spot: Spot, used: u16) {
        let city = usize::from(spot.province).min(1);
        let place = district.map_or(["Thành ủy", "Tỉnh ủy"][city], |(_, name)| name);
        for (index, base) in bases.iter().enumerate() {
            let mut seed = Seed::of(FAMILY, 100_000 + self.units.len() as u64);
            let number = u16::try_from(index).map_or(u16::MAX, |index| index.saturating_add(used + 1));
            let short = wording::base_name(base.plan.0, place, base.plan.1, index as u32 + 1, &mut seed);
            let from = founding::base(&mut seed, base.plan.1, self.units[parent as usize].from);
            let (kind, word) =
                if base.branches == 0 { (Kind::BaseBranch, "Chi bộ") } else { (Kind::Base, "Đảng bộ") };
            let unit = self.found(Founding {
                parent,
                name: format!("{word} {short}"),
                short,
                kind,
                setting: base.plan.1,
                code: OrgCode::from_parts(spot.code(), spot.upper, number, 0, 0),
                from,
            });
            self.bases.push(BaseOrganisation { unit, goes: base.plan.3, district: district.map(|(place, _)| place) });
            if base.branches == 0 {
                self.note_branch(unit, spot);
            } else {
                self.found_inside(unit, base, number, spot, district.is_none(), &mut seed);
            }
        }
    }

    /// The branches of a large base organisation, some of them in sections (ORG-06).
    fn found_inside(&mut self, base: u32, plan: &BasePlan, number: u16, spot: Spot, sections: bool, seed: &mut Seed) {
        let setting = plan.plan.1;
        // Only organisations that stay base organisations in 2026 get sections: a section sits in nothing else.
        let sections = if sections && plan.branches >= 15 { (plan.branches / 8).min(6) } else { 0 };
        let from = self.units[base as usize].from;
        let (mut index, mut placed) = (0, 0u32);
        for section in 1..=sections {
            let code = OrgCode::from_parts(spot.code(), spot.upper, number, section as u16, 0);
            let short = format!("bộ phận số {section}");
            let name = format!("Đảng bộ {short}");
            let unit = self.found(Founding { parent: base, name, short, kind: Kind::Section, setting, code, from });
            for inner in 1..=5 {
                let code = OrgCode::from_parts(spot.code(), spot.upper, number, section as u16, inner);
                self.found_branch(unit, wording::inner_branch(setting, index), setting, code, spot, seed);
                index += 1;
            }
            placed += 5;
        }
        for inner in 1..=plan.branches.saturating_sub(placed) {
            let code =
                u16::try_from(inner).ok().and_then(|b| OrgCode::from_parts(spot.code(), spot.upper, number, 0, b));
            self.found_branch(base, wording::inner_branch(setting, index), setting, code, spot, seed);
            index += 1;
        }
    }

    fn found_branch(
        &mut self,
        parent: u32,
        short: String,
        setting: Setting,
        code: Option<OrgCode>,
        spot: Spot,
        seed: &mut Seed,
    ) {
        let from = founding::base(seed, setting, self.units[parent as usize].from);
        let name = format!("Chi bộ {short}");
        let unit = self.found(Founding { parent, name, short, kind: Kind::Branch, setting, code, from });
        self.note_branch(unit, spot);
    }

    fn note_branch(&mut self, unit: u32, spot: Spot) {
        let (from, setting) = (self.units[unit as usize].from, self.units[unit as usize].setting);
        let Spot { province, area, .. } = spot;
        self.branches.push(Branch { unit, from, setting, first: 0, size: 0, province, area });
    }

    /// Deals the members out to the branches.
    fn fill(&mut self, members: u32) {
        let kinds: Vec<(Setting, bool)> = self
            .branches
            .iter()
            .map(|branch| (branch.setting, self.units[branch.unit as usize].kind == Kind::BaseBranch))
            .collect();
        let mut first = 0;
        for (branch, size) in self.branches.iter_mut().zip(sizes::sizes(members, &kinds)) {
            branch.first = first;
            branch.size = size;
            first += size;
        }
    }

    /// The branch member `index` belongs to today.
    pub fn branch_of(&self, index: u32) -> usize {
        self.branches.partition_point(|branch| branch.first <= index).saturating_sub(1)
    }
}

/// Where in the numbering of organisations we are.
#[derive(Clone, Copy)]
struct Spot {
    province: u8,
    upper: u16,
    area: Area,
}

impl Spot {
    fn code(self) -> u16 {
        PROVINCES[usize::from(self.province)].2
    }
}

struct Founding {
    parent: u32,
    name: String,
    short: String,
    kind: Kind,
    setting: Setting,
    code: Option<OrgCode>,
    from: Day,
}

/// Name and setting. The one district without communes (Côn Đảo) had its members in one base organisation.
fn ward_name(ward: &OldWard) -> (&'static str, Setting) {
    match ward.name.split(' ').next() {
        Some("Phường") => (ward.name, Setting::Ward),
        Some("Thị") => (ward.name, Setting::Township),
        Some("Xã") => (ward.name, Setting::Commune),
        _ => ("các khu dân cư Côn Đảo", Setting::Commune),
    }
}
