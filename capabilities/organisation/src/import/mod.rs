//! Units from a spreadsheet: every row read, checked and compared before anything is written.

mod plan;
mod row;
#[cfg(test)]
mod tests;

use chibo_papers::{Column, Kind};

pub(crate) use plan::{Ground, Plan, Planned, plan};
pub use row::{kind_named, setting_named};

/// The preferred headings, in the order of the columns.
pub(crate) const TITLES: [&str; 7] =
    ["Mã tổ chức", "Tên tổ chức", "Tên ngắn", "Loại tổ chức", "Loại hình", "Mã cấp trên", "Từ ngày"];

const fn text(key: &'static str, titles: &'static [&'static str], max: usize, required: bool) -> Column {
    Column { key, titles, kind: Kind::Text { max }, required }
}

/// The columns, at the positions named below.
pub(crate) static COLUMNS: [Column; 7] = [
    text("code", &["Mã tổ chức", "Mã", "Mã tổ chức đảng", "Organisation code", "Code"], 40, true),
    text("name", &["Tên tổ chức", "Tên", "Tên tổ chức đảng", "Name"], 300, true),
    text("short", &["Tên ngắn", "Tên viết tắt", "Short name"], 120, false),
    text("kind", &["Loại tổ chức", "Loại tổ chức đảng", "Kind"], 120, true),
    text("setting", &["Loại hình", "Setting"], 120, true),
    text("parent", &["Mã cấp trên", "Mã tổ chức cấp trên", "Cấp trên", "Parent code"], 40, false),
    Column {
        key: "from",
        titles: &["Từ ngày", "Ngày thành lập", "Ngày hiệu lực", "From"],
        kind: Kind::Day,
        required: false,
    },
];

/// Positions in [`COLUMNS`].
pub(crate) mod at {
    pub const CODE: usize = 0;
    pub const NAME: usize = 1;
    pub const SHORT: usize = 2;
    pub const KIND: usize = 3;
    pub const SETTING: usize = 4;
    pub const PARENT: usize = 5;
    pub const FROM: usize = 6;
}
