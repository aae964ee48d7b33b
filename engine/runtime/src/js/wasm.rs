//! WebAssembly that is compiled on other threads keeps the loop alive until its promise is settled: V8 does not say that
//! it is at work, so the functions that begin it are called through ones of ours.

use std::cell::RefCell;

use super::convert;
use super::state::State;

/// Promises of compilations that were not settled when last looked at.
#[derive(Default)]
pub struct Compilations(RefCell<Vec<v8::Global<v8::Promise>>>);

impl Compilations {
    /// Whether one is still going on.
    pub fn any_pending(&self, scope: &v8::PinScope) -> bool {
        let mut promises = self.0.borrow_mut();
        promises.retain(|promise| v8::Local::new(scope, promise).state() == v8::PromiseState::Pending);
        !promises.is_empty()
    }

    /// Lets go of what V8 holds for us.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

/// Puts functions of ours in front of those of `WebAssembly` that work on other threads.
pub fn watch(scope: &mut v8::PinScope) -> Option<()> {
    let global = scope.get_current_context().global(scope);
    let key = convert::name(scope, "WebAssembly");
    // Without a compiler (`--jitless`) there is none.
    let namespace = v8::Local::<v8::Object>::try_from(global.get(scope, key.into())?).ok()?;
    for name in ["compile", "instantiate"] {
        let key = convert::name(scope, name);
        let original = v8::Local::<v8::Function>::try_from(namespace.get(scope, key.into())?).ok()?;
        let watched = v8::Function::builder(begin)
            .data(original.into())
            .length(1)
            .constructor_behavior(v8::ConstructorBehavior::Throw)
            .build(scope)?;
        watched.set_name(key);
        namespace.set(scope, key.into(), watched.into());
    }
    Some(())
}

fn begin<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    args: v8::FunctionCallbackArguments<'s>,
    mut ret: v8::ReturnValue<v8::Value>,
) {
    let Ok(original) = v8::Local::<v8::Function>::try_from(args.data()) else { return };
    let arguments: Vec<_> = (0..args.length()).map(|index| args.get(index)).collect();
    // Without a value it threw, and that stands.
    let Some(result) = original.call(scope, args.this().into(), &arguments) else { return };
    if let Ok(promise) = v8::Local::<v8::Promise>::try_from(result)
        && promise.state() == v8::PromiseState::Pending
    {
        State::of(scope).compilations.0.borrow_mut().push(v8::Global::new(scope, promise));
    }
    ret.set(result);
}
