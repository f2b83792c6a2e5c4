//! The class that follows from points and facts, with every line of the reason. Pure: what-if asks the same function.

use chibo_kernel::Said;

use super::facts::{Fact, Facts};
use super::kind::{Class, Post, Sort};
use super::terms::{Band, Terms};

/// What is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Who.
    pub sort: Sort,
    /// His post.
    pub post: Post,
    /// Whether the campaign is of a quarter.
    pub quarter: bool,
    /// Points in hundredths; `None` where nothing was scored.
    pub points: Option<u32>,
    /// Figures.
    pub facts: Facts,
}

/// A line of the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The rule.
    pub rule: &'static str,
    /// What it says.
    pub said: Said,
    /// The highest level it leaves open.
    pub most: Class,
}

/// A class with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The highest level open.
    pub class: Class,
    /// Why, in order.
    pub lines: Vec<Line>,
    /// Considered for replacement (EVAL-44).
    pub replacement: bool,
}

fn line(rule: &'static str, key: &'static str, most: Class) -> Line {
    Line { rule, said: Said::new(key), most }
}

/// So many of so many are at least so many of a hundred; of none all are.
const fn reaches(part: u64, whole: u64, percent: u64) -> bool {
    part * 100 >= whole * percent
}

/// The highest level a case may get.
pub fn judge(terms: &Terms, case: &Case) -> Verdict {
    let mut lines = Vec::new();
    lines.extend(band(terms, case));
    lines.extend(conditions(terms, case, lines.first().map_or(Class::Excellent, |line| line.most)));
    lines.extend(forced(terms, case));
    lines.extend(ceilings(terms, case));
    let replacement = quarters(terms, case, &mut lines);
    let class = lines.iter().map(|line| line.most).min().unwrap_or(Class::Excellent);
    Verdict { class, lines, replacement }
}

/// The band of the points (EVAL-20…23).
fn band(terms: &Terms, case: &Case) -> Option<Line> {
    let points = case.points.filter(|_| terms.scored)?;
    let [best, good, done] = terms.bands;
    let (rule, most) = match points {
        points if points >= best.least => ("EVAL-20", Class::Excellent),
        points if points >= good.least => ("EVAL-21", Class::Good),
        points if points >= done.least => ("EVAL-22", Class::Fulfilled),
        _ => ("EVAL-23", Class::Failed),
    };
    Some(Line { rule, said: Said::new("evaluation-why-points").with("points", text(points)), most })
}

/// Points as people write them.
pub fn text(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole},{rest:02}") }
}

/// The first condition a level lacks.
fn lacks(case: &Case, band: &Band, best: bool) -> Option<&'static str> {
    let get = |fact| case.facts.get(fact);
    let (tasks, done, late) = (get(Fact::Tasks), get(Fact::Done), get(Fact::Late));
    if !reaches(done, tasks, band.done) {
        return Some("evaluation-why-undone");
    }
    if late * 100 > tasks * band.late {
        return Some("evaluation-why-late");
    }
    if !reaches(done.saturating_sub(late), tasks, band.on_time) {
        return Some("evaluation-why-not-on-time");
    }
    if !reaches(get(Fact::Above), tasks, band.above) {
        return Some("evaluation-why-not-above");
    }
    if best && get(Fact::Fixed) < get(Fact::Faults) {
        return Some("evaluation-why-not-fixed");
    }
    let led = case.sort != Sort::Member && get(Fact::UnitsDisciplined) > 0;
    (best && led).then_some("evaluation-why-led-disciplined")
}

/// Side conditions, level by level downward from that of the points.
fn conditions(terms: &Terms, case: &Case, from: Class) -> Vec<Line> {
    let [best, good, done] = &terms.bands;
    let levels =
        [(Class::Excellent, "EVAL-20", best), (Class::Good, "EVAL-21", good), (Class::Fulfilled, "EVAL-22", done)];
    let mut lines = Vec::new();
    for (class, rule, band) in levels {
        if class > from {
            continue;
        }
        match lacks(case, band, class == Class::Excellent) {
            Some(key) => lines.push(line(rule, key, class.below())),
            None => break,
        }
    }
    lines
}

/// What forces the lowest level (EVAL-25).
fn forced(terms: &Terms, case: &Case) -> Vec<Line> {
    let facts = &case.facts;
    let get = |fact| facts.get(fact);
    let led = case.sort != Sort::Member;
    let self_detected = facts.is(Fact::SelfDetected);
    let caught = |code: &str| match code {
        "disciplined" => facts.is(Fact::Disciplined).then_some("evaluation-why-disciplined"),
        "concluded" => facts.is(Fact::Concluded).then_some("evaluation-why-concluded"),
        "breached" => facts.is(Fact::Breached).then_some("evaluation-why-breached"),
        "half-done" => {
            let half = !reaches(get(Fact::Done), get(Fact::Tasks), terms.half);
            let forced = led && half && facts.is(Fact::MainMissed) && !facts.is(Fact::Objective);
            forced.then_some("evaluation-why-half-done")
        }
        "unit-below" => {
            (led && get(Fact::UnitsDisciplined) > 0 && !self_detected).then_some("evaluation-why-unit-below")
        }
        "many-below" => {
            let many = get(Fact::UnitsDisciplined) * 100 > get(Fact::Units) * terms.below;
            (!case.sort.is_person() && many).then_some("evaluation-why-many-below")
        }
        _ => None,
    };
    let keys = terms.causes.iter().filter_map(|code| caught(code));
    keys.map(|key| line("EVAL-25", key, Class::Failed)).collect()
}

/// What leaves the highest levels closed (EVAL-26).
fn ceilings(terms: &Terms, case: &Case) -> Vec<Line> {
    let facts = &case.facts;
    let failed = facts.is(Fact::UnitFailed);
    let caught = |code: &str| match code {
        "disciplined" => facts.is(Fact::Disciplined).then_some(("evaluation-why-no-best-disciplined", Class::Good)),
        "uncorrected" => (facts.get(Fact::Fixed) < facts.get(Fact::Faults))
            .then_some(("evaluation-why-no-best-uncorrected", Class::Good)),
        "head-of-failed" => {
            (failed && case.post == Post::Head).then_some(("evaluation-why-head-of-failed", Class::Fulfilled))
        }
        "deputy-of-failed" => {
            (failed && case.post == Post::Deputy).then_some(("evaluation-why-deputy-of-failed", Class::Good))
        }
        _ => None,
    };
    let found = terms.ceilings.iter().filter_map(|code| caught(code));
    found.map(|(key, most)| line("EVAL-26", key, most)).collect()
}

/// Quarters (EVAL-42…44); whether replacement is to be considered.
fn quarters(terms: &Terms, case: &Case, lines: &mut Vec<Line>) -> bool {
    let Some(rules) = terms.quarters else { return false };
    let facts = &case.facts;
    if case.quarter {
        let done = reaches(facts.get(Fact::Done), facts.get(Fact::Tasks), rules.done);
        if !done && !facts.is(Fact::Objective) {
            lines.push(line("EVAL-42", "evaluation-why-quarter-undone", Class::Failed));
        }
        let said = facts.0.contains_key(&Fact::UnitPercent);
        if said && facts.get(Fact::UnitPercent) < rules.unit {
            match case.post {
                Post::Head => lines.push(line("EVAL-43", "evaluation-why-unit-quarter-head", Class::Failed)),
                Post::Deputy => lines.push(line("EVAL-43", "evaluation-why-unit-quarter-deputy", Class::Good)),
                Post::None => {}
            }
        }
        return facts.get(Fact::QuartersInARow) >= rules.in_a_row;
    }
    if facts.get(Fact::FailedQuarters) > 0 {
        lines.push(line("EVAL-44", "evaluation-why-failed-quarter", Class::Good));
    }
    facts.get(Fact::QuartersInARow) >= rules.in_a_row
}
