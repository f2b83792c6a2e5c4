//! The printed papers: introduction (giấy giới thiệu sinh hoạt đảng), notice (phiếu báo chuyển sinh hoạt, Mẫu 1-SHĐ),
//! receipt (phiếu báo đã tiếp nhận).

use chibo_kernel::Day;
use chibo_members::Printed;
use chibo_papers::document::{Block, Closing, DOTS, Document, Issuer, Run, Table, TableColumn, long_day};

use crate::rules::{Carried, Item, Kind, Purpose, Span};

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// With its boxes.
    Introduction,
    /// To the receivers, that somebody is on the way.
    Notice,
    /// Back to the sender, that he arrived.
    Receipt,
    /// Back to the sender, that he was struck off on the way (TRF-12).
    StruckOff,
}

impl Sort {
    /// All.
    pub const ALL: [Self; 4] = [Self::Introduction, Self::Notice, Self::Receipt, Self::StruckOff];

    /// Code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Introduction => "introduction",
            Self::Notice => "notice",
            Self::Receipt => "receipt",
            Self::StruckOff => "struck-off",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Introduction => "transfers-paper-introduction",
            Self::Notice => "transfers-paper-notice",
            Self::Receipt => "transfers-paper-receipt",
            Self::StruckOff => "transfers-paper-struck-off",
        }
    }

    /// Beginning of the file's name.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Introduction => "giay-gioi-thieu",
            Self::Notice => "phieu-bao",
            Self::Receipt => "phieu-tiep-nhan",
            Self::StruckOff => "thong-bao-xoa-ten",
        }
    }
}

/// A box as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Boxed {
    /// Who signs.
    pub signer: String,
    /// On which day, once it was signed.
    pub on: Option<Day>,
    /// Number of the paper in this box.
    pub number: String,
}

/// A striking-off on the way (TRF-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Struck {
    /// The receiving committee.
    pub body: String,
    /// What stands above it.
    pub above: String,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub on: Day,
    /// Why.
    pub ground: String,
}

/// What a paper is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paper {
    /// Which.
    pub sort: Sort,
    /// What kind of transfer.
    pub kind: Kind,
    /// Who goes.
    pub member: Printed,
    /// Where from.
    pub from: String,
    /// What stands above it, for the heading; may be empty.
    pub above_from: String,
    /// Where to.
    pub to: String,
    /// What stands above it; empty for outside.
    pub above_to: String,
    /// Its boxes.
    pub boxes: Vec<Boxed>,
    /// The day of the introduction, once it was made.
    pub introduced: Option<Day>,
    /// The day the member arrived.
    pub arrived: Option<Day>,
    /// Why.
    pub reason: String,
    /// What is carried.
    pub carried: Carried,
    /// The decision that struck him off: its body, number, day, ground.
    pub struck: Option<Struck>,
    /// The time of a stay.
    pub span: Option<Span>,
    /// Day of printing.
    pub made_on: Day,
}

/// The paper.
pub(crate) fn document(paper: &Paper) -> Document {
    match paper.sort {
        Sort::Introduction => introduction(paper),
        Sort::Notice => notice(paper),
        Sort::Receipt => receipt(paper),
        Sort::StruckOff => struck_off(paper),
    }
}

/// Several papers in one document, each on a new page under its own title: for offices that edit before they sign.
pub(crate) fn together(title: &str, papers: &[Paper]) -> Document {
    let mut all = papers.iter().map(document);
    let Some(mut whole) = all.next() else { return Document::default() };
    title.clone_into(&mut whole.title);
    for next in all {
        let number = [next.heading.issuer.to_uppercase(), next.heading.number.clone()];
        let number: Vec<_> = number.into_iter().filter(|text| !text.is_empty()).collect();
        let signed = sign(&next.closing);
        whole.annex.push(Block::text(number.join(" – ")));
        whole.annex.push(Block::Title(format!("{}\n{}", next.kind.to_uppercase(), next.subject)));
        whole.annex.extend(next.blocks);
        whole.annex.push(Block::Title(format!("{signed}\n\n\n")));
        whole.annex.push(Block::PageBreak);
    }
    if whole.annex.last() == Some(&Block::PageBreak) {
        whole.annex.pop();
    }
    whole
}

fn sign(closing: &Closing) -> String {
    match closing {
        Closing::Signed { signature, .. } => signature.on_behalf.clone(),
        _ => String::new(),
    }
}

fn dots(text: &str) -> String {
    if text.is_empty() { DOTS.to_owned() } else { text.to_owned() }
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(|| DOTS.to_owned(), |day| day.to_string())
}

/// A line "what: value", the value in bold.
fn line(what: &str, value: &str) -> Block {
    Block::Paragraph(vec![Run::plain(format!("{what}: ")), Run::bold(dots(value))])
}

fn about(paper: &Paper) -> Vec<Block> {
    let member = &paper.member;
    let mut lines = vec![
        line("Đồng chí", &member.name),
        line("Sinh ngày", &member.birth),
        line("Quê quán", &member.home_town),
        line("Vào Đảng ngày", &day(member.admitted)),
        line("Chính thức ngày", &day(member.official)),
    ];
    if !member.file_no.is_empty() {
        lines.push(line("Số lý lịch đảng viên", &member.file_no));
    }
    lines
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Work => "công tác, làm việc",
        Purpose::Residence => "thay đổi nơi cư trú",
        Purpose::Study => "học tập",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Inside | Kind::Outside | Kind::Incoming => "chuyển sinh hoạt đảng chính thức",
        Kind::Temporary | Kind::TemporaryOutside => "chuyển sinh hoạt đảng tạm thời",
        Kind::Abroad => "chuyển sinh hoạt đảng chính thức ra nước ngoài",
        Kind::TemporaryAbroad => "chuyển sinh hoạt đảng tạm thời ra nước ngoài",
    }
}

/// The number of the first box; `None` of the papers' own numbers is left to be filled in.
fn number(paper: &Paper) -> &str {
    paper.boxes.first().map_or("", |first| first.number.as_str())
}

fn introduction(paper: &Paper) -> Document {
    let issuer = Issuer { superior: paper.above_from.clone(), name: paper.from.clone() };
    let next = paper.boxes.get(1).map_or(paper.to.as_str(), |second| second.signer.as_str());
    let mut blocks = vec![line("Kính gửi", next)];
    blocks.extend(about(paper));
    blocks.push(line("Đang sinh hoạt tại", &paper.from));
    blocks.push(line("Được giới thiệu đến sinh hoạt tại", &paper.to));
    if let Some(span) = paper.span {
        let time = format!("từ ngày {} đến ngày {}", span.from, span.until);
        blocks.push(line("Thời gian sinh hoạt tạm thời", &format!("{time}, {}", purpose(span.purpose))));
        blocks.push(Block::text(
            "Trong thời gian này đồng chí đóng đảng phí tại nơi sinh hoạt tạm thời; chi bộ nơi đi tính đảng viên số.",
        ));
    }
    blocks.push(line("Lý do", &paper.reason));
    let fee = paper.carried.fee_through.map_or_else(String::new, |month| {
        let (year, month, _) = month.ymd();
        format!("{month:02}/{year}")
    });
    blocks.push(line("Đã đóng đảng phí đến hết tháng", &fee));
    blocks.push(Block::text("Hồ sơ, tài liệu kèm theo:"));
    blocks.push(Block::bullets(carried(paper)));
    blocks.push(boxes(paper));
    let closing = Closing::Signed { recipients: Vec::new(), signature: issuer.signs() };
    let title = format!("Giấy giới thiệu sinh hoạt đảng – {}", paper.member.name);
    let made = paper.boxes.first().and_then(|first| first.on);
    let begun = issuer.begins(Some(number(paper)), made, "Giấy giới thiệu", kind(paper.kind).to_owned());
    Document { title, blocks, closing, ..begun }
}

fn carried(paper: &Paper) -> Vec<String> {
    let text = |item| match item {
        Item::Sheet => "Phiếu đảng viên",
        Item::Card => "Thẻ đảng viên",
        Item::Dossier => "Hồ sơ đảng viên đã niêm phong",
        Item::Index => "Mục lục hồ sơ có xác nhận",
        Item::Review => "Bản tự kiểm điểm có nhận xét của chi bộ",
        Item::Notices => "Phiếu báo (2 bản)",
    };
    let mark = |item| if paper.carried.has(item) { "có" } else { DOTS };
    let fits = Item::ALL.into_iter().filter(|item| item.goes_with(paper.kind));
    fits.map(|item| format!("{}: {}", text(item), mark(item))).collect()
}

/// The boxes: number, who signs, day, room for the seal.
fn boxes(paper: &Paper) -> Block {
    let columns = vec![
        TableColumn::centred("Ô", 1),
        TableColumn::new("Cấp ủy giới thiệu, tiếp nhận", 8),
        TableColumn::centred("Ngày ký", 3),
        TableColumn::centred("Số", 3),
        TableColumn::new("Ký tên, đóng dấu", 5),
    ];
    let row = |(at, one): (usize, &Boxed)| {
        let on = one.on.map_or_else(String::new, |on| on.to_string());
        vec![(at + 1).to_string(), one.signer.clone(), on, one.number.clone(), "\n\n".to_owned()]
    };
    Block::Table(Table { rows: paper.boxes.iter().enumerate().map(row).collect(), ..Table::new(columns) })
}

fn notice(paper: &Paper) -> Document {
    let issuer = Issuer { superior: paper.above_from.clone(), name: paper.from.clone() };
    let mut blocks = vec![line("Kính gửi", &paper.to)];
    blocks.extend(
        [paper.above_to.as_str()]
            .into_iter()
            .filter(|above| !above.is_empty())
            .map(|above| line("Đồng kính gửi", above)),
    );
    blocks.extend(about(paper));
    blocks.push(line("Đã được giới thiệu chuyển sinh hoạt từ", &paper.from));
    blocks.push(line("Đến", &paper.to));
    let introduced = paper.introduced.map_or_else(|| DOTS.to_owned(), long_day);
    blocks.push(Block::text(format!("Giấy giới thiệu số {}, {introduced}.", dots(number(paper)))));
    blocks.push(Block::text(
        "Đề nghị cấp ủy nơi đến theo dõi. Khi đảng viên đến nộp giấy giới thiệu, gửi lại phiếu báo đã tiếp nhận; nếu quá 30 \
         ngày làm việc chưa đến, báo cho nơi giới thiệu.",
    ));
    let recipients = vec!["Như trên".to_owned(), "Lưu hồ sơ".to_owned()];
    let closing = Closing::Signed { recipients, signature: issuer.signs() };
    let title = format!("Phiếu báo chuyển sinh hoạt – {}", paper.member.name);
    let subject = kind(paper.kind).to_owned();
    let mut begun = issuer.begins(Some(""), Some(paper.made_on), "Phiếu báo", subject);
    "Mẫu 1-SHĐ".clone_into(&mut begun.heading.form);
    Document { title, blocks, closing, ..begun }
}

fn receipt(paper: &Paper) -> Document {
    let issuer = Issuer { superior: paper.above_to.clone(), name: paper.to.clone() };
    let mut blocks = vec![line("Kính gửi", &paper.from)];
    blocks.extend(about(paper));
    let arrived = paper.arrived.map_or_else(|| DOTS.to_owned(), long_day);
    blocks.push(Block::text(format!("Đã nộp giấy giới thiệu và được tiếp nhận, {arrived}.")));
    blocks.push(line("Hiện sinh hoạt tại", &paper.to));
    if let Some(span) = paper.span {
        blocks.push(line("Thời hạn sinh hoạt tạm thời đến ngày", &span.until.to_string()));
    }
    let recipients = vec!["Như trên".to_owned(), "Lưu hồ sơ".to_owned()];
    let closing = Closing::Signed { recipients, signature: issuer.signs() };
    let title = format!("Phiếu báo đã tiếp nhận – {}", paper.member.name);
    let subject = "đã tiếp nhận đảng viên chuyển sinh hoạt đến".to_owned();
    Document { title, blocks, closing, ..issuer.begins(Some(""), Some(paper.made_on), "Phiếu báo", subject) }
}

/// The receiving committee tells the sender (TRF-12).
fn struck_off(paper: &Paper) -> Document {
    let Some(struck) = &paper.struck else { return Document::default() };
    let issuer = Issuer { superior: struck.above.clone(), name: struck.body.clone() };
    let mut blocks = vec![line("Kính gửi", &paper.from)];
    blocks.extend(about(paper));
    let introduced = paper.introduced.map_or_else(|| DOTS.to_owned(), long_day);
    blocks.push(Block::text(format!(
        "Được giới thiệu chuyển sinh hoạt đến {}, {introduced}. Quá ba tháng đồng chí không nộp giấy giới thiệu sinh hoạt \
         đảng và không có lý do chính đáng.",
        dots(&paper.to)
    )));
    blocks.push(line("Kết quả xác minh", &struck.ground));
    blocks.push(Block::text(format!(
        "{} đã quyết định xóa tên đồng chí trong danh sách đảng viên (Quyết định số {}, {}). Đề nghị cấp ủy nơi giới thiệu \
         cập nhật danh sách, thu hồi thẻ đảng viên và lưu hồ sơ theo quy định.",
        struck.body,
        dots(&struck.number),
        long_day(struck.on)
    )));
    let recipients = vec!["Như trên".to_owned(), "Lưu hồ sơ".to_owned()];
    let closing = Closing::Signed { recipients, signature: issuer.signs() };
    let title = format!("Thông báo xóa tên đảng viên – {}", paper.member.name);
    let subject = "xóa tên đảng viên tự ý bỏ sinh hoạt".to_owned();
    Document { title, blocks, closing, ..issuer.begins(Some(""), Some(paper.made_on), "Thông báo", subject) }
}

#[cfg(test)]
#[path = "papers_tests.rs"]
mod tests;
