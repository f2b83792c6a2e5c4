//! `chibo import members FILE`: look first; with `--confirm`, write everything as one act.

use std::path::PathBuf;

use chibo_kernel::{AsOf, Id, Problem, Said, Unit, Viewer};
use chibo_members::actions::import as members;
use chibo_members::sheets::read::{self, Branches, Reading};
use chibo_organisation::kinds::Kind;
use chibo_papers::{Mapping, Preview, RowState, Severity};
use chibo_store::Db;
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use super::{Context, find_unit};
use crate::words;

/// Options of `chibo import`.
#[derive(Args)]
pub struct Import {
    /// What the rows are
    what: What,
    /// XLSX or CSV file
    file: PathBuf,
    /// Only branches under this unit (code, full name or identifier); everywhere when absent
    #[arg(long)]
    unit: Option<String>,
    /// Write the good rows; without it nothing is written
    #[arg(long)]
    confirm: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    Members,
}

/// The branches under a unit today, and that unit.
fn branches(db: &Db, unit: Option<&str>) -> Result<(Branches, Id<Unit>), Problem> {
    let forest = db.read(|tx| chibo_organisation::load_forest(tx, None))?;
    let tree = forest.tree(AsOf::on(db.today()));
    let place = match unit {
        Some(text) => {
            let id = find_unit(db, text)?;
            let found = forest.no(id).and_then(|no| tree.place_of(no));
            found.ok_or_else(|| Problem::refuse(Said::new("cli-no-unit").with("value", text)))?
        }
        None => 0,
    };
    let holds =
        |place: &u32| tree.facts(*place).and_then(|f| Kind::from_number(f.kind)).is_some_and(Kind::holds_members);
    let named = (place..tree.end(place)).filter(holds).filter_map(|place| {
        let id = tree.unit(place).and_then(|no| forest.id(no))?;
        tree.facts(place).map(|facts| (id, facts.code.as_str(), facts.name.as_str()))
    });
    let top = tree
        .unit(place)
        .and_then(|no| forest.id(no))
        .ok_or_else(|| Problem::refuse(Said::new("cli-no-unit").with("value", "")))?;
    Ok((Branches::new(named), top))
}

impl Import {
    /// Runs it; exit code 1 when rows were refused.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        let What::Members = self.what;
        if !self.file.is_file() {
            return Err(Problem::refuse(Said::new("store-no-such-file")));
        }
        let db = context.open()?;
        let (branches, unit) = branches(&db, self.unit.as_deref())?;
        let name = self.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut source = read::open(&self.file, &name)?;
        let keys = db.keys().clone();
        let reading = Reading { branches: &branches, mapping: &Mapping::default(), today: db.today() };
        let (preview, _) = members::preview(&mut source, reading, &mut |number| {
            let Some(key) = chibo_members::ledger::identity_key(&keys, number) else { return Ok(false) };
            Ok(db.read(|tx| chibo_members::store::key_owner(tx, &key))?.is_some())
        })?;
        show(context, &preview)?;
        if self.confirm && preview.has_work() {
            confirm(context, &db, &self.file, &name, &branches, unit, &preview)?;
        }
        Ok(u8::from(preview.refused() > 0))
    }
}

fn show(context: &Context, preview: &Preview) -> Result<(), Problem> {
    let texts = words::words()?;
    let w = texts.tongue(words::terminal_lang());
    if context.json {
        let issues: Vec<_> = preview
            .issues()
            .iter()
            .map(|i| {
                serde_json::json!({ "sheet": &*i.sheet, "row": i.row, "cell": i.address(), "what": w.said(&i.said),
                "error": i.severity == Severity::Error })
            })
            .collect();
        println!(
            "{}",
            serde_json::json!({ "rows": preview.rows_total(), "new": preview.count(RowState::New),
            "known": preview.count(RowState::Same), "duplicates": preview.duplicates(), "refused": preview.refused(),
            "warned": preview.warned(), "issues": issues })
        );
        return Ok(());
    }
    println!(
        "{}",
        w.with(
            "cli-import-counts",
            &[
                ("rows", w.n(preview.rows_total())),
                ("new", w.n(preview.count(RowState::New))),
                ("known", w.n(preview.count(RowState::Same))),
                ("twice", w.n(preview.duplicates())),
                ("refused", w.n(preview.refused())),
            ]
        )
    );
    for issue in preview.issues().iter().take(100) {
        let mark = if issue.severity == Severity::Error { "✗" } else { "!" };
        println!("{mark} {} {} {}", issue.sheet, issue.address(), w.said(&issue.said));
    }
    Ok(())
}

fn confirm(
    context: &Context,
    db: &Db,
    path: &std::path::Path,
    name: &str,
    branches: &Branches,
    unit: Id<Unit>,
    preview: &Preview,
) -> Result<(), Problem> {
    let bar = ProgressBar::new(preview.count(RowState::New));
    let import = db.fresh();
    let bytes = std::fs::read(path).map_err(Problem::fault)?;
    let digest = chibo_store::seal::digest(&bytes);
    drop(bytes);
    let viewer = Viewer::program("chibo import");
    let outcome = db.write(&viewer, |op| {
        let now = op.now();
        chibo_members::store::add_import(
            op.tx(),
            import,
            None,
            name,
            &path.display().to_string(),
            &digest,
            Some(unit),
            now,
            // An empty summary: its page shows what was written.
            "{}",
        )?;
        let progress = |done: u64| {
            bar.set_position(done);
            Ok(())
        };
        let job = members::Confirmation {
            import,
            path,
            name,
            digest: &digest,
            unit,
            branches,
            mapping: &Mapping::default(),
            progress: &progress,
        };
        let outcome = members::confirm(op, &job)?;
        let count = outcome.members as i64;
        chibo_members::store::move_import(op.tx(), import, "waiting", "confirmed", Some(now), count)?;
        Ok(outcome)
    })?;
    bar.finish_and_clear();
    context.say(
        &format!("+{} · −{}", outcome.members, outcome.left_out),
        &serde_json::json!({ "import": import.to_string(), "members": outcome.members, "left-out": outcome.left_out }),
    );
    Ok(())
}
