//! What runs after every callback: next ticks, then microtasks, until both are empty.

use loopscope_protocol::Drain;

use super::flags::Flag;
use super::state::{Hook, State};
use super::{error, trace};

/// Drains. An exception goes to the script's handlers; what it left in the queues waits for the next drain.
pub fn drain(scope: &mut v8::PinScope, state: &State) {
    if state.exit.get().is_some() {
        return;
    }
    let waits = || state.shared.flag(Flag::Ticks) != 0 || state.shared.flag(Flag::Rejections) != 0;
    if !waits() {
        microtasks(scope, state);
    }
    if waits() {
        error::call(scope, state, Hook::Drain, &[]);
    }
}

/// Runs all microtasks. V8 throws them away when execution is terminated in between.
pub fn microtasks(scope: &mut v8::PinScope, state: &State) {
    trace::with_same_time(scope, state, |tracer| tracer.drain_begins(Drain::Microtasks));
    v8::tc_scope!(let scope, scope);
    let outer = state.reports_itself.replace(false);
    scope.perform_microtask_checkpoint();
    state.reports_itself.set(outer);
    if scope.has_terminated() {
        error::terminated(scope, state);
    }
    trace::drain_ends(scope, state, Drain::Microtasks);
}
