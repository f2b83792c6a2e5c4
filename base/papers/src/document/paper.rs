//! Size and margins of the paper, in the units of both writers.

/// Paper and margins, millimetres.
///
/// The default is A4 with 20 mm above and below, 30 mm left, 15 mm right (DPD-41). These margins are an assumption: we
/// know them at second hand only, and older papers used 25, 25, 35 and 15 mm. An office that is told otherwise passes
/// its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
    /// Margin above.
    pub top: u16,
    /// Margin below.
    pub bottom: u16,
    /// Margin at the left.
    pub left: u16,
    /// Margin at the right.
    pub right: u16,
}

impl Default for Paper {
    fn default() -> Self {
        Self { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15 }
    }
}

/// Least width and height that is written on, millimetres: text always finds a place, whatever the margins say.
const LEAST: u16 = 60;

impl Paper {
    /// Width between the margins, millimetres.
    pub(crate) fn inner_width(&self) -> u16 {
        self.width.saturating_sub(self.left).saturating_sub(self.right).max(LEAST)
    }

    /// Height between the margins, millimetres.
    pub(crate) fn inner_height(&self) -> u16 {
        self.height.saturating_sub(self.top).saturating_sub(self.bottom).max(LEAST)
    }
}

/// Millimetres as points of PDF.
pub(crate) fn points(mm: u16) -> f32 {
    f32::from(mm) * 72.0 / 25.4
}

/// Millimetres as twentieths of a point of DOCX, rounded.
pub(crate) fn twips(mm: u16) -> u32 {
    (u32::from(mm) * 14_400 + 127) / 254
}
