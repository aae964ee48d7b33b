//! What happened when, indexed so that any part of a long run can be drawn at once.

mod track;

use std::collections::HashMap;

use loopscope_protocol::{
    Event, EventKind, LoopState, Nanos, OpId, Outcome, Phase, PlaceId, TaskId, TaskKind, TextId,
};

use loopscope_protocol::state::Stage;

pub use track::{Piece, Track};

/// A phase that lasted at least this long is shown even if nothing ran in it.
const PHASE_WORTH_SHOWING: Nanos = 50_000;

/// Operations that overlap lie in rows of their own, up to this many.
const IO_ROWS: usize = 6;

/// Callbacks that are looked at when one of them is to be found.
const LOOK_BACK: usize = 20_000;

/// A callback from start to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Its task.
    pub task: TaskId,
    /// What kind.
    pub kind: TaskKind,
    /// The function.
    pub callback: PlaceId,
    /// Where it was scheduled.
    pub site: PlaceId,
    /// The callback that scheduled it.
    pub parent: TaskId,
    /// Whether it threw.
    pub threw: bool,
}

/// An operation from start to completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpRun {
    /// The operation.
    pub op: OpId,
    /// The task of its callback.
    pub task: TaskId,
    /// Its name.
    pub name: TextId,
    /// What it worked on.
    pub target: TextId,
    /// Bytes moved.
    pub bytes: u64,
    /// Whether it failed.
    pub failed: bool,
}

/// The whole run so far.
#[derive(Debug, Default)]
pub struct Timeline {
    /// Phases worth showing.
    pub phases: Track<Phase>,
    /// Callbacks of the loop and the main script.
    pub callbacks: Track<Run>,
    /// Next ticks and microtasks.
    pub microtasks: Track<Run>,
    /// Operations, in as many rows as overlap.
    pub io: Vec<Track<OpRun>>,
    /// Garbage collections.
    pub collections: Track<()>,
    /// When the script wrote something.
    pub console: Track<()>,
    /// When something went wrong.
    pub errors: Track<()>,
    /// Time of the last event.
    pub end: Nanos,
    /// Whether a callback ran in the present phase.
    phase_busy: bool,
    /// When threads of the pool were done with operations that the loop has not taken up yet.
    done: HashMap<OpId, Nanos>,
}

/// Whether a kind runs between the callbacks of the loop.
pub fn is_micro(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::NextTick | TaskKind::Microtask | TaskKind::PromiseReaction)
}

impl Timeline {
    /// Takes an event; `before` is the state in which it found the loop.
    pub fn apply(&mut self, event: &Event, before: &LoopState) {
        self.end = self.end.max(event.at);
        match event.kind {
            EventKind::TaskEnded { task, outcome } => self.task_ended(task, outcome, event.at, before),
            EventKind::PhaseEntered { .. } => self.phase_busy = false,
            EventKind::PhaseLeft { .. } => self.phase_left(event.at, before),
            EventKind::TaskStarted { .. } => self.phase_busy = true,
            EventKind::SlotFreed { slot } => {
                if let Some(&Some(op)) = before.io.slots.get(usize::from(slot)) {
                    self.done.insert(op, event.at);
                }
            }
            EventKind::OpCompleted { op, bytes, error } => {
                self.op_completed(op, bytes, error.is_some(), event.at, before);
            }
            EventKind::Gc { duration, .. } => {
                self.collections.push(event.at.saturating_sub(duration), event.at, ());
            }
            EventKind::Console { .. } => self.console.push(event.at, event.at, ()),
            EventKind::Exception { .. } | EventKind::UnhandledRejection { .. } => {
                self.errors.push(event.at, event.at, ());
            }
            _ => {}
        }
    }

    /// When a callback ran last: start, end and what it was. Looks back from the end, and not for ever.
    pub fn find(&self, task: TaskId) -> Option<(Nanos, Nanos, &Run)> {
        let find = |track: &'_ Track<Run>| {
            track
                .iter()
                .rev()
                .take(LOOK_BACK)
                .position(|(_, _, run)| run.task == task)
                .map(|back| track.len() - 1 - back)
        };
        match find(&self.callbacks) {
            Some(index) => self.callbacks.get(index),
            None => self.microtasks.get(find(&self.microtasks)?),
        }
    }

    fn task_ended(&mut self, task: TaskId, outcome: Outcome, at: Nanos, before: &LoopState) {
        let Some(entry) = before.tasks.get(&task) else { return };
        let Stage::Running { since } = entry.stage else { return };
        let (kind, callback, site) = (entry.kind, entry.callback, entry.site);
        let (parent, threw) = (entry.parent, outcome == Outcome::Threw);
        let run = Run { task, kind, callback, site, parent, threw };
        let track = if is_micro(kind) { &mut self.microtasks } else { &mut self.callbacks };
        track.push(since, at, run);
    }

    fn phase_left(&mut self, at: Nanos, before: &LoopState) {
        let Some(inside) = before.phase else { return };
        if self.phase_busy || at.saturating_sub(inside.since) >= PHASE_WORTH_SHOWING {
            self.phases.push(inside.since, at, inside.phase);
        }
    }

    fn op_completed(&mut self, op: OpId, bytes: u64, failed: bool, at: Nanos, before: &LoopState) {
        // The loop may take up a result long after it is there.
        let at = self.done.remove(&op).unwrap_or(at);
        let Some(entry) = before.io.ops.get(&op) else { return };
        let run = OpRun { op, task: entry.task, name: entry.name, target: entry.target, bytes, failed };
        // Operations end in another order than they begin: a row takes one that began after its last one ended.
        let free = self.io.iter().position(|row| row.end() <= entry.since);
        let row = match free {
            Some(row) => row,
            None if self.io.len() < IO_ROWS => {
                self.io.push(Track::default());
                self.io.len() - 1
            }
            None => return,
        };
        self.io[row].push(entry.since, at, run);
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{Queue, Record};

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
        assert_eq!(all(&timeline.callbacks), [(5, 9, a, false)]);
        assert_eq!(all(&timeline.microtasks), [(9, 11, b, true)]);
        assert_eq!(timeline.end, 11);
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
            timeline.io.iter().map(|row| row.iter().map(|(_, _, run)| run.op.0).collect()).collect();
        assert_eq!(rows, [vec![2, 3], vec![1]]);
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
        assert_eq!(timeline.io[0].iter().map(|(start, end, _)| (start, end)).collect::<Vec<_>>(), [(0, 5)]);
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
        assert_eq!(timeline.phases.iter().map(|(_, _, phase)| *phase).collect::<Vec<_>>(), [Phase::Poll]);
    }
}
