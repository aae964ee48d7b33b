//! Ops by which the built-in modules meet V8's inspector.

use crate::js::ops::{Args, OpDecl, OpResult, Ret};
use crate::js::state::State;
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![inspect_before_script];

/// `()`: the main script comes next, what was to be loaded before it is there.
fn inspect_before_script(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    if let Some(inspector) = State::of(scope).inspector() {
        inspector.before_script();
    }
    Ok(())
}
