//! Ops of message ports and broadcast channels. JavaScript names a port by a number.

use std::sync::Arc;

use loopscope_protocol::TaskId;

use super::plain_message;
use crate::host::OpId;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::port::{Item, Message, Part, PortHandle, PostError, Store, open_inbox, post_to_thread};
use crate::js::state::State;
use crate::js::{convert, lasting, trace};
use crate::ops;
use crate::trace::Tracer;

/// The table.
pub const OPS: &[OpDecl] = ops![
    port_broadcast,
    port_close,
    port_listen,
    port_pair,
    port_post,
    port_post_plain,
    port_receive,
    port_silence,
    port_take,
    thread_inbox,
    thread_post,
];

pub(super) fn number(value: v8::Local<v8::Value>) -> u32 {
    convert::number(value) as u32
}

/// `() → [number, number]` of two ports that talk to each other.
fn port_pair(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let (first, second) = PortHandle::pair();
    let numbers =
        [first, second].map(|port| v8::Integer::new_from_unsigned(scope, state.ports.add(port)).into());
    ret.set(v8::Array::new_with_elements(scope, &numbers).into());
    Ok(())
}

/// `(name) → number` of a port that hears what others of this name are told.
fn port_broadcast(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(0));
    ret.set_uint32(State::of(scope).ports.add(PortHandle::member(&name)));
    Ok(())
}

/// `(number, name, callback) → id of the operation`: `callback(null)` for each message that is wanted and for the end;
/// [`port_take`] then has it. Does not keep the loop alive before `op_refd(id, true)`.
fn port_listen(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let port = number(args.get(0));
    let name = convert::text(scope, args.get(1));
    let callback = convert::function(args.get(2))?;
    let id = lasting::open(scope, &state, ("MessagePort", "MESSAGEPORT"), &name, callback, false);
    let reporter = state.host.borrow().reporter();
    state.ports.with(port, |port| port.listen(reporter, id));
    ret.set_double(id.0 as f64);
    Ok(())
}

/// `(number, boolean)`: whether messages are wanted.
fn port_receive(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    state.ports.with(number(args.get(0)), |port| port.receive(args.get(1).is_true()));
    Ok(())
}

/// `(id)`: ends what [`port_listen`] began.
fn port_silence(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    State::of(scope).finish(OpId(convert::number(args.get(0)) as u64));
    Ok(())
}

/// `(number)`: the other end is told.
fn port_close(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    drop(State::of(scope).ports.remove(number(args.get(0))));
    Ok(())
}

fn list<'s>(value: v8::Local<'s, v8::Value>) -> Result<v8::Local<'s, v8::Array>, OpError> {
    v8::Local::<v8::Array>::try_from(value)
        .map_err(|_| OpError::Type("a message's parts must be arrays".to_owned()))
}

/// The message in the arguments from the second on: `bytes, [parts], [ArrayBuffers to move]`. A part is a
/// SharedArrayBuffer, a WebAssembly module, or the number of a port that moves.
fn message(scope: &mut v8::PinScope, state: &State, args: Args) -> Result<Message, OpError> {
    let bytes = convert::view_bytes(args.get(1)).unwrap_or_default();
    let (given, moved) = (list(args.get(2))?, list(args.get(3))?);
    let mut parts = Vec::with_capacity(given.length() as usize);
    for index in 0..given.length() {
        let value = given.get_index(scope, index).ok_or(OpError::Thrown)?;
        parts.push(if let Ok(buffer) = v8::Local::<v8::SharedArrayBuffer>::try_from(value) {
            Part::Memory(Store(buffer.get_backing_store()))
        } else if let Ok(module) = v8::Local::<v8::WasmModuleObject>::try_from(value) {
            Part::Wasm(Arc::new(module.get_compiled_module()))
        } else if value.is_number() {
            let port = state.ports.remove(number(value));
            if let Some(port) = &port {
                port.leave();
            }
            Part::Port(port)
        } else {
            Part::Nothing
        });
    }
    let mut buffers = Vec::with_capacity(moved.length() as usize);
    for index in 0..moved.length() {
        let value = moved.get_index(scope, index).ok_or(OpError::Thrown)?;
        let buffer = v8::Local::<v8::ArrayBuffer>::try_from(value)
            .map_err(|_| OpError::Type("only an ArrayBuffer can be moved".to_owned()))?;
        buffers.push(Store(buffer.get_backing_store()));
        buffer.detach(None);
    }
    Ok(Message { bytes, parts, buffers, from: sender(state) })
}

/// The callback that is running, when the run is traced.
fn sender(state: &State) -> TaskId {
    state.tracer.borrow().as_ref().map_or(TaskId::NONE, Tracer::running)
}

/// `(number, bytes, [parts], [ArrayBuffers to move]) → whether it was sent`.
fn port_post(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let message = message(scope, &state, args)?;
    let sent = state.ports.with(number(args.get(0)), |port| port.post(message));
    ret.set_bool(!matches!(sent, Some(Err(PostError::Lost))));
    Ok(())
}

/// `(number, value) → whether V8 alone could write it`; then it was sent.
fn port_post_plain(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let Some(bytes) = plain_message::write(scope, args.get(1)) else {
        ret.set_bool(false);
        return Ok(());
    };
    let message = Message { bytes, parts: Vec::new(), buffers: Vec::new(), from: sender(&state) };
    // Only a port among its parts could be lost.
    let _ = state.ports.with(number(args.get(0)), |port| port.post(message));
    ret.set_bool(true);
    Ok(())
}

/// `() → number` of the port at which this thread takes messages from any other.
fn thread_inbox(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let number = match &state.worker {
        Some(own) => own.inbox,
        None => state.ports.add(open_inbox(0)),
    };
    ret.set_uint32(number);
    Ok(())
}

/// `(thread, bytes, [parts], [ArrayBuffers to move]) → whether there is such a thread`.
fn thread_post(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let message = message(scope, &state, args)?;
    let thread = convert::number(args.get(0));
    ret.set_bool(thread >= 0.0 && post_to_thread(thread as u64, message));
    Ok(())
}

/// `(number, boolean) → [value]` of a message that V8 alone can read, else `[bytes, [parts], [ArrayBuffers]]`, null for the end, undefined when nothing waits. With `true`
/// also a message that is not wanted yet. A port among the parts is a number.
fn port_take(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let any = args.get(1).is_true();
    let message = match state.ports.with(number(args.get(0)), |port| port.take(any)).flatten() {
        None => return Ok(()),
        Some(Item::Close) => {
            ret.set_null();
            return Ok(());
        }
        Some(Item::Message(message)) => message,
    };
    if message.from.is_some() {
        trace::with_same_time(scope, &state, |tracer| tracer.message_taken(message.from));
    }
    let plain = message.parts.is_empty() && message.buffers.is_empty();
    if plain && !args.get(2).is_true() {
        let value = plain_message::read(scope, &message.bytes).ok_or(OpError::Thrown)?;
        ret.set(v8::Array::new_with_elements(scope, &[value]).into());
        return Ok(());
    }
    let bytes = convert::bytes(scope, message.bytes).ok_or(OpError::Thrown)?;
    let mut parts: Vec<v8::Local<v8::Value>> = Vec::with_capacity(message.parts.len());
    for part in message.parts {
        parts.push(match part {
            Part::Memory(store) => v8::SharedArrayBuffer::with_backing_store(scope, &store.0).into(),
            Part::Wasm(module) => {
                let module = v8::WasmModuleObject::from_compiled_module(scope, &module);
                module.map_or_else(
                    || v8::undefined(scope).into(),
                    |module| v8::Local::<v8::Object>::from(module).into(),
                )
            }
            Part::Port(Some(port)) => v8::Integer::new_from_unsigned(scope, state.ports.add(port)).into(),
            Part::Port(None) | Part::Nothing => v8::undefined(scope).into(),
        });
    }
    let buffers: Vec<v8::Local<v8::Value>> = message
        .buffers
        .iter()
        .map(|store| v8::ArrayBuffer::with_backing_store(scope, &store.0).into())
        .collect();
    let parts = v8::Array::new_with_elements(scope, &parts).into();
    let buffers = v8::Array::new_with_elements(scope, &buffers).into();
    ret.set(v8::Array::new_with_elements(scope, &[bytes.into(), parts, buffers]).into());
    Ok(())
}
