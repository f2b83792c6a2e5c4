//! What an observer gave, criterion by criterion, beside what the branch gave itself (MTG-12, MTG-20).

use chibo_kernel::{Issue, Said};

/// A criterion of the form with the branch's own points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// 1 to 8.
    pub no: u8,
    /// Points to be had.
    pub most: u32,
    /// What the branch got.
    pub own: u32,
}

/// Criteria of a closed sheet: its items added up.
pub fn criteria(items: impl IntoIterator<Item = (u8, u32, u32)>) -> Vec<Criterion> {
    let mut found: Vec<Criterion> = Vec::new();
    for (no, most, own) in items {
        match found.iter_mut().find(|criterion| criterion.no == no) {
            Some(criterion) => {
                criterion.most += most;
                criterion.own += own;
            }
            None => found.push(Criterion { no, most, own }),
        }
    }
    found.sort_by_key(|criterion| criterion.no);
    found
}

/// The name of a criterion's box.
pub fn field(no: u8) -> String {
    format!("c{no}")
}

/// Points by criterion.
pub type Points = Vec<(u8, u32)>;

/// Points of an observer, out of 100, with the points by criterion; every box must hold a number the form allows.
///
/// # Errors
/// Every wrong box at once.
pub fn observed(criteria: &[Criterion], typed: impl Fn(&str) -> String) -> Result<(u32, Points), Vec<Issue>> {
    let (mut points, mut issues) = (Vec::new(), Vec::new());
    for criterion in criteria {
        let name = field(criterion.no);
        match typed(&name).trim().parse::<u32>().ok().filter(|got| *got <= criterion.most) {
            Some(got) => points.push((criterion.no, got)),
            None => {
                let said = Said::new("meetings-seen-range").with("most", criterion.most);
                issues.push(Issue { field: Some(name), rule: Some("MTG-20"), said });
            }
        }
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let got: u32 = points.iter().map(|(_, got)| got).sum();
    let most: u32 = criteria.iter().map(|criterion| criterion.most).sum();
    // A form without its thematic part is out of less than 100: what is left counts for all (MTG-21).
    let total = if most == 0 { 0 } else { (got * 200 + most) / (2 * most) };
    Ok((total, points))
}

/// As it is kept.
pub fn text(points: &[(u8, u32)]) -> String {
    points.iter().map(|(no, got)| format!("{no}:{got}")).collect::<Vec<_>>().join(" ")
}

/// As it was kept.
pub fn parse(text: &str) -> Points {
    let one = |part: &str| part.split_once(':').and_then(|(no, got)| Some((no.parse().ok()?, got.parse().ok()?)));
    text.split(' ').filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Vec<Criterion> {
        criteria([(1, 5, 5), (3, 8, 8), (3, 2, 0), (7, 30, 27)])
    }

    #[test]
    fn mtg_20_criteria_are_their_items_added_up() {
        let told: Vec<_> = sheet().iter().map(|one| (one.no, one.most, one.own)).collect();
        assert_eq!(told, [(1, 5, 5), (3, 10, 8), (7, 30, 27)]);
    }

    #[test]
    fn mtg_12_an_observer_fills_every_box_within_what_the_form_allows() {
        let (total, points) = observed(&sheet(), |name| if name == "c7" { "21" } else { " 5 " }.to_owned()).unwrap();
        assert_eq!((total, points.as_slice()), (69, &[(1, 5), (3, 5), (7, 21)][..]), "31 of 45");
        assert_eq!(parse(&text(&points)), points);
        let wrong = observed(&sheet(), |name| if name == "c1" { "6" } else { "" }.to_owned()).unwrap_err();
        assert_eq!(wrong.len(), 3);
        assert_eq!(wrong[0].field.as_deref(), Some("c1"));
    }
}
