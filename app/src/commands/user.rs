//! `chibo user`: accounts from the command line, for set-up and for the day nobody can sign in.

use chibo_accounts::{self as actions, NewAccount};
use chibo_accounts::{EVERYWHERE, Role};
use chibo_kernel::{Day, Period, Problem, Said, Viewer};
use clap::{Args, Subcommand};

use super::{Context, find_unit};

/// Options of `chibo user`.
#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Create an account; the one-time password is printed
    Add {
        /// Login name
        login: String,
        /// The person's name
        name: String,
    },
    /// Give a role on a unit and everything under it
    Grant {
        /// Login name
        login: String,
        /// city-board, unit-officer, branch-secretary, reader, inspector, administrator
        role: String,
        /// Unit: code, full name or identifier; * for the whole system
        unit: String,
        /// First day (today when absent)
        #[arg(long)]
        from: Option<String>,
        /// First day no longer
        #[arg(long)]
        to: Option<String>,
    },
    /// Make a new one-time password; the second factor stays
    Reset {
        /// Login name
        login: String,
    },
    /// Close an account for good
    Close {
        /// Login name
        login: String,
    },
    /// List accounts
    List,
}

impl User {
    /// Runs it.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        let db = context.open()?;
        let viewer = Viewer::program("chibo user");
        let account = |login: &str| {
            let found = db.read(|tx| actions::find(tx, login))?;
            found.ok_or_else(|| Problem::refuse(Said::new("cli-no-account").with("value", login)))
        };
        match &self.what {
            What::Add { login, name } => {
                let password = format!("Moi-{}", chibo_store::seal::hex(&db.random::<8>()));
                let id = db.write(&viewer, |op| {
                    actions::create_account(op, NewAccount { login, name, password: &password, must_change: true })
                })?;
                let json = serde_json::json!({ "account": id.to_string(), "login": login, "password": password });
                context.say(&format!("{login}  {password}"), &json);
            }
            What::Grant { login, role, unit, from, to } => {
                let id = account(login)?;
                let role = Role::from_code(role).ok_or_else(|| {
                    Problem::refuse(Said::new("cli-config-bad").with("name", "role").with("value", role))
                })?;
                let unit = if unit == "*" { EVERYWHERE } else { find_unit(&db, unit)? };
                let from = day(from.as_deref(), db.today())?.unwrap_or(db.today());
                let to = day(to.as_deref(), Day::FOREVER)?.unwrap_or(Day::FOREVER);
                let valid = Period::new(from, to).ok_or_else(|| bad_day(&from.to_string()))?;
                db.write(&viewer, |op| actions::grant(op, id, unit, role, valid).map(drop))?;
                context.say("✓", &serde_json::json!({ "granted": true }));
            }
            What::Reset { login } => {
                let password = db.write(&viewer, |op| actions::reset_password(op, login))?;
                context
                    .say(&format!("{login}  {password}"), &serde_json::json!({ "login": login, "password": password }));
            }
            What::Close { login } => {
                let id = account(login)?;
                db.write(&viewer, |op| actions::close(op, id))?;
                context.say("✓", &serde_json::json!({ "closed": true }));
            }
            What::List => list(context, &db)?,
        }
        Ok(0)
    }
}

fn list(context: &Context, db: &chibo_store::Db) -> Result<(), Problem> {
    let lines = db.read(actions::list)?;
    let json: Vec<_> = lines.iter().map(|l| serde_json::json!({ "login": l.login, "name": l.name })).collect();
    let text: Vec<_> = lines.iter().map(|l| format!("{:<20} {}", l.login, l.name)).collect();
    context.say(&text.join("\n"), &serde_json::Value::from(json));
    Ok(())
}

fn bad_day(text: &str) -> Problem {
    Problem::refuse(Said::new("cli-bad-day").with("value", text))
}

fn day(text: Option<&str>, today: Day) -> Result<Option<Day>, Problem> {
    text.map(|t| Day::from_typed(t, today).ok_or_else(|| bad_day(t))).transpose()
}
