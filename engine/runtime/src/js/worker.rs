//! Threads that scripts start: each has an isolate, a loop and a host of its own
//! (<https://nodejs.org/api/worker_threads.html>).

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use loopscope_protocol::ExitReason;

use super::port::{PortHandle, open_inbox};
use super::run::{Program, Stopper, run};
use super::state::{Origin, State};
use crate::host::{HostEvent, OpId, Response, ThreadHost};
use crate::inspect::workers::Child;
use crate::inspect::{self, Attach, Begin, Inspector};
use crate::options::{Main, Options};
use crate::trace::Joined;

/// Stack of a worker's thread.
const THREAD_STACK: usize = 16 << 20;

/// What native code may need below the part of the stack that scripts may use.
const NATIVE_STACK: usize = 512 << 10;

/// How long the end of a run waits for a thread that does not end, such as one that reads from a terminal.
const PATIENCE: Duration = Duration::from_secs(5);

/// Number of the last thread; the main one is 0.
static LAST_THREAD: AtomicU64 = AtomicU64::new(0);

/// The limits of a worker's memory in megabytes; what is not positive is left to V8.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The young generation of the heap.
    pub young: f64,
    /// The old generation.
    pub old: f64,
    /// Memory for code.
    pub code: f64,
    /// The stack of scripts.
    pub stack: f64,
}

impl Limits {
    fn bytes(megabytes: f64) -> usize {
        (megabytes * f64::from(1 << 20)) as usize
    }

    /// Bytes of the stack that scripts may use.
    pub fn stack_size(&self) -> usize {
        Self::bytes(self.stack.max(0.0)).clamp(64 << 10, THREAD_STACK - NATIVE_STACK * 2)
    }

    /// Puts the limits into the settings of an isolate that is made on the calling thread.
    pub fn apply(&self, mut params: v8::CreateParams) -> v8::CreateParams {
        if self.old > 0.0 {
            params = params.set_max_old_generation_size_in_bytes(Self::bytes(self.old));
        }
        if self.young > 0.0 {
            params = params.set_max_young_generation_size_in_bytes(Self::bytes(self.young));
        } else if self.old > 0.0 {
            // What survives in a large young generation would not fit into a small old one.
            let young =
                Self::bytes(self.old / 4.0).max(1 << 20).min(params.max_young_generation_size_in_bytes());
            params = params.set_max_young_generation_size_in_bytes(young);
        }
        if self.code > 0.0 {
            params = params.set_code_range_size_in_bytes(Self::bytes(self.code));
        }
        let wanted = self.stack_size();
        let here = 0_u8;
        // SAFETY: the address lies within the thread's stack, which is larger than what is taken off.
        unsafe { params.set_stack_limit((&raw const here).wrapping_sub(wanted).cast_mut().cast()) }
    }
}

/// What the thread that started a worker and the worker itself both see.
#[derive(Default)]
pub struct Shared {
    stopper: Mutex<Option<Stopper>>,
    /// The worker was to be ended, perhaps before it could be.
    stopped: AtomicBool,
    /// Host time at which its loop began, 0 before.
    pub loop_began: AtomicU64,
    /// Nanoseconds its loop slept.
    pub idle: AtomicU64,
    /// Its thread stands still for ever, because V8 cannot go on there.
    parked: AtomicBool,
}

impl Shared {
    /// Has the worker look into the inbox of its inspector, wherever it is; it does so by itself before its first line.
    pub fn request_dispatch(&self) {
        if let Some(stopper) = &*self.stopper.lock().unwrap_or_else(PoisonError::into_inner) {
            stopper.request_dispatch();
        }
    }

    /// Ends the worker wherever it is.
    pub fn stop(&self) {
        let stopper = self.stopper.lock().unwrap_or_else(PoisonError::into_inner);
        self.stopped.store(true, Ordering::Relaxed);
        if let Some(stopper) = &*stopper {
            stopper.stop();
        }
    }
}

/// What makes a run that of a worker.
pub struct Link {
    /// Its number in the process.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The limits it was given.
    pub limits: Limits,
    /// Its end of the channel between the built-in modules on both sides.
    pub port: PortHandle,
    /// Where it takes messages from any thread.
    pub inbox: PortHandle,
    /// What its starter sees of it.
    pub shared: Arc<Shared>,
    /// Reaches the main thread's run.
    pub main: Stopper,
    /// How it becomes part of the stream of the run, when somebody listens.
    pub joined: Option<Joined>,
    /// When the process began.
    pub origin: Origin,
}

/// A worker as its own runtime knows it.
pub struct Own {
    /// Its number in the process.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The limits it was given.
    pub limits: Limits,
    /// Number of its end of the channel.
    pub port: u32,
    /// Number of the port at which it takes messages from any thread.
    pub inbox: u32,
    /// What its starter sees of it.
    pub shared: Arc<Shared>,
    /// Reaches the main thread's run.
    pub main: Stopper,
}

/// A worker as the runtime that started it knows it.
struct Started {
    id: u64,
    shared: Arc<Shared>,
    thread: std::thread::JoinHandle<()>,
}

impl Started {
    fn runs(&self) -> bool {
        !self.shared.parked.load(Ordering::Relaxed) && !self.thread.is_finished()
    }
}

/// The workers of a runtime by the operation that stands for each.
#[derive(Default)]
pub struct Workers(RefCell<HashMap<OpId, Started>>);

impl Workers {
    /// What is seen of a worker that has not been forgotten.
    pub fn shared(&self, op: OpId) -> Option<Arc<Shared>> {
        self.0.borrow().get(&op).map(|worker| Arc::clone(&worker.shared))
    }

    /// The worker has told that it is over. Returns its number.
    pub fn forget(&self, op: OpId) -> Option<u64> {
        let worker = self.0.borrow_mut().remove(&op)?;
        if !worker.shared.parked.load(Ordering::Relaxed) {
            // Nothing runs there any more that could panic.
            drop(worker.thread.join());
        }
        Some(worker.id)
    }

    /// Ends every worker and waits for their threads: the process must not end under them.
    pub fn stop_all(&self) {
        let workers = self.0.take();
        for worker in workers.values() {
            worker.shared.stop();
        }
        let mut waited = Duration::ZERO;
        let step = Duration::from_millis(1);
        while waited < PATIENCE && workers.values().any(Started::runs) {
            std::thread::sleep(step);
            waited += step;
        }
    }
}

thread_local! {
    /// How a worker's thread tells that its heap is full.
    static LAST_WORDS: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
}

/// V8 has no memory left on this thread and cannot go on: when it is that of a worker, this tells so and does not return,
/// so that the rest of the program goes on.
pub fn stand_still_if_worker() {
    let Some(tell) = LAST_WORDS.take() else { return };
    tell();
    loop {
        std::thread::park();
    }
}

/// Runs of main threads that go on in this process.
static RUNS: Mutex<usize> = Mutex::new(0);

/// A run of a main thread. While it is the only one, its first worker has the number 1, as in a process of its own.
pub struct Numbered;

impl Numbered {
    /// One that begins now.
    pub fn begin() -> Self {
        let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
        if *runs == 0 {
            LAST_THREAD.store(0, Ordering::Relaxed);
        }
        *runs += 1;
        Self
    }
}

impl Drop for Numbered {
    fn drop(&mut self) {
        *RUNS.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
    }
}

/// The number for a new worker.
pub fn new_id() -> u64 {
    LAST_THREAD.fetch_add(1, Ordering::Relaxed) + 1
}

/// Starts the thread of a worker that `op` stands for. When it is over, the operation gets its exit code and whether its
/// heap was full.
///
/// # Errors
/// When the system gives no thread.
pub fn start(
    state: &State,
    op: OpId,
    options: Options,
    id: u64,
    (name, limits, port): (String, Limits, PortHandle),
) -> std::io::Result<()> {
    let shared = Arc::<Shared>::default();
    let (make_host, reporter) = {
        let host = state.host.borrow();
        (host.for_thread(), host.reporter())
    };
    let inbox = open_inbox(id);
    let main = state.worker.as_ref().map_or(&state.stopper, |own| &own.main).clone();
    let joined = state.tracer.borrow_mut().as_mut().and_then(|tracer| {
        let now = state.host.borrow().now();
        tracer.at(now - state.started).start_worker(&name, state.started)
    });
    let inspector = state.any_inspector();
    let (way, attach) = attach(inspector.as_deref());
    if let Some(inspector) = &inspector {
        let waits = attach.inbox.begin != Begin::AtOnce;
        let url = url_of(&options);
        let (name, on) = (name.clone(), joined.as_ref().map(|joined| joined.id));
        let child = Child { id, name, url, on, link: way, shared: Arc::clone(&shared), waits };
        inspector.worker_begins(state, child);
    }
    let origin = state.origin;
    let link = Link { id, name, limits, port, inbox, shared: Arc::clone(&shared), main, joined, origin };
    let told = Arc::clone(&shared);
    let thread =
        std::thread::Builder::new().name(format!("worker-{id}")).stack_size(THREAD_STACK).spawn(move || {
            let tell = move |code: i32, full: bool| {
                let result = Response::List(vec![Response::Number(f64::from(code)), Response::Bool(full)]);
                reporter(HostEvent::Completed { op, result: Ok(result), last: true });
            };
            let tell_full = tell.clone();
            LAST_WORDS.set(Some(Box::new(move || {
                told.parked.store(true, Ordering::Relaxed);
                tell_full(1, true);
            })));
            let (code, reason) = work(make_host, options, link, attach);
            LAST_WORDS.set(None);
            tell(code, reason == ExitReason::OutOfMemory);
        });
    match thread {
        Ok(thread) => {
            state.workers.0.borrow_mut().insert(op, Started { id, shared, thread });
            Ok(())
        }
        Err(failed) => {
            if let Some(inspector) = inspector {
                inspector.worker_ended(id);
            }
            Err(failed)
        }
    }
}

/// The way to a worker's inspector, and what the worker is given of it.
fn attach(inspector: Option<&Inspector>) -> (inspect::Link, Attach) {
    let begin = inspector.map_or(Begin::AtOnce, Inspector::begin_of_worker);
    // The children of a worker are children of the program.
    let processes = inspector.map(|inspector| Arc::clone(inspector.processes())).unwrap_or_default();
    let (way, inbox) = inspect::link_with(begin, processes);
    let is_expected = inspector.is_some_and(Inspector::is_active);
    (way.clone(), Attach { is_expected, ..Attach::expected(way, inbox, None) })
}

/// The URL of a worker's script.
fn url_of(options: &Options) -> String {
    let Main::File(path) = &options.main else { return String::new() };
    url::Url::from_file_path(path).map_or_else(|()| path.clone(), String::from)
}

/// The thread of a worker.
fn work(make_host: crate::host::MakeHost, options: Options, link: Link, attach: Attach) -> (i32, ExitReason) {
    const FAILED: (i32, ExitReason) = (1, ExitReason::UncaughtException);
    let Ok(host) = make_host() else { return FAILED };
    let shared = Arc::clone(&link.shared);
    let on_start = {
        let shared = Arc::clone(&shared);
        move |stopper: Stopper| {
            let mut slot = shared.stopper.lock().unwrap_or_else(PoisonError::into_inner);
            if shared.stopped.load(Ordering::Relaxed) {
                stopper.stop();
            }
            *slot = Some(stopper);
        }
    };
    let program = Program {
        on_start: Some(Box::new(on_start)),
        worker: Some(link),
        inspect: Some(attach),
        ..Program::new(options, Box::new(ThreadHost::new(host)))
    };
    let outcome = run(program);
    // The isolate is gone; nobody may reach for it.
    *shared.stopper.lock().unwrap_or_else(PoisonError::into_inner) = None;
    match outcome {
        Ok(outcome) if matches!(outcome.reason, ExitReason::Stopped | ExitReason::OutOfMemory) => {
            (1, outcome.reason)
        }
        Ok(outcome) => (outcome.code, outcome.reason),
        Err(_) => FAILED,
    }
}
