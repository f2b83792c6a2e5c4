//! Places from a spreadsheet: every row read, checked and compared before anything is written.

mod plan;
mod row;
#[cfg(test)]
mod tests;

use chibo_papers::{Column, Kind};

use crate::rules::NAMES;

pub(crate) use plan::{Ground, Known, NamedUnit, Plan, Planned, plan};

const fn text(key: &'static str, titles: &'static [&'static str], max: usize, required: bool) -> Column {
    Column { key, titles, kind: Kind::Text { max }, required }
}

const fn count(key: &'static str, titles: &'static [&'static str]) -> Column {
    Column { key, titles, kind: Kind::Int { min: 0, max: 1_000_000 }, required: false }
}

/// The columns, at the positions named below.
pub(crate) static COLUMNS: [Column; 12] = [
    text("code", &["Mã địa bàn", "Mã", "Place code", "Code"], 40, true),
    text("name", &["Tên địa bàn", "Tên", "Place name", "Name"], 200, true),
    Column {
        key: "kind",
        titles: &["Loại địa bàn", "Loại", "Place kind", "Kind"],
        kind: Kind::Code(NAMES),
        required: true,
    },
    text("unit", &["Đảng ủy phụ trách", "Mã tổ chức phụ trách", "Đơn vị phụ trách", "Committee"], 300, true),
    text("lat", &["Vĩ độ", "Latitude", "Lat"], 40, false),
    text("lon", &["Kinh độ", "Longitude", "Lon"], 40, false),
    count("workers", &["Số lao động", "Lao động", "Workers"]),
    count("households", &["Số hộ", "Số hộ dân", "Households"]),
    text("branch", &["Tổ chức đảng phụ trách", "Mã chi bộ", "Chi bộ", "Branch"], 300, false),
    Column { key: "joint", titles: &["Chi bộ ghép", "Ghép", "Joint"], kind: Kind::Bool, required: false },
    count("official", &["Đảng viên chính thức", "Số đảng viên chính thức", "Official members"]),
    Column { key: "from", titles: &["Từ ngày", "Tính từ ngày", "From"], kind: Kind::Day, required: false },
];

/// Positions in [`COLUMNS`].
pub(crate) mod at {
    pub const CODE: usize = 0;
    pub const NAME: usize = 1;
    pub const KIND: usize = 2;
    pub const UNIT: usize = 3;
    pub const LAT: usize = 4;
    pub const LON: usize = 5;
    pub const WORKERS: usize = 6;
    pub const HOUSEHOLDS: usize = 7;
    pub const BRANCH: usize = 8;
    pub const JOINT: usize = 9;
    pub const OFFICIAL: usize = 10;
    pub const FROM: usize = 11;
}
