//! V8's inspector in a run: sessions of the Chrome DevTools Protocol, standing still in the middle of JavaScript, and what
//! the event loop adds to them in a domain of its own, `Loopscope` (see [`domain`]).
//!
//! Clients are on other threads. What they say arrives in an [`Inbox`] and is followed on the runtime's thread: after poll,
//! in an interrupt while JavaScript runs, and while the run stands still.

mod attended;
mod blocked;
mod breakpoint;
mod channel;
mod client;
pub mod domain;
pub mod door;
mod link;
mod pause;
mod session;
mod strings;
pub mod websocket;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use loopscope_protocol::{PauseReason, TaskId, TaskKind};
use v8::inspector::V8Inspector;

use crate::host::{Request, SystemRequest};
use crate::js::state::State;

pub use attended::Attended;
pub use link::{Begin, Client, Inbox, Incoming, Link, SessionId, link};

use channel::Standing;
use session::Session;

/// The context group of a run; V8's inspector can tell several apart.
const GROUP: i32 = 1;

/// The session of the window that shows the run.
pub const WINDOW: SessionId = SessionId(0);

/// What front ends look for to tell a program's own context from others, see the `ExecutionContextDescription` of the
/// protocol's Runtime domain.
const MAIN_CONTEXT: &str = r#"{"isDefault":true,"type":"default"}"#;

/// The inspector of one run. Sessions must be gone before the inspector, and both before the isolate.
pub struct Inspector {
    sessions: RefCell<BTreeMap<SessionId, Rc<Session>>>,
    v8: V8Inspector,
    inbox: Inbox,
    standing: Rc<Standing>,
    /// A client said that the program may begin.
    begun: Cell<bool>,
    /// V8 was told that the context is gone.
    closed: Cell<bool>,
    /// The pause loop is to end.
    quit: Cell<bool>,
    /// V8 evaluates something that must have no effect.
    looks: Cell<bool>,
    /// What the loop is to stand still for.
    aims: pause::Aims,
}

impl Inspector {
    /// Attaches an inspector to a run whose state is in its slot.
    pub fn attach(scope: &mut v8::PinScope, state: &Rc<State>, inbox: Inbox, title: &str) -> Rc<Self> {
        let client = v8::inspector::V8InspectorClient::new(Box::new(client::RunClient::new(scope, state)));
        let context = scope.get_current_context();
        let v8 = V8Inspector::create(scope, client);
        strings::with_view(title, |title| {
            strings::with_view(MAIN_CONTEXT, |data| v8.context_created(context, GROUP, title, data));
        });
        let begin = inbox.begin;
        Rc::new(Self {
            sessions: RefCell::default(),
            v8,
            inbox,
            standing: Rc::default(),
            begun: Cell::new(begin == Begin::AtOnce),
            closed: Cell::new(false),
            quit: Cell::new(false),
            looks: Cell::new(false),
            aims: pause::Aims::default(),
        })
    }

    /// Ends all sessions; must be called while the context is alive.
    pub fn detach(&self, context: v8::Local<v8::Context>) {
        self.sessions.borrow_mut().clear();
        self.close(context);
    }

    fn close(&self, context: v8::Local<v8::Context>) {
        if !self.closed.replace(true) {
            self.v8.context_destroyed(context);
        }
    }

    /// Tells the clients that the program is over, and waits until those who came over the network are gone: they may want
    /// to see what is left.
    pub fn farewell(&self, state: &State, context: v8::Local<v8::Context>) {
        let attended = || self.sessions.borrow().keys().any(|&session| session != WINDOW);
        self.dispatch(state);
        if !attended() || state.stop.load(Ordering::Relaxed) {
            return;
        }
        self.close(context);
        let bytes = b"Waiting for the debugger to disconnect...\n".to_vec();
        drop(state.call(Request::System(SystemRequest::WriteStandard { fd: 2, bytes })));
        self.hold(state, PauseReason::Exit);
        while attended() && !state.stop.load(Ordering::Relaxed) && self.wait(state) == pause::Wait::Arrived {
            self.dispatch(state);
        }
        self.release(state);
    }

    /// The script itself is about to begin: stands still at its first statement when that was asked for.
    pub fn before_script(&self) {
        if self.inbox.begin == Begin::Standing
            && let Some(session) = self.debugging()
        {
            session.aim_at_start();
        }
    }

    /// Follows everything that has arrived; returns whether anything had.
    pub fn dispatch(&self, state: &State) -> bool {
        let mut any = false;
        while self.inbox.bell.try_recv().is_ok() {}
        while let Ok(incoming) = self.inbox.incoming.try_recv() {
            any = true;
            match incoming {
                Incoming::Connect { session, client } => self.connect(session, client),
                Incoming::Message { session, text } => {
                    // Following it may end the session.
                    let found = self.sessions.borrow().get(&session).cloned();
                    if let Some(session) = found {
                        session.follow(self, state, &text);
                    }
                }
                Incoming::Disconnect { session } => {
                    let gone = self.sessions.borrow_mut().remove(&session);
                    // V8 may call back while it ends the session.
                    drop(gone);
                    self.aims.look_at(&self.sessions.borrow());
                    if self.begun.get() && self.sessions.borrow().is_empty() {
                        // Nobody is there any more to let the run go on.
                        self.go_on(state);
                    }
                }
            }
        }
        any
    }

    fn connect(&self, id: SessionId, client: Client) {
        let session = Session::connect(&self.v8, client, Rc::clone(&self.standing));
        self.sessions.borrow_mut().insert(id, Rc::new(session));
    }

    /// A session that debugs.
    fn debugging(&self) -> Option<Rc<Session>> {
        self.sessions.borrow().values().find(|session| session.debugs()).cloned()
    }

    /// Waits until a client says that the program may begin (`Runtime.runIfWaitingForDebugger`), or the run is stopped.
    pub fn wait_for_client(&self, state: &State) {
        if self.begun.get() {
            return;
        }
        self.hold(state, PauseReason::Entry);
        loop {
            self.dispatch(state);
            if self.begun.get() || state.stop.load(Ordering::Relaxed) || self.wait(state) == pause::Wait::Over
            {
                break;
            }
        }
        self.release(state);
    }

    /// A callback was handed to the runtime: its stack is what debuggers show as the origin of the callback.
    pub fn task_scheduled(&self, task: TaskId, kind: TaskKind, name: &str) {
        if task.is_some() {
            let recurring = kind == TaskKind::Interval;
            // SAFETY: V8 never looks behind the pointer, it only tells tasks apart by it.
            strings::with_view(name, |name| unsafe {
                self.v8.async_task_scheduled(name, key(task), recurring)
            });
        }
    }

    /// It starts.
    pub fn task_started(&self, task: TaskId) {
        // SAFETY: as above.
        unsafe { self.v8.async_task_started(key(task)) };
    }

    /// It ended.
    pub fn task_finished(&self, task: TaskId) {
        // SAFETY: as above.
        unsafe { self.v8.async_task_finished(key(task)) };
        self.aims.task_ended();
    }

    /// A reaction to a promise ended.
    pub fn reaction_finished(&self) {
        self.aims.task_ended();
    }

    /// It will not run.
    pub fn task_cancelled(&self, task: TaskId) {
        // SAFETY: as above.
        unsafe { self.v8.async_task_canceled(key(task)) };
    }
}

/// V8 itself uses addresses of its own objects, which are even, as keys of promises; odd ones are never among them.
fn key(task: TaskId) -> *const c_void {
    std::ptr::without_provenance(((task.0 as usize) << 1) | 1)
}

/// Follows what clients said; V8 calls this in the middle of a callback.
///
/// # Safety
/// `isolate` is one of ours, and this is its thread; `asked` came from [`Arc::into_raw`] of an `Arc<AtomicBool>` that
/// nobody else takes back.
pub unsafe extern "C" fn interrupted(isolate: v8::UnsafeRawIsolatePtr, asked: *mut c_void) {
    // SAFETY: as the caller promises.
    let asked = unsafe { Arc::from_raw(asked.cast_const().cast::<AtomicBool>()) };
    asked.store(false, Ordering::Relaxed);
    // SAFETY: V8 passes the isolate it interrupted, on that isolate's own thread.
    let isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
    let Some(state) = isolate.get_slot::<Rc<State>>().cloned() else { return };
    if let Some(inspector) = state.inspector() {
        // V8 crashes when it is to look for effects while it does so already: what has arrived is followed right after.
        if !inspector.looks.get() {
            inspector.dispatch(&state);
        }
    }
}
