//! The headings of a spreadsheet with what they are read as; people say it better where the program guesses wrong.

use std::collections::HashMap;
use std::path::Path;

use chibo_kernel::{Issue, Problem, Said};
use chibo_papers::Mapping;
use chibo_web::form::Kind;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Field, Form, Reply, Visit};

use super::imports;
use crate::actions::headings;
use crate::sheets::COLUMNS;
use crate::sheets::summary::{Heading, Summary};
use crate::store::ImportRow;

/// Name of the question about the heading in a column.
fn question(heading: &Heading) -> String {
    format!("heading-{}", heading.letters.to_lowercase())
}

fn choices(w: Tongue<'_>) -> Vec<(String, String)> {
    let name = |column: &chibo_papers::Column| {
        let english = column.titles.last().copied().unwrap_or(column.key);
        let text = if w.lang == Lang::Vi { column.title() } else { english };
        (column.key.to_owned(), if column.required { format!("{text} *") } else { text.to_owned() })
    };
    let mut choices = vec![(String::new(), w.t("members-heading-unread").to_owned())];
    choices.extend(COLUMNS.iter().map(name));
    choices
}

/// The form; nothing when the file has no headings.
pub(super) fn form(visit: &Visit<'_>, row: &ImportRow, summary: &Summary) -> Option<Form> {
    let w = visit.w;
    let choices = choices(w);
    let field = |heading: &Heading| {
        let label = w.t2("members-heading", ("letters", &heading.letters), ("title", &heading.title));
        Field::new(question(heading), label, Kind::Select(choices.clone())).value(heading.column.as_str())
    };
    let fields: Vec<Field> = summary.titles.iter().map(field).collect();
    let address = format!("/members/imports/{}/headings", row.import_id);
    (!fields.is_empty()).then(|| Form::new(address, w.t("members-headings-look"), fields))
}

/// Whether people have to say something before anything can be read: a column every row needs was not found.
pub(super) fn needed(summary: &Summary) -> bool {
    COLUMNS.iter().any(|column| column.required && summary.titles.iter().all(|title| title.column != column.key))
}

/// What was said of every heading; two of them for one column are an issue at the second.
fn said(visit: &Visit<'_>, summary: &Summary) -> Result<Vec<(String, String)>, Vec<Issue>> {
    let mut taken: HashMap<&str, &Heading> = HashMap::new();
    let (mut said, mut issues) = (Vec::new(), Vec::new());
    for heading in &summary.titles {
        let (name, column) = (question(heading), visit.form.get(&question(heading)));
        if let Some(first) = (!column.is_empty()).then(|| taken.insert(column, heading)).flatten() {
            let said = Said::new("members-heading-twice").with("first", &first.title).with("letters", &first.letters);
            issues.push(Issue { field: Some(name), rule: None, said });
        }
        said.push((Mapping::heading(&heading.title), column.to_owned()));
    }
    if issues.is_empty() { Ok(said) } else { Err(issues) }
}

/// Reads the file again with what was said, and remembers it for the account's next files.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, unit) = imports::load(visit)?;
    let before = Summary::read(&row.preview)?;
    let said = match said(visit, &before) {
        Ok(said) => said,
        Err(issues) => return imports::page_of(visit, &row, &before, issues),
    };
    if row.state != "waiting" {
        return Err(Problem::Conflict(Said::new("members-import-not-waiting")));
    }
    let mut mapping = Mapping::default();
    said.iter().for_each(|(heading, column)| mapping.say(heading.clone(), column.clone()));
    let (_, summary) = imports::look(visit, (Path::new(&row.file_path), &row.file_name), &mapping)?;
    let preview = serde_json::to_string(&summary).map_err(Problem::fault)?;
    visit.write(|op| headings::map_headings(op, (row.import_id, unit), &said, &preview))?;
    Ok(Reply::done(format!("/members/imports/{}", row.import_id), "members-headings-said"))
}
