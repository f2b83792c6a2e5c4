//! `chibo demo`: the city with made-up members, made once and then reused.

use chibo_accounts::Role;
use chibo_accounts::{NewAccount, create_account, grant};
use chibo_kernel::{Problem, Said, Viewer};
use chibo_store::{Db, Engine};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

use super::{Context, serve};
use crate::demo::{self, Plan, load};
use crate::{compose, machine};

/// Options of `chibo demo`.
#[derive(Args)]
pub struct Demo {
    /// How many members, 1,000 to 6,000,000
    #[arg(long, value_parser = clap::value_parser!(u32).range(1_000..=6_000_000))]
    members: Option<u32>,
    /// Make the data and stop, without serving
    #[arg(long)]
    build_only: bool,
}

/// An account to try, kept in `demo-accounts.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoAccount {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Role code.
    pub role: String,
    /// Unit it is given on.
    pub unit: String,
}

#[derive(Serialize, Deserialize)]
struct Accounts {
    accounts: Vec<DemoAccount>,
}

impl Demo {
    /// Makes or reuses the data, then serves it.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        // Loading is one long write: a large cache pays, and a crash only means starting the batch again.
        let mut machine = compose::Machine::default();
        machine.tuning.writer_cache = 256;
        let db = compose::open(context.config.engine(), &context.config.data(), machine)?;
        let mark = load::mark(&db)?;
        if mark.is_none() && db.read(chibo_members::store::count_persons)?.unwrap_or(0) > 0 {
            return Err(Problem::refuse(Said::new("cli-not-empty")));
        }
        let members = self.members.or(mark.map(|m| m.members)).unwrap_or(demo::FULL_SCALE);
        let started = machine::stopwatch();
        let made = mark.is_none_or(|m| m.stage < load::DONE || m.members != members);
        if made {
            machine::watch_signals();
            fill(&db, members)?;
        }
        let seconds = started.elapsed().as_secs_f64();
        let accounts = accounts(context, &db, members)?;
        if made {
            // Said last: whoever is told figures may rely on the whole demonstration being there.
            eprintln!("{members} · {seconds:.1} s · {:.0}/s · {}", f64::from(members) / seconds, size(context));
        }
        drop(db);
        if self.build_only {
            return Ok(0);
        }
        serve::run(context, Some(&|url: &str| greet(context, url, &accounts)))
    }
}

fn size(context: &Context) -> String {
    match context.config.engine() {
        Engine::Sqlite(path) => {
            std::fs::metadata(path).map_or_else(|_| String::new(), |m| format!("{} MiB", m.len() >> 20))
        }
        Engine::Postgres(_) => "PostgreSQL".to_owned(),
    }
}

fn fill(db: &Db, members: u32) -> Result<(), Problem> {
    let words = crate::words::words()?;
    let w = words.tongue(crate::words::terminal_lang());
    let bar = ProgressBar::new(u64::from(members));
    let style = ProgressStyle::with_template("{msg:32} {wide_bar} {pos}/{len} {per_sec} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let plan = Plan::new(members);
    let outcome = load::fill(db, &plan, &mut |stage, done, total| {
        bar.set_message(w.t(stage).to_owned());
        bar.set_length(total);
        bar.set_position(done);
        if machine::stopping() { Err(Problem::refuse(Said::new("cli-demo-stopped"))) } else { Ok(()) }
    });
    bar.finish_and_clear();
    outcome
}

/// Login, name and role of each account to try.
const ACCOUNTS: [(&str, &str, Role); 4] = [
    ("thanhuy", "Chuyên viên Ban Tổ chức Thành ủy", Role::CityBoard),
    ("phuong", "Cán bộ tổ chức phường", Role::UnitOfficer),
    ("chibo", "Bí thư chi bộ", Role::BranchSecretary),
    ("quantri", "Quản trị viên", Role::Administrator),
];

/// The accounts to try. Their passwords are on disk before they hold, so that stopping in between loses none.
fn accounts(context: &Context, db: &Db, members: u32) -> Result<Vec<DemoAccount>, Problem> {
    let path = context.config.data().join("demo-accounts.json");
    let there: Vec<_> = db.read(chibo_accounts::list)?.into_iter().map(|account| account.login).collect();
    let kept = std::fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str::<Accounts>(&text).ok());
    if let Some(kept) = &kept
        && ACCOUNTS.iter().all(|(login, ..)| there.iter().any(|known| known == login))
    {
        return Ok(kept.accounts.clone());
    }
    let [city, ward, branch] = load::seats(db, &Plan::new(members));
    let units = [city, ward, branch, (chibo_accounts::EVERYWHERE, "*".to_owned())];
    let viewer = Viewer::program("chibo demo");
    let made = match kept {
        Some(kept) => kept.accounts,
        None => {
            let mut made = Vec::new();
            for ((login, _, role), (_, unit)) in ACCOUNTS.iter().zip(&units) {
                let password = match there.iter().any(|known| known == login) {
                    true => db.write(&viewer, |op| chibo_accounts::reset_password(op, login))?,
                    false => format!("Demo-{}", chibo_store::seal::hex(&db.random::<5>())),
                };
                let (login, role) = ((*login).to_owned(), role.code().to_owned());
                made.push(DemoAccount { login, password, role, unit: unit.clone() });
            }
            let text = serde_json::to_string_pretty(&Accounts { accounts: made.clone() }).map_err(Problem::fault)?;
            compose::write_private(&path, text.as_bytes())?;
            made
        }
    };
    for (((login, name, role), (unit, _)), account) in ACCOUNTS.iter().zip(&units).zip(&made) {
        if there.iter().any(|known| known == login) {
            continue;
        }
        db.write(&viewer, |op| {
            let new = NewAccount { login, name, password: &account.password, must_change: false };
            let account = create_account(op, new)?;
            grant(op, account, *unit, *role, load::rights_since()).map(drop)
        })?;
    }
    Ok(made)
}

fn greet(context: &Context, url: &str, accounts: &[DemoAccount]) {
    if context.json {
        println!("{}", serde_json::json!({ "url": url, "accounts": accounts }));
        return;
    }
    println!("\n  {url}\n");
    for account in accounts {
        println!("  {:<10} {:<18} {}", account.login, account.password, account.unit);
    }
    println!("\n  Ctrl-C để dừng · to stop\n");
}
