//! Ops of `worker_threads`.

use std::sync::atomic::Ordering;

use crate::command_line;
use crate::host::{OpId, Response};
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::worker::{self, Limits};
use crate::js::{convert, lasting};
use crate::ops;
use crate::options::{Main, Options};

/// The table.
pub const OPS: &[OpDecl] = ops![
    worker_ended,
    worker_info,
    worker_loop,
    worker_open,
    worker_options_check,
    worker_start,
    worker_stop,
];

/// Memory of a stack when nobody says otherwise, in megabytes.
const DEFAULT_STACK: f64 = 4.0;

fn op(args: Args) -> OpId {
    OpId(convert::number(args.get(0)) as u64)
}

/// `() → [number, name, port, limits]` of this thread; undefined for the main one.
fn worker_info(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let Some(own) = &state.worker else { return Ok(()) };
    let limits = own.limits;
    let value = Response::List(vec![
        Response::Number(own.id as f64),
        Response::Text(own.name.clone()),
        Response::Number(f64::from(own.port)),
        Response::Numbers(vec![limits.young, limits.old, limits.code, limits.stack]),
    ]);
    ret.set(convert::response(scope, value).ok_or(OpError::Thrown)?);
    Ok(())
}

/// The options of a worker with these arguments of its own, or those of its starter.
fn options(state: &State, list: Option<Vec<String>>) -> Result<Options, Vec<String>> {
    let mut options = match list {
        None => state.options.clone(),
        Some(list) => command_line::worker_options(list)?,
    };
    options.check = false;
    options.args = Vec::new();
    Ok(options)
}

fn texts(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<Option<Vec<String>>, OpError> {
    if value.is_array() { convert::texts(scope, value).map(Some) } else { Ok(None) }
}

/// `([options]) → [those that a worker does not take]`.
fn worker_options_check(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let list = texts(scope, args.get(0))?.unwrap_or_default();
    let bad = command_line::worker_options(list).err().unwrap_or_default();
    let value = Response::List(bad.into_iter().map(Response::Text).collect());
    ret.set(convert::response(scope, value).ok_or(OpError::Thrown)?);
    Ok(())
}

/// `(file, callback) → id` of the operation that stands for a worker: `callback(null, [exit code, whether its heap was
/// full])` once it is over.
fn worker_open(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let file = convert::text(scope, args.get(0));
    let callback = convert::function(args.get(1))?;
    let op = lasting::open(scope, &state, ("worker", "WORKER"), &file, callback, true);
    ret.set_double(op.0 as f64);
    Ok(())
}

/// `(id, port, name, file, [options] or null, [young, old, code, stack]) → [thread, limits]`: starts a thread with the port
/// as its end of the channel.
fn worker_start(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let (name, file) = (convert::text(scope, args.get(2)), convert::text(scope, args.get(3)));
    let list = texts(scope, args.get(4))?;
    let mut options = options(&state, list)
        .map_err(|bad| OpError::Other(format!("options no worker takes: {}", bad.join(", "))))?;
    options.main = Main::File(file);
    let given = v8::Local::<v8::Array>::try_from(args.get(5))
        .map_err(|_| OpError::Type("worker_start expects limits".to_owned()))?;
    let number = |index| given.get_index(scope, index).map_or(f64::NAN, convert::number);
    let mut limits = Limits { young: number(0), old: number(1), code: number(2), stack: number(3) };
    for limit in [&mut limits.young, &mut limits.old, &mut limits.code] {
        if limit.is_nan() {
            *limit = -1.0;
        }
    }
    if limits.stack.is_nan() || limits.stack <= 0.0 {
        limits.stack = DEFAULT_STACK;
    }
    let port = state
        .ports
        .remove(convert::number(args.get(1)) as u32)
        .ok_or_else(|| OpError::Type("worker_start expects a port".to_owned()))?;
    let id = worker::new_id();
    let op = op(args);
    if let Err(failed) = worker::start(&state, op, options, id, (name, limits, port)) {
        state.finish(op);
        return Err(OpError::Other(format!("the system gives no thread: {failed}")));
    }
    let value = Response::List(vec![
        Response::Number(id as f64),
        Response::Numbers(vec![limits.young, limits.old, limits.code, limits.stack]),
    ]);
    ret.set(convert::response(scope, value).ok_or(OpError::Thrown)?);
    Ok(())
}

/// `(id)`: the worker has told that it is over.
fn worker_ended(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    if let Some(id) = state.workers.forget(op(args))
        && let Some(inspector) = state.any_inspector()
    {
        inspector.worker_ended(id);
    }
    Ok(())
}

/// `(id)`: ends the worker wherever it is.
fn worker_stop(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    if let Some(shared) = State::of(scope).workers.shared(op(args)) {
        shared.stop();
    }
    Ok(())
}

/// `(id) → [milliseconds since the worker's loop began, milliseconds it slept]`, undefined before it has begun.
fn worker_loop(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let Some(shared) = state.workers.shared(op(args)) else { return Ok(()) };
    let began = shared.loop_began.load(Ordering::Relaxed);
    if began == 0 {
        return Ok(());
    }
    let now = state.host.borrow().now();
    let millis = |nanos: u64| nanos as f64 / 1e6;
    let value = vec![millis(now.saturating_sub(began)), millis(shared.idle.load(Ordering::Relaxed))];
    ret.set(convert::response(scope, Response::Numbers(value)).ok_or(OpError::Thrown)?);
    Ok(())
}
