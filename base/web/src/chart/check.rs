//! What the tests of all charts ask of a drawing.

use super::draw::text_width;
use super::{Caption, ChartTable, Width};

pub fn caption() -> Caption {
    Caption::new("Đảng viên <theo> loại hình", "Mỗi thanh là một loại hình.", "Không có số liệu")
}

pub fn plain(value: f64) -> String {
    format!("{value}")
}

fn attribute(tag: &str, name: &str) -> Option<f64> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"')?.0.parse().ok()
}

/// `[x, y, width, height]` of the rectangles of a class.
pub fn rects(svg: &str, class: &str) -> Vec<[f64; 4]> {
    let tags = svg.split("<rect ").skip(1).filter(|tag| tag.starts_with(&format!("class=\"{class}\"")));
    tags.map(|tag| ["x", "y", "width", "height"].map(|name| attribute(tag, name).unwrap())).collect()
}

/// The sum of a table's numbers, as `plain` wrote them.
pub fn sum(table: &ChartTable) -> f64 {
    table.rows.iter().flatten().filter(|cell| cell.number).filter_map(|cell| cell.text.parse::<f64>().ok()).sum()
}

/// Fails unless the drawing is well formed, free of styles, and inside its view box, texts included.
pub fn assert_sound(svg: &str, width: Width) {
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
    assert!(svg.contains("<title>Đảng viên &lt;theo&gt; loại hình</title><desc>"), "{svg}");
    for wrong in ["NaN", "inf", "style=", "<b>", "\"-0\""] {
        assert!(!svg.contains(wrong), "{wrong} in {svg}");
    }
    for name in ["svg", "g", "a", "text", "title", "desc"] {
        let opened = svg.matches(&format!("<{name} ")).count() + svg.matches(&format!("<{name}>")).count();
        assert_eq!(opened, svg.matches(&format!("</{name}>")).count(), "{name} in {svg}");
    }
    let view = svg.split_once("viewBox=\"0 0 ").unwrap().1.split_once('"').unwrap().0;
    let (w, h) = view.split_once(' ').unwrap();
    let (w, h): (f64, f64) = (w.parse().unwrap(), h.parse().unwrap());
    assert_eq!(w, width.px());
    let inside = |x: f64, y: f64, tag: &str| {
        assert!((-0.2..=w + 0.2).contains(&x) && (-0.2..=h + 0.2).contains(&y), "{x},{y} outside {w}×{h}: {tag}");
    };
    for tag in svg.split('<').filter(|tag| !tag.starts_with("svg")) {
        for (x, y) in [("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")] {
            if let (Some(x), Some(y)) = (attribute(tag, x), attribute(tag, y)) {
                inside(x, y, tag);
                inside(x + attribute(tag, "width").unwrap_or(0.0), y + attribute(tag, "height").unwrap_or(0.0), tag);
            }
        }
        if let Some((head, text)) = tag.strip_prefix("text").and_then(|tag| tag.split_once('>')) {
            let (x, long) = (attribute(head, "x").unwrap(), text_width(&unescape(text)));
            let class = head.split_once("class=\"").map_or("", |(_, rest)| rest.split_once('"').unwrap().0);
            let classes: Vec<&str> = class.split(' ').collect();
            let start = x - if classes.contains(&"e") {
                long
            } else if classes.contains(&"m") {
                long / 2.0
            } else {
                0.0
            };
            inside(start, 0.0, tag);
            inside(start + long, 0.0, tag);
        }
    }
    for numbers in svg.split(" d=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
        let all: Vec<f64> =
            numbers.split(['M', 'L', ' ']).filter(|n| !n.is_empty()).map(|n| n.parse().unwrap()).collect();
        all.chunks(2).for_each(|pair| inside(pair[0], pair[1], numbers));
    }
    for [_, _, wide, high] in svg.split("<a ").skip(1).flat_map(|a| rects(a.split("</a>").next().unwrap(), "hit")) {
        assert!(wide >= 24.0 && high >= 24.0, "target {wide}×{high}");
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
