//! Where the bytes come from: a file on disk or memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use crate::PaperProblem;

/// The bytes of a file, read at any place. Copies of a [`Source::File`] share the file's cursor, so only one of them
/// may be read at a time; within this crate each `SheetSource` sees to that.
#[derive(Debug)]
pub enum Source {
    /// An open file.
    File(File),
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
}

impl From<Vec<u8>> for Source {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<File> for Source {
    fn from(file: File) -> Self {
        Self::File(file)
    }
}

impl Source {
    /// Opens a file on disk.
    pub fn path(path: &Path) -> Result<Self, PaperProblem> {
        Ok(Self::File(File::open(path)?))
    }

    /// Length in bytes.
    pub fn length(&self) -> io::Result<u64> {
        match self {
            Self::File(file) => Ok(file.metadata()?.len()),
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Reads at a place; may read less than asked, 0 at the end.
    pub(crate) fn read_at(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => {
                file.seek(SeekFrom::Start(at))?;
                file.read(buffer)
            }
            Self::Bytes(bytes) => {
                let rest = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
                let count = rest.len().min(buffer.len());
                buffer[..count].copy_from_slice(&rest[..count]);
                Ok(count)
            }
        }
    }

    /// Up to `count` bytes at a place.
    pub(crate) fn bytes_at(&mut self, at: u64, count: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        let mut filled = 0;
        while filled < count {
            match self.read_at(at + filled as u64, &mut bytes[filled..])? {
                0 => break,
                more => filled += more,
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }

    /// Another handle on the same bytes.
    pub(crate) fn again(&self) -> io::Result<Self> {
        Ok(match self {
            Self::File(file) => Self::File(file.try_clone()?),
            Self::Bytes(bytes) => Self::Bytes(Arc::clone(bytes)),
        })
    }
}

/// A part of a source as a stream.
#[derive(Debug)]
pub(crate) struct Window {
    source: Source,
    at: u64,
    end: u64,
}

impl Window {
    /// The bytes from `start` up to `end`.
    pub fn new(source: Source, start: u64, end: u64) -> Self {
        Self { source, at: start, end }
    }

    /// Gives the source back.
    pub fn into_source(self) -> Source {
        self.source
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len().min(usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX));
        let count = self.source.read_at(self.at, &mut buffer[..room])?;
        self.at += count as u64;
        Ok(count)
    }
}

/// A whole source with a cursor of its own.
#[derive(Debug)]
pub(crate) struct Cursor {
    source: Source,
    at: u64,
}

impl Cursor {
    /// At the start.
    pub fn new(source: Source) -> Self {
        Self { source, at: 0 }
    }
}

impl Read for Cursor {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read_at(self.at, buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Cursor {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let length = self.source.length()?;
        self.at = seek_to(to, self.at, length)?;
        Ok(self.at)
    }
}

/// The place a `seek` leads to.
pub(crate) fn seek_to(to: SeekFrom, at: u64, length: u64) -> io::Result<u64> {
    let place = match to {
        SeekFrom::Start(place) => Some(place),
        SeekFrom::End(offset) => length.checked_add_signed(offset),
        SeekFrom::Current(offset) => at.checked_add_signed(offset),
    };
    place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))
}
