//! Steps into what a call schedules (`Debugger.stepInto` with `breakOnAsyncCall`). V8 goes to the first task that is scheduled
//! meanwhile, whosever callback that is. Behind one of the runtime's own nothing of the script's may ever be called: a step into
//! a write to a socket would let the run go on as if nobody had asked for a step.

use std::cell::{Cell, RefCell};

use crate::js::convert;

/// Whether such a step is being made.
#[derive(Default)]
pub struct Entering {
    is_on: Cell<bool>,
    /// A context that the inspector knows nothing of.
    elsewhere: RefCell<Option<v8::Global<v8::Context>>>,
}

impl Entering {
    /// A step begins.
    pub fn begin(&self) {
        self.is_on.set(true);
    }

    /// The run has come to stand.
    pub fn end(&self) {
        self.is_on.set(false);
    }

    /// The context in which V8 is to be told of a task so that it does not go there; `None` for the current one. V8 goes only to
    /// tasks of the group of contexts in which the step is made.
    pub fn elsewhere<'s>(
        &self,
        scope: &v8::PinScope<'s, '_>,
        callback: v8::Local<v8::Function>,
    ) -> Option<v8::Local<'s, v8::Context>> {
        if is_internal(scope, callback) { self.elsewhere_now(scope) } else { None }
    }

    /// As [`Entering::elsewhere`], whatever is called: for what has events as long as it is open, or may never have any.
    pub fn elsewhere_now<'s>(&self, scope: &v8::PinScope<'s, '_>) -> Option<v8::Local<'s, v8::Context>> {
        if !self.is_on.get() {
            return None;
        }
        let mut known = self.elsewhere.borrow_mut();
        if let Some(known) = &*known {
            return Some(v8::Local::new(scope, known));
        }
        let context = v8::Context::new(scope, v8::ContextOptions::default());
        // Else the stack that V8 keeps of the task would be empty.
        context.set_security_token(scope.get_current_context().get_security_token(scope));
        *known = Some(v8::Global::new(scope, context));
        Some(context)
    }
}

fn is_internal(scope: &v8::PinScope, callback: v8::Local<v8::Function>) -> bool {
    let name = callback.get_script_origin(scope).resource_name();
    name.is_none_or(|name| convert::text(scope, name).starts_with("node:"))
}
