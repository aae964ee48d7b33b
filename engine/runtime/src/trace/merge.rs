//! The records of a run's threads as one stream: texts and places are numbered anew, and it is said which loop is meant.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use loopscope_protocol::{Event, EventKind, HandleId, LoopId, Nanos, OpId, Place, PlaceId, Record, TextId};

use super::observer::{Observer, Sampling};

/// Takes batches of records from any thread, in order.
pub type Sink = Arc<dyn Fn(Vec<Record>) + Send + Sync>;

/// Puts the records of all threads of a run into one stream.
pub struct Merge {
    inner: Mutex<Inner>,
    sink: Sink,
}

struct Inner {
    /// Texts and places of the stream so far.
    texts: u32,
    places: u32,
    /// The loop of the last event.
    on: LoopId,
    loops: HashMap<LoopId, Numbers>,
    last: u16,
}

/// The numbers that a loop's own ones have become.
#[derive(Default)]
struct Numbers {
    /// Up to here, numbers are the same.
    first_text: u32,
    first_place: u32,
    texts: Vec<TextId>,
    places: Vec<PlaceId>,
}

impl Numbers {
    fn text(&self, id: TextId) -> TextId {
        match id.0.checked_sub(self.first_text + 1) {
            Some(index) => self.texts.get(index as usize).copied().unwrap_or(TextId::NONE),
            None => id,
        }
    }

    fn place(&self, id: PlaceId) -> PlaceId {
        match id.0.checked_sub(self.first_place + 1) {
            Some(index) => self.places.get(index as usize).copied().unwrap_or(PlaceId::NONE),
            None => id,
        }
    }
}

impl Merge {
    /// A stream to which the main thread has given so many texts and places.
    pub fn new(sink: Sink, texts: u32, places: u32) -> Arc<Self> {
        let main = Numbers { first_text: texts, first_place: places, ..Numbers::default() };
        let loops = HashMap::from([(LoopId::MAIN, main)]);
        Arc::new(Self { inner: Mutex::new(Inner { texts, places, on: LoopId::MAIN, loops, last: 0 }), sink })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Whoever panicked did not do so between two numbers that belong together.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The loop of a new worker; `None` when there have been too many.
    pub fn open(&self) -> Option<LoopId> {
        let mut inner = self.lock();
        inner.last = inner.last.checked_add(1)?;
        let id = LoopId(inner.last);
        inner.loops.insert(id, Numbers::default());
        Some(id)
    }

    /// Puts the records of a loop into the stream; `give` hands them on before another thread's turn comes.
    fn put(&self, on: LoopId, shift: i64, batch: &mut Vec<Record>, give: impl FnOnce(&mut Vec<Record>)) {
        let mut inner = self.lock();
        let mut numbered = Vec::with_capacity(batch.len() + 1);
        for record in batch.drain(..) {
            inner.take(on, shift, record, &mut numbered);
        }
        give(&mut numbered);
        // The room for records is used again.
        numbered.clear();
        *batch = numbered;
    }

    /// Puts the records of the main thread into the stream.
    pub fn put_main(&self, batch: &mut Vec<Record>, observer: &mut dyn Observer) {
        self.put(LoopId::MAIN, 0, batch, |numbered| observer.records(numbered));
    }
}

impl Inner {
    fn take(&mut self, on: LoopId, shift: i64, record: Record, out: &mut Vec<Record>) {
        let numbers = self.loops.entry(on).or_default();
        match record {
            Record::Text { text, .. } => {
                self.texts += 1;
                let id = TextId(self.texts);
                numbers.texts.push(id);
                out.push(Record::Text { id, text });
            }
            Record::Place { place, .. } => {
                self.places += 1;
                let id = PlaceId(self.places);
                numbers.places.push(id);
                let (script, function) = (numbers.text(place.script), numbers.text(place.function));
                out.push(Record::Place { id, place: Place { script, function, ..place } });
            }
            Record::Source(source) => out.push(Record::Source(source)),
            Record::Samples(mut samples) => {
                samples.on = on;
                samples.from = samples.from.saturating_add_signed(shift);
                samples.to = samples.to.saturating_add_signed(shift);
                for frame in &mut samples.frames {
                    frame.place = numbers.place(frame.place);
                }
                for sample in &mut samples.samples {
                    sample.at = sample.at.saturating_add_signed(shift);
                }
                out.push(Record::Samples(samples));
            }
            Record::Event(event) => {
                let at = event.at.saturating_add_signed(shift);
                if self.on != on {
                    self.on = on;
                    out.push(Record::Event(Event { at, kind: EventKind::LoopEntered { id: on } }));
                }
                let kind = renumbered(event.kind, numbers, on, shift);
                out.push(Record::Event(Event { at, kind }));
            }
        }
    }
}

/// An event with the numbers of the stream.
fn renumbered(kind: EventKind, numbers: &Numbers, on: LoopId, shift: i64) -> EventKind {
    let text = |id| numbers.text(id);
    let place = |id| numbers.place(id);
    // Operations and handles are numbered by the host of each thread.
    let op = |id: OpId| OpId(id.0 | on.base());
    let handle = |id: HandleId| HandleId(id.0 | on.base());
    match kind {
        EventKind::TaskCreated { task, parent, kind, callback, site } => {
            EventKind::TaskCreated { task, parent, kind, callback: place(callback), site: place(site) }
        }
        EventKind::TaskArmed { task, due } => {
            EventKind::TaskArmed { task, due: due.saturating_add_signed(shift) }
        }
        EventKind::OpStarted { op: id, task, name, target } => {
            EventKind::OpStarted { op: op(id), task, name: text(name), target: text(target) }
        }
        EventKind::OpProgress { op: id, bytes } => EventKind::OpProgress { op: op(id), bytes },
        EventKind::OpCompleted { op: id, bytes, error } => {
            EventKind::OpCompleted { op: op(id), bytes, error: text(error) }
        }
        EventKind::SlotTaken { slot, op: id } => EventKind::SlotTaken { slot, op: op(id) },
        EventKind::HandleOpened { handle: id, name, target } => {
            EventKind::HandleOpened { handle: handle(id), name: text(name), target: text(target) }
        }
        EventKind::HandleProgress { handle: id, read, written } => {
            EventKind::HandleProgress { handle: handle(id), read, written }
        }
        EventKind::HandleRef { handle: id, refd } => EventKind::HandleRef { handle: handle(id), refd },
        EventKind::HandleTarget { handle: id, target } => {
            EventKind::HandleTarget { handle: handle(id), target: text(target) }
        }
        EventKind::HandleClosed { handle: id } => EventKind::HandleClosed { handle: handle(id) },
        EventKind::Console { stream, task, text: said, place: at } => {
            EventKind::Console { stream, task, text: text(said), place: place(at) }
        }
        EventKind::Exception { task, text: said, place: at } => {
            EventKind::Exception { task, text: text(said), place: place(at) }
        }
        EventKind::UnhandledRejection { task, text: said, place: at } => {
            EventKind::UnhandledRejection { task, text: text(said), place: place(at) }
        }
        EventKind::SyncOp { name, target, place: at, duration } => {
            EventKind::SyncOp { name: text(name), target: text(target), place: place(at), duration }
        }
        EventKind::WorkerStarted { id, task, name } => {
            EventKind::WorkerStarted { id, task, name: text(name) }
        }
        other => other,
    }
}

/// What makes the run of a worker part of its starter's stream.
#[derive(Clone)]
pub struct Joined {
    /// The loop of the worker.
    pub id: LoopId,
    /// Where it stands on the host's clock that the run of the main thread began.
    pub origin: Nanos,
    /// The stream goes with the main thread, whatever workers still do.
    pub merge: Weak<Merge>,
    /// How often the stack is looked at.
    pub sampling: Sampling,
}

/// The observer of a worker: hands its records to the stream.
pub struct Joining {
    joined: Joined,
    /// Nanoseconds from the beginning of the main thread's run to that of the worker's.
    shift: i64,
}

impl Joining {
    /// The observer of a worker whose own clock begins at `began` on the host's.
    pub fn new(joined: Joined, began: Nanos) -> Self {
        let shift = i64::try_from(began.saturating_sub(joined.origin)).unwrap_or(0);
        Self { joined, shift }
    }
}

impl Observer for Joining {
    fn records(&mut self, batch: &mut Vec<Record>) {
        match self.joined.merge.upgrade() {
            Some(merge) => {
                let sink = Arc::clone(&merge.sink);
                merge.put(self.joined.id, self.shift, batch, |numbered| sink(std::mem::take(numbered)));
            }
            None => batch.clear(),
        }
    }

    fn sampling(&self) -> Sampling {
        self.joined.sampling.clone()
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{LoopState, Outcome, Queue, TaskId, TaskKind};

    use super::*;

    struct Kept(Arc<Mutex<LoopState>>);

    impl Observer for Kept {
        fn records(&mut self, batch: &mut Vec<Record>) {
            batch.drain(..).for_each(|record| self.0.lock().unwrap().apply(&record));
        }
    }

    /// A script that runs, as a tracer of its own tells it.
    fn run(name: &str, base: u64) -> Vec<Record> {
        let (task, none) = (TaskId(base + 1), PlaceId::NONE);
        let event = |at, kind| Record::Event(Event { at, kind });
        let place = Place { script: TextId(1), function: TextId::NONE, line: 1, column: 1 };
        vec![
            Record::Text { id: TextId(1), text: name.into() },
            Record::Place { id: PlaceId(1), place },
            event(
                1,
                EventKind::TaskCreated {
                    task,
                    parent: TaskId::NONE,
                    kind: TaskKind::MainScript,
                    callback: PlaceId(1),
                    site: none,
                },
            ),
            event(1, EventKind::TaskReady { task, queue: Queue::Main }),
            event(2, EventKind::TaskStarted { task }),
        ]
    }

    #[test]
    fn the_threads_of_a_run_make_one_stream() {
        let state = Arc::new(Mutex::new(LoopState::default()));
        let told = Arc::clone(&state);
        let mut main = Kept(Arc::clone(&state));
        let mut first = run("main.js", 0);
        main.records(&mut first);
        let merge = Merge::new(
            Arc::new(move |batch| batch.iter().for_each(|record| told.lock().unwrap().apply(record))),
            1,
            1,
        );
        let id = merge.open().unwrap();
        let task = TaskId(1);
        let started = EventKind::WorkerStarted { id, task, name: TextId(2) };
        let mut second = vec![
            Record::Text { id: TextId(2), text: "pool".into() },
            Record::Event(Event { at: 3, kind: started }),
        ];
        merge.put_main(&mut second, &mut main);
        let sampling = Sampling::default();
        let joined = Joined { id, origin: 100, merge: Arc::downgrade(&merge), sampling };
        let mut worker = Joining::new(joined.clone(), 150);
        worker.records(&mut run("worker.js", id.base()));
        let ended = EventKind::TaskEnded { task, outcome: Outcome::Returned };
        merge.put_main(&mut vec![Record::Event(Event { at: 60, kind: ended })], &mut main);
        drop(merge);
        // Nobody listens any more.
        Joining::new(joined, 150).records(&mut run("late.js", id.base()));
        let state = state.lock().unwrap();
        assert_eq!(state.first_contradictions, Vec::<String>::new());
        let seen = state.seen_from(id).unwrap();
        assert_eq!(seen.name_task(TaskId(id.base() + 1)), "main script worker.js:1");
        assert_eq!((seen.stack.len(), state.stack.len()), (1, 0));
        assert_eq!(state.name_worker(id), "pool");
        assert_eq!(state.workers[&id].state.now, 52);
    }
}
