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

/// The text in at most `lines` lines of `room` pixels, broken between words; the last one is cut where need be.
pub(super) fn wrap(text: &str, room: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if breaks_before(line, word, room) => out.push(word.to_owned()),
            Some(line) => *line = format!("{line} {word}"),
            None => out.push(word.to_owned()),
        }
    }
    if out.len() > lines.max(1) {
        let rest = out.split_off(lines.max(1) - 1).join(" ");
        out.push(rest);
    }
    out.iter().map(|line| fit(line, room)).filter(|line| !line.is_empty()).collect()
}

fn breaks_before(line: &str, word: &str, room: f64) -> bool {
    text_width(line) + text_width(" ") + text_width(word) > room
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
    inside_link: bool,
}

impl Canvas {
    pub fn new(width: Width, height: f64) -> Self {
        Self { width, height, body: String::new(), linked: false, inside_link: false }
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

    /// `y` is the baseline. Classes `e` and `m` anchor at the end and the middle; `v` is a value, `on` and `on2` stand
    /// on a colour. Any other text of a link is shown as one.
    pub fn text(&mut self, class: &str, x: f64, y: f64, text: &str) {
        if text.is_empty() {
            return;
        }
        let ([x, y], text) = ([x, y].map(coordinate), escape(text));
        let plain = !class.split(' ').any(|word| matches!(word, "v" | "on" | "on2"));
        let link = if self.inside_link && plain { "u" } else { "" };
        let class = match (class, link) {
            ("", "") => String::new(),
            ("", one) | (one, "") => format!(r#" class="{one}""#),
            (one, two) => format!(r#" class="{one} {two}""#),
        };
        self.put(format_args!(r#"<text{class} x="{x}" y="{y}">{text}</text>"#));
    }

    /// One thing with a name: what is drawn, and over it the area `hit` (x, y, width, height) that carries the tooltip
    /// and, where there is an address, the link. The words drawn are hidden from readers: the name says them whole.
    pub fn item(&mut self, href: Option<&str>, name: &str, hit: [f64; 4], draw: impl FnOnce(&mut Self)) {
        let name = escape(name);
        self.linked |= href.is_some();
        self.inside_link = href.is_some();
        self.body.push_str(r#"<g aria-hidden="true">"#);
        draw(self);
        self.body.push_str("</g>");
        self.inside_link = false;
        let end = if let Some(href) = href {
            self.put(format_args!(r#"<a href="{}" aria-label="{name}">"#, escape(href)));
            "</a>"
        } else {
            self.body.push_str("<g>");
            "</g>"
        };
        self.put(format_args!("<title>{name}</title>"));
        let [x, y, w, h] = hit;
        self.rect("hit", x, y, w, h);
        self.body.push_str(end);
    }

    /// The finished element. With links inside it is a group, for the content of an image is not reachable.
    pub fn finish(self, caption: &Caption) -> String {
        let Self { width, height, body, linked, .. } = self;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_for_content_and_attributes() {
        assert_eq!(escape("<a href=\"x\">&'\u{0}"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39; ");
    }

    #[test]
    fn a_cut_text_fits_and_says_so() {
        let cut = fit("Đảng bộ phường Tân Sơn Nhì", 90.0);
        assert!(cut.ends_with('…') && text_width(&cut) <= 90.0, "{cut}");
        assert_eq!(fit("Nam", 90.0), "Nam");
        assert_eq!(fit("Nam", 3.0), "");
    }

    #[test]
    fn wrapping_keeps_every_word_until_the_lines_run_out() {
        let text = "Đảng bộ phường Tân Sơn Nhì";
        let lines = wrap(text, 110.0, 9);
        assert!(lines.len() > 1 && lines.iter().all(|line| text_width(line) <= 110.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        let two = wrap(text, 60.0, 2);
        assert!(two.len() == 2 && two[1].ends_with('…'), "{two:?}");
        assert!(wrap("", 60.0, 2).is_empty());
    }

    #[test]
    fn coordinates_are_finite_and_never_minus_zero() {
        assert_eq!(
            [f64::NAN, -0.04, 1.26, f64::INFINITY].map(|v| format!("{}", coordinate(v))),
            ["0", "0", "1.3", "0"]
        );
    }
}
