//! Bytes of a text file as UTF-8 with `\n` line ends, counted on their way.

use std::io::{self, Read};
use std::sync::Arc;

use encoding_rs::{Decoder, UTF_8};

use super::encoding::Found;
use super::limits::Meter;
use super::source::{Source, Window};

/// What the CSV parser reads. One kind of line end is what lets rows be numbered as Excel numbers them.
pub(crate) struct Decoded {
    bytes: Window,
    /// `None` for UTF-8, which passes as it is, wrong bytes included.
    decoder: Option<Decoder>,
    input: Vec<u8>,
    output: Vec<u8>,
    given: usize,
    after_return: bool,
    last: u8,
    ended: bool,
    gap: u64,
    meter: Arc<Meter>,
}

impl Decoded {
    /// The text of a file; no row may be longer than `gap` bytes.
    pub fn new(source: Source, found: &Found, gap: u64, meter: Arc<Meter>) -> io::Result<Self> {
        let end = source.length()?;
        Ok(Self {
            bytes: Window::new(source, found.mark, end),
            decoder: (found.encoding != UTF_8).then(|| found.encoding.new_decoder_without_bom_handling()),
            input: vec![0; 64 << 10],
            output: Vec::new(),
            given: 0,
            after_return: false,
            last: b'\n',
            ended: false,
            gap,
            meter,
        })
    }

    fn refill(&mut self) -> io::Result<()> {
        self.output.clear();
        self.given = 0;
        while self.output.is_empty() && !self.ended {
            let count = self.bytes.read(&mut self.input)?;
            self.ended = count == 0;
            match &mut self.decoder {
                None => push_lines(&self.input[..count], &mut self.after_return, &mut self.output),
                Some(decoder) => {
                    let room = decoder.max_utf8_buffer_length(count).unwrap_or(4 * count + 16);
                    let mut text = String::with_capacity(room);
                    let _ = decoder.decode_to_string(&self.input[..count], &mut text, self.ended);
                    push_lines(text.as_bytes(), &mut self.after_return, &mut self.output);
                }
            }
            self.last = self.output.last().copied().unwrap_or(self.last);
            if self.ended && self.last != b'\n' {
                self.output.push(b'\n');
            }
        }
        Ok(())
    }
}

/// Copies, with `\r\n` and `\r` as `\n`.
fn push_lines(bytes: &[u8], after_return: &mut bool, output: &mut Vec<u8>) {
    let mut rest = bytes;
    while !rest.is_empty() {
        if std::mem::take(after_return) && rest[0] == b'\n' {
            rest = &rest[1..];
        }
        let Some(at) = memchr::memchr(b'\r', rest) else { return output.extend_from_slice(rest) };
        output.extend_from_slice(&rest[..at]);
        output.push(b'\n');
        *after_return = true;
        rest = &rest[at + 1..];
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.output.len() {
            self.refill()?;
        }
        let rest = &self.output[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        self.meter.count(count, self.gap, "papers-csv-row-too-long")?;
        Ok(count)
    }
}
