//! The state of a loop at one moment as plain data, without what it shares with every other moment of the run.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::{
    Collections, Ended, Finished, InPhase, Io, Line, Log, LoopState, Names, QUEUES, Shared, Stage, Stood,
    Task, Totals, Worker,
};
use crate::event::{Drain, PauseReason};
use crate::ids::{LoopId, Nanos, TaskId, TextId};
use crate::task::TaskKind;

/// A [`LoopState`] without names and log; of the log only the length.
///
/// Recordings hold these: when a field changes, the version of their format must, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyframe {
    now: Nanos,
    /// By number.
    tasks: Vec<(TaskId, Task)>,
    stack: Vec<TaskId>,
    phase: Option<InPhase>,
    turn: u32,
    idle_turns: u32,
    drain: Option<Drain>,
    io: Io,
    lines: u64,
    errors: u64,
    finished: Vec<Finished>,
    totals: Vec<Totals>,
    collections: Collections,
    paused: Option<(PauseReason, TaskId)>,
    ended: Option<Ended>,
    events: u64,
    contradictions: u64,
    first_contradictions: Vec<String>,
    next_order: u64,
    active_turn: bool,
    /// Not part of its own bytes: recordings of runs without workers stay as they were.
    #[serde(skip)]
    workers: Workers,
    /// Not part of its own bytes either.
    #[serde(skip)]
    stood: Stood,
}

/// When the loops stood still until one moment, those of them that did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing(Vec<(LoopId, Stood)>);

/// The loops of workers at one moment, beside that of the main thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workers {
    on: LoopId,
    list: Vec<(LoopId, Kept)>,
}

/// A worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    name: TextId,
    starter: TaskId,
    since: Nanos,
    state: Keyframe,
}

impl Keyframe {
    /// The loops of workers; `None` when there are none.
    pub fn workers(&self) -> Option<&Workers> {
        (self.workers != Workers::default()).then_some(&self.workers)
    }

    /// The same with these loops of workers.
    pub fn with_workers(self, workers: Workers) -> Self {
        Self { workers, ..self }
    }

    /// When the loops stood still; `None` when none ever did.
    pub fn standing(&self) -> Option<Standing> {
        let workers = self.workers.list.iter().map(|(id, kept)| (*id, &kept.state.stood));
        let all = std::iter::once((LoopId::MAIN, &self.stood)).chain(workers);
        let some: Vec<_> =
            all.filter(|entry| !entry.1.is_empty()).map(|(id, stood)| (id, stood.clone())).collect();
        (!some.is_empty()).then_some(Standing(some))
    }

    /// The same with these times at which the loops stood still.
    pub fn with_standing(mut self, standing: Standing) -> Self {
        for (id, stood) in standing.0 {
            if id == LoopId::MAIN {
                self.stood = stood;
            } else if let Some((_, kept)) = self.workers.list.iter_mut().find(|entry| entry.0 == id) {
                kept.state.stood = stood;
            }
        }
        self
    }

    /// Number of events before this moment.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// How many callbacks, operations and handles there are: what the keyframe's size grows with.
    pub fn size(&self) -> usize {
        let workers: usize = self.workers.list.iter().map(|entry| 1 + entry.1.state.size()).sum();
        self.tasks.len() + self.io.ops.len() + self.io.handles.len() + workers
    }

    /// The state; `names` and `lines` are those of the whole run.
    pub fn restore(&self, names: Names, lines: &Shared<Line>) -> LoopState {
        // Trees are made from sorted rows quicker than piece by piece.
        let mut queues: [Vec<(u64, TaskId)>; QUEUES] = Default::default();
        let mut timers = Vec::new();
        for (id, task) in &self.tasks {
            match task.stage {
                Stage::Armed { due } => {
                    timers.push((due, *id));
                }
                Stage::Ready { queue, order, .. } => {
                    queues[queue as usize].push((order, *id));
                }
                Stage::Waiting | Stage::Running { .. } => {}
            }
        }
        let mut totals = [Totals::default(); TaskKind::ALL.len()];
        for (total, known) in totals.iter_mut().zip(&self.totals) {
            let (created, started) = (sane(known.created), sane(known.started));
            *total = Totals { created, started, cancelled: sane(known.cancelled), threw: sane(known.threw) };
        }
        let mut io = self.io.clone();
        (io.completed, io.failed) = (sane(io.completed), sane(io.failed));
        let workers = self.workers.list.iter().map(|(id, kept)| {
            let state = kept.state.restore(Names::default(), &Shared::default());
            (*id, Worker { name: kept.name, starter: kept.starter, since: kept.since, state })
        });
        let tasks = self.tasks.iter().map(|(id, task)| (*id, Task { runs: sane(task.runs), ..task.clone() }));
        LoopState {
            names,
            now: self.now,
            tasks: tasks.collect(),
            queues: queues.map(BTreeMap::from_iter),
            timers: BTreeSet::from_iter(timers),
            stack: self.stack.clone(),
            phase: self.phase,
            turn: self.turn,
            idle_turns: self.idle_turns.min(u32::MAX / 2),
            drain: self.drain,
            io,
            log: Log::past(lines, self.lines, sane(self.errors)),
            finished: self.finished.iter().copied().collect::<VecDeque<_>>(),
            totals,
            collections: Collections { count: sane(self.collections.count), ..self.collections },
            paused: self.paused,
            stood: self.stood.clone(),
            ended: self.ended,
            events: sane(self.events),
            contradictions: sane(self.contradictions),
            first_contradictions: self.first_contradictions.clone(),
            on: self.workers.on,
            workers: workers.collect(),
            next_order: sane(self.next_order),
            active_turn: self.active_turn,
        }
    }
}

/// A count that can be counted on from: files may hold any number.
fn sane(count: u64) -> u64 {
    count.min(u64::MAX / 4)
}

impl LoopState {
    /// The state as a keyframe.
    pub fn keyframe(&self) -> Keyframe {
        let mut tasks: Vec<_> = self.tasks.iter().map(|(id, task)| (*id, task.clone())).collect();
        tasks.sort_unstable_by_key(|entry| entry.0);
        Keyframe {
            now: self.now,
            tasks,
            stack: self.stack.clone(),
            phase: self.phase,
            turn: self.turn,
            idle_turns: self.idle_turns,
            drain: self.drain,
            io: self.io.clone(),
            lines: self.log.dropped + self.log.lines.len() as u64,
            errors: self.log.errors,
            finished: self.finished.iter().copied().collect(),
            totals: self.totals.to_vec(),
            collections: self.collections,
            paused: self.paused,
            ended: self.ended,
            events: self.events,
            contradictions: self.contradictions,
            first_contradictions: self.first_contradictions.clone(),
            next_order: self.next_order,
            active_turn: self.active_turn,
            stood: self.stood.clone(),
            workers: Workers { on: self.on, list: self.workers.iter().map(kept).collect() },
        }
    }

    /// How many callbacks, operations and handles there are: what a keyframe's size grows with.
    pub fn size(&self) -> usize {
        let workers: usize = self.workers.values().map(|worker| 1 + worker.state.size()).sum();
        self.tasks.len() + self.io.ops.len() + self.io.handles.len() + workers
    }
}

fn kept((id, worker): (&LoopId, &Worker)) -> (LoopId, Kept) {
    let Worker { name, starter, since, ref state } = *worker;
    (*id, Kept { name, starter, since, state: state.keyframe() })
}
