//! What lies in the rows: gathered from events, things too narrow to tell apart together.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use loopscope_protocol::state::{Names, duration};
use loopscope_protocol::{
    ConsoleStream, Event, EventKind, HandleId, LoopId, LoopState, Nanos, OpId, Outcome, Phase, TaskKind,
    TextId,
};

use super::super::flames::Flame;
use super::super::{frame_name, title};
use crate::runs::Run;

/// Things that would be narrower than this are drawn together with their neighbours.
pub const LEAST: f64 = 0.8;

/// Rows of operations or handles that overlap.
const OVERLAPPING: usize = 8;

/// Rows of callbacks inside callbacks.
const NESTED: usize = 8;

/// Waiting is drawn from this length on, and so many times in a row of callbacks.
const WAITS: (f64, usize) = (3.0, 5000);

/// Grey: scripts, and what has no kind.
const GREY: &str = "#8a8a8a";
const IO: &str = "#0072b2";

/// Colours of Okabe and Ito, which colour-blind people tell apart.
pub fn color(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::NextTick => "#d55e00",
        TaskKind::Microtask | TaskKind::PromiseReaction => "#cc79a7",
        TaskKind::Timeout | TaskKind::Interval => "#e69f00",
        TaskKind::IoCompletion | TaskKind::Message | TaskKind::Signal => IO,
        TaskKind::Immediate => "#009e73",
        TaskKind::Close | TaskKind::Finalizer => "#56b4e9",
        TaskKind::MainScript | TaskKind::ModuleEvaluation | TaskKind::Event => GREY,
    }
}

/// How long something ran, in words: without the time in which the run stood still.
fn ran(length: Nanos, stood: Nanos) -> String {
    let ran = duration(length.saturating_sub(stood));
    if stood == 0 { ran } else { format!("{ran}, and stood still for {}", duration(stood)) }
}

/// Names of the rows of callbacks from top to bottom.
pub const KINDS: [&str; 8] =
    ["script", "timers", "immediates", "I/O callbacks", "close", "messages", "next ticks", "promises"];

/// The row of a kind.
fn row_of(kind: TaskKind) -> usize {
    match kind {
        TaskKind::MainScript | TaskKind::ModuleEvaluation | TaskKind::Event => 0,
        TaskKind::Timeout | TaskKind::Interval => 1,
        TaskKind::Immediate => 2,
        TaskKind::IoCompletion => 3,
        TaskKind::Close | TaskKind::Finalizer => 4,
        TaskKind::Message | TaskKind::Signal => 5,
        TaskKind::NextTick => 6,
        TaskKind::Microtask | TaskKind::PromiseReaction => 7,
    }
}

/// A bar, or several that are too narrow to tell apart.
pub struct Bar {
    /// The left end, in the picture's units.
    pub from: f64,
    /// The right end.
    pub to: f64,
    /// How many it stands for.
    pub count: u64,
    /// The name on it.
    pub name: String,
    /// What is said of it.
    pub text: String,
    /// Its colour.
    pub color: &'static str,
    /// Whether something went wrong.
    pub threw: bool,
    /// Where the run stood still in it.
    pub stood: Vec<(f64, f64)>,
}

/// The bars of a row, in the order of time.
#[derive(Default)]
pub struct Row(pub Vec<Bar>);

impl Row {
    fn add(
        &mut self,
        (from, to): (f64, f64),
        color: &'static str,
        threw: bool,
        text: impl FnOnce() -> (String, String),
    ) {
        let narrow = to - from < LEAST;
        if let Some(last) = self.0.last_mut()
            && narrow
            && from - last.to < LEAST
            && (last.count > 1 || last.to - last.from < LEAST)
        {
            last.to = last.to.max(to);
            last.count += 1;
            last.threw |= threw;
            return;
        }
        let (name, text) = text();
        let stood = Vec::new();
        self.0.push(Bar { from, to: to.max(from), count: 1, name, text, color, threw, stood });
    }

    /// The run stood still so in the bar that was added last.
    fn stood(&mut self, parts: Vec<(f64, f64)>) {
        if let Some(last) = self.0.last_mut().filter(|last| last.count == 1) {
            last.stood = parts;
        }
    }
}

/// Things that overlap in time: each takes the first row that is free.
pub struct Overlapping<K> {
    /// What has ended, row by row.
    pub rows: Vec<Row>,
    /// How many found no row.
    pub hidden: u64,
    taken: Vec<bool>,
    open: HashMap<K, (usize, Nanos, TextId, TextId)>,
}

impl<K> Default for Overlapping<K> {
    fn default() -> Self {
        Self { rows: Vec::new(), hidden: 0, taken: Vec::new(), open: HashMap::new() }
    }
}

impl<K: Copy + Eq + Hash + Ord> Overlapping<K> {
    fn begin(&mut self, key: K, at: Nanos, (name, target): (TextId, TextId)) {
        let row = self.taken.iter().position(|taken| !taken).unwrap_or(self.taken.len());
        if row == OVERLAPPING {
            self.hidden += 1;
            return;
        }
        if row == self.taken.len() {
            self.taken.push(false);
            self.rows.push(Row::default());
        }
        self.taken[row] = true;
        self.open.insert(key, (row, at, name, target));
    }

    fn end(&mut self, key: K, at: Nanos, (names, x): (&Names, &dyn Fn(Nanos) -> f64), color: &'static str) {
        let Some((row, since, name, target)) = self.open.remove(&key) else { return };
        self.taken[row] = false;
        self.rows[row].add((x(since), x(at)), color, false, || {
            let name = format!("{} {}", names.text(name), names.text(target)).trim_end().to_owned();
            let text = format!("{name} · {}", duration(at.saturating_sub(since)));
            (name, text)
        });
    }

    /// What has not ended does so now.
    fn close(&mut self, at: Nanos, drawn: (&Names, &dyn Fn(Nanos) -> f64), color: &'static str) {
        let mut open: Vec<K> = self.open.keys().copied().collect();
        open.sort_unstable();
        open.into_iter().for_each(|key| self.end(key, at, drawn, color));
    }
}

/// The rows of one loop.
#[derive(Default)]
pub struct Loop {
    /// The phases.
    pub phases: Row,
    phase: Option<(Phase, u32, Nanos)>,
    /// What was on the stack; deeper ones are callbacks inside callbacks.
    pub stack: Vec<Row>,
    /// Functions that were seen on the stack, by depth.
    pub seen: Vec<Row>,
    /// Callbacks by kind.
    pub kinds: [Row; KINDS.len()],
    /// When they waited for the stack: from when to when.
    pub waits: [Vec<(f64, f64)>; KINDS.len()],
    /// Threads of the pool.
    pub slots: BTreeMap<u16, (Option<(OpId, Nanos)>, Row)>,
    working: HashMap<OpId, (TextId, TextId)>,
    /// Operations.
    pub ops: Overlapping<OpId>,
    /// Sockets, servers, watchers.
    pub handles: Overlapping<HandleId>,
    /// Garbage collections.
    pub garbage: Row,
    /// What the script wrote, and errors.
    pub output: Row,
    /// When it stood still, from when to when, in order.
    stood: Vec<(Nanos, Nanos)>,
    /// Since when it does.
    stands: Option<Nanos>,
}

impl Loop {
    /// What is known at the beginning.
    pub fn know(&mut self, state: &LoopState) {
        for (&op, known) in &state.io.ops {
            self.working.insert(op, (known.name, known.target));
            self.ops.begin(op, known.since, (known.name, known.target));
        }
        for (slot, op) in (0..).zip(&state.io.slots) {
            self.slots.insert(slot, (op.map(|op| (op, state.now)), Row::default()));
        }
        for (&handle, known) in &state.io.handles {
            self.handles.begin(handle, known.since, (known.name, known.target));
        }
        self.phase = state.phase.as_ref().map(|phase| (phase.phase, state.turn, phase.since));
        self.stands = state.stood.since();
    }

    /// It goes on, if it stood still.
    pub fn goes_on(&mut self, at: Nanos) {
        self.stood.extend(self.stands.take().map(|since| (since, at)));
    }

    /// How long it stood still in a stretch, and where that is drawn.
    fn stood_in(&self, from: Nanos, to: Nanos, x: &dyn Fn(Nanos) -> f64) -> (Nanos, Vec<(f64, f64)>) {
        let within = self.stood.iter().rev().take_while(|part| part.1 > from);
        let within = within.map(|part| (part.0.max(from), part.1.min(to))).filter(|part| part.0 < part.1);
        let (mut total, mut drawn) = (0_u64, Vec::new());
        for (since, until) in within {
            total = total.saturating_add(until - since);
            drawn.extend(Some((x(since), x(until))).filter(|(x0, x1)| x1 - x0 >= LEAST));
        }
        drawn.reverse();
        (total, drawn)
    }

    /// An event of this loop.
    pub fn event(&mut self, event: &Event, names: &Names, x: &dyn Fn(Nanos) -> f64) {
        let (at, drawn) = (event.at, (names, x));
        let line = |text: TextId| names.text(text).trim_end().to_owned();
        match event.kind {
            EventKind::Paused { .. } => {
                self.stands.get_or_insert(at);
            }
            EventKind::Resumed
            | EventKind::TaskStarted { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::Exit { .. } => self.goes_on(at),
            EventKind::PhaseEntered { phase, turn, .. } => {
                self.phase_ends(at, x);
                self.phase = Some((phase, turn, at));
            }
            EventKind::PhaseLeft { .. } => self.phase_ends(at, x),
            EventKind::OpStarted { op, name, target, .. } => {
                self.working.insert(op, (name, target));
                self.ops.begin(op, at, (name, target));
            }
            EventKind::OpCompleted { op, .. } => {
                self.ops.end(op, at, drawn, IO);
                self.working.remove(&op);
            }
            EventKind::SlotTaken { slot, op } => self.slots.entry(slot).or_default().0 = Some((op, at)),
            EventKind::SlotFreed { slot } => self.slot_freed(slot, at, drawn),
            EventKind::HandleOpened { handle, name, target } => {
                self.handles.begin(handle, at, (name, target))
            }
            EventKind::HandleTarget { handle, target } => {
                if let Some(open) = self.handles.open.get_mut(&handle) {
                    open.3 = target;
                }
            }
            EventKind::HandleClosed { handle } => self.handles.end(handle, at, drawn, IO),
            EventKind::Gc { duration: length, .. } => {
                let ends = (x(at.saturating_sub(length)), x(at));
                self.garbage.add(ends, GREY, false, || {
                    (String::new(), format!("garbage collection · {}", duration(length)))
                });
            }
            EventKind::Console { stream, text, .. } => {
                let color = if stream == ConsoleStream::Stdout { GREY } else { "#d55e00" };
                self.output.add((x(at), x(at)), color, false, || (String::new(), line(text)));
            }
            EventKind::Exception { text, .. } | EventKind::UnhandledRejection { text, .. } => {
                self.output.add((x(at), x(at)), "#d55e00", true, || (String::new(), line(text)));
            }
            _ => {}
        }
    }

    fn phase_ends(&mut self, at: Nanos, x: &dyn Fn(Nanos) -> f64) {
        let Some((phase, turn, since)) = self.phase.take() else { return };
        let color = match phase {
            Phase::Timers => color(TaskKind::Timeout),
            Phase::Check => color(TaskKind::Immediate),
            Phase::Closing => color(TaskKind::Close),
            Phase::Pending | Phase::Poll => IO,
        };
        let (stood, parts) = self.stood_in(since, at, x);
        self.phases.add((x(since), x(at)), color, false, || {
            let name = format!("{phase:?}").to_lowercase();
            let text = format!("{name}, turn {turn} · {}", ran(at.saturating_sub(since), stood));
            (name, text)
        });
        self.phases.stood(parts);
    }

    fn slot_freed(&mut self, slot: u16, at: Nanos, (names, x): (&Names, &dyn Fn(Nanos) -> f64)) {
        let Some(entry) = self.slots.get_mut(&slot) else { return };
        let Some((op, since)) = entry.0.take() else { return };
        let working = self.working.get(&op).copied().unwrap_or_default();
        entry.1.add((x(since), x(at)), IO, false, || {
            let name = format!("{} {}", names.text(working.0), names.text(working.1)).trim_end().to_owned();
            let text = format!("{name} · {}", duration(at.saturating_sub(since)));
            (name, text)
        });
    }

    /// A callback that ran.
    pub fn run(&mut self, run: &Run, names: &Names, x: &dyn Fn(Nanos) -> f64) {
        let (row, color) = (row_of(run.kind), color(run.kind));
        let ends = (x(run.started), x(run.ended));
        let threw = run.outcome == Outcome::Threw;
        let (_, parts) = self.stood_in(run.started, run.ended, x);
        let text = || {
            let waited = run.started.saturating_sub(run.ready);
            let name = title(names, run);
            let place = if run.callback.is_some() { run.callback } else { run.site };
            let short = Some(frame_name(names, place)).filter(|name| !name.is_empty());
            let text = format!(
                "#{} {} {name} · {} · waited {}",
                run.task,
                run.kind.name(),
                ran(run.length(), run.stood),
                duration(waited)
            );
            (short.unwrap_or_else(|| run.kind.name().to_owned()), text)
        };
        let depth = run.depth as usize;
        if depth < NESTED {
            self.stack.resize_with(self.stack.len().max(depth + 1), Row::default);
            self.stack[depth].add(ends, color, threw, text);
            self.stack[depth].stood(parts.clone());
        }
        self.kinds[row].add(ends, color, threw, text);
        self.kinds[row].stood(parts);
        let waited = (x(run.due.unwrap_or(run.ready).min(run.started)), ends.0);
        if waited.1 - waited.0 > WAITS.0 && self.waits[row].len() < WAITS.1 {
            self.waits[row].push(waited);
        }
    }

    /// Functions that were seen on the stack, by depth.
    pub fn see(&mut self, depths: &[Vec<Flame>], names: &Names, x: &dyn Fn(Nanos) -> f64) {
        for flames in depths {
            let mut row = Row::default();
            for flame in flames {
                let bar = flame.bar;
                // What the runtime did is grey.
                let kind = flame.kind.filter(|_| names.is_own(bar.place));
                row.add((x(bar.start), x(bar.end)), kind.map_or(GREY, color), false, || {
                    let times =
                        if bar.count == 1 { "once".to_owned() } else { format!("{} times", bar.count) };
                    let length = duration(bar.end - bar.start);
                    let text = format!(
                        "{} · sampled: seen {times}, for about {length}",
                        names.describe(bar.place).trim_end()
                    );
                    (frame_name(names, bar.place).trim_end().to_owned(), text)
                });
            }
            self.seen.push(row);
        }
    }

    /// What has not ended is drawn as far as it has come.
    pub fn close(&mut self, at: Nanos, drawn: (&Names, &dyn Fn(Nanos) -> f64)) {
        self.phase_ends(at, drawn.1);
        self.ops.close(at, drawn, IO);
        self.handles.close(at, drawn, IO);
        let slots: Vec<u16> = self.slots.keys().copied().collect();
        slots.into_iter().for_each(|slot| self.slot_freed(slot, at, drawn));
        self.slots.retain(|_, slot| !slot.1.0.is_empty());
    }
}

/// The rows of all loops.
#[derive(Default)]
pub struct Loops(pub BTreeMap<LoopId, Loop>);

impl Loops {
    /// The rows of a loop.
    pub fn on(&mut self, on: LoopId) -> &mut Loop {
        self.0.entry(on).or_default()
    }
}
