//! A run in progress: the session, and the thread that folds its records into the model.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::RecvTimeoutError;
use loopscope_protocol::{Command, Record, Speed};
use loopscope_runtime::options::{Main, Options};
use loopscope_runtime::session::{Control, Session, SessionError, Start};

use super::model::Model;

/// Records that are folded in before the window may look again.
const CHUNK: usize = 256;

/// How long the thread waits for records before it asks whether a long callback made any.
const QUIET: Duration = Duration::from_millis(16);

/// Called when there is something new to draw, from another thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// A file, with its arguments.
    File(String, Vec<String>),
    /// Text that was never saved.
    Text(String),
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It has not ended.
    Going,
    /// It ended with this exit code.
    Ended(i32),
    /// It could not begin, or the runtime failed; the text says what to do.
    Failed(String),
}

/// What the two threads share.
struct Shared {
    model: Mutex<Model>,
    /// The window wants to look.
    wanted: AtomicBool,
    progress: Mutex<Progress>,
}

/// A run. Dropping it stops the script.
pub struct Running {
    control: Option<Control>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// No one panics between two changes that belong together: both locks hold values that are whole after every call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Running {
    /// Starts `script`, paused before its first callback if wanted.
    pub fn start(script: Script, paused: bool, speed: Speed, wake: Wake) -> Self {
        let shared = Arc::new(Shared {
            model: Mutex::default(),
            wanted: AtomicBool::new(false),
            progress: Mutex::new(Progress::Going),
        });
        let started = Session::start(begin(script, paused, speed)).and_then(|session| {
            let control = session.control().clone();
            let (theirs, wake) = (Arc::clone(&shared), Arc::clone(&wake));
            let thread = std::thread::Builder::new()
                .name("reducer".to_owned())
                .spawn(move || follow(session, &theirs, &wake))
                .map_err(SessionError::Thread)?;
            Ok((control, thread))
        });
        match started {
            Ok((control, thread)) => Self { control: Some(control), shared, thread: Some(thread) },
            Err(failed) => {
                *lock(&shared.progress) = Progress::Failed(failed.to_string());
                Self { control: None, shared, thread: None }
            }
        }
    }

    /// The run so far. The run goes on meanwhile; its records wait.
    pub fn model(&self) -> MutexGuard<'_, Model> {
        self.shared.wanted.store(true, Ordering::Release);
        let model = lock(&self.shared.model);
        self.shared.wanted.store(false, Ordering::Release);
        model
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        lock(&self.shared.progress).clone()
    }

    /// Sends a command.
    pub fn send(&self, command: Command) {
        if let Some(control) = &self.control {
            control.send(command);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.send(Command::Stop);
        if let Some(thread) = self.thread.take() {
            // It has nothing to say any more.
            drop(thread.join());
        }
    }
}

fn begin(script: Script, paused: bool, speed: Speed) -> Start {
    let (options, folder) = match script {
        Script::File(path, args) => {
            let folder = Path::new(&path).parent().map(|folder| folder.to_string_lossy().into_owned());
            (Options::file(path, args), folder.filter(|folder| !folder.is_empty()))
        }
        Script::Text(source) => {
            let mut options = Options::file("", Vec::new());
            options.main = Main::Eval { source, name: "[eval]", print: false };
            (options, None)
        }
    };
    Start { options, folder, paused, speed }
}

/// The reducer's thread: takes batches until the run is over.
fn follow(session: Session, shared: &Shared, wake: &Wake) {
    let records = session.records();
    loop {
        let sleeps = lock(&shared.model).sleeps();
        // The start of the first callback after a sleep is told at once, so nothing has to be asked for meanwhile.
        let received =
            if sleeps { records.recv().map_err(RecvTimeoutError::from) } else { records.recv_timeout(QUIET) };
        match received {
            Ok(batch) => {
                fold(&batch, shared);
                wake();
            }
            // A callback may be running of which not even the start has been told.
            Err(RecvTimeoutError::Timeout) => session.control().request_records(),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    *lock(&shared.progress) = match session.finish() {
        Ok(code) => Progress::Ended(code),
        Err(failed) => Progress::Failed(failed.to_string()),
    };
    wake();
}

fn fold(batch: &[Record], shared: &Shared) {
    for chunk in batch.chunks(CHUNK) {
        // The lock is not fair: without this the window might wait for the whole batch.
        while shared.wanted.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        lock(&shared.model).apply(chunk);
    }
}
