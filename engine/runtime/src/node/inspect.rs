//! Ops by which the built-in modules meet V8's inspector.

use loopscope_protocol::{OpId, TaskId};
use serde_json::json;

use crate::host::{HostEvent, Response};
use crate::inspect::{Client, Incoming, SessionId, Way, new_session};
use crate::js::ops::{self, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, lasting};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    inspect_before_script,
    inspect_close,
    inspect_connect,
    inspect_connect_main,
    inspect_console,
    inspect_disconnect,
    inspect_disconnect_main,
    inspect_emit,
    inspect_exception,
    inspect_hears,
    inspect_is_active,
    inspect_keep,
    inspect_listener,
    inspect_resource,
    inspect_resource_entered,
    inspect_resource_left,
    inspect_open,
    inspect_port,
    inspect_rejection,
    inspect_send,
    inspect_send_main,
    inspect_stack,
    inspect_url,
    inspect_wait,
];

/// Frames of the script that are told of with an event.
const FRAMES: usize = 32;

/// `()`: the main script comes next, what was to be loaded before it is there.
fn inspect_before_script(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    if let Some(inspector) = State::of(scope).inspector() {
        inspector.before_script();
    }
    Ok(())
}

/// `() → whether clients are there or may come`.
fn inspect_is_active(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    ret.set_bool(State::of(scope).inspector().is_some());
    Ok(())
}

/// `(domain) → whether a client has turned it on`.
fn inspect_hears(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let domain = convert::text(scope, args.get(0));
    ret.set_bool(State::of(scope).inspector().is_some_and(|inspector| inspector.hears(&domain)));
    Ok(())
}

/// `() → where clients come in`, undefined when they cannot.
fn inspect_url(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let url = State::of(scope).any_inspector().and_then(|inspector| inspector.url());
    if let Some(url) = url {
        ret.set(convert::string(scope, &url).into());
    }
    Ok(())
}

/// `() → the port where clients come in, or would`.
fn inspect_port(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let port = state.any_inspector().and_then(|inspector| inspector.port());
    ret.set_uint32(u32::from(port.unwrap_or(state.options.inspect.port)));
    Ok(())
}

/// `(task, reason)`: nobody has handled the rejection of a promise, which happened in that task.
fn inspect_rejection(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    if let Some(inspector) = state.inspector() {
        inspector.unhandled(scope, &state, TaskId(convert::number(args.get(0)) as u64), args.get(1));
    }
    Ok(())
}

/// `(port, [host])`: lets clients in there; a negative port is the one of the command line.
fn inspect_open(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    let at = &state.options.inspect;
    let port = u16::try_from(convert::int(args.get(0))).unwrap_or(at.port);
    let host = if args.get(1).is_string() { convert::text(scope, args.get(1)) } else { at.host.clone() };
    if let Some(inspector) = state.any_inspector() {
        inspector.listen(&state, &host, port);
    }
    Ok(())
}

/// `()`: lets nobody in any more and sends everybody away.
fn inspect_close(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    if let Some(inspector) = state.any_inspector() {
        inspector.close_door(&state);
    }
    Ok(())
}

/// `() → whether there was anybody to wait for`: waits until a client says that the run may go on.
fn inspect_wait(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let inspector = state.inspector();
    ret.set_bool(inspector.is_some());
    if let Some(inspector) = inspector {
        inspector.wait_for_another(&state);
    }
    Ok(())
}

/// `(function) → number` of a session with this runtime, whose messages the function is called with.
fn inspect_connect(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let function = convert::function(args.get(0))?;
    if let Some(inspector) = state.any_inspector() {
        ret.set_uint32(inspector.connect_here(scope, &state, function).0);
    }
    Ok(())
}

fn session(args: Args) -> SessionId {
    SessionId(convert::number(args.get(0)) as u32)
}

/// `(function)`: it is being added as a listener of events.
fn inspect_listener(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let listener = convert::function(args.get(0))?;
    if let Some(inspector) = State::of(scope).inspector() {
        inspector.listener_added(scope, listener);
    }
    Ok(())
}

/// `(type) → number` of a resource that is being made.
fn inspect_resource(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(0));
    let number = State::of(scope).inspector().map_or(0, |inspector| inspector.resource_made(scope, &name));
    ret.set_double(number as f64);
    Ok(())
}

/// `(number)`: a callback runs in the name of the resource.
fn inspect_resource_entered(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    if let Some(inspector) = State::of(scope).any_inspector() {
        inspector.resource_entered(convert::number(args.get(0)) as usize);
    }
    Ok(())
}

/// `(number)`: it has returned, or thrown.
fn inspect_resource_left(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    if let Some(inspector) = State::of(scope).any_inspector() {
        inspector.resource_left(convert::number(args.get(0)) as usize);
    }
    Ok(())
}

/// `(session, request)`.
fn inspect_send(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    let text = convert::text(scope, args.get(1));
    if let Some(inspector) = state.any_inspector() {
        inspector.follow(&state, session(args), &text);
    }
    Ok(())
}

/// `(session)`.
fn inspect_disconnect(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    if let Some(inspector) = state.any_inspector() {
        inspector.disconnect(&state, session(args));
    }
    Ok(())
}

/// `(function) → [session, operation]`: a session of a worker with the main thread. The operation's results are messages;
/// undefined on the main thread.
fn inspect_connect_main(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let Some(worker) = &state.worker else { return Ok(()) };
    let callback = convert::function(args.get(0))?;
    let op = lasting::open(scope, &state, ("inspector", "INSPECTOR"), "main thread", callback, false);
    let session = new_session();
    let reporter = state.host.borrow().reporter();
    let client = Client::taking(move |text| {
        reporter(HostEvent::Completed { op, result: Ok(Response::Text(text)), last: false });
    });
    worker.main.inspect(Incoming::Connect { session, client });
    let value = Response::Numbers(vec![f64::from(session.0), op.0 as f64]);
    ret.set(convert::response(scope, value).ok_or(OpError::Thrown)?);
    Ok(())
}

/// `(session, request)`.
fn inspect_send_main(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let text = convert::text(scope, args.get(1));
    if let Some(worker) = &State::of(scope).worker {
        worker.main.inspect(Incoming::Message { session: session(args), text });
    }
    Ok(())
}

/// `(session, operation)`.
fn inspect_disconnect_main(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    if let Some(worker) = &state.worker {
        worker.main.inspect(Incoming::Disconnect { session: session(args) });
    }
    state.finish(OpId(convert::number(args.get(1)) as u64));
    Ok(())
}

/// `(domain, message)`: has the clients that turned the domain on hear of something.
fn inspect_emit(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let (domain, message) = (convert::text(scope, args.get(0)), convert::text(scope, args.get(1)));
    if let Some(inspector) = State::of(scope).inspector() {
        inspector.emit(&domain, &message);
    }
    Ok(())
}

/// `(error)`: tells clients of what ends the program.
fn inspect_exception(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    if let Some(inspector) = State::of(scope).inspector() {
        inspector.exception_thrown(scope.get_current_context(), scope, args.get(0));
    }
    Ok(())
}

/// `(way, id, bytes)`: keeps data of the domain `Network`.
fn inspect_keep(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let (way, id) = (convert::text(scope, args.get(0)), convert::text(scope, args.get(1)));
    if let Some(way) = Way::named(&way)
        && let Some(bytes) = convert::view_bytes(args.get(2))
        && let Some(inspector) = State::of(scope).inspector()
    {
        inspector.keep(way, id, &bytes);
    }
    Ok(())
}

/// `() → JSON` of the stack as the protocol's `callFrames`.
fn inspect_stack(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let stack = v8::StackTrace::current_stack_trace(scope, FRAMES);
    let mut frames = Vec::new();
    for index in 0..stack.map_or(0, |stack| stack.get_frame_count()) {
        let Some(frame) = stack.and_then(|stack| stack.get_frame(scope, index)) else { continue };
        let name = frame.get_script_name(scope).map(|name| name.to_rust_string_lossy(scope));
        let name = name.unwrap_or_default();
        let function = frame.get_function_name(scope).map(|name| name.to_rust_string_lossy(scope));
        frames.push(json!({
            "functionName": function.unwrap_or_default(),
            "scriptId": frame.get_script_id().to_string(),
            "url": url::Url::from_file_path(&name).map_or(name, String::from),
            "lineNumber": frame.get_line_number().saturating_sub(1),
            "columnNumber": frame.get_column().saturating_sub(1),
        }));
    }
    ret.set(convert::string(scope, &serde_json::Value::Array(frames).to_string()).into());
    Ok(())
}

/// `(V8's function, own function, name) → function` that reports a call of the console to clients and then makes it. It
/// is native, so that the call's place is the script's.
fn inspect_console(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    extern "C" fn called(info: *const v8::FunctionCallbackInfo) {
        // SAFETY: V8 hands a valid pointer to every callback.
        ops::enter(unsafe { &*info }, console_called);
    }
    let data = v8::Array::new_with_elements(scope, &[args.get(0), args.get(1)]);
    let function = v8::Function::builder_raw(called)
        .data(data.into())
        .constructor_behavior(v8::ConstructorBehavior::Throw)
        .build(scope)
        .ok_or(OpError::Thrown)?;
    let name = convert::text(scope, args.get(2));
    let name = convert::name(scope, &name);
    function.set_name(name);
    ret.set(function.into());
    Ok(())
}

fn console_called<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let data = v8::Local::<v8::Array>::try_from(args.data())
        .map_err(|_| OpError::Type("the console has lost its functions".to_owned()))?;
    let engine = data.get_index(scope, 0).ok_or(OpError::Thrown)?;
    let own = convert::function(data.get_index(scope, 1).ok_or(OpError::Thrown)?)?;
    let list: Vec<_> = (0..args.length()).map(|index| args.get(index)).collect();
    let receiver = args.this().into();
    // What a call leads to is part of it: a table is not told of as a line, too.
    let inspector = State::of(scope).inspector();
    let inspector = inspector.filter(|inspector| !inspector.reports_console.replace(true));
    if inspector.is_some()
        && let Ok(engine) = convert::function(engine)
    {
        v8::tc_scope!(let scope, scope);
        // Whether it can be reported or not, the script's call is made.
        let _ = engine.call(scope, receiver, &list);
    }
    let value = own.call(scope, receiver, &list);
    if let Some(inspector) = inspector {
        inspector.reports_console.set(false);
    }
    ret.set(value.ok_or(OpError::Thrown)?);
    Ok(())
}
