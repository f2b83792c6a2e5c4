//! Looking into uploaded files: the type by the content, what says where and by whom a picture was taken taken out, files
//! that do something when opened refused. Pure.

mod jpeg;
mod pdf;
mod png;

use chibo_kernel::{Problem, Said};

/// Most bytes of a scan.
pub const LARGEST_SCAN: usize = 10 << 20;
/// Most bytes of a photo.
pub const LARGEST_PHOTO: usize = 2 << 20;

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A document.
    Pdf,
    /// A picture.
    Jpeg,
    /// A picture.
    Png,
}

impl Media {
    /// By the first bytes; a file's name says nothing.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            _ => None,
        }
    }

    /// Media type.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// From its media type.
    pub fn from_kind(kind: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png].into_iter().find(|media| media.kind() == kind)
    }

    /// Ending of a file name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

fn refuse(key: &'static str) -> Problem {
    Problem::field("file", Said::new(key))
}

/// What is kept of an uploaded scan.
///
/// # Errors
/// A refusal that says what is wrong with the file.
pub fn scan(bytes: &[u8]) -> Result<(Media, Vec<u8>), Problem> {
    if bytes.len() > LARGEST_SCAN {
        return Err(refuse("dossiers-scan-large"));
    }
    let media = Media::of(bytes).ok_or_else(|| refuse("dossiers-scan-kind"))?;
    let kept = match media {
        Media::Pdf => pdf::quiet(bytes).then(|| bytes.to_vec()).ok_or_else(|| refuse("dossiers-scan-active"))?,
        Media::Jpeg => jpeg::stripped(bytes).ok_or_else(|| refuse("dossiers-scan-broken"))?,
        Media::Png => png::stripped(bytes).ok_or_else(|| refuse("dossiers-scan-broken"))?,
    };
    Ok((media, kept))
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
