//! The one error type. A refused rule is not a fault: it is an answer with a reason.

use std::fmt;

/// A sentence in the reader's language: a Fluent key with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Key of the message in `locales/*.ftl`.
    pub key: &'static str,
    /// Arguments by name.
    pub args: Vec<(&'static str, String)>,
}

impl Said {
    /// A sentence without arguments.
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// With one more argument.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// One thing that is wrong, where, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The form field or column concerned, when there is one.
    pub field: Option<String>,
    /// Rule id of the domain digest (`ORG-03`), when a rule refuses.
    pub rule: Option<&'static str>,
    /// What is wrong and what to do.
    pub said: Said,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The rules or the input refuse; every reason at once.
    Refused(Vec<Issue>),
    /// Not signed in.
    SignIn,
    /// Signed in, sees the thing, may not do this to it.
    Denied,
    /// Absent, or outside the viewer's scope: the two are never told apart.
    NotFound,
    /// Somebody else was faster; nothing was written.
    Conflict(Said),
    /// Asked too often; may be repeated after this many seconds.
    Busy(u32),
    /// The machine or the program failed; the text is for the log, never for the screen.
    Fault(String),
}

impl Problem {
    /// Refused for one reason.
    pub fn refuse(said: Said) -> Self {
        Self::Refused(vec![Issue { field: None, rule: None, said }])
    }

    /// Refused for one reason in one field.
    pub fn field(field: &str, said: Said) -> Self {
        Self::Refused(vec![Issue { field: Some(field.to_owned()), rule: None, said }])
    }

    /// Refused by a rule of the domain digest.
    pub fn rule(rule: &'static str, said: Said) -> Self {
        Self::Refused(vec![Issue { field: None, rule: Some(rule), said }])
    }

    /// A failure of machine or program.
    pub fn fault(cause: impl fmt::Display) -> Self {
        Self::Fault(cause.to_string())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(issues) => {
                let keys: Vec<_> = issues.iter().map(|i| i.said.key).collect();
                write!(f, "refused: {}", keys.join(", "))
            }
            Self::SignIn => f.write_str("not signed in"),
            Self::Denied => f.write_str("denied"),
            Self::NotFound => f.write_str("not found"),
            Self::Conflict(said) => write!(f, "conflict: {}", said.key),
            Self::Busy(seconds) => write!(f, "busy for {seconds} s"),
            Self::Fault(cause) => write!(f, "fault: {cause}"),
        }
    }
}

impl std::error::Error for Problem {}
