//! Chrome's trace event format (JSON): read by Perfetto, chrome://tracing and the Firefox Profiler.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use loopscope_protocol::state::Op;
use loopscope_protocol::{
    ConsoleStream, Event, EventKind, LoopId, LoopState, Nanos, OpId, TaskId, TaskKind, TextId,
};
use serde_json::{Value, json};

use super::{ExportError, Part, frame_name, micros, title};
use crate::runs::Runs;
use crate::sampled::{Callbacks, bars};

/// The process of the main thread's rows; those of a worker are that many further.
const PROCESS: u32 = 1;
/// The row of the loop.
const LOOP: u32 = 1;
const PHASES: u32 = 2;
const COLLECTIONS: u32 = 3;
/// The first row of a kind of callback.
const KINDS: u32 = 10;
/// What was seen of the stack.
const SAMPLED: u32 = 60;
/// The first row of a thread of the pool.
const POOL: u32 = 100;

/// The process that stands for a loop.
fn process(on: LoopId) -> u32 {
    PROCESS + u32::from(on.0)
}

struct Trace<'a> {
    out: &'a mut dyn Write,
    is_first: bool,
    by_kind: bool,
    state: LoopState,
    runs: Runs,
    /// When callbacks ran, if the stack was sampled.
    callbacks: Option<Callbacks>,
    /// What each thread of the pool works on since when.
    slots: HashMap<(LoopId, u16), (OpId, Nanos)>,
    ops: HashMap<OpId, (TextId, TextId)>,
    /// Arrows that begin where a task was created, with the row they begin in.
    arrows: HashMap<TaskId, Nanos>,
    pool_rows: u16,
    /// The beginning of the phase; its end repeats what it says, which some readers need to tell what ends.
    phases: HashMap<LoopId, Value>,
    /// The beginnings of the callbacks that run.
    begun: HashMap<TaskId, Value>,
}

/// See the module.
pub fn write(part: &Part<'_>, by_kind: bool, out: &mut dyn Write) -> Result<(), ExportError> {
    let state = part.past.state_at(part.range.start)?;
    let mut trace = Trace {
        out,
        is_first: true,
        by_kind,
        runs: Runs::from_state(&state),
        state,
        callbacks: (!part.past.sampled().is_empty()).then(Callbacks::default),
        slots: HashMap::new(),
        ops: HashMap::new(),
        arrows: HashMap::new(),
        pool_rows: 0,
        phases: HashMap::new(),
        begun: HashMap::new(),
    };
    trace.out.write_all(b"{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n")?;
    trace.head(&part.meta.script.join(" "))?;
    trace.goes_on()?;
    let mut failed = None;
    part.past.scan(part.range.clone(), &mut |_| true, &mut |number, event| {
        failed = trace.event(number, event).err();
        trace.state.event(event);
        failed.is_none()
    })?;
    if let Some(failed) = failed {
        return Err(failed.into());
    }
    let end = trace.state.now;
    let loops: Vec<LoopId> =
        std::iter::once(LoopId::MAIN).chain(trace.state.workers.keys().copied()).collect();
    for on in loops {
        if let Some(&outermost) = trace.runs.stack_of(on).first() {
            trace.runs_end(outermost, end)?;
        }
    }
    if let Some(callbacks) = trace.callbacks.take() {
        trace.sampled(part, &callbacks)?;
    }
    for begin in std::mem::take(&mut trace.phases).into_values() {
        trace.end(begin, end)?;
    }
    for slot in 0..trace.pool_rows {
        trace.row(POOL + u32::from(slot), &format!("pool thread {slot}"))?;
    }
    trace.out.write_all(b"\n]}\n")?;
    Ok(())
}

impl Trace<'_> {
    fn put(&mut self, event: &Value) -> std::io::Result<()> {
        if !std::mem::take(&mut self.is_first) {
            self.out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *self.out, event).map_err(std::io::Error::from)
    }

    fn row(&mut self, row: u32, name: &str) -> std::io::Result<()> {
        self.row_on(LoopId::MAIN, row, name)
    }

    fn row_on(&mut self, on: LoopId, row: u32, name: &str) -> std::io::Result<()> {
        let pid = process(on);
        self.put(&json!({"ph": "M", "pid": pid, "tid": row, "name": "thread_name", "args": {"name": name}}))?;
        self.put(&json!({"ph": "M", "pid": pid, "tid": row, "name": "thread_sort_index",
            "args": {"sort_index": row}}))
    }

    fn head(&mut self, script: &str) -> std::io::Result<()> {
        self.process_head(LoopId::MAIN, if script.is_empty() { "script" } else { script })?;
        for (id, name) in self.workers() {
            self.process_head(id, &name)?;
        }
        Ok(())
    }

    /// Workers that have been started.
    fn workers(&self) -> Vec<(LoopId, String)> {
        self.state.workers.keys().map(|id| (*id, self.state.name_worker(*id))).collect()
    }

    /// The rows of a loop.
    fn process_head(&mut self, on: LoopId, name: &str) -> std::io::Result<()> {
        self.put(&json!({"ph": "M", "pid": process(on), "tid": LOOP, "name": "process_name",
            "args": {"name": name}}))?;
        if self.by_kind {
            for kind in TaskKind::ALL {
                self.row_on(on, KINDS + kind as u32, kind.name())?;
            }
        } else {
            self.row_on(on, LOOP, "event loop")?;
        }
        self.row_on(on, PHASES, "phases")?;
        self.row_on(on, COLLECTIONS, "garbage collection")
    }

    /// What had begun before the part, as if it began with it.
    fn goes_on(&mut self) -> std::io::Result<()> {
        let (at, on) = (self.state.now, self.state.on);
        let loops: Vec<LoopId> =
            std::iter::once(LoopId::MAIN).chain(self.state.workers.keys().copied()).collect();
        for id in loops {
            for task in self.runs.stack_of(id).to_vec() {
                self.run_begins(task, at)?;
            }
            let state = self.state.workers.get(&id).map_or(&self.state, |worker| &worker.state);
            let ops: Vec<_> = state.io.ops.iter().map(|(op, known)| (*op, known.clone())).collect();
            let slots = state.io.slots.clone();
            // What follows is told of this loop.
            self.state.on = id;
            for (op, Op { name, target, task, .. }) in ops {
                self.event(0, &Event { at, kind: EventKind::OpStarted { op, name, target, task } })?;
            }
            for (slot, op) in (0..).zip(slots) {
                let Some(op) = op else { continue };
                self.event(0, &Event { at, kind: EventKind::SlotTaken { slot, op } })?;
            }
        }
        self.state.on = on;
        Ok(())
    }

    fn row_of(&self, kind: TaskKind) -> u32 {
        if self.by_kind { KINDS + kind as u32 } else { LOOP }
    }

    fn event(&mut self, number: u64, event: &Event) -> std::io::Result<()> {
        // Slices are told by their begin and end: with a start and a length readers would add fractions of microseconds, and
        // what follows without a gap would seem to overlap.
        if let EventKind::TaskEnded { task, .. } = event.kind {
            self.runs_end(task, event.at)?;
        }
        let run = self.runs.take(number, event);
        if let (Some(run), Some(callbacks)) = (run, &mut self.callbacks) {
            callbacks.take(&run);
        }
        if let EventKind::TaskStarted { task } = event.kind {
            self.run_begins(task, event.at)?;
        }
        let at = micros(event.at);
        let pid = process(self.state.on);
        match event.kind {
            EventKind::WorkerStarted { id, .. } => {
                let name = self.state.name_worker(id);
                self.process_head(id, &name)
            }
            EventKind::TaskCreated { task, parent, .. } => self.arrow_begins(task, parent, event.at),
            EventKind::PhaseEntered { phase, turn, .. } => {
                self.phase_ends(event.at)?;
                let value = json!({"ph": "B", "pid": pid, "tid": PHASES, "cat": "phase",
                    "name": format!("{phase:?}").to_lowercase(), "ts": at, "args": {"turn": turn}});
                self.put(&value)?;
                self.phases.insert(self.state.on, value);
                Ok(())
            }
            EventKind::PhaseLeft { .. } => self.phase_ends(event.at),
            EventKind::OpStarted { op, name, target, task } => {
                self.ops.insert(op, (name, target));
                let names = &self.state.names;
                let value = json!({"ph": "b", "cat": "io", "id": format!("{:#x}", op.0), "pid": pid, "tid": LOOP,
                    "name": names.text(name), "ts": at,
                    "args": {"target": names.text(target), "task": task.0}});
                self.put(&value)
            }
            EventKind::OpCompleted { op, bytes, error } => {
                let Some((name, _)) = self.ops.remove(&op) else { return Ok(()) };
                let names = &self.state.names;
                let value = json!({"ph": "e", "cat": "io", "id": format!("{:#x}", op.0), "pid": pid, "tid": LOOP,
                    "name": names.text(name), "ts": at,
                    "args": {"bytes": bytes, "error": names.text(error)}});
                self.put(&value)
            }
            EventKind::SlotTaken { slot, op } => {
                self.slots.insert((self.state.on, slot), (op, event.at));
                self.pool_rows = self.pool_rows.max(slot.saturating_add(1));
                Ok(())
            }
            EventKind::SlotFreed { slot } => self.slot_freed(slot, event.at),
            EventKind::Console { stream, text, .. } => {
                let name = if stream == ConsoleStream::Stdout { "console" } else { "console (error)" };
                self.instant(name, event.at, text)
            }
            EventKind::Exception { text, .. } => self.instant("uncaught exception", event.at, text),
            EventKind::UnhandledRejection { text, .. } => self.instant("unhandled rejection", event.at, text),
            EventKind::Gc { kind, duration } => {
                let start = micros(event.at.saturating_sub(duration));
                self.put(&json!({"ph": "X", "pid": pid, "tid": COLLECTIONS, "cat": "gc",
                    "name": format!("{kind:?}"), "ts": start, "dur": micros(duration)}))
            }
            EventKind::Heap { used, total } => self.put(&json!({"ph": "C", "pid": pid, "name": "heap",
                "ts": at, "args": {"used": used, "free": total.saturating_sub(used)}})),
            EventKind::Exit { code, reason } => self
                .put(&json!({"ph": "i", "s": "g", "pid": pid, "tid": LOOP,
                "cat": "exit", "name": format!("exit {code}: {reason:?}"), "ts": at})),
            _ => Ok(()),
        }
    }

    /// What was seen of the stack, in a row of its own for each loop.
    fn sampled(&mut self, part: &Part<'_>, callbacks: &Callbacks) -> Result<(), ExportError> {
        let (from, to) = (part.past.time_of(part.range.start)?, part.past.time_of(part.range.end)?);
        let mut named = HashSet::new();
        for (number, head) in part.past.sampled().iter().enumerate() {
            if head.to < from || head.from > to {
                continue;
            }
            let samples = part.past.samples(number)?;
            if named.insert(head.on) {
                self.row_on(head.on, SAMPLED, "sampled stack")?;
            }
            // Slices that begin or end at the same time: the outer ones begin first, the inner ones end first.
            let mut edges = Vec::new();
            for bar in bars(&samples, &mut |at| callbacks.at(head.on, at)) {
                if bar.start < bar.end && bar.start >= from && bar.end <= to {
                    let inwards = bar.depth as i64;
                    edges.push((bar.end, -1 - inwards, bar));
                    edges.push((bar.start, inwards, bar));
                }
            }
            edges.sort_by_key(|edge| (edge.0, edge.1));
            for (at, order, bar) in edges {
                let names = &self.state.names;
                let value = json!({"ph": if order < 0 { "E" } else { "B" }, "pid": process(head.on), "tid": SAMPLED,
                    "cat": "sampled", "name": frame_name(names, bar.place), "ts": micros(at),
                    "args": {"at": names.describe(bar.place), "samples": bar.count,
                        "interval (ms)": head.interval as f64 / 1e6}});
                self.put(&value)?;
            }
        }
        Ok(())
    }

    fn phase_ends(&mut self, at: Nanos) -> std::io::Result<()> {
        self.phases.remove(&self.state.on).map_or(Ok(()), |begin| self.end(begin, at))
    }

    fn run_begins(&mut self, task: TaskId, at: Nanos) -> std::io::Result<()> {
        let Some(run) = self.runs.get(task).copied() else { return Ok(()) };
        let names = &self.state.names;
        let value = json!({"ph": "B", "pid": process(task.on()), "tid": self.row_of(run.kind), "cat": run.kind.name(),
            "name": title(names, &run), "ts": micros(at),
            "args": {"task": run.task.0, "kind": run.kind.name(), "parent": run.parent.0,
                "scheduled at": names.describe(run.site),
                "waited (ms)": run.started.saturating_sub(run.ready) as f64 / 1e6}});
        self.put(&value)?;
        self.begun.insert(task, value);
        self.arrow_ends(task, at)
    }

    /// A callback ends, and with it what it has begun and what was cut off.
    fn runs_end(&mut self, task: TaskId, at: Nanos) -> std::io::Result<()> {
        let stack = self.runs.stack_of(task.on());
        let Some(index) = stack.iter().rposition(|other| *other == task) else { return Ok(()) };
        for task in stack[index..].iter().rev().copied().collect::<Vec<_>>() {
            if let Some(begin) = self.begun.remove(&task) {
                self.end(begin, at)?;
            }
        }
        Ok(())
    }

    /// Ends a slice that began like this.
    fn end(&mut self, mut begin: Value, at: Nanos) -> std::io::Result<()> {
        begin["ph"] = "E".into();
        begin["ts"] = micros(at).into();
        self.put(&begin)
    }

    fn instant(&mut self, name: &str, at: Nanos, text: TextId) -> std::io::Result<()> {
        let value = json!({"ph": "i", "s": "t", "pid": process(self.state.on), "tid": LOOP, "cat": "console", "name": name,
            "ts": micros(at), "args": {"text": self.state.names.text(text)}});
        self.put(&value)
    }

    fn slot_freed(&mut self, slot: u16, at: Nanos) -> std::io::Result<()> {
        let Some((op, since)) = self.slots.remove(&(self.state.on, slot)) else { return Ok(()) };
        let (name, target) = self.ops.get(&op).copied().unwrap_or_default();
        let names = &self.state.names;
        let value = json!({"ph": "X", "pid": process(self.state.on), "tid": POOL + u32::from(slot), "cat": "pool",
            "name": names.text(name), "ts": micros(since), "dur": micros(at.saturating_sub(since)),
            "args": {"target": names.text(target)}});
        self.put(&value)
    }

    /// Arrows lie between two slices: from a task's creation inside its parent's run.
    fn arrow_begins(&mut self, task: TaskId, parent: TaskId, at: Nanos) -> std::io::Result<()> {
        let Some(row) = self.runs.get(parent).map(|parent| self.row_of(parent.kind)) else { return Ok(()) };
        self.arrows.insert(task, at);
        self.put(
            &json!({"ph": "s", "cat": "cause", "name": "cause", "id": task.0, "pid": process(parent.on()), "tid": row,
            "ts": micros(at)}),
        )
    }

    fn arrow_ends(&mut self, task: TaskId, at: Nanos) -> std::io::Result<()> {
        if self.arrows.remove(&task).is_none() {
            return Ok(());
        }
        let Some(row) = self.runs.get(task).map(|run| self.row_of(run.kind)) else { return Ok(()) };
        self.put(&json!({"ph": "f", "bp": "e", "cat": "cause", "name": "cause", "id": task.0, "pid": process(task.on()),
            "tid": row, "ts": micros(at)}))
    }
}
