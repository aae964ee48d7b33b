//! Chrome's trace event format (JSON): read by Perfetto, chrome://tracing, Chrome DevTools and the Firefox Profiler.
//!
//! Slices are told by where they start and how long they are: DevTools matches begins with ends across all rows, so that what
//! ends on one row would seem to end what began on another. Of slices inside each other the outer one is written first, which
//! is the order in which readers nest those that start together.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;

use loopscope_protocol::state::Op;
use loopscope_protocol::{
    ConsoleStream, Event, EventKind, LoopId, LoopState, Nanos, OpId, TaskId, TaskKind, TextId,
};
use serde_json::{Value, json};

use super::{ExportError, Part, frame_name, title};
use crate::runs::Runs;
use crate::sampled::{Bar, Callbacks, bars};

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

/// Microseconds, as the format counts. Some readers cut off what goes beyond nanoseconds: that must not take one with it.
fn micros(at: Nanos) -> f64 {
    let micros = at as f64 / 1e3;
    if ((micros * 1e3) as Nanos) < at { micros.next_up() } else { micros }
}

/// Where slices of one row end that lie inside each other, the outermost first: as told, in nanoseconds, and in the
/// microseconds of readers that add what lasted to the start.
#[derive(Default)]
struct Ends(Vec<(Nanos, Nanos, f64)>);

impl Ends {
    /// How long the next slice lasts, in microseconds: a nanosecond less than it did. Readers add microseconds, and some count
    /// from the first one on: what follows at once, or ends together, would seem to overlap now and then, and be dropped.
    fn lasting(&mut self, from: Nanos, to: Nanos) -> f64 {
        while self.0.last().is_some_and(|outer| outer.0 <= from) {
            self.0.pop();
        }
        let outer = self.0.last();
        let most = outer.map_or(f64::MAX, |outer| outer.2).min(micros(to.max(from)));
        let mut end = outer.map_or(to, |outer| outer.1.min(to)).saturating_sub(1).max(from);
        let start = micros(from);
        // After hours even that is not enough.
        while end > from && start + micros(end - from) > most {
            end -= 1;
        }
        let length = micros(end - from);
        self.0.push((to, end, start + length));
        length
    }
}

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
    slots: BTreeMap<(LoopId, u16), (OpId, Nanos)>,
    ops: HashMap<OpId, (TextId, TextId)>,
    /// Arrows that begin where a task was created, with the row they begin in.
    arrows: HashMap<TaskId, Nanos>,
    pool_rows: u16,
    /// The phase that each loop is in.
    phases: BTreeMap<LoopId, Slice>,
    /// Of each loop the callbacks that run and those that ran inside the outermost of them, in the order in which they began.
    running: BTreeMap<LoopId, Vec<Slice>>,
}

/// Something that lasts.
struct Slice {
    /// The callback, of callbacks.
    task: TaskId,
    from: Nanos,
    /// When it ended, if it has.
    to: Option<Nanos>,
    value: Value,
    /// Arrows that begin or end when it starts: readers look for the slice among those that they have seen.
    arrows: Vec<Value>,
}

impl Slice {
    fn new(task: TaskId, from: Nanos, value: Value) -> Self {
        Self { task, from, to: None, value, arrows: Vec::new() }
    }
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
        slots: BTreeMap::new(),
        ops: HashMap::new(),
        arrows: HashMap::new(),
        pool_rows: 0,
        phases: BTreeMap::new(),
        running: BTreeMap::new(),
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
    for phase in std::mem::take(&mut trace.phases).into_values() {
        trace.single(phase.value, phase.from, end)?;
    }
    let busy: Vec<(LoopId, u16)> = trace.slots.keys().copied().collect();
    for (on, slot) in busy {
        trace.slot_freed(on, slot, end)?;
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
                let value = json!({"pid": pid, "tid": PHASES, "cat": "phase",
                    "name": format!("{phase:?}").to_lowercase(), "args": {"turn": turn}});
                let slice = Slice::new(TaskId::NONE, event.at, value);
                self.phases.insert(self.state.on, slice);
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
            EventKind::SlotFreed { slot } => self.slot_freed(self.state.on, slot, event.at),
            EventKind::Console { stream, text, .. } => {
                let name = if stream == ConsoleStream::Stdout { "console" } else { "console (error)" };
                self.instant(name, event.at, text)
            }
            EventKind::Exception { text, .. } => self.instant("uncaught exception", event.at, text),
            EventKind::UnhandledRejection { text, .. } => self.instant("unhandled rejection", event.at, text),
            EventKind::Gc { kind, duration } => {
                let value = json!({"pid": pid, "tid": COLLECTIONS, "cat": "gc", "name": format!("{kind:?}")});
                self.single(value, event.at.saturating_sub(duration), event.at)
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
            let cut = |bar: Bar| Bar { start: bar.start.max(from), end: bar.end.min(to), ..bar };
            let seen = bars(&samples, &mut |at| callbacks.at(head.on, at));
            let mut seen: Vec<Bar> = seen.into_iter().map(cut).filter(|bar| bar.start < bar.end).collect();
            seen.sort_by_key(|bar| (bar.start, bar.depth));
            let mut ends = Ends::default();
            for bar in seen {
                let names = &self.state.names;
                let value = json!({"pid": process(head.on), "tid": SAMPLED, "cat": "sampled",
                    "name": frame_name(names, bar.place), "args": {"at": names.describe(bar.place),
                        "samples": bar.count, "interval (ms)": head.interval as f64 / 1e6}});
                self.slice(value, bar.start, bar.end, &mut ends)?;
            }
        }
        Ok(())
    }

    fn phase_ends(&mut self, at: Nanos) -> std::io::Result<()> {
        let Some(mut phase) = self.phases.remove(&self.state.on) else { return Ok(()) };
        if phase.from < at {
            return self.single(phase.value, phase.from, at);
        }
        // Nothing was to be done in it. Several at once without any length are more than some readers can tell apart.
        phase.value["ph"] = "i".into();
        phase.value["s"] = "t".into();
        phase.value["ts"] = micros(at).into();
        self.put(&phase.value)
    }

    fn run_begins(&mut self, task: TaskId, at: Nanos) -> std::io::Result<()> {
        let Some(run) = self.runs.get(task).copied() else { return Ok(()) };
        let names = &self.state.names;
        let value = json!({"pid": process(task.on()), "tid": self.row_of(run.kind), "cat": run.kind.name(),
            "name": title(names, &run),
            "args": {"task": run.task.0, "kind": run.kind.name(), "parent": run.parent.0,
                "scheduled at": names.describe(run.site),
                "waited (ms)": run.started.saturating_sub(run.ready) as f64 / 1e6}});
        let mut slice = Slice::new(task, at, value);
        slice.arrows.extend(self.arrow_end(task, at));
        self.running.entry(task.on()).or_default().push(slice);
        Ok(())
    }

    /// A callback ends, and with it what it has begun and what was cut off. With the outermost one all are written.
    fn runs_end(&mut self, task: TaskId, at: Nanos) -> std::io::Result<()> {
        let on = task.on();
        let Some(running) = self.running.get_mut(&on) else { return Ok(()) };
        let Some(index) = running.iter().position(|slice| slice.task == task && slice.to.is_none()) else {
            return Ok(());
        };
        for slice in &mut running[index..] {
            slice.to.get_or_insert(at);
        }
        if index == 0 {
            let mut ends = Ends::default();
            for slice in std::mem::take(running) {
                self.slice(slice.value, slice.from, slice.to.unwrap_or(at), &mut ends)?;
                for arrow in slice.arrows {
                    self.put(&arrow)?;
                }
            }
        }
        Ok(())
    }

    /// Writes what lasts from one time to another, with nothing inside of it.
    fn single(&mut self, value: Value, from: Nanos, to: Nanos) -> std::io::Result<()> {
        self.slice(value, from, to, &mut Ends::default())
    }

    /// Writes what lasts from one time to another; `ends` are those of the slices before it.
    fn slice(&mut self, mut value: Value, from: Nanos, to: Nanos, ends: &mut Ends) -> std::io::Result<()> {
        value["ph"] = "X".into();
        value["ts"] = micros(from).into();
        value["dur"] = ends.lasting(from, to).into();
        self.put(&value)
    }

    fn instant(&mut self, name: &str, at: Nanos, text: TextId) -> std::io::Result<()> {
        let value = json!({"ph": "i", "s": "t", "pid": process(self.state.on), "tid": LOOP, "cat": "console", "name": name,
            "ts": micros(at), "args": {"text": self.state.names.text(text)}});
        self.put(&value)
    }

    fn slot_freed(&mut self, on: LoopId, slot: u16, at: Nanos) -> std::io::Result<()> {
        let Some((op, since)) = self.slots.remove(&(on, slot)) else { return Ok(()) };
        let (name, target) = self.ops.get(&op).copied().unwrap_or_default();
        let names = &self.state.names;
        let value = json!({"pid": process(on), "tid": POOL + u32::from(slot), "cat": "pool",
            "name": names.text(name), "args": {"target": names.text(target)}});
        self.single(value, since, at)
    }

    /// Arrows lie between two slices: from a task's creation inside its parent's run.
    fn arrow_begins(&mut self, task: TaskId, parent: TaskId, at: Nanos) -> std::io::Result<()> {
        let Some(row) = self.runs.get(parent).map(|parent| self.row_of(parent.kind)) else { return Ok(()) };
        self.arrows.insert(task, at);
        let on = parent.on();
        let value = json!({"ph": "s", "cat": "cause", "name": "cause", "id": task.0, "pid": process(on),
            "tid": row, "ts": micros(at)});
        let running = self.running.get_mut(&on).and_then(|running| running.last_mut());
        match running.filter(|slice| slice.from == at) {
            Some(slice) => {
                slice.arrows.push(value);
                Ok(())
            }
            None => self.put(&value),
        }
    }

    /// The end of the arrow to a task that starts.
    fn arrow_end(&mut self, task: TaskId, at: Nanos) -> Option<Value> {
        self.arrows.remove(&task)?;
        let row = self.row_of(self.runs.get(task)?.kind);
        Some(
            json!({"ph": "f", "bp": "e", "cat": "cause", "name": "cause", "id": task.0, "pid": process(task.on()),
            "tid": row, "ts": micros(at)}),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_readers_that_count_otherwise() {
        let mut seed = 1_u64;
        let mut random = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 20) % below
        };
        for _ in 0..100_000 {
            let from = random(3_600_000_000_000);
            assert_eq!((micros(from) * 1e3) as u64, from);
            // Some inside each other, many of which end together, and one that follows at once; for readers that count from the
            // first one on, too.
            let base = micros(from - random(from.min(9_000_000_000) + 1));
            let to = from + random(50_000_000);
            let (mut ends, mut outer) = (Ends::default(), (from, to, f64::MAX, u64::MAX));
            for _ in 0..3 {
                let start = outer.0 + random(outer.1 - outer.0 + 1);
                let end = if random(2) == 0 { outer.1 } else { start + random(outer.1 - start + 1) };
                if start == end {
                    break;
                }
                let length = ends.lasting(start, end);
                if length == 0.0 {
                    break;
                }
                let (added, counted) = (micros(start) + length, start + (length * 1e3) as u64);
                assert!(added <= micros(end).min(outer.2) && counted <= end.min(outer.3), "{start} {end}");
                assert!((micros(start) - base) + length <= micros(end) - base, "{start} {end} {base}");
                assert!(end - counted <= 4, "{start} {end} {counted}");
                outer = (start, end, added, counted);
            }
            assert!(ends.lasting(to, to + 1_000) >= 0.998);
        }
    }
}
