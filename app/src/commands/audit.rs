//! `chibo audit`: prove that the record is whole; anchor it now.

use chibo_kernel::Problem;
use clap::{Args, Subcommand};

use super::Context;

/// Options of `chibo audit`.
#[derive(Args)]
pub struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Recompute every chain, head and anchor; exit code 1 when anything is missing, changed, moved or added
    Verify,
    /// Anchor all chains in one digest now; keep the digest elsewhere (print it, send it upwards)
    Anchor,
}

impl Audit {
    /// Runs it.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        let db = context.open()?;
        match self.what {
            What::Anchor => {
                let digest = db.anchor_audit()?;
                context.say(digest.as_deref().unwrap_or("–"), &serde_json::json!({ "digest": digest }));
                Ok(0)
            }
            What::Verify => {
                let verdict = db.verify_audit()?;
                let json = serde_json::json!({ "entries": verdict.entries, "streams": verdict.streams,
                    "anchors": verdict.anchors, "broken": verdict.broken });
                let mut text =
                    format!("{} entries · {} streams · {} anchors", verdict.entries, verdict.streams, verdict.anchors);
                for line in &verdict.broken {
                    text.push_str("\n✗ ");
                    text.push_str(line);
                }
                if verdict.broken.is_empty() {
                    text.push_str(" ✓");
                }
                context.say(&text, &json);
                Ok(u8::from(!verdict.broken.is_empty()))
            }
        }
    }
}
