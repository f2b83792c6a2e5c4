//! What was measured, judged against its target, as lines for people or JSON for scripts.

use crate::measure::Paired;

/// What must be reached. Ratios are ours to bare.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// The ratio at least.
    Ratio(f64),
    /// The ratio at most.
    RatioAtMost(f64),
    /// Our figure at most, in its unit.
    AtMost(f64),
    /// For orientation only.
    None,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Row {
    pub job: &'static str,
    pub what: String,
    pub unit: &'static str,
    pub ours: f64,
    pub bare: Option<f64>,
    pub ratio: Option<f64>,
    /// The same ratio by processor time.
    pub cpu: Option<f64>,
    pub target: Target,
}

impl Row {
    /// Times of a pair, shown in `unit`, of which a second has `per_second`.
    pub fn time(job: &'static str, what: impl Into<String>, unit: (&'static str, f64), pair: &Paired) -> Self {
        Self {
            job,
            what: what.into(),
            unit: unit.0,
            ours: pair.ours.wall * unit.1,
            bare: Some(pair.bare.wall * unit.1),
            ratio: Some(pair.wall),
            cpu: (pair.cpu > 0.0).then_some(pair.cpu),
            target: Target::None,
        }
    }

    /// Rates of a pair: how many of `count` things a second.
    pub fn rate(job: &'static str, what: impl Into<String>, unit: &'static str, count: f64, pair: &Paired) -> Self {
        Self {
            job,
            what: what.into(),
            unit,
            ours: count / pair.ours.wall,
            bare: Some(count / pair.bare.wall),
            ratio: Some(1.0 / pair.wall),
            cpu: (pair.cpu > 0.0).then_some(1.0 / pair.cpu),
            target: Target::None,
        }
    }

    /// A figure without a bare one beside it.
    pub fn alone(job: &'static str, what: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self { job, what: what.into(), unit, ours, bare: None, ratio: None, cpu: None, target: Target::None }
    }

    pub fn must(self, target: Target) -> Self {
        Self { target, ..self }
    }

    /// Whether the target is met; `None` without one.
    fn met(&self) -> Option<bool> {
        match self.target {
            Target::Ratio(least) => self.ratio.map(|ratio| ratio >= least),
            Target::RatioAtMost(most) => self.ratio.map(|ratio| ratio <= most),
            Target::AtMost(most) => Some(self.ours <= most),
            Target::None => None,
        }
    }

    fn cells(&self) -> [String; 8] {
        let optional =
            |value: Option<f64>, mark: &str| value.map_or_else(String::new, |v| format!("{}{mark}", short(v)));
        let target = match self.target {
            Target::Ratio(least) => format!("≥ {} ×", short(least)),
            Target::RatioAtMost(most) => format!("≤ {} ×", short(most)),
            Target::AtMost(most) => format!("≤ {} {}", short(most), self.unit),
            Target::None => String::new(),
        };
        let met = self.met().map_or("", |met| if met { "met" } else { "**not met**" });
        [
            self.job.to_owned(),
            self.what.clone(),
            format!("{} {}", short(self.ours), self.unit),
            self.bare.map_or_else(String::new, |bare| format!("{} {}", short(bare), self.unit)),
            optional(self.ratio, " ×"),
            optional(self.cpu, " ×"),
            target,
            met.to_owned(),
        ]
    }

    fn json(&self) -> serde_json::Value {
        let (kind, value) = match self.target {
            Target::Ratio(v) => ("ratio-at-least", Some(v)),
            Target::RatioAtMost(v) => ("ratio-at-most", Some(v)),
            Target::AtMost(v) => ("at-most", Some(v)),
            Target::None => ("none", None),
        };
        serde_json::json!({ "job": self.job, "what": self.what, "unit": self.unit, "ours": self.ours, "bare": self.bare,
            "ratio": self.ratio, "cpu-ratio": self.cpu, "target": { "kind": kind, "value": value }, "met": self.met() })
    }
}

/// Three significant digits, thousands grouped.
fn short(value: f64) -> String {
    if value >= 1000.0 {
        let whole = format!("{value:.0}");
        let first = whole.len() % 3;
        let groups = whole.as_bytes()[first..].chunks(3).map(|c| String::from_utf8_lossy(c).into_owned());
        let head = (first > 0).then(|| whole[..first].to_owned());
        return head.into_iter().chain(groups).collect::<Vec<_>>().join(",");
    }
    let places = if value >= 100.0 || value == value.round() {
        0
    } else {
        (2.0 - value.abs().log10().floor()).clamp(1.0, 5.0) as usize
    };
    format!("{value:.places$}")
}

/// Everything measured in this run.
pub struct Report {
    pub rounds: usize,
    json: bool,
    rows: Vec<Row>,
}

const HEADING: [&str; 8] = ["job", "what", "ours", "bare", "ratio", "by CPU", "target", ""];

impl Report {
    pub fn new(rounds: usize, json: bool) -> Self {
        Self { rounds, json, rows: Vec::new() }
    }

    pub fn section(&self, name: &str) {
        eprintln!("— {name}");
    }

    /// Takes a row and shows it at once.
    pub fn row(&mut self, row: Row) {
        eprintln!("{}", row.cells().join(" | "));
        self.rows.push(row);
    }

    /// Says something that is no figure.
    pub fn say(&self, line: &str) {
        eprintln!("  {line}");
    }

    /// Prints everything.
    pub fn finish(&self, members: u32) {
        if self.json {
            let rows: Vec<_> = self.rows.iter().map(Row::json).collect();
            println!("{}", serde_json::json!({ "members": members, "rounds": self.rounds, "rows": rows }));
            return;
        }
        println!("\n{members} members, {} rounds\n", self.rounds);
        println!("| {} |", HEADING.join(" | "));
        println!("|{}", "---|".repeat(HEADING.len()));
        for row in &self.rows {
            println!("| {} |", row.cells().join(" | "));
        }
    }
}
