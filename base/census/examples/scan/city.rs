//! A made city: districts, wards, branches; members with a history of states. The same for the same number.

use chibo_census::{EdgeRow, Forest, PersonFacts, StateRow, UnitNo, UnitRow};
use chibo_kernel::{Day, Id, Moment, Period, Person, Unit};

/// Deterministic random numbers.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((((z ^ (z >> 31)) >> 32) * u64::from(n)) >> 32) as u32
    }

    /// Small numbers are far more frequent.
    pub fn skewed(&mut self, n: u32) -> u8 {
        let x = u64::from(self.below(1 << 16));
        ((((x * x * x) >> 32) * u64::from(n)) >> 16) as u8
    }
}

pub struct City {
    pub members: u32,
    branches: Vec<UnitNo>,
    pub district: UnitNo,
    pub ward: UnitNo,
}

fn unit_id(n: u32) -> Id<Unit> {
    Id::from_bytes(u128::from(n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes())
}

fn person_id(n: u32) -> Id<Person> {
    unit_id(n ^ 0x8000_0000).cast()
}

impl City {
    /// 57 districts; wards of about 45 branches; branches of about 22 members. Half of the branches moved in 2025.
    pub fn new(members: u32) -> (Self, Forest) {
        let branch_count = (members / 22).max(60);
        let ward_count = (branch_count / 45).max(57);
        let all = Period::since(Day::from_number(-20_000));
        let (mut units, mut edges) = (Vec::new(), Vec::new());
        let mut dice = Dice(1);
        let mut add = |parent: Option<u32>, kind: u8, dice: &mut Dice| {
            let no = units.len() as u32;
            units.push(UnitRow {
                id: unit_id(no),
                valid: all,
                recorded: Moment(0),
                superseded: Moment::FOREVER,
                name: format!("Đơn vị {no}"),
                short: String::new(),
                kind,
                setting: dice.skewed(20),
                code: format!("{no:014}"),
                sort_rank: u32::from(kind),
            });
            edges.push(EdgeRow {
                id: unit_id(no),
                parent: parent.map(unit_id),
                valid: all,
                recorded: Moment(0),
                superseded: Moment::FOREVER,
            });
            no
        };
        let root = add(None, 0, &mut dice);
        let districts: Vec<u32> = (0..57).map(|_| add(Some(root), 1, &mut dice)).collect();
        let wards: Vec<u32> =
            (0..ward_count).map(|n| add(Some(districts[n as usize % 57]), 2 + n as u8 % 3, &mut dice)).collect();
        let mut branches = Vec::new();
        for n in 0..branch_count {
            branches.push(add(Some(wards[(n / 45).min(ward_count - 1) as usize]), 5 + n as u8 % 3, &mut dice));
        }
        let turn = Day::from_ymd(2025, 7, 1).unwrap();
        let moved: Vec<EdgeRow> = branches
            .iter()
            .filter(|branch| *branch % 2 == 0)
            .map(|branch| {
                let old = &mut edges[*branch as usize];
                let parent = Some(unit_id(wards[dice.below(ward_count) as usize]));
                let now = EdgeRow { valid: Period::since(turn), parent, ..old.clone() };
                old.valid = Period::new(all.from(), turn).unwrap();
                now
            })
            .collect();
        edges.extend(moved);
        let city = Self { members, branches, district: districts[5], ward: wards[70 % wards.len()] };
        (city, Forest::new(units, &edges, &[], None))
    }

    /// The same persons every time, in the order of their ids.
    pub fn each_person(&self, mut take: impl FnMut(&PersonFacts)) {
        let mut dice = Dice(2);
        let mut facts = PersonFacts::named(person_id(0), "");
        let names = Names::new();
        for n in 0..self.members {
            facts.id = person_id(n);
            names.write(&mut dice, &mut facts.name);
            let admitted = 1960 + 65 - i32::from(dice.skewed(65));
            let day =
                |dice: &mut Dice, year: i32| Day::from_ymd(year, 1 + dice.below(12) as u8, 1 + dice.below(28) as u8);
            let born = admitted - 20 - dice.below(20) as i32;
            facts.birth = day(&mut dice, born);
            facts.admitted = day(&mut dice, admitted);
            facts.official = facts.admitted.map(|day| day.plus_months(12));
            facts.sex = dice.below(2) as u8;
            facts.ethnicity = if dice.below(12) > 0 { 0 } else { dice.skewed(55) };
            facts.religion = dice.skewed(8);
            facts.states.clear();
            self.states(&mut dice, &mut facts);
            take(&facts);
        }
    }

    fn states(&self, dice: &mut Dice, facts: &mut PersonFacts) {
        let count = 1 + dice.below(5) + dice.below(4);
        let count = if count == 1 { 2 } else { count };
        let last = 20_700;
        let mut from = facts.admitted.map_or(0, Day::number);
        let step = ((last - from) / count as i32).max(1);
        let mut unit = self.branches[dice.below(self.branches.len() as u32) as usize];
        let degree = dice.skewed(8);
        for n in 0..count {
            let end = from + step - dice.below(step as u32 / 2 + 1) as i32;
            facts.states.push(StateRow {
                unit,
                valid_from: Day::from_number(from),
                valid_to: if n + 1 == count { Day::FOREVER } else { Day::from_number(end.max(from + 1)) },
                recorded: Moment(0),
                superseded: Moment::FOREVER,
                standing: if n == 0 { 2 } else { 1 },
                education: 2,
                degree: (degree + n as u8).min(7),
                theory: dice.skewed(5),
                occupation: dice.skewed(12),
            });
            from = end.max(from + 1);
            if dice.below(3) == 0 {
                unit = self.branches[dice.below(self.branches.len() as u32) as usize];
            }
        }
    }
}

/// Made names: frequent and rare family names, middle names, some hundred given names.
struct Names {
    given: Vec<String>,
}

const FAMILY: &[&str] = &[
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan",
    "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Tô", "Lưu", "Châu", "Mai", "Tạ",
    "Hà",
];
const MIDDLE: &[&str] = &[
    "Văn",
    "Văn",
    "Văn",
    "Thị",
    "Thị",
    "Thị",
    "Đức",
    "Minh",
    "Ngọc",
    "Thanh",
    "Hữu",
    "Quốc",
    "Thị Ngọc",
    "Thị Thanh",
    "Xuân",
    "Đình",
    "Thị Minh",
    "",
    "Thị Kim Ngọc",
];

impl Names {
    fn new() -> Self {
        let onsets = [
            "", "b", "c", "ch", "d", "đ", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "s", "t", "th", "tr",
            "v", "x",
        ];
        let rimes =
            ["an", "ân", "ánh", "anh", "ức", "uân", "ung", "oa", "òa", "ương", "i", "inh", "iền", "ong", "ạnh", "oàng"];
        let mut given: Vec<String> =
            ["An", "Bình", "Quân", "Đức", "Hòa", "Hoà", "Tuấn", "Hùng", "Lan", "Hương"].map(str::to_owned).into();
        for onset in onsets {
            for rime in rimes {
                let mut letters = format!("{onset}{rime}").chars().collect::<Vec<_>>();
                letters[0] = letters[0].to_uppercase().next().unwrap_or('A');
                given.push(letters.into_iter().collect());
            }
        }
        Self { given }
    }

    fn write(&self, dice: &mut Dice, name: &mut String) {
        name.clear();
        name.push_str(FAMILY[dice.below(FAMILY.len() as u32) as usize]);
        for part in [
            MIDDLE[dice.below(MIDDLE.len() as u32) as usize],
            &self.given[dice.below(self.given.len() as u32) as usize],
        ] {
            if !part.is_empty() {
                name.push(' ');
                name.push_str(part);
            }
        }
    }
}
