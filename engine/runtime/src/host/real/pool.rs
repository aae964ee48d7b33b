//! The pool of threads for operations the system offers only in blocking form.
//!
//! As in libuv: `UV_THREADPOOL_SIZE` threads (4 unless set, at most 1024), started with the first operation, which take
//! operations in the order they were started.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use super::blocking;
use super::errno::error;
use crate::host::{HostError, HostEvent, OpId, Reporter, Request, Response, Waker};

const DEFAULT_SIZE: usize = 4;
const MAX_SIZE: usize = 1024;

/// What the threads and their owner share.
struct Shared {
    state: Mutex<State>,
    work: Condvar,
    epoch: Instant,
    waker: Waker,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<(OpId, Request)>,
    events: Vec<HostEvent>,
    observed: bool,
    closing: bool,
}

impl Shared {
    /// A thread that panicked while it held the lock leaves the queues whole: every change to them is one call.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.epoch.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

/// The pool. Dropping it lets the running operations end.
pub struct Pool {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    size: usize,
}

impl Pool {
    /// A pool without threads yet. `epoch` is the start of the host's clock; `waker` is called after each completion.
    pub fn new(epoch: Instant, waker: Waker) -> Self {
        let size = std::env::var("UV_THREADPOOL_SIZE").ok().and_then(|text| text.parse().ok());
        Self {
            shared: Arc::new(Shared { state: Mutex::default(), work: Condvar::new(), epoch, waker }),
            threads: Vec::new(),
            size: size.unwrap_or(DEFAULT_SIZE).clamp(1, MAX_SIZE),
        }
    }

    /// Queues an operation.
    pub fn start(&mut self, op: OpId, request: Request) {
        if self.threads.is_empty() {
            self.spawn();
        }
        self.shared.lock().jobs.push_back((op, request));
        self.shared.work.notify_one();
    }

    /// Has something reported at the next [`Pool::take_events`].
    pub fn report(&mut self, event: HostEvent) {
        self.shared.lock().events.push(event);
    }

    /// Takes an operation out of the queue; false when a thread has it already.
    pub fn cancel(&mut self, op: OpId) -> bool {
        let mut state = self.shared.lock();
        let Some(index) = state.jobs.iter().position(|job| job.0 == op) else { return false };
        state.jobs.remove(index);
        true
    }

    /// Lets other threads report events as those of the pool do.
    pub fn reporter(&self) -> Reporter {
        let shared = Arc::clone(&self.shared);
        Arc::new(move |event| {
            let mut state = shared.lock();
            // Whoever reported the first of those that wait has woken the loop.
            let is_first = state.events.is_empty();
            state.events.push(event);
            drop(state);
            if is_first {
                (shared.waker)();
            }
        })
    }

    /// Whether the threads report which of them works on what.
    pub fn observe(&mut self, on: bool) {
        self.shared.lock().observed = on;
    }

    /// Moves what happened since the last call to `events`.
    pub fn take_events(&mut self, events: &mut Vec<HostEvent>) {
        events.append(&mut self.shared.lock().events);
    }

    fn spawn(&mut self) {
        for slot in 0..self.size {
            let shared = Arc::clone(&self.shared);
            let thread = std::thread::Builder::new()
                .name(format!("pool-{slot}"))
                .spawn(move || work(&shared, u16::try_from(slot).unwrap_or(u16::MAX)));
            match thread {
                Ok(thread) => self.threads.push(thread),
                // With fewer threads the operations take longer; with none there would be nobody to do them.
                Err(failed) => {
                    assert!(!self.threads.is_empty(), "the system gives no thread for the pool: {failed}")
                }
            }
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.lock().closing = true;
        self.shared.work.notify_all();
    }
}

fn work(shared: &Shared, slot: u16) {
    loop {
        let mut state = shared.lock();
        let (op, request) = loop {
            if state.closing {
                return;
            }
            if let Some(job) = state.jobs.pop_front() {
                break job;
            }
            state = shared.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        };
        let observed = state.observed;
        if observed {
            state.events.push(HostEvent::SlotTaken { op, slot, at: shared.now() });
        }
        drop(state);
        if observed {
            (shared.waker)();
        }
        let result = run(request);
        let mut state = shared.lock();
        if observed {
            state.events.push(HostEvent::SlotFreed { slot, at: shared.now() });
        }
        state.events.push(HostEvent::Completed { op, result, last: true });
        drop(state);
        (shared.waker)();
    }
}

/// Does the operation. One that panics has failed; whoever waits for it must not wait for ever.
fn run(request: Request) -> Result<Response, HostError> {
    let name = request.name();
    std::panic::catch_unwind(AssertUnwindSafe(|| blocking::run(request)))
        .unwrap_or_else(|_| Err(error(libc::EIO, name, None, None)))
}
