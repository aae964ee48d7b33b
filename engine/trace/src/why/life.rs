//! One task from its creation to its end.

use loopscope_protocol::state::{Names, duration};
use loopscope_protocol::{Event, EventKind, Nanos, OpId, Outcome, PlaceId, Queue, TaskId, TaskKind, TextId};

use crate::past::{Landmark, Past, PastError};

/// Events before a callback is ready among which its operation's completion is looked for.
const NEAR: u64 = 512;

/// Number and time of an event.
pub type At = (u64, Nanos);

/// The operation whose callback a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpLife {
    /// The operation.
    pub op: OpId,
    /// Its name.
    pub name: TextId,
    /// What it worked on.
    pub target: TextId,
    /// When it was handed to the host.
    pub since: Nanos,
    /// When a thread of the pool took it; `None` when none did.
    pub taken: Option<Nanos>,
    /// When that thread was done.
    pub freed: Option<Nanos>,
    /// When the loop took up its result.
    pub completed: Option<Nanos>,
    /// Bytes moved.
    pub bytes: u64,
    /// Code of its error.
    pub error: TextId,
}

/// One task from its creation to its end; of one that runs many times, one of its runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// The task.
    pub task: TaskId,
    /// What kind.
    pub kind: TaskKind,
    /// Who created it.
    pub parent: TaskId,
    /// The function.
    pub callback: PlaceId,
    /// Where it was scheduled.
    pub site: PlaceId,
    /// When it was created.
    pub created: At,
    /// When its timer was set, and for when.
    pub armed: Option<(At, Nanos)>,
    /// When it was ready, and where it waited.
    pub ready: Option<(At, Queue)>,
    /// When it started.
    pub started: Option<At>,
    /// When it ended.
    pub ended: Option<At>,
    /// How.
    pub outcome: Option<Outcome>,
    /// When it was cancelled.
    pub cancelled: Option<At>,
    /// Its operation.
    pub op: Option<OpLife>,
    /// How many times it ran before this run.
    pub runs_before: u64,
    /// How long the program stood still while it was on the stack.
    pub stood: Nanos,
}

/// The life of a task; of one that runs many times, the last run that started before moment `until`, else the first.
///
/// # Errors
/// When the past cannot be read.
pub fn life(past: &dyn Past, task: TaskId, until: u64) -> Result<Option<Life>, PastError> {
    let mut life = find(past, task, until)?;
    if let Some(life) = &mut life
        && let (Some(started), Some(ended)) = (life.started, life.ended)
    {
        life.stood = past.state_at(ended.0)?.home(task).stood.within(started.1, ended.1);
    }
    Ok(life)
}

fn find(past: &dyn Past, task: TaskId, until: u64) -> Result<Option<Life>, PastError> {
    let Some(number) = past.created(task)? else { return Ok(None) };
    let mut life = begin(number, &past.event(number)?);
    if let Some(life) = &mut life
        && life.kind == TaskKind::Interval
        && last_run(past, life, until)?
    {
        return Ok(Some(*life));
    }
    let mut life: Option<Life> = None;
    past.scan(number..past.len(), &mut |block| block.may_concern(task), &mut |number, event| {
        match &mut life {
            None => life = begin(number, event),
            Some(life) => return life.follow(number, event, until),
        }
        true
    })?;
    if let Some(life) = &mut life {
        complete_op(past, life)?;
    }
    Ok(life)
}

fn begin(number: u64, event: &Event) -> Option<Life> {
    let EventKind::TaskCreated { task, parent, kind, callback, site } = event.kind else { return None };
    Some(Life {
        task,
        kind,
        parent,
        callback,
        site,
        created: (number, event.at),
        armed: None,
        ready: None,
        started: None,
        ended: None,
        outcome: None,
        cancelled: None,
        op: None,
        runs_before: 0,
        stood: 0,
    })
}

/// Of an interval the last run that started before moment `until`, found from there: it may have run a million times.
fn last_run(past: &dyn Past, life: &mut Life, until: u64) -> Result<bool, PastError> {
    let task = Landmark::Task(life.task);
    let mut moment = until.min(past.len()) + 1;
    while let Some(before) = past.previous(moment, task)?.filter(|before| *before > life.created.0 + 1) {
        moment = before;
        let event = past.event(before - 1)?;
        match event.kind {
            EventKind::TaskStarted { .. } if life.started.is_none() => {
                life.started = Some((before - 1, event.at));
            }
            EventKind::TaskReady { queue, .. } if life.started.is_some() => {
                life.ready = Some(((before - 1, event.at), queue));
            }
            EventKind::TaskArmed { due, .. } if life.started.is_some() => {
                life.armed = Some(((before - 1, event.at), due));
                break;
            }
            EventKind::TaskEnded { .. } if life.started.is_some() => break,
            _ => {}
        }
    }
    let Some(started) = life.started else { return Ok(false) };
    life.runs_before =
        past.state_at(started.0)?.home(life.task).tasks.get(&life.task).map_or(0, |task| task.runs);
    let wanted = life.task;
    past.scan(started.0..past.len(), &mut |block| block.may_concern(wanted), &mut |number, event| {
        let at = (number, event.at);
        match event.kind {
            EventKind::TaskEnded { task, outcome } if task == wanted => {
                (life.ended, life.outcome) = (Some(at), Some(outcome));
                return false;
            }
            EventKind::TaskCancelled { task } if task == wanted => life.cancelled = Some(at),
            _ => {}
        }
        true
    })?;
    // A callback that clears its own interval: that is told right after its end.
    if let Some((ended, _)) = life.ended
        && let Some(next) = past.next(ended + 1, task)?
    {
        let event = past.event(next - 1)?;
        if let EventKind::TaskCancelled { .. } = event.kind {
            life.cancelled = Some((next - 1, event.at));
        }
    }
    Ok(true)
}

/// When its operation was done: told where its callback is ready.
fn complete_op(past: &dyn Past, life: &mut Life) -> Result<(), PastError> {
    let (Some(op), Some((ready, _))) = (&mut life.op, life.ready) else { return Ok(()) };
    let mut slot = None;
    let from = ready.0.saturating_sub(NEAR).max(life.created.0);
    past.each(from..ready.0 + 1, &mut |_, event| match event.kind {
        EventKind::OpCompleted { op: done, bytes, error } if done == op.op => {
            (op.completed, op.bytes, op.error) = (Some(event.at), bytes, error);
        }
        EventKind::SlotTaken { slot: number, op: taken } if taken == op.op => {
            op.taken = Some(event.at);
            slot = Some(number);
        }
        EventKind::SlotFreed { slot: number } if slot == Some(number) => {
            op.freed = Some(event.at);
            slot = None;
        }
        _ => {}
    })
}

impl Life {
    /// Takes a later event; false when nothing that follows matters.
    fn follow(&mut self, number: u64, event: &Event, until: u64) -> bool {
        let at = (number, event.at);
        match event.kind {
            EventKind::TaskArmed { task, due } if task == self.task => {
                if self.started.is_none() || number < until {
                    self.armed = Some((at, due));
                }
                if self.ended.is_some() && number < until {
                    self.again();
                }
            }
            EventKind::TaskReady { task, queue } if task == self.task => {
                if self.ended.is_some() {
                    if number >= until {
                        return false;
                    }
                    self.again();
                }
                self.ready = Some((at, queue));
            }
            EventKind::TaskStarted { task } if task == self.task => {
                if self.ended.is_some() {
                    if number >= until {
                        return false;
                    }
                    self.again();
                }
                self.started = Some(at);
            }
            EventKind::TaskEnded { task, outcome } if task == self.task => {
                (self.ended, self.outcome) = (Some(at), Some(outcome));
                return self.kind == TaskKind::Interval && number < until;
            }
            EventKind::MessageTaken { task, from } if task == self.task => self.parent = from,
            EventKind::TaskCancelled { task } if task == self.task => {
                self.cancelled = Some(at);
                return false;
            }
            EventKind::OpStarted { op, task, name, target } if task == self.task => {
                self.op = Some(OpLife {
                    op,
                    name,
                    target,
                    since: event.at,
                    taken: None,
                    freed: None,
                    completed: None,
                    bytes: 0,
                    error: TextId::NONE,
                });
            }
            _ => {}
        }
        true
    }

    /// Its next run begins.
    fn again(&mut self) {
        self.runs_before += u64::from(self.started.is_some());
        (self.ready, self.started, self.ended, self.outcome) = (None, None, None, None);
    }

    /// Kind, function and place.
    pub fn name(&self, names: &Names) -> String {
        let place = names.describe(if self.callback.is_some() { self.callback } else { self.site });
        if place.is_empty() { self.kind.name().to_owned() } else { format!("{} {place}", self.kind.name()) }
    }

    /// When it could have started, had the stack been free: due, done or ready.
    pub fn could_start(&self) -> Option<Nanos> {
        let (ready, _) = self.ready?;
        let earlier = match (self.op.and_then(|op| op.freed), self.armed) {
            (Some(freed), _) => Some(freed),
            (None, Some((_, due))) => Some(due),
            (None, None) => None,
        };
        Some(earlier.map_or(ready.1, |earlier| earlier.min(ready.1)))
    }

    /// What happened to it, a line each.
    pub(super) fn lines(&self, names: &Names) -> Vec<String> {
        let mut lines = Vec::new();
        let ms = |at: Nanos| format!("{:.3} ms", at as f64 / 1e6);
        let at = names.describe(self.site);
        let at = if at.is_empty() { String::new() } else { format!(" at {at}") };
        lines.push(format!("created at {}{at}", ms(self.created.1)));
        if let Some(op) = &self.op {
            lines.push(op.text(names));
        }
        if let Some((_, due)) = self.armed {
            lines.push(format!("due at {}", ms(due)));
        }
        if let Some((ready, queue)) = self.ready {
            lines.push(format!("ready at {} in the queue {queue:?}", ms(ready.1)));
        }
        match (self.started, self.ended) {
            (Some(started), Some(ended)) => {
                let how = match self.outcome {
                    Some(Outcome::Threw) => ", threw",
                    Some(Outcome::Terminated) => ", was ended from outside",
                    _ => "",
                };
                let nth = if self.runs_before > 0 {
                    format!(" (run number {})", self.runs_before + 1)
                } else {
                    String::new()
                };
                let took = duration(ended.1.saturating_sub(started.1).saturating_sub(self.stood));
                let but = match self.stood {
                    0 => String::new(),
                    stood => format!(", not counting {} in which the run stood still", duration(stood)),
                };
                lines.push(format!("started at {}, ran for {took}{but}{how}{nth}", ms(started.1)));
            }
            (Some(started), None) => lines.push(format!("started at {} and never ended", ms(started.1))),
            (None, _) if self.cancelled.is_none() => lines.push("it never started".to_owned()),
            _ => {}
        }
        if let Some(cancelled) = self.cancelled {
            lines.push(format!("cancelled at {}", ms(cancelled.1)));
        }
        lines
    }
}

impl OpLife {
    /// The operation in words.
    fn text(&self, names: &Names) -> String {
        let target = names.text(self.target);
        let mut text = format!("callback of {}", names.text(self.name));
        if !target.is_empty() {
            text = format!("{text} {target}");
        }
        if let (Some(taken), Some(freed)) = (self.taken, self.freed) {
            let waited = taken.saturating_sub(self.since);
            // A thread that is free takes work within microseconds.
            if waited > 1_000_000 {
                text = format!("{text}, which waited {} for a thread of the pool", duration(waited));
            }
            return format!("{text}, done after {} of work", duration(freed.saturating_sub(taken)));
        }
        match self.completed {
            Some(done) => format!("{text}, done after {}", duration(done.saturating_sub(self.since))),
            None => format!("{text}, which was not done"),
        }
    }
}
