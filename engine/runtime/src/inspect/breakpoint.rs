//! Whether a breakpoint of the loop holds the run: what V8's own debugger has not.

use std::cell::Cell;

use loopscope_protocol::{LoopBreakpoint, TaskKind, When};

/// A breakpoint of the loop in a run.
#[derive(Debug, Clone)]
pub struct Placed {
    /// What the client wants.
    pub wanted: LoopBreakpoint,
    /// Its queue was too long when that was looked at last: the run was held for it, and is not again before the queue was
    /// short enough.
    is_exceeded: Cell<bool>,
}

impl Placed {
    /// A breakpoint that takes the place of others: what was seen of the same queue counts.
    pub fn new(wanted: LoopBreakpoint, before: &[Self]) -> Self {
        let same = before.iter().find(|one| one.wanted.enabled && one.wanted.when == wanted.when);
        let is_exceeded = Cell::new(wanted.enabled && same.is_some_and(|same| same.is_exceeded.get()));
        Self { wanted, is_exceeded }
    }

    /// The run could not be held for it: it is to be as soon as possible.
    pub fn was_missed(&self) {
        self.is_exceeded.set(false);
    }

    /// Whether a queue has grown past the limit, of which so many wait now and `fewest` did since the last look.
    fn is_crossed(&self, limit: u32, now: u32, fewest: u32) -> bool {
        let was = self.is_exceeded.replace(now > limit) && fewest > limit;
        now > limit && !was
    }
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
    /// The fewest since the callback before.
    pub fewest: [u32; 8],
}

impl Ahead<'_> {
    /// Whether the breakpoint holds the run before this callback. Is to be asked once before each.
    pub fn is_held_by(&self, breakpoint: &Placed) -> bool {
        let when = &breakpoint.wanted.when;
        breakpoint.wanted.enabled
            && match when {
                When::Task { kind, target } => {
                    (kind.is_empty() || when.kind() == Some(self.kind)) && self.target.contains(target)
                }
                When::Queue { longer_than, .. } => when.queue().is_some_and(|queue| {
                    let queue = queue as usize;
                    breakpoint.is_crossed(*longer_than, self.waiting[queue], self.fewest[queue])
                }),
                When::Blocked { .. } | When::Exit => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::Queue;

    use super::*;

    fn read(when: &str) -> Placed {
        let wanted = serde_json::from_str(&format!(r#"{{"id":"1","when":{when}}}"#)).expect("a breakpoint");
        Placed::new(wanted, &[])
    }

    fn ahead(kind: TaskKind, target: &str) -> Ahead<'_> {
        Ahead { kind, target, waiting: [0; 8], fewest: [0; 8] }
    }

    #[test]
    fn callbacks_are_told_apart_by_kind_and_target() {
        let ahead = ahead(TaskKind::IoCompletion, "fs.open /data/a.txt");
        assert!(ahead.is_held_by(&read(r#"{"type":"task"}"#)));
        assert!(ahead.is_held_by(&read(r#"{"type":"task","kind":"I/O","target":"a.txt"}"#)));
        assert!(!ahead.is_held_by(&read(r#"{"type":"task","kind":"I/O","target":"b.txt"}"#)));
        assert!(!ahead.is_held_by(&read(r#"{"type":"task","kind":"timeout"}"#)));
        let mut off = read(r#"{"type":"task"}"#);
        off.wanted.enabled = false;
        assert!(!ahead.is_held_by(&off));
    }

    #[test]
    fn a_queue_holds_the_run_once_it_has_grown_too_long_and_again_after_it_was_short() {
        let mut ahead = ahead(TaskKind::NextTick, "");
        let breakpoint = read(r#"{"type":"queue","queue":"nextTick","longerThan":2}"#);
        let mut is_held = |now: u32, fewest: u32, breakpoint: &Placed| {
            let queue = Queue::NextTick as usize;
            (ahead.waiting[queue], ahead.fewest[queue]) = (now, fewest);
            ahead.is_held_by(breakpoint)
        };
        assert!(!is_held(2, 0, &breakpoint));
        assert!(is_held(4, 2, &breakpoint));
        assert!(!is_held(4, 3, &breakpoint), "it stays long");
        assert!(is_held(3, 2, &breakpoint), "it was short meanwhile");
        let other = Placed::new(breakpoint.wanted.clone(), std::slice::from_ref(&breakpoint));
        assert!(!is_held(3, 3, &other), "the list was given again");
        other.was_missed();
        assert!(is_held(3, 3, &other));
        assert!(!is_held(2, 2, &other));
    }
}
