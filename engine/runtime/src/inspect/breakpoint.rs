//! Breakpoints of the loop: what V8's own debugger has not.

use loopscope_protocol::{Queue, TaskKind};
use serde::Deserialize;

/// When a loop breakpoint holds the run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum When {
    /// Before a callback of a kind, or on a target, starts.
    Task {
        /// The kind by its name (`timeout`, `I/O`, `promise` …); any kind when missing.
        kind: Option<String>,
        /// Part of the operation's name or of what it works on (a path, an address); any when missing.
        target: Option<String>,
    },
    /// Before a callback starts while a queue is longer than this.
    Queue {
        /// The queue by its name (`timers`, `nextTick` …).
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

/// A loop breakpoint.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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

/// A callback that is about to start, and what waits besides.
#[derive(Debug, Clone)]
pub struct Ahead<'a> {
    /// Its kind.
    pub kind: TaskKind,
    /// Name and target of its operation, empty for other callbacks.
    pub target: &'a str,
    /// How many tasks wait in each queue, by the queue's number; the one about to start is still counted.
    pub waiting: [u32; 8],
}

/// The queues by the names that breakpoints use.
const QUEUES: [(&str, Queue); 8] = [
    ("timers", Queue::Timers),
    ("pending", Queue::Pending),
    ("poll", Queue::Poll),
    ("check", Queue::Check),
    ("closing", Queue::Closing),
    ("nextTick", Queue::NextTick),
    ("microtask", Queue::Microtask),
    ("main", Queue::Main),
];

impl LoopBreakpoint {
    /// What is wrong with it, if anything: it could never hold the run.
    pub fn fault(&self) -> Option<String> {
        match &self.when {
            When::Task { kind: Some(kind), .. } if kind_named(kind).is_none() => {
                let names: Vec<_> = TaskKind::ALL.iter().map(|kind| kind.name()).collect();
                Some(format!("there is no kind of callback named '{kind}'; there are {}", names.join(", ")))
            }
            When::Queue { queue, .. } if queue_named(queue).is_none() => {
                let names: Vec<_> = QUEUES.iter().map(|entry| entry.0).collect();
                Some(format!("there is no queue named '{queue}'; there are {}", names.join(", ")))
            }
            _ => None,
        }
    }

    /// Whether it holds the run before this callback.
    pub fn holds_before(&self, ahead: &Ahead) -> bool {
        self.enabled
            && match &self.when {
                When::Task { kind, target } => {
                    kind.as_deref().is_none_or(|kind| kind_named(kind) == Some(ahead.kind))
                        && target.as_deref().is_none_or(|target| ahead.target.contains(target))
                }
                When::Queue { queue, longer_than } => {
                    queue_named(queue).is_some_and(|queue| ahead.waiting[queue as usize] > *longer_than)
                }
                When::Blocked { .. } | When::Exit => false,
            }
    }
}

fn kind_named(name: &str) -> Option<TaskKind> {
    TaskKind::ALL.into_iter().find(|kind| kind.name() == name)
}

fn queue_named(name: &str) -> Option<Queue> {
    QUEUES.iter().find(|entry| entry.0 == name).map(|entry| entry.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(when: &str) -> LoopBreakpoint {
        serde_json::from_str(&format!(r#"{{"id":"1","when":{when}}}"#)).expect("a breakpoint")
    }

    #[test]
    fn callbacks_are_told_apart_by_kind_and_target() {
        let ahead = Ahead { kind: TaskKind::IoCompletion, target: "fs.open /data/a.txt", waiting: [0; 8] };
        assert!(read(r#"{"type":"task"}"#).holds_before(&ahead));
        assert!(read(r#"{"type":"task","kind":"I/O","target":"a.txt"}"#).holds_before(&ahead));
        assert!(!read(r#"{"type":"task","kind":"I/O","target":"b.txt"}"#).holds_before(&ahead));
        assert!(!read(r#"{"type":"task","kind":"timeout"}"#).holds_before(&ahead));
        let mut off = read(r#"{"type":"task"}"#);
        off.enabled = false;
        assert!(!off.holds_before(&ahead));
    }

    #[test]
    fn a_queue_holds_the_run_when_it_is_too_long() {
        let mut ahead = Ahead { kind: TaskKind::NextTick, target: "", waiting: [0; 8] };
        let breakpoint = read(r#"{"type":"queue","queue":"nextTick","longerThan":2}"#);
        ahead.waiting[Queue::NextTick as usize] = 2;
        assert!(!breakpoint.holds_before(&ahead));
        ahead.waiting[Queue::NextTick as usize] = 3;
        assert!(breakpoint.holds_before(&ahead));
    }

    #[test]
    fn names_that_do_not_exist_are_told() {
        let fault = read(r#"{"type":"task","kind":"tiemout"}"#).fault();
        assert!(fault.is_some_and(|fault| fault.contains("'tiemout'") && fault.contains("timeout")));
        assert!(read(r#"{"type":"queue","queue":"x","longerThan":1}"#).fault().is_some());
        assert_eq!(read(r#"{"type":"exit"}"#).fault(), None);
    }
}
