//! `chibo report` and `chibo export`: the same numbers and lists as the pages, for scripts.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Cube, Query};
use chibo_kernel::{AsOf, Day, Moment, Problem, Said};
use chibo_members::dims::{Dimension, Names, ground, members_of};
use chibo_members::sheets::export;
use chibo_papers::About;
use chibo_store::{Db, Entry};
use clap::Args;

use super::{Context, find_unit};
use crate::words;

/// Which members: a unit with everything under it, as of a day, as known on a day.
#[derive(Args)]
struct Which {
    /// Unit: code, full name or identifier; everything when absent
    #[arg(long)]
    unit: Option<String>,
    /// As of this day (today when absent), for example 30/6/2025
    #[arg(long)]
    day: Option<String>,
    /// As known on this day (now when absent)
    #[arg(long)]
    known: Option<String>,
}

/// Options of `chibo report`.
#[derive(Args)]
pub struct Report {
    #[command(flatten)]
    which: Which,
    /// What the rows are: kind, setting, sex, age, standing, ethnicity, religion, education, degree, theory,
    /// occupation, party-age, decade, child
    #[arg(long, default_value = "setting")]
    rows: String,
    /// What the columns are; the same names
    #[arg(long, default_value = "sex")]
    cols: String,
}

/// Options of `chibo export`.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    which: Which,
    /// XLSX file to write; sealed fields stay masked
    file: PathBuf,
}

struct Asked {
    census: Census,
    query: Query,
    unit: u32,
    at: AsOf,
}

impl Which {
    fn at(&self, db: &Db) -> Result<AsOf, Problem> {
        let today = db.today();
        let read = |text: &Option<String>| match text {
            Some(text) => Day::from_typed(text, today)
                .map(Some)
                .ok_or_else(|| Problem::refuse(Said::new("cli-bad-day").with("value", text))),
            None => Ok(None),
        };
        let known = read(&self.known)?.map_or(Moment::FOREVER, Moment::end_of);
        Ok(AsOf { day: read(&self.day)?.unwrap_or(today), known })
    }

    fn ask(&self, db: &Db) -> Result<Asked, Problem> {
        let census = Census::default();
        chibo_members::columns::fill(db, &census)?;
        let at = self.at(db)?;
        let forest = census.forest();
        let places = forest.today(db.today());
        let top = places.tree().order().first().copied();
        let unit = match &self.unit {
            Some(text) => forest.no(find_unit(db, text)?),
            None => top,
        };
        let unknown = || Problem::refuse(Said::new("cli-no-unit").with("value", self.unit.as_deref().unwrap_or("")));
        let unit = unit.ok_or_else(unknown)?;
        let how = ground(unit, &forest.tree(at), &places);
        let everywhere = std::iter::once(0..u32::MAX).collect();
        let query = members_of(unit, at, how, &places, everywhere);
        Ok(Asked { census, query, unit, at })
    }
}

impl Report {
    /// Prints the cross-tab.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        let db = context.open()?;
        let dimension = |key: &str| {
            Dimension::from_key(key).ok_or_else(|| {
                Problem::refuse(Said::new("cli-config-bad").with("name", "rows/cols").with("value", key))
            })
        };
        let (rows, cols) = (dimension(&self.rows)?, dimension(&self.cols)?);
        let asked = self.which.ask(&db)?;
        let query = asked.query.clone().by(&[rows.dim(asked.unit), cols.dim(asked.unit)]);
        let cube =
            asked.census.view(db.today()).cube(&query).map_err(|_| Problem::refuse(Said::new("cli-too-much")))?;
        print(context, &asked, &cube, rows, cols)?;
        Ok(0)
    }
}

fn print(context: &Context, asked: &Asked, cube: &Cube, rows: Dimension, cols: Dimension) -> Result<(), Problem> {
    let texts = words::words()?;
    let w = texts.tongue(words::terminal_lang());
    let tree = asked.census.forest().tree(asked.at);
    let names = Names::new(w, &tree, asked.unit, asked.at.day);
    let table = cube.crosstab(0, 1);
    // Codes that are not offered on the day may still be counted by what was known then: no number is left out.
    let used = |offered: Vec<u32>, size: usize, total: &dyn Fn(usize) -> u64| -> Vec<u32> {
        let others: Vec<u32> = (0..size as u32).filter(|code| !offered.contains(code)).collect();
        offered.into_iter().chain(others).filter(|code| total(*code as usize) > 0).collect()
    };
    let row_codes = used(rows.codes(&names), table.rows(), &|code| table.row_total(code));
    let col_codes = used(cols.codes(&names), table.cols(), &|code| table.col_total(code));
    if context.json {
        let lines: Vec<_> = row_codes
            .iter()
            .map(|row| {
                let cells: Vec<_> = col_codes.iter().map(|col| table.get(*row as usize, *col as usize)).collect();
                serde_json::json!({ "name": rows.code_name(*row, &names), "cells": cells, "total": table.row_total(*row as usize) })
            })
            .collect();
        let heads: Vec<_> = col_codes.iter().map(|col| cols.code_name(*col, &names)).collect();
        println!(
            "{}",
            serde_json::json!({ "day": asked.at.day.iso(), "columns": heads, "rows": lines, "total": table.total() })
        );
        return Ok(());
    }
    let wide = 34;
    print!("{:<wide$}", rows.name(w));
    col_codes.iter().for_each(|col| print!(" {:>14}", cut(&cols.code_name(*col, &names), 14)));
    println!(" {:>10}", "Σ");
    for row in &row_codes {
        print!("{:<wide$}", cut(&rows.code_name(*row, &names), wide));
        col_codes.iter().for_each(|col| print!(" {:>14}", w.n(table.get(*row as usize, *col as usize))));
        println!(" {:>10}", w.n(table.row_total(*row as usize)));
    }
    print!("{:<wide$}", "Σ");
    col_codes.iter().for_each(|col| print!(" {:>14}", w.n(table.col_total(*col as usize))));
    println!(" {:>10}", w.n(table.total()));
    Ok(())
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

impl Export {
    /// Writes the workbook and notes it in the audit log.
    pub fn run(&self, context: &Context) -> Result<u8, Problem> {
        let db = context.open()?;
        let asked = self.which.ask(&db)?;
        let forest = asked.census.forest();
        let ids: Vec<_> = {
            let view = asked.census.view(db.today());
            let list = view.list(&asked.query, ListOrder::Name, None, usize::MAX);
            list.into_iter().filter_map(|no| view.id(no)).collect()
        };
        let unit = forest.id(asked.unit);
        let what = export::Export {
            forest: &forest,
            at: asked.at,
            lang: words::terminal_lang(),
            keys: None,
            about: About { title: asked.at.day.to_string(), lines: Vec::new() },
            made: db.now(),
            columns: &[],
        };
        let cannot = |_| Problem::refuse(Said::new("cli-cannot-write").with("path", self.file.display()));
        let out = BufWriter::new(File::create(&self.file).map_err(cannot)?);
        let bar = indicatif::ProgressBar::new(ids.len() as u64);
        let (out, count) = db.read(|tx| {
            export::write(tx, &what, &ids, out, &mut |done| {
                bar.set_position(done);
                Ok(())
            })
        })?;
        let file = out.into_inner().map_err(|e| Problem::fault(e.error()))?;
        file.sync_all().map_err(Problem::fault)?;
        bar.finish_and_clear();
        db.write(&chibo_kernel::Viewer::program("chibo export"), |op| {
            let detail = serde_json::json!({ "count": count, "file": self.file.display().to_string() }).to_string();
            let stream = unit.map_or([0; 16], |unit| *unit.bytes());
            op.record(Entry { stream, action: "members-exported", unit, subject: None, detail });
            Ok(())
        })?;
        context.say(&format!("{count} → {}", self.file.display()), &serde_json::json!({ "members": count }));
        Ok(0)
    }
}
