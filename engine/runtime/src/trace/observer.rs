//! Who listens to a run.

use loopscope_protocol::{Nanos, PauseReason, Phase, Record, TaskId, TaskKind};

/// A callback is about to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Its task.
    pub task: TaskId,
    /// Its kind.
    pub kind: TaskKind,
    /// The phase the loop is in; `None` before the first turn.
    pub phase: Option<Phase>,
    /// The turn, from 1; 0 before the first.
    pub turn: u32,
}

/// Listens to a run and may hold it.
pub trait Observer {
    /// Takes the records made since the last call. May wait until there is room for them.
    fn records(&mut self, batch: &mut Vec<Record>);

    /// Whether the run must stand still before this callback.
    fn pause_before(&mut self, moment: Moment) -> Option<PauseReason>;

    /// Stands still until the run may go on.
    fn wait(&mut self);

    /// How long to wait before this callback, so that a slowed-down run can be followed; 0 at full speed.
    fn delay(&mut self, moment: Moment, now: Nanos) -> Nanos;

    /// Stands still for a time, or until the run is stopped or its speed changes.
    fn sleep(&mut self, nanos: Nanos);
}
