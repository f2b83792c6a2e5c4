//! What a page function gives back.

use std::path::PathBuf;

/// An answer, before it is dressed for HTTP.
#[derive(Debug)]
pub enum Reply {
    /// A whole page or, for a request that asked for it, its main part.
    Html {
        /// HTTP status.
        status: u16,
        /// The text.
        body: String,
    },
    /// Go there next (303).
    Redirect(String),
    /// Go there next, with cookies to set.
    RedirectWith(String, Vec<String>),
    /// JSON text.
    Json(String),
    /// A problem as JSON text (`application/problem+json`), with its status; made by the server for `/api/`.
    ProblemJson {
        /// HTTP status.
        status: u16,
        /// The document.
        body: String,
    },
    /// Plain text.
    Text(String),
    /// A file to save.
    File {
        /// Name offered to the person.
        name: String,
        /// Media type.
        kind: &'static str,
        /// Content.
        body: Vec<u8>,
    },
    /// A picture shown inside a page. Its type was checked by its content; browsers are told not to guess.
    Picture {
        /// Media type.
        kind: &'static str,
        /// Content.
        body: Vec<u8>,
    },
    /// What a page is made of and is no page itself: a script made for it, a manifest.
    Part {
        /// Media type.
        kind: &'static str,
        /// Content.
        body: Vec<u8>,
    },
    /// A file on disk to save; removed after sending when `once`.
    FileAt {
        /// Name offered to the person.
        name: String,
        /// Media type.
        kind: &'static str,
        /// Where it lies.
        path: PathBuf,
        /// Remove it afterwards.
        once: bool,
    },
}

/// Media type of XLSX workbooks.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Reply {
    /// Back to an address after a form, with a success note (`done-…` word key) on top.
    pub fn done(to: impl Into<String>, key: &str) -> Self {
        let to = to.into();
        let mark = if to.contains('?') { '&' } else { '?' };
        Self::Redirect(format!("{to}{mark}done={key}"))
    }
}
