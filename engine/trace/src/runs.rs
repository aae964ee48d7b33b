//! Runs of callbacks, gathered from events: what most questions about a past are about.

use std::collections::{BTreeMap, HashMap};

use loopscope_protocol::state::Stage;
use loopscope_protocol::{
    Event, EventKind, LoopId, LoopState, Nanos, Outcome, PlaceId, Queue, TaskId, TaskKind,
};

use crate::past::On;

/// One run of a callback with what led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The task.
    pub task: TaskId,
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
    /// When its timer was due, if it has one.
    pub due: Option<Nanos>,
    /// When it was ready.
    pub ready: Nanos,
    /// Where it waited for the stack.
    pub queue: Queue,
    /// When it started.
    pub started: Nanos,
    /// When it ended.
    pub ended: Nanos,
    /// How it ended.
    pub outcome: Outcome,
    /// Number of the event with which it started.
    pub first: u64,
    /// How many callbacks it ran inside of.
    pub depth: u32,
    /// How long the run of the program stood still meanwhile, at breakpoints or because it was paused.
    pub stood: Nanos,
}

impl Run {
    /// How long it was on the stack, in nanoseconds.
    pub fn length(&self) -> Nanos {
        self.ended.saturating_sub(self.started)
    }

    /// How long it ran: what a debugger held it does not count.
    pub fn ran(&self) -> Nanos {
        self.length().saturating_sub(self.stood)
    }

    /// Whether it belongs between the callbacks of the loop.
    pub fn is_micro(&self) -> bool {
        self.kind.is_micro()
    }
}

/// Gathers runs from events, which it must be given in order.
#[derive(Debug, Default)]
pub struct Runs {
    tasks: HashMap<TaskId, Run>,
    /// By loop.
    stacks: BTreeMap<LoopId, Vec<TaskId>>,
    /// The loop that events are about.
    on: On,
    /// Since when loops stand still.
    stands: BTreeMap<LoopId, Nanos>,
}

impl Runs {
    /// Goes on from a moment of a run: callbacks that are known then, on all loops.
    pub fn from_state(state: &LoopState) -> Self {
        let mut runs = Self { on: On(state.on), ..Self::default() };
        runs.know(LoopId::MAIN, state);
        for (on, worker) in &state.workers {
            runs.know(*on, &worker.state);
        }
        runs
    }

    fn know(&mut self, on: LoopId, state: &LoopState) {
        self.stands.extend(state.stood.since().map(|since| (on, since)));
        for (&task, known) in state.tasks.iter() {
            let mut run = Run {
                task,
                kind: known.kind,
                parent: known.parent,
                callback: known.callback,
                site: known.site,
                created: known.created,
                due: known.due,
                ready: known.created,
                queue: Queue::Main,
                started: known.created,
                ended: known.created,
                outcome: Outcome::Returned,
                first: state.events,
                depth: 0,
                stood: 0,
            };
            match known.stage {
                Stage::Waiting => {}
                Stage::Armed { due } => run.due = Some(due),
                Stage::Ready { queue, since, .. } => (run.queue, run.ready) = (queue, since),
                // A state does not tell any more since when it was ready.
                Stage::Running { since } => {
                    (run.ready, run.started, run.due) = (since, since, None);
                    // What still lasts is counted when it ends.
                    run.stood = state.stood.within(since, state.stood.since().unwrap_or(state.now));
                }
            }
            self.tasks.insert(task, run);
        }
        for (depth, task) in (0..).zip(&state.stack) {
            if let Some(run) = self.tasks.get_mut(task) {
                run.depth = depth;
            }
        }
        if !state.stack.is_empty() {
            self.stacks.insert(on, state.stack.clone());
        }
    }

    /// Takes an event with its number; returns the run that it ends.
    pub fn take(&mut self, number: u64, event: &Event) -> Option<Run> {
        let at = event.at;
        self.on.of(event);
        match event.kind {
            EventKind::Paused { .. } => {
                self.stands.entry(self.on.0).or_insert(at);
            }
            EventKind::Resumed => self.goes_on(self.on.0, at),
            EventKind::TaskCreated { task, parent, kind, callback, site } => {
                let run = Run {
                    task,
                    kind,
                    parent,
                    callback,
                    site,
                    created: at,
                    due: None,
                    ready: at,
                    queue: Queue::Main,
                    started: at,
                    ended: at,
                    outcome: Outcome::Returned,
                    first: number,
                    depth: 0,
                    stood: 0,
                };
                self.tasks.insert(task, run);
            }
            EventKind::TaskArmed { task, due } => {
                if let Some(run) = self.tasks.get_mut(&task) {
                    run.due = Some(due);
                }
            }
            EventKind::TaskReady { task, queue } => {
                if let Some(run) = self.tasks.get_mut(&task) {
                    (run.ready, run.queue) = (at, queue);
                }
            }
            EventKind::TaskStarted { task } => {
                self.goes_on(task.on(), at);
                let stack = self.stacks.entry(task.on()).or_default();
                let depth = u32::try_from(stack.len()).unwrap_or(u32::MAX);
                if let Some(run) = self.tasks.get_mut(&task) {
                    (run.started, run.first, run.depth, run.stood) = (at, number, depth, 0);
                    stack.push(task);
                }
            }
            EventKind::TaskEnded { task, outcome } => {
                self.goes_on(task.on(), at);
                let stack = self.stacks.get_mut(&task.on())?;
                let index = stack.iter().rposition(|other| *other == task)?;
                stack.truncate(index);
                let run = self.tasks.get_mut(&task)?;
                (run.ended, run.outcome) = (at, outcome);
                let done = *run;
                if done.kind != TaskKind::Interval {
                    self.tasks.remove(&task);
                }
                return Some(done);
            }
            EventKind::MessageTaken { task, from } => {
                if let Some(run) = self.tasks.get_mut(&task) {
                    run.parent = from;
                }
            }
            EventKind::TaskCancelled { task } if !self.stack_of(task.on()).contains(&task) => {
                self.tasks.remove(&task);
            }
            _ => {}
        }
        None
    }

    /// A loop goes on, if it stood still: those on its stack did not run meanwhile.
    fn goes_on(&mut self, on: LoopId, at: Nanos) {
        let Some(since) = self.stands.remove(&on) else { return };
        for task in self.stacks.get(&on).into_iter().flatten() {
            if let Some(run) = self.tasks.get_mut(task) {
                run.stood = run.stood.saturating_add(at.saturating_sub(since));
            }
        }
    }

    /// A task that has not ended, as far as it has come.
    pub fn get(&self, task: TaskId) -> Option<&Run> {
        self.tasks.get(&task)
    }

    /// Runs that have not ended, as if they ended now, the outermost first.
    pub fn unfinished(&self, now: Nanos) -> Vec<Run> {
        let open = self.stacks.values().flatten().filter_map(|task| self.tasks.get(task));
        let stands = |run: &Run| {
            let since = self.stands.get(&run.task.on());
            since.map_or(0, |since| now.saturating_sub((*since).max(run.started)))
        };
        let until_now = |run: &Run| {
            let stood = run.stood.saturating_add(stands(run));
            Run { ended: now, outcome: Outcome::Terminated, stood, ..*run }
        };
        open.map(until_now).collect()
    }

    /// Tasks on the main thread's stack, the running one last.
    pub fn stack(&self) -> &[TaskId] {
        self.stack_of(LoopId::MAIN)
    }

    /// Tasks on the stack of a loop, the running one last.
    pub fn stack_of(&self, on: LoopId) -> &[TaskId] {
        self.stacks.get(&on).map_or(&[], Vec::as_slice)
    }
}
