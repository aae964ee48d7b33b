//! Exceptions that reach the engine.

use std::sync::atomic::Ordering;

use loopscope_protocol::{Drain, ExitReason, Outcome};

use super::flags::Flag;
use super::state::{Hook, State};
use super::{async_operation, convert, promise_hook, trace};

/// Exit code of a run that was stopped from outside.
pub const EXIT_TERMINATED: i32 = 130;

/// Exit code of a run that abort(3) ended, as shells count it: 128 and the number of SIGABRT.
pub const EXIT_ABORTED: i32 = 134;

/// Calls a hook. Returns its value; `None` when it threw, and then the exception has been dealt with.
pub fn call<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    state: &State,
    hook: Hook,
    args: &[v8::Local<'s, v8::Value>],
) -> Option<v8::Local<'s, v8::Value>> {
    let function = state.hook(scope, hook)?;
    call_function(scope, state, function, args)
}

/// Calls a function as [`call`] does.
pub fn call_function<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    state: &State,
    function: v8::Local<'s, v8::Function>,
    args: &[v8::Local<'s, v8::Value>],
) -> Option<v8::Local<'s, v8::Value>> {
    v8::tc_scope!(let scope, scope);
    let receiver = v8::undefined(scope).into();
    // The debugger takes for uncaught only what no handler but a verbose one would catch.
    let verbose = state.inspector().is_some();
    scope.set_verbose(verbose);
    let outer = state.reports_itself.replace(verbose);
    let result = function.call(scope, receiver, args);
    state.reports_itself.set(outer);
    if result.is_none() {
        caught(scope, state);
    }
    result
}

/// Deals with what a try/catch scope holds.
pub fn caught<'s, 'o, 'i>(
    scope: &mut v8::PinnedRef<'_, v8::TryCatch<'s, 'o, v8::HandleScope<'i>>>,
    state: &State,
) {
    if scope.has_terminated() {
        terminated(scope, state);
        return;
    }
    let Some(exception) = scope.exception() else { return };
    if let Some(message) = scope.message() {
        note_thrown(scope, state, message);
    }
    let place = scope.message().map(|message| place(scope, message)).unwrap_or_default();
    scope.reset();
    uncaught(scope, state, exception, false, &place);
}

/// V8 calls this with an exception that left a microtask's callback, and with what nobody else caught.
pub extern "C" fn reported(message: v8::Local<v8::Message>, exception: v8::Local<v8::Value>) {
    v8::callback_scope!(unsafe scope, message);
    let state = State::of(scope);
    if state.reports_itself.get() {
        return;
    }
    if is_full_stack(scope, message) && promise_hook::found_no_room(scope, &state) {
        // A promise hook found no room. The script, which has none either, finds out itself and can catch it.
        return;
    }
    note_thrown(scope, &state, message);
    let place = place(scope, message);
    let exception = v8::Local::new(scope, exception);
    uncaught(scope, &state, exception, false, &place);
    if state.exit.get().is_some() {
        // The microtasks behind it must not run.
        scope.terminate_execution();
    }
}

/// Keeps where an exception was thrown, when somebody wants to know.
fn note_thrown(scope: &v8::PinScope, state: &State, message: v8::Local<v8::Message>) {
    if let Some(text) = &mut *state.thrown_at.borrow_mut() {
        *text = message
            .get_stack_trace(scope)
            .map_or_else(String::new, |stack| super::stack::lines(scope, stack));
    }
}

/// Whether the exception is that of a full stack.
fn is_full_stack(scope: &v8::PinScope, message: v8::Local<v8::Message>) -> bool {
    message.get(scope).to_rust_string_lossy(scope).ends_with("RangeError: Maximum call stack size exceeded")
}

/// The text of an error's stack, or what else the value says of itself.
pub fn stack(scope: &mut v8::PinScope, exception: v8::Local<v8::Value>) -> String {
    let key = convert::string(scope, "stack").into();
    let stack = v8::Local::<v8::Object>::try_from(exception).ok().and_then(|error| error.get(scope, key));
    let text = stack.filter(|stack| stack.is_string()).unwrap_or(exception);
    text.to_rust_string_lossy(scope)
}

/// V8 calls this when the heap is full, after which nothing can go on: says so and aborts, as `node` does. The thread of a
/// worker stands still instead.
///
/// # Safety
/// `location` is null or a C string.
pub unsafe extern "C" fn out_of_memory(location: *const std::ffi::c_char, details: &v8::OomDetails) {
    super::worker::stand_still_if_worker();
    let location = if location.is_null() {
        String::new()
    } else {
        // SAFETY: the caller promises a C string.
        unsafe { std::ffi::CStr::from_ptr(location) }.to_string_lossy().into_owned()
    };
    let what = if details.is_heap_oom { "JavaScript heap out of memory" } else { "process out of memory" };
    eprintln!("\nFATAL ERROR: {location} Allocation failed - {what}");
    std::process::abort()
}

/// Execution was ended by `process.exit` or from outside; V8 may run JavaScript again.
pub fn terminated(scope: &mut v8::PinScope, state: &State) {
    scope.cancel_terminate_execution();
    if state.exit.get().is_some() {
        return;
    }
    let by_client = state.any_inspector().is_some_and(|inspector| inspector.take_ending());
    if by_client && !state.stop.load(Ordering::Relaxed) && !state.heap_full.get() {
        cut_off(scope, state);
    } else if state.heap_full.get() && !state.stop.load(Ordering::Relaxed) {
        state.exit.set(Some(EXIT_ABORTED));
        state.exit_reason.set(ExitReason::OutOfMemory);
        if state.worker.is_none() {
            tell(scope, state, super::memory::HEAP_FULL);
        }
    } else {
        state.exit.set(Some(EXIT_TERMINATED));
    }
}

/// A client of the inspector has ended what runs (`Runtime.terminateExecution`): the program goes on with its next callback.
fn cut_off(scope: &mut v8::PinScope, state: &State) {
    let around = v8::StackTrace::current_stack_trace(scope, 1);
    if around.is_none_or(|stack| stack.get_frame_count() == 0) {
        // Nobody else can say that the callbacks are over: what follows them in JavaScript did not run either.
        while let Some(task) =
            trace::with(scope, state, |tracer| tracer.running()).filter(|task| task.is_some())
        {
            trace::end(scope, state, task, Outcome::Threw);
        }
        trace::with(scope, state, |tracer| tracer.drain_ends(Drain::NextTicks));
        async_operation::forget(scope, state);
    }
}

/// Hands an exception to the script's handlers; without any the program ends.
pub fn uncaught(
    scope: &mut v8::PinScope,
    state: &State,
    exception: v8::Local<v8::Value>,
    from_promise: bool,
    place: &str,
) {
    let handled = {
        v8::tc_scope!(let scope, scope);
        let Some(hook) = state.hook(scope, Hook::Uncaught) else {
            return fail(scope, state, exception, place);
        };
        let receiver = v8::undefined(scope).into();
        let exception = v8::Local::new(scope, exception);
        let from_promise = v8::Boolean::new(scope, from_promise).into();
        let place = convert::string(scope, place).into();
        let result = hook.call(scope, receiver, &[exception, from_promise, place]);
        if scope.has_terminated() {
            terminated(scope, state);
            return;
        }
        if result.is_none() {
            let second = scope.exception().unwrap_or(exception);
            let message = scope.message();
            let place = message.map(|message| self::place(scope, message)).unwrap_or_default();
            scope.reset();
            return handler_failed(scope, state, second, &place);
        }
        result.is_some_and(|value| value.is_true())
    };
    if handled {
        async_operation::forget(scope, state);
        // What the failed callback left in the queues runs after the next callback, or else soon.
        state.shared.set_flag(Flag::DrainSoon, 1);
    } else {
        let reason =
            if from_promise { ExitReason::UnhandledRejection } else { ExitReason::UncaughtException };
        state.exit_reason.set(reason);
        if state.exit.get().is_none() {
            state.exit.set(Some(1));
        }
    }
}

/// The script's handler threw: the program ends with this exception.
fn handler_failed(scope: &mut v8::PinScope, state: &State, exception: v8::Local<v8::Value>, place: &str) {
    v8::tc_scope!(let scope, scope);
    let exception = v8::Local::new(scope, exception);
    if let Some(hook) = state.hook(scope, Hook::HandlerFailed) {
        let receiver = v8::undefined(scope).into();
        let text = convert::string(scope, place).into();
        let result = hook.call(scope, receiver, &[exception, text]);
        if scope.has_terminated() {
            return terminated(scope, state);
        }
        if result.is_some() {
            return;
        }
        scope.reset();
    }
    fail(scope, state, exception, place);
}

/// There is no handler, or printing failed: print what there is and end.
fn fail(scope: &mut v8::PinScope, state: &State, exception: v8::Local<v8::Value>, place: &str) {
    let stack = v8::Local::<v8::Object>::try_from(exception)
        .ok()
        .and_then(|object| {
            let key = convert::name(scope, "stack");
            object.get(scope, key.into())
        })
        .filter(|stack| stack.is_string())
        .unwrap_or(exception);
    let text = format!("{place}\n{}\n", convert::text(scope, stack));
    tell(scope, state, &text);
    state.exit.set(Some(7));
}

/// Writes to standard error.
pub fn tell(scope: &v8::PinScope, state: &State, text: &str) {
    // Standard error being closed leaves nobody to tell.
    drop(crate::node::write_standard(scope, state, 2, text.as_bytes().to_vec()));
}

/// The text of a stack, made when it is first read, so that it begins with the message the error has by then. A script
/// can take this over by `Error.prepareStackTrace` (<https://v8.dev/docs/stack-trace-api>).
pub fn prepare_stack<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    error: v8::Local<'s, v8::Value>,
    sites: v8::Local<'s, v8::Array>,
) -> v8::Local<'s, v8::Value> {
    if let Some((constructor, prepare)) = script_s_prepare(scope) {
        let receiver = constructor.into();
        // What it throws becomes the exception of reading `stack`.
        let undefined = v8::undefined(scope).into();
        return prepare.call(scope, receiver, &[error, sites.into()]).unwrap_or(undefined);
    }
    let mut text = header(scope, error);
    if let Some(mapped) = mapped_stack(scope, error, sites, &text) {
        return mapped;
    }
    for index in 0..sites.length() {
        let site = sites.get_index(scope, index).and_then(|site| site.to_string(scope));
        if let Some(site) = site {
            text.push_str("\n    at ");
            text.push_str(&site.to_rust_string_lossy(scope));
        }
    }
    convert::string(scope, &text).into()
}

/// The stack's text by source maps, while they are used (`error_map_stacks`).
fn mapped_stack<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    error: v8::Local<'s, v8::Value>,
    sites: v8::Local<'s, v8::Array>,
    header: &str,
) -> Option<v8::Local<'s, v8::Value>> {
    let state = State::of(scope);
    let function = v8::Local::new(scope, state.stack_mapper.borrow().as_ref()?);
    v8::tc_scope!(let scope, scope);
    let receiver = v8::undefined(scope).into();
    let header = convert::string(scope, header).into();
    let text = function.call(scope, receiver, &[error, sites.into(), header]);
    // A map that cannot be used leaves the stack as V8 wrote it.
    text.filter(|text| text.is_string())
}

/// `Error.prepareStackTrace` and `Error`, when a script has set it in the error's context, or else in the main one.
fn script_s_prepare<'s>(
    scope: &mut v8::PinScope<'s, '_>,
) -> Option<(v8::Local<'s, v8::Object>, v8::Local<'s, v8::Function>)> {
    let context = scope.get_current_context();
    if let Some(found) = prepare_of(scope, context) {
        return Some(found);
    }
    let main = State::of(scope).contexts.main(scope)?;
    if main == context { None } else { prepare_of(scope, main) }
}

fn prepare_of<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    context: v8::Local<'s, v8::Context>,
) -> Option<(v8::Local<'s, v8::Object>, v8::Local<'s, v8::Function>)> {
    v8::tc_scope!(let scope, scope);
    let global = context.global(scope);
    let key = convert::name(scope, "Error").into();
    let constructor = global.get(scope, key)?.to_object(scope)?;
    let key = convert::name(scope, "prepareStackTrace").into();
    let prepare = v8::Local::<v8::Function>::try_from(constructor.get(scope, key)?).ok()?;
    Some((constructor, prepare))
}

/// Name and message, as `Error.prototype.toString` joins them.
fn header(scope: &mut v8::PinScope, error: v8::Local<v8::Value>) -> String {
    v8::tc_scope!(let scope, scope);
    let part = |name: &str| -> Option<String> {
        let object = v8::Local::<v8::Object>::try_from(error).ok()?;
        let key = convert::name(scope, name).into();
        let value = object.get(scope, key)?;
        if value.is_undefined() {
            return Some(if name == "name" { "Error".to_owned() } else { String::new() });
        }
        Some(value.to_string(scope)?.to_rust_string_lossy(scope))
    };
    match (part("name"), part("message")) {
        (Some(name), Some(message)) if message.is_empty() => name,
        (Some(name), Some(message)) if name.is_empty() => message,
        (Some(name), Some(message)) => format!("{name}: {message}"),
        _ => "<error>".to_owned(),
    }
}

/// Where a message points: `file:line`, the source line and carets below it, as Node prints it.
pub fn place(scope: &v8::PinScope, message: v8::Local<v8::Message>) -> String {
    // Text that is no script of its own, such as that of JSON.parse, has no name.
    let name = message.get_script_resource_name(scope).filter(|name| !name.is_undefined());
    let name = name.map_or_else(|| "<anonymous_script>".to_owned(), |name| convert::text(scope, name));
    let line = message.get_line_number(scope).unwrap_or(0);
    let Some(source) = message.get_source_line(scope) else { return String::new() };
    let source = source.to_rust_string_lossy(scope);
    let start = message.get_start_column();
    let end = message.get_end_column();
    let mut marks = String::new();
    for (index, character) in source.encode_utf16().enumerate().take(end) {
        if index < start {
            marks.push(if character == u16::from(b'\t') { '\t' } else { ' ' });
        } else {
            marks.push('^');
        }
    }
    format!("{name}:{line}\n{source}\n{marks}\n")
}
