//! Garbage collections as scripts see them: entries of `perf_hooks` and the profiles of `v8.GCProfiler`.

use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::rc::Rc;

use super::state::State;
use crate::host::{HostEvent, OpId, Reporter, Response};

const NANOS_PER_MICRO: f64 = 1e3;
const NANOS_PER_MILLI: f64 = 1e6;

/// Who wants to know of collections.
#[derive(Default)]
pub struct Collections {
    /// The handle whose callback is told of each.
    watch: RefCell<Option<(OpId, Reporter)>>,
    /// What a profile has so far: kind, microseconds, the heap before and after it.
    profile: RefCell<Option<Vec<Response>>>,
    began: Cell<u64>,
    before: RefCell<Option<Response>>,
}

impl Collections {
    fn is_wanted(&self) -> bool {
        self.watch.borrow().is_some() || self.profile.borrow().is_some()
    }
}

/// Tells `op` of every collection from now on, or nobody any more.
pub fn watch(isolate: &mut v8::Isolate, state: &Rc<State>, op: Option<OpId>) -> Option<OpId> {
    change(isolate, state, |collections| {
        let reporter = state.host.borrow().reporter();
        collections.watch.replace(op.map(|op| (op, reporter))).map(|(op, _)| op)
    })
}

/// Begins a profile, or ends it and returns its collections.
pub fn profile(isolate: &mut v8::Isolate, state: &Rc<State>, begin: bool) -> Option<Response> {
    change(isolate, state, |collections| {
        collections.profile.replace(begin.then(Vec::new)).map(Response::List)
    })
}

fn change<R>(isolate: &mut v8::Isolate, state: &Rc<State>, act: impl FnOnce(&Collections) -> R) -> R {
    let collections = &state.gc;
    let data = Rc::as_ptr(state).cast_mut().cast();
    let before = collections.is_wanted();
    let result = act(collections);
    match (before, collections.is_wanted()) {
        (false, true) => {
            isolate.add_gc_prologue_callback(begins, data, v8::GCType::kGCTypeAll);
            isolate.add_gc_epilogue_callback(ends, data, v8::GCType::kGCTypeAll);
        }
        (true, false) => {
            isolate.remove_gc_prologue_callback(begins, data);
            isolate.remove_gc_epilogue_callback(ends, data);
        }
        _ => {}
    }
    result
}

/// Nobody wants to know any more; must be called while the state is alive.
pub fn forget(isolate: &mut v8::Isolate, state: &Rc<State>) {
    watch(isolate, state, None);
    profile(isolate, state, false);
}

/// The heap and its spaces as `v8.GCProfiler` shows them.
fn heap(isolate: &mut v8::Isolate) -> Response {
    let heap = isolate.get_heap_statistics();
    let numbers = [
        heap.total_heap_size(),
        heap.total_heap_size_executable(),
        heap.total_physical_size(),
        heap.total_available_size(),
        heap.total_global_handles_size(),
        heap.used_global_handles_size(),
        heap.used_heap_size(),
        heap.heap_size_limit(),
        heap.malloced_memory(),
        heap.external_memory(),
        heap.peak_malloced_memory(),
    ];
    let mut spaces = Vec::new();
    for index in 0..isolate.number_of_heap_spaces() {
        let Some(space) = isolate.get_heap_space_statistics(index) else { continue };
        spaces.push(Response::Text(space.space_name().to_string_lossy().into_owned()));
        let sizes = [
            space.space_size(),
            space.space_used_size(),
            space.space_available_size(),
            space.physical_space_size(),
        ];
        spaces.push(Response::Numbers(sizes.iter().map(|&size| size as f64).collect()));
    }
    let numbers = Response::Numbers(numbers.iter().map(|&number| number as f64).collect());
    Response::List(vec![numbers, Response::List(spaces)])
}

unsafe extern "C" fn begins(
    isolate: v8::UnsafeRawIsolatePtr,
    _kind: v8::GCType,
    _flags: v8::GCCallbackFlags,
    data: *mut c_void,
) {
    // SAFETY: `change` passed the state, which outlives the registration.
    let state = unsafe { &*data.cast::<State>() };
    if let Ok(host) = state.host.try_borrow() {
        state.gc.began.set(host.now());
    }
    if state.gc.profile.borrow().is_some() {
        // SAFETY: V8 passes the isolate that collects, on its own thread.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
        *state.gc.before.borrow_mut() = Some(heap(&mut isolate));
    }
}

unsafe extern "C" fn ends(
    isolate: v8::UnsafeRawIsolatePtr,
    kind: v8::GCType,
    flags: v8::GCCallbackFlags,
    data: *mut c_void,
) {
    // SAFETY: as above.
    let state = unsafe { &*data.cast::<State>() };
    let Ok(now) = state.host.try_borrow().map(|host| host.now()) else { return };
    let began = state.gc.began.get();
    let number = f64::from(number(kind));
    if let Some((op, reporter)) = &*state.gc.watch.borrow() {
        let start = began.saturating_sub(state.origin.began) as f64 / NANOS_PER_MILLI;
        let duration = (now - began) as f64 / NANOS_PER_MILLI;
        let entry = Response::Numbers(vec![number, f64::from(flags.0), start, duration]);
        reporter(HostEvent::Completed { op: *op, result: Ok(entry), last: false });
    }
    if let Some(profile) = &mut *state.gc.profile.borrow_mut() {
        // SAFETY: as above.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
        let before = state.gc.before.take().unwrap_or(Response::Null);
        let cost = Response::Number((now - began) as f64 / NANOS_PER_MICRO);
        profile.push(Response::List(vec![Response::Number(number), cost, before, heap(&mut isolate)]));
    }
}

/// The kind as the constants `NODE_PERFORMANCE_GC_…` have it.
fn number(kind: v8::GCType) -> u32 {
    match kind {
        v8::GCType::kGCTypeMarkSweepCompact => 4,
        v8::GCType::kGCTypeMinorMarkSweep => 2,
        v8::GCType::kGCTypeIncrementalMarking => 8,
        v8::GCType::kGCTypeProcessWeakCallbacks => 16,
        _ => 1,
    }
}
