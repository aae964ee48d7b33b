//! What one can go to from a moment.

use std::collections::HashMap;

use loopscope_protocol::{Event, EventKind, TaskId};

use super::{Block, Past, PastError};
use crate::wire::{kind_number, number};

/// What one can go to from a moment, forwards and backwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Landmark {
    /// Any event.
    Event,
    /// The start of a callback of any kind.
    Callback,
    /// The start of a phase.
    Phase,
    /// The start of a turn.
    Turn,
    /// Something that happens to a task, or that it does.
    Task(TaskId),
    /// A line on the console.
    Output,
    /// An exception or a rejection.
    Error,
    /// An event of the same kind as this one.
    Kind(EventKind),
}

impl Landmark {
    /// Kinds of events it can be: bit `n` stands for the kind of number `n`.
    fn kinds(self) -> u32 {
        match self {
            Self::Event | Self::Task(_) => u32::MAX,
            Self::Callback => 1 << number::STARTED,
            Self::Phase => 1 << number::PHASE_ENTERED,
            Self::Turn => 1 << number::TURN,
            Self::Output => 1 << number::CONSOLE,
            Self::Error => 1 << number::EXCEPTION | 1 << number::REJECTION,
            Self::Kind(kind) => 1 << kind_number(&kind),
        }
    }

    fn may_be_in(self, block: &Block) -> bool {
        block.kinds & self.kinds() != 0
            && match self {
                Self::Task(task) => block.may_concern(task),
                _ => true,
            }
    }

    fn is(self, event: &Event, turn_before: u32) -> bool {
        match self {
            Self::Event => true,
            Self::Callback => matches!(event.kind, EventKind::TaskStarted { .. }),
            Self::Phase => matches!(event.kind, EventKind::PhaseEntered { .. }),
            Self::Turn => {
                matches!(event.kind, EventKind::PhaseEntered { turn, .. } if turn != turn_before)
            }
            Self::Task(task) => super::block::task_of(&event.kind) == Some(task),
            Self::Output => matches!(event.kind, EventKind::Console { .. }),
            Self::Error => {
                matches!(event.kind, EventKind::Exception { .. } | EventKind::UnhandledRejection { .. })
            }
            Self::Kind(kind) => std::mem::discriminant(&kind) == std::mem::discriminant(&event.kind),
        }
    }
}

/// The turn before the first event of a block.
fn turn_before(past: &dyn Past, block: usize) -> u32 {
    block.checked_sub(1).and_then(|before| past.blocks().get(before)).map_or(0, |block| block.turn)
}

/// Moments behind such a landmark in a block, in order.
fn in_block(past: &dyn Past, number: usize, landmark: Landmark) -> Result<Vec<u64>, PastError> {
    let mut turn = turn_before(past, number);
    if let Some(block) = past.blocks().get(number)
        && !landmark.may_be_in(block)
    {
        return Ok(Vec::new());
    }
    let first = past.first_of(number);
    let mut found = Vec::new();
    // Workers have turns of their own.
    let mut turns = HashMap::new();
    let mut on = None;
    for (index, event) in past.load(number)?.iter().enumerate() {
        if let EventKind::LoopEntered { id } = event.kind {
            turns.insert(on, turn);
            on = Some(id);
            turn = turns.get(&on).copied().unwrap_or(turn);
        }
        if landmark.is(event, turn) {
            found.push(first + index as u64 + 1);
        }
        if let EventKind::PhaseEntered { turn: new, .. } = event.kind {
            turn = new;
        }
    }
    Ok(found)
}

/// See [`Past::next`].
pub fn next(past: &dyn Past, n: u64, landmark: Landmark) -> Result<Option<u64>, PastError> {
    if landmark == Landmark::Event {
        return Ok((n < past.len()).then_some(n + 1));
    }
    // The event that follows moment n is number n.
    for number in past.block_of(n)..=past.blocks().len() {
        let found = in_block(past, number, landmark)?;
        if let Some(moment) = found.into_iter().find(|moment| *moment > n) {
            return Ok(Some(moment));
        }
    }
    Ok(None)
}

/// See [`Past::previous`].
pub fn previous(past: &dyn Past, n: u64, landmark: Landmark) -> Result<Option<u64>, PastError> {
    let n = n.min(past.len() + 1);
    let Some(last) = n.checked_sub(1).filter(|last| *last > 0) else { return Ok(None) };
    if landmark == Landmark::Event {
        return Ok(Some(last));
    }
    for number in (0..=past.block_of(last - 1)).rev() {
        let found = in_block(past, number, landmark)?;
        if let Some(moment) = found.into_iter().rev().find(|moment| *moment < n) {
            return Ok(Some(moment));
        }
    }
    Ok(None)
}
