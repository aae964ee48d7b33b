//! Figures of the past in memory and on disk: `cargo bench -p loopscope-trace --bench past -- EVENTS` (10 million without a
//! number). Prints what was measured; nothing here passes or fails.

use std::fs::File;
use std::hint::black_box;
use std::io::BufWriter;
use std::time::{Duration, Instant};

use loopscope_protocol::*;
use loopscope_trace::{History, Landmark, Meta, Past, Recording, Writer};

/// A run as a busy server makes it: each turn an operation, its callback, a next tick, two reactions, now and then a timer.
struct Run {
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
    fn new(waiting: u64) -> Self {
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

fn names() -> impl Iterator<Item = Record> {
    let texts =
        (1..60).map(|id| Record::Text { id: TextId(id), text: format!("/some/path/file-{id}.js").into() });
    let places = (1..60).map(|id| Record::Place {
        id: PlaceId(id),
        place: Place { script: TextId(1), function: TextId(id), line: id, column: 1 },
    });
    texts.chain(places)
}

fn rate(events: u64, took: Duration) -> String {
    format!("{:.1} million events a second", events as f64 / took.as_secs_f64() / 1e6)
}

fn jumps(past: &dyn Past, what: &str) {
    let (mut seed, mut longest, mut sum) = (1_u64, Duration::ZERO, Duration::ZERO);
    let count = 200;
    for _ in 0..count {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
        let began = Instant::now();
        black_box(past.state_at((seed >> 20) % past.len()).ok());
        let took = began.elapsed();
        longest = longest.max(took);
        sum += took;
    }
    println!("{what}: state at any moment {:?} on average, {longest:?} at most", sum / count);
    let middle = past.len() / 2;
    let began = Instant::now();
    for landmark in [Landmark::Callback, Landmark::Turn, Landmark::Phase] {
        black_box(past.next(middle, landmark).ok());
        black_box(past.previous(middle, landmark).ok());
    }
    println!("{what}: six steps to landmarks {:?}", began.elapsed());
}

fn main() {
    let events: u64 = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(10_000_000);
    for waiting in [0, 20_000] {
        println!("== {events} events, {waiting} timers that wait");
        let began = Instant::now();
        let mut sum = 0_u64;
        for event in Run::new(waiting).take(events as usize) {
            sum = sum.wrapping_add(event.at);
        }
        let making = began.elapsed();
        black_box(sum);

        if events <= 20_000_000 {
            let mut history = History::default();
            names().for_each(|record| history.apply(&record));
            let began = Instant::now();
            for event in Run::new(waiting).take(events as usize) {
                history.apply(&Record::Event(event));
            }
            let took = began.elapsed().saturating_sub(making);
            let (memory, _) = history.size();
            println!(
                "in memory: {}, {:.2} bytes an event",
                rate(events, took),
                memory as f64 / events as f64
            );
            jumps(&history, "in memory");
        }

        let path = std::env::temp_dir().join(format!("loopscope-bench-{}.loopscope", std::process::id()));
        let Ok(file) = File::create(&path) else { return eprintln!("no temporary file") };
        let Ok(mut writer) = Writer::new(BufWriter::new(file), &Meta::default()) else { return };
        let began = Instant::now();
        for record in names().chain(Run::new(waiting).take(events as usize).map(Record::Event)) {
            if let Err(failed) = writer.record(&record) {
                return eprintln!("{failed}");
            }
        }
        let Ok((_, bytes)) = writer.finish() else { return };
        let took = began.elapsed().saturating_sub(making);
        println!("on disk: {}, {:.2} bytes an event", rate(events, took), bytes as f64 / events as f64);
        let began = Instant::now();
        let opened = File::open(&path).map(Recording::open);
        let took = began.elapsed();
        if let Ok(Ok(recording)) = opened {
            println!("on disk: opened in {took:?}");
            jumps(&recording, "on disk");
        }
        drop(std::fs::remove_file(&path));
    }
}
