//! Folds one record into the state.

use std::collections::hash_map::Entry;

use super::{
    CONTRADICTIONS_KEPT, Ended, FINISHED_KEPT, Finished, Handle, InPhase, Line, LoopState, Op, Stage, Task,
};
use crate::event::{Event, EventKind, Outcome, Phase, Queue};
use crate::ids::{LoopId, Nanos, TaskId};
use crate::record::Record;
use crate::task::TaskKind;

impl LoopState {
    /// Folds one record into the state.
    pub fn apply(&mut self, record: &Record) {
        match record {
            Record::Text { id, text } => {
                if !self.names.define_text(*id, text) {
                    self.contradict(|| format!("text {} is defined out of order", id.0));
                }
            }
            Record::Place { id, place } => {
                if !self.names.define_place(*id, place) {
                    self.contradict(|| format!("place {} is defined out of order", id.0));
                }
            }
            Record::Event(event) => self.event(event),
            // They tell nothing of the loop.
            Record::Samples(_) | Record::Source(_) => {}
        }
    }

    /// Events are missing that nobody can tell of: what was on the stack, and next ticks and microtasks that were ready, had
    /// their turn among them.
    pub fn lose(&mut self) {
        let mut gone = std::mem::take(&mut self.stack);
        for queue in [Queue::NextTick, Queue::Microtask] {
            gone.extend(std::mem::take(&mut self.queues[queue as usize]).into_values());
        }
        for task in gone {
            match self.tasks.get_mut(&task) {
                Some(interval) if interval.kind == TaskKind::Interval => interval.stage = Stage::Waiting,
                _ => drop(self.tasks.remove(&task)),
            }
        }
        self.drain = None;
        for worker in self.workers.values_mut() {
            worker.state.lose();
        }
    }

    pub(super) fn contradict(&mut self, text: impl FnOnce() -> String) {
        self.contradictions += 1;
        if self.first_contradictions.len() < CONTRADICTIONS_KEPT {
            self.first_contradictions.push(text());
        }
    }

    /// Folds one event into the state.
    pub fn event(&mut self, event: &Event) {
        self.events += 1;
        // Threads of the pool report late: time does not go back for that.
        self.now = self.now.max(event.at);
        let at = event.at;
        if self.turn_to_loop(event) {
            return;
        }
        if self.on != LoopId::MAIN {
            // There is one log for all loops.
            return match Line::of(event) {
                Some(line) => self.log.push(line),
                None => self.worker_event(event),
            };
        }
        if self.ended.is_some() {
            self.contradict(|| format!("{:?} after the end", event.kind));
        }
        match event.kind {
            EventKind::TaskCreated { task, parent, kind, callback, site } => {
                let stage = Stage::Waiting;
                let new =
                    Task { kind, parent, callback, site, created: at, stage, refd: true, due: None, runs: 0 };
                self.create(task, new);
            }
            EventKind::TaskArmed { task, due } => self.arm(task, due),
            EventKind::TaskReady { task, queue } => self.ready(task, queue, at),
            EventKind::TaskStarted { task } => self.start(task, at),
            EventKind::TaskEnded { task, outcome } => self.end(task, outcome, at),
            EventKind::TaskCancelled { task } => self.cancel(task),
            EventKind::TaskRef { task, refd } => match self.tasks.get_mut(&task) {
                Some(entry) => entry.refd = refd,
                None => self.contradict(|| format!("task {} is unknown (ref)", task.0)),
            },
            EventKind::PhaseEntered { phase, turn, timeout } => {
                if self.phase.is_some() {
                    self.contradict(|| format!("{phase:?} begins inside another phase"));
                }
                self.enter_turn(turn, phase);
                self.phase = Some(InPhase { phase, since: at, timeout });
            }
            EventKind::PhaseLeft { phase } => {
                if self.phase.take().map(|inside| inside.phase) != Some(phase) {
                    self.contradict(|| format!("{phase:?} ends without having begun"));
                }
            }
            EventKind::DrainEntered { drain } => {
                if self.drain.replace(drain).is_some() {
                    self.contradict(|| format!("draining {drain:?} begins inside another drain"));
                }
            }
            EventKind::DrainLeft { drain } => {
                if self.drain.take() != Some(drain) {
                    self.contradict(|| format!("draining {drain:?} ends without having begun"));
                }
            }
            EventKind::OpStarted { .. }
            | EventKind::OpProgress { .. }
            | EventKind::OpCompleted { .. }
            | EventKind::SlotTaken { .. }
            | EventKind::SlotFreed { .. }
            | EventKind::HandleOpened { .. }
            | EventKind::HandleProgress { .. }
            | EventKind::HandleTarget { .. }
            | EventKind::HandleRef { .. }
            | EventKind::HandleClosed { .. } => self.outside(event),
            EventKind::Console { .. }
            | EventKind::Exception { .. }
            | EventKind::UnhandledRejection { .. } => {
                if let Some(line) = Line::of(event) {
                    self.log.push(line);
                }
            }
            EventKind::Gc { duration, .. } => {
                self.collections.count += 1;
                self.collections.time = self.collections.time.saturating_add(duration);
            }
            EventKind::Heap { used, total } => {
                self.collections.heap_used = used;
                self.collections.heap_total = total;
            }
            EventKind::MessageTaken { task, from } => match self.tasks.get_mut(&task) {
                Some(entry) => entry.parent = from,
                None => self.contradict(|| format!("task {task} is unknown (message)")),
            },
            EventKind::WorkerStarted { .. } | EventKind::LoopEntered { .. } => {}
            // It is over; nothing in the loop has changed.
            EventKind::SyncOp { .. } => {}
            EventKind::Paused { reason, before } => {
                self.paused = Some((reason, before));
                self.stood.begin(at);
            }
            EventKind::Resumed => {
                self.paused = None;
                self.stood.end(at);
            }
            EventKind::Exit { code, reason } => {
                self.ended = Some(Ended { code, reason, at });
                self.phase = None;
                self.drain = None;
                self.paused = None;
                self.stood.end(at);
            }
        }
    }

    fn create(&mut self, task: TaskId, new: Task) {
        self.totals[new.kind as usize].created += 1;
        match self.tasks.entry(task) {
            Entry::Vacant(place) => {
                place.insert(new);
            }
            Entry::Occupied(_) => self.contradict(|| format!("task {} is created twice", task.0)),
        }
    }

    fn enter_turn(&mut self, turn: u32, phase: Phase) {
        // The timers phase ends a turn; turns are counted where the next one begins.
        if turn == self.turn || (phase == Phase::Timers && turn == 0) {
            return;
        }
        self.idle_turns = if self.active_turn { 0 } else { self.idle_turns + 1 };
        self.active_turn = false;
        self.turn = turn;
    }

    /// Takes a task out of where it waits.
    fn unlink(&mut self, task: TaskId, stage: Stage) {
        match stage {
            Stage::Armed { due } => {
                self.timers.remove(&(due, task));
            }
            Stage::Ready { queue, order, .. } => {
                self.queues[queue as usize].remove(&order);
            }
            Stage::Waiting | Stage::Running { .. } => {}
        }
    }

    fn arm(&mut self, task: TaskId, due: Nanos) {
        let Some(entry) = self.tasks.get_mut(&task) else {
            return self.contradict(|| format!("task {} is unknown (armed)", task.0));
        };
        if matches!(entry.stage, Stage::Running { .. }) {
            return self.contradict(|| format!("task {} is armed while it runs", task.0));
        }
        let before = std::mem::replace(&mut entry.stage, Stage::Armed { due });
        entry.due = Some(due);
        self.unlink(task, before);
        self.timers.insert((due, task));
    }

    fn ready(&mut self, task: TaskId, queue: Queue, at: Nanos) {
        let order = self.next_order;
        let Some(entry) = self.tasks.get_mut(&task) else {
            return self.contradict(|| format!("task {} is unknown (ready)", task.0));
        };
        match entry.stage {
            Stage::Waiting | Stage::Armed { .. } => {}
            Stage::Ready { .. } | Stage::Running { .. } => {
                return self.contradict(|| format!("task {} is ready twice", task.0));
            }
        }
        let before = std::mem::replace(&mut entry.stage, Stage::Ready { queue, order, since: at });
        self.next_order += 1;
        self.unlink(task, before);
        self.queues[queue as usize].insert(order, task);
    }

    fn start(&mut self, task: TaskId, at: Nanos) {
        let Some(entry) = self.tasks.get_mut(&task) else {
            return self.contradict(|| format!("task {} is unknown (started)", task.0));
        };
        let before = entry.stage;
        if let Stage::Running { .. } = before {
            return self.contradict(|| format!("task {} starts while it runs", task.0));
        }
        entry.stage = Stage::Running { since: at };
        entry.runs += 1;
        let kind = entry.kind;
        self.totals[kind as usize].started += 1;
        self.unlink(task, before);
        self.stack.push(task);
        self.active_turn = true;
        self.paused = None;
        self.stood.end(at);
        if !matches!(before, Stage::Ready { .. }) {
            self.contradict(|| format!("task {} starts without being ready", task.0));
        }
    }

    fn end(&mut self, task: TaskId, outcome: Outcome, at: Nanos) {
        let Some(index) = self.stack.iter().rposition(|&entry| entry == task) else {
            return self.contradict(|| format!("task {} ends without running", task.0));
        };
        if index + 1 != self.stack.len() {
            self.contradict(|| format!("task {} ends below another one", task.0));
        }
        for above in self.stack.split_off(index) {
            self.finish(above, outcome, at);
        }
    }

    fn finish(&mut self, task: TaskId, outcome: Outcome, at: Nanos) {
        let Some(entry) = self.tasks.get_mut(&task) else { return };
        let started = match entry.stage {
            Stage::Running { since } => since,
            _ => at,
        };
        let threw = outcome == Outcome::Threw;
        let (kind, callback) = (entry.kind, entry.callback);
        entry.stage = Stage::Waiting;
        if kind != TaskKind::Interval {
            self.tasks.remove(&task);
        }
        self.totals[kind as usize].threw += u64::from(threw);
        if self.finished.len() == FINISHED_KEPT {
            self.finished.pop_front();
        }
        self.finished.push_back(Finished { task, kind, callback, started, ended: at, threw });
    }

    fn cancel(&mut self, task: TaskId) {
        let Some(entry) = self.tasks.remove(&task) else {
            return self.contradict(|| format!("task {} is unknown (cancelled)", task.0));
        };
        self.unlink(task, entry.stage);
        self.totals[entry.kind as usize].cancelled += 1;
        if let Stage::Running { .. } = entry.stage {
            self.stack.retain(|&other| other != task);
            self.contradict(|| format!("task {} is cancelled while it runs", task.0));
        }
    }

    /// What happens outside the stack: operations, slots, handles.
    fn outside(&mut self, event: &Event) {
        let at = event.at;
        let fine = match event.kind {
            EventKind::OpStarted { op, task, name, target } => {
                let new = Op { name, target, task, since: at, bytes: 0, slot: None };
                let is_new = !self.io.ops.contains_key(&op);
                self.io.ops.entry(op).or_insert(new);
                is_new
            }
            EventKind::OpProgress { op, bytes } => {
                self.io.ops.get_mut(&op).map(|entry| entry.bytes = bytes).is_some()
            }
            EventKind::OpCompleted { op, error, .. } => {
                self.io.completed += 1;
                self.io.failed += u64::from(error.is_some());
                match self.io.ops.remove(&op) {
                    Some(done) => {
                        if let Some(slot) = done.slot {
                            self.io.free_slot(slot);
                        }
                        true
                    }
                    None => false,
                }
            }
            EventKind::SlotTaken { slot, op } => self.io.take_slot(slot, op),
            EventKind::SlotFreed { slot } => self.io.free_slot(slot),
            EventKind::HandleOpened { handle, name, target } => {
                let new = Handle { name, target, since: at, refd: true, read: 0, written: 0 };
                self.io.handles.insert(handle, new).is_none()
            }
            EventKind::HandleProgress { handle, read, written } => {
                let found = self.io.handles.get_mut(&handle);
                found
                    .filter(|entry| entry.read <= read && entry.written <= written)
                    .map(|entry| (entry.read, entry.written) = (read, written))
                    .is_some()
            }
            EventKind::HandleTarget { handle, target } => {
                self.io.handles.get_mut(&handle).map(|entry| entry.target = target).is_some()
            }
            EventKind::HandleRef { handle, refd } => {
                self.io.handles.get_mut(&handle).map(|entry| entry.refd = refd).is_some()
            }
            EventKind::HandleClosed { handle } => self.io.handles.remove(&handle).is_some(),
            _ => true,
        };
        if !fine {
            self.contradict(|| format!("{:?} does not fit what came before", event.kind));
        }
    }
}
