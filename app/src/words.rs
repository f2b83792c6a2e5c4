//! Problems as sentences on the command line, in both languages.

use chibo_kernel::Problem;
use chibo_web::words::{Lang, Words};

/// The words of every capability.
pub fn words() -> Result<Words, Problem> {
    let texts: Vec<_> = crate::compose::capabilities().iter().map(|c| c.words).collect();
    let more = [
        (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl")),
        (include_str!("../../base/papers/locales/vi.ftl"), include_str!("../../base/papers/locales/en.ftl")),
    ];
    Words::build(&[texts.as_slice(), &more].concat()).map_err(|faults| Problem::Fault(faults.join("\n")))
}

/// The language of the terminal: Vietnamese unless the environment asks for English.
pub fn terminal_lang() -> Lang {
    let wanted = std::env::var("CHIBO_LANG").or_else(|_| std::env::var("LANG")).unwrap_or_default();
    if wanted.starts_with("vi") || wanted.is_empty() { Lang::Vi } else { Lang::En }
}

/// A problem as sentences.
pub fn sentences(problem: &Problem) -> String {
    let Ok(words) = words() else { return problem.to_string() };
    let w = words.tongue(terminal_lang());
    match problem {
        Problem::Refused(issues) => issues.iter().map(|i| w.said(&i.said)).collect::<Vec<_>>().join("\n"),
        Problem::Conflict(said) => w.said(said),
        Problem::Denied => w.t("problem-denied").to_owned(),
        Problem::NotFound | Problem::SignIn => w.t("problem-not-found").to_owned(),
        Problem::Busy(seconds) => w.t1("problem-busy", "seconds", seconds),
        Problem::Fault(cause) => format!("{} {cause}", w.t("cli-fault")),
    }
}

/// The exit code of a problem: 1 refused, 2 usage, 69 unavailable, 70 fault, 75 try again.
pub fn exit_code(problem: &Problem) -> u8 {
    match problem {
        Problem::Refused(_) | Problem::Denied | Problem::NotFound | Problem::SignIn => 1,
        Problem::Conflict(_) | Problem::Busy(_) => 75,
        Problem::Fault(_) => 70,
    }
}
