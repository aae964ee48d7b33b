//! Runs for measuring.

use loopscope_protocol::*;

/// A run as a busy server makes it: each turn an operation, its callback, a next tick, two reactions, now and then a timer.
pub struct Run {
    at: Nanos,
    task: u64,
    op: u64,
    turn: u32,
    seed: u64,
    queued: Vec<EventKind>,
    /// Timers that wait for long, so that states are not empty.
    waiting: u64,
}

impl Run {
    /// One in which so many timers wait for long.
    pub fn new(waiting: u64) -> Self {
        Self { at: 0, task: 0, op: 0, turn: 0, seed: 7, queued: Vec::new(), waiting }
    }

    fn random(&mut self, below: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % below
    }

    fn create(&mut self, parent: u64, kind: TaskKind, place: u32) -> TaskId {
        self.task += 1;
        let (task, parent) = (TaskId(self.task), TaskId(parent));
        self.queued.push(EventKind::TaskCreated {
            task,
            parent,
            kind,
            callback: PlaceId(place),
            site: PlaceId(place + 1),
        });
        task
    }

    fn run(&mut self, task: TaskId, queue: Queue) {
        self.queued.push(EventKind::TaskReady { task, queue });
        self.queued.push(EventKind::TaskStarted { task });
    }

    fn end(&mut self, task: TaskId) {
        self.queued.push(EventKind::TaskEnded { task, outcome: Outcome::Returned });
    }

    fn turn(&mut self) {
        self.turn += 1;
        let turn = self.turn;
        self.queued.push(EventKind::PhaseEntered {
            phase: Phase::Poll,
            turn,
            timeout: PollTimeout::Millis(3),
        });
        for _ in 0..3 {
            let place = self.random(40) as u32 + 1;
            let io = self.create(0, TaskKind::IoCompletion, place);
            self.op += 1;
            let op = OpId(self.op);
            let target = TextId(self.random(50) as u32 + 2);
            self.queued.push(EventKind::OpStarted { op, task: io, name: TextId(1), target });
            let bytes = self.random(100_000);
            self.queued.push(EventKind::OpCompleted { op, bytes, error: TextId::NONE });
            self.run(io, Queue::Poll);
            let tick = self.create(io.0, TaskKind::NextTick, place);
            let reaction = self.create(io.0, TaskKind::PromiseReaction, place);
            self.end(io);
            self.run(tick, Queue::NextTick);
            self.end(tick);
            self.run(reaction, Queue::Microtask);
            self.end(reaction);
        }
        self.queued.push(EventKind::PhaseLeft { phase: Phase::Poll });
        if self.waiting > 0 {
            self.waiting -= 1;
            let timer = self.create(0, TaskKind::Timeout, 3);
            self.queued.push(EventKind::TaskArmed { task: timer, due: u64::MAX / 2 });
        }
    }
}

impl Iterator for Run {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        if self.queued.is_empty() {
            self.turn();
            self.queued.reverse();
        }
        self.at += self.random(3000);
        Some(Event { at: self.at, kind: self.queued.pop()? })
    }
}

/// The texts and places that it names.
pub fn names() -> impl Iterator<Item = Record> {
    let texts =
        (1..60).map(|id| Record::Text { id: TextId(id), text: format!("/some/path/file-{id}.js").into() });
    let places = (1..60).map(|id| Record::Place {
        id: PlaceId(id),
        place: Place { script: TextId(1), function: TextId(id), line: id, column: 1 },
    });
    texts.chain(places)
}

/// Time that this thread has been on a processor, where the system tells it: what others do on the machine does not
/// count. Elsewhere the time that has gone by.
pub struct Clock {
    began: std::time::Instant,
    ran: Option<u64>,
}

impl Clock {
    /// Begins to measure.
    pub fn start() -> Self {
        Self { began: std::time::Instant::now(), ran: ran() }
    }

    /// The time since then.
    pub fn elapsed(&self) -> std::time::Duration {
        match (self.ran, ran()) {
            (Some(before), Some(now)) => std::time::Duration::from_nanos(now.saturating_sub(before)),
            _ => self.began.elapsed(),
        }
    }
}

#[cfg(unix)]
fn ran() -> Option<u64> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is that of a value that lives on.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) } != 0;
    (!failed).then_some(time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64)
}

#[cfg(not(unix))]
fn ran() -> Option<u64> {
    None
}
