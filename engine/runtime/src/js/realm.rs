//! A fresh isolate and context with everything a script finds in it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::Ordering;

use loopscope_protocol::ExitReason;

use super::call_site::CallSites;
use super::run::Stopper;
use super::state::{Metrics, Origin, State};
use super::{
    builtin, contextify, elsewhere, error, flags, memory, module, ops, port, promise_hook, rejection, stack,
    trace, worker,
};
use crate::host::Host;
use crate::inspect::{Attach, Inspector};
use crate::options::Options;
use crate::trace::Tracer;

/// An isolate with the settings every run needs, in a process that may use so many bytes of memory.
pub fn new_isolate(available: u64, worker: Option<&worker::Link>) -> v8::OwnedIsolate {
    let params = memory::limits(available);
    let params = match worker {
        Some(worker) => worker.limits.apply(params),
        None => params,
    };
    let mut isolate = v8::Isolate::new(params);
    isolate.set_microtasks_policy(v8::MicrotasksPolicy::Explicit);
    isolate.set_promise_reject_callback(rejection::promise_rejected);
    isolate.add_message_listener(error::reported);
    isolate.set_prepare_stack_trace_callback(error::prepare_stack);
    isolate.set_oom_error_handler(error::out_of_memory);
    isolate.set_host_initialize_import_meta_object_callback(module::fill_import_meta);
    isolate.set_host_import_module_dynamically_callback(module::import_dynamically);
    isolate.set_allow_wasm_code_generation_callback(contextify::allow_wasm);
    isolate
}

/// Puts the state into the isolate and runs `internal/bootstrap`. `None` when that threw, which is a bug of the
/// built-in modules; the error has been printed then.
pub fn set_up(
    scope: &mut v8::PinScope,
    options: Options,
    (host, origin): (Box<dyn Host>, Origin),
    tracer: Option<Tracer>,
    (stopper, link): (Stopper, Option<worker::Link>),
    inspect: Attach,
    call_sites: CallSites,
) -> Option<Rc<State>> {
    let ops = ops::build(scope, crate::node::TABLES)?;
    let process = v8::Object::new(scope);
    let started = host.now();
    let (waker, clock) = (host.waker(), host.clock());
    let ports = port::Ports::default();
    let worker = link.map(|link| worker::Own {
        id: link.id,
        name: link.name,
        limits: link.limits,
        port: ports.add(link.port),
        inbox: ports.add(link.inbox),
        shared: link.shared,
        main: link.main,
    });
    let traces_uncaught = options.settings.iter().any(|setting| setting == "--trace-uncaught");
    if traces_uncaught {
        stack::keep_thrown(scope);
    }
    let traces_sync_calls = options.settings.iter().any(|setting| setting == "--trace-sync-io");
    let state = Rc::new(State {
        shared: flags::Shared::new(scope, ops)?,
        ops: v8::Global::new(scope, ops),
        process: v8::Global::new(scope, process),
        host: RefCell::new(host),
        clock,
        options,
        hooks: RefCell::default(),
        stack_mapper: RefCell::default(),
        pending: RefCell::default(),
        closing: RefCell::default(),
        modules: module::Modules::default(),
        tracer: RefCell::new(tracer),
        promises: RefCell::default(),
        promise_hooks: RefCell::default(),
        collections: RefCell::default(),
        call_sites,
        originals: super::originals::Originals::default(),
        collected: Cell::new(0),
        collection_began: Cell::new(0),
        gc: Default::default(),
        compile_cache: Default::default(),
        near_limit: Cell::default(),
        guarded: Cell::default(),
        thrown_at: RefCell::new(traces_uncaught.then(String::new)),
        traces_sync_calls,
        interception: RefCell::default(),
        stop: stopper.flag(),
        stopper,
        isolate: scope.thread_safe_handle(),
        heap_full: Cell::new(false),
        exit_reason: Cell::new(ExitReason::NothingLeft),
        exit_reported: Cell::new(false),
        waker,
        started,
        origin,
        loop_now: Cell::new(0),
        exit: Cell::new(None),
        last_op: Cell::new(0),
        refd_ops: Cell::new(0),
        metrics: Metrics::default(),
        lasting: RefCell::default(),
        ports,
        locks: super::web_locks::Client::default(),
        workers: worker::Workers::default(),
        worker,
        elsewhere: elsewhere::Elsewhere::default(),
        contexts: contextify::Contexts::default(),
        reports_itself: Cell::new(false),
        inspector: RefCell::default(),
    });
    state.attach(scope);
    let context = scope.get_current_context();
    state.contexts.set_main(scope, context);
    if state.tracer.borrow().is_some() {
        state.shared.set_flag(flags::Flag::Tracing, 1);
        state.host.borrow_mut().observe_slots(true);
        promise_hook::begin(scope, &state);
        trace::observe_gc(scope, &state);
    }
    // Before any script: the inspector knows only those of a context it knows.
    let title =
        state.worker.as_ref().map_or_else(|| "Main Context".to_owned(), |own| format!("Worker[{}]", own.id));
    *state.inspector.borrow_mut() = Some(Inspector::attach(scope, &state, inspect, &title));
    v8::tc_scope!(let scope, scope);
    elsewhere::watch(scope);
    state.metrics.environment.set(state.host.borrow().now());
    let ran = builtin::compile(scope, "internal/bootstrap").and_then(|bootstrap| {
        let receiver = v8::undefined(scope).into();
        let arguments = [v8::Local::new(scope, process).into(), v8::Local::new(scope, ops).into()];
        bootstrap.call(scope, receiver, &arguments)
    });
    if ran.is_none() {
        if state.stop.load(Ordering::Relaxed) {
            trace::report_exit(scope, &state, error::EXIT_TERMINATED);
        } else {
            error::caught(scope, &state);
        }
        // What belongs to the inspector must be gone before the isolate is.
        let inspector = state.inspector.borrow_mut().take();
        if let Some(inspector) = inspector {
            inspector.detach(&state, scope.get_current_context());
        }
        return None;
    }
    Some(state)
}
