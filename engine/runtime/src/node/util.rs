//! Ops that look at values in ways JavaScript cannot.

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![util_detail_text, util_is_error, util_is_proxy];

/// `(value) → text`, made without running any of the script's code: `s`, `#<Map>`, `[object Array]`.
fn util_detail_text(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = args.get(0).to_detail_string(scope).ok_or(OpError::Thrown)?;
    ret.set(text.into());
    Ok(())
}

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
