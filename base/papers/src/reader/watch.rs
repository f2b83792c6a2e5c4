//! Looks at the bytes of parts that the parser reads whole, so that a small part cannot become a large structure.

use std::io;

use chibo_kernel::Said;

use super::guard::Part;
use super::limits::{Limits, Meter};

/// The longest single text or tag among the shared strings. Excel allows 32,767 characters in a cell.
const TOKEN_MOST: u64 = 1 << 20;
/// The part may ask the parser to reserve room for this many strings; see [`Shared::check_reservation`].
const RESERVATION: &[u8] = b"uniqueCount";

/// What to look for in one part.
pub(crate) enum Watch {
    /// Streamed: nothing to look for, the meter bounds it.
    Streamed,
    /// Styles, relations, list of sheets: few tags.
    Small { tags: u64, first: bool },
    /// The shared strings.
    Shared(Box<Shared>),
}

#[derive(Default)]
pub(crate) struct Shared {
    strings: u64,
    token: u64,
    place: Place,
    tag_bytes: u64,
    carry: Vec<u8>,
    first: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Text,
    Tag,
    Quoted(u8),
}

impl Watch {
    /// What to look for in a part, by what is being done; refuses a part too large to be read whole.
    pub fn new(part: &Part, limits: &Limits, meter: &Meter) -> io::Result<Self> {
        if meter.is_streaming() {
            return Ok(Self::Streamed);
        }
        let shared = part.name.to_ascii_lowercase().ends_with("sharedstrings.xml");
        let most = if shared { limits.shared_bytes } else { limits.small_part_bytes };
        if part.size > most {
            let key = if shared { "papers-shared-too-large" } else { "papers-part-too-large" };
            return Err(meter.refuse(Said::new(key).with("most", most >> 20)));
        }
        let shared_watch = || Self::Shared(Box::new(Shared { first: true, ..Shared::default() }));
        Ok(if shared { shared_watch() } else { Self::Small { tags: 0, first: true } })
    }

    /// Looks at the next bytes.
    pub fn look(&mut self, bytes: &[u8], limits: &Limits, meter: &Meter) -> io::Result<()> {
        match self {
            Self::Streamed => Ok(()),
            Self::Small { tags, first } => {
                check_encoding(bytes, first, meter)?;
                *tags += bytes.iter().filter(|byte| **byte == b'<').count() as u64;
                if *tags > limits.small_part_tags {
                    return Err(
                        meter.refuse(Said::new("papers-part-too-large").with("most", limits.small_part_bytes >> 20))
                    );
                }
                Ok(())
            }
            Self::Shared(shared) => {
                check_encoding(bytes, &mut shared.first, meter)?;
                shared.check_reservation(bytes, limits, meter)?;
                shared.check_tokens(bytes, limits, meter)
            }
        }
    }
}

/// The other checks read ASCII, so the part must be UTF-8, which is what every known program writes.
fn check_encoding(bytes: &[u8], first: &mut bool, meter: &Meter) -> io::Result<()> {
    if !std::mem::take(first) {
        return Ok(());
    }
    let head = &bytes[..bytes.len().min(200)];
    let declared = String::from_utf8_lossy(head).to_ascii_lowercase();
    let other = declared.split_once("encoding=").is_some_and(|(_, rest)| {
        let name = rest.trim_start_matches(['"', '\'']);
        !name.starts_with("utf-8") && !name.starts_with("us-ascii")
    });
    if other || head.contains(&0) || head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(meter.refuse(Said::new("papers-zip-broken")));
    }
    Ok(())
}

impl Shared {
    /// The parser reserves memory for as many strings as the part says it has, true or not.
    fn check_reservation(&mut self, bytes: &[u8], limits: &Limits, meter: &Meter) -> io::Result<()> {
        self.carry.extend_from_slice(bytes);
        let window = &self.carry;
        // `q` is the rarest letter of the word: look for it first.
        for at in window.iter().enumerate().filter(|(_, byte)| **byte == b'q').map(|(at, _)| at) {
            let Some(rest) = at.checked_sub(3).and_then(|at| window[at..].strip_prefix(RESERVATION)) else { continue };
            let Some(value) = rest.get(2..) else { continue };
            let digits: Vec<u8> = value.iter().copied().take_while(u8::is_ascii_digit).take(20).collect();
            let count = digits.iter().fold(0_u64, |sum, digit| sum.saturating_mul(10) + u64::from(digit - b'0'));
            let written_plainly = rest.starts_with(b"=\"") || rest.starts_with(b"='");
            if !written_plainly || count > limits.shared_strings {
                return Err(too_many(limits, meter));
            }
        }
        let keep = self.carry.len().min(64);
        self.carry.drain(..self.carry.len() - keep);
        Ok(())
    }

    /// Counts strings and the length of each text and tag. Comments and the like, which could hide either, are refused.
    fn check_tokens(&mut self, bytes: &[u8], limits: &Limits, meter: &Meter) -> io::Result<()> {
        for &byte in bytes {
            self.token += 1;
            self.place = match (self.place, byte) {
                (Place::Text, b'<') => {
                    (self.token, self.tag_bytes) = (0, 0);
                    Place::Tag
                }
                (Place::Tag, b'>') => {
                    self.token = 0;
                    Place::Text
                }
                (Place::Tag, b'!') if self.token == 1 => return Err(meter.refuse(Said::new("papers-zip-broken"))),
                (Place::Tag, b'"' | b'\'') => Place::Quoted(byte),
                (Place::Quoted(quote), _) if quote == byte => Place::Tag,
                (place, _) => place,
            };
            if self.place == Place::Tag {
                // The name is `si`, or with a prefix `x:si`; a few more may be counted, never fewer.
                self.tag_bytes = self.tag_bytes << 8 | u64::from(byte);
                if matches!(self.tag_bytes & 0xff_ffff, 0x3c_7369 | 0x3a_7369) {
                    self.strings += 1;
                }
            }
            if self.token > TOKEN_MOST {
                return Err(meter.refuse(Said::new("papers-sheet-gap")));
            }
        }
        if self.strings > limits.shared_strings { Err(too_many(limits, meter)) } else { Ok(()) }
    }
}

fn too_many(limits: &Limits, meter: &Meter) -> io::Error {
    meter.refuse(Said::new("papers-shared-strings").with("most", limits.shared_strings))
}
