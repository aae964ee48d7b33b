//! Makes the stream of records.

mod handles;
mod tasks;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::Receiver;
use loopscope_protocol::{
    Drain, Event, EventKind, HandleId, Nanos, Outcome, PauseReason, Phase, Place, PlaceId, PollTimeout,
    Queue, Record, Samples, Source, TaskId, TaskKind, TextId,
};
use rustc_hash::FxHashMap;

use super::merge::{Joined, Joining, Merge};
use super::observer::{Moment, Observer, Sampling, Waited};
use super::places::{PlaceKey, Places};
use super::progress::Progress;
use super::recent::Recent;
use super::requests::Requests;
use super::texts::{Numbered, Texts};
use crate::inspect::Attended;
use tasks::{Known, Waiting};

/// Records are handed on when there are this many: enough that handing on costs next to nothing, few enough that the
/// memory allocator keeps such a piece at hand instead of asking the system for it each time.
const BATCH: usize = 2048;

/// Bytes of a text that scripts were made from, beyond which it is not handed on.
const LONGEST_SOURCE: usize = 4 << 20;

/// Records wait no longer than this for company, in nanoseconds.
const PATIENCE: Nanos = 8_000_000;

/// The size of the heap is reported no more often than this, in nanoseconds.
const HEAP_INTERVAL: Nanos = 50_000_000;

/// Pauses that are remembered until the next samples.
const PAUSES: usize = 4096;

/// What an operation or a handle does, and to what.
struct Target {
    name: Arc<str>,
    about: Arc<str>,
}

/// Whether a run stands still before a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It does not.
    No,
    /// It did for a moment, so that it can be followed.
    Delayed,
    /// It does.
    Paused(PauseReason),
}

/// Makes the records of one run.
pub struct Tracer {
    observer: Box<dyn Observer>,
    /// See [`Observer::attention`].
    attention: Option<Arc<AtomicBool>>,
    /// The stream that workers share, once there was one.
    merge: Option<Arc<Merge>>,
    /// What came from workers before theirs: see [`Joined`].
    joined: Option<Joined>,
    batch: Vec<Record>,
    texts: Texts,
    places: Places,
    /// All places so far.
    known_places: Vec<Place>,
    /// Places without their function, where they were asked for.
    nameless: FxHashMap<PlaceId, PlaceId>,
    last_task: u64,
    /// Tasks on the stack with their kinds, the running one last.
    stack: Vec<(TaskId, TaskKind)>,
    /// Kinds of the tasks that have not ended.
    kinds: Recent<TaskId, Known>,
    /// Operations behind tasks, by name and target.
    targets: FxHashMap<TaskId, Arc<Target>>,
    /// Handles by name and target.
    handles: FxHashMap<HandleId, Arc<Target>>,
    requests: Requests,
    /// The names of requests to others and of those that are served, once there was one.
    request_names: [TextId; 2],
    waiting: Waiting,
    phase: Option<Phase>,
    turn: u32,
    now: Nanos,
    /// How long after the main thread's run this one began.
    offset: Nanos,
    /// When records were last handed on.
    flushed: Nanos,
    /// When the size of the heap is to be reported next.
    next_heap: Nanos,
    /// The loop may have slept, or the run stood still, and nothing has started since.
    slept: bool,
    /// Drains that have begun, and whether that was reported: an empty one never is.
    drains: Vec<(Drain, bool)>,
    /// What ended last in a drain, and when.
    ended: Option<(TaskId, Nanos)>,
    /// The task that threw, until something else starts.
    threw: TaskId,
    /// A module's evaluation of which V8 says nothing: see [`Tracer::imply`].
    implied: Option<TaskId>,
    progress: Progress,
    /// How often the stack is looked at.
    sampling: Sampling,
    /// Times in which the run stood still, and since when it does, while the stack is looked at.
    stood: Vec<Range<Nanos>>,
    stands: Option<Nanos>,
}

impl Tracer {
    /// A tracer whose records go to `observer`.
    pub fn new(observer: Box<dyn Observer>) -> Self {
        Self {
            sampling: observer.sampling(),
            attention: observer.attention(),
            stood: Vec::new(),
            stands: None,
            observer,
            merge: None,
            joined: None,
            batch: Vec::with_capacity(BATCH),
            texts: Texts::default(),
            places: Places::default(),
            known_places: Vec::new(),
            nameless: FxHashMap::default(),
            last_task: 0,
            stack: Vec::new(),
            kinds: Recent::default(),
            targets: FxHashMap::default(),
            handles: FxHashMap::default(),
            requests: Requests::default(),
            request_names: [TextId::NONE; 2],
            waiting: Waiting::default(),
            phase: None,
            turn: 0,
            now: 0,
            offset: 0,
            flushed: 0,
            next_heap: 0,
            slept: false,
            drains: Vec::new(),
            ended: None,
            threw: TaskId::NONE,
            implied: None,
            progress: Progress::default(),
        }
    }

    /// The tracer of a worker whose own clock begins at `began` on the host's; clients of its inspector may hold it, and
    /// `bell` rings when they want something. Without `joined` nobody else listens.
    pub fn of_worker(joined: Option<Joined>, began: Nanos, bell: Receiver<()>) -> Self {
        let last_task = joined.as_ref().map_or(0, |joined| joined.id.base());
        let offset = joined.as_ref().map_or(0, |joined| began.saturating_sub(joined.origin));
        let joining = joined.clone().map(|joined| Box::new(Joining::new(joined, began)) as Box<dyn Observer>);
        Self { last_task, joined, offset, ..Self::new(Box::new(Attended::new(joining, bell))) }
    }

    /// Reports that a worker is started, when somebody listens to its thread as well. `origin` is the beginning of this
    /// thread's run on the host's clock.
    pub fn start_worker(&mut self, name: &str, origin: Nanos) -> Option<Joined> {
        let (merge, origin) = match (&self.joined, &self.merge) {
            // A worker of a worker: its records go the same way.
            (Some(joined), _) => (joined.merge.clone(), joined.origin),
            (None, Some(merge)) => (Arc::downgrade(merge), origin),
            (None, None) => {
                let sink = self.observer.sink()?;
                self.flush();
                let merge = Merge::new(sink, self.texts.last(), self.last_place());
                let weak = Arc::downgrade(&merge);
                self.merge = Some(merge);
                (weak, origin)
            }
        };
        let id = merge.upgrade()?.open()?;
        let (task, name) = (self.running(), self.text(name));
        self.emit(EventKind::WorkerStarted { id, task, name });
        // The worker's own records come after this.
        self.flush();
        Some(Joined { id, origin, merge, sampling: self.sampling.clone() })
    }

    /// Reports that the running callback takes up a message.
    pub fn message_taken(&mut self, from: TaskId) {
        let task = self.running();
        if task.is_some() && from.is_some() {
            self.emit(EventKind::MessageTaken { task, from });
        }
    }

    /// Sets the time of the events that follow. Time never goes back.
    #[inline]
    pub fn at(&mut self, now: Nanos) -> &mut Self {
        self.now = self.now.max(now);
        self
    }

    /// The time last set.
    pub fn now(&self) -> Nanos {
        self.now
    }

    /// The same since the main thread's run began.
    pub fn time_of_run(&self) -> Nanos {
        self.now + self.offset
    }

    /// Adds an event at the time last set.
    #[inline(always)]
    pub fn emit(&mut self, kind: EventKind) {
        self.emit_at(self.now, kind);
    }

    /// Adds an event that happened at another time: threads report what they did when the loop asks for it.
    #[inline(always)]
    pub fn emit_at(&mut self, at: Nanos, kind: EventKind) {
        self.make_room();
        let length = self.batch.len();
        if let Some(slot) = self.batch.spare_capacity_mut().first_mut() {
            // Made where it stays: what is made elsewhere in small pieces and moved in large ones makes the processor wait for
            // the pieces.
            slot.write(Record::Event(Event { at, kind }));
            // SAFETY: there is room for one more, and it was just written.
            unsafe { self.batch.set_len(length + 1) };
        }
    }

    /// Has room for at least one more record.
    #[inline(always)]
    fn make_room(&mut self) {
        if self.batch.len() >= BATCH {
            self.flush();
        }
        if self.batch.len() == self.batch.capacity() {
            self.grow();
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.batch.reserve(BATCH);
    }

    /// Hands on what there is.
    #[cold]
    #[inline(never)]
    pub fn flush(&mut self) {
        self.flushed = self.now;
        if !self.batch.is_empty() {
            match &self.merge {
                Some(merge) => merge.put_main(&mut self.batch, &mut *self.observer),
                None => self.observer.records(&mut self.batch),
            }
            self.batch.clear();
        }
    }

    /// The number of a text that will come again.
    pub fn text(&mut self, text: &str) -> TextId {
        self.name(text).id
    }

    fn name(&mut self, text: &str) -> Numbered {
        if text.is_empty() {
            return Numbered { id: TextId::NONE, text: "".into(), is_new: false };
        }
        let name = self.texts.name(text);
        self.define_text(&name);
        name
    }

    /// What an operation or a handle is about: that may come again soon.
    fn about(&mut self, text: &str) -> Numbered {
        let about = self.texts.recent(text);
        self.define_text(&about);
        about
    }

    fn define_text(&mut self, text: &Numbered) {
        if text.is_new {
            self.batch.push(Record::Text { id: text.id, text: text.text.as_ref().into() });
        }
    }

    /// The number of a text that hardly comes again, such as a console line: it is not looked up.
    pub fn text_once(&mut self, text: &str) -> TextId {
        let id = self.texts.next();
        self.batch.push(Record::Text { id, text: text.into() });
        id
    }

    /// The places that have a number.
    #[inline]
    pub fn places(&mut self) -> &mut Places {
        &mut self.places
    }

    /// Defines a place.
    pub fn define_place(&mut self, key: PlaceKey, script: &str, function: &str) -> PlaceId {
        let id = self.place_once(script, function, key.line, key.column);
        self.places.insert(key, id);
        id
    }

    /// Hands on a text that scripts were made from, unless that is too long to be kept.
    pub fn source(&mut self, path: &str, text: String) {
        if text.len() <= LONGEST_SOURCE {
            self.batch.push(Record::Source(Box::new(Source { path: path.to_owned(), text })));
        }
    }

    /// Defines a place that hardly comes again; it cannot be looked up.
    pub fn place_once(&mut self, script: &str, function: &str, line: u32, column: u32) -> PlaceId {
        let (script, function) = (self.text(script), self.text(function));
        self.add_place(Place { script, function, line, column })
    }

    fn add_place(&mut self, place: Place) -> PlaceId {
        self.known_places.push(place.clone());
        let id = PlaceId(self.last_place());
        self.batch.push(Record::Place { id, place });
        id
    }

    /// The number of the last place; they count from 1.
    fn last_place(&self) -> u32 {
        u32::try_from(self.known_places.len()).unwrap_or(u32::MAX)
    }

    /// The line of a place, without the function around it: what the runtime schedules for that line is not that function.
    #[inline]
    pub fn nameless(&mut self, place: PlaceId) -> PlaceId {
        let Some(known) = self.known_place(place).filter(|known| known.function != TextId::NONE) else {
            return place;
        };
        if let Some(&nameless) = self.nameless.get(&place) {
            return nameless;
        }
        let id = self.add_place(Place { function: TextId::NONE, ..known });
        self.nameless.insert(place, id);
        id
    }

    fn known_place(&self, place: PlaceId) -> Option<Place> {
        self.known_places.get((place.0 as usize).checked_sub(1)?).cloned()
    }

    /// A place of the runtime's own, given as its module and a name there: `node:net socketTimeout`.
    pub fn runtime_place(&mut self, owner: &str) -> PlaceId {
        let (module, name) = owner.split_once(' ').unwrap_or((owner, ""));
        // Texts have one number each, and V8 numbers no script like that.
        let key = PlaceKey { script: i32::MIN, line: self.text(owner).0, column: 0 };
        if let Some(known) = self.places.get(key) {
            return known;
        }
        let place = self.place_once(module, name, 0, 0);
        self.places.insert(key, place);
        place
    }

    /// The task that is running.
    #[inline]
    pub fn running(&self) -> TaskId {
        self.stack.last().map_or(TaskId::NONE, |entry| entry.0)
    }

    /// The task in which what was thrown last was thrown: the one that is running, or has just ended with it.
    pub fn thrower(&self) -> TaskId {
        self.stack.last().map_or(self.threw, |entry| entry.0)
    }

    /// A script does something at this place. Where none of its callbacks runs in the midst of microtasks, that is a module which
    /// waited for the top-level `await` of another one: V8 evaluates it without a word, so it is reported now, from the end of
    /// what let it go on.
    #[inline]
    pub fn imply(&mut self, site: PlaceId) {
        if self.stack.is_empty()
            && matches!(self.drains.last(), Some((Drain::Microtasks, _)))
            && let Some((before, at)) = self.ended
        {
            self.imply_after(before, at, site);
        }
    }

    #[cold]
    #[inline(never)]
    fn imply_after(&mut self, before: TaskId, at: Nanos, site: PlaceId) {
        let Some(place) = self.known_place(site) else { return };
        let is_next =
            matches!(self.batch.last(), Some(Record::Event(Event { kind: EventKind::TaskEnded { .. }, .. })));
        let now = self.now;
        if is_next {
            self.now = at;
        }
        let place = Place { function: TextId::NONE, line: 1, column: 1, ..place };
        let id = self.add_place(place);
        let task = self.create_by(before, TaskKind::ModuleEvaluation, id, PlaceId::NONE);
        self.ready(task, Queue::Microtask);
        self.start(task);
        (self.now, self.implied) = (now, Some(task));
    }

    /// Whatever begins or ends now ends what was implied.
    #[inline]
    fn end_implied(&mut self) {
        if let Some(task) = self.implied {
            self.end_of_implied(task);
        }
    }

    #[cold]
    #[inline(never)]
    fn end_of_implied(&mut self, task: TaskId) {
        self.implied = None;
        self.end(task, Outcome::Returned);
    }

    /// Notes that next ticks or microtasks are about to run. It is reported when the first of them starts.
    pub fn drain_begins(&mut self, drain: Drain) {
        self.drains.push((drain, false));
    }

    /// Whether the end of this drain is something to report.
    pub fn has_drained(&self, drain: Drain) -> bool {
        self.implied.is_some()
            || self
                .drains
                .iter()
                .rposition(|entry| entry.0 == drain)
                .is_some_and(|index| self.drains[index..].iter().any(|entry| entry.1))
    }

    /// Reports the end of a drain in which something ran.
    pub fn drain_ends(&mut self, drain: Drain) {
        self.end_implied();
        self.ended = None;
        let Some(index) = self.drains.iter().rposition(|entry| entry.0 == drain) else { return };
        // Those above it were cut off by an exception.
        let reported = self.drains.drain(index..).any(|entry| entry.1);
        if reported {
            self.emit(EventKind::DrainLeft { drain });
        }
    }

    /// A drain inside another one, which a callback caused by itself, belongs to the outer one.
    #[inline]
    fn report_drain(&mut self) {
        if let Some(&(drain, false)) = self.drains.last() {
            self.report_new_drain(drain);
        }
    }

    #[inline(never)]
    fn report_new_drain(&mut self, drain: Drain) {
        if !self.drains.iter().any(|entry| entry.1) {
            if let Some(last) = self.drains.last_mut() {
                last.1 = true;
            }
            self.emit(EventKind::DrainEntered { drain });
        }
    }

    /// Whether the size of the heap is to be reported now.
    pub fn heap_is_due(&mut self) -> bool {
        let due = self.now >= self.next_heap;
        if due {
            self.next_heap = self.now + HEAP_INTERVAL;
        }
        due
    }

    /// Looks whether the run stands still before a task, because it was `asked` to or the observer wants it. Whoever calls
    /// waits with [`Tracer::wait`] then.
    pub fn hold_before(&mut self, task: TaskId, asked: Option<PauseReason>) -> Held {
        self.report_drain();
        let moment = self.moment(task);
        let delay = self.observer.delay(moment, self.now);
        if delay > 0 {
            self.flush();
            self.observer.sleep(delay);
        }
        if let Some(reason) = asked {
            self.observer.hold(reason);
        }
        match asked.or_else(|| self.observer.pause_before(moment)) {
            Some(reason) => {
                self.paused(reason, task);
                Held::Paused(reason)
            }
            None if delay > 0 => Held::Delayed,
            None => Held::No,
        }
    }

    /// Whether a task may start without [`Tracer::hold_before`].
    #[inline]
    pub fn lets_all_pass(&self) -> bool {
        self.attention.as_ref().is_none_or(|attention| !attention.load(Ordering::Relaxed))
    }

    /// Reports that the run stands still, before a task or in the middle of one.
    pub fn paused(&mut self, reason: PauseReason, before: TaskId) {
        self.emit(EventKind::Paused { reason, before });
        self.flush();
        self.stands = (self.sampling.micros() > 0).then_some(self.now);
    }

    /// Reports that it goes on.
    pub fn resumed(&mut self) {
        self.emit(EventKind::Resumed);
        self.slept = true;
        if let Some(since) = self.stands.take().filter(|_| self.stood.len() < PAUSES) {
            self.stood.push(since..self.now);
        }
    }

    /// How often the stack is to be looked at, in microseconds; 0 for never.
    pub fn sampling(&self) -> u32 {
        self.sampling.micros()
    }

    /// Times in which the run stood still since the last call, while the stack was looked at.
    pub fn take_stood(&mut self) -> Vec<Range<Nanos>> {
        let mut stood = std::mem::take(&mut self.stood);
        stood.extend(self.stands.map(|since| since..Nanos::MAX));
        stood
    }

    /// Hands on what was seen of the stack.
    pub fn samples(&mut self, samples: Samples) {
        self.batch.push(Record::Samples(Box::new(samples)));
        self.flush();
    }

    /// Holds the run, see [`Observer::hold`].
    pub fn hold(&mut self, reason: PauseReason) {
        self.observer.hold(reason);
    }

    /// See [`Observer::release`].
    pub fn release(&mut self) {
        self.observer.release();
    }

    /// See [`Observer::go_on`].
    pub fn go_on(&mut self) {
        self.observer.go_on();
    }

    /// See [`Observer::wait`].
    pub fn wait(&mut self) -> Waited {
        self.observer.wait()
    }

    /// What is known of a task that is about to start.
    pub fn moment(&self, task: TaskId) -> Moment {
        let kind = self.kinds.get(task).map_or(TaskKind::Microtask, |known| known.kind);
        Moment { task, kind, phase: self.phase, turn: self.turn }
    }

    /// The operation behind a task, by name and target; empty for callbacks of other kinds.
    pub fn target(&self, task: TaskId) -> String {
        let of_handle = || {
            let handle = self.kinds.get(task)?.handle;
            self.handles.get(&HandleId(handle.into()))
        };
        let target = self.targets.get(&task).or_else(of_handle);
        target.map(|target| format!("{} {}", target.name, target.about)).unwrap_or_default()
    }

    /// Whether a task has just ended in a drain that goes on: the next one begins at that very moment.
    #[inline]
    pub fn follows_at_once(&self) -> bool {
        let last = self.batch.last();
        !self.drains.is_empty()
            && matches!(last, Some(Record::Event(Event { kind: EventKind::TaskEnded { .. }, .. })))
    }

    /// Whether a phase has begun and nothing has happened in it.
    pub fn nothing_happened(&self) -> bool {
        let last = self.batch.last();
        matches!(last, Some(Record::Event(Event { kind: EventKind::PhaseEntered { .. }, .. })))
    }

    /// Reports that a phase begins.
    pub fn phase_entered(&mut self, phase: Phase, turn: u32, timeout: PollTimeout) {
        self.phase = Some(phase);
        self.turn = turn;
        self.emit(EventKind::PhaseEntered { phase, turn, timeout });
    }

    /// The loop is about to sleep: whoever watches must see that it does.
    pub fn sleeps(&mut self) {
        for kind in self.progress.rest(self.now) {
            self.emit(kind);
        }
        self.flush();
        self.slept = true;
    }

    /// Reports that a phase ends.
    pub fn phase_left(&mut self, phase: Phase) {
        self.emit(EventKind::PhaseLeft { phase });
        self.flush_if_due();
    }

    #[inline]
    fn flush_if_due(&mut self) {
        if self.now - self.flushed >= PATIENCE {
            self.flush();
        }
    }
}
