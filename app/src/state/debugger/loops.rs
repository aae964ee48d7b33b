//! Breakpoints of the event loop: the run is held by what the loop does, wherever in the code that is.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Debugger, Paused, Purpose};

/// The queues by the names that the runtime's `Loopscope` domain knows.
pub const QUEUES: [&str; 8] =
    ["timers", "pending", "poll", "check", "closing", "nextTick", "microtask", "main"];

/// When a breakpoint of the loop holds the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum When {
    /// A callback starts.
    Task {
        /// The kind by its name; empty for any.
        kind: String,
        /// Part of the operation's name, path or address; empty for any.
        target: String,
    },
    /// More tasks wait in a queue than this.
    Queue {
        /// One of [`QUEUES`].
        queue: String,
        /// Tasks that may wait.
        #[serde(rename = "longerThan")]
        longer_than: u32,
    },
    /// A callback blocks the loop for so long.
    Blocked {
        /// Milliseconds.
        ms: u32,
    },
    /// The program is about to end.
    Exit,
}

impl fmt::Display for When {
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

/// A breakpoint of the loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopBreakpoint {
    /// Whether it is on.
    pub enabled: bool,
    /// When it holds the run.
    pub when: When,
}

impl LoopBreakpoint {
    fn message(&self, id: usize) -> Value {
        let mut when = json!(self.when);
        // What is empty holds for any: the runtime wants it left out.
        if let Value::Object(fields) = &mut when {
            fields.retain(|_, value| value != "");
        }
        json!({ "id": id.to_string(), "enabled": self.enabled, "when": when })
    }
}

/// Those of a run, and what is wrong with some of them.
#[derive(Default)]
pub(super) struct Loops {
    all: Vec<LoopBreakpoint>,
    faults: Vec<(usize, String)>,
}

impl Debugger {
    /// Gives the run these breakpoints of the loop.
    pub fn set_loop_breakpoints(&mut self, wanted: &[LoopBreakpoint]) {
        self.loops = Loops { all: wanted.to_vec(), faults: Vec::new() };
        let list: Vec<_> = wanted.iter().enumerate().map(|(id, one)| one.message(id)).collect();
        self.ask("Loopscope.setLoopBreakpoints", json!({ "breakpoints": list }), Purpose::Loops);
    }

    /// What is wrong with a breakpoint of the loop, by its place in the list.
    pub fn loop_fault(&self, index: usize) -> Option<&str> {
        self.loops.faults.iter().find(|fault| fault.0 == index).map(|fault| &*fault.1)
    }

    pub(super) fn hear_faults(&mut self, result: &Value) {
        let number = |id: &Value| id.as_str().and_then(|id| id.parse().ok());
        let faults = result["faults"].as_array().into_iter().flatten();
        self.loops.faults = faults
            .filter_map(|fault| Some((number(&fault["id"])?, fault["text"].as_str()?.to_owned())))
            .collect();
    }

    /// Names the breakpoint of the loop that holds the run, when one does.
    pub(super) fn name_reason(&self, own: &Value, paused: &mut Paused) {
        let id = own["breakpointId"].as_str().and_then(|id| id.parse::<usize>().ok());
        if let Some(hit) = id.and_then(|id| self.loops.all.get(id)) {
            paused.reason = format!("Break when {}", hit.when);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        let when = When::Task { kind: "I/O".to_owned(), target: String::new() };
        assert_eq!(when.to_string(), "an I/O callback starts");
        let message = LoopBreakpoint { enabled: true, when }.message(3);
        assert_eq!(message, json!({ "id": "3", "enabled": true, "when": { "type": "task", "kind": "I/O" } }));
    }

    #[test]
    fn faults_and_hits_are_told_by_place() {
        let mut debugger = Debugger::default();
        let when = When::Queue { queue: "nextTick".to_owned(), longer_than: 2 };
        debugger.set_loop_breakpoints(&[
            LoopBreakpoint { enabled: true, when: When::Exit },
            LoopBreakpoint { enabled: true, when },
        ]);
        debugger.hear(json!({ "id": 1, "result": { "faults": [{ "id": "1", "text": "no such queue" }] } }));
        assert_eq!(debugger.loop_fault(0), None);
        assert_eq!(debugger.loop_fault(1), Some("no such queue"));
        debugger.hear(json!({ "method": "Loopscope.paused", "params": {
            "reason": "breakpoint", "breakpointId": "1", "task": 4, "between": true } }));
        assert_eq!(
            debugger.paused().map(|paused| &*paused.reason),
            Some("Break when nextTick holds more than 2")
        );
    }
}
