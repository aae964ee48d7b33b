//! Why the system shows no dialog. rfd tells a dialog that the user gave up and one that could not be shown apart only in
//! its log.

use std::sync::{Mutex, PoisonError};

use log::{Level, LevelFilter, Log, Metadata, Record};

/// What failed last.
static FAILED: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the errors of rfd and lets everything else pass.
struct Sink;

impl Log for Sink {
    fn enabled(&self, metadata: &Metadata) -> bool {
        metadata.level() == Level::Error && metadata.target().starts_with("rfd")
    }

    fn log(&self, record: &Record) {
        if self.enabled(record.metadata()) {
            *FAILED.lock().unwrap_or_else(PoisonError::into_inner) = Some(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// Begins to listen, and forgets what failed before.
pub fn listen() {
    // Where somebody else listens already, dialogs that cannot be shown look like ones that were given up.
    if log::set_logger(&Sink).is_ok() {
        log::set_max_level(LevelFilter::Error);
    }
    drop(take());
}

/// Why the dialog that has just ended could not be shown, if it could not.
pub fn take() -> Option<String> {
    FAILED.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_of_the_dialogs_are_kept() {
        listen();
        log::error!(target: "winit", "no monitor");
        log::warn!(target: "rfd::backend", "Using zenity fallback");
        assert_eq!(take(), None);
        log::error!(target: "rfd::backend", "Failed to pick file with zenity");
        assert_eq!(take().as_deref(), Some("Failed to pick file with zenity"));
        assert_eq!(take(), None);
    }
}
