//! Whether a callback's place in the order is certain, or luck.

use loopscope_protocol::{EventKind, Nanos, Phase, TaskId, TaskKind};

use super::life::{At, Life, life};
use crate::past::{Landmark, Past, PastError};

/// Timers that are due this close to each other may change places, in nanoseconds: the loop's clock counts milliseconds.
const CLOSE: Nanos = 1_500_000;

/// A timer that is set for the shortest time.
const SHORTEST: Nanos = 2_000_000;

/// Callbacks before and after that are looked at.
const NEIGHBOURS: usize = 64;

/// Whether an order is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the same in every run.
    Guaranteed,
    /// It may be another one in the next run.
    Luck,
}

/// Whether a callback's place in the order is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Whether it is.
    pub verdict: Verdict,
    /// Why, in a sentence without the first word's capital and the full stop.
    pub reason: String,
    /// The callback with which it may change places.
    pub rival: Option<TaskId>,
}

impl Order {
    fn certain(reason: &str) -> Self {
        Self { verdict: Verdict::Guaranteed, reason: reason.to_owned(), rival: None }
    }

    fn luck(reason: String, rival: Option<TaskId>) -> Self {
        Self { verdict: Verdict::Luck, reason, rival }
    }

    /// In words.
    pub fn text(&self) -> String {
        match self.verdict {
            Verdict::Guaranteed => format!("its place in the order is guaranteed: {}", self.reason),
            Verdict::Luck => format!("its place in the order is luck: {}", self.reason),
        }
    }
}

/// Whether the place of a task in the order is certain; `None` when it never started.
///
/// # Errors
/// When the past cannot be read.
pub fn order(past: &dyn Past, task: &Life) -> Result<Option<Order>, PastError> {
    if task.started.is_none() {
        return Ok(None);
    }
    Ok(Some(match task.kind {
        TaskKind::MainScript => Order::certain("the main script runs first"),
        TaskKind::ModuleEvaluation => Order::certain("modules are evaluated in the order of their imports"),
        TaskKind::Event => Order::certain(
            "the process tells of its end when nothing keeps the loop alive, or when it is ended",
        ),
        TaskKind::NextTick => Order::certain(
            "next ticks run in the order in which they were scheduled, before the loop goes on",
        ),
        TaskKind::Microtask => Order::certain(MICROTASKS),
        TaskKind::PromiseReaction => reaction(past, task)?,
        TaskKind::Immediate | TaskKind::Timeout | TaskKind::Interval => timer_or_immediate(past, task)?,
        TaskKind::IoCompletion => operation(past, task)?,
        TaskKind::Close => Order::certain("close callbacks run at the end of the turn, in order"),
        TaskKind::Message if task.parent.is_some() && task.parent.on() == task.task.on() => {
            Order::certain("messages arrive in the order in which they were sent")
        }
        TaskKind::Message | TaskKind::Signal => {
            Order::luck("it comes from outside the loop, whenever it comes".to_owned(), None)
        }
        TaskKind::Finalizer => {
            Order::luck("finalizers run some time after garbage was collected, if at all".to_owned(), None)
        }
    }))
}

const MICROTASKS: &str = "microtasks run in the order in which they were ready, once the stack is empty and before the loop goes on";

/// A reaction to a promise follows the callback in which that was settled: where it waited for one of which nobody knows when it
/// comes, its own place is as much luck.
fn reaction(past: &dyn Past, task: &Life) -> Result<Order, PastError> {
    let certain = Order::certain(MICROTASKS);
    let Some((ready, _)) = task.ready else { return Ok(certain) };
    let Some(base) = macrotask_before(past, ready.0 + 1, task)? else { return Ok(certain) };
    if base.started.is_none_or(|started| started.0 < task.created.0) {
        return Ok(certain);
    }
    Ok(match order(past, &base)?.filter(|order| order.verdict == Verdict::Luck) {
        Some(luck) => Order::luck(
            format!(
                "it follows #{} {}, with which its promise was settled, and the place of that is luck: {}",
                base.task,
                base.name(&past.names()?),
                luck.reason
            ),
            luck.rival,
        ),
        None => certain,
    })
}

fn timer_or_immediate(past: &dyn Past, task: &Life) -> Result<Order, PastError> {
    let is_immediate = task.kind == TaskKind::Immediate;
    for other in neighbours(past, task)? {
        if other.kind == TaskKind::IoCompletion {
            if let Some(order) = beside_operation(task, &other, other.task) {
                return Ok(order);
            }
            continue;
        }
        if other.kind == TaskKind::Immediate && is_immediate {
            continue;
        }
        if other.kind == TaskKind::Immediate || is_immediate {
            let (timer, immediate) = if is_immediate { (&other, task) } else { (task, &other) };
            if let Some(order) = against(past, timer, immediate, other.task)? {
                return Ok(order);
            }
            continue;
        }
        let (Some((armed, due)), Some((other_armed, other_due))) = (task.armed, other.armed) else {
            continue;
        };
        // Timers set at one place have one delay: the one set first comes first.
        if due.abs_diff(other_due) < CLOSE
            && task.site != other.site
            && !same_clock(past, armed, other_armed)?
        {
            return Ok(Order::luck(
                format!(
                    "timer #{} was due within 1.5 ms of it; if the two have different delays, it is chance whether the loop's \
                     clock went on between setting them",
                    other.task.0
                ),
                Some(other.task),
            ));
        }
    }
    Ok(Order::certain(if is_immediate {
        "immediates run in the check phase after poll, in the order in which they were set"
    } else {
        "timers run in the order in which they are due, those of one delay in the order in which they were set"
    }))
}

/// Whether the loop's clock stood still between two events: it only goes on from one phase to the next.
fn same_clock(past: &dyn Past, one: At, other: At) -> Result<bool, PastError> {
    let phase = |moment| -> Result<_, PastError> {
        let state = past.state_at(moment)?;
        Ok((state.turn, state.phase.map(|inside| (inside.phase, inside.since))))
    };
    Ok(phase(one.0)? == phase(other.0)?)
}

/// A timer and an immediate.
fn against(
    past: &dyn Past,
    timer: &Life,
    immediate: &Life,
    rival: TaskId,
) -> Result<Option<Order>, PastError> {
    let Some((armed, due)) = timer.armed else { return Ok(None) };
    // Only timers of the shortest time compete, set in the callback that also set the immediate.
    if due.saturating_sub(armed.1) > SHORTEST || timer.parent != immediate.parent {
        return Ok(None);
    }
    let phase = past.state_at(immediate.created.0)?.phase.map(|inside| inside.phase);
    Ok(Some(match phase {
        Some(Phase::Poll | Phase::Pending | Phase::Timers) => Order::certain(
            "set in the same callback: after poll the check phase with its immediates comes before the timers",
        ),
        None => Order::luck(
            "a timeout and an immediate set by the main script: the timeout comes first only if 1 ms has passed when the loop begins"
                .to_owned(),
            Some(rival),
        ),
        Some(Phase::Check | Phase::Closing) => Order::luck(
            "a timeout and an immediate set in the check phase: the timeout comes first only if 1 ms has passed at the end of the turn"
                .to_owned(),
            Some(rival),
        ),
    }))
}

/// A timer or an immediate beside an operation that was under way at the same time.
fn beside_operation(other: &Life, operation: &Life, rival: TaskId) -> Option<Order> {
    let is_related = other.parent == operation.task || operation.parent == other.task;
    let (started, done) = (operation.started?.1, operation.could_start()?);
    let known = other.armed.map_or(other.created.1, |armed| armed.0.1);
    if is_related || known > started || other.started?.1 < operation.created.1 {
        return None;
    }
    let decides = "the system decides when the operation is done";
    if other.kind == TaskKind::Immediate {
        // With others the operation has always had a poll phase of its own before.
        let competes = other.parent == operation.parent;
        return competes.then(|| {
            let what = if rival == operation.task { "the operation of " } else { "immediate " };
            Order::luck(format!("{what}#{rival} was begun in the same callback; {decides}"), Some(rival))
        });
    }
    // The loop's clock stands still in a long callback: a timer may be due when it is set.
    let due = other.armed.map(|(armed, due)| due.max(armed.1))?;
    // It may take half the time or twice as long the next time.
    let close = due.abs_diff(done) <= done.saturating_sub(operation.created.1).max(CLOSE);
    close.then(|| {
        let what = if rival == operation.task { "the operation of " } else { "timer " };
        Order::luck(format!("{what}#{rival} was under way at the same time; {decides}"), Some(rival))
    })
}

fn operation(past: &dyn Past, task: &Life) -> Result<Order, PastError> {
    for other in neighbours(past, task)? {
        if matches!(other.kind, TaskKind::Timeout | TaskKind::Interval | TaskKind::Immediate) {
            if let Some(order) = beside_operation(&other, task, other.task) {
                return Ok(order);
            }
            continue;
        }
        if other.kind != TaskKind::IoCompletion || other.parent == task.task || task.parent == other.task {
            continue;
        }
        // They compete when both were under way at the same time.
        let overlap = other.started.is_some_and(|started| started.1 > task.created.1)
            && task.started.is_some_and(|started| started.1 > other.created.1);
        if overlap {
            return Ok(Order::luck(
                format!(
                    "operation of #{} was under way at the same time; the system decides which is done first",
                    other.task.0
                ),
                Some(other.task),
            ));
        }
    }
    Ok(Order::certain("no other operation was under way at the same time"))
}

/// The callbacks of the loop that started shortly before and after, nearest first.
fn neighbours(past: &dyn Past, task: &Life) -> Result<Vec<Life>, PastError> {
    let Some(started) = task.started else { return Ok(Vec::new()) };
    let mut found = Vec::from_iter(macrotask_before(past, started.0 + 1, task)?);
    let mut moment = started.0 + 1;
    for _ in 0..NEIGHBOURS {
        let Some(after) = past.next(moment, Landmark::Callback)? else { break };
        moment = after;
        if let Some(other) = macrotask(past, after, task)? {
            found.push(other);
            break;
        }
    }
    Ok(found)
}

/// The callback of the loop that started last before a moment, unless it was the main script.
fn macrotask_before(past: &dyn Past, mut moment: u64, task: &Life) -> Result<Option<Life>, PastError> {
    for _ in 0..NEIGHBOURS {
        let Some(before) = past.previous(moment, Landmark::Callback)? else { break };
        moment = before;
        if let Some(other) = macrotask(past, before, task)? {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// The life of the callback that starts right before a moment, unless it is a microtask, the task itself or on another loop.
fn macrotask(past: &dyn Past, moment: u64, task: &Life) -> Result<Option<Life>, PastError> {
    let EventKind::TaskStarted { task: other } = past.event(moment - 1)?.kind else { return Ok(None) };
    if other == task.task || other.on() != task.task.on() {
        return Ok(None);
    }
    Ok(life(past, other, moment)?
        .filter(|other| !other.kind.is_micro() && other.kind != TaskKind::MainScript))
}
