//! The ops of [`trace`](super::trace) that a run calls with every callback, as optimized code calls them: directly, which
//! costs a tenth (`v8-fast-api-calls.h`).
//!
//! Called that way, a function must not call V8 for anything that makes objects or runs JavaScript. So it does only what is
//! to be done in ordinary cases, and otherwise nothing: then the built-in modules call the usual op.

use super::{promises, trace as usual};
use crate::js::ops::OpDecl;
use crate::js::state::State;
use crate::js::{direct, promise_hook, trace};
use crate::native;
use crate::trace::{DirectCall, Tracer};
use loopscope_protocol::{Drain, EventKind, HandleId, Outcome, PlaceId, TaskId};

/// The table.
pub const OPS: &[OpDecl] = &[
    OpDecl {
        name: "direct_drain_entered",
        function: native!(usual::drain_entered),
        direct: direct::DRAIN_ENTERED,
    },
    OpDecl { name: "direct_drain_left", function: native!(usual::drain_left), direct: direct::DRAIN_LEFT },
    OpDecl { name: "direct_task_armed", function: native!(usual::task_armed), direct: direct::TASK_ARMED },
    OpDecl {
        name: "direct_task_cancelled",
        function: native!(usual::task_cancelled),
        direct: direct::TASK_CANCELLED,
    },
    OpDecl { name: "direct_task_refd", function: native!(usual::task_refd), direct: direct::TASK_REFD },
    OpDecl {
        name: "direct_request_answered",
        function: native!(usual::trace_request_answered),
        direct: direct::REQUEST_ANSWERED,
    },
    OpDecl {
        name: "direct_request_closed",
        function: native!(usual::trace_request_closed),
        direct: direct::REQUEST_CLOSED,
    },
    OpDecl {
        name: "direct_request_opened",
        function: native!(usual::trace_request_opened),
        direct: direct::REQUEST_OPENED,
    },
    OpDecl {
        name: "direct_promise_ended",
        function: native!(promises::promise_ended),
        direct: direct::PROMISE_ENDED,
    },
    OpDecl {
        name: "direct_promise_made",
        function: native!(promises::promise_made),
        direct: direct::PROMISE_MADE,
    },
    OpDecl {
        name: "direct_promise_resolving",
        function: native!(promises::promise_resolving),
        direct: direct::PROMISE_RESOLVING,
    },
    OpDecl {
        name: "direct_promise_starts",
        function: native!(promises::promise_starts),
        direct: direct::PROMISE_STARTS,
    },
    OpDecl { name: "direct_task_queued", function: native!(usual::task_queued), direct: direct::TASK_QUEUED },
    OpDecl {
        name: "direct_task_follows",
        function: native!(usual::task_follows),
        direct: direct::TASK_FOLLOWS,
    },
    OpDecl {
        name: "direct_task_started",
        function: native!(usual::task_started),
        direct: direct::TASK_STARTED,
    },
    OpDecl { name: "direct_task_timer", function: native!(usual::task_timer), direct: direct::TASK_TIMER },
    OpDecl { name: "direct_task_ended", function: native!(usual::task_ended), direct: direct::TASK_ENDED },
];

/// Adds the task of a function; with an owner it is one of the runtime's own. `add` is given the place of the callback and that
/// of the call. Returns 0 when nothing was done.
///
/// # Safety
/// `call` is the call of the native function that asks.
unsafe fn create(
    isolate: &v8::Isolate,
    (callback, owner): (v8::Local<v8::Value>, PlaceId),
    call: DirectCall,
    add: impl FnOnce(&mut Tracer, PlaceId, PlaceId) -> TaskId,
) -> f64 {
    let created = || {
        let state = State::borrowed(isolate)?;
        let mut tracer = trace::directly(isolate, state)?;
        // SAFETY: as the caller promises.
        let told =
            unsafe { trace::direct_task_places(isolate, state, &mut tracer, (callback, owner), call) }?;
        Some(add(tracer.at(trace::now(state)), told.callback, told.site))
    };
    created().map_or(0.0, |task| task.0 as f64)
}

/// `(kind, function) → task` that waits in the queue of its kind; 0 when nothing was done.
pub fn task_queued(
    kind: i32,
    callback: v8::Local<v8::Value>,
    isolate: &v8::Isolate,
    call: DirectCall,
) -> f64 {
    let Some(kind) = usual::kind_of(kind) else { return 0.0 };
    // SAFETY: this is the function that was called.
    unsafe {
        create(isolate, (callback, PlaceId::NONE), call, |tracer, place, site| {
            tracer.create_ready(kind, usual::queue_of(kind), place, site)
        })
    }
}

/// `(what it is, function, loop time in milliseconds) → task` of a timer that waits until then; 0 when nothing was done.
pub fn task_timer(
    how: i32,
    callback: v8::Local<v8::Value>,
    due: f64,
    isolate: &v8::Isolate,
    call: DirectCall,
) -> f64 {
    let (Some(kind), refd, owner) = usual::timer_of(how) else { return 0.0 };
    // SAFETY: this is the function that was called.
    unsafe {
        create(isolate, (callback, owner), call, |tracer, place, site| {
            let task = tracer.create(kind, place, site);
            usual::arm(tracer, task, (refd, due));
            task
        })
    }
}

/// `(port, method, host, path) → handle` of a request that began; 0 when nothing was done.
pub fn request_opened(port: i32, (method, host, path): (&[u8], &[u8], &[u8]), isolate: &v8::Isolate) -> f64 {
    let opened = || {
        let mut room = [0; usual::PATH];
        let mut length = 0;
        for piece in usual::target_of((method, host, path), port, &mut itoa::Buffer::new()) {
            room.get_mut(length..length + piece.len())?.copy_from_slice(piece);
            length += piece.len();
        }
        let target = &room[..length];
        // Beyond ASCII a byte is a character in V8's strings, but not in ours.
        let target = target.is_ascii().then(|| std::str::from_utf8(target).ok())??;
        let state = State::borrowed(isolate)?;
        let mut tracer = trace::directly(isolate, state)?;
        let id = state.new_op();
        tracer.at(trace::now(state)).request_opened(HandleId(id.0), port == usual::SERVED, target);
        Some(id)
    };
    opened().map_or(0.0, |id| id.0 as f64)
}

/// `(handle, status) → whether it was reported` that the head of the answer is there.
pub fn request_answered(handle: f64, status: i32, isolate: &v8::Isolate) -> bool {
    let (handle, status) = (HandleId(handle as u64), u16::try_from(status).unwrap_or(0));
    act(isolate, |tracer, state| tracer.at(trace::now(state)).request_answered(handle, status))
}

/// `(handle) → whether it was reported` that request and answer are over.
pub fn request_closed(handle: f64, isolate: &v8::Isolate) -> bool {
    let handle = HandleId(handle as u64);
    act(isolate, |tracer, state| tracer.at(trace::now(state)).request_closed(handle))
}

/// `(task, kind) → whether its start was reported`.
pub fn task_started(task: f64, kind: i32, isolate: &v8::Isolate) -> bool {
    task_follows(0.0, task, kind, isolate)
}

/// `(task before, task, kind) → whether it was reported` that the one before has returned, if it is not 0, and the other one
/// starts.
pub fn task_follows(before: f64, task: f64, kind: i32, isolate: &v8::Isolate) -> bool {
    let Some(state) = State::borrowed(isolate) else { return false };
    let Some(kind) = usual::kind_of(kind) else { return false };
    trace::follow_directly(isolate, state, TaskId(before as u64), (TaskId(task as u64), kind))
}

/// `(task, whether it threw) → whether its end was reported`.
pub fn task_ended(task: f64, threw: bool, isolate: &v8::Isolate) -> bool {
    let outcome = if threw { Outcome::Threw } else { Outcome::Returned };
    State::borrowed(isolate)
        .is_some_and(|state| trace::end_directly(isolate, state, TaskId(task as u64), outcome))
}

/// `() → whether it was noted` that next ticks are about to run.
pub fn drain_entered(isolate: &v8::Isolate) -> bool {
    act(isolate, |tracer, _| tracer.drain_begins(Drain::NextTicks))
}

/// `(task) → whether it was reported` that it has ended, if it is not 0, and with it the drain: no next tick is left, or one of
/// them threw.
pub fn drain_left(last: f64, isolate: &v8::Isolate) -> bool {
    let last = TaskId(last as u64);
    act(isolate, |tracer, state| {
        if last.is_some() {
            tracer.at(trace::now(state)).end(last, Outcome::Returned);
            tracer.drain_ends(Drain::NextTicks);
        } else {
            trace::end_drain(tracer, state, Drain::NextTicks);
        }
    })
}

/// `(task, loop time in milliseconds) → whether it was reported` that a timer waits until then.
pub fn task_armed(task: f64, due: f64, isolate: &v8::Isolate) -> bool {
    let armed = usual::armed(TaskId(task as u64), due);
    act(isolate, |tracer, state| tracer.at(trace::now(state)).emit(armed))
}

/// `(task) → whether it was reported` that it will not run (again).
pub fn task_cancelled(task: f64, isolate: &v8::Isolate) -> bool {
    act(isolate, |tracer, state| tracer.at(trace::now(state)).cancel(TaskId(task as u64)))
}

/// `(task, whether it keeps the loop alive) → whether that was reported`.
pub fn task_refd(task: f64, refd: bool, isolate: &v8::Isolate) -> bool {
    let kind = EventKind::TaskRef { task: TaskId(task as u64), refd };
    act(isolate, |tracer, state| tracer.at(trace::now(state)).emit(kind))
}

/// Does something with the tracer, if that is all that is to be done.
#[inline]
fn act(isolate: &v8::Isolate, act: impl FnOnce(&mut Tracer, &State)) -> bool {
    let Some(state) = State::borrowed(isolate) else { return false };
    let Some(mut tracer) = trace::directly(isolate, state) else { return false };
    act(&mut tracer, state);
    true
}

/// `(promise, parent) → whether that was reported`: a promise was made that waits for `parent`.
pub fn promise_made(
    promise: v8::Local<v8::Value>,
    parent: v8::Local<v8::Value>,
    isolate: &v8::Isolate,
    call: DirectCall,
) -> bool {
    // SAFETY: V8 calls its hooks with promises, and the hook looks whether there is a parent.
    let (promise, parent) = unsafe { (as_promise(promise), as_promise(parent)) };
    // SAFETY: this is the function that was called.
    unsafe { promise_hook::made_directly(isolate, promise, parent, call) }.is_some()
}

/// `(promise) → whether that was reported`: its reaction starts.
pub fn promise_starts(promise: v8::Local<v8::Value>, isolate: &v8::Isolate) -> bool {
    // SAFETY: V8 calls its hooks with promises.
    promise_hook::starts_directly(isolate, unsafe { as_promise(promise) }).is_some()
}

/// `(promise) → whether that was reported`: its reaction has ended.
pub fn promise_ended(promise: v8::Local<v8::Value>, isolate: &v8::Isolate) -> bool {
    // SAFETY: V8 calls its hooks with promises.
    promise_hook::ended_directly(isolate, unsafe { as_promise(promise) }).is_some()
}

/// `(promise) → whether that was reported`: it is about to be resolved or rejected.
pub fn promise_resolving(promise: v8::Local<v8::Value>, isolate: &v8::Isolate) -> bool {
    // SAFETY: V8 calls its hooks with promises.
    promise_hook::resolving_directly(isolate, unsafe { as_promise(promise) }).is_some()
}

/// The value, which is a promise.
///
/// # Safety
/// It is one.
unsafe fn as_promise(value: v8::Local<v8::Value>) -> v8::Local<v8::Promise> {
    debug_assert!(value.is_promise(), "hooks for promises are called with promises");
    // SAFETY: as the caller promises.
    unsafe { v8::Local::<v8::Promise>::cast_unchecked(value) }
}
