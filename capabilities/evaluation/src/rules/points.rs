//! Points: criteria with their maximum (EVAL-10) and the points of a task (EVAL-12). Points are kept in hundredths.

use chibo_kernel::Problem;
use chibo_kernel::rulebook::Rule;

/// A criterion of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Code; also the end of its word key.
    pub code: String,
    /// Whether it belongs to the general part, else to the tasks.
    pub general: bool,
    /// Most points, in hundredths.
    pub most: u32,
}

impl Criterion {
    /// Key of its word.
    pub fn word(&self) -> String {
        format!("evaluation-criterion-{}", self.code)
    }
}

/// The tree of a version; parts that do not add up to their whole are a fault of the data.
pub(super) fn tree(rule: &Rule) -> Result<Vec<Criterion>, Problem> {
    let mut all = Vec::new();
    for (list, whole, general) in [("general_parts", "general", true), ("task_parts", "tasks", false)] {
        let mut sum = 0;
        for text in rule.texts(list)? {
            let read = text.split_once(' ').and_then(|(code, most)| Some((code, most.parse::<u32>().ok()?)));
            let (code, most) = read.ok_or_else(|| Problem::fault(format!("{}: criterion {text}", rule.version())))?;
            sum += i64::from(most);
            all.push(Criterion { code: code.to_owned(), general, most: most * 100 });
        }
        if sum != rule.int(whole)? {
            return Err(Problem::fault(format!("{}: {list} do not add up", rule.version())));
        }
    }
    Ok(all)
}

/// The formula of a city (EVAL-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFormula {
    /// Weight of progress, of a hundred.
    pub progress_weight: u64,
    /// Weight of quality.
    pub quality_weight: u64,
    /// Working days late up to which progress gives so many per cent.
    pub steps: Vec<(u64, u64)>,
    /// Bonus of a task above requirement, per cent of its points.
    pub bonus_percent: u64,
    /// Most bonus of all tasks together, in points.
    pub bonus_at_most: u64,
}

/// One task as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoneTask {
    /// Its standard points, in hundredths.
    pub standard: u64,
    /// Working days late.
    pub late: u64,
    /// Quality, of a hundred.
    pub quality: u64,
    /// Difficulty, of a hundred (100 is usual).
    pub difficulty: u64,
    /// Above what was required.
    pub above: bool,
}

impl TaskFormula {
    pub(super) fn of(rule: &Rule) -> Result<Self, Problem> {
        let whole = |name: &str| rule.int(name).and_then(|n| u64::try_from(n).map_err(Problem::fault));
        let list = |name: &str| -> Result<Vec<u64>, Problem> {
            rule.ints(name)?.into_iter().map(|n| u64::try_from(n).map_err(Problem::fault)).collect()
        };
        Ok(Self {
            progress_weight: whole("progress_weight")?,
            quality_weight: whole("quality_weight")?,
            steps: list("late_at")?.into_iter().zip(list("progress_percent")?).collect(),
            bonus_percent: whole("bonus_percent")?,
            bonus_at_most: whole("bonus_at_most")?,
        })
    }

    /// Points of one task without bonus, in hundredths, rounded down.
    pub fn points(&self, task: DoneTask) -> u64 {
        let progress = self.steps.iter().find(|(late, _)| task.late <= *late).map_or(0, |(_, percent)| *percent);
        let weighed = self.progress_weight * progress + self.quality_weight * task.quality.min(100);
        task.standard * weighed * task.difficulty / 1_000_000
    }

    /// Points of all tasks with the bonus, in hundredths.
    pub fn total(&self, tasks: &[DoneTask]) -> u64 {
        let sum: u64 = tasks.iter().map(|task| self.points(*task)).sum();
        let above = tasks.iter().filter(|task| task.above);
        let bonus: u64 = above.map(|task| self.points(*task) * self.bonus_percent / 100).sum();
        sum + bonus.min(self.bonus_at_most * 100)
    }
}
