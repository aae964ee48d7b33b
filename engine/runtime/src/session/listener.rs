//! The observer of a watched run: hands records on, follows commands, holds the run where it is asked to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use loopscope_protocol::{Command, Nanos, PauseReason, Phase, Record, Speed, StepUnit};

use crate::trace::{Moment, Observer, Sampling, Sink, Spares, Waited, step_ends};

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

/// What leads from a run to its watcher and back.
pub struct Ways {
    /// What the watcher wants.
    pub commands: Receiver<Command>,
    /// Set after each of them was sent, and as long as callbacks are to ask before they start.
    pub news: Arc<AtomicBool>,
    /// How often the stack is looked at.
    pub sampling: Sampling,
    /// Records that the watcher is to read.
    pub records: Sender<Vec<Record>>,
    /// Room of those that it has read.
    pub spares: Spares,
}

/// See the module.
pub struct Listener {
    ways: Ways,
    /// Rings when the run's inspector has something to do.
    bell: Receiver<()>,
    mode: Mode,
    /// What was asked for before each hold.
    before: Vec<Mode>,
    speed: Speed,
    stopped: bool,
    /// The callback before which the run stood still, or was asked to.
    here: Place,
    /// When the last callback was let through.
    last: Nanos,
}

impl Listener {
    /// A listener; `paused` holds the run before its first callback.
    pub fn new(ways: Ways, bell: Receiver<()>, paused: bool, speed: Speed) -> Self {
        let mode = if paused { Mode::Pausing(PauseReason::Entry) } else { Mode::Running };
        let here = Place { phase: None, turn: 0 };
        let listener = Self { ways, bell, mode, before: Vec::new(), speed, stopped: false, here, last: 0 };
        listener.attend();
        listener
    }

    fn follow(&mut self, command: Command) {
        if !matches!(command, Command::SetSpeed(_)) {
            self.before.clear();
        }
        match command {
            Command::Pause => self.mode = Mode::Pausing(PauseReason::Requested),
            Command::Resume => self.mode = Mode::Running,
            Command::Step(unit) => self.mode = Mode::Stepping(unit, self.here),
            Command::SetSpeed(speed) => self.speed = speed,
            Command::Stop => self.stopped = true,
        }
        self.attend();
    }

    /// Has every callback ask as long as not all of them start at once.
    fn attend(&self) {
        if self.mode != Mode::Running || self.speed != Speed::Full {
            self.ways.news.store(true, Ordering::Relaxed);
        }
    }

    fn follow_all(&mut self) {
        // A look costs less than an attempt, and there hardly is one.
        if !self.ways.news.load(Ordering::Relaxed) {
            return;
        }
        self.ways.news.swap(false, Ordering::Acquire);
        while let Ok(command) = self.ways.commands.try_recv() {
            self.follow(command);
        }
        self.attend();
    }

    /// Whether the run is held now: a step that was asked for ends the hold, too.
    fn holds(&self) -> bool {
        !self.stopped && matches!(self.mode, Mode::Pausing(_))
    }
}

impl Observer for Listener {
    fn records(&mut self, batch: &mut Vec<Record>) {
        let full = std::mem::replace(batch, self.ways.spares.take(batch.len()));
        // A watcher that is gone needs no records.
        drop(self.ways.records.send(full));
    }

    fn sink(&self) -> Option<Sink> {
        let records = self.ways.records.clone();
        // As above.
        Some(Arc::new(move |batch| drop(records.send(batch))))
    }

    fn sampling(&self) -> Sampling {
        self.ways.sampling.clone()
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
            Mode::Stepping(unit, from) => {
                step_ends(unit, (from.phase, from.turn), moment).then_some(PauseReason::Step)
            }
        }?;
        self.mode = Mode::Pausing(reason);
        self.here = here;
        Some(reason)
    }

    fn attention(&self) -> Option<Arc<AtomicBool>> {
        Some(Arc::clone(&self.ways.news))
    }

    fn hold(&mut self, reason: PauseReason) {
        self.before.push(self.mode);
        self.mode = Mode::Pausing(reason);
        self.attend();
    }

    fn release(&mut self) {
        // What was asked for meanwhile counts, otherwise what was asked for before.
        if let Some(before) = self.before.pop() {
            self.mode = before;
            self.attend();
        }
    }

    fn go_on(&mut self) {
        self.follow(Command::Resume);
    }

    fn wait(&mut self) -> Waited {
        while self.holds() {
            crossbeam_channel::select! {
                recv(self.ways.commands) -> command => match command {
                    Ok(command) => self.follow(command),
                    // Nobody is there to let the run go on.
                    Err(_) => self.stopped = true,
                },
                recv(self.bell) -> rung => match rung {
                    Ok(()) => return Waited::Disturbed,
                    Err(_) => self.bell = crossbeam_channel::never(),
                },
            }
        }
        Waited::Over
    }

    fn delay(&mut self, _moment: Moment, now: Nanos) -> Nanos {
        let Speed::Slow(millis) = self.speed else { return 0 };
        let due = self.last + u64::from(millis) * 1_000_000;
        self.last = now.max(due);
        // A run that is to be paused or stepped does not make the user wait.
        if self.mode == Mode::Running { due.saturating_sub(now) } else { 0 }
    }

    fn sleep(&mut self, nanos: Nanos) {
        match self.ways.commands.recv_timeout(Duration::from_nanos(nanos)) {
            Ok(command) => self.follow(command),
            // Time is up, or nobody is there any more who could follow a slow run.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }
}
