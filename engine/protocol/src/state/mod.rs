//! The state of an event loop, folded from the stream of its run.
//!
//! The reducer is pure and never panics: a stream that contradicts itself is followed as far as it makes sense, and
//! every contradiction is counted in [`LoopState::contradictions`].

mod apply;
mod check;
mod io;
mod keyframe;
mod log;
mod names;
mod narrate;
mod report;
mod shared;
mod stood;
mod task;
mod workers;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::event::{Drain, ExitReason, PauseReason, Phase, PollTimeout, Queue};
use crate::ids::{LoopId, Nanos, TaskId};
use crate::task::TaskKind;

pub use check::Inconsistency;
pub use io::{Handle, Io, Op};
pub use keyframe::{Keyframe, Standing, Workers};
pub use log::{Line, LineKind, Log};
pub use names::Names;
pub use narrate::{duration, may_have_words};
pub use report::Keeper;
pub use shared::Shared;
pub use stood::Stood;
pub use task::{Finished, Stage, Task};
pub use workers::Worker;

/// Callbacks by their ids. They are looked up several times for every event; the numbers in files are not chosen by
/// whoever knows the seed.
pub type Tasks = HashMap<TaskId, Task, foldhash::fast::RandomState>;

/// Number of queues.
pub const QUEUES: usize = 8;

/// Finished tasks that are kept for the view.
const FINISHED_KEPT: usize = 64;

/// Contradictions that are kept with their text.
const CONTRADICTIONS_KEPT: usize = 16;

/// The phase the loop is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InPhase {
    /// Which.
    pub phase: Phase,
    /// Since when.
    pub since: Nanos,
    /// How long poll may sleep.
    pub timeout: PollTimeout,
}

/// How often things happened, by kind of task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Tasks created.
    pub created: u64,
    /// Starts; an interval starts many times.
    pub started: u64,
    /// Tasks cancelled.
    pub cancelled: u64,
    /// Starts that ended with an exception.
    pub threw: u64,
}

/// Garbage collection so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collections {
    /// How many.
    pub count: u64,
    /// How long the script stood still for them.
    pub time: Nanos,
    /// Bytes of the heap in use, at the last report.
    pub heap_used: u64,
    /// Bytes of the heap, at the last report.
    pub heap_total: u64,
}

/// How the run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Exit code.
    pub code: i32,
    /// Why.
    pub reason: ExitReason,
    /// When.
    pub at: Nanos,
}

/// The state of an event loop.
#[derive(Debug, Clone, Default)]
pub struct LoopState {
    /// Texts and places.
    pub names: Names,
    /// Time of the last event.
    pub now: Nanos,
    /// Callbacks that have not ended.
    pub tasks: Tasks,
    /// Tasks that are ready, by queue, in the order in which they will run.
    queues: [BTreeMap<u64, TaskId>; QUEUES],
    /// Timers that are not due, soonest first.
    pub timers: BTreeSet<(Nanos, TaskId)>,
    /// Tasks on the stack, the running one last.
    pub stack: Vec<TaskId>,
    /// The phase.
    pub phase: Option<InPhase>,
    /// The turn, from 1.
    pub turn: u32,
    /// Turns in a row in which nothing ran, the present one not counted.
    pub idle_turns: u32,
    /// What is being drained.
    pub drain: Option<Drain>,
    /// Operations, slots, handles.
    pub io: Io,
    /// Console lines and errors.
    pub log: Log,
    /// The last tasks that ran, newest last.
    pub finished: VecDeque<Finished>,
    /// Counts by kind, indexed by the kind's number.
    pub totals: [Totals; TaskKind::ALL.len()],
    /// Garbage collection.
    pub collections: Collections,
    /// Why the run stands still, and before which task.
    pub paused: Option<(PauseReason, TaskId)>,
    /// When the run stood still.
    pub stood: Stood,
    /// How the run ended.
    pub ended: Option<Ended>,
    /// Number of events so far.
    pub events: u64,
    /// Contradictions in the stream: how many.
    pub contradictions: u64,
    /// The first of them.
    pub first_contradictions: Vec<String>,
    /// The loop on which what follows happens: everything else in here is about the main thread's.
    pub on: LoopId,
    /// Workers, also those that have ended.
    pub workers: BTreeMap<LoopId, Worker>,
    /// Number of the next place in any queue.
    next_order: u64,
    /// Whether a task started in this turn.
    active_turn: bool,
}

impl LoopState {
    /// Tasks in a queue, in the order in which they will run.
    pub fn queue(&self, queue: Queue) -> impl ExactSizeIterator<Item = TaskId> + '_ {
        self.queues[queue as usize].values().copied()
    }

    /// The task that runs.
    pub fn running(&self) -> Option<TaskId> {
        self.stack.last().copied()
    }

    /// Counts of one kind.
    pub fn total(&self, kind: TaskKind) -> &Totals {
        &self.totals[kind as usize]
    }
}
