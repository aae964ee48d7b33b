//! The table of native functions: the only way from JavaScript to the engine.

use std::panic::{AssertUnwindSafe, catch_unwind};

use loopscope_protocol::{EventKind, HandleId, TaskKind};

use super::state::{PendingOp, State, Traced};
use super::{async_operation, convert, stack, trace};
use crate::host::request::CompressRequest;
use crate::host::{HostError, Request, Response};
use crate::trace::Tracer;

/// Arguments of an op.
pub type Args<'a, 's> = &'a v8::FunctionCallbackArguments<'s>;

/// Where an op puts its result.
pub type Ret<'a, 's> = &'a mut v8::ReturnValue<'s, v8::Value>;

/// Why an op throws.
#[derive(Debug, thiserror::Error)]
pub enum OpError {
    /// A system call failed.
    #[error(transparent)]
    Host(#[from] HostError),
    /// A `TypeError` with this message: a built-in module called the op in a wrong way.
    #[error("{0}")]
    Type(String),
    /// A plain `Error` with this message.
    #[error("{0}")]
    Other(String),
    /// JavaScript has thrown already.
    #[error("an exception is pending")]
    Thrown,
}

/// What an op returns.
pub type OpResult = Result<(), OpError>;

/// One op.
pub struct OpDecl {
    /// Name on the `ops` object, `area_verb`.
    pub name: &'static str,
    /// The native function.
    pub function: v8::FunctionCallback,
    /// What optimized code calls in its place.
    pub direct: Direct,
}

/// What optimized code calls in place of an op, when there is something.
pub type Direct = Option<&'static [v8::fast_api::CFunction]>;

/// Declares the ops of one file: `ops![fs_open, fs_close]` for functions
/// `fn fs_open(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult`. `util_kind => direct::KIND` also says what
/// optimized code calls in its place.
#[macro_export]
macro_rules! ops {
    ($($function:ident $(=> $direct:expr)?),* $(,)?) => {
        &[$($crate::js::ops::OpDecl {
            name: stringify!($function),
            function: $crate::native!($function),
            direct: [$($direct,)? None][0],
        }),*]
    };
}

/// The native function that V8 calls for an op.
#[macro_export]
macro_rules! native {
    ($function:expr) => {{
        extern "C" fn raw(info: *const v8::FunctionCallbackInfo) {
            // SAFETY: V8 hands a valid pointer to every callback.
            $crate::js::ops::enter(unsafe { &*info }, $function);
        }
        raw
    }};
}

/// Runs an op: turns its error into an exception and keeps a panic from crossing V8.
pub fn enter(
    info: &v8::FunctionCallbackInfo,
    op: for<'a, 's, 'i> fn(&mut v8::PinScope<'s, 'i>, Args<'a, 's>, Ret<'a, 's>) -> OpResult,
) {
    v8::callback_scope!(unsafe scope, info);
    let args = v8::FunctionCallbackArguments::from_function_callback_info(info);
    let mut ret = v8::ReturnValue::from_function_callback_info(info);
    let result = catch_unwind(AssertUnwindSafe(|| op(scope, &args, &mut ret)));
    let failed = match result {
        Ok(Ok(())) => return,
        Ok(Err(failed)) => failed,
        Err(_) => OpError::Other(
            "the engine failed inside a native function; this is a bug in Loopscope".to_owned(),
        ),
    };
    throw(scope, &failed);
}

fn throw(scope: &mut v8::PinScope, failed: &OpError) {
    let exception = match failed {
        OpError::Thrown => return,
        OpError::Host(failed) => convert::host_error(scope, failed),
        OpError::Type(message) => {
            let message = convert::string(scope, message);
            v8::Exception::type_error(scope, message)
        }
        OpError::Other(message) => {
            let message = convert::string(scope, message);
            v8::Exception::error(scope, message)
        }
    };
    scope.throw_exception(exception);
}

/// The `ops` object with a function for every declaration in `tables`.
pub fn build<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    tables: &[&[OpDecl]],
) -> Option<v8::Local<'s, v8::Object>> {
    let null = v8::null(scope).into();
    let object = v8::Object::with_prototype_and_properties(scope, null, &[], &[]);
    for decl in tables.iter().copied().flatten() {
        let function = match decl.direct {
            None => v8::Function::builder_raw(decl.function)
                .constructor_behavior(v8::ConstructorBehavior::Throw)
                .build(scope)?,
            Some(direct) => v8::FunctionTemplate::builder_raw(decl.function)
                .build_fast(scope, direct)
                .get_function(scope)?,
        };
        let name = convert::name(scope, decl.name);
        function.set_name(name);
        object.create_data_property(scope, name.into(), function.into())?;
    }
    Some(object)
}

/// The script's function behind a callback of a built-in module, which leaves it there when the run is traced.
fn original<'s>(
    scope: &v8::PinScope<'s, '_>,
    callback: v8::Local<'s, v8::Function>,
) -> Option<v8::Local<'s, v8::Function>> {
    let key = convert::name(scope, "original");
    convert::function(callback.get(scope, key.into())?).ok()
}

/// Does `request` as the callback-or-undefined convention of ops says: without a callback at once, the result in
/// `ret`; with one later, the operation's id in `ret`.
///
/// # Errors
/// Of a synchronous call: what it failed with.
pub fn request(
    scope: &mut v8::PinScope,
    request: Request,
    callback: v8::Local<v8::Value>,
    ret: Ret,
) -> OpResult {
    let state = State::of(scope);
    if callback.is_function() {
        let callback = convert::function(callback)?;
        let context = scope.get_continuation_preserved_embedder_data();
        let id = state.new_op();
        let traced = trace::with(scope, &state, |tracer| {
            let site = trace::call_place(scope, &state, tracer, crate::trace::Asker::Operation);
            let place = trace::function_place(scope, tracer, callback);
            // A built-in callback stands for the script's function that it will call, or else for the script's line
            // that asked for the operation.
            let original = if place.is_some() { None } else { original(scope, callback) };
            let place = original.map_or(place, |original| trace::function_place(scope, tracer, original));
            let place = if place.is_some() { place } else { tracer.nameless(site) };
            match request.lasting() {
                None => Traced::Once(tracer.op_started(id, request.name(), &request.target(), place, site)),
                Some(kind) => {
                    tracer.imply(site);
                    tracer.handle_opened(HandleId(id.0), request.name(), &request.target());
                    Traced::Handle { kind, callback: place, opener: tracer.running() }
                }
            }
        });
        if let Some(Traced::Once(task)) = traced
            && let Some(inspector) = state.inspector()
        {
            let called = (request.name(), callback);
            inspector.task_scheduled(scope, &state, (task, TaskKind::IoCompletion), called);
        } else if let Some(Traced::Handle { .. }) = traced
            && let Some(inspector) = state.inspector()
        {
            inspector.handle_opened(scope, id, request.name());
        }
        let async_ids = async_operation::start(scope, &state, request.name());
        let op = PendingOp {
            name: request.name(),
            callback: v8::Global::new(scope, callback),
            context: (!context.is_undefined()).then(|| v8::Global::new(scope, context)),
            refd: true,
            traced: traced.unwrap_or_default(),
            async_ids,
        };
        state.start(id, request, op);
        ret.set_double(id.0 as f64);
        return Ok(());
    }
    let response = at_once(scope, &state, request)?;
    let value = convert::response(scope, response)
        .ok_or_else(|| OpError::Other("the result is larger than JavaScript can hold".to_owned()))?;
    ret.set(value);
    Ok(())
}

/// Says where the script waits although the loop runs.
fn warn_of_waiting(scope: &v8::PinScope, state: &State) {
    let text =
        format!("(node:{}) WARNING: Detected use of sync API\n{}\n", std::process::id(), stack::text(scope));
    // Standard error being closed leaves nobody to tell.
    drop(crate::node::write_standard(scope, state, 2, text.into_bytes()));
}

/// Does `request` while the script waits, and reports it when it is one that keeps others waiting, too.
///
/// # Errors
/// What it failed with.
pub fn at_once(scope: &v8::PinScope, state: &State, request: Request) -> Result<Response, HostError> {
    let is_told = match &request {
        // To open and close a stream is no work that could be done elsewhere.
        Request::Compress(request) => matches!(request, CompressRequest::Step { .. }),
        Request::Crypto(_) | Request::Dns(_) | Request::File(_) | Request::Process(_) => true,
        _ => false,
    };
    if is_told && state.traces_sync_calls && state.metrics.loop_began.get() != 0 {
        warn_of_waiting(scope, state);
    }
    let before = if is_told {
        trace::with(scope, state, |tracer| (tracer.now(), request.name(), request.target()))
    } else {
        None
    };
    if before.is_some() && state.host.borrow().may_wait(&request) {
        // Whoever watches sees how it came to that.
        trace::with(scope, state, Tracer::flush);
    }
    let result = state.call(request);
    if let Some((before, name, target)) = before {
        trace::with(scope, state, |tracer| {
            let place = trace::call_place(scope, state, tracer, crate::trace::Asker::Operation);
            // What the runtime reads for itself is nothing that the script does.
            if place.is_some() {
                let (name, target) = (tracer.text(name), tracer.text(&target));
                let duration = tracer.now().saturating_sub(before);
                tracer.emit(EventKind::SyncOp { name, target, place, duration });
            }
        });
    }
    result
}
