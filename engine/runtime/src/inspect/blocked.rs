//! A thread that sees when a callback takes too long: the callback itself has no time to look.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::js::state::State;

/// What the two threads share.
#[derive(Default)]
struct Shared {
    /// Counts up with every start and end of a callback; odd while one runs.
    count: AtomicU64,
    /// The number at which a callback was found to take too long.
    late: AtomicU64,
    done: Mutex<bool>,
    changed: Condvar,
}

/// Looks for callbacks that take longer than a limit. Dropping it ends the thread.
pub struct Watch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Starts looking; `None` when the system gives no thread.
    pub fn start(state: &State, limit: u32) -> Option<Self> {
        let shared = Arc::<Shared>::default();
        let (theirs, isolate) = (Arc::clone(&shared), state.isolate.clone());
        let limit = Duration::from_millis(u64::from(limit.max(1)));
        let thread = std::thread::Builder::new().name("blocked".to_owned());
        let thread = thread.spawn(move || look(&theirs, &isolate, limit)).ok()?;
        Some(Self { shared, thread: Some(thread) })
    }

    /// A callback starts, or goes on after it stood still.
    pub fn started(&self) {
        let count = self.shared.count.load(Ordering::Relaxed);
        self.shared.count.store(count + 1 + (count & 1), Ordering::Relaxed);
    }

    /// No callback runs any more. Whether the one that ended was found to take too long, and did not stand for that.
    pub fn ended(&self) -> bool {
        let was_late = self.is_late() && self.shared.count.load(Ordering::Relaxed) & 1 == 1;
        self.stands();
        was_late
    }

    /// It stands still: that is not its time.
    pub fn stands(&self) {
        let count = self.shared.count.load(Ordering::Relaxed);
        if count & 1 == 1 {
            self.shared.count.store(count + 1, Ordering::Relaxed);
        }
    }

    /// Whether it is what runs now that was found to take too long: V8 may be interrupted only when something else runs.
    pub fn is_late(&self) -> bool {
        self.shared.count.load(Ordering::Relaxed) == self.shared.late.load(Ordering::Relaxed)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        *self.shared.done.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // It cannot panic, and returns nothing.
            drop(thread.join());
        }
    }
}

/// The thread: a callback that was seen at one look and still runs a limit later is reported, once.
fn look(shared: &Shared, isolate: &v8::IsolateHandle, limit: Duration) {
    /// Looks within one limit: what is reported is at most this part of the limit late, or a little.
    const LOOKS: u32 = 10;
    /// No more often than so.
    const OFTEN: Duration = Duration::from_millis(1);
    let often = (limit / LOOKS).max(OFTEN);
    let most = limit.as_micros().div_ceil(often.as_micros());
    let (mut seen, mut looks) = (0, 0);
    let mut done = shared.done.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let waited = shared.changed.wait_timeout_while(done, often, |done| !*done);
        done = waited.unwrap_or_else(PoisonError::into_inner).0;
        if *done {
            return;
        }
        let count = shared.count.load(Ordering::Relaxed);
        looks = if count == seen { looks + 1 } else { 0 };
        seen = count;
        if count & 1 == 1 && looks == most {
            shared.late.store(count, Ordering::Relaxed);
            isolate.request_interrupt(interrupted, std::ptr::null_mut());
        }
    }
}

unsafe extern "C" fn interrupted(isolate: v8::UnsafeRawIsolatePtr, _: *mut std::ffi::c_void) {
    // SAFETY: V8 passes the isolate it interrupted, on that isolate's own thread.
    let isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
    let Some(state) = isolate.get_slot::<std::rc::Rc<State>>().cloned() else { return };
    if let Some(inspector) = state.inspector() {
        inspector.blocked();
    }
}
