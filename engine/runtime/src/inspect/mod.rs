//! V8's inspector in a run: sessions of the Chrome DevTools Protocol, standing still in the middle of JavaScript, and what
//! the event loop adds to them in a domain of its own, `Loopscope` (see [`domain`]).
//!
//! Clients are on other threads. What they say arrives in an [`Inbox`] and is followed on the runtime's thread: after poll,
//! in an interrupt while JavaScript runs, and while the run stands still.

mod activity;
mod attended;
mod blocked;
mod bodies;
mod breakpoint;
mod channel;
mod client;
mod command_line;
mod console;
mod desk;
pub mod domain;
pub mod door;
mod entering;
pub mod frames;
mod hits;
pub mod leash;
mod link;
mod listeners;
mod load;
mod node_domains;
mod originals;
mod origins;
mod pause;
mod peer;
pub mod processes;
mod protocol;
mod reach;
mod rejections;
mod renames;
mod request;
mod restart;
mod sampler;
mod session;
mod strings;
pub mod websocket;
pub mod workers;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use loopscope_protocol::{Nanos, PauseReason, TaskId, TaskKind};
use v8::inspector::V8Inspector;

use crate::host::{Request, SystemRequest};
use crate::js::originals::Place;
use crate::js::state::{Hook, State};
use crate::js::{convert, platform};
use crate::options::Main;

pub use attended::Attended;
pub use bodies::Way;
pub use link::{Attach, Begin, Client, Inbox, Incoming, Link, SessionId, link, link_with};
pub use load::Load;
pub use processes::Processes;
pub use renames::Renames;

use bodies::Bodies;
use channel::Standing;
use door::Door;
use hits::{HitCondition, Hits};
use peer::{Here, Peer};
use sampler::Sampler;
use session::Session;

/// The context group of a run; V8's inspector can tell several apart.
const GROUP: i32 = 1;

/// The number of the last session of a client that is neither the window nor the script itself.
static LAST_SESSION: AtomicU32 = AtomicU32::new(WINDOW.0);

/// The number for a session of another client.
pub fn new_session() -> SessionId {
    SessionId(LAST_SESSION.fetch_add(1, Ordering::Relaxed) + 1)
}

/// The session of the window that shows the run.
pub const WINDOW: SessionId = SessionId(0);

/// The first number of the sessions that scripts have with their own runtime.
const FIRST_HERE: u32 = 1 << 31;

/// When it is looked whether samples of the stack are to be handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// In between.
    Passing,
    /// The loop is about to sleep for so many nanoseconds.
    Sleep(u64),
    /// The run is over.
    End,
}

/// Makes a run look at what has arrived.
pub type Reach = Arc<dyn Fn() + Send + Sync>;

/// What front ends look for to tell a program's own context from others, see the `ExecutionContextDescription` of the
/// protocol's Runtime domain.
const MAIN_CONTEXT: &str = r#"{"isDefault":true,"type":"default"}"#;

/// The same for contexts of the module `vm`.
const OTHER_CONTEXT: &str = r#"{"isDefault":false,"type":"default"}"#;

/// The inspector of one run. Sessions must be gone before the inspector, and both before the isolate.
pub struct Inspector {
    sessions: RefCell<BTreeMap<SessionId, Rc<Session>>>,
    v8: V8Inspector,
    link: Link,
    inbox: Inbox,
    isolate: v8::UnsafeRawIsolatePtr,
    standing: Rc<Standing>,
    /// Where clients come in.
    door: RefCell<Option<Door>>,
    /// Clients are there, or may come.
    active: Cell<bool>,
    /// They were expected from the beginning.
    is_expected: bool,
    /// The number for the script's next session.
    next_here: Cell<u32>,
    /// Contexts that the module `vm` has made.
    other_contexts: Cell<u32>,
    /// A console call is being reported: what it leads to is not reported.
    pub reports_console: Cell<bool>,
    /// Counters of breakpoints that hold only some of the times they are reached.
    hits: RefCell<Hits>,
    /// Ends conditions of breakpoints that take too long; none before there is a condition.
    leash: RefCell<Option<leash::Leash>>,
    /// Where listeners of events were added.
    listeners: RefCell<listeners::Listeners>,
    /// V8 has left work for later that a client waits for.
    tasks_due: Cell<bool>,
    /// Workers that the run has started.
    children: RefCell<BTreeMap<u64, Rc<workers::Child>>>,
    /// Its clients are those of the run that has started it.
    is_below: bool,
    /// What workers say to sessions of the script's, until no JavaScript runs.
    relayed: RefCell<Vec<(SessionId, String)>>,
    /// Data of the domain `Network`.
    bodies: RefCell<Bodies>,
    /// A client said that the program may begin.
    begun: Cell<bool>,
    /// V8 was told that the context is gone.
    closed: Cell<bool>,
    /// The program is over.
    is_over: Cell<bool>,
    /// The pause loop is to end.
    quit: Cell<bool>,
    /// A client has asked the run to stand still, and it does not yet.
    pause_asked: Cell<bool>,
    /// It stands still because a client has asked for that.
    stands_asked: Cell<bool>,
    /// A client has asked for the end of what runs.
    ending: Cell<bool>,
    /// Names that were declared in the console.
    kept: console::Kept,
    /// V8 evaluates something that must have no effect, or come to its end in some time.
    looks: Cell<bool>,
    /// What the loop is to stand still for.
    aims: pause::Aims,
    /// A step into what a call schedules.
    entering: entering::Entering,
    /// What the code is to come to.
    reach: reach::Reach,
    /// Where events of what lasts come from.
    origins: origins::Origins,
    /// Promises that were rejected.
    rejections: rejections::Rejections,
    /// Looks at the stack.
    sampler: RefCell<Option<Sampler>>,
    /// Functions that it saw.
    sampled: RefCell<sampler::Known>,
    /// How long it took last to begin anew, in nanoseconds.
    sampling_cost: Cell<u64>,
}

impl Inspector {
    /// Attaches an inspector to a run whose state is in its slot.
    pub fn attach(scope: &mut v8::PinScope, state: &Rc<State>, attach: Attach, title: &str) -> Rc<Self> {
        let client = v8::inspector::V8InspectorClient::new(Box::new(client::RunClient::new(scope, state)));
        let context = scope.get_current_context();
        let v8 = V8Inspector::create(scope, client);
        strings::with_view(title, |title| {
            strings::with_view(MAIN_CONTEXT, |data| v8.context_created(context, GROUP, title, data));
        });
        let Attach { link, inbox, door, is_expected, is_below } = attach;
        let begin = inbox.begin;
        // SAFETY: the isolate outlives its inspector.
        let isolate = unsafe { scope.as_raw_isolate_ptr() };
        Rc::new(Self {
            sessions: RefCell::default(),
            v8,
            link,
            inbox,
            isolate,
            standing: Rc::new(Standing {
                reason: Cell::new(None),
                blocked: RefCell::default(),
                state: Rc::downgrade(state),
            }),
            door: RefCell::new(door),
            active: Cell::new(is_expected),
            is_expected,
            next_here: Cell::new(FIRST_HERE),
            other_contexts: Cell::new(0),
            reports_console: Cell::new(false),
            hits: RefCell::default(),
            leash: RefCell::default(),
            listeners: RefCell::default(),
            tasks_due: Cell::new(false),
            children: RefCell::default(),
            is_below,
            relayed: RefCell::default(),
            bodies: RefCell::default(),
            begun: Cell::new(begin == Begin::AtOnce),
            closed: Cell::new(false),
            is_over: Cell::new(false),
            quit: Cell::new(false),
            pause_asked: Cell::new(false),
            stands_asked: Cell::new(false),
            ending: Cell::new(false),
            kept: console::Kept::default(),
            looks: Cell::new(false),
            aims: pause::Aims::default(),
            entering: entering::Entering::default(),
            reach: reach::Reach::default(),
            origins: origins::Origins::default(),
            rejections: rejections::Rejections::default(),
            sampler: RefCell::default(),
            sampled: RefCell::default(),
            sampling_cost: Cell::new(0),
        })
    }

    /// Its child processes, which are those of the whole program.
    pub fn processes(&self) -> &Arc<Processes> {
        self.link.processes()
    }

    /// Ends all sessions; must be called while the context is alive.
    pub fn detach(&self, state: &State, context: v8::Local<v8::Context>) {
        if state.worker.is_none() {
            self.processes().close();
        }
        drop(self.sampler.take());
        self.rejections.clear();
        let sessions = self.sessions.take();
        for session in sessions.values() {
            workers::leave_all(session, self);
        }
        drop(sessions);
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
        let attended = || self.has_visitors();
        self.dispatch(state);
        self.is_over.set(true);
        self.tell_hits();
        if state.worker.is_some() || self.is_below && !attended() {
            // The clients stay with those who started it.
            self.close(context);
            return;
        }
        // A client that has the program end while it stands waits for no more.
        let stands = self.sessions.borrow().values().any(|session| !session.desk.stood().is_empty());
        if !attended() || stands || state.stop.load(Ordering::Relaxed) {
            return;
        }
        let told = node_domains::tell_of_the_end(&self.sessions.borrow());
        if !told {
            self.close(context);
        }
        say(state, "Waiting for the debugger to disconnect...\n".to_owned());
        self.hold(state, PauseReason::Exit);
        while attended() && !state.stop.load(Ordering::Relaxed) && self.wait(state) == pause::Wait::Arrived {
            self.dispatch(state);
            self.run_tasks(state);
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
                Incoming::Connect { session, client } => self.connect(state, session, Peer::Away(client)),
                Incoming::Listen => self.listen_if_closed(state),
                Incoming::Abandoned => {
                    self.begun.set(true);
                    if !self.is_attended() {
                        self.go_on(state);
                    }
                }
                Incoming::Relay { session, text } => self.relayed.borrow_mut().push((session, text)),
                Incoming::Message { session, text } => {
                    // Following it may end the session.
                    let found = self.sessions.borrow().get(&session).cloned();
                    if let Some(session) = found {
                        session.follow(self, state, &text);
                    }
                }
                Incoming::Disconnect { session } => self.disconnect(state, session),
            }
        }
        any
    }

    /// A client has asked for something that V8 does when no JavaScript is on the stack.
    pub fn expect_tasks(&self) {
        self.tasks_due.set(true);
    }

    /// Whether V8 has such work left.
    pub fn has_tasks(&self) -> bool {
        self.tasks_due.get()
    }

    /// Has such work done, while the run stands between two callbacks.
    pub fn run_tasks(&self, state: &State) {
        if !self.tasks_due.replace(false) {
            return;
        }
        let now = state.host.borrow().now();
        peer::enter(state, self.isolate, |scope| {
            while let Some(task) = platform::next_task(scope, now) {
                task.run();
            }
        });
    }

    /// What V8 is to evaluate for a breakpoint that holds only some of the times it is reached.
    /// The counter's number comes with it.
    fn count_hits(&self, state: &State, wanted: HitCondition, condition: &str, log: &str) -> (String, usize) {
        let counter = self.hits.borrow_mut().add(wanted);
        if !self.hits.borrow_mut().begin() {
            peer::enter(state, self.isolate, hits::install);
        }
        (hits::expression(condition, counter, log), counter)
    }

    /// What V8 is to evaluate for a condition that may never end, and the number by which [`Inspector::condition_ended`] tells of
    /// it; none for what is no expression, which V8 refuses. With `tells` the client is told of what the condition throws.
    fn leashed(&self, state: &State, condition: &str, tells: bool) -> Option<(String, usize)> {
        if condition.is_empty() || !crate::source::is_expression(condition) {
            return None;
        }
        if self.leash.borrow().is_none() {
            let begun = peer::enter(state, self.isolate, |scope| {
                leash::install(scope);
                leash::Leash::start(scope)
            });
            *self.leash.borrow_mut() = begun?;
        }
        let number = self.leash.borrow_mut().as_mut()?.add(tells);
        Some((leash::expression(number, condition), number))
    }

    /// A condition took too long and was ended.
    fn condition_ended(&self, number: usize) {
        self.tell_desks(|desk| desk.condition_ended(number));
    }

    fn tell_desks(&self, tell: impl Fn(&desk::Desk)) {
        let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
        // No JavaScript may run here.
        sessions.iter().filter(|session| !session.client.is_here()).for_each(|session| tell(&session.desk));
    }

    /// Tells the clients what came of a condition, and when, after all that happened before.
    fn tell_of_condition(&self, state: &State, tell: impl Fn(&desk::Desk, Nanos)) {
        let at = pause::trace_of(state, |tracer| {
            tracer.flush();
            tracer.time_of_run()
        });
        self.tell_desks(|desk| tell(desk, at.unwrap_or(0)));
    }

    /// The script adds a listener of events.
    pub fn listener_added(&self, scope: &v8::PinScope, listener: v8::Local<v8::Function>) {
        self.listeners.borrow_mut().add(scope, listener);
    }

    /// Whether a client has asked for the end of what runs, once.
    pub fn take_ending(&self) -> bool {
        self.ending.take()
    }

    /// How often a counter has counted.
    fn hits_of(&self, counter: usize) -> u64 {
        self.hits.borrow().of(counter)
    }

    /// Tells the clients how often the breakpoints were reached that have a counter, when that has changed.
    pub fn tell_hits(&self) {
        if self.hits.borrow_mut().take_news() {
            let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
            for session in sessions.iter().filter(|session| session.hears_loop.get()) {
                session.desk.tell_all_hits(&self.hits.borrow());
            }
        }
    }

    /// Whether something has arrived that was not looked at.
    pub fn has_mail(&self) -> bool {
        !self.inbox.incoming.is_empty() || !self.relayed.borrow().is_empty()
    }

    /// Hands what workers said to sessions of the script's, when no JavaScript runs.
    pub fn hand_on(&self) {
        for (session, text) in self.relayed.take() {
            let found = self.sessions.borrow().get(&session).cloned();
            if let Some(session) = found {
                session.client.send(text);
            }
        }
    }

    fn connect(&self, state: &State, id: SessionId, client: Peer) {
        let session = Session::connect(id, &self.v8, client, Rc::clone(&self.standing));
        self.sessions.borrow_mut().insert(id, session);
        self.somebody_came(state);
    }

    /// Ends a session; nothing when there is none of this number.
    pub fn disconnect(&self, state: &State, session: SessionId) {
        let gone = self.sessions.borrow_mut().remove(&session);
        let Some(gone) = gone else { return };
        workers::leave_all(&gone, self);
        let was_visitor = session != WINDOW && gone.client.sees_the_end();
        // V8 may call back while it ends the session.
        drop(gone);
        if was_visitor && !self.is_over.get() && !self.has_visitors() {
            let text = self.door.borrow().as_ref().map(|door| door.facts.farewell());
            say(state, text.unwrap_or_default());
        }
        self.look_at_breakpoints(state);
        self.somebody_went(state);
        if self.is_below && !self.is_attended() {
            // Whoever has started it does not wait for other clients.
            self.begun.set(true);
        }
        if self.begun.get() && !self.is_attended() {
            // Nobody is there any more to let the run go on.
            self.go_on(state);
        }
    }

    /// A session of the script with its own runtime, whose messages `function` is called with.
    pub fn connect_here(
        &self,
        scope: &v8::PinScope,
        state: &Rc<State>,
        function: v8::Local<v8::Function>,
    ) -> SessionId {
        let id = SessionId(self.next_here.get());
        self.next_here.set(id.0 + 1);
        self.connect(state, id, Peer::Here(Here::new(scope, state, function)));
        id
    }

    /// Follows a request of a session of the script's.
    pub fn follow(&self, state: &State, session: SessionId, text: &str) {
        let found = self.sessions.borrow().get(&session).cloned();
        if let Some(session) = found {
            session.follow(self, state, text);
        }
    }

    /// Lets clients in at an address; says on standard error where, or why not.
    pub fn listen(&self, state: &State, host: &str, port: u16) {
        let text = match self.open_door(state, host, port) {
            Ok(()) if !state.options.inspect.tells => String::new(),
            Ok(()) => self.door.borrow().as_ref().map(|door| door.facts.announcement()).unwrap_or_default(),
            Err(failed) => door::refusal_text(host, port, &failed),
        };
        say(state, text);
    }

    /// The same without a word on standard error.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub fn open_door(&self, state: &State, host: &str, port: u16) -> std::io::Result<()> {
        let script = match &state.options.main {
            Main::File(path) => Some(path.as_str()),
            _ => None,
        };
        let stopper = state.stopper.clone();
        let reach = Arc::new(move || stopper.request_dispatch());
        let options = &state.options.inspect;
        let at = door::Address { host, port, lists: options.lists };
        let door = state.host.borrow_mut().open_inspector(at, script, self.link.clone(), reach)?;
        *self.door.borrow_mut() = Some(door);
        self.somebody_came(state);
        Ok(())
    }

    fn listen_if_closed(&self, state: &State) {
        if self.door.borrow().is_some() {
            return;
        }
        let at = &state.options.inspect;
        self.listen(state, &at.host, at.port);
        peer::enter(state, self.isolate, |scope| {
            v8::tc_scope!(let scope, scope);
            if let Some(hook) = state.hook(scope, Hook::InspectorOpened) {
                let receiver = v8::undefined(scope).into();
                // It only replaces functions of the console.
                let _ = hook.call(scope, receiver, &[]);
            }
        });
    }

    /// Where clients come in.
    pub fn url(&self) -> Option<String> {
        self.door.borrow().as_ref().map(|door| door.facts.socket_url())
    }

    /// The port of the address where they come in.
    pub fn port(&self) -> Option<u16> {
        self.door.borrow().as_ref().map(|door| door.facts.port())
    }

    /// Lets nobody in any more and ends the sessions of those who came in.
    pub fn close_door(&self, state: &State) {
        let Some(door) = self.door.take() else { return };
        self.dispatch(state);
        door.close();
        let strangers: Vec<_> = self.sessions.borrow().keys().copied().collect();
        for session in strangers.into_iter().filter(|id| *id != WINDOW && id.0 < FIRST_HERE) {
            self.disconnect(state, session);
        }
        self.somebody_went(state);
    }

    /// A context of the module `vm` was made.
    pub fn context_created(&self, context: v8::Local<v8::Context>) {
        let number = self.other_contexts.get() + 1;
        self.other_contexts.set(number);
        strings::with_view(&format!("VM Context {number}"), |name| {
            strings::with_view(OTHER_CONTEXT, |data| self.v8.context_created(context, GROUP, name, data));
        });
    }

    /// Looks whether the stack is to be looked at from now on, or no longer, and hands on what was seen when it is time for that.
    pub fn sample(&self, state: &State, occasion: Occasion) {
        // Whoever holds the tracer is just adding to it.
        let Ok(mut tracer) = state.tracer.try_borrow_mut() else { return };
        let Some(tracer) = tracer.as_mut() else { return };
        let wanted = if occasion == Occasion::End { 0 } else { tracer.sampling() };
        let Ok(mut sampler) = self.sampler.try_borrow_mut() else { return };
        if wanted == 0 && sampler.is_none() {
            return;
        }
        let now = || state.host.try_borrow().map_or(0, |host| host.now()).saturating_sub(state.started);
        let rest = if let Occasion::Sleep(rest) = occasion { rest } else { 0 };
        let begins = now();
        let is_done = |sampler: &mut Sampler| {
            sampler.interval() != wanted || sampler.is_due(begins, rest, self.sampling_cost.get())
        };
        if let Some(done) = sampler.take_if(is_done) {
            let stood = tracer.take_stood();
            let original = |seen: &sampler::Key| {
                let (script, name, at, function) = (seen.script, &seen.url, seen.at(), &seen.name);
                let place = Place { script, name, map: "", at, function, begins: true };
                state.originals.of(state, &place)
            };
            if let Some(samples) = done.end(&stood, &mut self.sampled.borrow_mut(), tracer, original) {
                tracer.samples(samples);
            }
        }
        if wanted > 0 && sampler.is_none() {
            *sampler = Some(Sampler::begin(&self.v8, wanted, now));
            self.sampling_cost.set(now().saturating_sub(begins));
        }
    }

    /// The loop goes to sleep, which profiles show.
    pub fn idle_started(&self) {
        // Nothing that led to it is left.
        self.aims.forget_scheduled();
        self.v8.idle_started();
    }

    /// It is awake again.
    pub fn idle_finished(&self) {
        self.v8.idle_finished();
    }

    /// Tells the clients of an exception that ends the program.
    pub fn exception_thrown(
        &self,
        context: v8::Local<v8::Context>,
        scope: &v8::PinScope,
        exception: v8::Local<v8::Value>,
    ) {
        let message = v8::Exception::create_message(scope, exception);
        let stack = message.get_stack_trace(scope);
        let frame = stack.and_then(|stack| stack.get_frame(scope, 0));
        let script = frame.map_or(0, |frame| i32::try_from(frame.get_script_id()).unwrap_or(0));
        let name = message.get_script_resource_name(scope).filter(|name| name.is_string());
        let name = name.map(|name| convert::text(scope, name)).unwrap_or_default();
        let url = url::Url::from_file_path(&name).map_or(name, String::from);
        let text = message.get(scope).to_rust_string_lossy(scope);
        let line = message.get_line_number(scope).and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
        let column = u32::try_from(message.get_start_column() + 1).unwrap_or(0);
        let trace = self.v8.create_stack_trace(stack);
        strings::with_view("Uncaught", |short| {
            strings::with_view(&text, |text| {
                strings::with_view(&url, |url| {
                    self.v8
                        .exception_thrown(context, short, exception, text, url, line, column, trace, script);
                });
            });
        });
    }

    /// Keeps data until a client asks for it.
    pub fn keep(&self, way: Way, id: String, bytes: &[u8]) {
        self.bodies.borrow_mut().keep(way, id, bytes);
    }

    /// Whether a client has turned a domain of Node's on.
    pub fn hears(&self, domain: &str) -> bool {
        self.sessions.borrow().values().any(|session| session.domains.borrow().contains(domain))
    }

    /// Has all clients that have turned a domain of Node's on hear of something.
    pub fn emit(&self, domain: &str, message: &str) {
        let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
        for session in sessions.iter().filter(|session| session.domains.borrow().contains(domain)) {
            session.client.send(message.to_owned());
        }
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
        self.emit("NodeRuntime", r#"{"method":"NodeRuntime.waitingForDebugger","params":{}}"#);
        self.hold(state, PauseReason::Entry);
        loop {
            self.dispatch(state);
            self.run_tasks(state);
            if self.begun.get() || state.stop.load(Ordering::Relaxed) || self.wait(state) == pause::Wait::Over
            {
                break;
            }
        }
        self.release(state);
    }

    /// As [`Inspector::wait_for_client`], in the middle of the script.
    pub fn wait_for_another(&self, state: &State) {
        self.begun.set(false);
        self.wait_for_client(state);
    }

    /// A callback was handed to the runtime: its stack is what debuggers show as the origin of the callback.
    pub fn task_scheduled(
        &self,
        scope: &mut v8::PinScope,
        state: &State,
        (task, kind): (TaskId, TaskKind),
        (name, callback): (&str, v8::Local<v8::Function>),
    ) {
        if !task.is_some() {
            return;
        }
        let recurring = kind == TaskKind::Interval;
        let tell = || {
            // SAFETY: V8 never looks behind the pointer, it only tells tasks apart by it.
            strings::with_view(name, |name| unsafe {
                self.v8.async_task_scheduled(name, key(task), recurring)
            });
        };
        match self.entering.elsewhere(scope, callback) {
            Some(context) => {
                let _inside = v8::ContextScope::new(scope, context);
                tell();
            }
            None => tell(),
        }
        self.born(state, task);
    }

    /// It starts.
    pub fn task_started(&self, task: TaskId) {
        // SAFETY: as above.
        unsafe { self.v8.async_task_started(self.key_of(task)) };
    }

    /// It ended.
    pub fn task_finished(&self, task: TaskId) {
        // SAFETY: as above.
        unsafe { self.v8.async_task_finished(self.key_of(task)) };
        self.forget_event(task);
        self.aims.task_ended();
    }

    /// A reaction to a promise ended.
    pub fn reaction_finished(&self) {
        self.aims.task_ended();
    }

    /// It will not run.
    pub fn task_cancelled(&self, task: TaskId) {
        self.forget_event(task);
        // SAFETY: as above.
        unsafe { self.v8.async_task_canceled(key(task)) };
    }
}

/// V8 itself numbers promises and uses odd numbers as their keys (`2n + 1`); even ones are never among them.
fn key(task: TaskId) -> *const c_void {
    std::ptr::without_provenance((task.0 as usize) << 1)
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
    if let Some(inspector) = state.any_inspector() {
        // V8 crashes when it is to look for effects while it does so already, and confuses times: what has arrived is followed
        // right after.
        if !inspector.looks.get() {
            inspector.dispatch(&state);
        }
    }
}

impl Drop for Inspector {
    fn drop(&mut self) {
        // In a program that goes on after the run, nobody is to come in any more.
        if let Some(door) = self.door.take() {
            door.close();
        }
    }
}

/// Writes to standard error, where no JavaScript is at hand.
fn say(state: &State, text: String) {
    let bytes = text.into_bytes();
    // Standard error being closed leaves nobody to tell.
    drop(state.call(Request::System(SystemRequest::WriteStandard { fd: 2, bytes })));
}
