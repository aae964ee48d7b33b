//! What just happened and why, in one line of plain English.

use super::{LoopState, Stage};
use crate::event::{Drain, Event, EventKind, Outcome, Phase, PollTimeout, Queue};
use crate::ids::Nanos;
use crate::task::TaskKind;

/// A delay that is worth a word.
const LATE: Nanos = 2_000_000;

/// A time as people read it: `340 ns`, `12 µs`, `3.4 ms`, `1.20 s`.
pub fn duration(nanos: Nanos) -> String {
    let value = nanos as f64;
    match nanos {
        0..1_000 => format!("{nanos} ns"),
        1_000..1_000_000 => format!("{:.0} µs", value / 1e3),
        1_000_000..10_000_000 => format!("{:.1} ms", value / 1e6),
        10_000_000..1_000_000_000 => format!("{:.0} ms", value / 1e6),
        _ => format!("{:.2} s", value / 1e9),
    }
}

impl LoopState {
    /// Words for `event`, given the state before it. `None` for events that need none.
    pub fn narrate(&self, event: &Event) -> Option<String> {
        Some(match event.kind {
            EventKind::TaskStarted { task } => {
                let entry = self.tasks.get(&task)?;
                let name = self.name_task(task);
                match entry.stage {
                    Stage::Ready { queue: Queue::Timers, .. } => match entry.due {
                        Some(due) if event.at > due + LATE => {
                            format!("{name} runs {} late{}", duration(event.at - due), self.who_held_up(due))
                        }
                        _ => format!("{name} runs: its time has come"),
                    },
                    Stage::Ready { queue: Queue::Poll, .. } => format!("{name} runs: its operation is done"),
                    Stage::Ready { queue: Queue::NextTick, .. } => {
                        format!("{name} runs before anything else")
                    }
                    Stage::Ready { queue: Queue::Microtask, .. } => {
                        format!("{name} runs: the stack is empty")
                    }
                    Stage::Ready { queue: Queue::Check, .. } => format!("{name} runs in the check phase"),
                    _ => format!("{name} runs"),
                }
            }
            EventKind::TaskEnded { task, outcome } => {
                let entry = self.tasks.get(&task)?;
                let Stage::Running { since } = entry.stage else { return None };
                let verb = match outcome {
                    Outcome::Returned => "returned",
                    Outcome::Threw => "threw",
                    Outcome::Terminated => "was ended",
                };
                format!("{} {verb} after {}", self.name_task(task), duration(event.at.saturating_sub(since)))
            }
            EventKind::PhaseEntered { phase: Phase::Poll, timeout: PollTimeout::Infinite, .. } => {
                "Nothing to run: the loop sleeps until I/O completes".to_owned()
            }
            EventKind::PhaseEntered { phase: Phase::Poll, timeout: PollTimeout::Millis(millis), .. } => {
                format!("Nothing to run: the loop sleeps at most {millis} ms, until the next timer")
            }
            EventKind::DrainEntered { drain: Drain::NextTicks } => "All next ticks run now".to_owned(),
            EventKind::DrainEntered { drain: Drain::Microtasks } => "All microtasks run now".to_owned(),
            EventKind::OpStarted { name, target, .. } => {
                format!("{} {} is under way", self.names.text(name), self.names.text(target))
            }
            EventKind::OpCompleted { op, error, .. } => {
                let op = self.io.ops.get(&op)?;
                let name = self.names.text(op.name);
                let took = duration(event.at.saturating_sub(op.since));
                match self.names.text(error) {
                    "" => format!("{name} {} is done after {took}", self.names.text(op.target)),
                    error => {
                        format!("{name} {} failed with {error} after {took}", self.names.text(op.target))
                    }
                }
            }
            EventKind::Exit { .. } => {
                let mut after = self.clone_for_exit();
                after.apply(&crate::record::Record::Event(*event));
                after.why()
            }
            _ => return None,
        })
    }

    /// The callback that held the stack past `due`.
    fn who_held_up(&self, due: Nanos) -> String {
        let culprit = self
            .finished
            .iter()
            .filter(|done| done.ended > due && done.kind != TaskKind::NextTick)
            .max_by_key(|done| done.ended - done.started);
        match culprit {
            Some(done) => {
                let place = self.names.describe(done.callback);
                let place = if place.is_empty() { done.kind.name().to_owned() } else { place };
                format!(": {place} held the stack for {}", duration(done.ended - done.started))
            }
            None => String::new(),
        }
    }

    /// Enough of the state to tell why it ended.
    fn clone_for_exit(&self) -> Self {
        Self { names: self.names.clone(), tasks: self.tasks.clone(), ..Self::default() }
    }
}
