//! Ops of the hooks that V8 calls for promises: those of the script, and those with which the trace learns of reactions.

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::promise_hook::{self, Owner};
use crate::js::state::State;
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    promise_ended,
    promise_hooks_set,
    promise_hooks_trace,
    promise_made,
    promise_resolving,
    promise_starts,
];

fn promise<'s>(args: Args<'_, 's>) -> Result<v8::Local<'s, v8::Promise>, OpError> {
    v8::Local::<v8::Promise>::try_from(args.get(0))
        .map_err(|_| OpError::Type("an op of promise hooks expected a promise".to_owned()))
}

/// `(init, before, after, settled)`: V8 calls these functions of the script, or nothing where one is undefined, for every
/// promise.
fn promise_hooks_set(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    promise_hook::set(scope, &State::of(scope), Owner::Script, functions(args));
    Ok(())
}

/// `(init, before, after, settled)`: the functions with which the trace learns of promises.
fn promise_hooks_trace(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    promise_hook::set(scope, &State::of(scope), Owner::Trace, functions(args));
    Ok(())
}

fn functions<'s>(args: Args<'_, 's>) -> [Option<v8::Local<'s, v8::Function>>; 4] {
    [0, 1, 2, 3].map(|index| v8::Local::<v8::Function>::try_from(args.get(index)).ok())
}

/// `(promise, parent) → true`: a promise was made that waits for `parent`.
pub fn promise_made(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    promise_hook::made(scope, &State::of(scope), promise(args)?, args.get(1));
    ret.set_bool(true);
    Ok(())
}

/// `(promise) → true`: its reaction starts.
pub fn promise_starts(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    promise_hook::starts(scope, &State::of(scope), promise(args)?);
    ret.set_bool(true);
    Ok(())
}

/// `(promise) → true`: its reaction has ended.
pub fn promise_ended(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    promise_hook::ended(scope, &State::of(scope), promise(args)?);
    ret.set_bool(true);
    Ok(())
}

/// `(promise) → true`: it is about to be resolved or rejected.
pub fn promise_resolving(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    promise_hook::resolving(scope, &State::of(scope), promise(args)?);
    ret.set_bool(true);
    Ok(())
}
