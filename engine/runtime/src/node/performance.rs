//! Ops of `perf_hooks`: the clock of the run and the loop's own measurements.

use crate::host::Response;
use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![performance_loop, performance_now, performance_origin];

const NANOS_PER_MILLI: f64 = 1e6;

/// `() → milliseconds` since the process began, with fraction.
fn performance_now(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let nanos = state.host.borrow().now() - state.origin.began;
    ret.set_double(nanos as f64 / NANOS_PER_MILLI);
    Ok(())
}

/// `() → milliseconds` from 1970 to the beginning of the process, with fraction.
fn performance_origin(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    ret.set_double(State::of(scope).origin.wall as f64 / NANOS_PER_MILLI);
    Ok(())
}

/// `() → Float64Array`: when the loop began and ended (milliseconds since the process began, -1 when it has not), how
/// long it slept, turns, delivered results, and when the built-in modules, the engine and its context were ready.
fn performance_loop(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let metrics = &state.metrics;
    let moment = |at: u64| if at == 0 { -1.0 } else { (at - state.origin.began) as f64 / NANOS_PER_MILLI };
    let value = Response::Numbers(vec![
        moment(metrics.loop_began.get()),
        moment(metrics.loop_ended.get()),
        metrics.idle.get() as f64 / NANOS_PER_MILLI,
        metrics.turns.get() as f64,
        metrics.events.get() as f64,
        moment(metrics.bootstrapped.get()),
        moment(state.origin.engine),
        moment(metrics.environment.get()),
    ]);
    ret.set(convert::response(scope, value).ok_or(OpError::Thrown)?);
    Ok(())
}
