//! Ends a script that runs for too long.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the thread and its owner share.
#[derive(Default)]
struct Shared {
    state: Mutex<Progress>,
    changed: Condvar,
}

#[derive(Default)]
struct Progress {
    /// The script is over.
    done: bool,
    /// Time was up before.
    expired: bool,
}

/// Ends what runs in an isolate when time is up, unless it is taken down before.
pub struct Watchdog {
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

impl Watchdog {
    /// Starts the clock.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(isolate: v8::IsolateHandle, time: Duration) -> std::io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let watched = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
            let state = watched.state.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = watched.changed.wait_timeout_while(state, time, |state| !state.done);
            let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if !state.done {
                state.expired = true;
                isolate.terminate_execution();
            }
        })?;
        Ok(Self { shared, thread })
    }

    /// Stops the clock; returns whether time was up.
    pub fn stop(self) -> bool {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).done = true;
        self.shared.changed.notify_one();
        // The thread cannot panic, and what it says is in `shared`.
        drop(self.thread.join());
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).expired
    }
}
