//! Who listens to a run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use loopscope_protocol::{Nanos, PauseReason, Phase, Record, StepUnit, TaskId, TaskKind};

use super::merge::Sink;

/// How often the stack of a run is looked at, which may change while it goes on. Copies are about the same run.
#[derive(Debug, Clone, Default)]
pub struct Sampling(Arc<AtomicU32>);

impl Sampling {
    /// How often the stack is looked at unless something else is asked for, in microseconds.
    pub const USUAL: u32 = 1000;

    /// Every so many microseconds; 0 for never.
    pub fn every(micros: u32) -> Self {
        Self(Arc::new(AtomicU32::new(micros)))
    }

    /// From now on every so many microseconds; 0 for never.
    pub fn set(&self, micros: u32) {
        self.0.store(micros, Ordering::Relaxed);
    }

    /// Every so many microseconds; 0 for never.
    pub fn micros(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

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

impl Moment {
    /// Whether it runs between two macrotasks.
    pub fn is_micro(&self) -> bool {
        self.kind.is_micro()
    }
}

/// Why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waited {
    /// The run may go on, or was stopped.
    Over,
    /// Something arrived for the run, which is still held.
    Disturbed,
}

/// Whether a step of this size, begun in a phase of a turn, ends before `moment`.
pub fn step_ends(unit: StepUnit, from: (Option<Phase>, u32), moment: Moment) -> bool {
    let is_micro = moment.is_micro();
    match unit {
        StepUnit::Task => true,
        StepUnit::Macrotask => !is_micro,
        StepUnit::Microtask => is_micro,
        StepUnit::Phase => (moment.phase, moment.turn) != from,
        StepUnit::Turn => moment.turn != from.1,
    }
}

/// Listens to a run and may hold it. One that only listens takes the records and leaves the rest as it is.
pub trait Observer {
    /// Takes the records made since the last call. May wait until there is room for them.
    fn records(&mut self, batch: &mut Vec<Record>);

    /// Where workers can put their records from their own threads; without it nothing is told of them.
    fn sink(&self) -> Option<Sink> {
        None
    }

    /// How often the stack is to be looked at.
    fn sampling(&self) -> Sampling {
        Sampling::default()
    }

    /// Whether the run must stand still before this callback.
    fn pause_before(&mut self, moment: Moment) -> Option<PauseReason> {
        let _ = moment;
        None
    }

    /// As long as this is not set, every callback may start at once: neither [`Observer::pause_before`] nor
    /// [`Observer::delay`] need be called. Without it that is always so.
    fn attention(&self) -> Option<Arc<AtomicBool>> {
        None
    }

    /// Holds the run from now on; [`Observer::wait`] says when that is over.
    fn hold(&mut self, reason: PauseReason) {
        let _ = reason;
    }

    /// Holds it no longer, unless something else was asked for meanwhile.
    fn release(&mut self) {}

    /// Lets the run go on, whatever holds it.
    fn go_on(&mut self) {}

    /// Stands still until the run may go on, or something else wants attention.
    fn wait(&mut self) -> Waited {
        Waited::Over
    }

    /// How long to wait before this callback, so that a slowed-down run can be followed; 0 at full speed.
    fn delay(&mut self, moment: Moment, now: Nanos) -> Nanos {
        let _ = (moment, now);
        0
    }

    /// Stands still for a time, or until the run is stopped or its speed changes.
    fn sleep(&mut self, nanos: Nanos) {
        let _ = nanos;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(kind: TaskKind, phase: Phase, turn: u32) -> Moment {
        Moment { task: TaskId(1), kind, phase: Some(phase), turn }
    }

    #[test]
    fn steps_end_where_their_unit_says() {
        let from = (Some(Phase::Poll), 2);
        let tick = moment(TaskKind::NextTick, Phase::Poll, 2);
        let io = moment(TaskKind::IoCompletion, Phase::Poll, 2);
        let check = moment(TaskKind::Immediate, Phase::Check, 2);
        let next = moment(TaskKind::IoCompletion, Phase::Poll, 3);
        let ends = |unit| [tick, io, check, next].map(|moment| step_ends(unit, from, moment));
        assert_eq!(ends(StepUnit::Task), [true, true, true, true]);
        assert_eq!(ends(StepUnit::Macrotask), [false, true, true, true]);
        assert_eq!(ends(StepUnit::Phase), [false, false, true, true]);
        assert_eq!(ends(StepUnit::Turn), [false, false, false, true]);
    }
}
