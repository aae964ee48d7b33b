//! One run of a program, from the first script to the exit code.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use loopscope_protocol::{
    EventKind, ExitReason, HandleId, Outcome as TaskOutcome, PlaceId, PollTimeout, Queue, TaskId, TaskKind,
    TextId,
};

use super::call_site::CallSites;
use super::flags::{Flag, Time};
use super::state::{Hook, Origin, State, Traced};
use super::{
    async_operation, collections, convert, drain, error, lasting, memory, module, platform, promise_hook,
    realm, trace, worker,
};
use crate::event_loop::{self, End, NextTimer, Phase, Timeout, Work};
use crate::host::{
    Breaker, FileRequest, Host, HostError, HostEvent, OpId, Request, Response, SystemRequest, Waker,
};
use crate::inspect::{self, Attach, Incoming, Occasion};
use crate::options::{Main, Options};
use crate::trace::{Observer, PlaceKey, Tracer};

/// Exit code when the main module waits for a promise that nothing can settle any more.
const EXIT_UNSETTLED: i32 = 13;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code.
    pub code: i32,
    /// Why it ended.
    pub reason: ExitReason,
}

/// Why a run could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The built-in modules did not start; what they threw is on standard error.
    #[error("the built-in modules failed to start")]
    Bootstrap,
}

/// What to run, and with what around it.
pub struct Program {
    /// What the command line asks for.
    pub options: Options,
    /// The world.
    pub host: Box<dyn Host>,
    /// Who listens; without anyone the run is not traced.
    pub observer: Option<Box<dyn Observer>>,
    /// Is given the means to end the run from another thread, before the first script runs.
    pub on_start: Option<Box<dyn FnOnce(Stopper)>>,
    /// What makes it the run of a worker.
    pub worker: Option<worker::Link>,
    /// Where clients of V8's inspector say what they want. The run then waits for one of them before its first line.
    pub inspect: Option<Attach>,
}

impl Program {
    /// A program that nobody watches.
    pub fn new(options: Options, host: Box<dyn Host>) -> Self {
        Self { options, host, observer: None, on_start: None, worker: None, inspect: None }
    }
}

/// Ends a run from another thread.
#[derive(Clone)]
pub struct Stopper {
    flag: Arc<AtomicBool>,
    /// Records were asked for, and the run has not come to that yet.
    asked: Arc<AtomicBool>,
    /// The run was asked to look into its inbox, and has not come to that yet.
    dispatch_asked: Arc<AtomicBool>,
    /// The way to the run's inspector.
    inspector: inspect::Link,
    isolate: v8::IsolateHandle,
    waker: Waker,
    breaker: Breaker,
}

impl Stopper {
    /// Ends the run, wherever it is: in a callback, in a loop without end, in a call that blocks, asleep.
    pub fn stop(&self) {
        self.flag.store(true, Ordering::Relaxed);
        self.isolate.terminate_execution();
        (self.waker)();
        (self.breaker)();
    }

    /// Has the records made so far handed on as soon as the running callback can be interrupted. A run that is asleep
    /// comes to that with its next callback; asking again meanwhile adds nothing.
    pub fn request_records(&self) {
        if self.asked.swap(true, Ordering::Relaxed) {
            return;
        }
        let asked = Arc::into_raw(Arc::clone(&self.asked)).cast_mut().cast();
        // A run that is over has handed on everything.
        let _ = self.isolate.request_interrupt(trace::hand_on, asked);
    }

    /// What ends the run when it is set.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.flag)
    }

    /// Hands something to the run's inspector; false when that has much to do or the run is over.
    pub fn inspect(&self, what: Incoming) -> bool {
        let posted = self.inspector.post(what);
        self.request_dispatch();
        posted
    }

    /// Has the run look into the inbox of its inspector, wherever it is.
    pub fn request_dispatch(&self) {
        (self.waker)();
        if self.dispatch_asked.swap(true, Ordering::Relaxed) {
            return;
        }
        let asked = Arc::into_raw(Arc::clone(&self.dispatch_asked)).cast_mut().cast();
        // A run that is over looks no more.
        let _ = self.isolate.request_interrupt(inspect::interrupted, asked);
    }
}

/// Runs a program on the calling thread until it ends. [`super::initialize`] must have been called.
///
/// # Errors
/// When the runtime itself cannot start.
pub fn run(program: Program) -> Result<Outcome, RunError> {
    let Program { options, host, observer, on_start, worker, inspect } = program;
    // All JavaScript runs in functions that are called from here.
    let mark = 0_u8;
    let call_sites = CallSites::below((&raw const mark).addr());
    // The end of the run ends it.
    let _numbered = worker.is_none().then(worker::Numbered::begin);
    let mut host = host;
    let memory = memory::available(host.as_mut());
    let origin = match &worker {
        Some(link) => link.origin,
        None => Origin { began: host.now(), wall: host.wall_clock(), engine: host.now() },
    };
    let mut isolate = realm::new_isolate(memory, worker.as_ref());
    let stop = Arc::new(AtomicBool::new(false));
    let inspect = inspect.unwrap_or_default();
    let stopper = Stopper {
        flag: stop.clone(),
        asked: Arc::default(),
        dispatch_asked: Arc::default(),
        inspector: inspect.link.clone(),
        isolate: isolate.thread_safe_handle(),
        waker: host.waker(),
        breaker: host.breaker(),
    };
    if let Some(on_start) = on_start {
        on_start(stopper.clone());
    }
    platform::take_tasks(&isolate, host.waker());
    v8::scope!(let scope, &mut isolate);
    let context = v8::Context::new(scope, v8::ContextOptions::default());
    let scope = &mut v8::ContextScope::new(scope, context);
    let stopped = stop;
    let joined = worker.as_ref().and_then(|link| link.joined.clone());
    let tracer = match (observer, joined) {
        (Some(observer), _) => Some(Tracer::new(observer)),
        (None, joined) if worker.is_some() && (joined.is_some() || inspect.is_expected) => {
            Some(Tracer::of_worker(joined, host.now(), inspect.inbox.bell.clone()))
        }
        (None, _) => None,
    };
    let Some(state) =
        realm::set_up(scope, options, (host, origin), tracer, (stopper, worker), inspect, call_sites)
    else {
        platform::refuse_tasks(scope);
        if stopped.load(Ordering::Relaxed) {
            return Ok(Outcome { code: error::EXIT_TERMINATED, reason: ExitReason::Stopped });
        }
        return Err(RunError::Bootstrap);
    };
    if let Some(inspector) = state.inspector() {
        inspector.wait_for_client(&state);
    }
    memory::guard_heap(scope, &state);
    if let Some(inspector) = state.any_inspector() {
        inspector.sample(&state, Occasion::Passing);
    }
    run_main(scope, &state);
    let code = spin(scope, &state);
    if let Some(inspector) = state.inspector() {
        inspector.before_exit(&state);
        inspector.farewell(&state, context);
    }
    finish(scope, &state, code);
    let reason = if stopped.load(Ordering::Relaxed) { ExitReason::Stopped } else { state.exit_reason.get() };
    Ok(Outcome { code, reason })
}

/// The name under which the main script appears in the trace: the file it is found in.
fn main_name(state: &State) -> String {
    let main = &state.options.main;
    let Main::File(path) = main else { return main.name() };
    let request = FileRequest::RealPath { path: path.clone().into_bytes(), text: false, native: true };
    match state.call(Request::File(request)) {
        Ok(Response::Bytes(real)) => String::from_utf8_lossy(&real).into_owned(),
        // Perhaps its extension was left out; running it will tell.
        _ => path.clone(),
    }
}

/// Runs the main script and what it left in the queues.
fn run_main(scope: &mut v8::PinScope, state: &State) {
    state.metrics.bootstrapped.set(state.host.borrow().now());
    let name = if state.tracer.borrow().is_some() { main_name(state) } else { String::new() };
    let task = trace::with(scope, state, |tracer| {
        let key = PlaceKey { script: -1, line: 1, column: 1 };
        let place = tracer.define_place(key, &name, "");
        let task = tracer.create(TaskKind::MainScript, place, PlaceId::NONE);
        tracer.ready(task, Queue::Main);
        task
    });
    if let Some(task) = task {
        trace::start(scope, state, task);
    }
    let returned = error::call(scope, state, Hook::RunMain, &[]).is_some();
    if let Some(task) = task {
        let outcome = if returned { TaskOutcome::Returned } else { TaskOutcome::Threw };
        trace::end(scope, state, task, outcome);
    }
    drain::drain(scope, state);
}

/// Reports the end and lets go of everything that V8 holds for us, which must be gone before the isolate is.
fn finish(scope: &mut v8::PinScope, state: &Rc<State>, code: i32) {
    state.compile_cache.flush(scope, state);
    if state.tracer.borrow().is_some() {
        // What workers tell of their ends belongs to the run.
        state.workers.stop_all();
    }
    trace::report_exit(scope, state, code);
    collections::forget(scope, state);
    if state.tracer.borrow().is_some() {
        trace::ignore_gc(scope, state);
    }
    let inspector = state.inspector.borrow_mut().take();
    if let Some(inspector) = inspector {
        inspector.detach(state, scope.get_current_context());
    }
    memory::unguard_heap(scope);
    state.workers.stop_all();
    if state.exit_reason.get() == ExitReason::OutOfMemory {
        // As `node` does; a guest's host lets it go on to the end.
        drop(state.call(Request::System(SystemRequest::Abort)));
    }
    // The process hosts nothing else: ending it is quicker than taking V8 apart.
    drop(state.call(Request::System(SystemRequest::Exit { code })));
    state.hooks.borrow_mut().clear();
    state.pending.borrow_mut().clear();
    state.closing.borrow_mut().clear();
    state.elsewhere.clear();
    state.contexts.clear();
    promise_hook::clear(state);
    state.compile_cache.clear();
    platform::refuse_tasks(scope);
    scope.remove_slot::<Rc<State>>();
}

/// Runs the loop until neither it nor `beforeExit` has anything left to do.
fn spin(scope: &mut v8::PinScope, state: &State) -> i32 {
    let mut turn = 0;
    state.metrics.loop_began.set(state.host.borrow().now());
    if let Some(own) = &state.worker {
        own.shared.loop_began.store(state.metrics.loop_began.get(), Ordering::Relaxed);
    }
    loop {
        let mut runner = Runner { scope, state, events: Vec::new(), tasks: Vec::new(), turn };
        if event_loop::run(&mut runner, &mut turn) == End::Stopped {
            break;
        }
        if let Some(inspector) = state.inspector().filter(|inspector| inspector.has_tasks()) {
            // Somebody waits for what V8 does when nothing else is to be done.
            inspector.run_tasks(state);
            drain::drain(scope, state);
        }
        error::call(scope, state, Hook::BeforeExit, &[]);
        drain::drain(scope, state);
        let runner = Runner { scope, state, events: Vec::new(), tasks: Vec::new(), turn };
        if state.exit.get().is_some() || !event_loop::alive(&runner) {
            break;
        }
    }
    state.metrics.loop_ended.set(state.host.borrow().now());
    if let Some(code) = state.exit.get() {
        return code;
    }
    if state.stop.load(Ordering::Relaxed) {
        return error::EXIT_TERMINATED;
    }
    let stalled = module::stalled_message(scope, state);
    if stalled.is_some() {
        state.exit_reason.set(ExitReason::UnsettledTopLevelAwait);
    }
    if let Some(text) = &stalled {
        error::tell(scope, state, text);
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
    /// The tasks of the completions among `events`, in their order, when the run is traced.
    tasks: Vec<TaskId>,
    turn: u32,
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

    /// Reports what happened and calls back for every result.
    fn deliver_all(&mut self, events: &mut Vec<HostEvent>, queue: Queue) {
        if !events.is_empty() {
            self.report(events, queue);
        }
        let mut tasks = std::mem::take(&mut self.tasks).into_iter();
        for event in events.drain(..) {
            let HostEvent::Completed { op, result, last } = event else { continue };
            let task = tasks.next().unwrap_or_default();
            if self.state.exit.get().is_none() {
                self.deliver(op, result, last, task);
            }
        }
    }

    /// Reports what happened to operations, in the order in which it happened.
    fn report(&mut self, events: &[HostEvent], queue: Queue) {
        let state = self.state;
        let error =
            |result: &Result<Response, HostError>| result.as_ref().err().map(|failed| failed.code.clone());
        let inspector = state.inspector();
        self.tasks.clear();
        let tasks = &mut self.tasks;
        trace::with(self.scope, state, |tracer| {
            for event in events {
                match event {
                    HostEvent::SlotTaken { op, slot, at } => {
                        tracer.emit_at(at - state.started, EventKind::SlotTaken { slot: *slot, op: *op });
                    }
                    HostEvent::SlotFreed { slot, at } => {
                        tracer.emit_at(at - state.started, EventKind::SlotFreed { slot: *slot });
                    }
                    HostEvent::Completed { op, result, last } => {
                        let traced = state.pending.borrow().get(op).map(|op| op.traced);
                        let task = match traced.unwrap_or_default() {
                            Traced::No => TaskId::NONE,
                            Traced::Once(task) => {
                                let bytes = result.as_ref().map_or(0, Response::bytes);
                                let error = error(result).map_or(TextId::NONE, |code| tracer.text(&code));
                                tracer.emit(EventKind::OpCompleted { op: *op, bytes, error });
                                task
                            }
                            Traced::Handle { kind, callback, opener } => {
                                let bytes = result.as_ref().map_or(0, Response::bytes);
                                if bytes > 0 {
                                    tracer.handle_read(HandleId(op.0), bytes);
                                }
                                let task = tracer.create_by(opener, kind, callback, PlaceId::NONE);
                                tracer.task_of_handle(task, HandleId(op.0), *last);
                                if let Some(inspector) = &inspector {
                                    inspector.is_event(task, *op, *last);
                                }
                                task
                            }
                        };
                        if task.is_some() {
                            tracer.ready(task, queue);
                        }
                        tasks.push(task);
                    }
                }
            }
        });
    }

    /// Does what V8 wants done on this thread: settling what waited for other threads, finalizers.
    fn run_engine_tasks(&mut self) {
        let now = self.state.started + self.state.loop_now.get() * 1_000_000;
        while self.state.exit.get().is_none()
            && let Some(task) = platform::next_task(self.scope, now)
        {
            v8::scope!(let scope, self.scope);
            task.run();
            // What an exception left in the queues keeps its time.
            if self.state.shared.flag(Flag::DrainSoon) == 0 {
                drain::drain(scope, self.state);
            }
        }
    }

    fn deliver(&mut self, id: OpId, result: Result<Response, HostError>, last: bool, task: TaskId) {
        v8::scope!(let scope, self.scope);
        let found = {
            let pending = self.state.pending.borrow();
            pending.get(&id).map(|op| {
                let context = op.context.as_ref().map(|context| v8::Local::new(scope, context));
                (v8::Local::new(scope, &op.callback), context, op.async_ids)
            })
        };
        let Some((callback, context, async_ids)) = found else {
            // A callback before this one ended the operation.
            if task.is_some() {
                trace::with(scope, self.state, |tracer| tracer.cancel(task));
                if let Some(inspector) = self.state.inspector() {
                    inspector.task_cancelled(task);
                }
            }
            return;
        };
        if last {
            self.state.finish(id);
        }
        let null = v8::null(scope).into();
        // Success without a value is `callback(null)`, a failure `callback(error)`.
        let (arguments, count) = match result {
            Ok(Response::Unit) => ([null, null], 1),
            Ok(response) => match convert::response(scope, response) {
                Some(value) => ([null, value], 2),
                None => {
                    let message = convert::string(scope, "the result is larger than JavaScript can hold");
                    ([v8::Exception::range_error(scope, message), null], 1)
                }
            },
            Err(failed) => ([convert::host_error(scope, &failed), null], 1),
        };
        self.state.metrics.events.set(self.state.metrics.events.get() + 1);
        run_callback(
            scope,
            self.state,
            callback,
            &arguments[..count],
            Delivery { context, async_ids, task, last, own: true },
        );
    }
}

/// What goes along with a callback of the engine's.
struct Delivery<'s> {
    /// The asynchronous context.
    context: Option<v8::Local<'s, v8::Value>>,
    /// The numbers of the asynchronous resource.
    async_ids: (f64, f64),
    /// The task, when the run is traced.
    task: TaskId,
    /// Whether the resource ends with this callback.
    last: bool,
    /// Whether the callback is the resource's own; hooks hear of it.
    own: bool,
}

/// Runs a callback as a task, then next ticks and microtasks.
fn run_callback<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    state: &State,
    callback: v8::Local<'s, v8::Function>,
    arguments: &[v8::Local<'s, v8::Value>],
    about: Delivery<'s>,
) {
    if state.shared.flag(Flag::AsyncContext) != 0 {
        // What ran before may have left its context.
        let context = about.context.unwrap_or_else(|| v8::undefined(scope).into());
        scope.set_continuation_preserved_embedder_data(context);
    }
    if about.task.is_some() {
        trace::start(scope, state, about.task);
    }
    if about.own {
        async_operation::enter(scope, state, about.async_ids);
    } else {
        async_operation::resume(state, about.async_ids);
    }
    let returned = error::call_function(scope, state, callback, arguments).is_some();
    if about.own {
        async_operation::leave(scope, state, about.async_ids, about.last);
    } else {
        async_operation::pause(state);
    }
    if about.task.is_some() {
        let outcome = if returned { TaskOutcome::Returned } else { TaskOutcome::Threw };
        trace::end(scope, state, about.task, outcome);
    }
    if returned {
        drain::drain(scope, state);
    }
    if state.shared.flag(Flag::AsyncContext) != 0 {
        let undefined = v8::undefined(scope).into();
        scope.set_continuation_preserved_embedder_data(undefined);
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
        self.state.host.borrow().has_results()
    }

    fn run_pending(&mut self) {
        let mut events = std::mem::take(&mut self.events);
        self.state.host.borrow_mut().take_results(&mut events);
        self.deliver_all(&mut events, Queue::Pending);
        self.events = events;
    }

    fn poll(&mut self, timeout: Timeout) {
        let timeout = match timeout {
            Timeout::Zero => Some(Duration::ZERO),
            Timeout::Millis(millis) => Some(Duration::from_millis(millis)),
            Timeout::Infinite => None,
        };
        if let Some(inspector) = self.state.any_inspector() {
            let nanos = |timeout: Duration| u64::try_from(timeout.as_nanos()).unwrap_or(u64::MAX);
            inspector.sample(self.state, Occasion::Sleep(timeout.map_or(u64::MAX, nanos)));
        }
        let mut events = std::mem::take(&mut self.events);
        let inspector = self.state.inspector().filter(|_| timeout != Some(Duration::ZERO));
        if let Some(inspector) = &inspector {
            inspector.tell_hits();
            inspector.idle_started();
        }
        if timeout == Some(Duration::ZERO) {
            self.state.host.borrow_mut().poll(timeout, &mut events, None);
        } else {
            let mut host = self.state.host.borrow_mut();
            let began = host.now();
            // A moment more, since the loop's time is in whole milliseconds.
            let until = |deadline| Duration::from_nanos(deadline - began) + Duration::from_millis(1);
            let deadline = self.state.elsewhere.deadline(began).map(until);
            let timeout = match (timeout, deadline) {
                (Some(timeout), Some(deadline)) => Some(timeout.min(deadline)),
                (timeout, deadline) => timeout.or(deadline),
            };
            let mut tell = || {
                if let Some(tracer) = self.state.tracer.borrow_mut().as_mut() {
                    tracer.sleeps();
                }
            };
            let is_watched = self.state.tracer.borrow().is_some();
            host.poll(timeout, &mut events, is_watched.then_some(&mut tell));
            let idle = &self.state.metrics.idle;
            idle.set(idle.get() + (host.now() - began));
            if let Some(own) = &self.state.worker {
                own.shared.idle.store(idle.get(), Ordering::Relaxed);
            }
        }
        self.update_time();
        if let Some(inspector) = inspector {
            inspector.idle_finished();
        }
        if let Some(inspector) = self.state.any_inspector()
            && inspector.has_mail()
        {
            inspector.dispatch(self.state);
            inspector.hand_on();
            // What was evaluated may have left something in the queues.
            v8::scope!(let scope, self.scope);
            drain::drain(scope, self.state);
        }
        self.run_engine_tasks();
        lasting::arrange(self.state, &mut events);
        self.deliver_all(&mut events, Queue::Poll);
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
        !self.state.closing.borrow().is_empty()
    }

    fn run_closing(&mut self) {
        // What was closed last comes first, as libuv has it. What these callbacks close waits for the next turn.
        for closing in self.state.closing.take().into_iter().rev() {
            if self.state.exit.get().is_some() {
                break;
            }
            v8::scope!(let scope, self.scope);
            let callback = v8::Local::new(scope, &closing.callback);
            let context = closing.context.map(|context| v8::Local::new(scope, context));
            let (async_ids, task) = (closing.async_ids, closing.task);
            let about = Delivery { context, async_ids, task, last: false, own: false };
            run_callback(scope, self.state, callback, &[], about);
        }
    }

    fn has_active_io(&self) -> bool {
        self.state.refd_ops.get() > 0 || self.state.elsewhere.compiles(self.scope)
    }

    fn stopped(&self) -> bool {
        self.state.exit.get().is_some() || self.state.stop.load(Ordering::Relaxed)
    }

    fn turn_started(&mut self, turn: u32) {
        self.turn = turn;
        self.state.metrics.turns.set(u64::from(turn));
    }

    fn phase_entered(&mut self, phase: Phase, timeout: Option<Timeout>) {
        let timeout = match timeout {
            None | Some(Timeout::Zero) => PollTimeout::Zero,
            Some(Timeout::Millis(millis)) => PollTimeout::Millis(u32::try_from(millis).unwrap_or(u32::MAX)),
            Some(Timeout::Infinite) => PollTimeout::Infinite,
        };
        let turn = self.turn;
        let report = |tracer: &mut Tracer| tracer.phase_entered(phase, turn, timeout);
        if turn == 0 {
            trace::with(self.scope, self.state, report);
        } else {
            // The phase before it has just ended.
            trace::with_same_time(self.scope, self.state, report);
        }
    }

    fn phase_left(&mut self, phase: Phase) {
        // Poll may have slept; another phase in which nothing happened took no time.
        let left = phase != Phase::Poll
            && trace::with_same_time(self.scope, self.state, |tracer| {
                let nothing = tracer.nothing_happened();
                if nothing {
                    tracer.phase_left(phase);
                }
                nothing
            }) == Some(true);
        if !left {
            trace::with(self.scope, self.state, |tracer| tracer.phase_left(phase));
        }
        if phase == Phase::Timers {
            // The turn is over.
            trace::heap(self.scope, self.state);
        }
    }
}
