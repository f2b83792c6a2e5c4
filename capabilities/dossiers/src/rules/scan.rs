//! What is kept of uploaded scans and photos: [`chibo_papers::media`] looks into them, here are the sizes and the words. Pure.

use chibo_kernel::{Problem, Said};
pub use chibo_papers::media::Media;
use chibo_papers::media::{Refusal, clean};

/// Most bytes of a scan.
pub const LARGEST_SCAN: usize = 10 << 20;
/// Most bytes of a photo.
pub const LARGEST_PHOTO: usize = 2 << 20;

fn refuse(key: &'static str) -> Problem {
    Problem::field("file", Said::new(key))
}

/// What is kept of an uploaded scan.
///
/// # Errors
/// A refusal that says what is wrong with the file.
pub fn scan(bytes: &[u8]) -> Result<(Media, Vec<u8>), Problem> {
    clean(bytes, LARGEST_SCAN).map_err(|refusal| {
        refuse(match refusal {
            Refusal::Large => "dossiers-scan-large",
            Refusal::Kind => "dossiers-scan-kind",
            Refusal::Active => "dossiers-scan-active",
            Refusal::Broken => "dossiers-scan-broken",
        })
    })
}

/// What is kept of an uploaded photo.
///
/// # Errors
/// A refusal that says what is wrong with the file.
pub fn photo(bytes: &[u8]) -> Result<(Media, Vec<u8>), Problem> {
    if bytes.len() > LARGEST_PHOTO {
        return Err(refuse("dossiers-photo-large"));
    }
    match scan(bytes) {
        Ok((Media::Pdf, _)) => Err(refuse("dossiers-photo-kind")),
        Err(_) if Media::of(bytes).is_none() => Err(refuse("dossiers-photo-kind")),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(outcome: Result<(Media, Vec<u8>), Problem>) -> &'static str {
        match outcome {
            Err(Problem::Refused(issues)) => issues[0].said.key,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_type_is_told_by_the_content_and_sizes_are_bounded() {
        for bytes in [&b"<html>"[..], b"PK\x03\x04", b"", b"MZ", b"%PD"] {
            assert_eq!(key(scan(bytes)), "dossiers-scan-kind");
        }
        assert_eq!(key(scan(&vec![b'%'; LARGEST_SCAN + 1])), "dossiers-scan-large");
        assert_eq!(key(photo(&vec![0xff; LARGEST_PHOTO + 1])), "dossiers-photo-large");
        assert_eq!(key(photo(b"%PDF-1.7\n%%EOF")), "dossiers-photo-kind");
        assert_eq!(key(photo(b"GIF89a")), "dossiers-photo-kind");
        assert_eq!(key(scan(&[0xff, 0xd8, 0xff, 0xe0, 0xff])), "dossiers-scan-broken");
        assert_eq!(scan(b"%PDF-1.7\nhello\n%%EOF").unwrap().0, Media::Pdf);
    }
}
