//! Ops that look at values in ways JavaScript cannot.

use crate::js::ops::{Args, OpDecl, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![util_is_error, util_is_proxy];

/// `(value) → whether it is an Error of any realm`.
fn util_is_error(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(args.get(0).is_native_error());
    Ok(())
}

/// `(value) → whether it is a Proxy`.
fn util_is_proxy(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(args.get(0).is_proxy());
    Ok(())
}
