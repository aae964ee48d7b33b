//! Ops of `vm`: contexts, and scripts that run in them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::js::contextify::{self, Wanted};
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::watchdog::Watchdog;
use crate::js::{convert, error, module};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    vm_compile_function,
    vm_context_new,
    vm_is_context,
    vm_module_cache,
    vm_module_compile,
    vm_module_evaluate,
    vm_module_has_await,
    vm_module_synthetic,
    vm_script_cache,
    vm_script_new,
    vm_script_run,
];

/// A compiled script and the object of JavaScript that it goes with.
type Owned = (v8::Global<v8::UnboundScript>, v8::Weak<v8::Object>);

/// Compiled scripts by number.
#[derive(Default)]
struct Scripts {
    last: Cell<u32>,
    scripts: RefCell<HashMap<u32, Owned>>,
}

impl Scripts {
    fn of(isolate: &mut v8::Isolate) -> Rc<Self> {
        if let Some(scripts) = isolate.get_slot::<Rc<Self>>() {
            return scripts.clone();
        }
        let scripts = Rc::<Self>::default();
        isolate.set_slot(scripts.clone());
        scripts
    }
}

fn optional_object<'s>(value: v8::Local<'s, v8::Value>) -> Option<v8::Local<'s, v8::Object>> {
    v8::Local::<v8::Object>::try_from(value).ok()
}

/// The context that an argument stands for; the current one for anything that stands for none.
fn context<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    value: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Context> {
    optional_object(value)
        .and_then(|object| contextify::context_of(scope, object))
        .unwrap_or_else(|| scope.get_current_context())
}

/// `(object or null, eval allowed, WebAssembly allowed, own microtasks, symbol) → the object that stands for the new context`.
fn vm_context_new<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let wanted = Wanted {
        strings: args.get(1).is_true(),
        wasm: args.get(2).is_true(),
        own_queue: args.get(3).is_true(),
    };
    let state = State::of(scope);
    let object = contextify::create(scope, &state, optional_object(args.get(0)), args.get(4), &wanted);
    ret.set(object.ok_or(OpError::Thrown)?.into());
    Ok(())
}

/// `(object) → whether it stands for a context`.
fn vm_is_context(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let found = optional_object(args.get(0)).is_some_and(|object| contextify::is_context(scope, object));
    ret.set_bool(found);
    Ok(())
}

/// Where source text comes from and how it is compiled: the arguments from `first` on are `name, line, column, cached
/// data or undefined, symbol or undefined`.
fn source<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: Args<'_, 's>,
    first: i32,
    text: v8::Local<'s, v8::String>,
    bytes: &[u8],
    is_module: bool,
) -> (v8::script_compiler::Source, v8::script_compiler::CompileOptions) {
    let host_defined = v8::Local::<v8::Symbol>::try_from(args.get(first + 4)).ok().map(|symbol| {
        let list = v8::PrimitiveArray::new(scope, 1);
        list.set(scope, 0, symbol.into());
        list
    });
    let origin = v8::ScriptOrigin::new(
        scope,
        args.get(first),
        convert::int(args.get(first + 1)),
        convert::int(args.get(first + 2)),
        true,
        -1,
        None,
        false,
        false,
        is_module,
        host_defined.map(v8::Local::<v8::Data>::from),
    );
    if args.get(first + 3).is_undefined() {
        let source = v8::script_compiler::Source::new(text, Some(&origin));
        return (source, v8::script_compiler::CompileOptions::NoCompileOptions);
    }
    let cached = v8::script_compiler::CachedData::new(bytes);
    let source = v8::script_compiler::Source::new_with_cached_data(text, Some(&origin), cached);
    (source, v8::script_compiler::CompileOptions::ConsumeCodeCache)
}

const NO_REASON: v8::script_compiler::NoCacheReason = v8::script_compiler::NoCacheReason::NoReason;

fn rejected<'s>(
    scope: &v8::PinScope<'s, '_>,
    source: &v8::script_compiler::Source,
    asked: bool,
) -> v8::Local<'s, v8::Value> {
    match source.get_cached_data() {
        Some(cached) if asked => v8::Boolean::new(scope, cached.rejected()).into(),
        _ => v8::undefined(scope).into(),
    }
}

/// `(owner, code, name, line, column, cached data, symbol, context) → [number, URL of the source map, whether the cached
/// data was of no use, URL that the source names itself by]`. The script goes with its owner.
fn vm_script_new<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let owner =
        optional_object(args.get(0)).ok_or_else(|| OpError::Type("a script needs an owner".to_owned()))?;
    let text = args.get(1).to_string(scope).ok_or(OpError::Thrown)?;
    let bytes = convert::view_bytes(args.get(5)).unwrap_or_default();
    let context = context(scope, args.get(7));
    let (script, rejected) = {
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::tc_scope!(let scope, scope);
        let (mut source, options) = source(scope, args, 2, text, &bytes, false);
        let script = v8::script_compiler::compile_unbound_script(scope, &mut source, options, NO_REASON);
        let Some(script) = script else { return thrown(scope, true) };
        let rejected = rejected(scope, &source, !args.get(5).is_undefined());
        (script, rejected)
    };
    let scripts = Scripts::of(scope);
    let number = scripts.last.get() + 1;
    scripts.last.set(number);
    let table = Rc::downgrade(&scripts);
    let gone = v8::Weak::with_finalizer(
        scope,
        owner,
        Box::new(move |_| {
            if let Some(scripts) = table.upgrade() {
                let dropped = scripts.scripts.borrow_mut().remove(&number);
                drop(dropped);
            }
        }),
    );
    scripts.scripts.borrow_mut().insert(number, (v8::Global::new(scope, script), gone));
    let map = script.get_source_mapping_url(scope);
    let url = script.get_source_url(scope);
    let number = v8::Integer::new_from_unsigned(scope, number).into();
    ret.set(v8::Array::new_with_elements(scope, &[number, map, rejected, url]).into());
    Ok(())
}

fn script<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: Args<'_, 's>,
) -> Result<v8::Local<'s, v8::UnboundScript>, OpError> {
    let scripts = Scripts::of(scope);
    let scripts = scripts.scripts.borrow();
    let found = scripts.get(&(convert::number(args.get(0)) as u32));
    found
        .map(|(script, _)| v8::Local::new(scope, script))
        .ok_or_else(|| OpError::Type("there is no script of this number".to_owned()))
}

/// Passes on what was thrown; with `display`, its stack begins with the place from now on.
fn thrown<'s, 'o, 'i>(
    scope: &mut v8::PinnedRef<'_, v8::TryCatch<'s, 'o, v8::HandleScope<'i>>>,
    display: bool,
) -> OpResult {
    if display && let (Some(exception), Some(message)) = (scope.exception(), scope.message()) {
        let place = error::place(scope, message);
        decorate(scope, exception, &place);
    }
    scope.rethrow();
    Err(OpError::Thrown)
}

/// Puts the place before the text of an error's stack, once.
fn decorate(scope: &mut v8::PinScope, exception: v8::Local<v8::Value>, place: &str) {
    let Ok(object) = v8::Local::<v8::Object>::try_from(exception) else { return };
    if !exception.is_native_error() || place.is_empty() {
        return;
    }
    let name = convert::name(scope, "loopscope:decorated");
    let mark = v8::Private::for_api(scope, Some(name));
    if object.has_private(scope, mark) == Some(true) {
        return;
    }
    v8::tc_scope!(let scope, scope);
    let key = convert::name(scope, "stack");
    let Some(stack) = object.get(scope, key.into()).filter(|stack| stack.is_string()) else { return };
    let text = convert::string(scope, &format!("{place}\n{}", convert::text(scope, stack)));
    let yes = v8::Boolean::new(scope, true).into();
    object.set_private(scope, mark, yes);
    object.set(scope, key.into(), text.into());
}

/// Throws what says that a script was interrupted, or that it took longer than so many milliseconds.
fn ended(scope: &mut v8::PinScope, timeout: Option<f64>) -> OpError {
    let (code, message) = match timeout {
        Some(timeout) => {
            ("ERR_SCRIPT_EXECUTION_TIMEOUT", format!("Script execution timed out after {timeout}ms"))
        }
        None => {
            ("ERR_SCRIPT_EXECUTION_INTERRUPTED", "Script execution was interrupted by `SIGINT`".to_owned())
        }
    };
    let message = convert::string(scope, &message);
    let error = v8::Exception::error(scope, message);
    if let Some(object) = error.to_object(scope) {
        let (key, code) = (convert::name(scope, "code"), convert::string(scope, code));
        object.set(scope, key.into(), code.into());
    }
    scope.throw_exception(error);
    OpError::Thrown
}

/// Does something in a context that must be over in time. With `display`, what it throws says where it was thrown.
fn within<'s, T>(
    scope: &mut v8::PinScope<'s, '_>,
    (timeout, display, interruptible): (f64, bool, bool),
    context: v8::Local<'s, v8::Context>,
    act: impl FnOnce(&mut v8::PinScope<'s, '_>) -> Option<T>,
) -> Result<T, OpError> {
    let state = State::of(scope);
    let watchdog = if timeout > 0.0 {
        let time = Duration::from_millis(timeout as u64);
        let started = Watchdog::start(scope.thread_safe_handle(), time);
        Some(started.map_err(|failed| OpError::Other(format!("the system gives no thread: {failed}")))?)
    } else {
        None
    };
    let interrupted = Arc::new(AtomicBool::new(false));
    let interception = if interruptible {
        let (flag, isolate) = (Arc::clone(&interrupted), scope.thread_safe_handle());
        let then = move || {
            flag.store(true, Ordering::Relaxed);
            isolate.terminate_execution();
        };
        state.host.borrow_mut().intercept_interrupts(Box::new(then))?
    } else {
        None
    };
    let (result, terminated) = {
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::tc_scope!(let scope, scope);
        let result = act(scope);
        if !scope.has_terminated() {
            contextify::run_own_microtasks(scope, context);
        }
        let terminated = scope.has_terminated() || scope.is_execution_terminating();
        if scope.has_caught() && !terminated {
            // Whether it threw shows in `result`.
            let _ = thrown(scope, display);
        }
        (result, terminated)
    };
    drop(interception);
    let expired = watchdog.is_some_and(Watchdog::stop);
    let interrupted = interrupted.load(Ordering::Relaxed);
    let run_ends = state.exit.get().is_some() || state.stop.load(Ordering::Relaxed) || state.heap_full.get();
    if (expired || interrupted) && !run_ends {
        scope.cancel_terminate_execution();
        if terminated || result.is_none() {
            let scope = &mut v8::ContextScope::new(scope, context);
            return Err(ended(scope, if interrupted { None } else { Some(timeout) }));
        }
    } else if terminated {
        // The run itself ends: what called this must not go on.
        scope.terminate_execution();
        return Err(OpError::Thrown);
    }
    result.ok_or(OpError::Thrown)
}

/// `(number, context or null, milliseconds, boolean, boolean) → value`: null stands for the main context. With `true`, the
/// stack of what it throws begins with the place; with a second `true`, SIGINT ends it.
fn vm_script_run<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let script = script(scope, args)?;
    let context = context(scope, args.get(1));
    let how = (convert::number(args.get(2)), args.get(3).is_true(), args.get(4).is_true());
    let value = within(scope, how, context, |scope| script.bind_to_current_context(scope).run(scope))?;
    ret.set(value);
    Ok(())
}

fn cache<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    data: Option<v8::UniqueRef<v8::script_compiler::CachedData<'static>>>,
) -> Result<v8::Local<'s, v8::Value>, OpError> {
    let bytes = data.map(|data| data.to_vec()).unwrap_or_default();
    Ok(convert::bytes(scope, bytes).ok_or(OpError::Thrown)?.into())
}

/// `(number) → Uint8Array`: the compiled form of what has run so far.
fn vm_script_cache<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let data = script(scope, args)?.create_code_cache();
    ret.set(cache(scope, data)?);
    Ok(())
}

/// `(code, name, line, column, cached data, symbol, context, [extensions], [parameters], produce cached data) →
/// [function, URL of the source map, whether the cached data was of no use, cached data]`.
fn vm_compile_function<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: Args<'_, 's>,
    ret: Ret<'_, 's>,
) -> OpResult {
    let text = args.get(0).to_string(scope).ok_or(OpError::Thrown)?;
    let bytes = convert::view_bytes(args.get(4)).unwrap_or_default();
    let context = context(scope, args.get(6));
    let mut lists = [Vec::new(), Vec::new()];
    for (index, list) in lists.iter_mut().enumerate() {
        let given = v8::Local::<v8::Array>::try_from(args.get(7 + index as i32))
            .map_err(|_| OpError::Type("vm_compile_function expects arrays".to_owned()))?;
        list.extend((0..given.length()).filter_map(|index| given.get_index(scope, index)));
    }
    let extensions: Vec<v8::Local<v8::Object>> =
        lists[0].iter().copied().filter_map(optional_object).collect();
    let parameters: Vec<v8::Local<v8::String>> =
        lists[1].iter().filter_map(|name| name.to_string(scope)).collect();
    let produce = args.get(9).is_true();
    let (function, rejected, data) = {
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::tc_scope!(let scope, scope);
        let (mut source, options) = source(scope, args, 1, text, &bytes, false);
        let compiled = v8::script_compiler::compile_function(
            scope,
            &mut source,
            &parameters,
            &extensions,
            options,
            NO_REASON,
        );
        let Some(function) = compiled else { return thrown(scope, true) };
        let data = if produce { function.create_code_cache() } else { None };
        (function, rejected(scope, &source, !args.get(4).is_undefined()), data)
    };
    let origin = function.get_script_origin(scope);
    let map = origin.source_map_url().unwrap_or_else(|| v8::undefined(scope).into());
    let data = if produce { cache(scope, data)? } else { v8::undefined(scope).into() };
    ret.set(v8::Array::new_with_elements(scope, &[function.into(), map, rejected, data]).into());
    Ok(())
}

/// `(code, name, line, column, cached data, symbol, context) → [number, URL of the source map, whether the cached data was of no use]` of an
/// ES module.
fn vm_module_compile<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let text = args.get(0).to_string(scope).ok_or(OpError::Thrown)?;
    let url = convert::text(scope, args.get(1));
    let bytes = convert::view_bytes(args.get(4)).unwrap_or_default();
    let state = State::of(scope);
    let context = context(scope, args.get(6));
    let (number, rejected, map) = {
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::tc_scope!(let scope, scope);
        let (mut source, options) = source(scope, args, 1, text, &bytes, true);
        let compiled = v8::script_compiler::compile_module2(scope, &mut source, options, NO_REASON);
        let Some(compiled) = compiled else { return thrown(scope, true) };
        let rejected = rejected(scope, &source, !args.get(4).is_undefined());
        let map = compiled.get_unbound_module_script(scope).get_source_mapping_url(scope);
        (module::add(scope, &state, compiled, &url), rejected, map)
    };
    let number = v8::Number::new(scope, number as f64).into();
    ret.set(v8::Array::new_with_elements(scope, &[number, map, rejected]).into());
    Ok(())
}

/// `(name, [export names], context) → number` of a module whose exports JavaScript sets.
fn vm_module_synthetic<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: Args<'_, 's>,
    ret: Ret<'_, 's>,
) -> OpResult {
    let state = State::of(scope);
    let url = convert::text(scope, args.get(0));
    let names = convert::texts(scope, args.get(1))?;
    let context = context(scope, args.get(2));
    let scope = &mut v8::ContextScope::new(scope, context);
    ret.set_double(module::add_synthetic(scope, &state, &url, &names) as f64);
    Ok(())
}

/// `(number, milliseconds, boolean) → promise`; with `true`, SIGINT ends it.
fn vm_module_evaluate<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: Args<'_, 's>,
    ret: Ret<'_, 's>,
) -> OpResult {
    let state = State::of(scope);
    let number = convert::number(args.get(0)) as usize;
    let no_module = || OpError::Type("there is no module of this number".to_owned());
    let found = state.modules.get(scope, number).ok_or_else(no_module)?;
    let context = state.modules.context(scope, number).ok_or_else(no_module)?;
    let promise =
        within(scope, (convert::number(args.get(1)), false, args.get(2).is_true()), context, |scope| {
            found.evaluate(scope)
        })?;
    ret.set(promise);
    Ok(())
}

/// `(number) → whether the module itself has a top-level await`.
fn vm_module_has_await(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let number = convert::number(args.get(0)) as usize;
    let found = State::of(scope).modules.get(scope, number);
    ret.set_bool(found.is_some_and(|module| module.has_top_level_await()));
    Ok(())
}

/// `(number) → Uint8Array`: the compiled form of a module.
fn vm_module_cache<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let number = convert::number(args.get(0)) as usize;
    let found = State::of(scope).modules.get(scope, number);
    let module = found.ok_or_else(|| OpError::Type("there is no module of this number".to_owned()))?;
    let data = module.get_unbound_module_script(scope).create_code_cache();
    ret.set(cache(scope, data)?);
    Ok(())
}
