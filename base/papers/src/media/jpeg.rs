//! JPEG: everything but the picture goes. Application segments (EXIF, GPS, XMP, thumbnails) and comments are left out,
//! and whatever stands behind the end of the picture.

/// A JPEG without application segments and comments; nothing when it is not whole. The colour marks of APP14 (Adobe) stay:
/// without them four-colour scans turn negative. The orientation of a camera goes with EXIF; scans have none.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    out.extend([0xff, 0xd8]);
    let mut scans = 0;
    loop {
        let (marker, after) = marker(rest)?;
        rest = after;
        match marker {
            // The end of the picture; a file without any scan shows nothing.
            0xd9 => {
                out.extend([0xff, 0xd9]);
                return (scans > 0).then_some(out);
            }
            // Marks without a length.
            0x01 | 0xd0..=0xd7 => out.extend([0xff, marker]),
            0x00 | 0xd8 => return None,
            _ => {
                let (high, low) = (usize::from(*rest.first()?), usize::from(*rest.get(1)?));
                let length = high << 8 | low;
                let segment = rest.get(..length).filter(|segment| segment.len() >= 2)?;
                rest = rest.get(length..)?;
                let adobe = marker == 0xee && segment.get(2..7) == Some(b"Adobe");
                if !matches!(marker, 0xe0..=0xef | 0xfe) || adobe {
                    out.extend([0xff, marker]);
                    out.extend_from_slice(segment);
                }
                if marker == 0xda {
                    scans += 1;
                    let end = entropy(rest)?;
                    out.extend_from_slice(rest.get(..end)?);
                    rest = rest.get(end..)?;
                }
            }
        }
    }
}

/// The next marker; fill bytes before it are dropped.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let rest = bytes.strip_prefix(&[0xff])?;
    let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
    Some((*rest.get(fill)?, rest.get(fill + 1..)?))
}

/// Length of the coded picture: until a marker that is neither a stuffed byte nor a restart.
fn entropy(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], body].concat()
    }

    fn picture(extra: &[Vec<u8>], tail: &[u8]) -> Vec<u8> {
        let mut all = vec![vec![0xff, 0xd8]];
        all.extend_from_slice(extra);
        all.push(segment(0xdb, &[1; 65]));
        all.push(segment(0xda, &[1, 1, 0, 0, 63, 0]));
        all.push(vec![0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]);
        all.push(tail.to_vec());
        all.concat()
    }

    #[test]
    fn dpd_12_place_and_camera_go_and_the_picture_stays() {
        let with = picture(
            &[
                segment(0xe0, b"JFIF\0"),
                segment(0xe1, b"Exif\0\0GPS 10.77 106.69"),
                segment(0xed, b"Photoshop"),
                segment(0xfe, b"taken at home"),
            ],
            b"PK hidden behind the end",
        );
        let clean = stripped(&with).unwrap();
        assert_eq!(clean, picture(&[], b""));
        assert_eq!(stripped(&clean).unwrap(), clean);
        let adobe = segment(0xee, b"Adobe\0\x64\0\0\0\0\x02");
        let coloured = picture(&[adobe], b"");
        assert_eq!(stripped(&coloured).unwrap(), coloured);
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        let whole = picture(&[], b"");
        for end in 0..whole.len() {
            assert_eq!(stripped(&whole[..end]), None, "{end}");
        }
        assert_eq!(stripped(&[0xff, 0xd8, 0xff, 0xd9]), None, "no picture in it");
    }

    proptest! {
        #[test]
        fn no_bytes_break_it_and_nothing_of_a_comment_is_left(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut bytes = vec![0xff, 0xd8, 0xff];
            bytes.extend(&noise);
            if let Some(clean) = stripped(&bytes) {
                prop_assert_eq!(stripped(&clean), Some(clean.clone()));
                prop_assert!(clean.len() <= bytes.len());
            }
        }
    }
}
