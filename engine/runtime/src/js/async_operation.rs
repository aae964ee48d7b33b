//! Operations as asynchronous resources (<https://nodejs.org/api/async_hooks.html>): each has a number, and what its
//! callback starts is triggered by it. The hooks of scripts are only called when there are any.

use super::convert;
use super::error;
use super::flags::{Flag, Time};
use super::state::{Hook, State};

const STARTED: i32 = 0;
const CALLBACK_STARTED: i32 = 1;
const CALLBACK_ENDED: i32 = 2;
const ENDED: i32 = 3;

/// Numbers a new operation; returns its number and that of the resource whose callback starts it.
pub fn start(scope: &mut v8::PinScope, state: &State, name: &str) -> (f64, f64) {
    let id = state.shared.time(Time::LastAsyncId) + 1.0;
    state.shared.set_time(Time::LastAsyncId, id);
    let ids = (id, state.shared.time(Time::ExecutionId));
    report(scope, state, STARTED, ids, name);
    ids
}

/// The operation was ended early: its callback is not called any more.
pub fn cancelled(scope: &mut v8::PinScope, state: &State, ids: (f64, f64)) {
    report(scope, state, ENDED, ids, "");
}

/// A callback is about to run that goes on where a resource's has left off, such as the last one of something closed.
pub fn resume(state: &State, ids: (f64, f64)) {
    state.shared.set_time(Time::ExecutionId, ids.0);
    state.shared.set_time(Time::TriggerId, ids.1);
}

/// That callback has run.
pub fn pause(state: &State) {
    resume(state, (0.0, 0.0));
}

/// The operation's callback is about to run.
pub fn enter(scope: &mut v8::PinScope, state: &State, ids: (f64, f64)) {
    state.shared.set_time(Time::ExecutionId, ids.0);
    state.shared.set_time(Time::TriggerId, ids.1);
    report(scope, state, CALLBACK_STARTED, ids, "");
}

/// The operation's callback has run; with `last` it was its last one.
pub fn leave(scope: &mut v8::PinScope, state: &State, ids: (f64, f64), last: bool) {
    report(scope, state, CALLBACK_ENDED, ids, "");
    state.shared.set_time(Time::ExecutionId, 0.0);
    state.shared.set_time(Time::TriggerId, 0.0);
    if last {
        report(scope, state, ENDED, ids, "");
    }
}

/// A callback has failed and the script's handlers have run: what comes next has nothing to do with it.
pub fn forget(scope: &v8::PinScope, state: &State) {
    state.shared.set_time(Time::ExecutionId, 0.0);
    state.shared.set_time(Time::TriggerId, 0.0);
    if state.shared.flag(Flag::AsyncContext) != 0 {
        let nothing = v8::undefined(scope).into();
        scope.set_continuation_preserved_embedder_data(nothing);
    }
}

fn report(scope: &mut v8::PinScope, state: &State, event: i32, ids: (f64, f64), name: &str) {
    if state.shared.flag(Flag::AsyncHooks) == 0 || state.exit.get().is_some() {
        return;
    }
    v8::scope!(let scope, scope);
    let arguments = [
        v8::Integer::new(scope, event).into(),
        v8::Number::new(scope, ids.0).into(),
        v8::Number::new(scope, ids.1).into(),
        convert::string(scope, name).into(),
    ];
    error::call(scope, state, Hook::AsyncOperation, &arguments);
}
