//! Which encoding, old font and separator a text file has, judged by its beginning.

use std::borrow::Cow;

use chibo_kernel::text::legacy::{Legacy, detect, detect_bytes, windows_1252};
use chibo_kernel::text::{clean, is_syllable};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::source::Source;
use crate::PaperProblem;

/// Bytes of the beginning that are judged.
pub(crate) const SAMPLE: usize = 256 << 10;
/// A file is looked through to its end for bytes that are not UTF-8, this much at a time.
const CHUNK: usize = 1 << 20;

/// What the text of a file turned out to be.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// How bytes become letters.
    pub encoding: &'static encoding_rs::Encoding,
    /// Bytes of a byte order mark to leave out.
    pub mark: u64,
    /// Letters of an old font, to be decoded cell by cell.
    pub legacy: Option<Legacy>,
    /// The beginning as letters, before an old font is decoded.
    pub sample: String,
}

/// Judges a text file.
pub(crate) fn recognise(source: &mut Source) -> Result<Found, PaperProblem> {
    let bytes = source.bytes_at(0, SAMPLE)?;
    let (encoding, mark) = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => (encoding, mark as u64),
        None => (without_mark(source, &bytes)?, 0),
    };
    let sample = encoding.decode_without_bom_handling(&bytes[mark as usize..]).0.into_owned();
    if sample.contains('\0') {
        return Err(PaperProblem::refuse("papers-unknown-format"));
    }
    let legacy = detect(&sample);
    Ok(Found { encoding, mark, legacy, sample })
}

fn without_mark(source: &mut Source, bytes: &[u8]) -> Result<&'static encoding_rs::Encoding, PaperProblem> {
    // ASCII in UTF-16 has a zero in every pair; nothing else that is text has any.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).take(500).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        return match (even, odd) {
            _ if odd > 8 * even => Ok(UTF_16LE),
            _ if even > 8 * odd => Ok(UTF_16BE),
            _ => Err(PaperProblem::refuse("papers-unknown-format")),
        };
    }
    if is_mostly_utf8(source)? {
        return Ok(UTF_8);
    }
    if detect_bytes(bytes).is_some() {
        return Ok(WINDOWS_1252);
    }
    let western = syllables(&windows_1252(bytes));
    let vietnamese = syllables(&WINDOWS_1258.decode_without_bom_handling(bytes).0);
    Ok(if vietnamese > western { WINDOWS_1258 } else { WINDOWS_1252 })
}

/// Whether the file is UTF-8, or UTF-8 with a few rows pasted from elsewhere: those cells are named one by one later.
fn is_mostly_utf8(source: &mut Source) -> Result<bool, PaperProblem> {
    let (mut letters, mut wrong) = (0_u64, 0_u64);
    let mut at = 0;
    loop {
        let bytes = source.bytes_at(at, CHUNK)?;
        at += bytes.len() as u64;
        let mut rest = bytes.as_slice();
        if bytes.len() == CHUNK {
            // Not to cut a letter in two: the next chunk starts at the last line's end.
            let cut = rest.iter().rposition(|byte| byte.is_ascii()).map_or(rest.len(), |last| last + 1);
            at -= (rest.len() - cut) as u64;
            rest = &rest[..cut];
        }
        for piece in rest.utf8_chunks() {
            letters += piece.valid().bytes().filter(|byte| *byte >= 0xc0).count() as u64;
            wrong += u64::from(!piece.invalid().is_empty());
        }
        if bytes.len() < CHUNK || rest.is_empty() {
            return Ok(wrong == 0 || letters > 4 * wrong);
        }
    }
}

/// Words with letters beyond ASCII that are Vietnamese syllables.
fn syllables(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36f}'))
        .filter(|word| !word.is_ascii() && is_syllable(&clean(word).to_lowercase()))
        .take(2_000)
        .count()
}

/// A piece of the text before and after decoding, to be shown to the one who imports: a line in which they differ.
pub(crate) fn before_and_after(sample: &str, legacy: Legacy) -> Option<(String, String)> {
    sample.lines().filter(|line| !line.is_ascii()).find_map(|line| {
        let before: String = line.trim().chars().take(120).collect();
        let after = legacy.decode(&before);
        (before != after).then_some((before, after))
    })
}

/// The separator of columns: the one that stands equally often in the most lines.
pub(crate) fn separator(sample: &str) -> u8 {
    if let Some(named) = sample.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        return named;
    }
    let lines = logical_lines(sample);
    // Lines with the usual number of separators, that number; nothing when only a stray line has any.
    let score = |separator: u8| {
        let counts = lines.iter().map(|line| outside_quotes(line, separator)).filter(|count| *count > 0);
        let counts: Vec<usize> = counts.collect();
        let alike = |count: usize| counts.iter().filter(|other| **other == count).count();
        let usual = counts.iter().map(|count| (alike(*count), *count)).max();
        usual.filter(|_| 3 * counts.len() >= lines.len()).unwrap_or_default()
    };
    let best = [b'\t', b';', b','].into_iter().max_by_key(|separator| score(*separator));
    best.unwrap_or(b',')
}

/// The first lines, a line end inside quotes not ending one.
fn logical_lines(sample: &str) -> Vec<Cow<'_, str>> {
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let mut open = false;
    for line in sample.lines().take(200) {
        match lines.last_mut() {
            Some(last) if open => last.to_mut().push_str(line),
            _ => lines.push(Cow::Borrowed(line)),
        }
        open ^= line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.truncate(50);
    lines
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == separator
        })
        .count()
}

/// The name people know an encoding by.
pub(crate) fn name(found: &Found) -> &'static str {
    match found.legacy {
        Some(Legacy::Tcvn3) => "TCVN3 (ABC)",
        Some(Legacy::Vni) => "VNI",
        None => found.encoding.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> Found {
        recognise(&mut bytes.to_vec().into()).unwrap()
    }

    #[test]
    fn encodings_are_told_by_content() {
        let text = "Họ và tên;Quê quán\nNguyễn Văn An;Hà Nội\n";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, encoding, mark) in [
            (text.as_bytes().to_vec(), UTF_8, 0),
            (with(b"\xef\xbb\xbf", text.as_bytes()), UTF_8, 3),
            (little.clone(), UTF_16LE, 0),
            (with(b"\xff\xfe", &little), UTF_16LE, 2),
            (big.clone(), UTF_16BE, 0),
            (with(b"\xfe\xff", &big), UTF_16BE, 2),
        ] {
            let found = found(&bytes);
            assert_eq!((found.encoding, found.mark, found.legacy), (encoding, mark, None));
            assert_eq!(found.sample, text);
        }
    }

    #[test]
    fn old_vietnamese_encodings_are_told_apart() {
        let tcvn3 = found(b"H\xe4 v\xb5 t\xaan;Qu\xaa qu\xb8n\nNguy\xd4n V\xa8n An;H\xb5 N\xe9i\n");
        assert_eq!((tcvn3.encoding, tcvn3.legacy), (WINDOWS_1252, Some(Legacy::Tcvn3)));
        let sample = before_and_after(&tcvn3.sample, Legacy::Tcvn3);
        assert_eq!(sample, Some(("Hä vµ tªn;Quª qu¸n".into(), "Họ và tên;Quê quán".into())));
        let vni = found(b"Ho\xef va\xf8 te\xe2n;Que\xe2 qua\xf9n\nNguye\xe3n Va\xean An;Ha\xf8 No\xe4i\n");
        assert_eq!((vni.encoding, vni.legacy), (WINDOWS_1252, Some(Legacy::Vni)));
        // Windows-1258: letters with circumflex, then combining tones.
        let found = found(b"Nguy\xea\xden;Ti\xea\xecng Vi\xea\xf2t\nTr\xe2\xccn;\xd0\xf4\xccng\n");
        assert_eq!((found.encoding, found.legacy), (WINDOWS_1258, None));
    }

    #[test]
    fn the_separator_is_the_regular_one() {
        assert_eq!(separator("a,b,c\n1,2,3\n"), b',');
        assert_eq!(separator("DANH SÁCH, năm 2026\n\na;b;c\nsố 1, ngõ 2, phố 3;2;3\n\"x;,\ny\";2;3\n"), b';');
        assert_eq!(separator("a\tb\n1,5\t2\n"), b'\t');
        assert_eq!(separator("sep=;\na,b;c\n"), b';');
        for single in ["one column\nonly\n", "a\nb\nc\nd;e\n", ""] {
            assert_eq!(separator(single), b',', "{single:?}");
        }
    }
}
