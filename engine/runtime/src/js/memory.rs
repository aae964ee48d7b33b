//! Limits of memory: a script that wants too much ends with a message instead of taking the process along.

use std::cell::Cell;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::state::State;
use crate::host::{FileRequest, Host, Request, Response, SystemRequest};

/// What is printed when the heap is full, as `node` does.
pub const HEAP_FULL: &str =
    "\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n";

/// Beyond the limit of the heap the script gets this much, so that it reaches a place where V8 can end it.
const RESERVE: usize = 256 << 20;

/// Room for a snapshot of a heap that is almost full, and for going on until it is so again.
const SNAPSHOT_ROOM: usize = 32 << 20;

/// Memory the process may use, in bytes: what the machine has, or the limit of the control group.
pub fn available(host: &mut dyn Host) -> u64 {
    let Ok(Response::Numbers(numbers)) = host.call(Request::System(SystemRequest::MemoryLimits)) else {
        return 0;
    };
    let limit = numbers.get(1).copied().unwrap_or(0.0);
    let total = numbers.get(2).copied().unwrap_or(0.0);
    let available = if limit > 0.0 && limit < total { limit } else { total };
    available as u64
}

/// What a new isolate may use when `available` bytes are there.
pub fn limits(available: u64) -> v8::CreateParams {
    let params = v8::CreateParams::default();
    if available == 0 {
        return params;
    }
    let limit = usize::try_from(available).unwrap_or(usize::MAX);
    let budget = Box::into_raw(Box::new(Budget { used: AtomicUsize::new(0), limit }));
    // SAFETY: `drop` frees what was boxed here; the functions fit the type of the handle.
    let allocator = unsafe { v8::new_rust_allocator(budget, &BUFFERS) };
    params.heap_limits_from_system_memory(available, 0).array_buffer_allocator(allocator)
}

/// The memory of all array buffers of an isolate. They lie outside the heap, so V8 does not limit them.
struct Budget {
    used: AtomicUsize,
    limit: usize,
}

impl Budget {
    fn take(&self, length: usize) -> bool {
        let taken = self.used.fetch_add(length, Ordering::Relaxed);
        let fits = taken.checked_add(length).is_some_and(|used| used <= self.limit);
        if !fits {
            self.used.fetch_sub(length, Ordering::Relaxed);
        }
        REFUSED.set(!fits);
        fits
    }

    /// The system gave what [`Budget::take`] granted, or did not.
    fn check(&self, data: *mut c_void, length: usize) -> *mut c_void {
        if data.is_null() {
            self.used.fetch_sub(length, Ordering::Relaxed);
            REFUSED.set(true);
        }
        data
    }
}

thread_local! {
    /// The last array buffer asked for was refused.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
}

static BUFFERS: v8::RustAllocatorVtable<Budget> =
    v8::RustAllocatorVtable { allocate, allocate_uninitialized, free, drop: drop_budget };

/// Null makes V8 collect garbage, try again and then throw a `RangeError`.
unsafe extern "C" fn allocate(budget: &Budget, length: usize) -> *mut c_void {
    if !budget.take(length) {
        return std::ptr::null_mut();
    }
    // SAFETY: calloc takes any size.
    let data = unsafe { libc::calloc(length.max(1), 1) };
    budget.check(data, length)
}

unsafe extern "C" fn allocate_uninitialized(budget: &Budget, length: usize) -> *mut c_void {
    if !budget.take(length) {
        return std::ptr::null_mut();
    }
    // SAFETY: malloc takes any size.
    let data = unsafe { libc::malloc(length.max(1)) };
    budget.check(data, length)
}

unsafe extern "C" fn free(budget: &Budget, data: *mut c_void, length: usize) {
    budget.used.fetch_sub(length, Ordering::Relaxed);
    // SAFETY: V8 gives back what the functions above handed out.
    unsafe { libc::free(data) };
}

unsafe extern "C" fn drop_budget(budget: *const Budget) {
    // SAFETY: `limits` boxed it, and V8 drops its allocator once.
    drop(unsafe { Box::from_raw(budget.cast_mut()) });
}

/// Ends the script when its heap is full, until [`unguard_heap`].
pub fn guard_heap(isolate: &mut v8::Isolate, state: &Rc<State>) {
    // SAFETY: it is used only while the guard is set, on the isolate's own thread.
    state.guarded.set(Some(unsafe { isolate.as_raw_isolate_ptr() }));
    isolate.add_near_heap_limit_callback(near_limit, Rc::as_ptr(state).cast_mut().cast());
}

/// Ends what [`guard_heap`] began; must be called while the state is alive.
pub fn unguard_heap(isolate: &mut v8::Isolate) {
    isolate.remove_near_heap_limit_callback(near_limit, 0);
}

/// A snapshot of the heap as JSON, for development tools.
pub fn snapshot(isolate: &mut v8::Isolate) -> Vec<u8> {
    let mut bytes = Vec::new();
    isolate.take_heap_snapshot(|part| {
        bytes.extend_from_slice(part);
        true
    });
    bytes
}

/// Writes a snapshot of a heap that is almost full into the current folder; false when that does not work.
fn write_snapshot(isolate: &mut v8::Isolate, state: &State, number: u32) -> bool {
    let ask = |request| state.host.try_borrow_mut().ok().and_then(|mut host| host.call(request).ok());
    let Some(Response::Numbers(time)) = ask(Request::System(SystemRequest::LocalTime)) else { return false };
    let Some(Response::Numbers(ids)) = ask(Request::System(SystemRequest::ProcessIds)) else { return false };
    let [year, month, day, hours, minutes, seconds] = time[..] else { return false };
    let process = ids.first().copied().unwrap_or(0.0);
    let thread = state.worker.as_ref().map_or(0, |own| own.id);
    let name = format!(
        "Heap.{year}{month:02}{day:02}.{hours:02}{minutes:02}{seconds:02}.{process}.{thread}.{number:03}.heapsnapshot"
    );
    let write = FileRequest::WriteFile {
        path: name.clone().into_bytes(),
        bytes: snapshot(isolate).into(),
        flags: libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC,
        mode: 0o666,
        flush: false,
    };
    if ask(Request::File(write)).is_none() {
        return false;
    }
    let bytes = format!("Wrote snapshot to {name}\n").into_bytes();
    ask(Request::System(SystemRequest::WriteStandard { fd: 2, bytes }));
    true
}

unsafe extern "C" fn near_limit(data: *mut c_void, current: usize, _initial: usize) -> usize {
    if REFUSED.take() {
        // It is an array buffer that found no memory, and V8 asks in vain for more of the heap.
        return current;
    }
    // SAFETY: `guard_heap` passed the state, which outlives the registration.
    let state = unsafe { &*data.cast::<State>() };
    let (wanted, written) = state.near_limit.get();
    if state.guarded.get().is_none() {
        // The snapshot itself takes room in the heap.
        return current + SNAPSHOT_ROOM;
    }
    if written < wanted
        && let Some(raw) = state.guarded.take()
    {
        state.near_limit.set((wanted, written + 1));
        // SAFETY: the callback runs on the isolate's thread.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(raw) };
        let done = write_snapshot(&mut isolate, state, written + 1);
        state.guarded.set(Some(raw));
        if done {
            return current + SNAPSHOT_ROOM;
        }
    }
    let asked_before = state.heap_full.replace(true);
    state.isolate.terminate_execution();
    let is_guest =
        state.worker.is_some() || state.tracer.try_borrow().map_or(true, |tracer| tracer.is_some());
    // Optimized code can go on for long before it looks for interruptions. Without more, V8 ends the process, which is all
    // that is left to do anyway where nobody watches.
    if asked_before && !is_guest { current } else { current + RESERVE }
}
