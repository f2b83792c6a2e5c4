//! Times: wall, and processor time of this process with all its threads.

use std::hint::black_box;
use std::time::Instant;

use crate::process;

/// Seconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    pub wall: f64,
    pub cpu: f64,
}

/// Runs a job once.
pub fn took<T>(job: impl FnOnce() -> T) -> (Took, T) {
    let (start, cpu) = (Instant::now(), process::cpu(std::process::id()));
    let value = job();
    let took = Took { wall: start.elapsed().as_secs_f64(), cpu: process::cpu(std::process::id()) - cpu };
    (took, value)
}

/// Two programs for one job.
#[derive(Clone, Copy, Debug)]
pub struct Paired {
    /// Medians.
    pub ours: Took,
    pub bare: Took,
    /// Medians of the rounds' ratios of time, ours to bare; the second is 0 when too short to tell.
    pub wall: f64,
    pub cpu: f64,
}

/// Runs both in turn, each first as often as the other.
pub fn paired(rounds: usize, mut ours: impl FnMut() -> Took, mut bare: impl FnMut() -> Took) -> Paired {
    let mut pairs = Vec::new();
    for round in 0..rounds {
        if round % 2 == 0 {
            let a = ours();
            pairs.push((a, bare()));
        } else {
            let b = bare();
            pairs.push((ours(), b));
        }
    }
    let of = |take: &dyn Fn(&(Took, Took)) -> f64| median(pairs.iter().map(take).collect());
    let ratio = |a: f64, b: f64| if b > 0.05 { a / b } else { 0.0 };
    Paired {
        ours: Took { wall: of(&|p| p.0.wall), cpu: of(&|p| p.0.cpu) },
        bare: Took { wall: of(&|p| p.1.wall), cpu: of(&|p| p.1.cpu) },
        wall: of(&|p| p.0.wall / p.1.wall),
        cpu: of(&|p| ratio(p.0.cpu, p.1.cpu)),
    }
}

/// Short jobs: many pairs of `times` runs each, after a warm-up; gives times of one run.
pub fn paired_short<A, B>(times: usize, mut ours: impl FnMut() -> A, mut bare: impl FnMut() -> B) -> Paired {
    let mut a = || short(times, &mut ours);
    let mut b = || short(times, &mut bare);
    a();
    b();
    paired(15, a, b)
}

/// The median time of one run, of 15 tries of `times` runs.
pub fn alone<A>(times: usize, mut job: impl FnMut() -> A) -> f64 {
    short(times, &mut job);
    median((0..15).map(|_| short(times, &mut job).wall).collect())
}

fn short<A>(times: usize, job: &mut dyn FnMut() -> A) -> Took {
    let start = Instant::now();
    for _ in 0..times {
        black_box(job());
    }
    Took { wall: start.elapsed().as_secs_f64() / times as f64, cpu: 0.0 }
}

/// The middle one; of an even number the lower middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len().max(1) - 1) / 2).copied().unwrap_or(0.0)
}
