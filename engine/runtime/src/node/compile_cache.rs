//! Ops of `module.enableCompileCache`: V8's code cache of modules on disk.

use crate::host::{FileRequest, Request};
use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpResult, Ret};
use crate::js::state::State;
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![compile_cache_enable, compile_cache_flush, compile_cache_folder];

/// `(folder, folder that modules are seen from or null)`: makes the folder and uses the files in it.
fn compile_cache_enable(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let path = convert::text(scope, args.get(0));
    let portable_from = (!args.get(1).is_null()).then(|| convert::text(scope, args.get(1)));
    let state = State::of(scope);
    let make = FileRequest::MakeFolder { path: path.clone().into_bytes(), mode: 0o777, recursive: true };
    state.call(Request::File(make))?;
    state.compile_cache.enable(path, portable_from);
    Ok(())
}

/// `()`: writes what was compiled since the last time.
fn compile_cache_flush(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    state.compile_cache.flush(scope, &state);
    Ok(())
}

/// `() → folder, or undefined`.
fn compile_cache_folder(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    if let Some(folder) = State::of(scope).compile_cache.folder() {
        ret.set(convert::string(scope, &folder).into());
    }
    Ok(())
}
