//! Ops of child processes.

use crate::host::request::{ChildStdio, Limits, ProcessRequest, Spawn};
use crate::host::{Request, Response};
use crate::js::convert;
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![child_exit, child_run, child_spawn];

/// What stands for a descriptor of the child that leads to nothing, and for one that is a pipe.
const IGNORE: i32 = -1;
const PIPE: i32 = -2;

fn list(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<Vec<Vec<u8>>, OpError> {
    Ok(convert::texts(scope, value)?.into_iter().map(String::into_bytes).collect())
}

/// `(file, arguments, environment or null, folder or null, detached, uid, gid, descriptors)` from the argument `0` on.
fn spawn(scope: &mut v8::PinScope, args: Args) -> Result<Spawn, OpError> {
    let descriptors = v8::Local::<v8::Array>::try_from(args.get(7))
        .map_err(|_| OpError::Type("an op expected an array".to_owned()))?;
    let stdio =
        (0..descriptors.length()).filter_map(|index| descriptors.get_index(scope, index)).map(|value| {
            match convert::int(value) {
                IGNORE => ChildStdio::Ignore,
                PIPE => ChildStdio::Pipe,
                fd => ChildStdio::Descriptor(fd),
            }
        });
    let stdio = stdio.collect();
    let id = |index| convert::offset(args.get(index)).and_then(|id| u32::try_from(id).ok());
    Ok(Spawn {
        file: convert::text(scope, args.get(0)).into_bytes(),
        args: list(scope, args.get(1))?,
        environment: if args.get(2).is_null() { None } else { Some(list(scope, args.get(2))?) },
        folder: (!args.get(3).is_null()).then(|| convert::path(scope, args.get(3))),
        detached: args.get(4).is_true(),
        uid: id(5),
        gid: id(6),
        stdio,
        debugger: debugger(&State::of(scope)),
    })
}

/// What a child is told when this run is debugged.
fn debugger(state: &State) -> Option<String> {
    let inspector = state.inspector()?;
    let processes = inspector.processes();
    processes.address(|| state.host.borrow_mut().await_children(processes))
}

/// `(what to start) → Float64Array`: the child's id, then for each descriptor our end of the pipe or -1; or the
/// negative number of the error.
fn child_spawn(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let spawn = spawn(scope, args)?;
    match State::of(scope).call(Request::Process(ProcessRequest::Spawn(spawn))) {
        Ok(response) => {
            let value = convert::response(scope, response).ok_or(OpError::Thrown)?;
            ret.set(value);
        }
        Err(failed) => ret.set_int32(failed.errno),
    }
    Ok(())
}

/// `(id, command line, callback)`: the callback gets exit code and signal.
fn child_exit(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let request =
        ProcessRequest::Exit { pid: convert::int(args.get(0)), label: convert::text(scope, args.get(1)) };
    op::request(scope, Request::Process(request), args.get(2), ret)
}

/// `(what to start, inputs, milliseconds or null, bytes or null, signal) → [id, code, signal, error, outputs]`, or the
/// negative number of the error.
fn child_run(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let spawn = spawn(scope, args)?;
    let inputs = v8::Local::<v8::Array>::try_from(args.get(8))
        .map_err(|_| OpError::Type("an op expected an array".to_owned()))?;
    let input = (0..inputs.length())
        .map(|index| inputs.get_index(scope, index).and_then(convert::view_bytes))
        .collect();
    let limits = Limits {
        time: convert::offset(args.get(9)),
        output: convert::offset(args.get(10)).filter(|_| convert::number(args.get(10)).is_finite()),
        signal: convert::int(args.get(11)),
    };
    let response =
        op::at_once(scope, &State::of(scope), Request::Process(ProcessRequest::Run { spawn, input, limits }));
    match response {
        Ok(response @ Response::List(_)) => {
            let value = convert::response(scope, response).ok_or(OpError::Thrown)?;
            ret.set(value);
        }
        Ok(_) => {}
        Err(failed) => ret.set_int32(failed.errno),
    }
    Ok(())
}
