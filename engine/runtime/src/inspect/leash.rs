//! Conditions of breakpoints that never end. V8 evaluates them with every interruption put off, even that which ends the run,
//! so that a loop without end in one would hold the thread for ever.
//!
//! What is left is the limit of the stack: V8 looks at it in every loop and at every call. Another thread sees when a
//! condition takes too long, looks for the outermost function that is at work, and says that the stack is full there. The
//! function throws, those around it do not notice, and the limit is put back as it was before the script goes on. A
//! condition that had to be ended once is not evaluated again.
//!
//! Loops without writes to the heap in code of V8's best compiler look at a flag for interruptions instead of the limit: those
//! go on. (To be seen with `--print-opt-code`.)

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::host::StackProbe;
use crate::js::ops::{Args, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, ops, platform};

/// The name, in the registry of symbols, of the object on the global object.
const NAME: &str = "loopscope.condition";

/// How long a condition may take.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// How often the other thread looks.
const LOOK: Duration = Duration::from_millis(100);

/// How long the stack is said to be full at most. A condition that catches what is thrown goes on, and is ended again.
const FULL: Duration = Duration::from_millis(50);

/// Bytes between the end of the function's part of the stack and the limit: in its part still, as V8 wants it for code that it
/// stops to trust meanwhile.
const WITHIN: usize = 8;

unsafe extern "C" {
    /// `v8::Isolate::SetStackLimit(uintptr_t)`: takes V8's own lock, so that it may be called from any thread.
    #[link_name = "_ZN2v87Isolate13SetStackLimitEm"]
    fn set_stack_limit(isolate: *mut std::ffi::c_void, limit: usize);
}

/// The address below which the scripts of an isolate may not go; in a slot of the isolate.
#[derive(Debug, Clone, Copy)]
pub struct StackLimit(pub usize);

impl StackLimit {
    /// The limit of an isolate that is being made on this thread with room for so many bytes.
    pub fn here(bytes: usize) -> Self {
        let here = 0_u8;
        Self((&raw const here).addr().saturating_sub(bytes))
    }
}

/// An isolate as V8's own functions take it.
struct Isolate(usize);

impl Isolate {
    /// # Safety
    /// The isolate is alive.
    unsafe fn set_limit(&self, limit: usize) {
        // SAFETY: as the caller promises; the function exists in V8 152, which the program is linked with.
        unsafe { set_stack_limit(std::ptr::with_exposed_provenance_mut(self.0), limit) };
    }
}

/// What is locked.
#[derive(Default)]
struct Pulled {
    is_done: bool,
    /// The stack is said to be full.
    is_full: bool,
    /// The condition had to be ended.
    ended: bool,
}

/// What the two threads share.
struct Shared {
    isolate: Isolate,
    limit: usize,
    /// Counts up with every start and end of a condition; odd while one is evaluated.
    count: AtomicU64,
    pulled: Mutex<Pulled>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Pulled> {
        self.pulled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the limit back.
    fn loosen(&self, pulled: &mut Pulled) {
        if std::mem::take(&mut pulled.is_full) {
            // SAFETY: the leash is gone before the isolate is.
            unsafe { self.isolate.set_limit(self.limit) };
        }
    }
}

/// Ends conditions that take too long. Dropping it ends its thread.
pub struct Leash {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    /// The conditions, by number: whether they had to be ended.
    ended: Vec<bool>,
    /// The one that is evaluated.
    current: usize,
    /// The last one had to be ended.
    has_ended: bool,
}

impl Leash {
    /// Begins to look; `None` when the system gives no thread.
    pub fn start(isolate: &v8::Isolate, probe: Box<dyn StackProbe>) -> Option<Self> {
        let StackLimit(limit) = *isolate.get_slot::<StackLimit>()?;
        let shared = Arc::new(Shared {
            isolate: Isolate(platform::address(isolate)),
            limit,
            count: AtomicU64::new(0),
            pulled: Mutex::default(),
            changed: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("conditions".to_owned());
        let thread = thread.spawn(move || look(&theirs, &*probe)).ok()?;
        Some(Self { shared, thread: Some(thread), ended: Vec::new(), current: 0, has_ended: false })
    }

    /// The number for a condition.
    pub fn add(&mut self) -> usize {
        self.ended.push(false);
        self.ended.len() - 1
    }

    /// A condition is about to be evaluated; false when that is not to be.
    fn begin(&mut self, number: usize) -> bool {
        if self.ended.get(number).is_none_or(|ended| *ended) {
            return false;
        }
        (self.current, self.has_ended) = (number, false);
        let count = self.shared.count.load(Ordering::Relaxed);
        self.shared.count.store(count + 1 + (count & 1), Ordering::Relaxed);
        true
    }

    /// It was; returns its number when it had to be ended.
    pub fn end(&mut self) -> Option<usize> {
        let count = self.shared.count.load(Ordering::Relaxed);
        if count & 1 == 0 {
            return None;
        }
        let mut pulled = self.shared.lock();
        self.shared.count.store(count + 1, Ordering::Relaxed);
        self.shared.loosen(&mut pulled);
        let had_to = std::mem::take(&mut pulled.ended);
        drop(pulled);
        let ended = self.ended.get_mut(self.current).filter(|_| had_to)?;
        (*ended, self.has_ended) = (true, true);
        Some(self.current)
    }

    /// The number of the one that is evaluated now.
    pub fn current(&self) -> Option<usize> {
        (self.shared.count.load(Ordering::Relaxed) & 1 == 1).then_some(self.current)
    }

    /// Whether the last condition had to be ended.
    pub fn has_ended(&self) -> bool {
        self.has_ended
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
fn look(shared: &Shared, probe: &dyn StackProbe) {
    let looks = u32::try_from(PATIENCE.as_millis() / LOOK.as_millis()).unwrap_or(1);
    let (mut seen, mut times) = (0, 0);
    let mut pulled = shared.lock();
    loop {
        let time = if pulled.is_full { FULL } else { LOOK };
        let waited = shared.changed.wait_timeout_while(pulled, time, |pulled| !pulled.is_done);
        pulled = waited.unwrap_or_else(PoisonError::into_inner).0;
        shared.loosen(&mut pulled);
        if pulled.is_done {
            return;
        }
        // It changes only with the lock, or from even to odd, which restarts the patience.
        let count = shared.count.load(Ordering::Relaxed);
        times = if count == seen { times + 1 } else { 0 };
        seen = count;
        if count & 1 == 1 && times >= looks {
            (pulled.is_full, pulled.ended) = (true, true);
            probe.act_at_the_top(shared.isolate.0, |isolate, stack| {
                // SAFETY: the leash is gone before the isolate is. V8's lock is taken by calls that are further down the stack,
                // where nothing is at work now.
                unsafe { Isolate(isolate).set_limit(stack + WITHIN) };
            });
        }
    }
}

/// What V8 is to evaluate for a condition: the same, on the leash. With `tells` what it throws is told to the client,
/// otherwise V8 says that something was thrown.
pub fn expression(number: usize, condition: &str, tells: bool) -> String {
    // Properties of V8's own make no call of a function, for which the stack may be too full.
    let told = if tells { "catch (thrown) { __loopscope.thrown = thrown; return false } " } else { "" };
    format!(
        "((__loopscope) => {{ if (!__loopscope.begin({number})) return false; try {{ return ({condition}\n) }} \
         {told}finally {{ __loopscope.end }} }})(globalThis[Symbol.for('{NAME}')])"
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
        ops::enter(unsafe { &*info }, begin);
    }
    let object = v8::Object::new(scope);
    let function = v8::Function::builder_raw(raw).constructor_behavior(v8::ConstructorBehavior::Throw);
    let Some(function) = function.build(scope) else { return };
    let name = convert::string(scope, "begin");
    object.set(scope, name.into(), function.into());
    let name = convert::string(scope, "end");
    object.set_accessor(scope, name.into(), end);
    let name = convert::string(scope, "thrown");
    object.set_accessor_with_setter(scope, name.into(), end, thrown);
    let name = convert::string(scope, "logged");
    object.set_accessor_with_setter(scope, name.into(), end, logged);
    let name = convert::string(scope, NAME);
    let symbol = v8::Symbol::for_key(scope, name);
    let global = scope.get_current_context().global(scope);
    let hidden = v8::PropertyAttribute::DONT_ENUM;
    // A global object that takes no property leaves conditions that always throw, which V8 takes for false.
    let _ = global.define_own_property(scope, symbol.into(), object.into(), hidden);
}

/// `(number) → whether the condition is to be evaluated`.
fn begin(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let number = convert::number(args.get(0)) as usize;
    let inspector = State::of(scope).any_inspector();
    let begins = inspector.is_some_and(|inspector| {
        inspector.leash.borrow_mut().as_mut().is_none_or(|leash| leash.begin(number))
    });
    ret.set_bool(begins);
    Ok(())
}

/// A condition was evaluated.
fn end(
    scope: &mut v8::PinScope,
    _name: v8::Local<v8::Name>,
    _args: v8::PropertyCallbackArguments,
    _ret: v8::ReturnValue<v8::Value>,
) {
    let state = State::of(scope);
    if let Some(inspector) = state.any_inspector() {
        inspector.condition_ended();
    }
}

/// A condition has thrown this.
fn thrown(
    scope: &mut v8::PinScope,
    _name: v8::Local<v8::Name>,
    value: v8::Local<v8::Value>,
    _args: v8::PropertyCallbackArguments,
    _ret: v8::ReturnValue<()>,
) {
    let state = State::of(scope);
    let Some(inspector) = state.any_inspector() else { return };
    let number = inspector.leash.borrow().as_ref().and_then(Leash::current);
    let had_to_end = inspector.condition_ended();
    if let Some(number) = number.filter(|_| !had_to_end) {
        let text = text(scope, value);
        inspector.tell_of_condition(&state, |desk, at| desk.condition_threw(number, &text, at));
    }
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
