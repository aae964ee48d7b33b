//! What V8 does or waits for on other threads without saying so. WebAssembly that is compiled there keeps the loop alive
//! until its promise is settled; `Atomics.waitAsync` with a limit of time wakes the loop when time is up. The functions
//! that begin either are called through ones of ours.

use std::cell::RefCell;

use super::state::State;
use super::{convert, platform};

/// What is going on elsewhere.
#[derive(Default)]
pub struct Elsewhere {
    /// Promises of compilations that were not settled when last looked at.
    compilations: RefCell<Vec<v8::Global<v8::Promise>>>,
    /// Host times at which waiting ends.
    deadlines: RefCell<Vec<u64>>,
}

impl Elsewhere {
    /// Whether something is being compiled.
    pub fn compiles(&self, scope: &v8::PinScope) -> bool {
        let mut promises = self.compilations.borrow_mut();
        promises.retain(|promise| v8::Local::new(scope, promise).state() == v8::PromiseState::Pending);
        !promises.is_empty()
    }

    /// When waiting ends next; what is over by `now` is forgotten.
    pub fn deadline(&self, now: u64) -> Option<u64> {
        let mut deadlines = self.deadlines.borrow_mut();
        deadlines.retain(|&deadline| deadline > now);
        deadlines.iter().copied().min()
    }

    /// Lets go of what V8 holds for us.
    pub fn clear(&self) {
        self.compilations.borrow_mut().clear();
    }
}

/// Puts functions of ours in front of V8's.
pub fn watch(scope: &mut v8::PinScope) {
    // Without a compiler (`--jitless`) there is no WebAssembly, and nothing to watch of it.
    for name in ["compile", "instantiate"] {
        let _ = replace(scope, "WebAssembly", name, 1, compile);
    }
    let _ = replace(scope, "Atomics", "waitAsync", 4, wait);
}

fn replace(
    scope: &mut v8::PinScope,
    namespace: &str,
    name: &str,
    length: i32,
    callback: impl v8::MapFnTo<v8::FunctionCallback>,
) -> Option<()> {
    let global = scope.get_current_context().global(scope);
    let key = convert::name(scope, namespace);
    let namespace = v8::Local::<v8::Object>::try_from(global.get(scope, key.into())?).ok()?;
    let key = convert::name(scope, name);
    let original = v8::Local::<v8::Function>::try_from(namespace.get(scope, key.into())?).ok()?;
    let watched = v8::Function::builder(callback)
        .data(original.into())
        .length(length)
        .constructor_behavior(v8::ConstructorBehavior::Throw)
        .build(scope)?;
    watched.set_name(key);
    namespace.set(scope, key.into(), watched.into())?;
    Some(())
}

/// Calls V8's own function; `None` when it threw, and that stands.
fn original<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: &v8::FunctionCallbackArguments<'s>,
) -> Option<v8::Local<'s, v8::Value>> {
    let original = v8::Local::<v8::Function>::try_from(args.data()).ok()?;
    let arguments: Vec<_> = (0..args.length()).map(|index| args.get(index)).collect();
    original.call(scope, args.this().into(), &arguments)
}

fn compile<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: v8::FunctionCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Value>,
) {
    let Some(result) = original(scope, &args) else { return };
    if let Ok(promise) = v8::Local::<v8::Promise>::try_from(result)
        && promise.state() == v8::PromiseState::Pending
    {
        let promise = v8::Global::new(scope, promise);
        State::of(scope).elsewhere.compilations.borrow_mut().push(promise);
    }
    ret.set(result);
}

fn wait<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: v8::FunctionCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Value>,
) {
    let Some(result) = original(scope, &args) else { return };
    let millis = convert::number(args.get(3));
    if millis.is_finite() {
        let state = State::of(scope);
        let now = state.host.borrow().now();
        platform::date_tasks(scope, now);
        let deadline = now + (millis.max(0.0) * 1e6) as u64;
        state.elsewhere.deadlines.borrow_mut().push(deadline);
    }
    ret.set(result);
}
