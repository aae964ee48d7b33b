//! From the events of a trace to those of a run.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use loopscope_protocol::{
    Event, EventKind, ExitReason, GcKind, HandleId, Nanos, OpId, Outcome, Phase, Place, PlaceId, PollTimeout,
    Queue, Record, TaskId, TaskKind, TextId,
};

use super::entry::{Common, Entry, What};
use super::{NodeTrace, NodeTraceError};
use crate::history::History;
use crate::past::Past as _;
use crate::recording::{ATTACHED, Meta};

/// Something that happens, before everything is in order.
struct Step {
    at: Nanos,
    /// Among steps at the same time, lower ones come first, and then those that were told of first.
    rank: u8,
    number: u64,
    kind: EventKind,
}

impl Step {
    fn order(&self) -> (Nanos, u8, u64) {
        (self.at, self.rank, self.number)
    }
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Step {}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Step {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

/// The run so far. The events of the trace come by their time; those of the run may lie later, never earlier.
pub struct Run<'a> {
    common: &'a Common,
    history: History,
    origin: f64,
    /// Of the last event.
    ts: f64,
    /// What cannot be told yet: something earlier may come.
    steps: BinaryHeap<Reverse<Step>>,
    number: u64,
    texts: HashMap<String, TextId>,
    /// How often the callback of each resource runs.
    calls: HashMap<u64, u32>,
    /// Tasks by the number of their resource; of those that have many the last one.
    tasks: HashMap<u64, (TaskId, TaskKind)>,
    handles: HashMap<u64, PlaceId>,
    last_task: u64,
    main: MainScript,
    turn: u32,
    checked: bool,
    /// A file operation whose name comes with the next event.
    unnamed: Option<(TaskId, OpId)>,
    /// Operations in flight by resource.
    ops: HashMap<u64, OpId>,
    sync: Vec<(u32, f64)>,
    ended: bool,
}

#[derive(Default)]
struct MainScript {
    path: String,
    place: PlaceId,
    started: bool,
    ended: bool,
}

const MAIN: TaskId = TaskId(1);

impl<'a> Run<'a> {
    /// The run of these events, which are in the order of their times.
    pub fn new(entries: &[Entry], common: &'a Common, history: History) -> Self {
        let mut calls: HashMap<u64, u32> = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.what == What::Begins) {
            *calls.entry(entry.id).or_default() += 1;
        }
        let origin = entries.iter().map(|entry| entry.ts).find(|ts| *ts > 0.0).unwrap_or(0.0);
        let mut run = Self {
            common,
            history,
            origin,
            ts: origin,
            steps: BinaryHeap::new(),
            number: 0,
            texts: HashMap::new(),
            calls,
            tasks: HashMap::from([(1, (MAIN, TaskKind::MainScript))]),
            handles: HashMap::new(),
            last_task: 1,
            main: MainScript::default(),
            turn: 0,
            checked: false,
            unnamed: None,
            ops: HashMap::new(),
            sync: Vec::new(),
            ended: false,
        };
        // The first module that is required is the main script.
        let first = entries.iter().find(|entry| entry.what == What::ModuleBegins);
        run.main.path = first.map(|entry| run.name(entry).to_owned()).unwrap_or_default();
        let (path, line) = (run.main.path.clone(), u32::from(!run.main.path.is_empty()));
        let place = Place { script: run.text(&path), function: TextId::NONE, line, column: 0 };
        run.history.apply(&Record::Place { id: PlaceId(1), place });
        run
    }

    fn name(&self, entry: &Entry) -> &'a str {
        self.common.names.get(entry.name as usize).map_or("", String::as_str)
    }

    fn at(&self, ts: f64) -> Nanos {
        ((ts - self.origin).max(0.0) * 1000.0) as Nanos
    }

    fn step(&mut self, ts: f64, rank: u8, kind: EventKind) {
        self.number += 1;
        self.steps.push(Reverse(Step { at: self.at(ts), rank, number: self.number, kind }));
    }

    /// Tells what lies before `until`: nothing earlier can come.
    fn tell(&mut self, until: Option<Nanos>) {
        while self.steps.peek().is_some_and(|step| until.is_none_or(|until| step.0.at < until)) {
            let Some(Reverse(step)) = self.steps.pop() else { return };
            // What Node goes on with while it cleans up is no part of the run.
            if self.history.state().ended.is_none() {
                self.history.apply(&Record::Event(Event { at: step.at, kind: step.kind }));
            }
        }
    }

    fn text(&mut self, text: &str) -> TextId {
        if text.is_empty() {
            return TextId::NONE;
        }
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let id = TextId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX).saturating_add(1));
        self.texts.insert(text.to_owned(), id);
        self.history.apply(&Record::Text { id, text: text.into() });
        id
    }

    /// A file operation whose name was to come with `next`.
    fn name_operation(&mut self, ts: f64, next: Option<&Entry>) {
        let Some((task, op)) = self.unnamed.take() else { return };
        let named = next.filter(|entry| entry.what == What::FileOperation);
        let name = named.map_or_else(|| "fs".to_owned(), |entry| format!("fs.{}", self.name(entry)));
        let (name, target) = (self.text(&name), TextId::NONE);
        self.step(ts, 1, EventKind::OpStarted { op, task, name, target });
    }

    /// Takes the next event.
    pub fn take(&mut self, entry: &Entry) {
        self.tell(Some(self.at(entry.ts)));
        self.ts = entry.ts;
        self.name_operation(entry.ts, Some(entry));
        match entry.what {
            What::Bootstrapped => self.main_starts(entry.ts),
            What::LoopStarts => {
                self.main_ends(entry.ts);
                self.turn = self.turn.max(1);
            }
            What::LoopEnds => self.exit(entry.ts),
            What::Timers => self.phase(Phase::Timers, entry),
            What::Check => self.phase(Phase::Check, entry),
            What::ModuleEnds if self.main.path == self.name(entry) => self.main_ends(entry.ts),
            What::SyncBegins => self.sync.push((entry.name, entry.ts)),
            What::SyncEnds => self.sync(entry),
            What::Created => self.created(entry),
            What::Destroyed => self.destroyed(entry.id, entry.ts),
            What::Begins => self.started(entry),
            What::Ends => {
                if let Some(&(task, _)) = self.tasks.get(&entry.id) {
                    self.step(entry.ts, 3, EventKind::TaskEnded { task, outcome: Outcome::Returned });
                }
            }
            What::Scavenge => self.collected(GcKind::Scavenge, entry),
            What::MarkCompact => self.collected(GcKind::MarkCompact, entry),
            What::ModuleBegins | What::ModuleEnds | What::FileOperation => {}
        }
    }

    fn collected(&mut self, kind: GcKind, entry: &Entry) {
        let duration = (entry.dur * 1000.0) as Nanos;
        self.step(entry.ts + entry.dur, 5, EventKind::Gc { kind, duration });
    }

    fn main_starts(&mut self, ts: f64) {
        if std::mem::replace(&mut self.main.started, true) {
            return;
        }
        let (task, place) = (MAIN, PlaceId(1));
        self.main.place = place;
        let (parent, kind) = (TaskId::NONE, TaskKind::MainScript);
        self.step(ts, 0, EventKind::TaskCreated { task, parent, kind, callback: place, site: place });
        self.step(ts, 0, EventKind::TaskReady { task, queue: Queue::Main });
        self.step(ts, 0, EventKind::TaskStarted { task });
    }

    fn main_ends(&mut self, ts: f64) {
        if self.main.started && !std::mem::replace(&mut self.main.ended, true) {
            self.step(ts, 3, EventKind::TaskEnded { task: MAIN, outcome: Outcome::Returned });
        }
    }

    fn phase(&mut self, phase: Phase, entry: &Entry) {
        // Every turn has one check; the timers before the first one belong to no turn.
        if phase == Phase::Check {
            self.turn += u32::from(self.checked || self.turn == 0);
            self.checked = true;
        }
        let turn = if self.checked { self.turn } else { 0 };
        self.step(entry.ts, 1, EventKind::PhaseEntered { phase, turn, timeout: PollTimeout::Zero });
        self.step(entry.ts + entry.dur, 7, EventKind::PhaseLeft { phase });
    }

    fn sync(&mut self, entry: &Entry) {
        if let Some((_, since)) = self.sync.pop().filter(|known| known.0 == entry.name) {
            let duration = ((entry.ts - since).max(0.0) * 1000.0) as Nanos;
            let name = self.text(&self.name(entry).replace("fs.sync.", "fs."));
            let (target, place) = (TextId::NONE, PlaceId::NONE);
            self.step(entry.ts, 2, EventKind::SyncOp { name, target, place, duration });
        }
    }

    fn created(&mut self, entry: &Entry) {
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
            _ if name.contains("REQ") => TaskKind::IoCompletion,
            _ => return self.handle_opened(id, name, entry.ts),
        };
        let task = self.new_task(id, kind, entry.parent, entry.ts);
        match kind {
            TaskKind::NextTick => {
                self.step(entry.ts, 1, EventKind::TaskReady { task, queue: Queue::NextTick })
            }
            TaskKind::Immediate => self.step(entry.ts, 1, EventKind::TaskReady { task, queue: Queue::Check }),
            TaskKind::Microtask => {
                self.step(entry.ts, 1, EventKind::TaskReady { task, queue: Queue::Microtask })
            }
            TaskKind::IoCompletion => {
                let op = OpId(id);
                self.ops.insert(id, op);
                if name.starts_with("FS") {
                    self.unnamed = Some((task, op));
                } else {
                    let (name, target) = (self.text(name), TextId::NONE);
                    self.step(entry.ts, 1, EventKind::OpStarted { op, task, name, target });
                }
            }
            _ => {}
        }
    }

    fn new_task(&mut self, id: u64, kind: TaskKind, parent: u64, ts: f64) -> TaskId {
        self.last_task += 1;
        let task = TaskId(self.last_task);
        let parent = self.tasks.get(&parent).map_or(TaskId::NONE, |parent| parent.0);
        self.tasks.insert(id, (task, kind));
        let (callback, site) = (PlaceId::NONE, PlaceId::NONE);
        self.step(ts, 1, EventKind::TaskCreated { task, parent, kind, callback, site });
        task
    }

    fn handle_opened(&mut self, id: u64, name: &str, ts: f64) {
        self.handles.insert(id, PlaceId::NONE);
        let (name, target) = (self.text(name), TextId::NONE);
        self.step(ts, 1, EventKind::HandleOpened { handle: HandleId(id), name, target });
    }

    fn started(&mut self, entry: &Entry) {
        let (id, name, ts) = (entry.id, self.name(entry), entry.ts);
        if self.handles.contains_key(&id) {
            // Each callback of a handle is a task of its own.
            let kind = match name {
                "MESSAGEPORT" | "WORKER" => TaskKind::Message,
                "SIGNALWRAP" => TaskKind::Signal,
                _ => TaskKind::IoCompletion,
            };
            self.new_task(id, kind, 0, ts);
        }
        let Some(&(task, kind)) = self.tasks.get(&id) else { return };
        if let Some(op) = self.ops.remove(&id) {
            self.step(ts, 1, EventKind::OpCompleted { op, bytes: 0, error: TextId::NONE });
        }
        let queue = match kind {
            TaskKind::Timeout | TaskKind::Interval => Some(Queue::Timers),
            TaskKind::PromiseReaction => Some(Queue::Microtask),
            TaskKind::IoCompletion | TaskKind::Message | TaskKind::Signal => Some(Queue::Poll),
            _ => None,
        };
        if let Some(queue) = queue {
            self.step(ts, 1, EventKind::TaskReady { task, queue });
        }
        self.step(ts, 1, EventKind::TaskStarted { task });
    }

    fn destroyed(&mut self, id: u64, ts: f64) {
        if self.handles.remove(&id).is_some() {
            self.step(ts, 4, EventKind::HandleClosed { handle: HandleId(id) });
        } else if let Some(&(task, kind)) = self.tasks.get(&id)
            && (kind == TaskKind::Interval || !self.calls.contains_key(&id))
            && matches!(kind, TaskKind::Timeout | TaskKind::Interval | TaskKind::Immediate)
        {
            self.step(ts, 4, EventKind::TaskCancelled { task });
        }
    }

    fn exit(&mut self, ts: f64) {
        if !std::mem::replace(&mut self.ended, true) {
            self.step(ts, 9, EventKind::Exit { code: 0, reason: ExitReason::NothingLeft });
        }
    }

    /// The whole run.
    ///
    /// # Errors
    /// When there are no callbacks in it.
    pub fn finish(mut self, mut problems: Vec<String>) -> Result<NodeTrace, NodeTraceError> {
        if self.calls.is_empty() {
            return Err(NodeTraceError::NoCallbacks);
        }
        self.name_operation(self.ts, None);
        self.tell(None);
        if !self.ended {
            problems.push("the trace does not tell how the run ended".to_owned());
        }
        if self.history.is_empty() {
            return Err(NodeTraceError::NoCallbacks);
        }
        let remarks = vec![
            "A trace of Node: it does not tell functions, source lines, delays of timers, phases other than timers and check, \
             nor the exit code, which is shown as 0."
                .to_owned(),
        ];
        let script = if self.main.path.is_empty() { Vec::new() } else { vec![self.main.path] };
        let program = format!("{ATTACHED}{}", self.common.node);
        let meta = Meta { program, script, remarks, ..Meta::default() };
        Ok(NodeTrace { history: self.history, meta, problems })
    }
}
