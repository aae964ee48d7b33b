//! Ops with which the queues in JavaScript report their tasks. They are called only while `ops.flags` says that the run
//! is traced.

use std::borrow::Cow;
use std::mem::MaybeUninit;

use loopscope_protocol::{Drain, EventKind, HandleId, Outcome, PlaceId, Queue, TaskId, TaskKind};

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, trace};
use crate::ops;
use crate::trace::Tracer;

/// The table.
pub const OPS: &[OpDecl] = ops![
    drain_entered,
    drain_left,
    task_armed,
    task_cancelled,
    task_due,
    task_ended,
    task_event,
    task_event_ended,
    task_follows,
    task_module,
    task_owner,
    task_queued,
    task_refd,
    task_started,
    task_timer,
    trace_rejection,
    trace_request_answered,
    trace_request_closed,
    trace_request_opened,
];

/// Nanoseconds in a millisecond of loop time.
const NANOS: f64 = 1e6;

/// Room on the stack for methods of requests, for whom they ask and for what; what is longer goes to the heap.
const METHOD: usize = 16;
const HOST: usize = 64;
pub const PATH: usize = 256;

/// A string's text.
fn text<'a, const N: usize>(
    scope: &mut v8::PinScope,
    value: v8::Local<v8::Value>,
    room: &'a mut [MaybeUninit<u8>; N],
) -> Cow<'a, str> {
    match v8::Local::<v8::String>::try_from(value) {
        Ok(text) => text.to_rust_cow_lossy(scope, room),
        Err(_) => Cow::Borrowed(""),
    }
}

fn task(args: Args) -> TaskId {
    TaskId(convert::number(args.get(0)) as u64)
}

/// Creates the task of a kind for a function; with an owner it is one of the runtime's own. `add` is given the kind, the place
/// of the callback and that of the call.
fn create(
    scope: &mut v8::PinScope,
    kind: Option<TaskKind>,
    (callback, owner): (v8::Local<v8::Value>, PlaceId),
    add: impl FnOnce(&mut Tracer, TaskKind, PlaceId, PlaceId) -> TaskId,
) -> Result<TaskId, OpError> {
    let kind = kind.ok_or_else(|| OpError::Type("there is no such kind of task".to_owned()))?;
    let callback = convert::function(callback)?;
    let state = State::of(scope);
    let task = trace::with(scope, &state, |tracer| {
        let site = trace::call_place(scope, &state, tracer, crate::trace::Asker::Task);
        let place = if owner.is_some() { owner } else { trace::function_place(scope, tracer, callback) };
        let place = if place.is_some() { place } else { tracer.nameless(site) };
        add(tracer, kind, place, site)
    });
    let task = task.unwrap_or_default();
    if let Some(inspector) = state.inspector() {
        inspector.task_scheduled(scope, &state, (task, kind), (scheduler(kind), callback));
    }
    Ok(task)
}

/// The kind of task with a number.
pub fn kind_of(number: i32) -> Option<TaskKind> {
    u8::try_from(number).ok().and_then(TaskKind::from_number)
}

/// What a new timer is, as one number says it: its kind in the lowest four bits, whether it keeps the loop alive in the next
/// one, above them the place of its owner, 0 for the script.
pub fn timer_of(how: i32) -> (Option<TaskKind>, bool, PlaceId) {
    (kind_of(how & 15), how & 16 != 0, PlaceId(how.cast_unsigned() >> 5))
}

/// The function that schedules callbacks of a kind, as debuggers name it where the callback came from.
fn scheduler(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Timeout => "setTimeout",
        TaskKind::Interval => "setInterval",
        TaskKind::Immediate => "setImmediate",
        TaskKind::NextTick => "process.nextTick",
        TaskKind::Microtask => "queueMicrotask",
        other => other.name(),
    }
}

/// `() → true`: next ticks are about to run.
pub fn drain_entered(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    trace::with_same_time(scope, &State::of(scope), |tracer| tracer.drain_begins(Drain::NextTicks));
    ret.set_bool(true);
    Ok(())
}

/// `(task) → true`: it has ended, if it is not 0, and with it the drain: no next tick is left, or one of them threw.
pub fn drain_left(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (state, last) = (State::of(scope), task(args));
    if last.is_some() {
        trace::end(scope, &state, last, Outcome::Returned);
    }
    trace::drain_ends(scope, &state, Drain::NextTicks);
    ret.set_bool(true);
    Ok(())
}

/// `(module and name) → place`: an owner of timers, for what the runtime schedules for itself.
fn task_owner(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let owner = convert::text(scope, args.get(0));
    let place = trace::with_same_time(scope, &State::of(scope), |tracer| tracer.runtime_place(&owner));
    ret.set_uint32(place.unwrap_or_default().0);
    Ok(())
}

/// `(what it is, function, loop time in milliseconds) → task`: a timer that waits until then. What it is stands at
/// [`timer_of`].
pub fn task_timer(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (kind, refd, owner) = timer_of(convert::int(args.get(0)));
    let due = convert::number(args.get(2));
    let task = create(scope, kind, (args.get(1), owner), |tracer, kind, place, site| {
        let task = tracer.create(kind, place, site);
        arm(tracer, task, (refd, due));
        task
    })?;
    ret.set_double(task.0 as f64);
    Ok(())
}

/// Reports what is to be said of a timer that was just created.
pub fn arm(tracer: &mut Tracer, task: TaskId, (refd, due): (bool, f64)) {
    if !refd {
        tracer.emit(EventKind::TaskRef { task, refd });
    }
    tracer.emit(armed(task, due));
}

/// `(kind, function) → task` that waits in the queue of its kind.
pub fn task_queued(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let kind = kind_of(convert::int(args.get(0)));
    let task = create(scope, kind, (args.get(1), PlaceId::NONE), |tracer, kind, place, site| {
        tracer.create_ready(kind, queue_of(kind), place, site)
    })?;
    ret.set_double(task.0 as f64);
    Ok(())
}

/// Where callbacks of a kind that need not wait for their time wait for the stack.
pub fn queue_of(kind: TaskKind) -> Queue {
    match kind {
        TaskKind::Immediate => Queue::Check,
        TaskKind::NextTick => Queue::NextTick,
        _ => Queue::Microtask,
    }
}

/// `(owner, whether nothing else is on the stack, what has led to it) → task`: the process tells its listeners of an event that no
/// callback leads to, from now on; the owner is `node:process` and the event's name. What has led to it is a callback, 0 for
/// the one that runs, or less for the one that has thrown last.
fn task_event(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let owner = convert::text(scope, args.get(0));
    let state = State::of(scope);
    // Finding the place takes its time, which is nobody's wait.
    let site = trace::with_same_time(scope, &state, |tracer| {
        trace::call_place(scope, &state, tracer, crate::trace::Asker::Task)
    });
    let (is_alone, cause) = (args.get(1).is_true(), args.get(2).number_value(scope).unwrap_or(0.0));
    let task = trace::with(scope, &state, |tracer| {
        let (place, site) = (tracer.runtime_place(&owner), site.unwrap_or(PlaceId::NONE));
        tracer.imply(site);
        let parent = match cause {
            0.0 => tracer.running(),
            ..0.0 => tracer.thrower(),
            _ => TaskId(cause as u64),
        };
        let task = tracer.create_by(parent, TaskKind::Event, place, site);
        tracer.ready(task, Queue::Main);
        task
    });
    let task = task.unwrap_or_default();
    if is_alone {
        trace::start(scope, &state, task);
    } else {
        // V8 keeps to the stack of the callback that runs.
        trace::start_reaction(scope, &state, task);
    }
    ret.set_double(task.0 as f64);
    Ok(())
}

/// `(task, whether it threw, whether nothing else was on the stack)`: all listeners have heard of an event.
fn task_event_ended(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let outcome = if args.get(1).is_true() { Outcome::Threw } else { Outcome::Returned };
    let state = State::of(scope);
    if args.get(2).is_true() {
        trace::end(scope, &state, task(args), outcome);
    } else {
        trace::end_within(scope, &state, task(args), outcome);
    }
    Ok(())
}

/// `(URL) → task`: a module waits for its turn in the queue of microtasks.
fn task_module(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = trace::script_path(convert::text(scope, args.get(0)));
    let state = State::of(scope);
    let task = trace::with(scope, &state, |tracer| {
        let site = trace::call_place(scope, &state, tracer, crate::trace::Asker::Task);
        let place = tracer.place_once(&path, "", 1, 1);
        let task = tracer.create(TaskKind::ModuleEvaluation, place, site);
        tracer.ready(task, Queue::Microtask);
        task
    });
    ret.set_double(task.unwrap_or_default().0 as f64);
    Ok(())
}

/// `(task, loop time in milliseconds) → true`: a timer waits until then.
pub fn task_armed(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let armed = armed(task(args), convert::number(args.get(1)));
    trace::with(scope, &State::of(scope), |tracer| tracer.emit(armed));
    ret.set_bool(true);
    Ok(())
}

/// A timer waits until a loop time in milliseconds.
pub fn armed(task: TaskId, due: f64) -> EventKind {
    EventKind::TaskArmed { task, due: (due * NANOS) as u64 }
}

/// `(task)`: a timer is due and starts.
fn task_due(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    trace::with(scope, &state, |tracer| tracer.ready(task(args), Queue::Timers));
    trace::start(scope, &state, task(args));
    Ok(())
}

/// `(task, kind) → true`: it starts.
pub fn task_started(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    start(scope, task(args), convert::int(args.get(1)));
    ret.set_bool(true);
    Ok(())
}

/// `(task before, task, kind) → true`: the one before has returned, and the other one starts.
pub fn task_follows(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    trace::end(scope, &State::of(scope), task(args), Outcome::Returned);
    start(scope, TaskId(convert::number(args.get(1)) as u64), convert::int(args.get(2)));
    ret.set_bool(true);
    Ok(())
}

fn start(scope: &mut v8::PinScope, task: TaskId, kind: i32) {
    let state = State::of(scope);
    if let Some(kind) = kind_of(kind) {
        trace::with_same_time(scope, &state, |tracer| tracer.keep_brief(task, kind));
    }
    trace::start(scope, &state, task);
}

/// `(task, whether it threw) → true`: it has ended.
pub fn task_ended(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let outcome = if args.get(1).is_true() { Outcome::Threw } else { Outcome::Returned };
    trace::end(scope, &State::of(scope), task(args), outcome);
    ret.set_bool(true);
    Ok(())
}

/// `(task) → true`: it will not run (again).
pub fn task_cancelled(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    trace::with(scope, &state, |tracer| tracer.cancel(task(args)));
    if let Some(inspector) = state.inspector() {
        inspector.task_cancelled(task(args));
    }
    ret.set_bool(true);
    Ok(())
}

/// `(task, whether it keeps the loop alive) → true`.
pub fn task_refd(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let refd = args.get(1).is_true();
    trace::with(scope, &State::of(scope), |tracer| {
        tracer.emit(EventKind::TaskRef { task: task(args), refd })
    });
    ret.set_bool(true);
    Ok(())
}

/// Who is asked, in place of a port above 0: the request came to a server here, or all that is to be said is the text of the
/// host.
pub const SERVED: i32 = -1;

/// The pieces of what a request asks for: `GET host:port/path`, or `GET /path` of one that is served here. The port is
/// written into `room`.
pub fn target_of<'a>(
    (method, host, path): (&'a [u8], &'a [u8], &'a [u8]),
    port: i32,
    room: &'a mut itoa::Buffer,
) -> [&'a [u8]; 6] {
    let (colon, port): (&[u8], &[u8]) =
        if port > 0 { (b":", room.format(port).as_bytes()) } else { (b"", b"") };
    [method, b" ", host, colon, port, path]
}

/// `(port, method, host, path) → handle`: a request began, which is no operation of the host's. Less than 1 in place of the port
/// is said at [`SERVED`].
pub fn trace_request_opened(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let port = convert::int(args.get(0));
    let is_served = port == SERVED;
    let (mut method, mut host) = ([MaybeUninit::uninit(); METHOD], [MaybeUninit::uninit(); HOST]);
    let mut path = [MaybeUninit::uninit(); PATH];
    let method = text(scope, args.get(1), &mut method);
    let (host, path) = (text(scope, args.get(2), &mut host), text(scope, args.get(3), &mut path));
    let texts = (method.as_bytes(), host.as_bytes(), path.as_bytes());
    let target = target_of(texts, port, &mut itoa::Buffer::new()).concat();
    let target = String::from_utf8_lossy(&target);
    let state = State::of(scope);
    let id = state.new_op();
    trace::with(scope, &state, |tracer| tracer.request_opened(HandleId(id.0), is_served, &target));
    ret.set_double(id.0 as f64);
    Ok(())
}

/// `(handle, status) → true`: the head of the answer to a request is there.
pub fn trace_request_answered(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = HandleId(convert::number(args.get(0)) as u64);
    let status = u16::try_from(convert::int(args.get(1))).unwrap_or(0);
    trace::with(scope, &State::of(scope), |tracer| tracer.request_answered(handle, status));
    ret.set_bool(true);
    Ok(())
}

/// `(handle) → true`: request and answer are over.
pub fn trace_request_closed(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = HandleId(convert::number(args.get(0)) as u64);
    trace::with(scope, &State::of(scope), |tracer| tracer.request_closed(handle));
    ret.set_bool(true);
    Ok(())
}

/// `(task, reason)`: nobody handled the rejection of a promise in time, which happened in that task.
fn trace_rejection(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let (text, place) = trace::describe(scope, args.get(1));
    let state = State::of(scope);
    trace::with(scope, &state, |tracer| {
        let (text, place) = (tracer.text_once(&text), place.define(&state, tracer));
        tracer.emit(EventKind::UnhandledRejection { task: task(args), text, place });
    });
    Ok(())
}
