//! Conditions of breakpoints that never end. V8 evaluates them with every interruption put off, even that which ends the run,
//! so that a loop without end in one would hold the thread for ever.
//!
//! A condition is therefore a function that V8 hands to the runtime, which calls it in a stretch where the run may be ended
//! (`Open`). Another thread sees when it takes too long and ends what runs; that unwinds no further than to that call, and
//! the script goes on. A condition that had to be ended once is not evaluated again.

use std::ffi::c_void;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Inspector;
use crate::js::ops::{Args, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::watchdog::Watchdog;
use crate::js::{convert, ops, platform};

/// The name, in the registry of symbols, of the object on the global object.
const NAME: &str = "loopscope.condition";

/// How long a condition may take.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// How often the other thread looks.
const LOOK: Duration = Duration::from_millis(100);

// V8 opens such a stretch only for what is evaluated in a frame on which the run stands. These are its own functions as
// they are called in V8 152, which the program is linked with.
unsafe extern "C" {
    /// `v8::debug::PostponeInterruptsScope(v8::Isolate*)`: a scope that puts off interruptions by embedders.
    #[link_name = "_ZN2v85debug23PostponeInterruptsScopeC1EPNS_7IsolateE"]
    fn begin_postponing(this: *mut *const Scope, isolate: *mut c_void);
    #[link_name = "_ZN2v85debug23PostponeInterruptsScopeD1Ev"]
    fn end_postponing(this: *mut *const Scope);
    /// `v8::internal::StackGuard::PushInterruptsScope(InterruptsScope*)`
    #[link_name = "_ZN2v88internal10StackGuard19PushInterruptsScopeEPNS0_15InterruptsScopeE"]
    fn push(guard: *mut c_void, scope: *mut Scope);
    #[link_name = "_ZN2v88internal10StackGuard18PopInterruptsScopeEv"]
    fn pop(guard: *mut c_void);
}

/// `v8::internal::InterruptsScope`.
#[repr(C)]
struct Scope {
    guard: *mut c_void,
    previous: *mut Scope,
    /// The interruptions that it is about.
    about: u32,
    /// Those of them that have come and wait.
    waiting: u32,
    mode: u8,
}

/// The interruption that ends what runs.
const TERMINATE: u32 = 1;
/// The one that calls a function of the embedder's.
const CALL: u32 = 1 << 4;

/// What a scope does with its interruptions.
const POSTPONE: u8 = 0;
const RUN: u8 = 1;

/// Where an isolate keeps what interrupts it.
#[derive(Clone, Copy)]
struct Guard(*mut c_void);

impl Guard {
    /// Asks V8, which tells it with a scope of its own; `None` when that does not look as it should.
    fn of(isolate: &v8::Isolate) -> Option<Self> {
        let address: *mut c_void = std::ptr::with_exposed_provenance_mut(platform::address(isolate));
        let mut scope: *const Scope = std::ptr::null();
        // SAFETY: the isolate is alive and this is its thread; V8 fills the pointer, which the second call takes back.
        unsafe {
            begin_postponing(&raw mut scope, address);
            let seen = scope.as_ref().map(|scope| (scope.guard, scope.about, scope.mode));
            end_postponing(&raw mut scope);
            seen.filter(|(guard, about, mode)| !guard.is_null() && (*about, *mode) == (CALL, POSTPONE))
                .map(|(guard, ..)| Self(guard))
        }
    }
}

/// A stretch in which the run may be ended although V8 puts that off; as long as it lives.
struct Open(Box<Scope>);

impl Open {
    /// # Safety
    /// This is the thread of the guard's isolate. Stretches end in the opposite order of their beginnings, and before the
    /// function of V8's returns that has called the one in which they began.
    unsafe fn begin(guard: Guard) -> Self {
        let previous = std::ptr::null_mut();
        let scope = Scope { guard: guard.0, previous, about: TERMINATE, waiting: 0, mode: RUN };
        let mut scope = Box::new(scope);
        // SAFETY: as the caller promises; the box keeps its place until `drop`.
        unsafe { push(guard.0, &raw mut *scope) };
        Self(scope)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: as `begin` was promised, this is the last one that was pushed.
        unsafe { pop(self.0.guard) };
    }
}

/// Does something for a client in which the run may be ended, and is after so many milliseconds, although it stands still in
/// JavaScript, where V8 puts that off for functions that clients call.
pub fn act(isolate: v8::UnsafeRawIsolatePtr, state: &State, limit: Option<f64>, act: impl FnOnce()) {
    // SAFETY: the caller is on the isolate's thread, where the isolate is alive.
    let isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
    // SAFETY: as above; the stretch ends in this function.
    let open = Guard::of(&isolate).map(|guard| unsafe { Open::begin(guard) });
    let limit = limit.filter(|_| open.is_some()).map(|millis| Duration::from_secs_f64(millis.max(1.0) / 1e3));
    let watchdog = limit.and_then(|limit| Watchdog::start(isolate.thread_safe_handle(), limit).ok());
    let was_over = state.exit.get().is_some();
    act();
    if watchdog.is_some_and(Watchdog::stop) {
        isolate.cancel_terminate_execution();
    }
    drop(open);
    let is_over = state.exit.get().is_some() && !was_over;
    if is_over || state.stop.load(Ordering::Relaxed) || state.heap_full.get() {
        // V8 takes it for the end of what was evaluated alone.
        isolate.terminate_execution();
    }
}

/// What is locked.
#[derive(Default)]
struct Pulled {
    is_done: bool,
    /// The condition had to be ended.
    ended: bool,
}

/// What the two threads share.
struct Shared {
    /// Counts up with every start and end of a condition; odd while one is evaluated.
    count: AtomicU64,
    pulled: Mutex<Pulled>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Pulled> {
        self.pulled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of a condition.
#[derive(Clone, Copy)]
struct Condition {
    /// Its client is told of what it throws.
    tells: bool,
    /// It had to be ended.
    ended: bool,
}

/// Ends conditions that take too long. Dropping it ends its thread.
pub struct Leash {
    shared: Arc<Shared>,
    guard: Guard,
    thread: Option<JoinHandle<()>>,
    /// The conditions, by number.
    conditions: Vec<Condition>,
    /// The one that is evaluated.
    current: usize,
}

impl Leash {
    /// Begins to look; `None` when the system gives no thread, or V8 is not as it should be.
    pub fn start(isolate: &v8::Isolate) -> Option<Self> {
        let guard = Guard::of(isolate)?;
        let (count, pulled, changed) = (AtomicU64::new(0), Mutex::default(), Condvar::new());
        let shared = Arc::new(Shared { count, pulled, changed });
        let (theirs, isolate) = (Arc::clone(&shared), isolate.thread_safe_handle());
        let thread = std::thread::Builder::new().name("conditions".to_owned());
        let thread = thread.spawn(move || look(&theirs, &isolate)).ok()?;
        Some(Self { shared, guard, thread: Some(thread), conditions: Vec::new(), current: 0 })
    }

    /// The number for a condition; with `tells` its client is told of what it throws, otherwise V8 says so.
    pub fn add(&mut self, tells: bool) -> usize {
        self.conditions.push(Condition { tells, ended: false });
        self.conditions.len() - 1
    }

    /// A condition is about to be evaluated; `None` when that is not to be.
    fn begin(&mut self, number: usize) -> Option<(Condition, Guard)> {
        let condition = *self.conditions.get(number).filter(|condition| !condition.ended)?;
        self.current = number;
        self.shared.count.fetch_add(1, Ordering::Relaxed);
        Some((condition, self.guard))
    }

    /// It was evaluated; returns whether it had to be ended.
    fn end(&mut self) -> bool {
        let mut pulled = self.shared.lock();
        self.shared.count.fetch_add(1, Ordering::Relaxed);
        let ended = std::mem::take(&mut pulled.ended);
        drop(pulled);
        if let Some(condition) = self.conditions.get_mut(self.current).filter(|_| ended) {
            condition.ended = true;
        }
        ended
    }

    /// The number of the one that is evaluated now.
    fn current(&self) -> Option<usize> {
        (self.shared.count.load(Ordering::Relaxed) & 1 == 1).then_some(self.current)
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        self.shared.lock().is_done = true;
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // It cannot panic, and returns nothing.
            drop(thread.join());
        }
    }
}

/// The thread: a condition that was seen at one look and is still evaluated when the patience is over is ended.
fn look(shared: &Shared, isolate: &v8::IsolateHandle) {
    let looks = u32::try_from(PATIENCE.as_millis() / LOOK.as_millis()).unwrap_or(1);
    let (mut seen, mut times) = (0, 0);
    let mut pulled = shared.lock();
    loop {
        let waited = shared.changed.wait_timeout_while(pulled, LOOK, |pulled| !pulled.is_done);
        pulled = waited.unwrap_or_else(PoisonError::into_inner).0;
        if pulled.is_done {
            return;
        }
        // It becomes even only with the lock, and odd without, which restarts the patience.
        let count = shared.count.load(Ordering::Relaxed);
        times = if count == seen { times + 1 } else { 0 };
        seen = count;
        if count & 1 == 1 && times >= looks && !pulled.ended {
            pulled.ended = true;
            isolate.terminate_execution();
        }
    }
}

/// What V8 is to evaluate for a condition: the same, on the leash.
pub fn expression(number: usize, condition: &str) -> String {
    format!(
        "((__loopscope) => __loopscope.evaluate({number}, () => ({condition}\n)))(globalThis[Symbol.for('{NAME}')])"
    )
}

/// What V8 is to evaluate, on the leash, to tell the client a text instead of standing still. Nothing is written by the
/// script: its streams and its console would have work to do that it has not without a debugger.
pub fn log(text: &str) -> String {
    format!("(__loopscope.logged = ({text}\n), false)")
}

/// Puts the object that conditions use on the global object, where scripts do not see it by listing.
pub fn install(scope: &mut v8::PinScope) {
    extern "C" fn raw(info: *const v8::FunctionCallbackInfo) {
        // SAFETY: V8 hands a valid pointer to every callback.
        ops::enter(unsafe { &*info }, evaluate);
    }
    let object = v8::Object::new(scope);
    let function = v8::Function::builder_raw(raw).constructor_behavior(v8::ConstructorBehavior::Throw);
    let Some(function) = function.build(scope) else { return };
    let name = convert::string(scope, "evaluate");
    object.set(scope, name.into(), function.into());
    let name = convert::string(scope, "logged");
    object.set_accessor_with_setter(scope, name.into(), nothing, logged);
    let name = convert::string(scope, NAME);
    let symbol = v8::Symbol::for_key(scope, name);
    let global = scope.get_current_context().global(scope);
    let hidden = v8::PropertyAttribute::DONT_ENUM;
    // A global object that takes no property leaves conditions that always throw, which V8 takes for false.
    let _ = global.define_own_property(scope, symbol.into(), object.into(), hidden);
}

/// `(number, function) → what it returns`: evaluates a condition; false when that is not to be.
fn evaluate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(false);
    let number = convert::number(args.get(0)) as usize;
    let Ok(condition) = v8::Local::<v8::Function>::try_from(args.get(1)) else { return Ok(()) };
    let state = State::of(scope);
    let Some(inspector) = state.any_inspector() else { return Ok(()) };
    let begun = inspector.leash.borrow_mut().as_mut().and_then(|leash| leash.begin(number));
    let Some((Condition { tells, .. }, guard)) = begun else { return Ok(()) };
    v8::tc_scope!(let scope, scope);
    // SAFETY: V8 calls this on the isolate's thread; the stretch ends here, in the function that it began in.
    let open = unsafe { Open::begin(guard) };
    let receiver = v8::undefined(scope).into();
    let result = condition.call(scope, receiver, &[]);
    let ended = inspector.leash.borrow_mut().as_mut().is_some_and(Leash::end);
    let terminated = scope.has_terminated();
    if ended || terminated {
        scope.cancel_terminate_execution();
    }
    drop(open);
    if ended {
        inspector.condition_ended(number);
    }
    let run_ends = state.exit.get().is_some() || state.stop.load(Ordering::Relaxed) || state.heap_full.get();
    if run_ends || terminated && !ended {
        // Not the condition alone is to end. V8 puts this off until it has done with the breakpoint.
        scope.terminate_execution();
        return Ok(());
    }
    if let Some(result) = result {
        ret.set(result);
    } else if ended && !tells {
        let seconds = PATIENCE.as_secs();
        return Err(OpError::Other(format!(
            "The condition of a breakpoint took longer than {seconds} seconds"
        )));
    } else if !ended && tells {
        let thrown = scope.exception().unwrap_or_else(|| v8::undefined(scope).into());
        tell_thrown(scope, &state, &inspector, number, thrown);
    } else if !ended {
        scope.rethrow();
        return Err(OpError::Thrown);
    }
    Ok(())
}

/// A condition has thrown; its client is told what.
fn tell_thrown(
    scope: &v8::PinScope,
    state: &State,
    inspector: &Inspector,
    number: usize,
    thrown: v8::Local<v8::Value>,
) {
    let text = text(scope, thrown);
    inspector.tell_of_condition(state, |desk, at| desk.condition_threw(number, &text, at));
}

/// Nobody reads it.
fn nothing(
    _scope: &mut v8::PinScope,
    _name: v8::Local<v8::Name>,
    _args: v8::PropertyCallbackArguments,
    _ret: v8::ReturnValue<v8::Value>,
) {
}

/// This is to be told instead of standing still.
fn logged(
    scope: &mut v8::PinScope,
    _name: v8::Local<v8::Name>,
    value: v8::Local<v8::Value>,
    _args: v8::PropertyCallbackArguments,
    _ret: v8::ReturnValue<()>,
) {
    let state = State::of(scope);
    let Some(inspector) = state.any_inspector() else { return };
    if let Some(number) = inspector.leash.borrow().as_ref().and_then(Leash::current) {
        let text = text(scope, value);
        inspector.tell_of_condition(&state, |desk, at| desk.logged(number, &text, at));
    }
}

/// The text of a value, without a call of the script's functions.
fn text(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> String {
    value.to_detail_string(scope).map(|text| text.to_rust_string_lossy(scope)).unwrap_or_default()
}
