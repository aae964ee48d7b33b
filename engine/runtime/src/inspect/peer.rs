//! The other side of a session: a client on another thread, or a function of the script itself.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::link::{Client, Incoming, Link, SessionId};
use crate::js::state::State;
use crate::js::{Stopper, convert};

/// How messages begin that V8 sends while it looks at the heap, when no JavaScript may run.
const PROGRESS: &str = r#"{"method":"HeapProfiler.reportHeapSnapshotProgress""#;

/// How the message begins that an exception ends the program, which runs no JavaScript any more.
const LAST: &str = r#"{"method":"Runtime.exceptionThrown""#;

/// The other side of a session.
pub enum Peer {
    /// On another thread.
    Away(Client),
    /// In the same runtime (<https://nodejs.org/api/inspector.html#sessionconnect>).
    Here(Here),
}

impl Peer {
    /// Sends a message.
    pub fn send(&self, message: String) {
        match self {
            Self::Away(client) => client.send(message),
            Self::Here(here) => here.send(message),
        }
    }

    /// The client of a session in a worker that the run has started. `link` and `stopper` are the run's own, `session` the
    /// client's session with it.
    pub fn in_worker(&self, link: &Link, stopper: &Stopper, session: SessionId, name: String) -> Client {
        match self {
            Self::Away(client) => client.in_worker(name),
            Self::Here(_) => {
                // Its function can be called on the run's own thread only.
                let (link, stopper) = (link.clone(), stopper.clone());
                let here = Client::taking(move |text| {
                    link.post_patiently(Incoming::Relay { session, text });
                    stopper.request_dispatch();
                });
                here.in_worker(name)
            }
        }
    }

    /// Whether it is a function of the script's.
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Here(_))
    }

    /// Whether the run stands still for it.
    pub fn is_waited_for(&self) -> bool {
        matches!(self, Self::Away(client) if client.is_waited_for)
    }

    /// Whether it wants to see what is left when the run is over.
    pub fn sees_the_end(&self) -> bool {
        matches!(self, Self::Away(client) if client.is_waited_for && !client.is_relayed)
    }
}

/// A function that is called with every message.
pub struct Here {
    state: Weak<State>,
    isolate: v8::UnsafeRawIsolatePtr,
    function: v8::Global<v8::Function>,
    /// Messages are kept back: V8 allows no JavaScript at the moment.
    is_quiet: Cell<bool>,
    kept: RefCell<Vec<String>>,
}

impl Here {
    /// Calls `function` on the isolate's thread.
    pub fn new(scope: &v8::PinScope, state: &Rc<State>, function: v8::Local<v8::Function>) -> Self {
        // SAFETY: sessions end before the isolate does.
        let isolate = unsafe { scope.as_raw_isolate_ptr() };
        Self {
            state: Rc::downgrade(state),
            isolate,
            function: v8::Global::new(scope, function),
            is_quiet: Cell::new(false),
            kept: RefCell::default(),
        }
    }

    /// Keeps messages back while `act` runs.
    pub fn quietly(&self, act: impl FnOnce()) {
        let before = self.is_quiet.replace(true);
        act();
        self.is_quiet.set(before);
        if !before {
            for message in self.kept.take() {
                self.hand_over(&message);
            }
        }
    }

    fn send(&self, message: String) {
        if message.starts_with(LAST) {
            return;
        }
        if self.is_quiet.get() || message.starts_with(PROGRESS) {
            self.kept.borrow_mut().push(message);
            return;
        }
        for kept in self.kept.take().into_iter().filter(|kept| kept.starts_with(PROGRESS)) {
            self.hand_over(&kept);
        }
        self.hand_over(&message);
    }

    fn hand_over(&self, message: &str) {
        let Some(state) = self.state.upgrade() else { return };
        enter(&state, self.isolate, |scope| {
            v8::tc_scope!(let scope, scope);
            let function = v8::Local::new(scope, &self.function);
            let receiver = v8::undefined(scope).into();
            let message = convert::string(scope, message).into();
            // The function deals with what its listeners throw; an end of the run ends this, too.
            let _ = function.call(scope, receiver, &[message]);
        });
    }
}

/// Runs `act` in the main context of a run, on its thread, wherever that is.
pub fn enter<R>(
    state: &State,
    isolate: v8::UnsafeRawIsolatePtr,
    act: impl FnOnce(&mut v8::PinScope) -> R,
) -> Option<R> {
    // SAFETY: the caller is on the isolate's thread, where the isolate is alive.
    let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
    v8::callback_scope!(unsafe scope, &mut isolate);
    v8::scope!(let scope, scope);
    let context = state.contexts.main(scope)?;
    let scope = &mut v8::ContextScope::new(scope, context);
    Some(act(scope))
}
