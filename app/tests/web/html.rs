//! Just enough of an HTML reader to say which elements and attributes a browser would see.

use chibo_web::Pairs;

/// An element as written: name, attributes decoded.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The opening tags of a page, in order; text inside `script` and `style` is skipped as a browser does.
pub fn tags(page: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let first = rest.chars().next().unwrap_or(' ');
        if !first.is_ascii_alphabetic() {
            continue;
        }
        let (tag, after) = tag(rest);
        rest = after;
        if matches!(tag.name.as_str(), "script" | "style" | "textarea" | "title") {
            let end = format!("</{}", tag.name);
            rest = rest.find(&end).map_or("", |at| &rest[at..]);
        }
        found.push(tag);
    }
    found
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let mut tag = Tag { name: text[..end].to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (tag, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        let end =
            rest[1..].find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c)).map_or(rest.len(), |at| at + 1);
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| *c == '"' || *c == '\'');
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => {
                    after.split_at(after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len()))
                }
            };
        }
        tag.attributes.push((name, decode(value)));
    }
}

/// Text with the five entities we write taken back.
pub fn decode(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// The addresses of a page's links.
pub fn links(page: &str) -> Vec<String> {
    let anchors = tags(page).into_iter().filter(|tag| tag.name == "a");
    anchors.filter_map(|tag| tag.get("href").map(str::to_owned)).collect()
}

/// Links with their text, tags inside left out.
pub fn links_with_text(page: &str) -> Vec<(String, String)> {
    let pieces = page.split("<a ").skip(1);
    let read = |piece: &str| {
        let (_, inside) = piece.split_once('>')?;
        let (inside, _) = inside.split_once("</a>")?;
        let head = &piece[..piece.find('>')?];
        let href = head.split_once("href=\"")?.1.split_once('"')?.0;
        Some((decode(href), decode(&without_tags(inside))))
    };
    pieces.filter_map(read).collect()
}

/// Text without tags.
pub fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out + rest
}

/// Elements our pages are made of.
const ELEMENTS: &str = " html head body meta title link script header footer main nav section aside article div span p h1 h2 h3 h4 \
    ul ol li dl dt dd table caption thead tbody tfoot tr th td colgroup col form fieldset legend label input select option optgroup \
    textarea button details summary figure figcaption a b i em strong small s u code kbd pre br hr wbr abbr time data output progress \
    meter mark sub sup svg g path rect circle line polyline polygon text tspan defs lineargradient stop use title desc img template ins del q blockquote cite ";

/// What a browser would do with a page that it must not: run, leave, embed.
pub fn dangers(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(page) {
        if !ELEMENTS.contains(&format!(" {} ", tag.name)) {
            found.push(format!("element <{}>", tag.name));
        }
        if tag.name == "script" && tag.get("src").is_none_or(|src| !src.starts_with("/assets/")) {
            found.push("a script of the page itself".to_owned());
        }
        for (name, value) in &tag.attributes {
            let address = matches!(
                name.as_str(),
                "href" | "src" | "action" | "formaction" | "poster" | "data" | "xlink:href" | "hx-get" | "hx-post"
            );
            let own =
                value.is_empty() || value.starts_with(['?', '#']) || value.starts_with('/') && !value.starts_with("//");
            if address && !own && !value.starts_with("otpauth://") {
                found.push(format!("<{} {name}={value:?}>", tag.name));
            }
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'));
            if name.starts_with("on") || name == "style" || name == "srcdoc" || !plain {
                found.push(format!("attribute {name:?} of <{}>", tag.name));
            }
        }
    }
    found
}

#[test]
fn the_reader_sees_what_a_browser_sees() {
    let page = "<p class=\"a\" hidden>x &lt;b&gt; < 3<!-- <i> --><img src=/x onerror='go()'/><script src=\"/assets/a.js\">if (a<b) {}</script><b>";
    let names: Vec<_> = tags(page).into_iter().map(|tag| tag.name).collect();
    assert_eq!(names, ["p", "img", "script", "b"]);
    assert_eq!(dangers(page), ["attribute \"onerror\" of <img>"]);
    assert_eq!(dangers("<a href=\"javascript:x\">").len(), 1);
    assert_eq!(dangers("<a href=\"//evil\">").len(), 1);
    assert_eq!(dangers("<iframe></iframe><script>1</script>").len(), 2);
    assert_eq!(
        links_with_text("<a href=\"/a?x=1&amp;y\"><b>1.000</b> người</a>"),
        [("/a?x=1&y".to_owned(), "1.000 người".to_owned())]
    );
    assert_eq!(Pairs::parse("a=1").get("a"), "1");
}
