//! What is known of the promises of a traced run, and what of it is told.
//!
//! What V8 reports (V8 15.2): `then` and `await` announce the promise of their reaction when it is made, naming the
//! promise they wait for as its parent, and surround the reaction with *before* and *after* of that promise.
//! `await` of something that is no promise first wraps it: the wrapper is announced with the async function's own
//! promise as parent and resolved at once, and is no reaction. A promise resolved with another promise runs a job of
//! its own, reported as *before* and *after* of a promise that was never announced as a reaction.

use loopscope_protocol::{Nanos, PlaceId, Queue, TaskId, TaskKind};

use super::promise_number::Numbers;
use crate::trace::{Recent, Tracer};

/// What is known of the promises of a run. Promises carry a serial number in their internal field.
#[derive(Default)]
pub struct Promises {
    last: u32,
    /// The numbers that promises carry.
    pub numbers: Numbers,
    /// Reactions that have not run, by the serial number of their own promise.
    reactions: Recent<u32, Reaction>,
    /// Serial numbers of reactions that wait for a promise, by its serial number.
    waiting: Recent<u32, Waiting>,
    /// A promise that was just announced with a parent: a reaction unless it is resolved next.
    candidate: Option<Candidate>,
    /// The wrapper that `await` made last, with the time and the place of that.
    wrapper: Option<Candidate>,
    /// The reaction at whose start a client wants the run to stand.
    pub aimed: Option<u32>,
    /// Promises whose resolution began; whether they are settled shows only afterwards.
    resolving: Vec<(u32, v8::Global<v8::Promise>)>,
}

struct Reaction {
    task: TaskId,
    ready: bool,
}

/// Reactions that wait for one promise: mostly there is one.
struct Waiting {
    first: u32,
    more: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Candidate {
    serial: u32,
    parent: u32,
    settled: bool,
    made: Made,
}

/// When and where a promise was made.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    /// The time.
    pub at: Nanos,
    /// The place.
    pub site: PlaceId,
}

/// A reaction that is about to start.
#[derive(Debug, Clone, Copy)]
pub struct Starting {
    /// Its task.
    pub task: TaskId,
    /// Nothing is known of what it waited for, so it is ready only now.
    pub late: bool,
}

impl Promises {
    /// Reports what could not be reported before: call this ahead of any other event.
    #[inline(never)]
    pub fn settle(&mut self, isolate: &v8::Isolate, tracer: &mut Tracer) {
        if let Some(candidate) = self.candidate.take() {
            self.announce(tracer, candidate);
        }
        if self.resolving.is_empty() {
            return;
        }
        let mut resolving = std::mem::take(&mut self.resolving);
        for (serial, promise) in resolving.drain(..) {
            // SAFETY: the isolate, of which only a look is wanted whether it is the promise's own, is borrowed meanwhile;
            // the promise is only asked for its state.
            let state = unsafe {
                let mut isolate = v8::Isolate::from_raw_isolate_ptr(isolate.as_raw_isolate_ptr());
                promise.open(&mut isolate).state()
            };
            if state != v8::PromiseState::Pending {
                self.release(tracer, serial);
            }
        }
        self.resolving = resolving;
    }

    /// Whether [`Promises::settle`] has something to do.
    #[inline]
    pub fn has_open_questions(&self) -> bool {
        self.candidate.is_some() || !self.resolving.is_empty()
    }

    /// The serial number of the promise that was just announced, if that is not told yet.
    pub fn candidate(&self) -> Option<u32> {
        self.candidate.as_ref().map(|candidate| candidate.serial)
    }

    /// It turned out to be a reaction.
    fn announce(&mut self, tracer: &mut Tracer, candidate: Candidate) {
        let Made { at, site } = candidate.made;
        let task = tracer.at(at).create(TaskKind::PromiseReaction, site, site);
        if candidate.settled {
            tracer.ready(task, Queue::Microtask);
        } else if let Some(waiting) = self.waiting.get_mut(candidate.parent) {
            waiting.more.push(candidate.serial);
        } else {
            let waiting = Waiting { first: candidate.serial, more: Vec::new() };
            self.waiting.insert(candidate.parent, waiting);
        }
        self.reactions.insert(candidate.serial, Reaction { task, ready: candidate.settled });
    }

    /// The promise is settled: the reactions that wait for it are ready.
    fn release(&mut self, tracer: &mut Tracer, serial: u32) {
        let Some(waiting) = self.waiting.remove(serial) else { return };
        for waiting in std::iter::once(waiting.first).chain(waiting.more) {
            if let Some(reaction) = self.reactions.get_mut(waiting).filter(|reaction| !reaction.ready) {
                reaction.ready = true;
                tracer.ready(reaction.task, Queue::Microtask);
            }
        }
    }

    fn new_serial(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    /// The serial number of a promise, which gets one if it has none.
    #[inline]
    pub fn serial(&mut self, scope: Option<&v8::PinScope>, promise: v8::Local<v8::Promise>) -> u32 {
        let known = self.numbers.of(scope, promise);
        if known != 0 {
            return known;
        }
        let new = self.new_serial();
        self.numbers.give(scope, promise, new);
        new
    }

    /// When and where the wrapper was made that `await` now waits for.
    #[inline]
    pub fn wrapper(&self, parent: u32) -> Option<Made> {
        self.wrapper.filter(|wrapper| parent != 0 && wrapper.serial == parent).map(|wrapper| wrapper.made)
    }

    /// A promise was made that waits for `parent`.
    #[inline]
    pub fn made(
        &mut self,
        scope: Option<&v8::PinScope>,
        promise: v8::Local<v8::Promise>,
        parent: v8::Local<v8::Promise>,
        made: Made,
    ) {
        let serial = self.new_serial();
        self.numbers.give(scope, promise, serial);
        let settled = parent.state() != v8::PromiseState::Pending;
        let parent = self.serial(scope, parent);
        self.wrapper = None;
        self.candidate = Some(Candidate { serial, parent, settled, made });
    }

    /// A promise is about to be resolved or rejected.
    #[inline]
    pub fn resolving(&mut self, isolate: &v8::Isolate, serial: u32, promise: v8::Local<v8::Promise>) {
        if serial == 0 {
            // Nobody waits for it.
            return;
        }
        if self.candidate.is_some_and(|candidate| candidate.serial == serial) {
            // A wrapper that `await` made: nothing runs when it settles but the reaction that follows.
            self.wrapper = self.candidate.take();
            self.aimed = self.aimed.filter(|&aimed| aimed != serial);
        }
        if self.waiting.get(serial).is_some() {
            self.resolving.push((serial, v8::Global::new(isolate, promise)));
        }
    }

    /// The reaction of this promise is about to start, if it was announced.
    #[inline]
    pub fn starts(&mut self, serial: u32) -> Option<Starting> {
        let reaction = self.reactions.get_mut(serial)?;
        let late = !std::mem::replace(&mut reaction.ready, true);
        Some(Starting { task: reaction.task, late })
    }

    /// The job that adopts the state of another promise is about to start: nobody announced it.
    pub fn adopts(&mut self, tracer: &mut Tracer, serial: u32) -> TaskId {
        let task = tracer.create(TaskKind::PromiseReaction, PlaceId::NONE, PlaceId::NONE);
        tracer.ready(task, Queue::Microtask);
        self.reactions.insert(serial, Reaction { task, ready: true });
        task
    }

    /// The reaction of this promise has ended, if there was one.
    #[inline]
    pub fn ended(&mut self, serial: u32) -> Option<TaskId> {
        self.reactions.remove(serial).map(|reaction| reaction.task)
    }
}
