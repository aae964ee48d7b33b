//! Ops of the queues: microtasks, loop time, asynchronous context, uncaught exceptions.

use loopscope_protocol::{EventKind, Queue, TaskKind};

use crate::js::flags::{Flag, Time};
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::{Closing, State, Traced};
use crate::js::{async_operation, convert, drain, error, trace};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    async_context_get,
    async_context_set,
    closing_add,
    error_map_stacks,
    error_place,
    error_thrown_at,
    loop_now,
    op_cancel,
    op_refd,
    promise_mark_handled,
    run_microtasks,
    trigger_uncaught,
];

/// `() → value`: what [`async_context_set`] was given, or what the running promise reaction captured.
fn async_context_get(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    ret.set(scope.get_continuation_preserved_embedder_data());
    Ok(())
}

/// `(value)`: promise reactions and operations that start from now on capture the value.
fn async_context_set(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    State::of(scope).shared.set_flag(Flag::AsyncContext, 1);
    scope.set_continuation_preserved_embedder_data(args.get(0));
    Ok(())
}

/// `(function)`: it runs in the closing phase, as the callback of something that is closed.
fn closing_add(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    let callback = convert::function(args.get(0))?;
    let context = scope.get_continuation_preserved_embedder_data();
    let task = trace::with(scope, &state, |tracer| {
        let site = trace::call_place(scope, &state, tracer, crate::trace::Asker::Task);
        let place = tracer.nameless(site);
        let task = tracer.create(TaskKind::Close, place, site);
        tracer.ready(task, Queue::Closing);
        task
    });
    if let Some((inspector, task)) = state.inspector().zip(task) {
        let kind = TaskKind::Close;
        inspector.task_scheduled(scope, &state, (task, kind), (kind.name(), callback));
    }
    let closing = Closing {
        callback: v8::Global::new(scope, callback),
        context: (!context.is_undefined()).then(|| v8::Global::new(scope, context)),
        task: task.unwrap_or_default(),
        async_ids: (state.shared.time(Time::ExecutionId), state.shared.time(Time::TriggerId)),
    };
    state.closing.borrow_mut().push(closing);
    Ok(())
}

/// Ops that are called by the million: they return nothing and cannot fail, which saves half of an op's way.
pub const BARE_OPS: &[OpDecl] =
    &[OpDecl { name: "enqueue_microtask", function: enqueue_microtask, direct: None }];

/// `(function)`, which `queueMicrotask` has looked at.
extern "C" fn enqueue_microtask(info: *const v8::FunctionCallbackInfo) {
    // SAFETY: V8 hands a valid pointer to every callback.
    let info = unsafe { &*info };
    v8::callback_scope!(unsafe scope, info);
    let args = v8::FunctionCallbackArguments::from_function_callback_info(info);
    debug_assert!(args.get(0).is_function(), "`queueMicrotask` takes functions only");
    // SAFETY: the caller, a built-in module, has seen that it is one; asking again costs as much as everything else here.
    let function = unsafe { v8::Local::<v8::Function>::cast_unchecked(args.get(0)) };
    scope.enqueue_microtask(function);
}

/// `(function or undefined)`: `function(error, call sites, header)` makes the text of stacks from now on; when it returns no
/// text, the stack is V8's.
fn error_map_stacks(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let function = v8::Local::<v8::Function>::try_from(args.get(0)).ok();
    let function = function.map(|function| v8::Global::new(scope, function));
    *State::of(scope).stack_mapper.borrow_mut() = function;
    Ok(())
}

/// `(error) → source line with carets, '' when V8 knows no place`.
fn error_place(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let message = v8::Exception::create_message(scope, args.get(0));
    let place = error::place(scope, message);
    ret.set(convert::string(scope, &place).into());
    Ok(())
}

/// `() → frames of where the last uncaught exception was thrown`, undefined unless `--trace-uncaught` asks for it.
fn error_thrown_at(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    if let Some(text) = &*State::of(scope).thrown_at.borrow() {
        ret.set(convert::string(scope, text).into());
    }
    Ok(())
}

/// `() → milliseconds`: reads the clock for the loop's time and returns it.
fn loop_now(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    ret.set_double(State::of(scope).update_loop_now() as f64);
    Ok(())
}

/// `(id) → whether the operation was ended early`; its callback is not called then.
fn op_cancel(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let id = crate::host::OpId(convert::number(args.get(0)) as u64);
    let cancelled = state.host.borrow_mut().cancel(id);
    if cancelled && let Some(op) = state.finish(id) {
        if let Traced::Once(task) = op.traced {
            trace::with(scope, &state, |tracer| {
                let error = tracer.text("ECANCELED");
                tracer.emit(EventKind::OpCompleted { op: id, bytes: 0, error });
                tracer.cancel(task);
            });
        }
        async_operation::cancelled(scope, &state, op.async_ids);
    }
    ret.set_bool(cancelled);
    Ok(())
}

/// `(id, boolean)`: whether the operation keeps the loop alive.
fn op_refd(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let id = crate::host::OpId(convert::number(args.get(0)) as u64);
    State::of(scope).set_refd(id, args.get(1).is_true());
    Ok(())
}

/// `(promise)`: its rejection needs no handler.
fn promise_mark_handled(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let promise = v8::Local::<v8::Promise>::try_from(args.get(0))
        .map_err(|_| OpError::Type("promise_mark_handled expects a promise".to_owned()))?;
    promise.mark_as_handled();
    Ok(())
}

/// `()`: runs all microtasks.
fn run_microtasks(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    drain::microtasks(scope, &state);
    if state.exit.get().is_some() {
        // The script must not go on after this call.
        scope.terminate_execution();
    }
    Ok(())
}

/// `(error, from_promise)`: deals with an error as if it had been thrown out of a callback.
fn trigger_uncaught(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    let message = v8::Exception::create_message(scope, args.get(0));
    let place = error::place(scope, message);
    error::uncaught(scope, &state, args.get(0), args.get(1).is_true(), &place);
    if state.exit.get().is_some() {
        scope.terminate_execution();
    }
    Ok(())
}
