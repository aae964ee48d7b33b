//! Stacks as V8's sampler saw them, every now and then.

use serde::{Deserialize, Serialize};

use crate::ids::{LoopId, Nanos, PlaceId};

/// What the sampler saw of one loop in a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Samples {
    /// The loop.
    pub on: LoopId,
    /// How often it was to look, in nanoseconds.
    pub interval: Nanos,
    /// When the stretch began.
    pub from: Nanos,
    /// When it ended.
    pub to: Nanos,
    /// Functions that were on the stack, each behind the one that called it.
    pub frames: Vec<Frame>,
    /// What was seen, in the order of time.
    pub samples: Vec<Sample>,
}

/// A function on the stack, as called by another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The number of the frame that called it, from 1; 0 for the outermost one.
    pub caller: u32,
    /// The function.
    pub place: PlaceId,
}

/// One look at the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// When.
    pub at: Nanos,
    /// The number of the innermost frame, from 1; 0 when none of the script's functions ran.
    pub frame: u32,
}

impl Samples {
    /// Whether every number names something that comes before it, and time never goes back: otherwise they are damaged.
    pub fn is_sound(&self) -> bool {
        let frames = self.frames.iter().zip(0_u32..).all(|(frame, before)| frame.caller <= before);
        let count = self.frames.len() as u64;
        let samples = self.samples.iter().all(|sample| u64::from(sample.frame) <= count);
        let times = self.samples.iter().map(|sample| sample.at);
        let is_inside = self.samples.iter().all(|sample| (self.from..=self.to).contains(&sample.at));
        frames && samples && is_inside && times.is_sorted() && self.from <= self.to
    }

    /// Calls `take` with the functions of a stack, from the innermost one outwards.
    pub fn stack(&self, mut frame: u32, mut take: impl FnMut(PlaceId)) {
        while let Some(found) = frame.checked_sub(1).and_then(|index| self.frames.get(index as usize)) {
            take(found.place);
            // What is not sound must not go round in circles.
            frame = if found.caller < frame { found.caller } else { 0 };
        }
    }
}
