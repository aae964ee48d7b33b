//! Promise reactions as tasks, from V8's own promise hook.
//!
//! What the hook reports (V8 15.2): `then` and `await` announce the promise of their reaction with *init*, naming the
//! promise they wait for as its parent, and surround the reaction with *before* and *after* of that promise.
//! `await` of something that is no promise first wraps it: the wrapper is announced with the async function's own
//! promise as parent and resolved at once, and is no reaction. A promise resolved with another promise runs a job of
//! its own, reported as *before* and *after* of a promise that was never announced as a reaction.

use loopscope_protocol::{Nanos, PlaceId, Queue, TaskId, TaskKind};
use rustc_hash::FxHashMap;

use super::state::State;
use super::trace::{call_place, with};
use crate::trace::{Asker, Tracer};

/// What is known of the promises of a run. Promises carry a serial number in their internal field.
#[derive(Default)]
pub struct Promises {
    last: u32,
    /// Reactions that have not run, by the serial number of their own promise.
    reactions: FxHashMap<u32, Reaction>,
    /// Serial numbers of reactions that wait for a promise, by its serial number.
    waiting: FxHashMap<u32, Vec<u32>>,
    /// A promise that was just announced with a parent: a reaction unless it is resolved next.
    candidate: Option<Candidate>,
    /// The reaction at whose start a client wants the run to stand.
    aimed: Option<u32>,
    /// Promises whose resolution began; whether they are settled shows only afterwards.
    resolving: Vec<(u32, v8::Global<v8::Promise>)>,
}

struct Reaction {
    task: TaskId,
    ready: bool,
}

struct Candidate {
    serial: u32,
    parent: u32,
    settled: bool,
    at: Nanos,
    site: PlaceId,
}

impl Promises {
    /// Reports what could not be reported before: call this ahead of any other event.
    pub fn settle(&mut self, scope: &v8::PinScope, tracer: &mut Tracer) {
        if let Some(candidate) = self.candidate.take() {
            self.announce(tracer, &candidate);
        }
        for (serial, promise) in std::mem::take(&mut self.resolving) {
            if v8::Local::new(scope, &promise).state() != v8::PromiseState::Pending {
                self.release(tracer, serial);
            }
        }
    }

    /// Whether [`Promises::settle`] has something to do.
    pub fn has_open_questions(&self) -> bool {
        self.candidate.is_some() || !self.resolving.is_empty()
    }

    fn announce(&mut self, tracer: &mut Tracer, candidate: &Candidate) {
        let task = tracer.at(candidate.at).create(TaskKind::PromiseReaction, candidate.site, candidate.site);
        if candidate.settled {
            tracer.ready(task, Queue::Microtask);
        } else {
            self.waiting.entry(candidate.parent).or_default().push(candidate.serial);
        }
        self.reactions.insert(candidate.serial, Reaction { task, ready: candidate.settled });
    }

    /// The promise is settled: the reactions that wait for it are ready.
    fn release(&mut self, tracer: &mut Tracer, serial: u32) {
        for waiting in self.waiting.remove(&serial).unwrap_or_default() {
            if let Some(reaction) = self.reactions.get_mut(&waiting).filter(|reaction| !reaction.ready) {
                reaction.ready = true;
                tracer.ready(reaction.task, Queue::Microtask);
            }
        }
    }

    fn new_serial(&mut self) -> u32 {
        self.last += 1;
        self.last
    }
}

fn serial(scope: &v8::PinScope, promise: v8::Local<v8::Promise>) -> u32 {
    let field = v8::Local::<v8::Object>::from(promise).get_internal_field(scope, 0);
    let number = field.and_then(|data| v8::Local::<v8::Value>::try_from(data).ok());
    number.and_then(|value| v8::Local::<v8::Uint32>::try_from(value).ok()).map_or(0, |number| number.value())
}

fn set_serial(scope: &v8::PinScope, promise: v8::Local<v8::Promise>, serial: u32) {
    let number = v8::Integer::new_from_unsigned(scope, serial);
    v8::Local::<v8::Object>::from(promise).set_internal_field(0, number.into());
}

/// The hook; set only while a run is traced.
///
/// # Safety
/// Only V8 calls it, with live handles, on the thread of the isolate.
pub unsafe extern "C" fn hook(
    kind: v8::PromiseHookType,
    promise: v8::Local<v8::Promise>,
    parent: v8::Local<v8::Value>,
) {
    v8::callback_scope!(unsafe scope, promise);
    let state = State::of(scope);
    match kind {
        v8::PromiseHookType::Init => init(scope, &state, promise, parent),
        v8::PromiseHookType::Resolve => resolve(scope, &state, promise),
        v8::PromiseHookType::Before => before(scope, &state, promise),
        v8::PromiseHookType::After => after(scope, &state, promise),
    }
}

fn init(scope: &v8::PinScope, state: &State, promise: v8::Local<v8::Promise>, parent: v8::Local<v8::Value>) {
    with(scope, state, |tracer| {
        let mut promises = state.promises.borrow_mut();
        let new = promises.new_serial();
        set_serial(scope, promise, new);
        let Ok(parent) = v8::Local::<v8::Promise>::try_from(parent) else { return };
        let mut parent_serial = serial(scope, parent);
        if parent_serial == 0 {
            parent_serial = promises.new_serial();
            set_serial(scope, parent, parent_serial);
        }
        promises.candidate = Some(Candidate {
            serial: new,
            parent: parent_serial,
            settled: parent.state() != v8::PromiseState::Pending,
            at: tracer.now(),
            site: call_place(scope, state, tracer, Asker::Promise),
        });
    });
    look(scope, state);
}

/// Looks whether a client waits for the reaction that was just announced.
fn look(scope: &v8::PinScope, state: &State) {
    let Some(inspector) = state.inspector() else { return };
    let next = state.tracer.borrow().as_ref().map_or(TaskId::NONE, |tracer| TaskId(tracer.last_task().0 + 1));
    if !inspector.looks_for(next) {
        return;
    }
    let Some(serial) = state.promises.borrow().candidate.as_ref().map(|candidate| candidate.serial) else {
        return;
    };
    inspector.born(state, next);
    if state.promises.borrow().aimed.is_none() && inspector.awaits_here(scope) {
        state.promises.borrow_mut().aimed = Some(serial);
    }
}

fn resolve(scope: &v8::PinScope, state: &State, promise: v8::Local<v8::Promise>) {
    let serial = serial(scope, promise);
    let mut promises = state.promises.borrow_mut();
    if promises.candidate.as_ref().is_some_and(|candidate| candidate.serial == serial) {
        // A wrapper that `await` made: nothing runs when it settles but the reaction that follows.
        promises.candidate = None;
        promises.aimed = promises.aimed.filter(|&aimed| aimed != serial);
    }
    if promises.waiting.contains_key(&serial) {
        promises.resolving.push((serial, v8::Global::new(scope, promise)));
    }
}

fn before(scope: &mut v8::PinScope, state: &State, promise: v8::Local<v8::Promise>) {
    let task = with(scope, state, |tracer| {
        let mut promises = state.promises.borrow_mut();
        let mut own = serial(scope, promise);
        if own == 0 {
            own = promises.new_serial();
            set_serial(scope, promise, own);
        }
        match promises.reactions.get_mut(&own) {
            Some(reaction) => {
                if !reaction.ready {
                    reaction.ready = true;
                    tracer.ready(reaction.task, Queue::Microtask);
                }
                reaction.task
            }
            None => {
                // The job that adopts the state of another promise.
                let task = tracer.create(TaskKind::PromiseReaction, PlaceId::NONE, PlaceId::NONE);
                tracer.ready(task, Queue::Microtask);
                promises.reactions.insert(own, Reaction { task, ready: true });
                task
            }
        }
    });
    if let Some(task) = task {
        aim(scope, state, promise, task);
        super::trace::start_reaction(scope, state, task);
    }
}

/// Has the run stand still in the reaction when a client waits for it.
fn aim(scope: &v8::PinScope, state: &State, promise: v8::Local<v8::Promise>, task: TaskId) {
    let aimed = state.promises.borrow().aimed;
    if aimed.is_some_and(|aimed| aimed == serial(scope, promise)) {
        state.promises.borrow_mut().aimed = None;
        if let Some(inspector) = state.inspector() {
            inspector.resumes_in(state, task);
        }
    }
}

fn after(scope: &v8::PinScope, state: &State, promise: v8::Local<v8::Promise>) {
    let own = serial(scope, promise);
    let reaction = state.promises.borrow_mut().reactions.remove(&own);
    if let Some(reaction) = reaction {
        super::trace::end_reaction(scope, state, reaction.task);
    }
}
