//! The decision on organisations (quyết định): establish, merge, move, rename, dissolve.

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{Block, Closing, Document, Issuer, Run, Table, TableColumn, long_day};

use super::sentence;

/// So many acts of one kind stand in their article; more go into a list at the end.
const FEW: usize = 6;

/// One thing a decision does; units by their full names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A unit begins (thành lập).
    Establish {
        /// The unit.
        unit: String,
        /// Its kind.
        kind: &'static str,
        /// The unit above; empty for none.
        above: String,
    },
    /// A unit that ended stands again (lập lại).
    Restore {
        /// The unit.
        unit: String,
        /// The unit above; empty for none.
        above: String,
    },
    /// A unit goes into another, whole or in part (hợp nhất, sáp nhập, chia tách).
    Merge {
        /// The unit that ends.
        from: String,
        /// The one that continues it.
        into: String,
        /// All of it.
        whole: bool,
        /// Its members.
        members: u32,
    },
    /// A unit goes under another (chuyển giao).
    Move {
        /// The unit.
        unit: String,
        /// The new unit above.
        above: String,
    },
    /// A unit becomes another kind (chuyển đổi loại hình).
    Retype {
        /// The unit.
        unit: String,
        /// The new kind.
        kind: &'static str,
    },
    /// A unit gets a new name (đổi tên).
    Rename {
        /// Its name so far.
        before: String,
        /// Its new name.
        after: String,
    },
    /// A unit ends and nothing continues it (giải thể).
    Dissolve {
        /// The unit.
        unit: String,
    },
}

impl Act {
    /// Order of the articles, and what an article about several says.
    fn article(&self) -> (usize, &'static str) {
        match self {
            Self::Establish { .. } => (0, "Thành lập các tổ chức đảng"),
            Self::Restore { .. } => (1, "Lập lại các tổ chức đảng"),
            Self::Merge { .. } => (2, "Hợp nhất, sáp nhập các tổ chức đảng"),
            Self::Move { .. } => (3, "Chuyển giao các tổ chức đảng"),
            Self::Retype { .. } => (4, "Chuyển đổi loại hình các tổ chức đảng"),
            Self::Rename { .. } => (5, "Đổi tên các tổ chức đảng"),
            Self::Dissolve { .. } => (6, "Giải thể các tổ chức đảng"),
        }
    }

    /// In words, beginning small, without a full stop.
    fn says(&self) -> String {
        match self {
            Self::Establish { unit, kind, above } if above.is_empty() => format!("thành lập {unit} ({kind})"),
            Self::Establish { unit, kind, above } => format!("thành lập {unit} ({kind}), trực thuộc {above}"),
            Self::Restore { unit, above } if above.is_empty() => format!("lập lại {unit}"),
            Self::Restore { unit, above } => format!("lập lại {unit}, trực thuộc {above}"),
            Self::Merge { from, into, whole, members } => {
                let part = if *whole { "toàn bộ" } else { "một phần" };
                format!("nhập {part} {from} ({} đảng viên) vào {into}", count(i64::from(*members)))
            }
            Self::Move { unit, above } => format!("chuyển {unit} về trực thuộc {above}"),
            Self::Retype { unit, kind } => format!("chuyển đổi {unit} thành {kind}"),
            Self::Rename { before, after } => format!("đổi tên {before} thành {after}"),
            Self::Dissolve { unit } => format!("giải thể {unit}"),
        }
    }

    /// Something must be handed over afterwards (ORG-15).
    fn hands_over(&self) -> bool {
        matches!(self, Self::Merge { .. } | Self::Move { .. } | Self::Dissolve { .. })
    }
}

/// What a decision is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionPaper {
    /// Who decides.
    pub issuer: Issuer,
    /// Number and symbol, for example `05-QĐ/ĐU`; empty while there is none.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Day of signing; none for a draft.
    pub signed_on: Option<Day>,
    /// Day in force.
    pub effective_on: Day,
    /// Said on top of a paper that is not in force as it stands: draft, withdrawn, undone.
    pub remark: Option<&'static str>,
    /// What it does.
    pub acts: Vec<Act>,
}

/// The decision as a document (DPD-40 to DPD-44). More than a few acts of one kind go into a list at the end.
pub fn decision(paper: &DecisionPaper) -> Document {
    let mut document = paper.issuer.begins(Some(&paper.number), paper.signed_on, "Quyết định", paper.title.clone());
    if let Some(remark) = paper.remark {
        document.blocks.push(Block::Paragraph(vec![Run::italic(remark)]));
    }
    let basis = "Căn cứ Điều lệ Đảng Cộng sản Việt Nam và các quy định của Trung ương về thi hành Điều lệ Đảng;";
    document.blocks.push(Block::bullets([
        basis.to_owned(),
        "Xét yêu cầu nhiệm vụ, số lượng đảng viên và đề nghị của các tổ chức đảng có liên quan,".to_owned(),
    ]));
    document.blocks.push(Block::Title(format!("{} QUYẾT ĐỊNH:", paper.issuer.name.to_uppercase())));
    for no in 0..7 {
        let acts: Vec<&Act> = paper.acts.iter().filter(|act| act.article().0 == no).collect();
        article(&acts, &mut document);
    }
    if paper.acts.iter().any(Act::hands_over) {
        document.blocks.push(Block::article(
            "Các tổ chức đảng có liên quan bàn giao danh sách và hồ sơ đảng viên, sổ sách, tài sản, con dấu và lập biên \
             bản bàn giao theo quy định.",
        ));
    }
    document.blocks.push(Block::article(format!(
        "Quyết định này có hiệu lực từ {}. Các tổ chức đảng có tên tại Quyết định này và các cơ quan tham mưu, giúp việc \
         chịu trách nhiệm thi hành.",
        long_day(paper.effective_on)
    )));
    let last = document.blocks.iter().filter(|block| matches!(block, Block::Article(_))).count();
    let recipients =
        vec!["Cấp ủy cấp trên (để báo cáo),".to_owned(), format!("Như Điều {last},"), "Lưu Văn phòng.".to_owned()];
    document.closing = Closing::Signed { recipients, signature: paper.issuer.signs() };
    document
}

/// The article about all acts of one kind.
fn article(acts: &[&Act], document: &mut Document) {
    match acts {
        [] => {}
        [act] => document.blocks.push(Block::article(format!("{}.", sentence(&act.says())))),
        [first, ..] if acts.len() <= FEW => {
            document.blocks.push(Block::article(format!("{}:", first.article().1)));
            let (last, all) = (acts.len() - 1, acts.iter().enumerate());
            let item = |(at, act): (usize, &&Act)| {
                let mark = if at == last { "." } else { ";" };
                format!("{}{mark}", sentence(&act.says()))
            };
            document.blocks.push(Block::bullets(all.map(item)));
        }
        [first, ..] => {
            let (what, many) = (first.article().1, count(acts.len() as i64));
            document.blocks.push(Block::article(format!("{what} ({many} trường hợp, có danh sách kèm theo).")));
            let columns = vec![TableColumn::centred("TT", 1), TableColumn::new("Nội dung", 11)];
            let row = |(at, act): (usize, &&Act)| vec![count(at as i64 + 1), sentence(&act.says())];
            let rows = acts.iter().enumerate().map(row).collect();
            document.annex.push(Block::Title(format!("DANH SÁCH\n{what}")));
            document.annex.push(Block::Table(Table { rows, ..Table::new(columns) }));
        }
    }
}
