//! A run on its own thread that somebody watches: commands go in, batches of records come out.
//!
//! Channels are bounded on both sides. A watcher that does not take the records holds the run; nothing is dropped.

mod children;
mod guest;
mod host;
mod listener;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use loopscope_protocol::{Command, Record, Speed};

use crate::host::real::RealHost;
use crate::host::{Host as _, HostError, Request, SystemRequest};
use crate::inspect::{self, Attach, Begin, Client, Incoming, Link, SessionId};
use crate::js::{self, Program, Stopper};
use crate::options::Options;
use crate::trace::{Sampling, Spares};

pub use host::SessionHost;
use listener::{Listener, Ways};

/// Batches on their way to the watcher.
const BATCHES: usize = 64;

/// Commands on their way to the run.
const COMMANDS: usize = 256;

/// Stack of the runtime's thread: V8 keeps its own limit of about 1 MB for scripts; the rest is for native code.
pub const STACK_SIZE: usize = 16 * 1024 * 1024;

/// The watcher's session with the inspector.
const WATCHER: SessionId = inspect::WINDOW;

/// What V8 is told where runs are watched. When it unrolls loops it leaves out looking for interruptions in those that end
/// soon, and by mistake also in an endless one around a loop of its own making (`for (;;) new Array(1000)`), which then can
/// neither be stopped nor ended when its heap is full.
pub const V8_OPTION: &str = "--no-turboshaft-loop-unrolling";

/// How a watched run begins.
#[derive(Debug, Clone)]
pub struct Start {
    /// What to run.
    pub options: Options,
    /// The current folder of the process during the run; `None` leaves it as it is.
    pub folder: Option<String>,
    /// Stand still before the first callback.
    pub paused: bool,
    /// How fast callbacks follow each other.
    pub speed: Speed,
    /// Have V8's inspector there for the watcher. The run then waits before its first line until it is asked for
    /// `Runtime.runIfWaitingForDebugger`.
    pub inspect: bool,
    /// Look at the stack every so many microseconds; 0 for never.
    pub sampling: u32,
}

/// Why a watched run could not begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The system gives no thread.
    #[error("the system gives no thread for the script: {0}; close other programs and run it again")]
    Thread(std::io::Error),
    /// The system gives no poller.
    #[error(
        "the system gives no poller for the event loop: {0}; close other programs and run the script again"
    )]
    Poller(std::io::Error),
    /// The folder cannot be entered.
    #[error("cannot enter the script's folder: {0}")]
    Folder(#[from] HostError),
    /// The runtime did not start.
    #[error(transparent)]
    Run(#[from] js::RunError),
    /// The runtime's thread panicked.
    #[error("the runtime failed; this is a bug in Loopscope")]
    Panicked,
}

/// The means to end the run, once it has begun and until it is over.
#[derive(Default)]
struct Slot {
    stopper: Option<Stopper>,
    /// The run was to be ended before it had begun.
    stopped: bool,
}

/// A [`Slot`] that several threads reach.
#[derive(Clone, Default)]
struct SharedSlot(Arc<Mutex<Slot>>);

impl SharedSlot {
    fn lock(&self) -> MutexGuard<'_, Slot> {
        // Whoever panicked with the lock has at worst not stored the stopper.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Steers a run from any thread.
#[derive(Clone)]
pub struct Control {
    commands: Sender<Command>,
    /// Set with every command: looking at this costs less than looking into the channel.
    news: Arc<AtomicBool>,
    slot: SharedSlot,
    /// The way to the run's inspector.
    link: Option<Link>,
    sampling: Sampling,
    /// The run is to end: its inspector waits for nobody.
    ended: Arc<AtomicBool>,
}

impl Control {
    /// Sends a command. A run that has ended takes none.
    pub fn send(&self, command: Command) {
        if command == Command::Stop {
            self.ended.store(true, Ordering::Relaxed);
            let mut slot = self.slot.lock();
            slot.stopped = true;
            if let Some(stopper) = &slot.stopper {
                stopper.stop();
            }
        }
        match self.commands.try_send(command) {
            // Nobody can type so many commands ahead; the ones that are waiting say the same.
            Ok(()) | Err(TrySendError::Disconnected(_) | TrySendError::Full(_)) => {}
        }
        self.news.store(true, Ordering::Release);
    }

    /// Hands a request of the Chrome DevTools Protocol (JSON) to the run's inspector; false when the run is over, has no
    /// inspector, or has a thousand requests to follow.
    pub fn inspect(&self, request: String) -> bool {
        let Some(link) = &self.link else { return false };
        let posted = link.post(Incoming::Message { session: WATCHER, text: request });
        if let Some(stopper) = &self.slot.lock().stopper {
            stopper.request_dispatch();
        }
        posted
    }

    /// Looks at the stack every so many microseconds from now on; 0 for no longer.
    pub fn sample(&self, micros: u32) {
        self.sampling.set(micros);
        // It is looked at wherever the run is.
        self.request_records();
    }

    /// Asks for the records made so far while a callback is still running.
    pub fn request_records(&self) {
        if let Some(stopper) = &self.slot.lock().stopper {
            stopper.request_records();
        }
    }
}

/// A run that is being watched. Dropping it stops the run and waits for its thread.
pub struct Session {
    control: Control,
    records: Receiver<Vec<Record>>,
    spares: Spares,
    inspector: Receiver<String>,
    thread: Option<JoinHandle<Result<i32, SessionError>>>,
}

impl Session {
    /// Starts a run. [`js::initialize`] must have been called on the main thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(start: Start) -> Result<Self, SessionError> {
        let (commands, wanted) = bounded(COMMANDS);
        let news = Arc::new(AtomicBool::new(false));
        let (made, records) = bounded(BATCHES);
        let spares = Spares::default();
        let kept = spares.clone();
        let slot = SharedSlot::default();
        let (link, inbox) = inspect::link(Begin::WhenAsked);
        let ended = Arc::new(AtomicBool::new(false));
        let (client, inspector) = Client::new(Arc::clone(&ended));
        let attach = start.inspect.then(|| {
            link.post(Incoming::Connect { session: WATCHER, client });
            Attach::expected(link.clone(), inbox, None)
        });
        let link = attach.is_some().then_some(link);
        let sampling = Sampling::every(start.sampling);
        let ways = Ways {
            commands: wanted,
            news: Arc::clone(&news),
            sampling: sampling.clone(),
            records: made,
            spares: kept,
        };
        let control = Control { commands, news, slot: slot.clone(), link, sampling, ended };
        let thread = std::thread::Builder::new()
            .name("runtime".to_owned())
            .stack_size(STACK_SIZE)
            .spawn(move || run(start, ways, attach, &slot))
            .map_err(SessionError::Thread)?;
        Ok(Self { control, records, spares, inspector, thread: Some(thread) })
    }

    /// What steers the run.
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// The batches of records, in order. The channel closes when the run is over and everything was taken.
    pub fn records(&self) -> &Receiver<Vec<Record>> {
        &self.records
    }

    /// Gives a batch back that was read, so that its room is used again.
    pub fn give_back(&self, batch: Vec<Record>) {
        self.spares.give(batch);
    }

    /// What the run's inspector says: answers and notifications of the Chrome DevTools Protocol, as JSON. Take them: the
    /// run waits when thousands are waiting.
    pub fn inspector(&self) -> &Receiver<String> {
        &self.inspector
    }

    /// The exit code once the run is over. Waits for it; take the records first.
    ///
    /// # Errors
    /// When the run could not start.
    pub fn finish(mut self) -> Result<i32, SessionError> {
        match self.thread.take() {
            Some(thread) => thread.join().map_err(|_| SessionError::Panicked)?,
            None => Err(SessionError::Panicked),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        self.control.send(Command::Stop);
        // The run may be waiting for room in the channel: take what comes until it closes.
        while self.records.recv().is_ok() {}
        // What the thread returned concerns nobody any more.
        drop(thread.join());
    }
}

/// The runtime's thread.
fn run(start: Start, ways: Ways, attach: Option<Attach>, slot: &SharedSlot) -> Result<i32, SessionError> {
    let mut host = SessionHost::new(RealHost::new().map_err(SessionError::Poller)?);
    if let Some(path) = start.folder {
        host.call(Request::System(SystemRequest::Chdir { path }))?;
    }
    let bell = attach.as_ref().map_or_else(crossbeam_channel::never, |attach| attach.inbox.bell.clone());
    let listener = Listener::new(ways, bell, start.paused, start.speed);
    let shared = slot.clone();
    let set = move |stopper: Stopper| {
        let mut slot = shared.lock();
        if slot.stopped {
            stopper.stop();
        }
        slot.stopper = Some(stopper);
    };
    let program = Program {
        options: start.options,
        host: Box::new(host),
        observer: Some(Box::new(listener)),
        on_start: Some(Box::new(set)),
        worker: None,
        inspect: attach,
    };
    let outcome = js::run(program);
    // The isolate is gone; nobody may reach for it.
    slot.lock().stopper = None;
    Ok(outcome?.code)
}
