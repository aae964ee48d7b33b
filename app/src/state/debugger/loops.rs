//! Breakpoints of the event loop: the run is held by what the loop does, wherever in the code that is.

use loopscope_protocol::When;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Debugger, Paused, Purpose};

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
        json!(loopscope_protocol::LoopBreakpoint {
            id: id.to_string(),
            enabled: self.enabled,
            when: self.when.clone(),
        })
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
        self.send_loop_breakpoints();
        if wanted.iter().any(|breakpoint| breakpoint.enabled) {
            self.want_parents();
        }
    }

    /// Sends them, with the one that holds the run at its end while a profile is taken.
    pub(super) fn send_loop_breakpoints(&mut self) {
        let mut list: Vec<_> = self.loops.all.iter().enumerate().map(|(id, one)| one.message(id)).collect();
        if self.profiling.waits_for_end() {
            list.push(json!({ "id": super::profiling::END, "enabled": true, "when": { "type": "exit" } }));
        }
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
            if own["ended"] == true {
                paused.reason += ": it ended before it could be stopped";
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        let when = When::Task { kind: "I/O".to_owned(), target: String::new() };
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
