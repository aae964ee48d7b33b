//! Ops of datagram sockets. As those of `net`, they return a number: what they have to say, or the negative number of
//! the error.

use super::net::{address, handle, label, opened};
use crate::host::{DgramOption, DgramRequest, Request, Response};
use crate::js::ops::{self as op, Args, OpDecl, OpResult, Ret};
use crate::js::state::State;
use crate::js::{bytes, convert, trace};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    dgram_adopt,
    dgram_bind,
    dgram_buffer_size,
    dgram_connect,
    dgram_membership,
    dgram_receive,
    dgram_send,
    dgram_send_later,
    dgram_set,
    dgram_set_interface,
];

fn status(scope: &mut v8::PinScope, request: DgramRequest, ret: Ret) -> OpResult {
    match State::of(scope).call(Request::Dgram(request)) {
        Ok(Response::Number(number)) => ret.set_double(number),
        Ok(_) => ret.set_int32(0),
        Err(failed) => ret.set_int32(failed.errno),
    }
    Ok(())
}

/// `(fd) → handle`.
fn dgram_adopt(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    status(scope, DgramRequest::Adopt { fd: convert::int(args.get(0)) }, ret)
}

/// `(address, port, share the address, IPv6 only, share the port) → handle`.
fn dgram_bind(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let address = address(scope, args, 0);
    let reuse_address = args.get(2).is_true();
    let (ipv6_only, reuse_port) = (args.get(3).is_true(), args.get(4).is_true());
    status(scope, DgramRequest::Bind { address, reuse_address, ipv6_only, reuse_port }, ret)
}

/// `(handle, for sending, new size or 0) → size`.
fn dgram_buffer_size(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (handle, send) = (handle(args.get(0)), args.get(1).is_true());
    let size = convert::number(args.get(2)) as u32;
    status(scope, DgramRequest::BufferSize { handle, send, size }, ret)
}

/// `(handle, address or undefined, port)`.
fn dgram_connect(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = handle(args.get(0));
    let address = args.get(1).is_string().then(|| address(scope, args, 1));
    status(scope, DgramRequest::Connect { handle, address }, ret)
}

/// `(handle, join, group, interface, source or undefined)`.
fn dgram_membership(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let source = args.get(4);
    let option = DgramOption::Membership {
        join: args.get(1).is_true(),
        group: convert::text(scope, args.get(2)),
        interface: convert::text(scope, args.get(3)),
        source: source.is_string().then(|| convert::text(scope, source)),
    };
    status(scope, DgramRequest::Set { handle: handle(args.get(0)), option }, ret)
}

/// `(handle, callback)`: the callback is called with `[bytes, address, port, family]` for every datagram.
fn dgram_receive(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = handle(args.get(0));
    let state = State::of(scope);
    let label = label(&state, handle);
    op::request(scope, Request::Dgram(DgramRequest::Receive { handle, label }), args.get(1), ret)?;
    opened(scope, &state, handle);
    Ok(())
}

fn datagram(scope: &v8::PinScope, args: Args) -> Result<DgramRequest, op::OpError> {
    let address = args.get(2).is_string().then(|| address(scope, args, 2));
    let bytes = bytes::read(args.get(1), <[u8]>::to_vec)?;
    Ok(DgramRequest::Send { handle: handle(args.get(0)), address, bytes })
}

/// `(handle, view, address or undefined, port) → bytes`.
fn dgram_send(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let request = datagram(scope, args)?;
    if let DgramRequest::Send { handle, bytes, .. } = &request {
        let (handle, bytes) = (*handle, bytes.len() as u64);
        trace::with(scope, &State::of(scope), |tracer| tracer.socket_wrote(handle, bytes));
    }
    status(scope, request, ret)
}

/// `(handle, view, address or undefined, port, callback)`: waits until the system takes the datagram.
fn dgram_send_later(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let request = datagram(scope, args)?;
    op::request(scope, Request::Dgram(request), args.get(4), ret)
}

/// `(handle, 'ttl', 'multicastTtl', 'multicastLoop' or 'broadcast', number)`.
fn dgram_set(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let number = u32::try_from(convert::int(args.get(2))).unwrap_or(u32::MAX);
    let option = match &*convert::text(scope, args.get(1)) {
        "ttl" => DgramOption::Ttl(number),
        "multicastTtl" => DgramOption::MulticastTtl(number),
        "multicastLoop" => DgramOption::MulticastLoop(number != 0),
        _ => DgramOption::Broadcast(number != 0),
    };
    status(scope, DgramRequest::Set { handle: handle(args.get(0)), option }, ret)
}

/// `(handle, address of an interface)`: groups are reached through it.
fn dgram_set_interface(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let option = DgramOption::MulticastInterface(convert::text(scope, args.get(1)));
    status(scope, DgramRequest::Set { handle: handle(args.get(0)), option }, ret)
}
