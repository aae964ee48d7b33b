//! Loops of workers beside that of the main thread.

use super::{CONTRADICTIONS_KEPT, LoopState};
use crate::event::{Event, EventKind};
use crate::ids::{LoopId, Nanos, TaskId, TextId};

/// Workers of which the state is kept; a run that starts more is followed as far as this.
const MOST: usize = 4096;

/// A worker: a thread with a loop of its own.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Its name.
    pub name: TextId,
    /// The task that started it.
    pub starter: TaskId,
    /// Since when.
    pub since: Nanos,
    /// Its loop. Names and lines are those of the whole run: see [`LoopState::seen_from`].
    pub state: LoopState,
}

impl LoopState {
    /// The loop of this number, with names, lines and clock of the whole run; `None` when there is no such worker.
    pub fn seen_from(&self, id: LoopId) -> Option<Self> {
        if id == LoopId::MAIN {
            return Some(self.clone());
        }
        let worker = self.workers.get(&id)?;
        Some(Self {
            names: self.names.clone(),
            log: self.log.clone(),
            now: self.now.max(worker.state.now),
            events: self.events,
            ..worker.state.clone()
        })
    }

    /// The loop that a task belongs to, as far as it is known; the main thread's otherwise.
    pub fn home(&self, task: TaskId) -> &Self {
        self.workers.get(&task.on()).map_or(self, |worker| &worker.state)
    }

    /// Takes what only concerns which loop is meant; whether that is all.
    pub(super) fn turn_to_loop(&mut self, event: &Event) -> bool {
        match event.kind {
            EventKind::LoopEntered { id } => {
                self.on = id;
                if id != LoopId::MAIN && !self.workers.contains_key(&id) {
                    self.contradict(|| format!("loop {} was not started", id.0));
                    self.add_worker(id, TextId::NONE, TaskId::NONE, event.at);
                }
                true
            }
            EventKind::WorkerStarted { id, task, name } => {
                if id == LoopId::MAIN || self.workers.contains_key(&id) {
                    self.contradict(|| format!("worker {} is started twice", id.0));
                } else {
                    self.add_worker(id, name, task, event.at);
                }
                true
            }
            _ => false,
        }
    }

    fn add_worker(&mut self, id: LoopId, name: TextId, starter: TaskId, since: Nanos) {
        if self.workers.len() < MOST {
            self.workers.insert(id, Worker { name, starter, since, state: Self::default() });
        }
    }

    /// Folds an event into the loop of the worker that it happened on.
    pub(super) fn worker_event(&mut self, event: &Event) {
        let on = self.on;
        let Some(worker) = self.workers.get_mut(&on) else { return };
        let before = worker.state.contradictions;
        worker.state.event(event);
        let (after, last) = (worker.state.contradictions, worker.state.first_contradictions.last().cloned());
        self.contradictions += after - before;
        if after > before && self.first_contradictions.len() < CONTRADICTIONS_KEPT {
            self.first_contradictions.push(format!("worker {}: {}", on.0, last.unwrap_or_default()));
        }
    }
}
