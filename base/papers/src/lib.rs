//! Spreadsheets in and out, in the words of import and export, and official documents; knows no capability.
//!
//! The way in: [`SheetSource::open`] recognises the file by content and refuses hostile ones before any parser
//! sees them; [`SheetSource::for_each_row`] streams rows; a [`Table`] finds the heading and turns rows into typed
//! [`Cells`] with every defect named by sheet, row and column; a [`Preview`] counts what would happen.
//! The way out: a [`SheetWriter`] streams rows to XLSX or CSV without ever writing a live formula.
//! Papers: a [`document::Document`] becomes PDF or DOCX; an [`archive`] holds several.
//! Scans: [`media`] looks into uploaded documents and pictures before they are kept.

pub mod archive;
pub mod cell;
pub mod columns;
pub mod document;
pub mod media;
pub mod preview;
pub mod problem;
pub mod reader;
pub mod writer;

mod words;

pub use cell::{CellRef, DateSystem, RowRef, Serial, Value, cell_address, column_letters};
pub use columns::{Cells, Column, Kind, Mapping, Place, RowIssue, Severity, Step, Table, Title, When};
pub use preview::{Preview, RowState, SampleRow};
pub use problem::PaperProblem;
pub use reader::{FileFacts, Limits, Merged, SheetSource, Source, Walk};
pub use writer::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};
