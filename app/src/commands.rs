//! The command line: one module per command; long work shows progress, results can be JSON, exit codes mean something.

mod audit;
mod backup;
mod check;
mod demo;
mod doctor;
mod import;
mod keys;
mod report;
mod serve;
mod user;

use std::process::ExitCode;

use chibo_kernel::{Id, Problem, Said, Unit};
use chibo_store::Db;
use clap::{Args, Parser, Subcommand};

use crate::compose::{self, Machine};
use crate::config::Config;
use crate::words;

#[derive(Parser)]
#[command(
    name = "chibo",
    version,
    about = "Chi Bộ: builds and runs grassroots Party organisations, members and cadres",
    after_help = "First steps:\n  chibo demo                      a real city with made-up members, to look around\n  \
    chibo serve                     an empty system; the first administrator is made at /set-up\n  \
    chibo import members FILE.xlsx  look at a spreadsheet; add --confirm to write it\n  chibo config                    every setting, its value and where it comes from\n\n\
    Exit codes: 0 done, 1 refused or found wanting, 2 wrong usage, 70 fault, 75 try again."
)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Settings every command takes; see `chibo config`.
#[derive(Args, Clone)]
pub struct Common {
    /// Folder of database, keys and work files
    #[arg(long, global = true)]
    data: Option<String>,
    /// postgres://user:password@host/database instead of SQLite in the data folder
    #[arg(long, global = true)]
    database: Option<String>,
    /// Port to listen on
    #[arg(long, global = true)]
    port: Option<u16>,
    /// Address to listen on
    #[arg(long, global = true)]
    host: Option<String>,
    /// Configuration file (TOML); chibo.toml in the data folder when absent
    #[arg(long, global = true)]
    config: Option<std::path::PathBuf>,
    /// Results as JSON, for scripts
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Make the demonstration city (or reuse it) and serve it
    Demo(demo::Demo),
    /// Serve the pages until stopped
    Serve,
    /// Bring the database to this program's version
    Migrate,
    /// Load members from a spreadsheet: first look, then --confirm
    Import(import::Import),
    /// Write members to a spreadsheet
    Export(report::Export),
    /// Count members: cross-tabs as of any day
    Report(report::Report),
    /// Check the invariants of the database
    Check,
    /// Look for trouble in the installation
    Doctor,
    /// The audit chain: verify it, anchor it
    Audit(audit::Audit),
    /// Write everything into one file
    Backup(backup::Backup),
    /// Fill an empty database from a backup file (either engine)
    Restore(backup::Restore),
    /// The encryption keys: how much lies under each, add a new one, retire an old one
    Keys(keys::KeyRing),
    /// Accounts: add, grant, reset, close, list
    User(user::User),
    /// Show every setting, its value and where it comes from
    Config,
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(code) => ExitCode::from(code),
        Err(problem) => {
            eprintln!("{}", words::sentences(&problem));
            ExitCode::from(words::exit_code(&problem))
        }
    }
}

fn run(cli: &Cli) -> Result<u8, Problem> {
    let config = load_config(&cli.common)?;
    let context = Context { config, json: cli.common.json };
    match &cli.command {
        Command::Demo(command) => command.run(&context),
        Command::Serve => serve::run(&context, None),
        Command::Migrate => migrate(&context),
        Command::Import(command) => command.run(&context),
        Command::Export(command) => command.run(&context),
        Command::Report(command) => command.run(&context),
        Command::Check => check::run(&context),
        Command::Doctor => doctor::run(&context),
        Command::Audit(command) => command.run(&context),
        Command::Backup(command) => command.run(&context),
        Command::Restore(command) => command.run(&context),
        Command::Keys(command) => command.run(&context),
        Command::User(command) => command.run(&context),
        Command::Config => show_config(&context),
    }
}

/// What every command is given.
pub struct Context {
    /// Effective settings.
    pub config: Config,
    /// Results as JSON.
    pub json: bool,
}

impl Context {
    /// Opens the database, bringing its schema up to date.
    pub fn open(&self) -> Result<Db, Problem> {
        compose::open(self.config.engine(), &self.config.data(), Machine::default())
    }

    /// Prints a result: the sentence for people, the JSON for scripts.
    pub fn say(&self, text: &str, json: &serde_json::Value) {
        if self.json {
            println!("{json}");
        } else {
            println!("{text}");
        }
    }
}

fn load_config(common: &Common) -> Result<Config, Problem> {
    let folder =
        common.data.clone().or_else(|| std::env::var("CHIBO_DATA").ok()).unwrap_or_else(|| "chibo-data".into());
    let usual = std::path::Path::new(&folder).join("chibo.toml");
    let path = common.config.clone().or_else(|| usual.exists().then_some(usual));
    let text = match &path {
        Some(path) => Some(
            std::fs::read_to_string(path)
                .map_err(|_| Problem::refuse(Said::new("cli-config-broken").with("value", path.display())))?,
        ),
        None => None,
    };
    let flags = |name: &str| match name {
        "data" => common.data.clone(),
        "database" => common.database.clone(),
        "port" => common.port.map(|p| p.to_string()),
        "host" => common.host.clone(),
        _ => None,
    };
    let file = path.as_deref().zip(text.as_deref());
    Config::layer(file, &|name| std::env::var(name).ok(), &flags)
}

fn migrate(context: &Context) -> Result<u8, Problem> {
    let db = context.open()?;
    let count = compose::migrations().len();
    let engine = if db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    context.say(&format!("{engine}: {count} ✓"), &serde_json::json!({ "engine": engine, "migrations": count }));
    Ok(0)
}

fn show_config(context: &Context) -> Result<u8, Problem> {
    let shown = context.config.shown();
    if context.json {
        let list: Vec<_> =
            shown.iter().map(|(n, v, s)| serde_json::json!({ "name": n, "value": v, "source": s })).collect();
        println!("{}", serde_json::Value::from(list));
    } else {
        for ((name, value, source), setting) in shown.iter().zip(&context.config.0) {
            println!("{name:<12} {value:<40} {source:<14} {}", setting.about);
        }
    }
    Ok(0)
}

/// A unit named on the command line: identifier, dotted code, or full name.
pub fn find_unit(db: &Db, text: &str) -> Result<Id<Unit>, Problem> {
    let unknown = || Problem::refuse(Said::new("cli-no-unit").with("value", text));
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let forest = db.read(|tx| chibo_organisation::load_forest(tx, None))?;
    let tree = forest.tree(chibo_kernel::AsOf::on(db.today()));
    let wanted = chibo_kernel::text::fold(text);
    let plain: String = text.chars().filter(char::is_ascii_digit).collect();
    let fits = |place: &u32| {
        tree.facts(*place).is_some_and(|f| {
            chibo_kernel::text::fold(&f.name) == wanted || !f.code.is_empty() && f.code.replace('.', "") == plain
        })
    };
    let place = (0..tree.len()).find(fits).ok_or_else(unknown)?;
    tree.unit(place).and_then(|no| forest.id(no)).ok_or_else(unknown)
}
