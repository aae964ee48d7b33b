//! Tasks: how they are made, wait, start and end.

use loopscope_protocol::{EventKind, Outcome, PlaceId, Queue, TaskId, TaskKind};

use super::Tracer;

/// Number of queues.
const QUEUES: usize = 8;

/// A task that has not ended.
pub(super) struct Known {
    pub(super) kind: TaskKind,
    /// The queue in which it waits.
    pub(super) queue: Option<Queue>,
    /// Whether it has an entry among the targets.
    pub(super) has_target: bool,
    /// The handle that it is about, which has an entry among the handles; 0 for none.
    pub(super) handle: u32,
}

/// The queue of tasks of which nothing is kept. They wait in it from the first moment until they start, nobody takes them out,
/// and who starts them says of which kind they are. Of no others are there so many.
#[inline]
fn brief_queue(kind: TaskKind) -> Option<Queue> {
    match kind {
        TaskKind::NextTick => Some(Queue::NextTick),
        TaskKind::Microtask => Some(Queue::Microtask),
        _ => None,
    }
}

/// How many tasks wait in each queue, by the queue's number.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) now: [u32; QUEUES],
    /// The fewest since that was asked last.
    pub(super) fewest: [u32; QUEUES],
}

impl Waiting {
    /// The task waits in its queue no longer.
    #[inline]
    fn leave(&mut self, known: &mut Known) {
        if let Some(queue) = known.queue.take() {
            self.one_less(queue);
        }
    }

    #[inline]
    fn one_less(&mut self, queue: Queue) {
        let queue = queue as usize;
        self.now[queue] -= 1;
        self.fewest[queue] = self.fewest[queue].min(self.now[queue]);
    }
}

impl Tracer {
    /// Reports a new task.
    #[inline]
    pub fn create(&mut self, kind: TaskKind, callback: PlaceId, site: PlaceId) -> TaskId {
        self.imply(site);
        self.create_by(self.running(), kind, callback, site)
    }

    /// Reports a new task that another one than the running one has caused.
    #[inline]
    pub fn create_by(&mut self, parent: TaskId, kind: TaskKind, callback: PlaceId, site: PlaceId) -> TaskId {
        let task = self.keep_task(kind, None);
        self.emit(EventKind::TaskCreated { task, parent, kind, callback, site });
        task
    }

    /// Reports a new task that waits in a queue at once. Next ticks and microtasks are started by
    /// [`Tracer::start_of_kind`], or after [`Tracer::keep_brief`].
    #[inline]
    pub fn create_ready(&mut self, kind: TaskKind, queue: Queue, callback: PlaceId, site: PlaceId) -> TaskId {
        self.imply(site);
        let task =
            if brief_queue(kind).is_some() { self.next_task() } else { self.keep_task(kind, Some(queue)) };
        let parent = self.running();
        self.emit(EventKind::TaskCreated { task, parent, kind, callback, site });
        self.waiting.now[queue as usize] += 1;
        self.emit(EventKind::TaskReady { task, queue });
        task
    }

    #[inline]
    fn next_task(&mut self) -> TaskId {
        self.last_task += 1;
        TaskId(self.last_task)
    }

    #[inline]
    fn keep_task(&mut self, kind: TaskKind, queue: Option<Queue>) -> TaskId {
        let task = self.next_task();
        self.kinds.insert(task, Known { kind, queue, has_target: false, handle: 0 });
        task
    }

    /// The number of the last task that was created.
    pub fn last_task(&self) -> TaskId {
        TaskId(self.last_task)
    }

    /// Reports that a task waits in a queue.
    #[inline]
    pub fn ready(&mut self, task: TaskId, queue: Queue) {
        if let Some(known) = self.kinds.get_mut(task).filter(|known| known.queue != Some(queue)) {
            self.waiting.leave(known);
            known.queue = Some(queue);
            self.waiting.now[queue as usize] += 1;
        }
        self.emit(EventKind::TaskReady { task, queue });
    }

    /// Reports that a task starts of which nobody need be asked.
    #[inline]
    pub fn start_at_once(&mut self, task: TaskId) {
        self.report_drain();
        self.start(task);
    }

    /// As [`Tracer::start_at_once`], where the kind of the task is known.
    #[inline]
    pub fn start_of_kind(&mut self, task: TaskId, kind: TaskKind) {
        let Some(queue) = brief_queue(kind) else { return self.start_at_once(task) };
        self.report_drain();
        self.end_implied();
        self.waiting.one_less(queue);
        self.push(task, kind);
    }

    /// A task is about to start as others do; of a next tick or a microtask something is kept until then.
    pub fn keep_brief(&mut self, task: TaskId, kind: TaskKind) {
        if let Some(queue) = brief_queue(kind) {
            self.kinds.insert(task, Known { kind, queue: Some(queue), has_target: false, handle: 0 });
        }
    }

    /// Reports that a task starts.
    #[inline]
    pub fn start(&mut self, task: TaskId) {
        self.end_implied();
        let kind = match self.kinds.get_mut(task) {
            Some(known) => {
                self.waiting.leave(known);
                known.kind
            }
            None => TaskKind::Microtask,
        };
        if brief_queue(kind).is_some() {
            self.kinds.remove(task);
        }
        self.push(task, kind);
    }

    /// The task is the one that runs.
    #[inline(never)]
    fn push(&mut self, task: TaskId, kind: TaskKind) {
        self.stack.push((task, kind));
        self.threw = TaskId::NONE;
        self.emit(EventKind::TaskStarted { task });
        if std::mem::take(&mut self.slept) {
            // Whoever watches takes the run to do nothing until something else is told.
            self.flush();
        }
        self.flush_if_due();
    }

    /// Reports that a task ended. A task that ends takes those above it along: they were ended without a word.
    #[inline(never)]
    pub fn end(&mut self, task: TaskId, outcome: Outcome) {
        if self.stack.last().is_none_or(|entry| entry.0 != task) {
            self.end_above(task);
        }
        if let Some((_, kind)) = self.stack.pop_if(|entry| entry.0 == task)
            && kind != TaskKind::Interval
            && brief_queue(kind).is_none()
        {
            self.forget(task);
        }
        if outcome == Outcome::Threw {
            self.threw = task;
        }
        self.emit(EventKind::TaskEnded { task, outcome });
        self.ended = (self.stack.is_empty() && !self.drains.is_empty()).then_some((task, self.now));
    }

    /// Ends what is above a task on the stack.
    #[cold]
    #[inline(never)]
    fn end_above(&mut self, task: TaskId) {
        if let Some(index) = self.stack.iter().rposition(|entry| entry.0 == task) {
            while let Some(&(above, _)) = self.stack.get(index + 1..).and_then(<[_]>::last) {
                self.end(above, Outcome::Terminated);
            }
        }
    }

    fn forget(&mut self, task: TaskId) {
        if let Some(mut known) = self.kinds.remove(task) {
            self.waiting.leave(&mut known);
            if known.has_target {
                self.forget_target(task);
            }
        }
    }

    #[inline(never)]
    fn forget_target(&mut self, task: TaskId) {
        self.targets.remove(&task);
    }

    /// Reports that a task will not run (again).
    pub fn cancel(&mut self, task: TaskId) {
        self.forget(task);
        self.emit(EventKind::TaskCancelled { task });
    }

    /// How many tasks wait in each queue, by the queue's number, and the fewest since the last call.
    pub fn take_waiting(&mut self) -> ([u32; QUEUES], [u32; QUEUES]) {
        let now = self.waiting.now;
        (now, std::mem::replace(&mut self.waiting.fewest, now))
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{HandleId, Outcome, PlaceId, Queue, Record, TaskId, TaskKind};

    use crate::trace::{Observer, Tracer};

    struct Deaf;

    impl Observer for Deaf {
        fn records(&mut self, batch: &mut Vec<Record>) {
            batch.clear();
        }
    }

    fn waiting(tracer: &mut Tracer, queue: Queue) -> u32 {
        tracer.take_waiting().0[queue as usize]
    }

    #[test]
    fn ticks_wait_until_they_start_in_either_way() {
        let mut tracer = Tracer::new(Box::new(Deaf));
        let [first, second, third] =
            [TaskKind::NextTick, TaskKind::NextTick, TaskKind::Immediate].map(|kind| {
                let queue = if kind == TaskKind::Immediate { Queue::Check } else { Queue::NextTick };
                tracer.create_ready(kind, queue, PlaceId::NONE, PlaceId::NONE)
            });
        assert_eq!((waiting(&mut tracer, Queue::NextTick), waiting(&mut tracer, Queue::Check)), (2, 1));
        tracer.start_of_kind(first, TaskKind::NextTick);
        assert_eq!((tracer.running(), waiting(&mut tracer, Queue::NextTick)), (first, 1));
        tracer.end(first, Outcome::Returned);
        tracer.keep_brief(second, TaskKind::NextTick);
        assert_eq!(tracer.moment(second).kind, TaskKind::NextTick);
        tracer.start(second);
        assert_eq!((tracer.running(), waiting(&mut tracer, Queue::NextTick)), (second, 0));
        tracer.end(second, Outcome::Returned);
        tracer.start_of_kind(third, TaskKind::Immediate);
        assert_eq!((tracer.running(), waiting(&mut tracer, Queue::Check)), (third, 0));
        tracer.end(third, Outcome::Returned);
        assert_eq!(tracer.running(), TaskId::NONE);
        assert!([first, second, third].iter().all(|&task| tracer.kinds.get(task).is_none()));
    }

    #[test]
    fn the_last_word_of_a_handle_has_its_target_after_that_is_gone() {
        let (mut tracer, handle) = (Tracer::new(Box::new(Deaf)), HandleId(7));
        tracer.handle_opened(handle, "net.socket", "here");
        let [early, last] = [false, true].map(|is_last| {
            let task = tracer.create_by(TaskId::NONE, TaskKind::IoCompletion, PlaceId::NONE, PlaceId::NONE);
            tracer.task_of_handle(task, handle, is_last);
            task
        });
        assert_eq!([early, last].map(|task| tracer.target(task)), ["net.socket here", "net.socket here"]);
        tracer.handle_closed(handle);
        assert_eq!(tracer.target(last), "net.socket here");
    }
}
