//! What lies on the tracks.

use loopscope_protocol::{HandleId, Nanos, OpId, PlaceId, TaskId, TaskKind, TextId};

use super::track::Item;

/// A callback from start to end.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// How many callbacks it ran inside of.
    pub depth: u8,
    /// Nanoseconds from when it was ready to its start; long ones are rounded.
    pub ready_before: f32,
    /// Nanoseconds from its creation to its start; long ones are rounded.
    pub created_before: f32,
}

// There are as many as callbacks.
const _: () = assert!(size_of::<Run>() <= 40);

impl Run {
    /// When it was ready to run, given when it started.
    pub fn ready(&self, start: Nanos) -> Nanos {
        start.saturating_sub(self.ready_before as Nanos)
    }

    /// When it was created, given when it started.
    pub fn created(&self, start: Nanos) -> Nanos {
        start.saturating_sub(self.created_before as Nanos)
    }
}

impl Item for Run {
    fn since(&self, start: Nanos) -> Nanos {
        self.ready(start)
    }

    fn is_inside(&self) -> bool {
        self.depth > 0
    }

    fn stands_out(&self) -> bool {
        self.threw
    }

    fn task(&self) -> TaskId {
        self.task
    }
}

impl Item for loopscope_protocol::Phase {}

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

impl Item for OpRun {
    fn stands_out(&self) -> bool {
        self.failed
    }

    fn task(&self) -> TaskId {
        self.task
    }
}

/// A long-lived thing from opening to closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandleRun {
    /// The thing.
    pub handle: HandleId,
    /// What it is.
    pub name: TextId,
    /// What it worked on.
    pub target: TextId,
    /// Bytes that came in through it.
    pub read: u64,
    /// Bytes that went out.
    pub written: u64,
}

impl Item for HandleRun {}

/// Something the script wrote or that went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The callback that was running.
    pub task: TaskId,
    /// The text.
    pub text: TextId,
    /// Where in the source.
    pub place: PlaceId,
}

impl Item for Mark {}
