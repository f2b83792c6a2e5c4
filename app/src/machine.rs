//! The real clock, the real random source, signals: the things every other crate takes as parameters.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use chibo_kernel::{Clock, Moment};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct MachineClock;

impl Clock for MachineClock {
    #[allow(clippy::disallowed_methods)]
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Seconds since an arbitrary start, for rates on progress bars and benchmarks.
#[allow(clippy::disallowed_methods)]
pub fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}

/// Fills a buffer from the operating system's random source; without it nothing may go on.
pub fn random(out: &mut [u8]) {
    if let Err(error) = getrandom::fill(out) {
        eprintln!("the operating system gives no random numbers: {error}");
        std::process::exit(70);
    }
}

static STOP: AtomicBool = AtomicBool::new(false);

/// Whether Ctrl-C or a stop signal has come.
pub fn stopping() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Asks everything to end.
pub fn stop() {
    STOP.store(true, Ordering::Relaxed);
}

/// Watches for Ctrl-C and the stop signal on a thread of its own, for work outside the server.
pub fn watch_signals() {
    std::thread::spawn(|| {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(wait_for_signal());
        stop();
    });
}

/// Waits for Ctrl-C or the stop signal.
pub async fn wait_for_signal() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
