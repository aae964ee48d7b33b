//! What the charts show: how late the loop is, how long its queues are, how much memory it takes.

use loopscope_protocol::state::Stage;
use loopscope_protocol::{Event, EventKind, LoopState, Nanos, Queue};

use super::series::Series;

/// Numbers over the whole run.
#[derive(Debug)]
pub struct Charts {
    /// Milliseconds that callbacks of the loop waited although they could have run.
    pub delay: Series,
    /// Callbacks that are ready: timers, I/O, immediates, close callbacks.
    pub ready: Series,
    /// Next ticks that wait.
    pub next_ticks: Series,
    /// Microtasks that wait.
    pub microtasks: Series,
    /// Timers that are armed.
    pub timers: Series,
    /// Operations in flight.
    pub operations: Series,
    /// Sockets, servers, watchers.
    pub handles: Series,
    /// Megabytes of the heap in use.
    pub heap_used: Series,
    /// Megabytes of the heap.
    pub heap_total: Series,
}

impl Default for Charts {
    fn default() -> Self {
        Self {
            delay: Series::events(),
            ready: Series::level(),
            next_ticks: Series::level(),
            microtasks: Series::level(),
            timers: Series::level(),
            operations: Series::level(),
            handles: Series::level(),
            heap_used: Series::level(),
            heap_total: Series::level(),
        }
    }
}

const MB: f32 = 1_048_576.0;

impl Charts {
    /// Takes an event; `before` is the state in which it found the loop.
    pub fn apply(&mut self, event: &Event, before: &LoopState) {
        let at = event.at;
        match event.kind {
            EventKind::TaskReady { queue, .. } => self.queue(at, queue, 1, before),
            EventKind::TaskStarted { task } => {
                let Some(entry) = before.tasks.get(&task) else { return };
                let Stage::Ready { queue, since, .. } = entry.stage else { return };
                self.queue(at, queue, -1, before);
                if !matches!(queue, Queue::NextTick | Queue::Microtask | Queue::Main) {
                    let could = entry.due.map_or(since, |due| due.min(since));
                    // A debugger that holds the run does not make the loop late.
                    let waited = before.stood.ran(could, at);
                    self.delay.push(at, waited as f32 / 1e6);
                }
            }
            EventKind::TaskArmed { .. } => self.timers.push(at, before.timers.len() as f32 + 1.0),
            EventKind::TaskCancelled { .. } => self.timers.push(at, before.timers.len() as f32),
            EventKind::OpStarted { .. } => self.operations.push(at, before.io.ops.len() as f32 + 1.0),
            EventKind::OpCompleted { .. } => {
                self.operations.push(at, before.io.ops.len().saturating_sub(1) as f32);
            }
            EventKind::HandleOpened { .. } => self.handles.push(at, before.io.handles.len() as f32 + 1.0),
            EventKind::HandleClosed { .. } => {
                self.handles.push(at, before.io.handles.len().saturating_sub(1) as f32);
            }
            EventKind::Heap { used, total } => {
                self.heap_used.push(at, used as f32 / MB);
                self.heap_total.push(at, total as f32 / MB);
            }
            _ => {}
        }
    }

    /// A queue becomes longer or shorter by one.
    fn queue(&mut self, at: Nanos, queue: Queue, by: i32, before: &LoopState) {
        let length = |queue| before.queue(queue).len() as f32;
        let change = by as f32;
        match queue {
            Queue::NextTick => self.next_ticks.push(at, length(queue) + change),
            Queue::Microtask => self.microtasks.push(at, length(queue) + change),
            Queue::Main => {}
            _ => {
                let all = [Queue::Timers, Queue::Pending, Queue::Poll, Queue::Check, Queue::Closing];
                self.ready.push(at, all.map(length).iter().sum::<f32>() + change);
                if queue == Queue::Timers && by > 0 {
                    self.timers.push(at, before.timers.len().saturating_sub(1) as f32);
                }
            }
        }
    }
}
