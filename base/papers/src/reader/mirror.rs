//! What the workbook parser reads instead of the file: a ZIP that does not exist, in which every part is stored.
//!
//! The parser inflates nothing. This side inflates, so it sees every byte on its way, stops at the size the directory
//! declared (lying sizes), at parts too large to be read whole, and when no cell comes out for too long (one text of a
//! gigabyte). Each part is still inflated once only.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use chibo_kernel::Said;
use flate2::read::DeflateDecoder;

use super::guard::Part;
use super::limits::{Limits, Meter};
use super::source::{Source, Window, seek_to};
use super::watch::Watch;
use crate::PaperProblem;

/// Nothing, so that a parser that looks for the directory from the end never reads into a part.
const GAP: u64 = 256 << 10;

/// The ZIP that does not exist.
pub(crate) struct Mirror {
    parts: Vec<Part>,
    /// Start of each segment, ascending, and what stands there.
    segments: Vec<(u64, Segment)>,
    length: u64,
    at: u64,
    state: State,
    limits: Limits,
    meter: Arc<Meter>,
}

enum Segment {
    Bytes(Vec<u8>),
    Part(usize),
    Zeros,
}

enum State {
    Idle(Source),
    Reading(Box<Reading>),
    /// Only while the source changes hands.
    Moving,
}

struct Reading {
    part: usize,
    done: u64,
    stream: Stream,
    watch: Watch,
}

enum Stream {
    Deflated(DeflateDecoder<Window>),
    Stored(Window),
}

impl Mirror {
    /// The mirror of the parts of a file.
    pub fn new(source: Source, parts: Vec<Part>, limits: Limits, meter: Arc<Meter>) -> Self {
        let mut segments = Vec::new();
        let mut at = 0_u64;
        let mut directory = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let header = local_header(part);
            directory.extend(directory_header(part, at));
            let header_size = header.len() as u64;
            segments.push((at, Segment::Bytes(header)));
            segments.push((at + header_size, Segment::Part(index)));
            at += header_size + part.size;
        }
        segments.push((at, Segment::Zeros));
        at += GAP;
        let end = end_record(parts.len(), directory.len(), at);
        directory.extend(end);
        let length = at + directory.len() as u64;
        segments.push((at, Segment::Bytes(directory)));
        Self { parts, segments, length, at: 0, state: State::Idle(source), limits, meter }
    }

    fn read_part(&mut self, part: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let fits = matches!(&self.state, State::Reading(r) if r.part == part && r.done <= offset);
        if !fits {
            self.start(part)?;
        }
        let State::Reading(reading) = &mut self.state else { return Err(io::ErrorKind::Other.into()) };
        let declared = self.parts[part].size;
        while reading.done < offset {
            let skip = buffer.len().min((offset - reading.done) as usize);
            reading.next(&mut buffer[..skip], declared, &self.limits, &self.meter)?;
        }
        let room = buffer.len().min((declared - offset) as usize);
        reading.next(&mut buffer[..room], declared, &self.limits, &self.meter)
    }

    fn start(&mut self, index: usize) -> io::Result<()> {
        let part = &self.parts[index];
        let watch = Watch::new(part, &self.limits, &self.meter)?;
        let mut source = match std::mem::replace(&mut self.state, State::Moving) {
            State::Idle(source) => source,
            State::Reading(reading) => reading.stream.into_source(),
            State::Moving => return Err(io::ErrorKind::Other.into()),
        };
        let start = match data_start(&mut source, part) {
            Ok(start) => start,
            Err(problem) => {
                self.state = State::Idle(source);
                return Err(match problem {
                    PaperProblem::Refused(said) => self.meter.refuse(said),
                    PaperProblem::Fault(cause) => io::Error::other(cause),
                });
            }
        };
        let window = Window::new(source, start, start + part.packed);
        let stream = if part.deflated { Stream::Deflated(DeflateDecoder::new(window)) } else { Stream::Stored(window) };
        self.meter.opened(index);
        self.state = State::Reading(Box::new(Reading { part: index, done: 0, stream, watch }));
        Ok(())
    }
}

impl Reading {
    /// The next inflated bytes; refuses a part that is longer or shorter than declared.
    fn next(&mut self, buffer: &mut [u8], declared: u64, limits: &Limits, meter: &Meter) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = self.stream.read(buffer).map_err(|_| meter.refuse(Said::new("papers-zip-broken")))?;
        self.done += count as u64;
        let forged = count == 0 || (self.done == declared && self.stream.read(&mut [0]).is_ok_and(|more| more > 0));
        if forged {
            return Err(meter.refuse(Said::new("papers-zip-forged")));
        }
        self.watch.look(&buffer[..count], limits, meter)?;
        if meter.is_streaming() {
            meter.count(count, limits.gap_bytes, "papers-sheet-gap")?;
        }
        Ok(count)
    }
}

impl Stream {
    fn into_source(self) -> Source {
        match self {
            Self::Deflated(decoder) => decoder.into_inner().into_source(),
            Self::Stored(window) => window.into_source(),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Deflated(decoder) => decoder.read(buffer),
            Self::Stored(window) => window.read(buffer),
        }
    }
}

impl Read for Mirror {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length || buffer.is_empty() {
            return Ok(0);
        }
        // Segments of no length (empty parts) start where the next one starts: the last to start is the one read.
        let index = self.segments.partition_point(|(start, _)| *start <= self.at).saturating_sub(1);
        let (start, segment) = &self.segments[index];
        let end = self.segments.get(index + 1).map_or(self.length, |(next, _)| *next);
        let offset = self.at - start;
        let room = buffer.len().min(usize::try_from(end - self.at).unwrap_or(usize::MAX));
        let buffer = &mut buffer[..room];
        let count = match segment {
            Segment::Bytes(bytes) => {
                buffer.copy_from_slice(&bytes[offset as usize..offset as usize + room]);
                room
            }
            Segment::Zeros => {
                buffer.fill(0);
                room
            }
            Segment::Part(part) => {
                let part = *part;
                self.read_part(part, offset, buffer)?
            }
        };
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Mirror {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = seek_to(to, self.at, self.length)?;
        Ok(self.at)
    }
}

/// Where the bytes of a part start: behind its local header, whose name and extra field have lengths of their own.
pub(crate) fn data_start(source: &mut Source, part: &Part) -> Result<u64, PaperProblem> {
    let header = source.bytes_at(part.header_at, 30)?;
    if header.len() < 30 || !header.starts_with(b"PK\x03\x04") {
        return Err(PaperProblem::refuse("papers-zip-broken"));
    }
    let length = |at: usize| u64::from(u16::from_le_bytes([header[at], header[at + 1]]));
    Ok(part.header_at + 30 + length(26) + length(28))
}

/// A whole part as a stream of its own, for looking at what the parser does not.
pub(crate) fn part_stream(mut source: Source, part: &Part) -> Result<impl Read + use<>, PaperProblem> {
    let start = data_start(&mut source, part)?;
    let window = Window::new(source, start, start + part.packed);
    let stream = if part.deflated { Stream::Deflated(DeflateDecoder::new(window)) } else { Stream::Stored(window) };
    Ok(stream.take(part.size))
}

/// Version, flags (names are UTF-8), method (stored), no time.
const COMMON: [u8; 10] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];

fn sizes_and_name(part: &Part, header: &mut Vec<u8>) {
    let size = (part.size as u32).to_le_bytes();
    header.extend(part.crc.to_le_bytes());
    header.extend(size);
    header.extend(size);
    header.extend((part.name.len() as u16).to_le_bytes());
    header.extend([0; 2]);
}

fn local_header(part: &Part) -> Vec<u8> {
    let mut header = b"PK\x03\x04".to_vec();
    header.extend(COMMON);
    sizes_and_name(part, &mut header);
    header.extend(part.name.as_bytes());
    header
}

fn directory_header(part: &Part, at: u64) -> Vec<u8> {
    let mut header = b"PK\x01\x02\x14\x00".to_vec();
    header.extend(COMMON);
    sizes_and_name(part, &mut header);
    header.extend([0; 10]);
    header.extend((at as u32).to_le_bytes());
    header.extend(part.name.as_bytes());
    header
}

fn end_record(entries: usize, directory: usize, at: u64) -> Vec<u8> {
    let mut record = b"PK\x05\x06\0\0\0\0".to_vec();
    record.extend((entries as u16).to_le_bytes());
    record.extend((entries as u16).to_le_bytes());
    record.extend((directory as u32).to_le_bytes());
    record.extend((at as u32).to_le_bytes());
    record.extend([0; 2]);
    record
}
