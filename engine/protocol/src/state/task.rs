//! Callbacks that have not ended.

use serde::{Deserialize, Serialize};

use crate::event::Queue;
use crate::ids::{Nanos, PlaceId, TaskId};
use crate::task::TaskKind;

/// Where in its life a callback is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It waits for something that is not on a clock: an operation, a promise.
    Waiting,
    /// A timer that is not due.
    Armed {
        /// When it is due.
        due: Nanos,
    },
    /// It can run.
    Ready {
        /// Where it waits.
        queue: Queue,
        /// Its place in the queue: lower numbers run first.
        order: u64,
        /// Since when.
        since: Nanos,
    },
    /// It runs.
    Running {
        /// Since when.
        since: Nanos,
    },
}

/// A callback that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What kind.
    pub kind: TaskKind,
    /// The task that created it.
    pub parent: TaskId,
    /// The function.
    pub callback: PlaceId,
    /// Where it was scheduled.
    pub site: PlaceId,
    /// When it was created.
    pub created: Nanos,
    /// Where in its life it is.
    pub stage: Stage,
    /// Whether it keeps the loop alive, as far as its kind can.
    pub refd: bool,
    /// When its timer was last due, for telling how late it ran.
    pub due: Option<Nanos>,
    /// How many times it has run (intervals).
    pub runs: u64,
}

/// A callback that has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// Its task.
    pub task: TaskId,
    /// What kind.
    pub kind: TaskKind,
    /// The function.
    pub callback: PlaceId,
    /// When it started.
    pub started: Nanos,
    /// When it ended.
    pub ended: Nanos,
    /// Whether it threw.
    pub threw: bool,
}
