//! Limits of memory: a script that wants too much ends with a message instead of taking the process along.

use std::cell::Cell;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::state::State;
use crate::host::{Host, Request, Response, SystemRequest};

/// What is printed when the heap is full, as `node` does.
pub const HEAP_FULL: &str =
    "\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n";

/// Beyond the limit of the heap the script gets this much, so that it reaches a place where V8 can end it.
const RESERVE: usize = 256 << 20;

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
    isolate.add_near_heap_limit_callback(near_limit, Rc::as_ptr(state).cast_mut().cast());
}

/// Ends what [`guard_heap`] began; must be called while the state is alive.
pub fn unguard_heap(isolate: &mut v8::Isolate) {
    isolate.remove_near_heap_limit_callback(near_limit, 0);
}

unsafe extern "C" fn near_limit(data: *mut c_void, current: usize, _initial: usize) -> usize {
    if REFUSED.take() {
        // It is an array buffer that found no memory, and V8 asks in vain for more of the heap.
        return current;
    }
    // SAFETY: `guard_heap` passed the state, which outlives the registration.
    let state = unsafe { &*data.cast::<State>() };
    let asked_before = state.heap_full.replace(true);
    state.isolate.terminate_execution();
    let is_guest =
        state.worker.is_some() || state.tracer.try_borrow().map_or(true, |tracer| tracer.is_some());
    // Optimized code can go on for long before it looks for interruptions. Without more, V8 ends the process, which is all
    // that is left to do anyway where nobody watches.
    if asked_before && !is_guest { current } else { current + RESERVE }
}
