//! The past of a run: any moment of it, whether it is kept in memory or in a recording.
//!
//! A *moment* is a number `n` from 0 to [`Past::len`]: the state after the first `n` events. Event number `i` (from 0) leads
//! from moment `i` to moment `i + 1`.

pub mod block;
mod landmark;
mod on;
pub mod unpacked;

use std::ops::Range;
use std::sync::Arc;

use loopscope_protocol::state::{Keyframe, Line, Names, Shared};
use loopscope_protocol::{Event, LoopId, LoopState, Nanos, Samples, TaskId};

use crate::sampled::Sampled;

pub use block::Block;
pub use landmark::Landmark;
pub use on::On;

/// Why a moment of the past cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// Reading failed.
    #[error("the past of the run cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A part is damaged.
    #[error("events {first} to {last} of the run cannot be read: {what}; the rest of the run can")]
    Damaged {
        /// Number of the first event of the part.
        first: u64,
        /// Number of its last event.
        last: u64,
        /// What is wrong.
        what: String,
    },
    /// What was sampled in a stretch is damaged.
    #[error("what was sampled of the stack cannot be read in part: {0}; the rest can")]
    Samples(String),
    /// There is no such event.
    #[error("the run has {len} events; there is none of number {number}")]
    Beyond {
        /// The number that was asked for.
        number: u64,
        /// How many there are.
        len: u64,
    },
}

/// The past of a run.
pub trait Past: Send {
    /// The blocks, without the one that is still growing.
    fn blocks(&self) -> &[Block];

    /// The events of block `number`; the number behind the last block is that of the one that is still growing.
    ///
    /// # Errors
    /// When they cannot be read.
    fn load(&self, number: usize) -> Result<Arc<Vec<Event>>, PastError>;

    /// The last keyframe at or before moment `n`, with its moment; `None` when the run's beginning is nearest.
    ///
    /// # Errors
    /// When it cannot be read.
    fn keyframe(&self, n: u64) -> Result<Option<(u64, Arc<Keyframe>)>, PastError>;

    /// Texts and places of the whole run.
    ///
    /// # Errors
    /// When they cannot be read.
    fn names(&self) -> Result<Names, PastError>;

    /// All lines of the console and about errors.
    ///
    /// # Errors
    /// When they cannot be read.
    fn lines(&self) -> Result<Shared<Line>, PastError>;

    /// Number of events.
    fn len(&self) -> u64;

    /// Stretches in which the stack was sampled, in the order in which they were told.
    fn sampled(&self) -> &[Sampled] {
        &[]
    }

    /// What was seen in the stretch of this number.
    ///
    /// # Errors
    /// When there is none or it cannot be read.
    fn samples(&self, number: usize) -> Result<Samples, PastError> {
        Err(PastError::Samples(format!("there is no stretch of number {number}")))
    }

    /// What could not be read so far, a sentence each.
    fn problems(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether nothing has happened.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The run's clock at the end, in nanoseconds.
    fn end(&self) -> Nanos;

    /// The state at moment `n`; at the end when `n` is beyond it.
    ///
    /// # Errors
    /// When the events that lead there cannot be read.
    fn state_at(&self, n: u64) -> Result<LoopState, PastError> {
        let n = n.min(self.len());
        let names = self.names()?;
        let mut state = match self.keyframe(n)? {
            Some((moment, keyframe)) => {
                let mut state = keyframe.restore(names, &self.lines()?);
                // A recording of which a part is missing counts only what is there.
                state.events = moment;
                state
            }
            None => {
                let mut state = LoopState::default();
                state.names = names;
                state
            }
        };
        let from = state.events.min(n);
        self.each(from..n, &mut |_, event| state.event(event))?;
        Ok(state)
    }

    /// Event number `number`, from 0.
    ///
    /// # Errors
    /// When there is none or it cannot be read.
    fn event(&self, number: u64) -> Result<Event, PastError> {
        let beyond = PastError::Beyond { number, len: self.len() };
        if number >= self.len() {
            return Err(beyond);
        }
        let block = self.block_of(number);
        let events = self.load(block)?;
        let index = number - self.first_of(block);
        usize::try_from(index).ok().and_then(|index| events.get(index)).copied().ok_or(beyond)
    }

    /// Calls `take` with number and event of all events in `range`, in order.
    ///
    /// # Errors
    /// When some of them cannot be read; those before were taken.
    fn each(&self, range: Range<u64>, take: &mut dyn FnMut(u64, &Event)) -> Result<(), PastError> {
        self.scan(range, &mut |_| true, &mut |number, event| {
            take(number, event);
            true
        })
    }

    /// Calls `take` with number and event of the events in `range`, in order, until it returns false. Blocks that
    /// `want` refuses are passed over; the growing one is not asked about.
    ///
    /// # Errors
    /// When some of them cannot be read; those before were taken.
    fn scan(
        &self,
        range: Range<u64>,
        want: &mut dyn FnMut(&Block) -> bool,
        take: &mut dyn FnMut(u64, &Event) -> bool,
    ) -> Result<(), PastError> {
        let end = range.end.min(self.len());
        let mut from = range.start;
        while from < end {
            let number = self.block_of(from);
            let first = self.first_of(number);
            let known = self.blocks().get(number);
            let after = known.map_or(end, Block::after);
            if known.is_none_or(&mut *want) {
                let events = self.load(number)?;
                let inside = |at: u64| usize::try_from(at - first).unwrap_or(usize::MAX).min(events.len());
                for (index, event) in
                    events.iter().enumerate().take(inside(end.min(after))).skip(inside(from))
                {
                    if !take(first + index as u64, event) {
                        return Ok(());
                    }
                }
            }
            from = after;
        }
        Ok(())
    }

    /// The events in `range`, in order. Ends early at what cannot be read, with the error.
    fn events(&self, range: Range<u64>) -> Events<'_> {
        Events { past: self.as_past(), range, loaded: None }
    }

    /// The last moment at which the run's clock stood at `at` or earlier.
    ///
    /// # Errors
    /// When the events around it cannot be read.
    fn at_time(&self, at: Nanos) -> Result<u64, PastError> {
        let number = self.blocks().partition_point(|block| block.end <= at);
        let first = self.first_of(number);
        let mut moment = first;
        self.scan(first..self.len(), &mut |_| true, &mut |number, event| {
            if event.at > at {
                return false;
            }
            moment = number + 1;
            true
        })?;
        Ok(moment)
    }

    /// The time at a moment: the run's clock after its last event.
    ///
    /// # Errors
    /// When the events before it cannot be read.
    fn time_of(&self, n: u64) -> Result<Nanos, PastError> {
        let Some(last) = n.min(self.len()).checked_sub(1) else { return Ok(0) };
        let number = self.block_of(last);
        let first = self.first_of(number);
        let mut now = self.blocks().get(number.wrapping_sub(1)).map_or(0, |block| block.end);
        self.each(first..last + 1, &mut |_, event| now = now.max(event.at))?;
        Ok(now)
    }

    /// The first moment after `n` that lies just behind such a landmark.
    ///
    /// # Errors
    /// When the events up to there cannot be read.
    fn next(&self, n: u64, landmark: Landmark) -> Result<Option<u64>, PastError> {
        landmark::next(self.as_past(), n, landmark)
    }

    /// The last moment before `n` that lies just behind such a landmark; moment 0 is none.
    ///
    /// # Errors
    /// When the events from there cannot be read.
    fn previous(&self, n: u64, landmark: Landmark) -> Result<Option<u64>, PastError> {
        landmark::previous(self.as_past(), n, landmark)
    }

    /// The number of the event that created a task.
    ///
    /// # Errors
    /// When the events around it cannot be read.
    fn created(&self, task: TaskId) -> Result<Option<u64>, PastError> {
        let mut found = None;
        let mut range = 0..self.len();
        if task.on() == LoopId::MAIN {
            let number = self.blocks().partition_point(|block| block.last_task < task.0);
            range.start = self.first_of(number);
            range.end = self.blocks().get(number).map_or(self.len(), Block::after);
        }
        self.scan(range, &mut |block| block.may_concern(task), &mut |number, event| {
            if matches!(event.kind, loopscope_protocol::EventKind::TaskCreated { task: new, .. } if new == task) {
                found = Some(number);
            }
            found.is_none()
        })?;
        Ok(found)
    }

    /// The number of the block that event `number` is in.
    fn block_of(&self, number: u64) -> usize {
        self.blocks().partition_point(|block| block.after() <= number)
    }

    /// The number of the first event of a block.
    fn first_of(&self, block: usize) -> u64 {
        match self.blocks().get(block) {
            Some(block) => block.first,
            None => self.blocks().last().map_or(0, Block::after),
        }
    }

    /// This, for functions that do not care which past it is.
    fn as_past(&self) -> &dyn Past;
}

/// See [`Past::events`].
pub struct Events<'a> {
    past: &'a dyn Past,
    range: Range<u64>,
    loaded: Option<(Range<u64>, Arc<Vec<Event>>)>,
}

impl Iterator for Events<'_> {
    type Item = Result<(u64, Event), PastError>;

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.range.next().filter(|number| *number < self.past.len())?;
        if !self.loaded.as_ref().is_some_and(|loaded| loaded.0.contains(&number)) {
            let block = self.past.block_of(number);
            let first = self.past.first_of(block);
            match self.past.load(block) {
                Ok(events) => self.loaded = Some((first..first + events.len() as u64, events)),
                Err(failed) => {
                    self.range = 0..0;
                    return Some(Err(failed));
                }
            }
        }
        let (range, events) = self.loaded.as_ref()?;
        let event = events.get(usize::try_from(number - range.start).ok()?)?;
        Some(Ok((number, *event)))
    }
}
