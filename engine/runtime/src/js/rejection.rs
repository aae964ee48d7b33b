//! V8's report of rejected promises, handed on to `internal/rejections`.

use super::error;
use super::state::{Hook, State};

/// V8 calls this when a promise is rejected without a handler, gets one later, or is settled twice.
pub extern "C" fn promise_rejected(message: v8::PromiseRejectMessage) {
    let kind = match message.get_event() {
        v8::PromiseRejectEvent::PromiseRejectWithNoHandler => 0,
        v8::PromiseRejectEvent::PromiseHandlerAddedAfterReject => 1,
        v8::PromiseRejectEvent::PromiseRejectAfterResolved
        | v8::PromiseRejectEvent::PromiseResolveAfterResolved => {
            return;
        }
    };
    v8::callback_scope!(unsafe scope, &message);
    let state = State::of(scope);
    let Some(hook) = state.hook(scope, Hook::PromiseRejected) else { return };
    let kind = v8::Integer::new(scope, kind).into();
    let promise = v8::Local::new(scope, message.get_promise()).into();
    let undefined = v8::undefined(scope).into();
    let reason = message.get_value().map_or(undefined, |value| v8::Local::new(scope, value));
    let task = super::trace::with(scope, &state, |tracer| tracer.running()).map_or(0, |task| task.0);
    let task = v8::Number::new(scope, task as f64).into();
    v8::tc_scope!(let scope, scope);
    let returned = hook.call(scope, undefined, &[kind, promise, reason, task]).is_some();
    if returned || scope.has_terminated() {
        return;
    }
    // The hook only notes the promise; it throws only when the stack is full. Whoever rejected it knows nothing of that.
    let Some(exception) = scope.exception() else { return };
    let place = scope.message().map(|message| error::place(scope, message)).unwrap_or_default();
    let stack = error::stack(scope, exception);
    scope.reset();
    error::tell(scope, &state, &format!("Exception in PromiseRejectCallback:\n{place}\n{stack}\n\n"));
}
