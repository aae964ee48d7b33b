//! The observer of a watched run: hands records on, follows commands, holds the run where it is asked to.

use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use loopscope_protocol::{Command, Nanos, PauseReason, Phase, Record, Speed, StepUnit, TaskKind};

use crate::trace::{Moment, Observer};

/// Whether and where the run is to stand still next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Nowhere.
    Running,
    /// Before the next callback.
    Pausing(PauseReason),
    /// A step further than where it stands.
    Stepping(StepUnit, Place),
}

/// Where in the loop a step began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    phase: Option<Phase>,
    turn: u32,
}

/// See the module.
pub struct Listener {
    commands: Receiver<Command>,
    records: Sender<Vec<Record>>,
    mode: Mode,
    speed: Speed,
    stopped: bool,
    /// The callback before which the run stood still, or was asked to.
    here: Place,
    /// When the last callback was let through.
    last: Nanos,
}

impl Listener {
    /// A listener; `paused` holds the run before its first callback.
    pub fn new(
        commands: Receiver<Command>,
        records: Sender<Vec<Record>>,
        paused: bool,
        speed: Speed,
    ) -> Self {
        let mode = if paused { Mode::Pausing(PauseReason::Entry) } else { Mode::Running };
        let here = Place { phase: None, turn: 0 };
        Self { commands, records, mode, speed, stopped: false, here, last: 0 }
    }

    fn follow(&mut self, command: Command) {
        match command {
            Command::Pause => self.mode = Mode::Pausing(PauseReason::Requested),
            Command::Resume => self.mode = Mode::Running,
            Command::Step(unit) => self.mode = Mode::Stepping(unit, self.here),
            Command::SetSpeed(speed) => self.speed = speed,
            Command::Stop => self.stopped = true,
        }
    }

    fn follow_all(&mut self) {
        while let Ok(command) = self.commands.try_recv() {
            self.follow(command);
        }
    }

    /// Whether the run is held now: a step that was asked for ends the hold, too.
    fn holds(&self) -> bool {
        !self.stopped && matches!(self.mode, Mode::Pausing(_))
    }
}

/// Whether a step of this size, begun at `from`, ends before `moment`.
fn reached(unit: StepUnit, from: Place, moment: Moment) -> bool {
    let is_micro =
        matches!(moment.kind, TaskKind::NextTick | TaskKind::Microtask | TaskKind::PromiseReaction);
    match unit {
        StepUnit::Task => true,
        StepUnit::Macrotask => !is_micro,
        StepUnit::Phase => moment.phase != from.phase || moment.turn != from.turn,
        StepUnit::Turn => moment.turn != from.turn,
    }
}

impl Observer for Listener {
    fn records(&mut self, batch: &mut Vec<Record>) {
        let full = std::mem::replace(batch, Vec::with_capacity(batch.len()));
        // A watcher that is gone needs no records.
        drop(self.records.send(full));
    }

    fn pause_before(&mut self, moment: Moment) -> Option<PauseReason> {
        self.follow_all();
        if self.stopped {
            return None;
        }
        let here = Place { phase: moment.phase, turn: moment.turn };
        let reason = match self.mode {
            Mode::Running => None,
            Mode::Pausing(reason) => Some(reason),
            Mode::Stepping(unit, from) => reached(unit, from, moment).then_some(PauseReason::Step),
        }?;
        self.mode = Mode::Pausing(reason);
        self.here = here;
        Some(reason)
    }

    fn wait(&mut self) {
        while self.holds() {
            match self.commands.recv() {
                Ok(command) => self.follow(command),
                // Nobody is there to let the run go on.
                Err(_) => self.stopped = true,
            }
        }
    }

    fn delay(&mut self, _moment: Moment, now: Nanos) -> Nanos {
        let Speed::Slow(millis) = self.speed else { return 0 };
        let due = self.last + u64::from(millis) * 1_000_000;
        self.last = now.max(due);
        // A run that is to be paused or stepped does not make the user wait.
        if self.mode == Mode::Running { due.saturating_sub(now) } else { 0 }
    }

    fn sleep(&mut self, nanos: Nanos) {
        match self.commands.recv_timeout(Duration::from_nanos(nanos)) {
            Ok(command) => self.follow(command),
            // Time is up, or nobody is there any more who could follow a slow run.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use loopscope_protocol::TaskId;

    fn moment(kind: TaskKind, phase: Phase, turn: u32) -> Moment {
        Moment { task: TaskId(1), kind, phase: Some(phase), turn }
    }

    #[test]
    fn steps_end_where_their_unit_says() {
        let from = Place { phase: Some(Phase::Poll), turn: 2 };
        let tick = moment(TaskKind::NextTick, Phase::Poll, 2);
        let io = moment(TaskKind::IoCompletion, Phase::Poll, 2);
        let check = moment(TaskKind::Immediate, Phase::Check, 2);
        let next = moment(TaskKind::IoCompletion, Phase::Poll, 3);
        let ends = |unit| [tick, io, check, next].map(|moment| reached(unit, from, moment));
        assert_eq!(ends(StepUnit::Task), [true, true, true, true]);
        assert_eq!(ends(StepUnit::Macrotask), [false, true, true, true]);
        assert_eq!(ends(StepUnit::Phase), [false, false, true, true]);
        assert_eq!(ends(StepUnit::Turn), [false, false, false, true]);
    }
}
