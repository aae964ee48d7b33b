//! Ops of sockets and pipes. Those that cannot wait return a number: what they have to say, or the negative number of
//! the error.

use loopscope_protocol::HandleId;

use crate::host::{HostError, NetAddress, NetOption, NetRequest, Request, Response};
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{bytes, convert, trace};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    net_accept,
    net_adopt,
    net_bind,
    net_close,
    net_connect,
    net_connected,
    net_fd,
    net_flush,
    net_keep_alive,
    net_listen,
    net_name,
    net_no_delay,
    net_pair,
    net_pause,
    net_read,
    net_send,
    net_set_tos,
    net_shutdown,
    net_tos,
    net_write,
    net_write_text,
    net_writev,
    net_written,
];

/// Does a request at once; `ret` is its number, 0, or the negative number of its error.
fn status(scope: &mut v8::PinScope, request: NetRequest, mut ret: Ret) -> OpResult {
    match State::of(scope).call(Request::Net(request)) {
        Ok(Response::Number(number)) => ret.set_double(number),
        Ok(_) => ret.set_int32(0),
        Err(failed) => failed_with(&failed, &mut ret),
    }
    Ok(())
}

fn failed_with(failed: &HostError, ret: &mut Ret) {
    ret.set_int32(failed.errno);
}

fn start(
    scope: &mut v8::PinScope,
    request: NetRequest,
    callback: v8::Local<v8::Value>,
    ret: Ret,
) -> OpResult {
    op::request(scope, Request::Net(request), callback, ret)
}

/// The number of a handle.
pub fn handle(value: v8::Local<v8::Value>) -> u64 {
    convert::offset(value).unwrap_or(0)
}

/// A path as string or bytes, or an IP address with the port behind it.
pub fn address(scope: &v8::PinScope, args: Args, index: i32) -> NetAddress {
    let port = args.get(index + 1);
    if port.is_number() {
        let port = u16::try_from(convert::int(port)).unwrap_or(0);
        return NetAddress::Ip { host: convert::text(scope, args.get(index)), port };
    }
    NetAddress::Path(convert::path(scope, args.get(index)))
}

/// The addresses of both sides, for the views; empty when nobody watches.
pub fn label(state: &State, handle: u64) -> String {
    if state.tracer.borrow().is_none() {
        return String::new();
    }
    let name = |peer| match state.call(Request::Net(NetRequest::Name { handle, peer })) {
        Ok(Response::List(parts)) => match &parts[..] {
            [Response::Text(host), Response::Number(port), ..] => {
                NetAddress::Ip { host: host.clone(), port: *port as u16 }.text()
            }
            [Response::Text(path)] => NetAddress::Path(path.clone().into_bytes()).text(),
            _ => String::new(),
        },
        _ => String::new(),
    };
    let (own, other) = (name(false), name(true));
    if other.is_empty() { own } else { format!("{own} ↔ {other}") }
}

/// `(handle, callback)`: the callback is called with the handle of every new connection.
fn net_accept(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = handle(args.get(0));
    let label = label(&State::of(scope), handle);
    start(scope, NetRequest::Accept { handle, label }, args.get(1), ret)
}

/// `(fd) → handle`.
fn net_adopt(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    status(scope, NetRequest::Adopt { fd: convert::int(args.get(0)) }, ret)
}

/// `(address or path, port, IPv6 only, share the port) → handle`.
fn net_bind(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let address = address(scope, args, 0);
    let (ipv6_only, reuse_port) = (args.get(2).is_true(), args.get(3).is_true());
    status(scope, NetRequest::Bind { address, ipv6_only, reuse_port }, ret)
}

/// `(handle, with an error for the other side)`.
fn net_close(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (handle, reset) = (handle(args.get(0)), args.get(1).is_true());
    status(scope, NetRequest::Close { handle, reset }, ret)
}

/// `(bound handle or null, address or path, port) → handle`: begins to connect.
fn net_connect(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = convert::offset(args.get(0));
    let address = address(scope, args, 1);
    status(scope, NetRequest::Connect { handle, address }, ret)
}

/// `(handle, what is shown, callback)`: waits for a connection that was begun.
fn net_connected(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (handle, label) = (handle(args.get(0)), convert::text(scope, args.get(1)));
    start(scope, NetRequest::Connected { handle, label }, args.get(2), ret)
}

/// `(handle) → fd`.
fn net_fd(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    status(scope, NetRequest::Descriptor { handle: handle(args.get(0)) }, ret)
}

/// `(handle, callback)`: waits until everything is written.
fn net_flush(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = handle(args.get(0));
    let label = label(&State::of(scope), handle);
    start(scope, NetRequest::Flush { handle, label }, args.get(1), ret)
}

/// `(handle, on, seconds before the first probe, between probes, probes)`.
fn net_keep_alive(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let number = |index| u32::try_from(convert::int(args.get(index))).unwrap_or(0);
    let option = NetOption::KeepAlive {
        on: args.get(1).is_true(),
        delay: number(2),
        interval: number(3),
        count: number(4),
    };
    status(scope, NetRequest::Set { handle: handle(args.get(0)), option }, ret)
}

/// `(handle, backlog, mode of the socket's file or 0)`.
fn net_listen(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (handle, backlog) = (handle(args.get(0)), convert::int(args.get(1)));
    let access = u32::try_from(convert::int(args.get(2))).unwrap_or(0);
    status(scope, NetRequest::Listen { handle, backlog, access }, ret)
}

/// `(handle, of the other side) → [address, port, family], [path], or the error's number`.
fn net_name(scope: &mut v8::PinScope, args: Args, mut ret: Ret) -> OpResult {
    let (handle, peer) = (handle(args.get(0)), args.get(1).is_true());
    match State::of(scope).call(Request::Net(NetRequest::Name { handle, peer })) {
        Ok(name) => {
            let name = convert::response(scope, name);
            ret.set(name.ok_or_else(|| OpError::Other("an address is too long".to_owned()))?);
        }
        Err(failed) => failed_with(&failed, &mut ret),
    }
    Ok(())
}

/// `(handle, on)`.
fn net_no_delay(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let option = NetOption::NoDelay(args.get(1).is_true());
    status(scope, NetRequest::Set { handle: handle(args.get(0)), option }, ret)
}

/// `() → [fd, fd]`: two connected sockets.
fn net_pair(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let undefined = v8::undefined(scope).into();
    start(scope, NetRequest::Pair, undefined, ret)
}

/// `(handle, paused)`.
fn net_pause(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (handle, paused) = (handle(args.get(0)), args.get(1).is_true());
    status(scope, NetRequest::Pause { handle, paused }, ret)
}

/// `(handle, callback, with descriptors)`: the callback is called with what arrives, at the end with null; where
/// descriptors came along, with an array of bytes and numbers.
fn net_read(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = handle(args.get(0));
    let state = State::of(scope);
    let label = label(&state, handle);
    let descriptors = args.get(2).is_true();
    start(scope, NetRequest::Read { handle, descriptors, label }, args.get(1), ret)?;
    opened(scope, &state, handle);
    Ok(())
}

/// The operation that was just started is what the views show of a socket.
pub fn opened(scope: &v8::PinScope, state: &State, handle: u64) {
    let op = state.last_op.get();
    trace::with(scope, state, |tracer| tracer.socket_opened(handle, HandleId(op)));
}

/// Writes and tells the views.
fn write(scope: &mut v8::PinScope, handle: u64, chunks: Vec<Vec<u8>>, ret: Ret) -> OpResult {
    let state = State::of(scope);
    if state.tracer.borrow().is_some() {
        let bytes = chunks.iter().map(|chunk| chunk.len() as u64).sum();
        trace::with_same_time(scope, &state, |tracer| tracer.socket_wrote(handle, bytes));
    }
    status(scope, NetRequest::Write { handle, chunks }, ret)
}

/// `(handle, view, other handle) → as net_write`: the other handle's descriptor goes with the bytes.
fn net_send(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let chunk = bytes::read(args.get(1), <[u8]>::to_vec)?;
    let (handle, carried) = (handle(args.get(0)), self::handle(args.get(2)));
    let state = State::of(scope);
    if state.tracer.borrow().is_some() {
        let bytes = chunk.len() as u64;
        trace::with(scope, &state, |tracer| tracer.socket_wrote(handle, bytes));
    }
    status(scope, NetRequest::Send { handle, chunk, carried }, ret)
}

/// `(handle, type of service)`.
fn net_set_tos(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let option = NetOption::TypeOfService(u8::try_from(convert::int(args.get(1))).unwrap_or(0));
    status(scope, NetRequest::Set { handle: handle(args.get(0)), option }, ret)
}

/// `(handle, callback)`: ends the writing side after what waits is written.
fn net_shutdown(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = handle(args.get(0));
    let label = label(&State::of(scope), handle);
    start(scope, NetRequest::Shutdown { handle, label }, args.get(1), ret)
}

/// `(handle) → type of service`.
fn net_tos(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    status(scope, NetRequest::TypeOfService { handle: handle(args.get(0)) }, ret)
}

/// `(handle, view) → bytes that the system did not take yet`.
fn net_write(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let chunks = vec![bytes::read(args.get(1), <[u8]>::to_vec)?];
    write(scope, handle(args.get(0)), chunks, ret)
}

/// `(handle, string, as Latin-1) → as net_write`.
fn net_write_text(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let chunks = vec![encoded(scope, args.get(1), args.get(2).is_true())?];
    write(scope, handle(args.get(0)), chunks, ret)
}

/// `(handle, [view or string, as Latin-1, …]) → as net_write`.
fn net_writev(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let list = v8::Local::<v8::Array>::try_from(args.get(1))
        .map_err(|_| OpError::Type("net_writev expects an array".to_owned()))?;
    let mut chunks = Vec::with_capacity(list.length() as usize / 2);
    for index in (0..list.length()).step_by(2) {
        let (Some(chunk), Some(latin1)) = (list.get_index(scope, index), list.get_index(scope, index + 1))
        else {
            return Err(OpError::Thrown);
        };
        chunks.push(if chunk.is_string() {
            encoded(scope, chunk, latin1.is_true())?
        } else {
            bytes::read(chunk, <[u8]>::to_vec)?
        });
    }
    write(scope, handle(args.get(0)), chunks, ret)
}

/// `(handle) → bytes written or waiting`.
fn net_written(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    status(scope, NetRequest::Written { handle: handle(args.get(0)) }, ret)
}

/// The bytes of a string.
fn encoded(scope: &mut v8::PinScope, value: v8::Local<v8::Value>, latin1: bool) -> Result<Vec<u8>, OpError> {
    let text = v8::Local::<v8::String>::try_from(value)
        .map_err(|_| OpError::Type("a socket writes strings and views".to_owned()))?;
    if !latin1 {
        return Ok(bytes::utf8(scope, text));
    }
    let mut bytes = vec![0; text.length()];
    text.write_one_byte_v2(scope, 0, &mut bytes, v8::WriteFlags::empty());
    Ok(bytes)
}
