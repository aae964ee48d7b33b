//! V8 itself, once per process, and the work it wants done on the threads of its isolates.

use std::collections::{HashMap, VecDeque};
use std::ffi::c_void;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use crate::host::Waker;

static START: Once = Once::new();

/// Starts V8. Must be called on the main thread before any isolate is made; later calls do nothing.
///
/// `flags` are V8's own options (`--max-old-space-size=100`); those it does not know are returned.
pub fn initialize(flags: &[String]) -> Vec<String> {
    let mut unknown = Vec::new();
    START.call_once(|| {
        // Scripts may set flags later (`v8.setFlagsFromString`), at their own risk.
        v8::V8::set_flags_from_string("--no-freeze-flags-after-init");
        if !flags.is_empty() {
            let arguments = std::iter::once("loopscope".to_owned()).chain(flags.iter().cloned()).collect();
            unknown = v8::V8::set_flags_from_command_line(arguments).split_off(1);
        }
        // The runtime's isolates live on threads of their own, which protected allocations do not allow.
        let platform = v8::new_custom_platform(0, false, true, Foreground).make_shared();
        v8::V8::initialize_platform(platform);
        v8::V8::initialize();
    });
    unknown
}

/// What V8 wants done on the thread of one isolate.
struct Tasks {
    waiting: VecDeque<v8::Task>,
    delayed: Vec<Delayed>,
    waker: Waker,
}

/// What V8 wants done later.
struct Delayed {
    task: v8::Task,
    seconds: f64,
    /// Host time at which it is due; 0 before the loop has come by.
    due: u64,
}

/// Isolates that take tasks, by address.
static ISOLATES: Mutex<Option<HashMap<usize, Tasks>>> = Mutex::new(None);

fn isolates() -> MutexGuard<'static, Option<HashMap<usize, Tasks>>> {
    ISOLATES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hands V8's tasks to the loops of the isolates that they are for.
struct Foreground;

impl Foreground {
    fn post(isolate: *mut c_void, task: v8::Task) {
        let refused = match isolates().as_mut().and_then(|all| all.get_mut(&(isolate as usize))) {
            Some(tasks) => {
                tasks.waiting.push_back(task);
                (tasks.waker)();
                None
            }
            None => Some(task),
        };
        // Dropping a task may call back into V8; not under the lock.
        drop(refused);
    }
}

impl Foreground {
    /// Nobody is woken for such a task: what is not about the heap has its own deadline (see [`super::elsewhere`]).
    fn post_later(isolate: *mut c_void, task: v8::Task, seconds: f64) {
        let delayed = Delayed { task, seconds, due: 0 };
        let refused = match isolates().as_mut().and_then(|all| all.get_mut(&(isolate as usize))) {
            Some(tasks) => {
                tasks.delayed.push(delayed);
                None
            }
            None => Some(delayed),
        };
        // Not under the lock.
        drop(refused);
    }
}

impl v8::PlatformImpl for Foreground {
    fn post_task(&self, isolate: *mut c_void, task: v8::Task) {
        Self::post(isolate, task);
    }

    fn post_non_nestable_task(&self, isolate: *mut c_void, task: v8::Task) {
        Self::post(isolate, task);
    }

    fn post_delayed_task(&self, isolate: *mut c_void, task: v8::Task, delay: f64) {
        Self::post_later(isolate, task, delay);
    }

    fn post_non_nestable_delayed_task(&self, isolate: *mut c_void, task: v8::Task, delay: f64) {
        Self::post_later(isolate, task, delay);
    }

    // What V8 wants done when nothing else is to be done only tidies its heap, which it does in time anyway.
    fn post_idle_task(&self, _isolate: *mut c_void, _task: v8::IdleTask) {}
}

/// Where V8's own object is.
#[inline]
pub fn address(isolate: &v8::Isolate) -> usize {
    // SAFETY: the type is a transparent wrapper of one pointer, of which only the address is told.
    let raw =
        unsafe { std::mem::transmute::<v8::UnsafeRawIsolatePtr, *mut c_void>(isolate.as_raw_isolate_ptr()) };
    raw.expose_provenance()
}

/// Takes tasks for an isolate from now on and wakes its loop for each, until [`refuse_tasks`].
pub fn take_tasks(isolate: &v8::Isolate, waker: Waker) {
    let tasks = Tasks { waiting: VecDeque::new(), delayed: Vec::new(), waker };
    isolates().get_or_insert_default().insert(address(isolate), tasks);
}

/// Ends what [`take_tasks`] began; call it before the isolate is gone.
pub fn refuse_tasks(isolate: &v8::Isolate) {
    let tasks = isolates().as_mut().and_then(|all| all.remove(&address(isolate)));
    drop(tasks);
}

impl Tasks {
    /// Says when the tasks are due that came since the last call.
    fn date(&mut self, now: u64) {
        for delayed in self.delayed.iter_mut().filter(|delayed| delayed.due == 0) {
            delayed.due = now + (delayed.seconds.max(0.0) * 1e9) as u64;
        }
    }

    /// Has the tasks done whose time has come by `now`.
    fn ripen(&mut self, now: u64) {
        self.date(now);
        let mut index = 0;
        while let Some(delayed) = self.delayed.get(index) {
            if delayed.due <= now {
                self.waiting.push_back(self.delayed.remove(index).task);
            } else {
                index += 1;
            }
        }
    }
}

/// The delays of the tasks that V8 wants done later begin at `now`.
pub fn date_tasks(isolate: &v8::Isolate, now: u64) {
    if let Some(tasks) = isolates().as_mut().and_then(|all| all.get_mut(&address(isolate))) {
        tasks.date(now);
    }
}

/// The next task for an isolate at the time `now`, in nanoseconds of the host's clock.
pub fn next_task(isolate: &v8::Isolate, now: u64) -> Option<v8::Task> {
    let mut all = isolates();
    let tasks = all.as_mut()?.get_mut(&address(isolate))?;
    tasks.ripen(now);
    tasks.waiting.pop_front()
}
