//! Charts drawn on the server as SVG: no script, no style attribute, colours by class, every chart with its table.
//!
//! A chart is drawn for the width it gets, so that its text stays at 12–14 px: the page carries two or three drawings
//! and the style sheet shows the one that fits ([`Chart::drawings`]). Words come in already translated and numbers go
//! through the caller's format. Values are counts or shares: what is negative or not a number is drawn as zero.

mod bars;
mod compare;
mod dots;
mod draw;
mod figure;
mod heat;
mod line;
mod pyramid;
mod treemap;

pub use bars::Bars;
pub use compare::{Compare, CompareRow, Layout};
pub use dots::{Dot, DotMap, DotSeries, Part};
pub use figure::{Figure, push_table};
pub use heat::{Heat, HeatCell, HeatRow};
pub use line::{Line, Point, Tick};
pub use pyramid::{AgeBand, Pyramid};
pub use treemap::Treemap;

/// How a value is written, for example `248736` as `248.736`.
pub type Format<'a> = &'a (dyn Fn(f64) -> String + 'a);

/// The width a drawing is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 328 CSS pixels: a phone, or a narrow column.
    Narrow,
    /// 560 CSS pixels: half a desk screen.
    Wide,
    /// 1040 CSS pixels: the whole row of a desk screen.
    Full,
}

impl Width {
    /// Width in CSS pixels, which is also the width of the view box.
    pub const fn px(self) -> f64 {
        match self {
            Self::Narrow => 328.0,
            Self::Wide => 560.0,
            Self::Full => 1040.0,
        }
    }

    /// Class by which the style sheet shows the one drawing that fits.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Narrow => "only-narrow",
            Self::Wide => "only-wide",
            Self::Full => "only-full",
        }
    }
}

/// What a chart is called, for those who see it and those who hear it.
#[derive(Debug, Clone, Default)]
pub struct Caption {
    /// Name of the chart; also the caption of its table.
    pub title: String,
    /// One or two sentences saying what it shows; may be empty.
    pub desc: String,
    /// What stands in place of the drawing when there is nothing to draw.
    pub empty: String,
}

impl Caption {
    /// A caption from its three texts: title, description, sentence for an empty chart.
    pub fn new(title: impl Into<String>, desc: impl Into<String>, empty: impl Into<String>) -> Self {
        Self { title: title.into(), desc: desc.into(), empty: empty.into() }
    }
}

/// One named value, with the list behind it.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// Name, cut with “…” where it does not fit; the tooltip and the table keep it whole.
    pub label: String,
    /// The value.
    pub value: f64,
    /// Address of what the value counts.
    pub href: Option<String>,
}

impl Bar {
    /// A value without a link.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self { label: label.into(), value, href: None }
    }

    /// The same value, leading to `href`.
    #[must_use]
    pub fn to(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }
}

/// One cell of a chart's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartCell {
    /// The text as shown.
    pub text: String,
    /// Whether it is a number (aligned right).
    pub number: bool,
    /// Address of what the number counts.
    pub href: Option<String>,
}

/// The table beneath a chart, printed inside `<details class="more">`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartTable {
    /// Caption of the table.
    pub caption: String,
    /// Column heads, the first for the row names; may be empty texts.
    pub columns: Vec<String>,
    /// Rows; the first cell of each is its name.
    pub rows: Vec<Vec<ChartCell>>,
}

impl ChartCell {
    fn name(text: &str) -> Self {
        Self { text: text.to_owned(), number: false, href: None }
    }

    fn number(text: String, href: Option<&String>) -> Self {
        Self { text, number: true, href: href.cloned() }
    }
}

/// What every chart can do.
pub trait Chart {
    /// The drawing for one width: a complete `<svg>` element.
    fn svg(&self, width: Width) -> String;

    /// The same figures as a table, nothing rounded away or cut.
    fn table(&self) -> ChartTable;

    /// Both drawings for a card, to be put into `<figure class="chart">`.
    fn drawings(&self) -> String {
        [Width::Narrow, Width::Wide].map(|width| self.svg(width)).concat()
    }

    /// The three drawings for a whole row, to be put into `<figure class="chart full">`.
    fn drawings_full(&self) -> String {
        [Width::Narrow, Width::Wide, Width::Full].map(|width| self.svg(width)).concat()
    }
}

/// The table of charts that hold one value per name.
fn two_columns(caption: &Caption, columns: &[String; 2], bars: &[Bar], format: Format<'_>) -> ChartTable {
    let row = |bar: &Bar| {
        vec![ChartCell::name(&bar.label), ChartCell::number(format(draw::clean(bar.value)), bar.href.as_ref())]
    };
    ChartTable { caption: caption.title.clone(), columns: columns.to_vec(), rows: bars.iter().map(row).collect() }
}

#[cfg(test)]
mod check;
