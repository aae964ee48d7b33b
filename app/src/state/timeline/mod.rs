//! What happened when, indexed so that any part of a long run can be drawn at once.

pub mod axis;
pub mod charts;
pub mod filter;
pub mod find;
mod items;
pub mod lane;
mod rows;
mod sampled;
pub mod series;
mod times;
mod track;
mod what;

use std::collections::{BTreeMap, HashMap};

use loopscope_protocol::state::{Stage, duration};
use loopscope_protocol::{
    Event, EventKind, HandleId, LoopId, LoopState, Nanos, OpId, Outcome, PauseReason, Phase, TaskId,
};

use axis::Idle;
use charts::Charts;
pub use lane::Lane;
pub use rows::Rows;
pub use times::Moments;
pub use track::{Item, Piece, Span, Sum, Track};
pub use what::{HandleRun, Mark, OpRun, Run, Seen, Stand};

/// A phase that lasted at least this long is shown even if nothing ran in it.
const PHASE_WORTH_SHOWING: Nanos = 50_000;

/// Operations that overlap lie in rows of their own, up to this many; handles as well.
const IO_ROWS: usize = 8;

/// Callbacks of a lane that are looked at when one of them is to be found.
const LOOK_BACK: usize = 20_000;

/// Callbacks inside callbacks inside callbacks that get rows of their own.
const NESTED_ROWS: usize = 8;

/// A callback that runs.
#[derive(Debug, Clone, Copy)]
struct Begun {
    task: TaskId,
    created: Nanos,
    ready: Nanos,
    /// The moment at which it started.
    from: u32,
}

/// The whole run so far.
#[derive(Debug)]
pub struct Timeline {
    /// Phases worth showing.
    pub phases: Track<Phase>,
    /// Callbacks by kind, in the order of [`Lane::ALL`].
    pub lanes: [Track<Run>; Lane::ALL.len()],
    /// Callbacks that ran inside others, by depth. They lie in their lanes as well.
    pub nested: Vec<Track<Run>>,
    /// Functions that were seen on the stack, by depth.
    pub sampled: Vec<Track<Seen>>,
    /// Operations, in as many rows as overlap.
    pub io: Rows<OpId, OpRun>,
    /// What the threads of the pool worked on.
    pub slots: Vec<Track<OpRun>>,
    /// Sockets, servers, watchers.
    pub handles: Rows<HandleId, HandleRun>,
    /// Garbage collections.
    pub collections: Track<()>,
    /// When the script wrote something.
    pub console: Track<Mark>,
    /// When something went wrong.
    pub errors: Track<Mark>,
    /// When the run stood still: inside callbacks, and between them.
    pub stood: [Track<Stand>; 2],
    /// The loops of workers; of them charts, console, idle times and moments are empty.
    pub workers: BTreeMap<LoopId, Timeline>,
    /// Times in which nothing ran, on no loop.
    pub idle: Idle,
    /// What the charts show.
    pub charts: Charts,
    /// The times of all events, for an axis that counts them.
    pub moments: Moments,
    /// Time of the last event.
    pub end: Nanos,
    /// Whether the run was read from another program's trace: when things were ready, when operations were done, and where
    /// the main script begins and ends are inferred.
    pub inferred: bool,
    /// Whether a callback ran in the present phase.
    phase_busy: bool,
    /// The moment at which it began.
    phase_from: u32,
    /// What runs, the innermost last.
    begun: Vec<Begun>,
    /// When threads of the pool took what they work on.
    taken: HashMap<u16, (Nanos, u32)>,
    /// When threads of the pool were done with operations that the loop has not taken up yet.
    done: HashMap<OpId, (Nanos, u32)>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            phases: Track::default(),
            lanes: std::array::from_fn(|_| Track::default()),
            nested: Vec::new(),
            sampled: Vec::new(),
            io: Rows::new(IO_ROWS),
            slots: Vec::new(),
            handles: Rows::new(IO_ROWS),
            collections: Track::default(),
            console: Track::default(),
            errors: Track::default(),
            stood: Default::default(),
            workers: BTreeMap::new(),
            idle: Idle::default(),
            charts: Charts::default(),
            moments: Moments::default(),
            phase_from: 0,
            end: 0,
            inferred: false,
            phase_busy: false,
            begun: Vec::new(),
            taken: HashMap::new(),
            done: HashMap::new(),
        }
    }
}

impl Timeline {
    /// One of a run that is known to be so long; see [`Self::inferred`].
    pub fn with_end(end: Nanos, inferred: bool) -> Self {
        Self { end, inferred, ..Self::default() }
    }

    /// Takes an event; `before` is the state in which it found the loop.
    pub fn apply(&mut self, event: &Event, before: &LoopState) {
        let at = event.at;
        self.end = self.end.max(at);
        self.moments.push(at);
        let number = (before.events + 1) as u32;
        let is_run = matches!(event.kind, EventKind::TaskStarted { .. } | EventKind::TaskEnded { .. });
        let ran = is_run && self.is_running();
        match event.kind {
            EventKind::LoopEntered { .. } | EventKind::WorkerStarted { .. } => {}
            // There is one console.
            EventKind::Console { .. }
            | EventKind::Exception { .. }
            | EventKind::UnhandledRejection { .. } => {
                self.take(event, before, number);
            }
            _ if before.on != LoopId::MAIN => {
                if let Some(worker) = before.workers.get(&before.on) {
                    self.workers.entry(before.on).or_default().take(event, &worker.state, number);
                }
            }
            _ => {
                self.charts.apply(event, before);
                self.take(event, before, number);
            }
        }
        match (ran, is_run && self.is_running()) {
            (false, true) => self.idle.starts(at),
            (true, false) => self.idle.ends(at),
            _ => {}
        }
    }

    /// How long callbacks ran within a stretch, and how long the run stood still: at breakpoints, between steps, paused.
    pub fn ran_and_stood(&self, stretch: std::ops::Range<Nanos>) -> (Nanos, Nanos) {
        let on_stack: Nanos = self.lanes.iter().map(|lane| lane.sum(stretch.clone()).busy).sum();
        let within: Nanos = self.stood[0].sum(stretch.clone()).busy;
        let between: Nanos = self.stood[1].sum(stretch).busy;
        (on_stack.saturating_sub(within), within + between)
    }

    /// How long a callback or a phase of this loop went on from `start` to `end`, in words: without the time in which the run
    /// stood still in it.
    pub fn ran_for(&self, start: Nanos, end: Nanos) -> String {
        let stood: Nanos = self.stood.iter().map(|track| track.sum(start..end).busy).sum();
        let ran = duration((end - start).saturating_sub(stood));
        if stood == 0 { ran } else { format!("{ran}, and stood still for {}", duration(stood)) }
    }

    /// The loop goes on after it may have stood still.
    fn goes_on(&mut self, now: (Nanos, u32), before: &LoopState) {
        if let Some(since) = before.stood.since() {
            let track = usize::from(before.stack.is_empty());
            let reason = before.paused.map_or(PauseReason::Requested, |(reason, _)| reason);
            self.stood[track].push(Span::new((since, now.1.saturating_sub(1)), now), Stand { reason });
        }
    }

    /// Whether a callback runs on any loop.
    fn is_running(&self) -> bool {
        !self.begun.is_empty() || self.workers.values().any(|worker| !worker.begun.is_empty())
    }

    /// The loop of this number; `None` when nothing is known of it.
    pub fn on(&self, id: LoopId) -> Option<&Self> {
        if id == LoopId::MAIN { Some(self) } else { self.workers.get(&id) }
    }

    /// Takes an event of one loop; `number` is the moment behind it.
    fn take(&mut self, event: &Event, before: &LoopState, number: u32) {
        // Everything that the event begins or ends does so there.
        let now = (event.at, number);
        match event.kind {
            EventKind::Resumed => self.goes_on(now, before),
            EventKind::Exit { .. } => {
                self.goes_on(now, before);
                // The script may have ended, or an error, in the midst of it.
                self.phase_left(now, before);
            }
            EventKind::TaskStarted { task } => {
                self.goes_on(now, before);
                self.task_started(task, now, before);
            }
            EventKind::TaskEnded { task, outcome } => self.task_ended(task, outcome, now, before),
            EventKind::PhaseEntered { .. } => (self.phase_busy, self.phase_from) = (false, now.1),
            EventKind::PhaseLeft { .. } => self.phase_left(now, before),
            EventKind::OpStarted { op, .. } => self.io.begin(op, now.1),
            EventKind::SlotTaken { slot, .. } => {
                self.taken.insert(slot, now);
            }
            EventKind::SlotFreed { slot } => self.slot_freed(slot, now, before),
            EventKind::OpCompleted { op, bytes, error } => {
                self.op_completed(op, bytes, error.is_some(), now, before);
            }
            EventKind::HandleOpened { handle, .. } => self.handles.begin(handle, now.1),
            EventKind::HandleClosed { handle } => self.handle_closed(handle, now, before),
            EventKind::Gc { duration, .. } => {
                let start = (event.at.saturating_sub(duration), now.1.saturating_sub(1));
                self.collections.push(Span::new(start, now), ());
            }
            EventKind::Console { task, text, place, .. } => {
                self.console.push(Span::new(now, now), Mark { task, text, place });
            }
            EventKind::Exception { task, text, place }
            | EventKind::UnhandledRejection { task, text, place } => {
                self.errors.push(Span::new(now, now), Mark { task, text, place });
            }
            _ => {}
        }
    }

    /// Events were lost, and this is the state behind them: what ended among them runs no more.
    pub fn lost(&mut self, state: &LoopState) {
        self.begun.retain(|begun| state.stack.contains(&begun.task));
        for (id, worker) in &mut self.workers {
            if let Some(known) = state.workers.get(id) {
                worker.lost(&known.state);
            }
        }
        self.taken.clear();
        self.done.clear();
    }

    /// The lane of a kind.
    pub fn lane(&self, lane: Lane) -> &Track<Run> {
        let index = Lane::ALL.iter().position(|other| *other == lane).unwrap_or(0);
        &self.lanes[index]
    }

    /// When a callback ran last: start, end and what it was. Looks back from the end, and not for ever.
    pub fn find(&self, task: TaskId) -> Option<(Nanos, Nanos, Run)> {
        self.on(task.on())?.lanes.iter().find_map(|lane| {
            let back = lane.iter().rev().take(LOOK_BACK).position(|(_, _, run)| run.task == task)?;
            lane.get(lane.len() - 1 - back)
        })
    }

    fn task_started(&mut self, task: TaskId, (at, from): (Nanos, u32), before: &LoopState) {
        self.phase_busy = true;
        let Some(entry) = before.tasks.get(&task) else { return };
        let ready = match (entry.stage, entry.due) {
            // The loop takes up a timer some time after it was due: until then it waited for the stack.
            (Stage::Ready { since, .. }, Some(due)) => due.min(since).max(entry.created),
            (Stage::Ready { since, .. }, None) => since,
            _ => at,
        };
        // An interval was created once and runs many times.
        let created = if entry.runs == 0 { entry.created } else { ready };
        self.begun.push(Begun { task, created, ready, from });
    }

    fn task_ended(&mut self, task: TaskId, outcome: Outcome, now: (Nanos, u32), before: &LoopState) {
        let depth = self.begun.iter().rposition(|begun| begun.task == task);
        let begun = depth.map(|depth| self.begun.drain(depth..).next()).unwrap_or_default();
        let Some(entry) = before.tasks.get(&task) else { return };
        let Stage::Running { since } = entry.stage else { return };
        let created = begun.map_or(since, |begun| begun.created);
        let ready = begun.map_or(since, |begun| begun.ready);
        let span = Span::new((since, begun.map_or(now.1, |begun| begun.from)), now);
        let run = Run {
            task,
            kind: entry.kind,
            callback: entry.callback,
            site: entry.site,
            parent: entry.parent,
            threw: outcome == Outcome::Threw,
            depth: u8::try_from(depth.unwrap_or(0)).unwrap_or(u8::MAX),
            ready_before: since.saturating_sub(ready) as f32,
            created_before: since.saturating_sub(created) as f32,
        };
        if let Some(row) = usize::from(run.depth).checked_sub(1).filter(|row| *row < NESTED_ROWS) {
            if self.nested.len() <= row {
                self.nested.resize_with(row + 1, Track::default);
            }
            self.nested[row].push(span, Run { depth: 0, ..run });
        }
        let lane = Lane::of(entry.kind);
        if let Some(index) = Lane::ALL.iter().position(|other| *other == lane) {
            self.lanes[index].push(span, run);
        }
    }

    fn phase_left(&mut self, now: (Nanos, u32), before: &LoopState) {
        let Some(inside) = before.phase else { return };
        if self.phase_busy || now.0.saturating_sub(inside.since) >= PHASE_WORTH_SHOWING {
            self.phases.push(Span::new((inside.since, self.phase_from), now), inside.phase);
        }
    }

    fn slot_freed(&mut self, slot: u16, now: (Nanos, u32), before: &LoopState) {
        let since = self.taken.remove(&slot).unwrap_or(now);
        let index = usize::from(slot);
        let Some(&Some(op)) = before.io.slots.get(index) else { return };
        self.done.insert(op, now);
        let Some(entry) = before.io.ops.get(&op) else { return };
        let run = OpRun {
            op,
            task: entry.task,
            name: entry.name,
            target: entry.target,
            bytes: entry.bytes,
            failed: false,
        };
        if self.slots.len() <= index {
            self.slots.resize_with(index + 1, Track::default);
        }
        self.slots[index].push(Span::new(since, now), run);
    }

    fn op_completed(&mut self, op: OpId, bytes: u64, failed: bool, now: (Nanos, u32), before: &LoopState) {
        // The loop may take up a result long after it is there.
        let end = self.done.remove(&op).unwrap_or(now);
        let row = self.io.end(&op);
        let (Some(entry), Some((row, from))) = (before.io.ops.get(&op), row) else { return };
        let run = OpRun { op, task: entry.task, name: entry.name, target: entry.target, bytes, failed };
        row.push(Span::new((entry.since, from), end), run);
    }

    fn handle_closed(&mut self, handle: HandleId, now: (Nanos, u32), before: &LoopState) {
        let row = self.handles.end(&handle);
        let (Some(entry), Some((row, from))) = (before.io.handles.get(&handle), row) else { return };
        let (read, written) = (entry.read, entry.written);
        let run = HandleRun { handle, name: entry.name, target: entry.target, read, written };
        row.push(Span::new((entry.since, from), now), run);
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{PlaceId, PollTimeout, Queue, Record, TaskKind, TextId};

    use super::*;

    fn feed(events: &[(Nanos, EventKind)]) -> (Timeline, LoopState) {
        let (mut timeline, mut state) = (Timeline::default(), LoopState::default());
        for &(at, kind) in events {
            let event = Event { at, kind };
            timeline.apply(&event, &state);
            state.apply(&Record::Event(event));
        }
        (timeline, state)
    }

    fn create(task: u64, kind: TaskKind) -> EventKind {
        let none = PlaceId::NONE;
        EventKind::TaskCreated { task: TaskId(task), parent: TaskId::NONE, kind, callback: none, site: none }
    }

    #[test]
    fn callbacks_and_microtasks_lie_on_their_own_tracks() {
        let (a, b) = (TaskId(1), TaskId(2));
        let (timeline, _) = feed(&[
            (0, create(1, TaskKind::Timeout)),
            (5, EventKind::TaskReady { task: a, queue: Queue::Timers }),
            (5, EventKind::TaskStarted { task: a }),
            (6, create(2, TaskKind::NextTick)),
            (6, EventKind::TaskReady { task: b, queue: Queue::NextTick }),
            (9, EventKind::TaskEnded { task: a, outcome: Outcome::Returned }),
            (9, EventKind::TaskStarted { task: b }),
            (11, EventKind::TaskEnded { task: b, outcome: Outcome::Threw }),
        ]);
        let all = |track: &Track<Run>| {
            track.iter().map(|(start, end, run)| (start, end, run.task, run.threw)).collect::<Vec<_>>()
        };
        assert_eq!(all(timeline.lane(Lane::Timers)), [(5, 9, a, false)]);
        assert_eq!(all(timeline.lane(Lane::NextTicks)), [(9, 11, b, true)]);
        let waited = timeline.lane(Lane::NextTicks).get(0).unwrap().2;
        assert_eq!((waited.ready(9), waited.created(9)), (6, 6));
        assert_eq!(timeline.end, 11);
    }

    /// An error or `process.exit()` ends the run in the midst of a phase.
    #[test]
    fn the_phase_in_which_a_run_ends_is_kept() {
        let reason = loopscope_protocol::ExitReason::UncaughtException;
        let (timeline, _) = feed(&[
            (1, EventKind::PhaseEntered { phase: Phase::Timers, turn: 0, timeout: PollTimeout::Zero }),
            (2, create(1, TaskKind::Timeout)),
            (2, EventKind::TaskStarted { task: TaskId(1) }),
            (7, EventKind::TaskEnded { task: TaskId(1), outcome: Outcome::Threw }),
            (9, EventKind::Exit { code: 1, reason }),
        ]);
        let phases: Vec<_> = timeline.phases.iter().collect();
        assert_eq!(phases, [(1, 9, Phase::Timers)]);
    }

    #[test]
    fn a_timer_waits_for_the_stack_since_it_was_due() {
        let ran = |due| {
            let task = TaskId(1);
            let (timeline, _) = feed(&[
                (10, create(1, TaskKind::Timeout)),
                (10, EventKind::TaskArmed { task, due }),
                (50, EventKind::TaskReady { task, queue: Queue::Timers }),
                (50, EventKind::TaskStarted { task }),
                (60, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
            ]);
            timeline.lane(Lane::Timers).get(0).unwrap().2.ready(50)
        };
        // The loop's clock may stand still while it is set, and be ahead by parts of a millisecond.
        assert_eq!([20, 5, 51].map(ran), [20, 10, 50]);
    }

    #[test]
    fn operations_that_overlap_get_rows_of_their_own() {
        let op = |id: u64| EventKind::OpStarted {
            op: OpId(id),
            task: TaskId(id),
            name: TextId::NONE,
            target: TextId::NONE,
        };
        let done = |id: u64| EventKind::OpCompleted { op: OpId(id), bytes: 1, error: TextId::NONE };
        let (timeline, _) =
            feed(&[(0, op(1)), (1, op(2)), (5, done(2)), (6, done(1)), (7, op(3)), (8, done(3))]);
        let rows: Vec<Vec<u64>> =
            timeline.io.tracks.iter().map(|row| row.iter().map(|(_, _, run)| run.op.0).collect()).collect();
        assert_eq!(rows, [vec![1, 3], vec![2]]);
    }

    #[test]
    fn what_runs_inside_a_callback_gets_a_row_below_it() {
        let (outer, inner) = (TaskId(1), TaskId(2));
        let ready = |task| EventKind::TaskReady { task, queue: Queue::Main };
        let (started, returned) = (|task| EventKind::TaskStarted { task }, Outcome::Returned);
        let (timeline, _) = feed(&[
            (0, create(1, TaskKind::MainScript)),
            (0, ready(outer)),
            (1, started(outer)),
            (2, create(2, TaskKind::ModuleEvaluation)),
            (2, ready(inner)),
            (3, started(inner)),
            (8, EventKind::TaskEnded { task: inner, outcome: returned }),
            (10, EventKind::TaskEnded { task: outer, outcome: returned }),
        ]);
        assert_eq!(timeline.nested.len(), 1);
        assert_eq!(timeline.nested[0].len(), 1);
        // The inner one's time is the outer one's, too.
        assert_eq!(timeline.lane(Lane::Script).sum(0..20).busy, 9);
    }

    #[test]
    fn an_operation_ends_when_its_thread_is_done() {
        let (op, task) = (OpId(1), TaskId(1));
        let (name, target) = (TextId::NONE, TextId::NONE);
        let (timeline, _) = feed(&[
            (0, EventKind::OpStarted { op, task, name, target }),
            (2, EventKind::SlotTaken { slot: 0, op }),
            (5, EventKind::SlotFreed { slot: 0 }),
            (90, EventKind::OpCompleted { op, bytes: 1, error: TextId::NONE }),
        ]);
        assert_eq!(
            timeline.io.tracks[0].iter().map(|(start, end, _)| (start, end)).collect::<Vec<_>>(),
            [(0, 5)]
        );
    }

    #[test]
    fn workers_have_lanes_of_their_own() {
        let worker = LoopId(1);
        let (main, theirs) = (TaskId(1), TaskId(worker.base() + 1));
        let ready = |task| EventKind::TaskReady { task, queue: Queue::Main };
        let returned = Outcome::Returned;
        let ms = 1_000_000;
        let (timeline, _) = feed(&[
            (0, create(main.0, TaskKind::MainScript)),
            (0, ready(main)),
            (0, EventKind::TaskStarted { task: main }),
            (1, EventKind::WorkerStarted { id: worker, task: main, name: TextId::NONE }),
            (5, EventKind::LoopEntered { id: worker }),
            (5, create(theirs.0, TaskKind::Message)),
            (5, ready(theirs)),
            (5, EventKind::TaskStarted { task: theirs }),
            (6, EventKind::MessageTaken { task: theirs, from: main }),
            (7, EventKind::LoopEntered { id: LoopId::MAIN }),
            (7, EventKind::TaskEnded { task: main, outcome: returned }),
            (7, EventKind::LoopEntered { id: worker }),
            (9 * ms, EventKind::TaskEnded { task: theirs, outcome: returned }),
            (9 * ms, EventKind::LoopEntered { id: LoopId::MAIN }),
        ]);
        assert_eq!(timeline.lane(Lane::Messages).len(), 0);
        let theirs = timeline.on(worker).unwrap().lane(Lane::Messages).get(0).unwrap();
        assert_eq!((theirs.0, theirs.1, theirs.2.parent), (5, 9 * ms, main));
        assert_eq!(timeline.find(theirs.2.task).map(|found| found.0), Some(5));
        assert_eq!(timeline.idle.within(0, 20 * ms), [], "a worker ran");
        assert_eq!(timeline.moments.len(), 14);
    }

    #[test]
    fn it_is_known_where_and_why_a_callback_stood() {
        let task = TaskId(1);
        let (timeline, _) = feed(&[
            (0, EventKind::PhaseEntered { phase: Phase::Check, turn: 1, timeout: PollTimeout::Zero }),
            (0, create(1, TaskKind::Immediate)),
            (0, EventKind::Paused { reason: PauseReason::LoopBreakpoint, before: task }),
            (4, EventKind::TaskStarted { task }),
            (10, EventKind::Paused { reason: PauseReason::Step, before: TaskId::NONE }),
            (15, EventKind::Paused { reason: PauseReason::Breakpoint, before: TaskId::NONE }),
            (40, EventKind::Resumed),
            (45, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
            (50, EventKind::PhaseLeft { phase: Phase::Check }),
        ]);
        let all =
            |track: &Track<Stand>| track.iter().map(|(a, b, what)| (a, b, what.words())).collect::<Vec<_>>();
        let [inside, between] = [0, 1].map(|track| all(&timeline.stood[track]));
        assert_eq!(inside, [(10, 40, "stood at a breakpoint")]);
        assert_eq!(between, [(0, 4, "stood at a breakpoint of the loop")]);
        assert_eq!(timeline.ran_for(4, 45), "11 ns, and stood still for 30 ns");
        assert_eq!(timeline.ran_for(0, 50), "16 ns, and stood still for 34 ns");
    }

    #[test]
    fn phases_in_which_nothing_happened_are_left_out() {
        let enter = |phase| EventKind::PhaseEntered {
            phase,
            turn: 1,
            timeout: loopscope_protocol::PollTimeout::Zero,
        };
        let (timeline, _) = feed(&[
            (0, enter(Phase::Check)),
            (10, EventKind::PhaseLeft { phase: Phase::Check }),
            (20, enter(Phase::Poll)),
            (20 + PHASE_WORTH_SHOWING, EventKind::PhaseLeft { phase: Phase::Poll }),
        ]);
        assert_eq!(timeline.phases.iter().map(|(_, _, phase)| phase).collect::<Vec<_>>(), [Phase::Poll]);
    }
}
