//! Blocks of events: the unit in which the past is packed, looked up and read.

use std::collections::BTreeSet;

use loopscope_protocol::{Event, EventKind, LoopId, Nanos, TaskId};
use serde::{Deserialize, Serialize};

use crate::wire::{Damaged, Packer, Unpacker, kind_number, number};

/// Events of a full block.
pub const BLOCK: usize = 16_384;

/// Older tasks that a block lists; when there are more it says only that.
const OLDER_LISTED: usize = 128;

/// What is known of a block without unpacking it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Number of its first event, from 0.
    pub first: u64,
    /// Number of its events.
    pub count: u32,
    /// The run's clock after its last event. It never goes back.
    pub end: Nanos,
    /// The run's clock before its first event.
    pub start: Nanos,
    /// Kinds of its events: bit `n` stands for the kind of number `n`.
    pub kinds: u32,
    /// The highest task of the main thread that something happened to in it or before. Tasks are numbered in the order of
    /// their creation.
    pub last_task: u64,
    /// The highest task that something happened to before it.
    pub older_task: u64,
    /// The turn after its last event.
    pub turn: u32,
    /// Tasks up to that one that something happened to in this block, in order; `None` when there are too many to list.
    pub older: Option<Vec<u64>>,
}

impl Block {
    /// Number of the first event behind it.
    pub fn after(&self) -> u64 {
        self.first + u64::from(self.count)
    }

    /// Whether something may happen to the task in it.
    pub fn may_concern(&self, task: TaskId) -> bool {
        if task.on() != LoopId::MAIN {
            return true;
        }
        if task.0 > self.last_task {
            return false;
        }
        if task.0 > self.older_task {
            return true;
        }
        self.older.as_ref().is_none_or(|older| older.binary_search(&task.0).is_ok())
    }
}

/// The task something happens to.
pub fn task_of(kind: &EventKind) -> Option<TaskId> {
    match *kind {
        EventKind::TaskCreated { task, .. }
        | EventKind::TaskArmed { task, .. }
        | EventKind::TaskReady { task, .. }
        | EventKind::TaskStarted { task }
        | EventKind::TaskEnded { task, .. }
        | EventKind::TaskCancelled { task }
        | EventKind::TaskRef { task, .. }
        | EventKind::OpStarted { task, .. }
        | EventKind::Console { task, .. }
        | EventKind::Exception { task, .. }
        | EventKind::UnhandledRejection { task, .. } => Some(task),
        _ => None,
    }
}

/// Gathers the events of a block.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What is known of it so far.
    pub block: Block,
    packer: Packer,
    /// The events, packed.
    pub packed: Vec<u8>,
    older: BTreeSet<u64>,
    too_many: bool,
}

impl Gathered {
    /// Takes an event.
    pub fn push(&mut self, event: &Event) {
        self.packer.pack(event, &mut self.packed);
        let block = &mut self.block;
        block.count += 1;
        block.end = block.end.max(event.at);
        block.kinds |= 1 << kind_number(&event.kind);
        if let EventKind::PhaseEntered { turn, .. } = event.kind {
            if turn != block.turn {
                block.kinds |= 1 << number::TURN;
            }
            block.turn = turn;
        }
        // Those of workers are numbered by themselves: nothing is said about them.
        let Some(task) = task_of(&event.kind).filter(|task| task.on() == LoopId::MAIN) else { return };
        block.last_task = block.last_task.max(task.0);
        if task.0 <= block.older_task && !self.too_many {
            self.older.insert(task.0);
            if self.older.len() > OLDER_LISTED {
                self.too_many = true;
                self.older.clear();
            }
        }
    }

    /// Closes the block and begins the next one; returns what is known of it and its packed events.
    pub fn close(&mut self) -> (Block, Vec<u8>) {
        let next = Block {
            first: self.block.after(),
            count: 0,
            end: self.block.end,
            start: self.block.end,
            kinds: 0,
            last_task: self.block.last_task,
            older_task: self.block.last_task,
            turn: self.block.turn,
            older: None,
        };
        let mut block = std::mem::replace(&mut self.block, next);
        let older = std::mem::take(&mut self.older);
        block.older = (!std::mem::take(&mut self.too_many)).then(|| older.into_iter().collect());
        self.packer = Packer::default();
        let room = self.packed.len();
        (block, std::mem::replace(&mut self.packed, Vec::with_capacity(room)))
    }
}

/// The events of a block.
///
/// # Errors
/// When the bytes are no events, or other than `count` of them.
pub fn unpack(packed: &[u8], count: u32) -> Result<Vec<Event>, Damaged> {
    // An event takes two bytes at least: a count beyond that would only cost memory.
    if count as usize > packed.len() {
        return Err(Damaged);
    }
    let mut unpacker = Unpacker::new(packed);
    let mut events = Vec::with_capacity(count as usize);
    for _ in 0..count {
        events.push(unpacker.unpack()?);
    }
    if unpacker.rest() == 0 { Ok(events) } else { Err(Damaged) }
}
