//! One run of a program, from the first script to the exit code.

use std::rc::Rc;
use std::time::Duration;

use super::flags::{Flag, Time};
use super::state::{Hook, State};
use super::{convert, drain, error, module, realm};
use crate::event_loop::{self, End, NextTimer, Phase, Timeout, Work};
use crate::host::{Host, HostError, HostEvent, OpId, Request, Response, SystemRequest};
use crate::options::Options;

/// Exit code when the main module waits for a promise that nothing can settle any more.
const EXIT_UNSETTLED: i32 = 13;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code.
    pub code: i32,
}

/// Why a run could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The built-in modules did not start; what they threw is on standard error.
    #[error("the built-in modules failed to start")]
    Bootstrap,
}

/// Runs a program on the calling thread until it ends. [`super::initialize`] must have been called.
///
/// # Errors
/// When the runtime itself cannot start.
pub fn run(options: Options, host: Box<dyn Host>) -> Result<Outcome, RunError> {
    let mut isolate = realm::new_isolate();
    v8::scope!(let scope, &mut isolate);
    let context = v8::Context::new(scope, v8::ContextOptions::default());
    let scope = &mut v8::ContextScope::new(scope, context);
    let state = realm::set_up(scope, options, host).ok_or(RunError::Bootstrap)?;
    error::call(scope, &state, Hook::RunMain, &[]);
    drain::drain(scope, &state);
    let code = spin(scope, &state);
    // Globals must be gone before the isolate is.
    state.hooks.borrow_mut().clear();
    state.pending.borrow_mut().clear();
    scope.remove_slot::<Rc<State>>();
    Ok(Outcome { code })
}

/// Runs the loop until neither it nor `beforeExit` has anything left to do.
fn spin(scope: &mut v8::PinScope, state: &State) -> i32 {
    let mut turn = 0;
    loop {
        let mut runner = Runner { scope, state, events: Vec::new() };
        if event_loop::run(&mut runner, &mut turn) == End::Stopped {
            break;
        }
        error::call(scope, state, Hook::BeforeExit, &[]);
        drain::drain(scope, state);
        let runner = Runner { scope, state, events: Vec::new() };
        if state.exit.get().is_some() || !event_loop::alive(&runner) {
            break;
        }
    }
    if let Some(code) = state.exit.get() {
        return code;
    }
    let stalled = module::stalled_message(scope, state);
    if let Some(text) = &stalled {
        let request = SystemRequest::WriteStandard { fd: 2, bytes: text.clone().into_bytes() };
        // Standard error being closed leaves nobody to tell.
        drop(state.call(Request::System(request)));
    }
    let default = v8::Integer::new(scope, if stalled.is_some() { EXIT_UNSETTLED } else { 0 }).into();
    let code = error::call(scope, state, Hook::Exit, &[default]).map(convert::int);
    state.exit.get().or(code).unwrap_or(1)
}

/// The event loop's callbacks.
struct Runner<'a, 's, 'i> {
    scope: &'a mut v8::PinScope<'s, 'i>,
    state: &'a State,
    events: Vec<HostEvent>,
}

impl Runner<'_, '_, '_> {
    /// Calls a hook that runs several callbacks until it returns without having thrown: each exception is dealt with,
    /// then the rest goes on.
    fn call_until_done(&mut self, hook: Hook, argument: Option<f64>) {
        loop {
            v8::scope!(let scope, self.scope);
            let argument = argument.map(|number| v8::Number::new(scope, number).into());
            let done = error::call(scope, self.state, hook, argument.as_slice()).is_some();
            if done || self.state.exit.get().is_some() {
                break;
            }
        }
        v8::scope!(let scope, self.scope);
        drain::drain(scope, self.state);
    }

    fn deliver(&mut self, id: OpId, result: Result<Response, HostError>, last: bool) {
        v8::scope!(let scope, self.scope);
        let (callback, context) = {
            let pending = self.state.pending.borrow();
            let Some(op) = pending.get(&id) else { return };
            let context = op.context.as_ref().map(|context| v8::Local::new(scope, context));
            (v8::Local::new(scope, &op.callback), context)
        };
        if last {
            self.state.finish(id);
        }
        if let Some(context) = context {
            scope.set_continuation_preserved_embedder_data(context);
        }
        let null = v8::null(scope).into();
        let arguments = match result {
            Ok(response) => convert::response(scope, response).map(|value| [null, value]),
            Err(failed) => {
                let undefined = v8::undefined(scope).into();
                Some([convert::host_error(scope, &failed), undefined])
            }
        };
        let arguments = arguments.unwrap_or_else(|| {
            let message = convert::string(scope, "the result is larger than JavaScript can hold");
            [v8::Exception::range_error(scope, message), null]
        });
        if error::call_function(scope, self.state, callback, &arguments).is_some() {
            drain::drain(scope, self.state);
        }
        if self.state.shared.flag(Flag::AsyncContext) != 0 {
            let undefined = v8::undefined(scope).into();
            scope.set_continuation_preserved_embedder_data(undefined);
        }
    }
}

impl Work for Runner<'_, '_, '_> {
    fn update_time(&mut self) {
        self.state.update_loop_now();
    }

    fn now(&self) -> u64 {
        self.state.loop_now.get()
    }

    fn next_timer(&self) -> Option<NextTimer> {
        let due = self.state.shared.time(Time::NextTimer);
        (due != 0.0).then(|| NextTimer { due: due.abs() as u64, refd: due > 0.0 })
    }

    fn run_timers(&mut self) {
        let now = self.now() as f64;
        self.call_until_done(Hook::RunTimers, Some(now));
    }

    fn has_pending(&self) -> bool {
        false
    }

    fn run_pending(&mut self) {}

    fn poll(&mut self, timeout: Timeout) {
        let timeout = match timeout {
            Timeout::Zero => Some(Duration::ZERO),
            Timeout::Millis(millis) => Some(Duration::from_millis(millis)),
            Timeout::Infinite => None,
        };
        let mut events = std::mem::take(&mut self.events);
        self.state.host.borrow_mut().poll(timeout, &mut events);
        self.update_time();
        for event in events.drain(..) {
            if let HostEvent::Completed { op, result, last } = event
                && self.state.exit.get().is_none()
            {
                self.deliver(op, result, last);
            }
        }
        self.events = events;
    }

    fn has_refd_immediates(&self) -> bool {
        self.state.shared.flag(Flag::RefdImmediates) > 0 || self.state.shared.flag(Flag::DrainSoon) != 0
    }

    fn run_immediates(&mut self) {
        let drain_soon = self.state.shared.flag(Flag::DrainSoon) != 0;
        self.state.shared.set_flag(Flag::DrainSoon, 0);
        if self.state.shared.flag(Flag::Immediates) > 0 {
            self.call_until_done(Hook::RunImmediates, None);
        } else if drain_soon {
            v8::scope!(let scope, self.scope);
            drain::drain(scope, self.state);
        }
    }

    fn has_closing(&self) -> bool {
        false
    }

    fn run_closing(&mut self) {}

    fn has_active_io(&self) -> bool {
        self.state.refd_ops.get() > 0
    }

    fn stopped(&self) -> bool {
        self.state.exit.get().is_some()
    }

    fn turn_started(&mut self, _turn: u32) {}

    fn phase_entered(&mut self, _phase: Phase, _timeout: Option<Timeout>) {}

    fn phase_left(&mut self, _phase: Phase) {}
}
