//! What keeps the loop alive, and why it ended.

use super::{LoopState, Stage};
use crate::event::{ExitReason, Queue};
use crate::ids::{HandleId, LoopId, OpId, TaskId};
use crate::task::TaskKind;

/// Something that keeps the loop alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// A ref'd timer or immediate.
    Task(TaskId),
    /// An operation in flight.
    Op(OpId),
    /// A ref'd handle.
    Handle(HandleId),
}

impl LoopState {
    /// Everything that keeps the loop alive: operations and handles oldest first, timers soonest first.
    pub fn keepers(&self) -> Vec<Keeper> {
        let refd = |task: &TaskId| self.tasks.get(task).is_some_and(|task| task.refd);
        let ops = self.io.ops.keys().copied().map(Keeper::Op);
        let handles =
            self.io.handles.iter().filter(|entry| entry.1.refd).map(|entry| Keeper::Handle(*entry.0));
        let timers = self.timers.iter().map(|entry| entry.1).filter(refd).map(Keeper::Task);
        let ready =
            [Queue::Timers, Queue::Check].into_iter().flat_map(|queue| self.queue(queue)).filter(refd);
        ops.chain(handles).chain(timers).chain(ready.map(Keeper::Task)).collect()
    }

    /// What keeps the loop alive, or why it ended, in one sentence.
    pub fn why(&self) -> String {
        if let Some(ended) = self.ended {
            let reason = match ended.reason {
                ExitReason::NothingLeft => "nothing was left that keeps the loop alive",
                ExitReason::ProcessExit => "the script called process.exit()",
                ExitReason::Aborted => "the script called process.abort()",
                ExitReason::UncaughtException => "nobody caught an exception",
                ExitReason::UnhandledRejection => "nobody handled a rejected promise",
                ExitReason::UnsettledTopLevelAwait => {
                    "the main module awaits a promise that nothing can settle"
                }
                ExitReason::Stopped => "it was stopped",
                ExitReason::OutOfMemory => "the heap was full",
            };
            return format!("Ended with code {} because {reason}{}.", ended.code, self.left_over());
        }
        if let Some(running) = self.running() {
            return format!("Running {}.", self.name_task(running));
        }
        let keepers = self.keepers();
        match keepers.first() {
            None if self.totals.iter().all(|total| total.started == 0) => {
                "The script has not begun.".to_owned()
            }
            None => "Nothing keeps the loop alive.".to_owned(),
            Some(first) => {
                let more = match keepers.len() - 1 {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("Kept alive by {}{more}.", self.name_keeper(*first))
            }
        }
    }

    /// What never ran, for the end.
    fn left_over(&self) -> String {
        // The callback in which the program ended did start. What the runtime armed for itself is no business of the
        // script's, and never keeps the loop alive.
        let waiting = || {
            let tasks = self.tasks.values();
            tasks.filter(|task| {
                !matches!(task.stage, Stage::Running { .. }) && !self.names.is_runtimes(task.callback)
            })
        };
        let timers =
            waiting().filter(|task| matches!(task.kind, TaskKind::Timeout | TaskKind::Interval)).count();
        let promises = waiting()
            .filter(|task| task.kind == TaskKind::PromiseReaction && task.stage == Stage::Waiting)
            .count();
        let plural =
            |count: usize, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        match (timers, promises) {
            (0, 0) => String::new(),
            (timers, 0) => format!("; {} never fired", plural(timers, "timer")),
            (0, promises) => format!("; {} still waited for a promise", plural(promises, "reaction")),
            (timers, promises) => {
                format!(
                    "; {} and {} were left",
                    plural(timers, "timer"),
                    plural(promises, "promise reaction")
                )
            }
        }
    }

    /// A task as people call it: kind, function and place.
    pub fn name_task(&self, id: TaskId) -> String {
        let Some(task) = self.home(id).tasks.get(&id) else { return format!("task {id}") };
        let place = self.names.describe(task.callback);
        if place.is_empty() { task.kind.name().to_owned() } else { format!("{} {place}", task.kind.name()) }
    }

    /// A loop as people call it: `main thread`, `worker 1`, or the name it was given.
    pub fn name_worker(&self, id: LoopId) -> String {
        if id == LoopId::MAIN {
            return "main thread".to_owned();
        }
        match self.workers.get(&id).map_or("", |worker| self.names.text(worker.name)) {
            // The name of workers that were given none.
            "" | "WorkerThread" => format!("worker {}", id.0),
            name => name.to_owned(),
        }
    }

    /// Something that keeps the loop alive as people call it.
    pub fn name_keeper(&self, keeper: Keeper) -> String {
        match keeper {
            Keeper::Task(task) => self.name_task(task),
            Keeper::Op(op) => self.io.ops.get(&op).map_or_else(String::new, |op| {
                format!("{} {}", self.names.text(op.name), self.names.text(op.target)).trim_end().to_owned()
            }),
            Keeper::Handle(handle) => self.io.handles.get(&handle).map_or_else(String::new, |handle| {
                format!("{} {}", self.names.text(handle.name), self.names.text(handle.target))
                    .trim_end()
                    .to_owned()
            }),
        }
    }
}
