//! PDF: files that do something when they are opened are refused. A scanner's file holds pictures, nothing else.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Names of a PDF that make it act, or carry other files. Names may be written with `#xx` in place of any letter.
const ACTIVE: [&str; 9] =
    ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData", "XFA"];

/// Most bytes of packed objects that are looked into; a scan has a few thousand.
const MOST_PACKED: u64 = 32 << 20;

/// Whether the file only shows pages: it has an end, no active name, also none among packed objects, and is not locked
/// (what is locked cannot be looked into).
pub(super) fn quiet(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    has(b"%%EOF") && harmless(bytes) && packed(bytes).is_some_and(|inside| harmless(&inside))
}

fn harmless(bytes: &[u8]) -> bool {
    names(bytes).all(|name| !ACTIVE.contains(&name.as_str()) && name != "Encrypt")
}

/// All packed objects (object streams) unpacked; nothing when one cannot be looked into.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    const STREAM: &[u8] = b"stream";
    let mut out = Vec::new();
    let ends = |at: usize| bytes.get(..at).is_some_and(|before| before.ends_with(b"end"));
    let starts = bytes.windows(STREAM.len()).enumerate().filter(|(at, window)| *window == STREAM && !ends(*at));
    for (at, _) in starts {
        let before = bytes.get(..at)?;
        // The dictionary that says what the stream is stands between `obj` and here.
        let from = before.windows(3).rposition(|window| window == b"obj").unwrap_or(0);
        let said: Vec<String> = names(before.get(from..)?).collect();
        if !said.iter().any(|name| name == "ObjStm") {
            continue;
        }
        if said.iter().any(|name| name.ends_with("Decode") && name != "FlateDecode") {
            return None;
        }
        let body = bytes.get(at + STREAM.len()..)?;
        let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        if said.iter().any(|name| name == "FlateDecode") {
            let room = MOST_PACKED.checked_sub(out.len() as u64)?;
            ZlibDecoder::new(body).take(room).read_to_end(&mut out).ok()?;
        }
    }
    ((out.len() as u64) < MOST_PACKED).then_some(out)
}

/// Every name in the bytes, `#xx` undone.
fn names(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    starts.map(|at| {
        let mut name = String::new();
        let mut rest = bytes.get(at..).unwrap_or_default();
        // No name that matters is longer.
        while let Some((first, after)) = rest.split_first().filter(|_| name.len() < 24) {
            let coded = after.first_chunk::<2>().and_then(|two| std::str::from_utf8(two).ok());
            let coded = coded.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'#');
            match coded {
                Some(byte) => {
                    name.push(char::from(byte));
                    rest = after.get(2..).unwrap_or_default();
                }
                None if first.is_ascii_alphanumeric() || matches!(first, b'-' | b'_' | b'.') => {
                    name.push(char::from(*first));
                    rest = after;
                }
                None => break,
            }
        }
        name
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn files_that_act_are_refused_however_they_write_it() {
        let pdf = |inside: &str| format!("%PDF-1.7\n1 0 obj\n<< {inside} >>\nendobj\n%%EOF\n").into_bytes();
        for quiet_one in ["/Type /Catalog", "/Font /JSans", "/Contents (Launch)", "/Filter /DCTDecode"] {
            assert!(quiet(&pdf(quiet_one)), "{quiet_one}");
        }
        for active in [
            "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
            "/S/Launch/F(cmd.exe)",
            "/Type /EmbeddedFile",
            "/Names << /EmbeddedFiles 3 0 R >>",
            "/S /J#61vaScript",
            "/S /#4Aava#53cript",
            "/Encrypt 5 0 R",
            "/S /SubmitForm",
            "/AcroForm << /XFA [] >>",
        ] {
            assert!(!quiet(&pdf(active)), "{active}");
        }
        assert!(!quiet(b"%PDF-1.7\n/Type /Catalog"), "no end");
    }

    #[test]
    fn packed_objects_are_looked_into() {
        let pack = |inside: &[u8]| {
            let mut zip = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            zip.write_all(inside).unwrap();
            let head = b"%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /N 1 /Filter /FlateDecode >>\nstream\n";
            [head.as_slice(), &zip.finish().unwrap(), b"\nendstream\nendobj\n%%EOF"].concat()
        };
        assert!(quiet(&pack(b"<< /Type /Page >>")));
        assert!(!quiet(&pack(b"<< /S /JavaScript /JS (app.alert(1)) >>")));
        let broken = b"%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nxx\nendstream\n%%EOF";
        assert!(!quiet(broken));
        let other = b"%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nxx\nendstream\n%%EOF";
        assert!(!quiet(other));
    }
}
