//! What belongs to one runtime beside V8's own heap.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use loopscope_protocol::{EventKind, ExitReason, GcKind, HandleId, Nanos, PlaceId, TaskId, TaskKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::flags::Shared;
use super::platform;
use super::promise_hook::Hooks as PromiseHooks;
use super::promises::Promises;
use super::run::Stopper;
use crate::host::{Host, HostError, OpId, Request, Response};
use crate::inspect::Inspector;
use crate::options::Options;
use crate::trace::Tracer;

/// JavaScript functions that the engine calls; `internal/bootstrap` sets them once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Hook {
    /// `(now) → void`: runs due timers.
    RunTimers,
    /// `() → void`: runs the immediates queued so far.
    RunImmediates,
    /// `() → void`: runs next ticks, microtasks and rejections until all are empty.
    Drain,
    /// `(kind, promise, reason, task) → void`: a promise was rejected without a handler, or got one later.
    PromiseRejected,
    /// `(error, from_promise, place) → handled`: an exception that nobody caught.
    Uncaught,
    /// `(error, place) → void`: an exception of the script's own handler; prints it and ends.
    HandlerFailed,
    /// `() → void`: emits `beforeExit`.
    BeforeExit,
    /// `(default code) → exit code`: emits `exit`.
    Exit,
    /// `() → void`: runs the main script.
    RunMain,
    /// `(specifier, referrer, attributes) → promise`: `import()`.
    ImportDynamically,
    /// `(meta, url) → void`: fills `import.meta`.
    FillImportMeta,
    /// `(module number) → void`: sets the exports of a synthetic module.
    EvaluateSynthetic,
    /// `(event, id, trigger id, operation) → void`: tells the hooks of `async_hooks` about an operation. Event 0 is its
    /// start, 1 its callback's start, 2 its callback's end, 3 the operation's end.
    AsyncOperation,
    /// `() → void`: clients of the inspector may come from now on.
    InspectorOpened,
    /// `() → require`: the function of this name in consoles of debuggers.
    ConsoleRequire,
}

impl Hook {
    /// Every hook with the name under which `ops.set_hooks` takes it.
    pub const NAMES: [(Self, &'static str); 15] = [
        (Self::RunTimers, "runTimers"),
        (Self::RunImmediates, "runImmediates"),
        (Self::Drain, "drain"),
        (Self::PromiseRejected, "promiseRejected"),
        (Self::Uncaught, "uncaught"),
        (Self::HandlerFailed, "handlerFailed"),
        (Self::BeforeExit, "beforeExit"),
        (Self::Exit, "exit"),
        (Self::RunMain, "runMain"),
        (Self::ImportDynamically, "importDynamically"),
        (Self::FillImportMeta, "fillImportMeta"),
        (Self::EvaluateSynthetic, "evaluateSynthetic"),
        (Self::AsyncOperation, "asyncOperation"),
        (Self::InspectorOpened, "inspectorOpened"),
        (Self::ConsoleRequire, "consoleRequire"),
    ];
}

/// An operation whose result has not been delivered yet.
pub struct PendingOp {
    /// Its name, e.g. `fs.open`.
    pub name: &'static str,
    /// `callback(error)` or `callback(null, value)`.
    pub callback: v8::Global<v8::Function>,
    /// The asynchronous context in which it was started.
    pub context: Option<v8::Global<v8::Value>>,
    /// Whether it keeps the loop alive.
    pub refd: bool,
    /// What it is in the trace, when the run is traced.
    pub traced: Traced,
    /// Its number as an asynchronous resource, and that of the resource whose callback started it.
    pub async_ids: (f64, f64),
}

/// A callback that waits for the closing phase.
pub struct Closing {
    /// The function, called without arguments.
    pub callback: v8::Global<v8::Function>,
    /// The asynchronous context in which it was left there.
    pub context: Option<v8::Global<v8::Value>>,
    /// Its task, when the run is traced.
    pub task: TaskId,
    /// Its number as an asynchronous resource, and that of the resource whose callback left it there.
    pub async_ids: (f64, f64),
}

/// What an operation is in the trace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Traced {
    /// Nothing.
    #[default]
    No,
    /// An operation with one result, whose callback is this task.
    Once(TaskId),
    /// A handle: every result makes a new task.
    Handle {
        /// What the tasks are.
        kind: TaskKind,
        /// Their function.
        callback: PlaceId,
        /// The task that opened it.
        opener: TaskId,
    },
}

/// What scripts of all threads measure time from; host times in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// When the process began: all its threads measure from there.
    pub began: u64,
    /// The same as time since 1970.
    pub wall: u64,
    /// When the first engine was about to be made.
    pub engine: u64,
}

/// How the loop spent its time, for `perf_hooks`.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Host time at which the engine was ready for the built-in modules.
    pub environment: Cell<u64>,
    /// Host time at which the built-in modules were ready for the script, 0 before.
    pub bootstrapped: Cell<u64>,
    /// Host time at which the loop began, 0 before.
    pub loop_began: Cell<u64>,
    /// Host time at which it ended, 0 before.
    pub loop_ended: Cell<u64>,
    /// Nanoseconds spent asleep in poll.
    pub idle: Cell<u64>,
    /// Turns begun.
    pub turns: Cell<u64>,
    /// Results of operations delivered.
    pub events: Cell<u64>,
}

/// The number of the isolate's data slot that points to its state.
const DATA_SLOT: u32 = 0;

thread_local! {
    /// The address of this thread's isolate and its state, which every op looks up: V8 takes a call for it.
    static OF_THREAD: Cell<(usize, *const State)> = const { Cell::new((0, std::ptr::null())) };
}

/// The state of an isolate of this thread, null if it has none.
#[inline]
fn find(isolate: &v8::Isolate) -> *const State {
    let (known, state) = OF_THREAD.get();
    if known == platform::address(isolate) {
        return state;
    }
    isolate.get_data(DATA_SLOT).cast::<State>().cast_const()
}

impl Drop for State {
    fn drop(&mut self) {
        if std::ptr::eq(OF_THREAD.get().1, self) {
            OF_THREAD.set((0, std::ptr::null()));
        }
    }
}

/// One runtime: kept in a slot of its isolate.
pub struct State {
    /// The world.
    pub host: RefCell<Box<dyn Host>>,
    /// The host's clock, where it can be read by itself.
    pub clock: Option<Rc<crate::host::Clock>>,
    /// How the program was started.
    pub options: Options,
    /// Numbers shared with JavaScript.
    pub shared: Shared,
    /// Functions of the built-in modules that the engine calls, in the order of [`Hook::NAMES`].
    pub hooks: RefCell<Vec<v8::Global<v8::Function>>>,
    /// Makes the text of stacks by source maps, while they are used.
    pub stack_mapper: RefCell<Option<v8::Global<v8::Function>>>,
    /// The `ops` object.
    pub ops: v8::Global<v8::Object>,
    /// The `process` object.
    pub process: v8::Global<v8::Object>,
    /// Operations in flight.
    /// Boxed, so that a server with many idle connections does not pay for the empty places of the table.
    pub pending: RefCell<FxHashMap<OpId, Box<PendingOp>>>,
    /// Callbacks for the closing phase, in the order in which things were closed; they run from the last to the first.
    pub closing: RefCell<Vec<Closing>>,
    /// ES modules that were loaded.
    pub modules: super::module::Modules,
    /// Reports what happens, when somebody listens.
    pub tracer: RefCell<Option<Tracer>>,
    /// Promises whose reactions are reported.
    pub promises: RefCell<Promises>,
    /// The functions that V8 calls for promises.
    pub promise_hooks: RefCell<PromiseHooks>,
    /// Garbage collections that are still to be reported: end, kind, duration.
    pub collections: RefCell<Vec<(Nanos, GcKind, Nanos)>>,
    /// What scripts were made from, as the trace names their places.
    pub originals: super::originals::Originals,
    /// Tells calls of the runtime apart, while the run is traced.
    pub call_sites: super::call_site::CallSites,
    /// How many garbage collections there were: each of them may move what lies on the heap.
    pub collected: Cell<u32>,
    /// When the running garbage collection began.
    pub collection_began: Cell<Nanos>,
    /// Garbage collections that scripts observe.
    pub gc: super::collections::Collections,
    /// Compiled modules on disk.
    pub compile_cache: super::compile_cache::CompileCache,
    /// How many snapshots of the heap are still to be written when it comes close to its limit, and how many were.
    pub near_limit: Cell<(u32, u32)>,
    /// Where the last uncaught exception was thrown, when that is wanted (`--trace-uncaught`).
    pub thrown_at: RefCell<Option<String>>,
    /// Synchronous calls are told of once the loop runs (`--trace-sync-io`).
    pub traces_sync_calls: bool,
    /// While this lives, SIGINT prints the stack before it ends the process.
    pub interception: RefCell<Option<Box<dyn std::any::Any>>>,
    /// The isolate whose heap is guarded.
    pub guarded: Cell<Option<v8::UnsafeRawIsolatePtr>>,
    /// Set from outside to end the run.
    pub stop: Arc<AtomicBool>,
    /// Ends JavaScript where only this state is at hand.
    pub isolate: v8::IsolateHandle,
    /// The heap came close to its limit, for which the script is ended.
    pub heap_full: Cell<bool>,
    /// Why the run ends, once it is known.
    pub exit_reason: Cell<ExitReason>,
    /// Whether the end was reported.
    pub exit_reported: Cell<bool>,
    /// Wakes the loop from other threads.
    pub waker: crate::host::Waker,
    /// Host time at which the loop's clock stands at 0, in nanoseconds.
    pub started: u64,
    /// What `performance` measures from.
    pub origin: Origin,
    /// Loop time in milliseconds, read at the last update.
    pub loop_now: Cell<u64>,
    /// The exit code, once the program is to end.
    pub exit: Cell<Option<i32>>,
    /// Id of the last operation.
    pub last_op: Cell<u64>,
    /// Number of operations in flight that keep the loop alive.
    pub refd_ops: Cell<usize>,
    /// How the loop spent its time.
    pub metrics: Metrics,
    /// Those operations in flight that are handles of the runtime itself.
    pub lasting: RefCell<FxHashSet<OpId>>,
    /// Message ports.
    pub ports: super::port::Ports,
    /// What this thread holds of the process's web locks.
    pub locks: super::web_locks::Client,
    /// Threads that the script started.
    pub workers: super::worker::Workers,
    /// What makes this the runtime of such a thread.
    pub worker: Option<super::worker::Own>,
    /// What V8 does on other threads.
    pub elsewhere: super::elsewhere::Elsewhere,
    /// Contexts beside the main one.
    pub contexts: super::contextify::Contexts,
    /// Whoever called the running JavaScript deals with its exceptions, though V8 reports them.
    pub reports_itself: Cell<bool>,
    /// V8's inspector.
    pub inspector: RefCell<Option<Rc<Inspector>>>,
    /// Reaches this run from other threads.
    pub stopper: Stopper,
}

impl State {
    /// The state of the runtime that `isolate` belongs to.
    ///
    /// # Panics
    /// When the isolate is not one of ours: every isolate gets its state before any script runs.
    #[inline]
    pub fn of(isolate: &v8::Isolate) -> Rc<Self> {
        let state = find(isolate);
        assert!(!state.is_null(), "the realm puts the state there before any script runs");
        // SAFETY: nobody else uses this slot; `attach` put a pointer from an `Rc` there, which the isolate's other slots
        // keep alive as long as the isolate itself.
        unsafe {
            Rc::increment_strong_count(state);
            Rc::from_raw(state)
        }
    }

    /// As [`State::of`], for as long as the isolate is borrowed.
    #[inline]
    pub fn borrowed(isolate: &v8::Isolate) -> Option<&Self> {
        let state = find(isolate);
        // SAFETY: as in `of`; the isolate is alive meanwhile, and with it what it keeps alive.
        unsafe { state.as_ref() }
    }

    /// Makes this the state of an isolate. Every op begins by looking it up, so it is also where no table needs to be
    /// searched.
    pub fn attach(self: &Rc<Self>, isolate: &mut v8::Isolate) {
        isolate.set_slot(Rc::clone(self));
        isolate.set_data(DATA_SLOT, Rc::as_ptr(self).cast_mut().cast());
        OF_THREAD.set((platform::address(isolate), Rc::as_ptr(self)));
    }

    /// V8's inspector, when somebody may debug the run.
    #[inline]
    pub fn inspector(&self) -> Option<Rc<Inspector>> {
        self.inspector.borrow().as_ref().filter(|inspector| inspector.is_active()).cloned()
    }

    /// Whether somebody may debug the run.
    #[inline]
    pub fn is_inspected(&self) -> bool {
        self.inspector.borrow().as_ref().is_some_and(|inspector| inspector.is_active())
    }

    /// V8's inspector, which keeps itself ready in every run.
    pub fn any_inspector(&self) -> Option<Rc<Inspector>> {
        self.inspector.borrow().clone()
    }

    /// The JavaScript function behind a hook; `None` before `internal/bootstrap` has set it.
    pub fn hook<'s>(
        &self,
        scope: &v8::PinScope<'s, '_, ()>,
        hook: Hook,
    ) -> Option<v8::Local<'s, v8::Function>> {
        self.hooks.borrow().get(hook as usize).map(|function| v8::Local::new(scope, function))
    }

    /// Does an operation at once.
    ///
    /// # Errors
    /// What the operation failed with.
    pub fn call(&self, request: Request) -> Result<Response, HostError> {
        self.host.borrow_mut().call(request)
    }

    /// The number of a new operation.
    pub fn new_op(&self) -> OpId {
        let id = OpId(self.last_op.get() + 1);
        self.last_op.set(id.0);
        id
    }

    /// Starts an operation; its result goes to `op.callback`.
    pub fn start(&self, id: OpId, request: Request, op: PendingOp) {
        if op.refd {
            self.refd_ops.set(self.refd_ops.get() + 1);
        }
        self.pending.borrow_mut().insert(id, Box::new(op));
        self.host.borrow_mut().start(id, request);
    }

    /// Takes the operation out: its last result is about to be delivered, or it was cancelled.
    pub fn finish(&self, id: OpId) -> Option<Box<PendingOp>> {
        let op = self.pending.borrow_mut().remove(&id)?;
        self.lasting.borrow_mut().remove(&id);
        if op.refd {
            self.refd_ops.set(self.refd_ops.get() - 1);
        }
        if let Traced::Handle { .. } = op.traced
            && let Some(tracer) = self.tracer.borrow_mut().as_mut()
        {
            tracer.handle_closed(HandleId(id.0));
            if let Some(inspector) = self.inspector() {
                inspector.handle_closed(id);
            }
        }
        Some(op)
    }

    /// Adds an event at the time of the one before it.
    fn emit(&self, kind: EventKind) {
        if let Some(tracer) = self.tracer.borrow_mut().as_mut() {
            tracer.emit(kind);
        }
    }

    /// Says whether an operation keeps the loop alive.
    pub fn set_refd(&self, id: OpId, refd: bool) {
        if let Some(op) = self.pending.borrow_mut().get_mut(&id)
            && op.refd != refd
        {
            op.refd = refd;
            self.refd_ops.set(if refd { self.refd_ops.get() + 1 } else { self.refd_ops.get() - 1 });
            match op.traced {
                Traced::No => {}
                Traced::Once(task) => self.emit(EventKind::TaskRef { task, refd }),
                Traced::Handle { .. } => self.emit(EventKind::HandleRef { handle: HandleId(id.0), refd }),
            }
        }
    }

    /// Reads the clock for [`State::loop_now`].
    pub fn update_loop_now(&self) -> u64 {
        let now = (self.host.borrow().now() - self.started) / 1_000_000;
        self.loop_now.set(now);
        now
    }
}
