//! Why a callback ran when it did: who created it, what it waited for, and whether its place in the order is certain.

mod exit;
mod life;
mod order;
mod wait;

use std::fmt::Write as _;

use loopscope_protocol::state::{Names, duration};
use loopscope_protocol::{TaskId, TaskKind};

use crate::past::{Past, PastError};

pub use exit::{Held, holders, unsettled};
pub use life::{Life, OpLife, life};
pub use order::{Order, Verdict, order};
pub use wait::{Holder, Wait, wait};

/// Causes that are followed; a chain of callbacks that schedule each other can be as long as the run.
const CHAIN: usize = 64;

/// Children that are listed.
const CHILDREN: usize = 32;

/// Everything about why a callback ran when it did.
#[derive(Debug, Clone)]
pub struct Why {
    /// Its life.
    pub life: Life,
    /// Who created it, and who created that one, and so on.
    pub causes: Vec<Life>,
    /// Whether there are more causes than that.
    pub more_causes: bool,
    /// For a reaction to a promise, the callback that settled the promise.
    pub settled_by: Option<Life>,
    /// What it waited for between being ready and starting; `None` when it never started.
    pub wait: Option<Wait>,
    /// Whether its place in the order is certain; `None` when it never started.
    pub order: Option<Order>,
    /// Tasks that it created, the first ones.
    pub children: Vec<(TaskId, TaskKind)>,
    /// How many it created in all.
    pub child_count: u64,
}

/// Explains a task; of one that runs many times, the last run before moment `until`.
///
/// # Errors
/// When the past cannot be read. `Ok(None)` when there is no such task.
pub fn why(past: &dyn Past, task: TaskId, until: u64) -> Result<Option<Why>, PastError> {
    let Some(life) = life(past, task, until)? else { return Ok(None) };
    let mut causes: Vec<Life> = Vec::new();
    let mut parent = life.parent;
    while parent.is_some() && causes.len() < CHAIN {
        // A task is always created after the one that creates it: this ends whatever the numbers say.
        let before = causes.last().map_or(life.created.0, |cause| cause.created.0);
        let Some(cause) = life::life(past, parent, before + 1)?.filter(|cause| cause.created.0 < before)
        else {
            break;
        };
        parent = cause.parent;
        causes.push(cause);
    }
    let (children, child_count) = children(past, &life)?;
    Ok(Some(Why {
        settled_by: settled_by(past, &life)?,
        wait: wait(past, &life)?,
        order: order(past, &life)?,
        more_causes: parent.is_some() && causes.len() == CHAIN,
        life,
        causes,
        children,
        child_count,
    }))
}

/// The callback that was running when a reaction became ready.
fn settled_by(past: &dyn Past, life: &Life) -> Result<Option<Life>, PastError> {
    let (TaskKind::PromiseReaction, Some((ready, _))) = (life.kind, life.ready) else { return Ok(None) };
    let state = past.state_at(ready.0)?;
    let Some(running) = state.home(life.task).running().filter(|task| *task != life.task) else {
        return Ok(None);
    };
    life::life(past, running, ready.0)
}

/// The tasks that a task created while it ran.
fn children(past: &dyn Past, life: &Life) -> Result<(Vec<(TaskId, TaskKind)>, u64), PastError> {
    let Some(started) = life.started else { return Ok((Vec::new(), 0)) };
    let end = life.ended.map_or(past.len(), |ended| ended.0);
    let (mut children, mut count) = (Vec::new(), 0);
    past.each(started.0..end, &mut |_, event| {
        if let loopscope_protocol::EventKind::TaskCreated { task, parent, kind, .. } = event.kind
            && parent == life.task
        {
            count += 1;
            if children.len() < CHILDREN {
                children.push((task, kind));
            }
        }
    })?;
    Ok((children, count))
}

/// What the cause of a callback did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It scheduled it.
    Created,
    /// It sent the message that the callback takes up.
    Sent,
    /// It opened the server, socket or other source that reports something.
    Opened,
}

impl Begun {
    /// In words, to go on with "by".
    pub fn text(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Sent => "sent",
            Self::Opened => "its source was opened",
        }
    }
}

/// What the cause of a callback did.
pub fn begun(child: &Life, cause: &Life) -> Begun {
    let ran = cause.ended.is_none_or(|ended| ended.0 >= child.created.0);
    match child.kind {
        TaskKind::Message if !ran || child.task.on() != cause.task.on() => Begun::Sent,
        TaskKind::IoCompletion | TaskKind::Signal if !ran => Begun::Opened,
        _ => Begun::Created,
    }
}

/// A number of things.
pub(crate) fn count(number: u64, what: &str) -> String {
    match what {
        _ if number == 1 => format!("1 {what}"),
        "I/O" => format!("{number} I/O callbacks"),
        "promise" => format!("{number} promise reactions"),
        what => format!("{number} {what}s"),
    }
}

impl Why {
    /// All of it in words, a line per thing.
    pub fn text(&self, names: &Names) -> String {
        let mut text = String::new();
        let life = &self.life;
        // Writing into memory cannot fail.
        let _ = writeln!(text, "#{} {}", life.task, life.name(names));
        for line in life.lines(names) {
            let _ = writeln!(text, "  {line}");
        }
        if let Some(by) = &self.settled_by {
            let _ = writeln!(text, "  its promise was settled by #{} {}", by.task, by.name(names));
        }
        if let Some(wait) = &self.wait {
            let _ = writeln!(text, "  {}", wait.text(names));
        }
        if let Some(order) = &self.order {
            let _ = writeln!(text, "  {}", order.text());
        }
        if self.child_count > 0 {
            let listed: Vec<_> =
                self.children.iter().take(8).map(|(task, kind)| format!("#{task} {}", kind.name())).collect();
            let more = self.child_count - listed.len() as u64;
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let _ = writeln!(text, "  it created {}{more}", listed.join(", "));
        }
        let mut child = life;
        for cause in &self.causes {
            let at = names.describe(child.site);
            let at = if at.is_empty() { String::new() } else { format!(" at {at}") };
            let begun = begun(child, cause);
            let at = match begun {
                Begun::Opened => at,
                _ => format!("{at} ({})", duration(child.created.1)),
            };
            let _ = writeln!(text, "{} by #{} {}{at}", begun.text(), cause.task, cause.name(names));
            child = cause;
        }
        if self.more_causes {
            let _ = writeln!(text, "and so on");
        }
        text
    }
}
