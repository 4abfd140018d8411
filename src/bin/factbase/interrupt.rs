//! Ctrl-C: the first one cancels what runs, a second one soon after ends the program.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use factbase::Cancellation;

use crate::failure;

/// A second Ctrl-C within this time means it, in milliseconds.
const IMPATIENCE_MS: u64 = 2_000;

static LAST_MS: AtomicU64 = AtomicU64::new(0);

/// Lets Ctrl-C cancel what runs with the handle this returns.
pub(crate) fn cancellation() -> Cancellation {
    let cancellation = Cancellation::new();
    let for_the_handler = cancellation.clone();
    // Where no handler can be set, Ctrl-C ends the program, as it does everywhere.
    let _ = ctrlc::set_handler(move || {
        let now = milliseconds();
        let last = LAST_MS.swap(now, Ordering::Relaxed);
        if for_the_handler.is_cancelled() && now.saturating_sub(last) < IMPATIENCE_MS {
            // What was committed is safe; what was not leaves no trace.
            std::process::exit(i32::from(failure::INTERRUPTED));
        }
        for_the_handler.cancel();
    });
    cancellation
}

fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}
