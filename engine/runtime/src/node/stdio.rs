//! Ops of standard output and standard error.

use loopscope_protocol::{ConsoleStream, EventKind};

use crate::host::{HostError, Request, SystemRequest};
use crate::js::ops::{self as op, Args, OpDecl, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, trace};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] =
    ops![stdio_is_terminal, stdio_kind, stdio_raw, stdio_read, stdio_size, stdio_write];

/// `(fd) → boolean`.
fn stdio_is_terminal(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::System(SystemRequest::IsTerminal { fd }), undefined, ret)
}

/// `(fd) → 'FILE', 'TTY', 'PIPE', 'TCP', 'UDP', 'INVALID' or 'UNKNOWN'`.
fn stdio_kind(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::System(SystemRequest::DescriptorKind { fd }), undefined, ret)
}

/// `(fd, boolean)`: whether a terminal hands over every key at once.
fn stdio_raw(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (fd, raw) = (convert::int(args.get(0)), args.get(1).is_true());
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::System(SystemRequest::SetRawMode { fd, raw }), undefined, ret)
}

/// `(length, callback) → id`: reads standard input when something is there; no bytes at the end.
fn stdio_read(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let length = convert::number(args.get(0)) as usize;
    op::request(scope, Request::System(SystemRequest::ReadInput { length }), args.get(1), ret)
}

/// `(fd) → [columns, rows] or null`.
fn stdio_size(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::System(SystemRequest::TerminalSize { fd }), undefined, ret)
}

/// `(fd, string or Uint8Array)`: writes all of it before it returns.
fn stdio_write(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let bytes = convert::path(scope, args.get(1));
    write_standard(scope, &State::of(scope), fd, bytes)?;
    Ok(())
}

/// Writes all of `bytes` and reports it.
///
/// # Errors
/// When standard output or standard error takes no more.
pub fn write_standard(scope: &v8::PinScope, state: &State, fd: i32, bytes: Vec<u8>) -> Result<(), HostError> {
    trace::with(scope, state, |tracer| {
        let stream = if fd == 2 { ConsoleStream::Stderr } else { ConsoleStream::Stdout };
        let place = trace::call_place(scope, state, tracer, crate::trace::Asker::Operation);
        let text = tracer.text_once(&String::from_utf8_lossy(&bytes));
        tracer.imply(place);
        tracer.emit(EventKind::Console { stream, task: tracer.running(), text, place });
    });
    state.call(Request::System(SystemRequest::WriteStandard { fd, bytes }))?;
    Ok(())
}
