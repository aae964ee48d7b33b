//! Ops for `internal/bootstrap`, `internal/main` and the loader of built-in modules.

use crate::command_line::in_environment;
use crate::host::Response;
use crate::js::builtin;
use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::{Hook, State};
use crate::ops;
use crate::options::Main;

/// The table.
pub const OPS: &[OpDecl] = ops![
    builtin_compile,
    builtin_exists,
    builtin_public,
    option_environment_names,
    option_list,
    option_main,
    option_unhandled_rejections,
    set_hooks
];

/// `(id) → function (exports, require, module, process, ops)`.
fn builtin_compile(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let id = convert::text(scope, args.get(0));
    if !builtin::exists(&id) {
        return Err(OpError::Type(format!("there is no built-in module '{id}'")));
    }
    let function = builtin::compile(scope, &id).ok_or(OpError::Thrown)?;
    ret.set(function.into());
    Ok(())
}

/// `(id) → whether there is such a file`.
fn builtin_exists(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let id = convert::text(scope, args.get(0));
    ret.set_bool(builtin::exists(&id));
    Ok(())
}

/// `() → ids that scripts can require`.
fn builtin_public(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let ids: Vec<v8::Local<v8::Value>> =
        builtin::public_ids().iter().map(|id| convert::name(scope, id).into()).collect();
    ret.set(v8::Array::new_with_elements(scope, &ids).into());
    Ok(())
}

/// `() → every option of NODE_OPTIONS and of the command line, as '--name' or '--name=value'`.
fn option_list(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let settings = State::of(scope).options.settings.clone();
    list(scope, settings, ret)
}

/// `() → names of the options that NODE_OPTIONS may hold`.
fn option_environment_names(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    list(scope, in_environment().map(str::to_owned).collect(), ret)
}

fn list(scope: &mut v8::PinScope, texts: Vec<String>, ret: Ret) -> OpResult {
    let texts = Response::List(texts.into_iter().map(Response::Text).collect());
    ret.set(convert::response(scope, texts).ok_or(OpError::Thrown)?);
    Ok(())
}

/// `() → { script } or { evaluate, name, print } or { tests } or { watch } or { packageScript }`, with `inputType`, `check`, `requires`, `imports`.
fn option_main(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let object = v8::Object::new(scope);
    match &state.options.main {
        Main::File(path) => {
            let path = convert::string(scope, path);
            let key = convert::name(scope, "script");
            object.set(scope, key.into(), path.into());
        }
        Main::Tests | Main::Watch => {
            let name = if state.options.main == Main::Tests { "tests" } else { "watch" };
            let key = convert::name(scope, name);
            let yes = v8::Boolean::new(scope, true);
            object.set(scope, key.into(), yes.into());
        }
        Main::Repl(source) => {
            let source = source.as_ref().map_or_else(
                || v8::null(scope).into(),
                |source| v8::Local::<v8::Value>::from(convert::string(scope, source)),
            );
            let key = convert::name(scope, "repl");
            object.set(scope, key.into(), source);
        }
        Main::PackageScript(name) => {
            let name = convert::string(scope, name);
            let key = convert::name(scope, "packageScript");
            object.set(scope, key.into(), name.into());
        }
        Main::Eval { source, name, print } => {
            let source = convert::string(scope, source);
            let key = convert::name(scope, "evaluate");
            object.set(scope, key.into(), source.into());
            let name = convert::string(scope, name);
            let key = convert::name(scope, "name");
            object.set(scope, key.into(), name.into());
            let print = v8::Boolean::new(scope, *print);
            let key = convert::name(scope, "print");
            object.set(scope, key.into(), print.into());
        }
    }
    let list = |texts: &[String]| Response::List(texts.iter().cloned().map(Response::Text).collect());
    let options = &state.options;
    let common = [
        ("inputType", options.input_type.clone().map_or(Response::Null, Response::Text)),
        ("check", Response::Bool(options.check)),
        ("requires", list(&options.requires)),
        ("imports", list(&options.imports)),
    ];
    for (key, value) in common {
        let key = convert::name(scope, key);
        let value = convert::response(scope, value).ok_or(OpError::Thrown)?;
        object.set(scope, key.into(), value);
    }
    ret.set(object.into());
    Ok(())
}

/// `() → the mode's name`.
fn option_unhandled_rejections(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let mode = convert::string(scope, &State::of(scope).options.unhandled_rejections);
    ret.set(mode.into());
    Ok(())
}

/// `({ runTimers, … })`: see [`Hook`].
fn set_hooks(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let object = v8::Local::<v8::Object>::try_from(args.get(0))
        .map_err(|_| OpError::Type("set_hooks expects an object".to_owned()))?;
    let mut hooks = Vec::with_capacity(Hook::NAMES.len());
    for (_, name) in Hook::NAMES {
        let key = convert::name(scope, name);
        let value = object.get(scope, key.into()).ok_or(OpError::Thrown)?;
        let function = convert::function(value)?;
        hooks.push(v8::Global::new(scope, function));
    }
    *State::of(scope).hooks.borrow_mut() = hooks;
    Ok(())
}
