//! Counters for `/metrics`: totals only, nothing about people.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const BOUNDS_US: [u64; 10] = [500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000];

/// Request counters and the gate for slow pages.
pub struct Meters {
    by_class: [AtomicU64; 6],
    buckets: [AtomicU64; 11],
    total_us: AtomicU64,
    slow: Arc<Semaphore>,
}

impl Default for Meters {
    fn default() -> Self {
        Self {
            by_class: Default::default(),
            buckets: Default::default(),
            total_us: AtomicU64::new(0),
            slow: Arc::new(Semaphore::new(16)),
        }
    }
}

impl Meters {
    /// Starts timing a request. The only place that reads the machine's clock by itself: it is never shown as a date.
    #[allow(clippy::disallowed_methods)]
    pub(super) fn start(&self) -> Instant {
        Instant::now()
    }

    /// Counts a finished request.
    pub(super) fn stop(&self, started: Instant, status: u16) {
        let us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.by_class[usize::from(status / 100).min(5)].fetch_add(1, Ordering::Relaxed);
        let bucket = BOUNDS_US.iter().position(|b| us <= *b).unwrap_or(BOUNDS_US.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.total_us.fetch_add(us, Ordering::Relaxed);
    }

    /// Waits for a place among the slow pages; `None` only while the program ends.
    pub(super) async fn slow_permit(&self) -> Option<OwnedSemaphorePermit> {
        self.slow.clone().acquire_owned().await.ok()
    }

    /// The counters in Prometheus text form.
    pub fn text(&self) -> String {
        let mut out = String::from("# TYPE chibo_requests_total counter\n");
        for class in 1..6 {
            let n = self.by_class[class].load(Ordering::Relaxed);
            let _ = writeln!(out, "chibo_requests_total{{status=\"{class}xx\"}} {n}");
        }
        out.push_str("# TYPE chibo_request_seconds histogram\n");
        let mut sum = 0;
        for (index, bucket) in self.buckets.iter().enumerate() {
            sum += bucket.load(Ordering::Relaxed);
            match BOUNDS_US.get(index) {
                Some(us) => {
                    let _ = writeln!(out, "chibo_request_seconds_bucket{{le=\"{}\"}} {sum}", *us as f64 / 1e6);
                }
                None => {
                    let _ = writeln!(out, "chibo_request_seconds_bucket{{le=\"+Inf\"}} {sum}");
                }
            }
        }
        let seconds = self.total_us.load(Ordering::Relaxed) as f64 / 1e6;
        let _ = writeln!(out, "chibo_request_seconds_sum {seconds}\nchibo_request_seconds_count {sum}");
        out
    }
}
