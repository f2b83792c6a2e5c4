//! PNG: only the chunks that make the picture stay. Text, time, EXIF, private chunks and what stands behind the end go.

/// Chunks that stay, besides the four of the picture itself: colours and size.
const KEPT: [&[u8; 4]; 12] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"cICP"];

/// The PNG without everything else; nothing when it is not whole.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
    let mut rest = bytes.strip_prefix(HEAD)?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(HEAD);
    let (mut first, mut pictures) = (true, 0);
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk::<4>()?)).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        let name = chunk.get(4..8)?;
        if first != (name == b"IHDR") {
            return None;
        }
        first = false;
        pictures += usize::from(name == b"IDAT");
        if KEPT.iter().any(|kept| *kept == name) {
            out.extend_from_slice(chunk);
        }
        rest = rest.get(length + 12..)?;
        if name == b"IEND" {
            return (pictures > 0).then_some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [&length[..], name, body, &[0; 4]].concat()
    }

    fn picture(extra: &[Vec<u8>], tail: &[u8]) -> Vec<u8> {
        let mut all = vec![b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13])];
        all.extend_from_slice(extra);
        all.extend([chunk(b"IDAT", b"pixels"), chunk(b"IEND", b""), tail.to_vec()]);
        all.concat()
    }

    #[test]
    fn dpd_12_texts_and_times_go_and_the_picture_stays() {
        let extra = [
            chunk(b"tEXt", b"Author\0Nguyen Van An"),
            chunk(b"iTXt", b"x"),
            chunk(b"zTXt", b"x"),
            chunk(b"tIME", &[0; 7]),
            chunk(b"eXIf", b"GPS"),
            chunk(b"prVt", b"hidden"),
        ];
        assert_eq!(stripped(&picture(&extra, b"behind")).unwrap(), picture(&[], b""));
        let gamma = [chunk(b"gAMA", &[0; 4])];
        assert_eq!(stripped(&picture(&gamma, b"")).unwrap(), picture(&gamma, b""));
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        let whole = picture(&[], b"");
        for end in 0..whole.len() {
            assert_eq!(stripped(&whole[..end]), None, "{end}");
        }
        assert_eq!(stripped(&[&whole[..8], &chunk(b"IEND", b"")[..]].concat()), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
            let bytes = [b"\x89PNG\r\n\x1a\n".as_slice(), &noise].concat();
            if let Some(clean) = stripped(&bytes) {
                prop_assert_eq!(stripped(&clean), Some(clean));
            }
        }
    }
}
