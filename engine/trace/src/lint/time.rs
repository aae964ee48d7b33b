//! Rules about time: who held the stack, and who waited.

use loopscope_protocol::state::{Stage, duration};
use loopscope_protocol::{Event, EventKind, Nanos, Outcome, PlaceId, TaskId, TaskKind};

use super::{ByPlace, Check, Context, Found};
use crate::runs::Run;

/// A callback that runs for so long is felt, in nanoseconds.
const LONG: Nanos = 50_000_000;

/// A program that starts has more to do.
const LONG_START: Nanos = 100_000_000;

/// A timer that is so late is not only late because clocks count milliseconds, in nanoseconds.
const LATE: Nanos = 20_000_000;

/// Microtasks in a row that are many.
const MANY: u64 = 100;

/// Callbacks that held the stack for long while others waited.
#[derive(Default)]
pub struct Blocked {
    /// Timers that were due and that the running callback cancelled: they waited, too.
    missed: usize,
    found: ByPlace,
}

impl Check for Blocked {
    fn event(&mut self, context: &Context<'_>, event: &Event, ended: Option<&Run>) {
        match event.kind {
            EventKind::TaskStarted { .. } if context.runs.stack().is_empty() => self.missed = 0,
            EventKind::TaskCancelled { task } => {
                let stage = context.state.tasks.get(&task).map(|task| task.stage);
                self.missed += usize::from(matches!(stage, Some(Stage::Armed { due }) if due <= event.at));
            }
            _ => {}
        }
        if let Some(run) = ended.filter(|run| run.depth == 0) {
            self.ended(context, run, event.at);
        }
    }

    fn finish(&mut self, context: &Context<'_>) -> Vec<Found> {
        let now = context.state.now;
        if let Some(run) = context.runs.unfinished(now).first() {
            self.ended(context, run, now);
        }
        self.found.take()
    }
}

impl Blocked {
    fn ended(&mut self, context: &Context<'_>, run: &Run, now: Nanos) {
        let length = run.length().saturating_sub(context.paused(run.started, run.ended));
        let waiting = context.waiting(run.started, now) + self.missed;
        let starts = matches!(run.kind, TaskKind::MainScript | TaskKind::ModuleEvaluation);
        if length < if starts { LONG_START } else { LONG } || waiting == 0 {
            return;
        }
        let others =
            if waiting == 1 { "1 other waited".to_owned() } else { format!("{waiting} others waited") };
        let until = if run.outcome == Outcome::Terminated { " until the end" } else { "" };
        self.found.add(Found {
            place: if run.callback.is_some() { run.callback } else { run.site },
            others: Vec::new(),
            task: run.task,
            moment: run.first + 1,
            at: run.started,
            message: format!(
                "{} held the stack for {}{until} while {others}",
                context.name(run.task),
                duration(length)
            ),
            weight: length,
            count: 1,
        });
    }
}

/// Next ticks or microtasks that went on and on.
#[derive(Default)]
pub struct Starved {
    /// Since when the loop has not gone on, how many ran meanwhile, and how long the longest of them did.
    drain: Option<(Nanos, u64, Nanos)>,
    /// The one that ran last: it is likely one of those that go on.
    last: TaskId,
    /// Its place and kind.
    place: PlaceId,
    name: Option<TaskKind>,
    found: ByPlace,
}

impl Check for Starved {
    fn event(&mut self, context: &Context<'_>, event: &Event, ended: Option<&Run>) {
        if let (Some(drain), Some(run)) = (&mut self.drain, ended.filter(|run| run.depth == 0)) {
            drain.2 = drain.2.max(run.ran());
        }
        match event.kind {
            EventKind::DrainEntered { .. } if self.drain.is_none() => self.drain = Some((event.at, 0, 0)),
            EventKind::TaskStarted { task } => {
                if context.runs.get(task).is_some_and(|run| !run.kind.is_micro()) {
                    self.ends(context, event);
                } else if let Some(drain) = &mut self.drain {
                    drain.1 += 1;
                    self.last = task;
                }
            }
            // Next ticks and microtasks take turns: what matters is when the loop goes on.
            EventKind::PhaseEntered { .. } | EventKind::PhaseLeft { .. } | EventKind::Exit { .. } => {
                self.ends(context, event);
            }
            EventKind::TaskEnded { task, .. } if task == self.last => self.remember(context, task),
            _ => {}
        }
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        self.found.take()
    }
}

impl Starved {
    /// The loop goes on.
    fn ends(&mut self, context: &Context<'_>, event: &Event) {
        let Some((since, ran, longest)) = self.drain.take() else { return };
        let lasted = event.at.saturating_sub(since).saturating_sub(context.paused(since, event.at));
        // A single one that held the stack is another matter, and found fault with as such.
        if lasted.saturating_sub(longest) < LONG || ran < MANY || context.waiting(since, event.at) == 0 {
            return;
        }
        let due = context.state.timers.iter().take_while(|entry| entry.0 <= event.at);
        let due: Vec<TaskId> = due.map(|entry| entry.1).collect();
        self.report(context, event, lasted, ran, &due);
    }

    fn remember(&mut self, context: &Context<'_>, task: TaskId) {
        if let Some(run) = context.runs.get(task) {
            let place = if run.callback.is_some() { run.callback } else { run.site };
            // Those of the runtime itself have none.
            if place.is_some() {
                self.place = place;
            }
            self.name = Some(run.kind);
        }
    }

    fn report(&mut self, context: &Context<'_>, event: &Event, lasted: Nanos, ran: u64, due: &[TaskId]) {
        let what = match self.name {
            Some(TaskKind::NextTick) => "next ticks",
            _ => "microtasks",
        };
        let who = match due.first() {
            Some(timer) => context.name(*timer),
            None => "the loop".to_owned(),
        };
        self.found.add(Found {
            place: self.place,
            others: due
                .first()
                .and_then(|timer| context.runs.get(*timer))
                .map(|run| run.callback)
                .into_iter()
                .collect(),
            task: self.last,
            moment: context.number,
            at: event.at.saturating_sub(lasted),
            message: format!("{ran} {what} in a row kept {who} waiting for {}", duration(lasted)),
            weight: lasted,
            count: 1,
        });
    }
}

/// Timers that ran late because of a callback.
#[derive(Default)]
pub struct Late {
    found: ByPlace,
}

impl Check for Late {
    fn event(&mut self, context: &Context<'_>, event: &Event, _ended: Option<&Run>) {
        let EventKind::TaskStarted { task } = event.kind else { return };
        let Some(run) = context.runs.get(task) else { return };
        let Some(due) = run.due else { return };
        let late = event.at.saturating_sub(due);
        if late < LATE
            || context.paused(due, event.at) > 0
            || !matches!(run.kind, TaskKind::Timeout | TaskKind::Interval)
            || context.names().is_runtimes(run.callback)
        {
            return;
        }
        // Only when callbacks explain it: a machine that was busy with something else is nobody's fault here.
        let held: Vec<_> = context
            .state
            .finished
            .iter()
            .filter(|done| done.ended > due)
            .map(|done| (done, done.ended.saturating_sub(done.started.max(due))))
            .collect();
        let Some((culprit, longest)) = held.iter().max_by_key(|entry| entry.1) else { return };
        if *longest < late / 2 {
            return;
        }
        let held_in_all = culprit
            .ended
            .saturating_sub(culprit.started)
            .saturating_sub(context.paused(culprit.started, culprit.ended));
        let culprit_place = context.names().describe(culprit.callback);
        let culprit_name =
            if culprit_place.is_empty() { culprit.kind.name().to_owned() } else { culprit_place };
        self.found.add(Found {
            place: if run.callback.is_some() { run.callback } else { run.site },
            others: vec![culprit.callback],
            task,
            moment: context.number + 1,
            at: event.at,
            message: format!(
                "{} ran {} late because {culprit_name} held the stack for {}",
                context.name(task),
                duration(late),
                duration(held_in_all)
            ),
            weight: late,
            count: 1,
        });
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        self.found.take()
    }
}
