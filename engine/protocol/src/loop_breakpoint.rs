//! Breakpoints of the event loop, which whoever sets them and the runtime both know.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Queue, TaskKind};

/// The queues by the names that breakpoints use.
pub const QUEUE_NAMES: [(&str, Queue); 8] = [
    ("timers", Queue::Timers),
    ("pending", Queue::Pending),
    ("poll", Queue::Poll),
    ("check", Queue::Check),
    ("closing", Queue::Closing),
    ("nextTick", Queue::NextTick),
    ("microtask", Queue::Microtask),
    ("main", Queue::Main),
];

/// When a breakpoint of the loop holds the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum When {
    /// Before a callback of a kind, or on a target, starts.
    Task {
        /// The kind by its name (`timeout`, `I/O`, `promise` …); empty for any.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        kind: String,
        /// Part of the operation's name or of what it works on (a path, an address); empty for any.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        target: String,
    },
    /// Before a callback starts while a queue is longer than this.
    Queue {
        /// The queue by its name, see [`QUEUE_NAMES`].
        queue: String,
        /// Tasks that may wait in it.
        #[serde(rename = "longerThan")]
        longer_than: u32,
    },
    /// In the middle of a callback that has held the loop for so long.
    Blocked {
        /// Milliseconds.
        ms: u32,
    },
    /// When the program is about to end.
    Exit,
}

/// A breakpoint of the loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopBreakpoint {
    /// The client's name for it.
    pub id: String,
    /// Whether it is on.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// When it holds the run.
    pub when: When,
}

fn yes() -> bool {
    true
}

impl When {
    /// The kind of callback it waits for; `None` for any, and for one that does not exist.
    pub fn kind(&self) -> Option<TaskKind> {
        let Self::Task { kind, .. } = self else { return None };
        TaskKind::ALL.into_iter().find(|one| one.name() == kind)
    }

    /// The queue it looks at; `None` also for one that does not exist.
    pub fn queue(&self) -> Option<Queue> {
        let Self::Queue { queue, .. } = self else { return None };
        QUEUE_NAMES.iter().find(|entry| entry.0 == queue).map(|entry| entry.1)
    }

    /// What is wrong with it, if anything: it could never hold the run.
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Task { kind, .. } if !kind.is_empty() && self.kind().is_none() => {
                let names: Vec<_> = TaskKind::ALL.iter().map(|kind| kind.name()).collect();
                Some(format!("there is no kind of callback named '{kind}'; there are {}", names.join(", ")))
            }
            Self::Queue { queue, .. } if self.queue().is_none() => {
                let names: Vec<_> = QUEUE_NAMES.iter().map(|entry| entry.0).collect();
                Some(format!("there is no queue named '{queue}'; there are {}", names.join(", ")))
            }
            _ => None,
        }
    }
}

impl fmt::Display for When {
    /// As it stands behind the word "when".
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Task { kind, target } => {
                let article = if kind.starts_with(['a', 'e', 'i', 'I', 'o', 'u']) { "an" } else { "a" };
                let kind = if kind.is_empty() { String::new() } else { format!("{kind} ") };
                let article = if kind.is_empty() { "a" } else { article };
                write!(to, "{article} {kind}callback starts")?;
                if target.is_empty() { Ok(()) } else { write!(to, " on {target}") }
            }
            Self::Queue { queue, longer_than } => write!(to, "{queue} holds more than {longer_than}"),
            Self::Blocked { ms } => write!(to, "a callback blocks longer than {ms} ms"),
            Self::Exit => to.write_str("the program is about to end"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(kind: &str) -> When {
        When::Task { kind: kind.to_owned(), target: String::new() }
    }

    #[test]
    fn names_that_do_not_exist_are_told() {
        let fault = task("tiemout").fault();
        assert!(fault.is_some_and(|fault| fault.contains("'tiemout'") && fault.contains("timeout")));
        assert!(When::Queue { queue: "x".to_owned(), longer_than: 1 }.fault().is_some());
        assert_eq!(When::Queue { queue: "poll".to_owned(), longer_than: 1 }.fault(), None);
        assert_eq!(task("").fault(), None);
        assert_eq!(task("I/O").kind(), Some(TaskKind::IoCompletion));
    }

    #[test]
    fn they_read_as_sentences() {
        assert_eq!(task("I/O").to_string(), "an I/O callback starts");
        assert_eq!(task("").to_string(), "a callback starts");
    }
}
