//! How far something is that takes a while, told on a terminal, and Ctrl+C that ends it.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, Result};
use loopscope::state::open::{Opened, open_watched};
use loopscope::state::work::Work;
use loopscope_runtime::program;

/// How often it is looked how far it is.
const LOOK: Duration = Duration::from_millis(50);

/// What takes no longer than so many looks is not worth a word.
const GRACE: u32 = 4;

/// Exit code of a program that was interrupted, as shells count.
const INTERRUPTED: u8 = 130;

/// The exit code of a program that was interrupted.
pub fn interrupted() -> ExitCode {
    ExitCode::from(INTERRUPTED)
}

/// Some work of which a terminal is told. When it is dropped the work is over, and the line is wiped.
pub struct Told {
    work: Work,
    thread: Option<JoinHandle<()>>,
}

impl Told {
    /// Begins to tell; Ctrl+C cancels the work, a second one ends the program.
    ///
    /// # Errors
    /// When the system gives no thread for Ctrl+C.
    pub fn begin(work: &Work) -> Result<Self> {
        let to_cancel = work.clone();
        program::on_interrupt(move || to_cancel.cancel()).context("the system gives no thread for Ctrl+C")?;
        let told = work.clone();
        let tell = std::thread::Builder::new().name("progress".to_owned());
        // Without a thread nobody is told; the work is done all the same.
        let thread = io::stderr().is_terminal().then(|| tell.spawn(move || tell_of(&told)).ok()).flatten();
        Ok(Self { work: work.clone(), thread })
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        self.work.finish();
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // Whoever says how far it is has nothing to say any more.
            drop(thread.join());
        }
    }
}

fn tell_of(work: &Work) {
    let mut looks = 0_u32;
    while !work.is_finished() {
        std::thread::park_timeout(LOOK);
        looks += 1;
        if looks >= GRACE && !work.is_finished() {
            eprint!("\r{} (Ctrl+C cancels)", work.text());
        }
    }
    if looks >= GRACE {
        // The line is wiped.
        eprint!("\r\x1b[K");
    }
}

/// Opens a file with a run; `None` when that was cancelled, which is said then.
///
/// # Errors
/// When it cannot be read or is no trace.
pub fn open(path: &Path) -> Result<Option<Opened>> {
    let work = Work::new(format!("Opening {}", path.display()));
    let told = Told::begin(&work)?;
    let opened = open_watched(path, &work);
    drop(told);
    if work.is_cancelled() {
        say_cancelled(path);
        return Ok(None);
    }
    opened.map(Some)
}

/// Says that Ctrl+C ended it.
pub fn say_cancelled(path: &Path) {
    eprintln!("loopscope: {} was not read to its end: it was cancelled", path.display());
}
