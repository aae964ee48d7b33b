//! Reads the trace of real Node.js (`node --trace-events-enabled`) as a run, as far as its data goes.
//!
//! The format is Chrome's trace events; what Node writes in it is described at <https://nodejs.org/api/tracing.html>. Callbacks
//! come from the category `node.async_hooks`, phases from `node.environment`, file operations from `node.fs`, collections
//! from `v8`. Functions, source lines, delays of timers and the exit code are not in it.

use std::collections::HashMap;
use std::io::Read;

use loopscope_protocol::{
    Event, EventKind, ExitReason, GcKind, HandleId, Nanos, OpId, Outcome, Phase, Place, PlaceId, PollTimeout,
    Queue, Record, TaskId, TaskKind, TextId,
};
use serde::Deserialize;
use serde_json::Value;

use crate::history::History;
use crate::past::Past as _;
use crate::recording::Meta;

/// How such a file begins.
pub const START: &str = "{\"traceEvents\":[";

/// A file may have this many bytes; what Node writes into one is far less, then it begins another one.
const MOST: u64 = 1 << 30;

/// Why a trace cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum NodeTraceError {
    /// Reading failed.
    #[error("the trace cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is something else.
    #[error("this is no trace of Node: it should begin with {START}")]
    NoTrace,
    /// There are no callbacks in it.
    #[error(
        "the trace holds no callbacks; record it with \
         `node --trace-event-categories node,v8,node.async_hooks FILE`"
    )]
    NoCallbacks,
}

/// A run read from a trace.
#[derive(Debug)]
pub struct NodeTrace {
    /// The run.
    pub history: History,
    /// What is known of it.
    pub meta: Meta,
    /// What could not be read.
    pub problems: Vec<String>,
}

/// An event of the trace.
#[derive(Debug, Clone, Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    cat: String,
    ph: String,
    #[serde(default)]
    ts: f64,
    #[serde(default)]
    dur: f64,
    #[serde(default)]
    id: Value,
    #[serde(default)]
    args: Value,
}

impl Entry {
    fn id(&self) -> u64 {
        match &self.id {
            Value::Number(number) => number.as_u64().unwrap_or(0),
            Value::String(text) => u64::from_str_radix(text.trim_start_matches("0x"), 16).unwrap_or(0),
            _ => 0,
        }
    }

    fn has(&self, category: &str) -> bool {
        self.cat.split(',').any(|cat| cat == category)
    }
}

/// Reads a trace.
///
/// # Errors
/// When it cannot be read, is something else or holds nothing to show. Of a trace that was cut off the rest is read.
pub fn read_node_trace(input: impl Read) -> Result<NodeTrace, NodeTraceError> {
    let mut bytes = Vec::new();
    input.take(MOST).read_to_end(&mut bytes)?;
    let mut rest = bytes.strip_prefix(START.as_bytes()).ok_or(NodeTraceError::NoTrace)?;
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    loop {
        rest = rest.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
        if rest.first() == Some(&b']') {
            break;
        }
        let mut stream = serde_json::Deserializer::from_slice(rest).into_iter::<Entry>();
        match stream.next() {
            Some(Ok(entry)) => {
                rest = &rest[stream.byte_offset()..];
                entries.push(entry);
            }
            Some(Err(failed)) if failed.is_data() => {
                // An event that looks other than expected: it is whole, so that the next one can be found.
                let mut whole =
                    serde_json::Deserializer::from_slice(rest).into_iter::<serde::de::IgnoredAny>();
                let passed = whole.next().is_some_and(|read| read.is_ok());
                if !passed {
                    break;
                }
                rest = &rest[whole.byte_offset()..];
            }
            _ => {
                problems.push(format!("the trace ends in the middle, after {} events", entries.len()));
                break;
            }
        }
    }
    entries.sort_by(|one, other| one.ts.total_cmp(&other.ts));
    let mut reader = Reader::new(&entries);
    for entry in &entries {
        reader.take(entry);
    }
    reader.finish(problems)
}

/// Something that happens, before everything is in order.
struct Step {
    at: Nanos,
    /// Among steps at the same time, lower ones come first.
    rank: u8,
    kind: EventKind,
}

struct Reader {
    origin: f64,
    steps: Vec<Step>,
    records: Vec<Record>,
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
    sync: Vec<(String, f64)>,
    node: String,
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

impl Reader {
    fn new(entries: &[Entry]) -> Self {
        let mut calls: HashMap<u64, u32> = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.has("node.async_hooks")) {
            if entry.name.ends_with("_CALLBACK") && matches!(entry.ph.as_str(), "B" | "b") {
                *calls.entry(entry.id()).or_default() += 1;
            }
        }
        let origin = entries.iter().map(|entry| entry.ts).find(|ts| *ts > 0.0).unwrap_or(0.0);
        Self {
            origin,
            steps: Vec::new(),
            records: Vec::new(),
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
            node: String::new(),
            ended: false,
        }
    }

    fn at(&self, ts: f64) -> Nanos {
        ((ts - self.origin).max(0.0) * 1000.0) as Nanos
    }

    fn step(&mut self, ts: f64, rank: u8, kind: EventKind) {
        self.steps.push(Step { at: self.at(ts), rank, kind });
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
        self.records.push(Record::Text { id, text: text.into() });
        id
    }

    fn take(&mut self, entry: &Entry) {
        if let Some((task, op)) = self.unnamed.take() {
            let is_name = entry.has("node.fs.async") && entry.ph == "b";
            let name = if is_name { format!("fs.{}", entry.name) } else { "fs".to_owned() };
            let (name, target) = (self.text(&name), TextId::NONE);
            self.step(entry.ts, 1, EventKind::OpStarted { op, task, name, target });
        }
        match entry.name.as_str() {
            "version" if entry.ph == "M" => {
                self.node = entry.args["node"].as_str().unwrap_or("").to_owned();
            }
            "bootstrapComplete" => self.main_starts(entry.ts),
            "loopStart" => {
                self.main_ends(entry.ts);
                self.turn = self.turn.max(1);
            }
            "loopExit" => self.exit(entry.ts),
            "RunTimers" if entry.ph == "X" => self.phase(Phase::Timers, entry),
            "CheckImmediate" if entry.ph == "X" => self.phase(Phase::Check, entry),
            name if entry.has("node.module_timer") && name.starts_with("require('") => self.module(entry),
            name if entry.has("node.fs.sync") => self.sync(name.to_owned(), entry),
            _ if entry.has("node.async_hooks") => self.resource(entry),
            name if entry.ph == "X" && entry.has("v8") => {
                let kind = match name {
                    "MinorGC" | "V8.GCScavenger" => GcKind::Scavenge,
                    "MajorGC" | "V8.GCCompactor" | "V8.GCFinalizeMC" => GcKind::MarkCompact,
                    _ => return,
                };
                let duration = (entry.dur.max(0.0) * 1000.0) as Nanos;
                self.step(entry.ts + entry.dur, 5, EventKind::Gc { kind, duration });
            }
            _ => {}
        }
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

    /// The first module that is required is the main script.
    fn module(&mut self, entry: &Entry) {
        let path = entry.name.trim_start_matches("require('").trim_end_matches("')");
        if self.main.path.is_empty() && entry.ph == "b" {
            self.main.path = path.to_owned();
        } else if self.main.path == path && entry.ph == "e" {
            self.main_ends(entry.ts);
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

    fn sync(&mut self, name: String, entry: &Entry) {
        if entry.ph == "B" {
            self.sync.push((name, entry.ts));
            return;
        }
        if let Some((name, since)) = self.sync.pop().filter(|known| known.0 == name) {
            let duration = ((entry.ts - since).max(0.0) * 1000.0) as Nanos;
            let name = self.text(&name.replace("fs.sync.", "fs."));
            let (target, place) = (TextId::NONE, PlaceId::NONE);
            self.step(entry.ts, 2, EventKind::SyncOp { name, target, place, duration });
        }
    }

    /// What async_hooks tells of a resource.
    fn resource(&mut self, entry: &Entry) {
        let id = entry.id();
        match (entry.name.strip_suffix("_CALLBACK"), entry.ph.as_str()) {
            (None, "b") => self.created(id, &entry.name, entry),
            (None, "e") => self.destroyed(id, entry.ts),
            (Some(name), "b" | "B") => self.started(id, name, entry.ts),
            (Some(_), "e" | "E") => {
                if let Some(&(task, _)) = self.tasks.get(&id) {
                    self.step(entry.ts, 3, EventKind::TaskEnded { task, outcome: Outcome::Returned });
                }
            }
            _ => {}
        }
    }

    fn created(&mut self, id: u64, name: &str, entry: &Entry) {
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
            _ => return self.handle_opened(id, name, entry),
        };
        let parent = entry.args["data"]["executionAsyncId"].as_u64().unwrap_or(0);
        let task = self.new_task(id, kind, parent, entry.ts);
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

    fn handle_opened(&mut self, id: u64, name: &str, entry: &Entry) {
        self.handles.insert(id, PlaceId::NONE);
        let (name, target) = (self.text(name), TextId::NONE);
        self.step(entry.ts, 1, EventKind::HandleOpened { handle: HandleId(id), name, target });
    }

    fn started(&mut self, id: u64, name: &str, ts: f64) {
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

    fn finish(mut self, mut problems: Vec<String>) -> Result<NodeTrace, NodeTraceError> {
        if self.calls.is_empty() {
            return Err(NodeTraceError::NoCallbacks);
        }
        if !self.ended {
            problems.push("the trace does not tell how the run ended".to_owned());
        }
        let path = std::mem::take(&mut self.main.path);
        let script = self.text(&path);
        let place = Place { script, function: TextId::NONE, line: u32::from(!path.is_empty()), column: 0 };
        self.records.push(Record::Place { id: PlaceId(1), place });
        let mut history = History::default();
        for record in &self.records {
            history.apply(record);
        }
        self.steps.sort_by_key(|step| (step.at, step.rank));
        for step in &self.steps {
            // What Node goes on with while it cleans up is no part of the run.
            if history.state().ended.is_none() {
                history.apply(&Record::Event(Event { at: step.at, kind: step.kind }));
            }
        }
        debug_assert!(!history.is_empty());
        let remarks = vec![
            "A trace of Node: it does not tell functions, source lines, delays of timers, phases other than timers and check, \
             nor the exit code, which is shown as 0."
                .to_owned(),
        ];
        let script = if path.is_empty() { Vec::new() } else { vec![path] };
        let meta = Meta { program: format!("node {}", self.node), script, remarks, ..Meta::default() };
        Ok(NodeTrace { history, meta, problems })
    }
}
