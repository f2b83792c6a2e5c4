//! The pen all charts draw with: escaped text, finite coordinates, names and links.

use super::{Caption, Width};
use std::fmt::Write as _;

/// Size of text in a drawing, CSS pixels (charts.css says the same).
pub(super) const TEXT: f64 = 12.5;
/// Smallest side of a linked area, CSS pixels (WCAG 2.5.8).
pub(super) const TARGET: f64 = 24.0;

/// A value that can be drawn: finite and not negative.
pub(super) fn clean(value: f64) -> f64 {
    if value.is_finite() && value > 0.0 { value } else { 0.0 }
}

/// Text made safe for element content and for attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // control characters are not allowed in XML
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// About how wide a text is, CSS pixels; a little generous, so that neighbours never touch.
pub(super) fn text_width(text: &str) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            ' ' | '.' | ',' | ':' | 'i' | 'j' | 'l' | 'I' | '\'' | '’' | '|' | '(' | ')' => 0.32,
            't' | 'f' | 'r' | '-' | '/' => 0.42,
            'm' | 'w' | 'M' | 'W' | '%' | '…' | '—' => 0.95,
            c if c.is_ascii_digit() => 0.59,
            c if c.is_uppercase() => 0.72,
            _ => 0.61,
        })
        .sum();
    em * TEXT
}

/// The text, cut with “…” so that it fits into `room` pixels; empty when not even one letter fits.
pub(super) fn fit(text: &str, room: f64) -> String {
    if text_width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = text_width("…");
    for c in text.chars() {
        used += text_width(c.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        out.push(c);
    }
    let cut = out.trim_end();
    if cut.is_empty() { String::new() } else { format!("{cut}…") }
}

/// The widest of some texts, CSS pixels.
pub(super) fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> f64 {
    texts.map(text_width).fold(0.0, f64::max)
}

/// A coordinate with one decimal; never `NaN`, never `-0`.
fn coordinate(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.is_finite() && rounded != 0.0 { rounded } else { 0.0 }
}

/// A drawing under way.
pub(super) struct Canvas {
    /// What it is drawn for.
    pub width: Width,
    /// Height of the view box, CSS pixels.
    pub height: f64,
    body: String,
    linked: bool,
}

impl Canvas {
    pub fn new(width: Width, height: f64) -> Self {
        Self { width, height, body: String::new(), linked: false }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // writing to a String cannot fail
        let _ = self.body.write_fmt(text);
    }

    pub fn rect(&mut self, class: &str, x: f64, y: f64, w: f64, h: f64) {
        let [x, y, w, h] = [x, y, w.max(0.0), h.max(0.0)].map(coordinate);
        self.put(format_args!(r#"<rect class="{class}" x="{x}" y="{y}" width="{w}" height="{h}"/>"#));
    }

    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(coordinate);
        self.put(format_args!(r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#));
    }

    pub fn dot(&mut self, x: f64, y: f64) {
        let [x, y] = [x, y].map(coordinate);
        self.put(format_args!(r#"<circle class="dot" cx="{x}" cy="{y}" r="4"/>"#));
    }

    pub fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        self.put(format_args!(r#"<path class="{class}" d=""#));
        for (i, &(x, y)) in points.iter().enumerate() {
            let pen = if i == 0 { 'M' } else { 'L' };
            self.put(format_args!("{pen}{} {}", coordinate(x), coordinate(y)));
        }
        self.put(format_args!(r#""/>"#));
    }

    /// `y` is the baseline. Classes `e` and `m` anchor at the end and the middle.
    pub fn text(&mut self, class: &str, x: f64, y: f64, text: &str) {
        if text.is_empty() {
            return;
        }
        let ([x, y], text) = ([x, y].map(coordinate), escape(text));
        let class = if class.is_empty() { String::new() } else { format!(r#" class="{class}""#) };
        self.put(format_args!(r#"<text{class} x="{x}" y="{y}">{text}</text>"#));
    }

    /// One thing with a name: a link where there is an address, with the name as tooltip either way.
    pub fn item(&mut self, href: Option<&str>, name: &str, draw: impl FnOnce(&mut Self)) {
        let name = escape(name);
        if let Some(href) = href {
            self.linked = true;
            self.put(format_args!(r#"<a href="{}" aria-label="{name}"><title>{name}</title>"#, escape(href)));
            draw(self);
            self.body.push_str("</a>");
        } else {
            self.put(format_args!("<g><title>{name}</title>"));
            draw(self);
            self.body.push_str("</g>");
        }
    }

    /// The finished element. With links inside it is a group, for the content of an image is not reachable.
    pub fn finish(self, caption: &Caption) -> String {
        let Self { width, height, body, linked } = self;
        let role = if linked { "group" } else { "img" };
        let title = escape(&caption.title);
        let desc =
            if caption.desc.is_empty() { String::new() } else { format!("<desc>{}</desc>", escape(&caption.desc)) };
        format!(
            r#"<svg class="{}" viewBox="0 0 {} {}" role="{role}" aria-label="{title}"><title>{title}</title>{desc}{body}</svg>"#,
            width.class(),
            width.px(),
            coordinate(height),
        )
    }
}

/// The drawing of nothing: one sentence.
pub(super) fn empty(width: Width, caption: &Caption) -> String {
    let mut canvas = Canvas::new(width, 48.0);
    canvas.text("", 0.0, 28.0, &fit(&caption.empty, width.px()));
    canvas.finish(caption)
}

/// A few names with their colours, in as many lines as they need; returns the height used.
pub(super) fn legend(canvas: &mut Canvas, names: &[String], top: f64) -> f64 {
    let room = canvas.width.px();
    let (mut x, mut y) = (0.0, top);
    for (i, name) in names.iter().enumerate() {
        let text = fit(name, room - 20.0);
        let wide = 18.0 + text_width(&text);
        if x > 0.0 && x + wide > room {
            (x, y) = (0.0, y + 20.0);
        }
        canvas.rect(fill(i), x, y + 3.0, 11.0, 11.0);
        canvas.text("", x + 17.0, y + 13.0, &text);
        x += wide + 16.0;
    }
    y - top + 24.0
}

/// The colour of the `i`-th series: blue, red, gold, green, violet, grey.
pub(super) fn fill(i: usize) -> &'static str {
    ["f3", "f1", "f2", "f4", "f5", "f6"][i % 6]
}

/// The class of text that is readable on a colour.
pub(super) fn ink_on(fill: &str) -> &'static str {
    if matches!(fill, "f2" | "h0" | "h1" | "h2" | "h3") { "on2" } else { "on" }
}
