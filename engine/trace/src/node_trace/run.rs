//! From the events of a thread to those of its loop.

use std::collections::{HashMap, HashSet};

use loopscope_protocol::{
    EventKind, ExitReason, GcKind, HandleId, LoopId, Nanos, OpId, Outcome, Phase, PlaceId, PollTimeout,
    Queue, TaskId, TaskKind, TextId,
};

use super::entry::{Common, Entry, What};
use super::threads::Thread;
use super::told::Told;

/// What a thread did so far. Its events come by their time; what it tells may lie later, never earlier.
pub struct Run<'a> {
    common: &'a Common,
    /// Its loop.
    id: LoopId,
    /// Of the last event.
    ts: f64,
    /// How often the callback of each resource runs.
    calls: HashMap<u64, u32>,
    /// Tasks by the number of their resource; of those that have many the last one.
    tasks: HashMap<u64, (TaskId, TaskKind)>,
    /// Tasks that opened a handle, by its resource.
    handles: HashMap<u64, TaskId>,
    last_task: u64,
    main: MainScript,
    turn: u32,
    checked: bool,
    /// A file operation whose name comes with the next event.
    unnamed: Option<(TaskId, OpId)>,
    /// When the last phase ends, and its rank among what happens then.
    left: (Nanos, u8),
    /// Resources whose callback has ended.
    done: HashSet<u64>,
    /// Operations in flight by resource.
    ops: HashMap<u64, OpId>,
    /// Operations on files by the number that the trace gives them while they are in flight, and whether they move bytes.
    files: HashMap<u64, (OpId, bool)>,
    /// What came of operations: bytes, and the code of an error.
    results: HashMap<OpId, (u64, TextId)>,
    sync: Vec<(u32, f64)>,
    ended: bool,
}

#[derive(Default)]
struct MainScript {
    path: String,
    place: PlaceId,
    started: bool,
    ended: bool,
    /// The resource in whose callback it runs.
    inside: Option<u64>,
}

/// The rank of the end of a phase: what happened in it at the same time comes before.
const LEFT: u8 = 7;

/// Workers that were not started yet, by the order in which they will be.
#[derive(Default)]
pub struct Workers {
    waiting: HashMap<u64, Thread>,
    started: u64,
}

impl Workers {
    /// The workers among the threads of a trace.
    pub fn of(threads: &[Thread]) -> Self {
        let workers = threads.iter().filter(|thread| thread.id != LoopId::MAIN);
        Self { waiting: workers.map(|thread| (u64::from(thread.id.0), thread.clone())).collect(), started: 0 }
    }

    /// The next one is started.
    fn next(&mut self) -> Option<Thread> {
        self.started += 1;
        self.waiting.remove(&self.started)
    }

    /// A thread is heard of. One whose start the trace does not tell must have been started by now.
    pub fn heard(&mut self, id: LoopId, ts: f64, told: &mut Told) {
        if let Some(thread) = self.waiting.remove(&u64::from(id.0)) {
            started(&thread, (LoopId::MAIN, TaskId::NONE), ts, told);
        }
    }
}

fn started(thread: &Thread, (on, task): (LoopId, TaskId), ts: f64, told: &mut Told) {
    let name = told.text(&thread.name);
    told.step(on, ts, 0, EventKind::WorkerStarted { id: thread.id, task, name });
}

impl<'a> Run<'a> {
    /// The run of a thread with this loop. It has to [foresee](Self::foresee) its events before it takes them.
    pub fn new(id: LoopId, common: &'a Common) -> Self {
        let script = TaskId(id.base() + 1);
        Self {
            common,
            id,
            ts: 0.0,
            calls: HashMap::new(),
            tasks: HashMap::from([(1, (script, TaskKind::MainScript))]),
            handles: HashMap::new(),
            last_task: script.0,
            main: MainScript::default(),
            turn: 0,
            checked: false,
            unnamed: None,
            left: (0, 0),
            done: HashSet::new(),
            ops: HashMap::new(),
            files: HashMap::new(),
            results: HashMap::new(),
            sync: Vec::new(),
            ended: false,
        }
    }

    /// What is known of an event that will come.
    pub fn foresee(&mut self, entry: &Entry) {
        match entry.what {
            What::Begins => *self.calls.entry(entry.id).or_default() += 1,
            // The first module that is required is the main script.
            What::ModuleBegins if self.main.path.is_empty() => self.main.path = self.name(entry).to_owned(),
            _ => {}
        }
    }

    /// All events have been foreseen.
    pub fn begin(&mut self, told: &mut Told) {
        self.main.place = told.script(&self.main.path);
    }

    /// The path of its script; empty when the trace does not tell it.
    pub fn script(&self) -> &str {
        &self.main.path
    }

    /// Whether any callback ran.
    pub fn has_run(&self) -> bool {
        !self.calls.is_empty()
    }

    /// Whether the trace told that it ended.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    fn name(&self, entry: &Entry) -> &'a str {
        self.common.names.get(entry.name as usize).map_or("", String::as_str)
    }

    fn step(&self, ts: f64, rank: u8, kind: EventKind, told: &mut Told) {
        told.step(self.id, ts, rank, kind);
    }

    /// A file operation whose name was to come with `next`.
    pub fn name_operation(&mut self, next: Option<&Entry>, told: &mut Told) {
        let Some((task, op)) = self.unnamed.take() else { return };
        let named = next.filter(|entry| entry.what == What::FileOperation);
        let name = named.map_or_else(|| "fs".to_owned(), |entry| format!("fs.{}", self.name(entry)));
        let path = named.and_then(|entry| usize::try_from(entry.parent).ok()?.checked_sub(1));
        let path = path.and_then(|path| self.common.names.get(path)).map_or("", String::as_str);
        if let Some(entry) = named {
            self.files.insert(entry.id, (op, matches!(self.name(entry), "read" | "write")));
        }
        let (name, target) = (told.text(&name), told.text(path));
        self.step(
            next.map_or(self.ts, |next| next.ts),
            1,
            EventKind::OpStarted { op, task, name, target },
            told,
        );
    }

    /// Takes the next event.
    pub fn take(&mut self, entry: &Entry, workers: &mut Workers, told: &mut Told) {
        self.ts = entry.ts;
        if entry.what != What::FileResult {
            self.name_operation(Some(entry), told);
        }
        match entry.what {
            What::Bootstrapped if self.id == LoopId::MAIN => self.main_starts(entry.ts, told),
            What::LoopStarts => {
                if self.id == LoopId::MAIN {
                    self.main_ends(entry.ts, told);
                }
                self.turn = self.turn.max(1);
            }
            What::LoopEnds => self.exit(entry.ts, told),
            What::Timers => self.phase(Phase::Timers, entry, told),
            What::Check => self.phase(Phase::Check, entry, told),
            What::ModuleEnds if self.id == LoopId::MAIN && self.main.path == self.name(entry) => {
                self.main_ends(entry.ts, told);
            }
            What::SyncBegins => self.sync.push((entry.name, entry.ts)),
            What::SyncEnds => self.sync(entry, told),
            What::Created => self.created(entry, workers, told),
            What::Destroyed => self.destroyed(entry.id, entry.ts, told),
            What::Begins => self.started(entry, told),
            What::Ends => {
                if self.main.inside == Some(entry.id) {
                    self.main.inside = None;
                    self.main_ends(entry.ts, told);
                } else if let Some(&(task, kind)) = self.tasks.get(&entry.id) {
                    if kind != TaskKind::Interval {
                        self.done.insert(entry.id);
                    }
                    self.step(entry.ts, 3, EventKind::TaskEnded { task, outcome: Outcome::Returned }, told);
                }
            }
            What::FileResult => {
                if let Some((op, moves_bytes)) = self.files.remove(&entry.id) {
                    let result = entry.parent.cast_signed();
                    let bytes = if moves_bytes { u64::try_from(result).unwrap_or(0) } else { 0 };
                    let error = if result < 0 { told.text(&error_code(result)) } else { TextId::NONE };
                    self.results.insert(op, (bytes, error));
                }
            }
            What::Scavenge => self.collected(GcKind::Scavenge, entry, told),
            What::MarkCompact => self.collected(GcKind::MarkCompact, entry, told),
            What::Bootstrapped | What::ModuleBegins | What::ModuleEnds | What::FileOperation => {}
        }
    }

    fn collected(&mut self, kind: GcKind, entry: &Entry, told: &mut Told) {
        let duration = (entry.dur * 1000.0) as Nanos;
        self.step(entry.ts + entry.dur, 5, EventKind::Gc { kind, duration }, told);
    }

    fn main_task(&self) -> TaskId {
        TaskId(self.id.base() + 1)
    }

    fn main_starts(&mut self, ts: f64, told: &mut Told) {
        if std::mem::replace(&mut self.main.started, true) {
            return;
        }
        let (task, place) = (self.main_task(), self.main.place);
        let (parent, kind) = (TaskId::NONE, TaskKind::MainScript);
        self.step(ts, 0, EventKind::TaskCreated { task, parent, kind, callback: place, site: place }, told);
        self.step(ts, 0, EventKind::TaskReady { task, queue: Queue::Main }, told);
        self.step(ts, 0, EventKind::TaskStarted { task }, told);
    }

    fn main_ends(&mut self, ts: f64, told: &mut Told) {
        if self.main.started && !std::mem::replace(&mut self.main.ended, true) {
            self.step(
                ts,
                3,
                EventKind::TaskEnded { task: self.main_task(), outcome: Outcome::Returned },
                told,
            );
        }
    }

    fn phase(&mut self, phase: Phase, entry: &Entry, told: &mut Told) {
        // Every turn has one check; the timers before the first one belong to no turn.
        if phase == Phase::Check {
            self.turn += u32::from(self.checked || self.turn == 0);
            self.checked = true;
        }
        let turn = if self.checked { self.turn } else { 0 };
        // One that begins when the last one ends, in whole microseconds, begins after that.
        let begins = told.at(entry.ts).max(self.left.0);
        let rank = if begins == self.left.0 { self.left.1.saturating_add(1) } else { 1 };
        let entered = EventKind::PhaseEntered { phase, turn, timeout: PollTimeout::Zero };
        told.step_at(self.id, begins, rank, entered);
        let ends = told.at(entry.ts + entry.dur).max(begins);
        self.left = (ends, if ends == begins { rank.saturating_add(1).max(LEFT) } else { LEFT });
        told.step_at(self.id, ends, self.left.1, EventKind::PhaseLeft { phase });
    }

    fn sync(&mut self, entry: &Entry, told: &mut Told) {
        if let Some((_, since)) = self.sync.pop().filter(|known| known.0 == entry.name) {
            let duration = ((entry.ts - since).max(0.0) * 1000.0) as Nanos;
            let name = told.text(&self.name(entry).replace("fs.sync.", "fs."));
            let (target, place) = (TextId::NONE, PlaceId::NONE);
            self.step(entry.ts, 2, EventKind::SyncOp { name, target, place, duration }, told);
        }
    }

    fn created(&mut self, entry: &Entry, workers: &mut Workers, told: &mut Told) {
        let (id, name) = (entry.id, self.name(entry));
        let calls = self.calls.get(&id).copied().unwrap_or(0);
        let kind = match name {
            "Timeout" if calls > 1 => TaskKind::Interval,
            "Timeout" => TaskKind::Timeout,
            "Immediate" => TaskKind::Immediate,
            "TickObject" => TaskKind::NextTick,
            "Microtask" => TaskKind::Microtask,
            // Most promises are no reactions: nothing runs in their name.
            "PROMISE" if calls == 0 => return,
            "PROMISE" => TaskKind::PromiseReaction,
            // Requests of HTTP live on and call back often.
            _ if name.contains("REQ") && !name.starts_with("HTTP") => TaskKind::IoCompletion,
            _ => {
                if let Some(thread) = Some(()).filter(|()| name == "WORKER").and_then(|()| workers.next()) {
                    started(&thread, (self.id, self.task_of(entry.parent)), entry.ts, told);
                }
                self.handles.insert(id, self.task_of(entry.parent));
                return self.handle_opened(id, name, entry.ts, told);
            }
        };
        let task = self.new_task(id, kind, self.task_of(entry.parent), entry.ts, told);
        match kind {
            TaskKind::NextTick => {
                self.step(entry.ts, 1, EventKind::TaskReady { task, queue: Queue::NextTick }, told)
            }
            TaskKind::Immediate => {
                self.step(entry.ts, 1, EventKind::TaskReady { task, queue: Queue::Check }, told)
            }
            TaskKind::Microtask => {
                self.step(entry.ts, 1, EventKind::TaskReady { task, queue: Queue::Microtask }, told)
            }
            TaskKind::IoCompletion => {
                let op = OpId(self.id.base() + id);
                self.ops.insert(id, op);
                if name.starts_with("FS") {
                    self.unnamed = Some((task, op));
                } else {
                    let (name, target) = (told.text(name), TextId::NONE);
                    self.step(entry.ts, 1, EventKind::OpStarted { op, task, name, target }, told);
                }
            }
            _ => {}
        }
    }

    /// The task of a resource, if it is one.
    fn task_of(&self, resource: u64) -> TaskId {
        self.tasks.get(&resource).map_or(TaskId::NONE, |known| known.0)
    }

    fn new_task(&mut self, id: u64, kind: TaskKind, parent: TaskId, ts: f64, told: &mut Told) -> TaskId {
        self.last_task += 1;
        let task = TaskId(self.last_task);
        self.tasks.insert(id, (task, kind));
        let (callback, site) = (PlaceId::NONE, PlaceId::NONE);
        self.step(ts, 1, EventKind::TaskCreated { task, parent, kind, callback, site }, told);
        task
    }

    fn handle_opened(&mut self, id: u64, name: &str, ts: f64, told: &mut Told) {
        let (name, target) = (told.text(name), TextId::NONE);
        self.step(
            ts,
            1,
            EventKind::HandleOpened { handle: HandleId(self.id.base() + id), name, target },
            told,
        );
    }

    fn started(&mut self, entry: &Entry, told: &mut Told) {
        let (id, name, ts) = (entry.id, self.name(entry), entry.ts);
        if self.id != LoopId::MAIN && name == "MESSAGEPORT" && !self.main.started {
            // The first message that a worker gets tells it to run its script, which it does at once.
            self.main.inside = Some(id);
            self.tasks.insert(id, (self.main_task(), TaskKind::MainScript));
            self.main_starts(ts, told);
            return;
        }
        if let Some(&opener) = self.handles.get(&id) {
            // Each callback of a handle is a task of its own.
            let kind = match name {
                "MESSAGEPORT" | "WORKER" => TaskKind::Message,
                "SIGNALWRAP" => TaskKind::Signal,
                _ => TaskKind::IoCompletion,
            };
            self.new_task(id, kind, opener, ts, told);
        } else if let Some(&(_, kind)) = self.tasks.get(&id).filter(|_| self.done.contains(&id)) {
            // A resource that calls back more than once.
            self.new_task(id, kind, TaskId::NONE, ts, told);
        }
        let Some(&(task, kind)) = self.tasks.get(&id) else { return };
        if let Some(op) = self.ops.remove(&id) {
            let (bytes, error) = self.results.remove(&op).unwrap_or_default();
            self.step(ts, 1, EventKind::OpCompleted { op, bytes, error }, told);
        }
        let queue = match kind {
            TaskKind::Timeout | TaskKind::Interval => Some(Queue::Timers),
            TaskKind::PromiseReaction => Some(Queue::Microtask),
            TaskKind::IoCompletion | TaskKind::Message | TaskKind::Signal => Some(Queue::Poll),
            _ => None,
        };
        if let Some(queue) = queue {
            self.step(ts, 1, EventKind::TaskReady { task, queue }, told);
        }
        self.step(ts, 1, EventKind::TaskStarted { task }, told);
    }

    fn destroyed(&mut self, id: u64, ts: f64, told: &mut Told) {
        if self.handles.remove(&id).is_some() {
            self.step(ts, 4, EventKind::HandleClosed { handle: HandleId(self.id.base() + id) }, told);
        } else if let Some(&(task, kind)) = self.tasks.get(&id)
            && (kind == TaskKind::Interval || !self.calls.contains_key(&id))
            && matches!(kind, TaskKind::Timeout | TaskKind::Interval | TaskKind::Immediate)
        {
            self.step(ts, 4, EventKind::TaskCancelled { task }, told);
        }
    }

    fn exit(&mut self, ts: f64, told: &mut Told) {
        if !std::mem::replace(&mut self.ended, true) {
            self.step(ts, u8::MAX, EventKind::Exit { code: 0, reason: ExitReason::NothingLeft }, told);
        }
    }
}

/// The code of an error as Node names it; numbers that systems do not agree upon have the same meaning on all of them.
fn error_code(result: i64) -> String {
    let code = match result.saturating_neg() {
        1 => "EPERM",
        2 => "ENOENT",
        5 => "EIO",
        9 => "EBADF",
        11 | 35 => "EAGAIN",
        13 => "EACCES",
        16 => "EBUSY",
        17 => "EEXIST",
        18 => "EXDEV",
        20 => "ENOTDIR",
        21 => "EISDIR",
        22 => "EINVAL",
        24 => "EMFILE",
        28 => "ENOSPC",
        30 => "EROFS",
        36 | 63 => "ENAMETOOLONG",
        39 | 66 => "ENOTEMPTY",
        40 | 62 => "ELOOP",
        other => return format!("error {other}"),
    };
    code.to_owned()
}
