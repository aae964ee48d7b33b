//! Operations in flight, pool slots and long-lived handles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::{HandleId, Nanos, OpId, TaskId, TextId};

/// An operation in flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Op {
    /// Its name, e.g. `fs.open`.
    pub name: TextId,
    /// What it works on.
    pub target: TextId,
    /// The task of its callback.
    pub task: TaskId,
    /// Since when.
    pub since: Nanos,
    /// Bytes moved so far.
    pub bytes: u64,
    /// The pool thread that works on it.
    pub slot: Option<u16>,
}

/// A long-lived thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handle {
    /// What it is.
    pub name: TextId,
    /// What it works on.
    pub target: TextId,
    /// Since when.
    pub since: Nanos,
    /// Whether it keeps the loop alive.
    pub refd: bool,
    /// Bytes that came in through it so far.
    pub read: u64,
    /// Bytes that went out.
    pub written: u64,
}

/// Everything the script waits for outside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Io {
    /// Operations by number, oldest first.
    pub ops: BTreeMap<OpId, Op>,
    /// What each thread of the pool works on; grows with the highest slot seen.
    pub slots: Vec<Option<OpId>>,
    /// Handles by number, oldest first.
    pub handles: BTreeMap<HandleId, Handle>,
    /// Operations completed so far.
    pub completed: u64,
    /// Those of them that failed.
    pub failed: u64,
}

impl Io {
    /// A thread takes an operation; false when it has one or the operation is unknown.
    pub(super) fn take_slot(&mut self, slot: u16, op: OpId) -> bool {
        let index = usize::from(slot);
        if self.slots.len() <= index {
            self.slots.resize(index + 1, None);
        }
        let Some(entry) = self.ops.get_mut(&op) else { return false };
        if self.slots[index].is_some() || entry.slot.is_some() {
            return false;
        }
        entry.slot = Some(slot);
        self.slots[index] = Some(op);
        true
    }

    /// A thread is free; false when it was.
    pub(super) fn free_slot(&mut self, slot: u16) -> bool {
        let Some(op) = self.slots.get_mut(usize::from(slot)).and_then(Option::take) else { return false };
        if let Some(entry) = self.ops.get_mut(&op) {
            entry.slot = None;
        }
        true
    }
}
