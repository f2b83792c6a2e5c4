//! Official documents (văn bản của Đảng) as PDF and DOCX, in the layout of DPD-40 and DPD-41.
//!
//! Tour: a [`Document`] says what stands on the paper, `letter` begins one under its letter-head; `body` puts it in one
//! order for both writers; `lines` breaks it into lines, `layout` and `table` into pages; `reading` keeps the order in
//! which it is read aloud; `pdf` and `docx` write. Official documents are Vietnamese whatever
//! language their maker reads, so their fixed words stand here and not in `locales/`.

mod body;
mod docx;
mod faces;
mod layout;
mod letter;
mod lines;
mod paper;
mod pdf;
mod reading;
mod table;
#[cfg(test)]
mod tests;

pub use docx::{bound_docx, to_docx};
pub use faces::Fonts;
pub use letter::{DOTS, Issuer, long_day, open_day, symbol, term_text};
pub use paper::Paper;
pub use pdf::{bound_pdf, to_pdf};

/// Media type of a PDF file.
pub const PDF: &str = "application/pdf";
/// Media type of a DOCX file.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A document, ready to be laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Title in the file's properties; not printed.
    pub title: String,
    /// Size and margins.
    pub paper: Paper,
    /// What stands on top.
    pub heading: Heading,
    /// Type of the document (tên loại văn bản), for example "Quyết định"; printed in bold capitals.
    pub kind: String,
    /// What it is about (trích yếu); bold under the type.
    pub subject: String,
    /// The content.
    pub blocks: Vec<Block>,
    /// What stands below the content.
    pub closing: Closing,
    /// Lists that belong to the document (phụ lục), on new pages after the signature.
    pub annex: Vec<Block>,
}

/// The heading (tiêu đề): who issues, under which number, where and when (DPD-40).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Mark of a printed form, for example `Mẫu 01-TCĐ`; small above everything. Empty for papers without a form.
    pub form: String,
    /// The organisation above; printed in capitals. Empty for none.
    pub superior: String,
    /// The issuing organisation; printed in bold capitals.
    pub issuer: String,
    /// Number and symbol as printed, for example `Số 05-QĐ/ĐU`; empty for documents without a number.
    pub number: String,
    /// Place and date as printed; italic.
    pub dated: String,
}

/// A part of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading inside the content; bold, centred.
    Title(String),
    /// A paragraph, first line indented.
    Paragraph(Vec<Run>),
    /// An article (điều); "Điều 1." and so on is put before it in the order of the document.
    Article(Vec<Run>),
    /// A list, each item after a dash.
    Bullets(Vec<Vec<Run>>),
    /// A table.
    Table(Table),
    /// Empty space, points. On the pages of a PDF what does not fit, and what would stand at the top, is left out.
    Space(u16),
    /// What follows begins on a new page.
    PageBreak,
}

impl Block {
    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Run::plain(text)])
    }

    /// An article of plain text.
    pub fn article(text: impl Into<String>) -> Self {
        Self::Article(vec![Run::plain(text)])
    }

    /// A list of plain texts.
    pub fn bullets(items: impl IntoIterator<Item = String>) -> Self {
        Self::Bullets(items.into_iter().map(|item| vec![Run::plain(item)]).collect())
    }
}

/// Text of one look. A line feed in it begins a new line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

impl Run {
    /// Upright text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, italic: false }
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true, italic: false }
    }

    /// Italic text.
    pub fn italic(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, italic: true }
    }
}

/// Where a text stands between its left and right edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// From edge to edge, except the last line.
    Justified,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Heading; repeated on every page. A table whose headings are all empty has no heading row.
    pub title: String,
    /// Width in relation to the other columns.
    pub width: u16,
    /// Where the values stand.
    pub align: Align,
}

impl TableColumn {
    /// A column of texts.
    pub fn new(title: impl Into<String>, width: u16) -> Self {
        Self { title: title.into(), width, align: Align::Left }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>, width: u16) -> Self {
        Self { align: Align::Right, ..Self::new(title, width) }
    }

    /// A column of short marks, as the running number.
    pub fn centred(title: impl Into<String>, width: u16) -> Self {
        Self { align: Align::Centre, ..Self::new(title, width) }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// Its rows; a missing cell is empty, a cell beyond the columns is not printed.
    pub rows: Vec<Vec<String>>,
    /// The last row is a sum; printed bold.
    pub totalled: bool,
}

impl Table {
    /// An empty table.
    pub fn new(columns: Vec<TableColumn>) -> Self {
        Self { columns, ..Self::default() }
    }
}

/// Who signs (DPD-44).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// For whom, for example `T/M BAN THƯỜNG VỤ`; bold. May be empty.
    pub on_behalf: String,
    /// As what, for example `BÍ THƯ`. May be empty.
    pub position: String,
    /// Full name without title or degree; empty when it is not known yet.
    pub name: String,
}

/// What stands below the content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Closing {
    /// Nothing.
    #[default]
    Open,
    /// Distribution list (nơi nhận) on the left, signature on the right.
    Signed {
        /// Who receives it; the last line says where it is kept ("Lưu …"; DPD-41).
        recipients: Vec<String>,
        /// Who signs.
        signature: Signature,
    },
    /// Two parties sign side by side, as under minutes.
    TwoSides {
        /// On the left.
        left: Signature,
        /// On the right.
        right: Signature,
    },
}
