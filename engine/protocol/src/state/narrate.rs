//! What just happened and why, in one line of plain English.

use super::{LoopState, Stage};
use crate::event::{Drain, Event, EventKind, Outcome, Phase, PollTimeout, Queue};
use crate::ids::{LoopId, Nanos};
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

/// Whether [`LoopState::narrate`] may have words for an event of this kind.
pub fn may_have_words(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::TaskStarted { .. }
            | EventKind::TaskEnded { .. }
            | EventKind::PhaseEntered {
                phase: Phase::Poll,
                timeout: PollTimeout::Infinite | PollTimeout::Millis(_),
                ..
            }
            | EventKind::DrainEntered { .. }
            | EventKind::OpStarted { .. }
            | EventKind::OpCompleted { .. }
            | EventKind::WorkerStarted { .. }
            | EventKind::MessageTaken { .. }
            | EventKind::Exit { .. }
    )
}

impl LoopState {
    /// Words for `event`, given the state before it. `None` for events that need none.
    pub fn narrate(&self, event: &Event) -> Option<String> {
        if !may_have_words(&event.kind) {
            return None;
        }
        if self.on != LoopId::MAIN && !matches!(event.kind, EventKind::LoopEntered { .. }) {
            let worker = self.workers.get(&self.on)?;
            let words = self.part_for(event, &worker.state).narrate(event)?;
            return Some(format!("{}: {words}", self.name_worker(self.on)));
        }
        Some(match event.kind {
            EventKind::TaskStarted { task } => {
                let entry = self.tasks.get(&task)?;
                let name = self.name_task(task);
                match entry.stage {
                    Stage::Ready { queue: Queue::Timers, .. } => match entry.due {
                        Some(due) if event.at.saturating_sub(due) > LATE => {
                            let late = duration(event.at - due);
                            format!("{name} runs {late} late{}", self.who_held_up(due, event.at))
                        }
                        _ => format!("{name} runs: its time has come"),
                    },
                    Stage::Ready { queue: Queue::Poll, .. } => match entry.kind {
                        TaskKind::Message => format!("{name} runs: a message has arrived"),
                        TaskKind::Signal => format!("{name} runs: the signal has arrived"),
                        _ => format!("{name} runs: its operation is done"),
                    },
                    Stage::Ready { queue: Queue::NextTick, .. } => {
                        format!("{name} runs before anything else")
                    }
                    Stage::Ready { queue: Queue::Microtask, .. } => {
                        format!("{name} runs: the stack is empty")
                    }
                    Stage::Ready { queue: Queue::Main, .. } if entry.kind == TaskKind::Event => {
                        let event =
                            self.names.place(entry.callback).map(|place| self.names.text(place.function));
                        match event {
                            Some("beforeExit") => format!("{name} runs: nothing keeps the loop alive"),
                            Some("exit") => format!("{name} runs: the program ends"),
                            _ => format!("{name} runs"),
                        }
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
                let stood = self.stood.within(since, event.at);
                let ran = duration(event.at.saturating_sub(since).saturating_sub(stood));
                let but = match stood {
                    0 => String::new(),
                    stood => format!(", not counting {} in which the run stood still", duration(stood)),
                };
                format!("{} {verb} after {ran}{but}", self.name_task(task))
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
            EventKind::WorkerStarted { id, name, .. } => match self.names.text(name) {
                "" => format!("Worker {} is started", id.0),
                name => format!("Worker {name} is started"),
            },
            EventKind::MessageTaken { task, from } => {
                format!("{} takes up a message of {}", self.name_task(task), self.name_task(from))
            }
            EventKind::Exit { .. } => {
                let mut after = self.clone_for_exit();
                after.apply(&crate::record::Record::Event(*event));
                after.why()
            }
            _ => return None,
        })
    }

    /// That the run stood still past `due`, and the callback that held the stack when it explains most of the rest of the wait:
    /// a slowed-down run waits for other reasons.
    fn who_held_up(&self, due: Nanos, now: Nanos) -> String {
        let ran = |done: &super::Finished, from: Nanos| self.stood.ran(from, done.ended);
        let stood = self.stood.within(due, now);
        let rest = now.saturating_sub(due).saturating_sub(stood);
        let culprit = self
            .finished
            .iter()
            .filter(|done| done.ended > due && ran(done, done.started.max(due)) >= rest / 2)
            .max_by_key(|done| ran(done, done.started))
            .filter(|_| stood == 0 || rest > LATE);
        let mut reasons = Vec::new();
        if stood > 0 {
            reasons.push(format!("the run stood still for {}", duration(stood)));
        }
        if let Some(done) = culprit {
            let place = self.names.describe(done.callback);
            let place = if place.is_empty() { done.kind.name().to_owned() } else { place };
            reasons.push(format!("{place} held the stack for {}", duration(ran(done, done.started))));
        }
        if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) }
    }

    /// Enough of a worker's state to tell of an event, with the names of the run.
    fn part_for(&self, event: &Event, of: &Self) -> Self {
        let mut part = Self {
            names: self.names.clone(),
            finished: of.finished.clone(),
            stood: of.stood.clone(),
            ..Self::default()
        };
        match event.kind {
            EventKind::TaskStarted { task }
            | EventKind::TaskEnded { task, .. }
            | EventKind::MessageTaken { task, .. } => {
                part.tasks.extend(of.tasks.get(&task).map(|entry| (task, entry.clone())));
            }
            EventKind::OpCompleted { op, .. } => {
                part.io.ops.extend(of.io.ops.get(&op).map(|entry| (op, entry.clone())));
            }
            EventKind::Exit { .. } => part.tasks.clone_from(&of.tasks),
            _ => {}
        }
        part
    }

    /// Enough of the state to tell why it ended.
    fn clone_for_exit(&self) -> Self {
        Self { names: self.names.clone(), tasks: self.tasks.clone(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PlaceId, Record, TaskId};

    const MS: Nanos = 1_000_000;

    /// Words for a timer that was due at 10 ms and starts at 60 ms, after a callback that ran from 5 ms to `until`.
    fn late_timer(until: Nanos) -> String {
        let mut state = LoopState::default();
        let mut tell = |at, kind| {
            let event = Event { at, kind };
            let words = state.narrate(&event);
            state.apply(&Record::Event(event));
            words
        };
        let create = |task, kind| EventKind::TaskCreated {
            task: TaskId(task),
            parent: TaskId::NONE,
            kind,
            callback: PlaceId::NONE,
            site: PlaceId::NONE,
        };
        let (timer, other) = (TaskId(1), TaskId(2));
        tell(0, create(1, TaskKind::Timeout));
        tell(0, EventKind::TaskArmed { task: timer, due: 10 * MS });
        tell(0, create(2, TaskKind::Immediate));
        tell(0, EventKind::TaskReady { task: other, queue: Queue::Check });
        tell(5 * MS, EventKind::TaskStarted { task: other });
        tell(until, EventKind::TaskEnded { task: other, outcome: Outcome::Returned });
        tell(60 * MS, EventKind::TaskReady { task: timer, queue: Queue::Timers });
        tell(60 * MS, EventKind::TaskStarted { task: timer }).unwrap_or_default()
    }

    #[test]
    fn a_late_timer_names_who_held_it_up() {
        assert_eq!(late_timer(59 * MS), "timeout runs 50 ms late: immediate held the stack for 54 ms");
    }

    #[test]
    fn standing_at_a_breakpoint_holds_no_stack() {
        let (task, timer, none) = (TaskId(1), TaskId(2), PlaceId::NONE);
        let mut state = LoopState::default();
        let mut words = Vec::new();
        let create = |task, kind| EventKind::TaskCreated {
            task,
            parent: TaskId::NONE,
            kind,
            callback: none,
            site: none,
        };
        let reason = crate::event::PauseReason::Breakpoint;
        for (ms, kind) in [
            (0, create(task, TaskKind::Immediate)),
            (0, create(timer, TaskKind::Timeout)),
            (0, EventKind::TaskArmed { task: timer, due: 10 * MS }),
            (0, EventKind::TaskReady { task, queue: Queue::Check }),
            (5, EventKind::TaskStarted { task }),
            (6, EventKind::Paused { reason, before: TaskId::NONE }),
            (3006, EventKind::Resumed),
            (3008, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
            (3008, EventKind::TaskReady { task: timer, queue: Queue::Timers }),
            (3008, EventKind::TaskStarted { task: timer }),
        ] {
            let event = Event { at: ms * MS, kind };
            words.extend(state.narrate(&event));
            state.apply(&Record::Event(event));
        }
        assert_eq!(
            words[1..],
            [
                "immediate returned after 3.0 ms, not counting 3.00 s in which the run stood still",
                "timeout runs 3.00 s late: the run stood still for 3.00 s",
            ]
        );
    }

    #[test]
    fn a_message_is_no_operation() {
        let words = |kind| {
            let (mut state, task, none) = (LoopState::default(), TaskId(1), PlaceId::NONE);
            for kind in [
                EventKind::TaskCreated { task, parent: TaskId::NONE, kind, callback: none, site: none },
                EventKind::TaskReady { task, queue: Queue::Poll },
            ] {
                state.apply(&Record::Event(Event { at: 0, kind }));
            }
            state.narrate(&Event { at: 1, kind: EventKind::TaskStarted { task } }).unwrap_or_default()
        };
        assert_eq!(words(TaskKind::Message), "message runs: a message has arrived");
        assert_eq!(words(TaskKind::Signal), "signal runs: the signal has arrived");
        assert_eq!(words(TaskKind::IoCompletion), "I/O runs: its operation is done");
    }

    #[test]
    fn nobody_is_blamed_for_a_wait_that_he_does_not_explain() {
        assert_eq!(late_timer(11 * MS), "timeout runs 50 ms late");
    }
}
