//! Looking into uploaded files: the type by the content, what says where and by whom a picture was taken taken out, files
//! that do something when opened refused. Pure.

mod jpeg;
mod pdf;
mod png;

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

/// Why a file is not taken; whoever asks says it in his words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Longer than asked for.
    Large,
    /// Not one of the types.
    Kind,
    /// A document that acts when it is opened, carries other files or is locked.
    Active,
    /// Not whole.
    Broken,
}

/// What is kept of an uploaded file of at most so many bytes.
///
/// # Errors
/// Why it is not taken.
pub fn clean(bytes: &[u8], most: usize) -> Result<(Media, Vec<u8>), Refusal> {
    if bytes.len() > most {
        return Err(Refusal::Large);
    }
    let media = Media::of(bytes).ok_or(Refusal::Kind)?;
    let kept = match media {
        Media::Pdf => pdf::quiet(bytes).then(|| bytes.to_vec()).ok_or(Refusal::Active)?,
        Media::Jpeg => jpeg::stripped(bytes).ok_or(Refusal::Broken)?,
        Media::Png => png::stripped(bytes).ok_or(Refusal::Broken)?,
    };
    Ok((media, kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_told_by_the_content_and_sizes_are_bounded() {
        for bytes in [&b"<html>"[..], b"PK\x03\x04", b"", b"MZ", b"%PD"] {
            assert_eq!(clean(bytes, 100), Err(Refusal::Kind));
        }
        assert_eq!(clean(&[b'%'; 11], 10), Err(Refusal::Large));
        assert_eq!(clean(&[0xff, 0xd8, 0xff, 0xe0, 0xff], 100), Err(Refusal::Broken));
        assert_eq!(clean(b"%PDF-1.7\n/S /JavaScript\n%%EOF", 100), Err(Refusal::Active));
        assert_eq!(clean(b"%PDF-1.7\nhello\n%%EOF", 100).map(|(media, _)| media), Ok(Media::Pdf));
    }
}
