//! Ops of the module loaders: reading, resolving and compiling CommonJS.

use crate::host::{FileRequest, ModuleRequest, Request, Response};
use crate::js::compile_cache::{self, Kind};
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{builtin, convert, module, trace};
use crate::ops;
use crate::source::{StripError, Waiting, cjs_exports, strip_types, top_level_await};

/// The table.
pub const OPS: &[OpDecl] = ops![
    module_cjs_exports,
    module_compile_cjs,
    module_find_package,
    module_has_esm_syntax,
    module_kind,
    module_package_type,
    module_read,
    module_resolve,
    repl_await,
    script_run,
    typescript_strip,
];

/// Parameters of the function that a CommonJS module is the body of.
const PARAMETERS: [&str; 5] = ["exports", "require", "module", "__filename", "__dirname"];

/// The name of what is compiled only to see whether it can be.
const DETECTION: &str = "node:detect";

/// What V8 says of source that only an ES module may hold.
const ESM_ONLY: [&str; 9] = [
    "Cannot use import statement outside a module",
    "Unexpected token 'export'",
    "Cannot use 'import.meta' outside a module",
    "await is only valid in async functions and the top level bodies of modules",
    // What a CommonJS module has from the beginning.
    "Identifier '__dirname' has already been declared",
    "Identifier '__filename' has already been declared",
    "Identifier 'exports' has already been declared",
    "Identifier 'module' has already been declared",
    "Identifier 'require' has already been declared",
];

fn compile_cjs<'s>(
    scope: &v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::String>,
    filename: v8::Local<'s, v8::Value>,
    cache: bool,
) -> Option<v8::Local<'s, v8::Function>> {
    let parameters = PARAMETERS.map(|name| convert::name(scope, name));
    let origin = builtin::origin(scope, filename, false);
    let state = State::of(scope);
    let asked = if cache && state.compile_cache.is_on() {
        state.compile_cache.look_up(scope, &state, Kind::CommonJs, &convert::text(scope, filename), source)
    } else {
        None
    };
    let (mut source, options) = compile_cache::source(source, &origin, asked.as_ref());
    let function = v8::script_compiler::compile_function(
        scope,
        &mut source,
        &parameters,
        &[],
        options,
        v8::script_compiler::NoCacheReason::NoReason,
    )?;
    if let Some(asked) = asked
        && compile_cache::was_no_use(&source)
    {
        state.compile_cache.add_function(scope, asked, function);
    }
    if let Some(map) = function.get_script_origin(scope).source_map_url().filter(|map| map.is_string()) {
        let name = convert::text(scope, filename);
        trace::note_map(scope, &state, (function.script_id(), &name), Some(map));
    }
    Some(function)
}

/// Whether `source`, which failed to compile as CommonJS with `message`, is an ES module.
fn is_esm(scope: &mut v8::PinScope, source: v8::Local<v8::String>, message: &str) -> bool {
    if !ESM_ONLY.iter().any(|text| message.contains(text)) {
        return false;
    }
    v8::tc_scope!(let scope, scope);
    let source = v8::Local::new(scope, source);
    module::compile(scope, DETECTION, source).is_some()
}

/// `(source, filename, surely CommonJS) → function (exports, require, module, __filename, __dirname)`, or null when the
/// source is that of an ES module.
fn module_compile_cjs(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let source = args.get(0).to_string(scope).ok_or(OpError::Thrown)?;
    v8::tc_scope!(let scope, scope);
    let source = v8::Local::new(scope, source);
    let filename = v8::Local::new(scope, args.get(1));
    if let Some(function) = compile_cjs(scope, source, filename, true) {
        ret.set(function.into());
        return Ok(());
    }
    let message =
        scope.message().map(|message| message.get(scope).to_rust_string_lossy(scope)).unwrap_or_default();
    if !args.get(2).is_true() && is_esm(scope, source, &message) {
        scope.reset();
        ret.set_null();
        return Ok(());
    }
    scope.rethrow();
    Err(OpError::Thrown)
}

/// `(source) → whether only an ES module can be meant`.
fn module_has_esm_syntax(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let source = args.get(0).to_string(scope).ok_or(OpError::Thrown)?;
    v8::tc_scope!(let scope, scope);
    let source = v8::Local::new(scope, source);
    // Debuggers are not told of it as of another script from the file.
    let name = convert::string(scope, DETECTION).into();
    if compile_cjs(scope, source, name, false).is_some() {
        ret.set_bool(false);
        return Ok(());
    }
    let message =
        scope.message().map(|message| message.get(scope).to_rust_string_lossy(scope)).unwrap_or_default();
    scope.reset();
    let found = is_esm(scope, source, &message);
    ret.set_bool(found);
    Ok(())
}

/// `(path) → 0 file, 1 folder, -1 nothing`.
fn module_kind(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::File(FileRequest::Kind { path }), undefined, ret)
}

/// `(path) → 'module', 'commonjs' or null`: field `type` of the nearest package.json.
fn module_package_type(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::text(scope, args.get(0));
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::Module(ModuleRequest::PackageType { path }), undefined, ret)
}

/// `(path) → path of the nearest package.json, or null`.
fn module_find_package(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::text(scope, args.get(0));
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::Module(ModuleRequest::FindPackage { path }), undefined, ret)
}

/// `(path) → text without byte order mark`. A `#!` line stays: V8 skips it.
fn module_read(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let read = FileRequest::ReadFile { path, flags: libc::O_RDONLY, text: false };
    let Response::Bytes(bytes) = State::of(scope).call(Request::File(read))? else {
        return Err(OpError::Other("the host answered a read without bytes".to_owned()));
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = v8::String::new_from_utf8(scope, bytes, v8::NewStringType::Normal).ok_or_else(|| {
        OpError::Other("Cannot create a string longer than 0x1fffffe8 characters".to_owned())
    })?;
    ret.set(text.into());
    Ok(())
}

/// `(specifier, folder, 'require' or 'import', keep links) → ['found', path] or ['failed', reason, …]`.
fn module_resolve(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let request = ModuleRequest::Resolve {
        specifier: convert::text(scope, args.get(0)),
        folder: convert::text(scope, args.get(1)),
        import: convert::text(scope, args.get(2)) == "import",
        conditions: State::of(scope).options.conditions.clone(),
        keep_links: args.get(3).is_true(),
    };
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::Module(request), undefined, ret)
}

/// `(source) → script, true` when there is more to come, undefined when waiting mends nothing: text that waits at its top
/// level as a script for a REPL.
fn repl_await(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    match top_level_await(&convert::text(scope, args.get(0))) {
        Waiting::Script(text) => ret.set(convert::string(scope, &text).into()),
        Waiting::Incomplete => ret.set_bool(true),
        Waiting::Other => ret.set_undefined(),
    }
    Ok(())
}

/// `(source, name) → value of the last statement`: runs a script in the global scope.
fn script_run(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let source = args.get(0).to_string(scope).ok_or(OpError::Thrown)?;
    let origin = builtin::origin(scope, args.get(1), false);
    let script = v8::Script::compile(scope, source, Some(&origin)).ok_or(OpError::Thrown)?;
    ret.set(script.run(scope).ok_or(OpError::Thrown)?);
    Ok(())
}

/// An object with these properties.
fn object<'s>(
    scope: &v8::PinScope<'s, '_>,
    properties: Vec<(&str, Response)>,
) -> Result<v8::Local<'s, v8::Value>, OpError> {
    let object = v8::Object::new(scope);
    for (key, value) in properties {
        let key = convert::name(scope, key);
        let value = convert::response(scope, value).ok_or(OpError::Thrown)?;
        object.set(scope, key.into(), value);
    }
    Ok(object.into())
}

fn texts(list: Vec<String>) -> Response {
    Response::List(list.into_iter().map(Response::Text).collect())
}

/// `(source) → { names, reexports }`: see [`cjs_exports`].
fn module_cjs_exports(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let found = cjs_exports(&convert::text(scope, args.get(0)));
    let value = object(scope, vec![("names", texts(found.names)), ("reexports", texts(found.reexports))])?;
    ret.set(value);
    Ok(())
}

/// `(source, filename) → { code } or { error, message, line, snippet }`: see [`strip_types`].
fn typescript_strip(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let is_module = !convert::text(scope, args.get(1)).ends_with(".cts");
    let answer = match strip_types(&convert::text(scope, args.get(0)), is_module) {
        Ok(code) => vec![("code", Response::Text(code))],
        Err(failed) => {
            let (code, snippet) = match &failed {
                StripError::Syntax(_, snippet) => ("ERR_INVALID_TYPESCRIPT_SYNTAX", snippet),
                StripError::Unsupported(_, snippet) => ("ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX", snippet),
            };
            vec![
                ("error", Response::Text(code.to_owned())),
                ("message", Response::Text(failed.to_string())),
                ("line", Response::Number(snippet.line as f64)),
                ("snippet", Response::Text(snippet.text.clone())),
            ]
        }
    };
    let value = object(scope, answer)?;
    ret.set(value);
    Ok(())
}
