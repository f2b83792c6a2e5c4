//! All papers of a decision in one file: the decision, then separate minutes for each hand-over, since each is signed
//! by other people (ORG-16).

use chibo_kernel::text::fold;
use chibo_kernel::{Permission, Problem, Said};
use chibo_papers::archive::{ZIP, archive};
use chibo_papers::document::{Document, PDF, bound_pdf, to_docx};
use chibo_web::{Reply, Visit};

use super::decision::Compared;
use super::handover::{handed, minutes};
use super::papers::{decided, note_decision};
use crate::papers::Handed;
use crate::store::{self, DecisionRow};

/// So many minutes are made while the viewer waits.
const MOST: usize = 500;
/// Longest part of a file name that names a unit, letters.
const LONGEST: usize = 40;

/// `GET /reorganisations/{id}/papers.zip`: files to be worked on.
pub(super) fn zip(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, papers) = papers(visit)?;
    let mut files = Vec::with_capacity(papers.len());
    for (name, document) in &papers {
        files.push((format!("{name}.docx"), to_docx(document)?));
    }
    note_decision(visit, &row, "papers", papers.len())?;
    Ok(Reply::File { name: format!("{}.zip", file_name(&row)), kind: ZIP, body: archive(&files)? })
}

/// `GET /reorganisations/{id}/papers.pdf`: to be printed in one go.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, papers) = papers(visit)?;
    let documents: Vec<Document> = papers.into_iter().map(|(_, document)| document).collect();
    let body = bound_pdf(&row.title, &documents, &chibo_web::fonts())?;
    note_decision(visit, &row, "papers", documents.len())?;
    Ok(Reply::File { name: format!("{}.pdf", file_name(&row)), kind: PDF, body })
}

fn file_name(row: &DecisionRow) -> String {
    format!("van-ban-{}", row.effective_on.iso())
}

/// The papers with their names, for those who may export all the decision concerns.
fn papers(visit: &Visit<'_>) -> Result<(DecisionRow, Vec<(String, Document)>), Problem> {
    let compared = Compared::load(visit)?;
    visit.permit(Permission::Export, compared.decision.unit_id)?;
    let steps = visit.read(|tx| store::steps_of(tx, compared.decision.decision_id))?;
    let rows = handed(visit, &compared, &steps);
    few_enough(rows.len())?;
    let mut papers = vec![("001-quyet-dinh".to_owned(), decided(&compared, &steps))];
    for (row, no) in rows.into_iter().zip(2..) {
        papers.push((minutes_name(no, &row), minutes(&compared, vec![row])));
    }
    Ok((compared.decision, papers))
}

fn few_enough(count: usize) -> Result<(), Problem> {
    if count <= MOST {
        return Ok(());
    }
    Err(Problem::refuse(Said::new("reorganisations-papers-too-many").with("count", count).with("most", MOST)))
}

/// `002-ban-giao-chi-bo-khu-pho-9-dang-bo-phuong-mot`: the number keeps the order and makes the name the only one.
fn minutes_name(no: usize, row: &Handed) -> String {
    let name = format!("{no:03}-ban-giao-{}-{}", short(&row.from), short(&row.into));
    name.trim_end_matches('-').to_owned()
}

/// A name without marks, in letters that every system takes for a file name.
fn short(name: &str) -> String {
    let plain = fold(name);
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-");
    joined.chars().take(LONGEST).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_says_who_hands_over_to_whom() {
        let handed = |from: &str, into: &str| Handed { from: from.into(), into: into.into(), whole: true, members: 0 };
        let row = handed("Chi bộ Khu phố 9 (Đảng bộ \"A/B\")", "Đảng bộ phường Một");
        assert_eq!(minutes_name(2, &row), "002-ban-giao-chi-bo-khu-pho-9-dang-bo-a-b-dang-bo-phuong-mot");
        let long = minutes_name(500, &handed(&"rất dài ".repeat(40), ""));
        assert!(long.starts_with("500-ban-giao-rat-dai-") && long.len() <= 60 && !long.ends_with('-'), "{long}");
    }

    #[test]
    fn five_hundred_minutes_are_made_at_once_and_not_one_more() {
        assert_eq!(few_enough(500), Ok(()));
        assert!(matches!(few_enough(501), Err(Problem::Refused(_))));
    }
}
