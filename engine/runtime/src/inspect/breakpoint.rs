//! Whether a breakpoint of the loop holds the run: what V8's own debugger has not.

use loopscope_protocol::{LoopBreakpoint, TaskKind, When};

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

impl Ahead<'_> {
    /// Whether the breakpoint holds the run before this callback.
    pub fn is_held_by(&self, breakpoint: &LoopBreakpoint) -> bool {
        let when = &breakpoint.when;
        breakpoint.enabled
            && match when {
                When::Task { kind, target } => {
                    (kind.is_empty() || when.kind() == Some(self.kind)) && self.target.contains(target)
                }
                When::Queue { longer_than, .. } => {
                    when.queue().is_some_and(|queue| self.waiting[queue as usize] > *longer_than)
                }
                When::Blocked { .. } | When::Exit => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::Queue;

    use super::*;

    fn read(when: &str) -> LoopBreakpoint {
        serde_json::from_str(&format!(r#"{{"id":"1","when":{when}}}"#)).expect("a breakpoint")
    }

    #[test]
    fn callbacks_are_told_apart_by_kind_and_target() {
        let ahead = Ahead { kind: TaskKind::IoCompletion, target: "fs.open /data/a.txt", waiting: [0; 8] };
        assert!(ahead.is_held_by(&read(r#"{"type":"task"}"#)));
        assert!(ahead.is_held_by(&read(r#"{"type":"task","kind":"I/O","target":"a.txt"}"#)));
        assert!(!ahead.is_held_by(&read(r#"{"type":"task","kind":"I/O","target":"b.txt"}"#)));
        assert!(!ahead.is_held_by(&read(r#"{"type":"task","kind":"timeout"}"#)));
        let mut off = read(r#"{"type":"task"}"#);
        off.enabled = false;
        assert!(!ahead.is_held_by(&off));
    }

    #[test]
    fn a_queue_holds_the_run_when_it_is_too_long() {
        let mut ahead = Ahead { kind: TaskKind::NextTick, target: "", waiting: [0; 8] };
        let breakpoint = read(r#"{"type":"queue","queue":"nextTick","longerThan":2}"#);
        ahead.waiting[Queue::NextTick as usize] = 2;
        assert!(!ahead.is_held_by(&breakpoint));
        ahead.waiting[Queue::NextTick as usize] = 3;
        assert!(ahead.is_held_by(&breakpoint));
    }
}
